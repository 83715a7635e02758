"""Lay statements out as rows with stable column names, and write them as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from attribution.report.wording import GRADES
from attribution.types import ArticleResult, Statement

COLUMNS = (
    "article", "statement", "paragraph", "sentence", "start", "end", "text", "type", "inherited", "chain", "relays",
    "origin", "origin_id", "kind", "naming", "named", "cue", "hedges", "hedge_classes", "hedge_holders",
    "likelihood_low", "likelihood_high", "grade", "grade_word", "points", "why", "admiralty",
)  # fmt: skip
# Parts of one cell; a source's name may hold a comma or a semicolon, hardly ever a bar.
SEPARATOR = " | "
Cell = str | int | None


def statement_rows(result: ArticleResult) -> Iterator[dict[str, Cell]]:
    """Give one row for every statement of an article, in the order of the text; the keys are ``COLUMNS``."""
    for statement in result.statements:
        values = (
            result.article.id,
            *_place(statement),
            *_attribution(statement, result.article.text),
            *_hedges(statement),
            *_grade(statement),
        )
        yield dict(zip(COLUMNS, values, strict=True))


def csv_header() -> str:
    """Write the header line of the CSV."""
    return _csv([COLUMNS])


def csv_rows(result: ArticleResult) -> str:
    """Write the statements of one article as CSV lines without the header, quoted as in RFC 4180, Unix line ends."""
    return _csv(row.values() for row in statement_rows(result))


def _csv(rows: Iterable[Iterable[Cell]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _place(statement: Statement) -> tuple[Cell, ...]:
    return (
        statement.id, statement.paragraph, statement.sentence, statement.start, statement.end, statement.text,
    )  # fmt: skip


def _attribution(statement: Statement, text: str) -> tuple[Cell, ...]:
    attribution = statement.attribution
    if attribution is None:
        return (None,) * 10
    names = [source.name for source in attribution.sources]
    origin = attribution.sources[-1] if attribution.sources else None
    cue = SEPARATOR.join(text[span.start : span.end] for span in attribution.cue)
    return (
        attribution.type,
        _flag(attribution.inherited),
        " > ".join(names),
        SEPARATOR.join(names[:-1]),
        origin.name if origin else None,
        origin.source_id if origin else None,
        origin.kind if origin else None,
        origin.naming if origin else "unspecified",
        _flag(bool(origin and origin.named)),
        cue,
    )


def _hedges(statement: Statement) -> tuple[Cell, ...]:
    hedges = [hedge for hedge in statement.hedges if hedge.in_use]
    return (
        SEPARATOR.join(hedge.text for hedge in hedges),
        SEPARATOR.join(hedge.cls for hedge in hedges),
        SEPARATOR.join(hedge.holder for hedge in hedges),
    )


def _grade(statement: Statement) -> tuple[Cell, ...]:
    low, high = statement.likelihood or (None, None)
    total = None if statement.grade is None else sum(point.points for point in statement.points)
    why = SEPARATOR.join(f"+{point.points} {point.why}" for point in statement.points)
    word = GRADES[statement.grade].word
    return low, high, statement.grade, word if statement.grade else None, total, why, statement.admiralty


def _flag(value: bool) -> str:
    return "true" if value else "false"
