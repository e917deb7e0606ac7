"""``citekit.toml`` and ``[tool.citekit]`` of ``pyproject.toml``: what options default to.

The nearest of these files counts, from the current folder upwards. A profile, a
table ``[profiles.NAME]`` of the same keys, is put over the rest by ``--profile NAME``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any

from citekit.cli.options import FORMATS
from citekit.errors import ReaderError

_KEYS = ("style", "locale", "format", "keys", "site", "serve")
_WHOLE = (int, "a whole number")
_SERVE: Mapping[str, tuple[type | UnionType, str]] = {
    "host": (str, "a text"),
    "port": _WHOLE,
    "workers": _WHOLE,
    "max-bytes": _WHOLE,
    "max-records": _WHOLE,
    "timeout": (int | float, "a number"),
    "threads": _WHOLE,
    "cors": (list, "a list of texts"),
    "records": (list, "a list of texts"),
}
"""The options of ``citekit serve``, and what their values are."""


def defaults(profile: str | None) -> dict[str, dict[str, Any]]:
    """What the settings say, as defaults of the parameters of each command.

    Raises :class:`~citekit.errors.ReaderError` for a file or a key that can't be used,
    and for a profile that isn't there.
    """
    found = next(_found(), None)
    if found is None:
        if profile is not None:
            raise ReaderError(
                f"there is no profile {profile!r}, as there are no settings",
                hint="write them into citekit.toml in this folder or one above it",
            )
        return {}
    path, table = found
    return _by_command(_chosen(table, path, profile))


def _found() -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The files with settings, the nearest first."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        own = folder / "citekit.toml"
        if (data := _bytes(own)) is not None:
            yield own, _parsed(data, own)
        project = folder / "pyproject.toml"
        data = _bytes(project)
        if data is not None and b"tool.citekit" in data:
            tool = _parsed(data, project).get("tool", {})
            if "citekit" in tool:
                yield project, tool["citekit"]


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ReaderError(
            f"can't read the settings: {error.strerror or error}", where=str(path)
        ) from error


def _parsed(data: bytes, path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most commands run without settings

    try:
        return tomllib.loads(data.decode("utf-8"))
    except ValueError as error:
        raise ReaderError(f"this is not TOML: {error}", where=str(path)) from error


def _chosen(table: Mapping[str, Any], path: Path, profile: str | None) -> dict[str, Any]:
    """The settings that count, all of the file checked."""
    if not isinstance(table, dict):
        raise ReaderError("this must be a table", where=f"{path}: tool.citekit")
    settings = _checked({key: table[key] for key in table if key != "profiles"}, path, "")
    profiles = table.get("profiles", {})
    if not isinstance(profiles, dict):
        raise ReaderError("this must be tables [profiles.NAME]", where=f"{path}: profiles")
    read = {}
    for name, one in profiles.items():
        if not isinstance(one, dict):
            raise ReaderError("this must be a table", where=f"{path}: profiles.{name}")
        read[name] = _checked(one, path, f"profiles.{name}.")
    if profile is None:
        return settings
    if profile not in read:
        near = _near(profile, read) or sorted(read)
        raise ReaderError(
            f"there is no profile {profile!r}",
            where=str(path),
            hint=f"did you mean {' or '.join(near)}?" if near else "it has no profiles",
        )
    return settings | read[profile]


def _checked(table: Mapping[str, Any], path: Path, prefix: str) -> dict[str, Any]:
    """A table of settings; paths in it begin at the file that names them."""
    for key, value in table.items():
        where = f"{path}: {prefix}{key}"
        _known(key, _KEYS, where)
        if key == "serve":
            _check_serve(value, where)
            continue
        styles = key == "style" and isinstance(value, list) and value
        if not all(isinstance(one, str) and one for one in (value if styles else [value])):
            wanted = "a text or a list of texts" if key == "style" else "a text"
            raise ReaderError(f"this must be {wanted}, not {value!r}", where=where)
        if key == "format" and value not in FORMATS:
            raise ReaderError(
                f"{value!r} is no format", where=where, hint=f"use {' or '.join(FORMATS)}"
            )
    settings = dict(table)
    if "style" in settings:
        names = settings["style"]
        listed = names if isinstance(names, list) else [names]
        settings["style"] = [_style(name, path.parent) for name in listed]
    if "records" in settings.get("serve", {}):
        files = [str(path.parent / name) for name in settings["serve"]["records"]]
        settings["serve"] = {**settings["serve"], "records": files}
    if "site" in settings:
        settings["site"] = str(path.parent / settings["site"])
    return settings


def _known(key: str, keys: Collection[str], where: str) -> None:
    if key not in keys:
        near = _near(key, keys)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(keys)}"
        raise ReaderError("there is no such setting", where=where, hint=hint)


def _check_serve(table: object, where: str) -> None:
    if not isinstance(table, dict):
        raise ReaderError("this must be a table", where=where)
    for key, value in table.items():
        _known(key, _SERVE, f"{where}.{key}")
        kinds, wanted = _SERVE[key]
        texts = not isinstance(value, list) or all(isinstance(one, str) for one in value)
        if not isinstance(value, kinds) or isinstance(value, bool) or not texts:
            raise ReaderError(f"this must be {wanted}, not {value!r}", where=f"{where}.{key}")


def _near(name: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - needed for errors only

    return get_close_matches(name, list(known), n=1)


def _style(name: str, folder: Path) -> str:
    is_path = name.endswith(".csl") and "://" not in name
    return str(folder / name) if is_path else name


def _by_command(settings: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The settings under the names that the parameters of the commands have."""
    style, site = settings.get("style"), settings.get("site")
    format_ = settings.get("format")
    shared = {"locale": settings.get("locale"), "format_": format_}
    serve = {
        "origins" if key == "cors" else key.replace("-", "_"): value
        for key, value in settings.get("serve", {}).items()
    }
    return {
        "cite": _given({**shared, "styles": style}),
        "bibliography": _given({**shared, "style": style and style[0]}),
        "convert": _given({"keys": settings.get("keys")}),
        "archive": {
            "cite": _given({"site": site, "format_": format_}),
            "build": _given({"site": site}),
        },
        "serve": serve,
    }


def _given(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if value is not None}
