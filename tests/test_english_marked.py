"""English attributions: sentences with source, cue and content marked, and sentences that attribute nothing."""

from __future__ import annotations

import pytest

from attribution.extract import characters, extract
from attribution.nlp import read
from tests.annotated import parse

MARKED = [
    ("direct", "[“We have water for the whole summer,”] {said} <the mayor>."),
    ("direct", '<The coach> {said}: ["We gave everything tonight."]'),
    ("direct", '["The roof is leaking and has to go,"] {said} <Hanna Blum, an architect from Lund>.'),
    ("indirect", "<The police> {said} [that nobody was hurt]."),
    ("indirect", "<The ministry> {said} [the dam would hold]."),
    ("indirect", "[The river is navigable], {said} <harbour master Ola Brand>."),
    ("indirect", "<Researchers> {believe} [that the find dates from the Bronze Age]."),
    ("indirect", "<Smith, 46, a lawyer>, {said} [the case was weak]."),
    ("indirect", "{According to} <the fire brigade>, [the barn burned down]."),
    ("indirect", "[The barn burned down], {according to} <the fire brigade>."),
    ("indirect", "<The union> {warned} [that wages were falling]."),
    ("indirect", "<The firm> {promised} [to clear the hall by June]."),
    ("indirect", "{It is believed} [that the ship sank in March]."),
    ("indirect", "[Several residents] {reportedly} [smelled gas]."),
    ("reported", "<The minister> {denied} [the report]."),
    ("reported", "<The opposition> {criticized} [the new tax]."),
]

NOTHING = [
    "The band released its third album in May.",
    "That alone is not remarkable.",
    "North Korea does have a large army.",
    'It is a "cheap" way to buy a boat.',
    "The film “Northern Lights” opens on Friday.",
    "She put the suitcase down and left the room.",
    "The report has eighty pages.",
    "Trains run according to plan.",
]


@pytest.mark.parametrize(("type_", "marked"), MARKED, ids=[m for _, m in MARKED])
def test_marked_sentence_is_read(type_: str, marked: str) -> None:
    text, expected = parse(marked)
    document = read(text, "en")
    found = [c for c in extract(document) if c.type == type_]
    assert found, extract(document)
    got = found[0]
    for role, spans in {"source": got.source, "cue": got.cue, "content": got.content}.items():
        strings = [text[s:e].rstrip(" .,") for s, e in characters(document, spans)]
        assert strings == [s.rstrip(" .,") for s in expected[role]], role


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_attributed(text: str) -> None:
    assert extract(read(text, "en")) == []


def test_continuing_quotation_keeps_its_source() -> None:
    text = '"The hall was packed to the roof," said the singer. "That was the best night of the year."'
    document = read(text, "en")
    direct = [c for c in extract(document) if c.type == "direct"]
    assert {text[s:e] for c in direct for s, e in characters(document, c.source)} == {"the singer"}
    covered = {i for c in direct for span in c.content for i in range(span.first, span.last)}
    assert document.lower.index("best") in covered
