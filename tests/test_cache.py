"""Compiled styles on disk: what is trusted, and that nothing in a style becomes code."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import source_hash
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from citekit import Record, Style
from citekit.compile import cache
from tests.test_reference_cases import STYLE

if not hasattr(os, "getuid"):
    pytest.skip("nothing is kept where files have no owner", allow_module_level=True)

MADE_FROM = ("answer = 42", b"\0", None, 3)
KEY = marshal.dumps(MADE_FROM, 2)
FALSE = marshal.dumps(compile("answer = 'false'", "f", "exec"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, which isn't there yet."""
    path = tmp_path / "cache"
    monkeypatch.setenv("CITEKIT_CACHE", str(path))
    return path


def answer() -> object:
    """What the code gives, wherever it comes from."""
    code = cache.recall(MADE_FROM, marshal.loads)
    if code is None:
        code = compile(MADE_FROM[0], "f", "exec")
        cache.keep(MADE_FROM, marshal.dumps(code))
    namespace: dict[str, object] = {}
    exec(code, namespace)
    return namespace["answer"]


def kept(folder: Path) -> Path:
    """The one file that is kept."""
    (file,) = folder.iterdir()
    return file


def forge(file: Path) -> None:
    """Put other code in the file, checksum and all."""
    file.write_bytes(summed(KEY + FALSE))


def summed(content: bytes) -> bytes:
    """Content after its checksum."""
    return source_hash(content) + content


def test_code_is_kept_and_read_again(folder: Path) -> None:
    assert answer() == 42
    forge(kept(folder))
    assert answer() == "false"  # so it is read


def test_folder_and_file_are_the_users_alone(folder: Path) -> None:
    answer()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert kept(folder).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("switch", ["off", "OFF", "0", "no"])
def test_it_can_be_switched_off(
    switch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITEKIT_CACHE", switch)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert answer() == 42
    assert not list(tmp_path.iterdir())


def test_without_a_setting_it_is_in_the_users_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CITEKIT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert answer() == 42
    assert len(list((tmp_path / "citekit").iterdir())) == 1


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[:-1],
    "empty": lambda _: b"",
    "changed": lambda content: content[:-1] + bytes([content[-1] ^ 1]),
    "not marshalled": lambda _: summed(KEY + b"?"),
    "of another key": lambda _: summed(KEY[:-1] + b"?" + FALSE),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damaged_files_are_made_anew(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    answer()
    file = kept(folder)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert answer() == 42
    assert file.read_bytes() == whole


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_to_is_left_alone(folder: Path, mode: int) -> None:
    answer()
    forge(kept(folder))
    folder.chmod(mode)
    assert answer() == 42


@pytest.mark.parametrize("mode", [0o660, 0o606])
def test_a_file_that_others_may_write_to_is_left_alone(folder: Path, mode: int) -> None:
    answer()
    forge(kept(folder))
    kept(folder).chmod(mode)
    assert answer() == 42


def test_symbolic_links_are_left_alone(folder: Path, tmp_path: Path) -> None:
    answer()
    file = kept(folder)
    forged = tmp_path / "forged"
    forge(forged)
    name = file.name
    file.unlink()
    (folder / name).symlink_to(forged)
    assert answer() == 42
    real = folder.rename(tmp_path / "real")
    folder.symlink_to(real)
    (real / name).unlink()
    assert answer() == 42
    assert not list(real.iterdir())


def test_another_owner_is_nobody_to_trust(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer()
    forge(kept(folder))
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    assert answer() == 42


def test_a_folder_that_cannot_be_made_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    monkeypatch.setenv("CITEKIT_CACHE", str(tmp_path / "file" / "cache"))
    assert answer() == 42


def test_the_oldest_files_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST", 3)
    for number in range(6):
        cache.keep((number,), b"")
    assert len(list(folder.iterdir())) == 3


def test_processes_that_start_together_get_along(folder: Path) -> None:
    record = "Record(id='1', type='book', title='T')"
    code = f"from citekit import *; print(Style.load('ieee').cite({record}))"
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    printed = {process.communicate()[0] for process in started}
    assert printed == {"[1]\n"}
    assert all(file.suffix == "" for file in folder.iterdir())


ATTACKS = [
    "\"); __import__('os').abort() #",
    "'); __import__('os').abort() #",
    "\\\"); __import__('os').abort() #",
    "\n    __import__('os').abort()\n",
    "{__import__('os').abort()}",
    '"""; __import__(\'os\').abort(); """',
    "\N{LINE SEPARATOR}__import__('os').abort()",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_of_a_style_becomes_code(attack: str) -> None:
    """Each attribute that takes any text gets the attack; what runs is told by the process."""
    hostile = quoteattr(attack)
    name = quoteattr("m" + attack.replace("\n", " "))
    layout = f"""
      <group delimiter={hostile} prefix={hostile} suffix={hostile}>
        <text macro={name}/><text value={hostile}/><text variable="title" prefix={hostile}/>
        <names variable="author" delimiter={hostile}>
          <name delimiter={hostile} initialize-with={hostile} sort-separator={hostile}
                prefix={hostile}/>
          <label prefix={hostile}/><et-al prefix={hostile}/>
        </names>
        <date variable="issued" delimiter={hostile}>
          <date-part name="year" prefix={hostile} range-delimiter={hostile}/>
        </date>
        <number variable="volume" suffix={hostile}/><label variable="volume" suffix={hostile}/>
      </group>"""
    before = f"""
      <locale><terms><term name="volume">{attack}</term></terms></locale>
      <macro name={name}><text variable="title"/></macro>"""
    xml = STYLE.format(
        **{"class": "in-text"},
        options="",
        before=before,
        attributes=f'year-suffix-delimiter={hostile} collapse="year"',
        inside=f"<sort><key macro={name}/></sort>",
        affixes=f"delimiter={hostile}",
        layout=layout,
        bibliography="",
    )
    record = Record(id=attack, type="book", title=attack, volume="3")
    assert str(Style.from_xml(xml).cite(record))
