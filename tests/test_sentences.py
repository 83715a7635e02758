from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import sentences
from attribution.errors import ConfigError
from attribution.lang import read_lexicon
from attribution.quotes import find_quotations
from attribution.sentences import load_abbreviations, split, terminators
from attribution.text import paragraphs
from attribution.types import LANGUAGES, Lang


def cut(text: str, lang: Lang) -> list[str]:
    found = paragraphs(text)
    spans = split(text, found, find_quotations(text, found, lang), terminators(text, lang))
    return [text[span.start : span.end] for span, _ in spans]


# ``|`` marks where a new sentence begins; every other full stop ends nothing.
SENTENCES: list[tuple[Lang, str]] = [
    ("de", "Am 7. Februar kam die 11. Luftlandebrigade an. |Sie blieb bis zum 19. Jahrhundert."),
    ("de", "Der 3. Senat urteilte am 28. Oktober. |Das Urteil gilt."),
    ("de", "Die Kosten stiegen im Jahr 2024. |Die Stadt spart."),
    ("de", "Die Zahl stieg auf 12. |Das Land reagierte."),
    ("de", "Der Anteil liegt bei 3,5. |Experten zweifeln."),
    ("de", "Das Spiel endete 0:0. |Zuschauer pfiffen."),
    ("de", "Papst Johannes XXIII. sprach, Papst Leo XIV. Grüße sandte er auch."),
    ("de", "Betroffen sind z. B. Schulen, z.B. Kitas, d. h. alle. |Das kostet."),
    ("de", "Prof. Dr. Anna Berg traf Hrn. Weiß nicht, aber Dr. h. c. Otto Lang."),
    ("de", "Es fehlen ca. 4 Mio. Euro bzw. 3 Mrd. Yen. |Der Bund zahlt."),
    ("de", "Der Umbau kostet 4 Mio. |Der Bund zahlt die Hälfte."),
    ("de", "Nach Abs. 2 und Art. 5 gilt Nr. 7. |Die Frist läuft."),
    ("de", "Es ging um Zölle usw. |Danach war Pause."),
    ("de", "In St. Gallen und in der Str. Nord u. a. Orten galt es."),
    ("de", "J. K. Brandt und Anna M. Vogel kamen. |Sie gingen."),
    ("de", "Der Verein Hilfe e. V. sammelt Spenden. |Er ist klein."),
    ("de", "Die Seite beispiel.de zeigt um 9.30 Uhr 10.000 Zugriffe. |Sie wächst."),
    ("de", "Er kam vorbei.Der Minister schwieg. |Mehr nicht."),
    ("de", "Er zögerte … und ging. |Sie blieb … |Dann kam er."),
    ("de", "Das ist (noch) offen. |(Anmerkung der Redaktion.) |Mehr folgt."),
    ("de", "Was nun? |Niemand weiß es! |Wirklich nicht?! |Nein."),
    ("de", "Die Antwort (!) kam spät. |Sie war kurz."),
    ("de", "Tore: Berg (28.), Vogel (65.) und Lang. |Ende."),
    ("en", "Mr. Cole met Gen. Ada Price and Sen. Lee in St. Paul. |They talked."),
    ("en", "The U.S. Senate voted. |He left the U.S. |He came back."),
    ("en", "It rose at 5 p.m. |The shop shut at 6 p.m. on Feb. 3 in Portland, Ore."),
    ("en", "Acme Inc. said it sued Beta Corp. for fraud. |It lost."),
    ("en", "John F. Moore Jr. of Leeds won. |J. K. Hale lost."),
    ("en", "It was No. 4 on the list. |He said no. |They went."),
    ("en", "Prices rose 3.5 percent in 2024. |Wages did not."),
    ("en", "See example.com e.g. for rates vs. costs, i.e. the gap. |It grew."),
    ("en", "Wait ... what is this? |Nothing."),
    ("en", "He was unsure... |Then he ran."),
    ("en", "1. Open the lid. |Pour."),
    ("en", "The band Hey! played on. |It ended."),
    # quotations
    ("de", "Er sagte: „Es ist vorbei. Wir gehen.“ |Der Minister schwieg."),
    ("de", "„Stopp!“, rief er. |„Halt!“ rief sie. |„Wieso?“ |Niemand antwortete."),
    ("de", "„Es ist vorbei“, sagte sie. |„Wir gehen.“ |Dann ging sie."),
    ("de", "Der Satz „Das war’s. Ende.“ stand im Protokoll. |Er blieb."),
    ("de", "Das Stück „Wer war das?“ läuft. |Es ist neu."),
    ("de", "Er rief: „Raus!“. |Sie blieb."),
    ("de", "»Kommt er? Kommt sie?« fragte Berg. |Nein."),
    ("de", "(„Wir gehen.“) |Dann Stille."),
    ("de", "Er schrieb: „Wir warten. |Wir hoffen. |Wir bleiben."),
    ("en", 'He said, "It is done. We can go." |The crowd left.'),
    ("en", '"Stop!" she said. |"Really?" asked Hale. |"Why?" Mr. Hale asked. |"No." |Nobody moved.'),
    ("en", "“They went home.” |Smith said he would stay."),
    ("en", "''It is over,'' she said. |''We lost. They won.'' |Then she left."),
    ("en", "The song “Who? Me!” was a hit. |It sold well."),
    ("en", "He called it “a mess.” |Others agreed."),
]


@pytest.mark.parametrize(("lang", "marked"), SENTENCES)
def test_sentences_end_where_a_reader_ends_them(lang: Lang, marked: str) -> None:
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]
    expected = [piece for part in expected for piece in part.replace("vorbei.Der", "vorbei.\0Der").split("\0")]
    assert cut(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Am 7. Mai rief er: „Halt! Nein.“ Dr. Berg ging.", ["!", "n.", "g."]),
        ("en", "Mr. Lee said: “Go. Now!” He left at 5 p.m. sharp...", ["o.", "w!", "p..."]),
    ],
)
def test_terminators_stand_behind_their_mark_and_also_inside_quotations(
    lang: Lang, text: str, expected: list[str]
) -> None:
    assert [text[:stop].endswith(end) for stop, end in zip(terminators(text, lang), expected, strict=True)] == [
        True
    ] * len(expected)


def test_paragraphs_always_end_a_sentence_and_give_its_index() -> None:
    text = "Kurz gemeldet\n\nDie Wahl: ein Überblick\nSie gewann, hieß es: „Ja."
    found = paragraphs(text)
    spans = split(text, found, find_quotations(text, found, "de"), terminators(text, "de"))
    assert [(text[span.start : span.end], paragraph) for span, paragraph in spans] == [
        ("Kurz gemeldet", 0),
        ("Die Wahl: ein Überblick", 1),
        ("Sie gewann, hieß es: „Ja.", 2),
    ]


ENTRIES: list[tuple[Lang, dict[str, Any]]] = [
    (lang, row) for lang in LANGUAGES for row in read_lexicon(lang, "abbreviations.toml")["abbreviation"]
]


@pytest.mark.parametrize(("lang", "row"), ENTRIES, ids=[f"{lang}-{row['id']}" for lang, row in ENTRIES])
def test_every_entry_keeps_its_example_whole_and_cuts_its_lookalike(lang: Lang, row: dict[str, Any]) -> None:
    example = row["example"].replace(" ", "")
    assert any(form in example for form in row["forms"].split())
    assert len(cut(row["example"], lang)) == 1
    assert len(cut(row["lookalike"], lang)) == 2


FORMS = [(lang, form) for lang, row in ENTRIES if row["ends"] == "never" for form in row["forms"].split()]


@pytest.mark.parametrize(("lang", "form"), FORMS)
def test_every_abbreviation_that_never_ends_a_sentence_keeps_it_whole(lang: Lang, form: str) -> None:
    text = f"xx {form} Berlin xx"
    assert terminators(text, lang) == []


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"starters": "", "abbreviation": [], "more": 1}, "more"),
        ({"starters": "", "abbreviation": [{"id": "x", "form": "y"}]}, "entry 'x'"),
        (
            {
                "starters": "",
                "abbreviation": [{"id": "x", "forms": "y.", "ends": "often", "example": "", "lookalike": ""}],
            },
            "often",
        ),
    ],
)
def test_wrong_entries_are_refused_by_name(
    tables: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentences, "read_lexicon", lambda lang, name: tables)
    with pytest.raises(ConfigError, match=message):
        load_abbreviations.__wrapped__("de")


PIECES = st.lists(
    st.sampled_from([*"„“”\"»«'’.!?…,:() \n", "Der ", "wir gehen", "Dr. ", "7. ", "''", "\u00a0", "sagte er", "U.S."]),
    max_size=50,
)


@given(PIECES.map("".join), st.sampled_from(LANGUAGES))
def test_every_visible_character_lies_in_exactly_one_sentence(text: str, lang: Lang) -> None:
    found = paragraphs(text)
    spans = split(text, found, find_quotations(text, found, lang), terminators(text, lang))
    covered = [place for span, _ in spans for place in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert {place for place in range(len(text)) if not text[place].isspace()} <= set(covered)
    for span, paragraph in spans:
        assert found[paragraph].start <= span.start < span.end <= found[paragraph].end
        assert text[span.start : span.end].strip() == text[span.start : span.end]


@given(PIECES.map("".join), st.sampled_from(LANGUAGES))
def test_no_sentence_ends_inside_a_closed_quotation(text: str, lang: Lang) -> None:
    found = paragraphs(text)
    quotations = find_quotations(text, found, lang)
    outer = [q for q in quotations if q.closed and q.depth == 0]
    for span, _ in split(text, found, quotations, terminators(text, lang)):
        assert not any(quotation.start < span.end < quotation.end for quotation in outer)


@pytest.mark.parametrize("unit", [". ", "a.", "A. ", "„A.“ B ", "Er ging. ", "...", "z. B. ", "1. "])
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        cut(unit * count, "de")
        return time.process_time() - start

    seconds(100)
    small = min(seconds(2_000) for _ in range(3))
    assert seconds(20_000) < 40 * small + 0.2
