"""Runs → Rich Text Format; a bibliography is a whole file with hanging indents."""

from __future__ import annotations

from collections.abc import Iterable

from citekit.output.listing import Listing
from citekit.output.runs import Run

_WORDS = {
    ("font_style", "italic"): "\\i",
    ("font_style", "oblique"): "\\i",
    ("font_variant", "small-caps"): "\\scaps",
    ("font_weight", "bold"): "\\b",
    ("text_decoration", "underline"): "\\ul",
    ("vertical_align", "sup"): "\\super",
    ("vertical_align", "sub"): "\\sub",
}
_ESCAPES = {"\\": "\\\\", "{": "\\{", "}": "\\}", "\n": "\\line ", "\r": "", "\t": "\\tab "}


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isascii():
        return character
    units = character.encode("utf-16-le", "surrogatepass")
    pairs = (units[at : at + 2] for at in range(0, len(units), 2))
    return "".join(f"\\u{int.from_bytes(pair, 'little', signed=True)}?" for pair in pairs)


def escape(text: str) -> str:
    """Text in ASCII, without RTF's control words."""
    return "".join(map(_character, text))


def run(run: Run) -> str:
    """A run as RTF."""
    words = "".join(_WORDS.get(style, "") for style in run.styles.items())
    text = f"{{{words} {escape(run.text)}}}" if words else escape(run.text)
    if run.link:
        target = f'{{\\*\\fldinst HYPERLINK "{run.link}"}}'
        text = f"{{\\field{target}{{\\fldrslt {text}}}}}"
    return text


def document(entries: list[tuple[str, str]]) -> str:
    """An RTF file."""
    return _file(_paragraph(entry, "\\fi-720\\li720") for _, entry in entries)


def write(listing: Listing) -> bytes:
    """An RTF file with title, headings and entries."""
    body = [_heading(listing.title, 32)] if listing.title else []
    twips = 20 * listing.indent
    indent = f"\\fi-{twips}\\li{twips}" if twips else ""
    for section in listing.sections:
        body += [_heading(section.heading, 28)] if section.heading else []
        for row in section.rows:
            entry = "".join(run(each) for each in row.runs(listing.links, listing.after_label))
            body.append(_paragraph(entry, indent))
    return f"{_file(body)}\n".encode("ascii")


def _heading(text: str, size: int) -> str:
    return _paragraph(f"{{\\b\\fs{size} {escape(text)}}}", "\\keepn\\sb240")


def _paragraph(text: str, words: str) -> str:
    return f"\\pard{words}\\sa120 {text}\\par"


def _file(paragraphs: Iterable[str]) -> str:
    body = "\n".join(paragraphs)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Times New Roman;}}}}\\f0\\fs24\n{body}\n}}"
