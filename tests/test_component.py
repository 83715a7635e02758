"""The spaCy component: results on the Doc, spans that survive, and a refusal of other languages."""

from __future__ import annotations

import pytest
import spacy

import attribution.component  # noqa: F401 - the entry point does this in an installed package
from attribution.errors import ConfigError


@pytest.mark.parametrize(
    ("lang", "text", "source", "hedge"),
    [
        ("de", "Laut Polizei soll der Fahrer geflohen sein.", "Polizei", "soll"),
        ("en", "According to police, the driver may have fled.", "police", "may"),
    ],
)
def test_pipe_sets_result_and_spans(lang, text, source, hedge):
    nlp = spacy.blank(lang)
    nlp.add_pipe("attribution")
    doc = nlp(text)
    assert doc._.attribution.statements[0].attribution is not None
    assert [span.text for span in doc.spans["attribution_sources"]] == [source]
    assert hedge in [span.text for span in doc.spans["attribution_hedges"]]


def test_pipe_leaves_an_empty_doc_alone():
    nlp = spacy.blank("en")
    nlp.add_pipe("attribution")
    assert nlp("  ")._.attribution is None


def test_pipe_refuses_other_languages():
    nlp = spacy.blank("fr")
    with pytest.raises(ConfigError, match="'fr'"):
        nlp.add_pipe("attribution")
