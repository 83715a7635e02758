"""Stub until the real one is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attribution.nlp import Document
from attribution.sources.naming import read_mention
from attribution.sources.register import Register
from attribution.types import Kind, Naming, Span


@dataclass(frozen=True, slots=True)
class Identity:
    """Hold who a mention was found to mean."""

    name: str
    source_id: str | None
    kind: Kind
    naming: Naming
    reliability: str | None = None


def identify(document: Document, mentions: Sequence[Span], register: Register) -> list[Identity]:
    """Find out whom each mention means."""
    out = []
    for start, end in mentions:
        r = read_mention(document.text[start:end], document.lang, register)
        out.append(Identity(r.name, r.entry.id if r.entry else None, r.kind, r.naming))
    return out
