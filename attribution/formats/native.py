"""Write the public record ``attribution/1`` and read and write the interchange JSONL, one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from attribution.errors import InputError
from attribution.text import count_words, detect_language, sha256
from attribution.types import (
    LANGUAGES,
    SCHEMA,
    Article,
    ArticleResult,
    Attribution,
    Failure,
    Hedge,
    Lang,
    Profile,
    Source,
    Span,
    Statement,
)

Record = dict[str, Any]

# --- the record ----------------------------------------------------------------------------------------------------


def to_record(result: ArticleResult) -> Record:
    """Give the record of one article as DESIGN.md fixes it, ready for ``json.dumps``."""
    text = result.article.text
    return {
        "schema": SCHEMA,
        "article": _article(result.article),
        "text": text,
        "attributions": [_attribution(attribution) for attribution in result.attributions],
        "statements": [_statement(statement, text) for statement in result.statements],
        "sources": [
            {
                "source_id": source.source_id,
                "name": source.name,
                "kind": source.kind,
                "naming": source.naming,
                "statements": list(source.statements),
                "first": source.first,
                "last": source.last,
            }
            for source in result.sources
        ],
        "profile": _profile(result.profile),
        "warnings": [*result.article.warnings, *(w for w in result.warnings if w not in result.article.warnings)],
        "provenance": {
            "version": result.provenance.version,
            "models": list(result.provenance.models),
            "settings_sha256": result.provenance.settings_sha256,
            "created": result.provenance.created,
        },
    }


def to_line(result: ArticleResult) -> Record:
    """Give the interchange line of one article: what corpora, training and evaluation need."""
    article = result.article
    return {
        "id": article.id,
        "lang": article.lang,
        "text": article.text,
        "attributions": [_attribution(attribution, with_id=False) for attribution in result.attributions],
        "hedges": [
            {
                "start": hedge.start,
                "end": hedge.end,
                "class": hedge.cls,
                "in_use": hedge.in_use,
                "probability": hedge.probability,
            }
            for hedge in result.hedges
        ],
        "statements": [_statement(statement, article.text) for statement in result.statements],
    }


def failure_line(failure: Failure) -> Record:
    """Give the interchange line of a document that could not be read or analysed."""
    return {"id": failure.id, "failure": {"stage": failure.stage, "reason": failure.reason}}


def dumps(record: object, *, indent: int | None = None) -> str:
    """Write a record as JSON text, in its own order, with the characters that it holds."""
    return json.dumps(record, ensure_ascii=False, indent=indent)


def _article(article: Article) -> Record:
    return {
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published,
        "lang": article.lang,
        "sha256": article.sha256 or sha256(article.text),
        "chars": len(article.text),
        "words": count_words(article.text),
    }


def _attribution(attribution: Attribution, *, with_id: bool = True) -> Record:
    record: Record = {"id": attribution.id} if with_id else {}
    return record | {
        "type": attribution.type,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "sources": [_source(source) for source in attribution.sources],
        "inherited": attribution.inherited,
    }


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _source(source: Source) -> Record:
    return {
        "start": source.start,
        "end": source.end,
        "text": source.text,
        "name": source.name,
        "source_id": source.source_id,
        "kind": source.kind,
        "naming": source.naming,
        "named": source.named,
        "relation": source.relation,
    }


def _statement(statement: Statement, text: str) -> Record:
    return {
        "id": statement.id,
        "start": statement.start,
        "end": statement.end,
        "text": statement.text,
        "paragraph": statement.paragraph,
        "sentence": statement.sentence,
        "attribution": _statement_attribution(statement.attribution, text),
        "hedges": [_hedge(hedge) for hedge in statement.hedges if hedge.in_use],
        "likelihood": list(statement.likelihood) if statement.likelihood else None,
        "grade": statement.grade,
        "points": [{"why": p.why, "points": p.points, "start": p.start, "end": p.end} for p in statement.points],
        "admiralty": statement.admiralty,
    }


def _statement_attribution(attribution: Attribution | None, text: str) -> Record | None:
    if attribution is None:
        return None
    cue = next(iter(attribution.cue), None)
    return {
        "id": attribution.id,
        "type": attribution.type,
        "cue": cue and {"start": cue.start, "end": cue.end, "text": text[cue.start : cue.end]},
        "sources": [_source(source) for source in attribution.sources],
    }


def _hedge(hedge: Hedge) -> Record:
    return {
        "start": hedge.start,
        "end": hedge.end,
        "text": hedge.text,
        "class": hedge.cls,
        "holder": hedge.holder,
        "probability": hedge.probability,
        "rule": hedge.rule,
    }


def _profile(profile: Profile) -> Record:
    return {
        "statements": profile.statements,
        "attributed": profile.attributed,
        "unsourced": profile.unsourced,
        "named_share": profile.named_share,
        "anonymous_share": profile.anonymous_share,
        "origins": profile.origins,
        "relayed": profile.relayed,
        "hedged": profile.hedged,
        "disclaimers": profile.disclaimers,
        "direct_share": profile.direct_share,
        "grades": dict(profile.grades),
        "source_concentration": profile.source_concentration,
    }


# --- the interchange -----------------------------------------------------------------------------------------------

METADATA = ("title", "outlet", "author", "published", "url")


def read_interchange(path: Path | str, seen: set[str] | None = None) -> Iterator[Article | Failure]:
    """Read interchange JSONL line by line; the text is kept exactly as it is, so that labels' offsets hold.

    Args:
        path: The file.
        seen: Ids that were read before, to refuse a second use; pass one set for all files of a run.

    Yields:
        An article for every good line; a failure for a bad one, or for a file that cannot be read.
    """
    try:
        with Path(path).open("rb") as lines:
            yield from parse_interchange(lines, str(path), seen)
    except OSError as error:
        yield Failure(str(path), "read", f"{path}: {error.strerror or error}; give a JSONL file, one article a line")


def parse_interchange(lines: Iterable[bytes], name: str, seen: set[str] | None = None) -> Iterator[Article | Failure]:
    """Read interchange lines from any source of bytes; ``name`` stands for the file in messages."""
    seen = set() if seen is None else seen
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        row: Record = {}
        try:
            row = _row(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
            yield _read_article(row, seen)
        except InputError as error:
            yield Failure(_id_or(row, where), error.stage, f"{where}: {error}")


def _row(line: bytes) -> Record:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"byte {line[error.start : error.start + 1]!r} is not UTF-8; save the file as UTF-8") from None
    except (ValueError, RecursionError) as error:
        problem = getattr(error, "msg", None) or "nested too deeply"
        raise InputError(f"{_shown(line)} is not JSON ({problem}); every line must be one JSON object") from None
    if not isinstance(row, dict):
        raise InputError(f"{_shown(row)} is no object; every line must be an object with 'id', 'lang' and 'text'")
    return row


def _read_article(row: Record, seen: set[str]) -> Article:
    identifier, text = _string(row, "id"), _string(row, "text")
    if identifier in seen:
        raise InputError(f"'id' {_shown(identifier)} was used before; every article needs an id of its own")
    seen.add(identifier)
    article = Article(identifier, text, _lang(row, text), sha256=sha256(text))
    return replace(article, **{key: row[key] for key in METADATA if isinstance(row.get(key), str) and row[key]})


def _string(row: Record, key: str) -> str:
    if key not in row:
        raise InputError(f"{key!r} is missing; given are {', '.join(map(repr, row)) or 'no keys'}")
    value = row[key]
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{key!r} is {_shown(value)}; it must be a string that is not empty")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"{key!r} holds half a surrogate pair at character {error.start}; write the character itself"
        ) from None
    return value


def _lang(row: Record, text: str) -> Lang:
    given = row.get("lang")
    for lang in LANGUAGES:
        if given == lang:
            return lang
    if given is not None:
        raise InputError(f"'lang' is {_shown(given)}; allowed are {', '.join(map(repr, LANGUAGES))}", stage="language")
    if detected := detect_language(text):
        return detected
    raise InputError(
        f"'lang' is missing and cannot be told from the text; allowed are {', '.join(map(repr, LANGUAGES))}",
        stage="language",
    )


def _id_or(row: Record, where: str) -> str:
    given = row.get("id")
    return given if isinstance(given, str) and given.strip() else where


def _shown(value: object, limit: int = 60) -> str:
    """Show what was given on one line, shortened."""
    shown = repr(value.strip().decode("utf-8", "replace") if isinstance(value, bytes) else value)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
