"""Positions: whether a cite is the first of its record, a later one, or ibid.

CSL 1.0.2, "Choose", ``position``. A later cite is "subsequent". It is also
"ibid" or "ibid-with-locator" if it follows a cite of the same record directly,
in the same citation, or as the first cite of its citation after a citation that
consists of one cite of that record only:

* cite before without locator: ibid, or ibid-with-locator if this one has one;
* cite before with the same locator (and label): ibid; with another one:
  ibid-with-locator; if this one has none: just subsequent.

"near-note" is a later cite in a note that is at most ``near-note-distance``
notes after the last one that cites the same record ("Note Distance").
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from citekit.processor.cites import Citation, Cite
from citekit.render.context import POSITIONS


@frozen(slots=True)
class Placed:
    """A cite and what its place in the document says about it."""

    cite: Cite
    position: frozenset[str]
    first_note: int
    """Number of the note with the first cite of the record, 0 if this is it."""


def place(citations: Sequence[Citation], near_note_distance: int) -> list[list[Placed]]:
    """The cites of a document with their positions."""
    placed: list[list[Placed]] = []
    first_notes: dict[str, int] = {}
    last_notes: dict[str, int] = {}
    latest: dict[bool, list[Citation]] = {True: [], False: []}
    for citation in citations:
        note = _note(citation)
        same_place = latest[note > 0]
        before = _before(citation, same_place)
        row: list[Placed] = []
        for index, cite in enumerate(citation.cites):
            position = _position(citation, index, before, cite.id in first_notes)
            near = _is_near(cite, citation, last_notes, near_note_distance)
            tests = POSITIONS[position] | ({"near-note", "subsequent"} if near else frozenset())
            first = first_notes.get(cite.id, 0)
            row.append(Placed(cite, tests, first))
            first_notes.setdefault(cite.id, note)
            last_notes[cite.id] = note
        placed.append(row)
        same_place.append(citation)
    return placed


def first_notes(citations: Sequence[Citation]) -> dict[str, int]:
    """The number of the note in which each record is first cited."""
    found: dict[str, int] = {}
    for citation in citations:
        for cite in citation.cites:
            found.setdefault(cite.id, _note(citation))
    return found


def _note(citation: Citation) -> int:
    return citation.note_number or 0


def _before(citation: Citation, earlier: Sequence[Citation]) -> Citation | None:
    """The citation before, of those that are in notes or in text like this one.

    In another note it counts only if it is the only one there.
    """
    if not earlier:
        return None
    last = earlier[-1]
    if len(earlier) > 1 and _note(last) != _note(citation):
        return None if _note(earlier[-2]) == _note(last) > 0 else last
    return last


def _position(citation: Citation, index: int, before: Citation | None, seen: bool) -> str:
    cite = citation.cites[index]
    if cite.position is not None:
        return cite.position
    if not seen:
        return "first"
    if index:
        previous: Cite | None = citation.cites[index - 1]
    elif before is not None and len(before.cites) == 1:
        previous = before.cites[0]
    else:
        previous = None
    if previous is None or previous.id != cite.id:
        return "subsequent"
    if not previous.locator:
        return "ibid-with-locator" if cite.locator else "ibid"
    if not cite.locator:
        return "subsequent"
    same = (previous.locator, previous.label) == (cite.locator, cite.label)
    return "ibid" if same else "ibid-with-locator"


def _is_near(cite: Cite, citation: Citation, last_notes: dict[str, int], distance: int) -> bool:
    if cite.near_note is not None:
        return cite.near_note
    last = last_notes.get(cite.id, 0)
    if not last or not _note(citation):
        return False
    return _note(citation) - last <= distance
