"""Who a German cue verb belongs to: its subject, with titles and appositions, wherever word order puts it."""

from __future__ import annotations

from attribution.extract.candidates import Tokens
from attribution.extract.german_clauses import (
    FINAL,
    Clauses,
    Segment,
    VerbCue,
    is_phrase,
    is_relative,
    main_before,
    relative_like,
    skip_focus,
)
from attribution.lang import load_cues
from attribution.lang.de import grammar as g


def subject(c: Clauses, cue: VerbCue) -> Tokens | None:
    """Find the subject of a cue verb, or the agent of a passive one."""
    segment = c.segments[cue.segment]
    if cue.passive and cue.verb.lemma != "zitieren":
        return _agent(c, segment)
    if cue.order in ("wie", "final"):
        return middle_field(c, segment.first + 1, segment.last)
    if cue.order == "relative":
        return antecedent(c, cue.segment)
    if cue.order == "first":
        front = None if main_before(c, cue.segment) else _appositive_front(c, cue.segment)
        return front or middle_field(c, cue.finite + 1, segment.last)
    start = skip_focus(c, segment.first, cue.finite)
    opener = c.lower[start] if start < cue.finite else ""
    behind = c.lower[cue.finite + 1] if cue.finite + 1 < segment.last else ""
    fronted = (
        start < cue.finite
        and opener not in g.NOT_SUBJECT
        and (
            opener in g.DETERMINERS
            or opener in g.PERSONAL
            or g.is_nominal(c.words[start])
            or g.is_adjective(c.words[start])
        )
        and behind not in ("er", "sie", "wir", "ich", "man")
    )
    if fronted:
        end = g.noun_phrase(c.words, c.lower, start, cue.finite)
        if end > start and not g.is_time(c.words, c.lower, start, end):
            return Tokens(
                _name_before(c, cue.segment, start), cue.finite if no_finite_between(c, end, cue.finite) else end
            )
    return middle_field(c, cue.finite + 1, segment.last)


def _name_before(c: Clauses, k: int, start: int) -> int:
    """Return where a subject begins whose name stands before its apposition ("Edda Horn, Autorin von …, sagt")."""
    if k == 0 or c.segments[k].before != "," or start != c.segments[k].first:
        return start
    name = c.segments[k - 1]
    begin = skip_focus(c, name.first, name.last)
    whole = begin < name.last and g.noun_phrase(c.words, c.lower, begin, name.last) == name.last
    opens = name.first == c.first or name.before in (":", ";", "–")
    return begin if whole and opens and c.lower[begin] not in g.NOT_SUBJECT else start


def no_finite_between(c: Clauses, start: int, stop: int) -> bool:
    """Tell whether the words between a fronted noun phrase and its verb may belong to it."""
    return all(c.lower[j] not in g.AUXILIARIES and c.document.quote_of[j] < 0 for j in range(start, stop))


def middle_field(c: Clauses, start: int, stop: int) -> Tokens | None:
    """Find the subject behind the finite verb: the first noun phrase that is neither oblique nor prepositional."""
    j = start
    while j < stop:
        word = c.lower[j]
        if c.document.quote_of[j] >= 0:
            return None
        if word in ("er", "sie", "wir", "ich", "man"):
            return Tokens(j, j + 1)
        if word in g.PREPOSITIONS:
            end = g.noun_phrase(c.words, c.lower, j + 1, stop, depth=3)
            j = end if end > j + 1 else j + 1
        elif _no_subject(word):
            if word in ("dem", "den", "ihm", "ihr", "ihnen"):
                end = g.noun_phrase(c.words, c.lower, j, stop, depth=3)
                j = max(end, j + 1)
            else:
                j += 1
        else:
            end = g.noun_phrase(c.words, c.lower, j, stop)
            if end > j and g.is_time(c.words, c.lower, j, end):
                j = end
                continue
            if end > j:
                return with_appositions(c, Tokens(j, end))
            j += 1
    return None


def _no_subject(word: str) -> bool:
    """Tell whether a word of the middle field opens no subject: an oblique pronoun or article, or an adverb."""
    oblique = word in g.OBLIQUE and (word not in g.ARTICLES or word in ("dem", "den"))
    return oblique or (word in g.ADVERBS and word not in g.DETERMINERS)


def shared_subject(c: Clauses, cue: VerbCue) -> Tokens | None:
    """Take the first clause's subject for a coordinated verb ("A lehnte ab, sondern befürchtet, dass …")."""
    segment = c.segments[cue.segment]
    if (
        cue.passive
        or cue.segment == 0
        or c.lower[segment.first] not in g.CONJUNCTIONS
        or cue.finite > segment.first + 2
    ):
        return None
    return sentence_subject(c)


def _agent(c: Clauses, segment: Segment) -> Tokens | None:
    """Find the *von* phrase of a passive ("wird von Fachleuten betont")."""
    for j in range(segment.first, segment.last - 1):
        if c.lower[j] in ("von", "vom", "durch", "seitens"):
            end = g.noun_phrase(c.words, c.lower, j + 1, segment.last)
            if end > j + 1:
                return Tokens(j + 1, end)
    return None


def antecedent(c: Clauses, k: int) -> Tokens | None:
    """Find the noun phrase that a relative clause belongs to: the longest one that ends the segment before."""
    if k == 0:
        return None
    before = c.segments[k - 1]
    return np_ending(c, before.first, before.last)


def np_ending(c: Clauses, first: int, last: int) -> Tokens | None:
    """Find the longest noun phrase that ends at a token."""
    for j in range(max(first, last - 12), last):
        if (
            c.lower[j] not in g.PREPOSITIONS
            and c.document.quote_of[j] < 0
            and g.noun_phrase(c.words, c.lower, j, last) == last
        ):
            return Tokens(j, last)
    return None


def _appositive_front(c: Clauses, k: int) -> Tokens | None:
    """Find a subject that appositions or a relative clause part from its verb ("Karl Maier, der Trainer, sagte")."""
    relative = -1
    j = k - 1
    while j >= 0 and c.segments[j].before == "," and not is_phrase(c, c.segments[j]):
        if not is_relative(c, c.segments[j]):
            return None
        relative = j
        j -= 1
    while j > 0 and c.segments[j].before == "," and is_phrase(c, c.segments[j]):
        j -= 1
    if j < 0 or j == k:
        return None
    front = c.segments[j]
    start = skip_focus(c, front.first, front.last)
    if start >= front.last or c.lower[start] in g.PREPOSITIONS or not is_phrase(c, Segment(start, front.last, "")):
        return None
    last = c.segments[relative - 1].last if relative > 0 else c.segments[k - 1].last
    return Tokens(start, last)


def with_appositions(c: Clauses, source: Tokens) -> Tokens:
    """Extend a source by the appositions behind it ("der Vorsitzende des Verbandes, Elmar Gerke")."""
    last = source.last
    k = c.segment_at(source.last - 1)
    while k + 1 < len(c.segments):
        segment, after = c.segments[k], c.segments[k + 1]
        if (
            last != segment.last
            or after.before != ","
            or not is_phrase(c, after)
            or c.lower[after.first] in g.PREPOSITIONS
        ):
            break
        end = after.last
        while end > after.first and c.words[end - 1] in FINAL:
            end -= 1
        closed = k + 2 < len(c.segments) and g.is_finite(
            c.words, c.lower, c.segments[k + 2].first, c.segments[k + 2].last
        )
        if not closed and g.noun_phrase(c.words, c.lower, after.first, end) < end - 3:
            break
        last = end
        k += 1
    return Tokens(source.first, last)


def sentence_subject(c: Clauses) -> Tokens | None:
    """Find the subject of a sentence's first main clause."""
    for k, segment in enumerate(c.segments):
        if relative_like(c, segment) or c.lower[segment.first] in g.SUBORDINATORS:
            continue
        finite = next(
            (j for j in range(segment.first, segment.last) if g.is_finite(c.words, c.lower, j, segment.last)), -1
        )
        if finite >= 0:
            order = "first" if finite == segment.first else "second"
            return subject(c, VerbCue(load_cues("de").verbs[0], (finite,), finite, k, False, order))
    return None
