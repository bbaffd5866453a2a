"""Which addresses may be visited, by their text and by their numbers."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwatch.adapters.fetch.addresses import Allowed, aim, is_public, join
from feedwatch.adapters.fetch.failures import AddressRefusedError, FetchError, NotResolvedError, told
from feedwatch.adapters.fetch.names import ADDRESSES, CheckedNames, SystemNames
from feedwatch.adapters.fetch.wire import Line
from feedwatch.model import Failed, Reason
from tests.fetching import Names
from tests.hostile import PRIVATE

NOBODY = Allowed([])
PRIVATE_4 = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
]
PRIVATE_6 = [
    "::",
    "::1",
    "::1.2.3.4",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "fc00::1",
    "fd00::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2001:db8::1",
    "2002::1",
    "3fff::1",
    "5f00::1",
    "4000::1",
]


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "223.255.255.255", "100.63.0.1"])
def test_public_addresses(address):
    assert is_public(address)
    assert is_public(f"::ffff:{address}")
    assert is_public(f"64:ff9b::{address}")


@pytest.mark.parametrize("address", ["2606:4700::1", "2a00:1450::1", "2400:cb00::1", "64:ff9b::808:808"])
def test_public_addresses_of_the_newer_kind(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    PRIVATE_4,
)
def test_private_and_reserved_addresses_bare_and_wrapped(address):
    number = int(ipaddress.IPv4Address(address))
    wrapped = [
        f"::ffff:{address}",
        f"::{address}",
        f"64:ff9b::{address}",
        f"64:ff9b:1::{address}",
        str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80))),
        str(ipaddress.IPv6Address((0x2001_0000 << 96) | (number ^ 0xFFFFFFFF))),
    ]

    assert not is_public(address)
    assert not any(is_public(form) for form in wrapped)


@pytest.mark.parametrize(
    "address",
    PRIVATE_6,
)
def test_private_and_reserved_addresses_of_the_newer_kind(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "127.0.0.1.", "[::1]"]
)
def test_what_is_not_plainly_an_address_is_not_public(text):
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_no_wrapping_makes_an_address_more_public(address):
    for prefix in ("::ffff:", "64:ff9b::", "::", "64:ff9b:1::"):
        assert is_public(f"{prefix}{address}") <= is_public(str(address))


# ---------------------------------------------------------------------------------------------------------- URLs


@pytest.mark.parametrize(
    ("url", "asked", "name"),
    [
        ("http://News.Example/a#b", "http://news.example/a", "news.example"),
        ("https://news.example:443/a", "https://news.example/a", "news.example"),
        ("http://news.example:8080/a?b=c&d", "http://news.example:8080/a?b=c&d", "news.example:8080"),
        (" http://news.example/a ", "http://news.example/a", "news.example"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/%C3%BC", "xn--bcher-kva.example"),
        ("http://my_desk.news.example./", "http://my_desk.news.example./", "my_desk.news.example."),
        ("http://8.8.8.8/", "http://8.8.8.8/", "8.8.8.8"),
        ("http://[2606:4700::1]:8080/", "http://[2606:4700::1]:8080/", "[2606:4700::1]:8080"),
    ],
)
def test_an_address_that_may_be_asked_for(url, asked, name):
    target = aim(url, NOBODY)

    assert (str(target.url), target.name) == (asked, name)


@pytest.mark.parametrize(
    "url", [*(url for url in PRIVATE if not url.startswith("/")), "", "news.example", "//a.example"]
)
def test_an_address_that_may_not_be_asked_for(url):
    with pytest.raises(FetchError) as caught:
        aim(url.replace("{port}", "8000"), NOBODY)

    assert caught.value.failed.reason is Reason.ADDRESS


def aimed(attempt):
    try:
        return attempt()
    except FetchError as error:
        return error.failed


@given(st.text(max_size=60) | st.from_regex(r"https?://[^ ]{0,40}", fullmatch=True))
def test_any_text_is_an_address_or_refused(url):
    target = aimed(lambda: aim(url, NOBODY))

    if isinstance(target, Failed):
        assert target.reason is Reason.ADDRESS
        assert target.detail.isprintable()
    else:
        assert target.host.isascii()
        assert str(aim(str(target.url), NOBODY).url) == str(target.url)


@given(st.text(max_size=60))
def test_any_location_leads_somewhere_or_nowhere(location):
    base = aim("https://news.example/a/b", NOBODY)

    target = aimed(lambda: join(base, location, NOBODY))

    assert target.reason is Reason.ADDRESS if isinstance(target, Failed) else target.host


def test_what_the_operator_permits_is_permitted_as_it_is_written():
    allowed = Allowed(["127.0.0.1:8000", "Desk.Example:8080", "[::1]:9000", "intranet.example"])

    permitted = [("127.0.0.1", 8000), ("desk.example", 8080), ("::1", 9000)]
    permitted += [("intranet.example", 80), ("intranet.example", 443)]
    assert all(allowed.permits(*pair) for pair in permitted)
    for pair in [("127.0.0.1", 8001), ("localhost", 8000), ("2130706433", 8000), ("::ffff:127.0.0.1", 8000)]:
        assert not allowed.permits(*pair)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:pass@news.example/a", "https://news.example/a"),
        ("https://news.example/a?token=s3cret#part", "https://news.example/a?..."),
        ("https://news.example/a#token", "https://news.example/a"),
        ("//user:p@ss@x.example/a@b", "//x.example/a@b"),
        ("http://x.example/a\nb\x00", "http://x.example/a?b?"),
        ("http://x.example/" + "a" * 900, "http://x.example/" + "a" * 143 + "..."),
    ],
)
def test_an_address_is_told_without_its_secrets(url, shown):
    assert told(url) == shown


# ---------------------------------------------------------------------------------------------------------- names


def resolve(names, host="news.example", port=80, allowed=NOBODY):
    answers = asyncio.run(CheckedNames(names, allowed).resolve(host, port))
    return [answer["host"] for answer in answers]


def test_of_a_names_addresses_only_the_public_ones_are_connected_to():
    names = Names({"news.example": [["127.0.0.1", "8.8.8.8", "::1", "2606:4700::1", "10.0.0.1"]]})

    assert resolve(names) == ["8.8.8.8", "2606:4700::1"]


def test_each_answer_is_judged_anew():
    names = Names({"news.example": [["8.8.8.8"], ["192.168.0.1"]]})

    assert resolve(names) == ["8.8.8.8"]
    with pytest.raises(AddressRefusedError):
        resolve(names)


def test_only_the_first_of_very_many_addresses_are_taken():
    names = Names({"news.example": [[f"8.8.{n}.8" for n in range(200)]]})

    assert len(resolve(names)) == ADDRESSES


@pytest.mark.parametrize("answers", [[], [[]]])
def test_a_name_without_an_address_cannot_be_resolved(answers):
    with pytest.raises(NotResolvedError):
        resolve(Names({"news.example": answers}))


def test_the_systems_names_are_asked_in_threads_and_errors_come_back():
    async def ask():
        names = SystemNames()
        found = await names("127.0.0.1", 80)
        with pytest.raises((OSError, UnicodeError)):
            await names("n" * 70 + ".example", 80)
        return found

    assert asyncio.run(ask()) == ["127.0.0.1"]


def test_a_socket_refuses_what_slipped_past_everything_else():
    line = Line("news.example", Allowed(["news.example:8000"]), Names(), ssl.create_default_context())

    line._socket((2, 1, 6, "", ("127.0.0.1", 8000))).close()
    with pytest.raises(AddressRefusedError):
        line._socket((2, 1, 6, "", ("127.0.0.1", 8001)))
    asyncio.run(line.close())
