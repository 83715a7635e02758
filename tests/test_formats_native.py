"""The public record and the interchange lines: exact shape, exact characters, and failures that say what to do."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.formats.native import dumps, failure_line, parse_interchange, read_interchange, to_line, to_record
from attribution.formats.output import file_name, write_atomic
from attribution.types import SCHEMA, Article, Failure
from tests import results

SENTENCE = "The council said the bridge would reopen in June."


def all_records():
    return [to_record(make()) for make in (results.english, results.german, results.hostile, results.empty)]


def test_record_has_the_keys_of_the_contract_in_order():
    record = to_record(results.english())
    assert list(record) == [
        "schema", "article", "text", "attributions", "statements", "sources", "profile", "warnings", "provenance",
    ]  # fmt: skip
    assert record["schema"] == SCHEMA
    assert list(record["article"]) == [
        "id", "path", "url", "title", "outlet", "author", "published", "lang", "sha256", "chars", "words",
    ]  # fmt: skip
    assert list(record["attributions"][0]) == ["id", "type", "source", "cue", "content", "sources", "inherited"]
    assert list(record["statements"][0]) == [
        "id", "start", "end", "text", "paragraph", "sentence", "attribution", "hedges", "likelihood", "grade",
        "points", "admiralty",
    ]  # fmt: skip
    statement = record["statements"][4]
    assert list(statement["attribution"]) == ["id", "type", "cue", "sources"]
    assert list(statement["attribution"]["sources"][0]) == [
        "start", "end", "text", "name", "source_id", "kind", "naming", "named", "relation",
    ]  # fmt: skip
    assert list(statement["hedges"][0]) == ["start", "end", "text", "class", "holder", "probability", "rule"]
    assert list(statement["points"][0]) == ["why", "points", "start", "end"]
    assert list(record["sources"][0]) == ["source_id", "name", "kind", "naming", "statements", "first", "last"]
    assert list(record["profile"]) == [
        "statements", "attributed", "unsourced", "named_share", "anonymous_share", "origins", "relayed", "hedged",
        "disclaimers", "direct_share", "grades", "source_concentration",
    ]  # fmt: skip
    assert list(record["provenance"]) == ["version", "models", "settings_sha256", "created"]


def test_record_counts_characters_and_words_of_the_text():
    article = to_record(results.german())["article"]
    assert article["chars"] == len(results.GERMAN)
    assert article["words"] == len(results.GERMAN.split())


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record["article"]["id"][:12])
def test_every_offset_gives_the_quoted_string_back_after_json(record):
    record = json.loads(dumps(record))
    text = record["text"]
    quoted = [*record["statements"]]
    for statement in record["statements"]:
        quoted += statement["hedges"]
        if statement["attribution"]:
            quoted += statement["attribution"]["sources"]
            quoted += [statement["attribution"]["cue"]] if statement["attribution"]["cue"] else []
    for attribution in record["attributions"]:
        quoted += attribution["sources"]
    assert all(text[item["start"] : item["end"]] == item["text"] for item in quoted)
    spans = [span for a in record["attributions"] for key in ("source", "cue", "content") for span in a[key]]
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_offsets_count_characters_not_utf16_units():
    record = to_record(results.english())
    ship = record["text"].index("🚢")
    after = next(s for s in record["statements"] if s["start"] > ship)
    assert record["text"][after["start"] :].startswith("The mayor denied")


def test_look_alikes_stay_out_of_statements_but_are_kept_in_the_line():
    result = results.english()
    lookalike = replace(result.hedges[0], in_use=False)
    statement = replace(result.statements[0], hedges=(lookalike,))
    result = replace(result, hedges=(lookalike,), statements=(statement,))
    assert to_record(result)["statements"][0]["hedges"] == []
    assert [(h["in_use"], h["class"]) for h in to_line(result)["hedges"]] == [(False, "approximation")]


def test_statement_in_own_voice_has_no_attribution():
    assert to_record(results.english())["statements"][0]["attribution"] is None


def test_attribution_without_cue_has_null():
    assert to_record(results.german())["statements"][1]["attribution"]["cue"] is None


def test_warnings_of_reader_and_analyser_stand_once():
    result = results.english()
    result = replace(result, article=replace(result.article, warnings=("a", "b")), warnings=("b", "c"))
    assert to_record(result)["warnings"] == ["a", "b", "c"]


def test_line_is_the_interchange_form():
    line = to_line(results.german())
    assert list(line) == ["id", "lang", "text", "attributions", "hedges", "statements"]
    assert list(line["attributions"][0]) == ["type", "source", "cue", "content", "sources", "inherited"]
    assert list(line["hedges"][0]) == ["start", "end", "class", "in_use", "probability"]
    assert line["attributions"][1]["inherited"] is True
    assert "\n" not in dumps(line)


def test_line_can_be_read_again():
    line = dumps(to_line(results.english())).encode()
    [article] = parse_interchange([line], "own.jsonl")
    assert isinstance(article, Article)
    assert (article.id, article.text, article.lang) == ("norhaven", results.ENGLISH, "en")


def test_failure_line_names_stage_and_reason():
    assert failure_line(Failure("a", "read", "torn")) == {"id": "a", "failure": {"stage": "read", "reason": "torn"}}


# --- reading -------------------------------------------------------------------------------------------------------


def read(*lines: bytes | str | dict) -> list[Article | Failure]:
    encoded = [json.dumps(line) if isinstance(line, dict) else line for line in lines]
    return list(parse_interchange([x.encode() if isinstance(x, str) else x for x in encoded], "in.jsonl"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{'id': 1}", "in.jsonl:1: \"{'id': 1}\" is not JSON"),
        ('{"id": "a", "lang": "en"', "is not JSON"),
        ("[1, 2]", "in.jsonl:1: [1, 2] is no object; every line must be an object"),
        ("3", "is no object"),
        ("[" * 100_000, "is not JSON (nested too deeply)"),
        (b'{"id": "a", "text": "\xff"}', "byte b'\\xff' is not UTF-8; save the file as UTF-8"),
        ({"lang": "en", "text": SENTENCE}, "'id' is missing; given are 'lang', 'text'"),
        ({}, "'id' is missing; given are no keys"),
        ({"id": 7, "lang": "en", "text": SENTENCE}, "'id' is 7; it must be a string"),
        ({"id": " ", "lang": "en", "text": SENTENCE}, "'id' is ' '; it must be a string that is not empty"),
        ({"id": "a", "lang": "en"}, "'text' is missing"),
        ({"id": "a", "lang": "en", "text": ""}, "'text' is ''"),
        ({"id": "a", "lang": "en", "text": None}, "'text' is None"),
        ({"id": "a", "lang": "fr", "text": SENTENCE}, "'lang' is 'fr'; allowed are 'de', 'en'"),
        ({"id": "a", "lang": ["en"], "text": SENTENCE}, "'lang' is ['en']"),
        ({"id": "a", "text": "1234 5678"}, "'lang' is missing and cannot be told from the text"),
        ({"id": "a", "text": "Le maire a dit que le pont est fermé et que la rue ne sera pas ouverte."}, "French"),
        ('{"id": "a", "lang": "en", "text": "half \\ud83d pair"}', "'text' holds half a surrogate pair at character 5"),
        ('{"id": "\\ud83d", "lang": "en", "text": "x"}', "'id' holds half a surrogate pair"),
    ],
)
def test_bad_line_becomes_a_failure_that_says_what_and_where(line, told):
    first, second = read(line, {"id": "next", "lang": "en", "text": SENTENCE})
    assert isinstance(first, Failure)
    assert told in first.reason
    assert first.reason.startswith("in.jsonl:1: ")
    assert "\n" not in first.reason
    assert isinstance(second, Article)


def test_failure_carries_the_id_where_there_is_one():
    [failure] = read({"id": "a17", "lang": "fr", "text": SENTENCE})
    assert failure.id == "a17"
    [failure] = read("no json")
    assert failure.id == "in.jsonl:1"


def test_second_use_of_an_id_fails_and_the_first_stays():
    row = {"id": "a", "lang": "en", "text": SENTENCE}
    first, second = read(row, row)
    assert isinstance(first, Article)
    assert "in.jsonl:2: 'id' 'a' was used before" in second.reason


def test_ids_are_unique_over_the_files_of_a_run(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "lang": "en", "text": SENTENCE}) + "\n", "utf-8")
    seen: set[str] = set()
    assert [type(x) for _ in range(2) for x in read_interchange(path, seen)] == [Article, Failure]


def test_blank_lines_and_a_byte_order_mark_are_passed_over():
    articles = read(b"\xef\xbb\xbf" + json.dumps({"id": "a", "lang": "en", "text": SENTENCE}).encode(), "", "  \n")
    assert [type(a) for a in articles] == [Article]


def test_language_is_detected_where_it_is_missing():
    [english, german] = read(
        {"id": "a", "text": SENTENCE}, {"id": "b", "text": "Der Rat teilte mit, die Brücke werde im Juni geöffnet."}
    )
    assert (english.lang, german.lang) == ("en", "de")


def test_metadata_is_taken_and_other_keys_are_left():
    row = {"id": "a", "lang": "en", "text": SENTENCE, "title": "Bridge", "outlet": 3, "hedges": [], "url": "https://x"}
    [article] = read(row)
    assert (article.title, article.outlet, article.url) == ("Bridge", None, "https://x")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_text_is_kept_exactly(text):
    [article] = read({"id": "a", "lang": "en", "text": text})
    assert article.text == text


def test_missing_file_and_folder_are_failures(tmp_path):
    for path in (tmp_path / "none.jsonl", tmp_path):
        [failure] = read_interchange(path)
        assert isinstance(failure, Failure)
        assert failure.reason.startswith(f"{path}: ")


def test_reading_streams(tmp_path):
    def lines():
        yield json.dumps({"id": "a", "lang": "en", "text": SENTENCE}).encode()
        raise AssertionError("the second line was asked for before the first was used")

    assert isinstance(next(parse_interchange(lines(), "x")), Article)


# --- writing -------------------------------------------------------------------------------------------------------


def test_atomic_file_appears_whole(tmp_path):
    path = tmp_path / "new" / "out.jsonl"
    with write_atomic(path) as stream:
        stream.write("ä\n")
        stream.flush()
        assert not path.exists()
    assert path.read_bytes() == "ä\n".encode()
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_broken_off_writing_leaves_the_old_file_and_nothing_else(tmp_path, error):
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    def write():
        with write_atomic(path) as stream:
            stream.write("new")
            raise error

    with pytest.raises(error):
        write()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_atomic_file_has_ordinary_permissions(tmp_path):
    plain, path = tmp_path / "plain", tmp_path / "out"
    plain.write_text("")
    with write_atomic(path):
        pass
    assert path.stat().st_mode == plain.stat().st_mode


def test_half_a_surrogate_pair_is_written_as_json_escape(tmp_path):
    path = tmp_path / "out.json"
    with write_atomic(path) as stream:
        stream.write(dumps({"text": "\ud83d"}))
    assert json.loads(path.read_text("utf-8")) == {"text": "\ud83d"}


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("bericht", "bericht"),
        ("../../etc/passwd", "etc_passwd"),
        ("https://example.org/a?b=1", "https_example.org_a_b_1"),
        ("Überblick über Köln", "Überblick_über_Köln"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("...", "article"),
        ("-rf", "rf"),
        ("a\n\0b", "a_b"),
        ("ä" * 200, "ä" * 75),
    ],
)
def test_file_names_are_safe(identifier, name):
    assert file_name(identifier, set()) == name


def test_file_names_of_a_run_differ_even_where_capitals_do_not_count():
    used: set[str] = set()
    assert [file_name(x, used) for x in ("Bericht", "bericht", "bericht?", "bericht-2")] == [
        "Bericht", "bericht-2", "bericht-3", "bericht-2-2",
    ]  # fmt: skip


@given(st.text())
def test_any_id_makes_a_name_for_this_file_system(identifier):
    name = file_name(identifier, set())
    assert name == Path(name).name
    assert 0 < len(os.fsencode(name)) <= 200
    assert not name.startswith((".", "-"))


def test_stream_of_bytes_is_read_like_a_file():
    stream = io.BytesIO(json.dumps({"id": "a", "lang": "en", "text": SENTENCE}).encode() + b"\n")
    assert [a.id for a in parse_interchange(stream, "standard input")] == ["a"]
