"""German cue verbs: separable ones, perfect and passive, and the clause, quotation or object they introduce."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extract.candidates import Candidate
from attribution.extract.german_clauses import (
    FINAL,
    Clauses,
    Segment,
    VerbCue,
    ends,
    tables,
)
from attribution.extract.german_contents import attributed
from attribution.lang import Verb
from attribution.lang.de import grammar as g


def verb_attributions(c: Clauses) -> Iterator[Candidate]:
    """Propose what the cue verbs of a sentence attribute."""
    for cue in verb_cues(c):
        candidate = attributed(c, cue)
        if candidate:
            yield candidate


def verb_cues(c: Clauses) -> Iterator[VerbCue]:
    """Find the cue verbs of a sentence, each with its particle, auxiliary and kind of clause."""
    joined, bare, _ = tables()
    for k, segment in enumerate(c.segments):
        taken = -1
        for i in range(segment.first, segment.last):
            if i <= taken or c.document.quote_of[i] >= 0:
                continue
            word = c.lower[i]
            verb, particle = None, -1
            for option in bare.get(word, ()):
                at = _particle(c, option, i, segment)
                if at >= 0:
                    verb, particle = option, at
                    break
            if verb is None:
                verb = next((v for v in joined.get(word, ()) if _needs_met(c, v, segment)), None)
            if verb is None or (c.words[i][0].isupper() and i != segment.first):
                continue
            cue = _verb_cue(c, verb, i, particle, k)
            if cue:
                taken = max(cue.parts)
                yield cue


def _particle(c: Clauses, verb: Verb, i: int, segment: Segment) -> int:
    """Find a separable verb's particle: the last one of its kind behind the verb in its segment."""
    if not _needs_met(c, verb, segment):
        return -1
    parts = verb.particle.split()
    if i > segment.first and len(parts) == 1 and c.lower[i - 1] == verb.particle and ends(c, i, segment):
        return i - 1  # "wie das Amt bekannt gab"
    for j in range(segment.last - len(parts), i, -1):
        if c.lower[j] == parts[0] and all(c.lower[j + m] == parts[m] for m in range(len(parts))):
            # a particle ends its clause; before a noun phrase it is a preposition
            if (
                len(parts) == 1
                and parts[0] in g.PREPOSITIONS
                and j + 1 < segment.last
                and c.document.quote_of[j + 1] < 0
                and c.words[j + 1] not in FINAL
            ):
                following = c.lower[j + 1]
                if following in g.DETERMINERS or c.words[j + 1][0].isupper() or g.is_adjective(c.words[j + 1]):
                    continue
            return j
    return -1


def _needs_met(c: Clauses, verb: Verb, segment: Segment) -> bool:
    """Check the word that a verb needs in its clause ("geht davon aus") where it takes no object."""
    if not verb.prepositions or "object" in verb.frames:
        return True
    return any(c.lower[j] in verb.prepositions for j in range(segment.first, segment.last))


def _verb_cue(c: Clauses, verb: Verb, i: int, particle: int, k: int) -> VerbCue | None:
    """Decide what kind of clause the verb stands in and which of its words is finite."""
    segment = c.segments[k]
    lower, first = c.lower, segment.first
    parts = [i] if particle < 0 else [i, particle]
    opener = lower[first]
    tail = i + 1 < segment.last and lower[i + 1] in g.AUXILIARIES
    finite, passive = i, False
    if particle < 0:
        auxiliary = next(
            (j for j in range(first, i) if lower[j] in g.HAVE or lower[j] in g.BECOME or lower[j] in g.BE), -1
        )
        modal = next((j for j in range(first, i) if lower[j] in g.MODALS), -1)
        if tail and ends(c, i + 1, segment):
            after = next(j for j in range(min(segment.last, i + 4) - 1, i, -1) if lower[j] in g.AUXILIARIES)
            passive = any(lower[j] in g.BECOME for j in range(i + 1, after + 1))
            parts += range(i + 1, after + 1)
            finite = after
        elif auxiliary >= 0 and _participle(lower[i]) and (ends(c, i, segment) or tail):
            finite, passive = auxiliary, lower[auxiliary] in g.BECOME
            if lower[auxiliary] in g.BE:
                passive = True
            parts.append(auxiliary)
        elif modal >= 0 and lower[i].endswith("n") and ends(c, i, segment):
            finite = modal
            parts.append(modal)
        elif _participle(lower[i]) and lower[i].startswith("ge"):
            return None
    order = "second"
    final = ends(c, max(i, finite), segment)
    if opener == "wie" and finite > first + 1 and final:
        order = "wie"
    elif opener in g.SUBORDINATORS and opener != "wie" and finite > first and final:
        order = "final"
    elif (
        (
            opener in g.RELATIVES
            or (opener in g.PREPOSITIONS and first + 1 < segment.last and lower[first + 1] in g.RELATIVES)
        )
        and segment.before == ","
        and finite >= segment.last - 2 - (finite != i)
        and finite > first + 1
    ):
        order = "relative"
    elif finite == first:
        order = "first"
    return VerbCue(verb, tuple(sorted(set(parts))), finite, k, passive, order)


def _participle(word: str) -> bool:
    return word.endswith(("t", "en"))
