"""Runs → Rich Text Format; a bibliography is a whole file with hanging indents."""

from __future__ import annotations

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
    return f"{{{words} {escape(run.text)}}}" if words else escape(run.text)


def document(entries: list[tuple[str, str]]) -> str:
    """An RTF file."""
    body = "\n".join(f"\\pard\\fi-720\\li720\\sa120 {entry}\\par" for _, entry in entries)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Times New Roman;}}}}\\f0\\fs24\n{body}\n}}"
