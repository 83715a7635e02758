"""When an English cue is in use: modal or month, verb or noun, rounder or preposition, estimate or "as expected".

Each rule reads the place of one cue and gives a decision with its reason; ``RULES`` is the table that the lexicon's
``use`` keys refer to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attribution.hedging.clause import (
    CERTAIN,
    CLAUSE_MARKS,
    CLEAR,
    DOUBTFUL,
    HARDLY,
    NEVER,
    QUOTE_MARKS,
    RARELY,
    STOPS,
    USUAL,
    WEAK,
    Decision,
    Place,
)

Rule = Callable[[Place], Decision]

_DOTS = frozenset(("...", "…"))
_NOT = frozenset(("not", "n't", "never"))
_FIRST_AND_SECOND = frozenset(("i", "we", "you"))


def may(place: Place) -> Decision:
    """Tell the modal of possibility from the month, a name, a wish and a permission."""
    following, previous = place.after(), place.before()
    if place.capital(place.first) and not _headline(place):
        return Decision(NEVER, "month, name or wish")
    if following in ("only", "i", "we") or previous == "you" or (previous in ("i", "we") and _asks_leave(place)):
        return Decision(RARELY, "permission")
    if not following or following in STOPS - _DOTS or following == "of":
        return Decision(RARELY, "no verb follows")
    if _rules(place, following in _NOT):
        return Decision(RARELY, "rule: what is allowed or forbidden")
    return Decision(CLEAR, "possibility")


def _asks_leave(place: Place) -> bool:
    """Tell whether "I may" only asks leave to speak: "if I may say so"."""
    return place.among(place.after(), "asking_leave") or place.after() in STOPS | {","}


def _rules(place: Place, denied: bool) -> bool:
    """Tell whether "may" gives a rule: nobody may, may not enter, may be fined."""
    if place.among(place.before(), "nobody") or place.before(2) == "no":
        return True
    ahead = place.after(2) if denied else place.after()
    if denied and place.among(ahead, "forbidden_acts"):
        return True
    return ahead == "be" and place.among(place.after(3 if denied else 2), "allowed_acts")


def might(place: Place) -> Decision:
    """Tell the modal from strength ("military might") and from "might as well"."""
    following, previous = place.after(), place.before()
    if following == "as" and place.after(2) == "well":
        return Decision(HARDLY, "suggestion")
    if following in ("of", "and", "") or following in CLAUSE_MARKS - {","}:
        return Decision(NEVER, "strength")
    if place.among(previous, "articles") or place.among(previous, "kinds_of_might"):
        return Decision(NEVER, "strength")
    if place.capital(place.first) and not place.opens() and not _headline(place):
        return Decision(HARDLY, "name")
    return Decision(CLEAR, "possibility")


def could(place: Place) -> Decision:
    """Tell possibility from past ability, requests and purpose."""
    following = place.after()
    if place.asks() and place.opens() and following in _FIRST_AND_SECOND:
        return Decision(HARDLY, "request")
    if (place.cue != "could" or following in _NOT) and place.after(2) != "only":
        return Decision(HARDLY, "past inability")
    if not following or following in STOPS:
        return Decision(RARELY, "no verb follows")
    left = place.document.lower[place.left() : place.first]
    if place.among(following, "senses") or place.has(left, "able_before"):
        return Decision(RARELY, "past ability or purpose")
    return Decision(USUAL, "possibility in the past" if following == "have" else "possibility")


def would(place: Place) -> Decision:
    """Take "would" for a hedge only with a verb or adverb of seeming."""
    if place.among(place.after(), "seeming"):
        return Decision(USUAL, "would with a verb of seeming")
    return Decision(HARDLY, "condition, habit or future in the past")


def appear(place: Place) -> Decision:
    """Tell "appears to" from "appeared in court"."""
    following, previous = place.after(), place.before()
    if following in ("to", "that", "as") and not (following == "as" and place.after(2) not in ("if", "though")):
        return Decision(CLEAR, "with to, that or as if")
    if previous in ("it", "there", "would", "this") and following not in ("in", "on", "at", "before", "for", "."):
        return Decision(USUAL, "it appears")
    if previous == "," and place.among(place.before(2), "seeming_subjects"):
        return Decision(WEAK, "parenthesis")
    if place.among(following, "predicates"):
        return Decision(USUAL, "with a predicate")
    return Decision(HARDLY, "to come into view")


def suggest(place: Place) -> Decision:
    """Tell "the data suggest" from a person's proposal."""
    lower = place.document.lower
    left = frozenset(lower[max(place.left(), place.first - 8) : place.first])
    if place.has(left, "evidence"):
        return Decision(CLEAR, "evidence as subject")
    if place.after() == "that" and place.before() in ("this", "which", "it", "that", "all", "also"):
        return Decision(USUAL, "suggests that")
    if place.after() in ("that", "otherwise") and place.cue == "suggests":
        return Decision(WEAK, "suggests that")
    return Decision(RARELY, "a person's proposal")


def number(place: Place) -> Decision:
    """Take a rounder for one only in front of a number that no verb or noun of telling governs."""
    if place.among(place.before(), "governs_about") and place.cue in ("about", "around", "over"):
        return Decision(HARDLY, "preposition of the word before")
    if place.is_number(place.last):
        return Decision(CERTAIN, "before a number")
    following = place.after()
    if place.among(following, "quantities") or (
        following in ("a", "an", "one", "the") and place.among(place.after(2), "quantities")
    ):
        return Decision(CLEAR, "before a quantity")
    if place.among(following, "currencies") and place.is_number(place.last + 1):
        return Decision(CERTAIN, "before a sum")
    return Decision(NEVER, "no number follows")


def amount(place: Place) -> Decision:
    """Take a vague amount ("dozens of") for one unless a number in front makes it exact."""
    if place.is_number(place.first - 1) and place.entry.id == "en.dozens":
        return Decision(HARDLY, "exact multiple")
    return Decision(USUAL, "vague amount")


def likely(place: Place) -> Decision:
    """Take "likely" and "unlikely" for estimates, but "an unlikely hero" for a surprise."""
    if place.cue == "unlikely" and place.among(place.after(), "surprising"):
        return Decision(RARELY, "surprising")
    if place.capital(place.first) and not place.opens() and not _headline(place):
        return Decision(HARDLY, "name")
    return Decision(CLEAR, "estimate")


def possible(place: Place) -> Decision:
    """Tell "it is possible that" and "a possible motive" from what can be done."""
    following, previous = place.after(), place.before()
    if previous in ("as", "not", "whenever", "wherever", "where", "if", "every", "everything", "all", "make", "makes"):
        return Decision(HARDLY, "feasible")
    if following in ("that",) or (following == "," and place.after(2) == "that"):
        return Decision(CLEAR, "possible that")
    attributive = following and following not in CLAUSE_MARKS and not place.among(following, "small_words")
    if attributive and not place.among(previous, "superlatives"):
        return Decision(USUAL, "adjective of a noun")
    return Decision(RARELY, "feasible")


def potential(place: Place) -> Decision:
    """Tell the adjective from the noun "potential"."""
    following = place.after()
    if not following or following in CLAUSE_MARKS or place.among(following, "small_words"):
        return Decision(RARELY, "noun")
    return Decision(WEAK, "adjective of a noun")


def alleged(place: Place) -> Decision:
    """Tell "the alleged leader", "is alleged to" from "prosecutors alleged that", whose subject is a source."""
    following, previous = place.after(), place.before()
    if following == "to" or (following == "that" and previous in place.lexicon.words["be_forms"]):
        return Decision(CLEAR, "is alleged to")
    if place.among(previous, "determiners") or previous in ("of", "for", "over", "in", "and", "his", "with", "two"):
        return Decision(CLEAR, "adjective of a noun")
    if following == "that" or place.among(following, "determiners") or following in ("in", "he", "she", "they"):
        return Decision(HARDLY, "cue verb with a source")
    return Decision(USUAL, "adjective of a noun")


def suspected(place: Place) -> Decision:
    """Tell "a suspected smuggler", "is suspected of" from the past tense of the verb."""
    if place.after() in ("of", "to", "in") or place.among(place.before(), "be_forms"):
        return Decision(CLEAR, "is suspected of")
    following = place.after()
    if following == "that":
        return Decision(USUAL, "with a clause")
    if not following or following in CLAUSE_MARKS or place.among(following, "clause_openers"):
        return Decision(RARELY, "past tense without a clause")
    if place.among(following, "persons") or following in ("nothing", "anything", "her"):
        return Decision(RARELY, "past tense without a clause")
    return Decision(USUAL, "adjective of a noun")


def supposed(place: Place) -> Decision:
    """Tell "the supposed expert" from the plan and duty of "is supposed to"."""
    following = place.after()
    if following == "to":
        if place.after(2) == "have":
            return Decision(USUAL, "perfect infinitive: hearsay")
        return Decision(HARDLY, "plan or duty")
    if not following or following in CLAUSE_MARKS or following == "that":
        return Decision(DOUBTFUL, "verb")
    return Decision(USUAL, "adjective of a noun")


def denied(place: Place) -> Decision:
    """Take "independently verified" for a disclaimer only where the cue itself denies it."""
    words = place.document.lower[place.first : place.last]
    if any(word in ("not", "cannot", "neither", "no") or word.endswith(("n't", "n’t")) for word in words):
        return Decision(CERTAIN, "disclaimer")
    return Decision(HARDLY, "verified")


def passive(place: Place) -> Decision:
    """Tell "is said to have" from "said to reporters"."""
    if place.among(place.before(), "be_forms") or place.among(place.before(2), "be_forms"):
        if place.among(place.after(), "persons"):
            return Decision(HARDLY, "said to somebody")
        return Decision(CLEAR, "passive with to")
    if place.after() in ("be", "have"):
        return Decision(CLEAR, "participle with to")
    return Decision(HARDLY, "active verb")


def expected(place: Place) -> Decision:
    """Take "expect" for a belief, not in "as expected" or "expecting a baby"."""
    if place.before() in ("as", "than", "when") or place.among(place.after(2), "offspring"):
        return Decision(HARDLY, "set phrase or another sense")
    if place.cue == "expecting" and place.among(place.before(), "be_forms") and place.after() in CLAUSE_MARKS:
        return Decision(HARDLY, "pregnant")
    return Decision(USUAL, "belief")


def verb(place: Place) -> Decision:
    """Tell a belief verb with what is believed from its other senses ("believe in", "believe it or not")."""
    following, previous = place.after(), place.before()
    if place.among(following, "no_belief") or (following == "it" and not _word_like(place.after(2))):
        return Decision(HARDLY, "another sense")
    if following == "that":
        return Decision(CLEAR, "with a clause")
    if previous == "," or previous in QUOTE_MARKS:
        return Decision(USUAL, "parenthesis")
    if (
        place.among(following, "clause_openers")
        or place.capital(place.last)
        or following in place.lexicon.words["be_forms"]
    ):
        return Decision(USUAL, "with a clause")
    if not following or following in CLAUSE_MARKS or place.among(following, "small_words"):
        return Decision(RARELY, "no clause to hedge")
    return Decision(WEAK, "with an object")


def noun_or_verb(place: Place) -> Decision:
    """Tell the verbs suspect, fear, estimate and forecast from the nouns."""
    if place.among(place.before(), "determiners") or place.among(place.after(), "behind_nouns"):
        return Decision(HARDLY, "noun")
    return verb(place)


def thought(place: Place) -> Decision:
    """Take a verb of thinking or hoping for a belief only with a clause, and not its noun or a name."""
    if place.among(place.before(), "determiners") or place.among(place.after(), "behind_nouns"):
        return Decision(HARDLY, "noun")
    if place.capital(place.first) and place.capital(place.last):
        return Decision(HARDLY, "name")
    decision = verb(place)
    if decision.probability == WEAK:
        ahead = place.document.lower[place.last : min(place.right(), place.last + 6)]
        if not place.has(ahead, "finite"):
            return Decision(DOUBTFUL, "no clause to hedge")
    return decision


def assume(place: Place) -> Decision:
    """Tell "assumes that" from "assumed office"."""
    ahead = place.document.lower[place.last : min(place.right(), place.last + 6)]
    if "that" not in ahead and place.has(ahead, "assumed_things"):
        return Decision(HARDLY, "to take over")
    return verb(place)


def fears(place: Place) -> Decision:
    """Take the noun "fears" for a belief with the content that is feared."""
    if place.after() in ("that", "of", "over"):
        return Decision(WEAK, "fears of what may come")
    return thought(place)


def doubt(place: Place) -> Decision:
    """Take "doubt" for doubt unless it is denied."""
    if place.before() in ("no", "without", "beyond", "little", "not", "n't", "any", "never") or place.before(2) == "no":
        return Decision(NEVER, "denied doubt")
    if place.before() == "reasonable" or place.before(3) == "benefit":
        return Decision(HARDLY, "set phrase")
    return Decision(CLEAR, "doubt")


def disputed(place: Place) -> Decision:
    """Tell disputed facts from disputed territory."""
    if place.among(place.after(), "territory") or place.among(place.after(2), "territory"):
        return Decision(RARELY, "claimed by two sides")
    return Decision(USUAL, "doubt")


def unsourced(place: Place) -> Decision:
    """Take "according to reports" for hearsay only when no source is named with it."""
    if place.among(place.after(), "source_links"):
        return Decision(HARDLY, "a source is named")
    return Decision(CLEAR, "no source is named")


def _word_like(word: str) -> bool:
    """Tell whether a token goes on with a clause: a word, and no "or" of a set phrase."""
    return bool(word) and word != "or" and word not in CLAUSE_MARKS and word not in QUOTE_MARKS


def _headline(place: Place) -> bool:
    """Tell whether the sentence is written in title case, so that a capital says nothing."""
    words = [word for word in place.document.words[place.begin : min(place.end, place.begin + 30)] if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


RULES: Mapping[str, Rule] = {
    "alleged": alleged,
    "amount": amount,
    "appear": appear,
    "assume": assume,
    "could": could,
    "denied": denied,
    "disputed": disputed,
    "doubt": doubt,
    "expected": expected,
    "fears": fears,
    "likely": likely,
    "may": may,
    "might": might,
    "noun_or_verb": noun_or_verb,
    "number": number,
    "passive": passive,
    "possible": possible,
    "potential": potential,
    "suggest": suggest,
    "supposed": supposed,
    "suspected": suspected,
    "thought": thought,
    "unsourced": unsourced,
    "verb": verb,
    "would": would,
}
