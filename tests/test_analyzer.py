"""The whole walk: records whose offsets hold, sentences that are all covered, and the five hard promises."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution import analyze
from attribution.analyzer import Analyzer
from attribution.config import load_settings
from attribution.errors import InputError
from attribution.formats.native import to_record
from attribution.nlp import read
from attribution.types import Article, ArticleResult

GERMAN = (
    "Wie die Nachrichtenagentur Reuters unter Berufung auf zwei Ermittler berichtet, soll in der Halle Dünger gelagert "
    "worden sein. Diese Angaben ließen sich nicht unabhängig überprüfen. „Niemand wird vermisst“, sagte die "
    "Hafenmeisterin Marta Kehl. „Alle sind wohlauf.“ Kehl rechnet damit, dass der Kai am Freitag öffnet. Wann fahren "
    "die Fähren wieder? Der Hafen bleibt gesperrt."
)
ENGLISH = (
    "The interior ministry denied that chemicals were involved. According to the harbour authority, about 40 "
    'containers were destroyed. "Nobody is missing," said Marta Keel, the harbour master. "All are well." '
    "Several residents reportedly smelled gas. It is unclear when the ferries will sail again."
)
ANALYZER = Analyzer()


def check(result: ArticleResult) -> None:
    """Assert what holds for every result, whatever the text."""
    text = result.article.text
    for statement in result.statements:
        assert text[statement.start : statement.end] == statement.text
        assert statement.text.strip()
        assert statement.grade is None or 1 <= statement.grade <= 5
        for hedge in statement.hedges:
            assert text[hedge.start : hedge.end] == hedge.text
    for attribution in result.attributions:
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert 0 <= span.start < span.end <= len(text)
        for source in attribution.sources:
            assert text[source.start : source.end] == source.text
    starts = [statement.start for statement in result.statements]
    assert starts == sorted(starts)
    document = read(text, result.article.lang)
    for number, sentence in enumerate(document.sentences):
        if any(char.isalnum() for char in text[sentence.start : sentence.end]):
            inside = [s for s in result.statements if s.sentence == number]
            assert inside
            assert all(sentence.start <= s.start and s.end <= sentence.end for s in inside)
    json.dumps(to_record(result))


@pytest.mark.parametrize(("text", "lang"), [(GERMAN, "de"), (ENGLISH, "en")])
def test_record_holds_together(text, lang):
    result = analyze(text)
    assert result.article.lang == lang
    check(result)


def test_chain_hedge_and_disclaimer_meet_in_one_statement():
    first, second, *_ = analyze(GERMAN).statements
    assert [s.name for s in first.attribution.sources] == ["Reuters", "Ermittler"]
    assert [s.relation for s in first.attribution.sources] == ["relay", "origin"]
    assert {h.cls for h in first.hedges} == {"hearsay", "disclaimer"}
    assert first.grade == 5
    assert second.attribution is None


def test_questions_have_no_grade():
    statements = analyze(GERMAN).statements
    assert [s.grade for s in statements if s.text.endswith("?")] == [None]


def test_own_voice_stays_free_of_sources():
    assert analyze(GERMAN).statements[-1].attribution is None
    assert analyze(GERMAN).statements[-1].grade == 1


def test_quotation_that_goes_on_keeps_its_source():
    statements = analyze(ENGLISH).statements
    well = next(s for s in statements if "All are well" in s.text)
    assert well.attribution.inherited or well.attribution.type == "direct"
    assert well.attribution.sources[-1].name == "Marta Keel"


def test_profile_counts_what_the_statements_say():
    result = analyze(GERMAN)
    attributed = [s for s in result.statements if s.attribution]
    assert result.profile.statements == len(result.statements)
    assert result.profile.attributed == len(attributed)
    assert result.profile.relayed == sum(len(s.attribution.sources) > 1 for s in attributed)
    assert sum(result.profile.grades.values()) == sum(s.grade is not None for s in result.statements)


def test_same_input_gives_the_same_bytes():
    one, two = (to_record(analyze(GERMAN)) for _ in range(2))
    one["provenance"].pop("created")
    two["provenance"].pop("created")
    assert json.dumps(one) == json.dumps(two)


def test_reliability_letter_comes_from_the_users_register_only(tmp_path: Path):
    assert {s.admiralty for s in analyze(GERMAN).statements} == {"F6"}
    own = tmp_path / "own.toml"
    own.write_text(
        '[[source]]\nid = "reuters"\nname = "Reuters"\nkind = "agency"\nreliability = "B"\n'
        '[[source]]\nid = "marta-kehl"\nname = "Marta Kehl"\nkind = "person"\nreliability = "A"\n',
        encoding="utf-8",
    )
    result = Analyzer(load_settings(sources=[own])).analyze_text(GERMAN)
    letters = {
        s.admiralty for s in result.statements if s.attribution and s.attribution.sources[-1].name == "Marta Kehl"
    }
    assert letters == {"A6"}


@pytest.mark.parametrize("text", ["", "   \n ", "\ufeff"])
def test_empty_text_is_refused(text):
    with pytest.raises(InputError):
        analyze(text)


def test_unknown_language_is_refused_by_name():
    article = Article(id="x", text="Bonjour tout le monde.", lang="fr")
    with pytest.raises(InputError, match="'fr'"):
        ANALYZER.analyze(article)


PIECES = [
    *"aäß Bcd.,:;!?\n„“»«\"'’‚‘”()–…0123👩‍🚀\u200f\u05d0\u00a0",
    " sagte ",
    " laut ",
    " said ",
    " according to ",
    " X ",
]
ODD = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


@given(ODD, st.sampled_from(["de", "en"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_record_that_holds(text, lang):
    if text.strip():
        check(ANALYZER.analyze(Article(id="odd", text=text, lang=lang)))


@given(st.integers(0, len(GERMAN)), st.sampled_from(list("„“\"'»«‚‘")))
@settings(max_examples=60, deadline=None)
def test_a_stray_mark_breaks_nothing(position, mark):
    article = Article(id="odd", text=GERMAN[:position] + mark + GERMAN[position:], lang="de")
    check(ANALYZER.analyze(article))


def test_offsets_survive_emoji():
    result = analyze("👩‍🚀 Laut Polizei 🚓 wurden zwei Boote gestohlen. Der Hafen ist gesperrt.")
    check(result)
    assert result.attributions


def test_stored_text_is_not_changed():
    text = "Der\u00a0Sprecher sagte, die\u00a0Lage sei ruhig."
    result = ANALYZER.analyze(Article(id="x", text=text, lang="de"))
    assert result.article.text == text
    check(result)


def test_direct_results_can_be_replaced_but_not_changed():
    statement = analyze(GERMAN).statements[0]
    assert replace(statement, grade=1).grade == 1
    with pytest.raises(AttributeError):
        statement.grade = 1
