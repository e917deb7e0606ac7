"""biblatex → records: as BibTeX, but particles drop out unless ``useprefix`` says otherwise.

Source: the biblatex manual, "Type- and Entry-specific Options" (``useprefix``).
"""

from __future__ import annotations

from collections.abc import Iterator

from citekit.readers.bibtex import read_entries
from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.text_file import Text

__all__ = ["iter_items"]


def iter_items(text: Text, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The entries of a biblatex text in turn."""
    return read_entries(text, where, keys or Keys(), dropping=True)
