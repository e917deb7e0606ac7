"""Bibliographies as files: read back, opened or compiled by other programs."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from citekit import Bibliography, CitekitError, Date, Name, Record, Style
from citekit.cli import main
from citekit.output import formats, links
from citekit.output.highlight import highlighted
from citekit.output.listing import Listing
from citekit.output.runs import Run, runs

NASTY = r"""A_50% #1 & [x] {y} $z$ ~t^ \n "q" 'r' `s` <u> @v *w* |"""
RECORDS = [
    Record(
        "a b",
        "article-journal",
        title=f"{NASTY} <i>Homo sapiens</i>",
        author=[Name("Smith", "Jane A."), Name("Gogh", "Vincent", non_dropping_particle="van")],
        issued=Date(2001),
        DOI="10.1000/x_y(1)",
        container_title="Journal of <i>Plato</i> today",
        keyword="art; logic",
        annote="Read twice.",
    ),
    Record("c", "book", title="Second", author=[Name("Smith", "Karl")], issued=Date(1999)),
    Record("d", "book", title="Third", URL="https://example.org/?q=1&r=%20#s", keyword="art"),
]
TITLE = "Works & #1 *of* J_S"
ADDRESSES = ["https://doi.org/10.1000/x_y(1)", "https://example.org/?q=1&r=%20#s"]


@pytest.fixture(scope="module")
def bibliography() -> Bibliography:
    return Style.load("apa").bibliography(RECORDS)


@pytest.fixture(scope="module")
def listing(bibliography: Bibliography) -> Listing:
    return bibliography.listing(
        RECORDS, title=TITLE, group_by="year", highlight="Jane Smith", annotate=True, numbered=True
    )


def test_sections(listing: Listing) -> None:
    shown = [
        (each.heading, [(row.id, row.label) for row in each.rows]) for each in listing.sections
    ]
    assert shown == [
        ("2001", [("a b", "1.")]),
        ("1999", [("c", "2.")]),
        ("No date", [("d", "3.")]),
    ]


def test_a_style_with_numbers_gets_no_others() -> None:
    sections = Style.load("ieee").bibliography(RECORDS).listing(RECORDS, numbered=True).sections
    assert not any(row.label for each in sections for row in each.rows)


@pytest.mark.parametrize(
    ("name", "bold"),
    [
        ("Jane Smith", ["Smith, J. A."]),
        ("Smith, J. A.", ["Smith, J. A."]),
        ("smith", ["Smith, J. A.", "Smith, K."]),
        ("Vincent van Gogh", ["van Gogh, V."]),
        ("van Gogh", ["van Gogh, V."]),
        ("Smithson", []),
        ("Ann Smith", []),
        ("", []),
        (",", []),
    ],
)
def test_a_name_in_bold(bibliography: Bibliography, name: str, bold: list[str]) -> None:
    found = [
        run.text
        for entry in bibliography.entries
        for run in runs(highlighted(entry.events, name))
        if run.styles.get("font_weight") == "bold"
    ]
    assert sorted(found) == sorted(bold)


def test_a_namesake_with_the_same_initial_is_not_in_bold() -> None:
    records = [
        Record(given, "book", title=given, author=[Name("Smith", given)])
        for given in ("Jane", "John")
    ]
    printed = Style.load("apa").bibliography(records).listing(records, highlight="Jane Smith")
    bold = [
        row.id
        for row in printed.sections[0].rows
        if any(run.styles.get("font_weight") == "bold" for run in runs(row.events))
    ]
    assert bold == ["Jane"]


@pytest.mark.parametrize("style", ["apa", "ieee"])
def test_a_name_with_particles_in_bold(style: str) -> None:
    author = Name("Fuente", "María", dropping_particle="de la")
    record = Record("a", "book", title="A", author=[author, Name("Smith", "Jane")])
    listing = (
        Style.load(style).bibliography(record).listing([record], highlight="María de la Fuente")
    )
    (row,) = listing.sections[0].rows
    bold = [run.text for run in row.runs() if run.styles.get("font_weight") == "bold"]
    assert bold == ["Fuente, M. de la" if style == "apa" else "M. de la Fuente"]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("(see https://x.org/a_(b)).", ["https://x.org/a_(b)"]),
        ("(see https://x.org/a).", ["https://x.org/a"]),
        ("doi:10.1000/182, p. 3", ["https://doi.org/10.1000/182"]),
        ("https://x.org/ä'b", ["https://x.org/%C3%A4%27b"]),
        ("pages 10.5/20 and 10.10001", []),
    ],
)
def test_links(text: str, targets: list[str]) -> None:
    pieces = links.split(text)
    assert [target for _, target in pieces if target] == targets
    assert "".join(piece for piece, _ in pieces) == text


def test_docx_is_read_back(listing: Listing) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(formats.write(listing, "docx")))
    entries = [each for each in document.paragraphs if each.style.name == "Bibliography"]
    texts = [
        "".join(run.text for run in row.runs()) for each in listing.sections for row in each.rows
    ]
    assert [each.text for each in entries] == texts
    assert [each.url for entry in entries for each in entry.hyperlinks] == ADDRESSES
    italic = [run.text for run in entries[0].runs if run.italic]
    assert italic == ["Homo sapiens", "Journal of ", " Today"]
    assert [run.text for run in entries[0].runs if run.bold] == ["Smith, J. A."]
    layout = document.styles["Bibliography"].paragraph_format
    assert layout.first_line_indent == -layout.left_indent < 0
    assert document.core_properties.title == TITLE


def test_odt_is_read_back(listing: Listing) -> None:
    odfdo = pytest.importorskip("odfdo")
    document = odfdo.Document(io.BytesIO(formats.write(listing, "odt")))
    body = document.body
    texts = [
        "".join(run.text for run in row.runs()) for each in listing.sections for row in each.rows
    ]
    root = etree.fromstring(document.get_part("content.xml").serialize())
    name = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    for space in root.iter(f"{name}s"):
        space.text = " " * int(space.get(f"{name}c", "1"))
    entries = [
        each for each in root.iter(f"{name}p") if each.get(f"{name}style-name") == "Bibliography"
    ]
    assert ["".join(map(str, each.itertext())) for each in entries] == [
        text.replace("\n", "") for text in texts
    ]
    assert [each.url for each in body.get_links()] == ADDRESSES
    spans = {
        each.inner_text: document.get_style("text", each.style) for each in body.spans if each.style
    }
    assert spans["Homo sapiens"].get_properties(area="text")["fo:font-style"] == "italic"
    assert spans["Smith, J. A."].get_properties(area="text")["fo:font-weight"] == "bold"
    assert [each.inner_text for each in body.headers] == [TITLE, "2001", "1999", "No date"]


def pdf_text(pdf: bytes, tmp_path: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, check=True, timeout=60
    )
    return " ".join(done.stdout.decode().split())


def assert_complete(text: str) -> None:
    for part in ("Homo sapiens", "Read twice.", "van Gogh", "Second", TITLE, "No date", r"\n"):
        assert part in text


def test_pdf(listing: Listing, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    pdf = formats.write(listing, "pdf")
    assert pdf == formats.write(listing, "pdf")
    assert_complete(pdf_text(pdf, tmp_path))


def test_a_first_field_that_the_style_aligns_stands_in_the_margin() -> None:
    listing = Style.load("ieee").bibliography(RECORDS).listing(RECORDS)
    assert listing.indent == 28
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(formats.write(listing, "docx")))
    assert document.paragraphs[0].text.startswith("[1]\tJ. A. Smith")
    layout = document.styles["Bibliography"].paragraph_format
    assert (layout.left_indent.pt, layout.first_line_indent.pt) == (28, -28)
    odfdo = pytest.importorskip("odfdo")
    document = odfdo.Document(io.BytesIO(formats.write(listing, "odt")))
    assert document.body.get_paragraphs()[0].text_recursive.startswith("[1]\tJ. A. Smith")
    assert r"\pard\fi-560\li560\sa120 [1]\tab J. A. Smith" in formats.write(listing, "rtf").decode()
    assert r"#box(width: 28pt)[\[1\]];J. A. Smith" in formats.write(listing, "typst").decode()


def test_headings_have_no_numbers(listing: Listing) -> None:
    odfdo = pytest.importorskip("odfdo")
    document = odfdo.Document(io.BytesIO(formats.write(listing, "odt")))
    levels = document.get_part("styles.xml").get_elements("//text:outline-level-style")
    assert not any(level.get_attribute("style:num-format") for level in levels)


@pytest.mark.parametrize("format", ["docx", "odt", "rtf"])
def test_libreoffice_opens(format: str, listing: Listing, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / f"refs.{format}"
    path.write_bytes(formats.write(listing, format))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    assert_complete(pdf_text((tmp_path / "refs.pdf").read_bytes(), tmp_path))


@pytest.mark.parametrize("package", ["", r"\usepackage{hyperref}"])
def test_latex_compiles(package: str, listing: Listing, tmp_path: Path) -> None:
    if not shutil.which("pdflatex"):
        pytest.skip("pdflatex (texlive-latex-base) is not installed")
    body = formats.write(listing, "latex").decode()
    head = rf"\documentclass{{article}}\usepackage[T1]{{fontenc}}{package}"
    source = f"{head}\\begin{{document}}\n{body}\\end{{document}}\n"
    (tmp_path / "x.tex").write_text(source, "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "x.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]


def test_html_is_strict(listing: Listing) -> None:
    html5lib = pytest.importorskip("html5lib")
    page = formats.write(listing, "html").decode()
    tree = html5lib.HTMLParser(strict=True).parse(page)
    anchors = tree.iter("{http://www.w3.org/1999/xhtml}a")
    assert [each.get("href") for each in anchors] == ADDRESSES


def test_jats_is_well_formed(listing: Listing) -> None:
    root = etree.fromstring(formats.write(listing, "jats"))
    assert root.xpath("//ext-link/@*[local-name() = 'href']") == ADDRESSES
    assert [each.get("id") for each in root.iter("ref")] == ["ref-a_b", "ref-c", "ref-d"]
    assert [each.text for each in root.iter("label")] == ["1.", "2.", "3."]
    assert root.xpath("string(//ref[1]/note/p)") == "Read twice."


def test_wrapped(monkeypatch: pytest.MonkeyPatch, bibliography: Bibliography) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    lines = formats.write(bibliography.listing(), "wrapped").decode().splitlines()
    assert max(map(len, lines)) <= 50
    assert any(line.startswith("    ") for line in lines)


class Shouting:
    """The two functions that a format of one's own has to have."""

    def run(self, run: Run) -> str:
        return run.text.upper()

    def document(self, entries: list[tuple[str, str]]) -> str:
        return "\n".join(entry for _, entry in entries)


def test_a_format_of_ones_own(bibliography: Bibliography) -> None:
    written = formats.write(bibliography.listing(title="Title"), Shouting()).decode()
    assert written.startswith("TITLE\n\n")
    assert "HOMO SAPIENS" in written


@pytest.mark.parametrize(
    ("format", "module"), [("docx", "docx"), ("odt", "odfdo"), ("pdf", "typst")]
)
def test_a_package_that_is_missing(
    format: str, module: str, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(CitekitError, match=rf"pip install 'citekit-csl\[{format}\]'"):
        formats.write(listing, format)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["bibliography", *arguments])


def test_the_command(tmp_path: Path) -> None:
    first, second = tmp_path / "one.bib", tmp_path / "two.bib"
    first.write_text("@book{a, title={X}, author={Jane Smith}, year=2001, doi={10.1/ABC}}", "utf-8")
    second.write_text("@book{b, title={x}, author={Jane Smith}, year=2001}", "utf-8")
    options = ["--style", "apa", "--highlight", "Jane Smith", "--title", "Mine", "--numbered"]
    result = run(str(first), str(second), *options, "--format", "html")
    assert result.exit_code == 0, result.output
    assert "<h1>Mine</h1>" in result.stdout
    assert "1. <b>Smith, J.</b>" in result.stdout
    assert "the same title and year as 'a'" in result.stderr
    page = tmp_path / "x.html"
    assert run(str(first), "--style", "apa", "-o", str(page), "--no-links").exit_code == 0
    assert "<a " not in page.read_text("utf-8")


def test_ids_and_spans_on_the_command_line(tmp_path: Path) -> None:
    bib, page = tmp_path / "one.bib", tmp_path / "x.html"
    bib.write_text("@book{a, title={X}, author={Jane Smith}, year=2001}", "utf-8")
    asked = (str(bib), "--style", "apa")
    assert 'id="ref-a"' not in run(*asked, "--format", "html").stdout
    assert 'id="ref-a"' in run(*asked, "--format", "html", "--ids").stdout
    assert run(*asked, "-o", str(page), "--semantic").exit_code == 0
    assert 'id="ref-a"' in page.read_text("utf-8")
    assert 'data-name="Jane Smith"' in page.read_text("utf-8")
    refused = run(*asked, "--semantic")
    assert (refused.exit_code, "--format html" in refused.stderr) == (2, True)
    cited = CliRunner().invoke(main, ["cite", *asked, "--semantic", "--format", "html"])
    assert '<span class="csl-year">2001</span>' in cited.stdout
