"""A bucket on loopback: moto's server, which speaks S3 and keeps objects in memory. What is asked is recorded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import unquote

import pytest

NAME = "changes"


@dataclass
class Server:
    """Requests pass `refuse`, which may answer with a status in moto's place."""

    endpoint: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)  # method and key
    refuse: Callable[[str, str], int | None] = lambda _method, _key: None
    _serving: Any = None

    def start(self, port: int = 0) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
        from werkzeug.serving import make_server

        moto = DomainDispatcherApplication(create_backend_app)

        class Quiet(MotoRequestHandler):  # type: ignore[misc]
            def log(self, *_: object) -> None:
                pass

        def application(environ: dict[str, Any], respond: Any) -> Any:
            method, key = environ["REQUEST_METHOD"], unquote(environ["PATH_INFO"]).removeprefix(f"/{NAME}").strip("/")
            self.requests.append((method, key))
            if status := self.refuse(method, key):
                environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                reason = {403: "Forbidden", 501: "Not Implemented"}[status]
                respond(f"{status} {reason}", [("Content-Length", "0")])
                return [b""]
            return moto(environ, respond)

        self._serving = make_server("127.0.0.1", port, application, threaded=True, request_handler=Quiet)
        self.endpoint = f"http://127.0.0.1:{self._serving.server_port}"
        Thread(target=self._serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        """What it keeps is still there when it is started again."""
        self._serving.shutdown()
        self._serving.server_close()

    def start_again(self) -> None:
        self.start(int(self.endpoint.rpartition(":")[2]))

    @property
    def environ(self) -> dict[str, str]:
        return {"AWS_ENDPOINT_URL": self.endpoint, "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}

    @property
    def client(self) -> Any:
        import boto3

        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )

    def empty(self) -> None:
        """A new bucket with nothing in it, and nothing recorded."""
        import moto.backends

        self.refuse = lambda _method, _key: None
        moto.backends.get_backend("s3").reset()
        self.client.create_bucket(Bucket=NAME)
        self.requests.clear()

    def objects(self) -> dict[str, bytes]:
        listed = self.client.list_objects_v2(Bucket=NAME).get("Contents", ())
        return {one["Key"]: self.client.get_object(Bucket=NAME, Key=one["Key"])["Body"].read() for one in listed}

    def asked(self, method: str) -> list[str]:
        return [key for asked, key in self.requests if asked == method]


@contextmanager
def running_server() -> Iterator[Server]:
    try:
        import flask_cors  # noqa: F401
        import moto.moto_server.werkzeug_app  # noqa: F401
        import obstore  # noqa: F401
    except ImportError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}: the bucket has to be tested here")
        pytest.skip(str(missing))
    server = Server()
    server.start()
    try:
        yield server
    finally:
        server.stop()
