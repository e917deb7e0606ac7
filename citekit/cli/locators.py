"""``"pp. 3-4"`` → locator and label, as ``--locator`` takes them.

Source: CSL 1.0.2, Appendix II "Locators".
"""

from __future__ import annotations

import re
from functools import cache

import click

from citekit.patterns import pattern
from citekit.records.vocabulary import LOCATOR_LABELS

_SHORT = {
    "act": "acts",
    "appendix": "app. app apps. apps appendices appendixes",
    "article-locator": "art. art arts. arts article articles",
    "book": "bk. bk bks. bks books",
    "canon": "can. canons",
    "chapter": "ch. ch chs. chs chap. chap chaps. chaps chapters",
    "column": "col. col cols. cols columns",
    "elocation": "elocations loc. locs.",
    "equation": "eq. eq eqs. eqs equations",
    "figure": "fig. fig figs. figs figures",
    "folio": "fol. fol fols. fols folios",
    "issue": "no. no nos. nos issues",
    "line": "l. l ll. ll lines",
    "note": "n. n nn. nn notes",
    "opus": "op. op opp. opp opera",
    "page": "p. p pp. pp pg. pg pgs. pgs pages",
    "paragraph": "para. para paras. paras par. pars. paragraphs ¶ ¶¶",
    "part": "pt. pt pts. pts parts",
    "rule": "r. r rr. rr rules",
    "scene": "sc. sc scs. scs scenes",
    "section": "sec. sec secs. secs sect. sect sects. sections § §§",
    "sub-verbo": "s.v. s.vv. sv",
    "supplement": "supp. supp suppl. suppl supps. supplements",
    "table": "tbl. tbl tbls. tbls tab. tabs. tables",
    "timestamp": "timestamps",
    "title-locator": "tit. tit tits. title titles",
    "verse": "v. v vv. vv verses",
    "version": "ver. ver versions",
    "volume": "vol. vol vols. vols volumes",
}
FORMS = (
    {label: label for label in LOCATOR_LABELS}
    | {label.replace("-", " "): label for label in LOCATOR_LABELS}
    | {form: label for label, forms in _SHORT.items() for form in forms.split()}
)


@cache
def _label() -> re.Pattern[str]:
    forms = sorted(FORMS, key=len, reverse=True)
    return re.compile(
        r"({})(?:(?<=[.§¶])|(?=\d)|(?=\s))\s*(?=\S)(.+)".format(
            "|".join(re.escape(form) for form in forms)
        ),
        re.IGNORECASE | re.DOTALL,
    )


_WORD_AND_NUMBER = pattern(r"([^\W\d_]{3,})\.?\s+\W*(?:\d|[ivxlcdm]+\b)", re.IGNORECASE)
_ROMAN = pattern(r"[ivxlcdm]+", re.IGNORECASE)


def parse(text: str) -> tuple[str, str]:
    """The locator and its label in "page 12", "p. 12" or "12", which means a page, too.

    Labels are CSL's, in English, singular, plural or abbreviated.

    Raises :class:`click.BadParameter` for an empty text and for a word before a
    number that is no label.
    """
    text = text.strip()
    if match := _label().fullmatch(text):
        return match[2], FORMS[match[1].casefold()]
    if not text or text.casefold() in FORMS:
        raise click.BadParameter('expected a label and a value, such as "page 12"')
    word = _WORD_AND_NUMBER.match(text)
    if word and not _ROMAN.fullmatch(word[1]):
        raise click.BadParameter(
            f'{word[1]!r} is no locator label (for a page write "page {text}"); '
            f"use one of: {', '.join(sorted(LOCATOR_LABELS))}"
        )
    return text, "page"
