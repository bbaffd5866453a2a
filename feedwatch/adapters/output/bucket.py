"""The published site as a bucket that speaks S3: objects appear whole, and only where they changed.

What is there is asked of the bucket each time, a folder's files with one request, and compared by the MD5 that S3 gives
as ETag. Where the ETag is none (a bucket encrypted by keys of its own), by the digest that each object carries. A put
says what it replaces, so that of two writers none overwrites unseen what the other wrote meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from hashlib import md5, sha256
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from feedwatch import faults
from feedwatch.adapters.output.headers import cache_control, content_type
from feedwatch.adapters.output.inside import File, Wrote, parts_of
from feedwatch.config import Bucket
from feedwatch.errors import OutputError

if TYPE_CHECKING:
    from obstore.store import S3Store

_DIGEST = "feedwatch-sha256"
_AT_ONCE = 8  # requests of one call; a bucket answers in tens of milliseconds
_ROUNDS = 3  # tries at an object that another writes at the same time
_PATIENCE = timedelta(seconds=20)  # for one request with its repetitions; the daemon tries again by itself
_FEEDS = {".atom", ".opml"}  # what links to pages


class _There(NamedTuple):
    size: int
    etag: str


class BucketOutput:
    """Fulfils `ports.Output`. Safe to be called by several threads."""

    def __init__(self, bucket: Bucket, environ: Mapping[str, str]) -> None:
        self._bucket = bucket
        self._store = _open(bucket, environ)
        self._endpoint = _endpoint(environ) or "Amazon S3"
        self._replaces = True  # the server knows conditional puts

    def __str__(self) -> str:
        return str(self._bucket)

    def write_all(
        self, files: Sequence[File], surplus: Sequence[PurePosixPath] = (), wrote: Wrote = lambda _: None
    ) -> None:
        """Pages many at once, feeds one after the other, for they link to one another."""

        def write(file: File) -> None:
            path, content = file
            if self._write(path, content, there.get(path)):
                wrote(path)

        with self._explained():
            there = self._there([*(path for path, _ in files), *surplus])
            with ThreadPoolExecutor(_AT_ONCE) as threads:
                for are_feeds, run in groupby(files, lambda file: file[0].suffix in _FEEDS):
                    for _ in map(write, run) if are_feeds else threads.map(write, run):
                        pass
            for path in surplus:
                if path in there:
                    self._delete(path)

    def remove(self, path: PurePosixPath) -> None:
        with self._explained():
            self._delete(path)

    def differing(self, files: Sequence[File]) -> set[PurePosixPath]:
        with self._explained():
            there = self._there([path for path, _ in files])
            return {path for path, content in files if not self._is_same(path, content, there.get(path))}

    def read(self, path: PurePosixPath) -> bytes | None:
        with self._explained():
            try:
                return bytes(self._store.get(_key(path)).bytes())
            except FileNotFoundError:
                self._store.list_with_delimiter("assets")  # raises where it is the bucket that is missing
                return None

    def paths(self, under: PurePosixPath) -> Iterator[PurePosixPath]:
        with self._explained():
            for some in self._store.list(under.as_posix()):
                for found in some:
                    yield PurePosixPath(found["path"])

    def _there(self, paths: Sequence[PurePosixPath]) -> dict[PurePosixPath, _There]:
        """What stands in the folders of these paths."""
        folders = {parts_of(path)[0] for path in paths}
        found: dict[PurePosixPath, _There] = {}
        for folder in sorted(folders):
            listed = self._store.list_with_delimiter("/".join(folder) or None)
            for there in listed["objects"]:
                found[PurePosixPath(there["path"])] = _There(there["size"], there["e_tag"] or "")
        return found

    def _is_same(self, path: PurePosixPath, content: bytes, there: _There | None) -> bool:
        if there is None or there.size != len(content):
            return False
        return there.etag.strip('"') == _md5(content) or self._digest(path) == sha256(content).hexdigest()

    def _digest(self, path: PurePosixPath) -> str | None:
        """What the object says of itself: asked only where size and ETag do not tell."""
        try:
            kept: Mapping[str, str] = dict(self._store.get(_key(path), options={"head": True}).attributes)
        except FileNotFoundError:
            return None
        return kept.get(_DIGEST)

    def _write(self, path: PurePosixPath, content: bytes, there: _There | None) -> bool:
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        for _ in range(_ROUNDS):
            if self._is_same(path, content, there):
                return False
            try:
                self._put(path, content, there)
            except (AlreadyExistsError, PreconditionError):
                there = self._there([path]).get(path)
            except FileNotFoundError:
                if there is None:
                    raise
                there = self._there([path]).get(path)  # removed by another meanwhile
            else:
                return True
        raise OutputError(f"{self}/{path} is written by another program all the time; keep one writer for each folder")

    def _put(self, path: PurePosixPath, content: bytes, there: _There | None) -> None:
        from obstore.exceptions import BaseError

        attributes = {
            "Content-Type": content_type(path, content),
            "Cache-Control": cache_control(path),
            _DIGEST: sha256(content).hexdigest(),
        }
        faults.at("bucket.put")
        if self._replaces:
            mode: Any = "create" if there is None else {"e_tag": there.etag}
            try:
                self._store.put(_key(path), content, attributes=attributes, mode=mode)
            except BaseError as error:
                if "501 Not Implemented" not in str(error):
                    raise
                self._replaces = False
            else:
                return
        self._store.put(_key(path), content, attributes=attributes)

    def _delete(self, path: PurePosixPath) -> None:
        faults.at("bucket.delete")
        self._store.delete(_key(path))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, OSError) as error:
            raise OutputError(f"{self} {self._way_out(error)}") from error

    def _way_out(self, error: Exception) -> str:
        from obstore.exceptions import PermissionDeniedError, UnauthenticatedError

        told = str(error).partition("\n")[0][:300]
        # An object that is missing is expected everywhere; then it is the bucket.
        if isinstance(error, FileNotFoundError) or "404 Not Found" in told:
            way_out = "make it, or correct site.output"
            return f"cannot be written: {self._endpoint} knows no bucket {self._bucket.name!r}; {way_out}"
        if isinstance(error, PermissionDeniedError | UnauthenticatedError) or "403 Forbidden" in told:
            way_out = "see to the rights of the key in AWS_ACCESS_KEY_ID: list, get, put and delete objects"
            return f"cannot be written: {self._endpoint} does not allow it; {way_out}"
        way_out = "what was not written is written when it can be; see to AWS_ENDPOINT_URL where this does not end"
        return f"cannot be written: {self._endpoint} does not answer as it should ({told}); {way_out}"


def _key(path: PurePosixPath) -> str:
    parts_of(path)
    return path.as_posix()


def _md5(content: bytes) -> str:
    return md5(content, usedforsecurity=False).hexdigest()


def _endpoint(environ: Mapping[str, str]) -> str | None:
    return environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL") or None


def _open(bucket: Bucket, environ: Mapping[str, str]) -> S3Store:
    """By the names that AWS's own tools read. Raises OutputError."""
    try:
        from obstore.store import S3Store
    except ImportError as error:
        raise OutputError(
            f"{bucket} needs what is not installed; install feedwatch with its extra: pip install 'feedwatch[bucket]'"
        ) from error
    endpoint = _endpoint(environ)
    if endpoint is not None and (urlsplit(endpoint).scheme not in {"http", "https"} or not urlsplit(endpoint).hostname):
        raise OutputError(
            f"AWS_ENDPOINT_URL: {endpoint[:80]!r} is no http(s) address; write one such as https://s3.example.org"
        )
    if bool(environ.get("AWS_ACCESS_KEY_ID")) != bool(environ.get("AWS_SECRET_ACCESS_KEY")):
        raise OutputError(f"{bucket} needs both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; one of them is missing")
    names = {
        "access_key_id": "AWS_ACCESS_KEY_ID",
        "secret_access_key": "AWS_SECRET_ACCESS_KEY",
        "session_token": "AWS_SESSION_TOKEN",
    }
    given: dict[str, Any] = {key: environ[name] for key, name in names.items() if environ.get(name)}
    if endpoint is not None:
        given["endpoint"] = endpoint
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        region=environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or "us-east-1",
        client_options={
            "allow_http": endpoint is not None and endpoint.startswith("http:"),
            "connect_timeout": timedelta(seconds=5),
            "timeout": _PATIENCE,
        },
        retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
        **given,
    )
