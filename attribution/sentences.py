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


# --- which mark ends a sentence ------------------------------------------------------------------------------------

_QUOTES = "\"”“»«’‘'›‹"
_CLOSERS = _QUOTES + ")\\]}"
_CANDIDATE = re.compile(rf"([.!?…]+)([{_CLOSERS}]*)(\s*)[„“”\"»«‚‘'‹›(\[]*(\w*)")
# The word before a full stop; spaced abbreviations ("z. B.", "J. K.") are one.
_BEFORE = re.compile(r"(?:(?:\b[^\W\d]\.[ \xa0\u202f]?)+[^\W\d]|[\w'’&]*\w)$")
_LONGEST_WORD = 24
_SPACES = re.compile(r"\s+")
_ROMAN = re.compile(r"[IVX]{1,5}")
# What follows a full stop without a space in a name of a site or file, not at a sentence that lost its space.
_DOMAINS = frozenset(("Com", "Net", "Org", "De", "At", "Ch", "Js", "Tv", "Info"))


def terminators(text: str, lang: Lang) -> list[int]:
    """Give the offset behind every ``.``, ``!``, ``?`` or ``…`` that ends a sentence, also inside quotations."""
    rules = load_abbreviations(lang)
    return [match.end(1) for match in _CANDIDATE.finditer(text) if _ends_sentence(match, rules, lang)]


def _ends_sentence(match: re.Match[str], rules: Abbreviations, lang: Lang) -> bool:
    text, start = match.string, match.start()
    mark, closers, gap, follows = match.groups()
    if "\n" in gap or match.end(2) == len(text):
        return True
    if not closers and not gap:
        return _ends_glued(text, start, mark, follows)
    quoted = bool(closers) and closers[0] in _QUOTES
    if mark != ".":
        # "(!)", "[…]": a remark or an omission
        return not (start and text[start - 1] in "([") and (quoted or not follows[:1].islower())
    before = _BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    decided = _word_decides(before, closers, follows, rules, lang) if before else None
    return (quoted or not follows[:1].islower()) if decided is None else decided


def _ends_glued(text: str, start: int, mark: str, follows: str) -> bool:
    """Tell a sentence end that lost its space ("… vorbei.Der Minister") from "z.B.", "3.5" and "example.com"."""
    if not follows[:1].isupper() or start == 0:
        return False
    if mark != ".":
        return True
    before = text[max(0, start - 4) : start]
    if follows in _DOMAINS or not follows[1:2].islower():
        return False
    if before[-1] in ")]" or (len(before) == 4 and before.isdigit()):
        return True
    return before[-3:].isalpha() and len(before) > 2 and (before[-2:].islower() or len(follows) > 3)


def _word_decides(before: re.Match[str], closers: str, follows: str, rules: Abbreviations, lang: Lang) -> bool | None:
    """Decide by the word before the full stop: a number, an abbreviation, an initial; None when it is none of them."""
    word = _SPACES.sub("", before.group())
    if word[-1].isdigit():
        return _number_ends(before, word, closers, follows, rules, lang)
    ends = rules.ends.get(word)
    if ends == "never":
        return False
    if ends == "before_number":
        return not follows[:1].isdigit()
    if ends or len(word) == 1 or "." in word or (lang == "de" and _ROMAN.fullmatch(word)):
        return follows in rules.starters
    return None


def _number_ends(
    before: re.Match[str], word: str, closers: str, follows: str, rules: Abbreviations, lang: Lang
) -> bool:
    """Tell an ordinal or list number ("7. Februar", "11. Brigade") from a number that ends its sentence."""
    text, start = before.string, before.start()
    opens_line = start == 0 or text[start - 1] == "\n"
    if follows[:1].islower() or opens_line or closers[:1] == ")":
        return False
    if lang == "en" or not follows or follows in rules.starters:
        return True
    # German writes ordinals with a full stop; four digits are a year, "3,5" and "2:1" are no ordinals.
    return not (word.isdigit() and len(word) < 4) or text[start - 1] in ",.:-–"


# --- where a sentence is cut ---------------------------------------------------------------------------------------

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
