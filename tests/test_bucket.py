"""The site in a bucket: whole objects, untouched where nothing changed, served as what they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from feedwatch.adapters.output import BucketOutput, FolderOutput
from feedwatch.cli.main import main
from feedwatch.config import Bucket
from feedwatch.errors import OutputError
from feedwatch.ports import Output
from feedwatch.running import rehearsal
from feedwatch.running.desk import hide_article, unhide_article
from feedwatch.running.doctor import examine
from feedwatch.running.publish import run_publish
from feedwatch.running.room import Level
from tests.bucket import NAME, Server
from tests.internet import BODY, InlineCompute, Newspaper, minutes, newspaper_config

A, B = "/news/ferry-fire", "/news/harbour-fees"
PAGE, FEED = PurePosixPath("articles/ab/abcd/index.html"), PurePosixPath("articles/ab/abcd/changes.atom")
PAIR = PurePosixPath("articles/ab/abcd/0-1.html")


@pytest.fixture
def bucket(s3: Server) -> Server:
    s3.empty()
    return s3


def written(output: Output, files: list[tuple[PurePosixPath, bytes]]) -> set[PurePosixPath]:
    told: list[PurePosixPath] = []
    output.write_all(files, (), told.append)
    return set(told)


def opened(bucket: Server, prefix: str = "site") -> BucketOutput:
    return BucketOutput(Bucket(NAME, prefix), bucket.environ)


# ---------------------------------------------------------------------------------------------------- both outputs


@pytest.fixture(params=["folder", "bucket"])
def output(request: pytest.FixtureRequest, tmp_path: Path) -> Output:
    if request.param == "folder":
        return FolderOutput(tmp_path / "site")
    return opened(request.getfixturevalue("bucket"))


def test_what_is_written_is_there_and_told_of_once(output: Output) -> None:
    assert written(output, [(PAGE, b"<p>one"), (FEED, b"<feed/>")]) == {PAGE, FEED}
    assert written(output, [(PAGE, b"<p>two"), (FEED, b"<feed/>")]) == {PAGE}

    assert (output.read(PAGE), output.read(FEED), output.read(PAIR)) == (b"<p>two", b"<feed/>", None)
    assert set(output.paths(PurePosixPath("articles"))) == {PAGE, FEED}


def test_surplus_files_are_removed_where_they_are(output: Output) -> None:
    output.write_all([(PAGE, b"<p>one"), (PAIR, b"<p>pair")])

    output.write_all([(PAGE, b"<p>one")], [PAIR, FEED])
    output.remove(FEED)

    assert list(output.paths(PurePosixPath("articles"))) == [PAGE]


def test_what_differs_or_is_missing_is_told(output: Output) -> None:
    output.write_all([(PAGE, b"<p>one"), (PAIR, b"<p>pair")])

    assert output.differing([(PAGE, b"<p>two"), (PAIR, b"<p>pair"), (FEED, b"<feed/>")]) == {PAGE, FEED}


@pytest.mark.parametrize("path", ["/etc/feedwatch", "../beside.html", "articles/../../beside.html", "."])
def test_a_path_that_leaves_the_site_is_refused(output: Output, path: str) -> None:
    with pytest.raises(OutputError, match="not a path inside the site"):
        output.write_all([(PurePosixPath(path), b"x")])
    with pytest.raises(OutputError, match="not a path inside the site"):
        output.remove(PurePosixPath(path))


# ---------------------------------------------------------------------------------------------------- the bucket


def test_the_same_bytes_are_not_put_again_also_after_a_restart(bucket: Server) -> None:
    opened(bucket).write_all([(PAGE, b"<p>one"), (FEED, b"<feed/>")])
    bucket.requests.clear()

    assert written(opened(bucket), [(PAGE, b"<p>one"), (FEED, b"<feed/>")]) == set()

    assert [method for method, _ in bucket.requests] == ["GET"]  # one list of the folder; nothing is downloaded


def test_where_the_etag_is_no_md5_the_digest_tells(bucket: Server) -> None:
    from hashlib import sha256

    def in_parts(content: bytes) -> None:
        """As a bucket with keys of its own gives ETags."""
        named = {"Bucket": NAME, "Key": f"site/{PAGE}"}
        digest = {"feedwatch-sha256": sha256(content).hexdigest()}
        upload = bucket.client.create_multipart_upload(**named, Metadata=digest)["UploadId"]
        etag = bucket.client.upload_part(**named, UploadId=upload, PartNumber=1, Body=content)["ETag"]
        parts = {"Parts": [{"PartNumber": 1, "ETag": etag}]}
        bucket.client.complete_multipart_upload(**named, UploadId=upload, MultipartUpload=parts)

    in_parts(b"<p>one")

    assert written(opened(bucket), [(PAGE, b"<p>one")]) == set()
    assert written(opened(bucket), [(PAGE, b"<p>two")]) == {PAGE}
    assert opened(bucket).read(PAGE) == b"<p>two"


@pytest.mark.parametrize(
    ("name", "content", "kind", "seconds"),
    [
        ("articles/ab/abcd/index.html", b"<p>", "text/html; charset=utf-8", 300),
        ("changes.atom", b"<feed/>", "application/atom+xml", 60),
        ("changes.json", b'{\n "version": "https://jsonfeed.org/version/1.1"}', "application/feed+json", 60),
        ("status.json", b"{}", "application/json", 60),
        ("feeds.opml", b"<opml/>", "text/x-opml; charset=utf-8", 60),
        ("assets/style.css", b"p {}", "text/css; charset=utf-8", 86400),
        ("assets/table.js", b";", "text/javascript; charset=utf-8", 86400),
        ("assets/icon.svg", b"<svg/>", "image/svg+xml", 86400),
        ("robots.txt", b"", "text/plain; charset=utf-8", 300),
    ],
)
def test_objects_are_served_as_what_they_are(
    bucket: Server, name: str, content: bytes, kind: str, seconds: int
) -> None:
    opened(bucket).write_all([(PurePosixPath(name), content)])

    served = bucket.client.get_object(Bucket=NAME, Key=f"site/{name}")
    assert (served["ContentType"], served["CacheControl"]) == (kind, f"public, max-age={seconds}")
    assert served["Body"].read() == content


def test_pages_are_put_before_the_feeds_that_link_to_them(bucket: Server) -> None:
    pages = [(PurePosixPath(f"articles/ab/abcd/{n}-{n + 1}.html"), b"<p>") for n in range(20)]
    archive = FEED.with_name("changes-1.atom")

    opened(bucket).write_all([*pages, (PAGE, b"<p>"), (archive, b"<feed/>"), (FEED, b"<feed/>")])

    put = bucket.asked("PUT")
    assert set(put[:21]) == {f"site/{path}" for path in [*(path for path, _ in pages), PAGE]}
    assert put[21:] == [f"site/{archive}", f"site/{FEED}"]


@pytest.mark.parametrize("before", [b"", b"<p>one"])
def test_what_another_wrote_meanwhile_is_looked_at_first(bucket: Server, before: bytes) -> None:
    output, key = opened(bucket), f"site/{PAGE}"
    if before:
        output.write_all([(PAGE, before)])

    def another_is_faster(method: str, _: str) -> None:
        if method == "PUT":
            bucket.refuse = lambda _method, _key: None
            bucket.client.put_object(Bucket=NAME, Key=key, Body=b"<p>another's")

    bucket.refuse = another_is_faster
    bucket.requests.clear()

    assert written(output, [(PAGE, b"<p>ours")]) == {PAGE}
    assert [method for method, _ in bucket.requests] == ["GET", "PUT", "PUT", "GET", "PUT"]
    assert bucket.objects() == {key: b"<p>ours"}


def test_one_who_always_writes_in_between_is_an_error(bucket: Server) -> None:
    def another_is_faster(method: str, _: str) -> None:
        if method == "PUT":
            refuse, bucket.refuse = bucket.refuse, lambda _method, _key: None
            bucket.client.put_object(Bucket=NAME, Key=f"site/{PAGE}", Body=b"%d" % len(bucket.requests))
            bucket.refuse = refuse

    bucket.refuse = another_is_faster

    with pytest.raises(OutputError, match="written by another program all the time; keep one writer"):
        opened(bucket).write_all([(PAGE, b"<p>ours")])


def test_a_server_that_knows_no_conditional_puts_is_written_without(bucket: Server) -> None:
    output, refused = opened(bucket), []

    def knows_none(method: str, key: str) -> int | None:
        if method == "PUT" and not refused:
            refused.append(key)
            return 501
        return None

    bucket.refuse = knows_none

    assert written(output, [(FEED, b"<feed/>")]) == {FEED}
    assert written(output, [(FEED, b"<feed></feed>")]) == {FEED}
    assert bucket.objects() == {f"site/{FEED}": b"<feed></feed>"}


def test_a_bucket_that_is_not_there_or_not_ours_is_told(bucket: Server) -> None:
    with pytest.raises(OutputError, match="knows no bucket 'nobodys'; make it, or correct"):
        BucketOutput(Bucket("nobodys"), bucket.environ).write_all([(PAGE, b"x")])
    with pytest.raises(OutputError, match="knows no bucket 'nobodys'; make it, or correct"):
        BucketOutput(Bucket("nobodys"), bucket.environ).read(PAGE)

    bucket.refuse = lambda _method, _key: 403
    with pytest.raises(OutputError, match="does not allow it; see to the rights of the key"):
        opened(bucket).write_all([(PAGE, b"x")])


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"AWS_ENDPOINT_URL": "s3.example.org"}, "AWS_ENDPOINT_URL: 's3.example.org' is no http"),
        (
            {"AWS_ACCESS_KEY_ID": "key"},
            "needs both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; one of them is missing",
        ),
    ],
)
def test_an_environment_that_cannot_be_meant_is_told(environ: dict[str, str], told: str) -> None:
    with pytest.raises(OutputError, match=told):
        BucketOutput(Bucket(NAME), environ)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore.store", None)

    with pytest.raises(OutputError, match=r"pip install 'feedwatch\[bucket\]'"):
        BucketOutput(Bucket(NAME), {})


# ---------------------------------------------------------------------------------------------------- the whole


@pytest.fixture
def paper(bucket: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newspaper]:
    for name, value in bucket.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(rehearsal, "open_compute", lambda *_: InlineCompute())
    monkeypatch.setattr("feedwatch.running.app.open_compute", lambda *_: InlineCompute())
    newspaper = Newspaper(tmp_path, placed(newspaper_config(tmp_path), Bucket(NAME, "site")))
    newspaper.publishes(A, title="Fourteen die")
    newspaper.publishes(B, title="Harbour fees rise")
    newspaper.tick()
    newspaper.publishes(A, title="Forty-one die")
    newspaper.tick(after=minutes(15))
    yield newspaper
    newspaper.close()


def placed(config, output):
    site = config.site.model_copy(update={"base_url": "http://localhost:1/", "output": output})
    return config.model_copy(update={"site": site})


def test_the_bucket_holds_what_the_folder_would(paper: Newspaper, bucket: Server, tmp_path: Path) -> None:
    folder = tmp_path / "beside"

    run_publish(placed(paper.config, folder), everything=True)

    moving = ("site/status", "site/articles")  # tell the time of being written, or how far was looked
    written = {f"site/{path.relative_to(folder)}": path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    there = bucket.objects()
    assert there.keys() == written.keys()
    assert [key for key in there if there[key] != written[key] and not key.startswith(moving)] == []


def test_publishing_everything_again_touches_nothing_but_the_status(paper: Newspaper, bucket: Server) -> None:
    run_publish(paper.config, everything=True)
    bucket.requests.clear()

    run_publish(paper.config, everything=True)

    assert [key for key in bucket.asked("PUT") if not key.startswith("site/status")] == []
    assert bucket.asked("DELETE") == []


def test_a_hidden_article_is_gone_from_the_bucket_and_comes_back(paper: Newspaper, bucket: Server) -> None:
    before, number = set(bucket.objects()), paper.article(A).id

    hide_article(paper.config, number, "", paper.now)
    paper.tick(after=minutes(1))
    hidden = bucket.objects()

    assert [key for key, content in hidden.items() if BODY[0].encode() in content and number in key] == []
    assert f"site/articles/{number[:2]}/{number}/0-1.html" in before - set(hidden)

    unhide_article(paper.config, number, paper.now)
    paper.tick(after=minutes(1))
    assert set(bucket.objects()) == before


def test_while_the_bucket_is_away_nothing_is_lost(paper: Newspaper, bucket: Server) -> None:
    bucket.stop()
    paper.publishes(A, title="Fifty-two die")
    with pytest.raises(OutputError, match="does not answer as it should"):
        paper.tick(after=minutes(15))
    found = examine(paper.config, paper.now, mend=False)
    bucket.start_again()

    paper.tick(after=minutes(1))

    assert (found[-1].part, found[-1].level) == ("output", Level.BAD)
    assert paper.titles(A)[-1] == "Fifty-two die"
    assert b"Fifty-two" in bucket.objects()["site/changes.atom"]
    assert [one for one in examine(paper.config, paper.now, mend=False) if one.level is Level.BAD] == []


def test_the_doctor_mends_a_bucket(paper: Newspaper, bucket: Server) -> None:
    number = paper.article(A).id
    folder = f"site/articles/{number[:2]}/{number}"
    bucket.client.put_object(Bucket=NAME, Key=f"{folder}/changes.atom", Body=b"altered")
    bucket.client.put_object(Bucket=NAME, Key=f"{folder}/7-8.html", Body=b"left over")
    bucket.client.delete_object(Bucket=NAME, Key="site/index.html")

    told = {one.text for one in examine(paper.config, paper.now, mend=False) if one.level is Level.BAD}
    mended = [one for one in examine(paper.config, paper.now, mend=True) if one.level is Level.BAD]

    assert any("files that are missing or differ from the store: 2 (" in text for text in told)
    assert any("files that belong to nothing in the store: 1 (" in text and "7-8.html" in text for text in told)
    assert mended == []
    assert b"Forty-one" in bucket.objects()[f"{folder}/changes.atom"]


def test_a_bucket_is_named_in_the_config_and_in_what_is_told(bucket: Server, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        f"site: {{output: 's3://{NAME}/site/'}}\n"
        "sources: [{slug: paper, title: Paper, feeds: ['https://paper.example/feed.xml']}]\n"
    )
    run = CliRunner(env={**bucket.environ, "FEEDWATCH_CONFIG": str(tmp_path / "config.yaml")}).invoke

    published = run(main, ["publish"])
    fed = run(main, ["feed", "https://paper.example/a"])

    assert published.output.splitlines()[-1].endswith(f"files written to s3://{NAME}/site")
    assert fed.output.startswith(f"s3://{NAME}/site/articles/")
    assert "site/index.html" in bucket.objects()
