"""Grades: the table of the contract, and that more doubt never makes a grade better."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.config import default_grade, load_settings
from attribution.errors import ConfigError
from attribution.grade import grade
from attribution.types import NAMINGS, Attribution, Hedge, Source, Span

SPAN = (0, 40)
CLASSES = ("hearsay", "possibility", "belief", "doubt", "disclaimer", "approximation")


def source(naming="named", relation="origin", name="Ada Lindholm"):
    return Source(0, 4, "text", name, None, "person", naming, relation)


def attribution(*namings):
    sources = tuple(source(n, "relay", f"S{i}") for i, n in enumerate(namings))
    return Attribution("a1", "indirect", (Span(0, 4),), (Span(5, 9),), (Span(10, 40),), sources)


def hedge(cls):
    return Hedge(12, 16, cls, cls, "reporter", 0.9, "test")


@pytest.mark.parametrize(
    ("namings", "hedges", "expected"),
    [
        (None, [], 1),  # own voice, firm
        (None, ["approximation"], 1),
        (None, ["belief"], 2),
        (None, ["possibility"], 3),
        (None, ["doubt"], 4),
        (["named"], [], 2),
        (["organisation"], ["possibility"], 4),
        (["collective"], ["belief"], 3),
        (["unnamed"], [], 3),
        (["role"], ["hearsay"], 4),
        (["organisation", "unnamed"], ["hearsay"], 5),  # "Kyiv Independent, citing diplomats: sollen"
        (["organisation", "organisation"], [], 3),
        (["named"], ["disclaimer"], 4),  # 3 points, but a disclaimer is at least 4
        (["unspecified"], [], 4),  # "Berichten zufolge"
        ([], [], 4),  # attributed to nobody at all
        (["unspecified"], ["hearsay"], 5),
    ],
)
def test_grade_follows_the_table(namings, hedges, expected):
    who = None if namings is None else attribution(*namings)
    value, points = grade(default_grade(), who, [hedge(c) for c in hedges], SPAN)
    assert value == expected
    assert all(0 <= p.start <= p.end for p in points)


namings = st.lists(st.sampled_from(NAMINGS), max_size=3)
hedge_lists = st.lists(st.sampled_from(CLASSES), max_size=4)


@given(namings, hedge_lists, st.sampled_from(CLASSES))
def test_another_hedge_never_makes_a_grade_better(names, classes, more):
    who = attribution(*names) if names else None
    before, _ = grade(default_grade(), who, [hedge(c) for c in classes], SPAN)
    after, _ = grade(default_grade(), who, [hedge(c) for c in [*classes, more]], SPAN)
    assert after >= before


@given(st.lists(st.sampled_from(NAMINGS), min_size=1, max_size=3), hedge_lists, st.sampled_from(NAMINGS))
def test_another_hop_never_makes_a_grade_better(names, classes, relay):
    hedges = [hedge(c) for c in classes]
    before, _ = grade(default_grade(), attribution(*names), hedges, SPAN)
    after, _ = grade(default_grade(), attribution(relay, *names), hedges, SPAN)
    assert after >= before


@given(namings, hedge_lists)
def test_points_explain_the_grade(names, classes):
    who = attribution(*names) if names else None
    value, points = grade(default_grade(), who, [hedge(c) for c in classes], SPAN)
    total = sum(p.points for p in points)
    reached = 1 + sum(total > limit for limit in default_grade()["scale"]["limits"])
    assert value >= reached
    assert value == reached or value == 4


def test_hearsay_that_is_the_unspecified_source_itself_counts_once():
    # "Berichten zufolge" is the cue and a hearsay hedge at once; "sollen" elsewhere in the statement counts on its own
    who = replace(attribution("unspecified"), cue=(Span(0, 17),))
    same = replace(hedge("hearsay"), start=0, end=17)
    assert grade(default_grade(), who, [same], SPAN)[0] == 4
    assert grade(default_grade(), who, [same, replace(hedge("hearsay"), start=30, end=34)], SPAN)[0] == 5


def test_wollen_as_a_claim_keeps_its_points():
    # "Anwohner wollen Gas gerochen haben": a collective source, and the reporter's distance
    who = replace(attribution("collective"), cue=(Span(9, 15),))
    assert grade(default_grade(), who, [replace(hedge("hearsay"), start=9, end=15)], SPAN)[0] == 4


def test_settings_change_points(tmp_path: Path):
    own = tmp_path / "house.toml"
    own.write_text("[grade.hedge]\nbelief = 3\n", encoding="utf-8")
    settings = load_settings(own)
    value, _ = grade(settings.grade, None, [hedge("belief")], SPAN)
    assert value == 4
    assert settings.sha256 != load_settings().sha256


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[grade.hedge]\nhope = 1\n", "grade.hedge.hope"),
        ("[grade.wrong]\nx = 1\n", r"\[grade.wrong\]"),
        ("[grade.hedge]\nbelief = -1\n", "whole number from 0"),
        ("[grade.scale]\nlimits = [3, 2, 1, 0]\n", "do not fall"),
        ("color = 1\n", "unknown key 'color'"),
        ("sources = 'a.toml'\n", "list of file names"),
        ("sources = ['none.toml']\n", "does not exist"),
        ("= 1", "not valid TOML"),
    ],
)
def test_bad_settings_name_what_is_wrong(tmp_path: Path, text, message):
    own = tmp_path / "house.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        load_settings(own)


def test_missing_settings_file_is_named(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        load_settings(tmp_path / "absent.toml")


def test_inherited_source_counts_like_its_own():
    who = attribution("named")
    assert grade(default_grade(), replace(who, inherited=True), [], SPAN)[0] == grade(default_grade(), who, [], SPAN)[0]
