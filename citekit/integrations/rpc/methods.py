"""The methods that a client can call: documents that are open, and questions beside them.

A method's parameters are those of its function; parameters of the same name mean the same
in all of them, and :data:`_READ` says how each is read.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from citekit import (
    Citation,
    CitekitError,
    Document,
    Record,
    Selection,
    Style,
    read,
    search_styles,
    write,
)
from citekit.integrations.release import version
from citekit.integrations.rpc import values
from citekit.integrations.rpc.faults import (
    INVALID_PARAMS,
    METHOD_NOT_FOUND,
    RequestError,
    error_object,
)

Result = dict[str, Any]

PROTOCOL = 1
"""Grows when a client of an older version would no longer be understood."""

NO_DOCUMENT = -32010
_MOST_STYLES = 100

_READ: Mapping[str, Callable[[object, str], Any]] = {
    "citation": values.citation,
    "citations": values.citations,
    "document": values.text,
    "format": values.text,
    "id": values.text,
    "ids": values.names,
    "limit": values.whole,
    "locale": values.text,
    "place": values.whole,
    "query": values.text,
    "records": values.records,
    "selection": values.selection,
    "style": values.text,
    "styles": values.names,
    "text": values.text,
    "uncited": values.uncited,
}


class Methods:
    """The documents of one client, and what it can do with them."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._names = (f"document-{number}" for number in count(1))
        self._table: dict[str, Callable[..., Result]] = {
            "initialize": self._initialize,
            "document.open": self._open,
            "document.close": self._close,
            "document.add": self._edit(Document.add, "citations"),
            "document.insert": self._edit(Document.insert, "place", "citation"),
            "document.replace": self._edit(Document.replace, "id", "citation"),
            "document.move": self._edit(Document.move, "id", "place"),
            "document.delete": self._edit(Document.delete, "ids"),
            "document.arrange": self._arrange,
            "document.update": self._edit(Document.update, "records"),
            "document.forget": self._edit(Document.forget, "ids"),
            "document.include": self._include,
            "document.restyle": self._restyle,
            "document.citations": self._citations,
            "document.bibliography": self._bibliography,
            "document.preview": self._preview,
            "records.read": self._read,
            "styles.preview": self._preview_styles,
            "styles.search": self._search_styles,
        }

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all methods."""
        return tuple(self._table)

    def call(self, method: str, params: Mapping[str, object]) -> Result:
        """The result of a method; raises :class:`~citekit.errors.CitekitError`."""
        function = self._table.get(method)
        if function is None:
            error = values.unknown({method}, list(self._table), "method")
            raise RequestError(METHOD_NOT_FOUND, error.what, where="method", hint=error.hint)
        known = inspect.signature(function).parameters
        if strange := params.keys() - known.keys():
            raise values.unknown(set(strange), list(known), "params")
        given = {name: value for name, value in params.items() if value is not None}
        for name, parameter in known.items():
            if parameter.default is parameter.empty and name not in given:
                raise RequestError(INVALID_PARAMS, f"{name!r} is missing", where="params")
        return function(**{name: _READ[name](value, name) for name, value in given.items()})

    # ------------------------------------------------------------------ documents

    def _document(self, name: str) -> Document:
        if name not in self._documents:
            known = ", ".join(self._documents)
            raise RequestError(
                NO_DOCUMENT,
                f"there is no open document {name!r}",
                where="document",
                hint=f"open are: {known}" if known else "open one with document.open",
            )
        return self._documents[name]

    def _open(
        self,
        style: str,
        locale: str | None = None,
        records: list[Record] | None = None,
        citations: list[Citation] | None = None,
        uncited: bool | list[str] = False,
    ) -> Result:
        document = Document(
            style, records or (), locale, citations=citations or (), uncited=uncited
        )
        name = next(self._names)
        self._documents[name] = document
        return {"document": name, "citations": self._citations(name)["citations"]}

    def _close(self, document: str) -> Result:
        self._document(document)
        del self._documents[document]
        return {}

    def _edit(self, method: Callable[..., Any], *names: str) -> Callable[..., Result]:
        """An editing method of documents as one of the protocol, with parameters of these names."""

        def edit(document: str, **params: Any) -> Result:
            given = [params[name] for name in names]
            arguments = given[0] if isinstance(given[0], list) else given
            return values.changes(method(self._document(document), *arguments))

        kind = inspect.Parameter.KEYWORD_ONLY
        parameters = [inspect.Parameter(name, kind) for name in ("document", *names)]
        edit.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        return edit

    def _arrange(self, document: str, citations: list[Citation]) -> Result:
        return values.changes(self._document(document).arrange(citations))

    def _include(self, document: str, uncited: bool | list[str]) -> Result:
        return values.changes(self._document(document).include(uncited))

    def _restyle(self, document: str, style: str, locale: str | None = None) -> Result:
        return values.changes(self._document(document).restyle(style, locale))

    def _citations(self, document: str) -> Result:
        asked = self._document(document)
        notes = asked.note_numbers
        printed = [
            {"id": name, "note_number": notes[name], **values.formatted(one)}
            for name, one in asked.formatted.items()
        ]
        return {"citations": printed, "warnings": list(asked.warnings)}

    def _bibliography(self, document: str, selection: Selection | None = None) -> Result:
        return values.bibliography(self._document(document).bibliography(selection))

    def _preview(self, document: str, citation: Citation, place: int | None = None) -> Result:
        """The citation as it would be printed; the document stays as it is."""
        asked = self._document(document)
        before = asked.citations
        try:
            if citation.id in {one.id for one in before}:
                asked.replace(citation.id, citation)
                name = citation.id
            else:
                place = len(before) if place is None else min(place, len(before))
                asked.insert(place, citation)
                name = asked.citations[place].id
            return values.formatted(asked.formatted[name])
        finally:
            asked.arrange(before)

    # ------------------------------------------------------------------ beside documents

    def _initialize(self) -> Result:
        return {"protocol": PROTOCOL, "version": version(), "methods": list(self.names)}

    def _read(self, text: str, format: str | None = None) -> Result:
        # Bytes, since a string could be taken for a path.
        found = read(text.encode("utf-8", "replace"), format)
        items = json.loads(write(found.records, "csl-json").text)
        return {"records": items, "warnings": [str(one) for one in (*found.errors, *found.losses)]}

    def _preview_styles(
        self,
        styles: list[str],
        records: list[Record],
        citation: Citation | None = None,
        locale: str | None = None,
    ) -> Result:
        if len(styles) > _MOST_STYLES:
            raise RequestError(
                INVALID_PARAMS, f"at most {_MOST_STYLES} styles at a time", where="styles"
            )
        asked = citation or Citation([record.id for record in records])
        return {"previews": [self._in_style(name, records, asked, locale) for name in styles]}

    def _in_style(
        self, name: str, records: list[Record], citation: Citation, locale: str | None
    ) -> Result:
        """What one style prints; one that can't be used doesn't keep the others from it."""
        try:
            result = Style.load(name, locale).process(records, [citation])
        except CitekitError as error:
            return {"style": name, "error": error_object(error)}
        return {
            "style": name,
            "citation": values.formatted(result.citations[0]),
            "bibliography": values.bibliography(result.bibliography),
            "warnings": list(result.warnings),
        }

    def _search_styles(self, query: str, limit: int = 50) -> Result:
        found = search_styles(query.split())
        shown = [{"name": one.name, "title": one.title, "id": one.id} for one in found[:limit]]
        return {"styles": shown, "total": len(found)}
