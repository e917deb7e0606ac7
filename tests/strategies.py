"""Hypothesis strategies for CSL-JSON: valid items, and the values inside them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from citekit.records.vocabulary import (
    ALIASES,
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    TEXT_VARIABLES,
)

Json = dict[str, Any]

# Everything that UTF-8 can hold.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
filled_texts = texts.filter(bool)
numbers = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
flags = st.booleans() | st.sampled_from(["true", "false", "1", ""]) | st.integers(0, 1)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def objects(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Objects with any of the fields; ``_`` in a field's name stands for ``-``."""
    named = {name.replace("_", "-"): values for name, values in fields.items()}
    return st.fixed_dictionaries({}, optional=named)


names = objects(
    family=texts,
    given=texts,
    dropping_particle=texts,
    non_dropping_particle=texts,
    suffix=texts,
    literal=texts,
    comma_suffix=flags,
    static_ordering=flags,
    parse_names=flags,
)
"""Name objects; every one is valid, the empty one too."""

years = st.integers(-3000, 3000)
date_part_numbers = st.integers(0, 31) | st.integers(-3000, 3000)
date_parts = st.lists(
    st.lists(date_part_numbers | date_part_numbers.map(str) | st.just(""), min_size=1, max_size=3),
    min_size=1,
    max_size=2,
)
date_objects = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": date_parts,
        "season": st.integers(1, 4) | st.sampled_from(["1", "4", "Spring"]),
        "circa": flags,
        "literal": texts,
        "raw": texts,
    },
)


@st.composite
def edtf_dates(draw: st.DrawFn) -> str:
    """One EDTF date of level 0 or 1, without an interval."""
    year = f"{draw(st.integers(0, 9999)):04}"
    form = draw(st.sampled_from(["{y}", "{y}-{m}", "{y}-{m}-{d}", "{y}-{s}", "-{y}", "{c}X"]))
    text = form.format(
        y=year,
        m=f"{draw(st.integers(1, 12)):02}",
        d=f"{draw(st.integers(1, 28)):02}",
        s=draw(st.integers(21, 24)),
        c=year[:3],
    )
    return text + draw(st.sampled_from(["", "", "?", "~", "%"]))


edtf = edtf_dates() | st.builds("{}/{}".format, edtf_dates(), edtf_dates() | st.just(".."))
"""EDTF dates and intervals; some intervals run backwards."""

dates = date_objects | edtf


def _variables() -> dict[str, st.SearchStrategy[Any]]:
    fields: dict[str, st.SearchStrategy[Any]] = {}
    fields |= dict.fromkeys(sorted(TEXT_VARIABLES | ALIASES.keys()), texts | numbers)
    fields |= dict.fromkeys(sorted(NAME_VARIABLES), st.lists(names, max_size=2))
    fields |= dict.fromkeys(sorted(DATE_VARIABLES), dates)
    return fields


_VARIABLES = _variables()


@st.composite
def items(draw: st.DrawFn) -> Json:
    """A valid item: any variables, ``custom``, ``categories`` and keys that CSL doesn't know."""
    item: Json = {
        "id": draw(filled_texts | numbers),
        "type": draw(st.sampled_from(sorted(ITEM_TYPES))),
    }
    for variable in draw(st.lists(st.sampled_from(sorted(_VARIABLES)), unique=True, max_size=6)):
        item[variable] = draw(_VARIABLES[variable])
    if draw(st.booleans()):
        item["custom"] = draw(st.dictionaries(texts, json_values, max_size=2))
    if draw(st.booleans()):
        item["categories"] = draw(st.lists(texts, max_size=2))
    if draw(st.booleans()):
        item[draw(st.sampled_from(["x-note", "extra", "self", "container_title"]))] = draw(
            json_values.filter(lambda value: value is not None)
        )
    return item


def _id_text(item: Json) -> str:
    value = item["id"]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        value = int(value)
    return str(value)


libraries = st.lists(items(), max_size=4, unique_by=_id_text)
"""Arrays of valid items with ids of their own."""
