"""Who is introduced by name in an article: one walk over its tokens collects names, roles and where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from attribution.nlp import Document
from attribution.sources.naming import read_mention
from attribution.sources.nouns import first_names, load_nouns, lookup
from attribution.sources.phrase import capitalised, determiner_of, is_name_part, links, particle
from attribution.sources.reading import Reading
from attribution.sources.register import Register
from attribution.types import Kind

# An article that introduces more people with one role than this gives "the minister" no clear meaning anyway.
MOST_CANDIDATES = 40
_NAME_WINDOW = 6
_ROLE_WINDOW = 5
_EASTERN = frozenset(("china", "north-korea", "south-korea", "vietnam", "taiwan"))


@dataclass(slots=True)
class Person:
    """Collect what an article says about one person; ``first`` is the token where the name first stands."""

    words: tuple[str, ...]
    gender: str
    kind: Kind
    first: int
    source_id: str | None = None
    shown: str = ""
    country: str | None = None
    roles: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Return the name to show: the register's, or the fullest one in the article."""
        return self.shown or " ".join(self.words)


class People:
    """Hold an article's people by surname and by role, and the tokens where their surnames stand."""

    def __init__(self, document: Document, register: Register) -> None:
        self._document = document
        self._register = register
        self._by_surname: dict[str, list[Person]] = {}
        self._by_role: dict[str, list[Person]] = {}
        self._places: list[int] = []
        self._strict: set[str] = set()
        self._names_at: list[str] = []
        self.group_nouns: set[str] = set()

    def collect(self, mentions: Iterable[tuple[int, Reading]]) -> None:
        """Gather the people of the mentions and then, in one walk, of the text around them."""
        wanted: dict[str, str] = {}
        roles: set[str] = set()
        for token, reading in mentions:
            if reading.sort == "person":
                self._add(self._from_reading(token, reading))
            for word in _surnames(reading):
                wanted[word] = word
                # A place or a noun is somebody's surname only behind a first name that is known as one.
                if reading.sort not in ("person", "surname"):
                    self._strict.add(word)
                if self._document.lang == "de":
                    wanted.setdefault(f"{word}s", word)
                    if word.endswith("s"):
                        wanted.setdefault(word[:-1], word[:-1])
            if reading.bare and reading.noun and reading.noun.cls.group == "person":
                roles.update(reading.roles[:1])
        bases = {role.split()[-1] for role in roles}
        wider = load_nouns(self._document.lang).wider
        bases |= {lemma for lemma, words in wider.items() if not bases.isdisjoint(words)} if bases else set()
        self._walk(wanted, tuple(bases | {f"{base}s" for base in bases if self._document.lang == "en"}))

    def named(self, surname: str, gender: str = "") -> list[Person]:
        """Return the people of a surname whose gender does not speak against it."""
        found = self._by_surname.get(surname, [])
        if not found and self._document.lang == "de" and surname.endswith("s"):
            found = self._by_surname.get(surname[:-1], [])
        return [person for person in found if not gender or not person.gender or person.gender == gender]

    def with_role(self, base: str) -> list[Person]:
        """Return the people who are introduced with a role noun or a compound of it."""
        return self._by_role.get(base, [])

    def between(self, first: int, last: int) -> list[Person]:
        """Return the people whose surname stands in a stretch of tokens outside speech, each once."""
        low, high = bisect_left(self._places, first), bisect_left(self._places, last)
        found: dict[int, Person] = {}
        for index in range(low, high):
            if self._document.quote_of[self._places[index]] < 0:
                people = self._by_surname.get(self._names_at[index], [])
                found.update((id(person), person) for person in people)
        for person in self._full_names(first, last):
            found.setdefault(id(person), person)
        return list(found.values())

    def same(self, words: Sequence[str]) -> Person | None:
        """Return the person already known by a full name; middle names and initials do not count."""
        for person in self._by_surname.get(_surname(tuple(words), None), []):
            if len(person.words) > 1 and person.words[0] == words[0]:
                return person
        return None

    def _from_reading(self, token: int, reading: Reading) -> Person:
        entry = reading.entry
        return Person(
            words=reading.words,
            gender=reading.gender if reading.gender in ("m", "f") else "",
            kind=reading.kind,
            first=token,
            source_id=entry.id if entry else None,
            shown=entry.name if entry else "",
            country=reading.country,
            roles=set(reading.roles),
            modifiers=set(reading.modifiers),
        )

    def _add(self, new: Person) -> Person:
        """Add a person, or what is new about a person who is known already."""
        surname = _surname(new.words, new.country if new.source_id else None)
        people = self._by_surname.setdefault(surname, [])
        for old in people:
            if old.source_id == new.source_id is not None or (len(new.words) > 1 and old.words[0] == new.words[0]):
                old.words = max(old.words, new.words, key=len)
                old.gender = old.gender or new.gender
                old.country = old.country or new.country
                old.kind = "expert" if new.kind == "expert" else old.kind
                old.first = min(old.first, new.first)
                old.roles |= new.roles
                old.modifiers |= new.modifiers
                self._index_roles(old)
                return old
        if len(people) < MOST_CANDIDATES:
            people.append(new)
        self._index_roles(new)
        return new

    def _index_roles(self, person: Person) -> None:
        for role in person.roles:
            people = self._by_role.setdefault(role_base(role, self._document.lang), [])
            if len(people) < MOST_CANDIDATES and all(person is not other for other in people):
                people.append(person)

    def _walk(self, wanted: dict[str, str], roles: tuple[str, ...]) -> None:
        """Walk the tokens once, looking at surnames that are asked for and at roles that are pointed back to."""
        document = self._document
        words, lower = document.words, document.lower
        if wanted:
            for index, word in enumerate(words):
                if word in wanted:
                    self._places.append(index)
                    self._names_at.append(wanted[word])
                    self._meet(index, wanted[word])
        if roles:
            for index, word in enumerate(lower):
                if word.endswith(roles):
                    self._meet_role(index)

    def _meet(self, index: int, surname: str) -> None:
        """Look at one place of a surname: is a first name in front of it, or an article that makes it a noun?"""
        start = self._name_start(index)
        if start < index:
            self._meet_name(start, index, surname)
            return
        before = self._document.lower[index - 1] if index else ""
        plural = before in ("die", "den") or determiner_of(before, "de") == "quantity"
        if self._document.lang == "de" and plural and surname.endswith(("er", "en", "e", "n")):
            self.group_nouns.add(surname)

    def _meet_name(self, start: int, index: int, surname: str) -> None:
        """Add the person of a full name, with the titles and roles right in front of it."""
        words, lang = self._document.words, self._document.lang
        left = start
        while left > max(0, start - 2):
            noun = lookup(words[left - 1], lang)
            if noun is None or noun.cls.group not in ("person", "title"):
                break
            left -= 1
        name = (*words[start:index], surname)
        gender = next((first_names()[word] for word in name if word in first_names()), "")
        person = Person(name, gender, "person", start)
        if left < start:
            reading = read_mention(" ".join((*words[left:index], surname)), lang, self._register)
            if reading.sort == "person":
                person = self._from_reading(start, reading)
        self._add(self._known(person))

    def _known(self, person: Person) -> Person:
        """Take over what the register knows about a person."""
        entry = self._register.exact(" ".join(person.words), self._document.lang)
        if entry and entry.kind == "person":
            person.source_id, person.shown, person.country = entry.id, entry.name, entry.country
            person.kind = entry.kind
        return person

    def _name_start(self, index: int) -> int:
        """Return the token where the first name before a surname begins, or ``index`` without one."""
        words, names = self._document.words, first_names()
        sentence = self._document.sentences[self._document.sentence_of[index]].first
        lowest = max(sentence, index - _NAME_WINDOW)
        at = index - 1
        while at > lowest and (_initial(words[at]) or (particle(words[at]) and words[at].islower())):
            at -= 1
        if at < lowest or not is_name_part(words[at]):
            return index
        known = words[at] in names
        if not known and (
            words[index] in self._strict
            or lookup(words[at], self._document.lang)
            or not self._may_be_first_name(at, sentence)
        ):
            return index
        while at > lowest and words[at] in names and (words[at - 1] in names or _initial(words[at - 1])):
            # "Oberst a. D. Jens Kolb" has no initial.
            if words[at - 2] in ("a.", "i."):
                break
            at -= 1
        return at

    def _may_be_first_name(self, at: int, sentence: int) -> bool:
        """Tell whether an unknown capitalised word can be a first name: no noun with an article, no sentence opener."""
        if at == sentence:
            return False
        before = self._document.words[at - 1]
        if capitalised(before):
            noun = lookup(before, self._document.lang)
            return bool(noun and noun.cls.group in ("person", "title"))
        if determiner_of(before, self._document.lang) != "none":
            return False
        return self._document.lang == "en" or not before.endswith(("e", "en", "er", "es", "em"))

    def _meet_role(self, index: int) -> None:
        """Look at one place of a role noun: whom does it introduce, in front of a name or behind one and a comma?"""
        document = self._document
        words = document.words
        noun = lookup(words[index], document.lang)
        if noun is None or noun.cls.group != "person":
            return
        last = document.sentences[document.sentence_of[index]].last
        end = index + 1
        while end < min(last, index + _NAME_WINDOW) and (is_name_part(words[end]) or particle(words[end])):
            end += 1
        if end > index + 1:
            self._introduce(index, self._adjectives_start(index), words[index + 1 : end], index + 1)
            return
        first = document.sentences[document.sentence_of[index]].first
        at = index - 1
        while at > max(first, index - _ROLE_WINDOW) and words[at] != ",":
            at -= 1
        if at > first and words[at] == ",":
            start = self._name_start(at - 1)
            if start < at - 1:
                self._introduce(index, at + 1, words[start:at], start)

    def _adjectives_start(self, index: int) -> int:
        """Return the token where the adjectives and countries in front of a role noun begin."""
        words, lang, start = self._document.words, self._document.lang, index
        opener = self._document.sentences[self._document.sentence_of[index]].first
        while start > max(0, index - 2):
            word = words[start - 1]
            country = self._register.composer.countries_in((word,), lang)
            small = word.islower() or (lang == "en" and start - 1 == opener)
            plain = small and word.isalpha() and not links(word, lang) and determiner_of(word, lang) == "none"
            if not country and not (plain and (lang == "en" or word.endswith(("e", "en", "er", "em")))):
                break
            start -= 1
        return start

    def _introduce(self, index: int, left: int, name: list[str], start: int) -> None:
        """Note that a role noun introduces a name, if that is a person's."""
        document = self._document
        text = " ".join((*document.words[left : index + 1], *name))
        reading = read_mention(text, document.lang, self._register)
        if reading.sort == "person":
            self._add(self._from_reading(start, reading))
        elif reading.sort == "surname" and len(found := self.named(reading.words[-1])) == 1:
            found[0].roles.update(reading.roles)
            found[0].first = min(found[0].first, start)
            self._index_roles(found[0])

    def _full_names(self, first: int, last: int) -> list[Person]:
        """Find people in a short stretch by their first names alone, for a pronoun that may mean them."""
        words, names, found, index = self._document.words, first_names(), [], first
        while index < last - 1:
            end = index + 1
            if words[index] in names and self._document.quote_of[index] < 0:
                while end < last and (is_name_part(words[end]) or _initial(words[end])):
                    end += 1
                if end > index + 1:
                    name = tuple(words[index:end])
                    known = self.same(name)
                    found.append(known or self._add(self._known(Person(name, names[name[0]], "person", index))))
            index = end
        return found


def role_base(role: str, lang: str) -> str:
    """Return the plain noun of a role: "minister" for "verteidigungsminister" and for "defence minister"."""
    if lang == "en":
        return role.rsplit(maxsplit=1)[-1]
    noun = lookup(role.capitalize(), "de")
    return noun.form.lemma if noun else role


def _surnames(reading: Reading) -> tuple[str, ...]:
    """Return the surname a mention would have to be looked up by."""
    if reading.sort in ("person", "surname") and reading.words:
        country = reading.country if reading.entry else None
        return (_surname(reading.words, country),)
    return reading.words[-1:]


def _surname(words: tuple[str, ...], country: str | None) -> str:
    """Return the word a person is called by; Chinese and Korean surnames come first."""
    return words[0] if country in _EASTERN and len(words) > 1 else words[-1]


def _initial(word: str) -> bool:
    return len(word) == 2 and word[1] == "." and word[0].isupper()
