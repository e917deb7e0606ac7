"""A bibliography as ODT: paragraphs of the style "Bibliography", with live links."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from citekit.output import extras
from citekit.output.characters import printable
from citekit.output.listing import Listing
from citekit.output.runs import Run

_PROPERTIES = {
    ("font_style", "italic"): {"fo:font-style": "italic"},
    ("font_style", "oblique"): {"fo:font-style": "oblique"},
    ("font_variant", "small-caps"): {"fo:font-variant": "small-caps"},
    ("font_weight", "bold"): {"fo:font-weight": "bold"},
    ("text_decoration", "underline"): {"style:text-underline-style": "solid"},
    ("vertical_align", "sup"): {"style:text-position": "super 58%"},
    ("vertical_align", "sub"): {"style:text-position": "sub 58%"},
}


def write(listing: Listing) -> bytes:
    """The file. Titles are headings of level 1 and 2, entries of the style "Bibliography".

    Raises :class:`~citekit.errors.WriterError` if the package odfdo isn't installed.
    """
    odfdo = extras.load("odfdo", "odfdo", "odt")
    document = odfdo.Document("text")
    document.body.clear()
    document.meta.title = printable(listing.title)
    _without_numbers(document)
    document.insert_style(_bibliography(odfdo, listing))
    names: dict[tuple[tuple[str, str], ...], str] = {}
    if listing.title:
        document.body.append(odfdo.Header(1, printable(listing.title)))
    for section in listing.sections:
        if section.heading:
            document.body.append(odfdo.Header(2, printable(section.heading)))
        for row in section.rows:
            paragraph = odfdo.Paragraph("", style="Bibliography")
            for run in row.runs(listing.links, listing.after_label):
                paragraph.append(_piece(odfdo, document, run, names))
            document.body.append(paragraph)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _without_numbers(document: Any) -> None:
    """Headings aren't numbered, as those of odfdo's template are."""
    for level in document.get_part("styles.xml").get_elements("//text:outline-level-style"):
        for attribute in ("loext:num-list-format", "style:num-suffix", "text:display-levels"):
            if level.get_attribute(attribute) is not None:
                level.del_attribute(attribute)
        level.set_attribute("style:num-format", "")


def _bibliography(odfdo: Any, listing: Listing) -> Any:
    style = odfdo.Style("paragraph", name="Bibliography", parent_style="Standard")
    layout = {
        "fo:margin-bottom": f"{12 * listing.entry_spacing}pt",
        "fo:line-height": f"{100 * listing.line_spacing}%",
    }
    if indent := listing.indent:
        layout |= {"fo:margin-left": f"{indent}pt", "fo:text-indent": f"-{indent}pt"}
    style.set_properties(layout, area="paragraph")
    return style


def _piece(
    odfdo: Any, document: Any, run: Run, names: dict[tuple[tuple[str, str], ...], str]
) -> Any:
    """The run as a span of an automatic style, inside of a link if it leads anywhere."""
    styles = tuple(style for style in run.styles.items() if style in _PROPERTIES)
    if styles and styles not in names:
        names[styles] = f"C{len(names) + 1}"
        style = odfdo.Style("text", name=names[styles])
        properties = {name: value for each in styles for name, value in _PROPERTIES[each].items()}
        style.set_properties(properties, area="text")
        document.insert_style(style, automatic=True)
    span = odfdo.Span(printable(run.text), style=names.get(styles))
    if not run.link:
        return span
    link = odfdo.Link(run.link)
    link.append(span)
    return link
