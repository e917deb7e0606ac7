"""Text with the markup of CSL-JSON → LaTeX whose braces are balanced, for fields of BibTeX.

Letters beyond ASCII stay as they are; formulas (``$x^2$``) do, too.
"""

from __future__ import annotations

import re

__all__ = ["to_latex"]

_SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "`": "\\textasciigrave{}",
    "%": "\\%", "&": "\\&", "#": "\\#", "_": "\\_", "$": "\\$", "\u00a0": "~",
}  # fmt: skip
_COMMANDS = {
    "<i>": "\\emph{", "<b>": "\\textbf{", "<sup>": "\\textsuperscript{",
    "<sub>": "\\textsubscript{", "<sc>": "\\textsc{", '<span class="nocase">': "{",
    '<span style="font-variant:small-caps;">': "\\textsc{",
    '<span style="font-variant: small-caps;">': "\\textsc{",
}  # fmt: skip
_TOKEN = re.compile(
    r"</?(?:i|b|sup|sub|sc|span)(?: [^<>]*)?>|\$[^$]*[\\^_][^$]*\$"
    r"|[\\{}~^`%&#_$\u00a0]|-(?=-)|'(?=')"
)


def to_latex(text: str) -> str:
    """The text as LaTeX; tags that aren't closed, or not in order, are text themselves."""
    out: list[str] = []
    opened: list[int] = []
    at = 0
    for token in _TOKEN.finditer(text):
        out.append(text[at : token.start()])
        at = token.end()
        if token[0] in _COMMANDS:
            opened.append(len(out))
            out.append(token[0])
        elif opened and token[0] == f"</{re.split('[ >]', out[opened[-1]][1:])[0]}>":
            start = opened.pop()
            out[start] = _COMMANDS[out[start]]
            out.append("}")
        else:
            out.append(_written(token[0]))
    return "".join([*out, text[at:]])


def _written(token: str) -> str:
    if token in ("-", "'"):  # two of them would be a dash or a quotation mark
        return f"{token}{{}}"
    if token[0] == "$" and len(token) > 1 and _is_balanced(token):
        return token
    return "".join(_SPECIAL.get(letter, letter) for letter in token)


def _is_balanced(formula: str) -> bool:
    depth = 0
    for brace in re.findall(r"[{}]", formula):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and not formula.endswith("\\$")
