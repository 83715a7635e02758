"""Pair quotation marks on characters, before any tokeniser, and tell speech from names and scare quotes.

Every decision about where a quotation starts and ends is taken inside one paragraph, so a stray mark never reaches
the next one; only ``continues`` looks back across the border. Marks are read in runs of adjacent marks: what stands
before and behind the run says whether its marks open or close, and a stack pairs them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from attribution.errors import ConfigError
from attribution.lang import read_lexicon
from attribution.types import Lang, Span

QuotationKind = Literal["speech", "term"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Hold one quotation: ``start`` is the opening mark, ``end`` lies behind the closing one.

    ``kind`` is ``speech`` for words that somebody said or wrote (also a quoted fragment of speech), ``term`` for a
    title, a name or a word held at arm's length. ``depth`` is 0 for an outermost quotation. ``closed`` is False when
    the closing mark is missing (the quotation then ends with its paragraph) or the next paragraph goes on with it.
    ``continues`` is True for a paragraph that repeats the opening mark of a quotation begun in the one before.
    """

    start: int
    end: int
    kind: QuotationKind
    depth: int = 0
    closed: bool = True
    continues: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    char: str
    opens: bool
    closes: bool


class _Pair(NamedTuple):
    start: int
    end: int
    inner: int
    closed: bool


# --- marks: which may open, which may close ------------------------------------------------------------------------

_SINGLE = frozenset("‚‘’'‹›")
_APOSTROPHES = frozenset("'’")
_RUN = re.compile(r"[„“”\"»«‚‘‹›`'’]+")
_MARK = re.compile(r"''|``|[^`]")
# Marks of one class close each other's quotations: news mixes „…", "…“ and ``…" freely.
_CLASS = dict.fromkeys(("„", "“", "”", '"', "''", "``"), 0) | dict.fromkeys("»«", 1)
_CLASS |= dict.fromkeys("‚‘’'", 2) | dict.fromkeys("‹›", 3)
_BEFORE_OPENING = frozenset("([{—–-/¿¡=>")
_BEHIND_CLOSING = frozenset(")]}—–-/.,;:!?…<")
# Words and numbers that begin with an apostrophe: '90s, 'n', 'ne, 'em. Such an apostrophe opens nothing.
_ELISION = re.compile(r"(?:\d\ds?|n|ne[nmrs]?|s|em|til|tis|twas|cause|bout|ran|rum)\b", re.IGNORECASE)


def find_quotations(text: str, paragraphs: Sequence[Span], lang: Lang) -> tuple[Quotation, ...]:
    """Find the quotations of a text, ordered by start; each lies in one paragraph and none crosses another."""
    runs = [match.span() for match in _RUN.finditer(text) if not _inside_word(match)]
    starts = [start for start, _ in runs]
    found: list[Quotation] = []
    unclosed = False
    for paragraph in paragraphs:
        low = bisect_left(starts, paragraph.start)
        high = bisect_left(starts, paragraph.end, low)
        if low == high:
            unclosed = False
            continue
        marks = [mark for run in runs[low:high] for mark in _read_run(text, run, paragraph)]
        quotations = _classify(text, paragraph, _pair(text, paragraph, _without_possessives(text, marks)), lang)
        if unclosed and quotations and quotations[0].start == paragraph.start and quotations[0].kind == "speech":
            quotations[0] = replace(quotations[0], continues=True)
        unclosed = any(not quotation.closed for quotation in quotations)
        found += quotations
    return tuple(found)


def _inside_word(match: re.Match[str]) -> bool:
    """Pass over the apostrophe of "don't" and "Kim’s", by far the most frequent of these characters."""
    text, (start, end) = match.string, match.span()
    if end - start > 1 or text[start] not in _APOSTROPHES:
        return False
    return text[start - 1].isalnum() and text[end : end + 1].isalnum()


def _read_run(text: str, run: tuple[int, int], paragraph: Span) -> Iterator[_Mark]:
    """Decide for each mark of a run, by what stands around the run, whether it may open, close, or do both."""
    start, end = run
    before = text[start - 1] if start > paragraph.start else " "
    behind = text[end] if end < paragraph.end else " "
    may_open = before.isspace() or before in _BEFORE_OPENING
    may_close = behind.isspace() or behind in _BEHIND_CLOSING
    feet = before.isdigit() and text[start - 2 : start - 1] in _APOSTROPHES
    for match in _MARK.finditer(text, start, end):
        char = match.group()
        if char in "„”``":
            opens, closes = char != "”" or (may_open and not may_close), char == "”"
        elif char in _SINGLE:
            opens = may_open and not may_close and char != "’" and not _ELISION.match(text, match.end())
            closes = may_close and not before.isspace() and char != "‚"
        else:
            unsure = may_open == may_close
            inside_word = char in ('"', "''") and before.isalnum() and behind.isalnum()
            opens, closes = (may_open or unsure) and not inside_word, may_close or unsure
        if (opens or closes) and not (feet and char in "\"''"):
            yield _Mark(*match.span(), char, opens, closes)


def _without_possessives(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Drop the apostrophe of ‘the miners’ union won,’ which else would close the quotation."""
    kept = []
    next_closes = False
    for mark in reversed(marks):
        start, end = mark.start, mark.end
        if mark.char in _APOSTROPHES and not mark.opens:
            if next_closes and text[start - 1] in "sS" and text[end] == " " and text[end + 1 : end + 2].isalpha():
                continue
            next_closes = text[start - 1] in ",.!?"
        elif mark.char in _SINGLE:
            next_closes = False
        kept.append(mark)
    return kept[::-1]


# --- pairs ---------------------------------------------------------------------------------------------------------


def _pair(text: str, paragraph: Span, marks: list[_Mark]) -> list[_Pair]:
    """Pair marks with a stack; what stays open and stands where speech begins runs to the end of the paragraph."""
    stack: list[_Mark] = []
    open_count = [0, 0, 0, 0]
    pairs: list[_Pair] = []
    for mark in marks:
        cls = _CLASS[mark.char]
        # A single mark never reaches past an open double one: there it is an apostrophe or stray.
        matched = open_count[cls] > 0 and (cls < 2 or _CLASS[stack[-1].char] == cls)
        if mark.closes and matched:
            closed = -1
            while closed != cls:
                opener = stack.pop()
                closed = _CLASS[opener.char]
                open_count[closed] -= 1
            pairs.append(_Pair(opener.start, mark.end, opener.end, True))
        elif mark.opens:
            stack.append(mark)
            open_count[cls] += 1
    if lone := _unclosed(text, paragraph, stack, pairs):
        pairs.append(_Pair(lone.start, paragraph.end, lone.end, False))
    pairs.sort()
    return pairs


def _unclosed(text: str, paragraph: Span, stack: list[_Mark], pairs: list[_Pair]) -> _Mark | None:
    """Find the opening mark whose quotation runs on to the end of the paragraph; all others left are stray.

    It stands where speech begins (at the start, behind a colon, a comma or the end of a sentence), and no whole
    quotation with the same mark follows it: such a one would make the lone mark the stray one.
    """
    opener = next((mark for mark in reversed(stack) if _CLASS[mark.char] < 2 or mark.char == "‘"), None)
    if opener is None:
        return None
    before = text[max(paragraph.start, opener.start - 2) : opener.start].rstrip()
    if before and before[-1] not in ":,.!?":
        return None
    if any(pair.start > opener.start and text.startswith(opener.char, pair.start) for pair in pairs):
        return None
    return opener


def _classify(text: str, paragraph: Span, pairs: list[_Pair], lang: Lang) -> list[Quotation]:
    """Give each pair its depth and kind, in order, so that a series is judged by its first member too."""
    found: list[Quotation] = []
    enclosing: list[_Pair] = []
    for pair in pairs:
        start, end, inner, closed = pair
        while enclosing and enclosing[-1].end <= start:
            enclosing.pop()
        low = enclosing[-1].inner if enclosing else paragraph.start
        signs = ["base"] if closed else ["base", "unclosed"]
        if enclosing:
            signs.append("nested")
        if found and 0 <= start - found[-1].end <= 8 and _SERIES.fullmatch(text, found[-1].end, start):
            signs.append("series_" + found[-1].kind)
        if inner - start == 1 and text[start] in _SINGLE:
            signs.append("single_mark")
        points = _judge(
            text[max(low, start - WINDOW_BEFORE) : start],
            text[inner : min(end, inner + WINDOW_INSIDE)],
            text[end : min(paragraph.end, end + WINDOW_BEHIND)],
            tuple(signs),
            lang,
        )
        found.append(Quotation(start, end, "speech" if points > 0 else "term", len(enclosing), closed))
        enclosing.append(pair)
    return found


# --- speech or term: points for every sign -------------------------------------------------------------------------

# How many characters are read around and inside a quotation, so that judging one never depends on the text's length:
# about a dozen words before, seven inside, and the start of a reporting clause behind. Chosen once, not tuned.
WINDOW_BEFORE, WINDOW_INSIDE, WINDOW_BEHIND = 90, 160, 50
# Of the longer quotations in the training articles 327 of 336 (Wikinews) and 5361 of 5625 (PolNeAR) lie in attributed
# content; the words around them are not looked up unless they look like a title.
LONG = 7
FARTHEST = 15
SHAPES = (
    "base", "unclosed", "attribute", "one_word", "two_words", "six_words", "eight_words", "stop_inside",
    "question_inside", "comma_inside", "lower_start", "lower_phrase", "title_case", "after_colon", "after_comma",
    "starts_sentence", "behind_nothing", "behind_stop", "behind_bracket", "behind_hyphen", "behind_capital",
    "single_mark", "nested", "series_speech", "series_term",
)  # fmt: skip
_BOUNDARY = re.compile(r"[.!?…][\"”“»’'‘)]*\s")
_CLAUSE = re.compile(r"[^.;:!?\n]*")
_WORDS = re.compile(r"\w+(?:[-'’]\w+)*")
_SERIES = re.compile(r",?\s*(?:und|oder|sowie|bzw\.|and|or|&|/)?,?\s*")
_CLOSING_MARKS = "“”\"»«‘’'›‹ \xa0"
_ENDS = {".": "stop_inside", "…": "stop_inside", "!": "question_inside", "?": "question_inside", ",": "comma_inside"}
# Words that stay small in an English title or a foreign name.
_ENGLISH_SMALL = ("the", "of", "a", "an", "and", "to", "in", "on", "for", "at", "with", "from", "by", "de", "la", "le")
_GERMAN_SMALL = ("der", "die", "das", "des", "dem", "den", "und", "von", "zu", "für", "im", "am", "aus", "bei", "du")
_SMALL = frozenset((*_ENGLISH_SMALL, *_GERMAN_SMALL))


@lru_cache(maxsize=4096)
def _judge(before: str, inside: str, behind: str, signs: tuple[str, ...], lang: Lang) -> int:
    """Add up the points for speech; cached, so that a text of a million equal marks is judged once."""
    points = load_quote_cues(lang).points
    return sum(points[sign] for sign in (*signs, *_evidence(before, inside, behind, lang)))


def _evidence(before: str, inside: str, behind: str, lang: Lang) -> list[str]:
    """List the signs, by their keys in ``quotes.toml``, that speak for or against speech."""
    if before.endswith("="):
        return ["attribute"]
    inside = inside.rstrip(_CLOSING_MARKS)
    words = inside.split()
    shape = _shape(inside, words)
    if len(words) > LONG and "title_case" not in shape:
        return shape
    before = before[max((match.end() for match in _BOUNDARY.finditer(before)), default=0) :]
    size = "_short" if len(words) < 4 else ""
    return shape + _before(before) + _behind(behind) + _cues(before, inside, behind, size, lang)


def _cues(before: str, inside: str, behind: str, size: str, lang: Lang) -> list[str]:
    """Look up the words around and inside; each list counts once, however many of its words are there."""
    clause = _CLAUSE.match(behind)
    keys: set[str] = set()
    for place, words in (
        ("before", _WORDS.findall(before)[::-1]),
        ("inside", _WORDS.findall(inside)),
        ("behind", _WORDS.findall(clause.group()) if clause else []),
    ):
        for number, word in enumerate(words[:FARTHEST]):
            for key, within in _classes(lang, place, word):
                if number < within:
                    keys.add(key + size)
    return sorted(keys)


def _shape(inside: str, words: list[str]) -> list[str]:
    count = len(words)
    signs = []
    if count < 3:
        signs.append("two_words" if count == 2 else "one_word")
    elif count > 5:
        signs.append("eight_words" if count > LONG else "six_words")
    if inside and inside[-1] in _ENDS:
        signs.append(_ENDS[inside[-1]])
    first = next(filter(str.isalnum, inside), "")
    if first.islower():
        signs += ["lower_start", "lower_phrase"] if count > 1 else ["lower_start"]
    elif count > 1 and first.isupper() and all(_looks_like_title(word) for word in words):
        signs.append("title_case")
    return signs


def _looks_like_title(word: str) -> bool:
    return not word.lstrip("([“„‘'\"")[:1].islower() or word.strip(",.:;") in _SMALL


def _before(before: str) -> list[str]:
    stripped = before.rstrip()
    if not stripped:
        return ["starts_sentence"]
    return {":": ["after_colon"], ",": ["after_comma"]}.get(stripped[-1], [])


def _behind(behind: str) -> list[str]:
    if not behind or behind.isspace():
        return ["behind_nothing"]
    if behind[0] in ".;":
        return ["behind_stop"]
    if behind[0] in "-‐‑":
        return ["behind_hyphen"]
    if behind.startswith(" ("):
        return ["behind_bracket"]
    return ["behind_capital"] if behind[0].isspace() and behind[1:2].isupper() else []


# --- the word lists ------------------------------------------------------------------------------------------------

Place = Literal["before", "inside", "behind"]
_REQUIRED = frozenset(("id", "place", "within", "words", "points", "example", "lookalike"))


@dataclass(frozen=True, slots=True)
class QuoteCue:
    """Describe words that tell speech from terms by standing within so many words before, inside or behind a quotation.

    ``words`` may end in ``*``. ``points`` count for quotations of four and more words, ``short`` for shorter ones;
    above 0 they speak for speech. ``example`` is a text whose first quotation is of the kind that the points speak
    for and has one of the words in place; the first quotation of ``lookalike`` is of the other kind.
    """

    id: str
    place: Place
    within: int
    words: re.Pattern[str]
    points: int
    short: int
    example: str
    lookalike: str


@dataclass(frozen=True, slots=True)
class QuoteCues:
    """Hold one language's word lists and the points of every sign."""

    cues: tuple[QuoteCue, ...]
    points: dict[str, int]


@cache
def load_quote_cues(lang: Lang) -> QuoteCues:
    """Load and check ``lang/<lang>/quotes.toml``; raise ConfigError naming the entry and key that is wrong."""
    tables = read_lexicon(lang, "quotes.toml")
    where = f"lang/{lang}/quotes.toml"
    _check_keys(where, set(tables), frozenset(("points", "cue")))
    points: dict[str, int] = tables["points"]
    _check_keys(f"{where}, points", set(points), _SHAPE_KEYS)
    points = {key: points.get(key, 0) for key in SHAPES}
    cues = []
    for row in tables["cue"]:
        _check_keys(f"{where}, entry {row.get('id', '?')!r}", set(row) - {"short"}, _REQUIRED)
        words = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in row["words"].split())
        given = {"short": row["points"]} | row | {"words": re.compile(words, re.IGNORECASE)}
        cues.append(QuoteCue(**given))
        points |= {row["id"]: row["points"], row["id"] + "_short": row["short"]}
    return QuoteCues(tuple(cues), points)


def _check_keys(where: str, given: set[str], allowed: frozenset[str]) -> None:
    if unknown := sorted(given - allowed):
        raise ConfigError(f"{where}: unknown key {unknown[0]!r}; allowed are {', '.join(sorted(allowed))}")
    if allowed is not _SHAPE_KEYS and (missing := sorted(allowed - given)):
        raise ConfigError(f"{where}: key {missing[0]!r} is missing")


_SHAPE_KEYS = frozenset(SHAPES)


@lru_cache(maxsize=65536)
def _classes(lang: Lang, place: str, word: str) -> tuple[tuple[str, int], ...]:
    """Look a word up in all lists of a place; cached, because running text repeats its words."""
    cues = load_quote_cues(lang).cues
    return tuple((cue.id, cue.within) for cue in cues if cue.place == place and cue.words.fullmatch(word))
