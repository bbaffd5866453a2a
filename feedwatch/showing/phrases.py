"""The form that every language fills in: all that a reader sees and that does not come from a source.

A language is complete when it is one of these: a phrase that is missing is an error of type. `Forms` are the singular
and the plural as `singular` chooses them; {n} is the number, already written in the language's way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from feedwatch.model import Channel, EventKind, Grade
from feedwatch.showing.find_phrases import FindPhrases
from feedwatch.showing.health import Health

Forms = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class PagePhrases:
    """Of the pages and feeds that tell of the whole site, and of what stands around an article's versions."""

    # feeds of a source and of the site
    mirror_title: str
    mirror_subtitle: str
    mirror_changes: str
    daily_title: str
    daily_subtitle: str
    daily_entry: str

    # how the watching goes
    status_title: str
    status_as_of: str
    status_subtitle: str
    states: Mapping[Health, str]
    all_is_well: str
    in_trouble: Forms
    source: str
    state: str
    last_poll: str
    last_check: str
    watched: str
    waiting: str
    checks_a_day: str
    held: str
    blocked: str
    never: str
    more_sources: Forms
    requests_today: str
    requests_at_most: str
    host: str
    requests: str
    what_happened: str
    nothing_happened: str
    workers: str
    worker: str
    at_work_since: str
    checks_done: str
    files_written: str
    queue: str
    since: str
    over_since: str
    trouble_titles: Mapping[Health, str]
    trouble_texts: Mapping[Health, str]
    over_title: str
    over_text: str

    # what this is
    about_title: str
    about_headings: tuple[str, ...]
    about_texts: tuple[str, ...]
    grades_title: str
    grade_meanings: Mapping[Grade, str]
    hidden_because: str
    excerpt_note: str

    # around the versions of an article
    timeline: str
    checks: Forms
    timeline_text: str
    timeline_unchanged: str
    looks_within: str
    look_within: str
    changed_by: str
    ticks: Mapping[str, str]  # by unit
    quoted: str
    through: str
    in_versions: Forms
    headlines: str
    figures_moved: str
    origins: str
    origins_text: str
    origins_link: str
    from_version: str
    reworded_in: str
    removed_in: str

    # any two versions
    compare_title: str
    compare_ask: str
    compare_needs_script: str
    compare_missing: str
    compare_from: str
    compare_to: str
    compare_button: str
    previous_change: str
    keys: str
    keys_beside: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrases:
    code: str
    pages: PagePhrases
    find: FindPhrases
    singular: Callable[[int], bool]

    # numbers, dates, spans
    thousands: str
    months: tuple[str, ...]
    date: str
    moment: str
    between_times: str  # on one day
    between_moments: str
    at_moment: str
    later: Mapping[str, Forms]  # by unit: minute, hour, day, week, month, year
    days: Forms
    quote: str
    more: str  # the end of a list that was cut
    in_brackets: str

    # what changed
    grades: Mapping[Grade, str]
    events: Mapping[EventKind, str]
    headline: str
    standfirst: str
    headline_change: str
    headline_changed: str
    headline_unchanged: str
    standfirst_changed: str
    standfirst_added: str
    standfirst_removed: str
    figures: str
    figure_changed: str
    figure_added: str
    figure_removed: str
    names_added: str
    names_removed: str
    names_changed: str
    quotes_added: Forms
    quotes_removed: Forms
    quotes_marked: str
    quotes_unmarked: str
    paragraphs_added: Forms
    paragraphs_removed: Forms
    paragraphs_moved: Forms
    paragraphs_changed: Forms
    negation: str
    negations: str
    question: str
    question_added: str
    question_removed: str
    wording: str
    typographic: str
    silent: str
    correction: str
    reverted: str
    back: str
    changed: str
    no_headline: str

    # entries of feeds
    titled: str
    first_seen_title: str
    first_seen_text: str
    changed_when: str
    event_titles: Mapping[EventKind, str]
    event_texts: Mapping[EventKind, str]
    emptied: str  # of a removal of which the page is still there
    labelled: str
    removed_label: str
    added_label: str
    changed_label: str
    moved_up: str
    moved_down: str
    moved_from_below: str
    moved_from_above: str
    split_label: Forms
    joined_label: Forms
    more_changes: Forms
    side_by_side: str
    article_now: str
    all_versions: str
    article_feed_title: str
    article_feed_subtitle: str
    channels: Mapping[Channel, str]
    channel_subtitles: Mapping[Channel, str]

    # pages
    skip: str
    about: str
    legend: str
    contact: str
    all_feeds: str
    changed_times: Forms
    changes: Forms
    never_changed: str
    published: str
    first_seen: str
    last_changed: str
    status: str
    there_is_a_feed: str
    versions: str
    version: str
    words: Forms
    words_added: Forms
    words_removed: Forms
    compare: str
    compare_first_to_last: str
    newest_change: str
    the_text: str
    compared: str
    before: str
    after: str
    change_of: str
    next_change: str
    previous_pair: str
    next_pair: str
    back_to_article: str
    unchanged_paragraphs: Forms
    older_versions: Forms
    nothing_differs: str
    withdrawn_note: str
    latest_changes: str
    no_changes_yet: str
    articles: str
    sources: str
    feeds: str
    feed: str
    home: str
    not_found: str
    not_found_text: str
    hidden: str

    # status sentences
    last_checked: str
    checked_until: str
    next_check: str
    never_checked: str
    no_more_checks: str
    no_more_checks_since: str
    gone_status: str
    gone_status_since: str
    walled_status: str
    blocked_status: str
