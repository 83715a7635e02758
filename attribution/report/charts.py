"""Draw figures as SVG that lives inside a page: its colours and fonts, no date, the same bytes every time."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from attribution.report.wording import GRADES, NAMINGS, OWN_VOICE, naming
from attribution.types import ArticleResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# matplotlib knows no CSS variables; each of these colours stands for one and is replaced in the finished SVG, so that
# a figure follows the reader's light or dark theme.
_INK, _MUTED, _PAPER = "#010203", "#040506", "#070809"
_GRADE_COLOURS: dict[int | None, str] = {
    1: "#0a0b01",
    2: "#0a0b02",
    3: "#0a0b03",
    4: "#0a0b04",
    5: "#0a0b05",
    None: _PAPER,
}
VARIABLES = {
    _INK: "var(--ink)",
    _MUTED: "var(--muted)",
    _PAPER: "var(--paper)",
    **{colour: f"var(--grade-{grade})" for grade, colour in _GRADE_COLOURS.items() if grade},
}
# From the firmest ground to none.
ROWS = (OWN_VOICE, *NAMINGS.values())
# Narrow, because a phone shows it at its own size and a wide screen enlarges it by no more than half.
_WIDTH_INCHES, _ROW_INCHES = 4.2, 0.32


def grades_by_naming(result: ArticleResult) -> str | None:
    """Draw how many statements of each naming have which grade; None when there is no statement."""
    counts = Counter((naming(statement), statement.grade) for statement in result.statements)
    rows = [row for row in ROWS if any(counts[row, grade] for grade in GRADES)]
    return _draw(counts, rows) if rows else None


def describe(result: ArticleResult) -> str:
    """Say in words what the figure shows, for those who cannot see it."""
    counts = Counter(naming(statement) for statement in result.statements)
    return "; ".join(f"{row}: {counts[row]}" for row in ROWS if counts[row])


def _draw(counts: Counter[tuple[str, int | None]], rows: list[str]) -> str:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # "none" leaves text as text, so that the page's font is used and a reader can search it.
    with mpl.rc_context({"svg.hashsalt": "attribution", "svg.fonttype": "none", "font.size": 10.5}):
        figure = Figure(figsize=(_WIDTH_INCHES, _ROW_INCHES * len(rows) + 0.1))
        axes = figure.add_axes((0.32, 0.02, 0.6, 0.96))
        _bars(axes, counts, rows)
        stream = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(stream, format="svg", transparent=True, metadata=nothing)
    return _inline(stream.getvalue())


def _bars(axes: Axes, counts: Counter[tuple[str, int | None]], rows: list[str]) -> None:
    longest = max(sum(counts[row, grade] for grade in GRADES) for row in rows)
    for place, row in enumerate(rows):
        left = 0
        for grade in GRADES:
            if not (number := counts[row, grade]):
                continue
            colour = _GRADE_COLOURS[grade]
            axes.barh(
                place, number, left=left, height=0.74, color=colour, edgecolor=_MUTED, linewidth=0.6, clip_on=False
            )
            # A bar of under 4 % of the width has no room for its number.
            if number >= longest * 0.04:
                label = GRADES[grade].symbol if grade is None else str(grade)
                axes.text(left + number / 2, place, label, ha="center", va="center", color=_INK, fontsize=9)
            left += number
        axes.text(left + longest * 0.015, place, str(left), ha="left", va="center", color=_MUTED)
    axes.set_yticks(range(len(rows)), rows, color=_INK)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, longest)
    axes.tick_params(length=0)
    axes.set_xticks([])
    axes.set_frame_on(False)


_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_STYLE = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_FONT = re.compile(r"font: ([\d.]+)px [^;\"]*|font-family: [^;\"]*; ")
# What says nothing here: names of groups, rotations by nothing, the empty background and fixed measures.
_NOISE = re.compile(r' id="[^"]*"| transform="rotate\(-?0 [^"]*"')
_BACKGROUND = re.compile(r'<path d="[^"]*" style="fill: none"/>')
_MEASURES = re.compile(r' (?:width|height)="[^"]*"')


def _inline(svg: str) -> str:
    """Make the SVG part of a page: no prolog, no style of its own, no fixed size, colours and font of the page."""
    svg = _STYLE.sub("", _HEAD.sub("", svg))
    svg = _BACKGROUND.sub("", _NOISE.sub("", _FONT.sub(_font_size, svg)))
    head, rest = svg.split(">", 1)
    svg = f'{_MEASURES.sub("", head)} aria-hidden="true" focusable="false">{rest}'
    for colour, variable in VARIABLES.items():
        svg = svg.replace(colour, variable)
    return svg.strip()


def _font_size(match: re.Match[str]) -> str:
    return f"font-size: {match.group(1)}px" if match.group(1) else ""
