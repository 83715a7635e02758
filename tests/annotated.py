"""Read a sentence with its attributions marked in it: ``<source>``, ``{cue}``, ``[content]``.

A mark may hold others: ``[<Der Rat> forderte mehr Geld.]``. One sentence carries one attribution.
"""

from __future__ import annotations

PAIRS = {"<": ("source", ">"), "{": ("cue", "}"), "[": ("content", "]")}
CLOSING = {closing: role for role, closing in PAIRS.values()}


def parse(marked: str) -> tuple[str, dict[str, list[str]]]:
    """Return the bare text and, per role, the marked strings in order."""
    text: list[str] = []
    open_at: dict[str, int] = {}
    found: dict[str, list[str]] = {"source": [], "cue": [], "content": []}
    for char in marked:
        if char in PAIRS:
            open_at[PAIRS[char][0]] = len(text)
        elif char in CLOSING:
            role = CLOSING[char]
            found[role].append("".join(text[open_at.pop(role) :]))
        else:
            text.append(char)
    assert not open_at, f"unclosed mark in {marked!r}"
    return "".join(text), found
