"""What one mention says by itself, and what its phrase tells about a person's name, roles, country and gender."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from attribution.sources.entries import Entry
from attribution.sources.grammar import words
from attribution.sources.nouns import Noun, first_names, load_nouns, lookup
from attribution.sources.phrase import Phrase, capitalised, is_name_part, parse, particle
from attribution.sources.register import Register
from attribution.types import Kind, Lang, Naming

Sort = Literal[
    "pronoun", "person", "surname", "entry", "organisation", "described", "anonymous", "evidence", "joint"
]  # fmt: skip

_INHERITING = words("spokesperson head leader office-holder people-of anonymous politician")
_SAME_ROLE = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "col": "colonel"}
_DISTINCTIVE = words(
    "former ex deputy acting vice frühere früherer früheren ehemalige ehemaliger ehemaligen "
    "stellvertretende stellvertretender stellvertretenden"
)


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


def name_run(phrase: Phrase) -> tuple[str, ...]:
    """Return the run of name parts behind the head noun, or in the whole phrase without one."""
    parts = phrase.words
    run: list[str] = []
    for index in range(phrase.at + 1 if phrase.noun else _name_start(parts), len(parts)):
        word = parts[index]
        linking = run and particle(word) and index + 1 < len(parts)
        if not (is_name_part(word) or linking or word == "&"):
            break
        run.append(word)
    return tuple(run)


def _name_start(parts: tuple[str, ...]) -> int:
    """Return where a name begins: at its first name, else at the first capital letter."""
    start = next((i for i, word in enumerate(parts) if capitalised(word)), len(parts))
    for index in range(start, len(parts) - 1):
        follows = is_name_part(parts[index + 1]) or particle(parts[index + 1])
        if parts[index] in first_names() and follows:
            return index
    return start


def bare_name(phrase: Phrase) -> tuple[str, ...]:
    """Return a name of one word and no article ("Jordan", "Richter"), which may be a surname in this article."""
    alone = len(phrase.words) == 1 and phrase.determiner == "none" and not phrase.rest
    return phrase.words if alone and is_name_part(phrase.words[0]) else ()


def introduced_as(phrase: Phrase, register: Register) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the nouns that describe a source, widest form last, and what narrows them."""
    roles: list[str] = []
    nouns: list[Noun] = []
    if phrase.noun and phrase.noun.cls.group != "title":
        roles.append(_role(phrase.noun, phrase.before, phrase.lang))
        nouns.append(phrase.noun)
    for aside in phrase.asides:
        if noun := first_person_noun(aside, phrase.lang):
            roles.append(_role(noun, (), phrase.lang))
            nouns.append(noun)
    wider = load_nouns(phrase.lang).wider
    roles += [word for noun in nouns for word in wider.get(_SAME_ROLE.get(noun.form.lemma, noun.form.lemma), ())]
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


def first_person_noun(words: tuple[str, ...], lang: Lang) -> Noun | None:
    """Return the noun for a person in an apposition ("the panel's chair")."""
    phrase = parse_words(words, lang)
    return phrase.noun if phrase.noun and phrase.noun.cls.group == "person" else None


@lru_cache(maxsize=1 << 12)
def parse_words(words: tuple[str, ...], lang: Lang) -> Phrase:
    """Parse words that were cut out of a mention."""
    return parse(" ".join(words), lang)


def inherited_kind(phrase: Phrase, register: Register) -> Kind | None:
    """Give a spokesperson or a source the kind of whatever they speak for."""
    noun = phrase.noun
    if noun is None or noun.cls.id not in _INHERITING:
        return None
    lang = phrase.lang
    prefix = noun.prefix.rstrip("-")
    parts = [(form,) for form in (prefix, prefix.removesuffix("s"), prefix.removesuffix("en")) if form]
    for part in (*parts, phrase.possessor, phrase.before, phrase.rest):
        inner = parse_words(part, lang)
        if not inner.words:
            continue
        entry = register.match(inner, "") or register.composer.compose(inner)
        kind = entry.kind if entry else inner.noun.cls.kind if inner.noun else None
        if kind and kind not in ("person", "public", "unknown", "document"):
            return kind
    return None


def belonging(phrase: Phrase, register: Register) -> str | None:
    """Return the one country that a phrase belongs to."""
    parts = (*phrase.possessor, *phrase.words, *(word for word in phrase.rest if word != "the"))
    found = register.composer.countries_in(parts, phrase.lang)
    return next(iter(found)) if len(found) == 1 else None


def acronym(phrase: Phrase) -> str:
    """Return the acronym that a bracket introduces ("Institut für Kriegsstudien (ISW)")."""
    return next((aside[0] for aside in phrase.asides if len(aside) == 1 and acronymic(aside[0])), "")


def acronymic(word: str) -> bool:
    """Tell whether a word looks like an acronym ("OSCE", "BfV")."""
    capitals = sum(letter.isupper() for letter in word)
    return 2 <= len(word) <= 8 and word[:1].isupper() and capitals >= 2 and 2 * capitals > len(word)


def _grammatical_gender(phrase: Phrase) -> str:
    if phrase.lang == "en":
        return "n"
    if phrase.noun and phrase.noun.form.gender:
        return phrase.noun.form.gender
    return article_gender(phrase)


def article_gender(phrase: Phrase) -> str:
    """Return the gender that a German nominative article shows; English articles show none."""
    genders = {"der": "m f", "die": "f", "das": "n", "eine": "f", "dieser": "m", "diese": "f", "dieses": "n"}
    return genders.get(phrase.article, "") if phrase.lang == "de" else ""


def of_entry(entry: Entry, phrase: Phrase, register: Register) -> Reading:
    """Read a phrase that names a registered source."""
    person = entry.kind == "person"
    # As the article spells it, so that the surname is found again.
    names = (name_run(phrase) or tuple(entry.name.split())) if person else bare_name(phrase)
    gender = first_names().get(entry.name.split()[0], "") if person else _grammatical_gender(phrase)
    roles, modifiers = introduced_as(phrase, register)
    naming: Naming = "named" if person else "organisation"
    if not person:
        roles = (() if phrase.noun and phrase.noun.cls.group == "evidence" else roles) + _roles_of_kind(
            entry, phrase.lang
        )
    country = entry.country or (entry.id if entry.metonym else None)
    sort: Sort = "person" if person else "entry"
    return Reading(
        sort, entry.name, entry.kind, naming, entry, gender, names, roles, modifiers, country, acronym(phrase)
    )


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
    own = (last,) if noun and lang == "en" else ()
    return words.get(entry.kind, {}).get(lang, ()) + own + _institution_nouns(entry, lang)


@lru_cache(maxsize=1 << 10)
def _institution_nouns(entry: Entry, lang: Lang) -> tuple[str, ...]:
    """Return what an organisation is by its names, with wider words ("die Gewerkschaft" for "Gewerkschaft Verdi")."""
    if entry.metonym or entry.kind not in ("organisation", "company"):
        return ()
    wider, found = load_nouns(lang).wider, dict[str, None]()
    for alias in (entry.name, *(entry.aliases_de if lang == "de" else entry.aliases_en)):
        noun = parse(alias, lang).noun
        if noun and noun.cls.group == "institution":
            found.update(dict.fromkeys((_role(noun, (), lang), *wider.get(noun.form.lemma, ()))))
    return tuple(found)
