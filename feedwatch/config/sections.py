"""What a config holds. The descriptions are the reference: the JSON Schema and docs/reference.md are made of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from feedwatch.config.values import (
    BaseUrl,
    Contact,
    Duration,
    FeedUrl,
    HeaderText,
    HostAndPort,
    Language,
    Line,
    OutputPlace,
    Period,
    Selector,
    Slug,
    StoreUrl,
)
from feedwatch.model import Site, SiteRule


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SiteConfig(Section):
    """What is published, where, and by whom."""

    title: Line = Field("feedwatch", description="The site's name, on every page and in every feed.")
    base_url: BaseUrl = Field(
        "http://localhost:8000/",
        description="The address that the site is served from; feeds carry it. FEEDWATCH_BASE_URL overrides it.",
    )
    output: OutputPlace = Field(
        Path("site"),
        description="The folder that the site is written to, from this file's folder; or a bucket that speaks S3, "
        "s3://BUCKET/FOLDER. FEEDWATCH_OUTPUT overrides it.",
    )
    language: Language = Field(
        "en", description="The language of the site's own words: en, de or fr. In any other they are English."
    )
    contact: Contact = Field(
        "", description="A web or mail address of yours. Outlets see it in the User-Agent, readers on the pages."
    )
    hub: FeedUrl | None = Field(
        None, description="A WebSub hub: the feeds name it, and it is told of every feed that was written."
    )
    index: bool = Field(default=True, description="Whether search engines may index the pages.")

    @property
    def shown(self) -> Site:
        """What pages and feeds need of it: workers do without this wing."""
        return Site(self.title, self.base_url, self.language, self.contact, self.hub, self.index)


class FetchConfig(Section):
    """How outlets are visited."""

    user_agent: HeaderText = Field("", description="Empty: feedwatch/<version> (+<contact>).")
    timeout: Period = Field(timedelta(seconds=30), description="For one response, its redirects included.")
    max_bytes: int = Field(
        5_000_000, ge=10_000, description="The largest response taken, in bytes after decompression."
    )
    pause: Duration = Field(timedelta(seconds=1), description="Between two requests to one host.")
    requests_a_day: int = Field(
        20_000, ge=1, description="At most so many polls and checks at one host in a day (UTC)."
    )
    hosts_at_once: int = Field(16, ge=1, le=256, description="How many hosts are visited at the same time.")
    workers: int = Field(2, ge=1, le=64, description="Processes for reading feeds and pages.")
    allow_hosts: tuple[HostAndPort, ...] = Field(
        (), description="Hosts, each with its port, that may be visited although their address is private."
    )
    robots: bool = Field(default=True, description="Whether robots.txt is obeyed for articles.")


class ScheduleConfig(Section):
    """When articles are looked at again: after min(age_share x age, quiet_share x time since the last change)."""

    poll_every: Period = Field(timedelta(minutes=15), description="How often a feed is asked for new articles.")
    checks_a_day: int | None = Field(
        None,
        ge=1,
        description="How many looks in 24 hours a source's articles get: never more, and where edits are likeliest. "
        "Empty: as many as the shares ask for.",
    )
    shortest: Period = Field(timedelta(minutes=5), description="The least time between two looks at an article.")
    longest: Period = Field(timedelta(days=7), description="The most time between two looks at an article.")
    age_share: float = Field(0.40, gt=0, le=1, description="The wait as a share of the article's age.")
    quiet_share: float = Field(
        0.25, gt=0, le=1, description="The wait as a share of the time since its last change, once it had one."
    )
    give_up_after: Period = Field(
        timedelta(days=60), description="An article that did not change for so long is not looked at any more."
    )
    live_window: Period = Field(
        timedelta(hours=1), description="The feeds tell of a live page's changes at most once in so long."
    )


class ScheduleOverride(Section):
    """What differs for one source; the rest is as under `schedule`."""

    poll_every: Period | None = Field(None, description="As schedule.poll_every.")
    checks_a_day: int | None = Field(None, ge=1, description="As schedule.checks_a_day.")
    shortest: Period | None = Field(None, description="As schedule.shortest.")
    longest: Period | None = Field(None, description="As schedule.longest.")
    age_share: float | None = Field(None, gt=0, le=1, description="As schedule.age_share.")
    quiet_share: float | None = Field(None, gt=0, le=1, description="As schedule.quiet_share.")
    give_up_after: Period | None = Field(None, description="As schedule.give_up_after.")
    live_window: Period | None = Field(None, description="As schedule.live_window.")


class Selectors(Section):
    """CSS selectors for a source's pages, where they are not read right without."""

    body: Selector | None = Field(None, description="A CSS selector: the element that holds the article's text.")
    title: Selector | None = Field(None, description="A CSS selector: the element that holds the headline.")
    strip: tuple[Selector, ...] = Field((), description="CSS selectors: elements that are never part of the article.")


class SourceConfig(Section):
    """One outlet."""

    slug: Slug = Field(description="Its name in addresses; changing it later makes it another source.")
    title: Line = Field(description="Its name for people.")
    feeds: tuple[FeedUrl, ...] = Field(
        min_length=1, description="Addresses of RSS, Atom or JSON feeds, or of news sitemaps."
    )
    selectors: Selectors = Field(default_factory=Selectors, description="How its pages are read.")
    language: Language | None = Field(None, description="Of its articles, where their pages do not say.")
    pause: Duration | None = Field(None, description="As fetch.pause, for its hosts.")
    excerpt: bool = Field(
        default=False, description="Show only what changed and the sentences around it, never a whole text."
    )
    announce: Literal["everything", "changes"] = Field(
        "changes", description="Whether an article's feed also announces typographic changes (everything)."
    )
    schedule: ScheduleOverride = Field(
        default_factory=ScheduleOverride, description="Where it differs from `schedule`."
    )


class Config(Section):
    """A site that shows how news articles change after publication."""

    site: SiteConfig = Field(default_factory=SiteConfig, description="What is published, where, and by whom.")
    store: StoreUrl = Field(
        "sqlite:///feedwatch.db",
        description="Where versions are kept: sqlite:///FILE, from this file's folder, or "
        "postgresql://user:password@host/name. FEEDWATCH_STORE overrides it.",
    )
    fetch: FetchConfig = Field(default_factory=FetchConfig, description="How outlets are visited.")
    schedule: ScheduleConfig = Field(
        default_factory=ScheduleConfig, description="When feeds and articles are looked at again."
    )
    sources: tuple[SourceConfig, ...] = Field((), description="The outlets that are watched.")

    def source(self, slug: str) -> SourceConfig | None:
        return next((source for source in self.sources if source.slug == slug), None)

    # Articles of a source that left the config stay watched: the general settings are theirs.
    def schedule_for(self, slug: str) -> ScheduleConfig:
        source = self.source(slug)
        own = source.schedule.model_dump(exclude_none=True) if source else {}
        return self.schedule.model_copy(update=own)

    def pause_for(self, slug: str) -> timedelta:
        source = self.source(slug)
        return self.fetch.pause if source is None or source.pause is None else source.pause

    def rule_for(self, slug: str) -> SiteRule:
        source = self.source(slug)
        return SiteRule(**source.selectors.model_dump()) if source else SiteRule()
