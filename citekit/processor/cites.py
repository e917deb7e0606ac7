"""What a document asks for: cites, grouped into citations.

Source: CSL 1.0.2, "Citation" ("citations consist of one or more cites"), and csl-citation.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from attrs import evolve, field, frozen

from citekit.errors import RecordError
from citekit.records.vocabulary import LOCATOR_LABELS

Position = Literal["first", "subsequent", "ibid", "ibid-with-locator"]
Mode = Literal["", "composite", "author-only", "suppress-author"]


def _text(value: object) -> str:
    return "" if value is None else str(value)


@frozen(slots=True)
class Cite:
    """One reference to a record.

    ``locator`` pinpoints a place in it, ``label`` says what kind of place (one of
    CSL's locator labels, such as "page" or "chapter"). ``prefix`` and ``suffix``
    are printed around the cite and may hold the markup that fields may hold.
    ``suppress_author`` leaves the names out, ``author_only`` prints nothing else.
    ``position`` and ``near_note`` are worked out from the citations before, unless
    they are given.

    Raises :class:`~citekit.errors.RecordError` for an unknown label.
    """

    id: str = field(converter=str)
    locator: str = field(default="", converter=_text)
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False
    position: Position | None = None
    near_note: bool | None = None

    def __attrs_post_init__(self) -> None:
        label = self.label.replace(" ", "-") or "page"
        if label not in LOCATOR_LABELS:
            raise RecordError(
                f"{self.label!r} is not a locator label",
                where=f"cite of {self.id}",
                hint=f"use one of: {', '.join(sorted(LOCATOR_LABELS))}",
            )
        object.__setattr__(self, "label", label)


def _cites(value: Sequence[Cite | str] | Cite | str) -> tuple[Cite, ...]:
    if isinstance(value, Cite | str):
        value = [value]
    return tuple(Cite(cite) if isinstance(cite, str) else cite for cite in value)


@frozen(slots=True)
class Citation:
    """One place in a document where records are cited: a parenthesis or a note.

    ``cites`` may be given as cites or as record ids. ``note_number`` is that of
    the foot- or endnote, 0 in running text; ``None`` numbers the notes of a note
    style as they come. ``id`` names the citation in its document, ``chapter`` the
    part of the document it stands in. ``unsorted`` keeps the cites in the order
    given even if the style sorts them.

    ``mode`` says how the author of the first cite is printed: "suppress-author"
    leaves the names out, "author-only" prints nothing else, and "composite" puts
    the names before the rest, ready for running text: "Doe (2001)", with
    ``infix`` between the two.

    Raises :class:`~citekit.errors.RecordError` for an unknown mode.
    """

    cites: tuple[Cite, ...] = field(converter=_cites)
    note_number: int | None = None
    id: str = ""
    mode: Mode = ""
    infix: str = ""
    chapter: str = ""
    unsorted: bool = False

    def __attrs_post_init__(self) -> None:
        if self.mode not in get_args(Mode):
            known = ", ".join(mode for mode in get_args(Mode) if mode)
            raise RecordError(
                f"{self.mode!r} is not a mode of a citation",
                where=f"citation {self.id}".rstrip(),
                hint=f"use one of: {known}",
            )


def numbered(citations: Iterable[Citation], in_notes: bool) -> list[Citation]:
    """The citations with all their note numbers: where none is given, the next one."""
    done: list[Citation] = []
    last = 0
    for citation in citations:
        if citation.note_number is None:
            done.append(evolve(citation, note_number=last + 1 if in_notes else 0))
        else:
            done.append(citation)
        last = done[-1].note_number or last
    return done
