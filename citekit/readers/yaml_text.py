"""YAML → values as JSON has them: no dates, no yes and no, no aliases, nothing constructed.

Source: YAML 1.2, 10.2 (the JSON schema). What wouldn't be the same again as a number (``1.10``,
``007``, ``12:30``) is a text.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from citekit.errors import ReaderError
from citekit.patterns import pattern
from citekit.records.record import is_printable, text_of_number

__all__ = ["parse"]

_DEEPEST = 100
_SURROGATE = pattern("[\ud800-\udfff]")
_NOT_RESOLVED = (":timestamp", ":bool", ":merge", ":int", ":float")


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Refuses aliases, which a few lines of can turn into gigabytes, and deep nesting."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way to say it
        first: [pair for pair in pairs if not pair[0].endswith(_NOT_RESOLVED)]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    yaml_constructors = {  # noqa: RUF012
        tag: made for tag, made in yaml.SafeLoader.yaml_constructors.items()
        if tag is None or tag.endswith((":null", ":bool", ":str", ":seq", ":map"))
    }  # fmt: skip
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

    def construct_scalar(self, node: Any) -> str:
        r"""Halves of surrogate pairs, typed as ``\ud83d\ude00``, are one character, as in JSON."""
        text: str = super().construct_scalar(node)
        if text.isascii() or not _SURROGATE.search(text):
            return text
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """Keys are texts, as in JSON: ``1988:`` and ``null:`` are what they are written as."""
        for key, _ in node.value:
            if key.tag.endswith((":null", ":bool", ":int", ":float")):
                key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep)


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_NUMBER = re.compile(r"^-?(?:0|[1-9][0-9]{0,499})(?:\.[0-9]{1,20})?(?:e[+-]?[0-9]{1,3})?$")


def _number(loader: _Loader, node: Any) -> int | float | str:
    text: str = loader.construct_scalar(node)
    if not _NUMBER.match(text):
        what = f"{text[:20]!r} is no number that is read"
        raise yaml.constructor.ConstructorError(None, None, what, node.start_mark)
    number = float(text) if "." in text or "e" in text else int(text)
    same = is_printable(number) and text_of_number(number) == text.replace(".0e", "e")
    return number if same else text


_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _NUMBER, list("-0123456789"))
_Loader.add_constructor("tag:yaml.org,2002:int", _number)
_Loader.add_constructor("tag:yaml.org,2002:float", _number)


def parse(text: str, where: str) -> Any:
    """The value of the first document of a YAML text.

    Raises :class:`~citekit.errors.ReaderError` with line and column when it is none.
    """
    try:
        return next(yaml.load_all(text, _Loader), None)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        if isinstance(error, yaml.reader.ReaderError):
            line = f"line {text.count(chr(10), 0, error.position) + 1}"
        what = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
        raise ReaderError(
            f"this is no YAML that can be read: {what}",
            where=", ".join(filter(None, (where, line))),
            hint="quote texts that have colons, brackets or asterisks in them",
        ) from error
