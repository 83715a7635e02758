"""Gold files: what they may hold, and that everything else is refused with file, line and reason."""

from __future__ import annotations

import json

import pytest

from attribution.errors import LabelError
from attribution.formats.gold import (
    ATTRIBUTION_KEYS,
    SHOWN_PROBLEMS,
    GoldArticle,
    Labelled,
    LabelledHedge,
    parse_gold,
    parse_predicted,
    read_gold,
    read_predicted,
)
from attribution.formats.native import to_line
from attribution.types import Span
from tests import results

TEXT = "The council said the bridge would reopen in June."
SAID = {"source": [[0, 11]], "cue": [[12, 16]], "content": [[17, 48]]}
LABELLED = Labelled((Span(17, 48),), (Span(0, 11),), (Span(12, 16),))
WHO = (LABELLED.source, LABELLED.cue)
HEDGE = {"start": 12, "end": 16, "class": "hearsay", "in_use": False}
GERMAN = (
    "Die Stadt hat am Montag mitgeteilt, dass der Damm an der Nordseite des Hafens nach dem Sturm geprüft werden soll. "
    "Das Ergebnis werde nicht vor dem Ende der Woche vorliegen, weil die Taucher auf besseres Wetter warten müssten. "
    "Bis dahin bleibt die Zufahrt für alle Schiffe gesperrt, die mehr als zwei Meter Tiefgang haben und nicht zur "
    "Feuerwehr gehören."
)


def row(**changes: object) -> dict[str, object]:
    made = {"id": "a", "lang": "en", "text": TEXT, "attributions": [SAID]} | changes
    return {key: value for key, value in made.items() if value is not ...}


def lines(*rows: object) -> list[bytes]:
    return [(item if isinstance(item, str) else json.dumps(item)).encode() + b"\n" for item in rows]


def item(**changes: object) -> dict[str, object]:
    return row(attributions=[{key: value for key, value in (SAID | changes).items() if value is not ...}])


# --- good ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "attributions", "hedges"),
    [
        (row(), (LABELLED,), ()),
        (row(attributions=[]), (), ()),
        (row(publisher="The Courier", title="Bridge", hedges=[]), (LABELLED,), ()),
        (item(frame=[[12, 16]], subtype="Indirect", nested=False, type=None), (LABELLED,), ()),
        (item(content=[[0, 49]]), (Labelled((Span(0, len(TEXT)),), *WHO),), ()),
        (item(source=[], cue=...), (Labelled((Span(17, 48),)),), ()),
        (item(content=[[30, 48], [17, 30]]), (Labelled((Span(30, 48), Span(17, 30)), *WHO),), ()),
        (item(type="indirect", rule="x.y"), (Labelled(LABELLED.content, *WHO, "indirect", "x.y"),), ()),
        (row(hedges=[HEDGE]), (LABELLED,), (LabelledHedge(12, 16, "hearsay", False),)),
        (row(hedges=[HEDGE | {"probability": 0.4}]), (LABELLED,), (LabelledHedge(12, 16, "hearsay", False),)),
    ],
)
def test_good_lines(given, attributions, hedges):
    assert parse_gold(lines(given), "gold") == (GoldArticle("a", "en", TEXT, attributions, hedges),)


def test_text_is_kept_exactly_and_empty_lines_are_passed_over():
    text = "  Der Rat »schweigt«.\r\n\u00a0Ende\u2028 "
    given = [b"\xef\xbb\xbf" + lines(row(text=text, attributions=[]))[0], b"\n", *lines(row(id="b"))]
    first, second = parse_gold(given, "gold")
    assert (first.text, second.id) == (text, "b")


def test_what_extract_writes_can_be_read_as_gold():
    line = to_line(results.english())
    (article,) = parse_gold(lines(line), "gold")
    assert [[list(span) for span in a.content] for a in article.attributions] == [
        a["content"] for a in line["attributions"]
    ]


def test_a_short_text_may_quote_the_other_language_at_length():
    text = "Er sagte: „We have a deal, and that is the end of the matter for all of us in the city.“"
    assert parse_gold(lines(row(lang="de", text=text, attributions=[])), "gold")[0].lang == "de"


# --- bad -----------------------------------------------------------------------------------------------------------

BAD = [
    ("{not JSON", "is not JSON"),
    ("[1, 2]", "no object"),
    (row(id=...), "'id' is missing"),
    (row(id=7), "'id' is 7"),
    (row(text=...), "'text' is missing"),
    (row(text="  "), "'text' is '  '"),
    (row(lang=...), "'lang' is missing"),
    (row(lang="fr"), "'lang' is 'fr'; allowed are 'de', 'en'"),
    (row(lang=["de"]), "'lang' is ['de']"),
    (row(lang="en", text=GERMAN, attributions=[]), "'lang' is 'en', but the text looks like German (de)"),
    (row(sorce="x"), "unknown key 'sorce'"),
    (row(attributions=...), "'attributions' is missing"),
    (row(attributions=None), "'attributions' is missing"),
    (row(attributions={}), "attributions is {}; it must be a list"),
    (row(attributions=[7]), "attributions[0] is 7; it must be an object"),
    (item(speaker=[]), "attributions[0]: unknown key 'speaker'"),
    (item(type="quoted"), "attributions[0]: 'type' is 'quoted'; allowed are direct, indirect, reported, free_indirect"),
    (item(type=["direct"]), "'type' is ['direct']"),
    (item(content=[]), "attributions[0] has no content"),
    (item(content=...), "attributions[0] has no content"),
    (item(content="17-48"), "attributions[0].content is '17-48'; it must be a list"),
    (item(content=[[17, 50]]), "attributions[0].content[0]: [17, 50] lies outside the text, which has 49 characters"),
    (item(source=[[-1, 5]]), "attributions[0].source[0]: [-1, 5] lies outside the text"),
    (item(cue=[[12, 12]]), "attributions[0].cue[0]: [12, 12] is empty"),
    (item(cue=[[16, 12]]), "attributions[0].cue[0]: [16, 12] ends before it starts"),
    (item(cue=[12]), "attributions[0].cue[0] is 12; it must be [start, end]"),
    (item(cue=[[12, 16, 18]]), "attributions[0].cue[0] is [12, 16, 18]"),
    (item(cue=[[12.0, 16]]), "attributions[0].cue[0] is [12.0, 16]"),
    (item(cue=[[False, True]]), "attributions[0].cue[0] is [False, True]"),
    (item(content=[[30, 48], [17, 31]]), "attributions[0].content: spans [17, 31] and [30, 48] overlap"),
    (item(source=[[0, 11], [0, 11]]), "attributions[0].source: spans [0, 11] and [0, 11] overlap"),
    (row(hedges=[3]), "hedges[0] is 3"),
    (row(hedges=[HEDGE | {"why": ""}]), "hedges[0]: unknown key 'why'"),
    (row(hedges=[HEDGE | {"class": "rumour"}]), "hedges[0] needs start and end"),
    (row(hedges=[HEDGE | {"in_use": 1}]), "hedges[0] needs start and end"),
    (row(hedges=[HEDGE | {"end": 99}]), "hedges[0]: [12, 99] lies outside the text"),
]


@pytest.mark.parametrize(("given", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_bad_line_is_refused_with_file_line_and_reason(tmp_path, given, reason):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"".join(lines(row(id="good"), "", given)))
    with pytest.raises(LabelError) as refused:
        read_gold(path)
    (message,) = str(refused.value).split("\n")
    assert message.startswith(f"{path}:3: ")
    assert reason in message


def test_article_is_named():
    with pytest.raises(LabelError, match="article 'a': attributions"):
        parse_gold(lines(item(content=[])), "gold")


def test_an_id_that_comes_twice_is_refused_with_both_lines():
    with pytest.raises(LabelError, match=r"gold:3: 'id' 'a' was used before, in line 1"):
        parse_gold(lines(row(), row(id="b"), row()), "gold")


def test_not_utf8():
    with pytest.raises(LabelError, match=r"gold:1: .* not UTF-8"):
        parse_gold([b'{"id": "\xe4"}\n'], "gold")


def test_all_problems_of_a_file_are_listed():
    given = lines(item(content=[], type="x"), row(id="b"), "nothing", item(cue=[[1, 1]]))
    with pytest.raises(LabelError) as refused:
        parse_gold(given, "gold")
    assert [message.split(": ")[0] for message in str(refused.value).split("\n")] == [
        "gold:1",
        "gold:1",
        "gold:3",
        "gold:4",
    ]


def test_of_many_problems_the_first_are_listed_and_the_rest_counted():
    with pytest.raises(LabelError) as refused:
        parse_gold(lines(*["{"] * (SHOWN_PROBLEMS + 1_003)), "gold")
    messages = str(refused.value).split("\n")
    assert len(messages) == SHOWN_PROBLEMS + 1
    assert messages[-1] == "gold: 1,003 more problems like these"


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_a_file_without_articles(tmp_path, content):
    (tmp_path / "gold.jsonl").write_bytes(content)
    with pytest.raises(LabelError, match="no article in it"):
        read_gold(tmp_path / "gold.jsonl")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(LabelError, match="No such file"):
        read_gold(tmp_path / "nothing.jsonl")
    with pytest.raises(LabelError):
        read_gold(tmp_path)


def test_every_known_key_is_allowed():
    given = item(**{key: SAID.get(key) for key in ATTRIBUTION_KEYS})
    assert parse_gold(lines(given), "gold")[0].attributions == (LABELLED,)


# --- predictions ---------------------------------------------------------------------------------------------------

GOLD = parse_gold(lines(row(), row(id="b")), "gold")


def test_predictions_keep_the_rule_and_pass_over_what_is_not_scored():
    given = lines(
        row(model="other", attributions=[SAID | {"rule": "en.said", "score": 0.3}, {"content": []}]),
        row(id="elsewhere", text="Something else."),
        {"id": "b", "failure": {"stage": "read", "reason": "no text"}},
    )
    (found,) = parse_predicted(given, "predicted", GOLD)
    assert found.id == "a"
    assert [(a.rule, a.content) for a in found.attributions] == [("en.said", ((17, 48),)), ("", ())]


def test_predictions_need_no_text():
    assert parse_predicted(lines(row(text=..., lang=...)), "predicted", GOLD)[0].attributions == (LABELLED,)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (row(text=TEXT + " "), "'text' differs from the gold text"),
        (item(content=[[17, 50]]), "lies outside the text"),
        (item(cue=[[3, 3]]), "is empty"),
        (item(type="quoted"), "'type' is 'quoted'"),
        ("x", "is not JSON"),
        (row(attributions="none"), "must be a list"),
    ],
)
def test_bad_predictions_are_refused_with_file_and_line(tmp_path, given, reason):
    path = tmp_path / "predicted.jsonl"
    path.write_bytes(b"".join(lines(row(id="b"), given)))
    with pytest.raises(LabelError) as refused:
        read_predicted(path, GOLD)
    assert str(refused.value).startswith(f"{path}:2: ")
    assert reason in str(refused.value)
