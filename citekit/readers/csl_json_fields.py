"""The values of CSL-JSON fields: names, dates, and what doesn't fit where it stands.

Every function takes the :class:`~citekit.readers.findings.Findings` of the file.
A value of the wrong kind is a finding; when reading leniently it is coerced if
that is harmless and else kept as it is in an ``extra`` mapping.

Source: csl-data.json, ``name-variable`` and ``date-variable``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from citekit.readers.findings import Findings
from citekit.records.date import Date
from citekit.records.name import Flag, Name
from citekit.records.record import Number, is_printable, text_of_number

__all__ = [
    "drop_null",
    "is_number",
    "keep",
    "kind",
    "read_date",
    "read_names",
    "text_of",
]

_NAME_TEXTS = {
    "family": "family",
    "given": "given",
    "literal": "literal",
    "suffix": "suffix",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
}
_NAME_FLAGS = {
    "comma-suffix": "comma_suffix",
    "static-ordering": "static_ordering",
    "parse-names": "parse_names",
}
_DATE_TEXTS = {"literal": "literal", "raw": "raw"}
_MOST_NESTING = 100
_KINDS = {dict: "an object", list: "an array", str: "a text", bool: "a boolean"}


def kind(value: object) -> str:
    """What a JSON value is, in words: ``an array``, ``the number 12``, ``null``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value}" if is_printable(value) else "a number too large"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return _KINDS.get(type(value), f"a Python {type(value).__name__}")


def is_number(value: object) -> TypeGuard[Number]:
    """True for a number that can be printed; JSON's true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and is_printable(value)


def is_flag(value: object) -> TypeGuard[Flag]:
    """True for what CSL-JSON takes as true or false."""
    return isinstance(value, bool | str) or is_number(value)


def text_of(value: object) -> str | None:
    """The text that a value of another kind clearly stands for; None if there is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_number(value):
        return text_of_number(value)
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return None


def keep(field: str, key: str, value: object, extra: dict[str, object], findings: Findings) -> None:
    """Keep a value that nobody interprets, so that it can be written back."""
    if isinstance(value, dict | list) and _is_deep(value):
        findings.add(
            field, f"brackets nested more than {_MOST_NESTING} deep", "leave this value out"
        )
    else:
        extra[key] = value


def _is_deep(value: object) -> bool:
    level: list[object] = [value]
    for _ in range(_MOST_NESTING):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)  # type: ignore[attr-defined]
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def drop_null(field: str, findings: Findings) -> None:
    """A null says nothing; it is reported, or let go when reading leniently."""
    if not findings.lenient:
        findings.add(field, "found null", "leave the key out when there is no value")


def read_names(
    field: str, value: object, extra: dict[str, object], findings: Findings
) -> tuple[Name, ...] | None:
    """The names of a name variable; None when the value is no list of names."""
    if findings.lenient and isinstance(value, str | dict):
        value = [value]
    if isinstance(value, list):
        names = [_name(f"{field} {n}", item, findings) for n, item in enumerate(value, 1)]
        return tuple(name for name in names if name is not None)
    if findings.lenient:
        keep(field, field, value, extra, findings)
    else:
        what = f"expected a list of names, found {kind(value)}"
        findings.add(field, what, 'write [{"family": …, "given": …}, …]')
    return None


def _name(field: str, value: object, findings: Findings) -> Name | None:
    if isinstance(value, dict):
        return Name(**_fields(field, value, _NAME_TEXTS, _NAME_FLAGS, findings))
    if findings.lenient:
        text = text_of(value)
        return Name(literal=text) if text else None
    findings.add(
        field,
        f"expected a name object, found {kind(value)}",
        'write {"family": …, "given": …}, or {"literal": …} for a body',
    )
    return None


def _fields(
    field: str,
    value: Mapping[str, object],
    texts: Mapping[str, str],
    flags: Mapping[str, str],
    findings: Findings,
) -> dict[str, Any]:
    """Keyword arguments for Name or Date: texts, flags, and all else as ``extra``."""
    found: dict[str, Any] = {}
    extra: dict[str, object] = {}
    for key, part in value.items():
        place = f"{field}, {key}"
        if key in texts and isinstance(part, str):
            if part:
                found[texts[key]] = part
            else:  # the same as absent, but to be written back
                extra[key] = part
        elif key in flags and is_flag(part):
            found[flags[key]] = part
        elif part is None:
            drop_null(place, findings)
        elif key not in texts and key not in flags:
            keep(place, key, part, extra, findings)
        elif not findings.lenient:
            due = "a text" if key in texts else "true or false, a number or a text"
            findings.add(place, f"expected {due}, found {kind(part)}", 'write "…"')
        elif key in texts and (text := text_of(part)):
            found[texts[key]] = text
        else:
            keep(place, key, part, extra, findings)
    if extra:
        found["extra"] = extra
    return found


_DATE_FLAGS = {"circa": "circa", "season": "season"}


def read_date(
    field: str, value: object, extra: dict[str, object], findings: Findings
) -> Date | None:
    """The date of a date variable; None when the value is none."""
    if isinstance(value, str) and value:
        return Date(edtf=value)
    if isinstance(value, dict):
        return _date(field, value, findings)
    if not findings.lenient:
        found = "an empty text" if value == "" else kind(value)
        findings.add(
            field,
            f"expected a date, found {found}",
            'write {"date-parts": [[1988, 10, 6]]} or "1988-10-06"',
        )
    elif isinstance(value, int) and not isinstance(value, bool):
        return Date(date_parts=[[value]])
    elif value != "":
        keep(field, field, value, extra, findings)
    return None


def _date(field: str, value: Mapping[str, object], findings: Findings) -> Date:
    rest = {key: part for key, part in value.items() if key != "date-parts"}
    found = _fields(field, rest, _DATE_TEXTS, _DATE_FLAGS, findings)
    if len(rest) < len(value):
        place = f"{field}, date-parts"
        parts = _mended(value["date-parts"]) if findings.lenient else value["date-parts"]
        wrong = _wrong_parts(parts, findings.lenient)
        if not wrong:
            found["date_parts"] = parts
        elif findings.lenient:
            keep(place, "date-parts", parts, found.setdefault("extra", {}), findings)
        else:
            findings.add(
                place,
                wrong,
                'write [[1988, 10, 6]], a range as [[1988], [1990]], words as "literal"',
            )
    return Date(**found)


def _mended(parts: object) -> object:
    """Date-parts without nulls, and as a list of lists also when they are a single list."""
    if not isinstance(parts, list):
        return parts
    if parts and not any(isinstance(part, list | dict) for part in parts):
        parts = [parts]
    return [
        [part for part in inner if part is not None] if isinstance(inner, list) else inner
        for inner in parts
        if inner is not None
    ]


def _wrong_parts(value: object, lenient: bool) -> str:
    """What is wrong with date-parts; leniently, only what a Date can't hold."""
    if not isinstance(value, list) or not value:
        return f"expected a list of one or two dates, found {_found(value)}"
    if len(value) > 2 and not lenient:
        return f"expected a list of one or two dates, found {len(value)}"
    for inner in value:
        if not isinstance(inner, list) or (not lenient and not 1 <= len(inner) <= 3):
            return f"expected year, month and day in a list, found {_found(inner)}"
        for part in inner:
            if not (isinstance(part, str) or is_number(part)) or (
                not lenient and not _is_integer(part)
            ):
                return f"expected whole numbers, found {kind(part)}"
    return ""


def _found(value: object) -> str:
    if not isinstance(value, list):
        return kind(value)
    return f"{len(value)} values" if value else "an empty list"


def _is_integer(part: str | Number) -> bool:
    """Whole numbers, as text too; an empty text stands for a part that isn't known."""
    if isinstance(part, str):
        return not part.strip() or part.strip().removeprefix("-").isdecimal()
    return part == int(part)
