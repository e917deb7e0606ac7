"""A collection of 10,000 records, built in one go, and killed and resumed: memory and result.

    python tests/archives/large.py [COLLECTION.json] [--records 10000] [--kills 3]

The records are made, with a seed, from those of COLLECTION.json (an object as Omeka Classic's
test data has it) or of ``data/records.toml``. Prints how long a build takes and the most memory
it uses, and ends with status 1 if that is more than 400 MB or the results differ.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.archives import omeka  # noqa: E402

MOST_MEGABYTES = 400


def collection(source: Path | None, count: int) -> dict[str, Any]:
    """The answer with ``count`` items, each one of the source's with other figures in it."""
    data: dict[str, Any] = (
        json.loads(source.read_text("utf-8")) if source else omeka.answer(omeka.short_records())
    )
    chance = random.Random(1989)
    items = []
    for number in range(1, count + 1):
        item = json.loads(json.dumps(chance.choice(data["items"])))
        item["id"] = number
        item["url"] = item["url"].rpartition("/")[0] + f"/{number}"
        for text in item["element_texts"]:
            if text["element"]["name"] == "Title":
                text["text"] += f" {chance.randrange(10_000)}"
        items.append(item)
    return data | {"items": items}


def command(source: Path, folder: Path) -> list[str]:
    """The command that builds a folder."""
    styles = "chicago,mla,apa,omeka-classic"
    return [sys.executable, "-m", "citekit", "archive", "build", str(source), "-o", str(folder),
            "--styles", styles, "--quiet"]  # fmt: skip


def measured(arguments: list[str]) -> tuple[float, float]:
    """Run it; seconds and the most megabytes."""
    start = time.monotonic()
    process = subprocess.Popen(arguments, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the build failed with status {status}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def differing(left: Path, right: Path) -> list[str]:
    """The files that two folders don't share or that differ."""
    names = {path.relative_to(each) for each in (left, right) for path in each.rglob("*.*")}
    return sorted(
        str(name)
        for name in names
        if not (left / name).is_file()
        or not (right / name).is_file()
        or not filecmp.cmp(left / name, right / name, shallow=False)
    )


def main() -> int:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", nargs="?", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        source = folder / "items.json"
        source.write_text(
            json.dumps(collection(options.source, options.records), ensure_ascii=False), "utf-8"
        )
        seconds, megabytes = measured(command(source, folder / "whole"))
        print(f"{options.records} records in {seconds:.0f} s, at most {megabytes:.0f} MB")
        chance = random.Random(11)
        for _ in range(options.kills):
            process = subprocess.Popen(command(source, folder / "killed"), cwd=ROOT)
            time.sleep(chance.uniform(0.05, 0.4) * seconds / max(1, options.kills))
            process.send_signal(signal.SIGKILL)
            process.wait()
        done = len(list((folder / "killed" / "records").glob("*.json")))
        measured(command(source, folder / "killed"))
        wrong = differing(folder / "whole", folder / "killed")
        print(f"killed {options.kills} times, {done} files of records then; {len(wrong)} differ")
        return 1 if wrong or megabytes > MOST_MEGABYTES else 0


if __name__ == "__main__":
    sys.exit(main())
