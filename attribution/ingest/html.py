"""Read web pages: trafilatura finds the article and leaves menus, teasers, cookie banners and comments behind."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from attribution.errors import InputError
from attribution.ingest.draft import Draft
from attribution.text import guess_language, normalise, read_bytes

if TYPE_CHECKING:
    from trafilatura.settings import Document

Element: TypeAlias = Any  # lxml comes without types

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})|<\?xml[^>]{0,100}encoding=["']([\w-]{2,40})""", re.I
)
_HEAD = 4_096
# A page without an article still gives a menu or a form; an article has a sentence.
_SENTENCE = re.compile(r"(?<!\S)(?:\S+\s+){4}\S*[.!?…][\"“”»«’')\]]*(?:\s|$)")
_SPACES = re.compile(r"\s+")
_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "cell", "code", "div", "lb", "body"})
# Its search through the text takes "the wall in 2019" for a date of publication.
_DATES = {"extensive_search": False, "original_date": True}
_MARKS = {"de": ("„", "“"), "en": ("“", "”")}


def read(data: bytes, encoding: str | None = None) -> Draft:
    """Find the article of a web page with its title, outlet, author and date.

    Raises:
        InputError: The page holds no article, is no HTML, or trafilatura is not installed.
    """
    decoded = read_bytes(data, encoding or _declared(data))
    if not decoded.text.strip():
        raise InputError("the page is empty; save it again with the browser's 'Save page as'")
    with quiet("trafilatura", "htmldate", "justext", "courlan"):
        page = _parse(decoded.text)
        lang = _language(page)
        _write_quote_marks(page, lang or guess_language(page.text_content()) or "en")
        _keep_speakers(page)
        headings = {_flat(heading.text_content()) for heading in page.iter("h1")}
        found = _extract(page)
    text = "" if found is None else re.sub(" *\n *", "\n", "".join(_pieces(found.body))).strip()
    if found is None or not _SENTENCE.search(text):
        raise InputError(
            f"no article was found on the page ({len(data)} bytes of HTML, {len(text)} characters of text without a "
            "sentence); save the full page of one article, or give its text as .txt"
        )
    return Draft(
        _with_heading(text, found.title, headings),
        title=found.title,
        outlet=found.sitename,
        author=found.author,
        published=found.date,
        lang=lang,
        warnings=(decoded.warning,) if decoded.warning else (),
    )


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:_HEAD])
    return (match.group(1) or match.group(2)).decode("ascii", "ignore") if match else None


def _parse(html: str) -> Element:
    try:
        from trafilatura import load_html
    except ImportError as error:
        raise InputError(
            f"reading HTML needs the package trafilatura ({error}); install it with: pip install 'attribution[html]'"
        ) from None
    page = load_html(html)
    if page is None:
        raise InputError("the content is not HTML; check the file, or give a text the ending .txt")
    return page


def _extract(page: Element) -> Document | None:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            page,
            include_comments=False,
            favor_precision=True,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
    except Exception as error:  # whatever breaks in a foreign parser is about this one page
        raise InputError(
            f"the page could not be read as HTML ({type(error).__name__}: {error}); save it again"
        ) from error
    return None if isinstance(found, dict) else found


def _language(page: Element) -> str | None:
    for value in (*page.xpath("/html/@lang"), *page.xpath("//meta[@property='og:locale']/@content")):
        code = str(value).strip().lower().replace("_", "-").split("-")[0]
        if len(code) == 2:
            return code
    return None


def _write_quote_marks(page: Element, lang: str) -> None:
    """Write the marks that a browser shows around ``<q>``; without them nobody could tell that it is a quotation."""
    opening, closing = _MARKS.get(lang, _MARKS["en"])
    for quote in page.iter("q"):
        quote.tag = "span"
        quote.text = opening + (quote.text or "")
        if len(quote):
            quote[-1].tail = (quote[-1].tail or "") + closing
        else:
            quote.text += closing


def _keep_speakers(page: Element) -> None:
    """Save who is quoted in a block quote: trafilatura takes its ``<footer>`` for the page's."""
    for footer in page.xpath("//blockquote//footer"):
        footer.tag = "p"


def _pieces(element: Element) -> Iterator[str]:
    """Give the text of trafilatura's tree, every block (also a list item or table cell) on lines of its own."""
    edge = "\n" if element.tag in _BLOCKS else ""
    yield edge
    if isinstance(element.tag, str):  # comments are elements too
        yield _SPACES.sub(" ", element.text or "")
    for child in element:
        yield from _pieces(child)
        yield _SPACES.sub(" ", child.tail or "")
    yield edge


def _flat(text: str) -> str:
    return " ".join(normalise(text).split())


def _with_heading(text: str, title: str | None, headings: set[str]) -> str:
    """Put the page's heading above the text, as it stands in every other kind of document: it makes statements too."""
    heading = _flat(title or "")
    if not heading or heading not in headings or _flat(text[: 2 * len(heading) + 20]).startswith(heading):
        return text
    return f"{heading}\n{text}"


@contextmanager
def quiet(*names: str) -> Iterator[None]:
    """Keep the log messages of a library about one broken document from the terminal; ours says what matters."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
