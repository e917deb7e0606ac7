"""The formats that records are read from: by name, by a file's ending, by the look of a text."""

from __future__ import annotations

import re
from pathlib import PurePath

from attrs import field, frozen

from citekit.errors import ReaderError
from citekit.patterns import pattern

__all__ = ["FORMATS", "HEAD", "Format", "detect", "find"]

HEAD = 65536
"""How many characters of a text are looked at to find out its format."""


def _anywhere(text: str) -> re.Pattern[str]:
    return pattern(text, re.MULTILINE | re.IGNORECASE)


@frozen(slots=True)
class Format:
    """A format: ``module`` reads it (``iter_items(text, where)``) and is loaded when needed.

    A file is in this format if ``pattern`` matches somewhere near the start of its
    text; its ending is asked only where the content says nothing. If it ``makes_keys``,
    records may come without, and ``iter_items`` takes :class:`~citekit.readers.keys.Keys`, too.
    If it ``streams``, the text may be a :class:`~citekit.readers.text_file.TextFile`.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    pattern: re.Pattern[str] = field(converter=_anywhere)
    makes_keys: bool = True
    streams: bool = False


FORMATS = {
    one.name: one
    for one in (
        Format(
            "datacite",
            (),
            "citekit.readers.datacite",
            r'\A\s*[\[{](?s:.*)"resourceTypeGeneral"\s*:',
        ),
        Format(
            "crossref",
            (),
            "citekit.readers.crossref",
            r'\A\s*[\[{](?s:.*?)(?:"message-type"\s*:|"type"\s*:\s*"(?:journal-article'
            r'|proceedings-article|book-chapter|posted-content|monograph|edited-book)")',
        ),
        Format(
            "schema-org",
            (".jsonld",),
            "citekit.readers.schema_org",
            r'\A\s*[\[{](?s:.*?)"@context"\s*+:\s*+(?:[\[{]\s*+)?"[^"]*schema\.org',
        ),
        Format("zotero", (), "citekit.readers.zotero", r'\A\s*[\[{](?s:.*?)"itemType"\s*:'),
        Format("csl-json", (".json", ".csljson"), "citekit.readers.csl_json", r"\A\s*[\[{]", False),
        Format("endnote-xml", (), "citekit.readers.endnote_xml", r"<xml>\s*<records>|<ref-type\b"),
        Format(
            "pubmed-xml", (), "citekit.readers.pubmed_xml", r"<(?:PubmedArticle|MedlineCitation)"
        ),
        Format(
            "coins",
            (".html", ".htm"),
            "citekit.readers.coins",
            r"<span\b[^<>]*?\bZ3988\b",
        ),
        Format(
            "marc21",
            (".mrc", ".marc", ".dat"),
            "citekit.readers.marc21",
            r"\A\s*\d{5}[acdnps][a-z][a-z][ a-z][ a][ 0-9][ 0-9]\d{5}",
        ),
        Format("marcxml", (".marcxml",), "citekit.readers.marcxml", r"<(?:\w+:)?leader\b[^<>]*>"),
        Format("mods", (".mods",), "citekit.readers.mods", r"<(?:\w+:)?mods(?:Collection)?[\s>]"),
        Format(
            "zotero-rdf",
            (".rdf",),
            "citekit.readers.zotero_rdf",
            r"<z:itemType>",
        ),
        Format(
            "dublin-core",
            (".dc",),
            "citekit.readers.dublin_core",
            r"xmlns(?::\w+)?=[\"']http://purl\.org/dc/(?:elements/1\.1|terms)/",
        ),
        Format(
            "nbib", (".nbib",), "citekit.readers.nbib", r"^PMID *-(?: \d|[ \t]*$)", streams=True
        ),
        Format("ris", (".ris",), "citekit.readers.ris", r"^TY {1,2}- ?[A-Z]", streams=True),
        Format("refer", (".enw", ".refer"), "citekit.readers.refer", r"^%[0AT]\s+\S", streams=True),
        Format(
            "biblatex",
            (".bib", ".biblatex"),
            "citekit.readers.biblatex",
            r"^[^\S\n]*@(?:online|report|thesis|collection|mv\w+|xdata|letter|inreference)\s*[{(]"
            r"|^[^\S\n]*(?:date|journaltitle|langid|eprinttype|maintitle|urldate|origdate)\s*=",
            streams=True,
        ),
        Format(
            "bibtex",
            (".bibtex",),
            "citekit.readers.bibtex",
            r"^[^\S\n]*@\s*[a-z]+\s*[{(]",
            streams=True,
        ),
        Format("cff", (".cff",), "citekit.readers.cff", r"^cff-version[ \t]*:"),
        Format(
            "csl-yaml",
            (".yaml", ".yml"),
            "citekit.readers.csl_yaml",
            r"\A(?:---.*\n)?references:|^(?:- | *)id:\s",
            makes_keys=False,
        ),
        Format(
            "hayagriva",
            (),
            "citekit.readers.hayagriva",
            r"^[^\s:#][^:\n]*+:[ \t]*+\n(?:[ \t]++(?!type[ \t]*:).*\n)*+[ \t]++type[ \t]*:",
        ),
    )
}
"""In the order in which content is compared: a biblatex file looks like BibTeX, too."""


def find(name: str) -> Format:
    """The format of that name. Raises :class:`~citekit.errors.ReaderError` if there is none."""
    found = FORMATS.get(name.lower())
    if found is None:
        from difflib import get_close_matches  # noqa: PLC0415 - slow to load

        near = get_close_matches(name.lower(), FORMATS, n=1)
        raise ReaderError(
            f"there is no format {name!r}",
            hint=f"did you mean {near[0]!r}?" if near else f"formats are {', '.join(FORMATS)}",
        )
    return found


def detect(text: str, path: str = "") -> Format:
    """The format of a text, by its content, else by the ending of its file.

    Raises :class:`~citekit.errors.ReaderError` when neither says anything.
    """
    head = text[:HEAD].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    ending = PurePath(path).suffix.lower()
    for one in FORMATS.values():
        if one.pattern.search(head):
            return one
    for one in FORMATS.values():
        if ending in one.endings:
            return one
    raise ReaderError(
        "can't tell which format this is",
        where=path,
        hint=f"name it: format= (or --from) one of {', '.join(FORMATS)}",
    )
