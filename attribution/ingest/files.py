"""Read PDF files (pypdf) and Word documents (python-docx), both of the extra ``attribution[files]``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from attribution.errors import InputError
from attribution.ingest.draft import Draft
from attribution.ingest.html import quiet
from attribution.ingest.wrapping import join_lines

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from pypdf import DocumentInformation, PdfReader

INSTALL = "install it with: pip install 'attribution[files]'"
# A Word document that unpacks to more than this was made to fill a disk.
MAX_UNPACKED = 500_000_000
# What word processors write where nobody gave a title or an author.
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|unbenannt|dokument\d*|document\d*)\b.*|.*\.(?:docx?|odt|pdf|indd|qxd|rtf|txt)", re.I
)
_NO_AUTHOR = frozenset({"python-docx", "user", "admin", "administrator", "unknown", "anonymous"})
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:seite|page|s\.|p\.)\s*)?[-–|]?\s*\d{1,4}(?:\s*(?:/|von|of)\s*\d{1,4})?\s*[-–|]?", re.I
)


def read_pdf(data: bytes) -> Draft:
    """Read the text of a PDF; broken words and wrapped lines are joined to paragraphs.

    Raises:
        InputError: It is broken, encrypted, or pictures of pages without text.
    """
    try:
        import pypdf
    except ImportError:
        raise InputError(f"reading PDF needs the package pypdf; {INSTALL}") from None
    with quiet("pypdf"):
        try:
            reader = pypdf.PdfReader(BytesIO(data))
            _unlock(reader)
            pages = [(page.extract_text() or "").splitlines() for page in reader.pages]
            title, author = _stated(reader.metadata)
        except InputError:
            raise
        except Exception as error:  # pypdf raises nearly anything on a broken file
            raise InputError(
                f"the content cannot be read as PDF ({_brief(error)}); export or download it again"
            ) from error
    if not any(line.strip() for page in pages for line in page):
        raise InputError(
            f"the PDF has {len(pages)} pages but no text, as a scan has; run text recognition (OCR) on it first"
        )
    lines, dropped = _without_page_furniture(pages)
    note = f"removed {dropped} page headers, footers and page numbers"
    return Draft(join_lines(lines), title=title, author=author, warnings=(note,) if dropped else ())


def _unlock(reader: PdfReader) -> None:
    """Open a PDF that is only protected against changes; such a one has the empty password."""
    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except Exception:  # a cipher that pypdf has no library for
        opened = False
    if not opened:
        raise InputError("the PDF is encrypted and needs a password; save a copy without one")


def _stated(metadata: DocumentInformation | None) -> tuple[str | None, str | None]:
    title, author = (metadata.title, metadata.author) if metadata else (None, None)
    return _known_title(title), _known_author(author)


def _known_title(title: object) -> str | None:
    text = str(title or "").strip()
    return text if text and not _NO_TITLE.fullmatch(text) else None


def _known_author(author: object) -> str | None:
    text = str(author or "").strip()
    return text if text and text.lower() not in _NO_AUTHOR else None


def _without_page_furniture(pages: list[list[str]]) -> tuple[list[str], int]:
    """Leave out page numbers, and first and last lines that return on three pages with another number at most."""
    edges = Counter(key for page in pages for key in {_edge(line) for line in _ends_of(page)})
    lines: list[str] = []
    dropped = 0
    for page in pages:
        filled = [line.strip() for line in page]
        while filled and not filled[0]:
            filled.pop(0)
        while filled and not filled[-1]:
            filled.pop()
        for place, line in enumerate(filled):
            at_edge = place in (0, len(filled) - 1)
            if line and at_edge and (_PAGE_NUMBER.fullmatch(line) or edges[_edge(line)] >= 3):
                dropped += 1
            else:
                lines.append(line)
    return lines, dropped


def _ends_of(page: list[str]) -> list[str]:
    filled = [line for line in page if line.strip()]
    return filled[:1] + filled[-1:]


def _edge(line: str) -> str:
    return _DIGITS.sub("0", line.strip())


def read_docx(data: bytes) -> Draft:
    """Read the paragraphs and tables of a Word document, in order, with its title and author.

    Raises:
        InputError: It is broken, encrypted, or another kind of file.
    """
    try:
        import docx
    except ImportError:
        raise InputError(f"reading DOCX needs the package python-docx; {INSTALL}") from None
    _refuse_other_archives(data)
    try:
        document = docx.Document(BytesIO(data))
        blocks = list(_blocks(document))
        properties = document.core_properties
        title, author = _known_title(properties.title), _known_author(properties.author)
    except Exception as error:  # python-docx and lxml raise many kinds on a broken file
        raise InputError(f"the content cannot be read as DOCX ({_brief(error)}); save it again as .docx") from error
    text = "\n".join(text for _, text in blocks)
    if not text.strip():
        raise InputError("the Word document has no text in its paragraphs and tables; give one with text")
    headed = next((text for style, text in blocks if style in ("Title", "Heading 1") and text.strip()), None)
    return Draft(text, title=title or headed, author=author, lang=properties.language or None)


def _refuse_other_archives(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("the file is an old .doc file or has a password; save it as .docx without one")
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(member.file_size for member in archive.infolist())
    except (BadZipFile, ValueError, OSError):
        raise InputError(
            "the content is not a Word document; save it as .docx, or give a text the ending .txt"
        ) from None
    if "word/document.xml" not in names:
        raise InputError("the content is a ZIP archive but no Word document; save the article as .docx")
    if size > MAX_UNPACKED:
        raise InputError(f"the Word document unpacks to {size:,} bytes; at most {MAX_UNPACKED:,} are read")


def _blocks(container: Document | _Cell) -> Iterator[tuple[str, str]]:
    """Give style and text of every paragraph; a cell that spans columns is given once."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = {id(cell._tc): cell for cell in row.cells}
                for cell in cells.values():
                    yield from _blocks(cell)
        else:
            yield (block.style.name if block.style is not None else ""), block.text


def _brief(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0][:120]}" if str(error) else type(error).__name__
