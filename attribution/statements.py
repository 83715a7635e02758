"""Cut sentences into statements: stretches with one source each, or the article's own voice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from attribution.extract.attach import hull
from attribution.extract.candidates import Candidate, Tokens
from attribution.lang.de import grammar as german
from attribution.lang.en import grammar as english
from attribution.nlp import Document, Sentence
from attribution.types import Lang

OWN_VOICE = -1
# A remainder of a sentence is a statement of its own from this many words on, if it has a finite verb; shorter ones
# ("Auf der Plattform X", "in its report") frame the statement beside them. Tried 3-6 on the example articles.
CLAUSE_WORDS = 4

_CLAUSES: dict[Lang, Callable[[Sequence[str], Sequence[str], int, int], bool]] = {
    "de": german.has_finite,
    "en": english.has_finite,
}
_FINAL = frozenset((".", "!", "?", "…"))
_TRIM = frozenset((",", ";", ":", "–", "—", "-"))


class Piece(NamedTuple):
    """Hold one statement before grading: its tokens, sentence, and the index of its attribution or OWN_VOICE."""

    first: int
    last: int
    sentence: int
    owner: int


def split(document: Document, candidates: Sequence[Candidate]) -> list[Piece]:
    """Cut all sentences of a document into pieces, in text order; every sentence gives at least one."""
    owners = _owners(document, candidates)
    pieces: list[Piece] = []
    for number, sentence in enumerate(document.sentences):
        runs = _runs(owners, sentence)
        runs = _absorbed(document, runs, candidates)
        pieces += [
            piece for first, last, owner in runs for piece in _inner(document, Piece(first, last, number, owner))
        ]
    return pieces


def _owners(document: Document, candidates: Sequence[Candidate]) -> list[int]:
    """Paint every token with the attribution it belongs to; enclosing ones first, so that the inner one stays."""
    owners = [OWN_VOICE] * len(document.words)
    order = sorted(range(len(candidates)), key=lambda k: -_extent(candidates[k]))
    bearing = _bearing(candidates)
    for k in order:
        if not bearing[k]:
            continue
        for span in _stretches(document, candidates[k]):
            owners[span.first : span.last] = [k] * (span.last - span.first)
    return owners


def _extent(candidate: Candidate) -> int:
    span = hull(candidate.content)
    return span.last - span.first


def _bearing(candidates: Sequence[Candidate]) -> list[bool]:
    """Tell which attributions make statements: not a quoted fragment inside content of the same source."""
    bearing = [True] * len(candidates)
    open_: list[int] = []
    for k, candidate in enumerate(candidates):
        span = hull(candidate.content)
        open_ = [o for o in open_ if hull(candidates[o].content).last > span.first]
        for o in open_:
            outer = hull(candidates[o].content)
            within = outer.first <= span.first and span.last <= outer.last
            if within and (candidates[o].source == candidate.source or candidate.inherited):
                bearing[k] = False
        open_.append(k)
    return bearing


def _stretches(document: Document, candidate: Candidate) -> Iterator[Tokens]:
    """Yield, per sentence of the content, the stretch from the first to the last word that belongs to it."""
    homes = {document.sentence_of[span.first] for span in candidate.content}
    homes |= {document.sentence_of[span.last - 1] for span in candidate.content}
    for home in range(min(homes), max(homes) + 1):
        sentence = document.sentences[home]
        parts = [
            Tokens(max(span.first, sentence.first), min(span.last, sentence.last))
            for span in (*candidate.content, *candidate.cue, *(() if candidate.apart else candidate.source))
            if span.first < sentence.last and sentence.first < span.last
        ]
        if any(span.first < sentence.last and sentence.first < span.last for span in candidate.content):
            yield hull(parts)


def _runs(owners: Sequence[int], sentence: Sentence) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for i in range(sentence.first, sentence.last):
        if runs and runs[-1][2] == owners[i]:
            runs[-1] = (runs[-1][0], i + 1, owners[i])
        else:
            runs.append((i, i + 1, owners[i]))
    return runs


def _absorbed(
    document: Document, runs: list[tuple[int, int, int]], candidates: Sequence[Candidate]
) -> list[tuple[int, int, int]]:
    """Join framing remainders to the statement behind them, or before them at the end of a sentence."""
    if len(runs) < 2:
        return runs
    keep = [_is_statement(document, run, candidates) for run in runs]
    if not any(keep):
        keep[max(range(len(runs)), key=lambda k: runs[k][1] - runs[k][0])] = True
    joined: list[tuple[int, int, int]] = []
    pending = -1
    for run, kept in zip(runs, keep, strict=True):
        first, last, owner = run
        if kept:
            joined.append((first if pending < 0 else pending, last, owner))
            pending = -1
        elif joined and (document.words[first] not in _TRIM or last == runs[-1][1]):
            joined[-1] = (joined[-1][0], last, joined[-1][2])
        elif pending < 0:
            pending = first
    if pending >= 0 and joined:
        joined[-1] = (joined[-1][0], runs[-1][1], joined[-1][2])
    return _with_openers(document, joined)


def _with_openers(document: Document, runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Give a conjunction or preposition at the end of a statement to the one it opens (", als | die Zeitung …")."""
    moved = list(runs)
    for k in range(len(moved) - 1):
        first, last, owner = moved[k]
        comma = next((i for i in range(last - 1, max(first, last - 4), -1) if document.words[i] in _TRIM), -1)
        if comma > first and comma < last - 1:
            moved[k] = (first, comma, owner)
            moved[k + 1] = (comma + 1, moved[k + 1][1], moved[k + 1][2])
    return moved


def _is_statement(document: Document, run: tuple[int, int, int], candidates: Sequence[Candidate]) -> bool:
    first, last, owner = run
    if owner != OWN_VOICE:  # what holds no content only frames it ("…, berichtet der Sender")
        inside = sum(max(0, min(s.last, last) - max(s.first, first)) for s in candidates[owner].content)
        return inside >= min(2, last - first)
    words = sum(document.words[i][0].isalnum() for i in range(first, last))
    return words >= CLAUSE_WORDS and _CLAUSES[document.lang](document.words, document.lower, first, last)


def _inner(document: Document, piece: Piece) -> Iterator[Piece]:
    """Cut a quotation of several sentences into one statement for each."""
    first = piece.first
    for i in range(piece.first, piece.last - 1):
        if (
            document.words[i] in _FINAL
            and document.quote_of[i] >= 0
            and document.quote_of[i + 1] == document.quote_of[i]
            and document.words[i + 1][0].isalnum()
        ):
            yield _trimmed(document, piece._replace(first=first, last=i + 1))
            first = i + 1
    yield _trimmed(document, piece._replace(first=first))


def _trimmed(document: Document, piece: Piece) -> Piece:
    first, last = piece.first, piece.last
    while first < last - 1 and document.words[first] in _TRIM:
        first += 1
    while last > first + 1 and document.words[last - 1] in _TRIM:
        last -= 1
    return piece._replace(first=first, last=last)
