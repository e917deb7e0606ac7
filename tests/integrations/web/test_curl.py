"""The commands of docs/server.md, run by curl as they stand there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.integrations.web.conftest import serving

ROOT = Path(__file__).parents[3]
REFS = """\
@book{doe2001, title = {Archives}, author = {Doe, Jane}, year = 2001, doi = {10.1234/abc}}
"""
BLOCKS = re.findall(
    r"^```sh\n(.*?)^```$", (ROOT / "docs" / "server.md").read_text("utf-8"), re.M | re.S
)
COMMANDS = [command for block in BLOCKS for command in re.split(r"^(?=curl )", block, flags=re.M)]
ANSWERS = [
    '"content":"Doe. (o. J.). Archives."',
    "Archives",
    "Doe, J. (2001). Archives. https://doi.org/10.1234/abc",
    "@book{doe2001,",
    "Doe, J. (2001). Archives. https://doi.org/10.1234/abc",
]
"""What is in the answers, in the order of the commands."""


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_what_is_documented_works(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(REFS, encoding="utf-8")
    asked = [command for command in COMMANDS if command.startswith("curl ")]
    with serving("--records", str(tmp_path / "refs.bib")) as url:
        answers = [
            subprocess.run(
                ["bash", "-c", command.replace("http://127.0.0.1:8000", url)],
                cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60,
            ).stdout.replace("\xa0", " ")
            for command in asked
        ]  # fmt: skip
    assert len(answers) == len(ANSWERS)
    for answer, expected in zip(answers, ANSWERS, strict=True):
        assert expected in answer
