"""Find the institutions that an article names beside their noun: "Pumpenhersteller Kessler", "the Lake Board"."""

from __future__ import annotations

from collections.abc import Iterator, Set

from attribution.nlp import Document
from attribution.sources.nouns import load_nouns, lookup
from attribution.sources.phrase import capitalised, is_name_part

# Words that an institution's name may have on either side of its noun.
_NAME_WINDOW = 6


def named_institutions(document: Document, asked: Set[str]) -> Iterator[tuple[int, str]]:
    """Yield the first token and the text of every name beside a noun that ``asked``, or a narrower word, is part of."""
    if not asked:
        return
    wider = load_nouns(document.lang).wider
    endings = tuple(asked | {lemma for lemma, words in wider.items() if not asked.isdisjoint(words)})
    for index, word in enumerate(document.lower):
        # Most inflected forms have one letter more ("Stadtwerken").
        if word.endswith(endings) or (document.lang == "de" and word[:-1].endswith(endings)):
            noun = lookup(document.words[index], document.lang)
            if noun and noun.cls.group == "institution":
                first, last = _with_name(document, index)
                if last - first > 1:
                    yield first, document.text[document.starts[first] : document.ends[last - 1]]


def _with_name(document: Document, index: int) -> tuple[int, int]:
    """Return the stretch of tokens that a noun and the name around it take, within their sentence."""
    words, sentence = document.words, document.sentences[document.sentence_of[index]]
    first, last = index, index + 1
    while last < min(sentence.last, index + _NAME_WINDOW) and (is_name_part(words[last]) or words[last] == "&"):
        last += 1
    if document.lang == "en" and capitalised(words[index]):
        while first > max(sentence.first, index - _NAME_WINDOW) and is_name_part(words[first - 1]):
            first -= 1
    return first, last
