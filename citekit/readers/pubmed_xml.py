"""PubMed's XML → records, by way of the tags of RIS.

Source: the document type definition of PubMed ("PubMed DTD", PubmedArticleSet).
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve
from lxml import etree

from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.ris import to_item
from citekit.readers.tagged import Field
from citekit.readers.xml_text import line_of, parse, text_of
from citekit.records.record import Record

__all__ = ["iter_items"]

_PATHS = {
    "Journal/Title": "T2", "Journal/ISOAbbreviation": "J2", "Journal/ISSN": "SN",
    "Journal/JournalIssue/Volume": "VL", "Journal/JournalIssue/Issue": "IS",
    "Pagination/MedlinePgn": "SP", "Language": "LA",
}  # fmt: skip
_MARKUP = ("i", "b", "sup", "sub")


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The articles in turn; raises :class:`~citekit.errors.ReaderError` for what is no XML."""
    keys = keys or Keys()
    root = parse(text, where)
    for citation in root.iter("MedlineCitation"):
        article = citation.find("Article")
        if article is None:
            continue
        numbers = _numbers(citation)
        item = to_item(_as_ris(citation, article, numbers), where, keys)
        if item.record is None:
            yield item
            continue
        record = item.record
        yield evolve(
            item,
            record=Record.from_parts(
                record.id,
                record.type,
                texts={**record.texts, **numbers},
                names=record.names,
                dates=record.dates,
            ),
        )


def _as_ris(
    citation: etree._Element, article: etree._Element, numbers: dict[str, str]
) -> list[Field]:
    pairs = [("TY", "JOUR"), ("ID", numbers.get("PMID", ""))]
    pairs += [("TI", _marked(article.find("ArticleTitle")))]
    for path, tag in _PATHS.items():
        pairs.append((tag, text_of(article.find(path))))
    pairs += [("AU", _name(author)) for author in article.findall("AuthorList/Author")]
    pairs += [("DA", _date(article.find("Journal/JournalIssue/PubDate")))]
    for part in article.findall("Abstract/AbstractText"):
        label = str(part.get("Label") or "")
        pairs.append(("AB", f"{label}: {_marked(part)}" if label else _marked(part)))
    pairs += [("KW", text_of(word)) for word in citation.findall("KeywordList/Keyword")]
    pairs += [("MeshHeading", text_of(name)) for name in
              citation.findall("MeshHeadingList/MeshHeading/DescriptorName")]  # fmt: skip
    line = line_of(citation)
    return [Field(tag, value, line, False) for tag, value in pairs if value]


def _numbers(citation: etree._Element) -> dict[str, str]:
    found = {"PMID": text_of(citation.find("PMID"))}
    outer = citation.getparent()
    # In PubMed's files an article has an element of its own; in MEDLINE's all share one.
    alone = None if outer is None or outer.tag != "PubmedArticle" else outer
    ids = [] if alone is None else alone.findall("PubmedData/ArticleIdList/ArticleId")
    for number in (*ids, *citation.findall("Article/ELocationID")):
        kind = str(number.get("IdType") or number.get("EIdType") or "").lower()
        variable = {"doi": "DOI", "pmc": "PMCID"}.get(kind)
        if variable:
            found.setdefault(variable, text_of(number))
    return {variable: number for variable, number in found.items() if number}


def _name(author: etree._Element) -> str:
    body = text_of(author.find("CollectiveName"))
    if body:
        return body.replace(",", " ")
    given = text_of(author.find("ForeName")) or text_of(author.find("Initials"))
    parts = [text_of(author.find("LastName")), given, text_of(author.find("Suffix"))]
    return ", ".join(filter(None, parts))


def _date(date: etree._Element | None) -> str:
    if date is None:
        return ""
    parts = [text_of(date.find(name)) for name in ("Year", "Month", "Day")]
    season = text_of(date.find("Season"))
    said = " ".join(filter(None, [*parts[:1], season] if season else parts))
    return said or text_of(date.find("MedlineDate"))


def _marked(element: etree._Element | None) -> str:
    """The text, with the tags that CSL-JSON has, too."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for inner in element.iterchildren("*"):
        text = "".join(str(part) for part in inner.itertext())
        tag = inner.tag if inner.tag in _MARKUP and text else ""
        parts += [f"<{tag}>{text}</{tag}>" if tag else text, inner.tail or ""]
    return " ".join("".join(parts).split())
