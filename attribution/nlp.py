"""Prepare a text for analysis: tokens, sentences and quotation state, in plain lists that the rules can walk fast.

Tokens come from one regular expression (over a million words a second and no import of spaCy, whose tokenizer was
measured at 85,000); sentence ends and quotations are found on characters first, so that a token never decides where
a quotation ends. ``component.py`` maps the result onto a spaCy ``Doc`` for those who work with one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from attribution.quotes import Quotation, find_quotations
from attribution.sentences import split, terminators
from attribution.text import paragraphs as find_paragraphs
from attribution.types import LANGUAGES, Lang, Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence: characters ``start:end``, tokens ``first:last``, and the paragraph it stands in."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """Hold a text with its tokens (white space left out), sentences and quotations.

    ``words[i]`` covers ``text[starts[i]:ends[i]]``, ``lower`` is the same in lower case; ``sentence_of[i]`` indexes
    ``sentences``; ``quote_of[i]`` indexes ``quotations`` (the innermost one of kind ``speech`` that token i lies in,
    its marks included) or is -1. Punctuation marks are tokens of their own, but the full stop of an abbreviation, an
    ordinal or an initial belongs to its word ("Dr.", "7.", "J."); the English clitic "'s" is a token of its own, a
    hyphenated compound ("US-Außenminister") and a number ("10.000", "3,5") one token.
    """

    text: str
    lang: Lang
    paragraphs: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    sentences: tuple[Sentence, ...]
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentence_of: list[int]
    quote_of: list[int]


# Stands in for each sentence-ending mark while tokens are cut, so that any other full stop stays with its word.
_STOP = "\ue000"
_LETTER = r"[\w\u0300-\u036f]"
_JOINED = {"de": r"[-‐‑.&'’]", "en": r"(?:[-‐‑.&]|['’](?!s\b))"}
_CLITIC = {"de": "", "en": r"(?<=\w)['’]s\b|"}
_TOKEN = {
    lang: re.compile(
        rf"{_LETTER}+(?:(?:{_JOINED[lang]}|(?<=\d),(?=\d)){_LETTER}+)*(?:\.(?!\.)|[-‐‑](?=[\s,]))?"
        rf"|{_CLITIC[lang]}''|``|\.+{_STOP}?|\S"
    )
    for lang in LANGUAGES
}


def read(text: str, lang: Lang) -> Document:
    """Tokenise a text and mark its paragraphs, quotations and sentences; linear in the text's length."""
    paragraphs = find_paragraphs(text)
    quotations = find_quotations(text, paragraphs, lang)
    ends_of_sentences = terminators(text, lang)
    spans = [match.span() for match in _TOKEN[lang].finditer(_mask(text, ends_of_sentences))]
    # Each word is kept once, in both its forms: running text repeats its words, and a book would not fit otherwise.
    forms: dict[str, str] = {}
    words = [forms.setdefault(word, word) for word in (text[start:end] for start, end in spans)]
    lowered = {word: word.lower() for word in forms}
    starts = [start for start, _ in spans]
    sentences, sentence_of = _place_sentences(split(text, paragraphs, quotations, ends_of_sentences), starts)
    return Document(
        text=text,
        lang=lang,
        paragraphs=paragraphs,
        quotations=quotations,
        sentences=sentences,
        words=words,
        lower=[lowered[word] for word in words],
        starts=starts,
        ends=[end for _, end in spans],
        sentence_of=sentence_of,
        quote_of=_place_quotations(quotations, starts),
    )


def _mask(text: str, stops: Sequence[int]) -> str:
    """Replace the last character of every sentence end by a sign that belongs to no word."""
    pieces, last = [], 0
    for stop in stops:
        pieces.append(text[last : stop - 1])
        last = stop
    pieces.append(text[last:])
    return _STOP.join(pieces)


def _place_sentences(
    spans: Sequence[tuple[Span, int]], starts: Sequence[int]
) -> tuple[tuple[Sentence, ...], list[int]]:
    sentences: list[Sentence] = []
    sentence_of: list[int] = []
    first = 0
    for index, ((start, end), paragraph) in enumerate(spans):
        last = bisect_left(starts, end, first)
        sentences.append(Sentence(start, end, first, last, paragraph))
        sentence_of += [index] * (last - first)
        first = last
    return tuple(sentences), sentence_of


def _place_quotations(quotations: Sequence[Quotation], starts: Sequence[int]) -> list[int]:
    """Give each token the innermost speech quotation that holds it; every token is written once."""
    quote_of: list[int] = []
    open_quotations: list[tuple[int, int]] = []

    def fill(until: int) -> None:
        index = open_quotations[-1][1] if open_quotations else -1
        quote_of.extend([index] * (bisect_left(starts, until, len(quote_of)) - len(quote_of)))

    for index, quotation in enumerate(quotations):
        if quotation.kind != "speech":
            continue
        while open_quotations and open_quotations[-1][0] <= quotation.start:
            fill(open_quotations[-1][0])
            open_quotations.pop()
        fill(quotation.start)
        open_quotations.append((quotation.end, index))
    while open_quotations:
        fill(open_quotations[-1][0])
        open_quotations.pop()
    quote_of.extend([-1] * (len(starts) - len(quote_of)))
    return quote_of
