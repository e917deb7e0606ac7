"""What a part of a style does for a record that has none of its variables.

For most parts this is known when the style is compiled: they print nothing, and for
the group rule they have called variables in vain, or have called none. Compiled code
looks at the record's variables (:mod:`citekit.render.presence`) and passes by.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from citekit.compile import specs
from citekit.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES
from citekit.render.presence import BITS
from citekit.style import nodes
from citekit.style.locale import Locale

SHORT = {"title": "title-short", "container-title": "container-title-short"}
"""Variables of which a short form is asked for by ``form``."""
_OF_CITES = frozenset(
    ("citation-label", "citation-number", "first-reference-note-number", "year-suffix")
)
"""What these print isn't in the record alone; that there is a locator has a bit, too."""


@frozen
class Silence:
    """What happens without the variables of ``bits``.

    ``statuses`` are those that the group rule may come to, and ``prints`` tells whether
    something may be printed nevertheless: terms and the like.
    """

    bits: int = 0
    statuses: frozenset[int] = frozenset({0})
    prints: bool = False

    def then(self, other: Silence) -> Silence:
        """Of one part after the other."""
        statuses = {max(one, two) for one in self.statuses for two in other.statuses}
        return Silence(self.bits | other.bits, frozenset(statuses), self.prints or other.prints)

    def grouped(self) -> Silence:
        """Of a group or macro of such parts: nothing of it is printed if its status is 1."""
        if not self.prints:
            return self
        speaks = self.statuses - {1}
        statuses = (self.statuses & {1}) | ({0, 2} if speaks else frozenset())
        return Silence(self.bits, statuses, bool(speaks))


_NOTHING = Silence()
_WORDS = Silence(prints=True)
_IN_VAIN = frozenset({1})


class Silences:
    """What is known of the parts of one scope."""

    def __init__(self, scope: nodes.Scope, locale: Locale) -> None:
        self.scope = scope
        self.locale = locale
        self._macros: dict[str, Silence | None] = {}

    def of_macro(self, name: str) -> Silence | None:
        """Of a macro; ``None`` if that depends on more than the record's variables."""
        if name not in self._macros:
            found = self.of_all(self.scope.macros[name].children)
            self._macros[name] = found and found.grouped()
        return self._macros[name]

    def of_all(self, children: Sequence[nodes.Rendering]) -> Silence | None:
        """Of elements one after the other."""
        silence = _NOTHING
        for child in children:
            found = self.of(child)
            if found is None:
                return None
            silence = silence.then(found)
        return silence

    def of(self, node: nodes.Rendering) -> Silence | None:
        """Of one element."""
        if isinstance(node, nodes.Text):
            return self._of_text(node)
        if isinstance(node, nodes.Number | nodes.Date):
            return _of_variable(node.variable)
        if isinstance(node, nodes.Label):
            found = _of_variable(node.variable or "")
            return found and Silence(found.bits)
        if isinstance(node, nodes.Names):
            return self._of_names(node)
        if isinstance(node, nodes.Group):
            inside = self.of_all(node.children)
            return inside and inside.grouped()
        return self._of_choose(node)

    def _of_text(self, node: nodes.Text) -> Silence | None:
        if node.variable is not None:
            if node.variable in NAME_VARIABLES | DATE_VARIABLES:
                return _NOTHING
            return _of_variable(node.variable, node.form)
        if node.macro is not None:
            return self.of_macro(node.macro)
        if node.term is not None:
            text = specs.term_text(node.term, node.form, node.plural, self.locale)
            return _WORDS if text else _NOTHING
        return _WORDS if node.value else _NOTHING

    def _of_names(self, node: nodes.Names) -> Silence | None:
        bits = name_bits(node)
        for child in node.substitute:
            found = self.of(child)
            if found is None or found.prints:
                return None
            bits |= found.bits
        return Silence(bits, _IN_VAIN)

    def _of_choose(self, node: nodes.Choose) -> Silence | None:
        """Of ``cs:choose``, whatever branch is taken."""
        found = [self.of_all(branch.children) for branch in node.branches]
        if all(branch.condition is not None for branch in node.branches):
            found.append(_NOTHING)
        if any(branch.condition and branch.condition.disambiguate for branch in node.branches):
            return None  # how many of these are tested counts
        silence = Silence(statuses=frozenset())
        for one in found:
            if one is None:
                return None
            silence = Silence(
                silence.bits | one.bits,
                silence.statuses | one.statuses,
                silence.prints or one.prints,
            )
        return silence


def name_bits(node: nodes.Names) -> int:
    """The bits of the variables whose names an element prints."""
    bits = 0
    for variable in node.variables:
        bits |= BITS.get(variable, 0)
        if variable == "editor-translator":  # may stand for editors who are translators
            bits |= BITS["editor"]
    return bits


def _of_variable(variable: str, form: str = "long") -> Silence | None:
    if variable in _OF_CITES or variable not in BITS:
        return None
    bits = BITS[variable]
    if form == "short" and variable in SHORT:
        bits |= BITS[SHORT[variable]]
    if variable == "page-first":
        bits |= BITS["page"]
    return Silence(bits, _IN_VAIN)
