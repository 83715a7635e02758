"""Write a source's name as a reader would list it: no article, and in German the nominative."""

from __future__ import annotations

from attribution.sources.grammar import words
from attribution.sources.phrase import Phrase

_ADVERBS = words("bisher immer sehr eher später früher lieber aber bereits mittlerweile heute gestern")
_ARTICLE_GENDER = {"die": "f", "eine": "f", "einer": "f", "diese": "f"}

_ENDING = {"m": "er", "f": "e", "n": "es", "p": "e"}
_ADJECTIVE_ENDINGS = ("en", "em", "er", "es", "e")


def display(phrase: Phrase) -> str:
    """Write a phrase without its determiner: "des ukrainischen Dienstes" becomes "ukrainischer Dienst"."""
    words = list(phrase.words)
    if phrase.lang == "de" and phrase.noun:
        form = phrase.noun.form
        gender = "p" if phrase.plural else form.gender or _ARTICLE_GENDER.get(phrase.article, "m")
        if phrase.plural or form.gender or gender == "m":
            words[phrase.at] = _nominative(phrase)
        if gender:
            words[: phrase.at] = [_inflect(word, gender) for word in words[: phrase.at]]
    if phrase.lang == "en" and phrase.partitive and phrase.noun:
        words[phrase.at] = phrase.noun.form.lemma.rsplit(maxsplit=1)[-1]
    name = " ".join(words)
    if phrase.possessor:
        name = f"{' '.join(phrase.possessor)}'s {name}"
    return f"{name} {phrase.link} {' '.join(phrase.rest)}" if phrase.rest else name


def _nominative(phrase: Phrase) -> str:
    noun = phrase.noun
    assert noun is not None  # noqa: S101 - the caller has looked
    lemma = noun.form.plural_lemma if phrase.plural else noun.form.lemma
    joined = noun.prefix and not noun.prefix.endswith("-")
    return noun.prefix + (lemma if joined else lemma[:1].upper() + lemma[1:])


def _inflect(adjective: str, gender: str) -> str:
    """Give an adjective the ending it has without an article."""
    if (adjective[:1].isupper() and "-" not in adjective) or adjective in _ADVERBS:
        return adjective
    for ending in _ADJECTIVE_ENDINGS:
        if adjective.endswith(ending) and len(adjective) > len(ending) + 2:
            return adjective[: -len(ending)] + _ENDING[gender]
    return adjective
