"""The words of CSL 1.0.2: item types, variables by kind, locator labels.

Source: CSL 1.0.2 specification, Appendices II (locators), III (types) and IV
(variables). The schema of CSL-JSON says ``part``, ``printing`` and
``supplement`` where the specification says ``part-number`` and so on; both are
known here, and :data:`ALIASES` maps the former to the latter.
"""

from __future__ import annotations

ITEM_TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book
    broadcast chapter classic collection dataset document entry
    entry-dictionary entry-encyclopedia event figure graphic hearing interview
    legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech
    standard thesis treaty webpage
    """.split()
)

TITLE_VARIABLES = frozenset(
    """
    collection-title container-title original-title part-title reviewed-title
    title volume-title
    """.split()
)

NUMBER_VARIABLES = frozenset(
    """
    chapter-number citation-number collection-number edition
    first-reference-note-number issue locator number number-of-pages
    number-of-volumes page page-first part-number printing-number section
    supplement-number version volume
    """.split()
)

STRING_VARIABLES = frozenset(
    """
    abstract annote archive archive_collection archive_location archive-place
    authority call-number citation-key citation-label container-title-short
    dimensions division DOI event event-title event-place genre ISBN ISSN
    jurisdiction keyword language license medium note original-publisher
    original-publisher-place PMCID PMID publisher publisher-place references
    reviewed-genre scale source status title-short URL volume-title-short
    year-suffix
    """.split()
)

DATE_VARIABLES = frozenset(
    "accessed available-date event-date issued original-date submitted".split()
)

NAME_VARIABLES = frozenset(
    """
    author chair collection-editor compiler composer container-author
    contributor curator director editor editor-translator editorial-director
    executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer
    series-creator translator
    """.split()
)

TEXT_VARIABLES = TITLE_VARIABLES | NUMBER_VARIABLES | STRING_VARIABLES
VARIABLES = TEXT_VARIABLES | DATE_VARIABLES | NAME_VARIABLES

LOCATOR_LABELS = frozenset(
    """
    act appendix article-locator book canon chapter column elocation equation
    figure folio issue line note opus page paragraph part rule scene section
    sub-verbo supplement table timestamp title-locator verse version volume
    """.split()
)

ALIASES = {
    "part": "part-number",
    "printing": "printing-number",
    "supplement": "supplement-number",
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
}
"""CSL-JSON keys that mean a CSL variable of another name."""
