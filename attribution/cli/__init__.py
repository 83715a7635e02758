"""The command line: every command parses, calls one library function and renders what it gives.

Nothing heavy is imported here, so that ``attribution --help`` answers at once; commands import what they call.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from attribution import __version__
from attribution.cli.evaluate import evaluate
from attribution.cli.extract import extract
from attribution.cli.messages import FAILED, complain
from attribution.cli.report import report
from attribution.cli.train import train

COMMANDS: dict[str, Callable[..., None]] = {
    "report": report,
    "extract": extract,
    "evaluate": evaluate,
    "train": train,
}

app = typer.Typer(
    help="Who says so, through whom, and how sure are they? Analyse German and English news, offline.",
    # Plain help costs half the time of the boxed one and survives grep and a screen reader.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name, _command in COMMANDS.items():
    app.command(_name, no_args_is_help=True)(_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"attribution {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; the console script ``attribution`` calls this."""
    _prepare_streams()
    try:
        try:
            app(prog_name="attribution")
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output had enough (``| head``): not an error, but Python would report it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror or error}")
        sys.exit(FAILED)


def _prepare_streams() -> None:
    """Write UTF-8 into pipes and files everywhere, and never fail on a terminal that lacks a character."""
    # A stream that was closed (``>&-``) or never there (a Windows service) is None.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
