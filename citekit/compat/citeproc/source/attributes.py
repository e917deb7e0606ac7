"""Dictionaries whose values are attributes, too, as all values of citeproc-py's sources are."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from citekit.compat.citeproc.errors import MissingVariableError, VariableError

__all__ = ["CustomDict"]


class CustomDict(dict[str, Any]):
    """Values by name: ``one["title"]`` or ``one.title``; ``-`` in a name is ``_`` in an attribute.

    Names that are neither in ``required`` nor in ``optional``, if there are any, and not
    in a set of ``required_or``, are kept, with a warning. Raises
    :class:`~citekit.compat.citeproc.errors.VariableError` when a required one, or all of
    a set of ``required_or``, are missing.
    """

    def __init__(
        self,
        args: Mapping[str, Any],
        required: Iterable[str] = (),
        optional: Iterable[str] = (),
        required_or: Iterable[Iterable[str]] = (),
    ) -> None:
        super().__init__(args)
        ways = [set(names) for names in required_or]
        needed = [{name} for name in required] + ways
        for names in needed:
            if not names & self.keys():
                raise VariableError(
                    f"{' or '.join(sorted(names))} is missing", where=type(self).__name__
                )
        known = set(optional).union(*needed)
        if odd := sorted(self.keys() - known):
            name = type(self).__name__
            warnings.warn(f"{name}: CSL doesn't know {', '.join(odd)}", UserWarning, stacklevel=3)

    def __getattr__(self, name: str) -> Any:
        for key in (name, name.replace("_", "-")):
            if key in self:
                return self[key]
        raise MissingVariableError(f"there is no {name}", where=repr(self))

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or hasattr(type(self), name):
            object.__setattr__(self, name, value)
        else:
            self[name] = value
