"""Characters: decoding, normalising, paragraphs, language."""

from __future__ import annotations

import codecs
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.errors import InputError
from attribution.text import (
    count_words,
    decode,
    detect_language,
    guess_language,
    normalise,
    paragraphs,
    read_bytes,
    sha256,
)

GERMAN = "Größere Schäden gebe es nicht, sagte Müller in Köln. „Wir hätten früher handeln müssen“, fügte er hinzu."
ASCII_MARKS = GERMAN.replace("„", '"').replace("“", '"')


@pytest.mark.parametrize(
    ("data", "expected", "encoding", "warns"),
    [
        (GERMAN.encode(), GERMAN, "utf-8", False),
        (codecs.BOM_UTF8 + GERMAN.encode(), GERMAN, "utf-8-sig", False),
        (GERMAN.encode("utf-16"), GERMAN, "utf-16", False),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), GERMAN, "utf-16", False),
        (GERMAN.encode("utf-32"), GERMAN, "utf-32", False),
        (GERMAN.encode("utf-16-le"), GERMAN, "utf-16-le", True),
        (GERMAN.encode("cp1252"), GERMAN, "cp1252", True),
        ("Die Brücke sei sicher, hieß es.".encode("cp1252"), "Die Brücke sei sicher, hieß es.", "cp1252", True),
        ("It’s “safe”, she said.".encode("cp1252"), "It’s “safe”, she said.", "cp1252", True),
        (GERMAN.encode("mac_roman"), GERMAN, "mac_roman", True),
        (ASCII_MARKS.encode("cp850"), ASCII_MARKS, "cp850", True),
        (b"Plain English text.", "Plain English text.", "utf-8", False),
        (b"", "", "utf-8", False),
    ],
)
def test_decode_finds_the_encoding(data, expected, encoding, warns):
    decoded = read_bytes(data)
    assert (decoded.text, decoded.encoding, decoded.warning is not None) == (expected, encoding, warns)
    assert decode(data) == expected


def test_declared_encoding_is_used_when_it_is_no_utf8():
    data = "Der Preis stieg auf 5 €, sagte Háček.".encode("cp1250", "replace")
    assert read_bytes(data, "windows-1250").encoding == "cp1250"
    assert read_bytes("Über uns".encode(), "windows-1250").text == "Über uns"
    assert read_bytes("Über".encode("cp1252"), "no-such-encoding").text == "Über"


def test_broken_utf8_keeps_the_rest_and_warns():
    decoded = read_bytes("Die Größe für alle über ".encode() + b"\x84Zitat\x93 und " + "Übung".encode() + b"\xc3")
    assert decoded.text == "Die Größe für alle über „Zitat“ und Übung\ufffd"
    assert decoded.warning and "3 broken bytes" in decoded.warning


def test_truncated_utf16_is_read_with_a_warning():
    decoded = read_bytes("Bericht".encode("utf-16")[:-1])
    assert decoded.text.startswith("Berich")
    assert decoded.warning


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG image"),
        (b"%PDF-1.4 rest", "PDF file"),
        (b"PK\x03\x04 rest", ".docx"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "program"),
        (bytes(range(256)) * 20, "binary data"),
        (b"text\x00\xff\xfe\x00text", "binary data"),
    ],
)
def test_binary_data_is_refused(data, says):
    with pytest.raises(InputError, match=says):
        decode(data)


def test_a_stray_control_character_does_not_make_a_text_binary():
    assert "weiter" in decode(b"Der Text geht nach dem Zeichen \x07 hier weiter.")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\x0bc\x0cd\x85e", "a\nb\nc\nd\ne"),
        ("Minis\xadter", "Minister"),
        ("ein\u200bes \u2060Tages\ufeff", "eines Tages"),
        ("10\xa0000\u202fEuro\tund\u3000mehr", "10 000 Euro und mehr"),
        ("u\u0308ber", "über"),
        ("u\u200b\u0308ber", "über"),
        ("gut\x07 ge\x1bmacht\x9f", "gut gemacht"),
        ("links \u202erechts\u202c \u200fda\u2066", "links rechts da"),
        ("שלום \u200fעולם", "שלום עולם"),
        ("Familie 👨\u200d👩\u200d👧 lacht ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽", "Familie 👨\u200d👩\u200d👧 lacht ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽"),
        ("Wort\u200dteil", "Wortteil"),
        ("zwei  \nZeilen \n\n\n\nmehr", "zwei\nZeilen\n\nmehr"),
        ("\n\n  Anfang\nEnde  \n\n", "Anfang\nEnde"),
        ("a\n \n\t\n\xa0\nb", "a\n\nb"),
        ("halb \ud83d Zeichen", "halb \ufffd Zeichen"),
        ("„Ja“, »nein« – 'so' \"auch\" …", "„Ja“, »nein« – 'so' \"auch\" …"),
        ("\u200b \n\x00", ""),
    ],
)
def test_normalise(raw, expected):
    assert normalise(raw) == expected


ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("ab \n\r\t\x0b\x85\xa0\xad\u0308\u200b\u200d\u2028\u202e\u3000\ufeff\ufe0f👩👧❤„“"),
    )
)


@given(ODD)
def test_normalise_twice_changes_nothing(raw):
    text = normalise(raw)
    assert normalise(text) == text
    assert text == text.strip(" \n")
    assert "\n\n\n" not in text
    assert " \n" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(char) == "Cc" and char != "\n" for char in text)
    text.encode("utf-8")


@given(ODD)
def test_paragraphs_cover_every_character_but_white_space(raw):
    text = normalise(raw)
    spans = paragraphs(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end
        part = text[span.start : span.end]
        assert part == part.strip()
        assert "\n" not in part
        assert not text[end : span.start].strip()
        end = span.end
    assert not text[end:].strip()


def test_paragraphs_end_at_every_newline():
    text = "Titel\n\n  Erster Absatz. \nZweiter 👍.\n"
    assert [text[start:end] for start, end in paragraphs(text)] == ["Titel", "Erster Absatz.", "Zweiter 👍."]
    assert paragraphs(" \n \n") == ()


@given(ODD)
def test_count_words_is_what_split_gives(raw):
    assert count_words(raw) == len(raw.split())


def test_count_words_counts_a_word_across_pieces_once(monkeypatch):
    monkeypatch.setattr("attribution.text._PIECE", 4)
    assert count_words("eins zweidrei vier  fünf sechs") == 5


def test_sha256_is_that_of_the_utf8_bytes():
    assert sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Die Bahn will bis zum Herbst vierzig Brücken sanieren. Das teilte der Konzern mit."),
        ("de", "Sturm über Hamburg"),
        ("de", "Hans sagte, er komme."),
        ("de", "Erdoğan und Vučić sprachen in Istanbul über das Gas. Ein Abkommen ist laut Diplomaten nah."),
        ("en", "The bridge was closed on Monday, officials said. No one was hurt."),
        ("en", "He said no."),
        ("en", "Mr. Lund's party won, and Mrs. Brandt's didn't. It's over, she told reporters."),
        ("nl", "De brug werd maandag gesloten, aldus de gemeente. Niemand raakte gewond."),
        ("nl", "Het kabinet heeft besloten dat de belasting wordt verlaagd. Volgens de minister is dat goed nieuws."),
        ("da", "Regeringen har besluttet, at skatten skal sænkes. Det siger ministeren, og han er glad for aftalen."),
        ("no", "Regjeringen har bestemt at skatten skal senkes. Det sier ministeren etter møtet."),
        ("sv", "Regeringen har beslutat att skatten ska sänkas. Det säger ministern."),
        ("fr", "Le gouvernement a décidé de baisser les impôts. Selon le ministre, c'est une bonne nouvelle."),
        ("es", "El gobierno decidió bajar los impuestos. Según el ministro, es una buena noticia."),
        ("it", "Il governo ha deciso di abbassare le tasse. Secondo il ministro è una buona notizia."),
        ("pt", "O governo decidiu baixar os impostos. Segundo o ministro, é uma boa notícia para as famílias."),
        ("pl", "Rząd zdecydował się obniżyć podatki. Minister powiedział, że to dobra wiadomość."),
        ("cs", "Vláda se rozhodla snížit daně. Podle ministra je to dobrá zpráva, která lidem pomůže."),
        ("hu", "A kormány úgy döntött, hogy csökkenti az adókat. A miniszter szerint ez jó hír."),
        ("fi", "Hallitus päätti laskea veroja. Ministerin mukaan se on hyvä uutinen, ja se auttaa kaikkia."),
        ("fi", "He eivät tänään päättäneet mitään, täällä äänestetään myöhemmin."),
        ("ro", "Guvernul a decis să reducă taxele. Ministrul spune că este o veste bună pentru familii."),
        ("hr", "Vlada je odlučila smanjiti poreze. Prema ministru to je dobra vijest za obitelji."),
        ("tr", "Hükümet vergileri düşürmeye karar verdi. Bakana göre bu iyi bir haber."),
        ("ru", "Правительство решило снизить налоги."),
        ("uk", "Уряд вирішив знизити податки, і це добре."),
        ("el", "Η κυβέρνηση αποφάσισε να μειώσει τους φόρους."),
        ("ar", "قررت الحكومة خفض الضرائب."),
        ("he", "הממשלה החליטה להוריד מסים."),
        ("zh", "政府决定降低税收。"),
        ("ja", "政府は税金を下げることを決めた。"),
        ("ko", "정부는 세금을 낮추기로 결정했다."),
        (None, "4711 – 0815"),
        (None, ""),
        (None, "Xylo quab drint morv " * 10),
    ],
)
def test_guess_language(code, text):
    assert guess_language(text) == code


def test_another_language_is_refused_by_name():
    with pytest.raises(
        InputError, match=r"looks like French \(fr\).*German \(de\) and English \(en\).*--lang"
    ) as caught:
        detect_language("Le ministre a déclaré que les négociations sont dans une impasse.")
    assert caught.value.stage == "language"


def test_a_foreign_quotation_does_not_change_the_language():
    text = (
        "Der Präsident sprach am Abend im Fernsehen und sagte dabei auf Französisch: « Nous ne céderons pas. » "
        "Danach ging er nicht mehr auf die Fragen der Journalisten ein, wie der Sender mitteilte."
    )
    assert detect_language(text) == "de"


@pytest.mark.parametrize(
    "raw",
    [
        "„Wir bauen die Brücke,“ sagte sie.\xa0Mehr nicht. \r\n\r\n\r\n" * 40_000,
        " " * 2_000_000 + "x",
        "x \n" * 600_000,
        '"' * 1_000_000,
        "\n" * 2_000_000,
        "\u200d" * 1_000_000,
    ],
    ids=["lines", "blanks", "trailing", "quotes", "newlines", "joiners"],
)
def test_cost_is_linear(raw):
    """Two million characters take a tenth of a second each; anything quadratic would take minutes."""
    start = time.process_time()
    text = normalise(raw)
    paragraphs(text)
    count_words(text)
    guess_language(text)
    assert time.process_time() - start < 5
