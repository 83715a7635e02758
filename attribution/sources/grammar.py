"""Function words of both languages: closed classes, hence code and not lexicon."""

from __future__ import annotations

from typing import Literal

from attribution.types import Lang

Determiner = Literal["definite", "indefinite", "quantity", "possessive", "none"]


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


def _classes(rows: dict[Determiner, str]) -> dict[str, Determiner]:
    return {word: kind for kind, text in rows.items() for word in text.split()}


DETERMINERS: dict[Lang, dict[str, Determiner]] = {
    "de": _classes(
        {
            "definite": "der die das dem den des dieser diese dieses diesem diesen jener jene jenes jenem jenen",
            "indefinite": "ein eine einer eines einem einen kein keine keiner keinem keinen irgendein weitere weiterer",
            "quantity": "mehrere mehreren mehrerer einige einigen einiger viele vielen vieler alle allen aller beide "
            "beiden beider manche manchen mancher zahlreiche zahlreichen zahlreicher etliche etlichen wenige wenigen "
            "verschiedene verschiedenen zwei zweier drei dreier vier fünf sechs sieben acht neun zehn dutzende "
            "hunderte sämtliche sämtlichen rund fast etwa andere anderen anderer",
            "possessive": "sein seine seiner seinem seinen seines ihr ihre ihrer ihrem ihren ihres mein meine meiner "
            "meinem meinen unser unsere unserer unserem unseren dessen deren eigenen eigene eigener eigenem",
        }
    ),
    "en": _classes(
        {
            "definite": "the this that these those",
            "indefinite": "a an another any no every each",
            "quantity": "some many several two three four five six seven eight nine ten dozens hundreds most all both "
            "few various numerous other others more multiple one",
            "possessive": "his her its their my our your whose own",
        }
    ),
}
# What ends a noun phrase and begins its complement, a relative clause or another phrase.
ENDING: dict[Lang, frozenset[str]] = {
    "de": words(
        "von vom bei beim im in für aus am an zu zur zum mit auf über unter nach gegen um vor seit während zwischen "
        "durch ohne gegenüber innerhalb wie als dass wonach namens und oder sowie ist war hat"
    ),
    "en": words(
        "of at in for from with on by to near about who which that whose whom where when and or as inside within under "
        "over across including told familiar close speaking briefed involved privy against after before during is was "
        "has had living working based outside around among between present not asking requesting"
    ),
}
# Behind a German noun these begin a genitive ("der Sprecher des Hauses", "der Anwalt seiner Familie").
GENITIVE = words(
    "des der den dem die das eines einer einem einen ein eine seiner seines seinem ihrer ihres ihrem dieser dieses "
    "diesem unserer unseres deren dessen"
)
# What a mention may begin with that is no part of it.
LEADING: dict[Lang, frozenset[str]] = {
    "de": words("laut nach von vom bei beim gemäß durch und auch so wie zufolge im in wonach aus"),
    "en": words("by per from according to and also even as citing in of with"),
}
ONE = words("one einer eine eines einem einen")
PARTICLES = words("von van de der den del della di da du le la bin ibn al el ter zu vom zum dos y")
SOMEBODY: dict[Lang, frozenset[str]] = {
    "de": words("man jemand darauf darunter dabei dazu davon"),
    "en": words("one someone somebody self"),
}

# Gender or sort of a pronoun: m, f, n, p (several) and choices of them; relative; this (points near); any (whoever
# spoke last); speaker (the one who is quoted).
_PRONOUN_ROWS = (
    ("m", "er ihm ihn", "he him himself his"),
    ("f", "", "she her herself"),
    ("f p", "sie ihnen ihr ihre ihrer ihrem ihren", ""),
    ("m n", "sein seine seiner seinem seinen", ""),
    ("n", "es", "it itself its"),
    ("p", "", "they them themselves their"),
    ("relative", "der die das denen dem den dessen deren welcher welche welches", "who which that whom whose"),
    ("this", "dieser diese dieses diesem diesen dies jener jene jenes letzterer letztere", "this"),
    ("any", "demnach danach wonach daraus", ""),
    ("speaker", "ich wir mich uns mir mein meine unser unsere", "i we me us you my our your"),
)
PRONOUNS: dict[Lang, dict[str, str]] = {
    "de": {word: sort for sort, german, _ in _PRONOUN_ROWS for word in german.split()},
    "en": {word: sort for sort, _, english in _PRONOUN_ROWS for word in english.split()},
}
# Beginnings of possessives and whom they can mean; "self" is the subject of the sentence ("nach eigenen Angaben").
POSSESSIVES: dict[Lang, tuple[tuple[str, str], ...]] = {
    "de": (("sein", "m n"), ("dessen", "m n"), ("ihr", "f p"), ("deren", "f p"), ("eigen", "self")),
    "en": (("his", "m"), ("her", "f"), ("its", "n"), ("their", "p"), ("own", "self")),
}
