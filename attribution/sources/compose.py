"""Find "the Ukrainian defence ministry": a country's adjective or name and an institution that every country has."""

from __future__ import annotations

from attribution.sources.entries import GOVERNMENT, Entry, Tables
from attribution.sources.grammar import words
from attribution.sources.inflection import inflections
from attribution.sources.phrase import Phrase, determiner_of
from attribution.types import Lang

_ENDINGS = ("en", "em", "er", "es", "e", "")
_LINKS: dict[Lang, frozenset[str]] = {
    "de": frozenset(("in", "von", "vom", "der", "des", "aus")),
    "en": frozenset(("in", "of", "from")),
}
# Lower-case words that may stand beside country and institution without making another source of them.
_PLAIN_EN = frozenset(("own", "main", "federal", "national", "state", "central", "agencies", "agency", "services"))
# "the former Ukrainian government" and "a pro-Russian administration" are not the source that the rest would name.
_BARRED = words(
    "former ex previous late alleged interim exile exiled opposition shadow ehemalige ehemaligen ehemaliger frühere "
    "früheren früherer angebliche angeblichen künftige künftigen damalige damaligen"
)
_LONGEST_PHRASE = 5


class Composer:
    """Compose sources of countries and institutions; ``compose`` returns None wherever anything is left unexplained."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._offices = {(e.country, e.office): e for e in tables.entries.values() if e.office}
        self._institutions = {"de": self._german_institutions(), "en": self._english_institutions()}
        self._countries = {"de": self._country_words("de"), "en": self._country_words("en")}
        self._prefixes = {prefix: c.id for c in tables.countries.values() for prefix in c.prefix}

    def country_of(self, words: tuple[str, ...], lang: Lang) -> str | None:
        """Return the country that words name or whose adjective they are ("ukrainischen", "South Korean")."""
        return self._countries[lang].get(" ".join(words))

    def countries_in(self, words: tuple[str, ...], lang: Lang) -> set[str]:
        """Return every country that a noun phrase's words belong to."""
        found: set[str] = set()
        index = 0
        while index < len(words):
            size = next((n for n in (3, 2, 1) if self.country_of(words[index : index + n], lang)), 0)
            if size:
                found.add(self._countries[lang][" ".join(words[index : index + size])])
            elif prefix := self._prefixes.get(words[index].partition("-")[0]):
                found.add(prefix)
            index += size or 1
        return found

    def compose(self, phrase: Phrase) -> Entry | None:
        """Return the source that country and institution make, a registered one where there is one."""
        found = self._split_english(phrase) if phrase.lang == "en" else self._split_german(phrase)
        if found is None:
            return None
        institution, left, behind = found
        if any(word.lower() in _BARRED or word.lower().startswith("pro-") for word in left):
            return None
        countries = self.countries_in((*phrase.possessor,), phrase.lang) | self.countries_in(left, phrase.lang)
        if behind:
            countries |= self.countries_in(behind, phrase.lang)
        if len(countries) != 1:
            return None
        return self._entry(countries.pop(), institution)

    def _entry(self, country: str, institution: str) -> Entry:
        if institution == GOVERNMENT:
            return self._tables.entries[country]
        if known := self._offices.get((country, institution)):
            return known
        what = self._tables.institutions[institution]
        adjective = self._tables.countries[country].en[0]
        return Entry(f"{country}:{institution}", f"{adjective} {what.name}", what.kind, country=country, derived=True)

    def _split_german(self, phrase: Phrase) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
        """Part a German phrase into institution, words before it and the country behind it."""
        words = phrase.words
        for index, word in enumerate(words):
            prefix, hyphen, stem = word.partition("-")
            plain = stem if hyphen and prefix in self._prefixes else word
            institution = self._institutions["de"].get(plain.lower())
            if institution is None:
                continue
            left = words[:index] + ((prefix,) if plain is stem else ())
            if words[index + 1 :] or any(w[:1].isupper() and not self.countries_in((w,), "de") for w in left):
                return None
            return self._with_complement(phrase, institution, left)
        return None

    def _split_english(self, phrase: Phrase) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
        """Part an English phrase likewise; an institution may hold an "of" ("Ministry of Defence of Ukraine")."""
        words = phrase.words + ((phrase.link, *phrase.rest) if phrase.link else ())
        lower = tuple(word.lower() for word in words)
        for start in range(len(phrase.words)):
            for size in range(min(_LONGEST_PHRASE, len(words) - start), 0, -1):
                institution = self._institutions["en"].get(" ".join(lower[start : start + size]))
                if institution is None:
                    continue
                end, left = start + size, words[:start]
                if not self._explained(left) or any(w not in _PLAIN_EN for w in lower[end : len(phrase.words)]):
                    return None
                if end <= len(phrase.words):
                    return self._with_complement(phrase, institution, left)
                behind = words[end + 1 :] if end < len(words) and lower[end] in _LINKS["en"] else ()
                return institution, left, behind
        return None

    def _with_complement(
        self, phrase: Phrase, institution: str, left: tuple[str, ...]
    ) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
        """Take a country behind "in" or "of"; any other genitive or "of" makes it somebody else."""
        rest = phrase.rest
        if rest and determiner_of(rest[0], phrase.lang) != "none":
            rest = rest[1:]
        if phrase.link in _LINKS[phrase.lang] and self.country_of(rest, phrase.lang):
            return institution, left, rest
        if phrase.link in ("of", "der", "des", "von", "für", "for"):
            return None
        return institution, left, ()

    def _explained(self, words: tuple[str, ...]) -> bool:
        """Tell whether every word is part of a country's name or a plain adjective."""
        index = 0
        while index < len(words):
            size = next((n for n in (3, 2, 1) if self.country_of(words[index : index + n], "en")), 0)
            if not size and words[index].lower() not in _PLAIN_EN:
                return False
            index += size or 1
        return True

    def _country_words(self, lang: Lang) -> dict[str, str]:
        """Map every form of a country's adjective and name to its id; what two countries share is left out."""
        forms: dict[str, str | None] = {}

        def add(text: str, country: str) -> None:
            forms[text] = country if forms.get(text, country) == country else None

        for country in self._tables.countries.values():
            entry = self._tables.entries[country.id]
            names = (entry.name, *(entry.aliases_de if lang == "de" else entry.aliases_en))
            for name in names:
                for form in (name, *inflections(name, lang)):
                    add(form, country.id)
                if lang == "de":
                    add(f"{name}er", country.id)
            for adjective in country.en if lang == "en" else ():
                add(adjective, country.id)
            for stem in country.de if lang == "de" else ():
                for ending in _ENDINGS:
                    add(stem + ending, country.id)
                    add(stem[:1].upper() + stem[1:] + ending, country.id)
            for prefix in country.prefix:
                add(prefix, country.id)
        return {text: country for text, country in forms.items() if country}

    def _german_institutions(self) -> dict[str, str]:
        """Map the inflected forms of the German institution nouns, in lower case, to ids."""
        forms: dict[str, str] = {}
        for institution in self._tables.institutions.values():
            for noun in institution.de:
                lower = noun.lower()
                for ending in ("", "s", "es", "n", "en"):
                    forms.setdefault(lower + ending, institution.id)
        return forms

    def _english_institutions(self) -> dict[str, str]:
        return {phrase.lower(): i.id for i in self._tables.institutions.values() for phrase in i.en}
