"""The noun lexicon: what the head noun of a mention ("Polizeisprecher", "senior officials") says about a source."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from attribution.errors import ConfigError
from attribution.lang import read_lexicon
from attribution.types import KINDS, LANGUAGES, NAMINGS, Kind, Lang, Naming

Group = Literal["person", "institution", "anonymous", "evidence", "document", "title"]
GROUPS: tuple[Group, ...] = get_args(Group)

Row = TypeVar("Row", "NounClass", "Phrase")
Decline = Callable[[str, bool], "list[_Paradigm]"]

# A shorter ending says nothing: "-rat" also ends "Verrat" and "Demokrat".
SHORTEST_COMPOUND_PART = 4


@dataclass(frozen=True, slots=True)
class NounClass:
    """Describe the nouns of one class; ``naming`` is that of a single one, ``plural`` that of several.

    Each line of ``wider`` is a word that a reader may go on with and the lemmas it may stand for.
    """

    id: str
    group: Group
    kind: Kind
    naming: Naming
    forms: tuple[str, ...]
    example: str
    lookalike: str
    plural: Naming = "collective"
    official: bool = False
    excluded: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Describe word sequences that say how a source is veiled."""

    id: str
    forms: tuple[str, ...]
    example: str
    lookalike: str


class Form(NamedTuple):
    """Hold one inflected form: its class, base forms, gender (m, f, n or empty) and the numbers it can stand for."""

    noun: NounClass
    lemma: str
    plural_lemma: str
    gender: str
    singular: bool
    plural: bool


class Noun(NamedTuple):
    """Hold a word that was recognised, with the part of a compound that stands before the known form."""

    form: Form
    prefix: str

    @property
    def cls(self) -> NounClass:
        """Return the class that the noun belongs to."""
        return self.form.noun


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Hold one language's noun classes, the table of their forms and the phrases that veil a source.

    ``wider`` maps a lemma to the wider words that may take it up ("attorney" to "lawyer").
    """

    lang: Lang
    classes: tuple[NounClass, ...]
    phrases: tuple[Phrase, ...]
    table: dict[str, Form]
    whole: frozenset[str]
    excluded: frozenset[str]
    anonymity: re.Pattern[str]
    veiled: frozenset[str]
    wider: dict[str, tuple[str, ...]]


@cache
def load_nouns(lang: Lang) -> Lexicon:
    """Load and check ``lang/<lang>/nouns.toml``; raise ConfigError naming the entry and key that is wrong."""
    tables = read_lexicon(lang, "nouns.toml")
    where = f"lang/{lang}/nouns.toml"
    if unknown := sorted(set(tables) - {"noun", "phrase", "first_names"}):
        raise ConfigError(f"{where}: unknown table {unknown[0]!r}; allowed are noun, phrase, first_names")
    classes = tuple(_entry(NounClass, row, where) for row in tables["noun"])
    phrases = tuple(_entry(Phrase, row, where) for row in tables["phrase"])
    table: dict[str, Form] = {}
    whole: set[str] = set()
    for noun in classes:
        _check_class(noun, where)
        for line in noun.forms:
            _expand(noun, line, lang, table, whole, where)
    by_id = {phrase.id: phrase.forms for phrase in phrases}
    anonymity = "|".join(re.escape(form) for form in by_id["condition-of-anonymity"])
    excluded = frozenset(word for noun in classes for word in noun.excluded)
    # An ending may follow: "mit der Sache vertraute Personen".
    pattern = re.compile(rf"\b(?:{anonymity})(?:e[nrms]?)?\b")
    veiled, wider = frozenset(by_id["veiled"]), _wider(classes, table, where)
    return Lexicon(lang, classes, phrases, table, frozenset(whole), excluded, pattern, veiled, wider)


@cache
def first_names() -> dict[str, str]:
    """Map the first names of both languages to ``m`` or ``f``; a name that is given to both maps to an empty string."""
    genders: dict[str, str] = {}
    for lang in LANGUAGES:
        for gender, names in read_lexicon(lang, "nouns.toml")["first_names"].items():
            for name in names.split():
                genders[name] = gender[0] if genders.get(name, gender[0]) == gender[0] else ""
    return genders


@lru_cache(maxsize=1 << 16)
def lookup(word: str, lang: Lang) -> Noun | None:
    """Find a word in the lexicon, in German also by the last part of a compound, longest part first."""
    lexicon, lower = load_nouns(lang), word.lower()
    if form := lexicon.table.get(lower):
        return Noun(form, "")
    if lower in lexicon.excluded:
        return None
    hyphen = lower.rfind("-")
    if 0 < hyphen < len(lower) - 1 and (form := lexicon.table.get(lower[hyphen + 1 :])):
        return Noun(form, word[: hyphen + 1])
    # German nouns are capitalised; without this the adjective "geheimdienstlich" or a verb could pass for one.
    if lang != "de" or not word[:1].isupper():
        return None
    for start in range(2, len(lower) - SHORTEST_COMPOUND_PART + 1):
        part = lower[start:]
        if part in lexicon.excluded:
            return None
        if (form := lexicon.table.get(part)) and part not in lexicon.whole:
            return Noun(form, word[:start])
    return None


def _entry(cls: type[Row], row: dict[str, Any], where: str) -> Row:
    """Build one entry of a lexicon; ``except`` is the file's word for ``excluded``."""
    row = {("excluded" if key == "except" else key): value for key, value in row.items()}
    known = {f.name: f for f in fields(cls)}
    at = f"{where}, entry {row.get('id', '?')!r}"
    if unknown := sorted(set(row) - set(known)):
        raise ConfigError(f"{at}: unknown key {unknown[0]!r}; allowed are {', '.join(sorted(known))}")
    if missing := [name for name, f in known.items() if f.default is MISSING and name not in row]:
        raise ConfigError(f"{at}: key {missing[0]!r} is missing; add it")
    row["forms"] = tuple(row["forms"])
    if "wider" in row:
        row["wider"] = tuple(row["wider"])
    if isinstance(row.get("excluded"), str):
        row["excluded"] = tuple(row["excluded"].split())
    return cls(**row)


def _check_class(noun: NounClass, where: str) -> None:
    allowed: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("group", noun.group, GROUPS), ("kind", noun.kind, KINDS),
        ("naming", noun.naming, NAMINGS), ("plural", noun.plural, NAMINGS),
    )  # fmt: skip
    for key, value, values in allowed:
        if value not in values:
            raise ConfigError(
                f"{where}, entry {noun.id!r}: {key} is {value!r}; allowed are {', '.join(values)}; choose one of them"
            )


def _wider(classes: tuple[NounClass, ...], table: dict[str, Form], where: str) -> dict[str, tuple[str, ...]]:
    """Map each lemma to its wider words, in German also the feminine to the feminine ("Archäologin, Forscherin")."""
    found: dict[str, tuple[str, ...]] = {}
    for noun in classes:
        for word, *lemmas in (line.split() for line in noun.wider):
            for lemma in lemmas:
                if missing := next((form for form in (word, lemma) if form not in table), None):
                    raise ConfigError(f"{where}, entry {noun.id!r}: wider names {missing!r}; add it to a class's forms")
                pair, feminine = (lemma, word), tuple(f"{form.removesuffix('e')}in" for form in (lemma, word))
                for narrow, wide in (pair, feminine) if all(form in table for form in feminine) else (pair,):
                    found[narrow] = (*found.get(narrow, ()), wide)
    return found


def _expand(noun: NounClass, line: str, lang: Lang, table: dict[str, Form], whole: set[str], where: str) -> None:
    """Add every form of one line of ``forms`` to the table."""
    if "|" in line:
        paradigms = [_paradigm(line)]
    else:
        declension, *lemmas = line.split()
        decline = _DECLENSIONS[lang].get(declension.rstrip("+"))
        if decline is None:
            names = ", ".join(_DECLENSIONS[lang])
            raise ConfigError(f"{where}, entry {noun.id!r}: declension {declension!r}; allowed are {names}, or use '|'")
        paradigms = [p for lemma in lemmas for p in decline(lemma, declension.endswith("+"))]
    for singular, plural, gender, compound in paradigms:
        lemma, plural_lemma = (singular or plural)[0], (plural or singular)[0]
        for text in dict.fromkeys(singular + plural):
            old = table.get(text)
            if old and old.noun is not noun:
                raise ConfigError(f"{where}: {text!r} stands in {old.noun.id!r} and in {noun.id!r}; keep one of them")
            one, many = text in singular, text in plural
            table[text] = (
                old._replace(singular=old.singular or one, plural=old.plural or many)
                if old
                else Form(noun, lemma, plural_lemma, gender, one, many)
            )
            if not compound:
                whole.add(text)


class _Paradigm(NamedTuple):
    singular: list[str]
    plural: list[str]
    gender: str
    compound: bool


def _paradigm(line: str) -> _Paradigm:
    """Read "lemma/GENDER other singulars | plurals"; without a gender mark there is no singular before the bar."""
    left, right = line.split("|")
    first, *others = left.split()
    compound = not first.startswith("!")
    lemma, _, gender = first.lstrip("!").rstrip("!").partition("/")
    forms = [form.replace("_", " ") for form in (lemma, *others)]
    plural = [form.replace("_", " ") for form in right.split()]
    if lemma in plural and not others and not gender:
        return _Paradigm([], plural, "", compound)
    return _Paradigm(forms, plural, gender, compound)


def _with_feminine(paradigm: _Paradigm, stem: str, feminine: bool) -> list[_Paradigm]:
    return [paradigm, _Paradigm([f"{stem}in"], [f"{stem}innen"], "f", True)] if feminine else [paradigm]


def _de_er(lemma: str, feminine: bool) -> list[_Paradigm]:
    lemma, compound = lemma.lstrip("!"), not lemma.startswith("!")
    return _with_feminine(_Paradigm([lemma, f"{lemma}s"], [lemma, f"{lemma}n"], "m", compound), lemma, feminine)


def _de_en(lemma: str, feminine: bool) -> list[_Paradigm]:
    stem = lemma.removesuffix("e")
    return _with_feminine(_Paradigm([lemma, f"{stem}en"], [f"{stem}en"], "m", True), stem, feminine)


def _de_e(lemma: str, feminine: bool) -> list[_Paradigm]:
    lemma, compound = lemma.lstrip("!"), not lemma.startswith("!")
    forms = [lemma, f"{lemma}s", f"{lemma}es"]
    return _with_feminine(_Paradigm(forms, [f"{lemma}e", f"{lemma}en"], "m", compound), lemma, feminine)


def _de_adj(stem: str, feminine: bool) -> list[_Paradigm]:
    """Decline an adjective used as a noun; its gender shows only in the article ("der/die Abgeordnete")."""
    singular = [f"{stem}er", f"{stem}e", f"{stem}en", f"{stem}em"]
    return [_Paradigm(singular, [f"{stem}e", f"{stem}en", f"{stem}er"], "", True)]


def _de_f(lemma: str, feminine: bool) -> list[_Paradigm]:
    lemma, compound = lemma.lstrip("!"), not lemma.startswith("!")
    plural = f"{lemma}n" if lemma.endswith(("e", "el", "er")) else f"{lemma}en"
    return [_Paradigm([lemma], [plural], "f", compound)]


def _de_strong(gender: str) -> Decline:
    def decline(lemma: str, feminine: bool) -> list[_Paradigm]:
        if lemma.endswith(("en", "el", "er")):
            return [_Paradigm([lemma, f"{lemma}s"], [lemma], gender, True)]
        return [_Paradigm([lemma, f"{lemma}s", f"{lemma}es"], [f"{lemma}e", f"{lemma}en"], gender, True)]

    return decline


def _de_ium(lemma: str, feminine: bool) -> list[_Paradigm]:
    return [_Paradigm([lemma, f"{lemma}s"], [f"{lemma[:-2]}en"], "n", True)]


def _en_s(lemma: str, feminine: bool) -> list[_Paradigm]:
    lemma, _, gender = lemma.replace("_", " ").partition("/")
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        plural = f"{lemma[:-1]}ies"
    else:
        plural = f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x")) else f"{lemma}s"
    return [_Paradigm([lemma], [plural], gender, True)]


_DECLENSIONS: dict[Lang, dict[str, Decline]] = {
    "de": {
        "er": _de_er, "en": _de_en, "e": _de_e, "adj": _de_adj, "f": _de_f,
        "n": _de_strong("n"), "m": _de_strong("m"), "ium": _de_ium,
    },
    "en": {"s": _en_s},
}  # fmt: skip
