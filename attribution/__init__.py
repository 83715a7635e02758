"""Who says so, through whom, and how sure are they? Source attribution and hedging in German and English news.

>>> from attribution import analyze
>>> result = analyze("Laut NIS seien rund 100 Soldaten gefallen.")
>>> result.statements[0].attribution.sources[0].name
'National Intelligence Service'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attribution.analyzer import Analyzer, analyze
    from attribution.config import load_settings
    from attribution.sources import load_sources
    from attribution.types import Article, ArticleResult, Source, Statement

__version__ = "0.1.0"
__all__ = ["Analyzer", "Article", "ArticleResult", "Source", "Statement", "analyze", "load_settings", "load_sources"]

_HOME = {
    "Analyzer": "analyzer", "Article": "types", "ArticleResult": "types", "Source": "types", "Statement": "types",
    "analyze": "analyzer", "load_settings": "config", "load_sources": "sources",
}  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type, given above for type checkers
    """Import a public name when it is first used, so that ``import attribution`` costs nothing."""
    if name in _HOME:
        return getattr(import_module(f"attribution.{_HOME[name]}"), name)
    raise AttributeError(f"module 'attribution' has no attribute {name!r}")
