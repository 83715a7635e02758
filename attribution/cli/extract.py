"""``attribution extract``: analyse JSONL, one article a line, and write JSONL."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from attribution.cli import options
from attribution.cli.messages import FAILED, Tally, inform, refusing
from attribution.errors import AttributionError
from attribution.types import Article, ArticleResult, Failure

STANDARD = "-"


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="IN.jsonl", help="JSONL files with id, lang and text a line, or - for standard input."),
    ],
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT.jsonl", help="File to write, or - for standard output.")
    ] = STANDARD,
    sources: options.SourcesOption = None,
    settings: options.SettingsOption = None,
    models: options.ModelsOption = "none",
) -> None:
    """Analyse many articles, JSONL in and out.

    Every line gets its attributions, hedges and statements; what cannot be read or analysed becomes a line with
    "failure". The file appears whole or not at all.

    Exit code 0: done; 1: some articles failed; 2: wrong usage, or nothing could be done.
    """
    from attribution.run import analyze_stream

    tally = Tally()
    with refusing():
        _keep_inputs(inputs, output)
        analyzer = options.make_analyzer(settings, sources, models)
        lines = _lines(tally.watch(analyze_stream(_articles(inputs), analyzer)))
        if output == STANDARD:
            options.emit(lines)
        else:
            _write(lines, output, tally)
    raise typer.Exit(tally.exit_code)


def _articles(inputs: Iterable[str]) -> Iterator[Article | Failure]:
    from attribution.formats.native import parse_interchange, read_interchange

    seen: set[str] = set()
    for given in inputs:
        if given == STANDARD:
            yield from parse_interchange(sys.stdin.buffer, "standard input", seen)
        else:
            yield from read_interchange(given, seen)


def _lines(stream: Iterable[ArticleResult | Failure]) -> Iterator[str]:
    from attribution.formats.native import dumps, failure_line, to_line

    for item in stream:
        yield dumps(failure_line(item) if isinstance(item, Failure) else to_line(item)) + "\n"


def _write(lines: Iterable[str], output: str, tally: Tally) -> None:
    from attribution.formats.output import write_atomic

    with write_atomic(output) as stream:
        stream.writelines(lines)
        if not tally.done:
            # Leaving the block by an exception leaves no file behind: one without a single article helps nobody.
            raise typer.Exit(FAILED)
    failed = f", {tally.failed:,} failed" if tally.failed else ""
    inform(f"{output}: {tally.done:,} articles{failed}")


def _keep_inputs(inputs: Iterable[str], output: str) -> None:
    """Refuse to overwrite what is being read."""
    if output == STANDARD:
        return
    if Path(output).is_dir():
        raise AttributionError(f"-o {output}: this is a folder; give the name of a file")
    for given in inputs:
        if given != STANDARD and Path(given).exists() and Path(output).exists() and Path(given).samefile(output):
            raise AttributionError(f"-o {output}: this is one of the inputs; give another name")
