"""TimeMaps and the pages of old versions."""

from __future__ import annotations

from dataclasses import replace

from feedwatch.model import State
from feedwatch.running.drawing import Terms, article_files
from tests import samples
from tests.test_html import check

FLOOD = samples.flood()


def files(history, **terms) -> dict[str, bytes]:
    made = article_files(history, samples.SITE, samples.CREATED, Terms(**terms)).files
    return {path.name: content for path, content in made}


def test_the_timemap_names_the_article_itself_and_each_version_with_its_time():
    made = files(FLOOD)
    folder = f"{samples.SITE.base_url}articles/{FLOOD.article.id[:2]}/{FLOOD.article.id}"

    lines = made["timemap.link"].decode().splitlines()

    assert lines[0] == f'<{FLOOD.article.url}>; rel="original",'
    assert lines[1].startswith(f'<{folder}/timemap.link>; rel="self"; type="application/link-format"; from="')
    assert [line.split(";")[:2] for line in lines[2:]] == [
        [f"<{folder}/0.html>", ' rel="first memento"'],
        [f"<{folder}/1.html>", ' rel="memento"'],
        [f"<{folder}/2.html>", ' rel="last memento"'],
    ]
    assert lines[2].endswith('GMT",')
    assert b'rel="timemap"' in made["index.html"]


def test_a_version_is_shown_as_it_stood():
    made = files(FLOOD)

    for version in FLOOD.versions:
        page = made[f"{version.number}.html"]
        check(page)
        assert version.text.title.split()[0].encode() in page


def test_what_never_changed_may_not_be_shown_whole_or_was_taken_down_has_no_such_pages():
    assert "0.html" not in files(samples.untouched())
    assert b'index.html>; rel="first last memento"' in files(samples.untouched())["timemap.link"]
    assert "0.html" not in files(FLOOD, excerpt=True)
    assert b"/index.html>" in files(FLOOD, excerpt=True)["timemap.link"]
    assert "timemap.link" not in files(replace(FLOOD, article=replace(FLOOD.article, state=State.HIDDEN)))
