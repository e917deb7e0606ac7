"""Citations of citeproc-py: their items, and the places in what these cite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from citekit.compat.citeproc.errors import MissingKeyError, VariableError
from citekit.compat.citeproc.source.attributes import CustomDict
from citekit.compat.citeproc.source.references import Reference
from citekit.errors import RecordError
from citekit.processor.cites import Cite

if TYPE_CHECKING:
    from citekit.compat.citeproc.frontend import CitationStylesBibliography

__all__ = ["Citation", "CitationItem", "Locator"]


class Locator:
    """A place in a record: ``Locator("page", "12")``.

    Raises :class:`~citekit.errors.RecordError` for a label that CSL doesn't know.
    """

    def __init__(self, label: str, identifier: object) -> None:
        Cite(f"{label} {identifier}", label=label)  # raises
        self.label = label
        self.identifier = identifier


class CitationItem(CustomDict):
    """One cite: a key, and ``locator``, ``prefix``, ``suffix`` if there are any.

    What it says of itself beyond these it knows from the bibliography that its citation
    is registered with; before, it raises
    :class:`~citekit.compat.citeproc.errors.VariableError`.
    """

    def __init__(
        self, key: str, bibliography: CitationStylesBibliography | None = None, **args: Any
    ) -> None:
        values = {"key": str(key).lower(), **args}
        super().__init__(values, ["key"], ["locator", "prefix", "suffix"])
        self._bibliography = bibliography

    @property
    def bibliography(self) -> CitationStylesBibliography:
        """The bibliography that it is registered with."""
        if self._bibliography is None:
            raise VariableError("it isn't registered with a bibliography", where=repr(self))
        return self._bibliography

    @property
    def reference(self) -> Reference:
        """What it cites. Raises MissingKeyError, a KeyError, when the source doesn't have it."""
        if self.is_bad():
            raise MissingKeyError("the source has no such key", where=repr(self))
        return self.bibliography.source[self["key"]]

    @property
    def number(self) -> int:
        """Its place in the bibliography, counted from 1; raises MissingKeyError if it has none."""
        if self.is_bad():
            raise MissingKeyError("the source has no such key", where=repr(self))
        return self.bibliography.keys.index(self["key"]) + 1

    @property
    def has_locator(self) -> bool:
        """Whether it is about a place in what it cites."""
        return "locator" in self

    def is_bad(self) -> bool:
        """Whether its key is missing in the source."""
        return self["key"] not in self.bibliography.source

    def get_field(self, field: str) -> Any:
        """The value of a variable of what it cites."""
        return getattr(self.reference, field)

    def as_cite(self) -> Cite:
        """The same for citekit.

        Raises :class:`~citekit.errors.RecordError` for a locator that is none.
        """
        locator = self.get("locator") or Locator("page", "")
        if not isinstance(locator, Locator):
            raise RecordError(
                f"{locator!r} is not a locator", where=repr(self), hint='use Locator("page", "12")'
            )
        return Cite(
            self["key"],
            locator=locator.identifier,
            label=locator.label,
            prefix=str(self.get("prefix") or ""),
            suffix=str(self.get("suffix") or ""),
        )

    def __repr__(self) -> str:
        return f"CitationItem({self.get('key')})"


class Citation(CustomDict):
    """The cites of one place in a document."""

    def __init__(self, cites: Iterable[CitationItem], **kwargs: Any) -> None:
        super().__init__({"cites": list(cites), **kwargs}, ["cites"])

    def __repr__(self) -> str:
        return f"Citation({', '.join(item['key'] for item in self['cites'])})"
