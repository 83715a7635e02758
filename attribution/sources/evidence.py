"""Look through what is said to whoever says it: "Angaben der Polizei", "a report by the BBC", "Polizeiangaben"."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from attribution.sources.grammar import words
from attribution.sources.nouns import Noun, first_names, lookup
from attribution.sources.phrase import Phrase, capitalised, is_name_part, noun_at, rephrase
from attribution.sources.register import Register
from attribution.types import Kind, Lang

_DEPTH = 3
_OF: dict[Lang, frozenset[str]] = {
    "de": words("der des von vom einer eines dem den die durch"),
    "en": frozenset(("of", "by", "from")),
}
_WITHIN: dict[Lang, frozenset[str]] = {
    "de": frozenset(("in", "im", "auf", "bei", "beim")),
    "en": frozenset(("in", "on", "at")),
}


class Seen(NamedTuple):
    """Hold what was found behind a mention.

    ``phrase`` is whoever speaks (None: nobody is named), ``evidence`` the noun that was looked through, ``kind`` a
    first idea of what kind of source the evidence is, ``social`` whether it stands on a social platform.
    """

    phrase: Phrase | None
    evidence: Noun | None = None
    kind: Kind = "unknown"
    social: bool = False


def look_through(phrase: Phrase, register: Register) -> Seen:
    """Follow a mention from its evidence noun to the one who speaks, as far as the phrase says."""
    evidence: Noun | None = None
    for _ in range(_DEPTH):
        noun = phrase.noun
        if noun is None or noun.cls.group not in ("evidence", "document"):
            return _medium(phrase, evidence, register)
        if register.match(phrase, " ".join(phrase.words)):
            return Seen(phrase, evidence)
        evidence = noun
        inner = _speaker(phrase, register)
        if inner is None:
            return _speakerless(phrase, noun, register)
        phrase = inner
    return Seen(phrase, evidence)


def _medium(phrase: Phrase, evidence: Noun | None, register: Register) -> Seen:
    """Take "Telegram-Kanäle" and "Telegram channels" for what stands there, not for a medium."""
    noun = phrase.noun
    if noun and noun.cls.id == "media" and not phrase.after:
        platform = noun.prefix.rstrip("-") or (phrase.before[-1] if phrase.before else "")
        if _on_platform(platform, phrase.lang, register):
            return Seen(None, noun, "social_media", True)
    return Seen(phrase, evidence)


def _speaker(phrase: Phrase, register: Register) -> Phrase | None:
    """Return the phrase for whoever the evidence comes from."""
    if phrase.possessor:
        return rephrase(phrase.possessor, phrase)
    if phrase.lang == "de":
        if phrase.after:
            return rephrase(phrase.after + _complement(phrase), phrase)
        if phrase.before and (owner := _genitive_owner(phrase, register)):
            return owner
    if phrase.rest and (inner := _from_complement(phrase, register)):
        return inner
    return _from_compound(phrase, register) if phrase.lang == "de" else _from_modifiers(phrase, register)


def _genitive_owner(phrase: Phrase, register: Register) -> Phrase | None:
    """Read the name before the noun ("Schäubles Idee") as its owner."""
    words = phrase.before
    if not capitalised(words[-1]) or not words[-1].endswith("s") or lookup(words[-1], "de"):
        return None
    return rephrase((*words[:-1], words[-1][:-1]), phrase)


def _from_complement(phrase: Phrase, register: Register) -> Phrase | None:
    inner = rephrase(phrase.rest, phrase)
    entry = register.match(inner, " ".join(inner.words)) if inner.words else None
    if phrase.link in _WITHIN[phrase.lang]:
        media = entry.kind in ("media", "agency") if entry else bool(inner.noun and inner.noun.cls.id == "media")
        return inner if media else None
    if phrase.link == "aus":
        return inner if inner.noun and inner.noun.cls.group == "anonymous" else None
    # "reports from Kyiv" says where they come from, not that the government speaks.
    if phrase.link not in _OF[phrase.lang] or (phrase.link == "from" and entry and entry.metonym):
        return None
    article = phrase.link if phrase.link not in ("von", "vom", "durch", "of", "by", "from") else inner.article
    if phrase.lang == "de" and inner.determiner == "none":
        inner = replace(inner, determiner="definite" if article else "none", article=article)
    return inner if entry or _can_speak(inner) else None


def _from_compound(phrase: Phrase, register: Register) -> Phrase | None:
    """Read the first part of a compound ("Polizeiangaben", "Geheimdienstinformationen") as the speaker."""
    noun = phrase.noun
    if noun is None or len(noun.prefix) < 2:
        return None
    name = noun.prefix.rstrip("-")
    if entry := register.exact(name, "de"):
        return None if entry.kind == "social_media" else rephrase((name,), phrase)
    for form in (name, name.removesuffix("s")):
        inner = lookup(form, "de")
        if inner and inner.cls.group in ("person", "institution") and inner.cls.kind not in ("media", "agency"):
            return rephrase((*phrase.before, form), phrase)
    return None


def _from_modifiers(phrase: Phrase, register: Register) -> Phrase | None:
    """Read what stands before an English evidence noun ("police reports", "the BBC report") as the speaker."""
    if not phrase.before:
        return None
    inner = rephrase(phrase.before, phrase)
    entry = register.match(inner, " ".join(inner.words)) if inner.words else None
    if entry and not entry.metonym and entry.kind != "social_media":
        return inner
    if len(inner.words) > 1 and inner.words[0] in first_names() and all(map(is_name_part, inner.words)):
        return inner
    noun = inner.noun
    if noun and noun.cls.group == "person":
        return rephrase((*phrase.before[:-1], noun.form.plural_lemma), phrase)
    if noun and noun.cls.kind not in ("media", "agency") and noun.cls.group in ("institution", "anonymous"):
        return inner
    return None


def _speakerless(phrase: Phrase, noun: Noun, register: Register) -> Seen:
    """Describe evidence that nobody is named for; a document is a source of its own."""
    modifier = noun.prefix.rstrip("-") or (phrase.before[-1] if phrase.before else "")
    if _on_platform(modifier, phrase.lang, register):
        return Seen(None, noun, "social_media", True)
    inner = lookup(modifier, phrase.lang) or lookup(modifier.removesuffix("s"), phrase.lang) if modifier else None
    kind: Kind = inner.cls.kind if inner and inner.cls.group == "institution" else noun.cls.kind
    return Seen(None, noun, kind)


def _on_platform(word: str, lang: Lang, register: Register) -> bool:
    entry = register.exact(word, lang) if word else None
    return bool(entry and entry.kind == "social_media")


def _complement(phrase: Phrase) -> tuple[str, ...]:
    return (phrase.link, *phrase.rest) if phrase.link else ()


def _can_speak(phrase: Phrase) -> bool:
    """Tell whether a complement is a person, a group or an institution and not what the evidence is about."""
    if phrase.noun:
        return True
    if phrase.lang == "de" and phrase.determiner != "none":
        return any(capitalised(word) for word in phrase.words)
    return bool(phrase.words) and capitalised(phrase.words[0]) and noun_at(phrase.words, 0, phrase.lang) is None
