"""German grammar on word lists: noun phrases, finite verbs, mood and clause types, without a tagger.

German capitalises nouns, puts the finite verb second in main clauses and last in subordinate ones, and marks reported
speech by the Konjunktiv; these three facts carry most of what a parser would be asked for here. All functions take
``words`` and their lower-case forms ``lower`` and work on token indexes.
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution.lang import read_lexicon


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS = {name: frozenset(words.split()) for name, words in read_lexicon("de", "words.toml").items()}
ARTICLES = _WORDS["articles"]
DETERMINERS = _WORDS["determiners"]
GENITIVE = _WORDS["genitive"]
PERSONAL = _WORDS["personal"]
OBLIQUE = _WORDS["oblique"]
PREPOSITIONS = _WORDS["prepositions"]
CONJUNCTIONS = _WORDS["conjunctions"]
SUBORDINATORS = _WORDS["subordinators"]
QUESTION_WORDS = _WORDS["question_words"]
RELATIVES = _WORDS["relatives"]
FOCUS = _WORDS["focus"]
ADVERBS = _WORDS["adverbs"]
HAVE = _WORDS["have"]
BE = _WORDS["be"]
BECOME = _WORDS["become"]
MODALS = _WORDS["modals"]
COMMON_FINITE = _WORDS["common_finite"]
AUXILIARIES = HAVE | BE | BECOME | MODALS
# What stands before a finite verb and is not its subject.
NOT_SUBJECT = (
    (PREPOSITIONS | SUBORDINATORS | ADVERBS | _set("dem den ihm ihn ihnen sich mir mich uns dazu darüber"))
    - DETERMINERS
    - {"sie"}
)

_KONJUNKTIV = read_lexicon("de", "konjunktiv.toml")
KONJUNKTIV_1 = frozenset(_KONJUNKTIV["kj1"])
KONJUNKTIV_2 = frozenset(_KONJUNKTIV["kj2"])


_TIME = tuple(_WORDS["time"])


def is_time(words: Sequence[str], lower: Sequence[str], first: int, last: int) -> bool:
    """Tell whether a noun phrase names a time ("vergangene Woche", "Ende Mai"): its first noun decides."""
    head = next((i for i in range(first, last) if words[i][0].isupper() and lower[i] not in DETERMINERS), -1)
    # the first word of a sentence is always capitalised: "Vergangene Woche"
    if head >= 0 and head + 1 < last and is_adjective(words[head].lower()) and words[head + 1][0].isupper():
        head += 1
    return head >= 0 and lower[head].endswith(_TIME) and not lower[head].endswith(("zeitung", "sprecher"))


def is_nominal(word: str) -> bool:
    """Tell whether a word may be (part of) a noun or name: it starts with a capital, a digit or is a quoted name."""
    return word[0].isupper() or word[0].isdigit()


def is_adjective(word: str) -> bool:
    """Tell whether a lower-case word has an attributive ending ("ukrainische", "westlichen")."""
    return len(word) > 3 and word[0].islower() and word.endswith(("e", "en", "er", "es", "em"))


def is_finite(words: Sequence[str], lower: Sequence[str], i: int, stop: int) -> bool:
    """Guess whether token i is a finite verb: closed classes first, then a verbal ending not before a noun."""
    word = lower[i]
    if word in AUXILIARIES or word in COMMON_FINITE:
        return True
    if not words[i][0].islower() or word in ADVERBS or word in PREPOSITIONS or word in DETERMINERS:
        return False
    if word in KONJUNKTIV_1 or word in KONJUNKTIV_2:
        return i + 1 >= stop or not is_nominal(words[i + 1]) or word not in ("eine", "reiche")
    if "zu" in word[2:-3] and word.endswith("en"):  # "einzuhalten"
        return False
    if word.endswith(("te", "ten", "tet")) and len(word) > 4:
        return i + 1 >= stop or not is_nominal(words[i + 1]) or lower[i - 1] not in DETERMINERS
    return (
        word.endswith("t")
        and len(word) > 3
        and not word.startswith("ge")
        and not word.endswith(("heit", "keit", "haft"))
    )


def noun_phrase(words: Sequence[str], lower: Sequence[str], i: int, stop: int, depth: int = 0) -> int:
    """Return the end of the noun phrase that starts at token i (i itself where none starts).

    Determiners, adjectives, nouns and names, a bracketed age or acronym, genitive attributes and phrases with *von*
    and the like are taken in, so that "der Sprecher der Polizei von Bremen" is one phrase.
    """
    if i >= stop:
        return i
    if lower[i] in PERSONAL and not (i + 1 < stop and (is_nominal(words[i + 1]) or is_adjective(words[i + 1]))):
        return i + 1
    j = _prenominal(words, lower, i, stop)
    k = _nominal_head(words, lower, j, stop)
    if k == j:
        return j if j > i and lower[j - 1] in _STANDALONE else i
    return _attributes(words, lower, k, stop, depth)


_STANDALONE = _set("viele einige manche mehrere alle beide andere wenige denen dem der die")
_NUMERALS = _set("rund etwa knapp mehr als fast über mindestens bis zu")
_OPENERS = _set("„ “ \" » « ‚ ‘ › ‹ ” '")


def _prenominal(words: Sequence[str], lower: Sequence[str], i: int, stop: int) -> int:
    """Skip determiners and adjectives, as long as a noun follows in reach."""
    j = i
    while j < stop and j - i < 8:
        word = lower[j]
        if (
            word in DETERMINERS
            or word in _OPENERS
            or (
                words[j][0].islower()
                and (is_adjective(words[j]) or word in ("us-amerikanische",))
                and _noun_ahead(words, lower, j, stop)
            )
            or (
                j > i
                and words[j][0].islower()
                and word in ADVERBS
                and j + 1 < stop
                and is_adjective(words[j + 1])
                and _noun_ahead(words, lower, j + 1, stop)
            )
        ):
            j += 1
        elif word == "und" and j > i + 1 and j + 1 < stop and lower[j + 1] in ARTICLES and is_adjective(words[j - 1]):
            j += 2  # "die ukrainische und die US-Regierung"
        elif j > i and lower[j - 1] in ARTICLES and word in PREPOSITIONS:  # "den vom Sender befragten Fachleuten"
            end = noun_phrase(words, lower, j + 1, stop, depth=3)
            if not (j + 1 < end < stop and is_adjective(words[end]) and _noun_ahead(words, lower, end, stop)):
                break
            j = end
        else:
            break
    return j


def _noun_ahead(words: Sequence[str], lower: Sequence[str], j: int, stop: int) -> bool:
    """Tell whether only adjectives stand between token j and a noun."""
    if lower[j] in AUXILIARIES or lower[j] in COMMON_FINITE or lower[j] in PREPOSITIONS:
        return False
    for k in range(j + 1, min(stop, j + 5)):
        if is_nominal(words[k]) or words[k] in _OPENERS:
            return True
        if lower[k] in ARTICLES and lower[k - 1] == "und":  # "die ukrainische und die US-Regierung"
            continue
        if (
            not (is_adjective(words[k]) or lower[k] in ("und", ",", "oder"))
            or lower[k] in PREPOSITIONS
            or lower[k] in ARTICLES
        ):
            return False
    return False


def _nominal_head(words: Sequence[str], lower: Sequence[str], j: int, stop: int) -> int:
    """Take the run of nouns, names, name particles, quoted names and brackets that starts at token j."""
    k = j
    while k < stop:
        word = words[k]
        if is_nominal(word):
            k += 1
        elif word in _OPENERS:
            close = next((m for m in range(k + 1, min(stop, k + 8)) if words[m] in _OPENERS), -1)
            if close < 0 and k == j:
                break
            k = close + 1 if close > 0 else k + 1
        elif (
            k > j
            and lower[k] in ("von", "van", "de", "al", "bin", "zu", "el", "da", "di")
            and k + 1 < stop
            and is_nominal(words[k + 1])
            and lower[k] != "zu"
            and words[k - 1][0].isupper()
            and lower[k] != "von"
        ):
            k += 2
        elif k > j and word == "(":
            close = next((m for m in range(k + 1, min(stop, k + 8)) if words[m] == ")"), -1)
            if close < 0:
                break
            k = close + 1
        elif k > j and word == "/":
            k += 1
        else:
            break
    return k


def _attributes(words: Sequence[str], lower: Sequence[str], k: int, stop: int, depth: int) -> int:
    """Extend a noun phrase by genitive attributes, *von* phrases and coordinated noun phrases."""
    while k < stop and depth < 4:
        word = lower[k]
        if word in GENITIVE or word in ("von", "vom", "für", "beim", "bei"):
            start = k if word in GENITIVE else k + 1
            end = noun_phrase(words, lower, start, stop, depth + 1)
            if end == start or lower[end - 1] in PERSONAL:
                break
            k = end
        elif word in ("und", "sowie", "oder") and k + 1 < stop:
            end = noun_phrase(words, lower, k + 1, stop, depth + 1)
            if end == k + 1 or lower[k + 1] in PERSONAL:
                break
            k = end
        else:
            break
    return k


def has_finite(words: Sequence[str], lower: Sequence[str], first: int, last: int) -> bool:
    """Tell whether a stretch of words holds a finite verb."""
    return any(is_finite(words, lower, i, last) for i in range(first, last))
