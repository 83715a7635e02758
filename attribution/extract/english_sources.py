"""Who an English cue verb speaks of: the subject before it, behind it, or shared with another clause."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.english_clauses import CLOSERS, DASHES, Text
from attribution.extract.english_verbs import Group
from attribution.lang.en import grammar as g

INVERTIBLE = frozenset(
    ["said", "says", "say", "added", "wrote", "writes", "asked", "tweeted", "replied", "argued", "explained", "noted"]
)


def lower_before(text: Text, group: Group, first: int) -> str:
    """Return the word before a verb group in lower case."""
    return text.lower[group.first - 1] if group.first > first else ""


Found = tuple[tuple[Tokens, ...], int, int]


def find_source(text: Text, group: Group, first: int, stop: int, found: Sequence[Candidate]) -> Found | None:
    """Return the source, the left edge of the cue clause, and where the words after the cue start."""
    words, lower = text.words, text.lower
    k = group.first
    inverted = _inverted(text, group, first, stop)
    if inverted is not None:
        return inverted
    if k == first:
        return None
    before = lower[k - 1]
    if group.shape == "infinitive":
        return _controlled(text, group, first, found)
    if before == "who" or (before in ("which", "that") and group.shape == "finite"):
        return _antecedent(text, k - 1, first, group)
    if group.shape == "ing" and (
        before == ","
        or before in CLOSERS
        or before
        in ("by", "in", "and", "while", "after", "before", "of", "for", "about", "from", "at", "with", "without")
    ):
        return _shared(text, group, first, found)
    if before in ("and", "but", "or"):
        return _shared(text, group, first, found)
    end = k - 1 if before == "as" and group.shape == "ing" else k  # "quoted an official as saying"
    start = g.subject(words, lower, end, first)
    if start >= end:
        return None
    while words[end - 1] == ",":
        end -= 1
    return (Tokens(start, end),), start, group.last


def _inverted(text: Text, group: Group, first: int, stop: int) -> Found | None:
    """Read '"…," said X': the cue follows a quotation or a comma and its subject comes after it."""
    words, lower = text.words, text.lower
    k = group.first
    if k != group.token or group.shape != "finite" or group.last >= stop:
        return None
    after_quote = k > first and (
        text.quote_ending(k - 1) is not None
        or (words[k - 1] in (",", *DASHES) and text.quote_ending(k - 2) is not None)
    )
    if not (
        after_quote
        or (k > first and words[k - 1] == "," and lower[group.token] in INVERTIBLE)
        or (k == first and lower[k] == "said")
    ):
        return None
    nxt = lower[group.last]
    if nxt == "that" or text.quote_opening(group.last) is not None or not (g.is_word(words[group.last])):
        return None
    if nxt in g.PREPOSITIONS or (g.is_adverb(nxt) and words[group.last][0].islower()):
        return None
    end = g.noun_phrase(words, lower, group.last, stop)
    if end == group.last:
        return None
    if not after_quote and k > first and (words[k - 1] != "," or _clause_follows(text, group.last, end, stop)):
        return None
    full = g.apposition(words, lower, end, stop)
    return (Tokens(group.last, full),), k, full


def _clause_follows(text: Text, start: int, end: int, stop: int) -> bool:
    """Tell whether what follows ", said" is a clause of its own, so that the subject stands before the comma."""
    comma = next((k for k in range(end, stop) if text.words[k] == ","), stop)
    return g.has_finite(text.words, text.lower, start, comma) or text.lower[end : end + 1] in (["that"], ["to"])


def _controlled(text: Text, group: Group, first: int, found: Sequence[Candidate]) -> Found | None:
    """Return the source of "went on to say", "was quick to note": the subject of the governing verb."""
    words, lower = text.words, text.lower
    governing = next(
        (
            k
            for k in range(group.first - 1, max(first, group.first - 9) - 1, -1)
            if g.is_finite(words, lower, k) or lower[k] in g.BARE_VERBS
        ),
        -1,
    )
    if governing < 0:
        return None
    end = governing
    while end > first and (g.is_adverb(lower[end - 1]) or lower[end - 1] in g.AUXILIARIES or lower[end - 1] == "to"):
        end -= 1
    if end > first and lower[end - 1] == "who":
        return _antecedent(text, end - 1, first, group)
    start = g.subject(words, lower, end, first)
    if start >= end:
        return _shared(text, group, first, found) if end > first and lower[end - 1] in ("and", ",") else None
    while words[end - 1] == ",":
        end -= 1
    return (Tokens(start, end),), start, group.last


def _antecedent(text: Text, pronoun: int, first: int, group: Group) -> Found | None:
    """Return the noun phrase a relative pronoun stands for, and the pronoun."""
    words, lower = text.words, text.lower
    end = pronoun
    if end > first and words[end - 1] == ",":
        end -= 1
    start = g.subject(words, lower, end, first) if end > first else end
    if start >= end:
        return (Tokens(pronoun, pronoun + 1),), pronoun, group.last
    return (Tokens(start, end), Tokens(pronoun, pronoun + 1)), pronoun, group.last


def _shared(text: Text, group: Group, first: int, found: Sequence[Candidate]) -> Found | None:
    """Return the source that a participle or a coordinated verb shares with the clause before it."""
    for candidate in reversed(found[-3:]):
        if (
            candidate.source
            and candidate.cue
            and candidate.cue[0].first >= first
            and candidate.cue[0].last <= group.first
        ):
            return candidate.source, group.first, group.last
        if candidate.cue and candidate.cue[0].first < first:
            break
    start, end = g.first_subject(text.words, text.lower, first, group.first)
    if start >= end:
        return None
    while text.words[end - 1] == ",":
        end -= 1
    return (Tokens(start, end),), group.first, group.last
