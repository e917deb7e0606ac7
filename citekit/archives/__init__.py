"""Collections of primary sources: what archives say of a thing → how it is cited."""

from citekit.archives.cite import Citer, Lines
from citekit.archives.findings import Finding
from citekit.archives.readers import Collection, open_collection
from citekit.archives.record import ArchivalRecord
from citekit.archives.site import Site, load_site

__all__ = [
    "ArchivalRecord",
    "Citer",
    "Collection",
    "Finding",
    "Lines",
    "Site",
    "load_site",
    "open_collection",
]
