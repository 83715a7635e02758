"""The shipped register and what happens to a user's own: every entry loads, every alias means one source."""

import re
from pathlib import Path

import pytest

from attribution.errors import ConfigError
from attribution.sources import Register
from attribution.sources.entries import read_tables
from attribution.sources.nouns import lookup
from attribution.types import KINDS, LANGUAGES

TABLES = read_tables()
ENTRIES = list(TABLES.entries.values())
REGISTER = Register.load()


@pytest.fixture
def overlay(tmp_path):
    def write(text: str) -> list[Path]:
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        return [path]

    return write


def test_covers_enough_sources():
    assert len(ENTRIES) >= 150
    assert {entry.kind for entry in ENTRIES} >= {
        "government", "military", "intelligence", "media", "agency", "organisation", "person", "social_media",
    }  # fmt: skip


def test_every_entry_is_well_formed():
    for entry in ENTRIES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.id), entry.id
        assert entry.name.strip() == entry.name != "", entry.id
        assert entry.kind in KINDS, entry.id
        assert entry.wikidata is None or re.fullmatch(r"Q[1-9]\d*", entry.wikidata), entry.id
        assert entry.reliability is None, "no letter is shipped"
        assert not set(entry.short) & {*entry.aliases_de, *entry.aliases_en, *entry.common}, entry.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_alias_finds_its_entry(lang):
    for entry in ENTRIES:
        shared = {name.strip("»«„“") for name in (*entry.common, *entry.short)}
        for alias in (entry.name, *(entry.aliases_de if lang == "de" else entry.aliases_en)):
            if shared.isdisjoint((alias, alias.removeprefix("The "), alias.removeprefix("Die "))):
                found = REGISTER.exact(alias, lang)
                assert found is not None, alias
                assert found.id == entry.id, alias


def test_wikidata_items_are_unique():
    items = [entry.wikidata for entry in ENTRIES if entry.wikidata]
    assert len(items) == len(set(items))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_alias_stands_for_two_sources(lang):
    owner: dict[str, str] = {}
    for entry in ENTRIES:
        aliases = entry.aliases_de if lang == "de" else entry.aliases_en
        for alias in {entry.name, *aliases, *entry.common} - set(entry.short):
            assert owner.setdefault(alias, entry.id) == entry.id, alias


# Plain nouns that mean one body in German news.
PROPER_NOUNS = {
    "Bundesbank", "Kanzleramt", "Bundestag", "Verfassungsschutz", "Bundeswehr", "Vatikan", "BUND", "Bundesanwaltschaft",
    "Kremlchef", "die tageszeitung", "Secret Service",
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_everyday_noun_is_an_alias(lang):
    for entry in ENTRIES:
        for alias in (entry.name, *(entry.aliases_de if lang == "de" else entry.aliases_en)):
            noun = lookup(alias.removeprefix("die ").removeprefix("The "), lang)
            assert noun is None or noun.prefix or alias in PROPER_NOUNS | {*entry.common, *entry.short}, alias


def test_only_countries_and_unions_are_metonyms():
    metonyms = {entry.id for entry in ENTRIES if entry.metonym}
    assert metonyms == set(TABLES.countries) | {"european-union"}


def test_every_country_composes_with_every_institution():
    for country in TABLES.countries.values():
        for institution in TABLES.institutions.values():
            found = REGISTER.resolve(f"the {country.en[0]} {institution.en[0]}", "en")
            assert found is not None, (country.id, institution.id)
            assert found.country == country.id or found.id == country.id


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Der südkoreanische Geheimdienst NIS", "de", "nis"),
        ("des Weißen Hauses", "de", "white-house"),
        ("Das Weiße Haus", "de", "white-house"),
        ("des Kremls", "de", "kremlin"),
        ("der BBC", "de", "bbc"),
        ("den Vereinten Nationen", "de", "united-nations"),
        ("des Auswärtigen Amtes", "de", "german-foreign-office"),
        ("der Frankfurter Allgemeinen Zeitung", "de", "faz"),
        ("Der Spiegel", "de", "spiegel"),
        ("Spiegel", "de", "spiegel"),
        ("des Nachrichtenmagazins „Der Spiegel“", "de", "spiegel"),
        ("die Wochenzeitung „Die Zeit“", "de", "zeit"),
        ("Die Zeit", "de", "zeit"),
        ("»Welt«", "de", "welt"),
        ("Bild", "de", "bild"),
        ("die Illustrierte „Stern“", "de", "stern"),
        ("das Verteidigungsministerium in Kiew", "de", "ukraine-defence-ministry"),
        ("ukrainische Geheimdienste", "de", "ukraine:intelligence"),
        ("der britische Auslandsgeheimdienst", "de", "mi6"),
        ("die polnische Regierung", "de", "poland"),
        ("das US-Außenministerium", "de", "us-state-department"),
        ("Israels Armee", "de", "idf"),
        ("South Korea's spy agency", "en", "nis"),
        ("the Ministry of Defence of Ukraine", "en", "ukraine-defence-ministry"),
        ("U.S. intelligence", "en", "us-intelligence-community"),
        ("the British defence ministry", "en", "uk-ministry-of-defence"),
        ("the Dutch police", "en", "netherlands:police"),
        ("Time magazine", "en", "time-magazine"),
        ("Time", "en", "time-magazine"),
        ("The Sun", "en", "the-sun"),
        ("the British newspaper The Times", "en", "the-times"),
        ("the Reuters news agency", "en", "reuters"),
        ("the Australian Associated Press", "en", "aap"),
        ("the Georgian government", "en", "georgia"),
        ("the Canadian spy agency CSIS", "en", "csis-canada"),
        ("der russische Auslandsgeheimdienst SWR", "de", "svr"),
        ("der SWR", "de", "swr"),
        ("das Außenministerium der Vereinigten Staaten", "de", "us-state-department"),
        ("die britische Tageszeitung „The Guardian“", "de", "guardian"),
    ],
)  # fmt: skip
def test_resolves(text, lang, expected):
    entry = REGISTER.resolve(text, lang)
    assert entry is not None
    assert entry.id == expected


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("das Weltbild", "de"),
        ("die Welt", "de"),
        ("die Zeit", "de"),
        ("das Spiegelbild", "de"),
        ("ein Experte der Vereinten Nationen", "de"),
        ("ein Sprecher des Kremls", "de"),
        ("die Universität Bern", "de"),
        ("Paris Hilton", "de"),
        ("der frühere ukrainische Geheimdienst", "de"),
        ("westliche Geheimdienste", "de"),
        ("die Regierung", "de"),
        ("der US-amerikanisch-britische Geheimdienst XY", "de"),
        ("the time", "en"),
        ("the sun", "en"),
        ("the Times", "en"),
        ("the Post", "en"),
        ("the guardian of the estate", "en"),
        ("UN experts", "en"),
        ("a Pentagon spokesman", "en"),
        ("BBC Persian", "en"),
        ("Jordan Peterson", "en"),
        ("US intelligence officials", "en"),
        ("the former Ukrainian government", "en"),
        ("the Indian AP", "en"),
        ("Georgia", "en"),
        ("the CSIS", "en"),
        ("die Tageszeitung", "de"),
        ("the American Psychological Association (APA)", "en"),
        ("the Russian Security Council", "en"),
        ("der russische Sicherheitsrat", "de"),
        ("the defence ministry", "en"),
        ("the Ukrainian parliament speaker", "en"),
        ("", "en"),
        ("„“", "de"),
    ],
)
def test_abstains(text, lang):
    assert REGISTER.resolve(text, lang) is None


def test_a_derived_source_says_so():
    entry = REGISTER.resolve("die dänische Küstenwache", "de")
    assert entry is not None
    assert (entry.id, entry.name, entry.kind, entry.derived) == (
        "denmark:border-guard", "Danish border guard", "government", True,
    )  # fmt: skip
    assert entry.id not in REGISTER.entries


def test_own_entries_are_added_and_shipped_ones_changed(overlay):
    register = Register.load(
        overlay("""
[[source]]
id = "nordsee-kurier"
name = "Nordsee-Kurier"
kind = "media"
aliases_de = ["NK Emden"]
country = "germany"
reliability = "B"

[[source]]
id = "reuters"
reliability = "A"
aliases_en = ["Reuters Berlin bureau"]

[[source]]
id = "sealand"
name = "Sealand"
kind = "government"
metonym = true

[[country]]
id = "sealand"
de = ["seeländisch"]
en = ["Sealandic"]
""")
    )
    assert register.reliability("nordsee-kurier") == "B"
    assert register.reliability("reuters") == "A"
    assert register.reliability("ap") is None
    assert register.reliability(None) is None
    assert register.reliability("ukraine:intelligence") is None
    assert register.resolve("des Nordsee-Kuriers", "de").id == "nordsee-kurier"
    assert register.resolve("the Reuters Berlin bureau", "en").id == "reuters"
    assert register.resolve("Reuters", "en").kind == "agency"
    assert register.resolve("die seeländische Polizei", "de").id == "sealand:police"
    assert "nordsee-kurier" not in Register.load().entries


ENTRY = '[[source]]\nid = "x"\nname = "Xylo Report"\nkind = "media"\n'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (ENTRY + "aliasses_de = []", ("own.toml", "'x'", "aliasses_de", "aliases_de")),
        (ENTRY.replace("media", "newspaper"), ("own.toml", "'x'", "kind", "'newspaper'", "media")),
        (ENTRY + 'reliability = "G"', ("own.toml", "'x'", "reliability", "'G'", "A, B, C, D, E, F")),
        (ENTRY + 'wikidata = "9531"', ("own.toml", "'x'", "wikidata", "'9531'", "Q9531")),
        (ENTRY + 'country = "atlantis"', ("own.toml", "'x'", "country", "'atlantis'")),
        (ENTRY + 'parent = "atlantis"', ("own.toml", "'x'", "parent", "'atlantis'")),
        (ENTRY + 'office = "intelligence"', ("own.toml", "'x'", "needs a country")),
        (ENTRY + 'country = "south-korea"\noffice = "intelligence"', ("'x'", "'nis'")),
        (ENTRY + 'aliases_en = "Xylo"', ("own.toml", "'x'", "aliases_en", "list")),
        (ENTRY + "aliases_en = [3]", ("own.toml", "'x'", "aliases_en", "list")),
        (ENTRY + "metonym = 1", ("own.toml", "'x'", "metonym", "true or false")),
        (ENTRY + 'derived = true', ("own.toml", "'x'", "derived")),
        (ENTRY + 'aliases_de = ["Deutsche Welle"]', ("Deutsche Welle", "'deutsche-welle'", "'x'")),
        (ENTRY + ENTRY, ("own.toml", "'x'", "twice")),
        ('[[source]]\nid = "x"\nname = "Xylo"', ("own.toml", "'x'", "kind", "missing")),
        ('[[source]]\nname = "Xylo"', ("own.toml", "id")),
        ('[[source]]\nid = "Xylo Report"', ("own.toml", "Xylo Report", "small letters")),
        ("[[sources]]", ("own.toml", "sources", "source")),
        ('[source]\nid = "x"', ("own.toml", "[[source]]")),
        ("[[source", ("own.toml", "TOML")),
        ('[[country]]\nid = "atlantis"\nde = ["atlantisch"]\nen = ["Atlantic"]', ("own.toml", "atlantis")),
    ],
)  # fmt: skip
def test_a_bad_register_says_where_and_what(overlay, text, parts):
    with pytest.raises(ConfigError) as caught:
        Register.load(overlay(text))
    for part in parts:
        assert part in str(caught.value)


def test_a_missing_register_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        Register.load([tmp_path / "nowhere.toml"])


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("\ufeff" + ENTRY, encoding="utf-8")
    assert Register.load([path]).resolve("Xylo Report", "en").id == "x"
