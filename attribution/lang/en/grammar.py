"""English grammar on word lists: noun phrases, subjects, finite verbs and clause ends, without a tagger.

English keeps the subject right before its verb and marks little by endings, so closed classes (articles, prepositions,
auxiliaries, pronouns), capitals and punctuation carry the decisions here. All functions take the ``words`` of a text
and their lower-case forms ``lower`` and work on token indexes; ``floor`` and ``stop`` bound what they may look at.
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution.lang import read_lexicon

_WORDS = {name: frozenset(words.split()) for name, words in read_lexicon("en", "words.toml").items()}
ARTICLES = _WORDS["articles"]
POSSESSIVES = _WORDS["possessives"]
DETERMINERS = ARTICLES | POSSESSIVES | _WORDS["determiners"]
SUBJECT_PRONOUNS = _WORDS["subject_pronouns"]
STANDALONE = _WORDS["standalone"]
RELATIVES = _WORDS["relatives"]
SUBORDINATORS = _WORDS["subordinators"]
CONJUNCTIONS = _WORDS["conjunctions"]
PREPOSITIONS = _WORDS["prepositions"]
NP_PREPOSITIONS = _WORDS["np_prepositions"]
BE = _WORDS["be"]
HAVE = _WORDS["have"]
DO = _WORDS["do"]
MODALS = _WORDS["modals"]
AUXILIARIES = BE | HAVE | DO | MODALS
ADVERBS = _WORDS["adverbs"]
NOT_ADVERBS = _WORDS["not_adverbs"]
TIMES = _WORDS["times"]
TIME_LEADS = _WORDS["time_leads"]
BARE_VERBS = _WORDS["bare_verbs"]
ROLES = _WORDS["roles"]
ADDRESSING = _WORDS["addressing"]
MAKING = _WORDS["making"]
NO_SPEAKERS = _WORDS["no_speakers"]
_APPOSITION_LEADS = ARTICLES | POSSESSIVES | RELATIVES | _WORDS["apposition_leads"]
_HARD_BREAKS = frozenset((";", ":", "—", "–", "-", "--", "”", "“", '"', "''"))
_GENITIVE = ("'s", "’s")


def _past(verb: str) -> str:
    """Form the past of a regular verb."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeo":
        return verb[:-1] + "ied"
    return verb + "ed"


FINITE = _WORDS["irregular"] | frozenset(map(_past, _WORDS["regular"]))


def is_capital(word: str) -> bool:
    """Tell whether a word starts with a capital or a digit, or is a handle, so that it may be part of a name."""
    return word[0].isupper() or word[0].isdigit() or (word[0] in "@#$" and len(word) > 1)


def is_word(word: str) -> bool:
    """Tell whether a token holds letters or digits, so that it is no punctuation mark."""
    return word[0].isalnum() or (len(word) > 1 and word[-1].isalnum())


def is_adverb(lower: str) -> bool:
    """Tell whether a lower-case word is an adverb that may stand between a subject and its verb."""
    return lower in ADVERBS or (lower.endswith("ly") and lower not in NOT_ADVERBS)


def is_finite(words: Sequence[str], lower: Sequence[str], i: int) -> bool:
    """Guess whether token i is a finite verb: closed classes and known forms first, then *-ed* not before a noun."""
    word = lower[i]
    if word in AUXILIARIES:
        return word not in ("being", "been", "be", "having") and not (word in ("'s", "’s") and _possessive(lower, i))
    if word in FINITE:
        return lower[i - 1] not in ARTICLES and not words[i][0].isupper() if i else False
    return (
        word.endswith("ed")
        and len(word) > 4
        and words[i][0].islower()
        and i > 0
        and lower[i - 1] not in DETERMINERS
        and not is_adverb(lower[i - 1])
        and lower[i - 1] not in PREPOSITIONS
    )


def _possessive(lower: Sequence[str], i: int) -> bool:
    """Tell whether the clitic at token i marks a genitive: it follows no pronoun and a noun may follow."""
    if i == 0 or lower[i - 1] in ("it", "he", "she", "that", "there", "what", "who", "here", "let", "how", "where"):
        return False
    after = lower[i + 1] if i + 1 < len(lower) else "."
    return after not in DETERMINERS and after not in ("not", "been", "going", "a", "the") and is_word(after)


def has_finite(words: Sequence[str], lower: Sequence[str], start: int, stop: int) -> bool:
    """Tell whether a finite verb stands in ``start:stop``; a bare verb after a pronoun or a plural counts too."""
    for i in range(start, min(stop, start + 40)):
        if is_finite(words, lower, i):
            return True
        if i > start and lower[i] in BARE_VERBS and lower[i - 1] not in ("to", "the", "a"):
            return True
        if i > start and lower[i - 1] in SUBJECT_PRONOUNS and words[i][0].islower() and lower[i] not in PREPOSITIONS:
            return lower[i] not in CONJUNCTIONS
    return False


def noun_phrase(words: Sequence[str], lower: Sequence[str], i: int, stop: int) -> int:
    """Return the end of the noun phrase that starts at token i (i itself where none starts).

    Phrases with *of*, *for* and the like, brackets and coordinated names are taken in; a comma, a verb, a conjunction
    or an adverb ends it.
    """
    if i >= stop:
        return i
    if lower[i] in SUBJECT_PRONOUNS or lower[i] in ("him", "them", "me", "us"):
        return i + 1
    j = i
    while j < stop:
        word = lower[j]
        if words[j] == "(":
            close = next((m for m in range(j + 1, min(stop, j + 9)) if words[m] == ")"), -1)
            if close < 0 or j == i:
                return j
            j = close + 1
        elif word in NP_PREPOSITIONS:
            if j == i or j + 1 >= stop or lower[j + 1] in TIMES or not is_word(words[j + 1]):
                return j
            if (
                word not in ("of", "for")
                and lower[j - 1] != "close"
                and not (j + 2 < stop and _attaches(words, lower, j))
            ):
                return j
            j += 1
        elif word == "and" and j > i and j + 1 < stop and (is_capital(words[j + 1]) and is_capital(words[j - 1])):
            j += 1
        elif word in DETERMINERS:
            if j > i and lower[j - 1] not in _BEFORE_DETERMINER:
                return j
            j += 1
        elif word in ("'s", "’s") or (is_word(words[j]) and _nominal(words, lower, i, j)):
            j += 1
        else:
            return j
    return j


_BEFORE_DETERMINER = NP_PREPOSITIONS | DETERMINERS | {"and", "'s", "’s"}


def _attaches(words: Sequence[str], lower: Sequence[str], j: int) -> bool:
    """Tell whether a phrase with *in*, *at*, *with* … at token j belongs to the noun before it: a name does not."""
    return lower[j] in ("at", "from", "with") and words[j - 1][0].islower() and lower[j + 1] not in POSSESSIVES


def _nominal(words: Sequence[str], lower: Sequence[str], i: int, j: int) -> bool:
    """Tell whether token j may go on with the noun phrase that started at token i."""
    word = lower[j]
    if word in SUBORDINATORS or word in CONJUNCTIONS or word in PREPOSITIONS or word in AUXILIARIES:
        return False
    if word in SUBJECT_PRONOUNS or (word in TIMES and word not in ("march", "night", "week", "year")):
        return False
    if is_adverb(word) and words[j][0].islower():
        return j == i or lower[j - 1] in DETERMINERS
    return not (j > i and is_finite(words, lower, j))


def subject(words: Sequence[str], lower: Sequence[str], end: int, floor: int) -> int:
    """Return the start of the noun phrase that ends before token ``end`` and is a verb's subject (``end``: none).

    Walks left over nouns, names, brackets and phrases with prepositions; a finite verb, a mark or a conjunction stops
    it, unless the verb belongs to a relative clause of the phrase itself.
    """
    floor = max(floor, end - 45)
    if end <= floor:
        return end
    last = lower[end - 1]
    if (last in SUBJECT_PRONOUNS and last != "who") or (last in STANDALONE and not _inside(lower, end - 1, floor)):
        return end - 1
    if words[end - 1] == ",":
        return _before_apposition(words, lower, end - 1, floor)
    start, seam, j = end, -1, end - 1
    while j >= floor:
        word = lower[j]
        if word in CONJUNCTIONS:
            if word != "and" or j == floor or not is_word(words[j - 1]):
                break
            seam = j + 1
        elif word == "as" and not _joins(words, lower, j, floor):
            break
        elif word in PREPOSITIONS and not _joins(words, lower, j, floor):
            return _after_adverbial(words, lower, j, end)
        else:
            left = _step(words, lower, j, end, floor)
            if left > j:
                break
            if left < j or word not in PREPOSITIONS:
                j = start = left
        j -= 1
    if j >= floor and seam > start and is_finite(words, lower, j):
        start = seam
    return _without_adverbs(lower, start, end)


def _joins(words: Sequence[str], lower: Sequence[str], j: int, floor: int) -> bool:
    """Tell whether the phrase with the preposition at token j follows a word it may belong to."""
    if j == floor or not is_word(words[j - 1]):
        return False
    return lower[j - 1] not in CONJUNCTIONS and lower[j - 1] not in SUBORDINATORS


def _step(words: Sequence[str], lower: Sequence[str], j: int, end: int, floor: int) -> int:
    """Return how far left the subject reaches when it takes in token j; ``j + 1`` where token j stops it."""
    word = lower[j]
    if words[j] == ")":
        opening = next((m for m in range(j - 1, max(floor, j - 9) - 1, -1) if words[m] == "("), -1)
        return opening if opening >= 0 else j + 1
    if not is_word(words[j]) and word not in ("'s", "’s", "&", "$", "%", "/"):
        return j + 1
    if word in RELATIVES and word != "that" and j > floor and j + 1 < end:
        return j  # "people who attended the rally": the antecedent belongs to the subject
    if word in PREPOSITIONS:
        return _over_preposition(lower, words, j, floor)
    if word in SUBORDINATORS or (word in SUBJECT_PRONOUNS and word != "who"):
        return j + 1
    if is_finite(words, lower, j) and word not in _GENITIVE:
        relative = _relative_before(lower, j, floor)
        return relative if relative >= 0 else j + 1
    return j


def _over_preposition(lower: Sequence[str], words: Sequence[str], j: int, floor: int) -> int:
    """Step over a preposition, and over a participle before it that belongs to the phrase."""
    if lower[j] in ("as", "than", "after", "before", "since", "during", "until", "despite"):
        return j + 1
    if lower[j] == "by" and lower[j - 1].endswith("ed"):
        return j - 1
    if is_finite(words, lower, j - 1) and lower[j - 1] not in _GENITIVE:
        relative = _relative_before(lower, j - 1, floor)
        if relative >= 0:
            return relative
        return j - 1 if _reduced(words, lower, j - 1, floor) else j + 1
    return j


def _without_adverbs(lower: Sequence[str], start: int, end: int) -> int:
    """Drop adverbs and conjunctions from the start of a subject; a phrase that is left with a preposition is none."""
    while start < end - 1 and (is_adverb(lower[start]) or lower[start] in CONJUNCTIONS):
        if lower[start] in DETERMINERS:
            break
        start += 1
    return end if start < end and lower[start] in PREPOSITIONS else start


def _inside(lower: Sequence[str], i: int, floor: int) -> bool:
    return i > floor and (lower[i - 1] in PREPOSITIONS or lower[i - 1] in DETERMINERS or lower[i - 1] in ("'s", "’s"))


def _relative_before(lower: Sequence[str], j: int, floor: int) -> int:
    """Return the relative pronoun that the verb at token j belongs to, skipping adverbs and auxiliaries, or -1."""
    k = j - 1
    while k > floor and (is_adverb(lower[k]) or lower[k] in AUXILIARIES):
        k -= 1
    return k if k > floor and lower[k] in ("who", "which", "that") else -1


def _reduced(words: Sequence[str], lower: Sequence[str], j: int, floor: int) -> bool:
    """Tell whether the participle at token j is a reduced relative clause ("officials briefed on the matter")."""
    return lower[j].endswith("ed") and j > floor and lower[j - 1].endswith("s") and j - floor <= 3


def _after_adverbial(words: Sequence[str], lower: Sequence[str], preposition: int, end: int) -> int:
    """Split "On Tuesday Mr. X said" behind the adverbial: the subject starts at the last article or capital run."""
    for k in range(end - 1, preposition, -1):
        if lower[k] in TIMES and k < end - 1:
            return k + 1
        if lower[k] in DETERMINERS and k > preposition + 1 and lower[k - 1] not in PREPOSITIONS:
            return k
        if lower[k] in NP_PREPOSITIONS:
            return _after_adverbial(words, lower, preposition, k) if k > preposition + 1 and lower[k] == "of" else end
    k = end - 1
    while k > preposition + 1 and is_capital(words[k - 1]):
        k -= 1
    return k if k > preposition + 1 and is_capital(words[k]) else end


def _before_apposition(words: Sequence[str], lower: Sequence[str], comma: int, floor: int) -> int:
    """Find the subject before an apposition or aside that closes with the comma at token ``comma``.

    Of the stretches between commas, the first that is a bare noun phrase is the subject's head.
    """
    first = floor
    for k in range(floor, comma):
        if words[k] in _HARD_BREAKS:
            first = k + 1
        elif words[k] == ",":
            start = first
            while start < k and (is_adverb(lower[start]) or lower[start] in CONJUNCTIONS):
                start += 1
            if start < k and _is_bare_phrase(words, lower, start, k):
                return start
            first = k + 1
    return comma + 1


def _is_bare_phrase(words: Sequence[str], lower: Sequence[str], start: int, stop: int) -> bool:
    """Tell whether a stretch is a noun phrase without a verb and not an adverbial."""
    if lower[start] in PREPOSITIONS or lower[start] in SUBORDINATORS or lower[start].endswith(("ing", "ed")):
        return False
    if lower[start] in TIMES or (stop - start > 1 and lower[start] in TIME_LEADS and lower[start + 1] in TIMES):
        return False
    return not any(is_finite(words, lower, k) for k in range(start, stop) if lower[k] not in ("'s", "’s"))


def first_subject(words: Sequence[str], lower: Sequence[str], start: int, stop: int) -> tuple[int, int]:
    """Return the subject of the first clause in ``start:stop``, (stop, stop) where there is none."""
    for i in range(start, min(stop, start + 45)):
        if is_finite(words, lower, i):
            k = i
            while k > start and (is_adverb(lower[k - 1]) or lower[k - 1] in AUXILIARIES):
                k -= 1
            first = subject(words, lower, k, start)
            if first < k:
                return first, k
    return stop, stop


def apposition(words: Sequence[str], lower: Sequence[str], i: int, stop: int) -> int:
    """Return the end of appositions and relative clauses that start with the comma at token i (i where none do)."""
    while i + 1 < stop and words[i] == ",":
        lead = lower[i + 1]
        if not (lead in _APPOSITION_LEADS or words[i + 1][0].isdigit() or is_capital(words[i + 1])):
            if not (words[i + 1][0].islower() and lead not in PREPOSITIONS and not lead.endswith("ing")):
                return i
            if is_adverb(lead) or lead in CONJUNCTIONS or lead in SUBORDINATORS or lead in SUBJECT_PRONOUNS:
                return i
        k = i + 1
        while k < stop and words[k] not in (",", ";", ":", "—", "–", "“", '"', "''"):
            k += 1
        i = k
    return i
