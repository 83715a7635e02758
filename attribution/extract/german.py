"""German attributions by rules: one sentence after the other, and how a sentence goes on with a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.german_clauses import Clauses, VerbCue, skip_focus, split_clauses
from attribution.extract.german_markers import marked, noun_cues
from attribution.extract.german_subjects import middle_field, sentence_subject
from attribution.extract.german_verbs import verb_attributions, verb_cues
from attribution.lang.de import grammar as g
from attribution.nlp import Document, Sentence


def find(document: Document) -> list[Candidate]:
    """Propose the attributions of a German document."""
    found: list[Candidate] = []
    goes_on = False
    before: Sentence | None = None
    for sentence in document.sentences:
        clauses = split_clauses(document, sentence.first, sentence.last)
        own = list(marked(clauses))
        own += verb_attributions(clauses)
        starts = {candidate.content[0].first for candidate in own}
        own += [noun for noun in noun_cues(clauses) if noun.content[0].first not in starts]
        own = own or list(_claims(clauses)) or list(_pointing_back(clauses, before))
        if not own:
            own += _speaker_colon(clauses)
        own = own or list(_continuation(clauses, goes_on))
        found += own
        found += _fragments(clauses, own)
        goes_on = bool(own)
        before = None if own else sentence
    return found


def _pointing_back(c: Clauses, before: Sentence | None) -> Iterator[Candidate]:
    """Read "Das teilte die Polizei mit.": what was said is the sentence before, where nobody has said it yet."""
    if (
        before is None
        or c.lower[c.first] not in ("das", "dies")
        or c.document.sentences[c.document.sentence_of[c.first]].paragraph != before.paragraph
    ):
        return
    for cue in verb_cues(c):
        if cue.finite != c.first + 1 or cue.verb.cls not in ("say", "report", "confirm", "announce"):
            continue
        who = middle_field(c, cue.finite + 1, c.segments[cue.segment].last) or _document_behind(c, cue)
        if who:
            spans = tuple(Tokens(i, i + 1) for i in sorted(cue.parts))
            content = (Tokens(before.first, before.last),)
            yield Candidate("indirect", content, spans, (who,), rule="de.pointing-back", strength=45)
        return


def _document_behind(c: Clauses, cue: VerbCue) -> Tokens | None:
    """Find the document of "Das geht aus dem Bericht hervor"."""
    for i in range(cue.finite + 1, c.segments[cue.segment].last - 1):
        if c.lower[i] in ("aus", "in", "im"):
            end = g.noun_phrase(c.words, c.lower, i + 1, c.segments[cue.segment].last)
            return Tokens(i + 1, end) if end > i + 1 else None
    return None


def _claims(c: Clauses) -> Iterator[Candidate]:
    """Read *wollen* with a perfect infinitive as a claim of its subject ("Anwohner wollen Gas gerochen haben")."""
    for segment in c.segments:
        last = min(segment.last, c.body_end())
        if last - segment.first < 4 or c.lower[last - 1] not in ("haben", "sein"):
            continue
        modal = next((i for i in range(segment.first, last) if c.lower[i] in ("will", "wollen")), -1)
        if modal < 0 or not c.lower[last - 2].endswith(("t", "en")) or c.lower[last - 2] == "zu":
            continue
        who = sentence_subject(c)
        if who and who.last <= modal:
            content = (Tokens(modal + 1, last),)
            yield Candidate("indirect", content, (Tokens(modal, modal + 1),), (who,), rule="de.wollen", strength=50)


def _speaker_colon(c: Clauses) -> Iterator[Candidate]:
    """Read "Selenskyj: …" and "Der Minister dazu: „…“"."""
    if not c.quotes or len(c.segments) < 1:
        return
    quote = c.quotes[0]
    if quote.first > c.first + 1 and c.words[quote.first - 1] == ":":
        front = c.segments[0]
        start = skip_focus(c, front.first, front.last)
        end = g.noun_phrase(c.words, c.lower, start, front.last)
        if end > start and c.lower[start] not in g.PREPOSITIONS:
            yield Candidate("direct", (quote,), (), (Tokens(start, end),), rule="de.colon", strength=55)


def _fragments(c: Clauses, own: Sequence[Candidate]) -> Iterator[Candidate]:
    """Take quoted pieces inside reported content as the same source's own words."""
    for quote in c.quotes:
        for outer in own:
            if outer.type == "direct":
                continue
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
            yield Candidate(
                "free_indirect", (Tokens(c.first, c.last),), rule="de.konjunktiv", strength=40, inherited=True
            )
            return
