"""Propose hedge cues: one dictionary look-up a token, and a check of the slots around it for the few that hit."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.hedging.clause import CLAUSE_MARKS, QUOTE_MARKS, STOPS, Place
from attribution.hedging.lexicon import END, GAP, NUMBER, Lexicon, Pattern, Slot
from attribution.nlp import Document

GAP_TOKENS = 12


def candidates(document: Document, lexicon: Lexicon) -> Iterator[Place]:
    """Yield every place where a pattern of the lexicon matches, in the order of the anchors."""
    index = lexicon.index
    for anchor, word in enumerate(document.lower):
        if word in index:
            for pattern in index[word]:
                if (place := _match(pattern, anchor, document, lexicon)) is not None:
                    yield place


def _match(pattern: Pattern, anchor: int, document: Document, lexicon: Lexicon) -> Place | None:
    """Match the slots around an anchor inside its sentence."""
    sentence = document.sentences[document.sentence_of[anchor]]
    begin, end = sentence.first, sentence.last
    first = anchor - len(pattern.before)
    if first < begin or not _cased(pattern.anchor, anchor, begin, document):
        return None
    for distance, slot in enumerate(pattern.before, start=1):
        if not _fits(slot, anchor - distance, begin, end, document, lexicon):
            return None
    last = _follow(pattern.after, anchor + 1, begin, end, document, lexicon)
    if last is None or (pattern.context and _follow(pattern.context, last, begin, end, document, lexicon) is None):
        return None
    return Place(document, lexicon, pattern.entry, first, last, begin, end)


def _follow(
    slots: tuple[Slot, ...], index: int, begin: int, end: int, document: Document, lexicon: Lexicon
) -> int | None:
    """Match slots rightwards from a token; give the token behind the last one, or None."""
    if not slots:
        return index
    slot, rest = slots[0], slots[1:]
    if slot.special == GAP:
        for start in range(index, min(end, index + GAP_TOKENS + 1)):
            if (last := _follow(rest, start, begin, end, document, lexicon)) is not None:
                return last
            if document.lower[start] in STOPS:
                return None
        return None
    if slot.special == END:
        ends = index >= end or document.lower[index] in CLAUSE_MARKS or document.lower[index] in QUOTE_MARKS
        return _follow(rest, index, begin, end, document, lexicon) if ends else None
    if not _fits(slot, index, begin, end, document, lexicon):
        return None
    return _follow(rest, index + 1, begin, end, document, lexicon)


def _fits(slot: Slot, index: int, begin: int, end: int, document: Document, lexicon: Lexicon) -> bool:
    """Tell whether a token of the sentence fills a slot."""
    if not begin <= index < end:
        return False
    word = document.lower[index]
    if slot.special == NUMBER:
        return lexicon.is_number(word)
    return word in slot.words and _cased(slot, index, begin, document)


def _cased(slot: Slot, index: int, begin: int, document: Document) -> bool:
    """Tell whether a German token is written as a noun or not, as the slot asks; sentence openings may be either."""
    if slot.capital is None:
        return True
    word = document.words[index]
    if word[:1].isupper() == slot.capital or (word.isupper() and len(word) > 1):
        return True
    before = document.lower[index - 1] if index > begin else ""
    return not slot.capital and (not before or before in QUOTE_MARKS or before in CLAUSE_MARKS - {","})
