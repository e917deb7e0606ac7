"""Flat name lists: the twin of :mod:`citekit.render.names`, whose rules it asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from citekit.flat.marks import Dress, NotFlatError, affix, check, plain
from citekit.records.name import Name, identity
from citekit.render import names
from citekit.render.context import Context, NameList
from citekit.render.name_parts import has_more, render_name, simple_text
from citekit.render.names import LabelSpec, NamesSpec
from citekit.render.tree import Piece, Wrap


class FlatNames:
    """One ``cs:names``: what :class:`~citekit.render.names.NamesSpec` holds, made flat."""

    __slots__ = ("abridged", "between", "dress", "flatten", "labels", "name", "simple", "spec")

    def __init__(
        self,
        spec: NamesSpec,
        dress: Callable[[Wrap], Dress],
        flatten: Callable[[Piece], str],
        constant: Callable[[Piece], str],
    ) -> None:
        name = spec.name
        self.spec = spec
        self.name = dress(name.wrap)
        self.dress = dress(spec.wrap)
        self.flatten = flatten
        self.between = affix(name.delimiter)
        self.abridged = dress(name.abridged_wrap) if name.abridged_wrap is not None else None
        self.labels = {
            variable: LabelSpec(
                single=constant(label.single),
                multiple=constant(label.multiple),
                plural=label.plural,
            )
            for variable, label in spec.labels.items()
        }
        self.simple = lru_cache(maxsize=8192)(self.person)

    def person(self, family: str, given: str, first: bool, level: int) -> str:
        """A name of nothing but these parts."""
        spec = self.spec.name
        if spec.is_simple:
            inverted = spec.inverts_first if first else spec.inverts_all
            if text := simple_text(family, given, spec, inverted, level):
                check(text)
                return self.name.around(plain(text))
        return self.flatten(render_name(Name(family, given), spec, first, level))


def render_names(context: Context, flat: FlatNames) -> str | None:
    """All name variables of a ``cs:names``, or ``None`` if they are all empty."""
    spec = flat.spec
    if spec.is_single:
        variable = spec.variables[0]
        people = context.names.get(variable)
        if not people:
            return None
        lists = [_render_list(context, variable, people, flat)]
    else:
        found = names.merge_editor_translator(context.names, spec)
        if not found:
            return None
        if spec.name.form == "count":
            raise NotFlatError
        lists = [_render_list(context, variable, people, flat) for variable, people in found]
        lists = [text for text in lists if text]
    dress = flat.dress
    text = dress.delimiter.join(lists)
    if not text:
        return None
    if context.repetition is not None and not context.substituting:
        text = shown_first(context, text)
    return f"{dress.before}{text}{dress.after}"


def shown_first(context: Context, text: str) -> str:
    """The names printed last, or what stands for them if they repeat those of the entry before.

    See :mod:`citekit.processor.substitute`; only the first names of an entry count.
    """
    repetition = context.repetition
    if repetition is None or repetition.first is not None:
        return text
    shown = [name for found in context.name_lists for name in found.names[: found.shown]]
    people, printed = repetition.first = list(map(identity, shown)), list(repetition.printed)
    people_before, printed_before = repetition.before or ([], [])
    if not people and not people_before:
        raise NotFlatError  # what stands in for names may be repeated, too
    if not people or not people_before or people[0] != people_before[0]:
        return text
    if not repetition.substitute:
        raise NotFlatError
    if people != people_before:
        return text
    if not printed or printed != printed_before:
        raise NotFlatError
    return plain(repetition.substitute)


def _render_list(context: Context, variable: str, people: Sequence[Name], flat: FlatNames) -> str:
    name = flat.spec.name
    shown = len(people)
    if shown >= name.fewest_hidden:
        shown = names.shown_count(context, people, name)
    index = len(context.name_lists)
    context.name_lists.append(NameList(people, shown, name))
    if context.substituting:
        context.substituted.append(variable)
    if not shown:
        return ""
    text = _joined(context, people, shown, index, flat)
    if not text:
        raise NotFlatError  # nothing, but a name that is there
    label = flat.labels.get(variable) if flat.labels else None
    if label is None:
        return text
    term = label.text(len(people))
    return f"{term}{text}" if flat.spec.label_first else f"{text}{term}"


def _joined(
    context: Context, people: Sequence[Name], shown: int, index: int, flat: FlatNames
) -> str:
    last = len(people) - 1
    expansion = context.expansion
    level = expansion.level(index, 0) if expansion is not None else 0
    pieces = [_person(people[0], True, level, flat)]
    for position in range(1, shown):
        if expansion is not None:
            level = expansion.level(index, position)
        if position < last:
            pieces.append(flat.between)
        else:
            node = names.before_last(people, position, flat.spec.name)
            pieces.append(affix(node.wrap.prefix))
        pieces.append(_person(people[position], False, level, flat))
    if context.repetition is not None:
        context.repetition.printed += pieces[::2]
    if shown <= last:
        et_al: list[Piece] = []
        names.append_et_al(et_al, context, people, shown, flat.spec)
        pieces += map(flat.flatten, et_al)
        if flat.abridged is not None:
            return flat.abridged.around("".join(pieces))
    return "".join(pieces)


def _person(name: Name, first: bool, level: int, flat: FlatNames) -> str:
    if name.family and name.given and not has_more(name):
        return flat.simple(name.family, name.given, first, level)
    return flat.flatten(render_name(name, flat.spec.name, first, level))
