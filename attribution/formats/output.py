"""Write files that appear whole or not at all, under names that every system takes."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def write_atomic(path: Path | str) -> Iterator[TextIO]:
    """Open a UTF-8 file for writing that appears whole or not at all: written beside, renamed at the end.

    Half a surrogate pair, which UTF-8 cannot hold, is written as an escape that JSON understands.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}.", suffix=".part")
    beside = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:  # noqa: PTH123
            yield stream
        beside.chmod(_mode(path))
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Give the permissions that an ordinary ``open`` would have left: mkstemp's are for the owner alone."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


# What some file system refuses, or a shell or a browser takes for something else.
_UNSAFE_NAME = re.compile(r"[^\w.\-+@]+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?\Z")
# File systems allow 255 bytes; the rest is for an ending and the temporary name.
_NAME_BYTES = 150


def file_name(identifier: str, used: set[str]) -> str:
    r"""Make a name for files of an article's id, safe on every system, and unlike those in ``used``, which it joins.

    >>> used = set()
    >>> file_name("../a b?", used), file_name("..\\A b!", used)
    ('a_b', 'A_b-2')
    """
    name = _UNSAFE_NAME.sub("_", identifier).strip("._-")
    name = name.encode("utf-8", "ignore")[:_NAME_BYTES].decode("utf-8", "ignore") or "article"
    name = f"_{name}" if _RESERVED.match(name) else name
    # Some file systems do not tell capitals from small letters.
    chosen = name
    number = 1
    while chosen.casefold() in used:
        number += 1
        chosen = f"{name}-{number}"
    used.add(chosen.casefold())
    return chosen
