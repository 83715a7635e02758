"""Two trained sequence models over a document: which tokens are content, and which are source or cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from attribution.errors import ConfigError
from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.features import TokenFeatures, Vocabulary, passages
from attribution.nlp import Document
from attribution.types import AttributionType

TYPES: dict[str, AttributionType] = {"D": "direct", "I": "indirect", "R": "reported", "F": "free_indirect"}
ROLES = ("S", "Q")
LETTERS = {name: letter for letter, name in TYPES.items()}


@dataclass(frozen=True, slots=True)
class Tags:
    """Hold what the sequence models say of each token of a document.

    ``content`` and ``roles`` are BIO labels ("B-I" opens indirect content, "I-S" goes on with a source); ``inside``,
    ``begins``, ``source`` and ``cue`` are the probabilities that a token is content, opens content, is source, is cue.
    """

    content: list[str]
    roles: list[str]
    inside: list[float]
    begins: list[float]
    source: list[float]
    cue: list[float]


class Tagger:
    """Tag documents with the two sequence models of a directory."""

    def __init__(self, vocabulary: Vocabulary, content: Path, roles: Path) -> None:
        self._vocabulary = vocabulary
        self._content, self._roles = _opened(content), _opened(roles)

    def tag(self, document: Document, candidates: Sequence[Candidate]) -> Tags:
        """Label every token, given what the rules propose."""
        tags = Tags([], [], [], [], [], [])
        features = TokenFeatures(document, candidates, self._vocabulary)
        for passage in passages(document):
            sequence = pycrfsuite.ItemSequence(features.items(passage))
            length = passage.last - passage.first
            self._tag_content(sequence, length, tags)
            self._tag_roles(sequence, length, tags)
        return tags

    def _tag_content(self, sequence: pycrfsuite.ItemSequence, length: int, tags: Tags) -> None:
        crf = self._content
        labels = crf.labels()
        outside = [label for label in labels if label == "O" or label[2:] in ROLES]
        opening = [label for label in labels if label[0] == "B" and label[2:] not in ROLES]
        crf.set(sequence)
        tags.content.extend("O" if label[2:] in ROLES else label for label in crf.tag())
        probability = crf.marginal
        for i in range(length):
            inside = 1.0 - sum(probability(label, i) for label in outside)
            tags.inside.append(inside)
            tags.begins.append(sum(probability(label, i) for label in opening) if inside > _TRACE else 0.0)

    def _tag_roles(self, sequence: pycrfsuite.ItemSequence, length: int, tags: Tags) -> None:
        crf, known = self._roles, self._roles.labels()
        crf.set(sequence)
        tags.roles.extend(crf.tag())
        probability = crf.marginal
        sources = [label for label in known if label.endswith("S")]
        cues = [label for label in known if label.endswith("Q")]
        for i in range(length):
            some = 1.0 - probability("O", i) > _TRACE
            tags.source.append(sum(probability(label, i) for label in sources) if some else 0.0)
            tags.cue.append(sum(probability(label, i) for label in cues) if some else 0.0)


# Probabilities below this are taken as none; saves two thirds of the look-ups and changes no decision.
_TRACE = 0.02


def _opened(path: Path) -> pycrfsuite.Tagger:
    if not path.is_file():
        raise ConfigError(
            f"model file {str(path)!r} is missing; give a directory made by 'attribution train extraction'"
        )
    tagger = pycrfsuite.Tagger()
    try:
        tagger.open(str(path))
    except ValueError:
        raise ConfigError(
            f"model file {str(path)!r} is damaged; rebuild it with 'attribution train extraction'"
        ) from None
    return tagger


def spans(labels: Sequence[str]) -> list[tuple[Tokens, str]]:
    """Read BIO labels as stretches of tokens with their kind."""
    found: list[tuple[Tokens, str]] = []
    start, kind = -1, ""
    for i, label in enumerate(labels):
        if start >= 0 and (label == "O" or label[0] == "B" or label[2:] != kind):
            found.append((Tokens(start, i), kind))
            start = -1
        if start < 0 and label != "O":
            start, kind = i, label[2:]
    if start >= 0:
        found.append((Tokens(start, len(labels)), kind))
    return found
