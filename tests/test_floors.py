"""Floors under the figures on the dev articles of the two corpora, so that no change costs a reader attributions.

Runs where ``../shared`` lies beside the checkout. Print today's figures with ``python -m tests.test_floors``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from attribution.extract import as_attribution, extract
from attribution.extract.candidates import Candidate
from attribution.nlp import Document, read

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "eval" / "score_attributions.py"
FLOORS = json.loads((ROOT / "tests" / "floors.json").read_text(encoding="utf-8"))["dev"]
SYSTEMS: dict[str, Callable[[Document], Sequence[Candidate]]] = {"rules": extract}
MEASURES = {"joint", "content", "source tokens"}
CASES = [(c, s, m) for c, corpus in FLOORS.items() for s, floors in corpus["floors"].items() for m in floors]


@dataclass(frozen=True)
class Stale(Exception):  # noqa: N818 - it says what the floors are
    """The data is no longer what the floors were measured on."""

    corpus: str
    found: str
    pinned: str

    def __str__(self) -> str:
        seen = f"{self.corpus}: the data has SHA-256 {self.found}, floors were measured on {self.pinned}"
        return f"{seen}; measure them again (python -m tests.test_floors) and write both into tests/floors.json"


def check_hash(corpus: str, data: bytes, pinned: str) -> None:
    found = hashlib.sha256(data).hexdigest()
    if found != pinned:
        raise Stale(corpus, found, pinned)


def data_of(corpus: str) -> bytes:
    path = SHARED / "data" / corpus / "dev.jsonl"
    if not path.is_file() or not SCORER.is_file():
        pytest.skip(f"{path} or {SCORER} is missing: the corpora are not part of the checkout")
    return path.read_bytes()


@cache
def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_attributions", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def measured(corpus: str, system: str) -> dict[str, float]:
    """All F1 of a system on a corpus, in per cent."""
    gold = {record["id"]: record for record in map(json.loads, data_of(corpus).splitlines())}
    found = {key: predicted(record, SYSTEMS[system]) for key, record in gold.items()}
    figures = scorer().score(gold, found)
    return {name: 100 * row["F1"] for name, row in figures.items() if "F1" in row}


def predicted(record: dict[str, Any], find: Callable[[Document], Sequence[Candidate]]) -> dict[str, Any]:
    document = read(record["text"], record["lang"])
    found = [as_attribution(document, candidate, "") for candidate in find(document)]
    return {"attributions": [{"source": a.source, "cue": a.cue, "content": a.content} for a in found]}


@pytest.mark.parametrize("corpus", FLOORS)
def test_data_is_what_the_floors_were_measured_on(corpus: str) -> None:
    check_hash(corpus, data_of(corpus), FLOORS[corpus]["sha256"])


@pytest.mark.parametrize(("corpus", "system", "measure"), CASES)
def test_floor_holds(corpus: str, system: str, measure: str) -> None:
    check_hash(corpus, data_of(corpus), FLOORS[corpus]["sha256"])
    figure, floor = measured(corpus, system)[measure], FLOORS[corpus]["floors"][system][measure]
    assert figure >= floor, f"{corpus}, {system}: {measure} F1 is {figure:.2f}, floor {floor}"


def test_changed_data_asks_for_new_floors() -> None:
    pinned = hashlib.sha256(b"one article").hexdigest()
    check_hash("wikinews_de", b"one article", pinned)
    with pytest.raises(Stale, match=r"wikinews_de: .*; measure them again"):
        check_hash("wikinews_de", b"another article", pinned)


def test_floors_name_what_is_measured() -> None:
    assert set(FLOORS) == {"wikinews_de", "polnear_en"}
    for corpus in FLOORS.values():
        assert set(corpus) == {"sha256", "floors"}
        assert set(corpus["floors"]) == set(SYSTEMS)
        for floors in corpus["floors"].values():
            assert set(floors) == MEASURES
            assert all(0 < floor < 100 for floor in floors.values())


if __name__ == "__main__":
    for name in FLOORS:
        print(name, hashlib.sha256(data_of(name)).hexdigest())  # noqa: T201 - a tool for the person who measures
        for kind in SYSTEMS:
            print(f"  {kind}", {m: round(f, 2) for m, f in measured(name, kind).items()})  # noqa: T201 - the same
