"""English frames: who cites, quotes, asked or told whom."""

from __future__ import annotations

import pytest

from attribution.extract import characters, extract
from attribution.nlp import read


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Reuters, citing two officials, reported that the bridge may reopen in May.", ["Reuters", "two officials"]),
        (
            "According to the Harbour Post, citing customs officers, three ships sank.",
            ["the Harbour Post", "customs officers"],
        ),
        ("Experts interviewed by Radio Nord say the plan could fail.", ["Radio Nord", "Experts"]),
        ("A spokesman told the Daily Courier that the talks had failed.", ["the Daily Courier", "A spokesman"]),
        ("As Radio Nord reported, the dam is safe.", ["Radio Nord"]),
        ("The wall fell overnight, as the ministry said.", ["the ministry"]),
        # no relay: who was told is no medium, and nobody is cited
        ("The spokesman told reporters that the talks had failed.", ["The spokesman"]),
        ("The mayor said that the library will close.", ["The mayor"]),
    ],
)
def test_chain_runs_from_relay_to_origin(text, chain):
    document = read(text, "en")
    longest = max(extract(document), key=lambda c: len(c.relays))
    assert [text[s:e] for s, e in characters(document, (*longest.relays, *longest.source))] == chain


@pytest.mark.parametrize(
    "text",
    [
        "As the rain stopped, the players left the pitch.",
        "The prize was named after a scientist born in Lund.",
        "The patients were interviewed by nurses at noon.",
    ],
)
def test_look_alikes_are_no_frames(text):
    assert extract(read(text, "en")) == []


def test_quotation_behind_a_colon_is_a_part_of_its_own():
    text = 'For security expert Ada Lind, the move is a signal: "They want to show that they are strong. We wait."'
    document = read(text, "en")
    first, second = extract(document)
    assert (first.type, second.type) == ("indirect", "direct")
    assert first.source == second.source
