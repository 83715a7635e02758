"""Who says so, given the content: every mention that may be the source, described in numbers for the ranker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.features import word_classes
from attribution.extract.proposals import Proposal
from attribution.extract.tagger import LETTERS, Tags, spans
from attribution.nlp import Document
from attribution.types import Lang

# How many sentences before a content its source may stand, and how many behind; measured on Wikinews train:
# 413 of 589 sources in another sentence stand exactly one back, 96% within the paragraph before.
BACK, AHEAD = 6, 1
MOST_OPTIONS = 24
# After so many mentions in earlier sentences none further back is looked at.
ENOUGH = 4
# In a sentence of more tokens only the mentions around the content are listed: bounds the work on text without stops.
ENDLESS = 400
OPTION_FEATURES = (
    "options", "best_p", "near_p", "has_cue", "has_source", "inherited", "type", "ruled", "kept", "length", "start",
    "quoted", "unspecified", "judged",
    "somebody", "m_ruled", "m_labelled", "m_phrase", "own_source", "p", "mean_p", "distance", "inside", "sentence",
    "paragraph", "to_cue", "rank", "place", "before", "m_quoted", "same_quote", "pronoun", "capital", "last_capital",
    "m_length", "determiner", "preposition", "after_mark", "after_verb", "before_verb", "before_auxiliary",
    "before_mark", "cue_near", "count", "earlier",
)  # fmt: skip
PRONOUNS = frozenset("er sie es wir ich man dieser diese he she they it we i who which that".split())


@dataclass(slots=True)
class Mention:
    """Hold a mention that may be a source, and who proposed it."""

    span: tuple[Tokens, ...]
    ruled: bool = False
    labelled: bool = False
    phrase: bool = False


def _phrases(lang: Lang) -> Callable[[Sequence[str], Sequence[str], int, int], int]:
    if lang == "de":
        from attribution.lang.de.grammar import noun_phrase as german

        return lambda words, lower, i, stop: german(words, lower, i, stop, 0)
    from attribution.lang.en.grammar import noun_phrase as english

    return english


class Speakers:
    """List and describe the possible sources of each proposal of one document."""

    def __init__(
        self, document: Document, proposals: Sequence[Proposal], kept: Sequence[Candidate], tags: Tags
    ) -> None:
        self.document, self.tags = document, tags
        self._classes = word_classes(document.lang)
        self._phrase_end = _phrases(document.lang)
        self._own: dict[int, list[Mention]] = {}
        self._at: dict[int, Mention] = {}
        self._phrased: set[int] = set()
        self._counts: dict[str, int] = {}
        for candidate in (*kept, *(p.candidate for p in proposals if p.ruled)):
            if candidate.source and not candidate.inherited:
                self._add(candidate.source, ruled=True)
        for span, kind in spans(tags.roles):
            if kind == "S":
                self._add((span,), labelled=True)
        for mentions in self._own.values():
            for mention in mentions:
                key = self._key(mention)
                self._counts[key] = self._counts.get(key, 0) + 1

        ordered = sorted((c for c in kept if c.source), key=lambda c: c.content[0].first)
        self._starts = [c.content[0].first for c in ordered]
        self._sources = [c.source for c in ordered]

    def _last_sources(self, first: int) -> list[tuple[Tokens, ...]]:
        """Return the sources of the attributions that the rules keep before a token, the nearest first."""
        k = bisect_left(self._starts, first)
        return [self._sources[j] for j in range(k - 1, max(-1, k - 3), -1)]

    def _key(self, mention: Mention) -> str:
        return self.document.lower[mention.span[-1].last - 1]

    def _add(
        self, span: tuple[Tokens, ...], *, ruled: bool = False, labelled: bool = False, phrase: bool = False
    ) -> None:
        tokens = [i for part in span for i in range(part.first, part.last)]
        known = next((self._at[i] for i in tokens if i in self._at), None)
        if known is None:
            known = Mention(span)
            self._own.setdefault(self.document.sentence_of[span[0].first], []).append(known)
            self._at.update(dict.fromkeys(tokens, known))
        known.ruled |= ruled
        known.labelled |= labelled
        known.phrase |= phrase

    def _in_sentence(self, number: int, near: int, *, phrases: bool) -> list[Mention]:
        """List the mentions of a sentence; of a sentence without end those around a token."""
        if phrases and number not in self._phrased:
            self._phrased.add(number)
            self._add_phrases(number)
        sentence = self.document.sentences[number]
        if sentence.last - sentence.first > ENDLESS:
            window = range(max(sentence.first, near - ENDLESS // 2), min(sentence.last, near + ENDLESS // 2))
            mentions = list({id(self._at[i]): self._at[i] for i in window if i in self._at}.values())
        else:
            mentions = self._own.get(number, [])
        return mentions if phrases else [m for m in mentions if m.ruled or m.labelled]

    def _add_phrases(self, number: int) -> None:
        sentence = self.document.sentences[number]
        words, lower = self.document.words, self.document.lower
        i, stop = sentence.first, min(sentence.last, sentence.first + 120)
        while i < stop:
            end = self._phrase_end(words, lower, i, stop)
            if end > i:
                self._add((Tokens(i, end),), phrase=True)
                i = end
            else:
                i += 1

    def options(self, proposal: Proposal) -> list[Mention | None]:
        """List the mentions that may be the source of a proposal, None (nobody) first."""
        content = proposal.candidate.content
        sentences = self.document.sentences
        first = self.document.sentence_of[content[0].first]
        last = self.document.sentence_of[content[-1].last - 1]
        found: dict[int, Mention] = {}

        def take(number: int, near: int, *, phrases: bool) -> int:
            mentions = self._in_sentence(number, near, phrases=phrases)
            found.update((id(mention), mention) for mention in mentions if id(mention) not in found)
            return sum(mention.ruled or mention.labelled for mention in mentions)

        for span in proposal.candidate.source:
            found.update((id(self._at[i]), self._at[i]) for i in range(span.first, span.last) if i in self._at)
        for number in range(first, min(last, first + 8) + 1):
            take(number, content[0].first, phrases=number in (first, last))
        if last + 1 < len(sentences) and sentences[last + 1].paragraph <= sentences[last].paragraph + 1:
            take(last + 1, sentences[last + 1].first, phrases=False)
        back = 0
        for number in range(first - 1, max(-1, first - 1 - BACK), -1):
            back += take(number, sentences[number].last, phrases=number == first - 1)
            if back >= ENOUGH:
                break
        return [None, *list(found.values())[:MOST_OPTIONS]]

    def rows(self, proposal: Proposal, options: Sequence[Mention | None], judged: float) -> list[list[float]]:
        """Return one row of OPTION_FEATURES for each option."""
        c, document = proposal.candidate, self.document
        first, last = c.content[0].first, c.content[-1].last
        before = sorted(
            (m.span[-1].last for m in options if m and (m.ruled or m.labelled) and m.span[-1].last <= first),
            reverse=True,
        )
        cue = c.cue[0].first if c.cue else -1
        cue_last = c.cue[-1].last if c.cue else -1
        number = document.sentence_of[first]
        paragraph = document.sentences[number].paragraph
        best = max((self._probability(m) for m in options if m), default=0.0)
        near = max(
            (self._probability(m) for m in options if m and document.sentence_of[m.span[0].first] == number),
            default=0.0,
        )
        shared = [
            len(options),
            best,
            near,
            bool(c.cue),
            bool(c.source),
            c.inherited,
            "DIRF".index(LETTERS[c.type]),
            proposal.ruled,
            proposal.kept,
            last - first,
            first - document.sentences[number].first,
            document.quote_of[first] >= 0,
            c.unspecified,
            judged,
        ]
        earlier = self._last_sources(first)
        rows = []
        for mention in options:
            if mention is None:
                rows.append(shared + _NOBODY)
                continue
            row = self._row(mention, c, first, last, cue, cue_last, number, paragraph, before)
            row.append(next((1.0 - k / 2 for k, source in enumerate(earlier) if _meets(mention, source)), 0.0))
            rows.append(shared + row)
        return rows

    def _probability(self, mention: Mention) -> float:
        source = self.tags.source
        return max(source[i] for span in mention.span for i in range(span.first, span.last))

    def _row(
        self,
        m: Mention,
        c: Candidate,
        first: int,
        last: int,
        cue: int,
        cue_last: int,
        number: int,
        paragraph: int,
        before: Sequence[int],
    ) -> list[float]:
        document, source = self.document, self.tags.source
        a, b = m.span[0].first, m.span[-1].last
        where = document.sentence_of[a]
        sentence = document.sentences[where]
        lower, words = document.lower, document.words
        left = lower[a - 1] if a > sentence.first else ""
        right = lower[b] if b < sentence.last else ""
        classes = self._classes
        inside = any(span.first <= a and b <= span.last for span in c.content)
        cues = self.tags.cue
        cue_near = max((cues[i] for i in range(max(0, a - 3), min(len(cues), b + 3)) if not a <= i < b), default=0.0)
        return [
            1.0,
            m.ruled, m.labelled, m.phrase,
            bool(c.source) and _meets(m, c.source),
            self._probability(m),
            sum(source[i] for i in range(a, b)) / (b - a),
            a - last if a >= last else b - first if b <= first else 0.0,
            inside,
            where - number,
            sentence.paragraph - paragraph,
            (a - cue_last if a >= cue_last else b - cue - 1) if cue >= 0 else 99.0,
            sum(end > b for end in before) if b <= first else -1.0,
            a - sentence.first,
            a < first,
            document.quote_of[a] >= 0,
            document.quote_of[a] == document.quote_of[first],
            lower[a] in PRONOUNS,
            words[a][0].isupper(),
            words[b - 1][0].isupper(),
            b - a,
            "DET" in classes.get(lower[a], ()),
            "PREP" in classes.get(left, ()),
            left in (",", "(", "–"),
            "V" in classes.get(left, ()),
            "V" in classes.get(right, ()),
            "AUX" in classes.get(right, ()) or "FIN" in classes.get(right, ()) or "MOD" in classes.get(right, ()),
            right in (",", ":", "."),
            cue_near,
            self._counts.get(self._key(m), 0),
        ]  # fmt: skip


_NOBODY = [0.0] * 6 + [0.0, 0.0, 0.0, 0.0, 0.0, 99.0, -1.0] + [0.0] * 18


def _meets(mention: Mention, source: Sequence[Tokens]) -> bool:
    return any(a.first < b.last and b.first < a.last for a in mention.span for b in source)
