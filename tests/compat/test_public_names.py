"""Nothing that is public in citeproc-py is forgotten: it is here, or left out for a reason."""

from __future__ import annotations

import inspect
import pkgutil
import tomllib
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.compat.programs import BOTH, OURS, load, other_version

LEFT_OUT = [
    name
    for group in tomllib.loads(Path(__file__).with_name("left_out.toml").read_text("utf-8"))[
        "left-out"
    ]
    for name in group["names"]
]


@cache
def public(package: str) -> dict[str, Any]:
    """All public names, and what they name: of modules, and of the classes in these."""
    root = load(package)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [info.name for info in pkgutil.walk_packages(root.__path__, f"{package}.")]
    names = {}
    for module in ["", *(name.removeprefix(f"{package}.") for name in found)]:
        prefix = f"{module}." if module else ""
        for name, value in members(load(package, module), package):
            names[prefix + name] = value
            if inspect.isclass(value):
                names |= {f"{prefix}{name}.{one}": it for one, it in own(value)}
    return names


def members(module: ModuleType, package: str) -> Iterator[tuple[str, Any]]:
    """What a module defines; of the package itself, all that it has of its modules."""
    root = load(package)
    for name, value in vars(module).items():
        origin = getattr(value, "__module__", None) or module.__name__
        is_imported = module is not root and getattr(root, name, None) is value
        if name.startswith("_") or inspect.ismodule(value) or is_imported:
            continue
        if origin.startswith(module.__name__):
            yield name, value


def own(kind: type) -> Iterator[tuple[str, Any]]:
    """The attributes that a class and its bases add to those of Python's own classes."""
    built_in = {
        name for base in kind.__mro__ if base.__module__ == "builtins" for name in dir(base)
    }
    for name in dir(kind):
        if not name.startswith("_") and name not in built_in:
            yield name, inspect.getattr_static(kind, name)


def is_left_out(name: str) -> bool:
    return any(
        name == one or name.startswith(f"{one}.") or (one[-1] == "*" and name.startswith(one[:-1]))
        for one in LEFT_OUT
    )


def find(name: str) -> Any:
    """What we have under a name; a class may come from another module of the package."""
    parts = name.split(".")
    for end in range(len(parts), -1, -1):
        try:
            value: Any = load(OURS, ".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            value = inspect.getattr_static(value, part)
        return value
    raise AssertionError(name)


@other_version
def test_every_name_is_here_or_left_out_on_purpose() -> None:
    wrong = {}
    for name, theirs in public(BOTH[0]).items():
        try:
            ours = find(name)
        except AttributeError:
            if not is_left_out(name):
                wrong[name] = "is missing"
            continue
        if is_left_out(name):
            wrong[name] = "is here, though it is left out"
        elif takes_parameters(theirs) and parameters(ours) != parameters(theirs):
            wrong[name] = f"{inspect.signature(ours)} is not {inspect.signature(theirs)}"
    assert wrong == {}


def takes_parameters(what: Any) -> bool:
    return inspect.isfunction(what) or (inspect.isclass(what) and "__init__" in vars(what))


def parameters(what: Any) -> list[tuple[str, Any]]:
    """Names and kinds of parameters, and whether they may be left out."""
    return [
        (one.name, (one.kind, one.default is one.empty))
        for one in inspect.signature(what).parameters.values()
    ]


@other_version
def test_nothing_that_is_left_out_is_unknown() -> None:
    names = public(BOTH[0])
    for one in LEFT_OUT:
        assert one in names or any(name.startswith(one.rstrip("*")) for name in names), one
