"""What is measured, for Prometheus: as text, or on a port of its own. Read from the store, also beside a daemon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from feedwatch.config import Config
from feedwatch.errors import StoreError, UsageError
from feedwatch.model import Crew
from feedwatch.ports import Clock, Store
from feedwatch.running.desk import reading

try:
    from prometheus_client import CollectorRegistry, generate_latest, start_http_server
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
    from prometheus_client.registry import Collector
except ModuleNotFoundError as error:
    raise UsageError("metrics need prometheus_client: pip install 'feedwatch[metrics]'") from error

_STATES = ("watched", "done", "gone", "walled", "blocked", "hidden")
_NUMBERS = {
    "due": "Articles that are due for a check.",
    "held": "Articles whose latest look is not believed yet.",
    "checks_last_hour": "Checks of the last hour, to ten minutes.",
    "failed_last_hour": "Those of them that failed.",
    "changed_last_hour": "Those of them that found something else.",
}
_TOTALS = {"versions": "Versions kept.", "changes": "Changes found."}


def exposition(config: Config, now: Clock) -> str:
    registry = CollectorRegistry()
    registry.register(_Measured(config, now))
    return generate_latest(registry).decode()


def serve(config: Config, now: Clock, port: int, address: str) -> None:
    """On a thread of its own; raises UsageError when the port cannot be had."""
    registry = CollectorRegistry()
    registry.register(_Measured(config, now))
    try:
        start_http_server(port, address, registry)
    except OSError as error:
        raise UsageError(f"{address}:{port} cannot be listened on ({error.strerror}); choose another port") from error


class _Measured(Collector):
    """Asks the store each time that it is asked. A store that cannot be read is a metric, too."""

    def __init__(self, config: Config, now: Clock) -> None:
        self._config, self._now = config, now

    def collect(self) -> Iterable[Metric]:
        try:
            with reading(self._config, self._now()) as store:
                measured = list(_measured(store, self._now()))
        except StoreError:
            measured = []
        yield GaugeMetricFamily("feedwatch_up", "Whether the store could be read.", value=float(bool(measured)))
        yield from measured


def _measured(store: Store, now: datetime) -> Iterator[Metric]:
    counts = store.counts(now)
    articles = GaugeMetricFamily("feedwatch_articles", "Articles.", labels=["source", "state"])
    for slug, numbers in counts.items():
        for state in _STATES:
            articles.add_metric([slug, state], numbers[state])
    yield articles
    for name, told in _NUMBERS.items():
        gauge = GaugeMetricFamily(f"feedwatch_{name}", told, labels=["source"])
        for slug, numbers in counts.items():
            gauge.add_metric([slug], numbers[name])
        yield gauge
    for name, told in _TOTALS.items():
        counter = CounterMetricFamily(f"feedwatch_{name}", told, labels=["source"])
        for slug, numbers in counts.items():
            counter.add_metric([slug], numbers[name])
        yield counter
    failures = GaugeMetricFamily(
        "feedwatch_feed_failures", "Polls of a source's feeds that failed running.", labels=["source"]
    )
    failed: dict[str, int] = {}
    for feed in store.feeds():
        failed[feed.source] = max(failed.get(feed.source, 0), feed.failures)
    for slug, many in sorted(failed.items()):
        failures.add_metric([slug], many)
    yield failures
    crew = store.crew(now)
    due_at = store.next_due_at()
    late = crew.late if crew else max(now - due_at, timedelta(0)) if due_at else timedelta(0)
    yield GaugeMetricFamily("feedwatch_late_seconds", "Since when the longest due host waits.", late.total_seconds())
    if crew is not None:
        yield from _of(crew)


def _of(crew: Crew) -> Iterator[Metric]:
    yield GaugeMetricFamily("feedwatch_workers", "Workers at work.", len(crew.workers))
    queue = GaugeMetricFamily("feedwatch_queue", "Jobs.", labels=["kind", "state"])
    queue.add_metric(["visit", "waiting"], crew.queued.hosts_waiting)
    queue.add_metric(["visit", "under_way"], crew.queued.hosts_visited)
    queue.add_metric(["part", "waiting"], crew.queued.parts_waiting)
    queue.add_metric(["any", "failed"], crew.queued.failed)
    yield queue
    yield CounterMetricFamily("feedwatch_rescued_jobs", "Jobs of dead workers that were given back.", crew.rescued)
    done = {name: CounterMetricFamily(f"feedwatch_worker_{name}", told, labels=["worker"]) for name, told in _DONE}
    for worker in crew.workers:
        for name, counter in done.items():
            counter.add_metric([worker.id], getattr(worker, name))
    yield from done.values()


_DONE = (("polls", "Polls of a worker."), ("checks", "Its checks."), ("published", "Files that it wrote."))
