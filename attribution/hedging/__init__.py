"""Hedges in a text: which cue words there are, which of them are in use, and whose doubt they carry.

>>> from attribution.hedging import find_hedges
>>> hedges = find_hedges(document)  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attribution.hedging import disclaimers
from attribution.hedging.candidates import candidates
from attribution.hedging.clause import Decision, Place
from attribution.hedging.use import checked_lexicon, decide
from attribution.nlp import Document
from attribution.types import Hedge, Holder, Span

__all__ = ["find_hedges"]


def find_hedges(document: Document, attributed: Sequence[tuple[Span, bool]] = ()) -> tuple[Hedge, ...]:
    """Find every hedge cue of a document, in text order, look-alikes included with ``in_use=False``.

    Args:
        document: the text.
        attributed: content spans of attributions in text order, each with True for a direct quotation. They decide
            the ``holder``: inside them the source hedges. Hearsay cues in indirect content stay the reporter's: in
            "Laut Polizei soll er geflohen sein" it is not the police who pass on what they heard.

    Returns:
        The hedges. ``probability`` is how likely the cue is in use, so look-alikes have less than one half.
    """
    lexicon = checked_lexicon(document.lang)
    chosen = _without_overlaps([(place, decide(place)) for place in candidates(document, lexicon)])
    content = [span for span, _ in attributed]
    inside = _Inside(attributed)
    return tuple(_hedge(place, decision, inside, content) for place, decision in chosen)


class _Inside:
    """Answer for growing positions whether they lie in attributed content; each span is looked at once."""

    def __init__(self, attributed: Sequence[tuple[Span, bool]]) -> None:
        self._spans = sorted(attributed)
        self._next = self._any_end = self._direct_end = 0

    def at(self, position: int) -> tuple[bool, bool]:
        """Tell whether a position lies in attributed content, and whether in a direct quotation."""
        while self._next < len(self._spans) and self._spans[self._next][0].start <= position:
            span, direct = self._spans[self._next]
            self._any_end = max(self._any_end, span.end)
            if direct:
                self._direct_end = max(self._direct_end, span.end)
            self._next += 1
        return self._any_end > position, self._direct_end > position


def _without_overlaps(found: Iterable[tuple[Place, Decision]]) -> list[tuple[Place, Decision]]:
    """Keep of overlapping cues those in use, then the longest, then the most probable; give them in text order."""
    ranked = sorted(
        found, key=lambda item: (not item[1].in_use, item[0].first - item[0].last, -item[1].probability, item[0].first)
    )
    taken: set[int] = set()
    kept = []
    for place, decision in ranked:
        tokens = range(place.first, place.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append((place, decision))
    return sorted(kept, key=lambda item: item[0].first)


def _hedge(place: Place, decision: Decision, inside: _Inside, content: Sequence[Span]) -> Hedge:
    """Make the record of one cue."""
    document, entry = place.document, place.entry
    start, end = document.starts[place.first], document.ends[place.last - 1]
    disclaims = entry.cls == "disclaimer" and decision.in_use
    banded = decision.in_use and not place.among(place.before(), "unbanded")
    return Hedge(
        start=start,
        end=end,
        text=document.text[start:end],
        cls=entry.cls,
        holder=_holder(place, *inside.at(start)),
        probability=decision.probability,
        rule=f"{entry.id}: {decision.reason}",
        in_use=decision.in_use,
        reach=disclaimers.reach(place, content) if disclaims else (),
        likelihood=entry.likelihood if banded else None,
    )


def _holder(place: Place, attributed: bool, direct: bool) -> Holder:
    """Say whose hedge it is: the source's for its own words and beliefs, else the reporter's."""
    if direct or place.document.quote_of[place.first] >= 0 or place.entry.holder == "source":
        return "source"
    return "source" if attributed and place.entry.cls != "hearsay" else "reporter"
