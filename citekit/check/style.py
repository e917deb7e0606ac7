"""A style's, a dependent style's or a locale file's problems, from all checks together."""

from __future__ import annotations

import os
from pathlib import Path

from lxml import etree

from citekit.check.conditions import check_conditions
from citekit.check.effects import check_effects
from citekit.check.findings import Findings
from citekit.check.lines import number_lines
from citekit.check.macros import call_graph, check_macros
from citekit.check.schema import check_schema
from citekit.check.terms import check_terms
from citekit.errors import StyleError
from citekit.style.attributes import Problems
from citekit.style.find import find_style
from citekit.style.info import parse_info
from citekit.style.library import MAX_BYTES
from citekit.style.locales import parse_locale
from citekit.style.parse import parse_into, parse_style
from citekit.style.problems import Problem
from citekit.style.xml import CS, load_xml


def check_style(source: str | bytes | os.PathLike[str]) -> list[Problem]:
    """Return everything that is wrong with a style, by line; an empty list if nothing is.

    ``source`` is the content of a ``.csl`` file as text or bytes, or a path object
    of one. Dependent styles and locale files are checked, too.

    A problem of severity "error" breaks the schema of CSL or leaves something
    undefined, so that programs refuse the style or differ over it. A "warning"
    tells what is allowed but can't be meant: what is never used, never true or
    without effect.

    Raises :class:`~citekit.errors.StyleError` when a file can't be read; content
    that is no style at all is a problem like others.

    Source: CSL 1.0.2, and its RELAX NG schema.
    """
    path = Path(source) if isinstance(source, os.PathLike) else None
    data = source if isinstance(source, (str, bytes)) else _read(Path(source))
    try:
        root = load_xml(data)
        if root.tag not in (f"{CS}style", f"{CS}locale"):
            parse_style(data)  # raises: it says best what the file is instead
    except StyleError as error:
        return list(error.problems) or [Problem(1, error.what, error.hint)]
    number_lines(root, data)
    findings = Findings(root)
    if root.tag == f"{CS}locale":
        _check_locale(root, findings)
    elif _is_dependent(root):
        _check_dependent(root, path, findings)
    else:
        _check_independent(root, findings)
    return list(findings.sorted())


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StyleError(
            f"it can't be read: {reason}", where=str(path), hint="check path and permissions"
        ) from error


def _is_dependent(root: etree._Element) -> bool:
    own = ("citation", "bibliography", "macro")
    return parse_info(root, Problems()).parent is not None and not any(
        root.find(f"{CS}{name}") is not None for name in own
    )


def _check_independent(root: etree._Element, findings: Findings) -> None:
    if not check_schema(root, "independent-style.style", findings):
        return
    graph = call_graph(root)
    check_macros(graph, findings)
    check_conditions(graph, findings)
    check_effects(root, graph, findings)
    parsed = Findings(root)
    style = parse_into(root, parsed)
    findings.fill(parsed)
    if style is not None:
        terms = Findings(root)
        check_terms(root, style, terms)
        findings.fill(terms)


def _check_locale(root: etree._Element, findings: Findings) -> None:
    if not check_schema(root, "locale-file.locale", findings):
        return
    parsed = Findings(root)
    parse_locale(root, parsed)
    findings.fill(parsed)


def _check_dependent(root: etree._Element, path: Path | None, findings: Findings) -> None:
    check_schema(root, "dependent-style.style", findings)
    links = root.iter(f"{CS}link")
    link = next(each for each in links if each.get("rel", "").strip() == "independent-parent")
    parent = link.get("href", "").strip()
    try:
        find_style(parent if path is None else path, library_only=path is None)
    except StyleError as error:
        findings.error(link, error.what, error.hint)
