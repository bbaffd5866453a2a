"""The canonical key of an article's URL: one story, one article.

The rule that this module keeps: ids never move, so two URLs get one key only where they name the same page on any
site. What only some sites do (`m.` and `amp.` hosts, a slash at the end) is left to redirects and canonical links,
which prove it. A browser computes the same key from `new URL(link)` with these steps:

1. the scheme is https; user names, other schemes, control characters, spaces and backslashes make no key;
2. the host is in lower case and Punycode, without `www.` where a dot remains, without a dot at the end, without the
   default port;
3. each segment of the path, and each name and value of the query (`+` is a space there), is percent-decoded to bytes
   and encoded anew; segments `.` and `..` are resolved, empty ones stay;
4. `;jsessionid=`, `/amp` and `.amp` at the path's end, and the parameters of the tables below are dropped;
5. the other parameters are sorted by name, those of one name keep their order; an empty query is none;
6. the fragment is dropped, unless it begins with `!`: there it names the page.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

MAX_LINK = 4_000
MAX_KEY = 2_000  # PostgreSQL indexes at most 2,704 bytes

# Parameters that tell where a reader came from, never which page it is. Compared in lower case.
TRACKING_PREFIXES = (
    "utm_",  # Google Analytics, and everybody after it
    "at_",  # Piano: BBC, French and Spanish newspapers
    "mtm_",  # Matomo, also as pk_ and matomo_
    "pk_",
    "matomo_",
    "hsa_",  # HubSpot
    "_hs",
    "wt_",  # Webtrekk and Webtrends, also as wt.
    "wt.",
    "oly_",  # Omeda newsletters
    "vero_",
    "guce_",  # Yahoo's consent page
    "gaa_",  # Google's reader revenue
    "elq",  # Oracle Eloqua
    "amp_",  # amp_js_v, amp_gsa
    "__cft__",
    "sfmc_",  # Salesforce
)
TRACKING_NAMES_OF = {
    "advertising and social networks": "fbclid gclid gclsrc gbraid wbraid dclid msclkid yclid twclid ttclid igshid "
    "igsh mibextid li_fat_id epik irclickid srsltid wickedid rb_clickid _openstat __tn__ __twitter_impression ref_src "
    "ref_url _ga _gl usqp dicbo tblci obref oborigurl linkid xing_share spm trkcampaign "
    "fb_action_ids fb_action_types fb_source fb_ref",
    "newsletters": "mc_cid mc_eid mkt_tok ck_subscriber_id __s _kx s_cid s_kwcid ef_id sfmcid",
    "many outlets": "cmp cmpid icid intcmp xtor xtref xts feedtype feedname cx_testid cx_recs_click",
    "Al Jazeera": "traffic_source",
    "BBC, MSN": "ocid",
    "Bloomberg": "sref srnd leadsource",
    "CBS, CNBC": "ftag __source",
    "Comscore": "ns_mchannel ns_campaign ns_source ns_linkname ns_fee ns_type",
    "Condé Nast": "mbid",
    "Daily Mail": "ito",
    "Deutsche Welle": "maca",
    "New York Times": "smid smtyp emc campaign_id instance_id regi_id segment_id",
    "Reuters": "taid",
    "Spiegel": "sara_ref",
    "Yahoo": "soc_src soc_trk guccounter ncid tpcc",
    "Zeit": "wtmc wtrid",
    "sessions": "phpsessid jsessionid",
    "AMP twins": "amp",
}
TRACKING_NAMES = frozenset(" ".join(TRACKING_NAMES_OF.values()).split())
# Common names that are tracking only with such a value.
FEED_NAMES = frozenset({"ref", "source", "src", "from", "partner", "via", "rss", "feed", "f", "outputtype"})
FEED_VALUES = frozenset({"rss", "feed", "rssfeed", "rss_feed", "rss-feed", "atom", "amp"})

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\\u1680\u2000-\u200b\u2028-\u202f\u205f\u3000\ud800-\udfff\ufeff]")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_HALF = re.compile(r"(?:https?:)?//(?:[/?#]|$)|https?:(?!//)", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]*\](:[0-9]*)?")
_SESSION = re.compile(r";jsessionid=.*", re.IGNORECASE)
_AMP_END = re.compile(r"(?<=[^/.])(?:[/.]amp)+(?=/?$)")
_AMP_HTML = re.compile(r"(?<=[^/.])(?:\.amp)+(?=\.html?$)")
_SAFE_IN_PATH = "!$&'()*+,;=:@"
_SAFE_IN_QUERY = "!$'()*,;:@/?"
_SAFE_IN_LINK = "!#$%&'()*+,/:;=?@[]~"


def canonical_key(url: str) -> str | None:
    """The identity of an article's URL, itself a URL; None when there is none (see the module). Idempotent."""
    parsed = _split(url)
    if parsed is None:
        return None
    parts, host, port = parsed
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    fragment = "#" + _encode(parts.fragment, _SAFE_IN_QUERY + "&=+#") if _names_a_page(parts.fragment) else ""
    key = f"https://{_with_port(host, port, parts.scheme)}{_path(parts.path)}{_query(parts.query)}{fragment}"
    return key if len(key) <= MAX_KEY else None


def article_id(key: str) -> str:
    """16 hex digits; the name of the article's folder."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def host_of(url: str) -> str:
    """Host or host:port, in lower case and without the default port; "" when `url` is not http(s)."""
    parsed = _split(url)
    if parsed is None:
        return ""
    parts, host, port = parsed
    return _with_port(host, port, parts.scheme)


def same_site(a: str, b: str) -> bool:
    """Whether two URLs belong to one registrable domain; addresses and private names must be equal, port included."""
    one, other = host_of(a), host_of(b)
    if one == other:  # mostly: without reading the list of suffixes
        return bool(one)
    one, other = _site(a), _site(b)
    return bool(one) and one == other


def resolve(base: str, link: str) -> str | None:
    """`link`, as found on the page `base`, as an absolute http(s) URL in ASCII, or None."""
    link = link.strip()
    if not link or len(link) > MAX_LINK or _FORBIDDEN.search(link) or _HALF.match(link):
        return None
    try:
        url = urljoin(base, link)
    except ValueError:
        return None
    parsed = _split(url)
    if parsed is None:
        return None
    parts, host, _ = parsed
    netloc = host if parts.port is None else f"{host}:{parts.port}"
    return quote(parts._replace(netloc=netloc).geturl(), safe=_SAFE_IN_LINK)


def without_tracking(url: str) -> str:
    """`url` less the parameters that tell where a reader came from; everything else to the letter."""
    head, mark, rest = url.partition("?")
    query, hash_mark, fragment = rest.partition("#")
    items = query.split("&")
    kept = [item for item in items if not _is_tracking(*_name_and_value(item))]
    if "#" in head or len(kept) == len(items):
        return url
    return head + (mark + "&".join(kept) if kept else "") + hash_mark + fragment


def _split(url: str) -> tuple[SplitResult, str, int | None] | None:
    """The parts of an http(s) URL, its host in ASCII and its port if that is not the default."""
    url = url.strip()
    if len(url) > MAX_LINK or _FORBIDDEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        return None
    if "[" in parts.netloc and not _BRACKETED.fullmatch(parts.netloc):
        return None
    host = _host(parts.hostname or "")
    return (parts, host, port) if host else None


def _host(name: str) -> str | None:
    """`name` in lower case and ASCII; None when no browser would take it. IPv6 addresses stand in brackets."""
    if ":" in name:
        try:  # without a zone (%eth0), which means something on one machine only
            return f"[{ipaddress.IPv6Address(name.replace('%', ' '))}]"
        except ValueError:
            return None
    if not name.isascii():
        import idna

        try:
            name = idna.encode(name, uts46=True).decode()
        except UnicodeError:
            return None
    labels = name.lower().removesuffix(".").split(".")
    if not all(map(_LABEL.fullmatch, labels)) or len(name) > 253:
        return None
    if _NUMBER.fullmatch(labels[-1]) and not _is_plain_address(labels):
        return None
    return ".".join(labels)


def _is_plain_address(labels: list[str]) -> bool:
    """Octal, hexadecimal and short forms of an address are only ever written to hide it."""
    try:
        ipaddress.IPv4Address(".".join(labels))
    except ValueError:
        return False
    return True


def _with_port(host: str, port: int | None, scheme: str) -> str:
    # 443 goes with http too: the key's scheme is https, where it is the default.
    return host if port in {None, 443} or (scheme, port) == ("http", 80) else f"{host}:{port}"


def _site(url: str) -> str:
    parsed = _split(url)
    if parsed is None:
        return ""
    parts, host, port = parsed
    return _domain(host) or _with_port(host, port, parts.scheme)


@lru_cache(10_000)  # half a millisecond each, and every look asks for a few
def _domain(host: str) -> str:
    """The part of a host's name that was registered; "" for an address or a name without a known suffix."""
    from tld import get_fld  # reads its list of suffixes at the first call

    name = ".".join(_unicode(label) for label in host.split("."))
    return get_fld(f"https://{name}/", fail_silently=True, search_private=True) or ""


def _unicode(label: str) -> str:
    """The list of suffixes has them as people write them, not in Punycode."""
    if not label.startswith("xn--"):
        return label
    import idna

    try:
        return idna.decode(label)
    except UnicodeError:
        return label


def _encode(text: str, safe: str) -> str:
    return quote(unquote_to_bytes(text), safe=safe)


def _path(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:] or [""]
    for segment in segments:
        plain = _SESSION.sub("", _encode(segment, _SAFE_IN_PATH))
        if plain not in {".", ".."}:
            kept.append(plain)
        elif plain == ".." and kept:
            kept.pop()
    if segments[-1] and plain in {".", ".."}:
        kept.append("")
    return _AMP_HTML.sub("", _AMP_END.sub("", "/" + "/".join(kept)))


def _query(query: str) -> str:
    pairs = []
    for item in query.replace("+", " ").split("&"):
        name, _, value = item.partition("=")
        name, value = _encode(name, _SAFE_IN_QUERY), _encode(value, _SAFE_IN_QUERY)
        if (name or value) and not _is_tracking(name.lower(), value.lower()):
            pairs.append((name, value))
    pairs.sort(key=lambda pair: pair[0])
    return "?" + "&".join(f"{name}={value}" if value else name for name, value in pairs) if pairs else ""


def _name_and_value(item: str) -> tuple[str, str]:
    """Of a parameter as it stands in a query, decoded, in lower case."""
    name, _, value = item.replace("+", " ").partition("=")
    return _encode(name, _SAFE_IN_QUERY).lower(), _encode(value, _SAFE_IN_QUERY).lower()


def _is_tracking(name: str, value: str) -> bool:
    return name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES) or (name in FEED_NAMES and value in FEED_VALUES)


def _names_a_page(fragment: str) -> bool:
    return fragment.startswith("!") and len(fragment) > 1
