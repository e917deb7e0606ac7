"""What a style sets for itself and its scopes, apart from what these print.

That much of a style is needed when records are formatted; the elements, which are
compiled by then, are in :mod:`citekit.style.nodes`.

Source: CSL 1.0.2, sections of the same names.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

DatePartName = Literal["year", "month", "day"]
DatePartsLevel = Literal["year", "year-month", "year-month-day"]
Display = Literal["block", "left-margin", "right-inline", "indent"]
Match = Literal["all", "any", "none"]
NameForm = Literal["long", "short", "count"]
Precedes = Literal["contextual", "after-inverted-name", "always", "never"]
TermForm = Literal["long", "short", "verb", "verb-short", "symbol"]
TextCase = Literal[
    "lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"
]


@frozen(slots=True)
class Formatting:
    """The formatting attributes that an element sets; ``None`` where it sets none."""

    font_style: Literal["normal", "italic", "oblique"] | None = None
    font_variant: Literal["normal", "small-caps"] | None = None
    font_weight: Literal["normal", "bold", "light"] | None = None
    text_decoration: Literal["none", "underline"] | None = None
    vertical_align: Literal["baseline", "sup", "sub"] | None = None


@frozen(slots=True, kw_only=True)
class Link:
    """``cs:link``."""

    href: str
    rel: str


@frozen(slots=True, kw_only=True)
class Info:
    """``cs:info``, as far as a processor or a reader of style lists needs it."""

    id: str = ""
    title: str = ""
    title_short: str = ""
    links: tuple[Link, ...] = ()
    citation_format: str | None = None
    fields: tuple[str, ...] = ()
    updated: str = ""
    rights: str = ""
    summary: str = ""
    issns: tuple[str, ...] = ()

    @property
    def parent(self) -> str | None:
        """The id of the independent style that a dependent one stands for."""
        return next((link.href for link in self.links if link.rel == "independent-parent"), None)


# ---------------------------------------------------------------- options
# Without slots, as nodes have them beside the slots of another base; and without what nodes
# generate anew, for that takes a while whenever citekit starts.


@frozen(slots=False, kw_only=True, eq=False, repr=False)
class CitationOptions:
    """Those of ``cs:citation``. A delimiter is ``None`` when not set."""

    disambiguate_add_givenname: bool = False
    givenname_disambiguation_rule: Literal[
        "all-names",
        "all-names-with-initials",
        "primary-name",
        "primary-name-with-initials",
        "by-cite",
    ] = "by-cite"
    disambiguate_add_names: bool = False
    disambiguate_add_year_suffix: bool = False
    collapse: Literal["citation-number", "year", "year-suffix", "year-suffix-ranged"] | None = None
    cite_group_delimiter: str | None = None
    year_suffix_delimiter: str | None = None
    after_collapse_delimiter: str | None = None
    near_note_distance: int = 5


@frozen(slots=False, kw_only=True, eq=False, repr=False)
class BibliographyOptions:
    """Those of ``cs:bibliography``."""

    hanging_indent: bool = False
    second_field_align: Literal["flush", "margin"] | None = None
    line_spacing: int = 1
    entry_spacing: int = 1
    subsequent_author_substitute: str | None = None
    subsequent_author_substitute_rule: Literal[
        "complete-all", "complete-each", "partial-each", "partial-first"
    ] = "complete-all"


@frozen(slots=False, kw_only=True, eq=False, repr=False)
class StyleOptions:
    """Those of ``cs:style`` and, with them, those of its scopes."""

    info: Info
    class_: Literal["in-text", "note"] = "in-text"
    default_locale: str | None = None
    initialize_with_hyphen: bool = True
    page_range_format: (
        Literal["chicago", "chicago-15", "chicago-16", "expanded", "minimal", "minimal-two"] | None
    ) = None
    demote_non_dropping_particle: Literal["never", "sort-only", "display-and-sort"] = (
        "display-and-sort"
    )
    count_articles: bool = False
    """English articles count in the sorting of non-personal names. Not of CSL: an option."""
    citation: CitationOptions
    bibliography: BibliographyOptions | None = None
