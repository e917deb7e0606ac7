"""citeproc-py's classes: a style, and a bibliography that citations are registered with.

Source: citeproc-py's README and examples.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from citekit.api import Style
from citekit.check import check_style
from citekit.compat.citeproc.errors import UnknownStyleError
from citekit.compat.citeproc.formatter import html
from citekit.compat.citeproc.formatter.writing import write
from citekit.compat.citeproc.source.cites import Citation, CitationItem
from citekit.compat.citeproc.source.references import Reference
from citekit.errors import LocaleError, StyleNotFoundError
from citekit.processor.citation import render_citation
from citekit.processor.cites import Citation as _Citation
from citekit.processor.document import Prepared, prepare
from citekit.style.find import find_style

__all__ = ["CitationStylesBibliography", "CitationStylesStyle"]

_MISSING = "\ufdd0"
"""Stands for an item that isn't in the source until all else is formatted; it is no character."""

StyleSource = str | os.PathLike[str] | IO[str] | IO[bytes]
Callback = Callable[[CitationItem], object]


class CitationStylesStyle:
    """A style in a locale: by name, id or path (with or without ``.csl``), or as an open file.

    With ``validate`` what is wrong with the style is told as a ``UserWarning``. A locale
    that doesn't exist is told like this, too, and is American English then (CSL 1.0.2,
    "Locale Fallback").

    Raises :class:`~citekit.compat.citeproc.errors.UnknownStyleError`, a ``ValueError``,
    when there is no such style, and else what :meth:`citekit.Style.from_xml` raises.
    """

    def __init__(
        self, style: StyleSource, locale: str | None = None, validate: bool = True
    ) -> None:
        data, own_locale = _content(style)
        try:
            self.style = _kept(data, locale or own_locale)
        except LocaleError as error:
            warnings.warn(f"{error.what}; en-US is used", UserWarning, stacklevel=2)
            self.style = _kept(data, "en-US")
        wrong = check_style(data) if validate else ()
        if errors := [str(problem) for problem in wrong if problem.severity == "error"]:
            warnings.warn(f"the style isn't valid: {'; '.join(errors)}", UserWarning, stacklevel=2)

    def has_bibliography(self) -> bool:
        """Whether the style has a bibliography."""
        return self.style.compiled.bibliography is not None


@lru_cache(maxsize=32)
def _kept(data: str | bytes, locale: str | None) -> Style:
    """The style; programs make the same one again for each record that they print."""
    return Style.from_xml(data, locale)


def _content(style: StyleSource) -> tuple[str | bytes, str | None]:
    """A style's XML, and the locale that it has from a dependent style."""
    if not isinstance(style, str | os.PathLike):
        if not hasattr(style, "read"):
            raise UnknownStyleError(f"{style!r} is neither a name nor a path nor an open file")
        return style.read(), None
    path = Path(f"{os.fspath(style)}.csl")
    try:
        found = find_style(path if path.is_absolute() and path.is_file() else style)
    except StyleNotFoundError as error:
        raise UnknownStyleError(
            error.what, where=error.where, hint=error.hint, suggestions=error.suggestions
        ) from error
    return found.data, found.default_locale


class CitationStylesBibliography:
    """A document: citations are registered in order, then cited; then the bibliography.

    ``source`` maps keys to references; ``formatter`` is a module of
    :mod:`citekit.compat.citeproc.formatter` or one like them.
    """

    def __init__(
        self,
        style: CitationStylesStyle,
        source: Mapping[str, Reference],
        formatter: Any = html,
    ) -> None:
        self.style = style
        self.source = source
        self.formatter = formatter
        self._citations: list[Citation] = []
        self._cited: dict[str, CitationItem] = {}
        self._prepared: Prepared | None = None

    @property
    def keys(self) -> list[str]:
        """The keys of all registered items that are in the source, as the style sorts them."""
        return list(self._document().registry.order)

    @property
    def items(self) -> list[CitationItem]:
        """The first item of each of the :attr:`keys`."""
        return [self._cited[key] for key in self.keys]

    def register(self, citation: Citation, callback: Callback | None = None) -> None:
        """Add a citation to the document; ``callback`` is told each item that isn't in the source.

        Registering one again changes nothing.
        """
        if any(known is citation for known in self._citations):
            return
        self._citations.append(citation)
        self._prepared = None
        for item in citation.cites:
            item._bibliography = self
            if not item.is_bad():
                self._cited.setdefault(item.key, item)
            elif callback is not None:
                callback(item)

    def sort(self) -> None:
        """Nothing to do: the bibliography is always in the order that the style asks for."""

    def cite(self, citation: Citation, callback: Callback | None) -> str:
        """The text of a citation; ``callback`` is told each item that isn't in the source.

        Such items stand behind the others: as the text that the callback returns, in the
        formatter's markup, or else as their key and a question mark. A citation that
        wasn't registered is registered now.
        """
        self.register(citation)
        document = self._document()
        place = next(n for n, known in enumerate(self._citations) if known is citation)
        missing = [item for item in citation.cites if item.is_bad()]
        rendered = render_citation(
            document.registry, document.citations[place], document.rows[place],
            [_MISSING] * len(missing),
        )  # fmt: skip
        text = write(self.style.style.format_citation(rendered), self.formatter)
        for item in missing:
            told = callback(item) if callback else None
            shown = self.formatter.preformat(f"{item.key}?") if told is None else told
            text = text.replace(_MISSING, str(shown), 1)
        return text

    def bibliography(self) -> list[str]:
        """An entry for each of the :attr:`keys`; none if the style has no bibliography.

        An entry for which the style prints nothing is an empty text.
        """
        if not self.style.has_bibliography():
            return []
        written, _ = self.style.style.render_entries(self._document().registry)
        entries = {entry.id: write(entry, self.formatter) for entry in written.entries}
        return [entries.get(key, "") for key in self.keys]

    def _document(self) -> Prepared:
        """The document as far as it is registered, with all decided that isn't printing."""
        if self._prepared is None:
            asked = [
                _Citation([item.as_cite() for item in citation.cites if not item.is_bad()])
                for citation in self._citations
            ]
            style = self.style.style
            records = [style.prepare(self.source[key].as_record(key)) for key in self._cited]
            self._prepared = prepare(style.compiled, records, asked, uncited=False)
        return self._prepared
