"""What several commands take and do alike."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attribution.cli.messages import DONE
from attribution.errors import AttributionError
from attribution.types import Lang

if TYPE_CHECKING:
    from attribution.analyzer import Analyzer

LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="Language of the articles; told from each article when not given.")
]
SourcesOption = Annotated[
    list[Path] | None,
    typer.Option("--sources", metavar="FILE", help="Source register (TOML) to lay over the shipped one; repeatable."),
]
SettingsOption = Annotated[
    Path | None, typer.Option("--settings", metavar="FILE", help="Settings (TOML), such as other points for grades.")
]
ModelsOption = Annotated[
    str,
    typer.Option(
        "--models",
        metavar="none|shipped|DIR",
        help="Trained models beside the rules: more accurate, 10 to 20 times slower; German weights are CC BY-NC-SA.",
    ),
]


def make_analyzer(settings: Path | None, sources: Sequence[Path] | None, models: str = "none") -> Analyzer:
    """Load settings and make the one analyser of a run."""
    from attribution.analyzer import Analyzer
    from attribution.config import load_settings
    from attribution.extract.extraction import SHIPPED

    folder = {"none": None, "shipped": SHIPPED}.get(models, Path(models))
    return Analyzer(load_settings(settings, sources=sources or ()), models=folder)


def is_folder(given: str) -> bool:
    """Tell whether an input is a folder; what is no possible path is not."""
    try:
        return Path(given).is_dir()
    except (OSError, ValueError):
        return False


def make_folder(folder: Path) -> None:
    """Make the folder that results go into."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AttributionError(f"-o {folder}: not a folder that can be made ({error.strerror})") from None


def emit(pieces: Iterable[str]) -> None:
    """Write pieces of the result to standard output, each as soon as it is there; stop when nobody reads on."""
    try:
        for piece in pieces:
            sys.stdout.write(piece)
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None
