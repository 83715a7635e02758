"""The project's own gold set: paragraphs marked by hand, read as strictly as any label, held to floors.

Print the figures and every mistake with ``python -m tests.test_gold``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from attribution import Analyzer
from attribution.evaluate import Evaluation, evaluate
from attribution.formats.gold import GoldArticle, Labelled, LabelledHedge, Prediction
from attribution.types import HEDGE_CLASSES, LANGUAGES, ArticleResult, Attribution, Lang, Span

FOLDER = Path(__file__).parent / "gold"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["gold"]
TYPES = ("direct", "indirect", "reported", "free_indirect")
ENTRY_KEYS = {"id", "topic", "text", "attributions", "own_voice", "hedges"}
ATTRIBUTION_KEYS = {"type", "source", "cue", "content", "chain"}
COUNTED = re.compile(r"(.+) #(\d+)")
MEASURES = ("joint", "content", "own voice", "chains", "hedges")


@dataclass(frozen=True)
class Entry:
    """One paragraph: what the evaluation reads, and beside it what only this set marks."""

    article: GoldArticle
    chains: tuple[tuple[Span, ...], ...]
    own_voice: tuple[Span, ...]


# --- reading ---------------------------------------------------------------------------------------------------------


def occurrences(text: str, wanted: str) -> list[Span]:
    """Where a string stands as whole words; ``a … b`` reaches from an a to the next b."""
    first, _, last = wanted.partition(" … ")
    found = []
    for match in re.finditer(whole(first), text):
        end = re.compile(whole(last)).search(text, match.end()) if last else match
        if end:
            found.append(Span(match.start(), end.end()))
    return found


def whole(string: str) -> str:
    before = r"(?<!\w)" if string[:1].isalnum() else ""
    after = r"(?!\w)" if string[-1:].isalnum() else ""
    return f"{before}{re.escape(string)}{after}"


def locate(text: str, wanted: str, near: Sequence[Span] = ()) -> Span:
    """Where a string stands; among several places the counted one, or else the one nearest to given spans."""
    counted = COUNTED.fullmatch(wanted)
    found = occurrences(text, counted[1] if counted else wanted)
    if counted and len(found) >= int(counted[2]):
        return found[int(counted[2]) - 1]
    if counted or not found:
        raise ValueError(f"{wanted!r} is not in the text")
    if len(found) > 1 and not near:
        raise ValueError(f"{wanted!r} occurs {len(found)} times; add ' #1' to ' #{len(found)}'")
    return min(found, key=lambda span: min((distance(span, other) for other in near), default=0))


def distance(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)


def refuse_unknown(data: dict[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(data) - allowed):
        raise ValueError(f"unknown key {unknown[0]!r}; allowed are {', '.join(sorted(allowed))}")


def parse_entry(data: dict[str, Any], lang: Lang) -> Entry:
    """Turn one entry into spans of characters, or say what is wrong with it."""
    refuse_unknown(data, ENTRY_KEYS)
    text = data["text"]
    read = [parse_attribution(item, text) for item in data.get("attributions", ())]
    hedges = []
    for item in data.get("hedges", ()):
        refuse_unknown(item, {"text", "class"})
        if item["class"] not in HEDGE_CLASSES:
            raise ValueError(f"hedge class {item['class']!r}; allowed are {', '.join(HEDGE_CLASSES)}")
        hedges.append(LabelledHedge(*locate(text, item["text"]), item["class"], in_use=True))
    article = GoldArticle(data["id"], lang, text, tuple(item for item, _ in read), tuple(hedges))
    own_voice = tuple(locate(text, sentence) for sentence in data.get("own_voice", ()))
    return Entry(article, tuple(chain for _, chain in read), own_voice)


def parse_attribution(item: dict[str, Any], text: str) -> tuple[Labelled, tuple[Span, ...]]:
    refuse_unknown(item, ATTRIBUTION_KEYS)
    if item["type"] not in TYPES:
        raise ValueError(f"type {item['type']!r}; allowed are {', '.join(TYPES)}")
    content = tuple(locate(text, part) for part in item["content"])
    if any(overlaps(a, b) for a, b in combinations(content, 2)):
        raise ValueError(f"parts of content {item['content']!r} overlap")
    source = (locate(text, item["source"], content),) if "source" in item else ()
    cue = tuple(locate(text, part, content) for part in item.get("cue", ()))
    chain = tuple(locate(text, part, content) for part in item.get("chain", ())) or source
    return Labelled(content, source, cue, item["type"]), chain


def raw(lang: Lang) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{lang}.yaml").read_text(encoding="utf-8"))
    return found


@cache
def entries(lang: Lang) -> tuple[Entry, ...]:
    return tuple(parse_entry(data, lang) for data in raw(lang))


# --- measuring -------------------------------------------------------------------------------------------------------


@cache
def results(lang: Lang) -> tuple[ArticleResult, ...]:
    analyzer = Analyzer()
    return tuple(analyzer.analyze_text(entry.article.text, lang=lang) for entry in entries(lang))


@cache
def evaluation(lang: Lang) -> Evaluation:
    found = [
        Prediction(e.article.id, tuple(Labelled(a.content, a.source, a.cue, a.type, a.rule) for a in r.attributions))
        for e, r in zip(entries(lang), results(lang), strict=True)
    ]
    return evaluate([entry.article for entry in entries(lang)], found)


def measured(lang: Lang) -> dict[str, float]:
    """All figures of a language, in per cent."""
    figures = {name: evaluation(lang).figures[name].f1 for name in ("joint", "content")}
    pairs = list(zip(entries(lang), results(lang), strict=True))
    answers = {
        "own voice": [is_own(sentence, r) for e, r in pairs for sentence in e.own_voice],
        "chains": [right for e, r in pairs for right in chain_answers(e, r)],
        "hedges": [hedge_found(h, r) for e, r in pairs for h in e.article.hedges],
    }
    shares = {name: 100 * sum(given) / len(given) for name, given in answers.items()}
    return {name: 100 * figure.value for name, figure in figures.items() if figure} | shares


def is_own(sentence: Span, result: ArticleResult) -> bool:
    """Whether no statement in a sentence has a source."""
    return not any(s.attribution and overlaps(s, sentence) for s in result.statements)


def chain_answers(entry: Entry, result: ArticleResult) -> list[bool]:
    """Whether each chain is right, link by link: those of the gold, and those found where the gold has none."""
    answers = []
    for labelled, chain in zip(entry.article.attributions, entry.chains, strict=True):
        found = counterpart(labelled, result.attributions)
        links = found.sources if found else ()
        if len(chain) > 1 or len(links) > 1:
            same = len(links) == len(chain)
            answers.append(same and all(overlaps(s, c) for s, c in zip(links, chain, strict=True)))
    return answers


def counterpart(labelled: Labelled, found: Sequence[Attribution]) -> Attribution | None:
    """The attribution found whose content shares most with a labelled one, at least half of the longer."""
    wanted = characters(labelled.content)
    best = max(found, key=lambda a: shared(wanted, characters(a.content)), default=None)
    return best if best and shared(wanted, characters(best.content)) >= 0.5 else None


def characters(spans: Sequence[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def shared(a: set[int], b: set[int]) -> float:
    return len(a & b) / max(len(a), len(b))


def overlaps(a: Any, b: Any) -> bool:
    return bool(a.start < b.end and b.start < a.end)


def hedge_found(hedge: LabelledHedge, result: ArticleResult) -> bool:
    return any(h.in_use and h.cls == hedge.cls and overlaps(h, hedge) for h in result.hedges)


# --- tests -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_can_be_read(lang: Lang) -> None:
    problems = []
    for data in raw(lang):
        try:
            parse_entry(data, lang)
        except (KeyError, ValueError) as error:
            problems.append(f"{lang}.yaml, {data.get('id')}: {error}")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_set_is_large_and_mixed(lang: Lang) -> None:
    ids = [data["id"] for data in raw(lang)]
    assert len(set(ids)) == len(ids), sorted(i for i in set(ids) if ids.count(i) > 1)
    assert len(ids) >= 34
    assert len({data["topic"] for data in raw(lang)}) >= 20
    assert {a.type for entry in entries(lang) for a in entry.article.attributions} >= set(TYPES[:3])
    assert sum(len(chain) > 1 for entry in entries(lang) for chain in entry.chains) >= 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_own_voice_and_contents_are_apart(lang: Lang) -> None:
    for entry in entries(lang):
        contents = [span for item in entry.article.attributions for span in item.content]
        assert not [s for s in entry.own_voice if any(overlaps(s, c) for c in contents)], entry.article.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_normalising_keeps_the_offsets(lang: Lang) -> None:
    for entry, result in zip(entries(lang), results(lang), strict=True):
        assert result.article.text == entry.article.text


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_floor_holds(lang: Lang, measure: str) -> None:
    figure = measured(lang)[measure]
    assert figure >= FLOORS[lang][measure], f"{lang} {measure}: {figure:.1f}, floor {FLOORS[lang][measure]}"


@pytest.mark.parametrize(
    ("wanted", "near", "expected"),
    [
        ("he", [], "is not in the text"),
        ("She", [], "occurs 2 times"),
        ("She #3", [], "is not in the text"),
        ("She #2", [], Span(10, 13)),
        ("She", [Span(14, 18)], Span(10, 13)),
        ("Sh", [Span(14, 18)], "is not in the text"),
        ("rain … away", [], "is not in the text"),
        ("She ran … hid.", [], Span(0, 18)),
    ],
)
def test_string_is_located_or_refused(wanted: str, near: list[Span], expected: Span | str) -> None:
    text = "She ran. \nShe hid."
    if isinstance(expected, str):
        with pytest.raises(ValueError, match=expected):
            locate(text, wanted, near)
    else:
        assert locate(text, wanted, near) == expected


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sources": []}, "unknown key 'sources'"),
        ({"attributions": [{"type": "indirect", "content": ["It rained"], "speaker": "he"}]}, "unknown key 'speaker'"),
        ({"attributions": [{"type": "quoted", "content": ["It rained"]}]}, "type 'quoted'"),
        ({"attributions": [{"type": "direct", "content": ["It rained.", "rained"]}]}, "overlap"),
        ({"attributions": [{"type": "direct", "content": [""]}]}, "'' occurs"),
        ({"hedges": [{"text": "rained", "class": "rumour"}]}, "hedge class 'rumour'"),
        ({"own_voice": ["It snowed."]}, "'It snowed.' is not in the text"),
    ],
)
def test_wrong_entry_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_entry({"id": "x", "topic": "weather", "text": "It rained."} | change, "en")


if __name__ == "__main__":
    for language in LANGUAGES:
        print(language, {name: round(figure, 1) for name, figure in measured(language).items()})  # noqa: T201 - a tool for the person who labels
        for mistake in evaluation(language).mistakes:
            print(f"  {mistake.article} {mistake.kind} [{mistake.rule}]")  # noqa: T201 - a tool for the person who labels
            print(f"    gold {mistake.gold}\n    found {mistake.predicted}")  # noqa: T201 - a tool for the person who labels
