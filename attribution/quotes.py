"""Pair quotation marks on characters, before any tokeniser, and tell speech from names and scare quotes.

Every decision about where a quotation starts and ends is taken inside one paragraph, so a stray mark never reaches
the next one; only ``continues`` looks back across the border. Marks are read in runs of adjacent marks: what stands
before and behind the run says whether its marks open or close, and a stack pairs them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

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


_DOUBLE = "„“”\"»«"
_SINGLE = "‚‘’'‹›"
_RUN = re.compile(r"(?:[„“”\"»«‚‘‹›`]|(?<!\w)['’]|['’](?!\w))(?:[„“”\"»«‚‘‹›`]|['’])*")
_MARK = re.compile(r"''|``|.")
# Marks that close each other's quotations: news mixes „…", "…“ and ``…" freely.
_CLASS = dict.fromkeys(("„", "“", "”", '"', "''", "``"), 0) | dict.fromkeys("»«", 1)
_CLASS |= dict.fromkeys("‚‘’'", 2) | dict.fromkeys("‹›", 3)
_APOSTROPHES = frozenset("'’")
_OPENING_BEFORE = frozenset("([{—–-/¿¡")
_CLOSING_BEHIND = frozenset(")]}—–-/.,;:!?…")
# Words that begin with an apostrophe, so that it opens nothing.
_ELISION = re.compile(r"(?:\d|n\b|ne[nmrs]?\b|nem\b|s\b|em\b|til\b|tis\b|twas\b|cause\b|bout\b|round\b|ran\b|rum\b)", re.I)


def find_quotations(text: str, paragraphs: Sequence[Span], lang: Lang) -> tuple[Quotation, ...]:
    """Find the quotations of a text, ordered by start; each lies in one paragraph and none crosses another."""
    runs = [match.span() for match in _RUN.finditer(text)]
    starts = [start for start, _ in runs]
    found: list[Quotation] = []
    unclosed = False
    for paragraph in paragraphs:
        low = bisect_left(starts, paragraph.start)
        high = bisect_left(starts, paragraph.end, low)
        if low == high:
            unclosed = False
            continue
        marks = [mark for run in runs[low:high] for mark in _read_run(text, run, paragraph, lang)]
        quotations = _classify(text, paragraph, _pair(text, paragraph, marks, lang), lang)
        if unclosed and quotations and quotations[0].start == paragraph.start and quotations[0].kind == "speech":
            quotations[0] = replace(quotations[0], continues=True)
        unclosed = any(not quotation.closed for quotation in quotations)
        found += quotations
    return tuple(found)


def _read_run(text: str, run: tuple[int, int], paragraph: Span, lang: Lang) -> list[_Mark]:
    """Decide for each mark of a run whether it may open, close, or (where its neighbours do not tell) both."""
    start, end = run
    before = text[start - 1] if start > paragraph.start else " "
    behind = text[end] if end < paragraph.end else " "
    may_open = before.isspace() or before in _OPENING_BEFORE
    may_close = behind.isspace() or behind in _CLOSING_BEHIND
    sure = may_open != may_close
    marks = []
    for match in _MARK.finditer(text, start, end):
        char = match.group()
        opens, closes = may_open or not sure, may_close or not sure
        if char in "„‚" or char == "``":
            opens, closes = not (char == "‚" and not may_open), False
        elif char == "”":
            closes = True
            opens = opens and sure and may_open
        elif char == "’":
            opens = False
        elif char == "“":
            closes = closes or not opens
        elif char in _SINGLE and not sure:
            opens = False
        if char in _APOSTROPHES and opens and _ELISION.match(text, match.end()):
            opens = False
        if char in "`´":
            continue
        if char in _SINGLE and closes and not sure and not before.isspace():
            closes = behind.isspace() or behind in _CLOSING_BEHIND
        if char in "\"'" and before.isdigit() and text[start - 2 : start - 1] in "'’":
            opens = closes = False
        marks.append(_Mark(*match.span(), char, opens, closes))
    return marks


def _pair(text: str, paragraph: Span, marks: list[_Mark], lang: Lang) -> list[_Pair]:
    """Pair marks with a stack; what stays open and stands where speech begins runs to the end of the paragraph."""
    stack: list[_Mark] = []
    open_count = [0, 0, 0, 0]
    pairs: list[_Pair] = []
    for mark in marks:
        cls = _CLASS[mark.char]
        matched = open_count[cls] > 0 and (cls < 2 or _CLASS[stack[-1].char] == cls)
        prefer_open = mark.opens and not (mark.closes and matched)
        if mark.closes and matched and not prefer_open:
            while True:
                opener = stack.pop()
                open_count[_CLASS[opener.char]] -= 1
                if _CLASS[opener.char] == cls:
                    break
            pairs.append(_Pair(opener.start, mark.end, opener.end, True))
        elif mark.opens:
            stack.append(mark)
            open_count[cls] += 1
    last = max((pair.start for pair in pairs), default=-1)
    if stack and stack[-1].start > last and _begins_speech(text, stack[-1], paragraph):
        pairs.append(_Pair(stack[-1].start, paragraph.end, stack[-1].end, False))
    pairs.sort()
    return pairs


def _begins_speech(text: str, mark: _Mark, paragraph: Span) -> bool:
    if _CLASS[mark.char] > 1 and mark.char not in "‘":
        return False
    if mark.start == paragraph.start:
        return True
    return text[max(paragraph.start, mark.start - 2) : mark.start].rstrip()[-1:] in (":", ",", ".", "!", "?", "")


def _classify(text: str, paragraph: Span, pairs: list[_Pair], lang: Lang) -> list[Quotation]:
    found = []
    ends: list[int] = []
    for start, end, inner, closed in pairs:
        while ends and ends[-1] <= start:
            ends.pop()
        inside = text[inner : min(end, inner + 200)]
        words = len(inside.split())
        kind: QuotationKind = "speech" if words > 3 or not closed else "term"
        found.append(Quotation(start, end, kind, len(ends), closed))
        ends.append(end)
    return found
