"""Chains inside one clause: a medium that cites, quotes or interviewed the one who says so (German patterns)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.english_chains import english_chains
from attribution.lang import read_lexicon
from attribution.lang.de.grammar import DETERMINERS, noun_phrase
from attribution.nlp import Document

# "unter Berufung auf B", "gestützt auf B": the sentence's other source passes on what B says.
MARKERS = frozenset(("laut", "nach", "zufolge", "so", "gemäß", "unter", "demnach", "wonach", "gestützt", "mit"))
MEDIA = tuple(read_lexicon("de", "words.toml")["media"].split())
CITING = frozenset(("unter", "gestützt", "mit"))
_INTERVIEWED = ("befragt", "zitiert", "interviewt", "gehört", "konsultiert", "genannt", "kontaktiert")


def chained(document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Fill in relays that stand in the same clause as their origin."""
    if document.lang == "en":
        return english_chains(document, candidates)
    return [
        _told(document, _interviewed(document, _cited_by(document, candidate)))
        for candidate in _merge_citing(document, candidates)
    ]


def _merge_citing(document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Join "A berichtete" and "unter Berufung auf B" of one sentence: A relays, B is the origin."""
    result: list[Candidate] = []
    citing: dict[int, Candidate] = {}
    for candidate in candidates:
        if (
            candidate.cue
            and candidate.source
            and document.lower[candidate.cue[0].first] in CITING
            and candidate.rule.startswith("de.")
            and len(candidate.cue) == 1
        ):
            citing[document.sentence_of[candidate.cue[0].first]] = candidate
    if not citing:
        return list(candidates)
    used: set[int] = set()
    for candidate in candidates:
        sentence = document.sentence_of[candidate.content[0].first]
        origin = citing.get(sentence)
        if origin is None or candidate is origin or not candidate.source or candidate.source == origin.source:
            if candidate is not origin:
                result.append(candidate)
            continue
        used.add(sentence)
        result.append(
            replace(candidate, source=origin.source, relays=(*candidate.relays, *_without(candidate.source, origin)))
        )
    result += [origin for sentence, origin in citing.items() if sentence not in used]
    return sorted(result, key=lambda c: c.content[0].first)


def _without(source: tuple[Tokens, ...], origin: Candidate) -> tuple[Tokens, ...]:
    """Cut a relay's span where the citing phrase begins ("die Zeitung, ebenfalls gestützt auf …")."""
    cut = origin.cue[0].first
    return tuple(Tokens(span.first, min(span.last, cut)) if span.first < cut < span.last else span for span in source)


def _cited_by(document: Document, candidate: Candidate) -> Candidate:
    """Read "…, zitiert von A" behind a source: A relays."""
    if not candidate.source or candidate.relays:
        return candidate
    lower, last = document.lower, candidate.source[-1].last
    for j in range(last, min(last + 2, len(lower) - 2)):
        if lower[j] == "zitiert" and lower[j + 1] in ("von", "vom", "in", "nach"):
            end = noun_phrase(document.words, lower, j + 2, min(len(lower), j + 14))
            if end > j + 2:
                return _clipped(document, replace(candidate, relays=(Tokens(j + 2, end),)), j, end)
    return candidate


def _clipped(document: Document, candidate: Candidate, first: int, last: int) -> Candidate:
    """Take the words of a relay out of the content where it swallowed them."""
    content = []
    for span in candidate.content:
        if span.first <= last and first < span.last:
            behind = last + (last < span.last and document.words[last] == ",")
            content += [Tokens(span.first, min(span.last, first)), Tokens(max(span.first, behind), span.last)]
        else:
            content.append(span)
    kept = tuple(span for span in content if span.last > span.first)
    return replace(candidate, content=kept) if kept else candidate


def _told(document: Document, candidate: Candidate) -> Candidate:
    """Read "sagte dem Hafenkurier" and "gegenüber der Zeitung": a medium that was told relays."""
    if candidate.relays or not candidate.source or len(candidate.source) > 1 or candidate.type == "reported":
        return candidate
    lower, source = document.lower, candidate.source[0]
    verb = candidate.cue[0].first if candidate.cue else -1
    if verb < 0 or lower[verb] in MARKERS:
        return candidate
    last = document.sentences[document.sentence_of[verb]].last
    for i in range(verb + 1, min(last - 1, max(verb, source.last) + 4)):
        if lower[i] not in ("dem", "der") or lower[i - 1] in ("von", "in", "an", "bei", "aus", "auf", "mit", "vor"):
            continue
        name = _medium(document, i + 1, last)
        owner = source.first < i < source.last and lower[source.first] in DETERMINERS  # "sagte ein Sprecher der Post"
        if name == i + 1 or source.first == i or owner:
            continue
        heard = Tokens(i, name)
        kept = Tokens(source.first, i) if source.first < i < source.last else source
        return replace(_clipped(document, candidate, i, name), source=(kept,), relays=(heard,))
    return candidate


def _medium(document: Document, first: int, last: int) -> int:
    """Return the end of a medium's name that starts at a token (the token itself where none does)."""
    words, lower = document.words, document.lower
    if first >= last or not (words[first][0].isupper() or words[first][0] in '„“"»«‚'):
        return first
    near = range(first, min(last, first + 3))
    named = next((k for k in near if words[k][0].isupper() and lower[k].endswith(MEDIA)), -1)
    if named < 0 or any(not words[k][0].isupper() and words[k] not in '„“"»«‚' for k in range(first, named)):
        return first
    end = named + 1
    while end < min(last, named + 6) and (words[end][0].isupper() or words[end] in '„“"»«‚'):
        end += 1
    return end


def _interviewed(document: Document, candidate: Candidate) -> Candidate:
    """Read "die von A befragten Experten": A relays, the experts are the origin."""
    if not candidate.source:
        return candidate
    lower = document.lower
    span = candidate.source[0]
    von = next((j for j in range(span.first, min(span.last, span.first + 4)) if lower[j] in ("von", "vom")), -1)
    if von < 0:
        return candidate
    verb = next((j for j in range(von + 1, min(span.last + 1, len(lower))) if lower[j].startswith(_INTERVIEWED)), -1)
    if verb < 0 or verb == von + 1:
        return candidate
    end = noun_phrase(document.words, lower, verb + 1, min(len(lower), verb + 12))
    if end == verb + 1:
        return candidate
    return replace(
        candidate, source=(Tokens(verb + 1, max(end, span.last)),), relays=(*candidate.relays, Tokens(von + 1, verb))
    )
