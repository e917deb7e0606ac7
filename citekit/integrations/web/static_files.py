"""The page: the files of the folder ``static``, kept in memory, under a strict policy"""

from __future__ import annotations

import mimetypes
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from citekit.integrations.web.transport import cached, json_response

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES = {"js": "text/javascript", "css": "text/css", "html": "text/html", "svg": "image/svg+xml"}
"""Where the tables of the machine may say something else."""


class StaticFiles:
    """The files by their names; there are no folders in it."""

    def __init__(self) -> None:
        folder: Traversable = files("citekit.integrations.web") / "static"
        found = folder.iterdir() if folder.is_dir() else ()
        self.files = {one.name: one.read_bytes() for one in found if one.is_file()}

    async def index(self, request: Request) -> Response:
        """``/``: the page, or where everything is if there is none."""
        if "index.html" in self.files:
            return self._answer(request, "index.html")
        return json_response({"service": "citekit", "openapi": "/openapi.json"})

    async def named(self, request: Request) -> Response:
        """``/static/NAME``."""
        name = request.path_params["name"]
        if name not in self.files:
            raise HTTPException(404, f"there is no file {name[:100]!r}")
        return self._answer(request, name)

    def _answer(self, request: Request, name: str) -> Response:
        kind = _TYPES.get(name.rpartition(".")[2]) or mimetypes.guess_type(name)[0]
        response = cached(request, self.files[name], kind or "application/octet-stream", 300)
        response.headers["content-security-policy"] = _POLICY
        return response
