"""What a rule or a model proposes, before anything is decided: spans of tokens, not yet of characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from attribution.types import AttributionType


class Tokens(NamedTuple):
    """Mark a half-open stretch of tokens of a document."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Propose one attribution.

    ``source`` is the mention (usually one stretch) that the content goes back to, empty where none is named;
    ``relays`` are the media or persons it came through, outermost first. ``unspecified`` is True where the text says
    that somebody says so but not who ("Berichten zufolge", "reportedly", "it is believed"). ``rule`` names the
    construction; ``strength`` decides between overlapping proposals, higher wins. ``apart`` is True where the source
    stands in a clause of its own ("ein Vertrag, der beide verpflichtet, …").
    """

    type: AttributionType
    content: tuple[Tokens, ...]
    cue: tuple[Tokens, ...] = ()
    source: tuple[Tokens, ...] = ()
    relays: tuple[Tokens, ...] = ()
    rule: str = ""
    strength: int = 50
    inherited: bool = False
    unspecified: bool = False
    apart: bool = False
