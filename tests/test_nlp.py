from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.nlp import Document, read
from attribution.types import LANGUAGES, Lang


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Am 7. Mai kam Dr. Berg.", "Am|7.|Mai|kam|Dr.|Berg|."),
        ("de", "Es kostet z. B. 10.000 Euro, 3,5 Mio. Yen.", "Es|kostet|z.|B.|10.000|Euro|,|3,5|Mio.|Yen|."),
        ("de", "US-Außenminister und UN-Sprecher", "US-Außenminister|und|UN-Sprecher"),
        ("de", "Außen- und Sicherheitspolitik", "Außen-|und|Sicherheitspolitik"),
        ("de", "Das geht's 50% an – heute.", "Das|geht's|50|%|an|–|heute|."),
        ("de", "„Nein“, sagte sie.", "„|Nein|“|,|sagte|sie|."),
        ("de", "Ende.Der Rat ging.", "Ende|.|Der|Rat|ging|."),
        ("de", "Im Jahr 2024. Der Rat", "Im|Jahr|2024|.|Der|Rat"),
        ("de", "Warten ... auf 9.30 Uhr…", "Warten|...|auf|9.30|Uhr|…"),
        ("de", "Die\u00a0Lage\u202fist\u00a0z.\u00a0B. ernst.", "Die|Lage|ist|z.|B.|ernst|."),
        ("de", "Grass’ Roman", "Grass|’|Roman"),
        ("en", "Kim's offer, Kim’s dogs' owner", "Kim|'s|offer|,|Kim|’s|dogs|'|owner"),
        ("en", "It doesn't, they’re O'Brien", "It|doesn't|,|they’re|O'Brien"),
        ("en", "The U.S. Army paid $5, 1,000 men.", "The|U.S.|Army|paid|$|5|,|1,000|men|."),
        ("en", "He left the U.S. He ran.", "He|left|the|U.S|.|He|ran|."),
        ("en", "J. K. Hale of Acme Inc. won", "J.|K.|Hale|of|Acme|Inc.|won"),
        ("en", "``Go,'' he said — ''now''", "``|Go|,|''|he|said|—|''|now|''"),
        ("en", "well-known state-of-the-art AT&T", "well-known|state-of-the-art|AT&T"),
        ("en", "What?! “Yes.”", "What|?|!|“|Yes|.|”"),
        ("en", "a 😀 b", "a|😀|b"),
        ("en", "", ""),
        ("en", " \n ", ""),
    ],
)
def test_tokens(lang: Lang, text: str, expected: str) -> None:
    assert "|".join(read(text, lang).words) == expected


def test_a_document_holds_together() -> None:
    text = "Kurz:\nDer Rat sagte am 7. Mai: „Wir gehen. Alle.“ Das Blatt „Kurier“ schwieg."
    document = read(text, "de")
    assert [text[s.start : s.end] for s in document.sentences] == [
        "Kurz:",
        "Der Rat sagte am 7. Mai: „Wir gehen. Alle.“",
        "Das Blatt „Kurier“ schwieg.",
    ]
    assert [s.paragraph for s in document.sentences] == [0, 1, 1]
    assert document.words[document.sentences[2].first] == "Das"
    assert document.lower[document.sentences[2].first] == "das"
    assert quoted(document) == ["„", "Wir", "gehen", ".", "Alle", ".", "“"]
    assert [quotation.kind for quotation in document.quotations] == ["speech", "term"]


def quoted(document: Document) -> list[str]:
    return [word for word, quote in zip(document.words, document.quote_of, strict=True) if quote >= 0]


def test_a_token_belongs_to_the_innermost_speech_that_holds_it() -> None:
    text = "“He told me, ‘I will never sell this house,’ and he left ‘Oak House’ then,” she said."
    document = read(text, "en")
    inner = document.quote_of[document.words.index("sell")]
    outer = document.quote_of[document.words.index("told")]
    assert (document.quotations[inner].depth, document.quotations[outer].depth) == (1, 0)
    assert document.quote_of[document.words.index("left")] == outer
    assert document.quote_of[document.words.index("Oak")] == outer
    assert document.quote_of[document.words.index("she")] == -1


PIECES = st.lists(
    st.sampled_from(
        [
            *"„“”\"»«‚‘’'.!?…,:()- \n\ue000\x00",
            "Der ",
            "wir gehen ",
            "Dr. ",
            "7. ",
            "''",
            "``",
            "\u00a0",
            "U.S.",
            "😀",
            "שלום",
        ]
    ),
    max_size=50,
).map("".join)


@given(st.one_of(st.text(), PIECES), st.sampled_from(LANGUAGES))
def test_every_visible_character_lies_in_one_token_and_every_token_in_its_sentence(text: str, lang: Lang) -> None:
    document = read(text, lang)
    tokens = list(zip(document.words, document.starts, document.ends, strict=True))
    assert document.text == text
    assert "".join(document.words) == "".join(text.split())
    assert all(text[start:end] == word for word, start, end in tokens)
    assert document.starts == sorted(document.starts)
    assert document.lower == [word.lower() for word in document.words]
    assert len(document.sentence_of) == len(document.quote_of) == len(tokens)
    for number, sentence in enumerate(document.sentences):
        assert document.sentence_of[sentence.first : sentence.last] == [number] * (sentence.last - sentence.first)
        assert sentence.first < sentence.last
    assert [s.first for s in document.sentences[1:]] == [s.last for s in document.sentences[:-1]]


@given(PIECES, st.sampled_from(LANGUAGES))
def test_quote_of_agrees_with_the_quotations(text: str, lang: Lang) -> None:
    document = read(text, lang)
    for start, quote in zip(document.starts, document.quote_of, strict=True):
        holding = [
            number
            for number, quotation in enumerate(document.quotations)
            if quotation.kind == "speech" and quotation.start <= start < quotation.end
        ]
        assert quote == max(holding, key=lambda number: document.quotations[number].depth, default=-1)


PARAGRAPH = (
    "Der Bürgermeister von Altstadt sagte am 7. Mai, die Brücke sei „vollkommen marode“ und werde gesperrt. "
    "„Wir bauen neu. Das kostet 4 Mio. Euro“, erklärte er. Der „Stadtkurier“ hatte z. B. von Rissen berichtet.\n"
)


def seconds(count: int) -> float:
    start = time.process_time()
    read(PARAGRAPH * count, "de")
    return time.process_time() - start


def test_cost_grows_with_the_length_and_no_faster() -> None:
    seconds(10)
    small = min(seconds(100) for _ in range(3))
    assert seconds(10_000) < 300 * small
