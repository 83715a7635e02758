"""Take a mention apart: determiner, noun phrase, complement, appositions. Words only, no judgement about sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from attribution.sources.grammar import DETERMINERS, ENDING, GENITIVE, LEADING, ONE, PARTICLES, Determiner
from attribution.sources.nouns import Noun, first_names, lookup
from attribution.types import Lang

_TOKEN = re.compile(
    r"\b(?:a\.\s?D|i\.\s?R)\.(?!\w)"  # retired: Oberst a. D.
    r"|(?:[^\W\d_]\.){2,}"  # U.S., z.B.
    r"|[A-ZÄÖÜ]\.(?=\s)"  # an initial
    r"|(?:Dr|Prof|Mr|Mrs|Ms|Mx|Sen|Gov|Rep|Sens|Reps|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Rev|Hon|St|Jr|Sr|Inc|Corp|Ltd|Co)\."
    r"|['’]s\b"
    r"|[^\W_]+-(?=\s+(?:und|oder|and|or)\b)"  # Bau- und Verkehrsministerium
    r"|[^\W_]+(?:[-‑.&/+][^\W_]+|['’](?!s\b)[^\W\d_]+)*"
    r"|[^\w\s]"
)
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?")
_QUOTES = frozenset("\"“”„‟»«›‹‚‘'’`")
_BREAKS = frozenset(",;:()[]–—-…!?")
_MOST_DETERMINERS = 4
# Prepositions that hold an article: "vom Abgeordneten" is one.
_FUSED = frozenset(("vom", "beim", "im"))
_TOGGLING = frozenset('"“”‘‚')
_OPENING = frozenset("„»›‟«")


class Word(NamedTuple):
    """Hold one token of a mention and whether it stands between quotation marks."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold a mention taken apart: "der [sprecher] [des] [Hauses], [Jan Mahler]".

    ``words`` is the noun phrase without its determiner, up to the word ``link`` that begins its complement ``rest``.
    ``possessor`` is what stood before an English "'s"; ``asides`` are appositions and brackets. ``noun`` is the head
    noun that the lexicon knows, at index ``at`` of ``words`` (-1: none). ``partitive`` marks one out of several ("one
    of the officials"); ``marked`` are all its words that stood in quotation marks.
    """

    lang: Lang
    determiner: Determiner
    article: str
    words: tuple[str, ...]
    quoted: frozenset[int]
    link: str
    rest: tuple[str, ...]
    possessor: tuple[str, ...]
    asides: tuple[tuple[str, ...], ...]
    noun: Noun | None
    at: int
    partitive: bool = False
    marked: frozenset[str] = frozenset()

    @property
    def before(self) -> tuple[str, ...]:
        """Return the words before the head noun, or none without one."""
        if self.noun is None:
            return ()
        return self.words[: self.at - self.noun.form.lemma.count(" ")]

    @property
    def after(self) -> tuple[str, ...]:
        """Return the words behind the head noun, or all without one."""
        return self.words[self.at + 1 :]

    @property
    def plural(self) -> bool:
        """Tell whether the head noun means several; a form that can be both goes by its article."""
        if self.noun is None or self.partitive:
            return False
        form = self.noun.form
        if form.singular and form.plural:
            return self.determiner == "quantity" or not _singular_article(self.article, self.lang, self.determiner)
        return form.plural


def tokenize(text: str) -> list[Word]:
    """Split a mention into words; quotation marks are dropped and remembered, "U.S." becomes "US"."""
    words, quoted = [], False
    for match in _TOKEN.finditer(text):
        mark = token = match.group()
        if mark in _QUOTES:
            quoted = not quoted if mark in _TOGGLING else mark in _OPENING and not quoted
            continue
        if token[0] in "ai" and token[1:2] == "." and token[-1] == ".":
            continue
        if _DOTTED.fullmatch(token) and len(token) > 2:
            token = token.replace(".", "")
        words.append(Word(token, quoted))
    return words


@lru_cache(maxsize=1 << 14)
def parse(text: str, lang: Lang) -> Phrase:
    """Take a mention apart."""
    return build(tokenize(text), lang)


def build(words: list[Word], lang: Lang) -> Phrase:
    """Take the words of a mention apart."""
    segments = _segments(words)
    main, asides = (segments[0], segments[1:]) if segments else ([], [])
    fused = False
    while main and main[0].text.lower() in LEADING[lang] and len(main) > 1:
        fused = main[0].text.lower() in _FUSED
        main = main[1:]
    bare, determiner, article = _strip_determiners(main, lang)
    if fused and not article:
        determiner, article = "definite", "dem"
    partitive = article in ONE and len(main) - len(bare) > 1
    main, possessor = _split_possessor(bare)
    if possessor:
        determiner = "definite"
    edge = _edge(main, lang)
    core, tail = main[:edge], main[edge:]
    texts = tuple(word.text for word in core)
    at, noun = _head(texts, lang)
    return Phrase(
        lang=lang,
        determiner=determiner,
        article=article,
        words=texts,
        quoted=frozenset(i for i, word in enumerate(core) if word.quoted),
        link=tail[0].text.lower() if tail else "",
        rest=tuple(word.text for word in tail[1:]),
        possessor=tuple(word.text for word in possessor),
        asides=tuple(tuple(word.text for word in segment) for segment in asides),
        noun=noun,
        at=at,
        partitive=partitive,
        marked=frozenset(word.text for word in words if word.quoted),
    )


def rephrase(words: tuple[str, ...], like: Phrase) -> Phrase:
    """Take some of a phrase's words apart as a mention of their own, keeping its appositions."""
    inner = build([Word(word, word in like.marked) for word in words], like.lang)
    return replace(inner, asides=inner.asides or like.asides)


def noun_at(words: tuple[str, ...], index: int, lang: Lang) -> Noun | None:
    """Look up the word at an index, in English together with the one before it ("news agency")."""
    if lang == "en" and index and (pair := lookup(f"{words[index - 1]} {words[index]}", lang)):
        return pair
    return lookup(words[index], lang)


def capitalised(word: str) -> bool:
    """Tell whether a word begins with a capital letter."""
    return word[:1].isupper()


def is_name_part(word: str) -> bool:
    """Tell whether a word can be part of a person's name: capitalised and of letters only."""
    return capitalised(word) and word.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha()


def particle(word: str) -> bool:
    """Tell whether a word links the parts of a surname ("von", "de", "bin")."""
    return word.lower() in PARTICLES


def links(word: str, lang: Lang) -> bool:
    """Tell whether a word is a preposition or conjunction that ends a noun phrase."""
    return word in ENDING[lang]


def determiner_of(word: str, lang: Lang) -> Determiner:
    """Return what kind of determiner a word is, ``none`` for any other word."""
    return DETERMINERS[lang].get(word.lower(), "none")


def _segments(words: list[Word]) -> list[list[Word]]:
    """Split at commas, brackets and dashes; empty stretches fall away."""
    segments: list[list[Word]] = [[]]
    for word in words:
        if word.text in _BREAKS:
            segments.append([])
        else:
            segments[-1].append(word)
    return [segment for segment in segments if segment]


def _strip_determiners(words: list[Word], lang: Lang) -> tuple[list[Word], Determiner, str]:
    """Drop articles and quantities in front, also partitive ones ("two of the", "einer der")."""
    table, article, first = DETERMINERS[lang], "", 0
    determiner: Determiner = "none"
    for index in range(min(len(words) - 1, _MOST_DETERMINERS)):
        lower = words[index].text.lower()
        if lower.isdigit() or (lower == "of" and index):
            found: Determiner = "quantity"
        elif (found := table.get(lower, "none")) == "none":
            break
        # "one of the officials" and "einer der Beamten" stay one person, "the two officials" are several.
        if determiner in ("none", "definite") or found == "possessive":
            determiner, article = found, article or lower
        first = index + 1
    return words[first:], determiner, article


def _split_possessor(words: list[Word]) -> tuple[list[Word], list[Word]]:
    """Part "South Korea's spy agency" at its "'s"; a closing "'s" ("Trump's") only falls away."""
    marks = [i for i, word in enumerate(words) if word.text in ("'s", "’s")]
    if not marks:
        return words, []
    first = marks[0]
    if first == len(words) - 1:
        return words[:first], []
    return [word for word in words[first + 1 :] if word.text not in ("'s", "’s")], words[:first]


def _edge(words: list[Word], lang: Lang) -> int:
    """Return the index where the noun phrase ends and its complement or a clause begins."""
    prepositions, seen_noun = ENDING[lang], False
    for index, word in enumerate(words):
        lower = word.text.lower()
        if index and not word.quoted and word.text == lower:
            ends = lower in prepositions or (lang == "de" and seen_noun and lower in GENITIVE)
            if ends and not words[index - 1].text.endswith("-") and not _inside_name(words, index):
                return index
        seen_noun = seen_noun or capitalised(word.text)
    return len(words)


def _inside_name(words: list[Word], index: int) -> bool:
    """Tell whether a particle continues a person's name ("Ursula von der Leyen")."""
    if not particle(words[index].text) or words[index].text == "und":
        return False
    before = index - 1
    while before > 0 and particle(words[before].text):
        before -= 1
    after = index + 1
    while after < len(words) and particle(words[after].text) and after < index + 3:
        after += 1
    return words[before].text in first_names() and after < len(words) and is_name_part(words[after].text)


def _head(words: tuple[str, ...], lang: Lang) -> tuple[int, Noun | None]:
    """Find the last noun that the lexicon knows; a surname that looks like one ("Steve King") is passed over."""
    names = first_names()
    for index in range(len(words) - 1, -1, -1):
        noun = noun_at(words, index, lang)
        if noun is None:
            continue
        # "the school administrators" are no school.
        if lang == "en" and index + 1 < len(words) and not capitalised(words[index + 1]):
            return -1, None
        if index and capitalised(words[index]) and _names(words[index - 1], names, lang):
            continue
        # "Verbandschefin Lotte Hagemeister" is no master, whether her first name is known or not.
        if lang == "de" and noun.prefix and noun.cls.group == "person" and _introduced(words, index):
            continue
        # "Bill Clinton" is no bill.
        if words[index] in names and is_name_part(words[index + 1] if index + 1 < len(words) else ""):
            continue
        # "the newspaper Kyiv Post" ends in a name.
        named = noun.cls.group in ("evidence", "document") and capitalised(words[index])
        if not (named and any(_is_institution(words, i, lang) for i in range(index))):
            return index, noun
    return -1, None


def _introduced(words: tuple[str, ...], index: int) -> bool:
    """Tell whether a word stands behind a role noun and an unknown name, as a surname does."""
    role = lookup(words[index - 2], "de") if index > 1 else None
    unknown = index > 1 and is_name_part(words[index - 1]) and lookup(words[index - 1], "de") is None
    return bool(unknown and role and role.cls.group == "person" and role.form.singular)


def _is_institution(words: tuple[str, ...], index: int, lang: Lang) -> bool:
    noun = noun_at(words, index, lang)
    return bool(noun and noun.cls.group == "institution")


def _names(word: str, names: dict[str, str], lang: Lang) -> bool:
    """Tell whether the next word must be a surname."""
    title = lookup(word, lang)
    return word in names or bool(title and (title.cls.group == "title" or title.form.lemma in ("frau", "herr")))


def _singular_article(article: str, lang: Lang, determiner: Determiner) -> bool:
    if lang == "en":
        return determiner == "indefinite"
    return determiner == "indefinite" or article in ("dem", "des", "das", "dieser", "diesem", "dieses", "der", "vom")
