"""Style profiles: which CSL variables a record's values go into, for each family of styles.

No encoding of an archival record is right in every style: where one prints the site after
the archive, another has no place for it but a second container. A profile is a table
(``data/profiles/NAME.toml``): rules, applied in order, each for some kinds of things, for
records that have some fields, or for the bibliography only, that set variables to templates.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from citekit.archives import date_words
from citekit.archives.record import Agent, SaidDate
from citekit.archives.tables import load_table, table_names
from citekit.archives.template import fill, lower_word, problems_of
from citekit.archives.view import View
from citekit.errors import ReaderError
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import DATE_VARIABLES, ITEM_TYPES, NAME_VARIABLES, TEXT_VARIABLES
from citekit.style.nodes import Info

__all__ = ["Encoded", "Profile", "load_profile", "profile_for", "profiles", "read_profile"]


@frozen(slots=True)
class Encoded:
    """A CSL record, and for each of its variables the fields of the archival record in it."""

    record: Record
    fields: Mapping[str, frozenset[str]]


@frozen(slots=True)
class Rule:
    """Sets variables if a record is of one of ``kinds`` (any, if there are none) and has or
    hasn't some fields; ``scope`` is "citation", "bibliography" or "" for both.
    """

    set: Mapping[str, Any]
    kinds: tuple[str, ...] = ()
    if_: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    scope: str = ""

    def applies(self, view: View, scope: str) -> bool:
        """Whether the rule is one for this record in this scope."""
        return (
            self.scope in ("", scope)
            and (not self.kinds or view.record.kind in self.kinds)
            and all(view.has(name) for name in self.if_)
            and not any(view.has(name) for name in self.unless)
        )


@frozen(slots=True)
class Credits:
    """Roles that a style prints nowhere, put in words before or behind a variable's text."""

    variable: str
    of: tuple[str, ...]
    is_before: bool = False

    def add(self, values: dict[str, Any], fields: dict[str, frozenset[str]], view: View) -> None:
        """Add them to the variables of a record, and tell which fields that are."""
        found = fill({"join": ", ", "of": list(self.of)}, view)
        if found is None:
            return
        parts = [values.get(self.variable, ""), found.text]
        parts = parts[::-1] if self.is_before else parts
        values[self.variable] = ", ".join(part for part in parts if part)
        fields[self.variable] = fields.get(self.variable, frozenset()) | found.fields


@frozen(slots=True, eq=False)
class Profile:
    """One profile; ``source`` says on what authority it encodes records as it does."""

    name: str
    title: str
    source: str
    rules: tuple[Rule, ...]
    match: Mapping[str, Any]
    dates: Mapping[str, str]
    credits: Credits | None = None

    def fits(self, info: Info, asked_id: str) -> bool:
        """Whether a style, by its id or the template it was made from, is of this family."""
        ids = [_short(each) for each in (asked_id, info.id) if each]
        patterns = self.match.get("ids", [])
        if any(fnmatchcase(each, pattern) for each in ids for pattern in patterns):
            return True
        formats = self.match.get("formats")
        if formats and info.citation_format not in formats:
            return False
        made_from = [_short(link.href) for link in info.links if link.rel == "template"]
        return any(each in self.match.get("templates", []) for each in made_from)

    def encode(self, view: View, scope: str) -> Encoded:
        """The record in CSL variables, for a citation or for a bibliography entry."""
        templates: dict[str, Any] = {}
        for rule in self.rules:
            if rule.applies(view, scope):
                templates |= rule.set
        values: dict[str, Any] = {}
        fields: dict[str, frozenset[str]] = {}
        for variable, template in templates.items():
            if variable == "type" or not template:
                continue
            value, told = self._value(variable, template, view)
            if value is not None:
                values[variable], fields[variable] = value, told
        if self.credits is not None:
            self.credits.add(values, fields, view)
        return Encoded(Record(view.record.id, templates.get("type", ""), **values), fields)

    def _value(self, variable: str, template: Any, view: View) -> tuple[Any, frozenset[str]]:
        if variable in NAME_VARIABLES:
            names = tuple(_name(agent) for agent in view.names(template))
            return (names or None), frozenset({template})
        if variable in DATE_VARIABLES:
            name, *how = template.split("|")
            said = view.date(name)
            told = frozenset({"date" if name == "date" else name})
            return (None, told) if said is None else (self._date(said, how), told)
        found = fill(template, view)
        return (None, frozenset()) if found is None else (found.text, found.fields)

    def _date(self, said: SaidDate, how: list[str]) -> Date:
        date = said.date
        if "words" in how and said.is_approximate and not date.literal:
            words = said.words or date_words.words(date, self.dates)
            date = Date(literal=words) if words else date
        if not date.literal:
            return date
        capital = date.literal[0].upper() + date.literal[1:]
        return Date(literal=capital if "capital" in how else lower_word(date.literal))


def _name(agent: Agent) -> Name:
    """A body's name as a family name: styles that join a literal to a person drop a comma."""
    if agent.name.literal:
        return Name(agent.name.literal, parse_names=False)
    return agent.name


def _short(style_id: str) -> str:
    """The last part of a style's address; an URN as it is."""
    if style_id.startswith("urn:"):
        return style_id
    return style_id.rstrip("/").rpartition("/")[2].removesuffix(".csl")


# ------------------------------------------------------------ reading profiles


@cache
def profiles() -> tuple[Profile, ...]:
    """Citekit's own profiles, those of narrower families first, the default last."""
    found = [load_profile(name.partition("/")[2]) for name in table_names("profiles")]
    return tuple(sorted(found, key=_breadth))


def _breadth(profile: Profile) -> tuple[bool, bool, int, str]:
    longest = max((len(pattern) for pattern in profile.match.get("ids", [])), default=0)
    return not profile.match, "templates" in profile.match, -longest, profile.name


def profile_for(info: Info, asked_id: str = "") -> Profile:
    """The profile for a style, by what the style says of itself.

    ``asked_id`` is the id of the dependent style that was asked for, if it was one.
    """
    fitting = (each for each in profiles() if each.match and each.fits(info, asked_id))
    return next(fitting, load_profile("default"))


def load_profile(name: str) -> Profile:
    """Citekit's profile of that name, or the one in a file ``….toml``.

    Raises :class:`~citekit.errors.ReaderError` for an unknown name and for a bad profile.
    """
    if name.endswith(".toml"):
        try:
            data = tomllib.loads(Path(name).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ReaderError(f"this is no profile: {error}", where=name) from error
        return read_profile(Path(name).stem, data, where=name)
    known = [each.partition("/")[2] for each in table_names("profiles")]
    if name not in known:
        raise ReaderError(f"there is no profile {name!r}", hint=f"use one of: {', '.join(known)}")
    return read_profile(name, load_table(f"profiles/{name}"))


def read_profile(name: str, data: Mapping[str, Any], *, where: str = "") -> Profile:
    """A profile from its table; raises :class:`~citekit.errors.ReaderError`."""
    where = where or f"profile {name}"
    rules: tuple[Rule, ...] = ()
    dates: Mapping[str, str] = {}
    credited: Credits | None = None
    if base := data.get("extends"):
        parent = load_profile(base)
        rules, dates, credited = parent.rules, parent.dates, parent.credits
    for number, rule in enumerate(data.get("rule", []), 1):
        rules += (_rule(rule, f"{where}, rule {number}"),)
    return Profile(
        name,
        data.get("title", name),
        data.get("source", ""),
        rules,
        data.get("match", {}),
        data.get("dates", dates),
        _credits(data["credits"], f"{where}, credits") if "credits" in data else credited,
    )


def _credits(data: Mapping[str, Any], where: str) -> Credits:
    variable, of = data.get("variable", ""), data.get("of", [])
    if variable not in TEXT_VARIABLES or not isinstance(of, list):
        raise ReaderError("credits need the variable of a text, and templates in of", where=where)
    for problem in problems_of(of):
        raise ReaderError(problem, where=where)
    return Credits(variable, tuple(of), bool(data.get("before", False)))


def _rule(data: Mapping[str, Any], where: str) -> Rule:
    variables = data.get("set", {})
    for variable, template in variables.items():
        if variable == "type":
            problems = [] if template in ITEM_TYPES else [f"{template!r} is no CSL type"]
        elif variable in NAME_VARIABLES | DATE_VARIABLES:
            problems = [] if isinstance(template, str) else ["takes one role or date"]
        elif variable in TEXT_VARIABLES:
            problems = problems_of(template)
        else:
            problems = ["no CSL variable"]
        if problems:
            raise ReaderError(f"{variable}: {problems[0]}", where=where)
    unknown = set(data) - {"set", "kinds", "if", "unless", "scope"}
    if unknown:
        raise ReaderError(f"a rule has no {', '.join(sorted(unknown))}", where=where)
    return Rule(
        variables, tuple(data.get("kinds", ())), tuple(data.get("if", ())),
        tuple(data.get("unless", ())), data.get("scope", ""),
    )  # fmt: skip
