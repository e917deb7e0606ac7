"""A bibliography as DOCX: paragraphs of the style "Bibliography", with live links."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from citekit.output import extras
from citekit.output.characters import printable
from citekit.output.listing import Listing
from citekit.output.runs import Run

_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def write(listing: Listing) -> bytes:
    """The file. Titles are of the styles "Title" and "Heading 1", entries of "Bibliography".

    Raises :class:`~citekit.errors.WriterError` if the package python-docx isn't installed.
    """
    docx = extras.load("docx", "python-docx", "docx")
    document = docx.Document()
    _styles(document, listing)
    document.core_properties.title = printable(listing.title)[:255]
    document.core_properties.language = listing.lang
    document.core_properties.author = ""
    document.core_properties.comments = ""
    if listing.title:
        document.add_heading(printable(listing.title), 0)
    for section in listing.sections:
        if section.heading:
            document.add_heading(printable(section.heading), 1)
        for row in section.rows:
            paragraph = document.add_paragraph(style="Bibliography")
            for run in row.runs(listing.links, listing.after_label):
                _add(paragraph, run)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _styles(document: Any, listing: Listing) -> None:
    enum = extras.load("docx.enum.style", "python-docx", "docx")
    shared = extras.load("docx.shared", "python-docx", "docx")
    style = document.styles.add_style("Bibliography", enum.WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    layout = style.paragraph_format
    if indent := listing.indent:
        layout.left_indent = shared.Pt(indent)
        layout.first_line_indent = shared.Pt(-indent)
    layout.line_spacing = float(listing.line_spacing)
    layout.space_after = shared.Pt(12 * listing.entry_spacing)
    link = document.styles.add_style("Hyperlink", enum.WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = shared.RGBColor(0x05, 0x63, 0xC1)
    link.font.underline = True


def _add(paragraph: Any, run: Run) -> None:
    added = paragraph.add_run(printable(run.text))
    font, styles = added.font, run.styles
    font.italic = True if styles.get("font_style") else None
    font.bold = True if styles.get("font_weight") == "bold" else None
    font.small_caps = True if styles.get("font_variant") else None
    font.superscript = True if styles.get("vertical_align") == "sup" else None
    font.subscript = True if styles.get("vertical_align") == "sub" else None
    if run.link:
        added.style = "Hyperlink"
        _link(paragraph, added, run.link)
    if styles.get("text_decoration"):
        font.underline = True


def _link(paragraph: Any, run: Any, target: str) -> None:
    """Put the run into a hyperlink, which python-docx reads but has no method to make."""
    oxml = extras.load("docx.oxml", "python-docx", "docx")
    shared = extras.load("docx.oxml.ns", "python-docx", "docx")
    element = oxml.OxmlElement("w:hyperlink")
    relation = paragraph.part.relate_to(target, _LINK, is_external=True)
    element.set(shared.qn("r:id"), relation)
    run._r.addprevious(element)
    element.append(run._r)
