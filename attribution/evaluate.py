"""Score extracted attributions against gold: precision, recall and F1 with intervals, per type and per construction.

Spans are compared as sets of word tokens (runs of letters and digits), so that punctuation and quotation marks never
decide. Contents are paired one to one so that their summed Dice overlap is largest. ``joint`` is the headline figure:
a pair shares at least half of the longer content, and the sources share a token or both are missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from attribution.errors import InputError
from attribution.extract import as_attribution, extract
from attribution.extract.candidates import Candidate
from attribution.extract.features import family
from attribution.formats.gold import ROLES, TYPES, GoldArticle, Labelled, Prediction
from attribution.nlp import Document, read
from attribution.text import MAX_CHARACTERS
from attribution.types import Failure, Span

# Of 1,000 resamples the bounds of a 95 % interval wander by some tenths of a point, less than they are read to.
RESAMPLES = 1_000
# Resamples that are drawn at once, so that a corpus of 100,000 articles needs 80 MB for it and not 800.
BATCH = 100
BOUNDS = (2.5, 97.5)
CONTEXT = 60

MistakeKind = Literal["missed", "spurious", "wrong source", "wrong boundaries"]
MISTAKES: tuple[MistakeKind, ...] = ("missed", "spurious", "wrong source", "wrong boundaries")
Key = tuple[str, ...]
Counts = defaultdict[Key, float]
Values = npt.NDArray[np.float64]
_WORD = re.compile(r"\w+")
_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hold one figure between 0 and 1 with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold precision, recall and F1; None where the gold does not say what a figure would need."""

    p: Estimate | None
    r: Estimate | None
    f1: Estimate | None


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the figures of one type or construction; ``gold`` is None where the gold does not tell them apart."""

    name: str
    gold: int | None
    predicted: int
    joint: Figure
    content: Figure


@dataclass(frozen=True, slots=True)
class Side:
    """Quote one attribution as gold or prediction has it."""

    type: str | None
    source: tuple[str, ...]
    cue: tuple[str, ...]
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """Show one difference between gold and prediction; offsets mark the stretch that the two contents cover."""

    article: str
    kind: MistakeKind
    rule: str
    start: int
    end: int
    gold: Side | None
    predicted: Side | None
    context: str

    def to_dict(self) -> dict[str, Any]:
        """Give the mistake as plain data, ready for ``json.dumps``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold all figures of one comparison, and every mistake that it rests on."""

    articles: int
    gold: int
    predicted: int
    figures: Mapping[str, Figure]
    types: tuple[Group, ...]
    constructions: tuple[Group, ...]
    mistakes: tuple[Mistake, ...]
    seed: int
    resamples: int = RESAMPLES

    def to_dict(self) -> dict[str, Any]:
        """Give the figures as plain data, ready for ``json.dumps``; of the mistakes only how many there are."""
        kinds = Counter(mistake.kind for mistake in self.mistakes)
        return {
            "counts": {"articles": self.articles, "gold": self.gold, "predicted": self.predicted},
            "bootstrap": {"resamples": self.resamples, "seed": self.seed, "level": 0.95},
            "figures": {name: _figure_dict(figure) for name, figure in self.figures.items()},
            "types": {group.name: _group_dict(group) for group in self.types},
            "constructions": {group.name: _group_dict(group) for group in self.constructions},
            "errors": {kind: kinds[kind] for kind in MISTAKES},
        }


def _figure_dict(figure: Figure) -> dict[str, Any]:
    parts = {"P": figure.p, "R": figure.r, "F1": figure.f1}
    intervals = {name: [part.low, part.high] for name, part in parts.items() if part}
    return {name: part and part.value for name, part in parts.items()} | {"interval": intervals}


def _group_dict(group: Group) -> dict[str, Any]:
    return {
        "gold": group.gold,
        "predicted": group.predicted,
        "joint": _figure_dict(group.joint),
        "content": _figure_dict(group.content),
    }


# --- the two things to do ------------------------------------------------------------------------------------------


def predict(
    gold: Iterable[GoldArticle], find: Callable[[Document], Sequence[Candidate]] = extract
) -> Iterator[Prediction | Failure]:
    """Find the attributions of gold articles, one article after the other; their texts stay as they are.

    Yields:
        A prediction for every article; a failure where one could not be analysed, which costs the others nothing.
    """
    for article in gold:
        try:
            yield _predict_one(article, find)
        except InputError as error:
            yield Failure(article.id, error.stage, str(error))
        except Exception as error:  # as in a run: an unforeseen text must not cost the rest their figures
            problem = f"{type(error).__name__}: {error}"
            yield Failure(article.id, "analyse", f"article {article.id!r}: {problem}; please report this as a bug")


def _predict_one(article: GoldArticle, find: Callable[[Document], Sequence[Candidate]]) -> Prediction:
    if len(article.text) > MAX_CHARACTERS:
        size = f"{len(article.text):,} characters, one article may have {MAX_CHARACTERS:,}"
        raise InputError(f"article {article.id!r} has {size}; split it into its articles", "analyse")
    document = read(article.text, article.lang)
    found = (as_attribution(document, candidate, "") for candidate in find(document))
    return Prediction(article.id, tuple(Labelled(a.content, a.source, a.cue, a.type, a.rule) for a in found))


def evaluate(gold: Sequence[GoldArticle], predicted: Sequence[Prediction], *, seed: int = 1) -> Evaluation:
    """Score predictions against gold.

    Articles are matched by id; a gold article without prediction counts as one in which nothing was found, and
    predictions for other articles do not count. Same input and seed, same figures.
    """
    found = {prediction.id: prediction.attributions for prediction in predicted}
    compared = [_compare(article, found.get(article.id, ())) for article in gold]
    totals = _Totals([_counts(pairing) for pairing in compared], seed)
    return Evaluation(
        articles=len(gold),
        gold=totals.count("gold"),
        predicted=totals.count("predicted"),
        figures=_figures(totals),
        types=tuple(_types(totals)),
        constructions=tuple(_constructions(totals)),
        mistakes=tuple(mistake for pairing in compared for mistake in _mistakes(pairing)),
        seed=seed,
    )


# --- one article ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Hold one attribution as sets of word numbers."""

    labelled: Labelled
    content: frozenset[int]
    source: frozenset[int]
    cue: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Hold what belongs together in one article: pairs, and what is left alone on either side, in text order."""

    article: GoldArticle
    pairs: tuple[tuple[_Tokens | None, _Tokens | None], ...]


def _compare(article: GoldArticle, predicted: Sequence[Labelled]) -> _Pairing:
    words = [match.span() for match in _WORD.finditer(article.text)]
    starts, ends = [start for start, _ in words], [end for _, end in words]
    left, right = (_token_sets(items, starts, ends) for items in (article.attributions, predicted))
    aligned = _align(left, right)
    paired_left, paired_right = {i for i, _ in aligned}, {j for _, j in aligned}
    pairs: list[tuple[_Tokens | None, _Tokens | None]] = [(left[i], right[j]) for i, j in aligned]
    pairs += [(g, None) for i, g in enumerate(left) if i not in paired_left]
    pairs += [(None, p) for j, p in enumerate(right) if j not in paired_right]
    return _Pairing(article, tuple(sorted(pairs, key=lambda pair: min(min(side.content) for side in pair if side))))


def _token_sets(items: Sequence[Labelled], starts: list[int], ends: list[int]) -> list[_Tokens]:
    """Give the words that spans touch; an attribution whose content has none does not count."""

    def words(spans: Sequence[Span]) -> frozenset[int]:
        return frozenset(
            number for start, end in spans for number in range(bisect_right(ends, start), bisect_left(starts, end))
        )

    sets = (_Tokens(item, words(item.content), words(item.source), words(item.cue)) for item in items)
    return [item for item in sets if item.content]


def _align(left: Sequence[_Tokens], right: Sequence[_Tokens]) -> list[tuple[int, int]]:
    """Pair contents one to one with the largest summed Dice; pairs that share no word are dropped."""
    if not left or not right:
        return []
    overlap = np.zeros((len(left), len(right)))
    holders: dict[int, list[int]] = {}
    for j, p in enumerate(right):
        for word in p.content:
            holders.setdefault(word, []).append(j)
    for i, g in enumerate(left):
        for j, shared in Counter(j for word in g.content for j in holders.get(word, ())).items():
            overlap[i, j] = 2 * shared / (len(g.content) + len(right[j].content))
    rows, columns = linear_sum_assignment(overlap, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if overlap[i, j] > 0]


def _same_content(g: _Tokens, p: _Tokens) -> bool:
    return 2 * len(g.content & p.content) >= max(len(g.content), len(p.content))


def _same_source(g: _Tokens, p: _Tokens) -> bool:
    return bool(g.source & p.source) or not (g.source or p.source)


def _counts(pairing: _Pairing) -> Counts:
    """Count everything that the figures are made of in one article; each figure is a quotient of sums of these."""
    count: Counts = defaultdict(float)
    for g, p in pairing.pairs:
        sides = [side for side, item in (("gold", g), ("predicted", p)) if item]
        hits = []
        if g and p and _same_content(g, p):
            hits = ["content", "joint"] if _same_source(g, p) else ["content"]
            count["exact",] += g.content == p.content
        for name in (*sides, *hits):
            count[name,] += 1
        for group in _groups(g, p):
            for name in ("all", *hits):
                count[*group, name] += 1
        _count_shares(count, g, p)
    for role in ROLES:
        a = frozenset[int]().union(*(getattr(g, role) for g, _ in pairing.pairs if g))
        b = frozenset[int]().union(*(getattr(p, role) for _, p in pairing.pairs if p))
        for name, words in (("hit", a & b), ("gold", a), ("predicted", b)):
            count[role, name] += len(words)
    return count


def _groups(g: _Tokens | None, p: _Tokens | None) -> Iterator[Key]:
    """Name the groups that a pair counts in: the type of either side, and the construction it was predicted by."""
    if g and g.labelled.type:
        yield "gold type", g.labelled.type
    if p and p.labelled.type:
        yield "predicted type", p.labelled.type
    if p and p.labelled.rule:
        yield "construction", family(p.labelled.rule)


def _count_shares(count: Counts, g: _Tokens | None, p: _Tokens | None) -> None:
    """Add up the shares of a pair that the macro average over attributions is taken of."""
    for role in ROLES:
        a: frozenset[int] = getattr(g, role) if g else _NOTHING
        b: frozenset[int] = getattr(p, role) if p else _NOTHING
        for name, base in (("P", b), ("R", a)):
            if base:
                count["roles", name, "sum"] += len(a & b) / len(base)
                count["roles", name, "all"] += 1


# --- figures -------------------------------------------------------------------------------------------------------


class _Totals:
    """Hold sums over all articles in row 0 and over each resample of articles in the rows after it."""

    def __init__(self, counts: Sequence[Counts], seed: int) -> None:
        self._column = {key: number for number, key in enumerate(sorted({key for count in counts for key in count}))}
        table = np.zeros((len(counts), len(self._column)))
        for row, count in zip(table, counts, strict=True):
            for key, value in count.items():
                row[self._column[key]] = value
        random = np.random.default_rng(seed)
        size = max(1, len(counts))
        draws = (random.multinomial(size, np.full(size, 1 / size), size=BATCH) for _ in range(RESAMPLES // BATCH))
        sums = [table.sum(axis=0)[None, :], *(draw @ table for draw in draws if counts)]
        self._sums: Values = np.vstack(sums)
        self._none: Values = np.zeros(len(self._sums))

    def values(self, *key: str) -> Values:
        return self._sums[:, self._column[key]] if key in self._column else self._none

    def count(self, *key: str) -> int:
        return int(self.values(*key)[0])

    def names(self, kind: str) -> list[str]:
        return sorted({key[1] for key in self._column if key[0] == kind})


def _share(hits: Values, base: Values) -> Values:
    """Divide; not a number where there is nothing to divide by."""
    return np.divide(hits, base, out=np.full_like(hits, np.nan), where=base > 0)


def _figure(p: Values | None, r: Values | None) -> Figure:
    both = _f1(np.nan_to_num(p), np.nan_to_num(r)) if p is not None and r is not None else None
    return Figure(*(None if values is None else _estimate(values) for values in (p, r, both)))


def _f1(p: Values, r: Values) -> Values:
    return np.divide(2 * p * r, p + r, out=np.zeros_like(p), where=p + r > 0)


def _estimate(values: Values) -> Estimate:
    """Give the value with its interval; a resample in which there is nothing to divide by says nothing about it."""
    value, resampled = float(np.nan_to_num(values[0])), values[1:][~np.isnan(values[1:])]
    low, high = np.percentile(resampled, BOUNDS) if len(resampled) else (value, value)
    return Estimate(value, float(low), float(high))


def _figures(totals: _Totals) -> dict[str, Figure]:
    gold, predicted = totals.values("gold"), totals.values("predicted")
    found = {}
    for name in ("joint", "content", "exact"):
        hits = totals.values(name)
        found[name] = _figure(_share(hits, predicted), _share(hits, gold))
    for role in ("content", "source", "cue"):
        hits = totals.values(role, "hit")
        p, r = (_share(hits, totals.values(role, side)) for side in ("predicted", "gold"))
        found[f"{role} tokens"] = _figure(p, r)
    p, r = (_share(totals.values("roles", name, "sum"), totals.values("roles", name, "all")) for name in "PR")
    return found | {"roles": _figure(p, r)}


def _types(totals: _Totals) -> Iterator[Group]:
    """Score every type: precision over what was predicted as it, recall over what the gold has as it."""
    labelled, named = totals.names("gold type"), totals.names("predicted type")
    for name in TYPES:
        if name in labelled or name in named:
            figures = (
                _figure(
                    _group_share(totals, "predicted type", name, hit),
                    _group_share(totals, "gold type", name, hit) if labelled else None,
                )
                for hit in ("joint", "content")
            )
            gold = totals.count("gold type", name, "all") if labelled else None
            yield Group(name, gold, totals.count("predicted type", name, "all"), *figures)


def _constructions(totals: _Totals) -> Iterator[Group]:
    """Score every rule family, the most frequent first; gold knows no rules, so there is only precision."""
    sizes = {name: totals.count("construction", name, "all") for name in totals.names("construction")}
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        joint, content = (
            _figure(_group_share(totals, "construction", name, hit), None) for hit in ("joint", "content")
        )
        yield Group(name, None, sizes[name], joint, content)


def _group_share(totals: _Totals, kind: str, name: str, hit: str) -> Values:
    return _share(totals.values(kind, name, hit), totals.values(kind, name, "all"))


# --- mistakes ------------------------------------------------------------------------------------------------------


def _mistakes(pairing: _Pairing) -> Iterator[Mistake]:
    text = pairing.article.text
    for g, p in pairing.pairs:
        kind = _kind(g, p)
        if kind is None:
            continue
        spans = [span for side in (g, p) if side for span in side.labelled.content]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        yield Mistake(
            article=pairing.article.id,
            kind=kind,
            rule=p.labelled.rule if p else "",
            start=start,
            end=end,
            gold=_side(g, text),
            predicted=_side(p, text),
            context=_context(text, start, end),
        )


def _kind(g: _Tokens | None, p: _Tokens | None) -> MistakeKind | None:
    if g is None or p is None:
        return "spurious" if g is None else "missed"
    if not _same_content(g, p):
        return "wrong boundaries"
    return None if _same_source(g, p) else "wrong source"


def _side(tokens: _Tokens | None, text: str) -> Side | None:
    if tokens is None:
        return None
    labelled = tokens.labelled
    source, cue, content = (
        tuple(text[start:end] for start, end in spans) for spans in (labelled.source, labelled.cue, labelled.content)
    )
    return Side(labelled.type, source, cue, content)


def _context(text: str, start: int, end: int) -> str:
    """Quote the surroundings of a stretch on one line; of a long one, how it begins and ends."""
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    shown = text[first:last]
    if end - start > 3 * CONTEXT:
        shown = f"{text[first : start + CONTEXT]} … {text[end - CONTEXT : last]}"
    return f"{'…' if first else ''}{' '.join(shown.split())}{'…' if last < len(text) else ''}"
