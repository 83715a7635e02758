"""English cues that are no verbs: "according to", "reportedly", "his claim that", a name and a colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.english_clauses import Text, clause_end
from attribution.lang import Marker, Noun
from attribution.lang.en import grammar as g

Rows = Sequence[tuple[tuple[str, ...], Marker]]


def marked(text: Text, i: int, rows: Rows) -> list[Candidate]:
    """Propose what a marker at token i attributes."""
    lower = text.lower
    for pattern, marker in rows:
        end = i + len(pattern)
        if tuple(lower[i:end]) == pattern:
            found = list(_read_marker(text, i, end, marker))
            if found:
                return found
    return []


def _read_marker(text: Text, i: int, end: int, marker: Marker) -> Iterator[Candidate]:
    first, stop = text.bounds(i)
    words, lower = text.words, text.lower
    cue = (Tokens(i, end),)
    if marker.source == "none":
        return
    last = g.noun_phrase(words, lower, end, stop)
    if last == end:
        return
    opening = i == first or (i == first + 1 and lower[first] in g.CONJUNCTIONS)
    if opening:
        comma = next((k for k in range(last, min(stop, last + 30)) if words[k] == ","), -1)
        if comma < 0:
            return
        source = Tokens(end, comma)
        content = Tokens(comma + 1, clause_end(text, comma + 1, stop))
        if content.last > content.first:
            yield Candidate("indirect", (content,), cue, (source,), (), f"en.marker-first.{marker.id}", 75)
        return
    start = first
    before = i - 1 if words[i - 1] == "," else i
    pieces = [Tokens(start, before)]
    full = g.apposition(words, lower, last, stop)
    yield Candidate("indirect", tuple(pieces), cue, (Tokens(end, full),), (), f"en.marker.{marker.id}", 75)


def nominal(text: Text, i: int, nouns: Sequence[Noun]) -> list[Candidate]:
    """Propose what a noun such as "claim" at token i introduces."""
    return []


def headline(text: Text, colon: int) -> list[Candidate]:
    """Propose "Name: statement" at the start of a paragraph."""
    first, stop = text.bounds(colon)
    words, lower = text.words, text.lower
    sentence = text.document.sentences[text.document.sentence_of[colon]]
    if colon - first > 6 or colon == first or colon + 1 >= len(words):
        return []
    if not all(g.is_capital(word) or word in ("of", "the", "’s", "'s", ".", "(", ")") for word in words[first:colon]):
        return []
    if words[first][0].isdigit() or text.inside(colon) or text.quote_at.get(first) is not None:
        return []
    del sentence, lower
    if colon + 1 >= stop:
        return []
    return [
        Candidate(
            "indirect",
            (Tokens(colon + 1, stop),),
            (Tokens(colon, colon + 1),),
            (Tokens(first, colon),),
            (),
            "en.headline",
            60,
        )
    ]
