"""What a source says of one record, cleaned, by field; and the doubts about it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, evolve, field

from citekit.archives.findings import Finding
from citekit.archives.record import Said, Statement
from citekit.archives.site import Site
from citekit.archives.text import clean, plain

__all__ = ["SETTINGS", "Values"]

SETTINGS = "site settings"
"""The origin of values that a site's settings give."""

_WITH_MARKUP = frozenset({"title", "alternative", "title.translated", "citation"})


@define
class Values:
    """The values of a record, and the findings about them, which grow while they are read."""

    id: str
    site: Site
    statements: list[Statement] = field(factory=list)
    findings: list[Finding] = field(factory=list)

    @classmethod
    def of(cls, key: str, statements: Iterable[Statement], site: Site) -> Values:
        """Statements cleaned, with the site's elements and values in their place."""
        values = cls(key, site)
        values.statements = values._cleaned(statements)
        return values

    def _cleaned(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements with clean texts, the site's elements and values, none twice."""
        own = self.site.records.get(self.id, {})
        found: dict[Statement, None] = {}
        for said in statements:
            target = self.site.elements.get(said.origin, said.field)
            if target in own:
                continue
            text = clean(said.text)
            text = _trimmed(text if target in _WITH_MARKUP else plain(text))
            if not text.strip(" .,;:-–—/|"):
                if said.text.strip():
                    self.tell("value-empty", said.origin, said.text, "left out: nothing in it")
                continue
            if text.casefold() in ("null", "none", "nan", "undefined") and target != "title":
                self.tell("value-empty", said.origin, said.text, "left out: no value")
                continue
            cleaned = evolve(said, field=target, text=text)
            if cleaned in found:
                self.tell("value-doubled", said.origin, text, "the same twice: taken once")
            found[cleaned] = None
        for name, values in own.items():
            found |= {Statement(name, value, SETTINGS): None for value in values}
        return list(found)

    def all(self, *fields: str) -> list[Said]:
        """The values of fields, those of the first field first."""
        return [
            Said(each.text, each.origin, each.language, each.hint)
            for name in fields
            for each in self.statements
            if each.field == name
        ]

    def first(self, *fields: str) -> Said | None:
        """The first value of fields, if there is one."""
        return next(iter(self.all(*fields)), None)

    def tell(self, kind: str, field: str, value: str, done: str, overrule: str = "") -> None:
        """Note a doubt."""
        self.findings.append(Finding(self.id, kind, field, value, done, overrule))

    def how(self, name: str, example: str = "…") -> str:
        """How a site overrules a value of this record."""
        return f'[records.{self.id}] {name} = "{example}" in the site\'s settings'

    def setting(self, key: str, name: str) -> Said | None:
        """A value of the site's settings by its key, else of a field."""
        value: str = getattr(self.site, key)
        return Said(value, SETTINGS) if value else self.first(name)


def _trimmed(text: str) -> str:
    """Without punctuation that parts nothing: before a text, or a comma and the like behind it."""
    return re.sub(r"\A[.,;:\s]+(?=[^\W_.])|[,;:\s]+\Z", "", text) or text
