"""Decide for one mention, without its article, whom it means and how openly the source is named."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from attribution.sources.described import described_source
from attribution.sources.display import display
from attribution.sources.entries import Entry
from attribution.sources.evidence import Seen, look_through
from attribution.sources.grammar import POSSESSIVES, PRONOUNS, SOMEBODY, words
from attribution.sources.nouns import load_nouns
from attribution.sources.phrase import Phrase, capitalised, parse, rephrase
from attribution.sources.reading import Reading, bare_name, introduced_as, of_entry
from attribution.sources.register import Register
from attribution.types import Lang, Naming

# The weaker link decides for "police and residents"; from open to hidden.
_WEAKNESS: tuple[Naming, ...] = ("named", "organisation", "role", "collective", "unnamed", "unspecified")
_CONJUNCTIONS = words("und sowie oder and or")


def read_mention(text: str, lang: Lang, register: Register, behind: str = "") -> Reading:
    """Read one mention; ``behind`` is the text that follows it, where a source may ask not to be named."""
    reading = _read_cached(text, lang, register)
    if behind and reading.naming in ("role", "collective") and load_nouns(lang).anonymity.search(behind.lower()):
        return replace(reading, naming="unnamed")
    return reading


@lru_cache(maxsize=1 << 13)
def _read_cached(text: str, lang: Lang, register: Register) -> Reading:
    lower = text.strip().lower()
    if gender := PRONOUNS[lang].get(lower):
        naming: Naming = "collective" if gender == "p" or lower in ("wir", "we") else "role"
        return Reading("pronoun", text.strip(), "unknown", naming, gender=gender)
    if lower in SOMEBODY[lang]:
        return Reading("evidence", text.strip(), "unknown", "unspecified")
    phrase = parse(text, lang)
    if not phrase.words:
        return Reading("evidence", " ".join(text.split()), "unknown", "unspecified")
    reading = _joint(phrase, register) or _read_phrase(phrase, text, register)
    if reading.entry is None and len(phrase.words) == 1 and (shared := register.short(phrase.words[0])):
        reading = replace(reading, shared=tuple(shared))
    hidden = load_nouns(lang).anonymity.search(lower)
    return replace(reading, naming="unnamed") if hidden and reading.naming in ("role", "collective") else reading


def _joint(phrase: Phrase, register: Register) -> Reading | None:
    """Read two sources joined by "and"; the less openly named one decides."""
    if phrase.asides and (listed := _listed(phrase, register)):
        return listed
    if phrase.link not in _CONJUNCTIONS or not phrase.rest:
        return None
    first = replace(phrase, link="", rest=(), asides=())
    # A registered name may hold an "and" itself.
    if register.match(phrase, "") and not register.match(first, ""):
        return None
    second = rephrase(phrase.rest, first)
    if not second.words:
        return None
    right = _read_phrase(second, "", register)
    # "die ukrainische und die US-Regierung": an adjective alone is no source of its own.
    adjective = phrase.noun is None and not any(capitalised(word) for word in phrase.words)
    left = right if adjective else _read_phrase(first, "", register)
    weaker = max(left, right, key=lambda reading: _WEAKNESS.index(reading.naming))
    kind = left.kind if left.kind in (right.kind, weaker.kind) else right.kind
    name = f"{display(first)} {phrase.link} {display(second)}"
    return Reading("joint", name, kind, weaker.naming, gender="p", roles=left.roles + right.roles)


def _listed(phrase: Phrase, register: Register) -> Reading | None:
    """Read a list of registered sources ("NDR, WDR und SZ"), which is not the first of them alone."""
    parts: list[tuple[str, ...]] = [phrase.words]
    for aside in phrase.asides:
        cut = next((i for i, word in enumerate(aside) if word in _CONJUNCTIONS), len(aside))
        parts += [part for part in (aside[:cut], aside[cut + 1 :]) if part]
    entries = [register.exact(" ".join(part), phrase.lang) for part in parts]
    known = [entry for entry in entries if entry and entry.kind != "person"]
    # Two that are one: "das Institut für Kriegsstudien (ISW)".
    if len(known) < len(entries) or len({entry.id for entry in known}) < len(known):
        return None
    name = ", ".join(" ".join(part) for part in parts)
    return Reading("joint", name, known[0].kind, "organisation", gender="p")


def _read_phrase(phrase: Phrase, text: str, register: Register) -> Reading:
    if entry := _entry(phrase, text, register):
        return of_entry(entry, phrase, register)
    seen = look_through(phrase, register)
    if seen.evidence and (pronoun := _possessive(phrase, seen)):
        return pronoun
    if seen.phrase is None:
        return _evidence(phrase, seen, register)
    inner = seen.phrase
    if inner is not phrase:
        if not inner.words:
            return _evidence(phrase, seen, register)
        if joint := _joint(inner, register):
            return joint
        if entry := _entry(inner, " ".join(inner.words), register):
            return _behind(of_entry(entry, inner, register), seen)
    return _behind(described_source(inner, register), seen)


def _behind(reading: Reading, seen: Seen) -> Reading:
    """Let "der Bericht" point back to whoever a report was of."""
    if seen.evidence is None:
        return reading
    return replace(reading, roles=(*reading.roles, seen.evidence.prefix.lower() + seen.evidence.form.lemma))


def _entry(phrase: Phrase, text: str, register: Register) -> Entry | None:
    """Find the registered source; a mention is a source already, so "die Zeit" is taken as "Die Zeit"."""
    text = text.strip()
    return (
        register.match(phrase, text)
        or (register.match(phrase, text[:1].upper() + text[1:]) if text[:1].islower() else None)
        or register.composer.compose(phrase)
    )


def _possessive(phrase: Phrase, seen: Seen) -> Reading | None:
    """Read "seiner Ansicht", "their report" and "eigenen Angaben" as a pronoun."""
    if phrase.determiner != "possessive" or seen.phrase is not None:
        return None
    for stem, gender in POSSESSIVES[phrase.lang]:
        if phrase.article.startswith(stem):
            name = " ".join((phrase.article, *phrase.words))
            return Reading("pronoun", name, "unknown", "role", gender=gender)
    return None


def _evidence(phrase: Phrase, seen: Seen, register: Register) -> Reading:
    """Read reports and documents that nobody is named for."""
    noun = seen.evidence
    assert noun is not None  # noqa: S101 - look_through sets it whenever it finds nobody
    if seen.social:
        return Reading("anonymous", display(phrase), "social_media", "unnamed", gender="p", noun=noun)
    # "dem Bericht zufolge" points to one text, "einem Bericht zufolge" to any.
    if not phrase.plural and (
        noun.cls.group == "document" or (noun.cls.id == "publication" and phrase.determiner == "definite")
    ):
        roles, modifiers = introduced_as(phrase, register)
        bare = phrase.determiner == "definite" and not phrase.rest and not phrase.before
        return Reading("described", display(phrase), "document", "role", gender=noun.form.gender,
                       words=bare_name(phrase), roles=roles, modifiers=modifiers, bare=bare, noun=noun)  # fmt: skip
    if seen.kind == "intelligence":
        return Reading("anonymous", display(phrase), "intelligence", "unnamed", gender="p", noun=noun)
    return Reading("evidence", display(phrase), seen.kind, "unspecified", words=bare_name(phrase), noun=noun)
