"""Measure the analysis by stage: words per CPU second, peak memory, and how the cost grows with length.

usage: python tests/bench/stages.py [CORPUS.jsonl …]

Without a corpus the two bundled example articles are repeated. Run it alone on the machine with OMP_NUM_THREADS=1:
the figures are CPU seconds of this process, not wall time.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from attribution.analyzer import Analyzer
from attribution.extract import characters, extract
from attribution.formats.native import to_record
from attribution.hedging import find_hedges
from attribution.ingest import article_from_text
from attribution.nlp import read
from attribution.sources import identify
from attribution.types import Article, Lang

REPEAT = 150


def bundled() -> list[Article]:
    folder = files("attribution").joinpath("examples")
    texts = [(name, folder.joinpath(name).read_text(encoding="utf-8")) for name in ("harbour.txt", "hafen.txt")]
    return [article_from_text(text, id=f"{name}-{n}") for n in range(REPEAT) for name, text in texts]


def corpus(path: str) -> list[Article]:
    with Path(path).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Article(id=row["id"], text=row["text"], lang=row["lang"]) for row in rows]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def line(name: str, words: int, seconds: float) -> None:
    print(f"{name:34s} {words / max(seconds, 1e-9):12,.0f} words/CPU s {seconds:8.2f} s   peak {peak():6.0f} MB")


def stages(articles: list[Article]) -> None:
    analyzer = Analyzer()
    for lang in ("de", "en"):  # warm up: lexicons are loaded once
        analyzer.analyze_text({"de": "Laut Polizei ist es ruhig.", "en": "Police said it is calm."}[lang], lang=lang)
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words:,} words; loaded: peak {peak():.0f} MB")
    documents, seconds = timed(lambda: [read(a.text, a.lang) for a in articles])
    line("tokens, sentences, quotations", words, seconds)
    candidates, seconds = timed(lambda: [extract(d) for d in documents])
    line("attributions", words, seconds)
    mentions = [
        sorted({s for c in found for s in characters(d, (*c.relays, *c.source))})
        for d, found in zip(documents, candidates, strict=True)
    ]
    _, seconds = timed(lambda: [identify(d, m, analyzer.register) for d, m in zip(documents, mentions, strict=True)])
    line("sources", words, seconds)
    _, seconds = timed(lambda: [find_hedges(d) for d in documents])
    line("hedges", words, seconds)
    results, seconds = timed(lambda: [analyzer.analyze(a) for a in articles])
    line("whole analysis", words, seconds)
    _, seconds = timed(lambda: [json.dumps(to_record(r), ensure_ascii=False) for r in results])
    line("record as JSON", words, seconds)


def growth(articles: list[Article]) -> None:
    """Analyse one long text at 1, 10 and 100 times its length: the rate must not fall."""
    analyzer = Analyzer()
    by_lang: dict[Lang, str] = {}
    for article in articles:
        text = by_lang.get(article.lang, "")
        if len(text) < 12_000:
            by_lang[article.lang] = f"{text}\n\n{article.text}"
    for lang, text in by_lang.items():
        for times in (1, 10, 100):
            long = Article(id="long", text="\n\n".join([text] * times), lang=lang)
            words = len(long.text.split())
            _, seconds = timed(lambda long=long: analyzer.analyze(long))
            line(f"one {lang} text of {words:,} words", words, seconds)


def main() -> None:
    articles = [a for path in sys.argv[1:] for a in corpus(path)] or bundled()
    stages(articles)
    growth(articles)


if __name__ == "__main__":
    main()
