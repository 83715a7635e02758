"""English attributions by rules: cue verbs with their subjects and contents, without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.english_clauses import Text, clause_end, lexicon, skip_adjuncts
from attribution.extract.english_contents import (
    before_finite,
    before_main_clause,
    before_main_verb,
    content_after,
    content_before,
)
from attribution.extract.english_markers import VIEWS, headline, marked, nominal, viewed
from attribution.extract.english_sources import find_source, lower_before
from attribution.extract.english_verbs import Group, is_asked, is_verb, verb_group
from attribution.lang import Verb
from attribution.lang.en import grammar as g
from attribution.nlp import Document
from attribution.types import AttributionType

# Verbs of saying that make "is said to …" hearsay; with belief verbs ("is expected to") the class alone decides.
HEARSAY = frozenset("say report allege".split())
# How sure a construction is, from its precision on PolNeAR train: quotations 96 %, clauses 80-86 %, objects 60 %.
# Only the order decides what is kept where two proposals overlap.
STRENGTH: dict[AttributionType, int] = {"direct": 90, "indirect": 70, "reported": 50}


def find(document: Document) -> list[Candidate]:
    """Propose the attributions of an English document, none nested in another and no two for the same content."""
    text = Text(document)
    index = lexicon()
    verbs, nouns, markers = index.verbs, index.nouns, index.markers
    found: list[Candidate] = []
    lower = text.lower
    for i, word in enumerate(lower):
        if word in verbs and not text.inside(i):
            candidate = _verb_candidate(text, i, verbs[word], found)
            if candidate is not None:
                found.append(candidate)
                continue
        if word in markers and not text.inside(i):
            found += marked(text, i, markers[word])
        if word in VIEWS and not text.inside(i):
            found += viewed(text, i)
        if word in nouns and not text.inside(i):
            found += nominal(text, i, nouns[word])
        elif word == ":":
            found += headline(text, i)
    return _continued(text, _outermost(found))


def _verb_candidate(text: Text, i: int, verbs: Sequence[Verb], found: Sequence[Candidate]) -> Candidate | None:
    """Try the entries of one verb form in the order of the lexicon."""
    first, stop = text.bounds(i)
    for verb in verbs:
        last = i + 1
        if text.lower[i] in verb.bare:
            if last >= stop or text.lower[last] != verb.particle:
                continue
            last += 1
        group = verb_group(text, i, last, verb, first)
        candidate = _read_group(text, group, first, stop, found)
        if candidate is not None:
            return candidate
    return None


def _read_group(text: Text, group: Group, first: int, stop: int, found: Sequence[Candidate]) -> Candidate | None:
    if not is_verb(text, group, first):
        return None
    if is_asked(text, group, first):
        result = content_after(text, group, group.last, stop)
        if result is not None:
            content = before_main_clause(text, result[1])
            return _candidate(group, result[0], content, (), f"en.asked-{result[2]}.{group.verb.id}")
    if group.passive:
        return _passive(text, group, first, stop)
    source = find_source(text, group, first, stop, found)
    if source is None:
        return None
    spans, left, after = source
    verb = group.verb
    if lower_before(text, group, first) not in g.RELATIVES and left > first and text.lower[left - 1] == "as":
        return _as_said(text, group, spans, left - 1, after, (first, stop))
    relative = lower_before(text, group, first) in g.RELATIVES
    before = None if relative else content_before(text, group, left, first, after, stop, found)
    if before is not None:
        kind, content, rule = before
        return _candidate(group, kind, content, spans, f"en.{rule}.{verb.id}.{group.shape}")
    result = content_after(text, group, after, stop)
    if result is None:
        return None
    kind, content, rule = result
    if left > first and text.lower[left - 1] in _SUBORDINATE and kind != "direct":
        content = before_main_clause(text, content)
    if relative and kind == "reported":
        content = before_finite(text, content)
    elif relative and kind != "direct":
        content = before_main_verb(text, content)
    return _candidate(group, kind, content, spans, f"en.{rule}.{verb.id}.{group.shape}")


def _as_said(
    text: Text, group: Group, source: tuple[Tokens, ...], start: int, after: int, bounds: tuple[int, int]
) -> Candidate | None:
    """Read "As X reported, …" and "…, as X put it"."""
    first, stop = bounds
    if "clause" not in group.verb.frames:
        return None
    rest = skip_adjuncts(text, after, stop)
    content: tuple[Tokens, ...] = ()
    if rest + 1 < stop and text.words[rest] in (",", ":") and start - first < 2:
        quote = text.quote_opening(rest + 1)
        content = (quote or Tokens(rest + 1, clause_end(text, rest + 1, stop)),)
    elif (rest >= stop or text.words[rest] == ",") and start - 1 > first and text.words[start - 1] == ",":
        content = (Tokens(first, start - 1),)
    if not content or content[0].last <= content[0].first:
        return None
    return _candidate(group, "indirect", content, source, f"en.as.{group.verb.id}")


_SUBORDINATE = frozenset("while although though as when because after if since even".split())


def _candidate(
    group: Group,
    kind: AttributionType,
    content: tuple[Tokens, ...],
    source: tuple[Tokens, ...],
    rule: str,
    **more: bool,
) -> Candidate:
    return Candidate(kind, content, (Tokens(group.first, group.last),), source, (), rule, STRENGTH[kind], **more)


def _passive(text: Text, group: Group, first: int, stop: int) -> Candidate | None:
    """Read "is expected to …", "was asked about …", "was criticized by X"."""
    words, lower = text.words, text.lower
    verb, after = group.verb, group.last
    start = g.subject(words, lower, group.first, first)
    subject = Tokens(start, group.first) if start < group.first else None
    if after >= stop:
        return None
    if lower[after] == "by" and subject is not None and "object" in verb.frames:
        end = g.noun_phrase(words, lower, after + 1, stop)
        if end > after + 1:
            return _candidate(group, "reported", (subject,), (Tokens(after + 1, end),), f"en.passive-by.{verb.id}")
    if lower[after] == "to" and subject is not None and (verb.cls == "belief" or verb.lemma in HEARSAY):
        content = (subject, Tokens(after, clause_end(text, after, stop)))
        return _candidate(group, "indirect", content, (), f"en.passive-to.{verb.id}", unspecified=True)
    if lower[after] == "that" and subject is not None and lower[start] == "it":
        return _candidate(
            group,
            "indirect",
            (Tokens(after, clause_end(text, after, stop)),),
            (),
            f"en.passive-that.{verb.id}",
            unspecified=True,
        )
    return None


def _outermost(found: Sequence[Candidate]) -> list[Candidate]:
    """Drop what lies in the content of a stronger proposal, and the weaker of two for the same words."""
    kept: list[Candidate] = []
    for candidate in found:
        clash = [other for other in kept[-6:] if _clashes(other, candidate)]
        if not clash:
            kept.append(candidate)
        elif all(_beats(candidate, other) for other in clash):
            kept = [other for other in kept if other not in clash]
            kept.append(candidate)
    return kept


def _clashes(one: Candidate, other: Candidate) -> bool:
    """Tell whether the cue of one lies in the content of the other, or both claim the same words."""
    return (
        _holds(one.content, other.cue)
        or _holds(other.content, one.cue)
        or any(a.first < b.last and b.first < a.last for a in one.content for b in other.content)
    )


def _holds(content: Sequence[Tokens], cue: Sequence[Tokens]) -> bool:
    return any(c.first <= t.first < c.last for c in content for t in cue)


def _beats(new: Candidate, old: Candidate) -> bool:
    if _holds(old.content, new.cue):
        return new.strength > old.strength + 30
    if _holds(new.content, old.cue):
        return new.strength >= old.strength
    return new.strength > old.strength


def _continued(text: Text, kept: Sequence[Candidate]) -> list[Candidate]:
    """Let quotations that are sentences of their own go on with the attribution before them."""
    claimed = {span.first for candidate in kept for span in candidate.content}
    result = []
    for candidate in kept:
        extra = _following_quotes(text, candidate, claimed) if _goes_on(text, candidate) else []
        claimed.update(quote.first for quote in extra)
        result.append(replace(candidate, content=(*candidate.content, *extra)) if extra else candidate)
    return result


def _goes_on(text: Text, candidate: Candidate) -> bool:
    """Tell whether quotations that follow may belong to this attribution: it is speech that stands before its cue."""
    if candidate.type == "direct":
        return True
    return candidate.type == "indirect" and candidate.content[0].first < candidate.cue[0].first


def _following_quotes(text: Text, candidate: Candidate, claimed: set[int]) -> list[Tokens]:
    """Return the quotations that are the next sentences, in this paragraph or where one is carried on in the next."""
    document = text.document
    last = max(span.last for span in (*candidate.content, *candidate.cue, *candidate.source))
    quote = candidate.content[-1]
    index = document.sentence_of[last - 1] + 1
    paragraph = document.sentences[index - 1].paragraph
    extra: list[Tokens] = []
    while index < len(document.sentences):
        sentence = document.sentences[index]
        following = text.quote_opening(sentence.first)
        if following is None or following.first in claimed or following.last < sentence.last - 1:
            break
        if sentence.paragraph != paragraph and not text.carried_on(quote, following):
            break
        extra.append(following)
        quote, paragraph = following, sentence.paragraph
        index = document.sentence_of[following.last - 1] + 1
    return extra
