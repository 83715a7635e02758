"""Train the extraction models from articles with gold attributions: same data and version, same bytes."""

from __future__ import annotations

import json
import tempfile
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pycrfsuite

from attribution.errors import LabelError
from attribution.extract import FINDERS
from attribution.extract.attach import attach
from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.chains import chained
from attribution.extract.features import TokenFeatures, Vocabulary, family, passages
from attribution.extract.proposals import PROPOSAL_FEATURES, Evidence, Proposal, propose
from attribution.extract.speakers import OPTION_FEATURES, Mention, Speakers
from attribution.extract.tagger import LETTERS, Tagger, Tags
from attribution.extract.trained import (
    CONTENT,
    FORMAT,
    META,
    RANKERS,
    ROLES,
    WEIGHTS,
    Decision,
    digest,
)  # fmt: skip
from attribution.extract.trees import Trees, from_boosting
from attribution.nlp import Document, read
from attribution.types import AttributionType, Lang

Progress = Callable[[str], None]
Rows = list[list[float]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold the settings of a training run; models/NOTES.md says what was tried and measured for each."""

    folds: int
    content: dict[str, float]
    roles: dict[str, float]
    judge: dict[str, float]
    ranker: dict[str, float]
    decision: Decision


_CONTENT = {"c1": 4.0, "c2": 2.0, "max_iterations": 150, "feature.minfreq": 2}
_ROLES = {"c1": 0.7, "c2": 0.7, "max_iterations": 120, "feature.minfreq": 2}
_SMALL = {
    "max_iter": 300, "learning_rate": 0.03, "max_leaf_nodes": 10, "min_samples_leaf": 15, "l2_regularization": 3.0,
    "max_features": 0.3,
}  # fmt: skip
_RANKER = {
    "max_iter": 200, "learning_rate": 0.06, "max_leaf_nodes": 16, "min_samples_leaf": 20, "l2_regularization": 3.0,
    "max_features": 0.5,
}  # fmt: skip
_LARGE = {
    "max_iter": 300, "learning_rate": 0.05, "max_leaf_nodes": 20, "min_samples_leaf": 30, "l2_regularization": 3.0,
    "max_features": 0.5,
}  # fmt: skip
RECIPES: dict[Lang, Recipe] = {
    "de": Recipe(4, _CONTENT, _ROLES, _SMALL, _RANKER, Decision(0.3, 0.4, True, 0.4)),
    "en": Recipe(
        2,
        {**_CONTENT, "max_iterations": 60},
        {**_CONTENT, "max_iterations": 60},
        _LARGE,
        {**_LARGE, "max_leaf_nodes": 24},
        Decision(0.25, 0.4, False, 0.5),
    ),
}
# Training on less is possible, but the models will hardly beat the rules: Wikinews needed some 200 articles.
FEW = 50


@dataclass(slots=True)
class Example:
    """Hold one training article: its document, the rules' proposals, and its gold attributions as token spans."""

    document: Document
    raw: list[Candidate]
    kept: list[Candidate]
    gold: list[Candidate]
    tags: Tags | None = None
    proposals: list[Proposal] = field(default_factory=list)
    matches: list[int] = field(default_factory=list)
    close: list[bool] = field(default_factory=list)


def train_extraction(
    gold: Sequence[Path], out: Path, lang: Lang, *, seed: int = 1, progress: Progress | None = None
) -> dict[str, Any]:
    """Train the models of a language on gold files in the interchange format and write them to a directory.

    Returns what is stored in ``model.json``.

    Raises:
        LabelError: a gold file is not as it must be; the message names file and line.
    """
    say = progress or (lambda message: None)
    recipe = RECIPES[lang]
    examples = load_examples(gold, lang)
    if len(examples) < FEW:
        say(f"only {len(examples)} articles: the models will hardly be better than the rules")
    folds = min(recipe.folds, len(examples))
    order = list(range(len(examples)))
    Random(seed).shuffle(order)  # noqa: S311 (which article is in which fold)
    parts = [sorted(order[k::folds]) for k in range(folds)]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as folder:
        work = Path(folder)
        vocabulary = Vocabulary(lang)
        for k, part in enumerate(parts):
            say(f"sequence models, fold {k + 1} of {folds}")
            others = [examples[i] for i in range(len(examples)) if i not in set(part)]
            tagger = fit_tagger(others, vocabulary, recipe, work)
            for i in part:
                examples[i].tags = tagger.tag(examples[i].document, examples[i].kept)
        say("sequence models, all articles")
        fit_tagger(examples, vocabulary, recipe, work)
        say("rankers")
        judge, ranker, precision = fit_rankers(examples, parts, lang, recipe, seed)
        with (work / RANKERS).open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **judge.arrays("judge"), **ranker.arrays("ranker"))
        meta = {
            "format": FORMAT, "lang": lang, "features": [*PROPOSAL_FEATURES, *OPTION_FEATURES], "seed": seed,
            "articles": len(examples), "attributions": sum(len(example.gold) for example in examples),
            "data_sha256": {path.name: digest(path) for path in gold}, "decision": asdict(recipe.decision),
            "precision": {name: round(value, 4) for name, value in sorted(precision.items())},
            "sha256": {name: digest(work / name) for name in WEIGHTS},
        }  # fmt: skip
        (work / META).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        for name in (*WEIGHTS, META):
            (work / name).replace(out / name)
    return meta


# --- gold --------------------------------------------------------------------------------------------------------


def load_examples(gold: Sequence[Path], lang: Lang) -> list[Example]:
    """Read gold files and run the rules over their articles."""
    examples = []
    seen: set[str] = set()
    for path in gold:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    where = f"{path}:{number}"
                    record = _record(line, where, lang)
                    if record["id"] in seen:
                        raise LabelError(f"{where}: article id {record['id']!r} was given before; ids must differ")
                    seen.add(record["id"])
                    examples.append(_example(record, lang, where))
    if not examples:
        raise LabelError(f"no articles in {', '.join(map(str, gold))}; give JSONL files, one article a line")
    return examples


def _record(line: str, where: str, lang: Lang) -> dict[str, Any]:
    try:
        record = json.loads(line)
        good = isinstance(record["id"], str) and isinstance(record["text"], str)
        good = good and isinstance(record["attributions"], list)
    except (ValueError, KeyError, TypeError):
        good, record = False, {}
    if not good:
        raise LabelError(f"{where}: not an article; needed are id, lang, text and attributions")
    if record.get("lang", lang) != lang:
        raise LabelError(f"{where}: language is {record['lang']!r}, but {lang!r} is being trained")
    return dict(record)


def _example(record: dict[str, Any], lang: Lang, where: str) -> Example:
    document = read(record["text"], lang)
    raw = chained(document, FINDERS[lang](document))
    gold = []
    for item in record["attributions"]:
        spans = {role: _tokens(document, item.get(role) or (), where) for role in ("content", "cue", "source")}
        if spans["content"]:
            kind: AttributionType = item.get("type") or (
                "direct" if _quoted(document, spans["content"]) else "indirect"
            )
            if kind not in LETTERS:
                raise LabelError(f"{where}: type {kind!r} is unknown; allowed are {', '.join(LETTERS)}")
            gold.append(Candidate(kind, spans["content"], spans["cue"], spans["source"]))
    return Example(document, raw, attach(document, raw), gold)


def _tokens(document: Document, spans: Sequence[Sequence[int]], where: str) -> tuple[Tokens, ...]:
    """Turn spans of characters into spans of tokens."""
    found = []
    for start, end in spans:
        if not 0 <= start < end <= len(document.text):
            raise LabelError(
                f"{where}: span [{start}, {end}] is empty or outside the text of {len(document.text)} characters"
            )
        first, last = bisect_right(document.ends, start), bisect_left(document.starts, end)
        if last > first:
            found.append(Tokens(first, last))
    return tuple(found)


def _quoted(document: Document, content: Sequence[Tokens]) -> bool:
    words = [i for span in content for i in range(span.first, span.last) if document.words[i][0].isalnum()]
    return bool(words) and sum(document.quote_of[i] >= 0 for i in words) >= 0.9 * len(words)


# --- sequence models -----------------------------------------------------------------------------------------------


def labels(example: Example) -> tuple[list[str], list[str]]:
    """Return BIO labels for both models: outermost contents with the roles outside them, and the roles anywhere."""
    content, roles = (["O"] * len(example.document.words) for _ in range(2))
    for candidate in example.gold:
        for letter, spans in (("Q", candidate.cue), ("S", candidate.source)):
            _write(roles, spans, letter)
    taken = ["O"] * len(content)
    for candidate in sorted(example.gold, key=lambda c: -sum(span.last - span.first for span in c.content)):
        if all(taken[i] == "O" for span in candidate.content for i in range(span.first, span.last)):
            _write(taken, candidate.content, LETTERS[candidate.type])
    content = [label if label != "O" else role for label, role in zip(taken, roles, strict=True)]
    return content, roles


def _write(sequence: list[str], spans: Sequence[Tokens], letter: str) -> None:
    for span in spans:
        for i in range(span.first, span.last):
            sequence[i] = ("B-" if i == span.first else "I-") + letter


def fit_tagger(examples: Sequence[Example], vocabulary: Vocabulary, recipe: Recipe, folder: Path) -> Tagger:
    """Train both sequence models and write them to a folder."""
    for which, (name, settings) in enumerate(((CONTENT, recipe.content), (ROLES, recipe.roles))):
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params(settings)
        for example in examples:
            features = TokenFeatures(example.document, example.kept, vocabulary)
            gold = labels(example)[which]
            for passage in passages(example.document):
                trainer.append(features.items(passage), gold[passage.first : passage.last])
        trainer.train(str(folder / name))
    return Tagger(vocabulary, folder / CONTENT, folder / ROLES)


# --- rankers -------------------------------------------------------------------------------------------------------


def fit_rankers(
    examples: Sequence[Example], parts: Sequence[Sequence[int]], lang: Lang, recipe: Recipe, seed: int
) -> tuple[Trees, Trees, dict[str, float]]:
    """Train the judge of proposals and the ranker of speakers on tags and precisions from other folds."""
    for example in examples:
        assert example.tags is not None  # noqa: S101
        example.proposals = propose(example.document, example.raw, example.kept, example.tags)
        example.matches, example.close = match(example)
    rows: dict[int, Rows] = {}
    for part in parts:
        others = set(range(len(examples))) - set(part)
        evidence = Evidence(rule_precision([examples[i] for i in sorted(others)]), lang)
        for i in part:
            example = examples[i]
            assert example.tags is not None  # noqa: S101
            rows[i] = evidence.rows(example.document, example.proposals, example.tags)
    judge, judged = _fit_judge(examples, rows, parts, recipe, seed)
    ranker = _fit_ranker(examples, judged, recipe, seed)
    return judge, ranker, rule_precision(examples)


def _fit_judge(
    examples: Sequence[Example], rows: dict[int, Rows], parts: Sequence[Sequence[int]], recipe: Recipe, seed: int
) -> tuple[Trees, dict[int, list[float]]]:
    judged: dict[int, list[float]] = {}
    for part in parts:
        others = sorted(set(range(len(examples))) - set(part))
        table = [row for i in others for row in rows[i]]
        trees = fit_trees(table + table, _answers([examples[i] for i in others]), recipe.judge, seed)
        for i in part:
            judged[i] = trees.probabilities(rows[i])
    table = [row for i in range(len(examples)) for row in rows[i]]
    return fit_trees(table + table, _answers(examples), recipe.judge, seed), judged


def _answers(examples: Sequence[Example]) -> list[bool]:
    """Ask of each proposal twice, whether it matches and whether closely: the judge then answers with the mean."""
    matching = [k >= 0 for example in examples for k in example.matches]
    return matching + [close for example in examples for close in example.close]


def _fit_ranker(examples: Sequence[Example], judged: dict[int, list[float]], recipe: Recipe, seed: int) -> Trees:
    table: Rows = []
    right: list[bool] = []
    for i, example in enumerate(examples):
        assert example.tags is not None  # noqa: S101
        speakers = Speakers(example.document, example.proposals, example.kept, example.tags)
        for proposal, k, score in zip(example.proposals, example.matches, judged[i], strict=True):
            if k >= 0:
                options = speakers.options(proposal)
                table += speakers.rows(proposal, options, score)
                right += is_right(example, options, k)
    return fit_trees(table, right, recipe.ranker, seed)


def is_right(example: Example, options: Sequence[Mention | None], k: int) -> list[bool]:
    """Tell of each option whether it shares a word with the source of the k-th gold attribution."""
    source = words_of(example.document, example.gold[k].source)
    return [bool(source & words_of(example.document, option.span)) if option else not source for option in options]


def words_of(document: Document, spans: Sequence[Tokens]) -> frozenset[int]:
    """Return the tokens of some spans that are words."""
    return frozenset(
        i for span in spans for i in range(span.first, span.last) if any(map(str.isalnum, document.words[i]))
    )


# Contents that share so much (Dice) differ by a word or two at a border.
CLOSE = 0.9


def match(example: Example) -> tuple[list[int], list[bool]]:
    """Return for each proposal the gold attribution it finds as the scorer counts it, or -1, and whether closely."""
    golds = [words_of(example.document, candidate.content) for candidate in example.gold]
    matches, close = [], []
    for proposal in example.proposals:
        words = words_of(example.document, proposal.candidate.content)
        shares = [
            (2 * len(words & gold) / (len(words) + len(gold)), -k) for k, gold in enumerate(golds) if words & gold
        ]
        best = -max(shares)[1] if shares else -1
        found = best >= 0 and 2 * len(words & golds[best]) >= max(len(words), len(golds[best]))
        matches.append(best if found else -1)
        close.append(found and max(shares)[0] > CLOSE)
    return matches, close


def rule_precision(examples: Sequence[Example]) -> dict[str, float]:
    """Measure how often each rule's proposals match, drawn towards the mean of the rule's family where it is rare."""
    seen: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    names: dict[str, str] = {}
    for example in examples:
        for proposal, k in zip(example.proposals, example.matches, strict=True):
            if proposal.ruled:
                rule = proposal.candidate.rule
                names[rule] = family(rule)
                for name in {rule, names[rule]}:
                    seen[name] += 1
                    hits[name] += k >= 0
    families = {name: (hits[name] + 2) / (seen[name] + 4) for name in names.values()}
    single = {rule: (hits[rule] + 4 * families[name]) / (seen[rule] + 4) for rule, name in names.items()}
    return {**single, **families}


def fit_trees(table: Rows, answers: Sequence[bool], settings: dict[str, float], seed: int) -> Trees:
    """Fit boosted trees to a yes-no question."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    model = HistGradientBoostingClassifier(**settings, early_stopping=False, random_state=seed)
    with threadpool_limits(limits=1):  # sums in one order: the same bytes on every machine
        model.fit(np.asarray(table, dtype=np.float64), np.asarray(answers, dtype=bool))
    return from_boosting(model)
