"""The German case forms of names: "Vereinte Nationen" is also "Vereinten Nationen", "Kreml" also "Kremls"."""

from __future__ import annotations

from collections.abc import Iterable

from attribution.types import Lang

_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")


def inflections(key: str, lang: Lang) -> Iterable[str]:
    """Yield the German case forms of a name: endings of its adjectives and the genitive of its last word."""
    words = key.split()
    if lang != "de" or "." in words[-1]:
        return
    heads = [words]
    adjectives = _adjectives(words)
    for ending in _ADJECTIVE_ENDINGS if adjectives else ():
        heads.append([_stem(w) + ending if i in adjectives else w for i, w in enumerate(words)])
    for head in heads:
        *first, last = head
        yield " ".join(head)
        if last[-1].isalpha():
            yield " ".join((*first, f"{last}s"))
        if last[-1].isalpha() and not last.isupper():
            yield " ".join((*first, f"{last}n" if last.endswith("e") else f"{last}es"))


def _adjectives(words: list[str]) -> set[int]:
    """Return the places of declinable adjectives; "-er" of towns ("Frankfurter Allgemeine") never changes."""
    lead = next((i for i, word in enumerate(words) if word.islower()), len(words))
    places = [i for i in range(min(lead, len(words) - 1)) if _stem(words[i]) != words[i] and not words[i].isupper()]
    changing = {i for i in places if not words[i].endswith("er")}
    return changing or set(places)


def _stem(word: str) -> str:
    return next((word[: -len(e)] for e in ("es", "er", "en", "e") if word.endswith(e) and len(word) > len(e) + 3), word)
