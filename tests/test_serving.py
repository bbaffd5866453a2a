"""The demo's site as it is kept up on loopback."""

from __future__ import annotations

import threading
from http.client import HTTPConnection
from pathlib import Path

from feedwatch.demo.run import serving


def test_what_is_not_there_is_answered_with_the_sites_own_page(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("<h1>Not here</h1>")
    (tmp_path / "changes.atom").write_text("<feed/>")
    answers = {}

    with serving(tmp_path, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        for method, path in (("GET", "/articles/none"), ("HEAD", "/none"), ("GET", "/changes.atom")):
            connection = HTTPConnection("127.0.0.1", server.server_port, timeout=30)
            connection.request(method, path)
            answer = connection.getresponse()
            answers[path] = answer.status, answer.headers.get_content_type(), answer.read()
            connection.close()
        server.shutdown()
        thread.join()

    assert answers == {
        "/articles/none": (404, "text/html", b"<h1>Not here</h1>"),
        "/none": (404, "text/html", b""),
        "/changes.atom": (200, "application/atom+xml", b"<feed/>"),
    }
