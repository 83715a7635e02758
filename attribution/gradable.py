"""Tell statements that can be graded from questions, orders and conditions."""

from __future__ import annotations

from attribution.nlp import Document
from attribution.types import Lang

_CONDITION: dict[Lang, frozenset[str]] = {
    "de": frozenset(("wenn", "falls", "sofern", "angenommen")),
    "en": frozenset(("if", "unless", "suppose", "supposing")),
}
_QUOTES = frozenset("„“”\"»«‚‘’‹›'")
_POLITE = frozenset(("please", "bitte"))


def is_gradable(document: Document, first: int, last: int) -> bool:
    """Return False for a question, an order ("Folgen Sie …", "Please …") or a condition ("If they march in, …")."""
    words, lower = document.words, document.lower
    while first < last - 1 and words[first] in _QUOTES:
        first += 1
    while last > first + 1 and words[last - 1] in _QUOTES:
        last -= 1
    if words[last - 1] == "?" or lower[first] in _CONDITION[document.lang] or lower[first] in _POLITE:
        return False
    polite_verb = (
        document.lang == "de" and first + 1 < last and words[first + 1] == "Sie" and lower[first].endswith("en")
    )
    return not (polite_verb and words[first][0].isupper() and words[first] != "Sie")
