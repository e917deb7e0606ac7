"""Asking an archive's server: one page after the other, politely, and again when it stumbles.

Needs httpx, which the extra ``archives`` installs.
"""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from attrs import define, field

from citekit.errors import ReaderError
from citekit.readers import json_text

if TYPE_CHECKING:
    import httpx

__all__ = ["Server"]

_AGENT = "citekit (How to cite)"
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_MOST_TRIES = 5
_MOST_WAIT = 60.0
_MOST_PAGES = 100_000
_TIMEOUT = 30.0


@define
class Server:
    """Gets pages, never more than one at a time and ``delay`` seconds apart.

    An answer that says "later" (429, 503 …), a broken connection or silence is tried again
    five times, after as long as the server asks for, up to a minute, or twice as long each
    time. To be used in a ``with`` statement.
    """

    delay: float = 0.25
    sleep: Callable[[float], None] = time.sleep
    _client: httpx.Client = field(init=False, repr=False)

    def __enter__(self) -> Server:
        try:
            import httpx  # noqa: PLC0415 - an extra: only live sites need it
        except ImportError as error:
            raise ReaderError(
                "reading a live site needs httpx, which isn't installed",
                hint="pip install 'citekit-csl[archives]', or save the site's pages as files",
            ) from error
        headers = {"User-Agent": _AGENT}
        self._client = httpx.Client(timeout=_TIMEOUT, follow_redirects=True, headers=headers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._client.close()

    def get(self, url: str, params: Mapping[str, str] | None = None) -> httpx.Response:
        """The answer to a request; raises :class:`~citekit.errors.ReaderError`."""
        import httpx  # noqa: PLC0415

        problem = ""
        for tries in range(_MOST_TRIES):
            wait = self.delay if tries == 0 else 2.0 ** (tries - 1)
            try:
                response = self._client.get(url, params=dict(params) if params else None)
            except httpx.InvalidURL as error:
                raise ReaderError(f"this is no address: {error}", where=url) from error
            except httpx.HTTPError as error:
                problem = f"the server can't be reached: {error or type(error).__name__}"
                self.sleep(wait)
                continue
            if response.status_code not in _AGAIN:
                self.sleep(self.delay)
                return self._checked(response)
            problem = f"the server answered {response.status_code} {response.reason_phrase}"
            self.sleep(_asked_for(response) or wait)
        raise ReaderError(
            f"{problem}, {_MOST_TRIES} times", where=url, hint="check the address, or try later"
        )

    def _checked(self, response: httpx.Response) -> httpx.Response:
        if response.is_success:
            return response
        raise ReaderError(
            f"the server answered {response.status_code} {response.reason_phrase}",
            where=str(response.url),
            hint="check the address; the archive's API may have to be switched on",
        )

    def json(self, url: str, params: Mapping[str, str] | None = None) -> Any:
        """A JSON answer's value; raises :class:`~citekit.errors.ReaderError`."""
        return _json(self.get(url, params))

    def pages(self, url: str) -> Iterator[Any]:
        """The values of all pages of a list, until one is empty or the last as it says itself."""
        for page in range(1, _MOST_PAGES):
            response = self.get(url, {"page": str(page)})
            values = _json(response)
            if not isinstance(values, list):
                raise ReaderError("this is no list of records", where=str(response.url))
            yield from values
            if not values or ("link" in response.headers and "next" not in response.links):
                return


def _json(response: httpx.Response) -> Any:
    where = str(response.url)
    return json_text.parse(
        json_text.decode(response.content, where=where, lenient=True), where=where, lenient=True
    )


def _asked_for(response: httpx.Response) -> float:
    """How many seconds the server asks to wait: a number, or a date; 0 if it doesn't ask."""
    text = response.headers.get("Retry-After", "")
    if text.isdigit():
        return min(float(text), _MOST_WAIT)
    try:
        date = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, min(date.timestamp() - time.time(), _MOST_WAIT))
