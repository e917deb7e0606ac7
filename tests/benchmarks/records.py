"""Made-up records that look like a real library, the same ones for the same seed.

``records(100)`` are the first hundred of ``records(20_000)``. Some people write a lot
and most write once, so that names and years collide about as they do in real libraries
and the number of people grows with the number of records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from tests.benchmarks import words

Json = dict[str, Any]

SEED = 1989

SHARES = {
    "article-journal": 50,
    "book": 14,
    "chapter": 11,
    "paper-conference": 9,
    "webpage": 7,
    "personal_communication": 5,
    "thesis": 4,
}
"""Per cent of the records that have each type."""

_TEAMS = {1: 28, 2: 22, 3: 17, 4: 11, 5: 7, 6: 5, 7: 3, 8: 2, 10: 2, 12: 1, 15: 1, 20: 1}
"""Numbers of authors of a paper, and how frequent they are."""
_WRITERS = {1: 74, 2: 18, 3: 6, 4: 2}
"""The same for books and the like."""
_PROLIFIC = 150
"""About so many people have written much; one of them is on every hundredth record."""
_PAGE_STYLES = ("{0}-{1}", "{0}–{1}", "{0}", "e{0}")


def records(count: int, seed: int = SEED) -> list[Json]:
    """Return so many records, as CSL-JSON."""
    return [_record(position, seed) for position in range(count)]


def cites(items: Sequence[Json], seed: int = SEED) -> list[Json]:
    """Return the cites of a document, each a citation of its own.

    Each record is cited in its turn; after every fifth one, one of the latest ten is
    cited again, with a locator: often a note is followed by an "ibid."
    """
    rng = Random(f"{seed}/cites")
    made: list[Json] = []
    for position, item in enumerate(items):
        made.append({"id": item["id"]})
        if position % 5 == 4:
            back = min(position, rng.choice((0, 0, 1, 2, 3, 5, 9)))
            label = rng.choice(("page", "page", "page", "chapter"))
            again = items[position - back]["id"]
            made.append({"id": again, "locator": str(rng.randint(1, 400)), "label": label})
    return made


def _record(position: int, seed: int) -> Json:
    rng = Random(f"{seed}/{position}")
    kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
    item: Json = {"id": "", "type": kind, "title": _title(rng)}
    _MAKERS[kind](item, rng, seed)
    first, *_ = item.get("author") or item.get("editor") or [{}]
    family = first.get("family", "anon").casefold()
    plain = "".join(c for c in family if c.isascii() and c.isalpha())
    item["id"] = f"{plain}{item['issued']['date-parts'][0][0]}-{position}"
    return item


# ------------------------------------------------------------------------ people


def _person(number: int, seed: int) -> Json:
    """Return person `number`: always the same one."""
    rng = Random(f"{seed}/person/{number}")
    family = _near_front(rng, words.FAMILIES) if rng.random() < 0.5 else _rare_family(rng)
    given = _near_front(rng, words.GIVENS)
    if rng.random() < 0.45:
        given += f" {rng.choice('ABCDEFGHJKLMNPRSTVW')}."
    person: Json = {"family": family, "given": given}
    if rng.random() < 0.03:
        person["non-dropping-particle"] = rng.choice(words.PARTICLES)
    if rng.random() < 0.01:
        person["suffix"] = rng.choice(("Jr.", "III"))
    return person


def _rare_family(rng: Random) -> str:
    middle = rng.choice(words.MIDDLES) if rng.random() < 0.6 else ""
    family = rng.choice(words.HEADS) + middle + rng.choice(words.TAILS)
    return f"{family}-{rng.choice(words.FAMILIES)}" if rng.random() < 0.05 else family


def _near_front(rng: Random, listed: Sequence[str]) -> str:
    return listed[int(len(listed) * rng.random() ** 2)]


def _people(rng: Random, seed: int, sizes: dict[int, int]) -> list[Json]:
    """Draw a team: Pareto's law has some people write much and brings ever new ones."""
    size = rng.choices(list(sizes), list(sizes.values()))[0]
    team: dict[int, None] = {}
    while len(team) < size:
        team[int(_PROLIFIC * (rng.paretovariate(0.6) - 1))] = None
    return [_person(number, seed) for number in team]


# ------------------------------------------------------------------------ fields


def _title(rng: Random) -> str:
    year = rng.randint(1780, 1990)
    subject, subject2 = rng.sample(words.SUBJECTS, 2)
    noun, noun2 = rng.sample(words.NOUNS, 2)
    title = rng.choice(words.PATTERNS).format(
        subject=subject,
        subject2=subject2,
        noun=noun,
        noun2=noun2,
        quality=rng.choice(words.QUALITIES),
        place=rng.choice(words.PLACES),
        year=year,
        year2=year + rng.randint(2, 40),
    )
    first = 1 if title.startswith("‘") else 0
    return title[:first] + title[first].upper() + title[first + 1 :]


def _year(rng: Random) -> int:
    """Return a year of publication: the literature grows, so most of it is recent."""
    return 2024 - min(int(rng.expovariate(1 / 14)), 100)


def _date(rng: Random, year: int, parts: int) -> Json:
    """Return a date with so many parts."""
    return {"date-parts": [[year, rng.randint(1, 12), rng.randint(1, 28)][:parts]]}


def _pages(rng: Random) -> str:
    first = rng.randint(1, 1800)
    style = rng.choices(_PAGE_STYLES, (80, 10, 5, 5))[0]
    return style.format(first, first + rng.randint(2, 40))


def _add_doi(item: Json, rng: Random, share: float) -> None:
    if rng.random() < share:
        item["DOI"] = f"10.{rng.randint(1000, 9999)}/{rng.choice('acejs')}{rng.randint(1, 10**7)}"


def _add_address(item: Json, rng: Random, share: float) -> None:
    if rng.random() < share:
        page = "-".join(item["title"].split()[:4]).strip("‘’?:,").casefold()
        item["URL"] = f"https://www.example.org/{rng.randint(1, 9999)}/{page}"
        item["accessed"] = _date(rng, 2024, 3)


def _add_publisher(item: Json, rng: Random, houses: Sequence[tuple[str, str]]) -> None:
    item["publisher"], item["publisher-place"] = rng.choice(houses)


# ------------------------------------------------------------------------ types


def _article(item: Json, rng: Random, seed: int) -> None:
    year = _year(rng)
    journal = rng.choice(list(words.JOURNALS))
    item |= {
        "author": _people(rng, seed, _TEAMS),
        "issued": _date(rng, year, rng.choice((1, 1, 2, 3))),
        "container-title": journal,
        "container-title-short": words.JOURNALS[journal],
        "volume": str(max(1, year - rng.choice((1890, 1921, 1950)))),
        "page": _pages(rng),
    }
    if rng.random() < 0.85:
        item["issue"] = str(rng.randint(1, 12))
    _add_doi(item, rng, 0.75)
    _add_address(item, rng, 0.15)


def _book(item: Json, rng: Random, seed: int) -> None:
    role = "editor" if rng.random() < 0.12 else "author"
    item |= {role: _people(rng, seed, _WRITERS), "issued": _date(rng, _year(rng), 1)}
    _add_publisher(item, rng, words.PUBLISHERS)
    if rng.random() < 0.2:
        item["edition"] = str(rng.randint(2, 5))
    if rng.random() < 0.1:
        item["translator"] = _people(rng, seed, {1: 1})
    if rng.random() < 0.6:
        item["ISBN"] = f"978-{rng.randint(10**9, 10**10 - 1)}"
    _add_doi(item, rng, 0.1)


def _chapter(item: Json, rng: Random, seed: int) -> None:
    item |= {
        "author": _people(rng, seed, _WRITERS),
        "editor": _people(rng, seed, _WRITERS),
        "container-title": _title(rng),
        "issued": _date(rng, _year(rng), 1),
        "page": _pages(rng),
    }
    _add_publisher(item, rng, words.PUBLISHERS)
    _add_doi(item, rng, 0.3)


def _paper(item: Json, rng: Random, seed: int) -> None:
    item |= {
        "author": _people(rng, seed, _TEAMS),
        "issued": _date(rng, _year(rng), rng.choice((1, 2))),
        "container-title": rng.choice(words.CONFERENCES),
        "page": _pages(rng),
    }
    if rng.random() < 0.6:
        _add_publisher(item, rng, words.PUBLISHERS)
    _add_doi(item, rng, 0.6)


def _webpage(item: Json, rng: Random, seed: int) -> None:
    if rng.random() < 0.3:
        item["author"] = [{"literal": rng.choice(words.BODIES)}]
    elif rng.random() < 0.8:
        item["author"] = _people(rng, seed, _WRITERS)
    item |= {
        "container-title": rng.choice(words.SITES),
        "issued": _date(rng, rng.randint(2003, 2024), rng.choice((1, 3, 3))),
    }
    _add_address(item, rng, 1)


def _thesis(item: Json, rng: Random, seed: int) -> None:
    item |= {
        "author": _people(rng, seed, {1: 1}),
        "genre": rng.choice(("PhD thesis", "MA thesis", "Habilitationsschrift")),
        "issued": _date(rng, _year(rng), 1),
    }
    _add_publisher(item, rng, words.UNIVERSITIES)
    _add_address(item, rng, 0.3)


def _letter(item: Json, rng: Random, seed: int) -> None:
    archive, place, collection = rng.choice(words.ARCHIVES)
    item |= {
        "author": _people(rng, seed, {1: 9, 2: 1}),
        "recipient": _people(rng, seed, {1: 1}),
        "genre": rng.choice(words.GENRES),
        "issued": _date(rng, rng.randint(1850, 1991), rng.choice((1, 2, 3, 3, 3))),
        "archive": archive,
        "archive-place": place,
        "archive_collection": collection,
        "archive_location": f"box {rng.randint(1, 90)}, folder {rng.randint(1, 30)}",
    }
    _add_address(item, rng, 0.2)


_MAKERS: dict[str, Callable[[Json, Random, int], None]] = {
    "article-journal": _article,
    "book": _book,
    "chapter": _chapter,
    "paper-conference": _paper,
    "webpage": _webpage,
    "personal_communication": _letter,
    "thesis": _thesis,
}
