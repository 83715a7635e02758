"""Find out whom each mention of an article means: the same source under one name, or an explicit abstention."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attribution.nlp import Document, Sentence
from attribution.sources.acronyms import definitions, shouted
from attribution.sources.entries import Entry
from attribution.sources.institutions import named_institutions
from attribution.sources.naming import read_mention
from attribution.sources.people import MOST_CANDIDATES, People, Person, role_base
from attribution.sources.phrase import capitalised
from attribution.sources.reading import Reading
from attribution.sources.register import Register
from attribution.types import Kind, Naming, Span

# How far behind a mention a source may ask not to be named, in characters.
_BEHIND = 90
# Sentences that a pronoun may look back, its own included, and tokens of each of them.
_SENTENCES_BACK = 3
_TOKENS_BACK = 80
# A sentence about two people at once leaves a later "he" open.
_BOTH = {"de": frozenset(("beide", "beiden")), "en": frozenset(("both", "two", "pair"))}
_RELATIVE_OPENERS = (",", "(", "who", "speaking", "asking", "die", "der")


@dataclass(frozen=True, slots=True)
class Identity:
    """Hold whom a mention means.

    ``name`` is the register's name or the fullest one in the article; mentions of one source share it. ``source_id``
    is the register's id or one derived from country and institution ("ukraine:intelligence"), None where unresolved.
    """

    name: str
    source_id: str | None
    kind: Kind
    naming: Naming
    reliability: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """Hold a source that was mentioned, for what may point back to it."""

    identity: Identity
    token: int
    sentence: int
    gender: str
    person: bool
    roles: tuple[str, ...]
    modifiers: frozenset[str]
    country: str | None


def identify(document: Document, mentions: Sequence[Span], register: Register) -> list[Identity]:
    """Find out whom each mention means; ``mentions`` are character spans in text order."""
    readings = [_read(document, span, register) for span in mentions]
    tokens = [max(0, min(bisect_left(document.starts, start), len(document.starts) - 1)) for start, _ in mentions]
    resolver = _Resolver(document, register, list(zip(tokens, readings, strict=True)))
    return [
        resolver.resolve(span, token, reading) for span, token, reading in zip(mentions, tokens, readings, strict=True)
    ]


def _read(document: Document, span: Span, register: Register) -> Reading:
    start, end = span
    text = document.text
    behind = text[end : end + _BEHIND].lstrip()
    if not behind.lower().startswith(_RELATIVE_OPENERS):
        behind = ""
    stops = [at for at in (behind.find(mark) for mark in '.!?;\n“”"') if at >= 0]
    return read_mention(text[start:end], document.lang, register, behind[: min(stops)] if stops else behind)


class _Resolver:
    """Walk an article's mentions in order and remember whom they meant."""

    def __init__(self, document: Document, register: Register, mentions: list[tuple[int, Reading]]) -> None:
        self._document = document
        self._register = register
        self._people = People(document, register)
        self._people.collect(mentions)
        self._acronyms = self._introduced_acronyms(mentions)
        self._by_sentence: dict[int, list[_Known]] = {}
        self._by_role: dict[str, dict[str, _Known]] = {}
        self._shared: dict[str, Entry | None] = {}
        self._meet_institutions(mentions)

    def resolve(self, span: Span, token: int, reading: Reading) -> Identity:
        """Resolve one mention and remember it."""
        person = self._person(token, reading)
        if person:
            identity = self._of_person(person)
            gender, is_person, country = person.gender, True, person.country
        else:
            known = self._pointed_to(span, token, reading)
            if known:
                self._remember(known, token, known.roles)
                return known.identity
            identity = self._plain(reading)
            gender, country = reading.gender, reading.country
            is_person = reading.sort in ("person", "surname") or bool(
                reading.noun
                and reading.noun.cls.group in ("person", "anonymous")
                and reading.gender != "p"
                and reading.naming in ("role", "named", "unnamed")
            )
        sentence = self._sentence(token)
        found = _Known(identity, token, sentence, gender, is_person, reading.roles, reading.modifiers, country)
        if reading.sort not in ("pronoun", "evidence"):
            self._remember(found, token, () if reading.bare else reading.roles)
        return identity

    # People by name

    def _person(self, token: int, reading: Reading) -> Person | None:
        """Return the one person that a name in the mention can mean."""
        if reading.sort == "person":
            return self._people.same(reading.words) or self._only(self._people.named(reading.words[-1]), token)
        if not reading.words:
            return None
        gender = reading.gender if reading.gender in ("m", "f") else ""
        return self._only(self._people.named(reading.words[-1], gender), token)

    @staticmethod
    def _only(people: list[Person], token: int) -> Person | None:
        """Return the only person, or the only one who was introduced so far."""
        before = [person for person in people if person.first <= token]
        return (before or people)[0] if len(before or people) == 1 else None

    def _of_person(self, person: Person) -> Identity:
        reliability = self._register.reliability(person.source_id)
        return Identity(person.name, person.source_id, person.kind, "named", reliability)

    def _plain(self, reading: Reading) -> Identity:
        """Name a mention by what it says itself."""
        entry = reading.entry
        if entry:
            return Identity(entry.name, entry.id, entry.kind, reading.naming, self._register.reliability(entry.id))
        if reading.sort == "surname" and reading.name in self._people.group_nouns:
            return Identity(reading.name, None, "public", "collective")
        return Identity(reading.name, None, reading.kind, reading.naming)

    # Short forms, roles and pronouns

    def _pointed_to(self, span: Span, token: int, reading: Reading) -> _Known | None:
        """Return the source that a short name, a role or a pronoun points back to."""
        if defined := self._acronyms.get(self._document.text[span.start : span.end].split(" ")[-1]):
            return defined if defined.identity.name != reading.name else None
        if reading.shared and (entry := self._entry_in_article(reading)):
            return self._of_entry(entry, token, reading)
        if reading.bare and reading.roles:
            return self._with_role(token, reading)
        if reading.aged:
            return self._antecedent(token, reading.gender, people_only=True)
        if reading.sort == "pronoun":
            return self._pronoun(span, token, reading)
        return None

    def _of_entry(self, entry: Entry, token: int, reading: Reading) -> _Known:
        naming: Naming = "named" if entry.kind == "person" else "organisation"
        identity = Identity(entry.name, entry.id, entry.kind, naming, self._register.reliability(entry.id))
        return _Known(identity, token, self._sentence(token), reading.gender, entry.kind == "person", reading.roles,
                      reading.modifiers, entry.country)  # fmt: skip

    def _entry_in_article(self, reading: Reading) -> Entry | None:
        """Return the only entry of a shared short name ("the Times") whose fuller name stands in the article."""
        key = " ".join(sorted(entry.id for entry in reading.shared))
        if key not in self._shared:
            found = [entry for entry in reading.shared if self._stands_in_text(entry)]
            self._shared[key] = found[0] if len(found) == 1 else None
        return self._shared[key]

    def _stands_in_text(self, entry: Entry) -> bool:
        aliases = (entry.name, *entry.aliases_de, *entry.aliases_en)
        names = (alias.removeprefix("The ") for alias in aliases)
        return any(name in self._document.text for name in names if name not in entry.short)

    def _with_role(self, token: int, reading: Reading) -> _Known | None:
        """Return the one source introduced with a role; of several, the one in this or the last sentence."""
        role = reading.roles[0]
        base = role_base(role, self._document.lang)
        candidates: dict[str, _Known] = {}
        for person in self._people.with_role(base):
            if person.first < token and self._fits_role(role, reading, person.roles, person.modifiers, person.country):
                if person.gender and reading.gender in ("m", "f") and person.gender != reading.gender:
                    continue
                candidates[person.name] = self._known_person(person, person.first)
        for known in self._by_role.get(base, {}).values():
            if known.token < token and self._fits_role(role, reading, known.roles, known.modifiers, known.country):
                candidates.setdefault(known.identity.name, known)
        if len(candidates) > 1:
            near = self._nearby(token, candidates)
            candidates = near if near else candidates
        return next(iter(candidates.values())) if len(candidates) == 1 else None

    def _nearby(self, token: int, candidates: dict[str, _Known]) -> dict[str, _Known]:
        """Keep the candidates that were mentioned in this sentence or the one before."""
        sentence = self._sentence(token)
        near = {known.identity.name for s in (sentence, sentence - 1) for known in self._by_sentence.get(s, ())}
        first = self._document.sentences[max(0, sentence - 1)].first
        near |= {person.name for person in self._people.between(max(first, token - _TOKENS_BACK), token)}
        near |= {known.identity.name for known in candidates.values() if known.token >= first}
        return {name: known for name, known in candidates.items() if name in near}

    def _fits_role(
        self, role: str, reading: Reading, roles: Iterable[str], modifiers: Iterable[str], country: str | None
    ) -> bool:
        """Tell whether somebody introduced with ``roles`` can be meant by the narrower or equal ``role``."""
        if reading.country and reading.country != country:
            return False
        if not reading.modifiers <= set(modifiers):
            return False
        if self._document.lang == "de":
            return any(other.endswith(role) for other in roles)
        # A capital at the head of a sentence made "Environment minister" a minister with a modifier.
        *narrower, base = role.split()
        spelled = base in roles and bool(narrower) and set(narrower) <= set(modifiers)
        return spelled or any(other == role or other.endswith(f" {role}") for other in roles)

    def _known_person(self, person: Person, token: int) -> _Known:
        return _Known(self._of_person(person), token, self._sentence(token), person.gender, True, tuple(person.roles),
                      frozenset(person.modifiers), person.country)  # fmt: skip

    def _pronoun(self, span: Span, token: int, reading: Reading) -> _Known | None:
        sort = reading.gender
        if sort == "speaker":
            return None
        if sort == "relative":
            return self._before_relative(token)
        if sort in ("any", "self"):
            return (self._subject_behind(span) if sort == "self" else None) or self._antecedent(token, "any")
        if sort == "this":
            word = reading.name.lower()
            sort = {"dieser": "m", "jener": "m", "letzterer": "m", "dieses": "n"}.get(word, "f p")
            return self._antecedent(token, sort) if self._document.lang == "de" else None
        if sort == "f p" and (number := self._number(span, token)):
            sort = number
        return self._antecedent(token, sort, people_only=self._document.lang == "en" and sort in ("m", "f"))

    def _number(self, span: Span, token: int) -> str:
        """Tell by the verb beside it whether the German "sie" is one woman or several people."""
        lower = self._document.lower
        after = bisect_left(self._document.starts, span.end)
        for index in (after, token - 1):
            word = lower[index] if 0 <= index < len(lower) else ""
            if word.endswith(("ten", "ben", "gen", "nen", "fen", "sen", "ßen", "den", "hen", "seien", "sind", "rden")):
                return "p"
            if word.endswith(("te", "t", "sei", "ab", "ieb", "ief", "ach", "ies", "habe", "wolle", "werde")):
                return "f"
        return ""

    def _antecedent(self, token: int, gender: str, people_only: bool = False) -> _Known | None:
        """Return the nearest fitting source before a pronoun, or None where two fit in the nearest sentence."""
        document, here = self._document, self._sentence(token)
        paragraph = document.sentences[here].paragraph
        for back in range(min(_SENTENCES_BACK, here + 1)):
            sentence = document.sentences[here - back]
            if sentence.paragraph != paragraph and (back > 1 or sentence.paragraph != paragraph - 1):
                break
            last = token if back == 0 else sentence.last
            spoken = {
                known.identity.name: known
                for known in self._by_sentence.get(here - back, ())
                if known.token < last and self._fits(known, gender, people_only)
            }
            if not spoken and gender not in ("n", "p", "any"):
                first = max(sentence.first, last - _TOKENS_BACK)
                people = (self._known_person(person, token) for person in self._people.between(first, last))
                spoken = {known.identity.name: known for known in people if self._fits(known, gender, True)}
            if spoken:
                return next(iter(spoken.values())) if len(spoken) == 1 else None
            if back and gender in ("m", "f") and not _BOTH[document.lang].isdisjoint(self._words(sentence)):
                return None
        return None

    def _words(self, sentence: Sentence) -> list[str]:
        return self._document.lower[sentence.first : min(sentence.last, sentence.first + _TOKENS_BACK)]

    def _fits(self, known: _Known, gender: str, people_only: bool) -> bool:
        """Tell whether a source agrees with a pronoun in gender and number."""
        if gender == "any":
            return True
        if people_only and not known.person:
            return False
        wanted, own = set(gender.split()), set(known.gender.split())
        if self._document.lang == "en" and not known.person:
            own = {"n", "p"} if own <= {"n"} else own
        if not own:
            return known.person and bool(wanted & {"m", "f"})
        return bool(wanted & own)

    def _before_relative(self, token: int) -> _Known | None:
        """Read the noun phrase right before "who" or a relative "der" as the source."""
        words = self._document.words
        sentence = self._document.sentences[self._sentence(token)]
        end = token
        while end > sentence.first and words[end - 1] in (",", "–", "—", "-"):
            end -= 1
        start = end
        while start > max(sentence.first, end - 6) and capitalised(words[start - 1]):
            start -= 1
        if start == end:
            start = max(sentence.first, end - 1)
        if (
            start > sentence.first
            and words[start - 1].islower()
            and words[start - 1] in ("the", "a", "an", "der", "die", "das", "ein", "eine")
        ):
            start -= 1
        return self._known_in(start, end)

    def _subject_behind(self, span: Span) -> _Known | None:
        """Read the subject after "nach eigenen Angaben hat …" as the source."""
        document = self._document
        at = bisect_left(document.starts, span.end)
        if at + 2 >= len(document.words) or capitalised(document.words[at]) or not document.words[at].isalpha():
            return None
        end = start = at + 1
        last = min(document.sentences[self._sentence(at)].last, start + 6)
        while end < last and (end == start or document.words[end][:1].isalpha()):
            end += 1
            if capitalised(document.words[end - 1]) and end < last and not capitalised(document.words[end]):
                break
        return self._known_in(start, end)

    def _known_in(self, first: int, last: int) -> _Known | None:
        """Resolve a stretch of tokens as a mention of its own."""
        document = self._document
        if first >= last:
            return None
        text = document.text[document.starts[first] : document.ends[last - 1]]
        reading = read_mention(text, document.lang, self._register)
        if reading.sort in ("pronoun", "evidence") or (
            not any(map(capitalised, document.words[first:last])) and not reading.noun
        ):
            return None
        person = self._person(first, reading)
        if person:
            return self._known_person(person, first)
        identity = self._plain(reading)
        is_person = reading.sort in ("person", "surname")
        return _Known(identity, first, self._sentence(first), reading.gender, is_person, reading.roles,
                      reading.modifiers, reading.country)  # fmt: skip

    # Memory

    def _remember(self, known: _Known, token: int, roles: tuple[str, ...]) -> None:
        sentence = self._sentence(token)
        here = _Known(
            known.identity, token, sentence, known.gender, known.person, known.roles, known.modifiers, known.country
        )
        recent = self._by_sentence.setdefault(sentence, [])
        if len(recent) < MOST_CANDIDATES:
            recent.append(here)
        self._index_roles(here, roles)

    def _index_roles(self, known: _Known, roles: Iterable[str]) -> None:
        for role in roles:
            same = self._by_role.setdefault(role_base(role, self._document.lang), {})
            same.setdefault(known.identity.name, known)
            if len(same) > MOST_CANDIDATES:
                same.pop(next(iter(same)))

    def _sentence(self, token: int) -> int:
        return self._document.sentence_of[token] if self._document.sentence_of else 0

    def _meet_institutions(self, mentions: list[tuple[int, Reading]]) -> None:
        """Note the institutions named in the running text that "das Unternehmen" or "the board" may go back to."""
        document = self._document
        asked = {
            role_base(reading.roles[0], document.lang)
            for _, reading in mentions
            if reading.bare and reading.roles and reading.noun and reading.noun.cls.group == "institution"
        }
        for token, text in named_institutions(document, asked):
            reading = read_mention(text, document.lang, self._register)
            if reading.naming == "organisation" and reading.sort in ("organisation", "entry"):
                self._index_roles(self._plain_known(token, reading), reading.roles)

    def _introduced_acronyms(self, mentions: list[tuple[int, Reading]]) -> dict[str, _Known]:
        """Map the acronyms that the article itself introduces ("Institut für Sozialwesen (ISW)") to their long form."""
        found: dict[str, _Known] = {}
        wanted: set[str] = set()
        for token, reading in mentions:
            if reading.acronym and reading.naming == "organisation":
                found.setdefault(reading.acronym, self._plain_known(token, reading))
            elif reading.words[:1] == (reading.name,) or reading.sort in ("entry", "organisation"):
                wanted.update(shouted(self._document, token))
        for token, acronym, text in definitions(self._document, wanted - found.keys()):
            reading = read_mention(text, self._document.lang, self._register)
            if reading.naming == "organisation" or reading.sort in ("person", "surname"):
                found.setdefault(acronym, self._plain_known(token, reading))
        return found

    def _plain_known(self, token: int, reading: Reading) -> _Known:
        identity = self._plain(reading)
        if reading.entry is None and identity.naming == "named":
            identity = Identity(identity.name, None, "organisation", "organisation")
        return _Known(identity, token, self._sentence(token), reading.gender, False, reading.roles, reading.modifiers,
                      reading.country)  # fmt: skip
