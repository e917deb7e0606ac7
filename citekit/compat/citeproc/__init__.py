"""citeproc-py's interface on top of citekit: change the import, keep the program.

``from citekit.compat.citeproc import CitationStylesStyle, …`` instead of
``from citeproc import CitationStylesStyle, …``. What comes out differently is in
docs/citeproc-py.md. Source: citeproc-py's README and examples.
"""

from citekit.compat.citeproc import formatter, source, types
from citekit.compat.citeproc.frontend import CitationStylesBibliography, CitationStylesStyle
from citekit.compat.citeproc.source import Citation, CitationItem, Locator
from citekit.records import vocabulary

VARIABLES, NAMES, DATES, NUMBERS = (
    sorted(name.replace("-", "_") for name in names)
    for names in (
        vocabulary.VARIABLES,
        vocabulary.NAME_VARIABLES,
        vocabulary.DATE_VARIABLES,
        vocabulary.NUMBER_VARIABLES,
    )
)

__all__ = [
    "DATES",
    "NAMES",
    "NUMBERS",
    "VARIABLES",
    "Citation",
    "CitationItem",
    "CitationStylesBibliography",
    "CitationStylesStyle",
    "Locator",
    "formatter",
    "source",
    "types",
]
