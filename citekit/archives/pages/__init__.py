"""A folder of "How to cite" pages: for each record of a collection its citations in files."""

from citekit.archives.pages.building import Built, Options, build

__all__ = ["Built", "Options", "build"]
