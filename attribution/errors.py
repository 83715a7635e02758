"""What can go wrong, as few classes as a caller needs to tell apart."""

from __future__ import annotations


class AttributionError(Exception):
    """Stand for every error that this package raises on purpose; its message says what to do."""


class InputError(AttributionError):
    """Say that one document cannot be read or analysed; a batch turns it into a failure record."""

    def __init__(self, message: str, stage: str = "read") -> None:
        super().__init__(message)
        self.stage = stage


class ConfigError(AttributionError):
    """Say that settings, a register or a lexicon is not as it must be."""


class LabelError(AttributionError):
    """Say that a label or gold file is not as it must be; the message names file and line."""
