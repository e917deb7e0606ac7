"""Input that can't be used: said in so many words, at once, in Python and on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from citekit import (
    CitekitError,
    LocaleError,
    ReaderError,
    RecordError,
    Style,
    StyleError,
    StyleNotFoundError,
)
from citekit.readers import csl_json

ITEM = {"id": "a", "type": "book", "title": "Ape"}
GOOD = json.dumps([ITEM]).encode()
STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><id>x</id><title>x</title><updated>2020-01-01T00:00:00+00:00</updated></info>
  <macro name="one"><text macro="two"/></macro>
  <macro name="two"><text macro="one"/></macro>
  <citation><layout><text {layout}/></layout></citation>
</style>"""
UNSPOILT = STYLE.format(layout='variable="title"').replace('<text macro="one"/>', "")
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE style [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
    + STYLE.format(layout='value="&i;"')
)
LARGE = 50 * 1024 * 1024
SECONDS = 60
"""Ample for what takes a second at most; without a bound some of these would take hours."""


@frozen
class Case:
    """What the file ``name`` holds, and what of the error must be told."""

    name: str
    error: type[CitekitError]
    tells: tuple[str, ...]
    content: bytes | Callable[[], bytes] = b""
    style: str = "apa"
    locale: str | None = None

    def write(self, folder: Path) -> Path:
        """The file, written; a name without content stands for no file, ``folder`` for itself."""
        path = folder / self.name
        content = self.content if isinstance(self.content, bytes) else self.content()
        if self.name not in ("missing.json", "missing.csl", ""):
            path.write_bytes(content)
        return path


RECORDS = [
    Case("truncated.json", ReaderError, ("line 1", "cut off"), GOOD[:-6]),
    Case("untyped.json", RecordError, ("'a'", "type", '"document"'), b'[{"id": "a"}]'),
    Case("no-id.json", RecordError, ("record 1", "id"), b'[{"type": "book"}]'),
    Case("wrong-kind.json", RecordError, ("'a'", "author"), GOOD.replace(b"title", b"author")),
    Case("twice.json", RecordError, ("same id",), json.dumps([ITEM, ITEM]).encode()),
    Case("nonsense.json", ReaderError, ("line 1",), lambda: b"nonsense " * (LARGE // 9)),
    Case("brackets.json", ReaderError, ("nested",), lambda: b"[" * LARGE),
    Case("unclosed.json", ReaderError, ("line 1",), lambda: b'["' + b"x" * LARGE),
    Case("digits.json", CitekitError, (), lambda: b'[{"id": ' + b"9" * 10**6 + b"}]"),
    Case(
        "numbers.json",
        RecordError,
        ("expected an object", "more"),
        lambda: b"[%b1]" % (b"1," * 10**5),
    ),
    Case("text.json", ReaderError, ("array",), b'"a text"'),
    Case("binary.json", ReaderError, ("UTF-8",), bytes(range(256)) * 40),
    Case("empty.json", ReaderError, ("empty",)),
    Case("missing.json", ReaderError, ("No such file", "path")),
    Case("", ReaderError, ("directory",)),
]
STYLES = [
    Case("not-xml.csl", StyleError, ("line 1", "XML"), b"This is a letter to the editor."),
    Case("truncated.csl", StyleError, ("line 5", "cut off"), STYLE.encode()[:-10]),
    Case("binary.csl", StyleError, ("binary",), b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    Case("empty.csl", StyleError, ("empty",)),
    Case("page.csl", StyleError, ("web page",), b"<!DOCTYPE html><html></html>"),
    Case("json.csl", StyleError, ("JSON",), GOOD),
    Case("other.csl", StyleError, ("<style",), b"<records/>"),
    Case(
        "recursive.csl",
        StyleError,
        ("one", "two", "circle"),
        STYLE.format(layout='macro="one"').encode(),
    ),
    Case(
        "no-macro.csl",
        StyleError,
        ("line 5", "three"),
        STYLE.format(layout='macro="three"').encode(),
    ),
    Case("bomb.csl", StyleError, ("line 1", "DOCTYPE", "entities"), BOMB.encode()),
    Case(
        "large.csl",
        StyleError,
        ("bytes", "more than"),
        lambda: STYLE.replace("<info>", f"<!--{'x' * LARGE}--><info>").encode(),
    ),
    Case("deep.csl", StyleError, ("deep",), lambda: b"<group>" * 10**5),
    Case("missing.csl", StyleNotFoundError, ("missing.csl", "path")),
]
ARGUMENTS = [
    Case("good.json", StyleNotFoundError, ("'chicagoo'", "chicago"), GOOD, style="chicagoo"),
    Case("good.json", StyleNotFoundError, ("'apaa'", "did you mean apa"), GOOD, style="apaa"),
    Case("good.json", StyleError, ("citekit styles",), GOOD, style=""),
    Case("good.json", StyleError, ("citekit styles",), GOOD, style="\x07" * 5000),
    Case("good.json", LocaleError, ("'xx-XX'", "citekit locales"), GOOD, locale="xx-XX"),
    Case("good.json", LocaleError, ("'german'", "de-DE"), GOOD, locale="german"),
]


def name_of(case: Case) -> str:
    return case.name or "a directory"


def python(records: Path, style: str, locale: str | None) -> None:
    loaded = Style.load(style, locale)
    loaded.cite(csl_json.load(records))


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "citekit", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=SECONDS,
        stdin=subprocess.DEVNULL,
    )


def check(case: Case, file: Path | None, records: Path, style: str) -> None:
    started = time.monotonic()
    with pytest.raises(case.error) as caught:
        python(records, style, case.locale)
    assert time.monotonic() - started < SECONDS
    error = caught.value
    assert error.what
    assert error.hint or all(problem.hint for problem in getattr(error, "problems", [None]))
    for told in case.tells:
        assert told in str(error)
    if file is not None:
        assert str(file) in str(error)
    assert len(str(error)) < 6000

    # Spelled with "=", as the empty text is no value otherwise.
    locale = [] if case.locale is None else [f"--locale={case.locale}"]
    done = command("cite", records, f"--style={style}", *locale)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"citekit: {error}\n"


@pytest.mark.parametrize("case", RECORDS, ids=name_of)
def test_records(case: Case, tmp_path: Path) -> None:
    path = case.write(tmp_path)
    check(case, path, path, case.style)


@pytest.mark.parametrize("case", STYLES, ids=name_of)
def test_styles(case: Case, tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_bytes(GOOD)
    path = case.write(tmp_path)
    check(case, path, good, str(path))


@pytest.mark.parametrize("case", ARGUMENTS, ids=lambda case: repr(case.locale or case.style[:9]))
def test_arguments(case: Case, tmp_path: Path) -> None:
    check(case, None, case.write(tmp_path), case.style)


def test_the_input_that_all_this_is_spoilt_from_is_good(tmp_path: Path) -> None:
    records, style = tmp_path / "good.json", tmp_path / "good.csl"
    records.write_bytes(GOOD)
    style.write_text(UNSPOILT, "utf-8")
    done = command("cite", records, f"--style={style}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Ape\n", "")


def test_a_bomb_as_text_is_refused_too() -> None:
    with pytest.raises(StyleError, match="DOCTYPE"):
        Style.from_xml(BOMB)
