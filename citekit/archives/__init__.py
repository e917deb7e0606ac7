"""Collections of primary sources: what archives say of a thing → how it is cited."""

from citekit.archives.findings import Finding
from citekit.archives.record import ArchivalRecord

__all__ = ["ArchivalRecord", "Finding"]
