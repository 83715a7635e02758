"""Fetch a page that the user gave by its address: the only network access of the whole package."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from attribution.errors import InputError

TIMEOUT_SECONDS = 20
# News pages have 0.1 to 3 MB, PDF reports up to 30.
MAX_BYTES = 50_000_000
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
# Many sites answer 403 to Python's own name.
AGENT = "Mozilla/5.0 (compatible; attribution)"


@dataclass(frozen=True, slots=True)
class Page:
    """Hold what an address gave: bytes, the file ending that stands for its kind, and its encoding if stated."""

    data: bytes
    ending: str
    encoding: str | None = None


def is_url(text: str) -> bool:
    """Tell whether an input is an address and not a path."""
    return text.lower().startswith(("http://", "https://"))


class _WebOnly(HTTPRedirectHandler):
    """Follow redirects to web addresses only."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Refuse to be sent anywhere but to http and https."""
        if not is_url(newurl):
            raise URLError(f"it redirects to {newurl!r}, which is not on the web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str) -> Page:
    """Fetch one address; raise InputError when it does not answer or does not give a document that can be read."""
    try:
        request = Request(_ascii(url), headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.8"})  # noqa: S310  is_url
        with build_opener(_WebOnly).open(request, timeout=TIMEOUT_SECONDS) as answer:
            data: bytes = answer.read(MAX_BYTES + 1)
            kind, encoding = answer.headers.get_content_type(), answer.headers.get_content_charset()
    except HTTPError as error:
        raise InputError(
            f"the server answered {error.code} ({error.reason}); open the page in a browser, save it and give the file"
        ) from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise InputError(f"the address could not be fetched ({reason}); check it and the network connection") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"the answer is larger than {MAX_BYTES:,} bytes; download it and give the article alone")
    if kind not in ENDINGS:
        raise InputError(f"the address gives {kind!r}; allowed are {', '.join(sorted(ENDINGS))}")
    return Page(data, ENDINGS[kind], encoding)


def _ascii(url: str) -> str:
    """Escape what an address may not hold, as a browser does: umlauts in the path and in the host's name."""
    parts = urlsplit(url.strip())
    host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    return parts._replace(
        netloc=host,
        path=quote(parts.path, safe="/%:@!$&'()*+,;=~"),
        query=quote(parts.query, safe="/%:@!$&'()*+,;=~?"),
        fragment="",
    ).geturl()
