"""One name: order of its parts, particles, name-part formatting, sort key.

Source: CSL 1.0.2, "Name", "Name-part Order", "Name-part Formatting", "Name
Particles".
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import lru_cache

from attrs import field, frozen

from citekit.patterns import pattern
from citekit.records.name import Name
from citekit.render.initials import initials, keep_words
from citekit.render.richtext import rich
from citekit.render.textcase import text_case
from citekit.render.tree import Node, Piece, Wrap, affix
from citekit.style.settings import NameForm, TextCase

UNSPACED = pattern(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts in which the family name comes first and nothing stands between the parts."""
_JOINED = pattern(r"['’ʼ\-‐]$")


@frozen(slots=True, eq=False, kw_only=True)
class PartSpec:
    """``cs:name-part`` for the family or the given name."""

    wrap: Wrap
    outer: Wrap
    """The affixes, which also enclose particles and suffix."""
    text_case: TextCase | None


@frozen(slots=True, eq=False, kw_only=True)
class NameSpec:
    """One ``cs:name`` with the locale's "and" worked in."""

    form: NameForm
    and_: str
    """With its spaces; ``""`` when the style asks for none."""
    delimiter: str
    space: Piece
    """What stands between given and family name."""
    particle_space: str
    """What stands after a particle: in some languages a space that doesn't break."""
    delimiter_precedes_et_al: str
    delimiter_precedes_last: str
    et_al_min: int
    et_al_use_first: int
    et_al_subsequent_min: int
    et_al_subsequent_use_first: int
    et_al_use_last: bool
    initialize: bool
    initialize_with: str | None
    hyphen: bool
    sort_order: str | None
    sort_separator: str
    demote_display: bool
    demote_sort: bool
    count_articles: bool
    given: PartSpec | None
    family: PartSpec | None
    wrap: Wrap
    """One name: the formatting of ``cs:name``."""
    list_wrap: Wrap
    """The list beside its label."""
    abridged_wrap: Wrap | None
    """A list with et-al: the formatting of ``cs:name`` again, so that et-al has it, too."""
    between: Node = field(init=False, repr=False)
    """The delimiter as a piece."""
    is_simple: bool = field(init=False)
    """The parts of a name aren't formatted, so most names are one text."""
    inverts_first: bool = field(init=False)
    inverts_all: bool = field(init=False)
    fewest_hidden: int = field(init=False)
    """The length of the shortest list of which some names are hidden."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "between", affix(self.delimiter))
        object.__setattr__(self, "is_simple", self.given is None and self.family is None)
        object.__setattr__(self, "inverts_first", self.sort_order is not None)
        object.__setattr__(self, "inverts_all", self.sort_order == "all")
        limits = [at_least for at_least in (self.et_al_min, self.et_al_subsequent_min) if at_least]
        object.__setattr__(self, "fewest_hidden", min(limits, default=sys.maxsize))

    def limits(self, subsequent: bool) -> tuple[int, int]:
        """``et-al-min`` and ``et-al-use-first`` for first or later cites."""
        if subsequent:
            return self.et_al_subsequent_min, self.et_al_subsequent_use_first
        return self.et_al_min, self.et_al_use_first

    def wrap_list(self, pieces: Sequence[Piece]) -> Node:
        """The joined names as one node."""
        return Node(self.list_wrap, pieces)


def is_inverted(name: Name, spec: NameSpec, first: bool, level: int = 0) -> bool:
    """Whether a name is printed family name first with a separator.

    So is a short one to which disambiguation adds the given name.
    """
    return (
        (spec.form == "long" or level > 0)
        and _has_parts_to_invert(name, spec)
        and (spec.sort_order == "all" or (spec.sort_order == "first" and first))
        and not is_unspaced(name.family)
    )


def _has_parts_to_invert(name: Name, spec: NameSpec) -> bool:
    """Whether a name has a family name and something that goes after it when inverted."""
    demoted = spec.demote_display and name.non_dropping_particle
    return bool(name.family and (name.given or name.dropping_particle or demoted))


def is_unspaced(family: str) -> bool:
    """Whether a family name is of a script in which nothing stands between the parts."""
    if family.isascii() or (last := max(family)) < "\u1100":
        return False  # nearly always, without the large pattern
    if last < "\u2e80":
        return any("\u1100" <= letter <= "\u11ff" for letter in family)
    return UNSPACED.search(family) is not None


def render_name(name: Name, spec: NameSpec, first: bool, level: int) -> Node:
    """One name as a node of kind ``name``; ``level`` is that of its given name (0, 1, 2)."""
    if spec.is_simple:
        family, given = name.family, name.given
        if family and given and not has_more(name):
            inverted = spec.inverts_first if first else spec.inverts_all
            simple = _simple_name(family, given, spec, inverted, level)
            if simple is not None:
                return simple
    inverted = is_inverted(name, spec, first, level)
    if not name.is_personal:
        return Node(spec.wrap, [_part(name.literal, spec.family)])
    if spec.form == "short" and not level:
        return Node(spec.wrap, _short(name, spec))
    given = given_name(name.given, name.family, spec, level)
    if is_unspaced(name.family):
        return Node(spec.wrap, [_part(name.family, spec.family), _part(given, spec.given)])
    if name.static_ordering:
        return Node(spec.wrap, [_part(name.family, spec.family), " ", _part(given, spec.given)])
    pieces = _inverted(name, given, spec) if inverted else _straight(name, given, spec)
    return Node(spec.wrap, pieces)


def has_more(name: Name) -> bool:
    """Whether a personal name has other parts than family and given name."""
    return bool(
        name.literal
        or name.non_dropping_particle
        or name.dropping_particle
        or name.suffix
        or name.static_ordering
    )


_MARKS = frozenset(".,:;!?")


@lru_cache(maxsize=8192)
def _simple_name(
    family: str, given: str, spec: NameSpec, inverted: bool, level: int
) -> Node | None:
    """A name of nothing but these parts as one text; ``None`` if it may be more complicated."""
    text = simple_text(family, given, spec, inverted, level)
    return Node(spec.wrap, [text]) if text else None


def simple_text(family: str, given: str, spec: NameSpec, inverted: bool, level: int) -> str:
    """The text of a name of nothing but these parts; ``""`` if it may be more complicated."""
    last = family
    if not family.isalpha() or not family.isascii():
        piece = rich(family)
        if not isinstance(piece, str) or is_unspaced(family) or {piece[0], piece[-1]} & _MARKS:
            return ""
        last = piece
    if spec.form == "short" and not level:
        return last
    first = _simple_given(given, spec, level)
    if not first:
        return ""
    return f"{last}{spec.sort_separator}{first}" if inverted else f"{first} {last}"


@lru_cache(maxsize=4096)
def _simple_given(given: str, spec: NameSpec, level: int) -> str:
    """The given name, with spaces around it; ``""`` if it may be more complicated."""
    first = rich(given_name(given, "", spec, level))
    return first if isinstance(first, str) and first and first[0] not in _MARKS else ""


def _short(name: Name, spec: NameSpec) -> list[Piece]:
    if not name.family:
        return [_part(name.given, spec.given)]
    particle = name.non_dropping_particle
    return [_outer(_family(particle, name.family, spec), spec.family)]


def _straight(name: Name, given: str, spec: NameSpec) -> list[Piece]:
    """Given dropping-particle non-dropping-particle family suffix."""
    family: list[Piece] = []
    if name.family:
        family = _family(name.non_dropping_particle, name.family, spec)
    if name.suffix and family:
        family += [", " if name.comma_suffix else " ", rich(_suffix(name, spec))]
    particle = name.dropping_particle
    if particle and family:
        family = [_part(particle, spec.given), *_particle_space(particle, spec), *family]
    elif particle:
        given = f"{given} {particle}".strip()
    pieces: list[Piece] = []
    if given:
        pieces.append(_outer([_part(given, spec.given)], spec.given))
    return _spaced(pieces, [_outer(family, spec.family)] if family else [], spec.space)


def _inverted(name: Name, given: str, spec: NameSpec) -> list[Piece]:
    """[non-dropping-particle] family, given dropping-particle [non-dropping-particle], suffix."""
    demoted = spec.demote_display
    family = _family("" if demoted else name.non_dropping_particle, name.family, spec)
    pieces: list[Piece] = [_outer(family, spec.family)]
    after: list[Piece] = [_part(given, spec.given)] if given else []
    if name.dropping_particle:
        _spaced(after, [_part(name.dropping_particle, spec.given)])
    if demoted and name.non_dropping_particle:
        _spaced(after, [_part(name.non_dropping_particle, spec.family)])
    pieces += [spec.sort_separator, _outer(after, spec.given)]
    if name.suffix:
        pieces += [spec.sort_separator, rich(_suffix(name, spec))]
    return pieces


def _suffix(name: Name, spec: NameSpec) -> str:
    """The suffix; where initials have no full stops it has none either ("Doe J Jr")."""
    if spec.initialize_with is not None and "." not in spec.initialize_with:
        return name.suffix.replace(".", "")
    return name.suffix


def _spaced(pieces: list[Piece], more: Sequence[Piece], space: Piece = " ") -> list[Piece]:
    """Append pieces after a space, if there is anything on both sides."""
    if pieces and more:
        pieces.append(space)
    pieces.extend(more)
    return pieces


def _family(particle: str, family: str, spec: NameSpec) -> list[Piece]:
    """Family name with the particle before it, formatted alike."""
    if not particle:
        return [_part(family, spec.family)]
    space = _particle_space(particle, spec)
    particle = particle.rstrip()
    if spec.family is None:
        return [_part(particle + "".join(space) + family, None)]
    return [_part(particle, spec.family), *space, _part(family, spec.family)]


def _particle_space(particle: str, spec: NameSpec) -> list[str]:
    return [] if _JOINED.search(particle) else [spec.particle_space]


def _part(text: str, part: PartSpec | None) -> Piece:
    """The text of a name-part with its case and formatting."""
    piece = rich(text)
    if part is None:
        return piece
    if part.text_case:
        piece = text_case(piece, part.text_case, True)
    return Node(part.wrap, [piece]) if part.wrap.formatting else piece


def _outer(pieces: Sequence[Piece], part: PartSpec | None) -> Piece:
    if part is not None and (part.outer.prefix or part.outer.suffix):
        return Node(part.outer, pieces)
    return pieces[0] if len(pieces) == 1 else Node(_PLAIN, pieces)


_PLAIN = Wrap()


# ---------------------------------------------------------------- given names


def given_name(given: str, family: str, spec: NameSpec, level: int) -> str:
    """The given name as the style, or the level of disambiguation, wants it."""
    if not given or spec.initialize_with is None or is_unspaced(family):
        return given
    if level == 2 or not spec.initialize:
        return keep_words(given, spec.initialize_with) if not spec.initialize else given
    return initials(given, spec.initialize_with, spec.hyphen)


# ---------------------------------------------------------------- sort keys

SORT_PART = "\x02"


def name_key(name: Name, spec: NameSpec) -> str:
    """What a name sorts by: its parts in order of priority."""
    if not name.is_personal:
        return name.literal if spec.count_articles else without_article(name.literal)
    first, second, particle = name.family, name.dropping_particle, name.non_dropping_particle
    if particle and spec.demote_sort:
        second = f"{second} {particle}".strip()
    elif particle:
        first = f"{particle} {first}"
    if spec.form == "short":
        return first
    given = given_name(name.given, name.family, spec, 0)
    return SORT_PART.join((first, second, given, name.suffix)).rstrip(SORT_PART)


_ARTICLE = pattern(r"(?:the|an|a)\s+", re.IGNORECASE)


def without_article(literal: str) -> str:
    """The name of an institution without an English article at its start."""
    article = _ARTICLE.match(literal)
    return literal[article.end() :] if article else literal
