"""Hedges in use: minimal pairs of a cue in use and its look-alike, holders, likelihoods and what disclaimers reach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.hedging import find_hedges
from attribution.nlp import read
from attribution.types import LANGUAGES, Hedge, HedgeClass, Lang, Span

# (class, cue, sentence with the cue in use, sentence with its look-alike or without any hedge of that cue)
GERMAN: list[tuple[HedgeClass, str, str, str]] = [
    # sollen: perfect infinitive, in both orders
    ("hearsay", "soll", "Der Buchhalter soll Belege vernichtet haben.", "Der Buchhalter soll Belege aufbewahren."),
    ("hearsay", "sollen", "Drei Häuser sollen abgebrannt sein.", "Drei Häuser sollen abgerissen werden."),
    ("hearsay", "sollen", "Die Rebellen sollen die Stadt verlassen haben.", "Die Rebellen sollen die Stadt verlassen."),
    ("hearsay", "soll", "Der Kapitän soll betrunken gewesen sein.", "Der Kapitän soll morgen befragt werden."),
    (
        "hearsay",
        "soll",
        "Ein Mann, der geschossen haben soll, schweigt.",
        "Ein Mann, der den Bau leiten soll, schweigt.",
    ),
    (
        "hearsay",
        "sollen",
        "Zwei Hirten, die erfroren sein sollen, kehrten heim.",
        "Zwei Hirten, die helfen sollen, kamen an.",
    ),
    (
        "hearsay",
        "soll",
        "Sie soll ihm, so die Anklage, Gift gegeben haben.",
        "Sie soll ihm, so der Plan, im Amt folgen.",
    ),
    (
        "hearsay",
        "sollen",
        "Dort sollen leichte und schwere Waffen gelagert worden sein.",
        "Dort sollen Lager entstehen.",
    ),
    ("hearsay", "soll", "Er soll Geld genommen und Akten verbrannt haben.", "Er soll Geld sammeln und Akten ordnen."),
    ("hearsay", "soll", "Bei dem Brand soll niemand verletzt worden sein.", "Beim Umzug soll niemand verletzt werden."),
    ("hearsay", "soll", "Das Bild soll eine Fälschung sein.", "Das Bild soll 2031 wieder zu sehen sein."),
    ("hearsay", "sollen", "Zwei der Opfer sollen Kinder sein.", "Ab Herbst sollen alle Busse elektrisch sein."),
    ("hearsay", "soll", "Die Ware soll aus Diebstählen stammen.", "Die Ware soll am Montag eintreffen."),
    ("hearsay", "soll", "Im Tal soll es Tote geben.", "Im Tal soll es künftig ein Museum geben."),
    ("hearsay", "soll", "Der Autor soll seit Jahren in Kreta leben.", "Der Autor soll im Juni in Kreta lesen."),
    ("hearsay", "soll", "Der Verein soll den Verkauf planen.", "Der Verein soll die Halle verkaufen."),
    (
        "hearsay",
        "sollen",
        "Hunderte sollen getötet oder verschleppt wurden.",
        "Hunderte sollen geehrt oder befördert werden.",
    ),
    (
        "hearsay",
        "soll",
        "Die Probe soll verunreinigt gewesen sein.",
        "Sollte die Probe verunreinigt sein, wird sie ersetzt.",
    ),
    ("hearsay", "sollen", "Die Gäste sollen gestritten haben.", "Man sollte die Gäste nicht unterschätzen."),
    ("hearsay", "sollen", "Die Zölle sollen gesenkt worden sein.", "Dem Entwurf nach sollen Strafen verhängt werden."),
    # wollen
    ("hearsay", "will", "Die Nachbarin will einen Schuss gehört haben.", "Die Nachbarin will einen Anwalt nehmen."),
    ("hearsay", "wollen", "Beide wollen davon nichts gewusst haben.", "Beide wollen davon nichts wissen."),
    ("hearsay", "will", "Der Zeuge will am Tatort gewesen sein.", "Der Zeuge will an den Tatort fahren."),
    ("hearsay", "will", "Er will den Brief nie erhalten haben.", "Er will die Schulden bis 2030 getilgt haben."),
    # adverbs and phrases of hearsay
    ("hearsay", "angeblich", "Er war angeblich krank.", "Er strich das Wort „angeblich“ aus dem Satz."),
    ("hearsay", "offenbar", "Der Hund lief offenbar weg.", "Im Prozess wurde die List offenbar."),
    ("hearsay", "wohl", "Das Spiel fällt wohl aus.", "Er fühlt sich im neuen Verein wohl."),
    ("hearsay", "wohl", "Sie war wohl zu schnell.", "Das Wohl der Kinder geht vor."),
    ("hearsay", "wohl", "Er kommt wohl später.", "Er muss wohl oder übel warten."),
    (
        "hearsay",
        "Medienberichten zufolge",
        "Medienberichten zufolge ist das Werk pleite.",
        "Nach Medienberichten des WDR ist es pleite.",
    ),
    (
        "hearsay",
        "hieß es",
        "Zunächst hieß es, der Zug sei entgleist.",
        "In der Mitteilung hieß es, der Zug sei entgleist.",
    ),
    (
        "hearsay",
        "Nach ersten Erkenntnissen",
        "Nach ersten Erkenntnissen lief Öl aus.",
        "Nach ersten Erkenntnissen der Küstenwache lief Öl aus.",
    ),
    # modal verbs of possibility
    ("possibility", "könnte", "Der Damm könnte brechen.", "Könnten Sie den Damm beschreiben?"),
    ("possibility", "könnten", "Die Preise könnten fallen.", "Er tat, als könnten Preise sprechen."),
    (
        "possibility",
        "könnte",
        "Das könnte am Wetter liegen.",
        "Er könnte schon als Kind gesiegt haben, er konnte schon als Kind lesen.",
    ),
    ("possibility", "kann", "Der Täter kann auch von außen gekommen sein.", "Der Täter kann sich nicht erinnern."),
    ("possibility", "kann", "Auf der Strecke kann es zu Staus kommen.", "Auf der Strecke kann man baden."),
    ("possibility", "dürfte", "Das dürfte teuer werden.", "Dürfte ich das Fenster öffnen?"),
    ("possibility", "dürften", "Die Kosten dürften steigen.", "Er fragte, ob sie dürften."),
    ("possibility", "mag", "Das mag sein.", "Sie mag alte Filme."),
    ("possibility", "müsste", "Die Fähre müsste längst angelegt haben.", "Die Stadt müsste mehr Wohnungen bauen."),
    ("possibility", "scheint", "Der Streit scheint beigelegt zu sein.", "Über dem Deich scheint der Mond."),
    ("possibility", "scheint", "Es scheint, dass der Käufer abspringt.", "Die Sonne scheint, dass es eine Freude ist."),
    # adverbs and adjectives of possibility
    (
        "possibility",
        "wahrscheinlich",
        "Er hat wahrscheinlich Grippe.",
        "Der Kurs heißt Wahrscheinlichkeit für Anfänger.",
    ),
    ("possibility", "unwahrscheinlich", "Ein Vergleich ist unwahrscheinlich.", "Das Auto war unwahrscheinlich teuer."),
    ("possibility", "mögliche", "Es geht um mögliche Absprachen.", "Es geht um alle möglichen Themen."),
    (
        "possibility",
        "möglich",
        "Es ist möglich, dass der Zug ausfällt.",
        "Es ist nicht möglich, dass beide recht haben.",
    ),
    (
        "possibility",
        "nicht ausgeschlossen",
        "Ein Rücktritt ist nicht ausgeschlossen.",
        "Er wurde aus der Partei ausgeschlossen.",
    ),
    (
        "possibility",
        "schließt",
        "Die Polizei schließt einen Anschlag nicht aus.",
        "Die Polizei schließt die Wache nicht ab.",
    ),
    ("possibility", "deuten", "Die Spuren deuten auf Brandstiftung hin.", "Die Forscher deuten die Spuren."),
    ("possibility", "legen", "Die Daten legen einen Betrug nahe.", "Die Männer legen eine Leitung."),
    # belief
    ("belief", "glaubt", "Der Bund glaubt, dass die Zahlen stimmen.", "Die alte Frau glaubt an Engel."),
    ("belief", "glaubt", "Das Tor war regulär, glaubt der Trainer.", "Dem Zeugen glaubt der Richter."),
    ("belief", "vermutet", "Das Amt vermutet ein Leck.", "Die Vermutung des Amtes war falsch."),
    ("belief", "nimmt", "Die Bank nimmt an, dass der Kurs steigt.", "Die Bank nimmt an der Messe teil."),
    ("belief", "geht", "Die Polizei geht davon aus, dass er lebt.", "Die Polizei geht heute abend aus."),
    (
        "belief",
        "ausgehen",
        "Es heißt, dass die Händler von Verlusten ausgehen.",
        "Die Händler wollen am Abend ausgehen.",
    ),
    ("belief", "fürchten", "Winzer fürchten, dass der Frost kommt.", "Winzer fürchten sich vor Frost."),
    ("belief", "hält", "Der Arzt hält die Diagnose für richtig.", "Der Arzt hält eine Rede für den Verein."),
    ("belief", "schätzt", "Der Verband schätzt die Zahl auf 400.", "Der Verband schätzt ihre Arbeit."),
    ("belief", "rechnet", "Die Stadt rechnet mit Hochwasser.", "Die Stadt rechnet die Gebühren ab."),
    ("belief", "erwartet", "Der Handel erwartet einen Rückgang.", "Die Schauspielerin erwartet ein Kind."),
    ("belief", "meint", "Der Rat meint, dass es reicht.", "Er verkaufte meinen Wagen."),
    (
        "belief",
        "wird angenommen",
        "Es wird angenommen, dass er floh.",
        "Das Angebot wird angenommen und unterschrieben.",
    ),
    ("belief", "hoffen", "Die Eltern hoffen, dass die Schule bleibt.", "Die Eltern hoffen auf Regen."),
    ("belief", "denkt", "Der Chef denkt, dass es klappt.", "Der Chef denkt über den Kauf nach."),
    # doubt
    ("doubt", "Unklar", "Unklar ist, wer schoss.", "Klar ist, wer schoss."),
    ("doubt", "fraglich", "Ob das reicht, ist fraglich.", "Im fraglichen Zeitraum war er krank."),
    ("doubt", "umstritten", "Die Wirkung ist umstritten.", "Die umstrittene Brücke wird gebaut."),
    ("doubt", "Zweifel", "Es gibt Zweifel an der Studie.", "Es gibt keine Zweifel an der Studie."),
    ("doubt", "nicht bekannt", "Es ist nicht bekannt, ob er lebt.", "Es ist bekannt, dass er lebt."),
    ("doubt", "bezweifeln", "Ärzte bezweifeln den Nutzen.", "Ärzte bezweifeln den Nutzen nicht, sie loben ihn."),
    (
        "doubt",
        "nicht abschätzen",
        "Die Schäden lassen sich noch nicht abschätzen.",
        "Das Amt wird die Schäden abschätzen.",
    ),
    ("doubt", "bleibt abzuwarten", "Es bleibt abzuwarten, ob er kommt.", "Er blieb, um den Regen abzuwarten."),
    # disclaimers
    (
        "disclaimer",
        "nicht unabhängig überprüfen",
        "Das ließ sich nicht unabhängig überprüfen.",
        "Das ließ sich unabhängig überprüfen.",
    ),
    (
        "disclaimer",
        "ohne unabhängige Bestätigung",
        "Die Zahl steht ohne unabhängige Bestätigung im Raum.",
        "Die unabhängige Bestätigung der Zahl traf ein.",
    ),
    (
        "disclaimer",
        "bislang nicht bestätigt",
        "Der Tod wurde bislang nicht bestätigt.",
        "Der Tod wurde bislang zweimal bestätigt.",
    ),
    ("disclaimer", "nicht verifiziert", "Das Video ist nicht verifiziert.", "Das Video ist verifiziert."),
    # approximation
    ("approximation", "rund", "Es kamen rund 200 Gäste.", "Die Debatte rund um das Bad dauert an."),
    ("approximation", "etwa", "Er lief etwa zehn Kilometer.", "Er mag Sportarten wie etwa Rudern."),
    ("approximation", "knapp", "Knapp 40 Kinder fehlten.", "Das Holz wird knapp."),
    ("approximation", "gut", "Es dauerte gut zwei Stunden.", "Es ging gut aus."),
    ("approximation", "fast", "Fast 90 Prozent kamen.", "Er wäre fast gefallen."),
    ("approximation", "bis zu", "Es drohen bis zu drei Jahre Haft.", "Er ging bis zu dem Zaun."),
    ("approximation", "um die", "Es waren um die 50 Boote.", "Er lief um die Boote."),
    ("approximation", "mehr als", "Mehr als die Hälfte fehlte.", "Das ist mehr als ärgerlich."),
    ("approximation", "etwa", "Etwa ein Drittel blieb.", "In Orten wie etwa Bremen blieb es still."),
]

ENGLISH: list[tuple[HedgeClass, str, str, str]] = [
    # hearsay
    ("hearsay", "reportedly", "The deal was reportedly signed.", 'He hates the word "reportedly" in print.'),
    ("hearsay", "allegedly", "She allegedly sold the data.", 'The term "allegedly" was cut.'),
    ("hearsay", "alleged", "The alleged thief ran off.", "The union alleged that the thief ran off."),
    ("hearsay", "alleged", "He is alleged to have lied.", "Two workers alleged he had lied."),
    ("hearsay", "said to", "The vase is said to be genuine.", "This is what he said to reporters."),
    ("hearsay", "thought to", "The sailors are thought to have drowned.", "He gave no thought to his sailors."),
    ("hearsay", "believed to", "A man believed to be the owner fled.", "A man who believed him fled."),
    ("hearsay", "understood to", "The bank is understood to be selling.", "She understood the bank well."),
    ("hearsay", "supposed", "The supposed doctor had no licence.", "The doctor was supposed to call."),
    ("hearsay", "rumoured", "He is rumoured to be ill.", "He ignores rumours at work."),
    (
        "hearsay",
        "according to media reports",
        "The mill is closed, according to media reports.",
        "It is closed, according to media reports from the BBC.",
    ),
    ("hearsay", "supposedly", "The door was supposedly locked.", "We suppose nothing about doors."),
    # may, might, could, would
    ("possibility", "may", "The levee may break.", "The levee broke in May."),
    ("possibility", "may", "The law may not pass.", "Visitors may enter by the side gate."),
    ("possibility", "may", "She may have left early.", "On May 12 she left early."),
    ("possibility", "may", "Prices may rise.", "If I may say so, prices rose."),
    ("possibility", "may", "The board may meet again.", "The board may only meet on Fridays."),
    ("possibility", "May", "Storm May Close Coastal Roads Tonight", "Theresa May closed the debate tonight."),
    ("possibility", "might", "The club might sell him.", "The club has financial might."),
    ("possibility", "might", "That might help.", "They pulled with all their might."),
    ("possibility", "might", "He might resign.", "The might of the fleet was gone."),
    ("possibility", "might", "It might rain.", "We might as well stay."),
    ("possibility", "could", "The ban could hurt trade.", "He could not find a taxi."),
    ("possibility", "could", "The two sides could meet soon.", "Could you describe the man?"),
    ("possibility", "could", "The fire could spread.", "From the roof she could see the fire."),
    ("possibility", "could", "A cut could follow.", "They waited until they could land."),
    ("possibility", "could", "It could have been worse.", "It couldn't be repaired."),
    ("possibility", "would", "That would suggest a leak.", "He said he would return."),
    # seem, appear, suggest
    ("possibility", "appears", "The wreck appears to be old.", "The actor appears in two scenes."),
    ("possibility", "appeared", "It appeared that nobody knew.", "He appeared before a judge."),
    ("possibility", "appear", "They appear likely to win.", "They appear on stage at nine."),
    ("possibility", "seems", "The plan seems sound.", 'The verb "seems" is weak.'),
    ("possibility", "suggests", "The evidence suggests a fault.", "The chef suggests red wine."),
    ("possibility", "suggest", "Early results suggest that it works.", "I suggest a walk."),
    # likely and its kin
    ("possibility", "likely", "Snow is likely tonight.", "The survey reached likely voters."),
    ("possibility", "unlikely", "A deal is unlikely.", "They formed an unlikely friendship."),
    ("possibility", "probably", "He probably forgot.", "The probe found nothing."),
    ("possibility", "possible", "Police see a possible link.", "Call as soon as possible."),
    ("possibility", "possible", "It is possible that he lied.", "It is possible to swim here."),
    ("possibility", "potential", "A potential buyer came.", "She has great potential."),
    ("possibility", "possibly", "It was possibly arson.", "Nobody can't possibly know, as he cannot possibly see."),
    ("possibility", "perhaps", "They left, perhaps in haste.", 'A "perhaps" is no answer.'),
    ("possibility", "suspected", "A suspected arsonist fled.", "Nobody suspected him."),
    ("possibility", "chance", "There is a chance that he stays.", "He had no chance that day."),
    ("possibility", "cannot be ruled out", "Arson cannot be ruled out.", "The judge ruled out arson."),
    ("possibility", "signs", "There are signs that talks will resume.", "The signs on the road were new."),
    # belief
    ("belief", "believes", "She believes the figures are wrong.", "She believes in fate."),
    ("belief", "think", "Most voters think taxes will rise.", "A think tank wrote the study."),
    ("belief", "thinks", "He thinks it was a mistake.", "He thinks about his garden."),
    ("belief", "assumes", "The army assumes that the road is mined.", "The general assumes command of the army."),
    ("belief", "suspect", "Doctors suspect a virus.", "The suspect was ill."),
    ("belief", "fear", "Farmers fear a drought.", "She has a fear of heights."),
    ("belief", "fears", "The ministry fears that prices will rise.", "He spoke of his fears."),
    ("belief", "expects", "The bank expects a loss.", "The loss was larger than expected."),
    ("belief", "estimates", "The agency estimates that 300 fled.", "The estimate was late."),
    ("belief", "reckon", "Dealers reckon it is a fake.", "They must reckon with delays."),
    ("belief", "hope", "Both hope that the talks go on.", "There is no hope for the mine."),
    ("belief", "is expected to", "The court is expected to rule soon.", "The court ruled as expected."),
    ("belief", "It is feared", "It is feared that he drowned.", "It is a fear he knows."),
    ("belief", "By some estimates", "By some estimates, half will leave.", "Some wrote estimates by hand."),
    ("belief", "predicts", "The fund predicts that growth will slow.", "As predicted, growth slowed."),
    ("belief", "are convinced", "Both are convinced that it works.", "It convinced him at once."),
    # doubt
    ("doubt", "unclear", "It is unclear who called.", "It is clear who called."),
    ("doubt", "doubt", "Critics doubt the story.", "There is no doubt about the story."),
    ("doubt", "doubts", "There are doubts about the test.", "He said without doubt it was true."),
    ("doubt", "disputed", "The number is disputed.", "Ships left the disputed waters."),
    ("doubt", "is unknown", "It is unknown whether he survived.", "An unknown man survived."),
    ("doubt", "remains to be seen", "It remains to be seen who wins.", "The remains were seen by divers."),
    ("doubt", "hard to say", "It is hard to say why.", "It is hard to climb."),
    ("doubt", "cannot yet be assessed", "The damage cannot yet be assessed.", "The damage can now be assessed."),
    ("doubt", "Unconfirmed", "Unconfirmed reports named two towns.", "Confirmed reports named two towns."),
    ("doubt", "not yet known", "The cause is not yet known.", "The cause is well known."),
    # disclaimers
    (
        "disclaimer",
        "could not be independently verified",
        "It could not be independently verified.",
        "It could be independently verified.",
    ),
    (
        "disclaimer",
        "could not immediately verify",
        "The agency could not immediately verify it.",
        "The agency could immediately verify it.",
    ),
    (
        "disclaimer",
        "has not been independently verified",
        "The toll has not been independently verified.",
        "The toll has been independently verified.",
    ),
    (
        "disclaimer",
        "no independent confirmation",
        "There was no independent confirmation.",
        "There was independent confirmation.",
    ),
    ("disclaimer", "unable to verify", "The paper was unable to verify it.", "The paper was able to verify it."),
    # approximation
    ("approximation", "about", "It took about two days.", "They talked about two days in June."),
    ("approximation", "around", "Around 60 boats sank.", "They sailed around the cape."),
    ("approximation", "some", "It cost some 300 euros.", "Some guests left."),
    ("approximation", "nearly", "Nearly half stayed.", "He nearly fell."),
    ("approximation", "up to", "Up to 40 people fled.", "It is up to the court."),
    ("approximation", "more than", "More than 20 died.", "It is more than a game."),
    ("approximation", "an estimated", "An estimated 900 came.", "The estimated cost is secret."),
    ("approximation", "about", "About $5 million is missing.", "A book about money is missing."),
    ("approximation", "at least", "At least three died.", "At least he called."),
    ("approximation", "Dozens", "Dozens of homes burned.", "Two dozen homes burned."),
]


def hedges(text: str, lang: Lang, attributed: list[tuple[Span, bool]] | None = None) -> tuple[Hedge, ...]:
    return find_hedges(read(text, lang), attributed or [])


def in_use(text: str, lang: Lang) -> list[tuple[HedgeClass, str]]:
    return [(hedge.cls, hedge.text) for hedge in hedges(text, lang) if hedge.in_use]


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


@pytest.mark.parametrize(("cls", "cue", "used", "unused"), GERMAN)
def test_german_cue_is_told_from_its_lookalike(cls: HedgeClass, cue: str, used: str, unused: str) -> None:
    assert cue.lower() in [text.lower() for c, text in in_use(used, "de") if c == cls]
    assert cue.lower() not in [text.lower() for c, text in in_use(unused, "de") if c == cls]


@pytest.mark.parametrize(("cls", "cue", "used", "unused"), ENGLISH)
def test_english_cue_is_told_from_its_lookalike(cls: HedgeClass, cue: str, used: str, unused: str) -> None:
    assert cue.lower() in [text.lower() for c, text in in_use(used, "en") if c == cls]
    assert cue.lower() not in [text.lower() for c, text in in_use(unused, "en") if c == cls]


@pytest.mark.parametrize(
    ("lang", "text", "cue", "holder"),
    [
        ("de", "Der Fahrer soll geflohen sein.", "soll", "reporter"),
        ("de", "Die Polizei vermutet einen Unfall.", "vermutet", "source"),
        ("de", "Der Anwalt sagte: „Das Urteil könnte schon morgen fallen.“", "könnte", "source"),
        ("de", "Es wird angenommen, dass er floh.", "wird angenommen", "reporter"),
        ("en", "The driver reportedly fled.", "reportedly", "reporter"),
        ("en", "The police suspect an accident.", "suspect", "source"),
        ("en", 'The lawyer said: "The ruling may come as early as Monday."', "may", "source"),
        ("en", "It is believed that he fled.", "It is believed", "reporter"),
    ],
)
def test_holder_is_the_source_for_its_beliefs_and_words(lang: Lang, text: str, cue: str, holder: str) -> None:
    assert [hedge.holder for hedge in hedges(text, lang) if hedge.text == cue] == [holder]


def test_holder_follows_the_attributed_content() -> None:
    text = "Der Minister sagte, die Reform könnte scheitern. Der Haushalt könnte schrumpfen."
    content = [(span(text, "die Reform könnte scheitern"), False)]
    assert [hedge.holder for hedge in hedges(text, "de", content)] == ["source", "reporter"]


def test_hearsay_in_indirect_content_stays_the_reporters() -> None:
    text = "Laut Polizei soll der Mann geflohen sein."
    content = span(text, "soll der Mann geflohen sein")
    assert hedges(text, "de", [(content, False)])[0].holder == "reporter"
    assert hedges(text, "de", [(content, True)])[0].holder == "source"


@pytest.mark.parametrize(
    ("lang", "text", "likelihood"),
    [
        ("en", "A strike is almost certain.", (95, 99)),
        ("en", "A strike is very likely.", (80, 95)),
        ("en", "A strike is likely.", (55, 80)),
        ("en", "There is a roughly even chance of a strike.", (45, 55)),
        ("en", "A strike is unlikely.", (20, 45)),
        ("en", "A strike is highly improbable.", (5, 20)),
        ("en", "There is a remote chance of a strike.", (1, 5)),
        ("en", "A strike is more likely now.", None),
        ("en", "A strike is not likely.", None),
        ("en", "A strike is highly likely.", None),
        ("en", "A strike may follow.", None),
        ("en", "A strike could follow.", None),
        ("en", "A strike is possible, perhaps in June.", None),
        ("de", "Ein Streik ist so gut wie sicher.", (95, 99)),
        ("de", "Ein Streik ist sehr wahrscheinlich.", (80, 95)),
        ("de", "Ein Streik ist wahrscheinlich.", (55, 80)),
        ("de", "Ein Streik ist unwahrscheinlich.", (20, 45)),
        ("de", "Ein Streik ist äußerst unwahrscheinlich.", (5, 20)),
        ("de", "Ein Streik ist nahezu ausgeschlossen.", (1, 5)),
        ("de", "Ein Streik ist nicht wahrscheinlich.", None),
        ("de", "Ein Streik ist weniger wahrscheinlich.", None),
        ("de", "Ein Streik könnte folgen.", None),
        ("de", "Ein Streik dürfte folgen.", None),
    ],
)
def test_only_estimative_words_have_a_likelihood(lang: Lang, text: str, likelihood: tuple[int, int] | None) -> None:
    assert next((hedge.likelihood for hedge in hedges(text, lang) if hedge.likelihood), None) == likelihood


DE_CLAIM = "Die Miliz meldete zwölf Tote. "
EN_CLAIM = "The militia reported twelve dead. "


@pytest.mark.parametrize(
    ("lang", "before", "disclaimer", "reaches"),
    [
        ("de", DE_CLAIM, "Diese Angaben konnten nicht unabhängig überprüft werden.", True),
        ("de", DE_CLAIM, "Die Angaben der Miliz ließen sich zunächst nicht unabhängig prüfen.", True),
        ("de", DE_CLAIM, "Von unabhängiger Seite wurde dies nicht bestätigt.", True),
        ("de", DE_CLAIM, "Eine Bestätigung gab es zunächst nicht.", True),
        (
            "de",
            DE_CLAIM,
            "Das Institut weist darauf hin, dass diese Zahlen nicht unabhängig überprüft werden können.",
            True,
        ),
        ("de", DE_CLAIM, "Die Berichte, die im Netz kursierten, ließen sich nicht unabhängig überprüfen.", True),
        ("de", DE_CLAIM, "Im Norden starben vier Bauern, was sich nicht unabhängig überprüfen lässt.", False),
        ("de", DE_CLAIM, "Im Norden starben vier Bauern, die Angaben ließen sich nicht unabhängig prüfen.", False),
        ("de", DE_CLAIM, "Ob auch Bauern starben, konnte nicht unabhängig überprüft werden.", False),
        ("de", DE_CLAIM, "Berichte, wonach auch Bauern starben, ließen sich nicht unabhängig prüfen.", False),
        ("de", DE_CLAIM, "Unabhängig überprüfen ließ sich das nicht.", True),
        ("de", DE_CLAIM, "Der Tod von vier Bauern konnte nicht unabhängig bestätigt werden.", False),
        ("de", DE_CLAIM, "Der Sprecher sagte, dass sich der Tod der Bauern nicht unabhängig bestätigen lasse.", False),
        ("en", EN_CLAIM, "The death of four farmers could not be independently verified.", False),
        ("en", EN_CLAIM, "The claims could not be independently verified.", True),
        ("en", EN_CLAIM, "These figures have not been independently verified.", True),
        ("en", EN_CLAIM, "The agency could not immediately verify the report.", True),
        ("en", EN_CLAIM, "There was no independent confirmation.", True),
        ("en", EN_CLAIM, "The institute notes that these claims cannot be independently verified.", True),
        ("en", EN_CLAIM, "Four farmers died in the north, which could not be independently verified.", False),
        ("en", EN_CLAIM, "Reports that four farmers died could not be independently verified.", False),
        ("en", EN_CLAIM, "The agency could not verify that four farmers died.", False),
    ],
)
def test_disclaimer_reaches_what_was_said_before(lang: Lang, before: str, disclaimer: str, reaches: bool) -> None:
    text = before + disclaimer
    content = [(span(text, "zwölf Tote" if lang == "de" else "twelve dead"), False)]
    found = [hedge for hedge in hedges(text, lang, content) if hedge.cls == "disclaimer" and hedge.in_use]
    assert len(found) == 1
    assert found[0].reach == ((span(text, before.strip()),) if reaches else ())


def test_disclaimer_reaches_back_to_the_nearest_attributed_sentence() -> None:
    parts = [
        "Die Miliz sprach von Verlusten.",
        "Das Wetter war gut.",
        "Es regnete kaum.",
        "Dies ist nicht überprüfbar.",
    ]
    text = " ".join(parts)
    spans = [span(text, part) for part in parts]
    attributed = [(span(text, "von Verlusten"), False)]
    assert _reach(text, attributed) == tuple(spans[:3])
    assert _reach(text, []) == (spans[2],)
    assert _reach("Am Montag fiel Schnee. " + text, [(span("Am Montag fiel Schnee. ", "Schnee"), False)])[0].start > 0


def test_disclaimer_that_opens_a_paragraph_reaches_the_one_before() -> None:
    text = "Die Stadt ist ruhig.\n\nDie Armee sprach von acht Toten.\n\nDie Angaben sind nicht überprüfbar."
    assert _reach(text, [(span(text, "von acht Toten"), False)]) == (span(text, "Die Armee sprach von acht Toten."),)
    assert _reach("Die Angaben sind nicht überprüfbar.", []) == ()


def _reach(text: str, attributed: list[tuple[Span, bool]]) -> tuple[Span, ...]:
    return next(hedge.reach for hedge in hedges(text, "de", attributed) if hedge.cls == "disclaimer")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Der Rat beschloss am Dienstag den Haushalt. Die Schule im Ort wächst, und die Straße wird saniert."),
        ("de", "Die Firma will im Mai liefern und soll dafür Geld bekommen. Sie hält an dem Plan fest."),
        ("de", "Ihr Sohn kann schwimmen, darf aber nicht in den See. Er mag Wasser."),
        ("en", "The council passed the budget on Tuesday. The school is growing and the road will be mended."),
        (
            "en",
            "In May the firm talked about its plans around the world. Some guests left, and he could not find a taxi.",
        ),
        ("en", "He would walk to the pier. The bank assumed control of the yard, and the suspect appeared in court."),
    ],
)
def test_plain_sentences_have_no_hedge(lang: Lang, text: str) -> None:
    assert in_use(text, lang) == []


def test_cue_in_direct_speech_counts_but_not_as_a_term() -> None:
    assert ("possibility", "Vielleicht") in in_use("„Vielleicht war die Pumpe schon defekt“, sagte der Meister.", "de")
    assert in_use("Das Wort „vielleicht“ strich der Meister.", "de") == []


def test_longer_cue_wins_over_the_one_inside_it() -> None:
    found = hedges("The toll could not be independently verified.", "en")
    assert [(hedge.cls, hedge.text) for hedge in found] == [("disclaimer", "could not be independently verified")]


def test_rule_names_entry_and_reason() -> None:
    assert hedges("Er soll gelogen haben.", "de")[0].rule == "de.sollen: perfect infinitive"


WORDS = sorted({word for row in (*GERMAN, *ENGLISH) for text in row[2:] for word in text.split()}) + list(
    '„“"«»(),;:—\n😀'
)


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), st.sampled_from(LANGUAGES))
def test_hedges_are_ordered_disjoint_and_quote_the_text(text: str, lang: Lang) -> None:
    document = read(text, lang)
    found = find_hedges(document, [(Span(0, len(text) // 2), True)])
    end = 0
    for hedge in found:
        assert end <= hedge.start < hedge.end
        assert text[hedge.start : hedge.end] == hedge.text
        assert (hedge.probability >= 0.5) == hedge.in_use
        assert hedge.in_use or not (hedge.reach or hedge.likelihood)
        assert all(reach.end <= hedge.start for reach in hedge.reach)
        end = hedge.end
    assert found == find_hedges(document, [(Span(0, len(text) // 2), True)])


SOLL = Path("/work/shared/data/hedge/soll_wikinews_own_labels.jsonl")


@pytest.mark.skipif(not SOLL.exists(), reason="the labelled development sentences are not in the project")
def test_sollen_rule_holds_on_the_development_sentences() -> None:
    rows = [json.loads(line) for line in SOLL.read_text(encoding="utf-8").splitlines()]
    hits = found = gold = 0
    for row in rows:
        if row["label"] == "ambiguous":
            continue
        start = row["cues"][0][0]
        used = any(hedge.in_use and hedge.start == start for hedge in hedges(row["text"], "de"))
        hits += used and row["label"] == "hedged"
        found += used
        gold += row["label"] == "hedged"
    assert 2 * hits / (found + gold) >= 0.9


@pytest.mark.parametrize(
    ("lang", "piece"),
    [("de", "soll "), ("de", "nicht unabhängig überprüft "), ("en", "may not "), ("en", "could not ")],
)
def test_text_without_full_stops_costs_no_more_than_its_length(lang: Lang, piece: str) -> None:
    document = read(piece * 20_000, lang)
    assert len(document.sentences) == 1
    assert len(find_hedges(document)) >= 10_000
