"""config.yaml -> Config, or one ConfigError that lists every fault with file:line and what to do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SiteConfig(_Section):
    """What is published, where, and by whom."""

    title: str = "feedwatch"
    base_url: str = "http://localhost:8000/"  # ends with a slash after validation; FEEDWATCH_BASE_URL
    output: Path = Path("site")  # FEEDWATCH_OUTPUT
    language: str = "en"
    contact: str = ""  # a URL or mail address: in the User-Agent and on the pages


class FetchConfig(_Section):
    user_agent: str = ""  # "" = feedwatch/<version> (+<contact>)
    timeout: timedelta = timedelta(seconds=30)  # total, for one response with its redirects
    max_bytes: int = Field(5_000_000, ge=10_000)  # decoded
    pause: timedelta = timedelta(seconds=1)  # between two requests to one host
    hosts_at_once: int = Field(16, ge=1, le=256)
    workers: int = Field(2, ge=1, le=64)  # processes for parsing and extraction
    allow_hosts: tuple[str, ...] = ()  # host:port pairs permitted although their address is private
    robots: bool = True


class ScheduleConfig(_Section):
    """The two-ratio rule: next look = clamp(min(age_share x age, quiet_share x time since the last change))."""

    poll_every: timedelta = timedelta(minutes=15)
    shortest: timedelta = timedelta(minutes=10)
    longest: timedelta = timedelta(days=7)
    age_share: float = Field(0.40, gt=0, le=1)
    quiet_share: float = Field(0.25, gt=0, le=1)
    give_up_after: timedelta = timedelta(days=60)


class Selectors(_Section):
    """CSS selectors for a source's pages."""

    body: str | None = None
    title: str | None = None
    strip: tuple[str, ...] = ()


class SourceConfig(_Section):
    slug: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
    title: str
    feeds: tuple[str, ...] = Field(min_length=1)
    selectors: Selectors = Selectors()
    language: str | None = None
    pause: timedelta | None = None
    announce: Literal["everything", "changes"] = "changes"  # whether typographic changes enter the article's own feed
    schedule: ScheduleConfig | None = None  # a whole of its own after merging with the general one


class Config(_Section):
    site: SiteConfig = SiteConfig()
    store: str = "sqlite:///feedwatch.db"  # an SQLAlchemy URL; FEEDWATCH_STORE
    fetch: FetchConfig = FetchConfig()
    schedule: ScheduleConfig = ScheduleConfig()
    sources: tuple[SourceConfig, ...] = ()

    def source(self, slug: str) -> SourceConfig | None:
        return next((source for source in self.sources if source.slug == slug), None)
