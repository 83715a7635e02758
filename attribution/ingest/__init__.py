"""Read whatever the user gives (files, folders, standard input, addresses) as a stream of articles and failures."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from attribution.errors import InputError
from attribution.ingest import files, html, markdown, plain, web
from attribution.ingest.draft import Draft, finish
from attribution.text import sha256
from attribution.types import Article, Failure, Lang

__all__ = ["MAX_BYTES", "READERS", "article_from_text", "read_articles"]

Reader = Callable[[bytes], Draft]

READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".pdf": files.read_pdf,
    ".docx": files.read_docx,
}
# A book has 1 MB of text, the longest PDF reports 50; what is larger is an archive or a mistake.
MAX_BYTES = 100_000_000
STDIN = "-"


@dataclass(frozen=True, slots=True)
class _Place:
    """Say where one document is: ``shown`` to the user, by ``path`` or by ``url`` or (neither) on standard input."""

    stem: str
    shown: str
    path: Path | None = None
    url: str | None = None


def read_articles(
    inputs: Iterable[str], *, lang: Lang | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | Failure]:
    """Read paths, folders, ``-`` (standard input) and http(s) addresses, one document after the other.

    What cannot be read becomes a ``Failure`` in its place; nothing is raised for bad input. Ids are file stems, made
    unique by ``-2``, ``-3`` and so on.
    """
    used: dict[str, int] = {}
    for given in inputs:
        for found in _places(str(given)):
            id = _unique(found.id if isinstance(found, Failure) else found.stem, used)
            yield replace(found, id=id) if isinstance(found, Failure) else _attempt(found, id, lang, stdin)


def article_from_text(
    raw: str,
    *,
    id: str = "text",
    lang: Lang | None = None,
    path: str | None = None,
    url: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: str | None = None,
) -> Article:
    """Make an article of a string, by the same steps as for a text file.

    Raises:
        InputError: The text is empty or in a language that cannot be analysed.
    """
    draft = replace(plain.draft_of(raw), title=title, outlet=outlet, author=author, published=published)
    return finish(draft, id=id, sha256=sha256(raw), lang=lang, path=path, url=url)


def _unique(stem: str, used: dict[str, int]) -> str:
    """Give ``stem``, or ``stem-2`` and so on, whatever was not given yet."""
    id = stem
    while id in used:
        used[stem] += 1
        id = f"{stem}-{used[stem]}"
    used[id] = 1
    return id


def _attempt(place: _Place, id: str, lang: Lang | None, stdin: BinaryIO | None) -> Article | Failure:
    try:
        return _read(place, id, lang, stdin)
    except InputError as error:
        return Failure(id, error.stage, f"{place.shown}: {error}")


def _read(place: _Place, id: str, lang: Lang | None, stdin: BinaryIO | None) -> Article:
    path = None if place.path is None else place.shown
    if place.url is not None:
        page = web.fetch(place.url)
        data = page.data
        draft = html.read(data, page.encoding) if page.ending == ".html" else READERS[page.ending](data)
    elif place.path is not None:
        data = _load(place.path)
        draft = READERS[place.path.suffix.lower()](data)
    else:
        data = _load_stdin(stdin)
        draft = READERS[_ending_of(data)](data)
    digest = hashlib.sha256(data).hexdigest()
    return finish(draft, id=id, sha256=digest, lang=lang, path=path, url=place.url)


def _load(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(size)
        return path.read_bytes()
    except OSError as error:
        raise InputError(_unopened(error)) from None


def _unopened(error: OSError) -> str:
    return f"it cannot be opened ({error.strerror or error}); check the path and that you may read it"


def _load_stdin(stdin: BinaryIO | None) -> bytes:
    data = (stdin or sys.stdin.buffer).read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    return data


def _too_large(size: int) -> InputError:
    return InputError(f"it has {size:,} bytes, at most {MAX_BYTES:,} are read; split it into its articles")


def _ending_of(data: bytes) -> str:
    """Tell from the first bytes what standard input carries; it has no name to go by."""
    head = data[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf-"):
        return ".pdf"
    if head.startswith(b"pk\x03\x04"):
        return ".docx"
    return ".html" if head.startswith((b"<!doctype html", b"<html", b"<?xml")) else ".txt"


# --- what the inputs stand for -------------------------------------------------------------------------------------


def _places(given: str) -> Iterator[_Place | Failure]:
    shown = _shown(given)
    if not given.strip():
        yield Failure("input", "read", f"an input is empty ({given!r}); give a file, a folder, an address or {STDIN!r}")
    elif given == STDIN:
        yield _Place("stdin", "standard input")
    elif web.is_url(given):
        yield _Place(_stem_of_url(given), shown, url=given)
    else:
        try:
            yield from _in_folder(Path(given), shown) if Path(given).is_dir() else [_file(Path(given), given)]
        except OSError as error:
            yield Failure("input", "read", f"{shown[:200]}: {_unopened(error)}")


def _file(path: Path, given: str) -> _Place | Failure:
    shown, stem, ending = _shown(given), _shown(path.stem) or "input", path.suffix.lower()
    if not path.exists():
        return Failure(stem, "read", f"{shown}: there is no such file or folder; check the path")
    if ending == ".jsonl":
        hint = f"a JSONL file holds many articles; read it with: attribution extract {shown} -o OUT.jsonl"
        return Failure(stem, "read", f"{shown}: {hint}")
    if ending not in READERS:
        allowed = ", ".join(READERS)
        hint = f"rename or convert it, or give its text on standard input with {STDIN!r}"
        return Failure(stem, "read", f"{shown}: the ending {ending!r} is not known; allowed are {allowed}; {hint}")
    return _Place(stem, shown, path=path)


def _in_folder(folder: Path, shown: str) -> Iterator[_Place | Failure]:
    """Find the documents of a folder and its subfolders in sorted order; hidden and other files are passed over."""
    failures: list[OSError] = []
    found = others = 0
    for root, folders, names in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(root, name) for name in sorted(names) if not name.startswith(".")):
            if path.suffix.lower() in READERS and path.is_file():
                found += 1
                yield _Place(_shown(path.stem), _shown(str(path)), path=path)
            else:
                others += 1
    for error in failures:
        where = _shown(str(error.filename))
        yield Failure(
            _shown(folder.name) or "folder", "read", f"{where}: the folder cannot be opened ({error.strerror})"
        )
    if not found and not failures:
        reason = f"the folder has no article ({others} other files); allowed are {', '.join(READERS)}"
        yield Failure(_shown(folder.name) or "folder", "read", f"{shown}: {reason}; give another folder or a file")


def _shown(name: str) -> str:
    """Make a name safe to print and store: file names may hold bytes that are no UTF-8 and control characters."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return text if text.isprintable() else repr(text)[1:-1]


def _stem_of_url(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "url"
    name = unquote(parts.path).rstrip("/").rpartition("/")[2]
    return Path(name).stem or parts.netloc or "url"
