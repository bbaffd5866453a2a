"""A config that is right does what it says; one that is wrong is told all of it at once."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.config import (
    Config,
    ScheduleOverride,
    SourceConfig,
    config_keys,
    config_schema,
    load_config,
    read_duration,
    write_duration,
)
from feedwatch.errors import ConfigError
from feedwatch.model import SiteRule

EXAMPLE = "write one such as https://changes.example.org/"
ROOT = Path(__file__).parent.parent
ONE_SOURCE = """
sources:
  - slug: herald
    title: The Herald
    feeds: [https://herald.example/rss.xml]
"""


@pytest.fixture
def load(tmp_path):
    def load(text, **environ):
        path = tmp_path / "config.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_config(path, environ)

    return load


@pytest.fixture
def faults(load, tmp_path):
    def faults(text, **environ):
        with pytest.raises(ConfigError) as caught:
            load(text, **environ)
        return str(caught.value).replace(f"{tmp_path}/", "").splitlines()

    return faults


# ---------------------------------------------------------------------------------------------------------- good ones


def test_a_source_is_all_that_has_to_be_there(load, tmp_path):
    config = load(ONE_SOURCE)

    assert config.source("herald").feeds == ("https://herald.example/rss.xml",)
    assert config.site.output == tmp_path / "site"
    assert config.store == f"sqlite:///{tmp_path}/feedwatch.db"
    assert config.schedule == Config().schedule


def test_keys_and_sections_without_a_value_mean_their_default(load):
    config = load("site:\n  contact:\nfetch:\n" + ONE_SOURCE)

    assert config.site.contact == ""
    assert config.fetch == Config().fetch


def test_the_base_url_ends_with_a_slash(load):
    assert load("site: {base_url: https://changes.example/news}" + ONE_SOURCE).site.base_url == (
        "https://changes.example/news/"
    )


def test_the_environment_overrides_what_changes_between_machines(load, tmp_path):
    config = load(
        "site: {base_url: https://a.example/, output: a}\nstore: sqlite:///a.db" + ONE_SOURCE,
        FEEDWATCH_BASE_URL="https://b.example",
        FEEDWATCH_OUTPUT="/srv/b",
        FEEDWATCH_STORE="postgresql+psycopg://feedwatch@db/feedwatch",
    )

    assert config.site.base_url == "https://b.example/"
    assert config.site.output == Path("/srv/b")
    assert config.store == "postgresql+psycopg://feedwatch@db/feedwatch"


def test_an_empty_variable_overrides_nothing(load):
    assert load("site: {base_url: https://a.example/}" + ONE_SOURCE, FEEDWATCH_BASE_URL="").site.base_url == (
        "https://a.example/"
    )


@pytest.mark.parametrize(
    ("store", "loaded"),
    [
        ("sqlite:///a/b.db", "sqlite:///{folder}/a/b.db"),
        ("sqlite:///b.db?timeout=5", "sqlite:///{folder}/b.db?timeout=5"),
        ("sqlite:////srv/b.db", "sqlite:////srv/b.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("sqlite://", "sqlite://"),
        ("postgresql://feedwatch:secret@db/feedwatch", "postgresql://feedwatch:secret@db/feedwatch"),
    ],
)
def test_a_relative_store_lies_beside_the_config(load, tmp_path, store, loaded):
    assert load(f"store: '{store}'" + ONE_SOURCE).store == loaded.format(folder=tmp_path)


def test_a_source_names_only_what_differs_from_the_general_schedule(load):
    config = load(
        "schedule: {poll_every: 5m, longest: 3d}\n" + ONE_SOURCE + "    schedule: {poll_every: 1m, age_share: 0.5}"
    )

    own, general = config.schedule_for("herald"), config.schedule_for("gone")

    assert (own.poll_every, own.longest, own.age_share) == (timedelta(minutes=1), timedelta(days=3), 0.5)
    assert general == config.schedule
    assert own.quiet_share == general.quiet_share


def test_a_source_may_have_its_own_pause(load):
    config = load("fetch: {pause: 2s}\n" + ONE_SOURCE + "    pause: 0s")

    assert config.pause_for("herald") == timedelta(0)
    assert config.pause_for("gone") == timedelta(seconds=2)


def test_a_sources_selectors_are_the_rule_for_its_pages(load):
    config = load(ONE_SOURCE + "    selectors: {body: div.story > p, strip: [aside, '.ad:not(.text)']}")

    assert config.rule_for("herald") == SiteRule(body="div.story > p", strip=("aside", ".ad:not(.text)"))
    assert config.rule_for("gone") == SiteRule()


def test_a_config_can_be_built_without_a_file():
    config = Config(
        sources=(
            SourceConfig(
                slug="herald",
                title="The Herald",
                feeds=("https://herald.example/rss.xml",),
                schedule=ScheduleOverride(poll_every=timedelta(hours=1)),
            ),
        )
    )

    assert config.schedule_for("herald").poll_every == timedelta(hours=1)


def test_anchors_and_merged_keys_are_no_duplicates(load):
    config = load(
        "sources:\n"
        "  - &one {slug: a, title: A, language: de, feeds: [https://a.example/rss]}\n"
        "  - {<<: *one, slug: b, feeds: [https://b.example/rss]}\n"
    )

    assert [(source.slug, source.language) for source in config.sources] == [("a", "de"), ("b", "de")]


def test_an_operator_may_say_who_visits(load):
    config = load("site: {contact: desk@changes.example}\nfetch: {user_agent: Changes/1.0}" + ONE_SOURCE)

    assert (config.site.contact, config.fetch.user_agent) == ("desk@changes.example", "Changes/1.0")


def test_an_intranets_host_is_named_with_its_port(load):
    assert load("fetch: {allow_hosts: ['News.Intranet:443', '[::1]:8080']}" + ONE_SOURCE).fetch.allow_hosts == (
        "news.intranet:443",
        "[::1]:8080",
    )


def test_a_byte_order_mark_does_no_harm(load):
    assert load(b"\xef\xbb\xbf" + ONE_SOURCE.encode()).source("herald")


# ---------------------------------------------------------------------------------------------------------- durations


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        (" 2 H ", timedelta(hours=2)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(weeks=2)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 30m", timedelta(minutes=90)),
        ("0.5s", timedelta(milliseconds=500)),
        ("0s", timedelta(0)),
        ("PT15M", timedelta(minutes=15)),
        ("P7D", timedelta(days=7)),
        ("P1DT2H", timedelta(hours=26)),
        ("P2W", timedelta(weeks=2)),
    ],
)
def test_a_duration_is_written_in_the_units_of_people_or_iso_8601(text, duration):
    assert read_duration(text) == duration


@pytest.mark.parametrize(
    "value", ["", "15", "soon", "-5m", "5 fortnights", "P", "PT", "P1Y", "15m!", 15, 1.5, True, [], None]
)
def test_what_is_no_duration_is_refused(value):
    with pytest.raises(ValueError, match="; write for example 90s, 15m, 2h, 7d or PT15M"):
        read_duration(value)


def test_a_duration_longer_than_any_calendar_is_refused(faults):
    assert faults("fetch: {pause: 999999999w}" + ONE_SOURCE) == [
        "config.yaml:1: fetch.pause: '999999999w' is too long; write for example 90s, 15m, 2h, 7d or PT15M"
    ]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9))
def test_a_duration_is_read_as_it_was_written(seconds):
    assert read_duration(write_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


# ---------------------------------------------------------------------------------------------------------- bad ones

ALL_WRONG = """\
site:
  titel: x
  base_url: ftp://x
  language: english language
  contact: nobody
base_url: http://x/
fetch:
  pause: 5
  timeout: 0s
  hosts_at_once: 1000
  workers: many
  robots: maybe
  user_agent: "a\\nb"
  allow_hosts: [localhost, "x:99999"]
schedule:
  shortest: 8d
  age_share: 2
  quiet_share: half
store: mysql://root:secret@db/x
sources:
  - slug: BBC News
    title: 2024
    feeds: https://a.example/rss
  - slug: a
    title: A
    feeds:
      - https://a.example/rss
      - ftp://a.example/rss
      - https://user:secret@a.example/rss
    selectors:
      body: "div["
      strip: .ad
    announce: all
    schedule: {longest: 5m}
  - slug: a
    feeds: []
  - slug: b
    title: B
    title: C
    feeds: [https://a.example/rss]
  - c
"""
ALL_TOLD = """\
2: site.titel: is no key here; did you mean 'title'?
3: site.base_url: 'ftp://x' is not an http(s) address; write one such as https://changes.example.org/
4: site.language: 'english language' is not a language tag; write one such as en, de, pt-BR or zh-Hant
5: site.contact: 'nobody' is not an http(s) address; write one such as https://example.org/about, or a mail address
6: base_url: is no key here; it belongs to 'site.base_url'
8: fetch.pause: 5 has no unit; write for example 90s, 15m, 2h, 7d or PT15M
9: fetch.timeout: it must be longer than nothing; write for example 90s, 15m, 2h, 7d or PT15M
10: fetch.hosts_at_once: must be at most 256, not 1000
11: fetch.workers: must be a whole number, not 'many'
12: fetch.robots: must be true or false
13: fetch.user_agent: it can only hold printable ASCII characters, as HTTP headers do; leave the others out
14: fetch.allow_hosts[0]: 'localhost' does not name a host and port; write one such as intranet.example.org:443
14: fetch.allow_hosts[1]: 'x:99999' does not name a host and port; write one such as intranet.example.org:443
16: schedule.shortest: the shortest wait is longer than the longest (8d, 7d); change one of them
17: schedule.age_share: must be at most 1.0, not 2
18: schedule.quiet_share: must be a number, not 'half'
19: store: not a store; write sqlite:///feedwatch.db or postgresql://user:password@host/name
21: sources[0].slug: 'BBC News' cannot name a folder; use at most 63 lower-case letters, digits and '-', such as bbc-news
22: sources[0].title: must be text; put it in quotes
23: sources[0].feeds: must be a list; begin each line of it with '- '
28: sources[1].feeds[1]: 'ftp://a.example/rss' is not an http(s) address; write one such as https://news.example.org/rss.xml
29: sources[1].feeds[2]: it holds a user name or password, which readers would see; leave them out
31: sources[1].selectors.body: 'div[' is not a CSS selector (Expected ident or '*', got <EOF at 4>); write one such as div.article-body
32: sources[1].selectors.strip: must be a list; begin each line of it with '- '
33: sources[1].announce: must be 'everything' or 'changes', not 'all'
34: sources[1].schedule.longest: the shortest wait is longer than the longest (8d, 5m); change one of them
35: sources[2].slug: 'a' is taken by the source in line 24; give each its own
35: sources[2].title: is missing; add it
36: sources[2].feeds: is empty; name at least one
39: sources[3].title: is there already in line 38; keep one of them
40: sources[3].feeds[0]: is listed in line 27 already; keep one of them
41: sources[4]: must hold keys with values, each indented in a line of its own
"""  # noqa: E501


def test_every_fault_is_told_at_once_each_with_its_line_and_what_to_do(faults):
    assert faults(ALL_WRONG) == [f"config.yaml:{fault}" for fault in ALL_TOLD.splitlines()]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "config.yaml:1: sources: is missing; name at least one outlet to watch"),
        ("# nothing\n", "config.yaml:1: sources: is missing; name at least one outlet to watch"),
        ("- a\n", "config.yaml:1: must hold keys with values, such as site: and sources:"),
        ("site: x" + ONE_SOURCE, "config.yaml:1: site: must hold keys with values, each indented in a line of its own"),
        ("site:\n\ttitle: x", "config.yaml:2: not YAML: a tab; indent with spaces"),
        (
            "sources: a: b",
            "config.yaml:1: not YAML: mapping values are not allowed here; look for a missing quote, colon or indent",
        ),
        ("site: \x01", "config.yaml:1: not YAML: the character U+0001; take it out"),
        (
            "a: &a [*a]" + ONE_SOURCE,
            "config.yaml:1: a" + "[0]" * 20 + ": nested too deeply; see the reference for what stands where",
        ),
        ("[" * 50_000, "config.yaml:1: not YAML: nested too deeply; see the reference for what stands where"),
        ("? [a]\n: b" + ONE_SOURCE, "config.yaml:1: a key that is no word; write it in quotes"),
        ("yes: 1" + ONE_SOURCE, "config.yaml:1: yes: is no key here; known are site, store, fetch, schedule, sources"),
        ("site: {title: [a]}" + ONE_SOURCE, "config.yaml:1: site.title: must be one text"),
        ("site: {title: 2025-11-03}" + ONE_SOURCE, "config.yaml:1: site.title: must be text; put it in quotes"),
        (
            "site: {title: ' '}" + ONE_SOURCE,
            "config.yaml:1: site.title: it must be one line of text; write what people call it",
        ),
        (
            "site: {output: 7}" + ONE_SOURCE,
            "config.yaml:1: site.output: must be the path of a folder, or a bucket such as s3://changes/site",
        ),
        (
            "site: {output: s3://a/b}" + ONE_SOURCE,
            (
                "config.yaml:1: site.output: 'a' cannot name a bucket; use 3 to 63 lower-case letters, digits, '-' "
                "and '.', as in s3://changes/site (keys and endpoint stand in the environment)"
            ),
        ),
        (
            "site: {output: s3://changes/a//b}" + ONE_SOURCE,
            (
                "config.yaml:1: site.output: 'a//b' cannot be a folder in a bucket; use letters, digits, "
                "'-', '_', '.' and '/'"
            ),
        ),
        (
            "site: {output: ftp://a/b}" + ONE_SOURCE,
            "config.yaml:1: site.output: 'ftp://a/b' is an address; name a folder, or a bucket such as s3://changes/site",
        ),
        (
            "site: {base_url: 'https://a.example/?b'}" + ONE_SOURCE,
            "config.yaml:1: site.base_url: it holds a query or a fragment; end it at the site's folder",
        ),
        ("fetch: {max_bytes: 1.5}" + ONE_SOURCE, "config.yaml:1: fetch.max_bytes: must be a whole number, not '1.5'"),
        (
            "site: {base_url: 'https://a.example:b/'}" + ONE_SOURCE,
            "config.yaml:1: site.base_url: 'https://a.example:b/' is not an http(s) address; " + EXAMPLE,
        ),
        (
            "schedule: {shortest: 9d, longest: long}" + ONE_SOURCE,
            "config.yaml:1: schedule.longest: 'long' is not a duration; write for example 90s, 15m, 2h, 7d or PT15M",
        ),
        ("fetch: {workers: 0}" + ONE_SOURCE, "config.yaml:1: fetch.workers: must be at least 1, not 0"),
        ("schedule: {age_share: 0}" + ONE_SOURCE, "config.yaml:1: schedule.age_share: must be more than 0.0, not 0"),
        (
            "schedule: {give_up_after: 1:30}" + ONE_SOURCE,
            "config.yaml:1: schedule.give_up_after: 90 has no unit; write for example 90s, 15m, 2h, 7d or PT15M",
        ),
        ("sources: []", "config.yaml:1: sources: is empty; name at least one outlet to watch"),
        ("sources: {a: b}", "config.yaml:1: sources: must be a list; begin each line of it with '- '"),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_do(faults, text, fault):
    assert fault in faults(text)


def test_a_list_with_a_bad_item_is_not_called_empty(faults):
    told = faults(ONE_SOURCE.replace("https://", "ftp://"))

    assert [fault.partition(" is not")[0] for fault in told] == [
        "config.yaml:5: sources[0].feeds[0]: 'ftp://herald.example/rss.xml'"
    ]


def test_a_fault_in_the_environment_names_the_variable(faults):
    assert faults("store: mysql://a" + ONE_SOURCE, FEEDWATCH_STORE="oracle://b", FEEDWATCH_BASE_URL="here") == [
        "FEEDWATCH_BASE_URL: 'here' is not an http(s) address; write one such as https://changes.example.org/",
        "FEEDWATCH_STORE: not a store; write sqlite:///feedwatch.db or postgresql://user:password@host/name",
    ]


def test_passwords_are_not_repeated(faults):
    assert "secret" not in "".join(faults(ALL_WRONG))


def test_a_missing_file_is_told_with_the_way_out(tmp_path):
    with pytest.raises(ConfigError, match="there is no such file; `feedwatch init` writes one to start from"):
        load_config(tmp_path / "config.yaml", {})


def test_a_folder_is_not_a_config(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path, {})


def test_a_config_that_is_not_utf_8_is_told_where(load):
    with pytest.raises(ConfigError, match="not UTF-8 at byte 7; save it as UTF-8"):
        load(b"title: \xff")


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(), st.text("sources: -\n[]{}&*a!<>?|'\"#\t", max_size=60)))
def test_no_text_makes_reading_a_config_fail_in_another_way(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    with pytest.raises(ConfigError):
        load_config(path, {})


# ---------------------------------------------------------------------------------------------------------- what ships


def test_the_config_that_ships_is_ready_to_use():
    config = load_config(ROOT / "config.yaml", {})

    assert len({source.language.partition("-")[0] for source in config.sources}) >= 5
    assert config.schedule == Config().schedule
    assert config.fetch == Config().fetch


def test_the_commented_values_of_the_config_that_ships_are_the_defaults():
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    section, defaults = "", {key.name: key.default for key in config_keys()}

    commented = []
    for line in text.split("sources:")[0].splitlines():
        if line and line[0].isalpha():
            section = line.partition(":")[0]
        if line.startswith("  # ") and line[4:].partition(":")[0].replace("_", "").isalpha():
            name, _, value = line[4:].partition(":")
            commented.append((f"{section}.{name}", value.partition("#")[0].strip()))

    assert len(commented) >= 10
    assert all(str(yaml.safe_load(value)).lower() == defaults[name].lower() for name, value in commented)


def test_the_schema_that_ships_is_up_to_date():
    shipped = (ROOT / "docs" / "config.schema.json").read_text(encoding="utf-8")

    assert json.loads(shipped) == config_schema(), "run `feedwatch config schema > docs/config.schema.json`"


def test_every_key_is_described():
    assert all(key.description.endswith(".") or "(" in key.description for key in config_keys())
    assert {"site.base_url", "store", "sources[].feeds", "sources[].schedule.poll_every"} <= {
        key.name for key in config_keys()
    }


def test_durations_are_text_in_the_schema():
    schedule = config_schema()["$defs"]["ScheduleConfig"]["properties"]

    assert schedule["longest"]["type"] == "string"
    assert schedule["longest"]["default"] == "7d"
