"""Cite grouping and collapsing, and what stands between cites.

CSL 1.0.2, "Cite Grouping" and "Cite Collapsing". With ``cite-group-delimiter``
or ``collapse`` of the year kinds, cites whose names print the same form a group;
if the style sorts its cites, they move to the first of them, and groups with the
same first key are in the order of their names. (In a style that
doesn't sort, the author's order stands.) The default delimiter in a group is ", ",
in note styles that of the layout, as the test suite has it. Then, by ``collapse``:

* "year": the names are left out of all but the first cite of a group;
* "year-suffix": so is a year that the cite before has printed, leaving its suffix;
* "year-suffix-ranged": as before, and of three suffixes or more that follow one
  another only the first and the last are printed;
* "citation-number": likewise for numbers, without groups.

A cite with a locator or a text of its own keeps its year, and one that prints anything
beside its number keeps that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from citekit.processor.cites import Cite
from citekit.processor.position import Placed
from citekit.processor.registry import Registry
from citekit.render.richtext import rich
from citekit.render.tree import (
    CITE_PREFIX,
    PLAIN,
    Node,
    Piece,
    affix,
    between_cites,
    find_first,
    prints_text_variable,
    replace_node,
    text_of,
    variables_in,
)

_DASH = "\N{EN DASH}"
_MARKS = ".,;:!?"


class RenderedCite:
    """A cite with its output, before cites are joined; ``suppressed`` hides its names."""

    def __init__(self, placed: Placed, piece: Piece, suppressed: bool = False) -> None:
        self.placed = placed
        self.piece = piece
        self.suppressed = suppressed

    @cached_property
    def names(self) -> Node | None:
        """Its first names, which collapsing and suppressing are about."""
        return find_first(self.piece, "names")

    @cached_property
    def suffix(self) -> Node | None:
        """Its year-suffix."""
        return find_first(self.piece, "year-suffix")

    @property
    def cite(self) -> Cite:
        """What was asked for."""
        return self.placed.cite

    @property
    def names_text(self) -> str:
        """What its names print, "" for none."""
        return text_of(self.names) if self.names is not None else ""

    @property
    def has_names(self) -> bool:
        """Whether it prints names, not only what stands in for them."""
        return self.names is not None and find_first(self.names, "name") is not None

    @property
    def is_of_nobody(self) -> bool:
        """Whether it prints neither names nor anything of the record in their place."""
        return not self.has_names and (self.names is None or not variables_in(self.names))

    def output(self) -> Piece:
        """What it prints without what the author puts around it.

        A term that stands in for names ("Anon.") isn't suppressed.
        """
        if self.suppressed and self.names is not None and not self.is_of_nobody:
            return replace_node(self.piece, self.names, None)
        return self.piece

    @property
    def is_bare(self) -> bool:
        """Whether nothing of its own keeps it from collapsing."""
        return not (self.cite.locator or self.cite.prefix or self.cite.suffix)

    @property
    def is_number(self) -> bool:
        """Whether it is the citation-number with affixes and nothing else."""
        piece = self.piece
        while isinstance(piece, Node) and piece.wrap.variable != "citation-number":
            piece = piece.children[0] if len(piece.children) == 1 else ""
        return isinstance(piece, Node) and not (self.cite.prefix or self.cite.suffix)


def join_cites(registry: Registry, cites: Sequence[RenderedCite]) -> list[Piece]:
    """The cites of a citation with what stands between them."""
    if len(cites) == 1:
        return [with_affixes(cites[0])]
    options = registry.style.style.citation
    layout_delimiter = registry.style.citation.wrap.delimiter
    if options.collapse == "citation-number":
        # A range of numbers is no cite group, which after-collapse-delimiter is about.
        return _joined(_number_runs(registry, cites), layout_delimiter)
    if not groups_cites(registry):
        return _joined([([cite], [with_affixes(cite)]) for cite in cites], layout_delimiter)
    groups = _grouped(cites, regroup=bool(registry.style.citation.sort))
    rows = [(group, _group(registry, group)) for group in groups]
    after = options.after_collapse_delimiter
    return _joined(rows, layout_delimiter, layout_delimiter if after is None else after)


def groups_cites(registry: Registry) -> bool:
    """Whether the style wants cites with the same names together."""
    options = registry.style.style.citation
    if options.collapse is None:
        return options.cite_group_delimiter is not None
    return options.collapse != "citation-number"


Row = tuple[Sequence[RenderedCite], list[Piece]]


def _joined(rows: Sequence[Row], delimiter: str, after_collapse: str | None = None) -> list[Piece]:
    """Rows with a delimiter between them; after a collapsed one it may be another."""
    pieces: list[Piece] = []
    for number, (cites, row) in enumerate(rows):
        if number:
            before = rows[number - 1][0]
            between = delimiter
            if len(before) > 1 and after_collapse is not None:
                between = after_collapse
            pieces += _between(before[-1].cite, cites[0].cite, between)
        pieces += row
    return pieces


def _between(before: Cite, after: Cite, delimiter: str) -> list[Piece]:
    """The delimiter, unless what the cites bring along stands in its place."""
    if after.prefix.lstrip()[:1] in tuple(",.;:") and after.prefix:
        return []
    if before.suffix.rstrip()[-1:] in tuple(",;:") and before.suffix:
        return [affix(" ")]
    return [between_cites(delimiter)] if delimiter else []


# ---------------------------------------------------------------- numbers


def _number_runs(registry: Registry, cites: Sequence[RenderedCite]) -> list[Row]:
    """Cites of bare numbers that follow one another, three or more, as first–last."""
    runs: list[list[RenderedCite]] = []
    for cite in cites:
        number = registry.items[cite.cite.id].number
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and cite.is_number
            and last.is_number
            and registry.items[last.cite.id].number + 1 == number
        ):
            runs[-1].append(cite)
        else:
            runs.append([cite])
    rows: list[Row] = []
    for run in runs:
        if len(run) > 2:
            rows.append((run, [run[0].output(), affix(_DASH), run[-1].output()]))
        else:
            rows += [([cite], [with_affixes(cite)]) for cite in run]
    return rows


# ---------------------------------------------------------------- groups


def _grouped(cites: Sequence[RenderedCite], regroup: bool) -> list[list[RenderedCite]]:
    """Cites with the same names together: at the place of the first, or only neighbours.

    A cite without names goes with what stands before it.
    """
    groups: list[list[RenderedCite]] = []
    by_names: dict[str, list[RenderedCite]] = {}
    for cite in cites:
        names = cite.names_text
        if not names and groups:
            groups[-1].append(cite)
        elif names in by_names and (regroup or by_names[names] is groups[-1]):
            by_names[names].append(cite)
        else:
            groups.append([cite])
            by_names[names] = groups[-1]
    return groups


def _group(registry: Registry, group: Sequence[RenderedCite]) -> list[Piece]:
    """A group of cites, collapsed as the style says."""
    options = registry.style.style.citation
    if options.collapse is None:
        runs = [[cite] for cite in group]
    else:
        bare = [group[0], *(cite for cite in group[1:] if not _is_only_names(cite))]
        runs = _year_runs(bare, options.collapse, options.disambiguate_add_year_suffix)
    suffix_delimiter = options.year_suffix_delimiter
    if suffix_delimiter is None:
        suffix_delimiter = options.cite_group_delimiter or registry.style.citation.wrap.delimiter
    pieces: list[Piece] = []
    for number, run in enumerate(runs):
        if number:
            delimiter = _delimiter_in_group(registry, group[0], run[0])
            pieces += _between(runs[number - 1][-1].cite, run[0].cite, delimiter)
        without_names = options.collapse is not None and number > 0
        pieces += _year_run(run, without_names, suffix_delimiter, options.collapse)
    return pieces


def _delimiter_in_group(registry: Registry, first: RenderedCite, cite: RenderedCite) -> str:
    """What stands before a cite in its group; less binds one that hasn't the names of the first."""
    options = registry.style.style.citation
    layout_delimiter = registry.style.citation.wrap.delimiter
    has_names_of_group = cite.names_text == first.names_text
    if has_names_of_group and options.cite_group_delimiter is not None:
        return options.cite_group_delimiter
    if registry.style.style.class_ != "in-text" or options.collapse is None:
        return layout_delimiter
    if cite.names is None or cite.suppressed:
        rest = cite.piece
    else:
        rest = replace_node(cite.piece, cite.names, None)
    if prints_text_variable(rest) or options.after_collapse_delimiter is not None:
        return layout_delimiter
    return ", "


def _is_only_names(cite: RenderedCite) -> bool:
    """Whether nothing is left of a cite without its names."""
    return cite.names is not None and not text_of(replace_node(cite.piece, cite.names, None))


def _year_runs(
    group: Sequence[RenderedCite], collapse: str, has_suffixes: bool
) -> list[list[RenderedCite]]:
    """Stretches of cites that differ by their year-suffix only; single cites otherwise."""
    runs: list[list[RenderedCite]] = []
    for cite in group:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and collapse != "year"
            and has_suffixes
            and cite.is_bare
            and last.is_bare
            and cite.suffix is not None
            and last.suffix is not None
            and _without_suffix(cite) == _without_suffix(last)
        ):
            runs[-1].append(cite)
        else:
            runs.append([cite])
    return runs


def _without_suffix(cite: RenderedCite) -> str:
    assert cite.suffix is not None
    return text_of(replace_node(cite.piece, cite.suffix, None))


def _year_run(
    run: Sequence[RenderedCite], without_names: bool, delimiter: str, collapse: str | None
) -> list[Piece]:
    """The first cite of a run, whole or without names, then the other suffixes."""
    pieces: list[Piece] = [with_affixes(run[0], without_names)]
    rest = list(run[1:])
    if collapse == "year-suffix-ranged":
        start = 0
        while start < len(run):
            end = start
            while end + 1 < len(run) and _follows(run[end], run[end + 1]):
                end += 1
            if start:
                pieces += [affix(delimiter), _suffix(run[start])]
            if end - start > 1:
                pieces += [affix(_DASH), _suffix(run[end])]
            else:
                for cite in run[start + 1 : end + 1]:
                    pieces += [affix(delimiter), _suffix(cite)]
            start = end + 1
        return pieces
    for cite in rest:
        pieces += [affix(delimiter), _suffix(cite)]
    return pieces


def _suffix(cite: RenderedCite) -> Piece:
    assert cite.suffix is not None
    return cite.suffix


def _follows(first: RenderedCite, second: RenderedCite) -> bool:
    """Whether the second suffix is the next letter after the first."""
    a, b = text_of(_suffix(first)), text_of(_suffix(second))
    return len(a) == len(b) and a[:-1] == b[:-1] and ord(a[-1]) + 1 == ord(b[-1])


# ---------------------------------------------------------------- affixes of a cite


def with_affixes(rendered: RenderedCite, without_names: bool = False) -> Piece:
    """The cite between its own prefix and suffix, a space put where words would touch."""
    piece, cite = rendered.output(), rendered.cite
    if without_names and not rendered.suppressed and rendered.names is not None:
        piece = replace_node(piece, rendered.names, None) or piece
    if not (cite.prefix or cite.suffix):
        return piece
    pieces: list[Piece] = []
    if cite.prefix:
        prefix = cite.prefix if _ends_open(cite.prefix) else f"{cite.prefix} "
        pieces.append(Node(CITE_PREFIX, [rich(prefix)]))
    pieces.append(piece)
    if cite.suffix:
        mark = cite.suffix[0] if cite.suffix[0] in _MARKS else ""
        rest = cite.suffix[len(mark) :]
        if mark == ",":
            pieces.append(mark)  # of the marks, it alone stays outside of quotation marks
        elif mark:
            pieces.append(affix(mark))
        elif not cite.suffix[0].isspace() and cite.suffix[0].isalnum():
            rest = f" {rest}"
        pieces.append(rich(rest))
    return Node(PLAIN, pieces)


def _ends_open(prefix: str) -> bool:
    return prefix[-1].isspace() or prefix[-1] in "([{“‘\"'"
