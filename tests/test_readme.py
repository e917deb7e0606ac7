"""The README's example and commands do what the README says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from citekit import Citation, Cite, Style
from citekit.readers import csl_json

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_prints_what_is_shown() -> None:
    match = re.search(r"```python\n(.*?)```\n\nprints\n\n```text\n(.*?)```", README, re.DOTALL)
    assert match
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(match[1], {})
    assert printed.getvalue() == match[2]


def test_the_house_style_prints_what_is_shown() -> None:
    match = re.search(r"<!-- output: house -->\n```text\n(.*)\n(.*)\n```", README)
    assert match
    records = csl_json.loads((ROOT / "docs/examples/shakhnazarov.json").read_text("utf-8"))
    style = Style.load("making-the-history-of-1989")
    result = style.process(records, [Citation([Cite(record.id) for record in records])])
    [citation], [entry] = result.citations, result.bibliography.entries
    assert [citation.text, entry.text] == list(match.groups())
    assert [citation.html, entry.html] == list(match.groups())


def test_the_page_is_started_alike_wherever_it_is_told() -> None:
    told = re.search(r"<!-- command: page -->\n(```sh\n.*?```)", README, re.DOTALL)
    assert told
    assert told[1] in (ROOT / "docs/page.md").read_text("utf-8")


def test_nobody_is_told_to_install_the_other_citekit() -> None:
    texts = [README, *(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))]
    for text in texts:
        assert not re.search(r"pip install (\S+ )*[\"']?citekit(?!-csl)\b", text)
