"""German cues that are no verbs: *laut*, *nach Angaben*, *zufolge*, *so X*, *demnach*, *es heißt*, nouns of saying."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.german_clauses import (
    BREAKS,
    CLOSERS,
    MARKS,
    Clauses,
    Segment,
    around,
    clause_end,
    content_type,
    embedded_end,
    has_zu,
    konjunktiv_in,
    noun_forms,
    relative_like,
    skip_focus,
    tables,
)
from attribution.extract.german_subjects import antecedent, no_finite_between, np_ending, with_appositions
from attribution.lang import Marker, Noun, read_lexicon
from attribution.lang.de import grammar as g


def noun_cues(c: Clauses) -> Iterator[Candidate]:
    """Read a noun of saying with its clause ("es gibt Berichte, dass …"); the noun phrase is the source."""
    nouns = noun_forms()
    for k, segment in enumerate(c.segments[:-1]):
        after = c.segments[k + 1]
        last = segment.last
        if c.lower[last - 1] in ("dafür", "daran", "darauf", "davon", "darüber", "zurück", "dazu"):
            last -= 1
        noun = nouns.get(c.lower[last - 1]) if last > segment.first and c.words[last - 1][0].isupper() else None
        if noun is None or after.before != "," or not _noun_clause(c, noun, after):
            continue
        source = np_ending(c, segment.first, last)
        if source:
            content = (Tokens(after.first, embedded_end(c, k + 1)),)
            yield Candidate("indirect", content, (), (source,), rule="de.noun", strength=45)


def _noun_clause(c: Clauses, noun: Noun, after: Segment) -> bool:
    """Tell whether a segment is a clause that a noun of saying takes."""
    opener = c.lower[after.first]
    if opener in ("dass", "daß", "wonach"):
        return "clause" in noun.frames
    if opener == "ob":
        return "question" in noun.frames
    if "infinitive" in noun.frames and opener != "um" and has_zu(c, after):
        return True
    bare = opener not in g.SUBORDINATORS and not relative_like(c, after)
    return "clause" in noun.frames and bare and konjunktiv_in(c, after)


# Nouns that make "nach" mean "according to"; compounds match by their last part ("nach Polizeiangaben").
_EVIDENCE = tuple(read_lexicon("de", "words.toml")["evidence"].split())


def marked(c: Clauses) -> Iterator[Candidate]:
    """Find *laut X*, *nach Angaben von X*, *X zufolge*, *so X*, *demnach*, *es heißt* and their like."""
    _, _, markers = tables()
    for i in range(c.first, c.last):
        if c.document.quote_of[i] >= 0:
            continue
        word = c.lower[i]
        if word not in markers and word not in ("nach", "so", "laut"):
            continue
        if (word == "so" and not _is_so_parenthesis(c, i)) or _is_mention(c, i):
            continue
        candidate = None
        for parts, marker in markers.get(word, ()):
            if tuple(c.lower[i : i + len(parts)]) == parts:
                candidate = _by_marker(c, i, i + len(parts), marker)
                if candidate:
                    break
        if candidate is None and word == "nach":
            candidate = _by_evidence(c, i)
        if candidate:
            yield candidate


def _is_mention(c: Clauses, i: int) -> bool:
    """Tell whether a word stands in quotation marks by itself: spoken of, not used."""
    return c.first < i < c.last - 1 and c.words[i - 1] in MARKS and c.words[i + 1] in MARKS


def _is_so_parenthesis(c: Clauses, i: int) -> bool:
    return i > c.first and (c.words[i - 1] in BREAKS or c.words[i - 1] in CLOSERS)


def _by_evidence(c: Clauses, i: int) -> Candidate | None:
    """Read *nach* with a noun of saying or knowing at the head of its phrase ("nach Polizeiangaben")."""
    end = g.noun_phrase(c.words, c.lower, i + 1, c.last)
    head = next((j for j in range(i + 1, end) if c.words[j][0].isupper() and c.lower[j].endswith(_EVIDENCE)), -1)
    if head < 0 or any(c.lower[j] in g.GENITIVE for j in range(i + 2, head)):
        return None
    return _source_after(c, i, i + 1, i + 1, "de.nach")


def _by_marker(c: Clauses, first: int, last: int, marker: Marker) -> Candidate | None:
    if marker.source == "before":
        return _source_before(c, first, last, marker)
    if marker.source == "after":
        # "nach Angaben der Polizei": the noun belongs to the source; "unter Berufung auf" does not
        named = first + 1 if c.lower[first] in ("nach", "laut", "aus", "gemäß") else last
        return _source_after(c, first, named, named, marker.id)
    segment = c.segments[c.segment_at(first)]
    if c.lower[first] in ("demnach", "danach", "wonach", "demzufolge"):
        return _consequence(c, first, last, marker)
    return _unspecified(c, first, last, segment, marker)


def _source_after(c: Clauses, first: int, cue_last: int, start: int, rule: str) -> Candidate | None:
    k = c.segment_at(first)
    segment = c.segments[k]
    end = g.noun_phrase(c.words, c.lower, start, segment.last)
    if end == start:
        return None
    front = skip_focus(c, segment.first, first) >= first
    source = Tokens(start, end)
    if front and c.lower[first] != "so":
        finite = next(
            (j for j in range(end, min(segment.last, end + 14)) if g.is_finite(c.words, c.lower, j, segment.last)), -1
        )
        # "laut Polizei in Bremen wurde": what stands between the phrase and the finite verb belongs to the source
        if finite > end and c.lower[end] in g.PREPOSITIONS and no_finite_between(c, end, finite):
            source = Tokens(start, finite)
    source = with_appositions(c, source)
    if c.lower[first] == "so":
        content = around(c, first, _so_end(c, source, segment))
    else:
        content = _minus(c, k, first, source.last)
    if not content:
        return None
    return Candidate(content_type(c, content), content, (Tokens(first, cue_last),), (source,), rule=rule, strength=75)


def _so_end(c: Clauses, source: Tokens, segment: Segment) -> int:
    """End the parenthesis of *so X* where its segment ends (a place or time may follow the name)."""
    return max(segment.last, source.last)


def _minus(c: Clauses, k: int, first: int, last: int) -> tuple[Tokens, ...]:
    """Take the clause around a marked source as content: from where its sentence or subordinate clause begins."""
    begin = c.first
    segment = c.segments[k]
    if k > 0 and (
        c.lower[segment.first] in g.SUBORDINATORS or relative_like(c, segment) or segment.before in (";", ":")
    ):
        begin = segment.first
    end = clause_end(c, k, c.body_end())
    while last < end and c.words[last] in BREAKS:
        last += 1
    left = first
    while left > begin and c.words[left - 1] in BREAKS:
        left -= 1
    return tuple(span for span in (Tokens(begin, left), Tokens(last, end)) if span.last > span.first)


def _source_before(c: Clauses, first: int, last: int, marker: Marker) -> Candidate | None:
    segment = c.segments[c.segment_at(first)]
    source = np_ending(c, segment.first, first)
    if source is None:
        return None
    content = _minus(c, c.segment_at(first), source.first, last)
    if not content:
        return None
    return Candidate(content_type(c, content), content, (Tokens(first, last),), (source,), rule=marker.id, strength=75)


def _consequence(c: Clauses, first: int, last: int, marker: Marker) -> Candidate | None:
    """Read *demnach* and *wonach*: the content goes back to what was just named."""
    k = c.segment_at(first)
    if c.lower[first] == "wonach":
        source = antecedent(c, k)
        if source is None:
            return None
        clause = (Tokens(last, embedded_end(c, k)),)
        return Candidate("indirect", clause, (Tokens(first, last),), (source,), rule=marker.id, strength=60)
    if first != c.segments[k].first and c.lower[first] == "danach":
        return None
    content = _minus(c, k, first, last)
    return (
        Candidate("indirect", content, (Tokens(first, last),), rule=marker.id, strength=50, inherited=True)
        if content
        else None
    )


def _unspecified(c: Clauses, first: int, last: int, segment: Segment, marker: Marker) -> Candidate | None:
    """Read a marker without a source: "dem Vernehmen nach", "heißt es", "es wird angenommen"."""
    k = c.segment_at(first)
    following = c.segments[k + 1] if k + 1 < len(c.segments) else None
    source: Tokens | None = None
    if "heißt" in c.lower[first:last] or "hieß" in c.lower[first:last]:
        for j in range(segment.first, segment.last - 1):
            if c.lower[j] in ("in", "im", "aus", "von", "vom", "bei", "beim") and not first <= j < last:
                end = g.noun_phrase(c.words, c.lower, j + 1, segment.last)
                if end > j + 1:
                    source = Tokens(j + 1, end)
                    break
        if not (k > 0 and segment.first == first) and not (following and following.first < c.last):
            return None
    quote = next((q for q in c.quotes if q.first >= last), None)
    if quote and c.words[quote.first - 1] in (":", ","):
        content: tuple[Tokens, ...] = (quote,)
    elif following and segment.before != "," and first - segment.first < 14:
        content = (Tokens(following.first, clause_end(c, k + 1, c.body_end())),)
    elif k > 0 and first == segment.first:
        content = around(c, segment.first, segment.last)
    else:
        content = _minus(c, k, first, last)
    if not content:
        return None
    sources = (source,) if source else ()
    return Candidate(
        content_type(c, content),
        content,
        (Tokens(first, last),),
        sources,
        rule=marker.id,
        strength=55,
        unspecified=not source,
    )
