"""Walk an article through the house once: text, attributions, sources, hedges, statements, grades, profile."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import attribution
from attribution.config import Settings
from attribution.errors import InputError
from attribution.extract import as_attribution, characters
from attribution.extract.attach import hull
from attribution.extract.candidates import Candidate
from attribution.extract.extraction import Extraction
from attribution.gradable import is_gradable
from attribution.grade import grade
from attribution.hedging import find_hedges
from attribution.ingest import article_from_text
from attribution.nlp import Document, read
from attribution.profile import profile, summaries
from attribution.sources import Identity, Register, identify
from attribution.statements import OWN_VOICE, Piece, split
from attribution.text import MAX_CHARACTERS
from attribution.types import (
    LANGUAGES,
    Article,
    ArticleResult,
    Attribution,
    Hedge,
    Lang,
    Provenance,
    Source,
    Span,
    Statement,
)


class Analyzer:
    """Analyse articles one after the other with one register and one set of settings.

    >>> Analyzer().analyze_text("The ministry said the bridge was closed.").statements[0].grade
    2
    """

    def __init__(self, settings: Settings | None = None, *, models: Path | None = None) -> None:
        """Load the register, and check the trained models of a folder where one is given (rules alone otherwise)."""
        self.settings = settings or Settings()
        self.extraction = Extraction(models)
        self.register = Register.load(self.settings.sources)
        self._settings_sha256 = self.settings.sha256

    def analyze_text(self, text: str, *, lang: Lang | None = None) -> ArticleResult:
        """Analyse a string; its characters are normalised first, as those of a file are."""
        return self.analyze(article_from_text(text, lang=lang))

    def analyze(self, article: Article) -> ArticleResult:
        """Analyse one article.

        Raises:
            InputError: the article has no text or a language other than German and English.
        """
        if not article.text.strip():
            raise InputError(f"article {article.id!r} is empty; give a text with at least one sentence", "analyse")
        if article.lang not in LANGUAGES:
            raise InputError(f"article {article.id!r} has language {article.lang!r}; allowed are de, en", "analyse")
        if len(article.text) > MAX_CHARACTERS:
            size = f"{len(article.text):,} characters, one article may have {MAX_CHARACTERS:,}"
            raise InputError(f"article {article.id!r} has {size}; split it into its articles", "analyse")
        document = read(article.text, article.lang)
        candidates = self.extraction.find(document)
        attributions = self._identified(document, candidates)
        hedges = find_hedges(document, _attributed(attributions))
        statements = self._statements(document, candidates, attributions, hedges)
        return ArticleResult(
            article=article,
            attributions=attributions,
            statements=statements,
            sources=summaries(statements),
            profile=profile(statements),
            provenance=self._provenance(article.lang),
            hedges=hedges,
            warnings=article.warnings,
        )

    def _identified(self, document: Document, candidates: Sequence[Candidate]) -> tuple[Attribution, ...]:
        """Turn proposals into records whose sources are resolved to entities."""
        chains = [_chain(document, candidate) for candidate in candidates]
        mentions = sorted({span for chain in chains for span in chain})
        identities = dict(zip(mentions, identify(document, mentions, self.register), strict=True))
        return tuple(
            replace(
                as_attribution(document, candidate, f"a{number}"),
                sources=_sources(document.text, chain, identities),
            )
            for number, (candidate, chain) in enumerate(zip(candidates, chains, strict=True), 1)
        )

    def _statements(
        self,
        document: Document,
        candidates: Sequence[Candidate],
        attributions: Sequence[Attribution],
        hedges: Sequence[Hedge],
    ) -> tuple[Statement, ...]:
        in_use = [hedge for hedge in hedges if hedge.in_use]
        reaching = _by_sentence(document, in_use)
        statements = []
        near = 0
        for number, piece in enumerate(split(document, candidates), 1):
            start, end = document.starts[piece.first], document.ends[piece.last - 1]
            while near < len(in_use) and in_use[near].start < start:
                near += 1
            own = []
            while near < len(in_use) and in_use[near].start < end:
                own.append(in_use[near])
                near += 1
            own += [hedge for hedge in reaching.get(piece.sentence, ()) if hedge not in own]
            statements.append(self._statement(document, piece, number, attributions, tuple(own), (start, end)))
        return tuple(statements)

    def _statement(
        self,
        document: Document,
        piece: Piece,
        number: int,
        attributions: Sequence[Attribution],
        hedges: tuple[Hedge, ...],
        span: tuple[int, int],
    ) -> Statement:
        start, end = span
        owner = None if piece.owner == OWN_VOICE else attributions[piece.owner]
        value, points = grade(self.settings.grade, owner, hedges, span)
        gradable = is_gradable(document, piece.first, piece.last)
        reliability = self.register.reliability(owner.sources[-1].source_id) if owner and owner.sources else None
        return Statement(
            id=f"s{number}",
            start=start,
            end=end,
            text=document.text[start:end],
            paragraph=document.sentences[piece.sentence].paragraph,
            sentence=piece.sentence,
            attribution=owner,
            hedges=hedges,
            likelihood=next((hedge.likelihood for hedge in hedges if hedge.likelihood), None),
            grade=value if gradable else None,
            points=points if gradable else (),
            admiralty=f"{reliability or 'F'}6",
        )

    def _provenance(self, lang: Lang) -> Provenance:
        created = datetime.now(UTC).isoformat(timespec="seconds")
        return Provenance(attribution.__version__, self.extraction.names(lang), self._settings_sha256, created)


def analyze(text: str, *, lang: Lang | None = None) -> ArticleResult:
    """Analyse a string with the shipped settings and register; see Analyzer for more.

    Raises:
        InputError: the text is empty, binary, or neither German nor English.
    """
    return _shared().analyze_text(text, lang=lang)


@cache
def _shared() -> Analyzer:
    return Analyzer()


def _chain(document: Document, candidate: Candidate) -> tuple[Span, ...]:
    """Return the mentions of a chain, outermost relay first, origin last; a joint origin is one mention."""
    origin = (hull(candidate.source),) if candidate.source else ()
    return characters(document, (*candidate.relays, *origin))


def _sources(text: str, chain: Sequence[Span], identities: dict[Span, Identity]) -> tuple[Source, ...]:
    """Name the links of a chain; neighbours that turn out to be one and the same source are one link."""
    links: list[Source] = []
    for span in chain:
        who = identities[span]
        if links and links[-1].name == who.name:
            links.pop()
        links.append(Source(*span, text[span.start : span.end], who.name, who.source_id, who.kind, who.naming, "relay"))
    return (*links[:-1], replace(links[-1], relation="origin")) if links else ()


def _by_sentence(document: Document, hedges: Sequence[Hedge]) -> dict[int, list[Hedge]]:
    """Index disclaimers by the sentences that they reach."""
    starts = [sentence.start for sentence in document.sentences]
    reached: dict[int, list[Hedge]] = {}
    for hedge in hedges:
        for span in hedge.reach:
            for number in range(max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)):
                reached.setdefault(number, []).append(hedge)
    return reached


def _attributed(attributions: Sequence[Attribution]) -> list[tuple[Span, bool]]:
    return sorted((span, a.type == "direct") for a in attributions for span in a.content)
