"""Figures on hand-made pairs, agreement with the official scorer, and the command that prints them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from typer.testing import CliRunner

from attribution.cli import app
from attribution.errors import InputError
from attribution.evaluate import MISTAKES, MistakeKind, evaluate, predict
from attribution.formats.gold import GoldArticle, Labelled, Prediction, read_gold, read_predicted
from attribution.types import Failure, Span

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORER = SHARED / "eval" / "score_attributions.py"
DEV = [SHARED / "data" / name / "dev.jsonl" for name in ("wikinews_de", "polnear_en")]
NAMES = {"joint", "content", "exact", "content tokens", "source tokens", "cue tokens", "roles"}

# Words of two letters and a space, so that word n lies at characters 3n to 3n + 2.
TEXT = " ".join(f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60))


def spans(*words: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(Span(3 * first, 3 * last - 1) for first, last in words)


def made(content, source=(), cue=(), type=None, rule="") -> Labelled:
    return Labelled(spans(*content), spans(*source), spans(*cue), type, rule)


def article(*attributions: Labelled, id: str = "a", text: str = TEXT) -> GoldArticle:
    return GoldArticle(id, "en", text, attributions)


def figures(gold, predicted, name="joint"):
    figure = evaluate([article(*gold)], [Prediction("a", tuple(predicted))]).figures[name]
    return figure.p.value, figure.r.value, figure.f1.value


def kinds(gold, predicted):
    return [m.kind for m in evaluate([article(*gold)], [Prediction("a", tuple(predicted))]).mistakes]


# --- one pair ------------------------------------------------------------------------------------------------------

BASE = made([(10, 20)], [(2, 4)], [(5, 6)])


@pytest.mark.parametrize(
    ("predicted", "content", "joint", "exact", "mistake"),
    [
        (BASE, 1, 1, 1, []),
        (made([(10, 20)], [(3, 8)]), 1, 1, 1, []),
        (made([(10, 20)], [(4, 8)]), 1, 0, 1, ["wrong source"]),
        (made([(10, 20)]), 1, 0, 1, ["wrong source"]),
        (made([(10, 15)], [(2, 3)]), 1, 1, 0, []),
        (made([(10, 14)], [(2, 3)]), 0, 0, 0, ["wrong boundaries"]),
        (made([(10, 30)], [(2, 3)]), 1, 1, 0, []),
        (made([(10, 31)], [(2, 3)]), 0, 0, 0, ["wrong boundaries"]),
        (made([(15, 20), (10, 12)], [(2, 3)]), 1, 1, 0, []),
        (made([(20, 30)], [(2, 3)]), 0, 0, 0, ["missed", "spurious"]),
    ],
)
def test_a_pair_counts_when_half_of_the_longer_content_is_shared(predicted, content, joint, exact, mistake):
    assert figures([BASE], [predicted], "content") == (content,) * 3
    assert figures([BASE], [predicted]) == (joint,) * 3
    assert figures([BASE], [predicted], "exact") == (exact,) * 3
    assert kinds([BASE], [predicted]) == mistake


def test_no_source_on_both_sides_is_right():
    assert figures([made([(10, 20)])], [made([(12, 20)], cue=[(5, 6)])]) == (1, 1, 1)
    assert figures([made([(10, 20)])], [BASE]) == (0, 0, 0)


def test_quotation_marks_and_full_stops_never_decide():
    text = "„Der Damm hält“, sagte sie."
    gold = [article(Labelled((Span(0, 15),), (Span(23, 26),)), text=text)]
    found = evaluate(gold, [Prediction("a", (Labelled((Span(1, 14),), (Span(22, 27),)),))])
    assert found.figures["exact"].f1.value == found.figures["joint"].f1.value == 1


def test_a_span_inside_a_word_means_the_word():
    gold = [article(Labelled((Span(31, 58),)))]
    assert evaluate(gold, [Prediction("a", (made([(10, 20)]),))]).figures["exact"].f1.value == 1


# --- several -------------------------------------------------------------------------------------------------------


def test_continuation_without_a_cue_counts_like_any_other():
    gold = [
        made([(10, 20)], [(2, 4)], [(5, 6)], "indirect"),
        made([(21, 30)], [(2, 4)], (), "free_indirect"),
        made([(31, 40)], [(2, 4)], (), "free_indirect"),
    ]
    predicted = [
        made([(10, 20)], [(2, 4)], [(5, 6)], "indirect", "de.sagen.verb-dass"),
        made([(21, 30)], [(2, 4)], (), "free_indirect", "de.konjunktiv"),
        made([(31, 40)], [(25, 26)], (), "free_indirect", "de.konjunktiv"),
        made([(45, 50)], [(2, 4)], [(44, 45)], "direct", "en.colon"),
    ]
    found = evaluate([article(*gold)], [Prediction("a", tuple(predicted))])
    joint, content = found.figures["joint"], found.figures["content"]
    assert (joint.p.value, joint.r.value) == (2 / 4, 2 / 3)
    assert (content.p.value, content.r.value) == (3 / 4, 3 / 3)
    assert found.figures["cue tokens"].p.value == 1 / 2
    assert (found.gold, found.predicted) == (3, 4)
    assert [m.kind for m in found.mistakes] == ["wrong source", "spurious"]

    types = {group.name: group for group in found.types}
    assert list(types) == ["direct", "indirect", "free_indirect"]
    assert [(g.gold, g.predicted) for g in types.values()] == [(0, 1), (1, 1), (2, 2)]
    assert [g.joint.p.value for g in types.values()] == [0, 1, 1 / 2]
    assert types["free_indirect"].content.f1.value == 1

    constructions = [(g.name, g.predicted, g.gold, g.joint.p.value, g.content.p.value) for g in found.constructions]
    assert constructions == [
        ("konjunktiv", 2, None, 1 / 2, 1),
        ("colon", 1, None, 0, 0),
        ("verb-dass", 1, None, 1, 1),
    ]
    assert all(g.joint.r is None and g.joint.f1 is None for g in found.constructions)


def test_one_prediction_over_two_golds_is_paired_once():
    gold = [made([(10, 20)]), made([(20, 26)])]
    assert figures(gold, [made([(10, 26)])], "content") == (1, 1 / 2, 2 / 3)
    assert kinds(gold, [made([(10, 26)])]) == ["missed"]


def test_ties_pair_each_once():
    twice = [made([(10, 20)], [(2, 4)]), made([(10, 20)], [(5, 6)])]
    assert figures(twice, twice, "content") == (1, 1, 1)
    assert figures(twice, [made([(10, 20)])] * 3, "content") == (2 / 3, 1, 0.8)


def test_the_sum_is_best_not_the_first_pair():
    # Greedy pairing by the best single overlap would leave the second gold alone.
    gold = [made([(10, 20)]), made([(18, 22)])]
    predicted = [made([(11, 21)]), made([(10, 16)])]
    assert len(kinds(gold, predicted)) == 1
    assert kinds(gold, predicted) == ["wrong boundaries"]


def test_contents_without_a_word_do_not_count():
    assert evaluate([article(Labelled((Span(2, 3),)))], []).gold == 0


def test_types_that_the_gold_lacks_have_no_recall():
    found = evaluate([article(made([(1, 5)]))], [Prediction("a", (made([(1, 5)], type="direct"),))])
    (group,) = found.types
    assert (group.gold, group.joint.r, group.joint.f1, group.joint.p.value) == (None, None, None, 1)


def test_missing_articles_count_as_empty_and_foreign_ones_not_at_all():
    gold = [article(BASE), article(BASE, id="b")]
    found = evaluate(gold, [Prediction("a", (BASE,)), Prediction("elsewhere", (BASE,))])
    assert (found.figures["joint"].p.value, found.figures["joint"].r.value) == (1, 1 / 2)


def test_nothing_at_all():
    for found in (evaluate([], []), evaluate([article()], []), evaluate([article()], [Prediction("a", ())])):
        assert found.figures["joint"].f1.value == 0
        json.dumps(found.to_dict(), allow_nan=False)


def test_mistakes_quote_both_sides_in_text_order():
    gold = [made([(30, 33)], [(28, 29)], type="direct"), made([(10, 20)], [(2, 4)], [(5, 6)])]
    found = evaluate([article(*gold)], [Prediction("a", (made([(10, 20)], [(40, 41)], rule="en.that.say"),))])
    wrong, missed = found.mistakes
    assert (wrong.kind, wrong.rule, wrong.start, wrong.end) == ("wrong source", "en.that.say", 30, 59)
    assert (wrong.gold.source, wrong.predicted.source, wrong.gold.cue) == (
        (TEXT[6:11],),
        (TEXT[120:122],),
        (TEXT[15:17],),
    )
    assert (missed.kind, missed.predicted, missed.rule) == ("missed", None, "")
    assert missed.gold.type == "direct"
    assert missed.context == f"…{TEXT[30:158]}…"


def test_the_context_of_a_long_content_is_short_and_on_one_line():
    text = "Ein Satz.\n\n" + "wort " * 500
    found = evaluate([article(Labelled((Span(0, len(text)),)), text=text)], [])
    assert len(found.mistakes[0].context) < 200
    assert "\n" not in found.mistakes[0].context


# --- intervals -----------------------------------------------------------------------------------------------------


def random_corpus(seed: int, articles: int) -> tuple[list[GoldArticle], list[Prediction]]:
    random = Random(seed)

    def some():
        for _ in range(random.randrange(6)):
            first = random.randrange(50)
            source = [(random.randrange(9), 9)] if random.random() < 0.8 else []
            content = [(first, first + random.randrange(1, 10))]
            yield made(
                content, source, [(9, 10)] if random.random() < 0.5 else [], random.choice(("direct", "indirect"))
            )

    gold = [article(*some(), id=str(number)) for number in range(articles)]
    return gold, [Prediction(a.id, (*a.attributions[1:], *some())) for a in gold]


def test_same_seed_same_intervals():
    gold, predicted = random_corpus(1, 40)
    assert evaluate(gold, predicted, seed=7) == evaluate(gold, predicted, seed=7)
    other = evaluate(gold, predicted, seed=8)
    assert other.figures["joint"].f1 != evaluate(gold, predicted, seed=7).figures["joint"].f1
    assert other.figures["joint"].f1.value == evaluate(gold, predicted, seed=7).figures["joint"].f1.value


def test_intervals_hold_the_value_and_shrink_with_the_corpus():
    def width(articles: int) -> float:
        found = evaluate(*random_corpus(2, articles))
        for figure in found.figures.values():
            assert all(0 <= part.low <= part.value <= part.high <= 1 for part in (figure.p, figure.r, figure.f1))
        joint = found.figures["joint"].f1
        return joint.high - joint.low

    assert 0 < width(400) < 0.6 * width(40)


def test_one_article_has_no_spread():
    found = evaluate([article(BASE, made([(30, 40)]))], [Prediction("a", (BASE,))])
    joint = found.figures["joint"].r
    assert joint.low == joint.value == joint.high == 1 / 2


def test_interval_is_that_of_a_share():
    # 100 articles with one attribution each, half of them found: a binomial share has a standard error of 5 points.
    gold = [article(BASE, id=str(number)) for number in range(100)]
    found = evaluate(gold, [Prediction(str(number), (BASE,)) for number in range(50)])
    recall = found.figures["joint"].r
    assert recall.value == 0.5
    assert recall.low == pytest.approx(0.4, abs=0.03)
    assert recall.high == pytest.approx(0.6, abs=0.03)


# --- the official scorer -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def official():
    if not SCORER.exists():
        pytest.skip(f"{SCORER} is not here: agreement with the official scorer was not tested")
    spec = importlib.util.spec_from_file_location("score_attributions", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plain(item: GoldArticle | Prediction, **more: str) -> dict[str, object]:
    attributions = [{role: getattr(a, role) for role in ("source", "cue", "content")} for a in item.attributions]
    return {"id": item.id, "attributions": attributions} | more


def agrees(official, gold, predicted) -> None:
    expected = official.score(
        {a.id: plain(a, text=a.text) for a in gold}, {prediction.id: plain(prediction) for prediction in predicted}
    )
    found = evaluate(gold, predicted).to_dict()
    assert found["counts"] == expected.pop("counts")
    assert set(found["figures"]) == set(expected) == NAMES
    for name, figure in expected.items():
        for part, value in figure.items():
            assert found["figures"][name][part] == pytest.approx(value, abs=1e-9), (name, part)


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_the_official_scorer_on_made_up_spans(official, seed):
    agrees(official, *random_corpus(seed, 30))


@pytest.mark.parametrize("path", DEV, ids=lambda path: path.parent.name)
def test_agrees_with_the_official_scorer_on_the_corpora(official, path):
    if not path.exists():
        pytest.skip(f"{path} is not here: agreement with the official scorer was not tested on it")
    gold = read_gold(path)
    predicted = [found for found in predict(gold) if isinstance(found, Prediction)]
    assert len(predicted) == len(gold)
    agrees(official, gold, predicted)


# --- predictions ---------------------------------------------------------------------------------------------------

BRIDGE = 'The bridge is closed.\r\n"It will reopen in June," Mayor Ines Calder said.'


def test_predict_runs_the_extraction_on_the_text_as_it_is():
    (found,) = predict([GoldArticle("a", "en", BRIDGE, ())])
    (attribution,) = found.attributions
    start, end = attribution.content[0]
    assert "It will reopen in June" in BRIDGE[start:end]
    assert attribution.rule.startswith("en.")


def test_an_article_that_fails_costs_the_others_nothing():
    def find(document):
        if "bad" in document.text:
            raise ZeroDivisionError("of a rule")
        if "unfit" in document.text:
            raise InputError("unfit", "analyse")
        return []

    gold = [GoldArticle(str(n), "en", text, ()) for n, text in enumerate(("A bad day.", "An unfit day.", "A day."))]
    bug, unfit, good = predict(gold, find)
    assert isinstance(bug, Failure)
    assert "report this as a bug" in bug.reason
    assert unfit == Failure("1", "analyse", "unfit")
    assert good == Prediction("2", ())


# --- the command ---------------------------------------------------------------------------------------------------

QUOTE = BRIDGE.index('"It')
GOLD = {
    "id": "bridge*",
    "lang": "en",
    "text": BRIDGE,
    "attributions": [
        {"source": [[49, 66]], "cue": [[67, 71]], "content": [[QUOTE, QUOTE + 25]], "type": "direct"},
        {"source": [], "cue": [], "content": [[0, 20]], "type": "reported"},
    ],
}  # fmt: skip


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD) + "\n", "utf-8")
    return lambda *args: CliRunner().invoke(app, ["evaluate", *map(str, args)])


def test_command_prints_json_in_a_pipe(run):
    done = run("gold.jsonl")
    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["figures"]["joint"]["P"] == 1
    assert figures["figures"]["joint"]["R"] == 1 / 2
    assert figures["figures"]["joint"]["interval"]["R"] == [1 / 2, 1 / 2]
    assert figures["errors"] == {"missed": 1, "spurious": 0, "wrong source": 0, "wrong boundaries": 0}
    assert run("gold.jsonl").stdout == done.stdout


def test_command_draws_a_table_of_80_columns(run):
    done = run("gold.jsonl", "--format", "table", "--seed", 3)
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    for word in ("joint", "66.7", "direct", "reported", "quote", "Construction", "1 missed", "seed 3"):
        assert word in done.stdout


def test_command_scores_a_file(run, tmp_path):
    found = GOLD | {"attributions": [GOLD["attributions"][0] | {"source": [[0, 3]], "rule": "en.quote-after.say"}]}
    (tmp_path / "found.jsonl").write_text(json.dumps(found) + "\n", "utf-8")
    done = run("gold.jsonl", "--predicted", "found.jsonl")
    figures = json.loads(done.stdout)
    assert (done.exit_code, figures["errors"]["wrong source"], figures["figures"]["joint"]["F1"]) == (0, 1, 0)
    assert list(figures["constructions"]) == ["quote-after"]


def test_command_writes_the_errors_as_jsonl(run, tmp_path):
    assert run("gold.jsonl", "--errors", "errors.jsonl").exit_code == 0
    (mistake,) = map(json.loads, (tmp_path / "errors.jsonl").read_text("utf-8").splitlines())
    assert (mistake["article"], mistake["kind"], mistake["gold"]["content"]) == (
        "bridge*", "missed", ["The bridge is closed"],
    )  # fmt: skip


def test_command_writes_the_errors_as_markdown(run, tmp_path):
    assert run("gold.jsonl", "--errors", "errors.md").exit_code == 0
    written = (tmp_path / "errors.md").read_text("utf-8")
    assert "## Missed: 1" in written
    assert "bridge\\*" in written  # markup in an article stays text
    assert "reported, no source; no cue; content “The bridge is closed”" in written


def test_command_names_every_problem_of_a_bad_file(run, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{\n{"id": "a", "lang": "en", "text": "Yes.", "x": 1}\n', "utf-8")
    done = run("bad.jsonl")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert [line[: len("error: bad.jsonl:1:")] for line in done.stderr.splitlines()] == [
        "error: bad.jsonl:1:", "error: bad.jsonl:2:", "error: bad.jsonl:2:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("gold.jsonl", "--errors", "errors.csv"), "allowed are .jsonl, .md"),
        (("gold.jsonl", "--errors", "gold.jsonl"), "one of the inputs"),
        (("gold.jsonl", "--errors", "folder.md"), "this is a folder"),
        (("nothing.jsonl",), "No such file"),
        (("gold.jsonl", "--predicted", "nothing.jsonl"), "No such file"),
        (("gold.jsonl", "--predicted", "other.jsonl"), "none of the 1 gold articles"),
        (("gold.jsonl", "--seed", "-1"), "--seed"),
    ],
)
def test_command_refuses(run, tmp_path, arguments, reason):
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "other.jsonl").write_text('{"id": "other"}\n', "utf-8")
    done = run(*arguments)
    assert done.exit_code == 2
    assert reason in done.stderr
    assert done.stdout == ""


def test_command_says_when_articles_are_missing(run, tmp_path):
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(GOLD | {"id": i}) + "\n" for i in "ab"), "utf-8")
    (tmp_path / "found.jsonl").write_text(json.dumps(GOLD | {"id": "b"}) + "\n", "utf-8")
    done = run("two.jsonl", "--predicted", "found.jsonl")
    assert done.exit_code == 1
    assert "1 of 2 gold articles" in done.stderr
    assert json.loads(done.stdout)["figures"]["joint"]["R"] == 1 / 2


def test_command_reads_standard_input():
    done = CliRunner().invoke(app, ["evaluate", "-"], input=json.dumps(GOLD))
    assert done.exit_code == 0
    assert json.loads(done.stdout)["counts"]["gold"] == 2


def test_what_a_program_wrote_scores_as_when_it_runs(run, tmp_path):
    assert CliRunner().invoke(app, ["extract", "gold.jsonl", "-o", "found.jsonl"]).exit_code == 0
    ran, written = run("gold.jsonl"), run("gold.jsonl", "--predicted", "found.jsonl")
    assert json.loads(ran.stdout)["figures"] == json.loads(written.stdout)["figures"]
    gold = read_gold("gold.jsonl")
    assert read_predicted("found.jsonl", gold)[0].id == "bridge*"


def test_kinds_of_mistakes_are_complete():
    assert set(MISTAKES) == set(get_args(MistakeKind))
