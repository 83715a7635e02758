"""The records that every part of the program passes on, as in the public contract ``attribution/1``.

All offsets are half-open character offsets into ``Article.text``; ``text[start:end]`` is the string that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

SCHEMA = "attribution/1"

Lang = Literal["de", "en"]
AttributionType = Literal["direct", "indirect", "reported", "free_indirect"]
HedgeClass = Literal["hearsay", "possibility", "belief", "doubt", "disclaimer", "approximation"]
Holder = Literal["reporter", "source"]
Naming = Literal["named", "organisation", "role", "collective", "unnamed", "unspecified"]
Relation = Literal["relay", "origin"]
Kind = Literal[
    "government", "military", "intelligence", "media", "agency", "expert", "organisation", "company", "person",
    "document", "social_media", "public", "unknown",
]  # fmt: skip

LANGUAGES: tuple[Lang, ...] = ("de", "en")
HEDGE_CLASSES: tuple[HedgeClass, ...] = ("hearsay", "possibility", "belief", "doubt", "disclaimer", "approximation")
KINDS: tuple[Kind, ...] = (
    "government", "military", "intelligence", "media", "agency", "expert", "organisation", "company", "person",
    "document", "social_media", "public", "unknown",
)  # fmt: skip
NAMINGS: tuple[Naming, ...] = ("named", "organisation", "role", "collective", "unnamed", "unspecified")


class Span(NamedTuple):
    """Mark a half-open stretch of characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one text that was read, with what is known about it; offsets refer to ``text``."""

    id: str
    text: str
    lang: Lang
    path: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    sha256: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Record one document that could not be read or analysed: which, at what stage, and why."""

    id: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """Name one mention of a source in the text and the entity that it was resolved to.

    ``source_id`` is the register's id, or None where the mention stays unresolved.
    """

    start: int
    end: int
    text: str
    name: str
    source_id: str | None
    kind: Kind
    naming: Naming
    relation: Relation = "origin"

    @property
    def named(self) -> bool:
        """Tell whether a reader could look this source up: a person by name or an organisation."""
        return self.naming in ("named", "organisation")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Tie attributed content to its cue and sources; ``sources`` runs from the outermost relay to the origin."""

    id: str
    type: AttributionType
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    sources: tuple[Source, ...] = ()
    inherited: bool = False
    rule: str = ""

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError(f"attribution {self.id!r} has no content span")


@dataclass(frozen=True, slots=True)
class Hedge:
    """Mark one hedge cue: its class, whose doubt it is, and whether it is in use here or a look-alike.

    ``reach`` names the stretches that a disclaimer speaks of when they lie outside its own sentence;
    ``likelihood`` is the ICD 203 band in per cent where the cue is an estimative word.
    """

    start: int
    end: int
    text: str
    cls: HedgeClass
    holder: Holder
    probability: float
    rule: str
    in_use: bool = True
    reach: tuple[Span, ...] = ()
    likelihood: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """Explain one component of a grade and point at the characters that earned it."""

    why: str
    points: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold one graded stretch of a sentence; ``grade`` is None for questions, orders and conditions."""

    id: str
    start: int
    end: int
    text: str
    paragraph: int
    sentence: int
    attribution: Attribution | None
    hedges: tuple[Hedge, ...]
    likelihood: tuple[int, int] | None
    grade: int | None
    points: tuple[Point, ...]
    admiralty: str = "F6"


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """Count what one source carries in an article; ``first`` and ``last`` are character offsets of its mentions."""

    source_id: str | None
    name: str
    kind: Kind
    naming: Naming
    statements: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Count an article's statements by how they are sourced and put; shares are 0 to 1, or None with no base."""

    statements: int
    attributed: int
    unsourced: int
    named_share: float | None
    anonymous_share: float | None
    origins: int
    relayed: int
    hedged: int
    disclaimers: int
    direct_share: float | None
    grades: dict[str, int]
    source_concentration: float | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Say which version, models and settings made a record, and when (ISO 8601, UTC)."""

    version: str
    models: tuple[str, ...]
    settings_sha256: str
    created: str


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """Hold everything that was found in one article."""

    article: Article
    attributions: tuple[Attribution, ...]
    statements: tuple[Statement, ...]
    sources: tuple[SourceSummary, ...]
    profile: Profile
    provenance: Provenance
    hedges: tuple[Hedge, ...] = ()
    warnings: tuple[str, ...] = field(default=())
