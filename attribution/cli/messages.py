"""Tell the user what went wrong: one line each on standard error, and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer

from attribution.errors import AttributionError
from attribution.types import ArticleResult, Failure

DONE, SOME_FAILED, FAILED = 0, 1, 2


def complain(message: str) -> None:
    """Print one error line to standard error."""
    typer.echo(f"{_styled('error:', 'red')} {_one_line(message)}", err=True)


def inform(message: str) -> None:
    """Print one line that is neither result nor error."""
    typer.echo(_one_line(message), err=True)


@contextmanager
def refusing() -> Iterator[None]:
    """Turn wrong settings and the like into an error line and exit code 2."""
    try:
        yield
    except AttributionError as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None


@dataclass(slots=True)
class Tally:
    """Count what was done and what failed, and report every failure when it comes."""

    done: int = 0
    failed: int = 0

    def watch(self, stream: Iterable[ArticleResult | Failure]) -> Iterator[ArticleResult | Failure]:
        """Pass everything on, counted."""
        for item in stream:
            if isinstance(item, Failure):
                self.failed += 1
                complain(item.reason)
            else:
                self.done += 1
            yield item

    def results(self, stream: Iterable[ArticleResult | Failure]) -> Iterator[ArticleResult]:
        """Pass results on and hold failures back, counted."""
        return (item for item in self.watch(stream) if not isinstance(item, Failure))

    @property
    def exit_code(self) -> int:
        """Return 0 when everything was done, 1 when some inputs failed, 2 when nothing could be done."""
        if not self.done:
            return FAILED
        return SOME_FAILED if self.failed else DONE


def _styled(text: str, colour: str) -> str:
    plain = "NO_COLOR" in os.environ or not sys.stderr.isatty()
    return text if plain else typer.style(text, fg=colour, bold=True)


def _one_line(message: str) -> str:
    """Keep a message on its line; file names and texts may hold newlines and terminal escapes."""
    return "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in message)
