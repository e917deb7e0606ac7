"""citeproc-py's interface on top of citekit: change the import, keep the program.

``from citekit.compat.citeproc import CitationStylesStyle, …`` instead of
``from citeproc import CitationStylesStyle, …``. What comes out differently is in
docs/citeproc-py.md. Source: citeproc-py's README and examples.
"""

from citekit.compat.citeproc import formatter, source
from citekit.compat.citeproc.frontend import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
)

__all__ = [
    "Citation",
    "CitationItem",
    "CitationStylesBibliography",
    "CitationStylesStyle",
    "Locator",
    "formatter",
    "source",
]
