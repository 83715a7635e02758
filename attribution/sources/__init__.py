"""Who is meant: the source register, how openly a mention names its source, and which mentions are one source."""

from attribution.sources.coreference import Identity, identify
from attribution.sources.entries import Entry
from attribution.sources.register import Register

__all__ = ["Entry", "Identity", "Register", "identify"]
