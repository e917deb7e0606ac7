"""Readers of collections: a file, a folder or a site → archival records."""

from citekit.archives.readers.collection import Collection, open_collection

__all__ = ["Collection", "open_collection"]
