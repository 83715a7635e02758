"""English frames around what is already read: who cites, quotes, asked or told whom.

A medium that cites, quotes, interviewed or was told by somebody becomes the relay of what that somebody says. *As X
reported, …* and *experts interviewed by X say …* are read only where no cue has claimed the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from attribution.extract.candidates import Candidate, Tokens
from attribution.lang import load_cues, read_lexicon
from attribution.lang.en import grammar as g
from attribution.nlp import Document, Sentence

_FRAMES = {name: frozenset(words.split()) for name, words in read_lexicon("en", "frames.toml")["words"].items()}
_CITING = _FRAMES["citing"]
_ASKED = _FRAMES["asked"]
_REPORT = _FRAMES["report"]
_MEDIA = _FRAMES["media"]
_END = frozenset((",", ";", ":", ".", "!", "?", "—", "–", "(", ")", '"', "“", "”"))


def english_chains(document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Fill in relays, and add what only a frame marks."""
    chained = [
        _told(document, _asked_by(document, _citing(document, part)))
        for candidate in candidates
        for part in _quotation_apart(document, candidate)
    ]
    claimed = {document.sentence_of[c.content[0].first] for c in chained}
    claimed |= {document.sentence_of[span.first] for c in chained for span in c.cue}
    added = [
        found
        for number, sentence in enumerate(document.sentences)
        if number not in claimed and sentence.last - sentence.first > 3
        for found in _framed(document, sentence)
    ]
    return sorted([*chained, *added], key=lambda c: c.content[0].first)


def _quotation_apart(document: Document, candidate: Candidate) -> list[Candidate]:
    """Cut "X is symbolic: “We want …”" in two: the words in quotation marks are direct, those before are not."""
    if candidate.type != "indirect" or not candidate.content:
        return [candidate]
    *front, span = candidate.content
    colon = next((i for i in range(span.first + 1, span.last - 1) if document.words[i] == ":"), -1)
    if colon < 0 or document.quote_of[colon] >= 0:
        return [candidate]
    quote = document.quote_of[colon + 1]
    if quote < 0 or document.quote_of[span.last - 1] != quote:
        return [candidate]
    before = replace(candidate, content=(*front, Tokens(span.first, colon)))
    behind = replace(candidate, type="direct", content=(Tokens(colon + 1, span.last),), cue=(Tokens(colon, colon + 1),))
    return [before, behind]


def _citing(document: Document, candidate: Candidate) -> Candidate:
    """Read "A, citing B, reported" and "according to A, citing B": A relays, B is the origin."""
    if not candidate.source or candidate.relays or candidate.inherited:
        return candidate
    words, lower, source = document.words, document.lower, candidate.source[0]
    last = document.sentences[document.sentence_of[source.first]].last
    reach = min(last - 1, source.last + 3)
    at = next((i for i in range(source.first + 1, reach) if lower[i] in _CITING and words[i - 1] == ","), -1)
    if at < 0:
        return candidate
    stop = next(
        (i for i in range(at + 1, min(last, at + 25)) if words[i] in _END or g.is_finite(words, lower, i)), last
    )
    end = g.noun_phrase(words, lower, at + 1, stop)
    if end == at + 1:
        return candidate
    origin = Tokens(at + 1, stop if words[stop - 1] not in _END else stop - 1)
    relay = Tokens(source.first, at - 1)
    content = _without(candidate.content, at - 1, stop)
    return replace(candidate, source=(origin,), relays=(relay,), content=content) if content else candidate


def _without(content: Sequence[Tokens], first: int, last: int) -> tuple[Tokens, ...]:
    """Take a stretch, and the comma behind it, out of content that swallowed it."""
    kept = []
    for span in content:
        if span.first <= last and first < span.last:
            kept += [Tokens(span.first, min(span.last, first)), Tokens(max(span.first, last + 1), span.last)]
        else:
            kept.append(span)
    return tuple(span for span in kept if span.last > span.first)


def _asked_by(document: Document, candidate: Candidate) -> Candidate:
    """Read "experts interviewed by A": A relays, the experts are the origin."""
    if not candidate.source or candidate.relays:
        return candidate
    lower, source = document.lower, candidate.source[0]
    for i in range(source.first + 1, source.last - 1):
        if lower[i] in _ASKED and lower[i + 1] == "by":
            return replace(candidate, source=(Tokens(source.first, i),), relays=(Tokens(i + 2, source.last),))
    return candidate


def _told(document: Document, candidate: Candidate) -> Candidate:
    """Read "B told the Daily A that …": a medium that was told relays."""
    if len(candidate.cue) != 1 or candidate.relays or not candidate.source:
        return candidate
    words, lower, cue = document.words, document.lower, candidate.cue[0]
    if lower[cue.last - 1] not in ("told", "tells", "telling"):
        return candidate
    stop = document.sentences[document.sentence_of[cue.first]].last
    end = cue.last + (lower[cue.last] == "the" if cue.last < stop else 0)
    while end < stop and words[end][0].isupper():
        end += 1
    medium = any(word in _MEDIA for word in lower[cue.last : end])
    return replace(candidate, relays=(Tokens(cue.last, end),)) if medium else candidate


def _framed(document: Document, sentence: Sentence) -> list[Candidate]:
    """Read one sentence that no cue has claimed."""
    first, last = sentence.first, sentence.last
    if document.quote_of[first] >= 0 or document.quote_of[last - 1] >= 0:
        return []
    return _asked_subject(document, first, last) or _as_reported(document, first, last)


def _body(document: Document, first: int, last: int) -> tuple[Tokens, ...]:
    while last > first and document.words[last - 1] in (".", "!", "?", "…"):
        last -= 1
    return (Tokens(first, last),) if last > first else ()


def _asked_subject(document: Document, first: int, last: int) -> list[Candidate]:
    """Read "Experts interviewed by A say the plan could fail"."""
    words, lower = document.words, document.lower
    at = next(
        (i for i in range(first + 1, min(last - 3, first + 8)) if lower[i] in _ASKED and lower[i + 1] == "by"), -1
    )
    if at < 0:
        return []
    says = _says()
    verb = next((i for i in range(at + 3, min(last - 1, at + 12)) if lower[i] in says), -1)
    content = _body(document, verb + 1, last) if verb > 0 else ()
    if not content or words[verb - 1] in _END:
        return []
    relay, origin = (Tokens(at + 2, verb),), (Tokens(first, at),)
    return [Candidate("indirect", content, (Tokens(verb, verb + 1),), origin, relay, "en.interviewed", 60)]


@cache
def _says() -> frozenset[str]:
    cues = load_cues("en")
    return frozenset(
        form for verb in cues.verbs if verb.cls in ("say", "belief", "warn", "report") for form in verb.forms
    )


def _as_reported(document: Document, first: int, last: int) -> list[Candidate]:
    """Read "As A reported, …" and "…, as A reported."."""
    words, lower = document.words, document.lower
    for i in range(first, last - 2):
        if lower[i] != "as" or (i > first and words[i - 1] != ","):
            continue
        end = g.noun_phrase(words, lower, i + 1, last)
        if end == i + 1 or end >= last or lower[end] not in _REPORT:
            continue
        cue, source = (Tokens(end, end + 1),), (Tokens(i + 1, end),)
        if i == first:
            comma = next((k for k in range(end + 1, min(last, end + 12)) if words[k] == ","), -1)
            content = _body(document, comma + 1, last) if comma > 0 else ()
        else:
            content = _body(document, first, i - 1)
        if content:
            return [Candidate("indirect", content, cue, source, (), "en.as-reported", 60)]
    return []
