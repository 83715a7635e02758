"""Find attributions in a document: proposals by language, decided and chained in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attribution.extract import english, german
from attribution.extract.attach import attach
from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.chains import chained
from attribution.nlp import Document
from attribution.types import Attribution, Lang, Span

FINDERS: dict[Lang, Callable[[Document], list[Candidate]]] = {"de": german.find, "en": english.find}


def propose_by_rules(document: Document) -> list[Candidate]:
    """Return what the rules propose, rivals included, with relays that stand in the same clause."""
    return chained(document, FINDERS[document.lang](document))


def extract(document: Document) -> list[Candidate]:
    """Return the attributions that the rules find in a document as spans of tokens, in text order."""
    return attach(document, propose_by_rules(document))


def characters(document: Document, spans: Sequence[Tokens]) -> tuple[Span, ...]:
    """Turn spans of tokens into spans of characters."""
    return tuple(Span(document.starts[span.first], document.ends[span.last - 1]) for span in spans)


def as_attribution(document: Document, candidate: Candidate, id_: str) -> Attribution:
    """Turn a decided proposal into the public record, its sources not yet identified."""
    return Attribution(
        id=id_,
        type=candidate.type,
        source=characters(document, candidate.source),
        cue=characters(document, candidate.cue),
        content=characters(document, candidate.content),
        inherited=candidate.inherited,
        rule=candidate.rule,
    )
