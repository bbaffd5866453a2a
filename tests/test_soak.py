"""Some days in seconds: what is open, runs and is logged is the same on each. bench/soak.py makes it a month."""

from __future__ import annotations

from bench.soak import Measure, Month, soak

DAYS, ARTICLES, MINUTES = 4, 200, 480.0  # between two passes
# SQLite writes the log back at 4 MB and goes on at its beginning.
WAL = 8.0  # megabytes


def test_days_go_by_and_nothing_is_left_open_or_fills_up() -> None:
    months: list[Month] = []

    def told(_day: int, _now: Measure, month: Month) -> None:
        months.append(month)

    measures = soak(DAYS, ARTICLES, MINUTES, told)

    tallies = months[-1].paper.app.tallies
    assert tallies.checks > 2 * ARTICLES
    assert tallies.changes > ARTICLES / 10
    later = measures[1:]
    assert {(one.files, one.threads, one.workers, one.log_bytes_per_check) for one in later} == {
        (later[0].files, later[0].threads, later[0].workers, 0.0)
    }
    assert max(one.wal_megabytes for one in measures) < WAL
