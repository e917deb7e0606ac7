"""Files of JSON, YAML and XML, spoilt in what they say and not in how they are written.

Bytes that are changed by chance mostly give no JSON at all, and no more than that is tried.
"""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from random import Random
from typing import Any

import yaml
from lxml import etree

from tests.readers.fuzz import PIECES

__all__ = ["spoil_structure"]

_TEXTS = [piece.decode("utf-8", "replace") for piece in PIECES]
_MOST = 1000
"""Values or elements of a file that more of them are still copied into. Aliases of YAML can stand
for any number of values, and for what they are in."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1988, 1.5, 10**30, 1e300, "", " ", [], {}, [[]], [{}], {"": []},
)  # fmt: skip


def spoil_structure(data: bytes, random: Random) -> bytes | None:
    """The file after some changes of its values or elements; none if it has no such structure."""
    text = data.decode("utf-8", "replace")
    times = random.choice((1, 1, 2, 3, 8))
    try:
        if text.lstrip()[:1] == "<":
            return _spoilt_xml(data, random, times)
        as_json = text.lstrip()[:1] in tuple("[{")
        root = [json.loads(text) if as_json else yaml.load(text, _LOADER)]
        if not isinstance(root[0], dict | list):
            return None
        for _ in range(times):
            _spoil_value(root, random)
        in_json = as_json or random.random() < 0.3
        text = json.dumps(root[0]) if in_json else yaml.dump(root[0], Dumper=_DUMPER)
        return text.encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError, yaml.YAMLError, etree.Error, TypeError, AttributeError):
        return None


def _places(value: Any) -> list[tuple[Any, Any]]:
    """All containers below, with each of their keys; no more than tell that it is too many."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting and len(found) <= _MOST:
        one = waiting.pop()
        keys = one.keys() if isinstance(one, dict) else range(len(one))
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys if isinstance(one[key], dict | list)]
    return found


def _spoil_value(root: list[Any], random: Random) -> None:
    places = _places(root)
    if len(places) > _MOST:
        raise ValueError("too many values")
    (container, key), (other, other_key) = random.choice(places), random.choice(places)
    value = container[key]
    kind = random.randrange(7)
    if kind == 0:
        container[key] = deepcopy(random.choice(_ODD))
    elif kind == 1:
        container[key] = deepcopy(other[other_key])
    elif kind == 2 and container is not root:
        del container[key]
    elif kind == 3:
        container[key] = random.choice(
            ([value], [value, deepcopy(value)], {"a": value}, str(value))
        )
    elif kind == 4 and isinstance(container, dict):
        container[other_key] = value
    elif isinstance(value, str):
        container[key] = _spoilt_text(value, random)
    elif isinstance(value, int | float):
        container[key] = random.choice((-value, value + 1, value * 10**9, random.randrange(10000)))


def _spoilt_text(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    end = min(len(text), at + random.choice((0, 0, 1, 5, 1000)))
    return text[:at] + random.choice(_TEXTS) * random.choice((0, 1, 1, 2, 200)) + text[end:]


def _spoilt_xml(data: bytes, random: Random, times: int) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for _ in range(times):
        elements = list(root.iter("*"))
        if len(elements) > _MOST:
            break
        one, other = random.choice(elements), random.choice(elements)
        kind, parent = random.randrange(7), one.getparent()
        if kind == 0 and parent is not None:
            parent.remove(one)
        elif kind == 1:
            other.append(deepcopy(one))
        elif kind == 2:
            one.tag = other.tag
        elif kind == 3 and other.attrib:
            attribute = random.choice(list(other.attrib))
            one.set(attribute, _spoilt_text(str(other.attrib[attribute]), random))
        elif kind == 4:
            one.attrib.clear()
        else:
            with suppress(ValueError):  # What XML can't have.
                one.text = random.choice((_spoilt_text(one.text or "", random), other.text))
    return etree.tostring(root)
