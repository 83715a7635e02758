"""The trained extractor: trees, features, sequences and decisions on small made-up data; no shipped model needed."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.errors import ConfigError, LabelError
from attribution.extract import FINDERS, extract
from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.chains import chained
from attribution.extract.features import LONGEST, TokenFeatures, Vocabulary, family, passages
from attribution.extract.proposals import crosses
from attribution.extract.tagger import spans
from attribution.extract.trained import META, WEIGHTS, Decision, Extractor, decided
from attribution.extract.trees import Trees, from_boosting
from attribution.nlp import read
from attribution.train import train_extraction

SPEAKERS = ("Die Ministerin", "Der Verband", "Hanna Kroll", "Die Polizei", "Ein Sprecher der Stadt")
VERBS = ("sagte", "erklärte", "betonte", "meinte")
CONTENTS = (
    "der Damm sei an zwei Stellen undicht",
    "man habe die Ernte noch nicht gezählt",
    "die Züge würden ab Montag wieder fahren",
    "das Geld reiche bis zum Herbst",
)


def article(number):
    """Make one small article in which a sentence is reported and one is the author's own."""
    speaker, verb = SPEAKERS[number % len(SPEAKERS)], VERBS[number % len(VERBS)]
    content = CONTENTS[number // 2 % len(CONTENTS)]
    text = f"Am Hafen war es gestern ruhig. {speaker} {verb}, {content}. Der Regen hörte am Abend auf."
    start = text.index(speaker)
    cue, body = text.index(verb, start), text.index(content)
    return {
        "id": f"made-{number}",
        "lang": "de",
        "text": text,
        "attributions": [
            {
                "source": [[start, start + len(speaker)]],
                "cue": [[cue, cue + len(verb)]],
                "content": [[body, body + len(content)]],
                "type": "indirect",
            }
        ],
    }


def write(path, records):
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    gold = write(folder / "gold.jsonl", [article(number) for number in range(24)])
    messages = []
    train_extraction([gold], folder / "de", "de", progress=messages.append)
    return folder / "de", gold, messages


def test_training_on_few_articles_works_and_warns(model):
    folder, _, messages = model
    assert all((folder / name).is_file() for name in (*WEIGHTS, META))
    assert "only 24 articles" in messages[0]


def test_same_data_gives_the_same_bytes(model, tmp_path):
    folder, gold, _ = model
    train_extraction([gold], tmp_path / "again", "de")
    for name in (*WEIGHTS, META):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes(), name


def test_trained_extractor_finds_speaker_and_content(model):
    extractor = Extractor.load("de", model[0])
    document = read("In Jena schneite es. Der Verband betonte, das Geld reiche bis zum Winter.", "de")
    found = extractor.candidates(document, chained(document, FINDERS["de"](document)))
    assert [document.words[s.first : s.last] for c in found for s in c.source] == [["Der", "Verband"]]
    assert document.words[found[0].content[0].first] == "das"


@pytest.mark.parametrize("text", ["Hallo", "„“", "\n\n", "...", "Sagte: ,", "„Ja“, sagte sie. " * 50])
def test_odd_texts_give_spans_inside_the_text(model, text):
    extractor = Extractor.load("de", model[0])
    document = read(text, "de")
    for candidate in extractor.candidates(document, chained(document, FINDERS["de"](document))):
        for span in (*candidate.content, *candidate.cue, *candidate.source, *candidate.relays):
            assert 0 <= span.first < span.last <= len(document.words)


def damage(folder, name, how):
    if how == "missing":
        (folder / name).unlink()
    elif how == "cut":
        (folder / name).write_bytes((folder / name).read_bytes()[:-40])
    else:
        path = folder / META
        path.write_text(path.read_text(encoding="utf-8").replace('"lang": "de"', '"lang": "en"'), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "how", "said"),
    [(name, how, "damaged") for name in WEIGHTS for how in ("missing", "cut")]
    + [(META, "missing", "no model in"), (META, "cut", "damaged"), (META, "foreign", "'en', not 'de'")],
)
def test_damaged_or_foreign_model_is_refused(model, tmp_path, name, how, said):
    folder = tmp_path / "copy"
    shutil.copytree(model[0], folder)
    damage(folder, name, how)
    with pytest.raises(ConfigError, match=said):
        Extractor.load("de", folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"attributions": [{"content": [[5, 5]]}]}, "empty or outside"),
        ({"attributions": [{"content": [[0, 9999]]}]}, "empty or outside"),
        ({"attributions": [{"content": [[0, 5]], "type": "gossip"}]}, "unknown; allowed are"),
        ({"lang": "en"}, "is being trained"),
        ({"id": "made-1"}, "given before"),
        ({"text": 3}, "not an article"),
    ],
)
def test_bad_gold_is_refused_with_its_line(tmp_path, change, said):
    gold = write(tmp_path / "gold.jsonl", [article(1), article(2) | change])
    with pytest.raises(LabelError, match=rf"gold\.jsonl:2: .*{said}"):
        train_extraction([gold], tmp_path / "out", "de")


def test_trees_as_arrays_answer_like_scikit_learn():
    from sklearn.ensemble import HistGradientBoostingClassifier

    generator = np.random.default_rng(4)
    table = generator.normal(size=(300, 5))
    model = HistGradientBoostingClassifier(max_iter=20, random_state=0).fit(table, table[:, 0] * table[:, 1] > 0.1)
    trees = from_boosting(model)
    again = Trees.from_arrays(trees.arrays("x"), "x")
    rows = generator.normal(size=(40, 5))
    assert np.allclose(again.probabilities(rows.tolist()), model.predict_proba(rows)[:, 1])
    assert trees.probabilities([]) == []


@pytest.mark.parametrize(
    ("rule", "name"),
    [("de.sagen.verb-dass", "verb-dass"), ("de.laut", "laut"), ("en.that.say.finite", "that"), ("colon", "colon")],
)
def test_family_of_a_rule(rule, name):
    assert family(rule) == name


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["O", "B-I", "I-I", "O"], [(Tokens(1, 3), "I")]),
        (["B-D", "B-D"], [(Tokens(0, 1), "D"), (Tokens(1, 2), "D")]),
        (["I-S", "I-Q"], [(Tokens(0, 1), "S"), (Tokens(1, 2), "Q")]),
        (["O"], []),
    ],
)
def test_labels_read_as_spans(labels, found):
    assert spans(labels) == found


@pytest.mark.parametrize(
    ("one", "other", "nesting", "expected"),
    [
        ((0, 10), (10, 20), True, False),
        ((0, 10), (2, 4), True, False),
        ((0, 10), (2, 4), False, True),
        ((0, 10), (1, 10), True, True),
        ((0, 10), (5, 15), True, True),
    ],
)
def test_contents_that_cannot_both_stand(one, other, nesting, expected):
    assert crosses([Tokens(*one)], [Tokens(*other)], 0.4, nesting) is expected


def test_the_likelier_of_two_rivals_is_kept_and_unlikely_ones_are_not():
    first, second, third = (Candidate("indirect", (Tokens(*span),)) for span in ((0, 9), (1, 9), (400, 420)))
    likely = [(0.5, second), (0.6, first), (0.1, third)]
    assert decided(likely, Decision(0.25, 0.4, True)) == [first]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab,. \n„“:?", max_size=400), st.integers(1, 40))
def test_passages_cover_every_token_once(text, times):
    document = read(text * times, "de")
    pieces = list(passages(document))
    assert [i for piece in pieces for i in range(*piece)] == list(range(len(document.words)))
    assert all(piece.last - piece.first <= 2 * LONGEST for piece in pieces)
    features = TokenFeatures(document, extract(document), Vocabulary("de"))
    assert all(len(features.items(piece)) == piece.last - piece.first for piece in pieces[:3])
