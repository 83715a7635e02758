"""Read settings: the grade's points and the user's own source registers, with a hash that goes into every record."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from attribution.errors import ConfigError

GradeTable = Mapping[str, Mapping[str, Any]]


@cache
def default_grade() -> dict[str, dict[str, Any]]:
    """Return the grade table that the package ships."""
    return tomllib.loads(files("attribution").joinpath("grade.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what a user can change: ``grade`` is the table of grade.toml, ``sources`` are register files to overlay."""

    grade: GradeTable = field(default_factory=default_grade)
    sources: tuple[Path, ...] = ()

    @property
    def sha256(self) -> str:
        """Return the hash of all settings, register files included by content."""
        digest = hashlib.sha256(json.dumps(self.grade, sort_keys=True).encode())
        for path in self.sources:
            digest.update(path.read_bytes())
        return digest.hexdigest()


def load_settings(path: Path | None = None, sources: Sequence[Path] = ()) -> Settings:
    """Read a settings file (TOML: ``sources = [FILE, …]`` and tables ``[grade.…]``) and add register files to it.

    Raises:
        ConfigError: the file is missing, is not TOML, or has a key or value that is not allowed.
    """
    if path is None:
        return Settings(sources=_existing(sources, None))
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"settings {path}: cannot be read ({error.strerror}); give the path of a TOML file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"settings {path}: not valid TOML: {error}") from None
    if unknown := sorted(set(data) - {"grade", "sources"}):
        raise ConfigError(f"settings {path}: unknown key {unknown[0]!r}; allowed are grade, sources")
    listed = data.get("sources", [])
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise ConfigError(f"settings {path}: sources is {listed!r}; give a list of file names")
    own = [path.parent / item for item in listed]
    return Settings(_merge_grade(data.get("grade", {}), path), _existing([*own, *sources], path))


def _existing(sources: Sequence[Path], path: Path | None) -> tuple[Path, ...]:
    for source in sources:
        if not source.is_file():
            where = f"settings {path}: " if path else ""
            raise ConfigError(f"{where}source register {str(source)!r} does not exist; give the path of a TOML file")
    return tuple(sources)


def _merge_grade(own: object, path: Path) -> GradeTable:
    """Lay a user's grade tables over the shipped ones; every key must exist there and keep its type."""
    default = default_grade()
    if not isinstance(own, dict):
        raise ConfigError(f"settings {path}: grade is {own!r}; give tables such as [grade.hedge]")
    merged = {name: dict(table) for name, table in default.items()}
    for name, table in own.items():
        if name not in default or not isinstance(table, dict):
            raise ConfigError(f"settings {path}: unknown table [grade.{name}]; allowed are {', '.join(default)}")
        for key, value in table.items():
            if key not in default[name]:
                raise ConfigError(
                    f"settings {path}: unknown key grade.{name}.{key}; allowed are {', '.join(default[name])}"
                )
            _check_value(f"settings {path}: grade.{name}.{key}", value, default[name][key])
            merged[name][key] = value
    return merged


def _check_value(where: str, value: object, default: object) -> None:
    if isinstance(default, list):
        whole = isinstance(value, list) and len(value) == len(default) and all(type(v) is int for v in value)
        if not (whole and isinstance(value, list) and sorted(value) == value):
            raise ConfigError(f"{where} is {value!r}; give {len(default)} whole numbers that do not fall")
    elif type(value) is not int or value < 0:
        raise ConfigError(f"{where} is {value!r}; give a whole number from 0")
