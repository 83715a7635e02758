"""Write an article's result as one HTML page that stands alone: no network, no script, nothing of the text trusted."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from attribution.report import charts, wording
from attribution.report.marks import Stretch, marked_paragraphs
from attribution.types import ArticleResult, Statement

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_EXCERPT = 110
# Only these may become a link: an address such as "javascript:…" comes from an article and must stay text.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]+\Z")


def article_page(result: ArticleResult) -> str:
    """Give the whole page of one article."""
    from markupsafe import Markup

    paragraphs, rest = marked_paragraphs(result)
    # Safe: the figure holds this program's own words and numbers only, nothing of the article.
    figure = Markup(charts.grades_by_naming(result) or "")  # noqa: S704
    return _template("article.html.j2").render(
        result=result,
        article=result.article,
        provenance=result.provenance,
        words=wording,
        paragraphs=paragraphs,
        rest=rest,
        figure=figure,
        figure_text=charts.describe(result),
        link=_web_address(result.article.url),
        notes=list(dict.fromkeys([*result.article.warnings, *result.warnings])),
        numbers={statement.id: wording.number(statement) for statement in result.statements},
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("attribution.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["exact"] = _exact
    environment.globals.update(classes=_classes, excerpt=_excerpt, why=_why)
    return environment


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


def _exact(text: str) -> str:
    """Escape text so that a browser gives every character back: it would turn a carriage return into a newline.

    NUL cannot be written in HTML at all and is shown as the replacement character, as browsers do.
    """
    from markupsafe import Markup, escape

    return escape(text).replace("\r", Markup("&#13;")).replace("\0", "\ufffd")


def _classes(stretch: Stretch) -> str:
    """Name the classes of a statement's mark; the last piece of a torn one carries the number of the grade."""
    grade = stretch.statement.grade if stretch.statement else None
    return f"s g{grade or 0}{' end' if stretch.last else ''}"


def _excerpt(statement: Statement) -> str:
    return wording.shorten(statement.text, _EXCERPT)


def _why(statement: Statement) -> str:
    return "\n\n".join([wording.heading(statement), *("\n".join(group) for group in wording.reasons(statement))])


def _web_address(url: str | None) -> str | None:
    return url if url and _WEB_ADDRESS.match(url) else None
