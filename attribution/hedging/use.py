"""Decide whether a candidate is in use: what holds for every cue, then the rule of its language that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from attribution.errors import ConfigError
from attribution.hedging import use_de, use_en
from attribution.hedging.clause import CERTAIN, CLOSING_MARKS, HARDLY, NEVER, OPENING_MARKS, Decision, Place
from attribution.hedging.lexicon import Lexicon, load_hedges
from attribution.types import Lang

RULES: Mapping[Lang, Mapping[str, Callable[[Place], Decision]]] = {"de": use_de.RULES, "en": use_en.RULES}
PLAIN = "plain"


@cache
def checked_lexicon(lang: Lang) -> Lexicon:
    """Load the hedges of a language and refuse an entry whose ``use`` names no rule."""
    lexicon = load_hedges(lang)
    check_uses(lexicon)
    return lexicon


def check_uses(lexicon: Lexicon) -> None:
    """Raise ConfigError for the first entry whose ``use`` names no rule of its language."""
    allowed = {PLAIN, *RULES[lexicon.lang]}
    for entry in lexicon.entries:
        if entry.use not in allowed:
            raise ConfigError(
                f"lang/{lexicon.lang}/hedges.toml, entry {entry.id!r}: use {entry.use!r} names no rule; "
                f"allowed are {', '.join(sorted(allowed))}"
            )


def decide(place: Place) -> Decision:
    """Decide whether the cue at a place is in use."""
    entry = place.entry
    if _mentioned(place):
        return Decision(NEVER, "the word itself is meant")
    if place.after() in entry.not_before:
        return Decision(HARDLY, f"before {place.after()!r}")
    if place.before() in entry.not_after:
        return Decision(HARDLY, f"behind {place.before()!r}")
    if entry.use == PLAIN:
        return Decision(CERTAIN, entry.cls)
    return RULES[place.document.lang][entry.use](place)


def _mentioned(place: Place) -> bool:
    """Tell whether the cue alone stands in quotation marks, as a term or behind "the word"."""
    if place.before() not in OPENING_MARKS or place.after() not in CLOSING_MARKS:
        return False
    document = place.document
    named = place.has(document.lower[max(place.begin, place.first - 4) : place.first], "terms")
    return named or document.quote_of[place.first] < 0
