"""The solver of conditions finds what trying every combination of values finds."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from citekit.check.logic import Clause, can_hold

DOMAINS = {
    "type": frozenset(["book", "map", "song", "other"]),
    "position": frozenset(["first", "ibid", "none"]),
    "title": frozenset(["true", "false"]),
    "volume": frozenset(["nothing", "text", "number"]),
}
CLAUSES = st.dictionaries(st.sampled_from(sorted(DOMAINS)), st.none(), max_size=3).flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.frozensets(st.sampled_from(sorted(DOMAINS[name]))) for name in names}
    )
)


def by_trying(clauses: list[Clause]) -> bool:
    combinations = (
        dict(zip(DOMAINS, values, strict=True)) for values in product(*DOMAINS.values())
    )
    return any(
        all(any(chosen[name] in values for name, values in clause.items()) for clause in clauses)
        for chosen in combinations
    )


@given(st.lists(CLAUSES, max_size=8))
def test_the_same_answer_as_by_trying(clauses: list[Clause]) -> None:
    assert can_hold(clauses, DOMAINS) == by_trying(clauses)


def test_a_question_too_hard_counts_as_possible() -> None:
    """Pigeons: eight in seven holes, which no quick reasoning excludes."""
    domains = {f"{pigeon} in {hole}": frozenset("01") for pigeon in range(8) for hole in range(7)}
    yes, no = frozenset("1"), frozenset("0")
    each_in_one: list[Clause] = [
        {f"{pigeon} in {hole}": yes for hole in range(7)} for pigeon in range(8)
    ]
    none_together: list[Clause] = [
        {f"{one} in {hole}": no, f"{other} in {hole}": no}
        for hole in range(7)
        for one in range(8)
        for other in range(one)
    ]
    assert can_hold([*each_in_one, *none_together], domains)
