"""When a German cue is in use: modal verbs by their infinitive, belief verbs by their complement, rounders by number.

Each rule reads the place of one cue and gives a decision with its reason; ``RULES`` is the table that the lexicon's
``use`` keys refer to. German is verb-final: what a modal means shows at the end of its clause, so the sollen and
wollen rules look for the infinitive cluster there ("soll ... bestellt haben", "bestellt haben soll").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from attribution.hedging.clause import (
    CERTAIN,
    CLAUSE_MARKS,
    CLEAR,
    DOUBTFUL,
    HARDLY,
    NEVER,
    OPENERS,
    QUOTE_MARKS,
    RARELY,
    USUAL,
    WEAK,
    Decision,
    Place,
)

Rule = Callable[[Place], Decision]

_AUXILIARIES = frozenset(("haben", "sein"))
_PARTICIPLE = re.compile(
    r"(?:\w*ge\w{2,}(?:t|en)|\w*(?:be|er|ver|zer|ent|emp|miss|über|unter|wider|hinter|durch|um|voll)\w{2,}(?:t|en)"
    r"|\w{2,}iert)"
)
_INFINITIVE = re.compile(r"\w{2,}(?:en|ern|eln|ehn)|tun|sein")
_YEAR = re.compile(r"(?:19|20)\d\d")
_INFLECTED = re.compile(r"\w+e[nmrs]?")


class _Cluster(NamedTuple):
    """Hold what closes a modal's clause: its last infinitive and the tokens in front of it."""

    kind: str
    verb: str
    before: str


def sollen(place: Place) -> Decision:
    """Tell hearsay ("soll ... bestellt haben") from plan, duty and purpose ("soll ... gebaut werden")."""
    cue = place.cue
    if cue in ("sollte", "sollten", "solltest"):
        return Decision(NEVER, "sollte is advice, plan or condition")
    cluster = _cluster(place)
    if cluster is None:
        return Decision(HARDLY, "no infinitive")
    if cluster.kind == "perfect":
        return Decision(CERTAIN, "perfect infinitive")
    if cluster.kind == "broken":
        return Decision(USUAL, "participle with wurden or worden")
    if place.asks():
        return Decision(HARDLY, "question")
    return _sollen_simple(place, cluster)


def _sollen_simple(place: Place, cluster: _Cluster) -> Decision:
    """Decide sollen with a simple infinitive: a state can only be reported, an act be planned or ordered."""
    around = place.document.lower[place.left() : place.right(OPENERS)]
    planned = place.has(around, "future") or any(map(_YEAR.fullmatch, around))
    if place.has(around, "lasting") and not planned:
        return Decision(USUAL, "what lasts already cannot be a plan")
    if cluster.verb == "werden":
        return Decision(NEVER, "passive or future infinitive: plan or order")
    if planned or place.has(around, "purpose"):
        return Decision(HARDLY, "time to come or purpose: plan")
    return _sollen_state(place, cluster, around)


def _sollen_state(place: Place, cluster: _Cluster, around: list[str]) -> Decision:
    """Tell states ("soll reich sein", "soll Tote geben") from acts ("soll starten")."""
    if cluster.verb == "sein":
        if place.among(cluster.before, "planned_states"):
            return Decision(HARDLY, "a state to be reached: plan")
        return Decision(USUAL, "stative infinitive sein")
    if place.among(cluster.verb, "stative_infinitives"):
        return Decision(USUAL, "stative infinitive")
    if cluster.verb in ("geben", "haben") and place.has(around, "reported_facts"):
        return Decision(USUAL, "reported state of things")
    return Decision(HARDLY, "simple infinitive: plan or duty")


def wollen(place: Place) -> Decision:
    """Tell a claim ("will nichts gesehen haben") from an intention."""
    cluster = _cluster(place)
    if cluster is None or cluster.kind != "perfect":
        return Decision(NEVER, "intention")
    around = place.around()
    if "bis" in around or place.has(around, "future"):
        return Decision(RARELY, "perfect infinitive with a deadline: intention")
    return Decision(CLEAR, "perfect infinitive: claim")


def _cluster(place: Place) -> _Cluster | None:
    """Find the infinitive that a modal verb governs: in front of it in verb-final order, else where a stretch ends."""
    lower = place.document.lower
    previous = place.first - 1
    if previous >= place.begin and _infinitive(place, previous) and _final(place):
        return _classify(place, range(max(place.begin, previous - 3), place.first))
    for segment in place.segments():
        found = [_classify(place, segment[: n + 1]) for n in range(len(segment)) if _closes(place, segment, n)]
        if found:
            return next((cluster for cluster in found if cluster.kind == "perfect"), found[-1])
        if segment and lower[segment[-1]] in ("wurde", "wurden", "worden"):
            return _Cluster("broken", lower[segment[-1]], "")
    return None


def _final(place: Place) -> bool:
    """Tell whether a modal stands behind its infinitive: its stretch ends here, or an auxiliary leads up to it."""
    following = place.after()
    ends = (
        not following or following in CLAUSE_MARKS or following in QUOTE_MARKS or place.among(following, "conjunctions")
    )
    return ends or place.before() in ("haben", "sein", "werden")


def _closes(place: Place, segment: list[int], n: int) -> bool:
    """Tell whether the n-th token of a stretch is an infinitive at its end or in front of a conjunction."""
    at_end = n + 1 == len(segment) or place.among(place.document.lower[segment[n + 1]], "conjunctions")
    return at_end and _infinitive(place, segment[n])


def _classify(place: Place, tokens: Sequence[int]) -> _Cluster:
    """Tell a perfect infinitive from a simple one by the participle in front of haben or sein."""
    lower = place.document.lower
    verb, *rest = [lower[index] for index in reversed(tokens[-4:])] + ["", "", ""]
    participle = rest[0]
    if verb in _AUXILIARIES and rest[1] != "zu" and not place.capital(tokens[-1] - 1):
        if participle in ("worden", "gewesen"):
            return _Cluster("perfect", verb, participle)
        done = _PARTICIPLE.fullmatch(participle) or place.among(participle, "participles")
        moved = verb == "sein" and place.lexicon.words["moved"]
        if done and (verb == "haben" or (moved and participle.endswith(tuple(moved)))):
            return _Cluster("perfect", verb, participle)
    if verb in ("können", "wollen", "müssen", "dürfen", "lassen") and rest[0] in _AUXILIARIES:
        return _Cluster("simple", verb, rest[0])
    return _Cluster("simple", verb, participle)


def _infinitive(place: Place, index: int) -> bool:
    """Tell whether a token is written and ends like an infinitive."""
    word = place.document.words[index]
    return word[:1].islower() and _INFINITIVE.fullmatch(word) is not None and not place.among(word, "non_verbs")


def koennte(place: Place) -> Decision:
    """Tell possibility from requests, unreal comparison and set phrases."""
    addressed = place.after() in ("du", "ihr", "wir", "ich", "man") or (
        place.after() == "sie" and place.capital(place.last)
    )
    if addressed and place.asks() and place.opens():
        return Decision(HARDLY, "request or question to the reader")
    if place.among(place.before(), "unreal"):
        return Decision(RARELY, "unreal comparison or wish")
    if place.after() == "man" and place.after(2) in ("meinen", "sagen", "glauben"):
        return Decision(RARELY, "set phrase of opinion")
    lower = place.document.lower
    if ("schon", "als") in pairwise(lower[place.last : place.right()]):
        return Decision(RARELY, "ability")
    if place.asks():
        return Decision(WEAK, "possibility, asked")
    return Decision(CLEAR, "possibility")


def kann(place: Place) -> Decision:
    """Take kann for ability or permission unless what it governs can only be conjecture."""
    around = place.around()
    if not {"nicht", "kein", "keine", "keinen", "nie", "niemals", "kaum", "nur"}.isdisjoint(around):
        return Decision(HARDLY, "denied or limited ability")
    cluster = _cluster(place)
    if cluster is not None and cluster.kind == "perfect":
        return Decision(USUAL, "perfect infinitive: conjecture")
    if place.after() == "sein" and place.after(2) == ",":
        return Decision(CLEAR, "kann sein, dass")
    if cluster is not None and cluster.verb == "kommen" and "es" in around and "zu" in around:
        return Decision(WEAK, "es kann zu ... kommen")
    if cluster is not None and cluster.verb == "führen" and "dazu" in around:
        return Decision(WEAK, "kann dazu führen")
    return Decision(HARDLY, "ability or permission")


def duerfte(place: Place) -> Decision:
    """Tell conjecture from permission."""
    around = place.around()
    if place.cue == "dürftest" or place.after() in ("ich", "wir") or (place.asks() and place.opens()):
        return Decision(HARDLY, "asking for permission")
    limits = frozenset(("nicht", "nur", "kein", "keine", "keinen", "weder"))
    if place.before() in ("sie", "er", "wir", "ihr", "man") and not limits.isdisjoint(around):
        simple = _cluster(place)
        if simple is not None and simple.kind == "simple" and not place.among(simple.verb, "stative_infinitives"):
            return Decision(DOUBTFUL, "reported prohibition")
    if "wenn" in around or "ob" in around:
        return Decision(RARELY, "permission in a condition")
    return Decision(CLEAR, "conjecture")


def mag(place: Place) -> Decision:
    """Tell concession and conjecture ("mag stimmen") from liking ("mag Musik")."""
    cluster = _cluster(place)
    if place.after() == "sein" or (cluster is not None and cluster.kind == "perfect"):
        return Decision(CLEAR, "conjecture")
    if cluster is not None and place.among(cluster.verb, "stative_infinitives") and cluster.verb != "wissen":
        return Decision(USUAL, "conjecture about a state")
    return Decision(HARDLY, "liking")


def muesste(place: Place) -> Decision:
    """Tell inference ("müsste längst da sein") from duty."""
    cluster = _cluster(place)
    around = place.around()
    inferred = place.has(around, "inferring")
    if cluster is not None and cluster.kind == "perfect":
        return Decision(USUAL, "perfect infinitive: inference")
    if (
        cluster is not None
        and inferred
        and (cluster.verb == "sein" or place.among(cluster.verb, "stative_infinitives"))
    ):
        return Decision(WEAK, "inference about a state")
    return Decision(HARDLY, "duty")


def scheinen(place: Place) -> Decision:
    """Tell "scheint zu", "scheint, dass" from shining."""
    if place.has(place.around(), "light"):
        return Decision(NEVER, "shining")
    around = place.around()
    if "zu" in around or place.word(place.right()) == "," or "es" in around or "so" in around:
        return Decision(CLEAR, "scheint zu, dass or als")
    following = place.after()
    if not following or following in CLAUSE_MARKS or following in ("in", "auf", "durch", "hell"):
        return Decision(RARELY if place.before() != "so" else USUAL, "no complement")
    return Decision(USUAL, "predicate")


def number(place: Place) -> Decision:
    """Take a rounder for one only in front of a number; "etwa 2019" is mostly "for instance in 2019"."""
    if place.is_number(place.last):
        if place.cue == "etwa" and _YEAR.fullmatch(place.after()) and not place.capital(place.last + 1):
            return Decision(DOUBTFUL, "year: for instance")
        return Decision(CERTAIN, "before a number")
    article = place.after() in ("ein", "eine", "einen", "einem", "einer", "der", "die", "das", "den", "dem")
    if article and place.among(place.after(2), "quantities"):
        return Decision(CLEAR, "before a quantity")
    if place.among(place.after(), "quantities"):
        return Decision(CLEAR, "before a quantity")
    if place.among(place.after(), "currencies") and place.is_number(place.last + 1):
        return Decision(CERTAIN, "before a sum")
    return Decision(NEVER, "no number follows")


def amount(place: Place) -> Decision:
    """Take a vague amount ("Dutzende", "Tausende") for one unless a number in front makes it exact."""
    if place.is_number(place.first - 1):
        return Decision(HARDLY, "exact multiple")
    return Decision(USUAL, "vague amount")


def complement(place: Place) -> Decision:
    """Take a belief verb for a hedge only with a clause to hedge, or as a parenthesis."""
    following = place.after()
    if place.among(following, "no_belief") or (following in ("an", "in") and place.entry.id == "de.glauben"):
        return Decision(HARDLY, "no clause: another sense")
    behind = place.right(CLAUSE_MARKS)
    if place.word(behind) == "," and _takes_clause(place, behind):
        return Decision(CLEAR, "with a clause")
    if place.word(behind) == ":" or following == "zu":
        return Decision(USUAL, "with a clause")
    if place.before() == "," or place.before() in QUOTE_MARKS:
        return Decision(USUAL, "parenthesis")
    if place.word(place.left()) in ("wie", "so"):
        return Decision(USUAL, "in a clause with wie")
    return Decision(RARELY, "no clause to hedge")


def _takes_clause(place: Place, comma: int) -> bool:
    """Tell whether the clause behind a comma completes a belief verb, not the clause that the verb itself closes."""
    if place.word(comma + 1) in ("dass", "ob"):
        return True
    if place.word(place.left()) in place.lexicon.words["subordinators"]:
        return False
    return place.among(place.word(comma + 1), "complementizers") or comma - place.last <= 3


def belief(place: Place) -> Decision:
    """Take a verb that always names a belief for a hedge, but not its reflexive or adjectival look-alikes."""
    if place.entry.id == "de.fuerchten" and "sich" in (place.after(), place.after(2), place.before()):
        return Decision(RARELY, "to be afraid")
    decision = complement(place)
    if decision.in_use:
        return decision
    return Decision(USUAL, "belief with an object")


def ausgehen(place: Place) -> Decision:
    """Tell "von Verlusten ausgehen" from going out and from a danger that something gives off."""
    left = place.document.lower[place.left() : place.first]
    if "davon" in left or ("von" in left[1:] and place.cue != "ausgeht"):
        return Decision(USUAL, "with von")
    return Decision(HARDLY, "another sense")


def expect(place: Place) -> Decision:
    """Tell "erwartet einen Rückgang", "wird erwartet" from what awaits somebody."""
    decision = complement(place)
    if decision.in_use:
        return decision
    around = place.around()
    if place.has(around, "offspring"):
        return Decision(HARDLY, "expecting a child or guests")
    if not around.isdisjoint(("wird", "werden", "wurde", "wurden")):
        return Decision(USUAL, "passive")
    if place.has(around, "change") or place.after() in ("einen", "keinen", "für"):
        return Decision(WEAK, "expects a change")
    return Decision(DOUBTFUL, "may mean that something awaits somebody")


def schaetzen(place: Place) -> Decision:
    """Tell an estimate ("schätzt die Zahl auf 300") from esteem."""
    decision = complement(place)
    if decision.in_use:
        return decision
    right = place.right()
    if (
        any(place.is_number(index) for index in range(place.left(), right))
        or "auf" in place.document.lower[place.last : right]
    ):
        return Decision(USUAL, "with a figure")
    return Decision(HARDLY, "esteem")


def halten(place: Place) -> Decision:
    """Tell a judgement ("hält das für falsch") from holding and from "hielt eine Rede für"."""
    lower, words, right = place.document.lower, place.document.words, place.right()
    around = lower[place.last : right]
    if "für" not in around or place.has(around[-1:], "halten_particles"):
        return Decision(NEVER, "another sense")
    if place.has(around, "speeches"):
        return Decision(NEVER, "to give a speech")
    object_ = place.last + around.index("für") + 1
    if object_ < right and (words[object_][:1].islower() or lower[object_] == "unsinn"):
        return Decision(USUAL, "judgement with für")
    return Decision(DOUBTFUL, "für with a noun")


def predicative(place: Place) -> Decision:
    """Take "unklar", "fraglich", "umstritten" for doubt as predicate, not as an inflected adjective of a noun."""
    if place.capital(place.last) and _INFLECTED.fullmatch(place.document.lower[place.last - 1]):
        return Decision(RARELY, "adjective of a noun")
    return Decision(CLEAR, "predicate")


def doubting(place: Place) -> Decision:
    """Take "bezweifeln" for doubt unless it is denied."""
    if not place.around().isdisjoint(("nicht", "niemand", "keiner", "kaum", "nie")):
        return Decision(HARDLY, "denied doubt")
    return Decision(CLEAR, "doubt")


def intensifier(place: Place) -> Decision:
    """Tell "unwahrscheinlich, dass" from "unwahrscheinlich schnell"."""
    following = place.after()
    if place.among(following, "graded"):
        return Decision(HARDLY, "intensifier")
    return Decision(CLEAR, "estimate")


def unsourced(place: Place) -> Decision:
    """Take "Berichten zufolge" or "heißt es" for hearsay only when no source is named with it."""
    lower = place.document.lower
    if place.among(place.after(), "source_links"):
        return Decision(HARDLY, "a source is named")
    if place.entry.id == "de.es_heisst" and place.has(lower[place.left() : place.first], "named_by"):
        return Decision(HARDLY, "a source is named")
    return Decision(CLEAR, "no source is named")


def rede(place: Place) -> Decision:
    """Tell "davon ist die Rede" from a speech that somebody gives."""
    around = place.around()
    verbs = around.isdisjoint(("ist", "war", "sei", "wäre", "soll"))
    if verbs or around.isdisjoint(("von", "davon", "vom")):
        return Decision(HARDLY, "a speech")
    return Decision(USUAL, "davon ist die Rede")


def rechnen(place: Place) -> Decision:
    """Tell "mit Staus zu rechnen" from doing sums."""
    left = place.document.lower[place.left() : place.first]
    if "mit" in left or "damit" in left:
        return Decision(CLEAR, "with mit")
    return Decision(HARDLY, "to do sums")


def happen(place: Place) -> Decision:
    """Tell the particle "wohl" from well-being and from set phrases."""
    around = place.around()
    if place.has(around, "wellbeing"):
        return Decision(NEVER, "well-being")
    return Decision(USUAL, "particle")


def becoming(place: Place) -> Decision:
    """Tell the adverb "offenbar" from "wird offenbar", which means that something comes to light."""
    following = place.after()
    closes = not following or following in CLAUSE_MARKS
    if closes and place.cue == "offenbar" and not place.opens():
        return Decision(RARELY, "comes to light")
    return Decision(CLEAR, "adverb")


RULES: Mapping[str, Rule] = {
    "amount": amount,
    "ausgehen": ausgehen,
    "becoming": becoming,
    "belief": belief,
    "complement": complement,
    "doubting": doubting,
    "duerfte": duerfte,
    "expect": expect,
    "halten": halten,
    "happen": happen,
    "intensifier": intensifier,
    "kann": kann,
    "koennte": koennte,
    "mag": mag,
    "muesste": muesste,
    "number": number,
    "predicative": predicative,
    "schaetzen": schaetzen,
    "rechnen": rechnen,
    "rede": rede,
    "scheinen": scheinen,
    "sollen": sollen,
    "unsourced": unsourced,
    "wollen": wollen,
}
