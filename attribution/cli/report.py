"""``attribution report``: show who says what in an article, and how firmly."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from attribution.cli import options
from attribution.cli.messages import Tally, inform, refusing
from attribution.types import ArticleResult

Results = Iterator[ArticleResult]


class Format(StrEnum):
    """Name what a report can be written as."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"
    md = "md"


ENDINGS = {Format.table: "txt"}


def report(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="FILE|URL|-", help="Articles: files, folders, addresses, or - for standard input."),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write NAME.html and NAME.json for every article into DIR."),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="What to write; a table on a terminal, JSONL in a pipe when not given."),
    ] = None,
    lang: options.LangOption = None,
    sources: options.SourcesOption = None,
    settings: options.SettingsOption = None,
    models: options.ModelsOption = "none",
    width: Annotated[
        int | None, typer.Option("--width", min=40, metavar="COLUMNS", help="Width of the table; else the terminal's.")
    ] = None,
) -> None:
    """Show who says what in an article, and how firmly.

    Every statement gets its source, the media it came through, its hedges and a grade with reasons.
    Exit code 0: done; 1: some inputs failed; 2: wrong usage, or nothing could be done.
    """
    from attribution.ingest import read_articles
    from attribution.run import analyze_stream

    several = len(inputs) > 1 or options.is_folder(inputs[0])
    if format is Format.html and several and output is None:
        raise typer.BadParameter("one page holds one article; give -o DIR for several", param_hint="--format html")
    tally = Tally()
    with refusing():
        analyzer = options.make_analyzer(settings, sources, models)
        if output:
            options.make_folder(output)
        results = tally.results(analyze_stream(read_articles(inputs, lang=lang), analyzer))
        if output:
            _write_files(results, output, [format] if format else [Format.html, Format.json], width)
        else:
            chosen = format or (Format.table if sys.stdout.isatty() else Format.jsonl)
            options.emit(_joined(results, chosen, width, several))
    raise typer.Exit(tally.exit_code)


# --- to standard output --------------------------------------------------------------------------------------------


def _joined(results: Results, format: Format, width: int | None, several: bool) -> Iterable[str]:
    """Give the text of all reports together, piece by piece."""
    if format is Format.json:
        return _json_list(results, several)
    if format is Format.csv:
        from attribution.report.table import csv_header, csv_rows

        return chain([csv_header()], map(csv_rows, results))
    render = RENDERERS[format]
    return (render(result, width) for result in results)


def _json_list(results: Results, several: bool) -> Iterator[str]:
    """Give one object for one file and a list for several."""
    head = list(islice(results, 2))
    if len(head) == 1 and not several:
        yield _json(head[0], None)
        return
    opening = "[\n"
    for result in chain(head, results):
        yield opening + _json(result, None).rstrip("\n")
        opening = ",\n"
    if several or head:
        yield "\n]\n" if opening != "[\n" else "[]\n"


# --- one article ---------------------------------------------------------------------------------------------------


def _table(result: ArticleResult, width: int | None) -> str:
    """Draw the table as wide as asked for, else as the terminal; with colours only where they are shown."""
    from rich.console import Console

    from attribution.report.terminal import article_report

    console = Console(width=width, highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(article_report(result, console.width))
    text = capture.get()
    return text if console.is_terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _json(result: ArticleResult, _width: int | None) -> str:
    from attribution.formats.native import dumps, to_record

    return dumps(to_record(result), indent=2) + "\n"


def _jsonl(result: ArticleResult, _width: int | None) -> str:
    from attribution.formats.native import dumps, to_record

    return dumps(to_record(result)) + "\n"


def _csv(result: ArticleResult, _width: int | None) -> str:
    from attribution.report.table import csv_header, csv_rows

    return csv_header() + csv_rows(result)


def _html(result: ArticleResult, _width: int | None) -> str:
    import logging

    from attribution.report.article import article_page

    # On its first run matplotlib reports that it looks for fonts; the figure uses those of the browser.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    return article_page(result)


def _markdown(result: ArticleResult, _width: int | None) -> str:
    from attribution.report.markdown import markdown_report

    return markdown_report(result)


RENDERERS: dict[Format, Callable[[ArticleResult, int | None], str]] = {
    Format.table: _table,
    Format.json: _json,
    Format.jsonl: _jsonl,
    Format.csv: _csv,
    Format.html: _html,
    Format.md: _markdown,
}


# --- to files ------------------------------------------------------------------------------------------------------


def _write_files(results: Results, folder: Path, formats: list[Format], width: int | None) -> None:
    """Write every article's files and say so; two ids that make the same file name get different ones."""
    from attribution.formats.output import file_name, write_atomic
    from attribution.report.wording import count

    used: set[str] = set()
    for result in results:
        name = file_name(result.article.id, used)
        paths = [folder / f"{name}.{ENDINGS.get(format, format.value)}" for format in formats]
        for path, format in zip(paths, formats, strict=True):
            with write_atomic(path) as stream:
                stream.write(RENDERERS[format](result, width))
        statements = count(result.profile.statements, "statement")
        inform(f"{' and '.join(map(str, paths))}: {statements}, {result.profile.attributed:,} attributed")
