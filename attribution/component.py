"""Offer the analysis to spaCy users: ``nlp.add_pipe("attribution")`` fills ``doc._.attribution`` and ``doc.spans``.

The component works on the text alone, so it runs in a blank pipeline; a sentencizer, tagger or parser before it is
neither needed nor used.
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from attribution.analyzer import Analyzer
from attribution.config import load_settings
from attribution.errors import ConfigError
from attribution.types import LANGUAGES, Article, ArticleResult, Lang

KEYS = ("attribution_sources", "attribution_cues", "attribution_contents", "attribution_hedges")


class AttributionComponent:
    """Set ``doc._.attribution`` (an ArticleResult) and the span groups ``attribution_sources`` … on every Doc."""

    def __init__(self, lang: Lang, settings: str | None) -> None:
        self.lang = lang
        self.analyzer = Analyzer(load_settings(Path(settings) if settings else None))

    def __call__(self, doc: Doc) -> Doc:
        """Analyse one Doc; offsets are those of ``doc.text``, spans are widened to whole tokens."""
        if not doc.text.strip():
            return doc
        result = self.analyzer.analyze(Article(id="doc", text=doc.text, lang=self.lang))
        doc._.attribution = result
        for key, spans in zip(KEYS, _spans(result), strict=True):
            found = (doc.char_span(start, end, alignment_mode="expand") for start, end in spans)
            doc.spans[key] = [span for span in found if isinstance(span, Span)]
        return doc


def _spans(result: ArticleResult) -> tuple[list[tuple[int, int]], ...]:
    """List the stretches of sources, cues, contents and hedges, each once and in text order."""
    sources = {(span.start, span.end) for a in result.attributions for span in a.source}
    cues = {(span.start, span.end) for a in result.attributions for span in a.cue}
    contents = {(span.start, span.end) for a in result.attributions for span in a.content}
    hedges = {(hedge.start, hedge.end) for hedge in result.hedges if hedge.in_use}
    return sorted(sources), sorted(cues), sorted(contents), sorted(hedges)


@Language.factory("attribution", default_config={"settings": None}, assigns=["doc._.attribution"])
def create_component(nlp: Language, name: str, settings: str | None) -> AttributionComponent:
    """Create the component for a German or English pipeline.

    Raises:
        ConfigError: the pipeline's language is neither.
    """
    if nlp.lang not in LANGUAGES:
        raise ConfigError(f"add_pipe('attribution'): the pipeline's language is {nlp.lang!r}; allowed are de, en")
    if not Doc.has_extension("attribution"):
        Doc.set_extension("attribution", default=None)
    return AttributionComponent("de" if nlp.lang == "de" else "en", settings)
