"""``attribution train extraction``: train the sequence models and rankers that work beside the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from attribution.cli.messages import DONE, inform, refusing
from attribution.errors import AttributionError
from attribution.types import Lang


def train(
    kind: Annotated[Literal["extraction"], typer.Argument(help="What to train: extraction.")],
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl", help="Labelled articles, interchange JSONL.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder; the model goes to DIR/LANG.")],
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the gold articles.")],
    seed: Annotated[int, typer.Option("--seed", help="Seed of folds and trees.")] = 1,
) -> None:
    """Train models on labelled articles; use them with --models DIR.

    Progress goes to standard error. The same data, version and seed give the same files. Nothing is written until all
    is trained.

    Exit code 0: done; 2: wrong usage, or the gold is not as it must be.
    """
    from attribution.train import train_extraction

    with refusing():
        if missing := [path for path in gold if not path.is_file()]:
            raise AttributionError(f"{missing[0]}: there is no such file; give gold as JSONL files")
        meta = train_extraction(gold, output / lang, lang, seed=seed, progress=inform)
    inform(f"{output / lang}: trained {kind} on {meta['articles']} articles, {meta['attributions']} attributions")
    raise typer.Exit(DONE)
