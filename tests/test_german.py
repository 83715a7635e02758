"""German attributions: sentences with source, cue and content marked, and sentences that attribute nothing."""

from __future__ import annotations

import pytest

from attribution.extract import characters, extract
from attribution.nlp import read
from tests.annotated import parse

MARKED = [
    # direct speech before, after and around the cue
    ("direct", "[„Wir haben genug Wasser für den Sommer“], {sagte} <die Bürgermeisterin>."),
    ("direct", "<Der Trainer> {sagte}: [„Wir haben heute alles gegeben.“]"),
    ("direct", "<Die Ministerin> {betonte} am Abend: [„Die Schulen bleiben geöffnet.“]"),
    (
        "direct",
        "[„Das Dach ist undicht“], {erklärte} <der Architekt Hanno Blum>, [„und zwar seit Jahren schon.“]",
    ),
    # dass, verb-second, Konjunktiv, question
    ("indirect", "<Der Sprecher der Polizei> {sagte}, [dass niemand verletzt wurde]."),
    ("indirect", "<Die Behörde> {teilte} am Montag {mit}, [dass der Deich hält]."),
    ("indirect", "<Ein Talbewohner> {erklärte}, [der Bach sei über Nacht gestiegen]."),
    ("indirect", "<Die Kanzlei> {gab an}, [sie habe den Brief nie erhalten]."),
    ("indirect", "<Das Amt> {hat mitgeteilt}, [dass die Frist bis Mai läuft]."),
    ("indirect", "<Forscher> {vermuten}, [dass der Fund aus der Bronzezeit stammt]."),
    ("indirect", "<Der Verband> {weist} darauf {hin}, [dass die Preise seit Jahren steigen]."),
    # order
    ("indirect", "[Der Fluss sei schiffbar], {sagte} <Hafenmeister Ole Brandt>."),
    ("indirect", "Am Mittwoch {berichtete} <der Sender>, [dass zwei Boote gesunken sind]."),
    ("indirect", "In Rom {erklärte} <Außenminister Carlo Vinci>, [das Abkommen werde bald unterzeichnet]."),
    ("indirect", "[Das], {meint} <sie>, [werden die Leute bald merken]."),
    ("indirect", "<Edda Horn, Autorin zweier Bücher über Moore>, {sagt}, [dass der Boden austrocknet]."),
    # infinitives
    ("indirect", "<Der Konzern> {kündigte an}, [die Halle bis Juni zu räumen]."),
    ("indirect", "<Die Gruppe> {drohte}, [den Hafen zu blockieren]."),
    # wie
    ("indirect", "Wie <die Agentur Nordpress> {berichtet}, [wurden drei Schiffe beschädigt]."),
    ("indirect", "[Die Lage hat sich beruhigt], wie <das Lagezentrum> {mitteilte}."),
    # marked sources
    ("indirect", "{Laut} <Polizei> [wurden zwei Autos gestohlen]."),
    ("indirect", "{Laut} <der Gewerkschaft Erziehung und Bildung> [fehlen tausend Lehrkräfte]."),
    ("indirect", "{Nach} <Angaben der Feuerwehr> [brannte der Stall nieder]."),
    ("indirect", "[Der Stall brannte] {nach} <Angaben der Feuerwehr> [vollständig nieder]."),
    ("indirect", "{Nach} <Polizeiangaben> [war der Fahrer nüchtern]."),
    ("indirect", "{Nach} <Ansicht des Trainers> [war das Spiel verdient gewonnen]."),
    ("indirect", "<Augenzeugen> {zufolge} [kam der Wagen von rechts]."),
    ("indirect", "[Die Stadt hat] <dem Rathaus> {zufolge} [neue Busse bestellt]."),
    ("indirect", "[Der Tunnel sei sicher], {so} <die Bahn>."),
    ("indirect", "{Gemäß} <dem Gutachten> [trägt die Brücke noch zehn Jahre]."),
    # reported acts
    ("reported", "[<Der Präsident> {kündigte} eine Reform der Armee {an}]."),
    ("reported", "[<Die Opposition> {warnte} vor einer neuen Steuer]."),
    ("reported", "[<Die irische und die US-Regierung> {gehen} von hohen Schäden {aus}]."),
    # wollen with a perfect infinitive is a claim
    ("indirect", "<Anwohner> {wollen} [bereits Stunden vorher Gas gerochen haben]."),
    # nouns of saying
    ("indirect", "Es gibt <Gerüchte>, [dass der Verein verkauft wird]."),
]

CHAINS = [
    (
        "Wie die Zeitung Kurblatt unter Berufung auf Diplomaten berichtet, sollen Waffen geliefert worden sein.",
        ["die Zeitung Kurblatt", "Diplomaten"],
    ),
    (
        "Vergangene Woche meldete das Kurblatt, ebenfalls gestützt auf Hafenkreise, dass zwei Frachter sanken.",
        ["das Kurblatt", "Hafenkreise"],
    ),
    (
        "Nach Angaben des Ministeriums, zitiert von der Abendpost, hat die Armee drei Brücken gesprengt.",
        ["der Abendpost", "Angaben des Ministeriums"],
    ),
    ("Laut den vom Kurblatt befragten Fachleuten könnte der Damm brechen.", ["Kurblatt", "Fachleuten"]),
    (
        "Laut Kurblatt erklärte die Ärztin Nora Falk, dass die Station voll ist.",
        ["Kurblatt", "die Ärztin Nora Falk"],
    ),
    ("Der Trainer sagte dem Sender Radio Elbe, dass er bleibt.", ["dem Sender Radio Elbe", "Der Trainer"]),
    ("Er sei zufrieden, sagte Kunz der Abendpost.", ["der Abendpost", "Kunz"]),
    ("Der Sprecher der Post sagte, das Paket sei weg.", ["Der Sprecher der Post"]),
    ("Der Präsident sagte der Menge, dass er bleibt.", ["Der Präsident"]),
    ("Drei Boote wurden Berichten zufolge gefunden, berichtet das Kurblatt.", ["das Kurblatt", "Berichten"]),
]

NOTHING = [
    "Die Musik war viel zu laut.",
    "Es wurde laut im Saal, als die Lichter ausgingen.",
    "Der Sommer war so heiß, dass der Bach versiegte.",
    "Er ist so groß wie sein Bruder.",
    "Wie jedes Jahr wurden die Felder im Herbst gepflügt.",
    "Die Stadt will bis Mai drei Schulen gebaut bekommen.",
    "Nach dem Spiel gingen alle nach Hause.",
    "Nach drei Stunden kam der Zug.",
    "Sie stellte den Koffer vor die Tür.",
    "Das Kleid gab es nur in Blau.",
    "Der Bericht umfasst achtzig Seiten.",
    "Die Band „Die Laternen“ spielt am Freitag.",
    "Der Weg führt am See entlang.",
]


@pytest.mark.parametrize(("type_", "marked"), MARKED, ids=[m for _, m in MARKED])
def test_marked_sentence_is_read(type_: str, marked: str) -> None:
    text, expected = parse(marked)
    document = read(text, "de")
    found = extract(document)
    wanted = [c for c in found if c.type == type_]
    assert wanted, found
    got = wanted[0]
    roles = {"source": got.source, "cue": got.cue, "content": got.content}
    for role, spans in roles.items():
        strings = [text[s:e].rstrip(" .,") for s, e in characters(document, spans)]
        assert strings == [s.rstrip(" .,") for s in expected[role]] or (
            role == "cue" and type_ == "indirect" and not expected["cue"]
        ), role


@pytest.mark.parametrize(("text", "chain"), CHAINS, ids=[t for t, _ in CHAINS])
def test_chain_runs_from_relay_to_origin(text: str, chain: list[str]) -> None:
    document = read(text, "de")
    longest = max(extract(document), key=lambda c: len(c.relays))
    spans = characters(document, (*longest.relays, *longest.source))
    assert [text[s:e] for s, e in spans] == chain


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_attributed(text: str) -> None:
    assert extract(read(text, "de")) == []


def test_konjunktiv_goes_on_with_the_last_source() -> None:
    text = "Der Landrat sagte, der Deich sei sicher. Die Pumpen seien geprüft worden. Am Abend regnete es."
    document = read(text, "de")
    first, second = extract(document)
    assert (second.type, second.inherited, second.source) == ("free_indirect", True, first.source)


def test_konjunktiv_without_a_source_before_is_not_attributed() -> None:
    assert extract(read("Die Pumpen seien geprüft worden.", "de")) == []


def test_continuing_quotation_inherits_its_source() -> None:
    text = "„Der Saal war voll bis unter das Dach“, sagte die Sängerin. „Das war der schönste Abend des Jahres.“"
    document = read(text, "de")
    first, second = extract(document)
    assert second.type == "direct"
    assert second.inherited
    assert second.source == first.source


@pytest.mark.parametrize(
    ("second", "source"),
    [
        ("Das teilte die Feuerwehr am Morgen mit.", "die Feuerwehr"),
        ("Dies bestätigte der Vatikan.", "der Vatikan"),
        ("Das geht aus einem Bericht des Amtes hervor.", "einem Bericht des Amtes"),
        ("Das Haus bestätigte die Buchung.", None),
        ("Das war zu erwarten.", None),
    ],
)
def test_sentence_can_point_back_at_the_one_before(second: str, source: str | None) -> None:
    document = read(f"In der Nacht brannten zwei Schuppen. {second}", "de")
    found = [c for c in extract(document) if c.rule == "de.pointing-back"]
    assert [document.text[s:e] for c in found for s, e in characters(document, c.source)] == (
        [source] if source else []
    )
    assert all(c.content[0].last <= document.sentences[0].last for c in found)


def test_time_at_the_front_is_no_speaker() -> None:
    document = read("Vergangene Woche sagte der Wirt, dass er schließt.", "de")
    (found,) = extract(document)
    assert [document.text[s:e] for s, e in characters(document, found.source)] == ["der Wirt"]
