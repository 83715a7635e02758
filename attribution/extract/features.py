"""What the trained sequence models see of each token: the word, its clause, its quotation, and what the rules propose.

Everything that depends on the word alone is computed once per word form and joined by reference, so a token costs a
few list concatenations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from attribution.extract.candidates import Candidate, Tokens
from attribution.lang import load_cues
from attribution.nlp import Document
from attribution.types import Lang

# A passage longer than this is cut at the end of a sentence, one without sentence ends anywhere: bounds the memory of
# a text that is a single paragraph. Of the paragraphs of both corpora 99.9% are shorter.
LONGEST = 600
BREAKS = frozenset((",", ";", ":", "–", "—", "--", "(", ")"))
_NEGLIGIBLE = frozenset(("“", "„", '"', "''", "``", "”", "»", "«", "’", "‘", "'"))


class Word(NamedTuple):
    """Hold the features of one word form, ready to be joined: for itself and for its neighbours on both sides."""

    own: list[str]
    before: list[str]
    before2: list[str]
    behind: list[str]
    behind2: list[str]
    classes: tuple[str, ...]


def family(rule: str) -> str:
    """Name the construction of a rule without the word that it was found by ("de.sagen.verb-dass" -> "verb-dass")."""
    parts = rule.split(".")
    if parts[0] == "en" and len(parts) > 1:
        return parts[1]
    return parts[2] if len(parts) > 2 else parts[-1]


@cache
def word_classes(lang: Lang) -> dict[str, tuple[str, ...]]:
    """Index word forms by the classes that the lexicon gives them (verb of saying, marker, noun of saying, mood)."""
    classes: dict[str, set[str]] = {}
    cues = load_cues(lang)
    for verb in cues.verbs:
        for form in (*verb.forms, *verb.bare):
            classes.setdefault(form, set()).update(("V", "v:" + verb.cls, *("f:" + frame for frame in verb.frames)))
    for marker in cues.markers:
        for pattern in marker.pattern.split("|"):
            for word in pattern.split():
                classes.setdefault(word, set()).add("M")
    for noun in cues.nouns:
        for form in noun.forms:
            classes.setdefault(form, set()).add("N")
    for name, words in _closed_classes(lang).items():
        for word in words:
            classes.setdefault(word, set()).add(name)
    return {word: tuple(sorted(names)) for word, names in classes.items()}


def _closed_classes(lang: Lang) -> dict[str, frozenset[str]]:
    if lang == "de":
        from attribution.lang.de import grammar as de

        return {
            "K1": de.KONJUNKTIV_1, "K2": de.KONJUNKTIV_2, "AUX": de.AUXILIARIES, "DET": de.DETERMINERS,
            "PREP": de.PREPOSITIONS, "SUB": de.SUBORDINATORS, "PERS": de.PERSONAL, "REL": de.RELATIVES,
            "ADV": de.ADVERBS, "CONJ": de.CONJUNCTIONS, "FIN": de.COMMON_FINITE,
        }  # fmt: skip
    from attribution.lang.en import grammar as en

    return {
        "BE": frozenset(en.BE), "HAVE": frozenset(en.HAVE), "MOD": frozenset(en.MODALS),
        "DET": frozenset(en.DETERMINERS), "PREP": frozenset(en.PREPOSITIONS), "REL": frozenset(en.RELATIVES),
        "FIN": frozenset(en.FINITE),
    }  # fmt: skip


def shape(word: str) -> str:
    """Reduce a word to its kind of characters: capital, lower, digits, marks."""
    if word[0].isupper():
        return "XX" if len(word) > 1 and word.isupper() else "Xx"
    if word[0].islower():
        return "x"
    return "d" if word[0].isdigit() else "p"


class Vocabulary:
    """Give every word form its features, computed at its first occurrence."""

    def __init__(self, lang: Lang) -> None:
        self._classes = word_classes(lang)
        self._known: dict[str, Word] = {}

    def __getitem__(self, word: str) -> Word:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 500_000:  # a stream of gigabytes must not fill the memory
                self._known.clear()
            known = self._known[word] = self._features(word)
        return known

    def _features(self, word: str) -> Word:
        lower = word.lower()
        classes = self._classes.get(lower, ())
        kind = shape(word)
        form = lower if not lower[0].isdigit() else "0"
        form = form[:30]
        own = ["b", "w=" + form, "s=" + kind, *("c=" + name for name in classes)]
        if kind not in "pd" and len(lower) > 3:
            own += ["2=" + lower[-2:], "3=" + lower[-3:]]
            if len(lower) > 5:
                own += ["4=" + lower[-4:], "p=" + lower[:5]]
        near = [name for name in classes if not name.startswith("f:")]
        return Word(
            own,
            ["-w=" + form, "-s=" + kind, "-3=" + lower[-3:], *("-c=" + name for name in near)],
            ["--w=" + form, "--s=" + kind, *("--c=" + name for name in near)],
            ["+w=" + form, "+s=" + kind, "+3=" + lower[-3:], *("+c=" + name for name in near)],
            ["++w=" + form, "++s=" + kind, *("++c=" + name for name in near)],
            classes,
        )


_EDGE = Word([], ["-w=|"], ["--w=|"], ["+w=|"], ["++w=|"], ())


def passages(document: Document) -> Iterator[Tokens]:
    """Cut a document into what the models read at a time: paragraphs, very long ones at the ends of sentences."""
    first = last = 0
    paragraph = -1
    for sentence in document.sentences:
        if last > first and (sentence.paragraph != paragraph or sentence.last - first > LONGEST):
            yield from _pieces(first, last)
            first = sentence.first
        paragraph, last = sentence.paragraph, sentence.last
    if last > first:
        yield from _pieces(first, last)


def _pieces(first: int, last: int) -> Iterator[Tokens]:
    for start in range(first, last, 2 * LONGEST):
        yield Tokens(start, min(last, start + 2 * LONGEST))


class TokenFeatures:
    """Give the features of any stretch of a document's tokens, given what the rules propose for it."""

    def __init__(self, document: Document, candidates: Sequence[Candidate], vocabulary: Vocabulary) -> None:
        self.document = document
        self._vocabulary = vocabulary
        self._marks = _rule_marks(candidates)

    def items(self, passage: Tokens) -> list[list[str]]:
        """Return one list of features for each token of a passage."""
        document, vocabulary = self.document, self._vocabulary
        words = [vocabulary[word] for word in document.words[passage.first : passage.last]]
        clauses = _clause_features(document, passage, words)
        padded = [_EDGE, _EDGE, *words, _EDGE, _EDGE]
        marks, nothing = self._marks, ["r=0"]
        items = []
        for k, word in enumerate(words):
            items.append(
                word.own
                + padded[k + 1].before
                + padded[k].before2
                + padded[k + 3].behind
                + padded[k + 4].behind2
                + clauses[k]
                + marks.get(passage.first + k, nothing)
            )
        return items


def _rule_marks(candidates: Sequence[Candidate]) -> dict[int, list[str]]:
    """Note at each token which role the rules give it, by which construction, and where contents begin and end."""
    marks: dict[int, list[str]] = {}
    for candidate in candidates:
        name = family(candidate.rule)
        inside = ["r=in", "r=in:" + name]
        for span in candidate.content:
            for i in range(span.first, span.last):
                marks.setdefault(i, []).extend(inside)
            marks[span.first] += ["r=B", "r=B:" + name]
            marks[span.last - 1].append("r=E:" + name)
            marks.setdefault(span.last, []).append("r=after")
        for role, spans in (("s", candidate.source), ("q", candidate.cue)):
            for span in spans:
                for i in range(span.first, span.last):
                    marks.setdefault(i, []).extend(("r=" + role, "r=" + role + ":" + name))
    return marks


def _clause_features(document: Document, passage: Tokens, words: Sequence[Word]) -> list[list[str]]:
    """Describe for each token its sentence, its quotation and the clauses around it."""
    result: list[list[str]] = []
    sentence_of, first = document.sentence_of, passage.first
    position = passage.first
    while position < passage.last:
        sentence = document.sentences[sentence_of[position]]
        last = min(sentence.last, passage.last)
        place = "z=first" if position == first else "z=later"
        result += _sentence(document, words, position, last, first, place)
        position = last
    return result


def _sentence(
    document: Document, words: Sequence[Word], first: int, last: int, offset: int, place: str
) -> list[list[str]]:
    lower, quote_of = document.lower, document.quote_of
    starts = [first]
    for i in range(first, last - 1):
        if lower[i] in BREAKS or (quote_of[i] != quote_of[i + 1]):
            starts.append(i + 1)
    starts.append(last)
    signs = [_signs(words, a - offset, b - offset) for a, b in pairwise(starts)]
    all_signs = set().union(*signs)
    sentence = [place, *("S:" + sign for sign in sorted(all_signs))]
    rows: list[list[str]] = []
    seen: set[str] = set()
    for k, (a, b) in enumerate(pairwise(starts)):
        opener = next((lower[j] for j in range(a, min(b, a + 3)) if lower[j] not in _NEGLIGIBLE), "")
        left = signs[k - 1] if k else ("|",)
        right = signs[k + 1] if k + 1 < len(signs) else ("|",)
        common = [
            *sentence, "o=" + opener, "n=" + str(min(k, 3)),
            *("L:" + sign for sign in left), *("C:" + sign for sign in signs[k]), *("R:" + sign for sign in right),
            *("<:" + sign for sign in sorted(seen)),
        ]  # fmt: skip
        inside = quote_of[a] >= 0
        common.append("q=1" if inside else "q=0")
        body = [*common, "k=mid"]
        rows += [[*common, "k=start", "n0=" + str(min(k, 3)) + ("q" if inside else "")]]
        rows += [body] * (b - a - 2)
        if b - a > 1:
            rows.append([*common, "k=end"])
        seen.update(signs[k])
    if rows:
        rows[0] = [*rows[0], "i=first"]
        rows[-1] = [*rows[-1], "i=last"]
    return rows


_TELLING = frozenset(("V", "M", "N", "K1", "K2", "v:say", "v:report", "v:belief", "v:demand", "v:announce", "v:judge"))


def _signs(words: Sequence[Word], first: int, last: int) -> tuple[str, ...]:
    """List the telling classes of a clause's words."""
    found: dict[str, None] = {}
    for word in words[first:last]:
        for name in word.classes:
            if name in _TELLING:
                found[name] = None
    return tuple(found)
