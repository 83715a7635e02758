"""Analyse a stream of articles; what goes wrong with one of them becomes a record and never stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attribution.errors import InputError
from attribution.types import Article, ArticleResult, Failure

if TYPE_CHECKING:
    from attribution.analyzer import Analyzer


def analyze_stream(articles: Iterable[Article | Failure], analyzer: Analyzer) -> Iterator[ArticleResult | Failure]:
    """Analyse one article after the other, in order, holding one at a time; hand failures of the reader through."""
    for article in articles:
        yield article if isinstance(article, Failure) else analyze_one(article, analyzer)


def analyze_one(article: Article, analyzer: Analyzer) -> ArticleResult | Failure:
    """Analyse one article, or say why that was not possible."""
    try:
        return analyzer.analyze(article)
    except InputError as error:
        return Failure(article.id, error.stage, str(error))
    except Exception as error:  # an unforeseen text must not cost the rest of a corpus its analysis
        problem = f"{type(error).__name__}: {error}"
        return Failure(article.id, "analyse", f"article {article.id!r}: {problem}; please report this as a bug")
