"""``attribution evaluate``: score the extraction against gold, with intervals, and list its mistakes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attribution.cli import options
from attribution.cli.messages import DONE, FAILED, SOME_FAILED, complain, inform, refusing
from attribution.errors import AttributionError, LabelError
from attribution.types import Failure

if TYPE_CHECKING:
    from rich.console import RenderableType

    from attribution.evaluate import Estimate, Evaluation, Figure, Group, Mistake, Side
    from attribution.formats.gold import GoldArticle, Prediction

STANDARD = "-"
ERROR_ENDINGS = (".jsonl", ".md")
# What Markdown or the HTML inside it would take for markup; the text of an article is never trusted.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&$])")
_EXCERPT = 300
# Resampling says nothing about fewer: one hit of one would read as 100 % without doubt.
TELLING = 5


class Format(StrEnum):
    """Name what the figures can be written as."""

    table = "table"
    json = "json"


def evaluate(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD.jsonl", help="Articles with gold attributions, or - for standard input.")
    ],
    *,
    predicted: Annotated[
        Path | None,
        typer.Option("--predicted", metavar="FILE", help="Score this JSONL instead of running the program."),
    ] = None,
    errors: Annotated[
        Path | None, typer.Option("--errors", metavar="FILE", help="List every mistake in FILE (.jsonl or .md).")
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="What to write; a table on a terminal, JSON in a pipe when not given."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the resampling behind the intervals.")] = 1,
) -> None:
    """Score the extraction against gold attributions.

    Precision, recall and F1 with 95 % intervals, per type and per construction. Gold that is not as it must be is
    refused with file, line and reason.

    Exit code 0: done; 1: some articles failed; 2: wrong usage, or nothing could be done.
    """
    with refusing():
        _check_errors_file(errors, (gold, predicted))
        articles, predictions, failed = _inputs(gold, predicted)

        from attribution.evaluate import evaluate

        evaluation = evaluate(articles, predictions, seed=seed)
        if errors:
            _write_mistakes(evaluation.mistakes, errors)
    options.emit([_json(evaluation) if (format or _default()) is Format.json else _table(evaluation)])
    raise typer.Exit(SOME_FAILED if failed else DONE)


def _default() -> Format:
    return Format.table if sys.stdout.isatty() else Format.json


def _check_errors_file(errors: Path | None, inputs: Iterable[str | Path | None]) -> None:
    """Refuse what could not be written, or would overwrite what is read, before the work is done."""
    if errors is None:
        return
    if errors.suffix not in ERROR_ENDINGS:
        raise AttributionError(
            f"--errors {errors}: ending is {errors.suffix!r}; allowed are {', '.join(ERROR_ENDINGS)}"
        )
    if errors.is_dir():
        raise AttributionError(f"--errors {errors}: this is a folder; give the name of a file")
    if errors.exists() and any(given and Path(given).exists() and errors.samefile(given) for given in inputs):
        raise AttributionError(f"--errors {errors}: this is one of the inputs; give another name")


def _inputs(gold: str, predicted: Path | None) -> tuple[Sequence[GoldArticle], Sequence[Prediction], int]:
    """Read the gold and read or make predictions; also tell how many articles failed."""
    from attribution.formats.gold import parse_gold, read_gold, read_predicted

    try:
        articles = parse_gold(sys.stdin.buffer, "standard input") if gold == STANDARD else read_gold(gold)
        if predicted is None:
            return articles, *_predict(articles)
        predictions = read_predicted(predicted, articles)
    except LabelError as error:
        for line in str(error).split("\n"):
            complain(line)
        raise typer.Exit(FAILED) from None
    missing = len(articles) - len(predictions)
    if not predictions:
        raise AttributionError(f"{predicted}: none of the {len(articles):,} gold articles is in it; compare the ids")
    if missing:
        inform(f"{predicted}: {missing:,} of {len(articles):,} gold articles are not in it or failed; counted as empty")
    return articles, predictions, missing


def _predict(articles: Sequence[GoldArticle]) -> tuple[list[Prediction], int]:
    from attribution.evaluate import predict

    predictions: list[Prediction] = []
    for found in predict(articles):
        if isinstance(found, Failure):
            complain(found.reason)
        else:
            predictions.append(found)
    if not predictions:
        raise typer.Exit(FAILED)
    return predictions, len(articles) - len(predictions)


# --- figures -------------------------------------------------------------------------------------------------------


def _json(evaluation: Evaluation) -> str:
    from attribution.formats.native import dumps

    return dumps(evaluation.to_dict(), indent=2) + "\n"


def _table(evaluation: Evaluation) -> str:
    """Draw the figures as wide as the terminal, and without colours where they are not shown."""
    from rich.console import Console, Group

    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(Group(*_parts(evaluation)))
    text = capture.get()
    return text if console.is_terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _parts(evaluation: Evaluation) -> Iterator[RenderableType]:
    sizes = f"{evaluation.gold:,} attributions in the gold, {evaluation.predicted:,} predicted"
    yield f"{evaluation.articles:,} articles, {sizes}"
    yield _rows(
        ("", "Precision", "Recall", "F1"),
        ((name, *map(_spread, (f.p, f.r, f.f1))) for name, f in evaluation.figures.items()),
    )
    if evaluation.types:
        yield _rows(
            ("Type (joint)", "Gold", "Predicted", "P", "R", "F1", "Content F1"), map(_type_row, evaluation.types)
        )
    if evaluation.constructions:
        heads = ("Construction", "Predicted", "Joint precision", "Content precision")
        yield _rows(heads, map(_construction_row, evaluation.constructions))
    counts = evaluation.to_dict()["errors"]
    yield f"\n{len(evaluation.mistakes):,} errors: {', '.join(f'{n:,} {kind}' for kind, n in counts.items())}"
    yield f"Per cent; 95 % intervals from {evaluation.resamples:,} resamples of articles, seed {evaluation.seed}"


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _type_row(group: Group) -> tuple[str, ...]:
    gold = "–" if group.gold is None else f"{group.gold:,}"
    joint: Figure = group.joint
    figures = (_value(joint.p), _value(joint.r), _spread(joint.f1), _value(group.content.f1))
    return group.name, gold, f"{group.predicted:,}", *figures


def _construction_row(group: Group) -> tuple[str, ...]:
    show = _spread if group.predicted >= TELLING else _value
    return group.name, f"{group.predicted:,}", show(group.joint.p), show(group.content.p)


def _value(estimate: Estimate | None) -> str:
    return "–" if estimate is None else f"{100 * estimate.value:.1f}"


def _spread(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    return f"{_value(estimate)} ({100 * estimate.low:.1f}–{100 * estimate.high:.1f})"


# --- mistakes ------------------------------------------------------------------------------------------------------


def _write_mistakes(mistakes: Sequence[Mistake], path: Path) -> None:
    from attribution.formats.native import dumps
    from attribution.formats.output import write_atomic

    with write_atomic(path) as stream:
        if path.suffix == ".md":
            stream.writelines(f"{line}\n" for line in _markdown(mistakes))
        else:
            stream.writelines(dumps(mistake.to_dict()) + "\n" for mistake in mistakes)
    inform(f"{path}: {len(mistakes):,} errors")


def _markdown(mistakes: Sequence[Mistake]) -> Iterator[str]:
    """Write the mistakes by kind, each as a short list that can be read beside the article."""
    from attribution.evaluate import MISTAKES

    yield f"# {len(mistakes):,} errors"
    for kind in MISTAKES:
        chosen = [mistake for mistake in mistakes if mistake.kind == kind]
        yield f"\n## {kind.capitalize()}: {len(chosen):,}"
        for mistake in chosen:
            rule = f", rule {_plain(mistake.rule)}" if mistake.rule else ""
            yield f"\n**{_plain(mistake.article)}**, characters {mistake.start}–{mistake.end}{rule}\n"
            yield f"> {_plain(mistake.context)}\n"
            yield from (
                f"- {name}: {_side(side)}"
                for name, side in (("gold", mistake.gold), ("predicted", mistake.predicted))
                if side
            )


def _side(side: Side) -> str:
    parts = (("source", side.source), ("cue", side.cue), ("content", side.content))
    shown = "; ".join(f"{name} “{_plain(' … '.join(strings))}”" if strings else f"no {name}" for name, strings in parts)
    return f"{side.type}, {shown}" if side.type else shown


def _plain(text: str) -> str:
    from attribution.report.wording import shorten

    return _MARKUP.sub(r"\\\1", shorten(text, _EXCERPT))
