"""What readers see: every character of the text, every statement once, nothing executed, nothing unreadable."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from attribution.report import charts, wording
from attribution.report.article import article_page
from attribution.report.markdown import markdown_report
from attribution.report.marks import marked_paragraphs
from attribution.report.table import COLUMNS, csv_header, csv_rows, statement_rows
from attribution.report.terminal import article_report
from attribution.types import Article, Hedge, Statement
from tests import results

FIXTURES = [results.english, results.german, results.hostile, results.overlapping, results.empty]
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """Read a page as a browser does, far enough to see its elements and the text of the article."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str | None]] = []
        self.text = ""
        self.all_text = ""
        self.feed(html)
        self.close()
        assert self.open == [], f"not closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("id")))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        self.all_text += data
        if ("article", "text") in self.open:
            self.text += data

    def ids(self) -> Counter[str]:
        return Counter(attrs["id"] for _, attrs in self.elements if attrs.get("id"))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


# --- the page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", FIXTURES)
def test_text_of_the_page_is_the_article(make):
    result = make()
    assert Page(article_page(result)).text == result.article.text


@pytest.mark.parametrize(
    "text", ["a\rb\r\nc.", "tab\tand\u00a0space", "a < b && c > d &amp; e", "\n\n lead and trail \n\n"]
)
def test_odd_characters_of_the_text_are_kept(text):
    result = replace(results.empty(), article=Article("a", text, "en"))
    assert Page(article_page(result)).text == text


@pytest.mark.parametrize("make", FIXTURES)
def test_every_statement_is_marked_exactly_once_and_explained_once(make):
    result = make()
    page = Page(article_page(result))
    ids = page.ids()
    assert {s.id: ids[s.id] for s in result.statements} == {s.id: 1 for s in result.statements}
    assert all(ids[f"why-{s.id}"] == 1 for s in result.statements)
    assert max(ids.values(), default=1) == 1
    ends = [mark for mark in page.of("mark") if "end" in (mark["class"] or "").split()]
    assert len(ends) == len(result.statements)


@pytest.mark.parametrize("make", FIXTURES)
def test_every_link_inside_the_page_leads_somewhere(make):
    page = Page(article_page(make()))
    targets = [a["href"][1:] for a in page.of("a") if (a["href"] or "").startswith("#")]
    assert set(targets) <= set(page.ids())
    described = [m["aria-describedby"] for m in page.of("mark") if "aria-describedby" in m]
    assert set(described) <= set(page.ids())


def test_marks_inside_statements_cover_what_was_found():
    html = article_page(results.english())
    assert '<span class="source">two engineers</span>' in html
    assert '<span class="cue">citing</span>' in html
    assert '<span class="hedge">up to</span>' in html
    assert '<span class="disclaimer">could not be independently verified</span>' in html


def test_reason_tells_type_chain_points_and_rules():
    page = Page(article_page(results.english()))
    why = next(m["data-why"] for m in page.of("mark") if m.get("id") == "s5")
    for told in (
        "grade 5, unverified", "Indirect speech: Norhaven Courier → two engineers (unnamed)",
        "“may have”: possibility, the source’s", "+2 source unnamed: two engineers", "+1 relayed by Norhaven Courier",
        "Rules: en-indirect, hedge-up",
    ):  # fmt: skip
        assert told in why
        assert told in page.all_text or told.startswith("grade")


def test_hostile_text_stays_text():
    result = results.hostile()
    html = article_page(result)
    page = Page(html)
    assert "script" not in {tag for tag, _ in page.elements}
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert page.text == result.article.text
    assert "{{ 7 * 7 }}" in page.text
    assert "49" not in page.text
    # Neither the title nor the outlet, the author, a source's name or a point's reason may open an element.
    assert html.count("<script>") == 0


def test_only_web_addresses_become_links():
    hrefs = [a["href"] for a in Page(article_page(results.hostile())).of("a")]
    assert not [href for href in hrefs if "javascript" in (href or "")]
    english = [a["href"] for a in Page(article_page(results.english())).of("a")]
    assert "https://example.org/norhaven?a=1&b=2" in english


def test_page_stands_alone():
    html = article_page(results.english())
    page = Page(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object"}
    assert "url(" not in html
    assert "@import" not in html
    policy = next(m["content"] for m in page.of("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    loaded = [value for _, attrs in page.elements for key, value in attrs.items() if key in ("src", "xlink:href")]
    assert loaded == []


def test_languages_are_declared():
    page = Page(article_page(results.german()))
    assert page.of("html")[0]["lang"] == "en"
    assert page.of("article")[0]["lang"] == "de"


def test_sources_link_to_their_statements():
    html = article_page(results.english())
    row = html[html.index('<th scope="row" lang="en">Norhaven Courier') :].split("</tr>")[0]
    assert re.findall(r'href="#(s\d+)"', row) == ["s3", "s5"]
    assert '<td class="n">2</td>' in row


def test_page_says_what_it_does_not_say_and_where_it_comes_from():
    text = Page(article_page(results.english())).all_text
    assert "What this does not say" in text
    assert all(sentence in text for sentence in wording.NOT_SAID)
    assert "attribution 0.1.0" in text
    assert "2026-11-22T08:00:00Z" in text


def test_page_is_the_same_twice():
    assert article_page(results.english()) == article_page(results.english())


# --- the marks -----------------------------------------------------------------------------------------------------


def test_innermost_statement_wins_and_torn_ones_are_joined_by_first_and_last():
    result = results.overlapping()
    paragraphs, _ = marked_paragraphs(result)
    shown = [
        (s.statement.id, "".join(piece.text for piece in s.pieces), s.first, s.last)
        for p in paragraphs
        for s in p.stretches
        if s.statement
    ]
    assert shown[0] == ("s1", "“One and ", True, False)
    assert ("s2", "two, ", True, True) in shown
    assert ("s1", ",” said Four of Five.", False, True) in shown
    assert ("s7", "", True, True) in shown or ("s6", "", True, True) in shown


TEXT = "“One two,”  said\nfour. \n\n Five six 🚢 seven.\n"
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(lambda s: (s[0], min(len(TEXT), s[0] + s[1])))


@given(st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=8))
def test_any_spans_give_the_text_back_with_every_statement_once(stretches, marks):
    stretches = [(start, end) for start, end in stretches if TEXT[start:end].strip() == TEXT[start:end]]
    statements = tuple(
        Statement(f"s{n}", start, end, TEXT[start:end], 0, 0, None, (), None, 1, ())
        for n, (start, end) in enumerate(stretches, 1)
    )
    hedges = tuple(Hedge(s, e, TEXT[s:e], "doubt", "reporter", 1.0, "r") for s, e in marks)
    result = replace(results.empty(), article=Article("a", TEXT, "en"), statements=statements, hedges=hedges)
    paragraphs, rest = marked_paragraphs(result)
    pieces = [(s, piece) for p in paragraphs for s in p.stretches for piece in s.pieces]
    text = "".join(p.gap + "".join(piece.text for s in p.stretches for piece in s.pieces) for p in paragraphs) + rest
    assert text == TEXT
    for end in ("first", "last"):
        seen = Counter(s.statement.id for p in paragraphs for s in p.stretches if s.statement and getattr(s, end))
        assert seen == Counter(s.id for s in statements)
    place = 0
    for paragraph in paragraphs:
        place += len(paragraph.gap)
        for piece in (piece for s in paragraph.stretches for piece in s.pieces):
            covered = any(s <= place and place + len(piece.text) <= e for s, e in marks)
            assert ("hedge" in piece.marks) == covered
            place += len(piece.text)
    assert all(piece.text for _, piece in pieces)


# --- the colours ---------------------------------------------------------------------------------------------------

CSS = files("attribution.report").joinpath("templates/article.css").read_text("utf-8")


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", block))


LIGHT = colours(CSS[: CSS.index("@media")])
DARK = LIGHT | colours(CSS[CSS.index("prefers-color-scheme: dark") : CSS.index("* { box-sizing")])
PRINT = LIGHT | colours(CSS[CSS.index("@media print") :])
THEMES = {"light": LIGHT, "dark": DARK, "print": PRINT}
GRADES = [f"grade-{n}" for n in range(1, 6)]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        *[("ink", back, 4.5) for back in ("paper", "raised", *GRADES)],
        *[("muted", back, 4.5) for back in ("paper", "raised")],
        *[("link", back, 4.5) for back in ("paper", "raised")],
        # Lines under hedges and around numbers are no text: WCAG asks 3.
        *[("hedge", back, 3.0) for back in ("paper", *GRADES)],
        *[("muted", back, 3.0) for back in GRADES],
    ],
)
def test_contrast_is_at_least_wcag_aa(theme, front, back, least):
    ratio = contrast(THEMES[theme][front], THEMES[theme][back])
    assert ratio >= least, f"{front} on {back} in {theme}: {ratio:.2f}"


@pytest.mark.parametrize("theme", THEMES)
def test_grades_differ_in_lightness_so_that_they_can_be_told_apart_without_colour(theme):
    steps = [luminance(THEMES[theme][name]) for name in GRADES]
    rising = steps if theme == "dark" else steps[::-1]
    assert all(darker < lighter for darker, lighter in pairwise(rising))


def test_no_colour_stands_outside_the_variables():
    rules = re.sub(r"--[\w-]+:[^;]*;", "", CSS)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", rules) == []


# --- the figure ----------------------------------------------------------------------------------------------------


def test_figure_follows_the_theme_and_holds_no_date():
    svg = charts.grades_by_naming(results.english())
    assert svg.startswith("<svg ")
    assert svg == charts.grades_by_naming(results.english())
    assert re.findall(r"#[0-9a-f]{6}", svg) == []
    assert "var(--grade-5)" in svg
    assert "202" not in svg
    assert "<style" not in svg
    assert "font-family" not in svg
    assert ">person by name</text>" in svg


def test_figure_needs_a_statement():
    assert charts.grades_by_naming(results.empty()) is None


def test_figure_leaves_pyplot_alone():
    import sys

    charts.grades_by_naming(results.german())
    assert "matplotlib.pyplot" not in sys.modules


# --- the terminal --------------------------------------------------------------------------------------------------


def draw(result, width: int, **options) -> str:
    console = Console(width=width, file=io.StringIO(), **options)
    console.print(article_report(result, width))
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 116, 160, 240])
@pytest.mark.parametrize("make", FIXTURES)
def test_no_line_is_wider_than_the_terminal(make, width):
    assert max(cell_len(line) for line in draw(make(), width).splitlines()) <= width


def test_wide_table_has_a_column_for_everything():
    head = next(line for line in draw(results.english(), 160).splitlines() if "statement" in line and "grade" in line)
    assert head.split() == ["§", "statement", "source", "naming", "hedges", "grade"]
    row = next(line for line in draw(results.english(), 160).splitlines() if "citing two engineers" in line)
    assert "Norhaven Courier → two engineers" in row
    assert row.rstrip().endswith("○ 5 unverified")


def test_narrow_table_stacks_instead_of_squeezing():
    lines = draw(results.english(), 80).splitlines()
    head = next(line for line in lines if "statement" in line and "grade" in line)
    assert head.split() == ["§", "statement", "grade"]
    assert any(line.split() == ["↳", "Norhaven", "Courier", "→", "two", "engineers", "(unnamed)"] for line in lines)
    assert any("~ up to, may have, not verified" in line for line in lines)
    row = next(line for line in lines if "citing two engineers" in line)
    assert len(row[:62].split("  ", 3)[-1].strip()) > 40


@pytest.mark.parametrize("width", [80, 160])
def test_every_statement_has_its_row(width):
    result = results.english()
    assert sum(line.count(word.symbol) for word in wording.GRADES.values() if word.symbol != "–"
               for line in draw(result, width).splitlines()) == 11  # fmt: skip
    assert "no grade" in draw(result, width)


def test_own_voice_is_shown_as_a_dash():
    row = next(line for line in draw(results.english(), 160).splitlines() if "Nobody was hurt" in line)
    assert "–" in row
    assert "own voice" in row


def test_heading_profile_and_sources_are_there():
    text = draw(results.german(), 160)
    for told in ("Staudamm bei Brunnau", "Talbote am Sonntag", "German", "55 words", "The text makes 5 statements"):
        assert told in text
    assert re.search(r"Landesamt für Wasserbau\s+government\s+organisation\s+2", text)


def test_no_escape_code_without_a_terminal():
    assert "\x1b" not in draw(results.english(), 80)


def test_escape_codes_and_markup_of_the_text_do_nothing():
    result = results.empty()
    text = "\x1b[31mRed\x07 said [bold]no[/bold]\u202e."
    statement = Statement("s1", 0, len(text), text, 0, 0, None, (), None, 1, ())
    article = replace(result.article, title=text, text=text)
    shown = draw(replace(result, article=article, statements=(statement,)), 80, force_terminal=True, color_system=None)
    assert "\x1b[31m" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "[bold]no[/bold]" in shown


# --- the words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 10, "short"),
        ("two  lines\nhere", 40, "two lines here"),
        ("one two three four", 12, "one two…"),
        ("Donaudampfschifffahrtsgesellschaft", 12, "Donaudampfs…"),
        ("ends with a comma, and more", 19, "ends with a comma…"),
    ],
)
def test_texts_are_cut_at_words(text, limit, short):
    assert wording.shorten(text, limit) == short
    assert len(short) <= limit


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (results.english, "The text makes 12 statements: 6 are attributed to a source, 6 stand in its own voice."),
        (results.english, "Of those attributed, 4 rest on a named person or an organisation, "
                          "1 on a role or a group and 1 on unnamed or unspecified sources."),
        (results.hostile, "Of those attributed, 1 rests on a named person or an organisation and "
                          "none on unnamed or unspecified sources."),
        (results.german, "The text makes 5 statements: 4 are attributed to a source, 1 stands in its own voice."),
        (results.german, "As the text puts them, 3 fairly firm, 1 tentative and 1 unverified."),
        (results.empty, "No statement was found in this text."),
    ],
)  # fmt: skip
def test_profile_is_said_in_sentences(make, told):
    assert told in wording.profile_sentences(make())


@pytest.mark.parametrize("make", [results.english, results.german, results.hostile, results.overlapping])
def test_profile_has_three_to_five_sentences(make):
    assert 3 <= len(wording.profile_sentences(make())) <= 5


def test_unspecified_source_is_named_so():
    result = results.german()
    attribution = replace(result.attributions[0], sources=())
    statement = replace(result.statements[0], attribution=attribution)
    assert wording.chain(statement) == "no source named"
    assert wording.naming(statement) == "unspecified"


# --- tables --------------------------------------------------------------------------------------------------------


def test_csv_has_one_row_a_statement_under_stable_names():
    result = results.english()
    rows = list(csv.DictReader(io.StringIO(csv_header() + csv_rows(result))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["statement"] for row in rows] == [s.id for s in result.statements]
    assert [row["text"] for row in rows] == [s.text for s in result.statements]
    fifth = rows[4]
    assert (fifth["chain"], fifth["relays"], fifth["origin"]) == (
        "Norhaven Courier > two engineers", "Norhaven Courier", "two engineers",
    )  # fmt: skip
    assert (fifth["naming"], fifth["named"], fifth["grade"], fifth["points"]) == ("unnamed", "false", "5", "7")
    assert fifth["hedge_classes"] == "approximation | possibility | disclaimer"
    assert (rows[7]["grade"], rows[7]["points"], rows[0]["points"]) == ("", "", "0")
    assert (rows[11]["likelihood_low"], rows[11]["likelihood_high"]) == ("55", "80")


def test_csv_columns_do_not_change_unnoticed():
    assert COLUMNS == (
        "article", "statement", "paragraph", "sentence", "start", "end", "text", "type", "inherited", "chain", "relays",
        "origin", "origin_id", "kind", "naming", "named", "cue", "hedges", "hedge_classes", "hedge_holders",
        "likelihood_low", "likelihood_high", "grade", "grade_word", "points", "why", "admiralty",
    )  # fmt: skip


def test_csv_keeps_quotes_commas_and_newlines_of_the_text():
    result = results.overlapping()
    rows = list(csv.DictReader(io.StringIO(csv_header() + csv_rows(result), newline="")))
    assert [row["text"] for row in rows] == [s.text for s in result.statements]
    assert len(list(statement_rows(result))) == len(result.statements)


def test_markdown_has_every_statement_and_no_markup_of_the_text():
    result = results.hostile()
    text = markdown_report(result)
    assert text.startswith("# ")
    assert "<script>" not in text
    assert r"\<script\>" in text
    rows = [line for line in text.splitlines() if re.match(r"\| \d+ \| \d+ \|", line)]
    assert len(rows) == len(result.statements)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 8 for row in rows)


def test_markdown_shows_chain_hedges_and_grade():
    row = next(line for line in markdown_report(results.english()).splitlines() if line.startswith("| 5 |"))
    assert "Norhaven Courier → two engineers | unnamed | up to, may have, not verified | ○ 5 unverified |" in row
