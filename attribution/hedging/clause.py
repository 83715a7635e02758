"""Where a cue stands: its neighbours, its clause and its sentence, with every look-around bounded.

No look-around goes further than ``WINDOW`` tokens, so that a text without punctuation costs no more than any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from attribution.hedging.lexicon import Entry, Lexicon
from attribution.nlp import Document

WINDOW = 60

STOPS = frozenset(".!?…;:") | {"..."}
CLAUSE_MARKS = STOPS | frozenset(",–—-()[]/")
OPENERS = CLAUSE_MARKS - {","}
OPENING_MARKS = frozenset("„“\"»«‚‘›‹'”") | {"``"}
CLOSING_MARKS = frozenset("“”\"«»‘’‹›'") | {"''"}
QUOTE_MARKS = OPENING_MARKS | CLOSING_MARKS
_OPEN_BRACKETS, _CLOSE_BRACKETS = frozenset("(["), frozenset(")]")

# How sure a decision by grammar is, as the probability that the cue is in use. They are estimates by kind of sign,
# not fitted; a classifier is to replace them. Measured as decisions so far: sollen only, F1 98 on 64 labelled sentences
# of German Wikinews that were read while the rule was written (tests/test_hedging.py holds it above 90).
CERTAIN, CLEAR, USUAL, WEAK = 0.95, 0.9, 0.75, 0.6
NEVER, HARDLY, RARELY, DOUBTFUL = 0.05, 0.1, 0.25, 0.4


class Decision(NamedTuple):
    """Say how likely a cue is in use here, and why; from one half on it counts."""

    probability: float
    reason: str

    @property
    def in_use(self) -> bool:
        """Tell whether the cue counts."""
        return self.probability >= 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Hold one matched cue, tokens ``first:last`` of a document, with its sentence's tokens ``begin:end``."""

    document: Document
    lexicon: Lexicon
    entry: Entry
    first: int
    last: int
    begin: int
    end: int

    @property
    def cue(self) -> str:
        """Give the first token of the cue in lower case."""
        return self.document.lower[self.first]

    def word(self, index: int) -> str:
        """Give a token of the sentence in lower case, or nothing outside the sentence."""
        return self.document.lower[index] if self.begin <= index < self.end else ""

    def before(self, distance: int = 1) -> str:
        """Give the token that many places in front of the cue."""
        return self.word(self.first - distance)

    def after(self, distance: int = 1) -> str:
        """Give the token that many places behind the cue."""
        return self.word(self.last + distance - 1)

    def capital(self, index: int) -> bool:
        """Tell whether a token of the sentence begins with a capital."""
        return self.begin <= index < self.end and self.document.words[index][:1].isupper()

    def among(self, word: str, name: str) -> bool:
        """Tell whether a word is in one of the lexicon's word lists."""
        return word in self.lexicon.words[name]

    def is_number(self, index: int) -> bool:
        """Tell whether a token of the sentence is a number."""
        return self.begin <= index < self.end and self.lexicon.is_number(self.document.lower[index])

    def opens(self) -> bool:
        """Tell whether the cue opens its sentence, or what follows a colon, dash or opening mark."""
        previous = self.before()
        return not previous or previous in QUOTE_MARKS or previous in OPENERS

    def left(self, marks: frozenset[str] = CLAUSE_MARKS) -> int:
        """Give the first token of the stretch that the cue stands in, going left to a mark."""
        lower, index, stop = self.document.lower, self.first, max(self.begin, self.first - WINDOW)
        while index > stop and lower[index - 1] not in marks:
            index -= 1
        return index

    def right(self, marks: frozenset[str] = CLAUSE_MARKS) -> int:
        """Give the token behind the stretch that the cue stands in, going right to a mark."""
        lower, index, stop = self.document.lower, self.last, min(self.end, self.last + WINDOW)
        while index < stop and lower[index] not in marks:
            index += 1
        return index

    def segments(self) -> Iterator[list[int]]:
        """Walk the stretches between marks behind the cue up to a stop, leaving out brackets and quotation marks."""
        lower, depth, segment = self.document.lower, 0, list[int]()
        for index in range(self.last, min(self.end, self.last + WINDOW)):
            word = lower[index]
            if word in _OPEN_BRACKETS:
                depth += 1
            elif word in _CLOSE_BRACKETS:
                depth = max(0, depth - 1)
            elif depth or word in QUOTE_MARKS:
                continue
            elif word in CLAUSE_MARKS:
                yield segment
                segment = []
                if word in STOPS:
                    return
            else:
                segment.append(index)
        yield segment

    def around(self) -> frozenset[str]:
        """Give the words of the stretch between marks that the cue stands in."""
        return frozenset(self.document.lower[self.left() : self.right()])

    def has(self, words: Iterable[str], name: str) -> bool:
        """Tell whether some of the words are in one of the lexicon's word lists."""
        return not self.lexicon.words[name].isdisjoint(words)

    def asks(self) -> bool:
        """Tell whether the sentence is a question."""
        return "?" in self.document.lower[max(self.begin, self.end - 3) : self.end]
