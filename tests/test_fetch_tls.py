"""TLS: whose certificate is accepted, and what a redirect out of it means. Certificates are made by openssl."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedwatch.model import Reason
from tests.fetching import LOOPBACK, Names, article, fetching
from tests.hostile import BODY, ROWS, answer, at_work, raw, redirect

GONE = {Reason.TLS, Reason.CONNECT}  # as the connection is closed or reset


@dataclass(frozen=True)
class Certificate:
    file: Path
    key: Path

    def serving(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.file))


@pytest.fixture(scope="module")
def certify(tmp_path_factory):
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.fail("the tests of TLS need the openssl command: install the package openssl")
    folder = tmp_path_factory.mktemp("certificates")

    def make(name: str, days: int = 2) -> Certificate:
        made = Certificate(folder / f"{name}{days}.pem", folder / f"{name}{days}.key")
        request = folder / f"{name}{days}.csr"
        names = folder / "names"
        names.write_text(f"subjectAltName=DNS:{name}\n")
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(made.key)]
        run(openssl, "req", *key, "-subj", f"/CN={name}", "-out", str(request))
        signed = ["-req", "-in", str(request), "-signkey", str(made.key), "-days", str(days), "-extfile", str(names)]
        run(openssl, "x509", *signed, "-out", str(made.file))
        return made

    return make


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def fetched_over_tls(served, trusted, acts=None, path="/a"):
    async def story():
        names = Names({"news.example": LOOPBACK})
        async with at_work(acts or {"/a": answer()}, tls=served.serving()) as origin:
            place = f"news.example:{origin.port}"
            tls = trusted.trusting() if trusted else None
            async with fetching(allow=[place], resolver=names, tls=tls) as fetcher:
                return await fetcher.fetch(article(f"https://{place}{path}"))

    return asyncio.run(story())


def test_a_certificate_of_a_known_authority_for_the_name_is_accepted(certify):
    certificate = certify("news.example")

    assert fetched_over_tls(certificate, certificate).body == BODY


def test_a_certificate_that_nobody_vouches_for_is_refused(certify):
    outcome = fetched_over_tls(certify("news.example"), None)

    assert outcome.reason is Reason.TLS
    assert "certificate" in outcome.detail


def test_a_certificate_for_another_name_is_refused(certify):
    certificate = certify("other.example")

    outcome = fetched_over_tls(certificate, certificate)

    assert outcome.reason is Reason.TLS
    assert "news.example" in outcome.detail


def test_a_certificate_that_has_expired_is_refused(certify):
    certificate = certify("news.example", days=-1)

    outcome = fetched_over_tls(certificate, certificate)

    assert outcome.reason is Reason.TLS
    assert "expired" in outcome.detail


@pytest.mark.parametrize(("said", "reasons"), [(b"HTTP/1.1 400 No\r\n\r\n", {Reason.TLS}), (b"", GONE)])
def test_a_server_that_cannot_speak_tls_is_a_failure(said, reasons):
    async def story():
        async def talk(reader, writer):
            await reader.read(100)
            writer.write(said)
            writer.close()
            await writer.wait_closed()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server, fetching(allow=[place]) as fetcher:
            return await fetcher.fetch(article(f"https://{place}/a"))

    assert asyncio.run(story()).reason in reasons


def test_an_http_request_to_a_tls_port_is_a_failure(certify):
    async def story():
        served = certify("news.example").serving()
        async with at_work({"/a": answer()}, tls=served) as origin, fetching(origin) as fetcher:
            return await fetcher.fetch(article(f"http://{origin.place}/a"))

    assert asyncio.run(story()).reason in (Reason.CONNECT, Reason.PROTOCOL)


@pytest.mark.parametrize("path", ["/short", "/no-last-chunk", "/gzip-cut", "/endless", "/gzip-bomb", "/garbled-later"])
def test_what_is_refused_without_tls_is_refused_with_it(certify, path):
    certificate = certify("news.example")
    row = next(row for row in ROWS if row.path == path)

    outcome = fetched_over_tls(certificate, certificate, {path: row.act}, path)

    assert outcome.reason in (row.expects if isinstance(row.expects, tuple) else (row.expects,))


def test_a_permanent_redirect_from_https_to_http_is_followed_but_never_adopted(certify):
    certificate = certify("news.example")

    async def story():
        names = Names({"news.example": LOOPBACK})
        async with at_work({"/b": answer()}) as plain, at_work({}, tls=certificate.serving()) as origin:
            places = [f"news.example:{port}" for port in (origin.port, plain.port)]
            origin.acts["/a"] = redirect(f"http://{places[1]}/b", "301 There")
            async with fetching(allow=places, resolver=names, tls=certificate.trusting()) as fetcher:
                return await fetcher.fetch(article(f"https://{places[0]}/a"))

    outcome = asyncio.run(story())

    assert outcome.body == BODY
    assert outcome.moved_to is None


def test_a_permanent_redirect_from_http_to_https_is_adopted(certify):
    certificate = certify("news.example")

    async def story():
        names = Names({"news.example": LOOPBACK})
        async with at_work({"/b": answer()}, tls=certificate.serving()) as safe, at_work({}) as origin:
            places = [f"news.example:{port}" for port in (origin.port, safe.port)]
            origin.acts["/a"] = redirect(f"https://{places[1]}/b", "301 There")
            async with fetching(allow=places, resolver=names, tls=certificate.trusting()) as fetcher:
                return await fetcher.fetch(article(f"http://{places[0]}/a"))

    outcome = asyncio.run(story())

    assert outcome.moved_to == outcome.url
    assert outcome.url.startswith("https://")


def test_a_connection_that_is_cut_within_an_answer_of_no_length_is_noticed(certify):
    certificate = certify("news.example")

    async def cut(visitor):
        await raw(b"HTTP/1.1 200 OK\r\n\r\n" + BODY)(visitor)
        await asyncio.sleep(0.02)
        visitor.reset()

    assert fetched_over_tls(certificate, certificate, {"/a": cut}).reason is Reason.TRUNCATED
