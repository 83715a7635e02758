"""Likelihood as worded: the seven bands of ICD 203, and only for words that name one of them.

The bands and their synonyms are those of Intelligence Community Directive 203 (2015), D.6.e.(2)(a). *May*, *might*,
*could*, *könnte* and *possible* have no band there, and Kent kept "possible" outside his: such words get none here.
"""

from __future__ import annotations

from typing import NamedTuple


class Band(NamedTuple):
    """Name one band of ICD 203 and its limits in per cent."""

    name: str
    low: int
    high: int


BANDS: tuple[Band, ...] = (
    Band("almost no chance", 1, 5),
    Band("very unlikely", 5, 20),
    Band("unlikely", 20, 45),
    Band("roughly even chance", 45, 55),
    Band("likely", 55, 80),
    Band("very likely", 80, 95),
    Band("almost certain", 95, 99),
)
_NAMES = {(band.low, band.high): band.name for band in BANDS}


def band_name(limits: tuple[int, int]) -> str | None:
    """Name the ICD 203 band with these limits, or give None where there is no such band."""
    return _NAMES.get(limits)
