"""The trained extractor: pool what rules and models propose, name the speaker of each, keep the likely ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from attribution.errors import ConfigError
from attribution.extract.attach import attach, hull
from attribution.extract.candidates import Candidate
from attribution.extract.features import Vocabulary
from attribution.extract.proposals import PROPOSAL_FEATURES, Evidence, Proposal, crosses, propose, with_source
from attribution.extract.speakers import OPTION_FEATURES, Mention, Speakers
from attribution.extract.tagger import Tagger
from attribution.extract.trees import Trees
from attribution.nlp import Document
from attribution.types import Lang

FORMAT = 1
CONTENT, ROLES, RANKERS, META = "content.crf", "roles.crf", "rankers.npz", "model.json"
WEIGHTS = (CONTENT, ROLES, RANKERS)
SHIPPED = Path(__file__).resolve().parent.parent / "models"


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold how proposals are decided.

    ``threshold`` is the least probability kept; contents that share more than ``rivalry`` of the longer one are rivals;
    ``nesting`` is False where the training corpus never marks an attribution inside another's content; ``joint`` is the
    exponent that says how much the speaker's probability counts.
    """

    threshold: float
    rivalry: float
    nesting: bool
    joint: float = 1.0


class Extractor:
    """Find attributions with trained models beside the rules.

    >>> Extractor.load("de").candidates(document, rule_candidates)  # doctest: +SKIP
    """

    def __init__(
        self, lang: Lang, tagger: Tagger, evidence: Evidence, judge: Trees, ranker: Trees, decision: Decision
    ) -> None:
        self.lang = lang
        self.decision = decision
        self._tagger, self._evidence, self._judge, self._ranker = tagger, evidence, judge, ranker

    @classmethod
    def load(cls, lang: Lang, directory: Path | None = None) -> Extractor:
        """Load the models of a language, the shipped ones if no directory is given.

        Raises:
            ConfigError: the directory is no model of this language, or a file of it is missing or damaged.
        """
        folder = directory or SHIPPED / lang
        meta = read_meta(folder, lang)
        try:
            with np.load(folder / RANKERS, allow_pickle=False) as stored:
                judge, ranker = Trees.from_arrays(stored, "judge"), Trees.from_arrays(stored, "ranker")
            decision = Decision(**meta["decision"])
            precision = {str(name): float(value) for name, value in meta["precision"].items()}
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise ConfigError(f"model {str(folder)!r} is damaged ({error}); rebuild it with {_REBUILD!r}") from None
        tagger = Tagger(Vocabulary(lang), folder / CONTENT, folder / ROLES)
        return cls(lang, tagger, Evidence(precision, lang), judge, ranker, decision)

    def candidates(self, document: Document, rule_candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the attributions of a document, in text order, given what the rules propose before attachment."""
        kept = attach(document, rule_candidates)
        tags = self._tagger.tag(document, kept)
        proposals = propose(document, rule_candidates, kept, tags)
        if not proposals:
            return []
        scores = self._judge.probabilities(self._evidence.rows(document, proposals, tags))
        speakers = Speakers(document, proposals, kept, tags)
        chosen = self._speakers(speakers, proposals, scores)
        likely = [
            (score * sure**self.decision.joint, with_speaker(document, proposal, mention))
            for score, proposal, (mention, sure) in zip(scores, proposals, chosen, strict=True)
        ]
        return _relayed(decided(likely, self.decision))

    def _speakers(
        self, speakers: Speakers, proposals: Sequence[Proposal], scores: Sequence[float]
    ) -> list[tuple[Mention | None, float]]:
        """Choose the source of every proposal that can still be kept, with its probability."""
        rows: list[list[float]] = []
        options: list[list[Mention | None]] = []
        for proposal, score in zip(proposals, scores, strict=True):
            found = speakers.options(proposal) if score >= self.decision.threshold else []
            options.append(found)
            rows += speakers.rows(proposal, found, score) if found else []
        probabilities = self._ranker.probabilities(rows)
        chosen = []
        start = 0
        for found in options:
            chosen.append(best(found, probabilities[start : start + len(found)]))
            start += len(found)
        return chosen


_REBUILD = "attribution train extraction"


def best(options: Sequence[Mention | None], probabilities: Sequence[float]) -> tuple[Mention | None, float]:
    """Return the most probable option and how sure the choice is."""
    if not options:
        return None, 0.0
    k = max(range(len(options)), key=probabilities.__getitem__)
    return options[k], probabilities[k] / max(1.0, sum(probabilities))


def with_speaker(document: Document, proposal: Proposal, mention: Mention | None) -> Candidate:
    """Give a proposal the chosen source; the rule's own span stays where the choice meets it."""
    c = proposal.candidate
    if mention is None:
        return with_source(c, (), inherited=False)
    if c.source and any(a.first < b.last and b.first < a.last for a in mention.span for b in c.source):
        return c
    apart = document.sentence_of[mention.span[0].first] != document.sentence_of[c.content[0].first]
    return with_source(c, mention.span, inherited=apart and not c.cue)


def decided(likely: Sequence[tuple[float, Candidate]], decision: Decision) -> list[Candidate]:
    """Keep the likely candidates, the likeliest first, that no kept one rivals; return them in text order."""
    taken: dict[int, list[Candidate]] = {}
    kept: list[Candidate] = []
    for score, candidate in sorted(likely, key=lambda pair: (-pair[0], pair[1].content)):
        if score < decision.threshold:
            break
        blocks = {i // _BLOCK for span in candidate.content for i in range(span.first, span.last, _BLOCK)}
        blocks |= {(span.last - 1) // _BLOCK for span in candidate.content}
        near = [other for block in blocks for other in taken.get(block, ())]
        if any(crosses(candidate.content, other.content, decision.rivalry, decision.nesting) for other in near):
            continue
        kept.append(candidate)
        for block in blocks:
            taken.setdefault(block, []).append(candidate)
    return sorted(kept, key=lambda c: (c.content[0].first, -c.content[-1].last))


# Kept contents are looked up by blocks of so many tokens, so that deciding stays linear in the text's length.
_BLOCK = 64


def _relayed(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Make the source of enclosing content a relay of what the model found inside it, as attaching does for rules."""
    result: list[Candidate] = []
    open_: list[Candidate] = []
    for candidate in candidates:
        span = hull(candidate.content)
        open_ = [outer for outer in open_ if hull(outer.content).last > span.first]
        outer = next((o for o in reversed(open_) if _encloses(o, candidate)), None)
        if outer is not None and not candidate.relays and not candidate.inherited:
            relayed = replace(candidate, relays=(*outer.relays, *outer.source))
        else:
            relayed = candidate
        result.append(relayed)
        open_.append(relayed)
    return result


def _encloses(outer: Candidate, inner: Candidate) -> bool:
    if outer.source == inner.source or not inner.source or outer.type == "reported":
        return False
    parts, content = hull((*inner.content, *inner.source, *inner.cue)), hull(outer.content)
    return content.first <= parts.first and parts.last <= content.last


def read_meta(folder: Path, lang: Lang) -> dict[str, Any]:
    """Read and check what a model directory says of itself."""
    path = folder / META
    if not path.is_file():
        raise ConfigError(f"no model in {str(folder)!r} ({META} is missing); make one with {_REBUILD!r}")
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
        found = meta["format"], meta["lang"], meta["features"], meta["sha256"]
    except (ValueError, KeyError, TypeError):
        raise ConfigError(f"{str(path)!r} is damaged; rebuild the model with {_REBUILD!r}") from None
    wanted = FORMAT, lang, [*PROPOSAL_FEATURES, *OPTION_FEATURES]
    for name, given, allowed in zip(("format", "lang", "features"), found, wanted, strict=False):
        if given != allowed:
            shown = f"{given!r}, not {allowed!r}" if name != "features" else "another version's features"
            raise ConfigError(f"model {str(folder)!r} has {name} {shown}; train one with {_REBUILD!r}")
    for name in WEIGHTS:
        file = folder / name
        if not file.is_file() or digest(file) != found[3].get(name):
            raise ConfigError(f"model file {str(file)!r} is missing or damaged; rebuild it with {_REBUILD!r}")
    return dict(meta)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()
