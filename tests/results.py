"""Results built by hand, so that what shows them can be tested without what finds them."""

from __future__ import annotations

from attribution.types import (
    Article,
    ArticleResult,
    Attribution,
    AttributionType,
    Hedge,
    HedgeClass,
    Holder,
    Kind,
    Naming,
    Point,
    Profile,
    Provenance,
    Relation,
    Source,
    SourceSummary,
    Span,
    Statement,
)

ENGLISH = """Norhaven port shut after storm damages fuel tanks
The port of Norhaven was closed on Monday after a storm damaged two fuel tanks. Nobody was hurt.
“We have found no leak so far,” harbour master Ines Calder told the Norhaven Courier. She said divers would check the \
sea wall on Tuesday.
The Courier, citing two engineers, reported that up to 400 tonnes of diesel may have reached the bay. A second tank \
reportedly cracked overnight. These claims could not be independently verified.
Will the ferries run on Friday? The shipping firm Aldmar expects delays until Thursday at least, and fishermen have \
moved their boats to Eastby 🚢.
The mayor denied that the tanks had gone uninspected since 2019. According to a report by the maritime agency, the \
last inspection took place in May.
"""

GERMAN = """Staudamm bei Brunnau: Behörde widerspricht Berichten über Risse
Nach Angaben des Landesamts für Wasserbau ist der Damm bei Brunnau sicher. Risse seien nicht festgestellt worden.
Wie der „Talbote“ unter Berufung auf Ingenieurkreise berichtet, soll der Pegel dennoch gesenkt werden. Unabhängig \
überprüfen lassen sich diese Angaben nicht.
„Wir warten auf die Messungen“, sagte Bürgermeisterin Jule Sandner.
"""

HOSTILE = """<script>alert('text')</script> & "more" said <b>someone</b>.
Prices may rise, {{ 7 * 7 }} {% raw %} people say.\u202e
"""


class Builder:
    """Collect statements of one text by quoting its words; every quoted string must occur in it."""

    def __init__(self, text: str, lang: str = "en", **about: str) -> None:
        self.article = Article(about.pop("id", "norhaven"), text, lang, **about)  # type: ignore[arg-type]
        self.text = text
        self.attributions: list[Attribution] = []
        self.statements: list[Statement] = []
        self.hedges: list[Hedge] = []

    def span(self, words: str, after: int = 0) -> Span:
        start = self.text.index(words, after)
        return Span(start, start + len(words))

    def source(
        self, words: str, naming: Naming, kind: Kind = "unknown", relation: Relation = "origin", **more: str | None
    ) -> Source:
        start, end = self.span(words)
        return Source(start, end, words, more.get("name") or words, more.get("source_id"), kind, naming, relation)

    def attribution(
        self, kind: AttributionType, content: str, cue: str, *sources: Source, inherited: bool = False
    ) -> Attribution:
        made = Attribution(
            f"a{len(self.attributions) + 1}",
            kind,
            tuple(Span(source.start, source.end) for source in sources),
            (self.span(cue),) if cue else (),
            (self.span(content),),
            sources,
            inherited,
            f"en-{kind}",
        )
        self.attributions.append(made)
        return made

    def hedge(self, words: str, cls: HedgeClass, holder: Holder = "reporter") -> Hedge:
        start, end = self.span(words)
        made = Hedge(start, end, words, cls, holder, 0.9, f"hedge-{words.split(maxsplit=1)[0].lower()}")
        if made not in self.hedges:
            self.hedges.append(made)
        return made

    def statement(
        self,
        words: str,
        paragraph: int,
        grade: int | None,
        attribution: Attribution | None = None,
        *hedges: Hedge,
        points: tuple[tuple[str, int], ...] = (),
        likelihood: tuple[int, int] | None = None,
    ) -> None:
        start, end = self.span(words)
        number = len(self.statements) + 1
        self.statements.append(
            Statement(
                f"s{number}", start, end, words, paragraph, number - 1, attribution, hedges, likelihood, grade,
                tuple(Point(why, points, start, end) for why, points in points),
            )
        )  # fmt: skip

    def result(self) -> ArticleResult:
        sources = self._sources()
        statements = self.statements
        attributed = [s for s in statements if s.attribution]
        disclaimed = sum(any(h.cls == "disclaimer" for h in s.hedges) for s in statements)
        grades = {str(g): sum(s.grade == g for s in statements) for g in range(1, 6)}
        named = [s for s in attributed if s.attribution and s.attribution.sources and s.attribution.sources[-1].named]
        share = len(named) / len(attributed) if attributed else None
        profile = Profile(
            len(statements), len(attributed), len(statements) - len(attributed), share, 0.2 if attributed else None,
            len(sources), sum(len(s.attribution.sources) > 1 for s in attributed if s.attribution),
            sum(bool(s.hedges) for s in statements), disclaimed, 0.2 if attributed else None, grades, None,
        )  # fmt: skip
        provenance = Provenance("0.1.0", ("rules",), "0" * 64, "2026-11-22T08:00:00Z")
        return ArticleResult(
            self.article, tuple(self.attributions), tuple(statements), sources, profile, provenance, tuple(self.hedges)
        )

    def _sources(self) -> tuple[SourceSummary, ...]:
        found: dict[str, list[tuple[Source, str]]] = {}
        for statement in self.statements:
            for source in statement.attribution.sources if statement.attribution else ():
                found.setdefault(source.name, []).append((source, statement.id))
        return tuple(
            SourceSummary(
                rows[0][0].source_id, name, rows[0][0].kind, rows[0][0].naming, tuple(i for _, i in rows),
                min(s.start for s, _ in rows), max(s.start for s, _ in rows),
            )
            for name, rows in found.items()
        )  # fmt: skip


def english(
    title: str = "Norhaven port shut after storm damages fuel tanks", outlet: str = "Harbour Post"
) -> ArticleResult:
    """Give an article with every grade, a chain, a disclaimer on what stands before, a question and an emoji."""
    b = Builder(ENGLISH, title=title, outlet=outlet, published="2026-11-16", url="https://example.org/norhaven?a=1&b=2")
    courier = b.source("Norhaven Courier", "organisation", "media", "relay", source_id="norhaven-courier")
    calder = b.source("harbour master Ines Calder", "named", "person", name="Ines Calder")
    told = b.attribution("direct", "“We have found no leak so far,”", "told", courier, calder)
    said = b.attribution("indirect", "divers would check the sea wall on Tuesday", "said", calder)
    relay = b.source("The Courier", "organisation", "media", "relay", name="Norhaven Courier")
    engineers = b.source("two engineers", "unnamed", "expert")
    citing = b.attribution(
        "indirect", "up to 400 tonnes of diesel may have reached the bay", "citing", relay, engineers
    )
    aldmar = b.source("The shipping firm Aldmar", "organisation", "company", name="Aldmar")
    expects = b.attribution("reported", "delays until Thursday at least", "expects", aldmar)
    mayor = b.source("The mayor", "role", "government")
    denied = b.attribution("indirect", "the tanks had gone uninspected since 2019", "denied", mayor)
    agency = b.source("a report by the maritime agency", "organisation", "document", name="maritime agency")
    according = b.attribution("indirect", "the last inspection took place in May", "According to", agency)
    up_to, may = b.hedge("up to", "approximation", "source"), b.hedge("may have", "possibility", "source")
    reportedly = b.hedge("reportedly", "hearsay")
    verified = b.hedge("could not be independently verified", "disclaimer")
    b.statement("The port of Norhaven was closed on Monday after a storm damaged two fuel tanks.", 1, 1)
    b.statement("Nobody was hurt.", 1, 1)
    b.statement(
        "“We have found no leak so far,” harbour master Ines Calder told the Norhaven Courier.", 2, 3, told,
        points=(("source named: Ines Calder", 1), ("relayed by Norhaven Courier", 1)),
    )  # fmt: skip
    b.statement(
        "She said divers would check the sea wall on Tuesday.", 2, 2, said, points=(("source named: Ines Calder", 1),)
    )
    b.statement(
        "The Courier, citing two engineers, reported that up to 400 tonnes of diesel may have reached the bay.", 3, 5,
        citing, up_to, may, verified,
        points=(
            ("hedge of class possibility: may have", 2), ("source unnamed: two engineers", 2),
            ("relayed by Norhaven Courier", 1), ("verification disclaimer: could not be independently verified", 2),
        ),
    )  # fmt: skip
    b.statement(
        "A second tank reportedly cracked overnight.", 3, 4, None, reportedly, verified,
        points=(("hedge of class hearsay: reportedly", 2), ("verification disclaimer: could not be …", 2)),
    )  # fmt: skip
    b.statement("These claims could not be independently verified.", 3, 4, None, verified)
    b.statement("Will the ferries run on Friday?", 4, None)
    b.statement(
        "The shipping firm Aldmar expects delays until Thursday at least", 4, 2, expects,
        points=(("source organisation: Aldmar", 1),),
    )  # fmt: skip
    b.statement("and fishermen have moved their boats to Eastby 🚢.", 4, 1)
    b.statement(
        "The mayor denied that the tanks had gone uninspected since 2019.", 5, 3, denied,
        points=(("source role: The mayor", 2),),
    )  # fmt: skip
    b.statement(
        "According to a report by the maritime agency, the last inspection took place in May.", 5, 2, according,
        points=(("source organisation: maritime agency", 1),), likelihood=(55, 80),
    )  # fmt: skip
    return b.result()


def german() -> ArticleResult:
    """Give a German article with Konjunktiv I carried on, a chain and a disclaimer."""
    b = Builder(GERMAN, "de", id="brunnau", outlet="Talbote am Sonntag", title="Staudamm bei Brunnau")
    office = b.source("des Landesamts für Wasserbau", "organisation", "government", name="Landesamt für Wasserbau")
    first = b.attribution("indirect", "ist der Damm bei Brunnau sicher", "Nach Angaben", office)
    second = b.attribution("free_indirect", "Risse seien nicht festgestellt worden.", "", office, inherited=True)
    paper = b.source("der „Talbote“", "organisation", "media", "relay", name="Talbote")
    circles = b.source("Ingenieurkreise", "unnamed", "expert")
    third = b.attribution("indirect", "soll der Pegel dennoch gesenkt werden", "unter Berufung auf", paper, circles)
    sandner = b.source("Bürgermeisterin Jule Sandner", "named", "government", name="Jule Sandner")
    fourth = b.attribution("direct", "„Wir warten auf die Messungen“", "sagte", sandner)
    soll = b.hedge("soll", "hearsay")
    check = b.hedge("Unabhängig überprüfen lassen sich diese Angaben nicht", "disclaimer")
    b.statement("Nach Angaben des Landesamts für Wasserbau ist der Damm bei Brunnau sicher.", 1, 2, first)
    b.statement("Risse seien nicht festgestellt worden.", 1, 2, second)
    b.statement(
        "Wie der „Talbote“ unter Berufung auf Ingenieurkreise berichtet, soll der Pegel dennoch gesenkt werden.", 2, 5,
        third, soll, check,
    )  # fmt: skip
    b.statement("Unabhängig überprüfen lassen sich diese Angaben nicht.", 2, 4, None, check)
    b.statement("„Wir warten auf die Messungen“, sagte Bürgermeisterin Jule Sandner.", 3, 2, fourth)
    return b.result()


def hostile() -> ArticleResult:
    """Give an article whose every string is an attack on the page that shows it."""
    attack = '"><script>alert(1)</script>'
    b = Builder(HOSTILE, id=attack, title=attack, outlet=attack, author=attack, url="javascript:alert(1)")
    someone = b.source("<b>someone</b>", "named", "person", name=attack)
    said = b.attribution("direct", "<script>alert('text')</script> & \"more\"", "said", someone)
    may = b.hedge("may", "possibility")
    b.statement(
        "<script>alert('text')</script> & \"more\" said <b>someone</b>.", 0, 2, said, points=((f"source {attack}", 1),)
    )
    b.statement("Prices may rise, {{ 7 * 7 }} {% raw %} people say.", 1, 3, None, may)
    return b.result()


def overlapping() -> ArticleResult:
    """Give statements and marks that nest, cross, touch, repeat and run over a paragraph's end."""
    text = "“One and two, and”\n  three,” said Four of Five.\n\nSix seven eight."
    b = Builder(text, id="overlapping")
    four = b.source("Four of Five", "named", "person")
    two = b.attribution("direct", "two, and”\n  three,”", "said Four", four)
    one = b.hedge("and two", "belief")
    b.hedge("two, and”\n  three", "possibility")
    b.statement("“One and two, and”\n  three,” said Four of Five.", 0, 3, two, one)
    b.statement("two, and", 0, 2, two)
    b.statement("and”\n  three", 0, 1)
    b.statement("Six seven", 2, 1)
    b.statement("seven eight.", 2, 4)
    b.statement("seven", 2, None)
    b.statement("seven", 2, 5)
    return b.result()


def empty() -> ArticleResult:
    """Give a text in which nothing was found."""
    return Builder("—", id="empty").result()
