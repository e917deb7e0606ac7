"""LaTeX in fields → text with the markup of CSL-JSON (``<i>``, ``<span class="nocase">`` …).

Mathematics (``$…$``) is left alone. Commands that aren't known here are asked of
pylatexenc's tables; of what it doesn't know either the argument is kept, and a name in capitals
(METAFONT).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

__all__ = ["decoded", "is_composed", "to_text", "unknown_commands"]

_SPECIAL = re.compile(r"[\\{}$~`'-](?:(?<!-)|(?=-))")
"""What means something in LaTeX; a hyphen doesn't, if it is alone."""
_LATEX = re.compile(r"[\\{}$~`]")
"""The same but for dashes and apostrophes."""
_ACCENTED = re.compile(
    r"""\{\\(["'^`~])(?:([A-Za-z])|\{([A-Za-z])\})\}|\\(["'^`~])(?:\{([A-Za-z])\}|([A-Za-z]))"""
)
"""The most frequent letters with accents."""
_PROTECTED = re.compile(r"(?:[^\\{}$~`]++|\{[0-9]*+[A-Za-z][A-Za-z0-9]*+\})*+\Z")
"""Nothing but words in braces: the most frequent LaTeX in titles."""
_NO_BRACES = str.maketrans("", "", "{}\\")
_SPACES = re.compile(r"[ \t\r\n]+")
_COMPOSABLE = re.compile("[^\0-\u02ff]")
_WORD = re.compile(r".[^ ]{0,999}", re.DOTALL)
_NOCASE = '<span class="nocase">'
_TOKEN = re.compile(
    r"\$(?:[^$\\]|\\.)*\$|\\[A-Za-z]+\*?[ \t\n]*|\\.|[{}~]|---?|``|''|`|'|[ \t\n\r]+"
    r"|[^\\{}$~`' \t\n\r-]++(?: [^\\{}$~`' \t\n\r-]++)*+|.",
    re.DOTALL,
)
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_MARKUP = {
    "emph": ("<i>", "</i>"), "textit": ("<i>", "</i>"), "mkbibemph": ("<i>", "</i>"),
    "textsl": ("<i>", "</i>"), "textbf": ("<b>", "</b>"), "mkbibbold": ("<b>", "</b>"),
    "textsc": ('<span style="font-variant:small-caps;">', "</span>"),
    "textsuperscript": ("<sup>", "</sup>"), "textsubscript": ("<sub>", "</sub>"),
    "mkbibquote": ("“", "”"), "enquote": ("“", "”"),
}  # fmt: skip
_LIGATURES = {"~": "\u00a0", "--": "–", "---": "—", "``": "“", "''": "”", "`": "‘", "'": "’"}
_SYMBOLS = {
    "i": "ı", "j": "ȷ", "textendash": "–", "textemdash": "—", " ": " ", ",": "\u2009",
    "-": "", "/": "", "\\": " ", "url": "", "ldots": "…", "dots": "…", "nobreakspace": "\u00a0",
    "bibstring": "", "slash": "/", "par": " ", "newline": " ",
    "textless": "<", "textgreater": ">", "textbar": "|", "textbardbl": "‖", "textunderscore": "_",
    "textbraceleft": "{", "textbraceright": "}", "textquotedbl": '"', "lq": "‘", "rq": "’",
    "S": "§", "P": "¶", "ddag": "‡", "copyright": "©", "pounds": "£", "euro": "€", "SS": "ẞ",
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX",
    "MF": "METAFONT", "MP": "MetaPost", "AmS": "AMS",
}  # fmt: skip
_UNPRINTED = frozenset(
    """
    rm sf tt sl sc up bfseries mdseries upshape slshape scshape rmfamily sffamily ttfamily
    normalfont textnormal textup textmd tiny scriptsize footnotesize small normalsize large
    Large LARGE huge Huge mbox hbox fbox protect relax noindent nobreak allowbreak break
    linebreak newblock penalty hskip kern hspace vspace raise lower sloppy ensuremath path
    nolinkurl texttt selectlanguage foreignlanguage natexlab bibinfo bibfield bibnamefont
    bibfnamefont urlprefix urlstyle uppercase lowercase MakeUppercase MakeLowercase
    NoCaseChange
    """.split()
)
"""Commands of fonts, of spaces and of bibliographies, which have no text of their own."""
_COMMAND = re.compile(r"\\([A-Za-z]{2,})")
_MATHS = re.compile(r"\$(?:[^$\\]|\\.)*\$", re.DOTALL)
_DEEPEST = 50


def to_text(value: str, *, protects_case: bool = False) -> str:
    """The text; with ``protects_case`` braces at the outermost level become ``nocase`` spans."""
    if value.isalnum() and value.isascii():
        return value
    value = _spaced(value)
    if not _SPECIAL.search(value):
        return _normalised(value)
    if not _LATEX.search(value):
        return _normalised(_with_ligatures(value))
    plain = _ACCENTED.sub(_accented, value) if "\\" in value else value
    if not _PROTECTED.match(plain):
        return decoded(value, protects_case=protects_case)
    text = _with_ligatures(plain)
    if "{" in text:
        start, end = (_NOCASE, "</span>") if protects_case else ("", "")
        text = text.replace("{", start).replace("}", end)
    return _normalised(text)


def decoded(value: str, *, protects_case: bool = False) -> str:
    """The same token by token, which any text can be read by; :func:`to_text` has short cuts."""
    reader = _Reader(_TOKEN.findall(value), protects_case)
    return _normalised(_spaced(reader.group(0, closed=False)))


def unknown_commands(value: str) -> list[str]:
    """The commands of which nothing is kept but their arguments, as nobody knows what they mean."""
    outside = _MATHS.sub("", value) if "$" in value else value
    return [f"\\{name}" for name in dict.fromkeys(_COMMAND.findall(outside)) if _is_unknown(name)]


@lru_cache(maxsize=4096)
def _is_unknown(name: str) -> bool:
    if name in _MARKUP or name in _SYMBOLS or name in _UNPRINTED or f"\\{name}" in _SWITCHES:
        return False
    known = _latex_nodes().latex_context.get_macro_spec(name) is not None
    return not known and not _symbol(name)


def _with_ligatures(text: str) -> str:
    """Dashes and apostrophes as they are printed; of several the longest come first."""
    if "-" in text:
        text = text.replace("---", "—").replace("--", "–")
    return text.replace("''", "”").replace("'", "’") if "'" in text else text


def _spaced(text: str) -> str:
    usual = "  " not in text and text.isprintable()
    return (text if usual else _SPACES.sub(" ", text)).strip()


def is_composed(text: str) -> bool:
    """Whether none of its characters may have to be put together with others (NFC)."""
    return text.isascii() or not _COMPOSABLE.search(text)


def _normalised(text: str) -> str:
    """Letters and accents as one character (NFC), as far as there is one."""
    if is_composed(text):
        return text
    # Word by word: to bring thousands of accents upon one letter into order takes ages.
    return "".join(unicodedata.normalize("NFC", part) for part in _WORD.findall(text))


def _accented(match: re.Match[str]) -> str:
    return _composed(match[0])


@cache
def _composed(command: str) -> str:
    """A letter with its accent, of which there are few."""
    bare = command.translate(_NO_BRACES)
    return unicodedata.normalize("NFC", bare[1] + _ACCENTS[bare[0]])


@lru_cache(maxsize=4096)
def _symbol(name: str) -> str:
    try:
        text = str(_latex_nodes().latex_to_text(f"\\{name} ")).strip()
    except Exception:  # it has many ways to fail on what is no LaTeX
        return ""
    if text.startswith("<") and text != "<":  # "<cit.>" for \cite
        return ""
    return text or (name if name.isupper() and len(name) > 1 else "")  # \METAFONT, \UNIX


@cache
def _latex_nodes() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - slow to load, seldom needed

    return LatexNodes2Text()


class _Reader:
    """Tokens → text, one group inside the other."""

    def __init__(self, tokens: list[str], protects: bool) -> None:
        self.tokens = tokens
        self.protects = protects
        self.at = 0

    def group(self, depth: int, *, closed: bool = True) -> str:
        out: list[str] = []
        ends: list[str] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token == "}":
                if closed:
                    break
            elif token == "{":
                out.append(self.braced(depth))
            elif token[0] == "\\" and token.strip() in _SWITCHES:
                open_, end = _MARKUP[_SWITCHES[token.strip()]]
                out.append(open_)
                ends.append(end)
            else:
                out.append(self.one(token, depth))
        return "".join([*out, *reversed(ends)])

    def braced(self, depth: int) -> str:
        special = self.at < len(self.tokens) and self.tokens[self.at][0] == "\\"
        if depth >= _DEEPEST:
            return ""
        text = self.group(depth + 1)
        if not self.protects or depth or special or not any(map(str.isalpha, text)):
            return text
        return f"{_NOCASE}{text}</span>"

    def one(self, token: str, depth: int) -> str:
        if token[0] != "\\" or len(token) == 1:
            return _LIGATURES.get(token, token)
        name = token[1:].strip().rstrip("*") or " "
        if name in _ACCENTS and not (name == "." and depth < 0):
            return self.accented(_ACCENTS[name], depth)
        if name in _MARKUP:
            start, end = _MARKUP[name]
            return start + self.argument(depth) + end
        if name in _SYMBOLS:
            return _SYMBOLS[name]
        return name if not name.isalpha() else _symbol(name)

    def argument(self, depth: int) -> str:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        if self.at >= len(self.tokens) or self.tokens[self.at] == "}" or depth >= _DEEPEST:
            return ""
        token = self.tokens[self.at]
        if len(token) > 1 and token[0] not in "\\$-`'":  # of a text, its first letter
            self.tokens[self.at] = token[1:]
            return token[0]
        self.at += 1
        return self.group(depth + 1) if token == "{" else self.one(token, depth + 1)

    def accented(self, mark: str, depth: int) -> str:
        text = self.argument(depth)
        if not text:
            return ""
        letter = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
        return letter + mark + text[1:]


_SWITCHES = {"\\em": "emph", "\\it": "emph", "\\itshape": "emph", "\\bf": "textbf",
             "\\bfseries": "textbf", "\\sc": "textsc", "\\scshape": "textsc"}  # fmt: skip
