"""citeproc-py's classes: a style, a bibliography that citations are registered with, citations.

Source: citeproc-py's README and examples.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from citekit.api import Formatted, Result, Style
from citekit.compat.citeproc.formatter import html
from citekit.processor.cites import Citation as _Citation
from citekit.processor.cites import Cite
from citekit.records.record import Record

__all__ = [
    "Citation",
    "CitationItem",
    "CitationStylesBibliography",
    "CitationStylesStyle",
    "Locator",
]


class _Formatter(Protocol):
    def write(self, formatted: Formatted, /) -> str: ...


class CitationStylesStyle:
    """A style by name, id or path, in a locale; ``validate`` is taken and not needed.

    Raises what :meth:`citekit.Style.load` raises.
    """

    def __init__(
        self, style: str | os.PathLike[str], locale: str | None = None, validate: bool = True
    ) -> None:
        self.style = Style.load(style, locale)

    def has_bibliography(self) -> bool:
        """Whether the style has a bibliography."""
        return self.style.compiled.bibliography is not None


class Locator:
    """A place in a record: ``Locator("page", "12")``."""

    def __init__(self, label: str, identifier: object) -> None:
        self.label = label
        self.identifier = str(identifier)


class CitationItem(dict[str, Any]):
    """One cite: a key, and ``locator``, ``prefix``, ``suffix`` if there are any."""

    def __init__(
        self, key: str, bibliography: CitationStylesBibliography | None = None, **args: Any
    ) -> None:
        super().__init__(**args)
        self.key = key.lower()
        self.bibliography = bibliography

    @property
    def has_locator(self) -> bool:
        return "locator" in self

    def as_cite(self) -> Cite:
        """The same for citekit."""
        locator = self.get("locator") or Locator("page", "")
        return Cite(
            self.key,
            locator=locator.identifier,
            label=locator.label,
            prefix=str(self.get("prefix") or ""),
            suffix=str(self.get("suffix") or ""),
        )


class Citation(dict[str, Any]):
    """The cites of one place in a document."""

    def __init__(self, cites: Iterable[CitationItem], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cites = list(cites)


class CitationStylesBibliography:
    """A document: citations are registered in order, then cited; then the bibliography.

    ``source`` maps keys to records; ``formatter`` is a module of
    :mod:`citekit.compat.citeproc.formatter`.
    """

    def __init__(
        self,
        style: CitationStylesStyle,
        source: Mapping[str, Record],
        formatter: _Formatter = html,
    ) -> None:
        self.style = style
        self.source = source
        self.formatter = formatter
        self.keys: list[str] = []
        self._citations: list[Citation] = []
        self._result: Result | None = None

    def register(
        self, citation: Citation, callback: Callable[[CitationItem], object] | None = None
    ) -> None:
        """Add a citation to the document; ``callback`` is told each item that isn't in the source.

        Registering one again changes nothing.
        """
        if any(known is citation for known in self._citations):
            return
        self._citations.append(citation)
        self._result = None
        for item in citation.cites:
            if item.key not in self.source:
                if callback is not None:
                    callback(item)
            elif item.key not in self.keys:
                self.keys.append(item.key)

    def sort(self) -> None:
        """Nothing to do: the bibliography is always in the order that the style asks for."""

    def cite(self, citation: Citation, callback: Callable[[CitationItem], object]) -> str:
        """The text of a citation; ``callback`` is told each item that isn't in the source.

        Such items leave their key and a question mark behind. A citation that
        wasn't registered is registered now.
        """
        self.register(citation)
        missing = [item for item in citation.cites if item.key not in self.source]
        for item in missing:
            callback(item)
        shown = "; ".join(f"{item.key}?" for item in missing)
        if len(missing) == len(citation.cites):
            return shown
        place = next(n for n, known in enumerate(self._known()) if known is citation)
        text = self.formatter.write(self._processed().citations[place])
        return f"{text} {shown}" if shown else text

    def bibliography(self) -> list[str]:
        """The entries of all registered records, each in the bibliography's format."""
        return [self.formatter.write(entry) for entry in self._processed().bibliography.entries]

    def _known(self) -> list[Citation]:
        """The registered citations that have an item in the source."""
        return [
            citation
            for citation in self._citations
            if any(item.key in self.source for item in citation.cites)
        ]

    def _processed(self) -> Result:
        if self._result is None:
            asked = [
                _Citation([item.as_cite() for item in citation.cites if item.key in self.source])
                for citation in self._known()
            ]
            records = [self.source[key] for key in self.keys]
            self._result = self.style.style.process(records, asked, uncited=False)
        return self._result
