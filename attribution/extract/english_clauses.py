"""One English sentence as the rules see it: quotations, the words around a cue verb, and where content ends."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from attribution.extract.candidates import Tokens
from attribution.lang import Marker, Noun, Verb, load_cues
from attribution.lang.en import grammar as g
from attribution.nlp import Document

# No clause of news prose is longer; bounds the work per cue in a text without full stops.
REACH = 160
FINAL = frozenset((".", "!", "?", "…", "...", ")", "]"))
CLOSERS = frozenset(("”", '"', "''", "’", "'", "›", "»", "“"))
DASHES = frozenset(("—", "–", "--", "-"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Index the cues by the word a reader meets first."""

    verbs: dict[str, tuple[Verb, ...]]
    nouns: dict[str, tuple[Noun, ...]]
    markers: dict[str, tuple[tuple[tuple[str, ...], Marker], ...]]


@cache
def lexicon() -> Lexicon:
    """Return the English cue lexicon, indexed; longer marker patterns come first."""
    cues = load_cues("en")
    verbs: dict[str, list[Verb]] = {}
    nouns: dict[str, list[Noun]] = {}
    markers: dict[str, list[tuple[tuple[str, ...], Marker]]] = {}
    for verb in cues.verbs:
        for form in (*verb.forms, *verb.bare):
            verbs.setdefault(form, []).append(verb)
    for noun in cues.nouns:
        for form in noun.forms:
            nouns.setdefault(form, []).append(noun)
    for marker in cues.markers:
        for pattern in marker.pattern.split("|"):
            words = tuple(pattern.split())
            markers.setdefault(words[0], []).append((words, marker))
    return Lexicon(
        {form: tuple(entries) for form, entries in verbs.items()},
        {form: tuple(entries) for form, entries in nouns.items()},
        {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in markers.items()},
    )


class Text:
    """Hold a document for the rules: its word lists and its outermost quotations as token spans."""

    __slots__ = ("continuing", "document", "lower", "opens", "quote_at", "quotes", "words")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = document.words
        self.lower = document.lower
        self.quotes: list[Tokens] = []
        self.opens: dict[int, int] = {}
        self.quote_at: dict[int, int] = {}
        self.continuing: set[int] = set()
        covered = -1
        at = 0
        for quotation in document.quotations:
            if quotation.start < covered:
                continue
            covered = quotation.end
            first = at = bisect_left(document.starts, quotation.start, at)
            last = bisect_left(document.starts, quotation.end, first)
            if last - first > 2 or not quotation.closed:
                self.opens[first] = len(self.quotes)
                if quotation.continues:
                    self.continuing.add(first)
                for token in range(first, last):
                    self.quote_at[token] = len(self.quotes)
                self.quotes.append(Tokens(first, last))

    def bounds(self, token: int) -> tuple[int, int]:
        """Return the first token of the sentence and the end of its words without the final marks."""
        sentence = self.document.sentences[self.document.sentence_of[token]]
        first, last = sentence.first, sentence.last
        while last > first and self.words[last - 1] in FINAL and (last - 1) not in self.quote_at:
            if self.words[last - 1] == ")" and "(" in self.words[max(first, last - 10) : last]:
                break
            last -= 1
        return max(first, token - 4 * REACH), min(last, token + 4 * REACH)

    def quote_ending(self, token: int) -> Tokens | None:
        """Return the quotation whose closing mark is this token."""
        index = self.quote_at.get(token)
        return self.quotes[index] if index is not None and self.quotes[index].last == token + 1 else None

    def quote_opening(self, token: int) -> Tokens | None:
        """Return the quotation whose opening mark is this token."""
        index = self.opens.get(token)
        return self.quotes[index] if index is not None else None

    def carried_on(self, quote: Tokens, following: Tokens) -> bool:
        """Tell whether a quotation without closing mark goes on with the one that opens the next paragraph."""
        return following.first in self.continuing and quote.last <= following.first

    def inside(self, token: int) -> bool:
        """Tell whether a token stands in a quotation of more than three words: a cue there is itself quoted."""
        index = self.quote_at.get(token)
        return index is not None and (self.document.quote_of[token] >= 0)


def clause_end(text: Text, start: int, stop: int, *, strict: bool = False, plain: bool = False) -> int:
    """Return where a reported clause that starts at token ``start`` ends, at most ``stop``.

    ``strict`` ends at the first comma that opens a new clause or participle, for noun phrases as content; ``plain``
    ends where a coordinated clause has a subject of its own, for infinitives.
    """
    words, lower = text.words, text.lower
    stop = min(stop, start + REACH)
    j = start
    while j < stop:
        index = text.opens.get(j)
        if index is not None:
            j = min(stop, text.quotes[index].last)
            # A comma before the closing mark stands for one behind it.
            if j < stop and j - 2 >= start and words[j - 2] == "," and _breaks(text, j - 1, stop, strict):
                return j
            continue
        word = words[j]
        if word == ";":
            return j
        if word in DASHES and j > start and _is_dash(text, j):
            close = next(
                (k for k in range(j + 2, min(stop - 1, j + 18)) if words[k] in DASHES and _is_dash(text, k)), -1
            )
            if close < 0:
                return j
            j = close + 1
            continue
        if (
            word == ","
            and j > start + 1
            and (
                _breaks(text, j, stop, strict)
                or (plain and lower[j + 1] in ("and", "but") and _new_subject(text, j + 1, stop))
            )
        ):
            return j
        if word == "according" and j + 1 < stop and lower[j + 1] == "to":
            return j
        if (
            j > start
            and lower[j] in ("and", "but")
            and (_new_cue(text, j, stop, strict) or ((plain or strict) and _new_subject(text, j, stop)))
        ):
            return j
        if strict and j > start and lower[j] in _ADVERBIAL and _subordinate(text, j, stop):
            return j
        j += 1
    return stop


_STRICT_BREAKS = (
    g.CONJUNCTIONS
    | g.SUBJECT_PRONOUNS
    | frozenset(
        [
            "which",
            "whose",
            "while",
            "although",
            "though",
            "because",
            "when",
            "as",
            "after",
            "before",
            "since",
            "where",
            "even",
            "despite",
            "with",
            "in",
            "on",
            "during",
            "but",
            "including",
            "until",
            "unless",
            "if",
        ]
    )
)
_BREAKS = frozenset(("but", "while", "though", "although", "compared", "which", "despite"))


def _breaks(text: Text, comma: int, stop: int, strict: bool) -> bool:
    """Tell whether the clause ends at the comma at this token."""
    lower = text.lower
    k = comma + 1
    if k >= stop:
        return True
    if text.quote_at.get(k) is not None and text.quote_at.get(comma) is not None:
        return False
    word = lower[k]
    if word.endswith("ing") and (word in lexicon().verbs or strict):
        return True
    if word == "according" or (word in ("and", "but") and _new_cue(text, k, stop, strict)):
        return True
    if strict:
        return (
            word in _STRICT_BREAKS or (g.is_adverb(word)) or (word in lexicon().verbs and word not in lexicon().nouns)
        )
    if word in _BREAKS:
        return word != "but" or (k + 1 < stop and lower[k + 1] not in ("not", "that", "also", "because"))
    return word in ("said", "says")


_ADVERBIAL = frozenset("as after before when while because since until though although unless if".split())


def _new_subject(text: Text, k: int, stop: int) -> bool:
    """Tell whether the conjunction at token k joins a clause with a subject of its own ("and she left")."""
    if k + 2 >= stop:
        return False
    if text.lower[k + 1] in g.SUBJECT_PRONOUNS and text.lower[k + 1] not in ("it", "you", "none"):
        return True
    end = g.noun_phrase(text.words, text.lower, k + 1, min(stop, k + 12))
    return k + 1 < end < stop and g.is_finite(text.words, text.lower, end)


def _subordinate(text: Text, k: int, stop: int) -> bool:
    """Tell whether a subordinate clause starts at token k ("as he left", "before leaving")."""
    lower = text.lower
    if k + 1 >= stop:
        return False
    if lower[k + 1] in g.SUBJECT_PRONOUNS:
        return True
    if lower[k] != "as" and lower[k + 1].endswith("ing"):
        return True
    end = g.noun_phrase(text.words, lower, k + 1, min(stop, k + 12))
    return k + 1 < end < stop and g.is_finite(text.words, lower, end)


def _is_dash(text: Text, i: int) -> bool:
    """Tell a dash from a hyphen inside a compound."""
    document = text.document
    word = text.words[i]
    return word in ("—", "–", "--") or (word == "-" and i > 0 and document.starts[i] > document.ends[i - 1])


_HELPERS = frozenset(("has", "have", "had", "did", "does", "not", "n't"))


def _new_cue(text: Text, k: int, stop: int, strict: bool) -> bool:
    """Tell whether the conjunction at token k starts a second cue ("… and added that") or, if strict, a second verb."""
    words, lower = text.words, text.lower
    j = k + 1
    if j >= stop:
        return False
    own = j if g.is_adverb(lower[j]) or lower[j] in _HELPERS else g.noun_phrase(words, lower, j, min(stop, k + 10))
    shared = own == j or lower[own - 1] in lexicon().verbs
    j = j if shared else own
    while j < stop and (g.is_adverb(lower[j]) or lower[j] in _HELPERS):
        j += 1
    if j >= stop:
        return False
    if lower[j] not in lexicon().verbs:
        return strict and g.is_finite(words, lower, j)
    if strict or not shared:
        return g.is_finite(words, lower, j) or lower[j] in _SAYING or lower[j - 1] in _HELPERS
    if lower[j - 1] in ("has", "have", "had"):
        return True
    return lower[j] in _SAYING or (
        lower[j].endswith("ed") and j + 1 < stop and (lower[j + 1] == "that" or _quote_next(text, j + 1))
    )


_SAYING = frozenset(("said", "says", "say", "told"))


def _quote_next(text: Text, i: int) -> bool:
    """Tell whether a quotation starts at token i, or behind the comma or colon there."""
    return text.quote_opening(i) is not None or (text.words[i] in (",", ":") and text.quote_opening(i + 1) is not None)


def skip_adjuncts(text: Text, i: int, stop: int) -> int:
    """Return the end of time and place phrases at token i ("on Tuesday", "in a statement", "last week")."""
    words, lower = text.words, text.lower
    j = i
    while j < stop and j - i < 25:
        word = lower[j]
        if text.opens.get(j) is not None:
            return j
        if word in g.TIMES or (g.is_adverb(word) and word not in ("so",)):
            j += 1
            if j < stop and words[j][0].isdigit():
                j += 1
        elif word in g.TIME_LEADS and j + 1 < stop and lower[j + 1] in g.TIMES:
            j += 2
        elif word in ("last", "this", "next", "earlier") and j + 2 < stop and lower[j + 2] in g.TIMES:
            j += 3
        elif word in _ADJUNCT_PREPOSITIONS and j + 1 < stop:
            end = _phrase_end(text, j + 1, stop)
            if end == j + 1:
                return j
            j = end
        else:
            return j
    return j


_ADJUNCT_PREPOSITIONS = frozenset(
    [
        "in",
        "on",
        "at",
        "during",
        "to",
        "after",
        "before",
        "from",
        "through",
        "via",
        "by",
        "for",
        "with",
        "of",
        "about",
        "under",
        "while",
        "over",
        "last",
        "as",
        "outside",
    ]
)


def _phrase_end(text: Text, i: int, stop: int) -> int:
    """Return the end of a noun phrase or a time after a preposition."""
    lower = text.lower
    if lower[i] in g.TIMES:
        return i + 1
    if lower[i] in g.TIME_LEADS and i + 1 < stop and lower[i + 1] in g.TIMES:
        return i + 2
    return g.noun_phrase(text.words, lower, i, stop)
