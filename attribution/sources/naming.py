"""Decide for one mention, without its article, whom it means and how openly the source is named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from attribution.sources.display import display
from attribution.sources.entries import Entry
from attribution.sources.evidence import Seen, look_through
from attribution.sources.nouns import Noun, first_names, load_nouns, lookup
from attribution.sources.phrase import Phrase, capitalised, determiner_of, is_name_part, parse, particle, rephrase
from attribution.sources.register import Register
from attribution.types import Kind, Lang, Naming

Sort = Literal["pronoun", "person", "surname", "entry", "organisation", "described", "anonymous", "evidence", "joint"]

# The weaker link decides for "police and residents"; from open to hidden.
_WEAKNESS: tuple[Naming, ...] = ("named", "organisation", "role", "collective", "unnamed", "unspecified")
_CONJUNCTIONS = frozenset(("und", "sowie", "oder", "and", "or"))
_INHERITING = frozenset(("spokesperson", "head", "leader", "office-holder", "people-of", "anonymous", "politician"))
_SAME_ROLE = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "col": "colonel"}
_DISTINCTIVE = frozenset(
    "former ex deputy acting vice frühere früherer früheren ehemalige ehemaliger ehemaligen "
    "stellvertretende stellvertretender stellvertretenden".split()
)
_SOMEBODY: dict[Lang, frozenset[str]] = {
    "de": frozenset("man jemand".split()),
    "en": frozenset("one someone somebody self".split()),
}
_PRONOUNS: dict[Lang, dict[str, str]] = {"de": {}, "en": {}}
for _gender, _de, _en in (
    ("m", "er ihm ihn", "he him himself"),
    ("f", "", "she her herself"),
    ("f p", "sie ihnen ihr", ""),
    ("n", "es", "it itself"),
    ("p", "", "they them themselves"),
    ("relative", "der die das denen dem den dessen deren welcher welche welches", "who which that whom whose"),
    ("this", "dieser diese dieses jener jene jenes letzterer letztere", "this"),
    ("any", "demnach danach wonach daraus", ""),
    ("speaker", "ich wir mich uns mir", "i we me us you"),
):
    _PRONOUNS["de"].update(dict.fromkeys(_de.split(), _gender))
    _PRONOUNS["en"].update(dict.fromkeys(_en.split(), _gender))
_POSSESSIVES: dict[Lang, tuple[tuple[str, str], ...]] = {
    "de": (("sein", "m n"), ("dessen", "m n"), ("ihr", "f p"), ("deren", "f p"), ("eigen", "self")),
    "en": (("his", "m"), ("her", "f"), ("its", "n"), ("their", "p"), ("own", "self")),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what one mention says by itself.

    ``gender`` is m, f, n, p (several), a choice of them ("f p") or empty; for a pronoun also what sort it is.
    ``words`` are the parts of a person's name; ``roles`` the nouns that introduce or stand for the source, in lower
    case; ``modifiers`` what narrows them ("Vermont", "former"). ``bare`` marks a description with nothing but a
    definite article ("der Minister"), which may point back to somebody introduced before. ``aged`` marks "der
    46-Jährige"; ``shared`` are the entries that share a short name ("the Times").
    """

    sort: Sort
    name: str
    kind: Kind
    naming: Naming
    entry: Entry | None = None
    gender: str = ""
    words: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    modifiers: frozenset[str] = frozenset()
    country: str | None = None
    acronym: str = ""
    bare: bool = False
    noun: Noun | None = None
    aged: bool = False
    shared: tuple[Entry, ...] = ()


def read_mention(text: str, lang: Lang, register: Register, behind: str = "") -> Reading:
    """Read one mention; ``behind`` is the text that follows it, where a source may ask not to be named."""
    reading = _read_cached(text, lang, register)
    if behind and reading.naming in ("role", "collective") and load_nouns(lang).anonymity.search(behind.lower()):
        return replace(reading, naming="unnamed")
    return reading


@lru_cache(maxsize=1 << 13)
def _read_cached(text: str, lang: Lang, register: Register) -> Reading:
    lower = text.strip().lower()
    if gender := _PRONOUNS[lang].get(lower):
        naming: Naming = "collective" if gender == "p" or lower in ("wir", "we") else "role"
        return Reading("pronoun", text.strip(), "unknown", naming, gender=gender)
    if lower in _SOMEBODY[lang]:
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


def _read_phrase(phrase: Phrase, text: str, register: Register) -> Reading:
    if entry := _entry(phrase, text, register):
        return _of_entry(entry, phrase, register)
    seen = look_through(phrase, register)
    if seen.evidence and (pronoun := _possessive(phrase, seen)):
        return pronoun
    if seen.phrase is None:
        return _evidence(phrase, seen, register)
    inner = seen.phrase
    if inner is not phrase:
        if not inner.words:
            return _evidence(phrase, seen, register)
        if entry := _entry(inner, " ".join(inner.words), register):
            return _behind(_of_entry(entry, inner, register), seen)
    return _behind(_source(inner, register), seen)


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


def _of_entry(entry: Entry, phrase: Phrase, register: Register) -> Reading:
    person = entry.kind == "person"
    # As the article spells it, so that the surname is found again.
    names = (_name(phrase) or tuple(entry.name.split())) if person else ()
    gender = first_names().get(entry.name.split()[0], "") if person else _grammatical_gender(phrase)
    roles, modifiers = _roles(phrase, register)
    naming: Naming = "named" if person else "organisation"
    if not person:
        roles = (() if phrase.noun and phrase.noun.cls.group == "evidence" else roles) + _roles_of_kind(entry, phrase.lang)
    country = entry.country or (entry.id if entry.metonym else None)
    sort: Sort = "person" if person else "entry"
    return Reading(sort, entry.name, entry.kind, naming, entry, gender, names, roles, modifiers, country, _acronym(phrase))


def _roles_of_kind(entry: Entry, lang: Lang) -> tuple[str, ...]:
    """Return the general words that may point back to a registered medium or service."""
    words: dict[str, dict[Lang, tuple[str, ...]]] = {
        "media": {
            "de": ("zeitung", "blatt", "magazin", "sender", "bericht"),
            "en": ("newspaper", "paper", "magazine", "broadcaster", "report"),
        },
        "agency": {"de": ("nachrichtenagentur", "agentur", "bericht"), "en": ("news agency", "agency", "report")},
        "intelligence": {"de": ("geheimdienst",), "en": ("agency", "spy agency")},
    }
    last = entry.name.split()[-1].lower()
    noun = lookup(last, "en")
    return words.get(entry.kind, {}).get(lang, ()) + ((last,) if noun and lang == "en" else ())


def _possessive(phrase: Phrase, seen: Seen) -> Reading | None:
    """Read "seiner Ansicht", "their report" and "eigenen Angaben" as a pronoun."""
    if phrase.determiner != "possessive" or seen.phrase is not None:
        return None
    for stem, gender in _POSSESSIVES[phrase.lang]:
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
        roles, modifiers = _roles(phrase, register)
        bare = phrase.determiner == "definite" and not phrase.rest and not phrase.before
        return Reading("described", display(phrase), "document", "role", gender=noun.form.gender,
                       roles=roles, modifiers=modifiers, bare=bare, noun=noun)  # fmt: skip
    if seen.kind == "intelligence":
        return Reading("anonymous", display(phrase), "intelligence", "unnamed", gender="p", noun=noun)
    return Reading("evidence", display(phrase), seen.kind, "unspecified", noun=noun)


def _source(phrase: Phrase, register: Register) -> Reading:
    """Read a phrase that is neither registered nor evidence."""
    noun = phrase.noun
    if noun and noun.cls.group == "anonymous":
        kind = _inherited_kind(phrase, register) or noun.cls.kind
        return Reading("anonymous", display(phrase), kind, "unnamed", gender="p", noun=noun)
    person = noun is None or noun.cls.group in ("person", "title")
    name = _name(phrase)
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
    for aside in phrase.asides:
        inner = rephrase(aside, replace(phrase, asides=()))
        inner_name = _name(inner)
        known = register.match(inner, " ".join(aside)) if noun else None
        if known and known.kind == "person":
            return _of_entry(known, phrase, register)
        if noun and len(inner_name) > 1 and not inner.link and inner_name[-1] == inner.words[-1]:
            return _person(inner_name, phrase, register)
    return None


def _person(name: tuple[str, ...], phrase: Phrase, register: Register) -> Reading:
    roles, modifiers = _roles(phrase, register)
    nouns = [noun for noun in (phrase.noun, *(_first_noun(aside, phrase.lang) for aside in phrase.asides)) if noun]
    gender = first_names().get(name[0], "") if len(name) > 1 else ""
    gender = gender or next((noun.form.gender for noun in nouns if noun.form.gender in "mf"), "")
    if phrase.lang == "de" and gender == "m" and nouns and nouns[0].form.gender == "f":
        gender = "f"
    kind: Kind = "expert" if any(noun.cls.kind == "expert" for noun in nouns) else "person"
    entry = register.exact(" ".join(name), phrase.lang)
    if entry and entry.kind == "person":
        return Reading("person", entry.name, entry.kind, "named", entry, gender, name, roles, modifiers, entry.country)
    country = _country(replace(phrase, words=phrase.before), register)
    return Reading("person", " ".join(name), kind, "named", None, gender, name, roles, modifiers, country)


def _described_person(phrase: Phrase, noun: Noun, register: Register) -> Reading:
    """Read a person or group without a name."""
    plural = phrase.plural
    veiled = plural and not load_nouns(phrase.lang).veiled.isdisjoint(word.lower() for word in phrase.before)
    official = veiled and noun.cls.kind in ("government", "military", "person")
    naming = "unnamed" if official else noun.cls.plural if plural else noun.cls.naming
    kind = _inherited_kind(phrase, register) or noun.cls.kind
    roles, modifiers = _roles(phrase, register)
    gender = "p" if plural else noun.form.gender or _article_gender(phrase)
    country = _country(phrase, register)
    own_country = country is not None and bool(phrase.rest)
    bare = phrase.determiner == "definite" and (not phrase.rest or own_country) and not phrase.asides
    return Reading("described", display(phrase), kind, naming, None, gender, (), roles, modifiers, country,
                   bare=bare, noun=noun)  # fmt: skip


def _institution(phrase: Phrase, noun: Noun, name: tuple[str, ...], register: Register) -> Reading:
    """Read an authority, a company, a medium or an association."""
    cls, plural = noun.cls, phrase.plural
    if cls.kind in ("media", "agency") and phrase.link in ("von", "namens", "of") and phrase.rest:
        inner = rephrase(phrase.rest, phrase)
        entry = register.match(inner, " ".join(inner.words)) if inner.words else None
        if entry and entry.kind in ("media", "agency"):
            return _of_entry(entry, phrase, register)
    proper = _proper_institution(phrase, noun, name)
    roles, modifiers = _roles(phrase, register)
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
    return Reading("organisation" if proper else "described", shown, cls.kind, naming, None, gender, (), roles,
                   modifiers, _country(phrase, register), _acronym(phrase), bare, noun)  # fmt: skip


def _proper_institution(phrase: Phrase, noun: Noun, name: tuple[str, ...]) -> str:
    """Return an institution's own name where the phrase holds one."""
    words, at, lang = phrase.words, phrase.at, phrase.lang
    if phrase.quoted and all(i in phrase.quoted for i in range(at + 1, len(words))) and phrase.after:
        return " ".join(phrase.after)
    if name and phrase.after:
        # "die Hilfsorganisation Medair" is Medair, "die Universität Bern" is the University of Bern.
        own = noun.cls.kind in ("media", "agency", "company") or bool(noun.prefix) and noun.cls.id == "association"
        lower = lang == "en" and not capitalised(words[at])
        return " ".join(name) if own or lower else f"{words[at]} {' '.join(name)}"
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


def _capital_rest(phrase: Phrase) -> bool:
    return any(capitalised(word) for word in phrase.rest[:2])


def _qualified(phrase: Phrase) -> bool:
    """Tell whether a proper name narrows the institution down ("the Trump campaign", "die Berliner Polizei")."""
    return phrase.determiner != "indefinite" and (
        bool(phrase.possessor) or any(capitalised(word) for word in phrase.before) or (phrase.lang == "de" and bool(phrase.rest))
    )


def _unknown(phrase: Phrase, name: tuple[str, ...]) -> Reading:
    """Read words that the lexicon does not know: a name, or a noun of which only the shape is known."""
    words = phrase.words
    proper = [word for word in words if capitalised(word)]
    if not proper:
        several = phrase.determiner == "quantity" or words[-1].endswith("s") or len(words) == 1
        quantity = determiner_of(words[0], phrase.lang) == "quantity"
        naming: Naming = "collective" if several or quantity else "role"
        aged = words[-1][:1].isdigit()
        kind: Kind = "public" if naming == "collective" else "unknown"
        shape = "p" if naming == "collective" else _article_gender(phrase)
        return Reading("described", display(phrase), kind, "role" if aged else naming, gender=shape, aged=aged)
    if words[-1][:1].isdigit() and "-" in words[-1]:
        return Reading("described", display(phrase), "public", "role", gender=_article_gender(phrase), aged=True)
    if phrase.lang == "de" and phrase.determiner != "none" and not phrase.quoted:
        return _unknown_german(phrase, name)
    if determiner_of(words[0], phrase.lang) != "none" and len(words) == 1:
        return Reading("described", words[0].lower(), "public", "collective", gender="p")
    if len(name) == 1 and len(proper) == 1 and not phrase.quoted and not _acronymic(name[0]) and not phrase.determiner == "definite":
        return Reading("surname", name[0], "person", "named", words=name)
    shown = " ".join(words)
    return Reading("organisation", shown, "organisation", "organisation", gender="n", acronym=_acronym(phrase))


def _unknown_german(phrase: Phrase, name: tuple[str, ...]) -> Reading:
    """Guess from its ending what an unknown German noun with an article is."""
    words = phrase.words
    if len(name) > 1 or (words[-1].isupper() and len(words[-1]) > 1) or any(word.isupper() and len(word) > 1 for word in words):
        shown = words[-1] if len(words) > 1 and capitalised(words[-1]) else display(phrase)
        return Reading("organisation", shown, "organisation", "organisation", gender=_article_gender(phrase))
    last = words[-1].lower()
    several = phrase.determiner == "quantity" or (phrase.article == "die" and last.endswith(("innen", "er", "en", "leute")))
    if several:
        return Reading("described", display(phrase), "public", "collective", gender="p", roles=(last,), words=words[-1:])
    if last.endswith(("ung", "schaft", "heit", "tät", "ion", "um", "ei", "haus")):
        return Reading("described", display(phrase), "organisation", "role", gender=_article_gender(phrase), roles=(last,),
                       bare=phrase.determiner == "definite")  # fmt: skip
    return Reading("described", display(phrase), "unknown", "role", None, _article_gender(phrase), words[-1:], (last,),
                   bare=phrase.determiner == "definite")  # fmt: skip


def _name(phrase: Phrase) -> tuple[str, ...]:
    """Return the run of name parts behind the head noun, or in the whole phrase without one."""
    words = phrase.words
    if phrase.noun:
        start = phrase.at + 1
    else:
        start = next((i for i, word in enumerate(words) if capitalised(word)), len(words))
        first = next((i for i, word in enumerate(words[:-1]) if word in first_names()), start)
        start = first if first > start and is_name_part(words[first + 1]) or particle(words[min(first + 1, len(words) - 1)]) else start
    run: list[str] = []
    for index in range(start, len(words)):
        word = words[index]
        if not (is_name_part(word) or (run and particle(word) and index + 1 < len(words)) or word == "&"):
            break
        run.append(word)
    return tuple(run)


def _is_person(name: tuple[str, ...], phrase: Phrase) -> bool:
    """Tell whether an unknown run of capitalised words is a person rather than an organisation."""
    if name[0] in first_names():
        return True
    shouted = any(_acronymic(word) for word in name)
    return phrase.determiner == "none" and len(name) <= 3 and not shouted and not phrase.quoted and len(name) == len(phrase.words)


def _roles(phrase: Phrase, register: Register) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the nouns that describe a source, widest form last, and what narrows them."""
    roles: list[str] = []
    if phrase.noun and phrase.noun.cls.group != "title":
        roles.append(_role(phrase.noun, phrase.before, phrase.lang))
    for aside in phrase.asides:
        if noun := _first_noun(aside, phrase.lang):
            roles.append(_role(noun, (), phrase.lang))
    countries = register.composer
    modifiers = {
        word.lower()
        for word in phrase.before
        if (capitalised(word) or word.lower() in _DISTINCTIVE) and not countries.countries_in((word,), phrase.lang)
    }
    return tuple(roles), frozenset(modifiers)


def _role(noun: Noun, before: tuple[str, ...], lang: Lang) -> str:
    lemma = _SAME_ROLE.get(noun.form.lemma, noun.form.lemma)
    if lang == "de":
        return noun.prefix.lower() + lemma
    return f"{before[-1].lower()} {lemma}" if before and before[-1].islower() else lemma


def _first_noun(words: tuple[str, ...], lang: Lang) -> Noun | None:
    phrase = rephrase_words(words, lang)
    return phrase.noun if phrase.noun and phrase.noun.cls.group == "person" else None


@lru_cache(maxsize=1 << 12)
def rephrase_words(words: tuple[str, ...], lang: Lang) -> Phrase:
    """Parse words that were cut out of a mention."""
    return parse(" ".join(words), lang)


def _inherited_kind(phrase: Phrase, register: Register) -> Kind | None:
    """Give a spokesperson or a source the kind of whatever they speak for."""
    noun = phrase.noun
    if noun is None or noun.cls.id not in _INHERITING:
        return None
    lang = phrase.lang
    prefix = noun.prefix.rstrip("-")
    parts = [(form,) for form in (prefix, prefix.removesuffix("s"), prefix.removesuffix("en")) if form]
    for words in (*parts, phrase.possessor, phrase.before, phrase.rest):
        if not words:
            continue
        inner = rephrase_words(words, lang)
        if not inner.words:
            continue
        entry = register.match(inner, "") or register.composer.compose(inner)
        kind = entry.kind if entry else inner.noun.cls.kind if inner.noun else None
        if kind and kind not in ("person", "public", "unknown", "document"):
            return kind
    return None


def _country(phrase: Phrase, register: Register) -> str | None:
    words = (*phrase.possessor, *phrase.words, *(word for word in phrase.rest if word != "the"))
    found = register.composer.countries_in(words, phrase.lang)
    return next(iter(found)) if len(found) == 1 else None


def _acronym(phrase: Phrase) -> str:
    """Return the acronym that a bracket introduces ("Institut für Kriegsstudien (ISW)")."""
    return next((aside[0] for aside in phrase.asides if len(aside) == 1 and _acronymic(aside[0])), "")


def _acronymic(word: str) -> bool:
    return 2 <= len(word) <= 8 and word[:1].isupper() and sum(letter.isupper() for letter in word) >= 2


def _grammatical_gender(phrase: Phrase) -> str:
    if phrase.lang == "en":
        return "n"
    if phrase.noun and phrase.noun.form.gender:
        return phrase.noun.form.gender
    return _article_gender(phrase)


def _article_gender(phrase: Phrase) -> str:
    """Return the gender that a German nominative article shows; English articles show none."""
    genders = {"der": "m f", "die": "f", "das": "n", "eine": "f", "dieser": "m", "diese": "f", "dieses": "n"}
    return genders.get(phrase.article, "") if phrase.lang == "de" else ""
