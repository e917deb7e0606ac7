"""Values → YAML that YAML 1.1 and 1.2 read alike, and that has no aliases."""

from __future__ import annotations

import json
import re

import yaml

from citekit.records.record import text_of_number

__all__ = ["dump"]


def dump(value: object) -> str:
    """A list or a mapping, in block style, in the order that it has."""
    # Line breaks that only YAML 1.1 has wouldn't survive unescaped.
    texts = json.dumps(value, ensure_ascii=False)
    plain = not re.search("[\x85\u2028\u2029\ufeff\ud800-\udfff]", texts)
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=plain, sort_keys=False))


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes a value anew each time it is met: readers, citekit's too, may refuse aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def represent_number(self, number: float) -> yaml.Node:
        """A whole number without ``.0``, which readers may take for a part of a text."""
        text = text_of_number(number)
        whole = text.removeprefix("-").isdecimal()
        return self.represent_int(int(text)) if whole else self.represent_float(number)


_Dumper.add_representer(float, _Dumper.represent_number)
