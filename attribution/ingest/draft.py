"""What a reader makes of a document's bytes, before the steps that all documents share."""

from __future__ import annotations

from dataclasses import dataclass, replace

from attribution.errors import InputError
from attribution.ingest.boilerplate import remove_boilerplate
from attribution.text import MAX_CHARACTERS, NAMES, count_words, detect_language, guess_language, normalise
from attribution.types import LANGUAGES, Article, Lang


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold the raw text of a document and what its metadata say; ``lang`` is any ISO 639-1 code."""

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    lang: str | None = None
    warnings: tuple[str, ...] = ()


def finish(
    draft: Draft, *, id: str, sha256: str, lang: Lang | None = None, path: str | None = None, url: str | None = None
) -> Article:
    """Normalise the text, take out boilerplate, settle title and language.

    Raises:
        InputError: Nothing is left, or the text is in a language that cannot be analysed.
    """
    if len(draft.text) > MAX_CHARACTERS:
        raise InputError(
            f"its text has {len(draft.text):,} characters, one article may have {MAX_CHARACTERS:,}; split it into its"
            " articles and give them as files or as JSONL"
        )
    text, removed = remove_boilerplate(normalise(draft.text))
    if not count_words(text):
        found = "nothing but boilerplate lines" if removed else "nothing"
        raise InputError(f"there is no text in it ({found} after white space was removed); give a document with text")
    chosen, doubts = _language(draft, text, lang)
    return Article(
        id=id,
        text=text,
        lang=chosen,
        path=path,
        url=url,
        title=_clean(draft.title) or headline(text),
        outlet=_clean(draft.outlet),
        author=_clean(draft.author),
        published=_clean(draft.published),
        sha256=sha256,
        warnings=(*draft.warnings, *removed, *doubts),
    )


def with_warnings(draft: Draft, *warnings: str | None) -> Draft:
    """Add warnings to a draft, leaving out those that are None."""
    return replace(draft, warnings=(*draft.warnings, *(warning for warning in warnings if warning)))


def headline(text: str) -> str | None:
    """Give the first line when it looks like a title: short, no final punctuation, and more text below it."""
    first, newline, _ = text.partition("\n")
    short = len(first) <= 200 and len(first.split()) <= 30
    return (
        first
        if newline and short and not first.rstrip("“”\"'»«’‘)").endswith((".", "!", "?", "…", ":", ";", ","))
        else None
    )


def _clean(value: str | None) -> str | None:
    return " ".join(normalise(value).split()) or None if value else None


def _language(draft: Draft, text: str, lang: Lang | None) -> tuple[Lang, tuple[str, ...]]:
    """Take the language that the user gave, else what the text looks like, else what the metadata say.

    The text stands before the metadata, because many sites leave ``lang="en"`` of their template in German pages.
    """
    if lang is not None:
        return lang, ()
    stated = (draft.lang or "").lower().replace("_", "-").split("-")[0]
    if (found := detect_language(text)) is not None:
        differs = stated and stated != found
        note = f"the metadata say that the language is {stated!r}, but the text looks like {NAMES[found]} ({found})"
        return found, (note,) if differs else ()
    for known in LANGUAGES:
        if stated == known and guess_language(text) is None:
            return known, ()
    said = f"; the metadata say {NAMES.get(stated, stated)!r}" if stated else ""
    raise InputError(
        f"the language could not be told from {count_words(text)} words{said}; only German (de) and English (en) can "
        "be analysed; say which it is with --lang de or --lang en",
        stage="language",
    )
