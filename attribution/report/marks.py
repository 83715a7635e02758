"""Cut a text into paragraphs, statements and marked pieces that follow one another, so that a page never nests them.

Statements, sources, cues and hedges may lie inside one another or cross. Every character therefore goes to the
innermost statement around it, and carries the names of all marks that cover it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from attribution.text import paragraphs
from attribution.types import ArticleResult, Span, Statement


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold characters under the same marks; ``marks`` are names such as ``source`` and ``hedge``."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hold pieces of one statement, or of none; ``first`` and ``last`` tell a statement's ends where it is torn."""

    statement: Statement | None
    pieces: tuple[Piece, ...]
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold one paragraph and, in ``gap``, the white space that stands before it."""

    gap: str
    number: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    statement: Statement | None
    marks: tuple[str, ...]


def marked_paragraphs(result: ArticleResult) -> tuple[tuple[Paragraph, ...], str]:
    """Cut the text of a result; give its paragraphs and the white space behind the last one.

    All texts joined (gap, pieces, gap, pieces, … and the rest) are the article's text again, and every statement
    occurs: one that others cover wholly as a stretch without pieces.
    """
    text = result.article.text
    spans = paragraphs(text)
    grouped = _by_paragraph(_segments(result, spans), spans)
    extent = _extent(grouped)
    hidden = _hidden(result, extent)
    made, end = [], 0
    for number, (span, inside) in enumerate(zip(spans, grouped, strict=True), 1):
        stretches = tuple(_stretches(text, inside, extent, hidden))
        made.append(Paragraph(text[end : span.start], number, stretches))
        end = span.end
    return tuple(made), text[end:]


def _marks(result: ArticleResult) -> set[tuple[int, int, str]]:
    """Collect what is marked inside statements."""
    found: set[tuple[int, int, str]] = set()
    for attribution in result.attributions:
        found.update((*span, "source") for span in attribution.source)
        found.update((source.start, source.end, "source") for source in attribution.sources)
        found.update((*span, "cue") for span in attribution.cue)
    hedges = {*result.hedges, *(hedge for statement in result.statements for hedge in statement.hedges)}
    for hedge in hedges:
        if hedge.in_use:
            found.add((hedge.start, hedge.end, "disclaimer" if hedge.cls == "disclaimer" else "hedge"))
    return {mark for mark in found if mark[0] < mark[1]}


def _segments(result: ArticleResult, spans: tuple[Span, ...]) -> Iterator[_Segment]:
    """Walk over all starts and ends once and give the stretches between them."""
    opening: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    changes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for index, statement in enumerate(result.statements):
        opening[statement.start].append((statement.end, index))
    for start, end, name in _marks(result):
        changes[start][name] += 1
        changes[end][name] -= 1
    cuts = {
        *opening,
        *changes,
        *(statement.end for statement in result.statements),
        *(i for span in spans for i in span),
    }
    places = sorted(cuts)
    around: list[tuple[int, int, int]] = []  # start, end, index of the statements around, the innermost last
    active: Counter[str] = Counter()
    for place, following in pairwise(places):
        around = [item for item in around if item[1] > place]
        # Of several that begin together the shortest comes last; of two that cross, the one that begins later.
        around += [(place, end, index) for end, index in sorted(opening.get(place, ()), reverse=True) if end > place]
        active.update(changes.get(place, ()))
        inner = result.statements[around[-1][2]] if around else None
        yield _Segment(place, following, inner, tuple(sorted(name for name in active if active[name] > 0)))


def _extent(grouped: list[list[_Segment]]) -> dict[str, tuple[int, int]]:
    """Tell where the shown part of every statement begins and ends."""
    extent: dict[str, tuple[int, int]] = {}
    for segment in chain.from_iterable(grouped):
        if segment.statement:
            start, _ = extent.get(segment.statement.id, (segment.start, 0))
            extent[segment.statement.id] = (start, segment.end)
    return extent


def _hidden(result: ArticleResult, extent: dict[str, tuple[int, int]]) -> list[Statement]:
    """List the statements of which other ones leave nothing to show, the last one first."""
    hidden = [statement for statement in result.statements if statement.id not in extent]
    return sorted(hidden, key=lambda statement: statement.start, reverse=True)


def _by_paragraph(segments: Iterable[_Segment], spans: tuple[Span, ...]) -> list[list[_Segment]]:
    grouped: list[list[_Segment]] = [[] for _ in spans]
    at = 0
    for segment in segments:
        while at < len(spans) and spans[at].end <= segment.start:
            at += 1
        if at < len(spans) and segment.start >= spans[at].start:
            grouped[at].append(segment)
    return grouped


def _stretches(
    text: str, segments: list[_Segment], extent: dict[str, tuple[int, int]], hidden: list[Statement]
) -> Iterator[Stretch]:
    """Join neighbouring segments of one statement; statements without a segment go where they begin."""
    run: list[_Segment] = []
    for segment in segments:
        if run and (segment.statement is not run[-1].statement):
            yield _stretch(text, run, extent)
            run = []
        while hidden and hidden[-1].start < segment.end:
            if run:
                yield _stretch(text, run, extent)
                run = []
            yield Stretch(hidden.pop(), (), first=True, last=True)
        run.append(segment)
    if run:
        yield _stretch(text, run, extent)


def _stretch(text: str, run: list[_Segment], extent: dict[str, tuple[int, int]]) -> Stretch:
    statement = run[0].statement
    pieces = tuple(Piece(text[segment.start : segment.end], segment.marks) for segment in run)
    first = last = False
    if statement:
        first, last = extent[statement.id][0] == run[0].start, extent[statement.id][1] == run[-1].end
    return Stretch(statement, pieces, first, last)
