"""Put lines that were broken for the width of a page back into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

# A line that ends a paragraph is mostly shorter than the others. Under 0.8 of the usual width, no word of running
# text would have been too long for the rest of the line.
FULL = 0.8
_FINAL = (".", "!", "?", "…", ":", "“", "”", '"', "»", "«")
_TORN = re.compile(r"\w[-\xad\u2010]$")
# "Vor- und Nachteile": the hyphen stands for a part left out, not for a broken line.
_SUSPENDED = re.compile(r"(?:und|oder|bzw|sowie|bis|and|or|to)\b")


def is_wrapped(lines: list[str]) -> bool:
    """Tell whether lines were broken for a page: none is long, and a good part goes on in the next one.

    A third of the breaks stands before a word in small letters: 45 to 60 % in wrapped German and English, under 5 %
    where each line is a paragraph.
    """
    filled = sorted(len(line) for line in lines if line)
    if len(filled) < 4 or filled[-1] > 110 or filled[len(filled) // 2] < 40:
        return False
    pairs = [(line, after) for line, after in pairwise(lines) if line and after]
    going_on = sum(1 for line, after in pairs if after[0].islower() and not line.endswith((".", "!", "?")))
    return len(pairs) >= 3 and going_on >= len(pairs) / 3


def join_lines(lines: Iterable[str]) -> str:
    """Join wrapped lines to paragraphs, one a line; blank lines and short final lines end a paragraph."""
    stripped = [line.strip() for line in lines]
    return "\n".join(_paragraphs(stripped, _usual_width(stripped)))


def _usual_width(lines: list[str]) -> int:
    """Give the length that nine in ten filled lines do not exceed."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _paragraphs(lines: list[str], width: int) -> Iterator[str]:
    parts: list[str] = []
    last = ""
    for line in lines:
        if parts and (not line or _ends(last, line, width)):
            yield "".join(parts)
            parts = []
        if line:
            _join(parts, line)
        last = line
    if parts:
        yield "".join(parts)


def _ends(line: str, after: str, width: int) -> bool:
    """Tell whether a paragraph ends between two filled lines."""
    if len(line) >= FULL * width or after[0].islower() or _TORN.search(line):
        return False
    return line.endswith(_FINAL) or not line.endswith((",", ";", "–"))


def _join(parts: list[str], line: str) -> None:
    """Add a line, closing up a word that was broken at the line's end."""
    if parts and _TORN.search(parts[-1]) and not _SUSPENDED.match(line):
        if line[0].islower() or parts[-1].endswith("\xad"):
            parts[-1] = parts[-1][:-1]
    elif parts:
        parts.append(" ")
    parts.append(line)
