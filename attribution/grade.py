"""Grade how confidently the text presents a statement: points that can be pointed at, added up."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.config import GradeTable
from attribution.types import Attribution, Hedge, Point

WORST = 5


def grade(
    table: GradeTable, attribution: Attribution | None, hedges: Sequence[Hedge], span: tuple[int, int]
) -> tuple[int, tuple[Point, ...]]:
    """Grade one statement from 1 (firm) to 5 (unverified) and explain every point.

    Adding a hedge, a hop or a disclaimer never makes the grade better.

    Args:
        table: points and limits as in grade.toml.
        attribution: who the statement is attributed to, None for the article's own voice.
        hedges: the hedges in use on it, disclaimers that reach it included.
        span: the statement's start and end, pointed at where nothing narrower can be.
    """
    points = [
        *_hedge_points(table, _counting(attribution, hedges)),
        *_source_points(table, attribution, span),
        *_chain_points(table, attribution),
        *_disclaimer_points(table, hedges),
    ]
    total = sum(point.points for point in points)
    reached = next((n for n, limit in enumerate(table["scale"]["limits"], 1) if total <= limit), WORST)
    return max(reached, _least(table, attribution, hedges)), tuple(points)


def _counting(attribution: Attribution | None, hedges: Sequence[Hedge]) -> list[Hedge]:
    """Leave out hearsay that is nothing but the unspecified source ("Berichten zufolge"), which counts already."""
    if attribution is None or not _unspecified(attribution):
        return list(hedges)
    frame = (*attribution.cue, *attribution.source)
    return [h for h in hedges if h.cls != "hearsay" or not any(s.start < h.end and h.start < s.end for s in frame)]


def _unspecified(attribution: Attribution) -> bool:
    return not attribution.sources or attribution.sources[-1].naming == "unspecified"


def _hedge_points(table: GradeTable, hedges: Sequence[Hedge]) -> list[Point]:
    weighed = [(table["hedge"][hedge.cls], hedge) for hedge in hedges if hedge.cls in table["hedge"]]
    if not weighed:
        return []
    points, hedge = max(weighed, key=lambda row: (row[0], -row[1].start))
    return [Point(f"hedge of class {hedge.cls}: {hedge.text}", points, hedge.start, hedge.end)]


def _source_points(table: GradeTable, attribution: Attribution | None, span: tuple[int, int]) -> list[Point]:
    if attribution is None:
        return []
    naming = attribution.sources[-1].naming if attribution.sources else "unspecified"
    where = _where(attribution, span)
    name = f": {attribution.sources[-1].name}" if attribution.sources else ""
    return [Point(f"source {naming}{name}", table["source"][naming], *where)]


def _where(attribution: Attribution, span: tuple[int, int]) -> tuple[int, int]:
    if attribution.sources:
        return attribution.sources[-1].start, attribution.sources[-1].end
    return tuple(attribution.cue[0]) if attribution.cue else span  # type: ignore[return-value]


def _chain_points(table: GradeTable, attribution: Attribution | None) -> list[Point]:
    hops = len(attribution.sources) - 1 if attribution else 0
    if attribution is None or hops <= 0:
        return []
    relay = attribution.sources[0]
    points = min(hops * table["chain"]["hop"], table["chain"]["most"])
    return [Point(f"relayed by {relay.name}", points, relay.start, relay.end)]


def _disclaimer_points(table: GradeTable, hedges: Sequence[Hedge]) -> list[Point]:
    disclaimer = next((hedge for hedge in hedges if hedge.cls == "disclaimer"), None)
    if disclaimer is None:
        return []
    points = table["disclaimer"]["points"]
    return [Point(f"verification disclaimer: {disclaimer.text}", points, disclaimer.start, disclaimer.end)]


def _least(table: GradeTable, attribution: Attribution | None, hedges: Sequence[Hedge]) -> int:
    """Return the best grade that a disclaimer or an unspecified source still allows."""
    least = 1
    if any(hedge.cls == "disclaimer" for hedge in hedges):
        least = max(least, table["disclaimer"]["least_grade"])
    if attribution and _unspecified(attribution):
        least = max(least, table["unspecified"]["least_grade"])
    return least
