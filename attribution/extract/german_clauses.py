"""German sentences cut into clauses, and what can be told of a clause without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from attribution.extract.candidates import Tokens
from attribution.lang import Marker, Noun, Verb, load_cues
from attribution.lang.de import grammar as g
from attribution.nlp import Document
from attribution.types import AttributionType

BREAKS = frozenset((",", ";", ":", "–", "—", "-"))


FINAL = frozenset((".", "!", "?", "…"))


MARKS = frozenset(("„", "“", "”", '"', "«", "»", "‚", "‘", "’", "‹", "›", "''", "``", "'"))


CLOSERS = frozenset(("“", "”", '"', "«", "»", "‘", "’", "‹", "›", "''", "'"))


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold a stretch of a sentence between commas, colons or dashes that stand outside quotations."""

    first: int
    last: int
    before: str


@dataclass(slots=True)
class Clauses:
    """Hold one sentence for the rules: its words, its segments and the quotations that lie in it."""

    document: Document
    words: Sequence[str]
    lower: Sequence[str]
    first: int
    last: int
    segments: list[Segment]
    quotes: list[Tokens] = field(default_factory=list)

    def segment_at(self, token: int) -> int:
        """Return the index of the segment that token lies in (or that follows the break it is)."""
        for k, segment in enumerate(self.segments):
            if token < segment.last:
                return k
        return len(self.segments) - 1

    def body_end(self) -> int:
        """Return the end of the sentence without its final punctuation."""
        last = self.last
        while last > self.first and self.words[last - 1] in FINAL:
            last -= 1
        return last


@dataclass(frozen=True, slots=True)
class VerbCue:
    """Hold one cue verb in use: its parts, its finite verb, its segment, and what kind of clause it stands in."""

    verb: Verb
    parts: tuple[int, ...]
    finite: int
    segment: int
    passive: bool
    order: str  # "second", "first", "wie", "final", "relative", "bare" (no finite verb found)


@cache
def tables() -> tuple[dict[str, list[Verb]], dict[str, list[Verb]], dict[str, list[tuple[tuple[str, ...], Marker]]]]:
    """Index the lexicon by word: joined verb forms, bare forms of separable verbs, first words of markers."""
    cues = load_cues("de")
    joined: dict[str, list[Verb]] = {}
    bare: dict[str, list[Verb]] = {}
    markers: dict[str, list[tuple[tuple[str, ...], Marker]]] = {}
    for verb in cues.verbs:
        for form in verb.forms:
            joined.setdefault(form, []).append(verb)
        for form in verb.bare:
            bare.setdefault(form, []).append(verb)
    for marker in cues.markers:
        for pattern in marker.pattern.split("|"):
            parts = tuple(pattern.split())
            # "wie X berichtet" is read from its verb, "Berichten zufolge" from its postposition
            if parts == ("wie",) or parts[0] == "zitiert" or (len(parts) > 1 and parts[-1] == "zufolge"):
                continue
            markers.setdefault(parts[0], []).append((parts, marker))
    for rows in markers.values():
        rows.sort(key=lambda row: -len(row[0]))
    return joined, bare, markers


@cache
def noun_forms() -> dict[str, Noun]:
    """Index the nouns of saying by form."""
    return {form: noun for noun in load_cues("de").nouns for form in noun.forms}


def split_clauses(document: Document, first: int, last: int) -> Clauses:
    """Cut a sentence at its commas, colons, semicolons and dashes; quotations stay whole."""
    words = document.words
    segments, quotes = [], []
    start, before, i = first, "", first
    while i < last:
        quote = document.quote_of[i]
        if quote >= 0:
            end = document.quotations[quote].end
            j = i
            while j < last and document.starts[j] < end:
                j += 1
            quotes.append(Tokens(i, j))
            i = j
            continue
        if words[i] in BREAKS:
            if i > start:
                segments.append(Segment(start, i, before))
                start, before = i + 1, words[i]
            else:
                start, before = i + 1, words[i] if words[i] != "," or not before else before
        i += 1
    if last > start:
        segments.append(Segment(start, last, before))
    clauses = Clauses(document, words, document.lower, first, last, segments, quotes)
    _merge_wie(clauses)
    return clauses


def _merge_wie(c: Clauses) -> None:
    """Join the pieces of a *wie* clause that appositions cut ("Wie Karl Maier, Sprecher der Stadt, mitteilte")."""
    k = 0
    while k < len(c.segments) - 1:
        segment = c.segments[k]
        if c.lower[segment.first] == "wie" and not finite_in(c, segment):
            last = next((m for m in range(k + 1, min(k + 4, len(c.segments))) if finite_in(c, c.segments[m])), -1)
            if last > 0 and g.is_finite(c.words, c.lower, c.segments[last].last - 1, c.segments[last].last):
                c.segments[k : last + 1] = [Segment(segment.first, c.segments[last].last, segment.before)]
        k += 1


def ends(c: Clauses, i: int, segment: Segment) -> bool:
    """Tell whether a verb stands at the end of its clause (a coordinated clause or a quotation may follow)."""
    j = i + 1
    while j < segment.last and c.lower[j] in g.AUXILIARIES:
        j += 1
    return (
        j >= segment.last
        or c.words[j] in FINAL
        or c.lower[j] in ("und", "sowie", "oder", "aber")
        or c.document.quote_of[j] >= 0
    )


def skip_focus(c: Clauses, start: int, stop: int) -> int:
    """Step over conjunctions and focus words ("auch", "doch") that open a clause."""
    while start < stop and c.lower[start] in g.FOCUS:
        start += 1
    return start


def main_before(c: Clauses, k: int) -> bool:
    """Tell whether a main clause or a quotation stands before segment k of the sentence."""
    for segment in c.segments[:k]:
        if c.document.quote_of[segment.first] >= 0 or any(segment.first <= q.first < segment.last for q in c.quotes):
            return True
        opener = c.lower[segment.first]
        if (opener in g.SUBORDINATORS and opener not in ("als", "seit", "während", "bis")) or opener == "um":
            if opener not in ("dass", "daß"):
                continue
            return True
        if not relative_like(c, segment) and finite_in(c, segment):
            finite = next(
                j for j in range(segment.first, segment.last) if g.is_finite(c.words, c.lower, j, segment.last)
            )
            if opener in g.SUBORDINATORS and finite >= segment.last - 2:
                continue
            return True
    return False


def is_phrase(c: Clauses, segment: Segment) -> bool:
    """Tell whether a segment is one noun phrase without a verb of its own."""
    if any(c.document.quote_of[j] >= 0 for j in range(segment.first, segment.last)):
        return False
    end = g.noun_phrase(c.words, c.lower, segment.first, segment.last)
    if end == segment.first:
        return False
    return not any(
        c.lower[j] in g.AUXILIARIES or c.lower[j] in g.COMMON_FINITE or g.is_finite(c.words, c.lower, j, segment.last)
        for j in range(end, segment.last)
    )


def is_relative(c: Clauses, segment: Segment) -> bool:
    """Tell whether a segment opens with a relative pronoun and ends with a finite verb."""
    opener = segment.first
    if c.lower[opener] in g.PREPOSITIONS and opener + 1 < segment.last:
        opener += 1
    return c.lower[opener] in g.RELATIVES and g.is_finite(c.words, c.lower, segment.last - 1, segment.last)


def content_type(c: Clauses, content: Sequence[Tokens]) -> AttributionType:
    """Call content direct when it is nothing but quotation."""
    return (
        "direct"
        if content and all(any(q.first <= t.first and t.last <= q.last + 1 for q in c.quotes) for t in content)
        else "indirect"
    )


def around(c: Clauses, first: int, last: int) -> tuple[Tokens, ...]:
    """Take the sentence but for a parenthesis (*wie X berichtet*, *sagte X*, *so X*) as content."""
    end = c.body_end()
    left = first
    while left > c.first and c.words[left - 1] in BREAKS:
        left -= 1
    right = last
    while right < end and c.words[right] in BREAKS:
        right += 1
    spans = (Tokens(c.first, left), Tokens(right, end))
    return tuple(span for span in spans if span.last > span.first)


def clause_end(c: Clauses, k: int, end: int) -> int:
    """Return where content that begins in segment k ends: at a new clause of the reporter's, else with the sentence."""
    joined, bare, _ = tables()
    for segment in c.segments[k + 1 :]:
        opener = c.lower[segment.first]
        if segment.before == ";":
            return segment.first - 1
        if opener in ("und", "aber", "doch") and segment.first + 2 < segment.last:
            near = c.lower[segment.first + 1 : segment.first + 3]
            if any(word in joined or word in bare for word in near) and not any(w in g.KONJUNKTIV_1 for w in near):
                return segment.first - 1
        if opener == "während" and any(
            c.lower[j] in joined or c.lower[j] in bare for j in range(segment.first, segment.last)
        ):
            return segment.first - 1
        if _is_postposed(c, segment, end):
            return segment.first - 1
        if (opener == "so" and segment.before == ",") or (
            opener == "wie" and segment.before in (",", "–") and c.lower[segment.last - 1] in joined
        ):
            return segment.first - 1
    return end


def _is_postposed(c: Clauses, segment: Segment, end: int) -> bool:
    """Tell whether the last segment only says who says so (", berichtet der Sender")."""
    joined, bare, _ = tables()
    word = c.lower[segment.first]
    if (
        segment.before != ","
        or min(segment.last, end) < end
        or word in g.AUXILIARIES
        or not (word in joined or word in bare)
    ):
        return False
    return g.noun_phrase(c.words, c.lower, segment.first + 1, segment.last) > segment.first + 1


def has_zu(c: Clauses, segment: Segment) -> bool:
    """Tell whether a segment holds an infinitive with *zu*."""
    last = segment.last
    while last > segment.first and (c.words[last - 1] in FINAL or c.words[last - 1] in CLOSERS):
        last -= 1
    for j in range(segment.first, last):
        word = c.lower[j]
        if word == "zu" and j + 1 < last and c.lower[j + 1].endswith("n") and c.words[j + 1][0].islower():
            return True
        if "zu" in word[2:-3] and word.endswith("n") and c.words[j][0].islower():
            return True
    return False


def relative_like(c: Clauses, segment: Segment) -> bool:
    """Tell whether a segment is a relative clause: a relative pronoun and the finite verb at its end."""
    last = segment.last
    while last > segment.first and c.words[last - 1] in FINAL:
        last -= 1
    opener = segment.first
    if c.lower[opener] in g.PREPOSITIONS and opener + 1 < last:
        opener += 1
    if c.lower[opener] not in g.RELATIVES:
        return False
    if last - opener > 2 and c.lower[last - 2] == "zu":
        return False
    return g.is_finite(c.words, c.lower, last - 1, last) and not any(
        c.lower[j] in g.AUXILIARIES or c.lower[j] in g.KONJUNKTIV_1
        for j in range(opener + 1, min(last - 1, opener + 6))
    )


def konjunktiv_in(c: Clauses, segment: Segment) -> bool:
    """Tell whether a segment holds a verb in the Konjunktiv."""
    return any(c.lower[j] in g.KONJUNKTIV_1 or c.lower[j] in g.KONJUNKTIV_2 for j in range(segment.first, segment.last))


def finite_in(c: Clauses, segment: Segment) -> bool:
    """Tell whether a segment holds a finite verb."""
    return any(g.is_finite(c.words, c.lower, j, segment.last) for j in range(segment.first, segment.last))


def embedded_end(c: Clauses, k: int) -> int:
    """Return where an embedded clause ends: before the finite verb that goes on with its main clause."""
    for segment in c.segments[k + 1 :]:
        if segment.before == "," and g.is_finite(c.words, c.lower, segment.first, segment.last):
            return segment.first - 1
    return clause_end(c, k, c.body_end())
