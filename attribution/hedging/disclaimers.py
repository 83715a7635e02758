"""What a verification disclaimer speaks of: its own sentence, or the ones before ("these claims", "die Angaben").

The reach is a cheap reading of anaphora. A disclaimer in a relative clause, behind a claim in the same sentence, or
with the claim as its own clause ("that 40 soldiers died could not be verified") speaks of its own sentence. Any other
speaks of what was said before: back to the nearest sentence with attributed content, at most ``MAX_SENTENCES`` back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from attribution.hedging.clause import CLAUSE_MARKS, QUOTE_MARKS, WINDOW, Place
from attribution.nlp import Document, Sentence
from attribution.types import Span

MAX_SENTENCES = 3


def reach(place: Place, content: Sequence[Span]) -> tuple[Span, ...]:
    """Name the sentences before that a disclaimer speaks of; empty where it speaks of its own.

    Args:
        place: the disclaimer.
        content: attributed content spans in text order.
    """
    if not _speaks_of_before(place):
        return ()
    document, own = place.document, place.document.sentence_of[place.first]
    back: list[Span] = []
    for sentence in _sentences_before(document, own):
        back.append(Span(sentence.start, sentence.end))
        if _has_content(sentence, content):
            return tuple(reversed(back))
    return tuple(back[:1])


def _sentences_before(document: Document, own: int) -> list[Sentence]:
    """List the sentences before in one paragraph, nearest first; a disclaimer may open the next paragraph."""
    if own == 0:
        return []
    paragraph = document.sentences[own - 1].paragraph
    before = document.sentences[max(0, own - MAX_SENTENCES) : own]
    return [sentence for sentence in reversed(before) if sentence.paragraph == paragraph]


def _has_content(sentence: Sentence, content: Sequence[Span]) -> bool:
    """Tell whether a content span overlaps a sentence; spans are in text order and looked up by bisection."""
    place = bisect_left(content, (sentence.start, 0))
    if place < len(content) and content[place].start < sentence.end:
        return True
    return place > 0 and content[place - 1].end > sentence.start


def _speaks_of_before(place: Place) -> bool:
    """Tell whether the subject or object of a disclaimer was named before its sentence."""
    words = place.lexicon.words
    start = _clause_start(place)
    opener = place.word(start)
    if opener in words["relative_openers"] and start > place.begin and opener not in words["that_openers"]:
        return False
    if _own_claim(place, start, words):
        return False
    if start == place.begin or opener in words["that_openers"]:
        return _anaphoric(place, start)
    head = place.document.lower[place.begin : min(start, place.begin + WINDOW)]
    return _is_frame(head, opener, words)


def _anaphoric(place: Place, start: int) -> bool:
    """Tell whether the clause names what was said ("diese Angaben", "the claims", "dies"), or only lacks confirmation.

    German "das" and "dies" are pronouns only where no noun follows.
    """
    if place.has(place.document.lower[place.first : place.last], "confirmation"):
        return True
    clause = range(start, place.right())
    if place.has((place.word(index) for index in clause), "said_before"):
        return True
    pronouns = (index for index in clause if place.among(place.word(index), "pronouns"))
    return any(not place.capital(index + 1) for index in pronouns)


def _clause_start(place: Place) -> int:
    """Give the first token of the disclaimer's clause: behind the last comma, or mark of another kind."""
    index = place.left(CLAUSE_MARKS)
    while index < place.first and place.word(index) in QUOTE_MARKS:
        index += 1
    return index


def _own_claim(place: Place, start: int, words: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether the claim is a clause of the disclaimer's own sentence: "Ob ...", "reports that ..."."""
    lower = place.document.lower
    inside = lower[start + 1 : place.first]
    if place.word(start) in words["whether_openers"] and start == place.begin:
        return True
    opened = [index for index, word in enumerate(inside) if word in words["claim_openers"]]
    if opened and words["said_before"].isdisjoint(inside[opened[-1] + 1 : opened[-1] + 4]):
        return True
    behind = lower[place.last : min(place.end, place.last + 4)]
    return not words["claim_openers"].isdisjoint(behind) or place.word(place.begin) in words["whether_openers"]


def _is_frame(head: Sequence[str], opener: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether what stands in front of the clause is no claim: it names what is meant, or only says who speaks."""
    if not words["claim_openers"].isdisjoint(head):
        return False
    resumes = opener in words["finite_openers"]
    anaphoric = not words["said_before"].isdisjoint(head)
    return (resumes and anaphoric) or (len(head) <= 6 and not resumes and not words["telling"].isdisjoint(head))
