"""Take out lines that stand in an article but do not belong to it: follow-us lines, cookie notes, repeated teasers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields
from functools import cache

from attribution.errors import ConfigError
from attribution.lang import read_lexicon
from attribution.types import LANGUAGES, Lang

# Boilerplate is short; a cookie note, the longest kind, has some 300 characters. Longer lines cost nothing this way.
MAX_LINE = 420
# A line of more than three words that stands there three times was put there by the page, not by the author (a
# shorter one may be "Stille." in a feature). Paragraphs are longer than MAX_REPEATED and stay.
MIN_REPEATS = 3
MIN_REPEATED_WORDS = 4
MAX_REPEATED = 200
# Where more than half of the lines repeat, the text itself is made of repetition, and they stay.
MAX_REPEATED_SHARE = 0.5
# A broken page may hold hundreds; the reader of a report needs the first.
MAX_WARNINGS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """Describe one kind of boilerplate line; ``pattern`` must match the whole line, in any case."""

    id: str
    pattern: str
    example: str
    lookalike: str


@cache
def load_boilerplate(lang: Lang) -> tuple[Line, ...]:
    """Load and check ``lang/<lang>/boilerplate.toml``; raise ConfigError naming the entry that is wrong."""
    tables = read_lexicon(lang, "boilerplate.toml")
    where = f"lang/{lang}/boilerplate.toml"
    if unknown := sorted(set(tables) - {"line"}):
        raise ConfigError(f"{where}: unknown table {unknown[0]!r}; allowed is [[line]]")
    return tuple(_entry(row, where) for row in tables.get("line", []))


def _entry(row: dict[str, str], where: str) -> Line:
    known = {field.name for field in fields(Line)}
    if wrong := sorted(set(row) ^ known):
        raise ConfigError(
            f"{where}, entry {row.get('id', '?')!r}: key {wrong[0]!r} is unknown or missing; needed are {known}"
        )
    try:
        re.compile(row["pattern"])
    except re.error as error:
        raise ConfigError(f"{where}, entry {row['id']!r}: the pattern is no regular expression: {error}") from None
    return Line(**row)


@cache
def _pattern() -> re.Pattern[str]:
    """Join the patterns of both languages: many German pages carry English buttons."""
    lines = [line.pattern for lang in LANGUAGES for line in load_boilerplate(lang)]
    return re.compile("|".join(f"(?:{pattern})" for pattern in lines), re.IGNORECASE)


def is_boilerplate(line: str) -> bool:
    """Tell whether a whole line is boilerplate by its wording."""
    return len(line) <= MAX_LINE and _pattern().fullmatch(line) is not None


def remove_boilerplate(text: str) -> tuple[str, tuple[str, ...]]:
    """Take boilerplate and repeated lines out of a normalised text; say of each how often it was removed.

    The first of a repeated line stays, unless its wording is boilerplate.
    """
    lines = text.split("\n")
    repeated, notes = _repeated(lines)
    removed: Counter[str] = Counter()
    seen: set[str] = set()
    kept: list[str] = []
    for line in lines:
        key = line.strip()
        if (key in repeated and key in seen) or (key and is_boilerplate(key)):
            removed[key] += 1
        else:
            kept.append(line)
        if key in repeated:
            seen.add(key)
    if not removed:
        return text, notes
    # What stood around a removed line must not leave two blank lines behind.
    rest = re.sub("\n{3,}", "\n\n", "\n".join(kept)).strip(" \n")
    return rest, (*notes, *_reports(removed))


def _repeated(lines: list[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    stripped = [line.strip() for line in lines if len(line) <= MAX_REPEATED]
    counts = Counter(stripped)
    repeated = {
        line: number
        for line, number in counts.items()
        if number >= MIN_REPEATS and len(line.split()) >= MIN_REPEATED_WORDS
    }
    wordings = [line for line in repeated if is_boilerplate(line)]
    own = sum(repeated.values()) - sum(repeated[line] for line in wordings)
    filled = sum(1 for line in lines if line and not line.isspace())
    if own > MAX_REPEATED_SHARE * filled:
        note = f"{len(repeated)} lines stand in the text three times or more; they were left in"
        return frozenset(wordings), (note,)
    return frozenset(repeated), ()


def _reports(removed: Counter[str]) -> tuple[str, ...]:
    reports = [
        f"removed {'boilerplate' if is_boilerplate(line) else 'repeated'} line, {_times(number)}: {_shortened(line)!r}"
        for line, number in removed.most_common(MAX_WARNINGS)
    ]
    if (more := len(removed) - MAX_WARNINGS) > 0:
        reports.append(f"removed {more} more lines like these")
    return tuple(reports)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _shortened(line: str) -> str:
    return line if len(line) <= 80 else line[:77].rstrip() + " …"
