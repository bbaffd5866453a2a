"""Which addresses may be visited.

The rule: only an address that the whole internet can reach, by http or https, without credentials; anything else has to
be named by the operator, as host:port. The text of a URL is judged here; `wire` asks `is_public` again for every
address that is connected to, so what a parser or a name server makes of a URL cannot matter.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from feedwatch.adapters.fetch.failures import FetchError, told
from feedwatch.model import Reason

LONGEST_URL = 4096  # characters; servers refuse request lines beyond 8 kB, and pages have to show it
PORTS = {"http": 80, "https": 443}

# What is not reachable from everywhere (IANA's special-purpose registries), written out: `ipaddress.is_global` differs
# between Python versions and calls multicast, 6to4 and NAT64 global.
_REFUSED_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; some clouds keep their metadata service here
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; the metadata service of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
]
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_6 = [
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments; Teredo carries an IPv4 address that nobody checks
        "2001:db8::/32",
        "2002::/16",  # 6to4: the same
        "3fff::/20",
    )
]
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
# Networks without IPv4 reach all of it through this prefix, so it is unwrapped and not refused.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_HOST = re.compile(
    r"(?=.{1,253}\.?$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.?"
)
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
_IF_YOURS = "if it is yours, name host and port in fetch.allow_hosts"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def is_public(address: str) -> bool:
    """Whether an IP address, as text, belongs to the public internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            return False
        if ip not in _MAPPED and ip not in _NAT64:
            return ip in _GLOBAL_6 and not any(ip in network for network in _REFUSED_6)
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return not any(ip in network for network in _REFUSED_4)


class Allowed:
    """The host:port pairs that may be visited although their address is private. A host alone: on ports 80 and 443."""

    def __init__(self, pairs: Iterable[str]) -> None:
        self._pairs: set[tuple[str, int]] = set()
        for pair in pairs:
            host, _, port = pair.lower().strip().rpartition(":")
            if host and port.isdecimal() and (":" not in host or host.startswith("[")):
                self._pairs.add((host.strip("[]"), int(port)))
            else:
                self._pairs |= {(pair.lower().strip().strip("[]"), port) for port in PORTS.values()}

    def permits(self, host: str, port: int) -> bool:
        return (host, port) in self._pairs


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked for. `host` is lower case and ASCII, an IPv6 address without its brackets."""

    url: httpx.URL
    host: str
    port: int

    @property
    def name(self) -> str:
        """The unit of politeness: what is asked for on ports 80 and 443 of one host is most likely one machine."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port in PORTS.values() else f"{shown}:{self.port}"


def aim(url: str, allowed: Allowed) -> Target:
    """Raises FetchError(ADDRESS) for what may not be visited."""
    parsed = _parse(url)
    host = parsed.raw_host.decode("ascii", "replace")
    port = parsed.port or PORTS[parsed.scheme]
    if not allowed.permits(host, port):
        _refuse_private(url, host, port)
    return Target(parsed, host, port)


def join(base: Target, location: str, allowed: Allowed) -> Target:
    """Where a redirect leads. Raises FetchError(ADDRESS)."""
    location = location.strip(" \t")
    if _CONTROL.search(location):  # urlsplit would leave some of them out
        raise _refusal(location, "control characters in the redirect's address")
    try:
        parts = urlsplit(location)
        if parts.scheme in PORTS and not parts.netloc:
            raise _refusal(location, "no host in the redirect's address")
        joined = urljoin(str(base.url), parts.geturl())
    except ValueError as error:
        raise _refusal(location, "the redirect's address is malformed") from error
    return aim(joined, allowed)


def _parse(url: str) -> httpx.URL:
    if len(url) > LONGEST_URL:
        raise _refusal(url, f"longer than {LONGEST_URL} characters")
    if _CONTROL.search(url):
        raise _refusal(url, "control characters in the address")
    try:
        parsed = httpx.URL(url.strip(" "))
        if parsed.scheme not in PORTS:
            raise _refusal(url, "neither http nor https")
        if parsed.userinfo:
            raise _refusal(url, "credentials in the address")
        if not parsed.raw_host or not 0 < (PORTS["http"] if parsed.port is None else parsed.port) <= 0xFFFF:
            raise _refusal(url, "no valid host and port")
        return parsed.copy_with(fragment=None) if "#" in url else parsed
    except (httpx.InvalidURL, ValueError) as error:  # ValueErrors come from idna
        raise _refusal(url, "malformed address") from error


def _refuse_private(url: str, host: str, port: int) -> None:
    """Literals are final here; a name is judged by its addresses, when they are known."""
    if ":" in host:
        if not is_public(host):
            raise _refusal(url, f"the address is not public; {_IF_YOURS}")
        return
    if not _HOST.fullmatch(host):
        raise _refusal(url, "no valid host name")
    # 127.1, 0x7f.1, 2130706433 and 0177.0.0.1 are addresses to some of the layers below and names to others.
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) and not is_public(host):
        raise _refusal(url, f"the address is not public, or not written as one; {_IF_YOURS}")
    if host.rstrip(".").rpartition(".")[2] == "localhost":
        raise _refusal(url, f"this machine's own name; {_IF_YOURS}")
    # Other services' own ports: mail servers, shells and the like can be talked into mischief by HTTP.
    if port < 1024 and port not in PORTS.values():
        raise _refusal(url, f"port {port} is not for the web")


def _refusal(url: str, why: str) -> FetchError:
    return FetchError(Reason.ADDRESS, f"{told(url)}: {why}")
