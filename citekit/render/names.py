"""Name lists: which names are shown, in what order, joined how.

Source: CSL 1.0.2, "Names", "Name", "Et-al", "Label in cs:names". How a single
name looks is in :mod:`citekit.render.name_parts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from citekit.records.name import Name
from citekit.render.context import Context, NameList
from citekit.render.name_parts import NameSpec, is_inverted, name_key, render_name
from citekit.render.tree import Node, Piece, Wrap, affix

SORT_NAME = "\x01"
"""Stands between names in sort keys: sorts before every letter."""


@frozen(slots=True, eq=False, kw_only=True)
class LabelSpec:
    """The label of one name variable: its two texts, dressed."""

    single: Piece
    multiple: Piece
    plural: str

    def text(self, count: int) -> Piece:
        """The text for so many names."""
        plural = self.plural == "always" or (self.plural == "contextual" and count > 1)
        return self.multiple if plural else self.single


@frozen(slots=True, eq=False, kw_only=True)
class NamesSpec:
    """One ``cs:names`` in one locale."""

    variables: tuple[str, ...]
    wrap: Wrap
    name: NameSpec
    et_al: Piece
    et_al_joined: bool
    """The term is of a script that has no spaces."""
    labels: Mapping[str, LabelSpec]
    """By name variable; empty without ``cs:label``. ``editor-translator`` is for the pair."""
    label_first: bool
    makes_pair: bool
    """``editor-translator`` stands for identical editors and translators: nothing else does."""
    list_wraps: Mapping[str, Wrap]
    """By name variable: a node of kind ``name-list`` around names and label."""
    is_single: bool = field(init=False)
    """It has one variable, which never stands for two, and its names are printed."""

    def __attrs_post_init__(self) -> None:
        counts = self.name.form == "count"
        is_single = len(self.variables) == 1 and self.variables[0] != "editor-translator"
        object.__setattr__(self, "is_single", is_single and not counts)


def render_names(context: Context, spec: NamesSpec) -> Piece | None:
    """All name variables of a ``cs:names``, or ``None`` if they are all empty."""
    if spec.is_single:
        variable = spec.variables[0]
        people = context.names.get(variable)
        if not people:
            return None
        piece = _render_list(context, variable, people, spec)
        return Node(spec.wrap, [piece]) if piece else None
    found = merge_editor_translator(context.names, spec)
    if not found:
        return None
    if spec.name.form == "count":
        return str(sum(shown_count(context, names, spec.name) for _, names in found))
    lists = [_render_list(context, variable, names, spec) for variable, names in found]
    lists = [piece for piece in lists if piece]
    return Node(spec.wrap, lists) if lists else None


def merge_editor_translator(
    record: Mapping[str, tuple[Name, ...]], spec: NamesSpec
) -> list[tuple[str, tuple[Name, ...]]]:
    """The non-empty variables with their names; identical editors and translators are one.

    Where the label for both has no text they stay two, so that both roles are told.
    """
    variables = spec.variables
    found = [(variable, record[variable]) for variable in variables if record.get(variable)]
    editor, translator = record.get("editor"), record.get("translator")
    pair = spec.labels.get("editor-translator")
    if editor and editor == translator and (pair is None or pair.single):
        if len(variables) == 2 and "editor" in variables and "translator" in variables:
            return [("editor-translator", editor)]
        if (
            spec.makes_pair
            and "editor-translator" in variables
            and not record.get("editor-translator")
        ):
            return [*found, ("editor-translator", editor)]
    return found


def _render_list(context: Context, variable: str, names: Sequence[Name], spec: NamesSpec) -> Piece:
    shown = len(names)
    if shown >= spec.name.fewest_hidden or context.names_limits is not None:
        shown = shown_count(context, names, spec.name)
    index = len(context.name_lists)
    context.name_lists.append(NameList(names, shown, spec.name))
    if context.sorting:
        keys = [name_key(name, spec.name) for name in names[:shown]]
        if _uses_last(context, spec.name) and len(names) >= shown + 2:
            keys.append(name_key(names[-1], spec.name))
        return SORT_NAME.join(keys)
    if not shown:
        return ""
    pieces = _join(context, names, shown, index, spec)
    label = spec.labels.get(variable) if spec.labels else None
    if label is None:
        return Node(spec.list_wraps[variable], pieces)
    children: list[Piece] = [spec.name.wrap_list(pieces)]
    if text := label.text(len(names)):
        children.insert(0 if spec.label_first else 1, text)
    return Node(spec.list_wraps[variable], children)


def shown_count(context: Context, names: Sequence[Name], name: NameSpec) -> int:
    """How many names of a list are shown (CSL 1.0.2, ``et-al-min`` and its kin)."""
    total = len(names)
    at_least, first = name.limits("subsequent" in context.position)
    if context.names_limits is not None:
        own_min, own_first, _ = context.names_limits
        at_least = at_least if own_min is None else own_min
        first = first if own_first is None else own_first
    shown = first if at_least and total >= at_least and total > first else total
    if context.expansion is not None:
        asked = context.expansion.shown_in(len(context.name_lists))
        if asked is not None:
            shown = max(shown, min(asked, total))
    return shown


def _join(
    context: Context, names: Sequence[Name], shown: int, index: int, spec: NamesSpec
) -> list[Piece]:
    name, last = spec.name, len(names) - 1
    expansion = context.expansion
    level = expansion.level(index, 0) if expansion is not None else 0
    pieces: list[Piece] = [render_name(names[0], name, True, level)]
    for position in range(1, shown):
        if expansion is not None:
            level = expansion.level(index, position)
        pieces.append(name.between if position < last else before_last(names, position, name))
        pieces.append(render_name(names[position], name, False, level))
    if shown <= last:
        append_et_al(pieces, context, names, shown, spec)
        if name.abridged_wrap is not None:
            return [Node(name.abridged_wrap, pieces)]
    return pieces


def before_last(names: Sequence[Name], position: int, name: NameSpec) -> Node:
    """What stands before the last name of a complete list.

    Before an institution the style's "always" and "never" yield to the length of the list.
    A conjunction without spaces, as in Chinese, replaces the delimiter in lists of any length.
    """
    if not name.and_:
        return name.between
    joined = name.and_ == name.and_.strip()
    rule, several = name.delimiter_precedes_last, len(names) > 2 and not joined
    if names[position].is_personal:
        precedes = _precedes(rule, several, names, position, name)
    elif rule == "after-inverted-name":
        precedes = several or is_inverted(names[position - 1], name, position == 1)
    else:
        precedes = several
    return affix(name.delimiter + name.and_.lstrip(" ") if precedes else name.and_)


def _precedes(
    rule: str, several: bool, names: Sequence[Name], position: int, name: NameSpec
) -> bool:
    """Whether the rule wants a delimiter before what stands at that position.

    The first name counts as inverted even where it has nothing to invert.
    """
    if rule == "contextual":
        return several
    if rule == "after-inverted-name":
        return position == 1 or is_inverted(names[position - 1], name, False)
    return rule == "always"


def _uses_last(context: Context, name: NameSpec) -> bool:
    if context.names_limits is not None and context.names_limits[2] is not None:
        return context.names_limits[2]
    return name.et_al_use_last


def append_et_al(
    pieces: list[Piece], context: Context, names: Sequence[Name], shown: int, spec: NamesSpec
) -> None:
    """Et-al or, with ``et-al-use-last``, an ellipsis and the last name."""
    name = spec.name
    if _uses_last(context, name) and len(names) >= shown + 2:
        last = len(names) - 1
        pieces.append(f"{name.delimiter}\N{HORIZONTAL ELLIPSIS} ")
        pieces.append(render_name(names[last], name, last == 0, 0))
    elif spec.et_al:
        rule = name.delimiter_precedes_et_al
        with_delimiter = _precedes(rule, shown > 1, names, shown, name)
        if with_delimiter:
            pieces.append(name.between)
        elif not spec.et_al_joined:
            pieces.append(" ")
        pieces.append(spec.et_al)
