"""Why a fetch failed, in one line for a person.

What the other side sent never stands in such a line unchecked: URLs lose their credentials and queries, the libraries'
texts (which quote the bytes received) are not used.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Iterator
from datetime import timedelta

import aiohttp
import httpx
from aiohttp.http_exceptions import HttpProcessingError

from feedwatch.model import Failed, Reason

# All that httpx, aiohttp, asyncio, ssl and the URL and header code between them raise for what the other side does or
# for an address that they cannot work with (yarl and idna raise ValueErrors). Fuzzed in tests/test_fetch_fuzz.py.
OTHER_SIDE = (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError, HttpProcessingError, OSError, ValueError)

LONGEST_TOLD = 160  # characters of a URL in a detail: it should fit on a line of a log or a status page

_CREDENTIALS = re.compile(r"//[^/?#]*@")


class FetchError(Exception):
    """Ends a fetch, from however deep; carries the outcome and never leaves this package."""

    def __init__(
        self, reason: Reason, detail: str, *, status: int | None = None, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(detail)
        self.failed = Failed(reason, detail, status, retry_after)


class AddressRefusedError(OSError):
    """Raised where a connection would be made, so that no layer above can forget to ask."""


class NotResolvedError(OSError):
    pass


class WireFullError(OSError):
    pass


class UnaskedAnswerError(aiohttp.ClientOSError):
    """An OSError of aiohttp's, so that it tries once more on a new connection."""


def told(url: str) -> str:
    """`url` as it may stand in logs and on pages: without credentials, query and fragment, printable, short."""
    bare = _CREDENTIALS.sub("//", url, count=1)
    path, mark, _ = re.sub(r"#.*", "", bare, flags=re.DOTALL).partition("?")
    shown = "".join(character if character.isprintable() else "?" for character in path)
    if len(shown) > LONGEST_TOLD:
        shown = shown[:LONGEST_TOLD] + "..."
    return shown + ("?..." if mark else "")


# In the order in which a cause counts, wherever it stands in the chain of wrapped errors.
_MEANINGS: tuple[tuple[type[BaseException], Reason, str], ...] = (
    (AddressRefusedError, Reason.ADDRESS, "the address is not public"),
    (NotResolvedError, Reason.DNS, "the name cannot be resolved"),
    (aiohttp.ClientConnectorDNSError, Reason.DNS, "the name cannot be resolved"),
    (WireFullError, Reason.PROTOCOL, "endless header"),
    (UnaskedAnswerError, Reason.PROTOCOL, "it answers before it is asked"),
    (ssl.SSLCertVerificationError, Reason.TLS, "certificate refused"),
    (ssl.SSLError, Reason.TLS, "no TLS connection"),
    (TimeoutError, Reason.TIMEOUT, "no complete answer in time"),
    (HttpProcessingError, Reason.PROTOCOL, "the answer is not valid HTTP"),
    (aiohttp.ClientResponseError, Reason.PROTOCOL, "the answer is not valid HTTP"),
    (aiohttp.ServerDisconnectedError, Reason.CONNECT, "connection closed without an answer"),
    (OSError, Reason.CONNECT, "no connection"),
    (BaseException, Reason.PROTOCOL, "no usable answer"),
)


def explain(error: BaseException, url: str) -> FetchError:
    """What `error`, raised before an answer's header was complete, means."""
    causes = list(_causes(error))
    kind, reason, text = next(
        meaning for meaning in _MEANINGS if any(isinstance(cause, meaning[0]) for cause in causes)
    )
    cause = next(cause for cause in causes if isinstance(cause, kind))
    return FetchError(reason, f"{told(url)}: {text}{_detail(cause)}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The innermost first: that is the one which knows. Libraries wrap by `from` and by attribute."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        seen.append(cause)
        wrapped = getattr(cause, "os_error", None) or getattr(cause, "certificate_error", None)
        cause = wrapped if isinstance(wrapped, BaseException) else cause.__cause__
    return reversed(seen)


def _detail(cause: BaseException) -> str:
    match cause:
        case ssl.SSLCertVerificationError(verify_message=str(text)) if text:
            return f" ({text})"
        case ssl.SSLError(reason=str(text)) if text:
            return f" ({text.lower().replace('_', ' ')})"
        case OSError(errno=int(number)) if number > 0:
            return f" ({os.strerror(number)})"
    return ""
