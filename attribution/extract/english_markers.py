"""English cues that are no verbs: "according to", "reportedly", "his claim that", a name and a colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.english_clauses import DASHES, Text, clause_end
from attribution.lang import Marker, Noun
from attribution.lang.en import grammar as g
from attribution.types import AttributionType

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
    bounds = text.bounds(i)
    if end >= bounds[1]:
        return
    if marker.source == "none":
        yield from _unsourced(text, i, end, marker, bounds)
        return
    if marker.id == "for_expert" and not _is_expert(text, i, end, bounds):
        return
    if marker.id == "per" and not g.is_capital(text.words[end]) and text.lower[end] != "the":
        return
    if marker.id == "according_to" and _is_measure(text, end, bounds[1]):
        return
    if i == bounds[0] or (i == bounds[0] + 1 and text.lower[bounds[0]] in g.CONJUNCTIONS):
        yield from _opening(text, i, end, marker, bounds)
    else:
        yield from _after_content(text, i, end, marker, bounds)


_MASS_SOURCES = frozenset("police data media research testimony him her them court legend tradition hospital".split())


def _is_measure(text: Text, end: int, stop: int) -> bool:
    """Tell "sorted according to size" from a source: one bare word that names nobody."""
    word = text.words[end]
    alone = end + 1 >= stop or not g.is_word(text.words[end + 1])
    return alone and word.islower() and not word.endswith("s") and word not in _MASS_SOURCES


def _is_expert(text: Text, i: int, end: int, bounds: tuple[int, int]) -> bool:
    """Tell "For historian Clara Benn, …" from purposes, times and other uses of *for* at the start of a sentence."""
    first, stop = bounds
    if i != first or text.lower[end] in g.POSSESSIVES:
        return False
    last = g.noun_phrase(text.words, text.lower, end, stop)
    named = any(text.words[k][0].isupper() for k in range(end, last))
    return (
        last < stop
        and text.words[last] == ","
        and any(text.lower[k] in g.ROLES and (named or text.lower[k].endswith("s")) for k in range(end, last))
    )


def _opening(text: Text, i: int, end: int, marker: Marker, bounds: tuple[int, int]) -> Iterator[Candidate]:
    """Read "According to X, CONTENT": the source ends at the comma that no apposition opens."""
    stop = bounds[1]
    words = text.words
    comma = _comma(text, end, stop)
    while comma >= 0 and _appositive(text, comma, stop):
        closing = _comma(text, comma + 1, min(stop, comma + 14))
        if closing < 0 or (
            g.has_finite(words, text.lower, comma + 1, closing) and text.lower[comma + 1] not in ("who", "which")
        ):
            break
        comma = closing
    if comma < 0 or comma + 1 >= stop:
        return
    start = comma + 1
    if start + 1 < stop and words[start + 1] == "," and g.is_adverb(text.lower[start]):
        start += 2  # "According to X, however, …": the adverb is the reporter's
    content = Tokens(start, clause_end(text, start, stop))
    if content.last > content.first and comma > end:
        rule = f"en.marker-first.{marker.id}"
        yield Candidate("indirect", (content,), (Tokens(i, end),), (Tokens(end, comma),), (), rule, 75)


def _comma(text: Text, start: int, stop: int) -> int:
    """Return the next comma outside quotations, -1 where none is near."""
    return next(
        (k for k in range(start, min(stop, start + 30)) if text.words[k] == "," and text.quote_at.get(k) is None), -1
    )


def _unsourced(text: Text, i: int, end: int, marker: Marker, bounds: tuple[int, int]) -> Iterator[Candidate]:
    """Read "reportedly" in its clause, and "it is believed that …"; nobody is named."""
    first, stop = bounds
    rule = f"en.unsourced.{marker.id}"
    cue = (Tokens(i, end),)
    if end - i > 1:
        if end < stop and (text.lower[end] in ("that", "to") or text.lower[end] in g.DETERMINERS):
            content = (Tokens(end, clause_end(text, end, stop)),)
            yield Candidate("indirect", content, cue, (), (), rule, 72, unspecified=True)
        return
    k = i
    while k > first and (g.is_adverb(text.lower[k - 1]) or text.lower[k - 1] in g.AUXILIARIES):
        k -= 1
    start = g.subject(text.words, text.lower, k, first) if k > first else i
    pieces = [Tokens(start, i)] if start < i else []
    last = clause_end(text, end, stop, plain=True)
    if last > end:
        pieces.append(Tokens(end, last))
    if pieces:
        yield Candidate("indirect", tuple(pieces), cue, (), (), rule, 60, unspecified=True)


def viewed(text: Text, i: int) -> list[Candidate]:
    """Propose "in X's view, …" for the noun at token i."""
    first, stop = text.bounds(i)
    lower = text.lower
    start = next((k for k in range(i - 1, max(first, i - 8) - 1, -1) if lower[k] == "in"), -1)
    if start < 0 or start + 1 >= i:
        return []
    owned = lower[i - 1] in g.POSSESSIVES and i - 1 == start + 1
    last = i if owned else i - 1
    if (not owned and lower[i - 1] not in ("'s", "’s", "'", "’")) or i + 1 >= stop:
        return []
    cue, source = (Tokens(start, start + 1), Tokens(i, i + 1)), (Tokens(start + 1, last),)
    if text.words[i + 1] == ",":
        content = Tokens(i + 2, clause_end(text, i + 2, stop))
        if content.last > content.first:
            return [Candidate("indirect", (content,), cue, source, (), "en.in-view", 72)]
    return []


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
            rest = (
                full + 1
                if words[full : full + 1] == [","] and full > last and _appositive(text, last, stop)
                else last + 1
            )
            if rest < stop and lower[rest] not in _CONTRASTS and g.has_finite(words, lower, rest - 1, stop):
                content.append(Tokens(rest, clause_end(text, rest, stop)))
                last = rest - 1
        else:
            last = full
    yield Candidate(
        "indirect", tuple(content), (Tokens(i, end),), (Tokens(end, last),), (), f"en.marker.{marker.id}", 75
    )


_CONTRASTS = frozenset("but while although though and".split())


def _appositive(text: Text, comma: int, stop: int) -> bool:
    return comma + 1 < stop and text.lower[comma + 1] in ("a", "an", "the", "who", "which", "whose", "one", "another")


_SOURCE_ENDS = frozenset((",", ";", ":", "(", ")", "“", '"', "''", *DASHES))


def _source_end(text: Text, start: int, stop: int) -> int:
    """Return the end of a source that stands last in its clause: it runs up to the next mark."""
    words, lower = text.words, text.lower
    for k in range(start, min(stop, start + 30)):
        if k == start:
            continue
        if words[k] in _SOURCE_ENDS or lower[k] in ("but", "while"):
            return k
        if k > start + 1 and lower[k] in g.AUXILIARIES and g.is_finite(words, lower, k):
            return k
    return min(stop, start + 30)


_PHRASE_PREPOSITIONS = frozenset("of for about against on over to with".split())


def nominal(text: Text, i: int, nouns: Sequence[Noun]) -> list[Candidate]:
    """Propose what a noun such as "claim" or an adjective such as "confident" at token i introduces."""
    first, stop = text.bounds(i)
    for noun in nouns:
        content = _noun_content(text, i + 1, stop, noun)
        if content is None:
            continue
        source = _adjective_source(text, i, first) if noun.id.startswith("be_") else _owner(text, i, first)
        if source is None:
            continue
        start, spans = source
        rule = f"en.noun-{content[1]}.{noun.id}.{'owned' if spans else 'bare'}"
        kind: AttributionType = "indirect" if content[1] in ("that", "clause") else "reported"
        return [Candidate(kind, (content[0],), (Tokens(start, i + 1),), spans, (), rule, 45, unspecified=not spans)]
    return []


def _noun_content(text: Text, p: int, stop: int, noun: Noun) -> tuple[Tokens, str] | None:
    """Read the clause, infinitive or phrase that a noun introduces."""
    lower = text.lower
    if p >= stop:
        return None
    if lower[p] == "that" and "clause" in noun.frames:
        return Tokens(p, _second_verb(text, p, clause_end(text, p, stop))), "that"
    if lower[p] in ("whether", "if", "how", "what", "who", "why") and "question" in noun.frames:
        return Tokens(p, clause_end(text, p, stop)), "question"
    if lower[p] == "to" and "infinitive" in noun.frames:
        return Tokens(p, clause_end(text, p, stop, plain=True)), "infinitive"
    if lower[p] in _PHRASE_PREPOSITIONS and "object" in noun.frames and p + 1 < stop:
        end = clause_end(text, p + 1, stop, strict=True)
        return (Tokens(p + 1, end), "object") if end > p + 1 else None
    return None


def _second_verb(text: Text, start: int, stop: int) -> int:
    """Return where the main verb follows the clause of a noun ("the claim that it leaked | was wrong")."""
    words, lower = text.words, text.lower
    sentence = text.bounds(start)[0]
    if g.has_finite(words, lower, sentence, start - 1):
        return stop
    seen = inner = False
    for k in range(start + 1, stop):
        if text.quote_at.get(k) is not None:
            continue
        if g.is_finite(words, lower, k) and lower[k] not in ("'s", "’s"):
            group = g.is_adverb(lower[k - 1]) or lower[k - 1] in g.AUXILIARIES
            if seen and not inner and not group and (lower[k] in g.AUXILIARIES or not g.is_finite(words, lower, k - 1)):
                return k
            seen, inner = True, False
        elif lower[k] in g.SUBORDINATORS or lower[k] in g.RELATIVES or lower[k] in g.CONJUNCTIONS or words[k] == ",":
            inner = True
    return stop


def _owner(text: Text, i: int, first: int) -> tuple[int, tuple[Tokens, ...]] | None:
    """Return where a noun's phrase starts and whose it is ("his claim", "the mayor's claim", "she made the claim")."""
    words, lower = text.words, text.lower
    for k in range(i - 1, max(first, i - 4) - 1, -1):
        if lower[k] in g.POSSESSIVES:
            return k + 1, (Tokens(k, k + 1),)
        if lower[k] in ("'s", "’s", "'", "’"):
            start = g.subject(words, lower, k, first)
            return (k + 1, (Tokens(start, k),)) if start < k else None
        if not g.is_word(words[k]) or lower[k] in g.PREPOSITIONS:
            return _governing(text, i, first)
        if lower[k] in g.MAKING:
            start, end = g.first_subject(words, lower, first, k + 1)
            return (k, (Tokens(start, end),)) if start < end else (i, ())
    return _governing(text, i, first)


def _governing(text: Text, i: int, first: int) -> tuple[int, tuple[Tokens, ...]]:
    """Return the subject whose verb governs the noun ("critics pushed the idea that"), none at a clause's start."""
    start, end = g.first_subject(text.words, text.lower, first, i)
    return (i, (Tokens(start, end),)) if start < end and text.lower[start] not in ("it", "there") else (i, ())


_DEGREES = frozenset(("more", "less", "very"))


def _adjective_source(text: Text, i: int, first: int) -> tuple[int, tuple[Tokens, ...]] | None:
    """Return the subject of "X is confident" and of ", confident that"."""
    words, lower = text.words, text.lower
    k = i
    be = False
    while k > first and (g.is_adverb(lower[k - 1]) or lower[k - 1] in g.AUXILIARIES or lower[k - 1] in _DEGREES):
        be = be or lower[k - 1] in g.BE
        k -= 1
    if be and k > first and lower[k - 1] in ("who", "which", "that"):
        end = k - 2 if words[k - 2] == "," else k - 1
        start = g.subject(words, lower, end, first)
        pronoun = Tokens(k - 1, k)
        return k, (Tokens(start, end), pronoun) if start < end else (pronoun,)
    if be:
        start = g.subject(words, lower, k, first)
        return (k, (Tokens(start, k - (words[k - 1] == ",")),)) if start < k else None
    start, end = g.first_subject(words, lower, first, i)
    return (i, (Tokens(start, end),)) if start < end else None


VIEWS = frozenset("view opinion eyes estimation assessment judgment words".split())
_NAME_PARTS = frozenset(("of", "the", "’s", "'s", "(", ")", "and"))


def headline(text: Text, colon: int) -> list[Candidate]:
    """Propose "Name: statement" as a headline, and a speaker's name in a transcript."""
    first, stop = text.bounds(colon)
    words, lower = text.words, text.lower
    if not 0 < colon - first <= 6 or colon + 2 >= stop or text.quote_at.get(first) is not None:
        return []
    if not all(g.is_capital(word) or word in _NAME_PARTS for word in words[first:colon]):
        return []
    if lower[first] in g.NO_SPEAKERS or lower[colon - 1] in g.NO_SPEAKERS:
        return []
    if words[first][0].isdigit() or words[first].endswith("ed"):
        return []
    document = text.document
    sentence = document.sentences[document.sentence_of[colon]]
    cue, source = (Tokens(colon, colon + 1),), (Tokens(first, colon),)
    if words[first].isupper() and len(words[first]) > 1 and document.sentence_of[colon]:
        last = _paragraph_end(text, document.sentence_of[colon])
        return [Candidate("direct", (Tokens(colon + 1, last),), cue, source, (), "en.transcript", 80)]
    content = (Tokens(colon + 1, stop),)
    if text.quote_opening(colon + 1) is not None:
        return [Candidate("direct", content, cue, source, (), "en.headline", 80)]
    if sentence.first == 0 and g.has_finite(words, lower, colon + 1, stop):
        return [Candidate("indirect", content, cue, source, (), "en.headline", 80)]
    return []


def _paragraph_end(text: Text, index: int) -> int:
    sentences = text.document.sentences
    last = index
    while last + 1 < len(sentences) and sentences[last + 1].paragraph == sentences[index].paragraph:
        last += 1
    return text.bounds(sentences[last].first)[1]
