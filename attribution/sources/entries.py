"""Read and check register files: entries, and the countries and institutions that compose to further ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from attribution.errors import ConfigError
from attribution.types import KINDS, Kind

RELIABILITIES = ("A", "B", "C", "D", "E", "F")
GOVERNMENT = "government"

_ID = re.compile(r"[a-z0-9]+(?:[-:][a-z0-9]+)*")
_QID = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one registered source.

    ``aliases_*`` are unambiguous names. ``common`` are names that are also everyday words ("Zeit"): they count only
    as the whole mention exactly as written, in quotation marks, or beside a word for a medium. ``short`` are names
    that several share ("Times"): they count only with a word of ``context`` in the mention or a fuller form in the
    same article. ``country`` and ``office`` (an institution's id) let "the Ukrainian defence ministry" find the
    entry. ``derived`` marks a source that was composed of country and institution and has no entry of its own.
    ``reliability`` is the user's own letter; none is shipped.
    """

    id: str
    name: str
    kind: Kind
    aliases_de: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    wikidata: str | None = None
    parent: str | None = None
    country: str | None = None
    office: str | None = None
    metonym: bool = False
    kind_note: str = ""
    reliability: str | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """Hold the words for belonging to a country: German stems ("ukrainisch"), English adjectives, prefixes ("US")."""

    id: str
    de: tuple[str, ...]
    en: tuple[str, ...]
    prefix: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Institution:
    """Hold the words for an institution that every country has; ``name`` is its English name after the adjective."""

    id: str
    name: str
    kind: Kind
    de: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Hold what register files say, keyed by id."""

    entries: dict[str, Entry]
    countries: dict[str, Country]
    institutions: dict[str, Institution]


Row = TypeVar("Row", Entry, Country, Institution)
_TABLES: dict[str, type[Any]] = {"source": Entry, "country": Country, "institution": Institution}
_LISTS = {"aliases_de", "aliases_en", "common", "short", "context", "de", "en", "prefix"}


def read_tables(extra: Sequence[Path] = ()) -> Tables:
    """Read the shipped register and overlay further files on it.

    A row with a known id changes the keys that it gives; its lists are added to the shipped ones. Any other row is new.
    """
    merged: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in _TABLES}
    origin: dict[tuple[str, str], str] = {}
    for name, data in _files(extra):
        for table, row in _rows(data, name):
            _check_row(_TABLES[table], row, name)
            if origin.get((table, row["id"])) == name:
                raise ConfigError(f"{name}: {table} {row['id']!r} stands twice; keep one of them")
            origin[table, row["id"]] = name
            old = merged[table].setdefault(row["id"], {})
            for key, value in row.items():
                old[key] = list(dict.fromkeys([*old.get(key, []), *value])) if key in _LISTS else value
    tables = Tables(
        entries={i: _build(Entry, row, origin["source", i]) for i, row in merged["source"].items()},
        countries={i: _build(Country, row, origin["country", i]) for i, row in merged["country"].items()},
        institutions={
            i: _build(Institution, row, origin["institution", i]) for i, row in merged["institution"].items()
        },
    )
    _check_references(tables, origin)
    return tables


def _files(extra: Sequence[Path]) -> Iterable[tuple[str, dict[str, Any]]]:
    yield "register.toml", tomllib.loads(files("attribution").joinpath("register.toml").read_text(encoding="utf-8"))
    for path in extra:
        try:
            yield str(path), tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise ConfigError(
                f"register {path}: cannot be read ({error.strerror}); give an existing TOML file"
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"register {path}: is no TOML in UTF-8 ({error}); mend the file there") from None


def _rows(data: dict[str, Any], name: str) -> Iterable[tuple[str, dict[str, Any]]]:
    for table, rows in data.items():
        if table not in _TABLES:
            raise ConfigError(f"{name}: unknown table {table!r}; allowed are {', '.join(_TABLES)}")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ConfigError(f"{name}: {table} must be a list of entries; write [[{table}]] above each")
        yield from ((table, row) for row in rows)


def _check_row(cls: type[Any], row: dict[str, Any], name: str) -> None:
    """Refuse unknown keys and values of the wrong type or outside their range."""
    where = f"{name}, entry {row.get('id', '?')!r}"
    if not isinstance(row.get("id"), str) or not _ID.fullmatch(row["id"]):
        raise ConfigError(f"{where}: id is {row.get('id')!r}; give small letters, digits and hyphens ('kyiv-post')")
    allowed = sorted({f.name for f in fields(cls)} - {"derived"})
    for key, value in row.items():
        if key not in allowed:
            raise ConfigError(f"{where}: unknown key {key!r}; allowed are {', '.join(allowed)}")
        if key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
                raise ConfigError(f"{where}: {key} is {value!r}; give a list of names in quotation marks")
        elif isinstance(value, bool) != (key == "metonym") or not isinstance(value, (str, bool)):
            expected = "true or false" if key == "metonym" else "a string"
            raise ConfigError(f"{where}: {key} is {value!r}; give {expected}")
    _check_choice(where, "kind", row, KINDS)
    _check_choice(where, "reliability", row, RELIABILITIES)
    if "wikidata" in row and not _QID.fullmatch(row["wikidata"]):
        raise ConfigError(f"{where}: wikidata is {row['wikidata']!r}; give an item id such as 'Q9531' or leave it out")


def _check_choice(where: str, key: str, row: dict[str, Any], allowed: tuple[str, ...]) -> None:
    if key in row and row[key] not in allowed:
        raise ConfigError(f"{where}: {key} is {row[key]!r}; allowed are {', '.join(allowed)}; choose one of them")


def _build(cls: type[Row], row: dict[str, Any], name: str) -> Row:
    for f in fields(cls):
        if f.default is MISSING and f.name not in row:
            raise ConfigError(f"{name}, entry {row['id']!r}: key {f.name!r} is missing; add it, or use a shipped id")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return cls(**values)


def _check_references(tables: Tables, where: dict[tuple[str, str], str]) -> None:
    """Refuse parents, countries and offices that stand nowhere, and two entries for one office."""
    offices: dict[tuple[str, str], str] = {}
    for entry in tables.entries.values():
        at = f"{where['source', entry.id]}, entry {entry.id!r}"
        for key, known in (("parent", tables.entries), ("country", tables.countries), ("office", tables.institutions)):
            value = getattr(entry, key)
            if value is not None and value not in known:
                raise ConfigError(f"{at}: {key} is {value!r}, which has no entry; allowed are {_sample(known)}")
        if entry.office and not entry.country:
            raise ConfigError(f"{at}: office {entry.office!r} needs a country; add the key country")
        if entry.office and entry.country:
            other = offices.setdefault((entry.country, entry.office), entry.id)
            if other != entry.id:
                raise ConfigError(f"{at}: {entry.office} of {entry.country} is {other!r} already; leave one office out")
    for country in tables.countries:
        if country not in tables.entries:
            raise ConfigError(
                f"{where['country', country]}, country {country!r}: has no [[source]] of this id; add one"
            )


def _sample(known: Iterable[str]) -> str:
    names = sorted(known)
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
