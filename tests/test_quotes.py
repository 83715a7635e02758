from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import quotes
from attribution.errors import ConfigError
from attribution.quotes import Quotation, find_quotations, load_quote_cues
from attribution.text import paragraphs
from attribution.types import LANGUAGES, Lang


def find(text: str, lang: Lang = "de") -> tuple[Quotation, ...]:
    return find_quotations(text, paragraphs(text), lang)


def strings(text: str, lang: Lang = "de") -> list[str]:
    return [text[quotation.start : quotation.end] for quotation in find(text, lang)]


@pytest.mark.parametrize(
    "quotation",
    [
        "„Wir bauen weiter“",
        "„Wir bauen weiter”",
        '„Wir bauen weiter"',
        "“Wir bauen weiter”",
        "“Wir bauen weiter“",
        '"Wir bauen weiter"',
        '"Wir bauen weiter“',
        "”Wir bauen weiter”",
        "»Wir bauen weiter«",
        "«Wir bauen weiter»",
        "‚Wir bauen weiter‘",
        "‘Wir bauen weiter’",
        "‹Wir bauen weiter›",
        "›Wir bauen weiter‹",
        "'Wir bauen weiter'",
        "``Wir bauen weiter''",
        "''Wir bauen weiter''",
    ],
)
@pytest.mark.parametrize("frame", ["Er sagte: {}.", "{}, sagte er.", "({})", "{}", "Das {} galt."])
def test_every_kind_of_mark_is_paired(quotation: str, frame: str) -> None:
    assert strings(frame.format(quotation)) == [quotation]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sie rief: „Er sagte ‚nein‘ und ging.“", [("„Er sagte ‚nein‘ und ging.“", 0), ("‚nein‘", 1)]),
        ("“He said ‘no’ twice,” she recalled.", [("“He said ‘no’ twice,”", 0), ("‘no’", 1)]),
        ("\"'Go home,' he told us,\" she said.", [("\"'Go home,' he told us,\"", 0), ("'Go home,'", 1)]),
        ("''You 'never' know,'' she said.", [("''You 'never' know,''", 0), ("'never'", 1)]),
        ("»Das Stück ›Nordwind‹ läuft«, hieß es.", [("»Das Stück ›Nordwind‹ läuft«", 0), ("›Nordwind‹", 1)]),
        ("„Die Band „Ostkurve“ kommt“, sagte er.", [("„Die Band „Ostkurve“ kommt“", 0), ("„Ostkurve“", 1)]),
    ],
)
def test_nested_quotations_know_their_depth(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(text[q.start : q.end], q.depth) for q in find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kim’s offer and the workers' answer don't matter, the dogs’ owner said.",
        "In the ’90s and '80s it was all rock 'n' roll.",
        "Grass’ Roman und Hans' Auto, so'n Ding und 'ne Idee.",
        'He is 5\'10" tall and bought a 7" record.',
        "Die Rede war kurz“ und der Saal leer.",
        'Der Saal war leer" und kalt.',
    ],
)
def test_apostrophes_measures_and_lone_closing_marks_are_no_quotations(text: str) -> None:
    assert strings(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘The miners’ union won,’ she said.", ["‘The miners’ union won,’"]),
        ("He said 'yes' to the bosses' plan.", ["'yes'"]),
        ("“I don't see the ’90s coming back,” he said.", ["“I don't see the ’90s coming back,”"]),
        ('Die Zeitung "Morgen berichtet. Der "Abend" auch.', ['"Abend"']),
        ("Die „Lage ist ernst. Er sagte: „Wir gehen.“ Dann ging er.", ["„Wir gehen.“"]),
        ('Das "Alpha"-Projekt und das "Beta"-Projekt.', ['"Alpha"', '"Beta"']),
        ('Er sagte "Wir gehen " und ging.', ['"Wir gehen "']),
        ('She said "stop."Then she left.', ['"stop."']),
    ],
)
def test_stray_marks_and_neighbours(text: str, expected: list[str]) -> None:
    assert strings(text) == expected


def test_a_quotation_without_closing_mark_ends_with_its_paragraph() -> None:
    text = "Der Rat teilte mit: „Wir prüfen das.\nMehr war nicht zu hören."
    (quotation,) = find(text)
    assert text[quotation.start : quotation.end] == "„Wir prüfen das."
    assert not quotation.closed
    assert quotation.kind == "speech"


@pytest.mark.parametrize("opening", ["“", '"', "‘"])
def test_a_repeated_opening_mark_continues_the_quotation_of_the_paragraph_before(opening: str) -> None:
    closing = {"“": "”", '"': '"', "‘": "’"}[opening]
    text = (
        f"{opening}We lost the bridge first.\n{opening}Then we lost the road,{closing} the mayor said.\n“Now we wait.”"
    )
    first, second, third = find(text, "en")
    assert (first.closed, first.continues) == (False, False)
    assert (second.closed, second.continues) == (True, True)
    assert third.continues is False


SPEECH = [
    ("de", "Die Ministerin nannte den Plan „völlig verfehlt und gefährlich“."),
    ("de", "Der Botschafter kündigte eine „harte Antwort“ auf die Sanktionen an."),
    ("de", "Der Abgeordnete sprach von einem „Skandal“."),
    ("de", "„Stopp!“, rief der Schaffner."),
    ("de", "„Wir gehen nicht weg“, sagte sie."),
    ("de", "Der Trainer sagte: „Ein guter Tag.“"),
    ("de", "Die Halle sei „vollkommen marode“ und müsse schließen."),
    ("de", "Der Verband wies das als „Unfug“ zurück."),
    ("en", "She called the ruling a “disgrace to us all”."),
    ("en", 'He called the story "nonsense" and left.'),
    ("en", '"Stop!" she said.'),
    ("en", "The firm said it was “deeply sorry” for the delay."),
    ("en", "“It is over,” the coach said."),
    ("en", "The union warned of “serious harm” to patients."),
]
TERM = [
    ("de", "Die Zeitung „Seekurier“ berichtete am Montag darüber."),
    ("de", 'Wie die Zeitung "Seekurier“ unter Berufung auf Kreise berichtet, soll er zurücktreten.'),
    ("de", "Die Band „Die Möwen“ tritt in Kiel auf."),
    ("de", 'Der Film "Das Floß" läuft seit Mai.'),
    ("de", "Die sogenannte „Volksrepublik“ hat eine Flagge."),
    ("de", "Der Minister sagte dem „Seekurier“, es gehe voran."),
    ("de", "Der „Seekurier“-Bericht schlug hohe Wellen."),
    ("de", "Das Schiff „Albatros“ lief am Morgen aus."),
    ("en", 'It was a "cheap" way to win votes.'),
    ("en", "The film “Harbour Lights” opens in May."),
    ("en", "The so-called “people’s bank” was closed."),
    ("en", "He told “Good Day Leeds” that he would run."),
    ("en", "The newspaper “Morning Tide” first reported the deal."),
    ("en", "A project dubbed “Blue Wall” was launched."),
]


@pytest.mark.parametrize(
    ("kind", "lang", "text"), [("speech", *row) for row in SPEECH] + [("term", *row) for row in TERM]
)
def test_speech_is_told_from_terms(kind: str, lang: Lang, text: str) -> None:
    assert [quotation.kind for quotation in find(text, lang)] == [kind]


def test_a_series_of_titles_pulls_its_later_members_along() -> None:
    titles = "Zu sehen waren „Hafen“, „Nebel“ und „der Weg“."
    assert find("Zu sehen war „der Weg“.")[0].kind == "speech"
    assert {quotation.kind for quotation in find(titles)} == {"term"}


CUES = [(lang, cue) for lang in LANGUAGES for cue in load_quote_cues(lang).cues]


@pytest.mark.parametrize(("lang", "cue"), CUES, ids=[f"{lang}-{cue.id}" for lang, cue in CUES])
def test_every_entry_decides_its_example_and_not_its_lookalike(lang: Lang, cue: quotes.QuoteCue) -> None:
    wanted, other = ("speech", "term") if cue.points + cue.short > 0 else ("term", "speech")
    assert find(cue.example, lang)[0].kind == wanted
    assert find(cue.lookalike, lang)[0].kind == other
    assert cue.id in {sign.removesuffix("_short") for sign in signs_of(cue.example, lang)}


def signs_of(text: str, lang: Lang) -> list[str]:
    quotation = find(text, lang)[0]
    inside = text[quotation.start + 1 : quotation.end - 1]
    return quotes._evidence(text[: quotation.start], inside, text[quotation.end :], lang)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"points": {"base": 1, "gut_feeling": 3}}, "gut_feeling"),
        ({"cue": [{"id": "x", "place": "before"}]}, "missing"),
        ({"cue": [{"id": "x", "colour": "red"}]}, "colour"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_unknown_and_missing_keys_are_refused_by_name(
    change: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotes, "read_lexicon", lambda lang, name: {"points": {}, "cue": []} | change)
    with pytest.raises(ConfigError, match=message):
        load_quote_cues.__wrapped__("de")


PIECES = st.lists(
    st.sampled_from([*"„“”\"»«‚‘’'‹› \n.,:!a", "''", "``", "Haus ", "er sagte ", " wir gehen", "5'", "-"]), max_size=60
)


@given(PIECES.map("".join))
def test_quotations_lie_in_one_paragraph_and_never_cross(text: str) -> None:
    found = find(text)
    assert list(found) == sorted(found, key=lambda quotation: quotation.start)
    enclosing: list[Quotation] = []
    for quotation in found:
        assert any(p.start <= quotation.start < quotation.end <= p.end for p in paragraphs(text))
        while enclosing and enclosing[-1].end <= quotation.start:
            enclosing.pop()
        assert quotation.depth == len(enclosing)
        assert all(quotation.end <= outer.end for outer in enclosing)
        enclosing.append(quotation)


@given(st.lists(PIECES.map(lambda pieces: "".join(pieces).replace("\n", " ")), min_size=2, max_size=5), st.data())
def test_a_stray_mark_never_reaches_another_paragraph(lines: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number])))
    mark = data.draw(st.sampled_from(["„", "“", "”", '"', "»", "«", "‚", "‘", "'", "''"]))
    changed = list(lines)
    changed[number] = lines[number][:place] + mark + lines[number][place:]
    assert by_line(lines, number) == by_line(changed, number)


def by_line(lines: list[str], without: int) -> list[tuple[int, int, int, str, int, bool]]:
    """List all quotations but those of one line, with offsets counted from their own line's start."""
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    result = []
    for quotation in find(text):
        number = max(n for n, start in enumerate(starts) if start <= quotation.start)
        if number != without:
            offset = starts[number]
            place = (number, quotation.start - offset, quotation.end - offset)
            result.append((*place, quotation.kind, quotation.depth, quotation.closed))
    return result


@pytest.mark.parametrize("unit", ['"', "„", "„a“ ", '"a" ', "„ich bin ", "„So ist es.\n", "“ a ", "'a "])
def test_time_grows_with_the_number_of_marks_and_no_faster(unit: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        find(unit * count)
        return time.process_time() - start

    seconds(100)
    small = min(seconds(2_000) for _ in range(3))
    assert seconds(20_000) < 40 * small + 0.2
