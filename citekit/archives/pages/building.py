"""Building: every record of a collection printed into files, what is unchanged left alone.

A build can be killed at any moment: files appear as a whole, and the journal knows which
records are done. Started again it goes on, and what it leaves in the end is the same, byte by
byte, as that of a build in one go.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TextIO

from attrs import define, field, frozen

from citekit.archives.assemble import assemble
from citekit.archives.cite import Citer, Lines
from citekit.archives.pages import page
from citekit.archives.pages.exports import EXPORTS
from citekit.archives.pages.files import clear_temporary, file_name, write
from citekit.archives.pages.journal import Done, append, read_journal, write_journal
from citekit.archives.pages.metadata import authors, heading, highwire, json_ld
from citekit.archives.readers.collection import Collection
from citekit.archives.record import ArchivalRecord, SaidDate, Statement
from citekit.archives.styles import style_names
from citekit.errors import CitekitError

__all__ = ["Built", "Options", "build"]

_PACKAGE = Path(__file__).resolve().parent.parent
_STATIC = ("citekit-archive.css", "citekit-archive.js")
_COLUMNS = ("record", "kind", "field", "value", "done", "overrule")
_ENDINGS = (".json", ".fragment.html", ".html", *EXPORTS)


@frozen(slots=True, kw_only=True)
class Options:
    """What is built: styles by name, the reader's day, what stands before links in boxes."""

    styles: tuple[str, ...] = ()
    accessed: SaidDate | None = None
    overlays: bool = True
    base: str = ""


@frozen(slots=True)
class Built:
    """How a build went: numbers of records, and how many findings and problems there are."""

    records: int
    rendered: int
    removed: int
    findings: int
    problems: tuple[str, ...]


def build(
    collection: Collection,
    folder: Path,
    options: Options,
    *,
    progress: Callable[[str], None] = lambda record: None,
) -> Built:
    """Build the folder for a collection; ``progress`` is called with each record's id.

    Raises :class:`~citekit.errors.CitekitError` for a source, style or folder that can't be
    used; what is built by then stays and isn't built again.
    """
    return _Build(collection, folder, options).run(progress)


@define
class _Build:
    collection: Collection
    folder: Path
    options: Options
    citers: dict[str, Citer] = field(init=False, factory=dict)
    common: str = field(init=False, default="")
    title: str = field(init=False, default="")

    def run(self, progress: Callable[[str], None]) -> Built:
        self._load_styles()
        records = self.folder / "records"
        try:
            records.mkdir(parents=True, exist_ok=True)
            clear_temporary(records)
            clear_temporary(self.folder)
        except OSError as error:
            raise CitekitError(
                f"this folder can't be written to: {error.strerror or error}",
                where=str(self.folder),
            ) from error
        for name in _STATIC:
            write(self.folder / name, (Path(__file__).parent / "static" / name).read_text("utf-8"))
        path = self.folder / "journal.jsonl"
        before = read_journal(path)
        # Lines of an earlier run that was killed in the middle of one must not be joined to ours.
        write_journal(path, before.values())
        done: list[Done] = []
        rendered = 0
        with path.open("a", encoding="utf-8", newline="\n") as journal:
            for each, is_new in self._records(before, journal):
                done.append(each)
                rendered += is_new
                progress(each.id)
        removed = self._remove(before, done)
        problems = tuple(self.collection.problems.found)
        self._summaries(done, problems)
        write_journal(path, done)
        findings = sum(len(each.findings) for each in done)
        return Built(len(done), rendered, removed, findings, problems)

    def _load_styles(self) -> None:
        site = self.collection.site
        digest = hashlib.sha256(_program().encode())
        for short, name in style_names(self.options.styles, site).items():
            citer = Citer.load(name, site=site, overlays=self.options.overlays)
            self.citers[short] = citer
            digest.update(repr((short, name, citer.source, citer.profile)).encode())
        digest.update(repr((site, self.options)).encode("utf-8", "surrogatepass"))
        self.common = digest.hexdigest()

    def _records(self, before: dict[str, Done], journal: TextIO) -> Iterator[tuple[Done, bool]]:
        for key, statements in self.collection.drafts():
            self.title = self.title or _site_title(statements)
            text = repr((self.common, key, statements))
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
            known = before.get(key)
            if known is not None and known.key == digest and self._is_whole(known.name):
                yield known, False
                continue
            record = assemble(key, statements, self.collection.site)
            done = self._write(record, digest)
            append(journal, done)
            yield done, True

    def _is_whole(self, name: str) -> bool:
        return all((self.folder / "records" / f"{name}{e}").is_file() for e in _ENDINGS)

    # -------------------------------------------------------- one record

    def _write(self, record: ArchivalRecord, key: str) -> Done:
        """Write the files of a record."""
        name = file_name(record.id)
        shown = [
            page.Shown(
                citer.label, citer.is_note, citer.lines(record, accessed=self.options.accessed)
            )
            for citer in self.citers.values()
        ]
        html = page.box(record, name, shown, self.options.base)
        findings = (*record.findings, *(f for each in shown for f in each.lines.findings))
        files = {
            ".json": self._json(record, dict(zip(self.citers, shown, strict=True))),
            ".fragment.html": html,
            ".html": page.record_page(record, page.box(record, name, shown, "")),
            **{ending: make(record, self.collection.site) for ending, make in EXPORTS.items()},
        }
        for ending, content in files.items():
            write(self.folder / "records" / f"{name}{ending}", content)
        author = "; ".join(agent.text for agent in authors(record))
        date = record.date.text if record.date else ""
        return Done(record.id, key, name, heading(record), author, date, findings)

    def _json(self, record: ArchivalRecord, shown: dict[str, page.Shown]) -> str:
        data = {
            "id": record.id,
            "title": heading(record),
            "url": record.url.text if record.url else "",
            "styles": {
                short: {"style": each.lines.style, "label": each.label} | _lines(each.lines)
                for short, each in shown.items()
            },
            "preferred": record.preferred_citation.text if record.preferred_citation else "",
            "head": highwire(record) + json_ld(record),
            "values": [
                {"field": said.field, "text": said.text, "origin": said.origin}
                for said in record.statements
            ],
            "findings": [str(finding) for finding in record.findings],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    # -------------------------------------------------------- the whole

    def _remove(self, before: dict[str, Done], done: Sequence[Done]) -> int:
        """Delete the files of records that the source has no longer."""
        present = {each.name for each in done}
        gone = [each for each in before.values() if each.name not in present]
        for each in gone:
            for ending in _ENDINGS:
                (self.folder / "records" / f"{each.name}{ending}").unlink(missing_ok=True)
        return len(gone)

    def _summaries(self, done: Sequence[Done], problems: Sequence[str]) -> None:
        title = self.collection.site.title or self.title
        write(self.folder / "index.html", page.index_page(title, done))
        write(self.folder / "report.html", page.report_page(done, problems))
        table = io.StringIO()
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(_COLUMNS)
        for each in done:
            for found in each.findings:
                rows.writerow([getattr(found, column) for column in _COLUMNS])
        write(self.folder / "report.csv", table.getvalue())


def _site_title(statements: Sequence[Statement]) -> str:
    return next((said.text for said in statements if said.field == "site_title"), "")


def _lines(lines: Lines) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, line in (("citation", lines.citation), ("bibliography", lines.entry)):
        if line is not None:
            found[name] = {"text": line.text, "html": line.html}
    return found


@cache
def _program() -> str:
    """What citekit's own part in the result is known by: a digest of this package's files."""
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in (".py", ".toml"):
            digest.update(path.read_bytes())
    return digest.hexdigest()
