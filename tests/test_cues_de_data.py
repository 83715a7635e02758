"""The German cue lexicon as data: every entry holds together and shows itself in use and out of use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from attribution.lang import Marker, Noun, Verb, load_cues, read_lexicon

CUES = load_cues("de")
ENTRIES: tuple[Verb | Marker | Noun, ...] = (*CUES.verbs, *CUES.markers, *CUES.nouns)
KONJUNKTIV = read_lexicon("de", "konjunktiv.toml")
FRAMES = {"quote", "clause", "question", "infinitive", "object", "parenthesis"}
CLASSES = {"say", "belief", "demand", "announce", "warn", "deny", "confirm", "report", "judge", "intend"}

by_id = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
by_verb = pytest.mark.parametrize("verb", CUES.verbs, ids=lambda verb: verb.id)
by_marker = pytest.mark.parametrize("marker", CUES.markers, ids=lambda marker: marker.id)


def words(sentence: str) -> list[str]:
    """Return the words of a sentence in lower case."""
    return re.findall(r"\w+", sentence.lower())


def holds(sentence: str, phrase: str) -> bool:
    """Tell whether the words of the phrase stand side by side in the sentence."""
    return f" {' '.join(phrase.split())} " in f" {' '.join(words(sentence))} "


def shows(sentence: str, verb: Verb) -> bool:
    """Tell whether a verb stands in a sentence: joined, or bare with its particle somewhere behind it."""
    present = words(sentence)
    if set(verb.forms) & set(present):
        return True
    particle = verb.particle.split()
    starts = [i for i in range(len(present)) if particle and present[i : i + len(particle)] == particle]
    return any(word in verb.bare and any(start > i for start in starts) for i, word in enumerate(present))


def sentences() -> Iterator[str]:
    for entry in ENTRIES:
        yield entry.example
        yield entry.lookalike


def test_lexicon_is_large_enough_for_news() -> None:
    assert len(CUES.verbs) >= 280
    assert len(CUES.markers) >= 40
    assert len(CUES.nouns) >= 20


def test_ids_are_unique_and_german() -> None:
    ids = Counter(entry.id for entry in ENTRIES)
    assert [id_ for id_, n in ids.items() if n > 1] == []
    assert all(re.fullmatch(r"de\.[a-zäöüß.-]+", id_) for id_ in ids)


def test_no_sentence_occurs_twice() -> None:
    assert [sentence for sentence, n in Counter(sentences()).items() if n > 1] == []


def test_no_two_verbs_share_a_joined_form_but_with_other_prepositions() -> None:
    forms = Counter((form, verb.prepositions) for verb in CUES.verbs for form in verb.forms)
    assert [form for form, n in forms.items() if n > 1] == []


def test_no_two_verbs_share_a_bare_form_with_its_particle() -> None:
    pairs = Counter((form, verb.particle, verb.prepositions) for verb in CUES.verbs for form in verb.bare)
    assert [pair for pair, n in pairs.items() if n > 1] == []


def test_no_two_markers_share_a_pattern() -> None:
    patterns = Counter(pattern for marker in CUES.markers for pattern in marker.pattern.split("|"))
    assert [pattern for pattern, n in patterns.items() if n > 1] == []


def test_no_two_nouns_share_a_form() -> None:
    forms = Counter(form for noun in CUES.nouns for form in noun.forms)
    assert [form for form, n in forms.items() if n > 1] == []


@by_id
def test_sentences_are_whole(entry: Verb | Marker | Noun) -> None:
    for sentence in (entry.example, entry.lookalike):
        assert sentence[0].isupper() or sentence[0] == "„"
        assert sentence.rstrip("“")[-1] in ".!?"
        assert sentence.count("„") == sentence.count("“")
    assert entry.example != entry.lookalike


@by_verb
def test_verb_is_well_formed(verb: Verb) -> None:
    assert verb.cls in CLASSES
    assert verb.frames and set(verb.frames) <= FRAMES
    assert verb.forms or (verb.bare and verb.particle)
    assert bool(verb.bare) == bool(verb.particle)
    assert all(re.fullmatch(r"[a-zäöüß]+", form) for form in (*verb.forms, *verb.bare, *verb.prepositions))
    assert len(set(verb.forms)) == len(verb.forms)


@by_verb
def test_verb_example_shows_the_verb(verb: Verb) -> None:
    assert shows(verb.example, verb)
    if "object" not in verb.frames and verb.prepositions:
        assert set(verb.prepositions) & set(words(verb.example))


@by_verb
def test_verb_lookalike_holds_one_of_its_words(verb: Verb) -> None:
    own = {*verb.forms, *verb.bare, *verb.particle.split()}
    assert own & set(words(verb.lookalike))


@by_marker
def test_marker_is_well_formed(marker: Marker) -> None:
    assert marker.source in {"before", "after", "none"}
    for pattern in marker.pattern.split("|"):
        assert re.fullmatch(r"[a-zäöüß]+( [a-zäöüß]+)*", pattern)


@by_marker
def test_marker_example_holds_the_pattern(marker: Marker) -> None:
    assert any(holds(marker.example, pattern) for pattern in marker.pattern.split("|"))


@by_marker
def test_marker_lookalike_holds_its_words(marker: Marker) -> None:
    """A pattern of one word stands in the look-alike; of a longer one at least two words do, but not as a cue."""
    present = set(words(marker.lookalike))
    patterns = [set(pattern.split()) for pattern in marker.pattern.split("|")]
    assert any(len(pattern & present) >= min(len(pattern), 2) for pattern in patterns)


@pytest.mark.parametrize("noun", CUES.nouns, ids=lambda noun: noun.id)
def test_noun_is_capitalised_in_both_sentences(noun: Noun) -> None:
    assert noun.frames and set(noun.frames) <= FRAMES
    capitals = {form.capitalize() for form in noun.forms}
    assert capitals & set(re.findall(r"\w+", noun.example))
    assert capitals & set(re.findall(r"\w+", noun.lookalike))


@pytest.mark.parametrize("name", ["kj1", "kj2", "kj2_modal", "ambiguous"])
def test_konjunktiv_list_is_sorted_and_lower_case(name: str) -> None:
    forms = KONJUNKTIV[name]
    assert forms == sorted(set(forms))
    assert all(re.fullmatch(r"[a-zäöüß]+", form) for form in forms)


def test_konjunktiv_lists_do_not_overlap() -> None:
    counted = Counter(form for forms in KONJUNKTIV.values() for form in forms)
    assert [form for form, n in counted.items() if n > 1] == []


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("sei", "kj1"),
        ("seien", "kj1"),
        ("habe", "kj1"),
        ("könne", "kj1"),
        ("handle", "kj1"),
        ("wisse", "kj1"),
        ("vorliege", "kj1"),
        ("wäre", "kj2"),
        ("kämen", "kj2"),
        ("ginge", "kj2"),
        ("dürfte", "kj2_modal"),
        ("meine", "ambiguous"),
        ("eine", "ambiguous"),
    ],
)
def test_konjunktiv_form_stands_in_its_list(form: str, name: str) -> None:
    assert [key for key, forms in KONJUNKTIV.items() if form in forms] == [name]


@pytest.mark.parametrize("form", ["ist", "hat", "sagte", "gingen", "schrieben", "fielen", "kommen", "habt"])
def test_indicative_forms_are_no_konjunktiv(form: str) -> None:
    assert all(form not in forms for forms in KONJUNKTIV.values())
