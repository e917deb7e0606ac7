"""Style nodes → Python source of one scope (citation or bibliography).

Only control flow is generated: conditions, groups, macro calls. What an element
means is a call into :mod:`citekit.render`, with a spec that is bound as a
global. No text of a style enters the source except through ``repr``, and no
name of a style becomes an identifier.

Every function fills a list of pieces ``p`` and a status ``v``, which is the group
rule of CSL 1.0.2 ("Group"): 0 while no variable has been called, 1 when
variables were called and all were empty, 2 when one had something to say. A
group or macro whose status ends at 1 prints nothing.

What has nothing to print for want of variables is passed by: ``h`` holds the bits
of the variables that the record has (see :mod:`citekit.compile.silence`).
"""

from __future__ import annotations

from collections.abc import Sequence

from citekit.compile import specs
from citekit.compile.silence import SHORT, Silences, name_bits
from citekit.compile.survey import macro_calls, selects_pair
from citekit.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES
from citekit.render.elements import Language
from citekit.render.presence import BITS, DATE_BITS
from citekit.render.tree import Wrap
from citekit.style import nodes
from citekit.style.locale import Locale

_GENERATED = {
    "citation-number": "str(c.citation_number) if c.citation_number else ''",
    "first-reference-note-number": "str(c.first_note) if c.first_note else ''",
    "locator": "c.unprinted_locator()",
}
NOT_BITS = (*_GENERATED, "editor-translator", "page-first", "year-suffix")
"""Variables that aren't, or not only, in the record."""
_DEEP = 30
"""Indentation beyond which a block becomes a function of its own."""


class Emitter:
    """Source and constants of one scope."""

    def __init__(
        self,
        style: nodes.Style,
        scope: nodes.Scope,
        locale: Locale,
        language: Language,
        implicit_suffix: bool,
    ) -> None:
        self.style = style
        self.scope = scope
        self.locale = locale
        self.implicit_suffix = implicit_suffix
        self.makes_pair = not selects_pair(scope)
        self.english = locale.lang.startswith("en")
        self.constants: dict[str, object] = {"L": language}
        self.names: dict[int, str] = {}
        self.lines: list[str] = []
        self.globals: list[str] = []
        """Lines behind the functions: what is made of these once."""
        self.macros: dict[str, str] = {}
        self.pending: list[tuple[str, Sequence[nodes.Rendering]]] = []
        self.counter = 0
        self.silences = Silences(scope, locale)
        self.called_once = {name for name, times in macro_calls(scope).items() if times == 1}
        self.guarded = 0
        """The variables of which the record has at least one where the code gets,"""
        self.known = 0
        """and those of which it has all."""
        self.substituting = False
        """In a block of ``cs:substitute``: the first output, also of a ``cs:choose``, ends it."""

    # ------------------------------------------------------------ plumbing

    def constant(self, value: object) -> str:
        """A global name for a value; the same for the same object."""
        name = self.names.get(id(value))
        if name is None:
            name = self.names[id(value)] = f"K{len(self.constants)}"
            self.constants[name] = value
        return name

    def fresh(self) -> int:
        """A number for variables that no other block uses."""
        self.counter += 1
        return self.counter

    def line(self, depth: int, text: str) -> None:
        """One line of source."""
        self.lines.append("    " * depth + text)

    def function(self, name: str, children: Sequence[nodes.Rendering], ending: str) -> None:
        """A function of the context that renders children and ends with a given return."""
        self.line(0, f"def {name}(c):")
        self.line(1, "h, p, v = c.has, [], 0")
        self.children(children, "", 1)
        self.line(1, ending)

    def module(self) -> str:
        """The whole source: the layout and all macros it needs."""
        self.function("layout", self.scope.layout.children, "return p")
        for key in self.scope.sort:
            if key.macro is not None:
                self.macro(key.macro)
        while self.pending:
            name, children = self.pending.pop()
            if name.startswith(("block", "substitute")):
                self.substituting = name.startswith("substitute")
                self.function(name, children, "return p, v")
                self.substituting = False
            else:
                output = "p[0]" if self.yields_one(children) else "macro_piece(p)"
                self.function(name, children, f"return None if v == 1 else {output} if p else ''")
        return "\n".join([*self.lines, *self.globals]) + "\n"

    def macro(self, name: str) -> str:
        """The name of the function of a macro, which is generated once."""
        if name not in self.macros:
            function = f"macro{len(self.macros)}"
            self.macros[name] = function
            self.pending.append((function, self.scope.macros[name].children))
        return self.macros[name]

    # ------------------------------------------------------------ elements

    def children(self, children: Sequence[nodes.Rendering], block: str, depth: int) -> None:
        """Code for children in the list ``p<block>`` and status ``v<block>``."""
        if depth > _DEEP:
            name = f"block{self.fresh()}"
            self.pending.append((name, children))
            self.line(depth, f"q, u = {name}(c)")
            self.line(depth, f"p{block} += q")
            self.line(depth, f"v{block} = max(v{block}, u)")
            return
        for child in children:
            self.child(child, block, depth)
            if self.substituting and not block:
                self.line(depth, "if p and v != 1: return p, v")

    def child(self, child: nodes.Rendering, block: str, depth: int) -> None:
        """Code for one element; not gone into when the record has none of its variables."""
        emit = getattr(self, f"emit_{type(child).__name__.lower()}")
        silence = self.silences.of(child)
        if silence is None or silence.prints or self.has_some_of(silence.bits):
            emit(child, block, depth)
            return
        statuses = silence.statuses
        test = f"h & {silence.bits}"
        if len(statuses) > 1:  # of no consequence once there is a status
            test += f" or not v{block}"
        outer, self.guarded = self.guarded, silence.bits if len(statuses) == 1 else 0
        self.line(depth, f"if {test}:")
        printed = len(self.lines)
        emit(child, block, depth + 1)
        if len(self.lines) == printed:
            self.line(depth + 1, "pass")
        if statuses == {1}:
            self.line(depth, f"elif not v{block}: v{block} = 1")
        self.guarded = outer

    def has_some_of(self, bits: int) -> bool:
        """Whether the record has one of these variables, or code wouldn't get here."""
        return bool(bits & self.known or (self.guarded and bits & self.guarded == self.guarded))

    def value(self, block: str, depth: int, get: str, render: str) -> None:
        """Code for a variable: get its value as ``x``, render it if it isn't empty."""
        self.line(depth, f"x = {get}")
        self.line(depth, f"if x: p{block}.append({render}); v{block} = 2")
        self.line(depth, f"elif not v{block}: v{block} = 1")

    def emit_text(self, node: nodes.Text, block: str, depth: int) -> None:
        """``cs:text``."""
        if node.variable is not None:
            self.text_variable(node, node.variable, block, depth)
        elif node.macro is not None:
            if node.macro in self.called_once and specs.is_plain(node):
                self.inlined(node.macro, block, depth)
                return
            call = f"{self.macro(node.macro)}(c)"
            if not specs.is_plain(node):
                spec = self.constant(specs.macro_spec(node))
                call = f"dressed_macro(c, {call}, {spec})"
            self.line(depth, f"x = {call}")
            self.line(depth, f"if x: p{block}.append(x); v{block} = 2")
            self.line(depth, f"elif x is None and not v{block}: v{block} = 1")
        elif node.term is not None:
            self.term(node, node.term, block, depth)
        elif node.value:
            spec = self.constant(specs.text_spec(node, "value"))
            self.line(depth, f"p{block}.append(text(c, {node.value!r}, {spec}))")

    def inlined(self, macro: str, block: str, depth: int) -> None:
        """The code of a macro in the place of its only call."""
        children = self.scope.macros[macro].children
        if self.yields_one(children):
            self.children(children, block, depth)
            return
        inner = str(self.fresh())
        self.line(depth, f"p{inner}, v{inner} = [], 0")
        self.children(children, inner, depth)
        self.line(depth, f"if v{inner} == 1:")
        self.line(depth + 1, f"if not v{block}: v{block} = 1")
        self.line(depth, f"elif p{inner}: p{block}.append(macro_piece(p{inner})); v{block} = 2")

    def yields_one(self, children: Sequence[nodes.Rendering]) -> bool:
        """Whether all that elements can print is one unformatted node, with a status of 2.

        Then the output of a macro of these elements is theirs.
        """
        if len(children) != 1:
            return False
        (child,) = children
        if isinstance(child, nodes.Choose):
            return all(self.yields_one(b.children) or not b.children for b in child.branches)
        if isinstance(child, nodes.Text) and child.macro is None and child.variable is None:
            return False
        if isinstance(child, nodes.Names) and (child.substitute or child.name.form == "count"):
            return False
        return child.formatting is None and not isinstance(child, nodes.Date | nodes.Label)

    def term(self, node: nodes.Text, term: str, block: str, depth: int) -> None:
        """``cs:text`` with a term."""
        text = specs.term_text(term, node.form, node.plural, self.locale)
        # A term that is set in lower case stays so even where a sentence starts.
        kind = "" if node.text_case == "lowercase" else "term"
        piece = specs.constant(text, kind, node, self.english)
        if piece is None:
            return
        self.line(depth, f"p{block}.append({self.constant(piece)})")

    def text_variable(self, node: nodes.Text, variable: str, block: str, depth: int) -> None:
        """``cs:text`` with a variable."""
        if variable in NAME_VARIABLES or variable in DATE_VARIABLES:
            return
        spec = self.constant(specs.text_spec(node, "text", variable))
        get = self.text_value(variable, node.form == "short")
        if variable == "citation-label":
            get = "citation_label(c)"
        if variable == "year-suffix":
            self.line(
                depth, f"if c.year_suffix: p{block}.append(year_suffix(c, {spec})); v{block} = 2"
            )
        elif variable in ("page", "locator"):
            self.value(block, depth, get, f"{variable}_text(c, x, {spec}, L)")
        elif variable in NUMBER_VARIABLES and variable != "page-first":
            self.value(block, depth, get, f"number_text(c, x, {spec}, L)")
        elif specs.is_unchanged(node):
            wrap = self.constant(specs.wrap_of(node, "text", variable))
            self.value(block, depth, get, f"plain_text(c, x, {wrap})")
        else:
            self.value(block, depth, get, f"text(c, x, {spec})")
        self.note_locator(variable, depth)

    def text_value(self, variable: str, short: bool = False) -> str:
        """An expression for the text of a standard or number variable."""
        if variable in _GENERATED:
            return _GENERATED[variable]
        get = f"c.texts.get({variable!r})"
        if variable == "page-first":
            return f"{get} or page_first(c.texts.get('page', ''))"
        if short and variable in SHORT:
            return f"c.texts.get({SHORT[variable]!r}) or {get}"
        return get

    def emit_number(self, node: nodes.Number, block: str, depth: int) -> None:
        """``cs:number``."""
        spec = self.constant(specs.number_spec(node))
        form = self.constant(specs.number_form(node, self.locale))
        get = self.text_value(node.variable)
        self.value(block, depth, get, f"number(c, x, {spec}, {form}, L)")
        self.note_locator(node.variable, depth)

    def note_locator(self, variable: str, depth: int) -> None:
        """What prints the locator uses it up."""
        if variable == "locator":
            self.line(depth, "c.locator_printed = True")

    def emit_date(self, node: nodes.Date, block: str, depth: int) -> None:
        """``cs:date``."""
        spec = self.constant(specs.date_spec(node, self.locale))
        call = f"date(c, x, {spec}, {self.implicit_suffix})"
        self.line(depth, f"x = c.dates.get({node.variable!r})")
        self.line(depth, f"if x: x = {call}")
        self.line(depth, f"if x: p{block}.append(x); v{block} = 2")
        self.line(depth, f"elif not v{block}: v{block} = 1")

    def emit_label(self, node: nodes.Label, block: str, depth: int) -> None:
        """``cs:label``: printed when its variable is, but itself no call of it."""
        variable = node.variable or ""
        value = self.text_value(variable)
        self.line(depth, f"x = {value.replace('c.texts', 'c.label_texts()')}")
        if variable == "locator":
            labels = self.constant(specs.locator_labels(node, self.locale, self.english))
            chosen = f"{labels}.get(c.label)"
            self.line(depth, f"if x and {chosen}: x = label(x, {chosen}, L)")
            self.line(depth, "else: x = ''")
        else:
            spec = self.constant(specs.label_spec(node, variable, self.locale, self.english))
            self.line(depth, f"if x: x = label(x, {spec}, L)")
        self.line(depth, f"if x: p{block}.append(x)")

    def emit_names(self, node: nodes.Names, block: str, depth: int) -> None:
        """``cs:names``, in a function of its own when it has substitutes."""
        spec = self.constant(
            specs.names_spec(node, self.style, self.locale, self.english, self.makes_pair)
        )
        if not node.substitute:
            self.line(depth, f"x = render_names(c, {spec})")
            self.line(depth, f"if x: p{block}.append(x); v{block} = 2")
            self.line(depth, f"elif not v{block}: v{block} = 1")
            return
        candidates = []
        for child in node.substitute:
            if self.ends_substitution(child):
                break
            name = f"substitute{self.fresh()}"
            self.pending.append((name, [child]))
            silence = self.silences.of(child)
            bits = 0 if silence is None or silence.prints else silence.bits
            candidates.append(f"({bits}, {name}), ")
        listed = f"substitutes{self.fresh()}"
        self.globals.append(f"{listed} = ({''.join(candidates)})")
        bits = name_bits(node)
        self.line(depth, f"x, u = render_names(c, {spec}) if h & {bits} else None, 2")
        self.line(depth, f"if x is None: x, u = substitute(c, {listed})")
        self.line(depth, f"if x: p{block}.append(x)")
        self.line(depth, f"if u > v{block}: v{block} = u")

    def ends_substitution(self, child: nodes.Rendering) -> bool:
        """A term that is defined to be empty stands for the names: by nothing."""
        if not isinstance(child, nodes.Text) or child.term is None:
            return False
        return self.locale.term(child.term, child.form, child.plural) == ""

    def emit_group(self, node: nodes.Group, block: str, depth: int) -> None:
        """``cs:group``."""
        inner = str(self.fresh())
        wrap = specs.wrap_of(node, delimiter=node.delimiter)
        made = f"{self.constant(specs.group_in(wrap))}(p{inner})"
        self.line(depth, f"p{inner}, v{inner} = [], 0")
        self.children(node.children, inner, depth)
        self.line(depth, f"if v{inner} == 1 or not p{inner}:")
        self.line(depth + 1, f"if v{inner} == 1 and not v{block}: v{block} = 1")
        self.line(depth, "else:")
        self.line(depth + 1, f"p{block}.append({made}); v{block} = 2")

    # ------------------------------------------------------------ choose

    def emit_choose(self, node: nodes.Choose, block: str, depth: int) -> None:
        """``cs:choose``."""
        keyword = "if"
        for branch in node.branches:
            if branch.condition is None:
                self.line(depth, "else:" if keyword == "elif" else "if True:")
            else:
                self.line(depth, f"{keyword} {self.condition(branch.condition)}:")
            keyword = "elif"
            outer, self.known = self.known, self.known | _implied(branch.condition)
            printed = len(self.lines)
            self.children(branch.children, block, depth + 1)
            if len(self.lines) == printed:
                self.line(depth + 1, "pass")
            self.known = outer

    def condition(self, condition: nodes.Condition) -> str:
        """A Python expression for the tests of a branch.

        Of several types any will do, also with ``match="all"``, which the specification
        would have for each: no item has two, and styles mean one of them.
        """
        tests = ["c.disambiguates()"] if condition.disambiguate else []
        any_will_do = condition.match != "all"
        if len(condition.type) > 1:
            tests.append(f"c.type in {self.constant(frozenset(condition.type))}")
        else:
            tests += [f"c.type == {value!r}" for value in condition.type]
        tests += self.presence(condition.variable, any_will_do)
        tests += [
            f"is_numeric({self.text_value(variable)}, L)" for variable in condition.is_numeric
        ]
        tests += [f"is_uncertain(c, {value!r})" for value in condition.is_uncertain_date]
        tests += [
            f"(c.locator and c.label == {value.replace(' ', '-')!r})" for value in condition.locator
        ]
        tests += [f"{value!r} in c.position" for value in condition.position]
        if condition.match == "none":
            return f"not ({' or '.join(tests)})" if tests else "True"
        joiner = " or " if condition.match == "any" else " and "
        return joiner.join(tests) or "True"

    def presence(self, variables: Sequence[str], any_will_do: bool) -> list[str]:
        """Expressions that test whether the record has any, or all, of the variables."""
        bits, others = 0, []
        for variable in variables:
            bit = DATE_BITS.get(variable) or BITS.get(variable, 0)
            if bit and variable not in NOT_BITS:
                bits |= bit
            else:
                others.append(self.has(variable))
        if bits:
            others.insert(0, f"h & {bits}" if any_will_do else f"h & {bits} == {bits}")
        return others

    def has(self, variable: str) -> str:
        """An expression that tests whether the record has a variable, substituted or not."""
        if variable == "editor-translator":
            return f"has_editor_translator(c, {self.makes_pair})"
        if variable == "year-suffix":
            return "c.year_suffix"
        if variable == "locator":
            return "c.locator"
        return f"({self.text_value(variable).replace('c.texts', 'c.record.texts')})"


def _implied(condition: nodes.Condition | None) -> int:
    """The bits of the variables that a record has for certain if a condition holds."""
    if condition is None or condition.match == "none":
        return 0
    if condition.match == "any" and (len(condition.variable) > 1 or _tests_more(condition)):
        return 0
    bits = 0
    for variable in condition.variable:
        if variable not in NOT_BITS:
            bits |= BITS.get(variable, 0)
    return bits


def _tests_more(condition: nodes.Condition) -> bool:
    """Whether a condition is about anything else than variables."""
    c = condition
    return bool(
        c.disambiguate or c.type or c.is_numeric or c.is_uncertain_date or c.locator or c.position
    )


def layout_wrap(layout: nodes.Layout) -> Wrap:
    """The affixes and formatting of ``cs:layout``; its affixes are inside its formatting."""
    return Wrap(
        prefix=layout.prefix,
        suffix=layout.suffix,
        delimiter=layout.delimiter,
        formatting=layout.formatting,
    )
