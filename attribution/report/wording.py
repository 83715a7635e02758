"""Say in plain English what a record holds; every report uses these words, so that they never differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from attribution.text import count_words
from attribution.types import Article, ArticleResult, AttributionType, HedgeClass, Kind, Naming, Point, Statement

DASH = "–"
ARROW = " → "


class GradeWord(NamedTuple):
    """Name a grade so that it can be read without colour."""

    word: str
    symbol: str
    meaning: str


GRADES: dict[int | None, GradeWord] = {
    1: GradeWord("firm", "●", "stated plainly, in the article’s own voice"),
    2: GradeWord("fairly firm", "◕", "one source that can be looked up, no doubt voiced"),
    3: GradeWord("qualified", "◑", "a hedge, a source known by role only, or word passed on once"),
    4: GradeWord("tentative", "◔", "several of these, an unspecified source, or a note that it was not verified"),
    5: GradeWord("unverified", "○", "hearsay, doubt or missing verification on top of a weak source"),
    None: GradeWord("no grade", DASH, "a question, an order or a condition"),
}
TYPES: dict[AttributionType, str] = {
    "direct": "direct speech",
    "indirect": "indirect speech",
    "reported": "speech summed up",
    "free_indirect": "speech carried on",
}
NAMINGS: dict[Naming, str] = {
    "named": "person by name",
    "organisation": "organisation",
    "role": "person by role",
    "collective": "group",
    "unnamed": "unnamed",
    "unspecified": "unspecified",
}
OWN_VOICE = "own voice"
KINDS: dict[Kind, str] = {
    "government": "government",
    "military": "military",
    "intelligence": "intelligence",
    "media": "medium",
    "agency": "news agency",
    "expert": "expert",
    "organisation": "organisation",
    "company": "company",
    "person": "person",
    "document": "document",
    "social_media": "social media",
    "public": "the public",
    "unknown": "unknown",
}
HEDGES: dict[HedgeClass, str] = {
    "hearsay": "hearsay",
    "possibility": "possibility",
    "belief": "belief",
    "doubt": "doubt",
    "disclaimer": "not verified",
    "approximation": "approximation",
}
LANGUAGE_NAMES = {"de": "German", "en": "English"}
NOT_SAID = (
    "Whether a statement is true. A grade tells how the text presents a statement, not whether it holds.",
    "Whether a source is reliable. No source, outlet or person is rated; the Admiralty letter stays F until you "
    "enter your own in a source register.",
    "That hedging is a fault. Careful wording about what is not known is often good practice.",
    "That nothing was missed. The analysis follows rules, and rules err: read the passage before you quote a figure.",
)


# --- words and numbers ---------------------------------------------------------------------------------------------

# Terminal escapes and marks that turn the direction of writing; replaced one for one, so that offsets still hold.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """Replace control characters, which could steer a terminal or hide text, by the replacement character."""
    return _UNSAFE.sub("\ufffd", text)


def shorten(text: str, limit: int) -> str:
    """Give a text on one line, cut at a word where it is longer than the limit."""
    line = visible(_SPACE.sub(" ", text[: 4 * limit + 100]).strip())
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", 0, limit)
    # A word longer than half the line is cut inside: better half a word than half a line left empty.
    return line[: cut if cut >= limit // 2 else limit - 1].rstrip(" ,;:–-") + "…"


def count(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun.

    >>> count(1, "statement"), count(0, "statement")
    ('1 statement', '0 statements')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Iterable[str]) -> str:
    """Join words as in running text.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *heads, last = [*items] or [""]
    return f"{', '.join(heads)} and {last}" if heads else last


# --- one statement -------------------------------------------------------------------------------------------------


def number(statement: Statement) -> str:
    """Give the number that a reader sees: "12" for the id "s12"."""
    return statement.id.removeprefix("s")


def paragraph(statement: Statement) -> str:
    """Give the number of a statement's paragraph as a reader counts, from 1."""
    return str(statement.paragraph + 1)


NOBODY = "no source named"


def chain(statement: Statement) -> str:
    """Write a statement's chain of sources: "Kyiv Independent → Western diplomats", or a dash for the own voice."""
    if statement.attribution is None:
        return DASH
    return ARROW.join(visible(source.name) for source in statement.attribution.sources) or NOBODY


def naming(statement: Statement) -> str:
    """Say how the origin of a statement is named."""
    if statement.attribution is None:
        return OWN_VOICE
    sources = statement.attribution.sources
    return NAMINGS[sources[-1].naming if sources else "unspecified"]


def hedge_words(statement: Statement) -> list[str]:
    """List the hedges in use on a statement as they stand in the text, each once; disclaimers, being long, by name."""
    hedges = [hedge for hedge in statement.hedges if hedge.in_use]
    words = (HEDGES[hedge.cls] if hedge.cls == "disclaimer" else shorten(hedge.text, 60) for hedge in hedges)
    return list(dict.fromkeys(words))


def grade_label(grade: int | None) -> str:
    """Write a grade with its symbol and its word: "◑ 3 qualified"."""
    label = GRADES[grade]
    return f"{label.symbol} {label.word}" if grade is None else f"{label.symbol} {grade} {label.word}"


def heading(statement: Statement) -> str:
    """Give a statement's number and grade in words."""
    label = GRADES[statement.grade]
    if statement.grade is None:
        return f"Statement {number(statement)} · no grade: {label.meaning}"
    return f"Statement {number(statement)} · grade {statement.grade}, {label.word}"


def reasons(statement: Statement) -> list[list[str]]:
    """Explain a statement in groups of lines: who says it and what hedges it; the points; the rules that fired."""
    groups = [
        [_attribution_line(statement), *_hedge_lines(statement)],
        [point_line(point) for point in statement.points],
        _rule_lines(statement),
    ]
    return [group for group in groups if group]


def point_line(point: Point) -> str:
    """Write one component of a grade: "+2 hedge of class possibility: may"."""
    return f"+{point.points} {shorten(point.why, 140)}"


def _attribution_line(statement: Statement) -> str:
    attribution = statement.attribution
    if attribution is None:
        return "The article’s own voice"
    inherited = ", taken over from the sentence before" if attribution.inherited else ""
    who = chain(statement)
    how = "" if who == NOBODY else f" ({naming(statement)})"
    return f"{TYPES[attribution.type].capitalize()}{inherited}: {who}{how}"


def _hedge_lines(statement: Statement) -> list[str]:
    lines = [
        f"“{shorten(hedge.text, 80)}”: {HEDGES[hedge.cls]}, the {hedge.holder}’s"
        for hedge in statement.hedges
        if hedge.in_use
    ]
    if statement.likelihood:
        low, high = statement.likelihood
        lines.append(f"Likelihood word: {low} to {high} % (ICD 203)")
    return lines


def _rule_lines(statement: Statement) -> list[str]:
    rules = [statement.attribution.rule] if statement.attribution and statement.attribution.rule else []
    rules += [hedge.rule for hedge in statement.hedges if hedge.in_use and hedge.rule]
    return [f"Rules: {', '.join(dict.fromkeys(rules))}"] if rules else []


# --- one article ---------------------------------------------------------------------------------------------------


def title(article: Article) -> str:
    """Give what heads a report: the title, else the article's id."""
    return shorten(article.title or article.id, 200)


def details(article: Article) -> list[str]:
    """List what is known about an article: outlet, author, date, language, length."""
    known = [article.outlet, article.author, article.published]
    words = count(count_words(article.text), "word")
    return [*(shorten(item, 80) for item in known if item), LANGUAGE_NAMES[article.lang], words]


def profile_sentences(result: ArticleResult) -> list[str]:
    """Say an article's profile in at most five sentences."""
    profile = result.profile
    if not profile.statements:
        return ["No statement was found in this text."]
    return [
        sentence
        for sentence in (
            _voices(result),
            _namings(result) if profile.attributed else "",
            _origins(result) if profile.attributed else "",
            _hedging(result),
            _gradings(result),
        )
        if sentence
    ]


def _voices(result: ArticleResult) -> str:
    profile = result.profile
    statements = count(profile.statements, "statement")
    own = profile.statements - profile.attributed
    if not profile.attributed:
        return f"The text makes {statements}, attributed to no source."
    if not own:
        each = "" if profile.statements == 1 else "every one "
        return f"The text makes {statements}, {each}attributed to a source."
    verb = "is" if profile.attributed == 1 else "are"
    return (
        f"The text makes {statements}: {profile.attributed:,} {verb} attributed to a source, "
        f"{own:,} {'stands' if own == 1 else 'stand'} in its own voice."
    )


def _namings(result: ArticleResult) -> str:
    attributed = [naming(statement) for statement in result.statements if statement.attribution]
    known = sum(word in (NAMINGS["named"], NAMINGS["organisation"]) for word in attributed)
    hidden = sum(word in (NAMINGS["unnamed"], NAMINGS["unspecified"]) for word in attributed)
    between = len(attributed) - known - hidden
    verb = "rests" if known < 2 else "rest"
    parts = [
        f"{_or_none(known)} {verb} on a named person or an organisation",
        f"{between:,} on a role or a group" if between else "",
        f"{_or_none(hidden)} on unnamed or unspecified sources",
    ]
    return f"Of those attributed, {listed(part for part in parts if part)}."


def _or_none(number: int) -> str:
    return f"{number:,}" if number else "none"


def _origins(result: ArticleResult) -> str:
    profile = result.profile
    subject = "It leads" if profile.attributed == 1 else "They lead"
    sentence = f"{subject} back to {count(profile.origins, 'origin')}"
    known = [source for source in result.sources if source.naming != "unspecified"]
    top = max(known, key=lambda source: len(source.statements), default=None)
    if profile.relayed:
        reach = "reaches" if profile.relayed == 1 else "reach"
        sentence += f", and {profile.relayed:,} {reach} the text through another medium"
    if top and len(top.statements) > 1:
        sentence += f"; the source used most is {shorten(top.name, 60)} ({len(top.statements):,})"
    return sentence + "."


def _hedging(result: ArticleResult) -> str:
    profile = result.profile
    if not profile.hedged and not profile.disclaimers:
        return "No statement is hedged, and none carries a note that it was not verified."
    hedged = f"{count(profile.hedged, 'statement')} {'is' if profile.hedged == 1 else 'are'} hedged"
    if not profile.disclaimers:
        return f"{hedged}; none carries a note that it was not verified."
    verb = "carries" if profile.disclaimers == 1 else "carry"
    return f"{hedged}; {profile.disclaimers:,} {verb} a note that the claim was not verified."


def _gradings(result: ArticleResult) -> str:
    grades = [statement.grade for statement in result.statements]
    parts = [f"{n:,} {GRADES[grade].word}" for grade in range(1, 6) if (n := grades.count(grade))]
    if not parts:
        return "No statement has a grade: they are questions, orders or conditions."
    none = grades.count(None)
    rest = f" ({none:,} without a grade)" if none else ""
    return f"As the text puts them, {listed(parts)}{rest}."
