"""Every English cue fires in its example and keeps quiet in its look-alike."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from attribution.errors import ConfigError
from attribution.extract.english import find
from attribution.lang import Marker, Noun, Verb, _entry, load_cues
from attribution.nlp import read

CUES = load_cues("en")
ENTRIES: tuple[Verb | Noun, ...] = (*CUES.verbs, *CUES.nouns)


def cue_words(text: str) -> list[list[str]]:
    """Return the cue words of every attribution found."""
    document = read(text, "en")
    return [
        [document.lower[i] for span in candidate.cue for i in range(span.first, span.last)]
        for candidate in find(document)
    ]


def fires(entry: Verb | Noun, text: str) -> bool:
    forms = {*entry.forms, *entry.bare} if isinstance(entry, Verb) else {*entry.forms}
    return any(forms & set(words) for words in cue_words(text))


def marker_fires(marker: Marker, text: str) -> bool:
    patterns = [pattern.split() for pattern in marker.pattern.split("|")]
    return any(words in patterns for words in cue_words(text))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_verb_or_noun_fires_in_its_example_only(entry: Verb | Noun) -> None:
    assert fires(entry, entry.example), entry.example
    assert not fires(entry, entry.lookalike), entry.lookalike


@pytest.mark.parametrize("marker", CUES.markers, ids=lambda m: m.id)
def test_marker_fires_in_its_example_only(marker: Marker) -> None:
    assert marker_fires(marker, marker.example), marker.example
    assert not marker_fires(marker, marker.lookalike), marker.lookalike


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_lookalike_is_no_sentence_without_the_word(entry: Verb | Noun) -> None:
    """A look-alike that shares no stem with its entry would prove nothing."""
    forms = (*entry.forms, *entry.bare) if isinstance(entry, Verb) else entry.forms
    assert re.search("|".join(re.escape(form[:3]) for form in forms), entry.lookalike.lower()), entry.lookalike


def test_ids_and_examples_are_unique() -> None:
    entries: list[Verb | Marker | Noun] = [*CUES.verbs, *CUES.markers, *CUES.nouns]
    assert Counter(entry.id for entry in entries).most_common(1)[0][1] == 1
    assert Counter(entry.example for entry in entries).most_common(1)[0][1] == 1


def test_lexicon_is_large_enough_to_be_useful() -> None:
    assert len(CUES.verbs) >= 220


def test_unknown_key_is_refused_by_name() -> None:
    row = {"id": "hum", "forms": "hum", "frames": "clause", "example": "x", "lookalike": "y", "colour": "red"}
    with pytest.raises(ConfigError, match=r"'hum'.*'colour'"):
        _entry(Noun, row, "en")
