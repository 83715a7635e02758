"""Find where an article introduces an acronym of its own: "Lake Safety Council (LSC)"."""

from __future__ import annotations

from collections.abc import Iterator, Set

from attribution.nlp import Document
from attribution.sources.grammar import words
from attribution.sources.phrase import capitalised

# Words that a long form may have, counted back from its bracket.
_WINDOW = 10
_LONGEST = 8
_ARTICLES = words("the der die das dem des den")


def shouted(document: Document, token: int) -> tuple[str, ...]:
    """Return the acronym that a mention consists of, behind an article or not."""
    if document.lower[token] in _ARTICLES and token + 1 < len(document.words):
        token += 1
    word = document.words[token]
    return (word,) if 2 <= len(word) <= _LONGEST and word.isupper() else ()


def definitions(document: Document, acronyms: Set[str]) -> Iterator[tuple[int, str, str]]:
    """Yield each bracket that explains one of the acronyms: first token of the long form, acronym, long form."""
    if not acronyms:
        return
    tokens = document.words
    for index in range(2, len(tokens) - 1):
        if tokens[index] in acronyms and tokens[index - 1] == "(" and tokens[index + 1] == ")":
            start = _long_form(document, index)
            if start is not None:
                text = document.text[document.starts[start] : document.ends[index - 2]]
                yield start, tokens[index], text


def _long_form(document: Document, index: int) -> int | None:
    """Return where the long form before a bracket begins; its words must spell the acronym, each by its first letters.

    A word may stand for several letters ("Verkehrsverbund Mittelaue (VMA)").
    """
    start, letters = index - 1, list(document.words[index].upper())
    while start > max(0, index - _WINDOW) and letters:
        start -= 1
        word = document.words[start]
        if capitalised(word):
            taken = _spelled(word.upper(), letters)
            if not taken:
                return None
            del letters[-taken:]
        elif not word.isalpha():
            return None
    return None if letters else start


def _spelled(word: str, letters: list[str]) -> int:
    """Return how many of the last letters a word stands for: its initial, then others in their order; 0 for none."""
    for taken in range(1, len(letters) + 1):
        if word[0] == letters[-taken]:
            rest = iter(word[1:])
            return taken if all(letter in rest for letter in letters[len(letters) - taken + 1 :]) else 0
    return 0
