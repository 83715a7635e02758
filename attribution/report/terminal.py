"""Lay an article's result out for a terminal: columns where there is room, stacked lines where there is not."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from attribution.report import wording
from attribution.types import ArticleResult, SourceSummary, Statement

# Below this width six columns would leave the statement under 40 characters, and every row would run over five lines.
WIDE = 116
# Statements are cut so that a row takes at most three lines in either layout.
EXCERPT_LINES = 3
# One hue that grows stronger, as on the page: red and green would read as a verdict on the truth.
GRADE_STYLES: dict[int | None, str] = {1: "", 2: "", 3: "yellow", 4: "yellow", 5: "bold yellow", None: "dim"}
# Below this width a grade is its symbol and number, without the word, and sources lose their kind and naming.
SLIM = 60
_GRADE_WIDTH = 15
_PARAGRAPH_WIDTH = 4
# Rich puts three blanks between columns, and there is one at either edge.
_GAP = 3
_EDGES = 2


def article_report(result: ArticleResult, width: int) -> Group:
    """Give everything that is shown of one article, as something that a rich console of this width prints."""
    parts: list[RenderableType] = [_heading(result)]
    if result.statements:
        parts.append(_wide(result.statements, width) if width >= WIDE else _narrow(result.statements, width))
    parts.append(Padding(Text(" ".join(wording.profile_sentences(result))), (1, 1, 0, 1)))
    if result.sources:
        parts.append(_sources(result.sources, width))
    parts.extend(Padding(Text(f"note: {wording.visible(note)}", "yellow"), (0, 1)) for note in _warnings(result))
    return Group(*parts)


def _warnings(result: ArticleResult) -> Iterable[str]:
    return dict.fromkeys([*result.article.warnings, *result.warnings])


def _heading(result: ArticleResult) -> RenderableType:
    text = Text(wording.title(result.article), "bold")
    text.append("\n" + " · ".join(wording.details(result.article)), "not bold dim")
    return Padding(text, (1, 1, 0, 1))


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False, padding=(0, 1))


def _wide(statements: Iterable[Statement], width: int) -> RenderableType:
    """Give one row a statement with a column for everything."""
    source, naming, hedges = width // 5, 16, max(14, width // 8)
    room = width - _PARAGRAPH_WIDTH - _GRADE_WIDTH - source - naming - hedges - 5 * _GAP - _EDGES
    table = _table()
    table.add_column("§", width=_PARAGRAPH_WIDTH, justify="right", style="dim")
    table.add_column("statement", width=room, overflow="fold")
    table.add_column("source", width=source, overflow="fold")
    table.add_column("naming", width=naming)
    table.add_column("hedges", width=hedges, overflow="fold")
    table.add_column("grade", width=_GRADE_WIDTH, no_wrap=True)
    for statement in statements:
        table.add_row(
            wording.paragraph(statement),
            Text(wording.shorten(statement.text, (room - 4) * EXCERPT_LINES)),
            Text(wording.chain(statement), "cyan"),
            Text(wording.naming(statement), "dim" if statement.attribution is None else ""),
            Text(", ".join(wording.hedge_words(statement)), "magenta"),
            _grade(statement.grade),
        )
    return Padding(table, (1, 1, 0, 1))


def _narrow(statements: Iterable[Statement], width: int) -> RenderableType:
    """Stack source, naming and hedges under the statement, which keeps the width that is there."""
    grade = _GRADE_WIDTH if width >= SLIM else 5
    room = max(12, width - _PARAGRAPH_WIDTH - grade - 2 * _GAP - _EDGES)
    table = _table()
    table.add_column("§", width=_PARAGRAPH_WIDTH, justify="right", style="dim")
    table.add_column("statement", width=room, overflow="fold")
    table.add_column("grade", width=grade, no_wrap=True)
    for statement in statements:
        excerpt = wording.shorten(statement.text, (room - 4) * EXCERPT_LINES)
        table.add_row(wording.paragraph(statement), _stacked(statement, excerpt), _grade(statement.grade, grade))
    return Padding(table, (1, 1, 0, 1))


def _stacked(statement: Statement, excerpt: str) -> Text:
    text = Text(excerpt)
    if statement.attribution is not None:
        text.append("\n↳ ", "dim").append(wording.chain(statement), "cyan")
        if statement.attribution.sources:
            text.append(f" ({wording.naming(statement)})", "dim")
    if hedges := wording.hedge_words(statement):
        text.append("\n~ ", "dim").append(", ".join(hedges), "magenta")
    return text


def _grade(grade: int | None, width: int = _GRADE_WIDTH) -> Text:
    label = wording.grade_label(grade)
    return Text(label if width >= _GRADE_WIDTH else " ".join(label.split()[: 2 if grade else 1]), GRADE_STYLES[grade])


def _sources(sources: Iterable[SourceSummary], width: int) -> RenderableType:
    table = _table()
    table.add_column("source", max_width=max(24, width // 3), overflow="fold")
    if width >= SLIM:
        table.add_column("kind")
        table.add_column("naming")
    table.add_column("statements", justify="right")
    for source in sources:
        cells: list[RenderableType] = [Text(wording.shorten(source.name, 120), "cyan")]
        if width >= SLIM:
            cells += [wording.KINDS[source.kind], wording.NAMINGS[source.naming]]
        table.add_row(*cells, f"{len(source.statements):,}")
    return Padding(table, (1, 1))
