"""Read gold attributions, and predictions to score beside them, from interchange JSONL, one article a line.

Gold is what figures and models rest on, so a line is taken as it is meant or not at all: every problem is named with
file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeVar, get_args

from attribution.errors import InputError, LabelError
from attribution.formats.native import METADATA, Record, _row, _shown, _string
from attribution.text import NAMES, guess_language
from attribution.types import HEDGE_CLASSES, LANGUAGES, AttributionType, HedgeClass, Lang, Span

ROLES = ("source", "cue", "content")
TYPES: tuple[AttributionType, ...] = get_args(AttributionType)
# What the interchange holds, what ``attribution extract`` writes beside it, and what corpora are known to carry.
ARTICLE_KEYS = frozenset(("id", "lang", "text", "attributions", "hedges", "statements", "publisher", *METADATA))
ATTRIBUTION_KEYS = frozenset(
    (*ROLES, "type", "id", "rule", "sources", "inherited", "subtype", "frame", "nested")
)  # fmt: skip
HEDGE_KEYS = frozenset(("start", "end", "class", "in_use", "probability"))
# A file with more problems than this has one cause, and the first ones show it.
SHOWN_PROBLEMS = 20
# Under so many words a quotation in the other language can outweigh the article; of 1,774 corpus articles none is
# misjudged from here on.
TELLING_WORDS = 50

Complain = Callable[[str], None]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Hold the spans of one attribution as a person labelled it or a program predicted it; some corpora lack types."""

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    type: AttributionType | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class LabelledHedge:
    """Hold one hedge word as a person labelled it: in use, or a look-alike."""

    start: int
    end: int
    cls: HedgeClass
    in_use: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """Hold one article with everything that is attributed in it."""

    id: str
    lang: Lang
    text: str
    attributions: tuple[Labelled, ...]
    hedges: tuple[LabelledHedge, ...] = ()


@dataclass(frozen=True, slots=True)
class Prediction:
    """Hold what was found in one article; offsets refer to the text of the gold article with the same id."""

    id: str
    attributions: tuple[Labelled, ...]


# --- files ---------------------------------------------------------------------------------------------------------


def read_gold(path: Path | str) -> tuple[GoldArticle, ...]:
    """Read a gold file whole; the text of an article is kept exactly as it is, so that offsets hold.

    Raises:
        LabelError: the file cannot be read or is not as it must be. Every problem stands on a line of the message,
            with file and line number, the first 20 of them in words.
    """
    return _read(path, parse_gold)


def parse_gold(lines: Iterable[bytes], name: str) -> tuple[GoldArticle, ...]:
    """Read gold lines from any source of bytes; ``name`` stands for the file in messages."""
    problems = _Problems(name)
    articles = []
    for row in _rows(lines, problems):
        before = problems.count
        article = _gold_article(row, problems.add)
        if article and problems.count == before:
            articles.append(article)
    problems.refuse()
    if not articles:
        raise LabelError(f"{name}: no article in it; give JSONL, one article with id, lang, text, attributions a line")
    return tuple(articles)


def read_predicted(path: Path | str, gold: Sequence[GoldArticle]) -> tuple[Prediction, ...]:
    """Read predictions for gold articles, such as ``attribution extract`` or another program wrote them.

    Keys that are not used are passed over, since every program adds its own; articles outside the gold are, too, and
    so are lines that record a failure.

    Raises:
        LabelError: the file cannot be read, or offsets cannot be compared; as in ``read_gold``.
    """
    return _read(path, lambda lines, name: parse_predicted(lines, name, gold))


def parse_predicted(lines: Iterable[bytes], name: str, gold: Sequence[GoldArticle]) -> tuple[Prediction, ...]:
    """Read predictions from any source of bytes; ``name`` stands for the file in messages."""
    texts = {article.id: article.text for article in gold}
    problems = _Problems(name)
    found = []
    for row in _rows(lines, problems):
        if row["id"] not in texts or "failure" in row:
            continue
        text = texts[row["id"]]
        if row.get("text", text) != text:
            problems.add(f"article {_shown(row['id'])}: 'text' differs from the gold text; offsets cannot be compared")
            continue
        attributions = _attributions(row, len(text), problems.add, strict=False)
        found.append(Prediction(row["id"], tuple(attributions)))
    problems.refuse()
    return tuple(found)


def _read(path: Path | str, parse: Callable[[Iterable[bytes], str], Read]) -> Read:
    try:
        with Path(path).open("rb") as lines:
            return parse(lines, str(path))
    except OSError as error:
        raise LabelError(f"{path}: {error.strerror or error}; give a JSONL file, one article a line") from None


@dataclass(slots=True)
class _Problems:
    """Collect what is wrong with a file, so that one look at the message is enough to mend it."""

    name: str
    line: int = 0
    count: int = 0
    shown: list[str] = field(default_factory=list)

    def add(self, reason: str) -> None:
        self.count += 1
        if self.count <= SHOWN_PROBLEMS:
            self.shown.append(f"{self.name}:{self.line}: {reason}")

    def refuse(self) -> None:
        if self.count > SHOWN_PROBLEMS:
            self.shown.append(f"{self.name}: {self.count - SHOWN_PROBLEMS:,} more problems like these")
        if self.count:
            raise LabelError("\n".join(self.shown))


def _rows(lines: Iterable[bytes], problems: _Problems) -> Iterator[Record]:
    """Give the objects of a file that have an id of their own."""
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        problems.line = number
        try:
            row = _row(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
            identifier = _string(row, "id")
        except InputError as error:
            problems.add(str(error))
            continue
        if identifier in seen:
            problems.add(f"'id' {_shown(identifier)} was used before, in line {seen[identifier]}; ids must differ")
            continue
        seen[identifier] = number
        yield row


# --- one article ---------------------------------------------------------------------------------------------------


def _gold_article(row: Record, complain: Complain) -> GoldArticle | None:
    identifier = row["id"]

    def add(reason: str) -> None:
        complain(f"article {_shown(identifier)}: {reason}")

    _refuse_unknown(row, ARTICLE_KEYS, "", add)
    try:
        text = _string(row, "text")
    except InputError as error:
        add(str(error))
        return None
    if row.get("attributions") is None:
        add("'attributions' is missing; write [] where nothing is attributed")
    lang = _lang(row, text, add)
    attributions = tuple(_attributions(row, len(text), add, strict=True))
    hedges = tuple(_hedges(row, len(text), add))
    return GoldArticle(identifier, lang, text, attributions, hedges) if lang else None


def _refuse_unknown(row: Record, known: frozenset[str], where: str, add: Complain) -> None:
    for key in row:
        if key not in known:
            add(f"{where}unknown key {_shown(key)}; allowed are {', '.join(sorted(known))}")


def _lang(row: Record, text: str, add: Complain) -> Lang | None:
    given = row.get("lang")
    allowed = ", ".join(map(repr, LANGUAGES))
    for lang in LANGUAGES:
        if given == lang:
            guessed = guess_language(text) if len(text.split()) >= TELLING_WORDS else None
            if guessed in (None, lang):
                return lang
            add(f"'lang' is {lang!r}, but the text looks like {NAMES[guessed]} ({guessed}); allowed are {allowed}")
            return None
    add(f"'lang' is {_shown(given)}; allowed are {allowed}" if "lang" in row else "'lang' is missing; give de or en")
    return None


def _attributions(row: Record, length: int, add: Complain, *, strict: bool) -> Iterator[Labelled]:
    """Read the attributions of an article; ``strict`` is for gold, where nothing may be doubtful."""
    for number, item in enumerate(_list(row, "attributions", "", add)):
        where = f"attributions[{number}]"
        if not isinstance(item, dict):
            add(f"{where} is {_shown(item)}; it must be an object with source, cue and content")
            continue
        if strict:
            _refuse_unknown(item, ATTRIBUTION_KEYS, f"{where}: ", add)
        source, cue, content = (_spans(item, role, where, length, add, strict=strict) for role in ROLES)
        if strict and not item.get("content"):
            add(f"{where} has no content; give at least one [start, end], or leave the attribution out")
        rule = item.get("rule")
        yield Labelled(content, source, cue, _type(item, where, add), rule if isinstance(rule, str) else "")


def _type(item: Record, where: str, add: Complain) -> AttributionType | None:
    given = item.get("type")
    for known in TYPES:
        if given == known:
            return known
    if given is not None:
        add(f"{where}: 'type' is {_shown(given)}; allowed are {', '.join(TYPES)}, or none at all")
    return None


def _spans(item: Record, role: str, where: str, length: int, add: Complain, *, strict: bool) -> tuple[Span, ...]:
    spans = []
    for number, given in enumerate(_list(item, role, f"{where}.", add)):
        match given:
            case [int(start), int(end)] if not {type(start), type(end)} & {bool}:
                if problem := _misplaced(start, end, length):
                    add(f"{where}.{role}[{number}]: {problem}")
                else:
                    spans.append(Span(start, end))
            case _:
                add(f"{where}.{role}[{number}] is {_shown(given)}; it must be [start, end], two whole numbers")
    if strict:
        ordered = sorted(spans)
        for left, right in pairwise(ordered):
            if right.start < left.end:
                add(f"{where}.{role}: spans {list(left)} and {list(right)} overlap; join them into one")
    return tuple(spans)


def _misplaced(start: int, end: int, length: int) -> str:
    given = _shown([start, end])
    if start < 0 or end > length:
        return f"{given} lies outside the text, which has {length:,} characters"
    if start == end:
        return f"{given} is empty; end is the offset after the last character"
    return f"{given} ends before it starts" if start > end else ""


def _hedges(row: Record, length: int, add: Complain) -> Iterator[LabelledHedge]:
    for number, item in enumerate(_list(row, "hedges", "", add)):
        where = f"hedges[{number}]"
        if not isinstance(item, dict):
            add(f"{where} is {_shown(item)}; it must be an object with start, end, class and in_use")
            continue
        _refuse_unknown(item, HEDGE_KEYS, f"{where}: ", add)
        match item:
            case {"start": int(start), "end": int(end), "class": str(cls), "in_use": bool(in_use)} if (
                cls in HEDGE_CLASSES and not {type(start), type(end)} & {bool}
            ):
                if problem := _misplaced(start, end, length):
                    add(f"{where}: {problem}")
                else:
                    yield LabelledHedge(start, end, cls, in_use)
            case _:
                classes = ", ".join(HEDGE_CLASSES)
                add(f"{where} needs start and end (whole numbers), class (one of {classes}) and in_use (true or false)")


def _list(row: Record, key: str, where: str, add: Complain) -> list[object]:
    given = row.get(key)
    if given is None:
        return []
    if isinstance(given, list):
        return given
    add(f"{where}{key} is {_shown(given)}; it must be a list")
    return []
