"""Files that are made to do harm, or no text in UTF-8: read as ever, or refused in clear words."""

from __future__ import annotations

import re
import socket
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import citekit
from citekit import ReaderError
from citekit.readers import xml_text
from citekit.readers.formats import FORMATS
from tests.readers.fuzz import guard
from tests.readers.test_formats import EXAMPLES

BOMBS = tomllib.loads(Path(__file__).with_name("bombs.toml").read_text("utf-8"))
XML = [path for path in EXAMPLES if re.match(r"\s*<(?!!doctype html)", path.read_text("utf-8"))]
TEXTS = [path for path in EXAMPLES if path.suffix != ".mrc"]
SECRET = "nobody asked for this"


def name_of(case: Any) -> str:
    return f"{case.parent.name}" if isinstance(case, Path) else str(case["name"])


@pytest.fixture
def server() -> Iterator[tuple[str, list[object]]]:
    """An address of this machine, and who has asked for anything there."""
    asked: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    connection, address = listening.accept()
                except OSError:
                    return
                asked.append(address)
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}", asked
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def spoilt(text: str, case: dict[str, Any], address: str, secret: Path) -> str:
    declared = re.match(r"\s*<\?xml[^>]*\?>", text)
    declaration = case.get("declaration", declared[0] if declared else "")
    body = re.sub(r"<!DOCTYPE[^>]*>", "", text[declared.end() if declared else 0 :])
    first = re.search(r">\w[^<>]*</", body)
    assert first is not None
    inside = case.get("inside", "") * case.get("times", 1)
    body = body[: first.end() - 2] + inside + body[first.end() - 2 :]
    whole = declaration + case.get("doctype", "") + body
    return str(whole.replace("SERVER", address).replace("FILE", str(secret)))


@pytest.mark.parametrize("case", BOMBS["xml"], ids=name_of)
@pytest.mark.parametrize("example", XML, ids=name_of)
def test_xml(
    example: Path, case: dict[str, Any], server: tuple[str, list[object]], tmp_path: Path
) -> None:
    address, asked = server
    secret = tmp_path / "secret.txt"
    secret.write_text(f"<!ENTITY k '{SECRET}'>")
    file = tmp_path / f"bomb{example.suffix}"
    file.write_text(spoilt(example.read_text("utf-8"), case, address, secret), "utf-8")
    with guard(f"{example}: {case['name']}"):
        if "error" in case:
            with pytest.raises(ReaderError, match=rf"^{re.escape(str(file))}, {case['error']}"):
                citekit.read(file)
        else:
            assert citekit.read(file).records == citekit.read(example).records
            assert SECRET not in repr(citekit.read(file))
    assert not asked


def test_all_readers_of_xml_are_tried() -> None:
    using = {
        one.name for one in FORMATS.values()
        if f"from {xml_text.__name__} import" in module_text(one.module)
    }  # fmt: skip
    assert using == {citekit.readers.formats.detect(path.read_text("utf-8")).name for path in XML}


def module_text(module: str) -> str:
    path = Path(citekit.__file__).parent.parent / (module.replace(".", "/") + ".py")
    return path.read_text("utf-8")


@pytest.mark.parametrize("case", BOMBS["text"], ids=name_of)
def test_text(case: dict[str, Any], tmp_path: Path) -> None:
    repeated = case.get("repeat", "")
    text = case["text"].replace("¶", repeated * (200_000 // max(1, len(repeated))))
    file = tmp_path / "bomb"
    file.write_text(text, "utf-8")
    with (
        guard(case["name"]),
        pytest.raises(citekit.CitekitError, match=rf"^{re.escape(str(file))}.*{case['error']}"),
    ):
        citekit.read(file, case["format"])


@pytest.mark.parametrize("case", BOMBS["binary"], ids=name_of)
def test_binary(case: dict[str, Any], tmp_path: Path) -> None:
    data = bytes.fromhex(case.get("start", "")) + case.get("letters", "").encode() + b"\0\xff" * 999
    file = tmp_path / case["name"]
    file.write_bytes(data)
    for chosen in (None, "bibtex", "csl-json", "mods"):
        with pytest.raises(ReaderError, match=rf"^{re.escape(str(file))}: this is {case['error']}"):
            citekit.read(file, chosen)
    with pytest.raises(ReaderError, match=f"^this is {case['error']}"):
        citekit.read(data)


@pytest.mark.parametrize("case", BOMBS["encoding"], ids=name_of)
def test_encoding(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / case["name"]
    file.write_bytes(case["text"].encode(case["encoding"]))
    if "error" in case:
        with pytest.raises(ReaderError, match=rf"^{re.escape(str(file))}(?:, |: ){case['error']}"):
            citekit.read(file)
    else:
        as_utf8 = citekit.read(case["text"]).records
        assert citekit.read(file).records == as_utf8
        assert re.search("[ÉП]", as_utf8[0].texts["title"])


@pytest.mark.parametrize("example", TEXTS, ids=name_of)
def test_line_breaks_of_every_kind(example: Path, tmp_path: Path) -> None:
    text = example.read_text("utf-8")
    breaks = {
        "Windows": text.replace("\n", "\r\n"),
        "old Macintosh": text.replace("\n", "\r"),
        "mixed": "".join(
            line + ("\r\n", "\n", "\r")[number % 3] for number, line in enumerate(text.split("\n"))
        ),
    }
    for changed in breaks.values():
        file = tmp_path / example.name
        file.write_bytes(changed.encode())
        assert citekit.read(file).records == citekit.read(example).records
        assert citekit.read(changed.encode()).records == citekit.read(example).records


@pytest.mark.parametrize("example", TEXTS, ids=name_of)
def test_nul_bytes(example: Path, tmp_path: Path) -> None:
    """They stay in a value, or the place that they are in is named."""
    text = example.read_text("utf-8")
    spoilt = re.sub(r"(?<=[a-z])(?=[a-z](?: |%20|\+)[A-Z]?[a-bd-z])", "\0", text)
    assert spoilt != text
    file = tmp_path / example.name
    file.write_text(spoilt, "utf-8")
    places: list[str] = []
    found: list[str] = []
    try:
        found += [text for record in citekit.read(file) for text in record.texts.values()]
    except ReaderError as error:
        places.append(error.where)
    assert any("\0" in text for text in found) or "line" in str(places)
