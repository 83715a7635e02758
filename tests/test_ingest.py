"""Reading documents: every kind, what is left out of them, and what bad input gets."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import ClassVar

import docx
import pypdf
import pytest

from attribution.errors import ConfigError, InputError
from attribution.ingest import READERS, article_from_text, boilerplate, files, read_articles
from attribution.ingest.boilerplate import is_boilerplate, load_boilerplate, remove_boilerplate
from attribution.ingest.wrapping import is_wrapped, join_lines
from attribution.types import LANGUAGES, Article, Failure

GERMAN = (
    "Stadt sperrt Brücke über die Elster\n"
    "Die Stadt Torgen hat die alte Brücke gesperrt. Laut Bauamt sind zwei Pfeiler unterspült.\n"
    "„Wir konnten das nicht länger verantworten“, sagte Baudezernentin Ulla Reimann.\n"
)
ENGLISH = (
    "Harbour wall to be raised\n"
    "The council of Penmoor will raise the harbour wall, it announced on Tuesday.\n"
    "According to an engineer who asked not to be named, the old wall could fail."
)


def read_one(given, **options) -> Article | Failure:
    (result,) = read_articles([str(given)], **options)
    return result


def read_text(path: Path, data: str | bytes) -> Article | Failure:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_one(path)


# --- plain text ----------------------------------------------------------------------------------------------------


def test_text_file(tmp_path):
    path = tmp_path / "bruecke.txt"
    article = read_text(path, "\ufeff\n" + GERMAN.replace("\n", "\r\n").replace("Die Stadt", "Die\xa0Stadt"))
    assert isinstance(article, Article)
    assert article.text == GERMAN.strip()
    assert (article.id, article.lang, article.path) == ("bruecke", "de", str(path))
    assert article.title == "Stadt sperrt Brücke über die Elster"
    assert article.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Harbour wall to be raised", "Harbour wall to be raised"),
        ("Council: ‘wall is safe’", "Council: ‘wall is safe’"),
        ("The harbour wall will be raised.", None),
        ("“The wall is safe.”", None),
        ("What they said:", None),
        ("word " * 40, None),
    ],
)
def test_first_line_may_be_the_title_and_stays(first, title):
    article = article_from_text(f"{first}\nThe council said on Tuesday that the work will begin in May.")
    assert article.title == title
    assert article.text.startswith(first.strip())


def test_a_text_of_one_line_has_no_title():
    assert article_from_text("The council said that the wall will be raised").title is None


def test_article_from_text_takes_what_is_known():
    article = article_from_text(
        ENGLISH, id="a1", lang="de", title="Wall", outlet="Penmoor Post", url="https://x.example"
    )
    assert (article.id, article.lang, article.title, article.outlet) == ("a1", "de", "Wall", "Penmoor Post")
    assert article.url == "https://x.example"


@pytest.mark.parametrize(("raw", "says"), [("", "no text"), ("\n \u200b\n", "no text"), ("Anzeige\n", "boilerplate")])
def test_article_from_text_refuses_empty_text(raw, says):
    with pytest.raises(InputError, match=says):
        article_from_text(raw)


def test_emoji_and_right_to_left_text_keep_their_offsets():
    article = article_from_text(
        'Der Sprecher schrieb: "Danke 👨\u200d👩\u200d👧!" und fügte \u202bשלום\u202c hinzu, was nicht alle verstanden.'
    )
    assert article.text[article.text.index("שלום") :].startswith("שלום hinzu")
    assert "👨\u200d👩\u200d👧!" in article.text


WRAPPED = """The harbour wall in Penmoor is to be raised by half a metre
after the storms of last winter, the council announced on
Tuesday. The work will begin in May.

According to an engineer who asked not to be named, the old
wall "could fail" in the next storm. The council denied this
in a state-
ment and spoke of short- and long-term plans.
"""


def test_lines_broken_for_a_page_are_joined():
    article = article_from_text(WRAPPED)
    first, second = article.text.split("\n")
    assert first.startswith("The harbour wall in Penmoor is to be raised by half a metre after the storms")
    assert "in a statement and spoke of short- and long-term plans." in second
    assert any("joined to paragraphs" in warning for warning in article.warnings)


def test_paragraph_lines_are_not_taken_for_wrapped_ones():
    assert not is_wrapped(GERMAN.splitlines())
    assert not is_wrapped(["Die Lage im Hafen blieb am Abend unklar, wie es hieß."] * 10)
    assert article_from_text(GERMAN).text == GERMAN.strip()


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Der Minis-", "ter kam."], "Der Minister kam."),
        (["Die Vor-", "und Nachteile"], "Die Vor- und Nachteile"),
        (["Die Nord-", "Süd-Achse"], "Die Nord-Süd-Achse"),
        (["Ein Ver\xad", "trag"], "Ein Vertrag"),
        (["Eins.", "", "Zwei."], "Eins.\nZwei."),
        (
            ["a" * 60 + ".", "Ende.", "Neuer Absatz beginnt " + "b" * 40],
            "a" * 60 + ". Ende.\nNeuer Absatz beginnt " + "b" * 40,
        ),
        ([], ""),
    ],
)
def test_join_lines(lines, joined):
    assert join_lines(lines) == joined


# --- boilerplate ---------------------------------------------------------------------------------------------------

ENTRIES = [pytest.param(line, id=line.id) for lang in LANGUAGES for line in load_boilerplate(lang)]


@pytest.mark.parametrize("line", ENTRIES)
def test_every_boilerplate_entry_matches_its_example_only(line):
    assert re.fullmatch(line.pattern, line.example, re.IGNORECASE), "example"
    assert not is_boilerplate(line.lookalike), "lookalike"


def test_boilerplate_ids_are_unique():
    ids = [entry.values[0].id for entry in ENTRIES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "line",
    [
        "Folgen Sie uns auf Facebook, Instagram und WhatsApp!",
        "Folgt uns auf X",
        "Lesen Sie auch: Wer zahlt für den Deich?",
        "Lesen Sie hier mehr »",
        "ANZEIGE",
        "Der Artikel wird nach der Anzeige fortgesetzt",
        "Jetzt Newsletter abonnieren",
        "Alle Cookies akzeptieren",
        "Das könnte Sie auch interessieren:",
        "Teilen Twittern Drucken",
        "Follow us on X and Instagram for more",
        "READ MORE: Ferry strike enters second week",
        "Read more",
        "Advertisement",
        "Story continues below",
        "Share on Facebook",
        "Accept all cookies",
        "This website uses cookies to give you the best experience.",
        "Sign up to receive our weekly briefing in your inbox",
        "You may also like",
        "Related articles",
        "Already a subscriber? Log in",
        "5 min read",
    ],
)
def test_boilerplate_lines_are_known(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Die Polizei bittet um Hinweise.",
        "Anzeigen gegen zwei Beamte wurden eingestellt.",
        "Mit Material von dpa und Reuters",
        "Foto: M. Berger/dpa",
        "Teilen der Bevölkerung fehlt das Geld für Strom.",
        "Weiterlesen wollte im Gericht niemand mehr.",
        "Kommentare unter dem Beitrag seien gelöscht worden, sagte der Sender.",
        "Cookies und Kuchen verkaufte der Verein am Samstag.",
        "Related to this, the minister denied any wrongdoing.",
        "Read the letter, the lawyer urged the court.",
        "Share of voters undecided: 12 percent, the poll found.",
        "“Follow us on Twitter, we have nothing to hide,” the mayor said.",
        "Sign up for it or lose it, residents were told.",
        "X",
        "Additional reporting by Reuters",
    ],
)
def test_sentences_are_not_taken_for_boilerplate(line):
    assert not is_boilerplate(line)


def test_boilerplate_is_removed_and_reported():
    teaser = "Folgen Sie uns und verpassen Sie keine Nachricht aus der Region"
    text = f"Die Brücke ist zu.\n\n{teaser}\n\nDas sagte das Amt.\n{teaser}\nMehr war nicht zu erfahren.\n{teaser}"
    rest, warnings = remove_boilerplate(text)
    assert rest == "Die Brücke ist zu.\n\nDas sagte das Amt.\nMehr war nicht zu erfahren."
    assert warnings == (f"removed boilerplate line, 3 times: '{teaser}'",)


def test_the_first_of_a_repeated_line_stays():
    lines = ["Das Wetter wird Ihnen präsentiert.", *"abcdefgh"]
    text = "\n".join(f"{lines[0]}\nAbsatz {mark} erzählt etwas anderes als die anderen." for mark in "abc")
    text += "\nNoch ein Absatz.\nUnd noch einer.\nUnd der letzte."
    rest, warnings = remove_boilerplate(text)
    assert rest.count(lines[0]) == 1
    assert rest.startswith(lines[0])
    assert warnings == (f"removed repeated line, 2 times: '{lines[0]}'",)


@pytest.mark.parametrize(
    "text",
    [
        "Stille.\nEin Satz.\nStille.\nNoch ein Satz.\nStille.\nEin dritter Satz.\nEnde.",
        "Das ist ein Satz hier.\nDas ist ein Satz hier.\nEin anderer Absatz.\nNoch einer.\nUnd noch einer.\nEnde.",
        "\n".join(["Immer wieder dieselbe Zeile im Lied."] * 6),
    ],
    ids=["short line", "only twice", "nothing else"],
)
def test_other_repetition_stays(text):
    rest, _ = remove_boilerplate(text)
    assert rest == text


def test_many_removed_lines_do_not_flood_the_warnings():
    text = "Der erste Absatz.\n" + "\n".join(f"Lesen Sie auch: Artikel {n}" for n in range(50))
    _, warnings = remove_boilerplate(text)
    assert len(warnings) == boilerplate.MAX_WARNINGS + 1
    assert warnings[-1] == "removed 30 more lines like these"


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ({"line": [{"id": "x", "pattern": "a", "example": "a", "lookalike": "b", "colour": "red"}]}, "'colour'"),
        ({"line": [{"id": "x", "pattern": "a", "example": "a"}]}, "'lookalike'"),
        ({"line": [{"id": "x", "pattern": "(", "example": "a", "lookalike": "b"}]}, "no regular expression"),
        ({"rows": []}, "'rows'"),
    ],
)
def test_wrong_boilerplate_files_are_refused(monkeypatch, tables, says):
    monkeypatch.setattr(boilerplate, "read_lexicon", lambda lang, name: tables)
    with pytest.raises(ConfigError, match=re.escape(says)):
        load_boilerplate.__wrapped__("de")


# --- Markdown ------------------------------------------------------------------------------------------------------


def test_markdown_becomes_running_text(tmp_path):
    article = read_text(
        tmp_path / "wall.md",
        "---\ntitle: 'Wall to be raised'\nauthor: Ada Finch\ndate: 2024-05-02\nlang: en\n---\n"
        "# Harbour wall\n\nThe *council* of [Penmoor](https://penmoor.example) will **raise** "
        "the\nwall, it said\\*.\n\n"
        '> "We cannot wait," said the mayor.\n>\n> She spoke on `Tuesday`.\n\n'
        "- First the north side.\n- Then the <b>south</b> side.\n\n![wall](a.png)\n\n"
        "| Year | Cost |\n|---|---|\n| 2024 | 2m |\n\n```\nNotice 4711\n```\n\n"
        "<!-- draft -->\n7. May is the first day.\n",
    )
    assert isinstance(article, Article)
    assert [line for line in article.text.split("\n") if line] == [
        "Harbour wall",
        "The council of Penmoor will raise the wall, it said*.",
        '"We cannot wait," said the mayor.',
        "She spoke on Tuesday.",
        "First the north side.",
        "Then the south side.",
        "Year",
        "Cost",
        "2024",
        "2m",
        "Notice 4711",
        "7. May is the first day.",
    ]
    assert (article.title, article.author, article.published) == ("Wall to be raised", "Ada Finch", "2024-05-02")


def test_markdown_heading_is_the_title(tmp_path):
    article = read_text(tmp_path / "wall.markdown", "# Wall & *harbour*\n\nThe council said that it will be raised.\n")
    assert isinstance(article, Article)
    assert article.title == "Wall & harbour"


# --- HTML ----------------------------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Stadt sperrt Brücke | Elsterbote</title>
<meta property="og:title" content="Stadt sperrt Brücke"><meta property="og:site_name" content="Elsterbote">
<meta name="author" content="Jana Wolter"><meta property="article:published_time" content="2024-03-05T09:30:00+01:00">
</head><body><header><nav><ul><li><a href="/">Start</a></li><li><a href="/politik">Politik</a></li></ul></nav></header>
<div class="cookie-banner"><p>Wir verwenden Cookies, um Inhalte anzuzeigen und die Nutzung auszuwerten.</p></div>
<main><article><h1>Stadt sperrt Brücke</h1>
<p>Die Stadt Torgen hat die Brücke über die Elster gesperrt. Laut Bauamt sind zwei Pfeiler unterspült.</p>
<p>Anzeige</p>
<p>Der Schaden sei am Montag aufgefallen, sagte Dezernentin Ulla Reimann.
<q>Das war <em>knapp</em></q>, erklärte sie.</p>
<blockquote><p>„Wer jetzt noch darüber fährt, handelt grob fahrlässig.“</p>
<footer>– Bauamtsleiter Timo Kranz</footer></blockquote>
<p>Lesen Sie auch: <a href="/x">Warum Brücken altern</a></p>
<h2>Sperrung bis Herbst</h2>
<p>Wie der Elsterbote unter Berufung auf das <a href="/amt">Bauamt</a> berichtet, soll die Sper&shy;rung bis Oktober
dauern.<br>Die Kosten könnten bei drei Millionen&nbsp;Euro liegen.</p>
<ul><li>Fußgänger dürfen weiter passieren.</li><li>Der Bus fährt eine Umleitung über Neudorf.</li></ul>
<div class="newsletter-box"><p>Melden Sie sich jetzt für unseren Newsletter an!</p></div>
<p>Eine Anwohnerin, die ungenannt bleiben will, sagte: "Wir haben seit Jahren gewarnt."</p>
<aside class="related"><h3>Mehr zum Thema</h3><ul><li><a href="/a">Hochwasser: Wer zahlt?</a></li></ul></aside>
<div class="share"><a>Teilen</a> <a>Facebook</a></div></article></main>
<section class="teaser"><h2>Meistgelesen</h2><p>Feuer in Lagerhalle gelöscht</p></section>
<div id="comments"><p>Max: Das war doch klar, dass das so kommt!</p></div>
<footer><p>© 2024 Elsterbote. Alle Rechte vorbehalten.</p></footer></body></html>"""


def test_web_page_gives_its_article_only(tmp_path):
    article = read_text(tmp_path / "seite.html", PAGE)
    assert isinstance(article, Article)
    assert [line for line in article.text.split("\n") if line] == [
        "Stadt sperrt Brücke",
        "Die Stadt Torgen hat die Brücke über die Elster gesperrt. Laut Bauamt sind zwei Pfeiler unterspült.",
        "Der Schaden sei am Montag aufgefallen, sagte Dezernentin Ulla Reimann. „Das war knapp“, erklärte sie.",
        "„Wer jetzt noch darüber fährt, handelt grob fahrlässig.“",
        "– Bauamtsleiter Timo Kranz",
        "Sperrung bis Herbst",
        "Wie der Elsterbote unter Berufung auf das Bauamt berichtet, soll die Sperrung bis Oktober dauern.",
        "Die Kosten könnten bei drei Millionen Euro liegen.",
        "Fußgänger dürfen weiter passieren.",
        "Der Bus fährt eine Umleitung über Neudorf.",
        'Eine Anwohnerin, die ungenannt bleiben will, sagte: "Wir haben seit Jahren gewarnt."',
    ]
    assert (article.title, article.outlet, article.author) == ("Stadt sperrt Brücke", "Elsterbote", "Jana Wolter")
    assert (article.published, article.lang) == ("2024-03-05", "de")
    assert len(article.warnings) == 2


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16"])
def test_web_page_in_another_encoding(tmp_path, encoding):
    article = read_text(
        tmp_path / "seite.htm", PAGE.replace('charset="utf-8"', f'charset="{encoding}"').encode(encoding)
    )
    assert isinstance(article, Article)
    assert "„Wer jetzt noch darüber fährt" in article.text


def test_a_template_in_another_language_does_not_win(tmp_path):
    article = read_text(tmp_path / "seite.html", PAGE.replace('lang="de"', 'lang="en-US"'))
    assert isinstance(article, Article)
    assert article.lang == "de"
    assert any("'en'" in warning and "German" in warning for warning in article.warnings)


def test_a_short_page_has_no_invented_date(tmp_path):
    text = "The ferry of 2019 runs again, the operator said. Two crossings were cancelled."
    page = f"<html><title>Ferry</title><p>{text}</p></html>"
    article = read_text(tmp_path / "ferry.xhtml", page)
    assert isinstance(article, Article)
    assert article.published is None
    assert article.text == text


# --- PDF and Word --------------------------------------------------------------------------------------------------


def make_pdf(pages: list[list[str]], info: str = "") -> bytes:
    """Write a PDF by hand: one content stream a page, one text line a line, in Latin-1."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line.translate({40: None, 41: None})}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("cp1252")
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    if info:
        bodies.append(info.encode("latin-1"))
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = f"<< /Size {len(bodies) + 1} /Root 1 0 R {f'/Info {len(bodies)} 0 R' if info else ''} >>".encode()
    start = len(data)
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF" % (
        len(bodies) + 1,
        table,
        trailer,
        start,
    )


LINES = [
    "Die Stadt Torgen hat die alte Brücke über die Elster gesperrt. Laut Bau-",
    "amt sind zwei Pfeiler unterspült, die Vor- und Nachteile einer Sanierung",
    "würden geprüft.",
    "„Wir konnten das nicht länger verantworten“, sagte Baudezernentin Ulla",
    "Reimann am Montag.",
]


def encrypted(data: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf_lines_become_paragraphs(tmp_path):
    article = read_text(tmp_path / "bericht.pdf", make_pdf([LINES], "<< /Title (Gesperrt) /Author (Jana Wolter) >>"))
    assert isinstance(article, Article)
    assert article.text.split("\n") == [
        "Die Stadt Torgen hat die alte Brücke über die Elster gesperrt. Laut Bauamt sind zwei Pfeiler unterspült, die "
        "Vor- und Nachteile einer Sanierung würden geprüft.",
        "„Wir konnten das nicht länger verantworten“, sagte Baudezernentin Ulla Reimann am Montag.",
    ]
    assert (article.title, article.author, article.lang) == ("Gesperrt", "Jana Wolter", "de")


def test_pdf_page_headers_and_numbers_go(tmp_path):
    pages = [[f"Elsterbote, Ausgabe {n}", *LINES, f"Seite {n} von 3"] for n in (1, 2, 3)]
    article = read_text(tmp_path / "bericht.pdf", make_pdf(pages))
    assert isinstance(article, Article)
    assert "Elsterbote" not in article.text
    assert "Seite" not in article.text
    assert any("6 page headers" in warning for warning in article.warnings)


def test_pdf_that_is_only_protected_against_changes_is_read(tmp_path):
    article = read_text(tmp_path / "bericht.pdf", encrypted(make_pdf([LINES]), ""))
    assert isinstance(article, Article)
    assert "Baudezernentin" in article.text


def make_docx(**properties: str) -> bytes:
    document = docx.Document()
    document.add_heading("Harbour wall to be raised", level=0)
    document.add_paragraph("The council of Penmoor will raise the harbour wall, it announced on Tuesday.")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Cost by year"
    table.cell(1, 0).text, table.cell(1, 1).text = "2024", "two million pounds"
    document.add_paragraph("“We cannot wait,” said the mayor.")
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_document(tmp_path):
    article = read_text(tmp_path / "wall.docx", make_docx(author="Ada Finch", title="Wall"))
    assert isinstance(article, Article)
    assert article.text.split("\n") == [
        "Harbour wall to be raised",
        "The council of Penmoor will raise the harbour wall, it announced on Tuesday.",
        "Cost by year",
        "2024",
        "two million pounds",
        "“We cannot wait,” said the mayor.",
    ]
    assert (article.title, article.author, article.lang) == ("Wall", "Ada Finch", "en")


def test_word_document_without_properties_takes_its_heading(tmp_path):
    article = read_text(tmp_path / "wall.docx", make_docx(title=""))
    assert isinstance(article, Article)
    assert (article.title, article.author) == ("Harbour wall to be raised", None)


# --- inputs --------------------------------------------------------------------------------------------------------


def test_folder_is_read_in_order_without_hidden_and_other_files(tmp_path):
    for name in ("b.txt", "a.TXT", "sub/a.md", ".hidden.txt", ".git/x.txt", "picture.png", "data.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(ENGLISH, encoding="utf-8")
    found = list(read_articles([str(tmp_path)]))
    assert [article.id for article in found] == ["a", "b", "a-2"]
    assert all(isinstance(article, Article) for article in found)


def test_ids_are_unique_even_when_a_name_looks_like_a_made_one(tmp_path):
    for name in ("x/a.txt", "y/a.txt", "z/a-2.txt", "z/b/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(ENGLISH, encoding="utf-8")
    ids = [article.id for article in read_articles([str(tmp_path)])]
    assert ids[:2] == ["a", "a-2"]
    assert len(set(ids)) == 4


@pytest.mark.parametrize("data", [ENGLISH.encode(), make_pdf([["The wall is safe, the council said on Tuesday."]])])
def test_standard_input_is_told_by_its_first_bytes(data):
    article = read_one("-", stdin=BytesIO(data))
    assert isinstance(article, Article), article
    assert (article.id, article.path, article.lang) == ("stdin", None, "en")
    assert "council" in article.text


def test_html_on_standard_input():
    article = read_one("-", stdin=BytesIO(PAGE.encode()))
    assert isinstance(article, Article)
    assert article.outlet == "Elsterbote"


def test_given_language_overrides_what_the_text_looks_like(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Le ministre a dit que les négociations sont dans une impasse.", encoding="utf-8")
    article = read_one(path, lang="en")
    assert isinstance(article, Article)
    assert article.lang == "en"


class _Site(BaseHTTPRequestHandler):
    pages: ClassVar = {
        "/news/br%C3%BCcke.html": (
            200,
            "text/html; charset=windows-1252",
            PAGE.replace('<meta charset="utf-8">', "").encode("cp1252"),
        ),
        "/a.txt": (200, "text/plain", ENGLISH.encode()),
        "/a.png": (200, "image/png", b"\x89PNG"),
        "/gone": (404, "text/html", b"gone"),
    }

    def do_GET(self):
        if self.path == "/ftp":
            self.send_response(302)
            self.send_header("Location", "ftp://127.0.0.1/a.txt")
            self.end_headers()
            return
        status, kind, data = self.pages[self.path]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_address_is_fetched(site):
    article = read_one(f"{site}/a.txt")
    assert isinstance(article, Article)
    assert (article.id, article.url, article.path, article.text) == ("a", f"{site}/a.txt", None, ENGLISH)


def test_page_is_read_in_the_encoding_that_the_server_states(site):
    article = read_one(f"{site}/news/brücke.html")
    assert isinstance(article, Article), article
    assert article.id == "brücke"
    assert "unterspült" in article.text


@pytest.mark.parametrize(
    ("path", "says"),
    [("/a.png", "'image/png'"), ("/gone", "404"), ("/ftp", "not on the web")],
)
def test_bad_address_gives_a_failure(site, path, says):
    failure = read_one(site + path)
    assert isinstance(failure, Failure)
    assert says in failure.reason
    assert site + path in failure.reason


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a.html", "http://[half", "https://", "http://a b/c"])
def test_address_that_does_not_answer_gives_a_failure(url):
    failure = read_one(url)
    assert isinstance(failure, Failure)
    assert failure.stage == "read"


# --- bad input -----------------------------------------------------------------------------------------------------

NO_ARTICLE = (
    "<html><head><title>Login</title></head><body><nav><a href='/'>Home</a></nav><form><label>User</label>"
    "<button>Log in</button></form><footer>© 2024 Example Media. All rights reserved.</footer></body></html>"
)
FRONT = (
    "<html><body>"
    + "".join(f"<h2><a href='{n}'>Minister denies claim {n}</a></h2>" for n in range(9))
    + "</body></html>"
)
FRENCH = "Le ministre a déclaré hier que les négociations sont dans une impasse."

BAD = [
    ("missing.txt", None, "read", "there is no such file"),
    ("empty.txt", b"", "read", "no text"),
    ("blank.txt", b" \n\t\n\xc2\xa0\n", "read", "no text"),
    ("only_ads.txt", b"Anzeige\nAdvertisement\n", "read", "nothing but boilerplate"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "read", "PNG image"),
    ("random.txt", bytes(range(256)) * 9, "read", "binary data"),
    ("report.txt", make_pdf([LINES]), "read", "ending .pdf"),
    ("word.txt", b"PK\x03\x04" + bytes(90), "read", ".docx"),
    ("french.txt", FRENCH.encode(), "language", "French (fr)"),
    ("russian.txt", "Правительство решило снизить налоги.".encode(), "language", "Russian (ru)"),
    ("numbers.txt", b"4711 0815 2024", "language", "--lang de or --lang en"),
    ("notes.xyz", b"text", "read", "'.xyz' is not known; allowed are .txt, .md"),
    ("noending", b"text", "read", "'' is not known"),
    ("many.jsonl", b"{}", "read", "attribution extract"),
    ("text.pdf", b"This is not a PDF at all.", "read", "cannot be read as PDF"),
    ("cut.pdf", make_pdf([LINES])[:400], "read", "PDF"),
    ("empty.pdf", b"", "read", "cannot be read as PDF"),
    ("scan.pdf", make_pdf([[], []]), "read", "2 pages but no text"),
    ("locked.pdf", encrypted(make_pdf([LINES]), "secret"), "read", "encrypted"),
    ("text.docx", b"This is no Word document.", "read", "not a Word document"),
    ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "read", "old .doc file"),
    ("cut.docx", make_docx()[:3000], "read", "not a Word document"),
    ("empty.html", b"", "read", "empty"),
    ("login.html", NO_ARTICLE.encode(), "read", "no article"),
    ("front.html", FRONT.encode(), "read", "no article"),
    ("json.html", b'{"a": 1}', "read", "HTML"),
    ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(200), "read", "PNG image"),
]


@pytest.mark.parametrize(("name", "data", "stage", "says"), BAD, ids=[row[0] for row in BAD])
def test_bad_input_gives_a_failure_and_the_next_is_read(tmp_path, capfd, name, data, stage, says):
    path, good = tmp_path / name, tmp_path / "good.txt"
    good.write_text(ENGLISH, encoding="utf-8")
    if data is not None:
        path.write_bytes(data)
    failure, article = read_articles([str(path), str(good)])
    assert isinstance(failure, Failure), failure
    assert (failure.id, failure.stage) == (Path(name).stem, stage)
    assert failure.reason.startswith(f"{path}: ")
    assert says in failure.reason
    assert isinstance(article, Article)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("given", ["", "  ", "a\x00b.txt", "x" * 5000, "-x", "*.txt"])
def test_inputs_that_are_no_path_give_a_failure(given):
    assert isinstance(read_one(given), Failure)


def test_folder_without_articles_gives_a_failure(tmp_path):
    (tmp_path / "data.csv").write_text("a,b", encoding="utf-8")
    failure = read_one(tmp_path)
    assert isinstance(failure, Failure)
    assert "no article (1 other files)" in failure.reason
    assert ".docx" in failure.reason


def test_file_that_may_not_be_opened_gives_a_failure(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(ENGLISH, encoding="utf-8")

    def refuse(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    failure = read_one(path)
    assert isinstance(failure, Failure)
    assert "Permission denied" in failure.reason


@pytest.mark.parametrize("given", ["a.txt", "-"])
def test_too_large_input_gives_a_failure(tmp_path, monkeypatch, given):
    monkeypatch.setattr("attribution.ingest.MAX_BYTES", 50)
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(ENGLISH, encoding="utf-8")
    failure = read_one(given, stdin=BytesIO(ENGLISH.encode()))
    assert isinstance(failure, Failure)
    assert "at most 50 are read" in failure.reason


def test_word_document_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_UNPACKED", 1000)
    failure = read_text(tmp_path / "bomb.docx", make_docx())
    assert isinstance(failure, Failure)
    assert "at most 1,000" in failure.reason


def test_file_name_that_is_no_utf8_can_be_stored(tmp_path):
    path = tmp_path / "br\udcfccke.txt"
    try:
        path.write_text(ENGLISH, encoding="utf-8")
    except (OSError, UnicodeEncodeError):
        pytest.skip("the file system takes only UTF-8 names")
    article = read_one(path)
    assert isinstance(article, Article)
    assert article.id.encode("utf-8") == "br\ufffdcke".encode()


@pytest.mark.parametrize(
    ("ending", "package", "extra"),
    [
        (".html", "trafilatura", "attribution[html]"),
        (".pdf", "pypdf", "attribution[files]"),
        (".docx", "docx", "attribution[files]"),
    ],
)
def test_missing_extra_is_named(monkeypatch, ending, package, extra):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(InputError, match=re.escape(extra)):
        READERS[ending](b"<p>some text</p>")


def test_heavy_libraries_are_not_imported_with_the_package():
    code = (
        "import sys, attribution.ingest; "
        "print([m for m in ('trafilatura', 'pypdf', 'docx', 'markdown_it', 'spacy', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LONG_LINE = (
    "Der Minister sagte am {} Tag, die Brücke sei „erst im Herbst“ fertig.\xa0Das bezweifelt der Bürgerverband.\r\n"
)


def test_text_of_several_novels_is_read(tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes("".join(LONG_LINE.format(n) for n in range(17_000)).encode())
    article = read_one(path)
    assert isinstance(article, Article)
    assert len(article.text) > 1_700_000


def test_fifty_megabytes_are_refused_in_seconds(tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes("".join(LONG_LINE.format(n) for n in range(430_000)).encode())
    start = time.process_time()
    failure = read_one(path)
    assert isinstance(failure, Failure)
    assert "split it into its articles" in failure.reason
    assert time.process_time() - start < 10
