"""Read phrases that the register does not know: people, institutions, and words of which only the shape is known."""

from __future__ import annotations

import re
from dataclasses import replace

from attribution.sources.display import display
from attribution.sources.grammar import words as wordset
from attribution.sources.nouns import Noun, first_names, load_nouns, lookup
from attribution.sources.phrase import Phrase, capitalised, determiner_of, is_name_part, rephrase
from attribution.sources.reading import (
    Reading,
    Sort,
    acronym,
    acronymic,
    article_gender,
    bare_name,
    belonging,
    first_person_noun,
    inherited_kind,
    introduced_as,
    name_run,
    of_entry,
)
from attribution.sources.register import Register
from attribution.types import Kind, Naming

_GENERIC = wordset("organisation gruppe partei denkfabrik thinktank bewegung initiative bündnis ngo")
_DOMAIN = re.compile(r"\w[\w.-]*\.[a-z]{2,}")
_ABSTRACT = ("ung", "schaft", "heit", "keit", "tät", "ion")
_ABSTRACT_ENDINGS = _ABSTRACT + tuple(f"{ending}en" for ending in _ABSTRACT)
# "die 34-jährige Zugbegleiterin" is no Mrs Zugbegleiterin, "der 84-jährige Küng" is Küng.
_AGENT_ENDINGS = ("in", "er", "ist", "ant", "ent", "or", "frau", "mann")


def described_source(phrase: Phrase, register: Register) -> Reading:
    """Read a phrase that is neither registered nor evidence."""
    noun = phrase.noun
    if noun and noun.cls.group == "anonymous":
        kind = inherited_kind(phrase, register) or noun.cls.kind
        # "ein Insider" may be taken up by "er"; an English noun of one person shows no gender.
        gender = "p" if phrase.plural else noun.form.gender
        return Reading("anonymous", display(phrase), kind, "unnamed", gender=gender, noun=noun)
    person = noun is None or noun.cls.group in ("person", "title")
    name = name_run(phrase)
    # "der Präsident Irans" is nobody called Irans.
    if len(name) == 1 and noun and register.composer.country_of(name, phrase.lang):
        name = ()
    if person and (found := _named(phrase, name, register)):
        return found
    if noun is None:
        return _unknown(phrase, name)
    return _described_person(phrase, noun, register) if person else _institution(phrase, noun, name, register)


def _named(phrase: Phrase, name: tuple[str, ...], register: Register) -> Reading | None:
    """Read a person who is named in the phrase itself or in an apposition."""
    noun = phrase.noun
    if len(name) > 1 and (noun or _is_person(name, phrase)):
        return _person(name, phrase, register)
    if len(name) == 1 and noun:
        return replace(_person(name, phrase, register), sort="surname")
    if noun and (behind := _name_behind_office(phrase)):
        return _person(behind, phrase, register)
    for aside in phrase.asides:
        inner = rephrase(aside, replace(phrase, asides=()))
        inner_name = name_run(inner)
        known = register.match(inner, " ".join(aside)) if noun else None
        if known and known.kind == "person":
            return of_entry(known, phrase, register)
        described = noun or (phrase.determiner != "none" and inner_name[:1] and inner_name[0] in first_names())
        if described and len(inner_name) > 1 and not inner.link and inner_name[-1] == inner.words[-1]:
            return _person(inner_name, phrase, register)
    return None


def _name_behind_office(phrase: Phrase) -> tuple[str, ...]:
    """Return the name in "Secretary of State Joan Whitaker"; "the mother of Joan Whitaker" holds none of its own."""
    if phrase.link not in ("of", "der", "des") or phrase.plural:
        return ()
    rest, names = phrase.rest, first_names()
    for index in range(1, len(rest) - 1):
        if rest[index] in names and is_name_part(rest[index + 1]) and capitalised(rest[index - 1]):
            before = lookup(rest[index - 1], phrase.lang)
            person = before and before.cls.group in ("person", "title")
            return () if person or rest[0] in names else rest[index:]
    return ()


def _person(name: tuple[str, ...], phrase: Phrase, register: Register) -> Reading:
    roles, modifiers = introduced_as(phrase, register)
    beside = (first_person_noun(aside, phrase.lang) for aside in phrase.asides)
    nouns = [noun for noun in (phrase.noun, *beside) if noun]
    gender = first_names().get(name[0], "") if len(name) > 1 else ""
    gender = gender or next((noun.form.gender for noun in nouns if noun.form.gender in "mf"), "")
    if phrase.lang == "de" and gender == "m" and nouns and nouns[0].form.gender == "f":
        gender = "f"
    kind: Kind = "expert" if any(noun.cls.kind == "expert" for noun in nouns) else "person"
    entry = register.exact(" ".join(name), phrase.lang)
    if entry and entry.kind == "person":
        return Reading("person", entry.name, entry.kind, "named", entry, gender, name, roles, modifiers, entry.country)
    country = belonging(replace(phrase, words=phrase.before), register)
    return Reading("person", " ".join(name), kind, "named", None, gender, name, roles, modifiers, country)


def _described_person(phrase: Phrase, noun: Noun, register: Register) -> Reading:
    """Read a person or group without a name."""
    plural = phrase.plural
    veiled = plural and not load_nouns(phrase.lang).veiled.isdisjoint(word.lower() for word in phrase.before)
    naming: Naming
    official = veiled and noun.cls.kind in ("government", "military", "person")
    naming = "unnamed" if official else noun.cls.plural if plural else noun.cls.naming
    kind = inherited_kind(phrase, register) or noun.cls.kind
    roles, modifiers = introduced_as(phrase, register)
    gender = "p" if plural else noun.form.gender or article_gender(phrase)
    country = belonging(phrase, register)
    own_country = country is not None and bool(phrase.rest)
    bare = phrase.determiner == "definite" and (not phrase.rest or own_country) and not phrase.asides
    name = bare_name(phrase) if noun.form.singular else ()
    return Reading("described", display(phrase), kind, naming, None, gender, name, roles, modifiers, country,
                   bare=bare, noun=noun)  # fmt: skip


def _institution(phrase: Phrase, noun: Noun, name: tuple[str, ...], register: Register) -> Reading:
    """Read an authority, a company, a medium or an association."""
    cls, plural = noun.cls, phrase.plural
    if cls.kind in ("media", "agency") and phrase.link in ("von", "namens", "of") and phrase.rest:
        inner = rephrase(phrase.rest, phrase)
        entry = register.match(inner, " ".join(inner.words)) if inner.words else None
        if entry and entry.kind in ("media", "agency"):
            return of_entry(entry, phrase, register)
    naming: Naming
    proper = _proper_institution(phrase, noun, name)
    roles, modifiers = introduced_as(phrase, register)
    if proper:
        shown, naming = proper, "organisation"
    else:
        shown = display(phrase)
        if plural:
            naming = cls.plural
        elif cls.id == "intelligence-service" and phrase.determiner != "definite":
            naming = "unnamed"
        else:
            looked_up = cls.official and phrase.determiner != "indefinite"
            naming = "organisation" if looked_up or _qualified(phrase) else "role"
    gender = "p" if plural else noun.form.gender
    bare = not proper and phrase.determiner == "definite" and not phrase.rest and not plural
    sort: Sort = "organisation" if proper else "described"
    return Reading(sort, shown, cls.kind, naming, None, gender, (), roles,
                   modifiers, belonging(phrase, register), acronym(phrase), bare, noun)  # fmt: skip


def _proper_institution(phrase: Phrase, noun: Noun, name: tuple[str, ...]) -> str:
    """Return an institution's own name where the phrase holds one."""
    words, at, lang = phrase.words, phrase.at, phrase.lang
    if phrase.quoted and all(i in phrase.quoted for i in range(at + 1, len(words))) and phrase.after:
        return " ".join(phrase.after)
    if len(phrase.quoted) == len(words):
        return " ".join(words)
    if name and phrase.after:
        # "die Hilfsorganisation Medair" is Medair, "die Universität Bern" is the University of Bern.
        if lang == "en":
            own = not capitalised(words[at])
        else:
            medium = noun.cls.kind in ("media", "agency", "company")
            own = medium or (bool(noun.prefix) and noun.form.lemma in _GENERIC)
        # A foreign name may hold words in small letters ("Movement for Change").
        full = " ".join(phrase.after if capitalised(phrase.after[-1]) else name)
        return full if own else f"{_head_word(phrase)} {full}"
    if lang == "en" and capitalised(words[at]):
        tail = f" {phrase.link} {' '.join(phrase.rest)}" if _capital_rest(phrase) else ""
        before = [word for word in words[:at] if capitalised(word)]
        return " ".join((*before, words[at])) + tail if before or tail else ""
    if lang == "de" and phrase.link in ("für", "zu", "zur", "von") and _capital_rest(phrase):
        return display(phrase) if phrase.determiner == "definite" else ""
    # "die Technische Hochschule", but not "Örtliche Medien" at the head of a sentence.
    definite = phrase.determiner == "definite" and not phrase.plural
    return display(phrase) if lang == "de" and definite and _all_capitalised(phrase.before) else ""


def _all_capitalised(words: tuple[str, ...]) -> bool:
    return bool(words) and all(capitalised(word) for word in words)


def _head_word(phrase: Phrase) -> str:
    return display(replace(phrase, words=phrase.words[: phrase.at + 1], rest=(), link="", possessor=()))


def _capital_rest(phrase: Phrase) -> bool:
    return any(capitalised(word) for word in phrase.rest[:2])


def _qualified(phrase: Phrase) -> bool:
    """Tell whether a proper name narrows the institution down ("the Trump campaign", "die Berliner Polizei")."""
    return phrase.determiner != "indefinite" and (
        bool(phrase.possessor)
        or any(capitalised(word) for word in phrase.before)
        or (phrase.lang == "de" and bool(phrase.rest))
    )


def _unknown(phrase: Phrase, name: tuple[str, ...]) -> Reading:
    """Read words that the lexicon does not know: a name, or a noun of which only the shape is known."""
    words = phrase.words
    if _DOMAIN.fullmatch(words[-1]):
        return Reading("organisation", words[-1], "media", "organisation", gender="n")
    proper = [word for word in words if capitalised(word)]
    if not proper:
        several = not phrase.partitive and (phrase.determiner == "quantity" or words[-1].endswith("s"))
        quantity = determiner_of(words[0], phrase.lang) == "quantity"
        naming: Naming = "collective" if several or quantity else "role"
        aged = words[-1][:1].isdigit()
        kind: Kind = "public" if naming == "collective" or aged else "unknown"
        shape = "p" if naming == "collective" else article_gender(phrase)
        return Reading("described", display(phrase), kind, "role" if aged else naming, gender=shape, aged=aged)
    if words[-1][:1].isdigit() and "-" in words[-1]:
        return Reading("described", display(phrase), "public", "role", gender=article_gender(phrase), aged=True)
    if phrase.lang == "de" and phrase.determiner != "none" and not phrase.quoted:
        return _unknown_german(phrase, name)
    if determiner_of(words[0], phrase.lang) != "none" and len(words) == 1:
        return Reading("described", words[0].lower(), "public", "collective", gender="p")
    if (
        len(name) == 1
        and len(proper) == 1
        and not (phrase.quoted or acronymic(name[0]) or phrase.determiner == "definite")
    ):
        if phrase.lang == "de" and name[0].endswith(_ABSTRACT_ENDINGS):
            return Reading("described", name[0], "unknown", "role", words=name)
        return Reading("surname", name[0], "person", "named", words=name)
    shown = " ".join(words)
    return Reading("organisation", shown, "organisation", "organisation", gender="n", acronym=acronym(phrase))


def _unknown_german(phrase: Phrase, name: tuple[str, ...]) -> Reading:
    """Guess from its ending what an unknown German noun with an article is."""
    words = phrase.words
    if (
        len(name) > 1
        or (words[-1].isupper() and len(words[-1]) > 1)
        or any(word.isupper() and len(word) > 1 for word in words)
    ):
        noun_and_name = len(words) == 2 and capitalised(words[-1]) and not words[0].endswith(("e", "en", "es", "em"))
        shown = words[-1] if noun_and_name else display(phrase)
        return Reading("organisation", shown, "organisation", "organisation", gender=article_gender(phrase))
    last = words[-1].lower()
    if len(words) == 2 and "jährig" in words[0] and words[0][:1].isdigit() and not last.endswith(_AGENT_ENDINGS):
        return Reading("surname", words[-1], "person", "named", words=words[-1:])
    several = phrase.determiner == "quantity" or (
        phrase.article == "die" and last.endswith(("innen", "er", "en", "leute"))
    )
    if several:
        return Reading(
            "described", display(phrase), "public", "collective", gender="p", roles=(last,), words=words[-1:]
        )
    if last.endswith(("ung", "schaft", "heit", "tät", "ion", "um", "ei", "haus")):
        gender = article_gender(phrase)
        bare = phrase.determiner == "definite"
        return Reading("described", display(phrase), "organisation", "role", gender=gender, roles=(last,), bare=bare)
    return Reading("described", display(phrase), "unknown", "role", None, article_gender(phrase), words[-1:], (last,),
                   bare=phrase.determiner == "definite")  # fmt: skip


def _is_person(name: tuple[str, ...], phrase: Phrase) -> bool:
    """Tell whether an unknown run of capitalised words is a person rather than an organisation."""
    if name[0] in first_names():
        return True
    shouted = any(acronymic(word) for word in name)
    alone = phrase.determiner == "none" or bool(phrase.possessor)
    return alone and len(name) <= 3 and not shouted and not phrase.quoted and len(name) == len(phrase.words)
