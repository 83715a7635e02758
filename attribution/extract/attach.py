"""Decide between proposals, let continuations inherit their source, and name who relays whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attribution.extract.candidates import Candidate, Tokens
from attribution.nlp import Document

# Two proposals speak of the same content when the smaller shares this much of its tokens with the larger
# and is at least this much of it; chosen on dev (tried 0.5-0.9): below it, fragments in a reported clause vanish.
SAME_CONTENT = 0.6
# Proposals at least this strong have a cue of their own that marks who says so.
MARKED = 60
# How many paragraphs a continuation may stand from its source; measured on Wikinews train: 96% within one.
INHERIT_PARAGRAPHS = 1


def attach(document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the attributions to keep, in text order, with inherited sources and relays filled in."""
    kept = _without_rivals(_whole(candidates))
    kept = _inherit(document, _with_continuing_quotations(document, kept))
    return _with_outer_relays(_joined(document, kept))


def _whole(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out empty spans, and proposals without content."""
    cleaned = [
        replace(
            candidate,
            content=tuple(span for span in candidate.content if span.last > span.first),
            cue=tuple(span for span in candidate.cue if span.last > span.first),
            source=tuple(span for span in candidate.source if span.last > span.first),
            relays=tuple(span for span in candidate.relays if span.last > span.first),
        )
        for candidate in candidates
    ]
    return [candidate for candidate in cleaned if candidate.content]


def hull(spans: Sequence[Tokens]) -> Tokens:
    """Return the stretch from the first to the last token of some spans."""
    return Tokens(min(span.first for span in spans), max(span.last for span in spans))


def _without_rivals(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drop weaker proposals for the same content; content nested in another's is no rival."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.content[0].first, -c.strength)):
        rivals = [other for other in _near(kept, candidate) if _same(candidate, other)]
        if not rivals:
            kept.append(candidate)
        elif all(other.strength < candidate.strength for other in rivals):
            kept = [other for other in kept if other not in rivals]
            kept.append(candidate)
    return sorted(kept, key=_reading_order)


def _reading_order(candidate: Candidate) -> tuple[int, int, int]:
    """Sort by where content begins, the longer first: an enclosing attribution stands before the one inside it."""
    return candidate.content[0].first, -candidate.content[-1].last, -_size(candidate)


def _near(kept: Sequence[Candidate], candidate: Candidate) -> list[Candidate]:
    """Return the last few kept proposals that overlap with a new one (proposals come in text order)."""
    return [other for other in kept[-12:] if other.content[-1].last > candidate.content[0].first]


def _same(one: Candidate, other: Candidate) -> bool:
    if _frame_within(one, other) or _frame_within(other, one):
        return False
    shared = sum(max(0, min(a.last, b.last) - max(a.first, b.first)) for a in one.content for b in other.content)
    sizes = sorted((_size(one), _size(other)))
    return shared > SAME_CONTENT * sizes[0] and sizes[0] > SAME_CONTENT * sizes[1]


def _frame_within(inner: Candidate, outer: Candidate) -> bool:
    """Tell whether a marked attribution stands inside reported content ("A sei laut B krank, sagte C")."""
    if min(inner.strength, outer.strength) < MARKED or not inner.source or not outer.source or not inner.cue:
        return False
    frame, content = hull((*inner.source, *inner.cue)), hull(outer.content)
    own = hull((*outer.source, *outer.cue)) if outer.cue else hull(outer.source)
    apart = frame.last <= own.first or own.last <= frame.first
    return apart and content.first <= frame.first and frame.last <= content.last


def _size(candidate: Candidate) -> int:
    return sum(span.last - span.first for span in candidate.content)


def _with_continuing_quotations(document: Document, kept: list[Candidate]) -> list[Candidate]:
    """Let a quotation without a cue go on with the source of the one before it in the paragraph or across its break."""
    covered = bytearray(len(document.words) + 1)
    for candidate in kept:
        for span in candidate.content:
            covered[span.first : span.last] = b"\1" * (span.last - span.first)
    extra = []
    for span, index in _quotation_tokens(document):
        quotation = document.quotations[index]
        if covered[span.first] and covered[span.last - 1]:
            continue
        if any(covered[span.first : span.last]):
            continue
        alone = _stands_alone(document, span)
        if alone or quotation.continues:
            extra.append(Candidate("direct", (span,), rule="continuing-quotation", strength=45, inherited=True))
    return sorted(kept + extra, key=_reading_order)


def _quotation_tokens(document: Document) -> list[tuple[Tokens, int]]:
    """List the outermost speech quotations as token spans."""
    spans: list[tuple[Tokens, int]] = []
    i, n = 0, len(document.words)
    while i < n:
        index = document.quote_of[i]
        if index < 0:
            i += 1
            continue
        end = document.quotations[index].end
        j = i
        while j < n and document.starts[j] < end:
            j += 1
        spans.append((Tokens(i, j), index))
        i = j
    return spans


def _stands_alone(document: Document, span: Tokens) -> bool:
    """Tell whether a quotation is all there is of its sentence."""
    sentence = document.sentences[document.sentence_of[span.first]]
    return span.last - span.first >= sentence.last - sentence.first - 1


def _inherit(document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give continuations the source of the nearest attribution before them; those without any are dropped."""
    done: list[Candidate] = []
    last: Candidate | None = None
    for candidate in candidates:
        if candidate.inherited and not candidate.source:
            if last is None or _paragraphs_between(document, last, candidate) > INHERIT_PARAGRAPHS:
                if candidate.rule == "continuing-quotation" or not candidate.cue:
                    continue
                done.append(replace(candidate, unspecified=True, inherited=False))
                continue
            done.append(replace(candidate, source=last.source, relays=last.relays))
            continue
        done.append(candidate)
        if candidate.source:
            last = candidate
    return done


def _paragraphs_between(document: Document, one: Candidate, other: Candidate) -> int:
    return abs(_paragraph(document, other) - _paragraph(document, one))


def _paragraph(document: Document, candidate: Candidate) -> int:
    return document.sentences[document.sentence_of[candidate.content[0].first]].paragraph


def _joined(document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Join neighbouring Konjunktiv sentences that go on with the same source to one content."""
    joined: list[Candidate] = []
    for candidate in candidates:
        before = joined[-1] if joined else None
        if (
            before is not None
            and candidate.type == before.type == "free_indirect"
            and candidate.source == before.source
            and candidate.content[0].first == before.content[-1].last
            and _paragraphs_between(document, before, candidate) == 0
        ):
            joined[-1] = replace(before, content=(Tokens(before.content[0].first, candidate.content[-1].last),))
        else:
            joined.append(candidate)
    return joined


def _with_outer_relays(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Make the source of enclosing content a relay: "Laut France 24 erklärte Griffiths, …" came through France 24."""
    result: list[Candidate] = []
    open_: list[Candidate] = []
    for candidate in candidates:
        span = hull(candidate.content)
        open_ = [outer for outer in open_ if hull(outer.content).last > span.first]
        outer = next((o for o in reversed(open_) if _encloses(o, candidate)), None)
        if outer is not None and not candidate.inherited:
            relayed = replace(candidate, relays=(*outer.relays, *outer.source, *candidate.relays))
        else:
            relayed = candidate
        result.append(relayed)
        open_.append(relayed)
    return result


def _encloses(outer: Candidate, inner: Candidate) -> bool:
    """Tell whether an attribution as a whole, cue and source included, lies in another's content."""
    if outer.source == inner.source or not inner.source or outer.type == "reported":
        return False
    parts = hull((*inner.content, *inner.source, *inner.cue))
    content = hull(outer.content)
    return content.first <= parts.first and parts.last <= content.last
