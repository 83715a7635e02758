"""Find where sentences end, on characters: full stops that end nothing, and quotations that must not be torn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from attribution.errors import ConfigError
from attribution.lang import read_lexicon
from attribution.quotes import Quotation
from attribution.types import Lang, Span

Ends = Literal["never", "sometimes", "before_number"]


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Hold one language's abbreviations by how they may end a sentence, and words that surely begin one."""

    ends: dict[str, Ends]
    starters: frozenset[str]


_KEYS = {"id", "forms", "ends", "example", "lookalike"}


@cache
def load_abbreviations(lang: Lang) -> Abbreviations:
    """Load and check ``lang/<lang>/abbreviations.toml``; raise ConfigError naming the entry and key that is wrong."""
    tables = read_lexicon(lang, "abbreviations.toml")
    where = f"lang/{lang}/abbreviations.toml"
    if unknown := sorted(set(tables) - {"starters", "abbreviation"}):
        raise ConfigError(f"{where}: unknown key {unknown[0]!r}; allowed are abbreviation, starters")
    ends: dict[str, Ends] = {}
    for row in tables["abbreviation"]:
        if wrong := sorted(set(row) ^ _KEYS):
            raise ConfigError(f"{where}, entry {row.get('id', '?')!r}: unknown or missing key {wrong[0]!r}")
        if row["ends"] not in ("never", "sometimes", "before_number"):
            raise ConfigError(
                f"{where}, entry {row['id']!r}: ends is {row['ends']!r}; allowed: never, sometimes, before_number"
            )
        ends |= dict.fromkeys((form.rstrip(".") for form in row["forms"].split()), row["ends"])
    return Abbreviations(ends, frozenset(tables["starters"].split()))


_CLOSERS = "\"”“»«’‘'›‹)\\]}"
_CANDIDATE = re.compile(rf"([.!?…]+)([{_CLOSERS}]*)(\s*)[„“”\"»«‚‘'‹›(\[]*(\w*)")
_BEFORE = re.compile(r"(?:\b[^\W\d]\.[ \xa0\u202f]?)*[\w'’&]*\w$")
_SPACES = re.compile(r"\s+")
_ROMAN = re.compile(r"[IVX]{1,5}")
_QUOTE_CLOSER = frozenset("\"”“»«’‘'›‹")


def terminators(text: str, lang: Lang) -> list[int]:
    """Give the offset behind every ``.``, ``!``, ``?`` or ``…`` that ends a sentence, also inside quotations."""
    rules = load_abbreviations(lang)
    return [match.end(1) for match in _CANDIDATE.finditer(text) if _ends_sentence(match, rules, lang)]


def _ends_sentence(match: re.Match[str], rules: Abbreviations, lang: Lang) -> bool:
    text = match.string
    mark, closers, gap, follows = match.groups()
    if "\n" in gap or match.end(2) == len(text):
        return True
    start = match.start()
    glued = not closers and not gap
    if glued and not follows:
        return match.end() > match.end(3) and mark != "."
    quoted = not _QUOTE_CLOSER.isdisjoint(closers)
    if mark != ".":
        if start and text[start - 1] in "([":
            return False
        return quoted or not follows[:1].islower() and (not glued or follows[:1].isupper())
    before = _BEFORE.search(text, max(0, start - 24), start)
    word = _SPACES.sub("", before.group()) if before else ""
    if glued:
        return (
            word[-2:].islower()
            and len(word) > 2
            and follows[:1].isupper()
            and follows[1:2].islower()
            or (word[-4:].isdigit() and len(word) == 4 and follows[:1].isupper())
        )
    if word:
        if word[-1].isdigit():
            return _number_ends(text, start, word, follows, rules, lang)
        ends = rules.ends.get(word) or rules.ends.get(word[0].lower() + word[1:])
        if ends == "never":
            return False
        if ends == "before_number":
            return not follows[:1].isdigit()
        if ends or len(word) == 1 or "." in word or (lang == "de" and _ROMAN.fullmatch(word)):
            return follows in rules.starters
    return quoted or not follows[:1].islower()


def _number_ends(text: str, stop: int, word: str, follows: str, rules: Abbreviations, lang: Lang) -> bool:
    """Tell an ordinal or list number ("7. Februar", "11. Brigade") from a number that ends its sentence."""
    if follows[:1].islower():
        return False
    at_start = stop == len(word) or text[stop - len(word) - 1] == "\n"
    if lang == "en":
        return not at_start
    if at_start:
        return False
    return not follows or follows in rules.starters or not (word.isdigit() and len(word) < 4)


_BEHIND = re.compile(rf"[{_CLOSERS}]+")
_NEXT = re.compile(r"\s*(\S?)")
_GOES_ON = frozenset(",;:–—-.&")
_FRAME = re.compile(
    r"\s*(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|added|wrote|shouted|replied|told|wondered|cried|demanded)\b"
)


def split(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation], terminators: Sequence[int]
) -> tuple[tuple[Span, int], ...]:
    """Cut each paragraph into sentences (span, paragraph index), never inside a closed quotation."""
    guards = _outermost(quotations)
    found: list[tuple[Span, int]] = []
    guard, stop = 0, 0
    for index, paragraph in enumerate(paragraphs):
        start = paragraph.start
        while stop < len(terminators) and terminators[stop] < paragraph.end:
            end = terminators[stop]
            stop += 1
            if end <= start:
                continue
            while guard < len(guards) and guards[guard][1] < end:
                guard += 1
            inside = guards[guard] if guard < len(guards) else (len(text), len(text))
            cut = _cut(text, end, inside, paragraph.end)
            if cut:
                found.append((Span(start, cut), index))
                match = _NEXT.match(text, cut)
                start = match.start(1) if match else cut
        if start < paragraph.end:
            found.append((Span(start, paragraph.end), index))
    return tuple(found)


def _outermost(quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    guards: list[tuple[int, int]] = []
    for quotation in quotations:
        if quotation.closed and (not guards or quotation.start >= guards[-1][1]):
            guards.append((quotation.start, quotation.end))
    return guards


def _cut(text: str, end: int, guard: tuple[int, int], limit: int) -> int:
    """Give the place where the sentence that this terminator ends really ends, or 0 when it goes on."""
    behind = _BEHIND.match(text, end)
    cut = behind.end() if behind else end
    if guard[0] < end:
        if guard[1] - end > 4 or text[end : guard[1]].strip("\"”“»«’‘'›‹)]} \xa0"):
            return 0
        cut = guard[1]
        behind = _BEHIND.match(text, cut)
        cut = behind.end() if behind and text[cut] in ")]}" else cut
    elif guard[0] < cut:
        cut = guard[0]
    if cut >= limit:
        return 0
    if cut > end:
        follows = _NEXT.match(text, cut)
        char = follows.group(1) if follows else ""
        if char.islower() or char in _GOES_ON or (text[end - 1] in "!?" and _FRAME.match(text, cut)):
            return 0
    return cut
