"""What a German cue verb introduces: readings of its surroundings, tried in order; the first that fits is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.german_clauses import (
    Clauses,
    Segment,
    VerbCue,
    around,
    clause_end,
    content_type,
    finite_in,
    has_zu,
    konjunktiv_in,
    main_before,
    relative_like,
    skip_focus,
)
from attribution.extract.german_subjects import shared_subject, subject
from attribution.lang.de import grammar as g
from attribution.types import AttributionType


class Reading(NamedTuple):
    """Hold one reading: the content, its type, the name of the construction, and its strength against rivals."""

    content: tuple[Tokens, ...]
    type: AttributionType
    rule: str
    strength: int


@dataclass(frozen=True, slots=True)
class Use:
    """Hold a cue verb in its sentence: its source and the segments that may follow as content."""

    c: Clauses
    cue: VerbCue
    source: Tokens | None
    following: tuple[int, ...]
    parenthesis: bool

    @property
    def frames(self) -> tuple[str, ...]:
        """Return what the verb takes."""
        return self.cue.verb.frames

    @property
    def segment(self) -> Segment:
        """Return the segment that the verb stands in."""
        return self.c.segments[self.cue.segment]

    @property
    def past(self) -> int:
        """Return the first token behind the verb's segment and source."""
        return max(self.segment.last, self.source.last if self.source else 0)


def attributed(c: Clauses, cue: VerbCue) -> Candidate | None:
    """Join a cue verb with its source and content, or return None where nothing is attributed."""
    use = _use(c, cue)
    reading = next((found for read in READINGS if (found := read(use))), None)
    content = tuple(span for span in reading.content if span.last > span.first) if reading else ()
    if reading is None or not content or (use.source is None and _is_infinitive(c, cue)):
        return None
    return Candidate(
        reading.type,
        content,
        _runs(cue.parts),
        (use.source,) if use.source else (),
        rule=f"{cue.verb.id}.{reading.rule}",
        strength=reading.strength,
        unspecified=use.source is None,
        apart=cue.order == "relative",
    )


def _is_infinitive(c: Clauses, cue: VerbCue) -> bool:
    """Tell whether the verb is an infinitive with *zu* and its subject elsewhere ("versuchte festzustellen, …")."""
    i = cue.parts[-1]
    if any(c.lower[j] in g.BE for j in range(c.segments[cue.segment].first, i)):  # "dem Bericht ist zu entnehmen, …"
        return False
    inner = "zu" in c.lower[i][1:-3] and c.lower[i].endswith("n")
    return inner or (i > c.first and c.lower[i - 1] == "zu")


def _use(c: Clauses, cue: VerbCue) -> Use:
    source = subject(c, cue) or shared_subject(c, cue)
    past = max(c.segments[cue.segment].last, source.last if source else 0)
    following = tuple(
        k
        for k in range(cue.segment + 1, len(c.segments))
        if c.segments[k].first >= past and not _is_citing(c, c.segments[k])
    )
    inserted = cue.order == "first" and cue.segment > 0 and source is not None and _bare_parenthesis(c, cue, source)
    return Use(c, cue, source, following, inserted)


def _wie(use: Use) -> Reading | None:
    """Read "wie der Sender berichtet": the rest of the sentence is content."""
    if use.cue.order != "wie" or not {"clause", "quote", "parenthesis"} & set(use.frames):
        return None
    content = around(use.c, use.segment.first, use.past)
    return Reading(content, content_type(use.c, content), "wie", 60)


def _quotation(use: Use) -> Reading | None:
    """Read a quotation behind a colon or comma ("sagte er: „…“")."""
    c = use.c
    quote = _quote_behind(c, use.cue, use.past)
    if quote is None or "quote" not in use.frames:
        return None
    around_cue = use.cue.order == "first" and c.words[quote.first - 1] == ","
    before = [q for q in c.quotes if q.last <= use.segment.first] if around_cue else []
    return Reading((*before[-1:], quote), "direct", "verb-quote", 70)


def _clause(use: Use) -> Reading | None:
    """Read the clause behind the verb: with *dass*, a question, an infinitive, or with its verb in second place."""
    if not use.following or use.parenthesis:
        return None
    c, k = use.c, use.following[0]
    after = c.segments[k]
    opener = c.lower[after.first]
    content = (Tokens(after.first, clause_end(c, k, c.body_end())),)
    if opener in ("dass", "daß") and "clause" in use.frames:
        return Reading(content, "indirect", "verb-dass", 65)
    if opener in g.QUESTION_WORDS and opener != "was" and "question" in use.frames:
        return Reading(content, "indirect", "verb-question", 50)
    if relative_like(c, after):
        return None
    if "infinitive" in use.frames and opener not in _PURPOSE and has_zu(c, after):
        return Reading(content, "indirect", "verb-infinitive", 50)
    if "clause" in use.frames and _is_bare_clause(use, after):
        return Reading(content, content_type(c, content), "verb-clause", 55)
    return None


_PURPOSE = frozenset(("um", "ohne", "statt", "anstatt"))


def _is_bare_clause(use: Use, after: Segment) -> bool:
    """Tell whether a segment without *dass* can be what was said ("er erklärte, die Lage sei ruhig")."""
    c, cue = use.c, use.cue
    opener = c.lower[after.first]
    if opener in g.SUBORDINATORS or opener in g.CONJUNCTIONS or not finite_in(c, after):
        return False
    if cue.order == "first" and main_before(c, cue.segment):  # "…, sagte er, …": what was said stands before
        return False
    if g.is_finite(c.words, c.lower, after.first, after.last) and opener not in g.KONJUNKTIV_1:
        return False  # the main clause goes on: "Beamte, die das meldeten, sollen …"
    inside = cue.order in ("final", "relative") or c.lower[max(cue.parts) - 1] == "zu"
    return not inside or after.before != "," or konjunktiv_in(c, after)


def _inserted(use: Use) -> Reading | None:
    """Read ", meint er," in the middle of what is said."""
    said = use.cue.verb.cls in ("say", "belief", "report", "judge")
    if not (use.parenthesis and use.following and said and use.segment.before in (",", "–")):
        return None
    return Reading(around(use.c, use.segment.first, use.segment.last), "indirect", "parenthesis", 60)


def _postposed(use: Use) -> Reading | None:
    """Read "…, sagte der Minister": what was said stands before."""
    if use.cue.order != "first" or not {"clause", "quote", "parenthesis"} & set(use.frames):
        return None
    if not main_before(use.c, use.cue.segment):
        return None
    content = around(use.c, use.segment.first, use.past if use.following else use.c.body_end())
    return Reading(content, content_type(use.c, content), "postposed", 60)


def _quotation_before(use: Use) -> Reading | None:
    """Read a quotation that the verb follows without a comma ("„…“ rief sie")."""
    c, first = use.c, use.segment.first
    before = [quote for quote in c.quotes if first - 1 <= quote.last <= use.cue.finite]
    if "quote" not in use.frames or not before or use.cue.order not in ("first", "second"):
        return None
    return Reading(tuple(c.quotes), "direct", "quote-verb", 65) if before[-1].first <= first else None


def _object(use: Use) -> Reading | None:
    """Read a reported act ("kündigte eine harte Antwort an"), or the words quoted in it ("nannte ihn „Träumer“")."""
    c, source = use.c, use.source
    if "object" not in use.frames or use.cue.passive or source is None:
        return None
    inner = _object_quote(c, use.cue)
    if inner:
        return Reading((inner,), "direct", "fragment", 45)
    if not _has_object(c, use.cue, source):
        return None
    if use.cue.order in ("final", "relative"):
        content = Tokens(use.segment.first, min(use.segment.last, c.body_end()))
    else:
        content = Tokens(min(use.segment.first, source.first), clause_end(c, use.cue.segment, c.body_end()))
    return Reading((content,), "reported", "object", 20)


READINGS: tuple[Callable[[Use], Reading | None], ...] = (
    _wie,
    _quotation,
    _clause,
    _inserted,
    _postposed,
    _quotation_before,
    _object,
)


def _bare_parenthesis(c: Clauses, cue: VerbCue, source: Tokens) -> bool:
    """Tell whether a segment is nothing but a cue verb and its subject (", meint er,")."""
    segment = c.segments[cue.segment]
    k = cue.segment + 1
    follows = c.segments[k] if k < len(c.segments) else None
    if follows is None or c.lower[follows.first] in g.SUBORDINATORS:
        return False
    return source.last >= segment.last and segment.last - segment.first <= 2 + source.last - source.first


def _is_citing(c: Clauses, segment: Segment) -> bool:
    """Tell whether a segment names what a medium rests on ("ebenfalls gestützt auf Geheimdienstquellen")."""
    start = skip_focus(c, segment.first, segment.last)
    if start < segment.last and c.lower[start] == "ebenfalls":
        start += 1
    near = tuple(c.lower[start : start + 2])
    return near in (
        ("gestützt", "auf"),
        ("unter", "berufung"),
        ("unter", "verweis"),
        ("mit", "verweis"),
        ("zitiert", "von"),
    )


def _runs(parts: Sequence[int]) -> tuple[Tokens, ...]:
    """Group token indexes into runs of neighbours."""
    runs: list[Tokens] = []
    for i in parts:
        if runs and runs[-1].last == i:
            runs[-1] = Tokens(runs[-1].first, i + 1)
        else:
            runs.append(Tokens(i, i + 1))
    return tuple(runs)


def _quote_behind(c: Clauses, cue: VerbCue, past: int) -> Tokens | None:
    """Find the quotation that a cue introduces: behind a colon, or at once behind its clause."""
    for quote in c.quotes:
        if quote.first >= max(cue.finite, *cue.parts):
            left = c.words[quote.first - 1] if quote.first > c.first else ""
            if left == ":" or (left == "," and quote.first <= past + 2):
                return quote
            return None
    return None


def _object_quote(c: Clauses, cue: VerbCue) -> Tokens | None:
    segment = c.segments[cue.segment]
    for quote in c.quotes:
        if quote.first >= segment.first and quote.last <= segment.last + 1:
            return quote
    return None


def _has_object(c: Clauses, cue: VerbCue, source: Tokens) -> bool:
    """Tell whether the clause holds what a reported act is about, with the preposition that the verb asks for."""
    segment = c.segments[cue.segment]
    for j in range(segment.first, segment.last):
        if source.first <= j < source.last or j in cue.parts:
            continue
        if cue.verb.prepositions:
            if c.lower[j] in cue.verb.prepositions:
                return True
        elif c.words[j][0].isupper() and c.lower[j - 1] not in g.PREPOSITIONS:
            return True
    return False
