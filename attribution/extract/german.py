"""German attributions by rules: cue verbs and their clauses, marked sources (*laut*, *zufolge*, *so*), Konjunktiv."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from attribution.extract.candidates import Candidate, Tokens
from attribution.lang import Marker, Noun, Verb, load_cues
from attribution.lang.de import grammar as g
from attribution.nlp import Document

_BREAKS = frozenset((",", ";", ":", "–", "—", "-"))
_FINAL = frozenset((".", "!", "?", "…"))
_MARKS = frozenset(("„", "“", "”", '"', "«", "»", "‚", "‘", "’", "‹", "›", "''", "``", "'"))
_CLOSERS = frozenset(("“", "”", '"', "«", "»", "‘", "’", "‹", "›", "''", "'"))


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold a stretch of a sentence between commas, colons or dashes that stand outside quotations."""

    first: int
    last: int
    before: str


@dataclass(slots=True)
class Clauses:
    """Hold one sentence for the rules: its words, its segments and the quotations that lie in it."""

    document: Document
    words: Sequence[str]
    lower: Sequence[str]
    first: int
    last: int
    segments: list[Segment]
    quotes: list[Tokens] = field(default_factory=list)

    def segment_at(self, token: int) -> int:
        """Return the index of the segment that token lies in (or that follows the break it is)."""
        for k, segment in enumerate(self.segments):
            if token < segment.last:
                return k
        return len(self.segments) - 1

    def body_end(self) -> int:
        """Return the end of the sentence without its final punctuation."""
        last = self.last
        while last > self.first and self.words[last - 1] in _FINAL:
            last -= 1
        return last


@dataclass(frozen=True, slots=True)
class VerbCue:
    """Hold one cue verb in use: its parts, its finite verb, its segment, and what kind of clause it stands in."""

    verb: Verb
    parts: tuple[int, ...]
    finite: int
    segment: int
    passive: bool
    order: str  # "second", "first", "wie", "final", "relative", "bare" (no finite verb found)


@cache
def _tables() -> tuple[dict[str, list[Verb]], dict[str, list[Verb]], dict[str, list[tuple[tuple[str, ...], Marker]]]]:
    """Index the lexicon by word: joined verb forms, bare forms of separable verbs, first words of markers."""
    cues = load_cues("de")
    joined: dict[str, list[Verb]] = {}
    bare: dict[str, list[Verb]] = {}
    markers: dict[str, list[tuple[tuple[str, ...], Marker]]] = {}
    for verb in cues.verbs:
        for form in verb.forms:
            joined.setdefault(form, []).append(verb)
        for form in verb.bare:
            bare.setdefault(form, []).append(verb)
    for marker in cues.markers:
        for pattern in marker.pattern.split("|"):
            parts = tuple(pattern.split())
            # "wie X berichtet" is read from its verb, "Berichten zufolge" from its postposition
            if parts == ("wie",) or (len(parts) > 1 and parts[-1] == "zufolge"):
                continue
            markers.setdefault(parts[0], []).append((parts, marker))
    for rows in markers.values():
        rows.sort(key=lambda row: -len(row[0]))
    return joined, bare, markers


@cache
def _noun_forms() -> dict[str, Noun]:
    return {form: noun for noun in load_cues("de").nouns for form in noun.forms}


def find(document: Document) -> list[Candidate]:
    """Propose the attributions of a German document."""
    found: list[Candidate] = []
    goes_on = False
    for sentence in document.sentences:
        clauses = _clauses(document, sentence.first, sentence.last)
        own = list(_marked(clauses))
        own += _verbs(clauses)
        own += _nouns(clauses)
        if not own:
            own += _speaker_colon(clauses)
        own = own or list(_continuation(clauses, goes_on))
        found += own
        found += _fragments(clauses, own)
        goes_on = bool(own)
    return found


def _clauses(document: Document, first: int, last: int) -> Clauses:
    words = document.words
    segments, quotes = [], []
    start, before, i = first, "", first
    while i < last:
        quote = document.quote_of[i]
        if quote >= 0:
            end = document.quotations[quote].end
            j = i
            while j < last and document.starts[j] < end:
                j += 1
            quotes.append(Tokens(i, j))
            i = j
            continue
        if words[i] in _BREAKS:
            if i > start:
                segments.append(Segment(start, i, before))
                start, before = i + 1, words[i]
            else:
                start, before = i + 1, words[i] if words[i] != "," or not before else before
        i += 1
    if last > start:
        segments.append(Segment(start, last, before))
    clauses = Clauses(document, words, document.lower, first, last, segments, quotes)
    _merge_wie(clauses)
    return clauses


def _merge_wie(c: Clauses) -> None:
    """Join the pieces of a *wie* clause that appositions cut ("Wie Karl Maier, Sprecher der Stadt, mitteilte")."""
    k = 0
    while k < len(c.segments) - 1:
        segment = c.segments[k]
        if c.lower[segment.first] == "wie" and not _finite_in(c, segment):
            last = next((m for m in range(k + 1, min(k + 4, len(c.segments))) if _finite_in(c, c.segments[m])), -1)
            if last > 0 and g.is_finite(c.words, c.lower, c.segments[last].last - 1, c.segments[last].last):
                c.segments[k : last + 1] = [Segment(segment.first, c.segments[last].last, segment.before)]
        k += 1


# --- verbs -----------------------------------------------------------------------------------------------------------


def _verbs(c: Clauses) -> Iterator[Candidate]:
    for cue in _verb_cues(c):
        candidate = _attribute(c, cue)
        if candidate:
            yield candidate


def _verb_cues(c: Clauses) -> Iterator[VerbCue]:
    joined, bare, _ = _tables()
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
    for j in range(segment.last - len(parts), i, -1):
        if c.lower[j] == parts[0] and all(c.lower[j + m] == parts[m] for m in range(len(parts))):
            # a particle ends its clause; before a noun phrase it is a preposition
            if len(parts) == 1 and parts[0] in g.PREPOSITIONS and j + 1 < segment.last and c.document.quote_of[j + 1] < 0 and c.words[j + 1] not in _FINAL:
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
        auxiliary = next((j for j in range(first, i) if lower[j] in g.HAVE or lower[j] in g.BECOME or lower[j] in g.BE), -1)
        modal = next((j for j in range(first, i) if lower[j] in g.MODALS), -1)
        if tail and _ends(c, i + 1, segment):
            after = next(j for j in range(min(segment.last, i + 4) - 1, i, -1) if lower[j] in g.AUXILIARIES)
            passive = any(lower[j] in g.BECOME for j in range(i + 1, after + 1))
            parts += range(i + 1, after + 1)
            finite = after
        elif auxiliary >= 0 and _participle(lower[i]) and (_ends(c, i, segment) or tail):
            finite, passive = auxiliary, lower[auxiliary] in g.BECOME
            if lower[auxiliary] in g.BE:
                passive = True
            parts.append(auxiliary)
        elif modal >= 0 and lower[i].endswith("n") and _ends(c, i, segment):
            finite = modal
            parts.append(modal)
        elif _participle(lower[i]) and lower[i].startswith("ge"):
            return None
    order = "second"
    final = _ends(c, max(i, finite), segment)
    if opener == "wie" and finite > first + 1 and final:
        order = "wie"
    elif opener in g.SUBORDINATORS and opener != "wie" and finite > first and final:
        order = "final"
    elif (opener in g.RELATIVES or opener in g.PREPOSITIONS and first + 1 < segment.last and lower[first + 1] in g.RELATIVES) and segment.before == "," and finite >= segment.last - 2 - (finite != i) and finite > first + 1:
        order = "relative"
    elif finite == first:
        order = "first"
    return VerbCue(verb, tuple(sorted(set(parts))), finite, k, passive, order)


def _ends(c: Clauses, i: int, segment: Segment) -> bool:
    """Tell whether a verb stands at the end of its clause (a coordinated clause or a quotation may follow)."""
    j = i + 1
    while j < segment.last and c.lower[j] in g.AUXILIARIES:
        j += 1
    return j >= segment.last or c.words[j] in _FINAL or c.lower[j] in ("und", "sowie", "oder", "aber") or c.document.quote_of[j] >= 0


def _participle(word: str) -> bool:
    return word.endswith(("t", "en"))


# --- subjects --------------------------------------------------------------------------------------------------------


def _subject(c: Clauses, cue: VerbCue) -> Tokens | None:
    segment = c.segments[cue.segment]
    if cue.passive and cue.verb.lemma != "zitieren":
        return _agent(c, segment)
    if cue.order in ("wie", "final"):
        return _middle_field(c, segment.first + 1, segment.last)
    if cue.order == "relative":
        return _antecedent(c, cue.segment)
    if cue.order == "first":
        front = None if _main_before(c, cue.segment) else _appositive_front(c, cue.segment)
        return front or _middle_field(c, cue.finite + 1, segment.last)
    start = _skip_focus(c, segment.first, cue.finite)
    opener = c.lower[start] if start < cue.finite else ""
    behind = c.lower[cue.finite + 1] if cue.finite + 1 < segment.last else ""
    fronted = (
        start < cue.finite
        and opener not in g.NOT_SUBJECT
        and (opener in g.DETERMINERS or opener in g.PERSONAL or g.is_nominal(c.words[start]) or g.is_adjective(c.words[start]))
        and behind not in ("er", "sie", "wir", "ich", "man")
    )
    if fronted:
        end = g.noun_phrase(c.words, c.lower, start, cue.finite)
        if end > start:
            return Tokens(_name_before(c, cue.segment, start), cue.finite if _plain(c, end, cue.finite) else end)
    return _middle_field(c, cue.finite + 1, segment.last)


def _name_before(c: Clauses, k: int, start: int) -> int:
    """Return where a subject begins whose name stands before the apposition at start ("Edda Horn, Autorin von …, sagt")."""
    if k == 0 or c.segments[k].before != "," or start != c.segments[k].first:
        return start
    name = c.segments[k - 1]
    begin = _skip_focus(c, name.first, name.last)
    whole = begin < name.last and g.noun_phrase(c.words, c.lower, begin, name.last) == name.last
    opens = name.first == c.first or name.before in (":", ";", "–")
    return begin if whole and opens and c.lower[begin] not in g.NOT_SUBJECT else start


def _plain(c: Clauses, start: int, stop: int) -> bool:
    """Tell whether the words between a fronted noun phrase and its verb may belong to it."""
    return all(c.lower[j] not in g.AUXILIARIES and c.document.quote_of[j] < 0 for j in range(start, stop))


def _skip_focus(c: Clauses, start: int, stop: int) -> int:
    while start < stop and c.lower[start] in g.FOCUS:
        start += 1
    return start


def _middle_field(c: Clauses, start: int, stop: int) -> Tokens | None:
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
        elif word in g.OBLIQUE and not (word == "dem" and False) or (word in g.ADVERBS and word not in g.DETERMINERS):
            if word in ("dem", "den", "ihm", "ihr", "ihnen"):
                end = g.noun_phrase(c.words, c.lower, j, stop, depth=3)
                j = max(end, j + 1)
            else:
                j += 1
        else:
            end = g.noun_phrase(c.words, c.lower, j, stop)
            if end > j:
                return _with_appositions(c, Tokens(j, end))
            j += 1
    return None


def _shared_subject(c: Clauses, cue: VerbCue) -> Tokens | None:
    """Take the first clause's subject for a coordinated verb ("A lehnte ab, sondern befürchtet, dass …")."""
    segment = c.segments[cue.segment]
    if cue.passive or cue.segment == 0 or c.lower[segment.first] not in g.CONJUNCTIONS or cue.finite > segment.first + 2:
        return None
    return _sentence_subject(c)


def _agent(c: Clauses, segment: Segment) -> Tokens | None:
    """Find the *von* phrase of a passive ("wird von Fachleuten betont")."""
    for j in range(segment.first, segment.last - 1):
        if c.lower[j] in ("von", "vom", "durch", "seitens"):
            end = g.noun_phrase(c.words, c.lower, j + 1, segment.last)
            if end > j + 1:
                return Tokens(j + 1, end)
    return None


def _antecedent(c: Clauses, k: int) -> Tokens | None:
    """Find the noun phrase that a relative clause belongs to: the longest one that ends the segment before."""
    if k == 0:
        return None
    before = c.segments[k - 1]
    return _np_ending(c, before.first, before.last)


def _np_ending(c: Clauses, first: int, last: int) -> Tokens | None:
    for j in range(max(first, last - 12), last):
        if c.lower[j] not in g.PREPOSITIONS and c.document.quote_of[j] < 0 and g.noun_phrase(c.words, c.lower, j, last) == last:
            return Tokens(j, last)
    return None


def _appositive_front(c: Clauses, k: int) -> Tokens | None:
    """Find a subject that appositions or a relative clause part from its verb ("Karl Maier, der Trainer, sagte")."""
    relative = -1
    j = k - 1
    while j >= 0 and c.segments[j].before == "," and not _is_phrase(c, c.segments[j]):
        if not _is_relative(c, c.segments[j]):
            return None
        relative = j
        j -= 1
    while j > 0 and c.segments[j].before == "," and _is_phrase(c, c.segments[j]):
        j -= 1
    if j < 0 or j == k:
        return None
    front = c.segments[j]
    start = _skip_focus(c, front.first, front.last)
    if start >= front.last or c.lower[start] in g.PREPOSITIONS or not _is_phrase(c, Segment(start, front.last, "")):
        return None
    last = c.segments[relative - 1].last if relative > 0 else c.segments[k - 1].last
    return Tokens(start, last)


def _main_before(c: Clauses, k: int) -> bool:
    """Tell whether a main clause or a quotation stands before segment k of the sentence."""
    for segment in c.segments[:k]:
        if c.document.quote_of[segment.first] >= 0 or any(segment.first <= q.first < segment.last for q in c.quotes):
            return True
        opener = c.lower[segment.first]
        if opener in g.SUBORDINATORS and opener not in ("als", "seit", "während", "bis") or opener == "um":
            if opener not in ("dass", "daß"):
                continue
            return True
        if not _relative_like(c, segment) and _finite_in(c, segment):
            finite = next(j for j in range(segment.first, segment.last) if g.is_finite(c.words, c.lower, j, segment.last))
            if opener in g.SUBORDINATORS and finite >= segment.last - 2:
                continue
            return True
    return False


def _is_phrase(c: Clauses, segment: Segment) -> bool:
    """Tell whether a segment is one noun phrase without a verb of its own."""
    if any(c.document.quote_of[j] >= 0 for j in range(segment.first, segment.last)):
        return False
    end = g.noun_phrase(c.words, c.lower, segment.first, segment.last)
    if end == segment.first:
        return False
    return not any(
        c.lower[j] in g.AUXILIARIES or c.lower[j] in g.COMMON_FINITE or g.is_finite(c.words, c.lower, j, segment.last)
        for j in range(end, segment.last)
    )


def _is_relative(c: Clauses, segment: Segment) -> bool:
    opener = segment.first
    if c.lower[opener] in g.PREPOSITIONS and opener + 1 < segment.last:
        opener += 1
    return c.lower[opener] in g.RELATIVES and g.is_finite(c.words, c.lower, segment.last - 1, segment.last)


def _with_appositions(c: Clauses, source: Tokens) -> Tokens:
    """Extend a source by the appositions behind it ("der Vorsitzende des Verbandes, Elmar Gerke")."""
    last = source.last
    k = c.segment_at(source.last - 1)
    while k + 1 < len(c.segments):
        segment, after = c.segments[k], c.segments[k + 1]
        if last != segment.last or after.before != "," or not _is_phrase(c, after) or c.lower[after.first] in g.PREPOSITIONS:
            break
        end = after.last
        while end > after.first and c.words[end - 1] in _FINAL:
            end -= 1
        closed = k + 2 < len(c.segments) and g.is_finite(c.words, c.lower, c.segments[k + 2].first, c.segments[k + 2].last)
        if not closed and g.noun_phrase(c.words, c.lower, after.first, end) < end - 3:
            break
        last = end
        k += 1
    return Tokens(source.first, last)


# --- contents --------------------------------------------------------------------------------------------------------


def _attribute(c: Clauses, cue: VerbCue) -> Candidate | None:
    """Join a cue verb with its source and content, or return None where nothing is attributed."""
    source = _subject(c, cue) or _shared_subject(c, cue)
    verb, segment = cue.verb, c.segments[cue.segment]
    frames = verb.frames
    end = c.body_end()
    cue_tokens = _runs(cue.parts)
    past = max(segment.last, source.last if source else 0)
    following = [k for k in range(cue.segment + 1, len(c.segments)) if c.segments[k].first >= past and not _is_citing(c, c.segments[k])]
    source_spans = (source,) if source else ()

    def made(content: tuple[Tokens, ...], type_: str, rule: str, strength: int = 50) -> Candidate | None:
        content = tuple(t for t in content if t.last > t.first)
        if not content:
            return None
        return Candidate(type_, content, cue_tokens, source_spans, rule=f"{verb.id}.{rule}", strength=strength, unspecified=not source)  # type: ignore[arg-type]

    if cue.order == "wie":
        content = _around(c, segment.first, max(segment.last, source.last if source else 0))
        return made(content, _type(c, content), "wie", 60) if content and ("clause" in frames or "quote" in frames or "parenthesis" in frames) else None
    quote = _quote_behind(c, cue, past)
    if quote and "quote" in frames:
        return made((quote,), "direct", "verb-quote", 70)
    parenthesis = cue.order == "first" and cue.segment > 0 and source is not None and _bare_parenthesis(c, cue, source)
    if following and not parenthesis and ("clause" in frames or "question" in frames or "infinitive" in frames):
        k = following[0]
        after = c.segments[k]
        opener = c.lower[after.first]
        content = Tokens(after.first, _clause_end(c, k, end))
        if opener in ("dass", "daß") and "clause" in frames:
            return made((content,), "indirect", "verb-dass", 65)
        if opener in g.QUESTION_WORDS and opener not in ("was",) and "question" in frames:
            return made((content,), "indirect", "verb-question", 50)
        if opener not in ("um", "ohne", "statt", "anstatt") and _has_zu(c, after) and not _relative_like(c, after) and "infinitive" in frames:
            return made((content,), "indirect", "verb-infinitive", 50)
        if "clause" in frames and not _relative_like(c, after) and opener not in g.SUBORDINATORS and opener not in g.CONJUNCTIONS and _finite_in(c, after):
            inside = cue.order in ("final", "relative") or c.lower[max(cue.parts) - 1] == "zu"
            verb_first = g.is_finite(c.words, c.lower, after.first, after.last) and opener not in g.KONJUNKTIV_1
            if not (cue.order == "first" and _main_before(c, cue.segment)) and not verb_first and not (inside and after.before == "," and not _konjunktiv_in(c, after)):
                return made((content,), _type(c, (content,)), "verb-clause", 55)
    if cue.order == "first" and following and cue.segment > 0 and segment.before in (",", "–") and verb.cls in ("say", "belief", "report", "judge") and parenthesis:
        return made(_around(c, segment.first, segment.last), "indirect", "parenthesis", 60)
    if cue.order == "first" and ("parenthesis" in frames or "clause" in frames or "quote" in frames) and _main_before(c, cue.segment):
        tail = max(segment.last if not following else segment.last, source.last if source else 0)
        content = _around(c, segment.first, tail if following else end)
        return made(content, _type(c, content), "postposed", 60)
    if c.quotes and "quote" in frames:
        before = [q for q in c.quotes if q.last <= cue.finite and q.last >= segment.first - 1]
        if before and cue.order in ("first", "second") and before[-1].first <= segment.first:
            content = tuple(c.quotes[:1]) if len(c.quotes) == 1 else tuple(q for q in c.quotes)
            return made(content, "direct", "quote-verb", 65)
    if "object" in frames and not cue.passive and source:
        inner = _object_quote(c, cue)
        if inner:
            return made((inner,), "direct", "fragment", 45)
        if _has_object(c, cue, source):
            first = segment.first
            if cue.order in ("final", "relative"):
                last = min(segment.last, end)
            else:
                first, last = min(first, source.first), _clause_end(c, cue.segment, end)
            return made((Tokens(first, last),), "reported", "object", 20)
    return None


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
    start = _skip_focus(c, segment.first, segment.last)
    if start < segment.last and c.lower[start] == "ebenfalls":
        start += 1
    near = tuple(c.lower[start : start + 2])
    return near in (("gestützt", "auf"), ("unter", "berufung"), ("unter", "verweis"), ("mit", "verweis"), ("zitiert", "von"))


def _runs(parts: Sequence[int]) -> tuple[Tokens, ...]:
    """Group token indexes into runs of neighbours."""
    runs: list[Tokens] = []
    for i in parts:
        if runs and runs[-1].last == i:
            runs[-1] = Tokens(runs[-1].first, i + 1)
        else:
            runs.append(Tokens(i, i + 1))
    return tuple(runs)


def _type(c: Clauses, content: Sequence[Tokens]) -> str:
    """Call content direct when it is nothing but quotation."""
    return "direct" if content and all(any(q.first <= t.first and t.last <= q.last + 1 for q in c.quotes) for t in content) else "indirect"


def _around(c: Clauses, first: int, last: int) -> tuple[Tokens, ...]:
    """Take the sentence but for a parenthesis (*wie X berichtet*, *sagte X*, *so X*) as content."""
    end = c.body_end()
    left = first
    while left > c.first and c.words[left - 1] in _BREAKS:
        left -= 1
    right = last
    while right < end and c.words[right] in _BREAKS:
        right += 1
    spans = (Tokens(c.first, left), Tokens(right, end))
    return tuple(span for span in spans if span.last > span.first)


def _clause_end(c: Clauses, k: int, end: int) -> int:
    """Return where content that begins in segment k ends: at a new clause of the reporter's, else with the sentence."""
    joined, bare, _ = _tables()
    for segment in c.segments[k + 1 :]:
        opener = c.lower[segment.first]
        if segment.before == ";":
            return segment.first - 1
        if opener in ("und", "aber", "doch") and segment.first + 2 < segment.last:
            near = c.lower[segment.first + 1 : segment.first + 3]
            if any(word in joined or word in bare for word in near) and not any(w in g.KONJUNKTIV_1 for w in near):
                return segment.first - 1
        if opener == "während" and any(c.lower[j] in joined or c.lower[j] in bare for j in range(segment.first, segment.last)):
            return segment.first - 1
        if _is_postposed(c, segment, end):
            return segment.first - 1
        if opener == "so" and segment.before == "," or opener == "wie" and segment.before in (",", "–") and c.lower[segment.last - 1] in joined:
            return segment.first - 1
    return end


def _is_postposed(c: Clauses, segment: Segment, end: int) -> bool:
    """Tell whether the last segment only says who says so (", berichtet der Sender")."""
    joined, bare, _ = _tables()
    word = c.lower[segment.first]
    if segment.before != "," or min(segment.last, end) < end or not (word in joined or word in bare):
        return False
    return g.noun_phrase(c.words, c.lower, segment.first + 1, segment.last) > segment.first + 1


def _quote_behind(c: Clauses, cue: VerbCue, past: int) -> Tokens | None:
    """Find the quotation that a cue introduces: behind a colon, or at once behind its clause."""
    for quote in c.quotes:
        if quote.first >= max(cue.finite, max(cue.parts)):
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


def _has_zu(c: Clauses, segment: Segment) -> bool:
    last = segment.last
    while last > segment.first and (c.words[last - 1] in _FINAL or c.words[last - 1] in _CLOSERS):
        last -= 1
    for j in range(segment.first, last):
        word = c.lower[j]
        if word == "zu" and j + 1 < last and c.lower[j + 1].endswith("n") and c.words[j + 1][0].islower():
            return True
        if "zu" in word[2:-3] and word.endswith("en") and c.words[j][0].islower():
            return True
    return False


def _relative_like(c: Clauses, segment: Segment) -> bool:
    """Tell whether a segment is a relative clause: a relative pronoun and the finite verb at its end."""
    last = segment.last
    while last > segment.first and c.words[last - 1] in _FINAL:
        last -= 1
    opener = segment.first
    if c.lower[opener] in g.PREPOSITIONS and opener + 1 < last:
        opener += 1
    if c.lower[opener] not in g.RELATIVES:
        return False
    if last - opener > 2 and c.lower[last - 2] == "zu":
        return False
    return g.is_finite(c.words, c.lower, last - 1, last) and not any(
        c.lower[j] in g.AUXILIARIES or c.lower[j] in g.KONJUNKTIV_1 for j in range(opener + 1, min(last - 1, opener + 6))
    )


def _konjunktiv_in(c: Clauses, segment: Segment) -> bool:
    return any(c.lower[j] in g.KONJUNKTIV_1 or c.lower[j] in g.KONJUNKTIV_2 for j in range(segment.first, segment.last))


def _finite_in(c: Clauses, segment: Segment) -> bool:
    return any(g.is_finite(c.words, c.lower, j, segment.last) for j in range(segment.first, segment.last))


def _nouns(c: Clauses) -> Iterator[Candidate]:
    """Read a noun of saying with its clause ("es gibt Berichte, dass …"); the noun phrase is the source."""
    nouns = _noun_forms()
    for k, segment in enumerate(c.segments[:-1]):
        after = c.segments[k + 1]
        last = segment.last
        if c.lower[last - 1] in ("dafür", "daran", "darauf", "davon", "darüber", "zurück", "dazu"):
            last -= 1
        noun = nouns.get(c.lower[last - 1]) if last > segment.first and c.words[last - 1][0].isupper() else None
        if noun is None or after.before != "," or not _noun_clause(c, noun, after):
            continue
        source = _np_ending(c, segment.first, last)
        if source:
            content = (Tokens(after.first, _embedded_end(c, k + 1)),)
            yield Candidate("indirect", content, (), (source,), rule="de.noun", strength=45)


def _noun_clause(c: Clauses, noun: Noun, after: Segment) -> bool:
    """Tell whether a segment is a clause that a noun of saying takes."""
    opener = c.lower[after.first]
    if opener in ("dass", "daß", "wonach"):
        return "clause" in noun.frames
    if opener == "ob":
        return "question" in noun.frames
    if "infinitive" in noun.frames and opener != "um" and _has_zu(c, after):
        return True
    return "clause" in noun.frames and opener not in g.RELATIVES | g.SUBORDINATORS and _konjunktiv_in(c, after)


def _embedded_end(c: Clauses, k: int) -> int:
    """Return where an embedded clause ends: before the finite verb that goes on with its main clause."""
    for segment in c.segments[k + 1 :]:
        if segment.before == "," and g.is_finite(c.words, c.lower, segment.first, segment.last):
            return segment.first - 1
    return _clause_end(c, k, c.body_end())


# --- marked sources --------------------------------------------------------------------------------------------------

_EVIDENCE = (
    "angaben", "angabe", "aussage", "aussagen", "bericht", "berichten", "informationen", "meldung", "meldungen", "meinung",
    "ansicht", "auffassung", "einschätzung", "einschätzungen", "schätzung", "schätzungen", "überzeugung", "darstellung",
    "worten", "erkenntnissen", "berechnungen", "bekunden", "studie", "studien", "umfrage", "umfragen", "prognosen",
    "prognose", "äußerungen", "auskunft", "mitteilung", "lesart", "vorstellung", "vorstellungen", "idee", "ermittlungen",
    "zeugenaussagen", "recherchen", "quellen", "statistik", "statistiken", "erklärung", "ermessen", "vernehmen", "ankündigung",
)  # fmt: skip


def _marked(c: Clauses) -> Iterator[Candidate]:
    """Find *laut X*, *nach Angaben von X*, *X zufolge*, *so X*, *demnach*, *es heißt* and their like."""
    _, _, markers = _tables()
    for i in range(c.first, c.last):
        if c.document.quote_of[i] >= 0:
            continue
        word = c.lower[i]
        if word not in markers and word not in ("nach", "so", "laut"):
            continue
        if word == "so" and not _is_so_parenthesis(c, i) or _is_mention(c, i):
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
    return c.first < i < c.last - 1 and c.words[i - 1] in _MARKS and c.words[i + 1] in _MARKS


def _is_so_parenthesis(c: Clauses, i: int) -> bool:
    return i > c.first and (c.words[i - 1] in _BREAKS or c.words[i - 1] in _CLOSERS)


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
        named = next((j for j in range(first + 1, last) if c.words[j][0].isupper()), last)
        if c.lower[first] == "unter":
            named = last
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
    front = _skip_focus(c, segment.first, first) >= first
    source = Tokens(start, end)
    if front and c.lower[first] != "so":
        finite = next((j for j in range(end, min(segment.last, end + 14)) if g.is_finite(c.words, c.lower, j, segment.last)), -1)
        # "laut Polizei in Bremen wurde": what stands between the phrase and the finite verb belongs to the source
        if finite > end and c.lower[end] in g.PREPOSITIONS and _plain(c, end, finite):
            source = Tokens(start, finite)
    source = _with_appositions(c, source)
    if c.lower[first] == "so":
        content = _around(c, first, _so_end(c, source, segment))
    else:
        content = _minus(c, k, first, source.last)
    content = tuple(content)
    if not content:
        return None
    return Candidate(_type(c, content), content, (Tokens(first, cue_last),), (source,), rule=rule, strength=75)  # type: ignore[arg-type]


def _so_end(c: Clauses, source: Tokens, segment: Segment) -> int:
    """End the parenthesis of *so X* where its segment ends (a place or time may follow the name)."""
    return max(segment.last, source.last)


def _minus(c: Clauses, k: int, first: int, last: int) -> list[Tokens]:
    """Take the clause around a marked source as content: from where its sentence or subordinate clause begins."""
    begin = c.first
    segment = c.segments[k]
    if k > 0 and (c.lower[segment.first] in g.SUBORDINATORS or _relative_like(c, segment) or segment.before in (";", ":")):
        begin = segment.first
    end = _clause_end(c, k, c.body_end())
    while last < end and c.words[last] in _BREAKS:
        last += 1
    left = first
    while left > begin and c.words[left - 1] in _BREAKS:
        left -= 1
    return [span for span in (Tokens(begin, left), Tokens(last, end)) if span.last > span.first]


def _source_before(c: Clauses, first: int, last: int, marker: Marker) -> Candidate | None:
    segment = c.segments[c.segment_at(first)]
    source = _np_ending(c, segment.first, first)
    if source is None:
        return None
    content = tuple(_minus(c, c.segment_at(first), source.first, last))
    if not content:
        return None
    return Candidate(_type(c, content), content, (Tokens(first, last),), (source,), rule=marker.id, strength=75)  # type: ignore[arg-type]


def _consequence(c: Clauses, first: int, last: int, marker: Marker) -> Candidate | None:
    """Read *demnach* and *wonach*: the content goes back to what was just named."""
    k = c.segment_at(first)
    if c.lower[first] == "wonach":
        source = _antecedent(c, k)
        if source is None:
            return None
        content = (Tokens(last, _embedded_end(c, k)),)
        return Candidate("indirect", content, (Tokens(first, last),), (source,) if source else (), rule=marker.id, strength=60)
    if first != c.segments[k].first and c.lower[first] == "danach":
        return None
    content = tuple(_minus(c, k, first, last))
    return Candidate("indirect", content, (Tokens(first, last),), rule=marker.id, strength=50, inherited=True) if content else None


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
        content = (Tokens(following.first, _clause_end(c, k + 1, c.body_end())),)
    elif k > 0 and first == segment.first:
        content = _around(c, segment.first, segment.last)
    else:
        content = tuple(_minus(c, k, first, last))
    if not content:
        return None
    sources = (source,) if source else ()
    return Candidate(_type(c, content), content, (Tokens(first, last),), sources, rule=marker.id, strength=55, unspecified=not source)  # type: ignore[arg-type]


# --- colon and continuation ------------------------------------------------------------------------------------------


def _speaker_colon(c: Clauses) -> Iterator[Candidate]:
    """Read "Selenskyj: …" and "Der Minister dazu: „…“"."""
    if not c.quotes or len(c.segments) < 1:
        return
    quote = c.quotes[0]
    if quote.first > c.first + 1 and c.words[quote.first - 1] == ":":
        front = c.segments[0]
        start = _skip_focus(c, front.first, front.last)
        end = g.noun_phrase(c.words, c.lower, start, front.last)
        if end > start and c.lower[start] not in g.PREPOSITIONS:
            yield Candidate("direct", (quote,), (), (Tokens(start, end),), rule="de.colon", strength=55)


def _fragments(c: Clauses, own: Sequence[Candidate]) -> Iterator[Candidate]:
    """Take quoted pieces inside reported content as the same source's own words."""
    for quote in c.quotes:
        for outer in own:
            inside = any(s.first <= quote.first and quote.last <= s.last for s in outer.content)
            whole = sum(s.last - s.first for s in outer.content) <= 1.3 * (quote.last - quote.first)
            if inside and not whole:
                yield replace(outer, type="direct", content=(quote,), rule="de.nested-fragment", strength=42)
                break


def _continuation(c: Clauses, goes_on: bool) -> Iterator[Candidate]:
    """Take a sentence in the Konjunktiv without a cue as going on with the last source.

    Konjunktiv I (and *würde*, *hätte*, *wäre* behind an attributed sentence) is enough; the subject of an
    unattributed sentence before it was tried as its source and was wrong more often than the last source named.
    """
    moods = g.KONJUNKTIV_1 | g.KONJUNKTIV_2 if goes_on else g.KONJUNKTIV_1
    for i in range(c.first, c.last):
        if c.document.quote_of[i] < 0 and c.lower[i] in moods and c.words[i][0].islower():
            yield Candidate("free_indirect", (Tokens(c.first, c.last),), rule="de.konjunktiv", strength=40, inherited=True)
            return


def _sentence_subject(c: Clauses) -> Tokens | None:
    for k, segment in enumerate(c.segments):
        if _relative_like(c, segment) or c.lower[segment.first] in g.SUBORDINATORS:
            continue
        finite = next((j for j in range(segment.first, segment.last) if g.is_finite(c.words, c.lower, j, segment.last)), -1)
        if finite >= 0:
            order = "first" if finite == segment.first else "second"
            return _subject(c, VerbCue(load_cues("de").verbs[0], (finite,), finite, k, False, order))
    return None
