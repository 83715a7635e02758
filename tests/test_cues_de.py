"""Every German cue fires in its example and keeps quiet in its look-alike."""

from __future__ import annotations

import pytest

from attribution.extract import extract
from attribution.lang import Marker, Noun, Verb, load_cues
from attribution.nlp import read

CUES = load_cues("de")


def cue_words(text: str) -> list[tuple[str, set[str]]]:
    """Return rule and cue words of every attribution found (the source's words for cues that are nouns)."""
    document = read(text, "de")
    found = []
    for candidate in extract(document):
        spans = (*candidate.cue, *candidate.source) if candidate.rule == "de.noun" else candidate.cue
        found.append((candidate.rule, {document.lower[i] for span in spans for i in range(span.first, span.last)}))
    return found


def verb_fires(verb: Verb, text: str) -> bool:
    forms = set(verb.forms) | set(verb.bare)
    return any(rule.startswith(f"{verb.id}.") and words & forms for rule, words in cue_words(text))


def marker_fires(marker: Marker, text: str) -> bool:
    patterns = [set(pattern.split()) for pattern in marker.pattern.split("|")]
    if any(any(pattern & words for pattern in patterns) for _, words in cue_words(text)):
        return True
    # a citing phrase gives the origin of what another cue attributes ("nannte unter Verweis auf Kreise")
    document = read(text, "de")
    cited = any(pattern in " ".join(document.lower) for pattern in marker.pattern.split("|"))
    return cited and any(candidate.relays for candidate in extract(document))


def noun_fires(noun: Noun, text: str) -> bool:
    """A noun fires when content begins within three words behind it, whichever rule took it."""
    document = read(text, "de")
    begins = {candidate.content[0].first for candidate in extract(document)}
    return any(
        document.lower[i] in noun.forms and begins & {i + 1, i + 2, i + 3, i + 4} for i in range(len(document.words))
    )


@pytest.mark.parametrize("verb", CUES.verbs, ids=lambda v: v.id)
def test_verb_fires_in_its_example_only(verb: Verb) -> None:
    assert verb_fires(verb, verb.example), verb.example
    assert not verb_fires(verb, verb.lookalike), verb.lookalike


@pytest.mark.parametrize("marker", [m for m in CUES.markers if m.id != "de.wie"], ids=lambda m: m.id)
def test_marker_fires_in_its_example_only(marker: Marker) -> None:
    assert marker_fires(marker, marker.example), marker.example
    assert not marker_fires(marker, marker.lookalike), marker.lookalike


@pytest.mark.parametrize("noun", CUES.nouns, ids=lambda n: n.id)
def test_noun_fires_in_its_example_only(noun: Noun) -> None:
    assert noun_fires(noun, noun.example), noun.example
    assert not noun_fires(noun, noun.lookalike), noun.lookalike
