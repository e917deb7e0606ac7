"""The shape of the package: who may import whom, and that its map is complete."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "citekit"
MAP = ROOT / "docs" / "architecture.md"

# Each unit (a package, or a module at the top) may import those on the lines above
# its own, and itself; units on one line don't know of each other. "citekit" is the
# package's own __init__, the public names.
ORDER = """
    errors patterns
    records
    readers style
    writers
    render check
    compile output
    flat
    processor
    api selection
    document
    archives
    citekit
    integrations compat
    cli
    __main__
"""

RANK = {unit: rank for rank, line in enumerate(ORDER.strip().splitlines()) for unit in line.split()}

MODULES = sorted(PACKAGE.rglob("*.py"))


def unit_of(dotted: str) -> str:
    """``citekit.records.date`` → ``records``; ``citekit`` → ``citekit``."""
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def dotted_name(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_units(tree: ast.Module, importer: Path) -> Iterator[tuple[int, str]]:
    """Line and unit of each import from inside the package, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = _imported_from(node, importer)
        else:
            continue
        yield from (
            (node.lineno, unit_of(name)) for name in names if name.split(".")[0] == "citekit"
        )


def _imported_from(node: ast.ImportFrom, importer: Path) -> list[str]:
    base = node.module or ""
    if node.level:
        folder = importer.parents[node.level - 1].relative_to(ROOT)
        base = ".".join([*folder.parts, *filter(None, [base])])
    # In `from citekit import readers` the unit is readers, in
    # `from citekit import Record` it is the package itself.
    return [
        f"{base}.{alias.name}" if base == "citekit" and alias.name in RANK else base
        for alias in node.names
    ]


def is_type_checking(node: ast.stmt) -> bool:
    """Errors hold values of any kind, so errors.py alone may import their types upwards."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def violations(source: str, path: Path) -> list[str]:
    importer = unit_of(dotted_name(path))
    tree = ast.parse(source)
    if importer == "errors":
        tree.body = [node for node in tree.body if not is_type_checking(node)]
    found = []
    for line, imported in imported_units(tree, path):
        if imported != importer and RANK[imported] >= RANK[importer]:
            found.append(f"{path.relative_to(ROOT)}:{line}: {importer} imports {imported}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=dotted_name)
def test_imports_go_one_way(path: Path) -> None:
    assert unit_of(dotted_name(path)) in RANK, "a new unit: give it its place in ORDER"
    assert not violations(path.read_text(encoding="utf-8"), path)


@pytest.mark.parametrize(
    ("path", "source", "wrong"),
    [
        ("records/x.py", "from citekit.readers import csl_json", True),
        ("records/x.py", "def f():\n    import citekit.cli", True),
        ("records/x.py", "if TYPE_CHECKING:\n    from citekit.style.nodes import Text", True),
        ("records/x.py", "from citekit import Record", True),
        ("records/x.py", "from citekit import readers", True),
        ("records/x.py", "from ..style import nodes", True),
        ("readers/x.py", "from citekit.writers import csl_json", True),
        ("records/x.py", "from citekit.errors import RecordError", False),
        ("records/x.py", "from . import date\nfrom .name import Name", False),
        ("cli/x.py", "from citekit import Record, readers", False),
        ("render/x.py", "import re\nfrom citekit.style.nodes import Text", False),
        ("errors.py", "from citekit.style.problems import Problem", True),
        ("errors.py", "if TYPE_CHECKING:\n    from citekit.style.problems import Problem", False),
    ],
)
def test_a_wrong_import_is_seen(path: str, source: str, wrong: bool) -> None:
    assert bool(violations(source, PACKAGE / path)) is wrong


# ------------------------------------------------------------------------- the map

LINE = re.compile(r"^- `(?P<path>[\w/]+\.py)` — \S", re.MULTILINE)


def test_the_map_names_every_module_on_a_line_of_its_own() -> None:
    listed = {match["path"] for match in LINE.finditer(MAP.read_text(encoding="utf-8"))}
    present = {
        path.relative_to(PACKAGE).as_posix(): path for path in MODULES if path.stat().st_size
    }
    missing = [suggestion(name, present[name]) for name in sorted(present.keys() - listed)]
    assert not missing, f"add to {MAP.name}:\n" + "\n".join(missing)
    gone = sorted(listed - present.keys())
    assert not gone, f"{MAP.name} names modules that don't exist: {', '.join(gone)}"


def suggestion(name: str, path: Path) -> str:
    """A line for the map, from the first line of the module's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "…"
    return f"- `{name}` — {docstring.splitlines()[0].rstrip('.')}"
