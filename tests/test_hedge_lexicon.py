"""The hedge lexicons: every entry holds what it promises, and a wrong entry is refused by name."""

from __future__ import annotations

from itertools import product

import pytest

from attribution.errors import ConfigError
from attribution.hedging import find_hedges
from attribution.hedging.lexicon import Entry, build_lexicon, load_hedges
from attribution.hedging.likelihood import BANDS, band_name
from attribution.hedging.use import check_uses
from attribution.nlp import read
from attribution.types import HEDGE_CLASSES, LANGUAGES, Lang

ENTRIES = [(lang, entry) for lang in LANGUAGES for entry in load_hedges(lang).entries]
# The words of ICD 203 and their adverbs; no other English word may carry a band.
ICD_203 = {
    "almost no chance", "remote chance", "remote possibility", "remote prospect", "remote odds", "very unlikely",
    "highly improbable", "unlikely", "improbable", "roughly even chance", "roughly even chances", "roughly even odds",
    "likely", "probable", "probably", "very likely", "highly probable", "highly probably", "almost certain",
    "almost certainly", "nearly certain", "nearly certainly",
}  # fmt: skip
ROW = {"id": "x.perhaps", "class": "possibility", "patterns": "perhaps", "example": "Perhaps.", "lookalike": "No."}


@pytest.mark.parametrize(("lang", "entry"), ENTRIES, ids=[entry.id for _, entry in ENTRIES])
def test_example_matches_and_lookalike_does_not(lang: Lang, entry: Entry) -> None:
    found = [h for h in find_hedges(read(entry.example, lang)) if h.rule.startswith(f"{entry.id}: ")]
    assert any(hedge.in_use and hedge.cls == entry.cls for hedge in found), entry.example
    assert all(entry.example[hedge.start : hedge.end] == hedge.text for hedge in found)
    lookalikes = find_hedges(read(entry.lookalike, lang))
    assert not [h for h in lookalikes if h.in_use and h.rule.startswith(f"{entry.id}: ")], entry.lookalike


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lexicon_is_large_and_knows_every_class(lang: Lang) -> None:
    entries = load_hedges(lang).entries
    assert len(entries) >= 110
    assert {entry.cls for entry in entries} == set(HEDGE_CLASSES)
    assert all(entry.id.startswith(f"{lang}.") for entry in entries)


def test_bands_are_those_of_icd_203() -> None:
    assert [(band.low, band.high) for band in BANDS] == [
        (1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99),
    ]  # fmt: skip
    assert band_name((55, 80)) == "likely"
    assert band_name((50, 80)) is None


def test_only_words_of_icd_203_carry_a_band_in_english() -> None:
    for entry in load_hedges("en").entries:
        if entry.likelihood:
            assert all(_icd(pattern) for pattern in entry.patterns), entry.id
            assert not entry.ours, entry.id


def _icd(pattern: str) -> bool:
    slots = [slot.split("/") for slot in pattern.split()]
    return all(" ".join(choice) in ICD_203 for choice in product(*slots))


def test_german_bands_are_marked_as_ours() -> None:
    banded = [entry for entry in load_hedges("de").entries if entry.likelihood]
    assert len(banded) == len(BANDS)
    assert all(entry.ours for entry in banded)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"hedge": [ROW | {"classs": "doubt"}]}, "'x.perhaps': unknown key 'classs'; allowed are class, example"),
        ({"hedge": [ROW], "wordz": {}}, "unknown table 'wordz'"),
        ({"hedge": [ROW | {"class": "guess"}]}, "class 'guess' is none of hearsay"),
        ({"hedge": [ROW | {"holder": "reader"}]}, "holder 'reader'"),
        ({"hedge": [ROW | {"patterns": "perhaps |"}]}, "'patterns' is empty or has an empty alternative"),
        ({"hedge": [ROW | {"patterns": "# ..."}]}, "has no plain word in front of its first gap"),
        ({"hedge": [ROW | {"patterns": "perhaps @nouns"}]}, "the list '@nouns' is not in"),
        ({"hedge": [ROW | {"likelihood": [50, 60]}]}, r"likelihood \[50, 60\] is no ICD 203 band"),
        ({"hedge": [{k: v for k, v in ROW.items() if k != "lookalike"}]}, "required are id, class, patterns"),
        ({"hedge": [ROW, ROW]}, "the id 'x.perhaps' stands twice"),
    ],
)
def test_wrong_entry_is_refused_by_name(tables: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        build_lexicon("en", {"words": {"numbers": "two"}} | tables)


def test_use_that_names_no_rule_is_refused() -> None:
    lexicon = build_lexicon("en", {"words": {"numbers": "two"}, "hedge": [ROW | {"use": "modal"}]})
    with pytest.raises(ConfigError, match=r"'x.perhaps': use 'modal' names no rule; allowed are .*\bplain\b"):
        check_uses(lexicon)


def test_lexicon_without_numbers_is_refused() -> None:
    with pytest.raises(ConfigError, match="needs a list 'numbers'"):
        build_lexicon("de", {"hedge": [ROW]})
