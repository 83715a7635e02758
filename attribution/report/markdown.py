"""Write an article's result as Markdown that reads well as plain text, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attribution.report import wording
from attribution.types import ArticleResult, SourceSummary, Statement

# What Markdown or the HTML inside it would take for markup; the text of an article is never trusted.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&$])")
_EXCERPT = 160


def markdown_report(result: ArticleResult) -> str:
    """Write the whole report of one article."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: ArticleResult) -> Iterator[str]:
    article, provenance = result.article, result.provenance
    yield f"# {_plain(wording.title(article))}"
    yield ""
    yield _plain(" · ".join(wording.details(article)))
    yield ""
    yield _plain(" ".join(wording.profile_sentences(result)))
    yield ""
    yield "## Statements"
    yield ""
    yield from _table(("No.", "§", "Statement", "Source", "Naming", "Hedges", "Grade"), map(_row, result.statements))
    yield ""
    yield "## Sources"
    yield ""
    yield from _table(("Source", "Kind", "Naming", "Statements"), map(_source_row, result.sources))
    yield ""
    yield "## What this does not say"
    yield ""
    yield from (f"- {_plain(sentence)}" for sentence in wording.NOT_SAID)
    yield ""
    yield f"attribution {provenance.version} · settings {provenance.settings_sha256[:12]} · {provenance.created}"


def _row(statement: Statement) -> tuple[str, ...]:
    return (
        wording.number(statement),
        wording.paragraph(statement),
        wording.shorten(statement.text, _EXCERPT),
        wording.chain(statement),
        wording.naming(statement),
        ", ".join(wording.hedge_words(statement)),
        wording.grade_label(statement.grade),
    )


def _source_row(source: SourceSummary) -> tuple[str, ...]:
    numbers = ", ".join(identifier.removeprefix("s") for identifier in source.statements)
    return source.name, wording.KINDS[source.kind], wording.NAMINGS[source.naming], numbers


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(map(_plain, row))} |"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(wording.visible(text).split()))
