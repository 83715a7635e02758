"""An English cue verb in its verb group: voice, shape, and whether the word is a verb here at all."""

from __future__ import annotations

from dataclasses import dataclass

from attribution.extract.english_clauses import Text, lexicon
from attribution.lang import Verb
from attribution.lang.en import grammar as g


@dataclass(slots=True)
class Group:
    """Hold one cue verb in its verb group: where the group starts, its voice, and its last token."""

    verb: Verb
    token: int
    first: int
    last: int
    passive: bool
    shape: str  # "finite", "ing", "infinitive", "participle"


def verb_group(text: Text, i: int, last: int, verb: Verb, first: int) -> Group:
    """Take the adverbs and auxiliaries before a cue verb into its group and read voice and shape off them."""
    lower = text.lower
    k = i
    be = have = to = False
    while k > first:
        word = lower[k - 1]
        if word in ("'s", "’s") and (k < 2 or lower[k - 2] not in ("he", "she", "it", "who", "that", "there")):
            break
        if word in g.BE:
            be = True
        elif word in g.HAVE:
            have = True
        elif word == "to" and not to:
            to = True
        elif word not in g.MODALS and word not in g.DO and not g.is_adverb(word):
            break
        k -= 1
        if to:
            break
    shape = "finite"
    ing = lower[i].endswith("ing")
    if to:
        shape = "infinitive"
    elif ing:
        shape = "finite" if be else "ing"
    return Group(verb, i, k, last, (be and not ing and not have) or (be and have and not ing), shape)


def is_asked(text: Text, group: Group, first: int) -> bool:
    """Tell "asked whether …" and "was told that …", where the speaker is not named, from the active verb."""
    form = text.lower[group.token]
    if form not in ("asked", "told", "pressed", "questioned"):
        return False
    k = group.first
    return group.passive or (form != "told" and (k == first or text.lower[k - 1] in ("when", "whenever", "if")))


_PLURALS = frozenset(
    "people men women police who they we you i some many others most both critics democrats that which few all media"
    " children those two three four five percent half several and".split()
)


def is_verb(text: Text, group: Group, first: int) -> bool:
    """Tell a verb from the noun or adjective of the same form ("a tweet", "the proposed plan", "United States")."""
    words, lower = text.words, text.lower
    i, k = group.token, group.first
    if words[i][0].isupper() and i > first and not _titled(text, i, first):
        return False
    if k == first or group.shape == "infinitive":
        return True
    before = lower[k - 1]
    if (before in g.DETERMINERS and before not in g.STANDALONE) or before in ("'s", "’s"):
        return before in ("'s", "’s") and group.shape == "ing"
    if group.shape == "ing" or (k < i and not (k == i - 1 and g.is_adverb(lower[k]))):
        return True
    if before in g.PREPOSITIONS and before not in ("by", "after", "before", "since", "while", "of", "without"):
        return False
    form = lower[i]
    if before in ("much", "most", "more", "very") or (k < i and before in g.ARTICLES):
        return False
    if form.endswith("s") and form != group.verb.lemma:
        following = lower[group.last] if group.last < len(lower) else "."
        if (following in lexicon().verbs and following not in lexicon().nouns) or _is_plural(words[k - 1], before):
            return False
        return before not in g.PREPOSITIONS and before not in ("i", "you", "they", "we")
    if before in g.PREPOSITIONS:
        return False
    if form != group.verb.lemma:
        return True
    return before in _PLURALS or before[-1] == "s" or not g.is_word(words[k - 1]) or words[k - 1][-1] == "%"


def _is_plural(word: str, lower: str) -> bool:
    """Tell a plural subject, which no third-person form agrees with."""
    if lower in ("these", "those", "some", "many", "others", "both", "all", "most", "several", "few", "other"):
        return True
    return (
        word[0].islower()
        and lower.endswith("s")
        and not lower.endswith(("ss", "us", "is"))
        and lower not in ("always", "news")
    )


def _titled(text: Text, i: int, first: int) -> bool:
    """Tell whether the sentence is a headline with capitals throughout."""
    near = [word for word in text.words[first : i + 8] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in near) > 0.7 * len(near)
