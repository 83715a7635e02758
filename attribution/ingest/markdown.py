"""Read Markdown: the words that a reader of the rendered page would see, one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attribution.ingest.draft import Draft
from attribution.text import read_bytes

if TYPE_CHECKING:
    from markdown_it.token import Token

# markdown-it reads 0.4 MB a second (measured); no article is longer, and a corpus in one file is better read as text.
MAX_CHARS = 5_000_000
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|author|date|lang|language):[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_HTML = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL | re.IGNORECASE)


def read(data: bytes) -> Draft:
    """Read the bytes of a Markdown file; its front matter gives title, author, date and language."""
    decoded = read_bytes(data)
    warnings = (decoded.warning,) if decoded.warning else ()
    raw = decoded.text.replace("\r\n", "\n").lstrip("\ufeff")
    if len(raw) > MAX_CHARS:
        note = f"over {MAX_CHARS:,} characters of Markdown are read as plain text, marks included"
        return Draft(raw, warnings=(*warnings, note))
    meta: dict[str, str] = {}
    if front := _FRONT_MATTER.match(raw):
        meta = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front.group(1))}
        raw = raw[front.end() :]
    paragraphs, title = _render(raw)
    return Draft(
        "\n".join(paragraphs),
        title=meta.get("title") or title,
        author=meta.get("author"),
        published=meta.get("date"),
        lang=meta.get("lang") or meta.get("language"),
        warnings=warnings,
    )


def _render(raw: str) -> tuple[list[str], str | None]:
    """Give the paragraphs and the text of the first top heading."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(raw)
    paragraphs: list[str] = []
    title: str | None = None
    number = ""
    for index, token in enumerate(tokens):
        if token.type == "list_item_open":
            number = _lone_number(tokens, index)
        elif token.type == "inline":
            text = number + "".join(_words(token.children or []))
            number = ""
            paragraphs.append(text)
            if title is None and index and tokens[index - 1].type == "heading_open" and tokens[index - 1].tag == "h1":
                title = text
        elif token.type in ("fence", "code_block"):
            paragraphs.append(token.content)
        elif token.type == "html_block":
            paragraphs.append(_HTML.sub("", token.content))
    return paragraphs, title


def _lone_number(tokens: list[Token], index: int) -> str:
    """Keep the number of a list of one: "7. Februar" at the start of a line is a date and no list."""
    item = tokens[index]
    opens = index > 0 and tokens[index - 1].type == "ordered_list_open"
    if not opens:
        return ""
    close = next(
        i for i in range(index, len(tokens)) if tokens[i].type == "list_item_close" and tokens[i].level == item.level
    )
    return f"{item.info}{item.markup} " if tokens[close + 1].type == "ordered_list_close" else ""


def _words(children: list[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br")):
            yield "\n"
