"""The libraries that other programs read feeds with, subscribed over loopback: what there is, one edit, 304."""

from __future__ import annotations

import json
import mailbox
import os
import re
import subprocess
import sys
from email.header import decode_header, make_header
from pathlib import Path

import feedparser

from tests.outside.conftest import Subscribed, library, node_module, program, tells

for name in ("reader", "rss2email"):
    library(name)

RSS_PARSER = """
const [library, url, since] = process.argv.slice(1);
const Parser = require(library);
const parser = new Parser({ headers: since ? { "If-Modified-Since": since } : {} });
parser.parseURL(url).then(
  (feed) => console.log(JSON.stringify(feed.items.map((item) => [item.title, item.link, item.contentSnippet]))),
  (error) => console.log(JSON.stringify(error.message)),
);
"""


def test_feedparser(feed: Subscribed) -> None:
    first = feedparser.parse(feed.url)
    before = [(entry.title, entry.link) for entry in first.entries], feed.entries()
    feed.goes_on()
    second = feedparser.parse(feed.url, modified=first.modified)
    third = feedparser.parse(feed.url, modified=second.modified)

    assert before[0] == before[1]
    assert not second.bozo
    assert [(entry.title, entry.link) for entry in second.entries] == feed.entries()
    assert len({entry.id for entry in second.entries} - {entry.id for entry in first.entries}) == 1
    assert tells(re.sub("<[^>]*>", " ", second.entries[0].content[0].value), feed)
    assert (first.status, second.status, third.status) == (200, 200, 304)


def test_reader(feed: Subscribed) -> None:
    from reader import make_reader

    reader = make_reader(":memory:", plugins=[])
    reader.add_feed(feed.url)
    reader.update_feeds()
    for entry in reader.get_entries():
        reader.mark_entry_as_read(entry)
    first = [(entry.title, entry.link) for entry in reader.get_entries()], feed.entries()
    feed.goes_on()
    reader.update_feeds(scheduled=False)
    unread = list(reader.get_entries(read=False))
    reader.update_feeds(scheduled=False)
    every = [(entry.title, entry.link) for entry in reader.get_entries()]

    assert first[0] == first[1]
    assert every == feed.entries()
    assert [(entry.title, entry.link) for entry in unread] == feed.entries()[:1]
    assert tells(re.sub("<[^>]*>", " ", unread[0].get_content().value), feed)
    assert len(list(reader.get_entries(read=False))) == 1
    assert feed.answers() == [200, 200, 304]
    reader.close()


class Rss2email:
    """Into a maildir, as plain text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "config").write_text(
            "[DEFAULT]\nfrom = changes@notes.example\nto = desk@notes.example\nemail-protocol = maildir\n"
            f"maildir-path = {folder}\nmaildir-mailbox = mail\nhtml-mail = False\nuse-8bit = True\n"
        )
        for part in ("cur", "new", "tmp"):
            (folder / "mail" / part).mkdir(parents=True)

    def run(self, *words: str) -> None:
        files = ["--config", str(self._folder / "config"), "--data", str(self._folder / "data.json")]
        command = [str(Path(sys.executable).parent / "r2e"), *files, *words]
        environment = {**os.environ, "HOME": str(self._folder), "LC_ALL": "C.UTF-8"}
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=60, env=environment)

    def mails(self) -> list[tuple[str, str]]:
        """Subjects and texts, the oldest first."""
        found = []
        for mail in mailbox.Maildir(self._folder / "mail"):
            assert mail.get_content_type() == "text/plain"
            subject = str(make_header(decode_header(mail["Subject"])))
            found.append((mail["Date"], " ".join(subject.split()), mail.get_payload(decode=True).decode()))
        return [(subject, text) for _, subject, text in sorted(found, key=lambda one: one[0][5:])]


def test_rss2email(feed: Subscribed, tmp_path: Path) -> None:
    program("r2e", str(Path(sys.executable).parent / "r2e"))
    (tmp_path / "r2e").mkdir()
    reader = Rss2email(tmp_path / "r2e")
    reader.run("add", "ferry", feed.url)

    reader.run("run")
    first = reader.mails(), feed.entries()
    feed.goes_on()
    reader.run("run")
    reader.run("run")

    assert [subject for subject, _ in first[0]] == [" ".join(title.split()) for title, _ in first[1]]
    new = [mail for mail in reader.mails() if mail not in first[0]]
    title, link = feed.entries()[0]
    assert [subject for subject, _ in new] == [" ".join(title.split())]
    assert link in new[0][1]
    # It shows the summary alone where there is one: what matters most, in words.
    assert feed.figures()
    assert all(f"{was} → {is_now}" in new[0][1] for was, is_now in feed.figures())
    assert feed.answers() == [200, 200, 304]


def test_rss_parser(feed: Subscribed) -> None:
    node, library_path = program("node"), str(node_module("rss-parser"))

    def parsed(since: str = "") -> list | str:
        command = [node, "-e", RSS_PARSER, library_path, feed.url, since]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)

    first = parsed(), feed.entries()
    feed.goes_on()
    second = parsed()
    third = parsed(since="Fri, 31 Dec 2199 23:59:59 GMT")

    assert [tuple(item[:2]) for item in first[0]] == first[1]
    assert [tuple(item[:2]) for item in second] == feed.entries()
    assert len([item for item in second if item not in first[0]]) == 1
    assert tells(second[0][2], feed)
    assert third == "Status code 304"
