"""Propose hedge cues: one dictionary look-up a token, and a check of the slots around it for the few that hit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from attribution.hedging.clause import CLAUSE_MARKS, OPENERS, QUOTE_MARKS, STOPS, Place
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


class _Sentence(NamedTuple):
    """Hold what slots are matched against: one sentence's tokens ``begin:end``."""

    document: Document
    lexicon: Lexicon
    begin: int
    end: int


def _match(pattern: Pattern, anchor: int, document: Document, lexicon: Lexicon) -> Place | None:
    """Match the slots around an anchor inside its sentence."""
    bounds = document.sentences[document.sentence_of[anchor]]
    sentence = _Sentence(document, lexicon, bounds.first, bounds.last)
    first = anchor - len(pattern.before)
    if first < sentence.begin or not _cased(pattern.anchor, anchor, sentence):
        return None
    if not all(_fits(slot, anchor - back, sentence) for back, slot in enumerate(pattern.before, start=1)):
        return None
    last = _follow(pattern.after, anchor + 1, sentence)
    if last is None or (pattern.context and _follow(pattern.context, last, sentence) is None):
        return None
    return Place(document, lexicon, pattern.entry, first, last, sentence.begin, sentence.end)


def _follow(slots: tuple[Slot, ...], index: int, sentence: _Sentence) -> int | None:
    """Match slots rightwards from a token; give the token behind the last one, or None."""
    if not slots:
        return index
    slot, rest = slots[0], slots[1:]
    if slot.special == GAP:
        return _leap(rest, index, sentence)
    if slot.special == END:
        return _follow(rest, index, sentence) if _ends(index, sentence) else None
    return _follow(rest, index + 1, sentence) if _fits(slot, index, sentence) else None


def _leap(slots: tuple[Slot, ...], index: int, sentence: _Sentence) -> int | None:
    """Match slots behind a gap, at the first place where they fit."""
    lower = sentence.document.lower
    for start in range(index, min(sentence.end, index + GAP_TOKENS + 1)):
        if (last := _follow(slots, start, sentence)) is not None:
            return last
        if lower[start] in STOPS:
            break
    return None


def _ends(index: int, sentence: _Sentence) -> bool:
    """Tell whether a stretch ends in front of a token."""
    if index >= sentence.end:
        return True
    word = sentence.document.lower[index]
    return word in CLAUSE_MARKS or word in QUOTE_MARKS


def _fits(slot: Slot, index: int, sentence: _Sentence) -> bool:
    """Tell whether a token of the sentence fills a slot."""
    if not sentence.begin <= index < sentence.end:
        return False
    word = sentence.document.lower[index]
    if slot.special == NUMBER:
        return sentence.lexicon.is_number(word)
    return word in slot.words and _cased(slot, index, sentence)


def _cased(slot: Slot, index: int, sentence: _Sentence) -> bool:
    """Tell whether a German token is written as a noun or not, as the slot asks; sentence openings may be either."""
    if slot.capital is None:
        return True
    word = sentence.document.words[index]
    if word[:1].isupper() == slot.capital or (word.isupper() and len(word) > 1):
        return True
    before = sentence.document.lower[index - 1] if index > sentence.begin else ""
    return not slot.capital and (not before or before in QUOTE_MARKS or before in OPENERS)
