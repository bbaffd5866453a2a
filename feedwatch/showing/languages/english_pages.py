"""English: the pages of the whole site."""

from __future__ import annotations

from feedwatch.model import Grade
from feedwatch.showing.health import Health
from feedwatch.showing.phrases import PagePhrases

PAGES = PagePhrases(
    # feeds of a source and of the site
    mirror_title="{source}: articles",
    mirror_subtitle="The articles of {source} as they are found, each with the way to its changes.",
    mirror_changes="Changes to this article",
    daily_title="{name}: day by day",
    daily_subtitle="One entry for each day, with all that was changed on it.",
    daily_entry="{date}: {changes}",
    # how the watching goes
    status_title="Status",
    status_as_of="As of {moment}.",
    status_subtitle="For whoever runs this site: feeds that fail, sources that are held or blocked, and the end of it.",
    states={
        Health.DEAD: "feed gone",
        Health.FAILING: "feed fails",
        Health.HELD: "held",
        Health.BLOCKED: "blocked",
        Health.WELL: "well",
    },
    all_is_well="All sources are well.",
    in_trouble=("{n} source is in trouble.", "{n} sources are in trouble."),
    source="Source",
    state="State",
    last_poll="Last poll",
    last_check="Last check",
    watched="Watched",
    waiting="Waiting",
    checks_a_day="Checks a day",
    held="Held",
    blocked="Blocked",
    never="never",
    more_sources=("{n} more source is in status.json.", "{n} more sources are in status.json."),
    requests_today="Requests today",
    requests_at_most="Each host gets {n} requests a day (UTC) at most. The busiest:",
    host="Host",
    requests="Requests",
    what_happened="What happened",
    nothing_happened="Nothing has gone wrong so far.",
    workers="Workers",
    worker="Worker",
    at_work_since="At work since",
    checks_done="Checks done",
    files_written="Files written",
    queue="{waiting} hosts wait in the queue, {visited} are being visited; "
    "the longest due one waits for {late} seconds. Jobs taken over from workers that ended: {rescued}.",
    since="Since {since}.",
    over_since="From {since} to {until}.",
    trouble_titles={
        Health.DEAD: "Feed gone: {source}",
        Health.FAILING: "Feed fails: {source}",
        Health.HELD: "Held back: {source}",
        Health.BLOCKED: "Blocked: {source}",
        Health.WELL: "Well: {source}",
    },
    trouble_texts={
        Health.DEAD: "The feed is gone for good and is not polled any more.",
        Health.FAILING: "The feed has failed several times running; polling goes on.",
        Health.HELD: (
            "So many articles changed or failed within an hour that nothing is announced until they are confirmed."
        ),
        Health.BLOCKED: "Most articles of the source cannot be looked at any more.",
        Health.WELL: "All is well.",
    },
    over_title="Back to normal: {source}",
    over_text="This is over since {moment}: {text}",
    # what this is
    about_title="About these pages",
    about_headings=(
        "What this is",
        "How a change is found",
        "How sure it is",
        "When it happened",
        "Whose words these are",
    ),
    about_texts=(
        (
            "{site} looks at published news articles again and again, keeps each version of their text, and shows"
            " what was changed after publication: in a feed for each article, in feeds for each outlet, and on "
            "pages that set two versions side by side. It says what changed, not why; most edits are ordinary "
            "work of a newsroom. The pages set no cookies and load nothing from elsewhere."
        ),
        (
            "Each outlet’s own feeds name its articles. Every article is then fetched again: soon after it"
            " was found, and ever more rarely while nothing changes. Only the words of headline, standfirst and "
            "text are compared. Menus, lists of other articles, advertisements and counters are left out."
        ),
        (
            "A text that suddenly shrinks, turns into a sign-in page or swings back and forth is not believed at "
            "once, but looked at again hours later. Mistakes happen nevertheless: where one is found, the version"
            " is withdrawn and the page says so."
        ),
        (
            "Between two looks nobody watches. So the time of a change is given as the two looks between which it"
            " happened. Version 0 is the article as it was first seen here; the outlet may have changed it "
            "before. A page is written when something changes, and otherwise with the first check of a day; its "
            "article may have been checked since."
        ),
        (
            "The texts belong to their publishers and are quoted here to document how they were changed. Every "
            "page links to the article at its source."
        ),
    ),
    grades_title="What the words for a change mean",
    grade_meanings={
        Grade.CORRECTION: "A note was added in which the outlet corrects or updates the article.",
        Grade.HEADLINE: "The headline has other words.",
        Grade.FIGURES: "A number, an amount, a share or a date was changed, added or removed.",
        Grade.NEGATION: "A word such as “not” or “never” came or went.",
        Grade.QUESTION: "A sentence became a question, or a question a statement.",
        Grade.QUOTES: "Words in quotation marks came, went or were changed.",
        Grade.NAMES: "The name of a person, a place or an organisation came or went.",
        Grade.STANDFIRST: "The lines below the headline have other words.",
        Grade.REMOVED: "Whole paragraphs are gone.",
        Grade.ADDED: "There are whole new paragraphs.",
        Grade.MOVED: "Paragraphs stand at another place.",
        Grade.WORDING: "Sentences were reworded.",
        Grade.TYPOGRAPHIC: "Only spaces, capitals, quotation marks or spelling changed.",
        Grade.SILENT: "Neither the article’s own date of modification nor a note in it tells of the change.",
    },
    hidden_because="Reason: {reason}",
    excerpt_note="Of this outlet only what was changed is shown, with the sentences around it.",
    # around the versions of an article
    timeline="Timeline",
    checks=("{n} check", "{n} checks"),
    timeline_text="{checks} between {start} and {end}; {changes}.",
    timeline_unchanged="{checks} between {start} and {end}, always with the same text.",
    looks_within="Checks {parts}.",
    look_within="within {span}: {n}",
    changed_by="Version {n}, {moment}: {added}, {removed}",
    ticks={"hour": "1 hour", "day": "1 day", "week": "1 week", "month": "1 month", "year": "1 year"},
    quoted="Names beside quotations",
    through="Through the versions",
    in_versions=("version {n}", "versions {n}"),
    headlines="Headlines",
    figures_moved="Figures",
    origins="Where each sentence came from",
    origins_text="The newest text, each sentence with the version that it came in. Sentences that were removed stand, "
    "struck through, where they stood.",
    from_version="since version {n}",
    reworded_in="since version {n}, reworded in version {again}",
    origins_link="Where each sentence came from, and what was removed",
    removed_in="from version {n}, removed in version {gone}",
    # any two versions
    compare_title="Compare two versions",
    compare_ask="On the page of an article that changed more than once any two of its versions can be compared.",
    compare_needs_script="Any two versions are compared inside of your browser, by a script. "
    "Without scripts, the page of an article leads to each of its changes, and from its first version to its last.",
    compare_missing="There are no such versions here.",
    compare_from="Compare version",
    compare_to="with version",
    compare_button="Compare",
    previous_change="Previous change",
    keys="Keys: J to the next change, K to the one before.",
    keys_beside="← and → to the comparisons before and after this one.",
)
