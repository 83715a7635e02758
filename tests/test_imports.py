"""Imports point one way only: a module may use its own level and the levels below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import attribution

PACKAGE = Path(attribution.__file__).parent
LEVELS = (
    ("types", "errors"),
    ("config", "text", "quotes", "sentences", "lang"),
    ("nlp",),
    ("ingest", "extract", "sources", "hedging", "gradable"),
    ("grade", "statements", "profile"),
    ("analyzer",),
    ("run", "component"),
    ("formats", "report", "train", "evaluate"),
    ("cli",),
    ("__init__", "__main__"),
)
LEVEL_OF = {name: level for level, names in enumerate(LEVELS) for name in names}
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module] if node.module != "attribution" else [f"attribution.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        rooms |= {name.split(".")[1] for name in names if name.startswith("attribution.")}
    return {name for name in rooms if name in LEVEL_OF}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    assert room(path) in LEVEL_OF, f"{path.name} stands on no level: add it to LEVELS"
    if room(path) == "__init__":
        return  # the package's front door names what it offers and imports it when asked
    above = {name for name in imported_rooms(path) if LEVEL_OF[name] > LEVEL_OF[room(path)]}
    assert not above, f"{path.name} imports {above}, which stand above it"


def test_types_know_no_heavy_library() -> None:
    text = (PACKAGE / "types.py").read_text(encoding="utf-8")
    assert "spacy" not in text.split('"""', 2)[2]


def test_nothing_imports_click() -> None:
    for path in MODULES:
        assert "import click" not in path.read_text(encoding="utf-8"), path
