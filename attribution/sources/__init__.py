"""Who is meant: the source register, how openly a mention names its source, and which mentions are one source."""

from __future__ import annotations

from pathlib import Path

from attribution.sources.coreference import Identity, identify
from attribution.sources.entries import Entry
from attribution.sources.register import Register

__all__ = ["Entry", "Identity", "Register", "identify", "load_sources"]


def load_sources(*files: str | Path) -> Register:
    """Load the shipped register, overlaid with register files of one's own.

    Raises:
        ConfigError: a file cannot be read, or a key, value or alias in it is not allowed.
    """
    return Register.load([Path(file) for file in files])
