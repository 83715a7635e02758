"""English cues that are no verbs: "according to", "reportedly", "his claim that", a name and a colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.english_clauses import DASHES, Text, clause_end
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
    yield from _after_content(text, i, end, marker, (first, stop))


def _after_content(text: Text, i: int, end: int, marker: Marker, bounds: tuple[int, int]) -> Iterator[Candidate]:
    """Read "CONTENT, according to X" and "PART, according to X, PART"."""
    first, stop = bounds
    words, lower = text.words, text.lower
    start = next((k + 1 for k in range(i - 1, first - 1, -1) if words[k] in ("(", ";")), first)
    if lower[start] in g.CONJUNCTIONS:
        start += 1
    before = i - 1 if words[i - 1] == "," or words[i - 1] in DASHES else i
    if before <= start:
        return
    last = _source_end(text, end, stop)
    content = [Tokens(start, before)]
    aside = words[i - 1] == "," and last < stop and words[last] == ","
    if aside:
        full = g.apposition(words, lower, last, stop)
        if full < stop or not _appositive(text, last, stop):
            rest = full + 1 if words[full : full + 1] == [","] and full > last and _appositive(text, last, stop) else last + 1
            if rest < stop and g.has_finite(words, lower, rest - 1, stop):
                content.append(Tokens(rest, clause_end(text, rest, stop)))
                last = rest - 1
        else:
            last = full
    yield Candidate("indirect", tuple(content), (Tokens(i, end),), (Tokens(end, last),), (), f"en.marker.{marker.id}", 75)


def _appositive(text: Text, comma: int, stop: int) -> bool:
    return comma + 1 < stop and text.lower[comma + 1] in ("a", "an", "the", "who", "which", "whose", "one", "another")


def _source_end(text: Text, start: int, stop: int) -> int:
    """Return the end of a source that stands last in its clause: it runs up to the next mark."""
    words, lower = text.words, text.lower
    for k in range(start, min(stop, start + 30)):
        if words[k] in (",", ";", ":", "(", ")", "“", '"', "''", *DASHES) and k > start:
            return k if words[k] != "(" else k
        if k > start and lower[k] in ("but", "while") or (k > start + 1 and g.is_finite(words, lower, k) and lower[k] in g.AUXILIARIES):
            return k
    return min(stop, start + 30)


def nominal(text: Text, i: int, nouns: Sequence[Noun]) -> list[Candidate]:
    """Propose what a noun such as "claim" at token i introduces."""
    return []


_NO_SPEAKERS = frozenset(
    "breaking contributing answer question q a the latest video watch photo photos update updated note editor exclusive"
    " report analysis opinion revealed related read more correction source sources poll wow look live recap".split()
)


def headline(text: Text, colon: int) -> list[Candidate]:
    """Propose "Name: statement" as a headline, and a speaker's name in a transcript."""
    first, stop = text.bounds(colon)
    words, lower = text.words, text.lower
    if not 0 < colon - first <= 6 or colon + 2 >= stop or text.quote_at.get(first) is not None:
        return []
    if not all(g.is_capital(word) or word in ("of", "the", "’s", "'s", "(", ")", "and") for word in words[first:colon]):
        return []
    if lower[first] in _NO_SPEAKERS or lower[colon - 1] in _NO_SPEAKERS or words[first][0].isdigit() or words[first].endswith("ed"):
        return []
    document = text.document
    sentence = document.sentences[document.sentence_of[colon]]
    cue, source = (Tokens(colon, colon + 1),), (Tokens(first, colon),)
    if words[first].isupper() and len(words[first]) > 1 and document.sentence_of[colon]:
        last = _paragraph_end(text, document.sentence_of[colon])
        return [Candidate("direct", (Tokens(colon + 1, last),), cue, source, (), "en.transcript", 80)]
    quoted = text.quote_opening(colon + 1) is not None
    if sentence.first == 0 and (quoted or g.has_finite(words, lower, colon + 1, stop)) or quoted:
        return [Candidate("direct" if quoted else "indirect", (Tokens(colon + 1, stop),), cue, source, (), "en.headline", 80)]
    return []


def _paragraph_end(text: Text, index: int) -> int:
    sentences = text.document.sentences
    last = index
    while last + 1 < len(sentences) and sentences[last + 1].paragraph == sentences[index].paragraph:
        last += 1
    return text.bounds(sentences[last].first)[1]
