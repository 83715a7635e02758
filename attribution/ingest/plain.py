"""Read plain text."""

from __future__ import annotations

from attribution.ingest.draft import Draft
from attribution.ingest.wrapping import is_wrapped, join_lines
from attribution.text import read_bytes

# Enough to see whether lines were broken for a page.
SAMPLE = 20_000


def read(data: bytes) -> Draft:
    """Read the bytes of a text file."""
    decoded = read_bytes(data)
    return draft_of(decoded.text, *([decoded.warning] if decoded.warning else []))


def draft_of(raw: str, *warnings: str) -> Draft:
    """Take a text as it is; lines that were broken for a page are joined to paragraphs."""
    if is_wrapped([line.strip() for line in raw[:SAMPLE].splitlines()]):
        note = "the lines were broken for a page width and have been joined to paragraphs"
        return Draft(join_lines(raw.splitlines()), warnings=(*warnings, note))
    return Draft(raw, warnings=warnings)
