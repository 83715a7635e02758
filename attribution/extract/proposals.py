"""What may be an attribution: the rules' proposals and the sequence models' contents, each with the evidence for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.features import family, word_classes
from attribution.extract.tagger import LETTERS, TYPES, Tags, spans
from attribution.nlp import Document
from attribution.types import Lang

# Stretches whose tokens are content with at least one of these probabilities are proposed even where the best labelling
# of the passage has them otherwise: what it leaves out, and other borders for what it has. Chosen on Wikinews dev:
# more levels (tried 0.12-0.75) and whole sentences found more contents, but the judge then chose worse borders.
LEVELS = (0.25, 0.5)
# The pieces of one content around its cue ("…, sagte sie, …") stand at most so many tokens apart.
FARTHEST_PIECE = 14


@dataclass(slots=True)
class Proposal:
    """Hold a candidate with where it comes from: ``kept`` by the rules alone, ``labelled`` by the sequence model."""

    candidate: Candidate
    kept: bool = False
    ruled: bool = True
    labelled: bool = False


def propose(document: Document, raw: Sequence[Candidate], kept: Sequence[Candidate], tags: Tags) -> list[Proposal]:
    """Pool what the rules kept, what they dropped, and what the sequence model labels, one proposal per content."""
    pool: dict[tuple[Tokens, ...], Proposal] = {}
    for candidate in kept:
        pool.setdefault(candidate.content, Proposal(candidate, kept=True))
    for candidate in raw:
        if candidate.source or not candidate.inherited:
            pool.setdefault(candidate.content, Proposal(candidate))
    for content, letter in _labelled(document, tags):
        known = pool.get(content)
        if known:
            known.labelled = True
            continue
        kind = TYPES[letter]
        candidate = Candidate(kind, content, _cue(document, content, tags), rule="model." + kind, strength=30)
        pool[content] = Proposal(candidate, ruled=False, labelled=True)
    for content in _likely(document, tags):
        if content not in pool:
            kind = "direct" if _quoted(document, content) else "indirect"
            candidate = Candidate(kind, content, _cue(document, content, tags), rule="model.likely", strength=20)
            pool[content] = Proposal(candidate, ruled=False)
    return sorted(pool.values(), key=lambda p: (p.candidate.content[0].first, -p.candidate.content[-1].last))


def _labelled(document: Document, tags: Tags) -> list[tuple[tuple[Tokens, ...], str]]:
    """Read contents off the best labelling; pieces around a cue are proposed both apart and as one."""
    found: list[tuple[tuple[Tokens, ...], str]] = []
    before: tuple[tuple[Tokens, ...], str] | None = None
    for span, letter in spans(tags.content):
        trimmed = _trimmed(document, span)
        if trimmed is None:
            continue
        if before and before[1] == letter and _frame_between(document, before[0][-1], trimmed, tags):
            joined = (*before[0], trimmed)
            found.append((joined, letter))
            found.append(((trimmed,), letter))
            before = (joined, letter)
            continue
        before = ((trimmed,), letter)
        found.append(before)
    return found


def _frame_between(document: Document, left: Tokens, right: Tokens, tags: Tags) -> bool:
    """Tell whether all that stands between two pieces is source, cue and marks."""
    if not 0 < right.first - left.last <= FARTHEST_PIECE:
        return False
    if document.sentence_of[left.last - 1] != document.sentence_of[right.first]:
        return False
    between = range(left.last, right.first)
    framed = [tags.roles[i] != "O" for i in between if document.words[i][0].isalnum()]
    return bool(framed) and sum(framed) >= 0.5 * len(framed)


def _trimmed(document: Document, span: Tokens) -> Tokens | None:
    """Drop commas and full stops at the borders of a stretch; None where no word is left."""
    first, last = span
    while first < last and document.words[first] in _BORDER:
        first += 1
    while last > first and document.words[last - 1] in ",:;–—-":
        last -= 1
    return Tokens(first, last) if any(document.words[i][0].isalnum() for i in range(first, last)) else None


_BORDER = frozenset((",", ":", ";", ".", "–", "—", "-", "!", "?"))


def _likely(document: Document, tags: Tags) -> Iterator[tuple[Tokens, ...]]:
    """List stretches of a sentence that are content with some probability."""
    for sentence in document.sentences:
        first, last = sentence.first, sentence.last
        if last == first or max(tags.inside[first:last]) < LEVELS[0]:
            continue
        found = {span for level in LEVELS for span in _above(document, tags.inside, first, last, level)}
        yield from ((span,) for span in sorted(found))


def _above(document: Document, inside: Sequence[float], first: int, last: int, level: float) -> Iterator[Tokens]:
    """List the stretches of a sentence whose tokens reach a probability."""
    start = -1
    for i in range(first, last + 1):
        on = i < last and inside[i] >= level
        if start >= 0 and not on:
            if span := _trimmed(document, Tokens(start, i)):
                yield span
            start = -1
        elif on and start < 0:
            start = i


def _quoted(document: Document, content: Sequence[Tokens]) -> bool:
    return all(document.quote_of[i] >= 0 for span in content for i in (span.first, span.last - 1))


def _cue(document: Document, content: Sequence[Tokens], tags: Tags) -> tuple[Tokens, ...]:
    """Take the cue that the roles model labels nearest to a content in its sentence, outside the content."""
    sentence = document.sentences[document.sentence_of[content[0].first]]
    inside = {i for span in content for i in range(span.first, span.last)}
    first = max(sentence.first, content[0].first - 40)
    last = min(
        len(tags.roles), document.sentences[document.sentence_of[content[-1].last - 1]].last, content[-1].last + 40
    )
    runs = [
        Tokens(span.first + first, span.last + first)
        for span, kind in spans(tags.roles[first:last])
        if kind == "Q" and span.first + first not in inside
    ]
    if not runs:
        return ()
    nearest = min(runs, key=lambda run: min(_gap(run, span) for span in content))
    return tuple(run for run in runs if run == nearest or _gap(run, nearest) <= 3)


def _gap(one: Tokens, other: Tokens) -> int:
    return max(0, other.first - one.last, one.first - other.last)


PROPOSAL_FEATURES = (
    "precision", "family_precision", "kept", "ruled", "labelled", "strength", "type", "has_cue", "has_source",
    "unspecified", "inherited", "mean", "least", "begin", "before", "behind", "last", "cue_p", "source_p", "length",
    "pieces", "sentences", "quoted_first", "quoted_last", "quoted_share", "sentence_start", "sentence_end",
    "sentence_no", "sentence_length", "rival_best", "rivals", "within_mean", "outside_mean", "konjunktiv",
    "label_agrees", "sentence_inside", "prev_inside", "next_inside",
)  # fmt: skip


class Evidence:
    """Describe proposals in numbers for the judge; ``precision`` is what the rules reached on the training articles."""

    def __init__(self, precision: dict[str, float], lang: Lang) -> None:
        self._precision = precision
        self._konjunktiv = frozenset(
            form for form, names in word_classes(lang).items() if "K1" in names or "K2" in names
        )

    def rows(self, document: Document, proposals: Sequence[Proposal], tags: Tags) -> list[list[float]]:
        """Return one row of PROPOSAL_FEATURES for each proposal."""
        sums = _sums(tags.inside)
        means = [_mean(sums, p.candidate.content) for p in proposals]
        rows = []
        for k, proposal in enumerate(proposals):
            rivals = _rivals(proposals, k)
            rows.append(self._row(document, proposal, tags, sums, means, k, rivals))
        return rows

    def _row(
        self,
        document: Document,
        proposal: Proposal,
        tags: Tags,
        sums: Sequence[float],
        means: Sequence[float],
        k: int,
        rivals: Sequence[int],
    ) -> list[float]:
        c = proposal.candidate
        inside, words = tags.inside, document.words
        first, last = c.content[0].first, c.content[-1].last
        size = sum(span.last - span.first for span in c.content)
        number = document.sentence_of[first]
        sentence, end = document.sentences[number], document.sentences[document.sentence_of[last - 1]]
        letter = LETTERS[c.type]
        own = [i for span in c.content for i in range(span.first, min(span.last, span.first + 60))]
        total = len(inside)
        precision = self._precision
        default = precision.get(family(c.rule), 0.4)
        whole = max(1, sentence.last - sentence.first)
        return [
            precision.get(c.rule, default),
            default,
            proposal.kept,
            proposal.ruled,
            proposal.labelled,
            c.strength,
            "DIRF".index(letter),
            len(c.cue),
            len(c.source),
            c.unspecified,
            c.inherited,
            means[k],
            min(inside[i] for i in own),
            tags.begins[first],
            inside[first - 1] if first else 0.0,
            inside[last] if last < total else 0.0,
            inside[last - 1],
            max((tags.cue[i] for span in c.cue for i in range(span.first, span.last)), default=-1.0),
            max((tags.source[i] for span in c.source for i in range(span.first, span.last)), default=-1.0),
            size,
            len(c.content),
            document.sentence_of[last - 1] - number + 1,
            document.quote_of[first] >= 0,
            document.quote_of[last - 1] >= 0,
            sum(document.quote_of[i] >= 0 for i in own) / len(own),
            first - sentence.first,
            end.last - last,
            number,
            whole,
            max((means[j] for j in rivals), default=-1.0),
            len(rivals),
            (sums[last] - sums[first]) / (last - first),
            (sums[sentence.last] - sums[sentence.first] - (sums[min(last, sentence.last)] - sums[first])) / whole,
            any(document.lower[i] in self._konjunktiv and words[i][0].islower() for i in own),
            sum(tags.content[i][2:] == letter for i in own) / len(own),
            (sums[sentence.last] - sums[sentence.first]) / whole,
            inside[sentence.first - 1] if sentence.first else 0.0,
            inside[end.last] if end.last < total else 0.0,
        ]


def _sums(values: Sequence[float]) -> list[float]:
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _mean(sums: Sequence[float], content: Sequence[Tokens]) -> float:
    size = sum(span.last - span.first for span in content)
    return sum(sums[span.last] - sums[span.first] for span in content) / size


def _rivals(proposals: Sequence[Proposal], k: int) -> list[int]:
    """List the proposals near by in the pool that overlap with one (the pool is in text order)."""
    content = proposals[k].candidate.content
    near = range(max(0, k - 10), min(len(proposals), k + 10))
    return [j for j in near if j != k and _overlap(content, proposals[j].candidate.content)]


def _overlap(one: Sequence[Tokens], other: Sequence[Tokens]) -> int:
    return sum(max(0, min(a.last, b.last) - max(a.first, b.first)) for a in one for b in other)


def size(content: Sequence[Tokens]) -> int:
    """Count the tokens of a content."""
    return sum(span.last - span.first for span in content)


def crosses(one: Sequence[Tokens], other: Sequence[Tokens], share: float, nesting: bool) -> bool:
    """Tell whether two contents cannot both stand: rivals, or overlapping without one lying in the other."""
    common = _overlap(one, other)
    if not common:
        return False
    sizes = sorted((size(one), size(other)))
    return not nesting or common < sizes[0] or common > share * sizes[1]


def with_source(candidate: Candidate, source: tuple[Tokens, ...], *, inherited: bool) -> Candidate:
    """Give a candidate another source; the relays that came with the old one go."""
    if source == candidate.source:
        return candidate
    return replace(
        candidate, source=source, relays=(), inherited=inherited, unspecified=not source and bool(candidate.cue)
    )
