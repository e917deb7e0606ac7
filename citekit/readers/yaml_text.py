"""YAML → values as JSON has them: no dates, no yes and no, no aliases, nothing constructed.

Source: YAML 1.2, 10.2 (the JSON schema), but for numbers, which are read as YAML 1.1 has them.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from citekit.errors import ReaderError

__all__ = ["parse"]

_DEEPEST = 100


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Refuses aliases, which a few lines of can turn into gigabytes, and deep nesting."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way to say it
        first: [pair for pair in pairs if not pair[0].endswith((":timestamp", ":bool", ":merge"))]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "aliases (*name) aren't read", mark)
        self.depth += 1
        if self.depth > _DEEPEST:
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "this is nested too deeply", mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def parse(text: str, where: str) -> Any:
    """The value of the first document of a YAML text.

    Raises :class:`~citekit.errors.ReaderError` with line and column when it is none.
    """
    try:
        return next(yaml.load_all(text, _Loader), None)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        what = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
        raise ReaderError(
            f"this is no YAML that can be read: {what}",
            where=", ".join(filter(None, (where, line))),
            hint="quote texts that have colons, brackets or asterisks in them",
        ) from error
