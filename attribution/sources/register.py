"""The source register: names and aliases to entries, or no entry rather than a wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from attribution.errors import ConfigError
from attribution.sources.compose import Composer
from attribution.sources.entries import Entry, Tables, read_tables
from attribution.sources.inflection import inflections
from attribution.sources.nouns import Noun
from attribution.sources.phrase import Phrase, capitalised, noun_at, parse, tokenize
from attribution.types import LANGUAGES, Lang

_ARTICLES = frozenset(("the", "der", "die", "das"))


_LONGEST_ABBREVIATION = 4


class _Alias(NamedTuple):
    entry: Entry
    guarded: bool


class Register:
    """Look sources up by name; ``Register.load()`` reads the shipped register and overlays the user's files."""

    def __init__(self, tables: Tables) -> None:
        self._entries = tables.entries
        self.composer = Composer(tables)
        self._indexes: dict[Lang, tuple[dict[str, _Alias], dict[str, int]]] = {}
        self._short: dict[str, list[Entry]] = {}
        for entry in tables.entries.values():
            for alias in entry.short:
                self._short.setdefault(alias, []).append(entry)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Register:
        """Read the shipped register and overlay further files: a known id is changed, a new one added.

        Raises:
            ConfigError: a file cannot be read, a key or value is not allowed, or an alias stands for two entries.
        """
        if not extra:
            return _shipped()
        register = cls(read_tables(extra))
        for lang in LANGUAGES:
            register._index(lang)
        return register

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Return all entries by id."""
        return MappingProxyType(self._entries)

    def reliability(self, source_id: str | None) -> str | None:
        """Return the user's letter A to F for a source, or None where there is none."""
        entry = self._entries.get(source_id) if source_id else None
        return entry.reliability if entry else None

    def resolve(self, text: str, lang: Lang) -> Entry | None:
        """Find the entry that a mention names, or None where it names none or could name several.

        A name inside a longer phrase counts only as its head: "Der Geheimdienst NIS" finds the NIS, "ein Experte der
        Vereinten Nationen" does not find the United Nations.
        """
        phrase = parse(text, lang)
        return self.match(phrase, text) or self.composer.compose(phrase)

    def match(self, phrase: Phrase, text: str) -> Entry | None:
        """Find an alias that is the head of a phrase; ``text`` is the mention as written."""
        words = (*phrase.words, phrase.link, *phrase.rest) if phrase.link else phrase.words
        found = [
            (size, start, alias)
            for start in range(len(phrase.words))
            for size, alias in (self._longest_at(words, start, phrase.lang) or (0, None),)
            if alias
        ]
        for size, start, alias in sorted(found, key=lambda match: -match[0]):
            end = start + size
            if self._is_head(phrase, words, start, end, alias.entry):
                supported = not alias.guarded or self._is_supported(phrase, text, start, end, alias.entry)
                return alias.entry if supported else None
        return None if found else self._short_with_context(phrase, text)

    def exact(self, name: str, lang: Lang) -> Entry | None:
        """Find the entry of which a name is an unguarded alias, word for word."""
        alias = self._index(lang)[0].get(_key(name))
        return alias.entry if alias and not alias.guarded else None

    def short(self, name: str) -> Sequence[Entry]:
        """Return the entries that share an ambiguous short name ("Times")."""
        return self._short.get(name, ())

    def _index(self, lang: Lang) -> tuple[dict[str, _Alias], dict[str, int]]:
        """Return the aliases of a language and the length of the longest one by its first word; built when needed."""
        if lang not in self._indexes:
            index = _aliases(self._entries.values(), lang)
            self._indexes[lang] = index, _longest(index)
        return self._indexes[lang]

    def _longest_at(self, words: tuple[str, ...], start: int, lang: Lang) -> tuple[int, _Alias] | None:
        index, longest = self._index(lang)
        for size in range(min(longest.get(words[start], 0), len(words) - start), 0, -1):
            if alias := index.get(" ".join(words[start : start + size])):
                return size, alias
        return None

    def _is_head(self, phrase: Phrase, words: tuple[str, ...], start: int, end: int, entry: Entry) -> bool:
        """Tell whether the words around an alias leave it the thing that the phrase is about."""
        lang = phrase.lang
        if end < len(phrase.words) and not self._may_follow(phrase, end, entry):
            return False
        if end > len(phrase.words) and end < len(words) and capitalised(words[end]):
            return False
        if phrase.possessor and (entry.country is None or self._countries(phrase.possessor, lang) != {entry.country}):
            return False
        # "Universität Bern" is no government.
        if entry.metonym and any(noun_at(words, i, lang) for i in range(start)):
            return False
        countries = self._countries(words[:start], lang)
        if countries and not (entry.country in countries or entry.id in countries or entry.country is None):
            return False
        return all(
            self._may_precede(noun_at(words, i, lang), words[i], entry, bool(self._countries(words[i : i + 1], lang)))
            or self._countries(words[max(0, i - 1) : i + 2], lang)
            for i in range(start)
        )

    def _countries(self, words: tuple[str, ...], lang: Lang) -> set[str]:
        return self.composer.countries_in(words, lang)

    @staticmethod
    def _may_precede(noun: Noun | None, word: str, entry: Entry, country: bool) -> bool:
        """Let adjectives, words for media and institutions, and titles before a person's name stand before an alias."""
        if noun is None:
            return country or not capitalised(word) or word.lower() in _ARTICLES
        return (noun.cls.group in ("person", "title")) == (entry.kind == "person")

    @staticmethod
    def _may_follow(phrase: Phrase, end: int, entry: Entry) -> bool:
        """Let only a word for what the alias is stand behind it ("Time magazine", "the Reuters news agency")."""
        tail = range(end, len(phrase.words))
        nouns = [noun_at(phrase.words, i, phrase.lang) for i in tail]
        last = nouns[-1]
        allowed = ("company",) if entry.kind == "social_media" else ("media", "agency", "company")
        if last is None or last.cls.group != "institution" or last.cls.kind not in allowed:
            return False
        return all(not capitalised(phrase.words[i]) for i in tail)

    @staticmethod
    def _is_supported(phrase: Phrase, text: str, start: int, end: int, entry: Entry) -> bool:
        """Tell whether a name that is an everyday word is meant as a name here."""
        if " ".join(text.split()) in entry.common or phrase.quoted.issuperset(range(start, end)):
            return True
        return bool(phrase.noun and phrase.noun.cls.kind in ("media", "agency"))

    def _short_with_context(self, phrase: Phrase, text: str) -> Entry | None:
        tokens = {word.text for word in tokenize(text)}
        found = [
            entry for word in phrase.words for entry in self._short.get(word, ()) if tokens.intersection(entry.context)
        ]
        return found[0] if len(found) == 1 else None


@cache
def _shipped() -> Register:
    return Register(read_tables())


def _key(name: str) -> str:
    """Write an alias as its tokens, without a leading article."""
    tokens = [word.text for word in tokenize(name)]
    return " ".join(tokens[1:] if len(tokens) > 1 and tokens[0].lower() in _ARTICLES else tokens)


def _aliases(entries: Iterable[Entry], lang: Lang) -> dict[str, _Alias]:
    """Map every name that counts in a language, with its inflected forms, to its entry.

    A language's own aliases come first; the other language's fill the gaps ("Kyiv Independent" in a German text).

    Raises:
        ConfigError: two entries share an alias.
    """
    own: dict[str, _Alias] = {}
    foreign: dict[str, _Alias] = {}
    for entry in entries:
        first, second = (entry.aliases_de, entry.aliases_en) if lang == "de" else (entry.aliases_en, entry.aliases_de)
        guarded, shared = {_key(alias) for alias in entry.common}, set(entry.short)
        for alias in (entry.name, *first, *entry.common):
            if (key := _key(alias)) not in shared:
                _add(own, key, _Alias(entry, key in guarded))
        for alias in second:
            # Abbreviations of one language are often others in the other one (APA).
            if (key := _key(alias)) not in shared and len(key) > _LONGEST_ABBREVIATION:
                foreign.setdefault(key, _Alias(entry, key in guarded))
    inflected: dict[str, _Alias | None] = {}
    for key, found in own.items():
        for form in inflections(key, lang):
            inflected[form] = found if inflected.get(form, found) == found else None
    shared = {alias for entry in entries for alias in entry.short}
    index = {form: found for form, found in inflected.items() if found and form not in shared}
    return {**foreign, **index, **own}


def _add(index: dict[str, _Alias], key: str, found: _Alias) -> None:
    other = index.get(key)
    if other and other.entry.id != found.entry.id:
        raise ConfigError(
            f"register: alias {key!r} stands for {other.entry.id!r} and for {found.entry.id!r}; "
            "remove it from one of them, or list it under 'short' in both"
        )
    index[key] = found


def _longest(index: Mapping[str, _Alias]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in index:
        first, size = key.split(" ", 1)[0], key.count(" ") + 1
        if size > longest.get(first, 0):
            longest[first] = size
    return longest
