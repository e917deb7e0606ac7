"""The command line: what it prints, where, and with which status it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from citekit.cli import locators, main
from citekit.records.vocabulary import LOCATOR_LABELS

ROOT = Path(__file__).resolve().parent.parent
LETTERS = str(ROOT / "tests" / "data" / "letters.json")
LETTER = str(ROOT / "docs" / "examples" / "shakhnazarov.json")
APA = ["(Shakhnazarov, 1988)", "(Kovács & van der Meer, 1991)", "(Adams, 1999b)", "(Adams, 1999a)"]
ONE = '[{"id": "one", "type": "book", "title": "Žluťoučký"}]'

COMMANDS = (
    (),
    ("cite",),
    ("bibliography",),
    ("styles",),
    ("styles", "search"),
    ("styles", "check"),
    ("locales",),
)

posix = pytest.mark.skipif(os.name != "posix", reason="signals, devices and modes are of POSIX")


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin)


def lines(*arguments: str, stdin: str | None = None) -> list[str]:
    """What is printed by a command that succeeds and has nothing to warn of."""
    result = run(*arguments, stdin=stdin)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


# ------------------------------------------------------------------------- cite


def test_every_record_on_a_line_as_in_one_document() -> None:
    assert lines("cite", LETTERS, "--style", "apa") == APA
    assert lines("cite", LETTERS, "--style", "ieee") == ["[1]", "[2]", "[3]", "[4]"]


def test_only_some_records_cited_as_among_all() -> None:
    asked = ("--id", "adams-a", "--id", "164")
    assert lines("cite", LETTERS, "--style", "apa", *asked) == [APA[2], APA[0]]
    assert lines("cite", LETTERS, "--style", "ieee", *asked) == ["[3]", "[1]"]


def test_html() -> None:
    printed = lines("cite", LETTERS, "--style", "apa", "--id", "kovacs", "--format", "html")
    assert printed == ["(Kovács &#38; van der Meer, 1991)"]


def test_several_styles_in_order() -> None:
    styles = ("--style", "modern-language-association", "--style", "apa")
    assert lines("cite", LETTERS, *styles, "--id", "kovacs", "--id", "164") == [
        "(Kovács and van der Meer)",
        "(Shakhnazarov)",
        APA[1],
        APA[0],
    ]


@pytest.mark.parametrize(
    ("locator", "printed"),
    [("page 12", "p. 12"), ("pp. 3-4", "pp. 3–4"), ("12", "p. 12"), ("chap. 2", "Chapter 2")],
)
def test_locators_are_printed(locator: str, printed: str) -> None:
    asked = ("--id", "164", "--locator", locator)
    assert lines("cite", LETTERS, "--style", "apa", *asked) == [f"(Shakhnazarov, 1988, {printed})"]


def test_a_locale() -> None:
    for locale, page in (("de-DE", "S. 5"), ("fr", "p. 5"), ("en-US", "p. 5")):
        [line] = lines("cite", LETTER, "--style", "apa", "--locale", locale, "--locator", "page 5")
        assert line == f"(Shakhnazarov, 1988, {page})"


def test_a_line_break_in_a_field_doesnt_make_two_lines() -> None:
    item = json.dumps([{"id": 1, "type": "book", "title": "Two\nlines"}])
    assert lines("cite", "--style", "apa", stdin=item) == ["(Two Lines, n.d.)"]


def test_nothing_printed_is_an_empty_line_and_a_warning(tmp_path: Path) -> None:
    style = tmp_path / "publisher.csl"
    style.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info>'
        "<id>x</id><title>x</title><updated>2020-01-01T00:00:00+00:00</updated></info>"
        '<citation><layout><text variable="publisher"/></layout></citation></style>',
        "utf-8",
    )
    result = run("cite", LETTERS, "--style", str(style))
    assert result.exit_code == 0
    assert result.stdout == "\nNádor Press\n\nEast & West\n"
    assert result.stderr.count("prints no citation") == 2
    assert "'164'" in result.stderr
    assert "'adams-a'" in result.stderr
    result = run("bibliography", LETTERS, "--style", str(style))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "has no bibliography" in result.stderr


# ------------------------------------------------------------------------- locators


@pytest.mark.parametrize(
    ("text", "label", "locator"),
    [
        ("page 12", "page", "12"),
        ("p. 12", "page", "12"),
        ("p.12", "page", "12"),
        ("p12", "page", "12"),
        ("pp. 3-4", "page", "3-4"),
        ("Pages 3-4, 9", "page", "3-4, 9"),
        ("12", "page", "12"),
        ("xii n. 3", "page", "xii n. 3"),
        ("12 recto", "page", "12 recto"),
        ("page plate 5", "page", "plate 5"),
        ("chap. 2", "chapter", "2"),
        ("chapters 2 & 3", "chapter", "2 & 3"),
        ("§ 5", "section", "5"),
        ("§5", "section", "5"),
        ("¶¶ 5-6", "paragraph", "5-6"),
        ("v. 3", "verse", "3"),
        ("vol. 3", "volume", "3"),
        ("sub verbo Archive", "sub-verbo", "Archive"),
        ("s.v. Archive", "sub-verbo", "Archive"),
        ("article-locator 4", "article-locator", "4"),
        ("title 4", "title-locator", "4"),
        ("timestamp 01:02:03", "timestamp", "01:02:03"),
    ],
)
def test_a_locator_is_read(text: str, label: str, locator: str) -> None:
    assert locators.parse(text) == (locator, label)
    assert locators.parse(f"  {text} ") == (locator, label)


@pytest.mark.parametrize("label", sorted(LOCATOR_LABELS))
def test_every_label_and_its_plural(label: str) -> None:
    assert locators.parse(f"{label} 7") == ("7", label)
    assert locators.parse(f"{label.replace('-', ' ').upper()} 7") == ("7", label)
    spelled = [form for form, meant in locators.FORMS.items() if meant == label]
    assert len(spelled) > 1
    for form in spelled:
        assert locators.parse(f"{form} 7-8") == ("7-8", label)


@pytest.mark.parametrize("text", ["", "  ", "page", "p.", "plate 5", "chpater 3", "box xii"])
def test_no_locator(text: str) -> None:
    with pytest.raises(click.BadParameter):
        locators.parse(text)
    result = run("cite", LETTERS, "--style", "apa", "--locator", text)
    assert result.exit_code == 2
    assert "locator" in result.stderr


@given(st.text())
def test_any_text_is_a_locator_or_refused(text: str) -> None:
    try:
        locator, label = locators.parse(text)
    except click.BadParameter:
        return
    assert locator
    assert text.strip().endswith(locator)
    assert label in LOCATOR_LABELS


# ------------------------------------------------------------------------- input


@pytest.mark.parametrize("files", [(), ("-",)])
def test_standard_input(files: tuple[str, ...]) -> None:
    assert lines("cite", *files, "--style", "apa", stdin=ONE) == ["(Žluťoučký, n.d.)"]


def test_several_files_are_one_library() -> None:
    printed = lines("cite", LETTERS, "-", "--style", "apa", stdin=ONE)
    assert printed == [*APA, "(Žluťoučký, n.d.)"]


def test_an_id_in_two_files_keeps_both_records(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(
        '[{"id": "kovacs", "type": "book", "title": "Other"}, {"id": "kovacs-2", "type": "book",'
        ' "title": "Third"}]',
        "utf-8",
    )
    result = run("cite", LETTERS, str(other), "--style", "apa")
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [*APA, "(Other, n.d.)", "(Third, n.d.)"],
    )
    assert result.stderr == (
        f"warning: {other}, record 'kovacs': a record of {LETTERS} has this id, too; this one is "
        "'kovacs-2'; give it another id, or leave one of them out\n"
        f"warning: {other}, record 'kovacs-2': a record of {other} has this id, too; this one is "
        "'kovacs-2-2'; give it another id, or leave one of them out\n"
    )
    chosen = run("cite", LETTERS, str(other), "--style", "apa", "--id", "kovacs-2")
    assert chosen.stdout == "(Other, n.d.)\n"
    listed = run("bibliography", LETTERS, str(other), "--style", "apa").stdout
    assert all(title in listed for title in ("Other", "Third"))


def test_a_record_in_two_files_is_printed_once(tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    copy.write_bytes(Path(LETTERS).read_bytes())
    result = run("cite", LETTERS, str(copy), LETTERS, "--style", "apa")
    assert (result.exit_code, result.stdout.splitlines()) == (0, APA)
    told = result.stderr.splitlines()
    assert len(told) == 2 * len(APA)
    assert told[0] == (
        f"warning: {copy}, record '164': the same record as in {LETTERS}, printed once"
    )
    assert run("bibliography", LETTERS, str(copy), "--style", "apa").stdout == (
        run("bibliography", LETTERS, "--style", "apa").stdout
    )


def test_an_unknown_id() -> None:
    result = run("cite", LETTERS, "--style", "apa", "--id", "kovac")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"citekit: {LETTERS}: there is no record with the id 'kovac'\n"
        "  hint: did you mean 'kovacs'?\n"
    )


def test_no_records() -> None:
    for command in ("cite", "bibliography"):
        assert lines(command, "--style", "apa", stdin="[]") == []


def test_doubts_are_told_and_dont_stop_anything() -> None:
    items = [{"id": n, "type": "letter", "title": "T", "shelf": "x"} for n in range(30)]
    result = run("bibliography", "-", "--style", "apa", stdin=json.dumps(items))
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 30
    first, *others = result.stderr.splitlines()
    assert first.startswith("warning: standard input, record '0': type: 'letter'")
    assert len(others) == 20
    rest = "warning: … and 40 more (--report FILE names all): type (20), shelf (20)"
    assert others[-1] == rest


# ------------------------------------------------------------------------- bibliography


def test_entries_in_the_order_of_the_style() -> None:
    printed = lines("bibliography", LETTERS, "--style", "apa")
    assert [line.split(" ")[0] for line in printed] == [
        "Adams,",
        "Adams,",
        "Kovács,",
        "Shakhnazarov,",
    ]
    assert printed[2] == "Kovács, É., & van der Meer, J. (1991). Borders: A History. Nádor Press."
    assert lines("bibliography", LETTERS, "--style", "ieee")[1].startswith("[2] É. Kovács")


def test_a_fragment_of_html() -> None:
    printed = "\n".join(lines("bibliography", LETTERS, "--style", "apa", "--format", "html"))
    assert printed.startswith('<div class="csl-bib-body">')
    assert printed.count('<div class="csl-entry">') == 4
    assert "<i>Borders: A History</i>" in printed


@pytest.mark.parametrize(
    ("name", "options", "page"),
    [
        ("refs.html", (), True),
        ("refs.HTM", (), True),
        ("refs.txt", (), False),
        ("refs", (), False),
        ("refs.txt", ("--format", "html"), True),
        ("refs.html", ("--format", "text"), False),
    ],
)
def test_the_format_of_a_file(
    name: str, options: tuple[str, ...], page: bool, tmp_path: Path
) -> None:
    path = tmp_path / name
    printed = lines("bibliography", LETTERS, "--style", "apa", "-o", str(path), *options)
    assert not printed
    written = path.read_text("utf-8")
    assert written.startswith("<!DOCTYPE html>") is page
    assert "Kovács" in written
    assert ("<i>Borders" in written) is page
    assert written.endswith("\n")


@pytest.mark.parametrize(
    ("style", "locale", "rules"),
    [
        ("apa", "de-DE", ["text-indent: -2em", "line-height: 2.6em", "margin-bottom: 0em"]),
        ("ieee", "en-US", ["display: table-row", "padding-bottom: 0em"]),
        ("chicago-notes-bibliography", "fr-FR", ["text-indent: -2em"]),
        ("making-the-history-of-1989", "en-US", ["line-height: 1.3em", "margin-bottom: 1.3em"]),
    ],
)
def test_a_page_is_set_as_the_style_asks(
    style: str, locale: str, rules: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "refs.html"
    lines("bibliography", LETTERS, "--style", style, "--locale", locale, "-o", str(path))
    page = path.read_text("utf-8")
    assert f'<html lang="{locale}">' in page
    css = page.partition("<style>")[2].partition("</style>")[0]
    for rule in rules:
        assert rule in css
    assert css.count("{") == css.count("}")
    indents = "text-indent: -2em" in rules
    assert ("text-indent" in css) is indents


def test_a_failure_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "refs.txt"
    path.write_text("before", "utf-8")
    result = run("bibliography", "--style", "apa", "-o", str(path), stdin="[{]")
    assert result.exit_code == 1
    assert path.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cant_be_written(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "refs.txt"
    result = run("bibliography", LETTERS, "--style", "apa", "-o", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(path) in result.stderr
    assert "folder" in result.stderr


@posix
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link, new = tmp_path / "refs.txt", tmp_path / "link.txt", tmp_path / "new.txt"
    path.write_text("before", "utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    lines("bibliography", LETTERS, "--style", "apa", "-o", str(link))
    assert link.is_symlink()
    assert path.read_text("utf-8").startswith("Adams")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    lines("bibliography", LETTERS, "--style", "apa", "-o", str(new))
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(new.stat().st_mode) == 0o666 & ~umask


# ------------------------------------------------------------------------- lists


def test_styles() -> None:
    assert lines("styles", "making", "1989") == [
        "making-the-history-of-1989\tMaking the History of 1989"
    ]
    found = lines("styles", "Chicago", "notes")
    assert found[0].split("\t")[0].startswith("chicago-notes")
    dependent = [line.split("\t") for line in found if line.count("\t") == 2]
    assert dependent
    assert all(parent and "/" not in parent for *_, parent in dependent)


def test_all_styles() -> None:
    assert len(lines("styles")) > 10_000


def test_styles_as_json() -> None:
    result = run("styles", "making", "1989", "--json")
    assert json.loads(result.stdout) == [
        {
            "name": "making-the-history-of-1989",
            "title": "Making the History of 1989",
            "id": "urn:citekit:style:making-the-history-of-1989",
            "parent": None,
            "citation-format": "note",
        }
    ]


def test_no_styles() -> None:
    result = run("styles", "chicagoo")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "'chicagoo'" in result.stderr
    assert "hint: did you mean chicago" in result.stderr


def test_a_search_for_the_name_of_a_command() -> None:
    assert lines("styles", "search", "making", "1989") == lines("styles", "making", "1989")
    assert all("check" in line.casefold() for line in lines("styles", "search", "check"))
    assert lines("styles", "search") == lines("styles")


# ------------------------------------------------------------------------- checking styles


CHECKED = ROOT / "tests" / "check" / "styles"


def test_a_sound_style() -> None:
    result = run("styles", "check", str(CHECKED / "sound.csl"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "no errors and no warnings in 1 file\n"


def test_warnings_alone_are_no_failure() -> None:
    result = run("styles", "check", str(CHECKED / "sorting.csl"))
    assert result.exit_code == 0
    first, hint, *_ = result.stdout.splitlines()
    assert first.startswith(f"{CHECKED / 'sorting.csl'}:7: warning: sort-separator")
    assert hint == "  hint: add name-as-sort-order or remove sort-separator"
    assert result.stderr == "no errors and 3 warnings in 1 file\n"


def test_errors_of_several_files() -> None:
    paths = [str(CHECKED / name) for name in ("sound.csl", "orphan.csl", "sorting.csl")]
    result = run("styles", "check", *paths)
    assert result.exit_code == 1
    found = [line.split(": ")[0] for line in result.stdout.splitlines() if line[0] != " "]
    assert found == [f"{paths[1]}:{n}" for n in (1, 5, 7)] + [
        f"{paths[2]}:{n}" for n in (7, 12, 12)
    ]
    assert result.stderr == "3 errors and 3 warnings in 3 files\n"


def test_problems_as_json() -> None:
    path = str(CHECKED / "web-page.csl")
    result = run("styles", "check", path, "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout) == [
        {
            "file": path,
            "line": 1,
            "severity": "error",
            "message": "this looks like a web page (HTML), not a style",
            "hint": "download the style itself: the .csl file, or “raw” on GitHub",
        }
    ]
    assert json.loads(run("styles", "check", str(CHECKED / "sound.csl"), "--json").stdout) == []


def test_a_style_that_cant_be_read_doesnt_hide_the_others() -> None:
    missing, other = str(ROOT / "no-such.csl"), str(CHECKED / "sorting.csl")
    for options in ((), ("--json",)):
        result = run("styles", "check", missing, other, *options)
        assert result.exit_code == 1
        assert "sort-separator" in result.stdout
        assert f"citekit: {missing}: it can't be read: " in result.stderr
    assert run("styles", "check", missing).stdout == ""


def test_a_style_from_standard_input() -> None:
    result = run("styles", "check", "-", stdin=(CHECKED / "sorting.csl").read_bytes())
    assert result.exit_code == 0
    assert result.stdout.startswith("standard input:7: warning: ")


# ------------------------------------------------------------------------- locales


def test_locales() -> None:
    found = lines("locales")
    assert found == sorted(found)
    assert {"en-US", "en-GB", "de-DE", "cs-CZ"} <= set(found)


# ------------------------------------------------------------------------- usage


def test_help_has_examples_that_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    house = (ROOT / "styles" / "making-the-history-of-1989.csl").read_text("utf-8")
    (tmp_path / "our-archive.csl").write_text(house, "utf-8")
    (tmp_path / "letters.json").write_bytes(Path(LETTERS).read_bytes())
    (tmp_path / "books.json").write_text(ONE, "utf-8")
    for command in COMMANDS:
        text = run(*command, "--help")
        assert text.exit_code == 0
        examples = re.findall(r"^    ?citekit (.+)$", text.stdout, re.MULTILINE)
        assert examples
        for example in examples:
            shell, _, redirected = example.partition(" < ")
            words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', shell)]
            stdin = (tmp_path / redirected).read_text("utf-8") if redirected else None
            assert run(*words, stdin=stdin).exit_code == 0, example


def test_the_version() -> None:
    assert re.fullmatch(r"citekit \d+\.\d+\S*\n", run("--version").stdout)


@pytest.mark.parametrize(
    "arguments",
    [
        ("cite", LETTERS),
        ("bibliography", LETTERS),
        ("cite", LETTERS, "--style", "apa", "--format", "docx"),
        ("cite", LETTERS, "--style", "apa", "--colour"),
        ("bibliography", LETTERS, "--style", "apa", "-o", str(ROOT)),
        ("site", LETTERS),
        (),
    ],
)
def test_a_wrong_command(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr


# ------------------------------------------------------------------------- processes


def process(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "citekit", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | environment,
        cwd=ROOT,
    )


def test_utf_8_whatever_the_locale() -> None:
    with process("cite", "--style", "apa", LC_ALL="C", PYTHONIOENCODING="ascii") as running:
        out, err = running.communicate(ONE.encode("utf-8"), timeout=60)
    assert (running.returncode, err) == (0, b"")
    assert out.decode("utf-8").splitlines() == ["(Žluťoučký, n.d.)"]


@posix
@pytest.mark.parametrize("arguments", [("styles",), ("styles", "--json"), ("cite", "--help")])
def test_a_reader_that_stops_reading(arguments: tuple[str, ...]) -> None:
    with process(*arguments) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) in (1, 141)


@posix
def test_an_interrupt(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.json"
    os.mkfifo(fifo)
    # Opening it waits for the command to open it; the command then waits for its content.
    with process("cite", str(fifo), "--style", "apa") as running, fifo.open("wb"):
        assert running.stderr is not None
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert b"Traceback" not in running.stderr.read()


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "citekit", "cite", LETTERS, "--style", "apa"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
            cwd=ROOT,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"citekit: can't read or write")
    assert done.stderr.count(b"\n") == 1


@posix
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.json"
    path.write_text(ONE, "utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    result = run("cite", str(path), "--style", "apa")
    assert result.exit_code == 1
    assert str(path) in result.stderr
