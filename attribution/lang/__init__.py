"""The linguistic knowledge of one language: checked lexicon files and the grammar that needs code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

from attribution.errors import ConfigError
from attribution.types import Lang

VerbClass = Literal["say", "belief", "demand", "announce", "warn", "deny", "confirm", "report", "judge", "intend"]
Frame = Literal["quote", "clause", "question", "infinitive", "object", "parenthesis"]
MarkerPlace = Literal["before", "after", "none"]


@dataclass(frozen=True, slots=True)
class Verb:
    """Describe one cue verb.

    ``forms`` are all its one-word forms in lower case; for a German separable verb the joined ones ("angekündigt",
    "ankündigt", "anzukündigen") stand in ``forms`` and the bare ones ("kündigt", "kündigte") in ``bare``, which count
    only with ``particle`` later in the clause. ``frames`` say what content it takes: a quotation, a that-clause or
    bare clause, an indirect question, an infinitive, an ``object`` (a noun phrase, after one of ``prepositions`` where
    given), or a ``parenthesis`` ("…, X said.").
    """

    id: str
    lemma: str
    cls: VerbClass
    forms: tuple[str, ...]
    frames: tuple[Frame, ...]
    example: str
    lookalike: str
    particle: str = ""
    bare: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """Describe a cue that is no verb: "laut", "nach Angaben", "zufolge", "according to", "reportedly".

    ``pattern`` is one or more alternatives separated by ``|``, each a sequence of lower-case words. ``source`` says
    where the source stands: before the marker, after it, or none (unspecified).
    """

    id: str
    pattern: str
    source: MarkerPlace
    example: str
    lookalike: str


@dataclass(frozen=True, slots=True)
class Noun:
    """Describe a noun that introduces content: "die Behauptung, dass …", "his claim that …"."""

    id: str
    forms: tuple[str, ...]
    frames: tuple[Frame, ...]
    example: str
    lookalike: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Hold the cue lexicon of one language."""

    verbs: tuple[Verb, ...]
    markers: tuple[Marker, ...]
    nouns: tuple[Noun, ...]


Entry = TypeVar("Entry", Verb, Marker, Noun)


@cache
def load_cues(lang: Lang) -> Cues:
    """Load and check ``lang/<lang>/cues.toml``; raise ConfigError naming the entry and key that is wrong."""
    tables = read_lexicon(lang, "cues.toml")
    return Cues(
        verbs=tuple(_entry(Verb, row, lang) for row in tables.pop("verb", [])),
        markers=tuple(_entry(Marker, row, lang) for row in tables.pop("marker", [])),
        nouns=tuple(_entry(Noun, row, lang) for row in tables.pop("noun", [])),
    )


def read_lexicon(lang: Lang, name: str) -> dict[str, Any]:
    """Read one TOML file of the package's ``lang/<lang>/`` folder."""
    return tomllib.loads(files(__package__).joinpath(lang, name).read_text(encoding="utf-8"))


def _entry(cls: type[Entry], row: dict[str, Any], lang: Lang) -> Entry:
    """Build one lexicon entry; word lists may be given as one string separated by spaces."""
    row = {("cls" if key == "class" else key): value for key, value in row.items()}
    known = {f.name for f in fields(cls)}
    where = f"lang/{lang}/cues.toml, entry {row.get('id', '?')!r}"
    if unknown := sorted(set(row) - known):
        raise ConfigError(f"{where}: unknown key {unknown[0]!r}; allowed are {', '.join(sorted(known))}")
    for key in ("forms", "bare", "frames", "prepositions"):
        if key in row:
            row[key] = tuple(row[key].split()) if isinstance(row[key], str) else tuple(row[key])
    try:
        return cls(**row)
    except TypeError as error:
        raise ConfigError(f"{where}: {error}; required are id, example, lookalike and what the kind needs") from None
