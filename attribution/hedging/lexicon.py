"""The hedge lexicon of one language: read from TOML, checked, and compiled for one look-up a token.

A pattern is a sequence of slots, alternatives of a pattern list are separated by ``|`` (or given as a TOML list):

- ``word`` or ``word/other``: one of these words; a German slot with a capital must be capitalised in the text
- ``word?``: the slot may be missing
- ``@name``: one of the words of the list ``name`` in the file's ``[words]`` table
- ``#``: a number in digits or words
- ``$``: the end of a stretch between punctuation marks
- ``...``: up to eight tokens, never across a full stop, semicolon or colon
- ``>``: what stands behind it must follow, but is not part of the cue
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import product
from typing import Any, Literal

from attribution.errors import ConfigError
from attribution.hedging.likelihood import BANDS, band_name
from attribution.lang import read_lexicon
from attribution.types import HEDGE_CLASSES, HedgeClass, Holder, Lang

GAP, NUMBER, END, CONTEXT = "...", "#", "$", ">"
_SPECIAL = frozenset((GAP, NUMBER, END))
_DIGITS = re.compile(r"[$€£¥]?\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """Describe one hedge: its class, its patterns, and the grammar decision (``use``) that says when it is in use.

    ``not_before`` and ``not_after`` name words that cancel the cue when they stand right behind or in front of it.
    ``holder`` is ``source`` for the belief verbs, whose subject is the one who is not sure. ``likelihood`` is an
    ICD 203 band; ``ours`` says that the word stands in no English list of bands and the equivalence is our own.
    """

    id: str
    cls: HedgeClass
    patterns: tuple[str, ...]
    example: str
    lookalike: str
    use: str = "plain"
    holder: Holder = "reporter"
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    likelihood: tuple[int, int] | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """Match one token by its lower-case form; ``capital`` is None where upper or lower case does not matter."""

    words: frozenset[str]
    special: Literal["", "...", "#", "$"] = ""
    capital: bool | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hold one compiled pattern: ``before`` runs leftwards from the anchor, ``after`` rightwards, then ``context``."""

    entry: Entry
    before: tuple[Slot, ...]
    anchor: Slot
    after: tuple[Slot, ...]
    context: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Hold the hedges of one language, the word lists that its grammar needs, and the index by anchor word."""

    lang: Lang
    entries: tuple[Entry, ...]
    words: Mapping[str, frozenset[str]]
    index: Mapping[str, tuple[Pattern, ...]] = field(repr=False)

    def is_number(self, word: str) -> bool:
        """Tell whether a lower-case token is a number in digits or words, a currency sign in front allowed."""
        return word in self.words["numbers"] or _DIGITS.match(word) is not None


@cache
def load_hedges(lang: Lang) -> Lexicon:
    """Load and check ``lang/<lang>/hedges.toml``; raise ConfigError naming the entry and key that is wrong."""
    tables = read_lexicon(lang, "hedges.toml")
    return build_lexicon(lang, tables)


def build_lexicon(lang: Lang, tables: Mapping[str, Any]) -> Lexicon:
    """Check the tables of a hedge lexicon and compile its patterns."""
    where = f"lang/{lang}/hedges.toml"
    if unknown := sorted(set(tables) - {"words", "hedge"}):
        raise ConfigError(f"{where}: unknown table {unknown[0]!r}; allowed are hedge, words")
    words = {name: frozenset(_split(value)) for name, value in tables.get("words", {}).items()}
    if "numbers" not in words:
        raise ConfigError(f"{where}: the table words needs a list 'numbers'")
    entries = tuple(_entry(row, where) for row in tables.get("hedge", ()))
    index: defaultdict[str, list[Pattern]] = defaultdict(list)
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise ConfigError(f"{where}: the id {entry.id!r} stands twice; every entry needs its own")
        seen.add(entry.id)
        for pattern in _compile(entry, words, lang, where):
            for word in pattern.anchor.words:
                index[word].append(pattern)
    return Lexicon(lang, entries, words, {word: tuple(patterns) for word, patterns in index.items()})


def _entry(row: Mapping[str, Any], where: str) -> Entry:
    """Build one entry; word lists may be given as one string."""
    values = {("cls" if key == "class" else key): value for key, value in row.items()}
    known = {f.name for f in fields(Entry)}
    where = f"{where}, entry {row.get('id', '?')!r}"
    if unknown := sorted(set(values) - known):
        allowed = ", ".join(sorted(known - {"cls"} | {"class"}))
        raise ConfigError(f"{where}: unknown key {unknown[0]!r}; allowed are {allowed}")
    if isinstance(patterns := values.get("patterns", ()), str):
        patterns = patterns.split("|")
    values["patterns"] = tuple(pattern.strip() for pattern in patterns)
    for key in ("not_before", "not_after"):
        values[key] = frozenset(_split(values.get(key, ())))
    if (limits := values.get("likelihood")) is not None:
        values["likelihood"] = tuple(limits)
    try:
        entry = Entry(**values)
    except TypeError as error:
        raise ConfigError(f"{where}: {error}; required are id, class, patterns, example, lookalike") from None
    _check(entry, where)
    return entry


def _check(entry: Entry, where: str) -> None:
    """Refuse a value that no rule could work with."""
    if entry.cls not in HEDGE_CLASSES:
        raise ConfigError(f"{where}: class {entry.cls!r} is none of {', '.join(HEDGE_CLASSES)}")
    if entry.holder not in ("reporter", "source"):
        raise ConfigError(f"{where}: holder {entry.holder!r} is neither 'reporter' nor 'source'")
    if not all(entry.patterns) or not entry.patterns:
        raise ConfigError(f"{where}: 'patterns' is empty or has an empty alternative")
    if entry.likelihood is not None and band_name(entry.likelihood) is None:
        allowed = ", ".join(f"[{band.low}, {band.high}]" for band in BANDS)
        raise ConfigError(f"{where}: likelihood {list(entry.likelihood)} is no ICD 203 band; allowed are {allowed}")


def _compile(entry: Entry, words: Mapping[str, frozenset[str]], lang: Lang, where: str) -> Iterator[Pattern]:
    """Expand optional slots and anchor each pattern at its longest plain word, which is rarer than its first."""
    where = f"{where}, entry {entry.id!r}"
    for pattern in entry.patterns:
        cue, _, context = pattern.partition(f" {CONTEXT} ")
        options = [((text[:-1],), ()) if text.endswith("?") else ((text,),) for text in cue.split()]
        behind = tuple(_slot(text, words, lang, where) for text in context.split())
        for choice in product(*options):
            slots = [_slot(text, words, lang, where) for part in choice for text in part]
            place = _anchor(slots)
            if place is None:
                raise ConfigError(f"{where}: pattern {pattern!r} has no plain word in front of its first gap")
            yield Pattern(entry, tuple(reversed(slots[:place])), slots[place], tuple(slots[place + 1 :]), behind)


def _anchor(slots: list[Slot]) -> int | None:
    """Choose the slot whose shortest word is longest, in front of any gap."""
    best, length = None, 0
    for place, slot in enumerate(slots):
        if slot.special == GAP:
            break
        if slot.words and (shortest := min(map(len, slot.words))) > length:
            best, length = place, shortest
    return best


def _slot(text: str, words: Mapping[str, frozenset[str]], lang: Lang, where: str) -> Slot:
    """Compile one slot of a pattern."""
    if text in _SPECIAL:
        return Slot(frozenset(), text)  # type: ignore[arg-type]
    if text.startswith("@"):
        if text[1:] not in words:
            raise ConfigError(f"{where}: the list {text!r} is not in [words]; there are {', '.join(sorted(words))}")
        return Slot(words[text[1:]])
    capital = text[0].isupper() if lang == "de" and text[0].isalpha() else None
    return Slot(frozenset(_apostrophes(text.lower().split("/"))), capital=capital)


def _apostrophes(forms: list[str]) -> Iterator[str]:
    """Give each form with a straight and with a curved apostrophe."""
    for form in forms:
        yield form
        if "'" in form:
            yield form.replace("'", "’")


def _split(value: str | list[str]) -> list[str]:
    """Read a word list that is given as one string or as a TOML list."""
    return value.split() if isinstance(value, str) else list(value)
