"""``cs:info``: what a style says of itself.

Source: CSL 1.0.2, section "Info".
"""

from __future__ import annotations

from lxml import etree

from citekit.style import nodes
from citekit.style.attributes import Problems
from citekit.style.xml import CS

_REQUIRED = ("title", "id", "updated")


def parse_info(style: etree._Element, problems: Problems) -> nodes.Info:
    """Return the ``cs:info`` of a style; what it lacks becomes a warning."""
    info = style.find(f"{CS}info")
    if info is None:
        problems.warn(style, "the style has no <info>", "add its title, id and date of update")
        return nodes.Info()
    texts = {
        name: _text(info.find(f"{CS}{name}"))
        for name in ("id", "title", "title-short", "updated", "rights", "summary")
    }
    for name in _REQUIRED:
        if info.find(f"{CS}{name}") is None:
            problems.warn(info, f"<info> has no <{name}>", "CSL requires it once")
    categories = info.findall(f"{CS}category")
    formats = [category.get("citation-format") for category in categories]
    fields = [category.get("field") for category in categories]
    return nodes.Info(
        id=texts["id"],
        title=texts["title"],
        title_short=texts["title-short"],
        updated=texts["updated"],
        rights=texts["rights"],
        summary=texts["summary"],
        links=tuple(
            nodes.Link(href=link.get("href", "").strip(), rel=link.get("rel", "").strip())
            for link in info.findall(f"{CS}link")
        ),
        citation_format=next((name for name in formats if name), None),
        fields=tuple(field for field in fields if field),
        issns=tuple(
            text
            for name in ("issn", "eissn", "issnl")
            for element in info.findall(f"{CS}{name}")
            if (text := _text(element))
        ),
    )


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())
