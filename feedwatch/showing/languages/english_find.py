"""English: the pages for finding."""

from __future__ import annotations

from feedwatch.showing.find_phrases import FindPhrases

FIND = FindPhrases(
    title="Find an article",
    lead="Type words, or paste the address of an article to get the feed of its changes.",
    ask="Words or an address",
    where="Look in",
    everywhere="everything",
    names="headlines, outlets and addresses",
    added="words that were added",
    removed="words that were removed",
    button="Find",
    needs_script="The search runs inside of your browser, by a script of this site. Without scripts, browse instead.",
    searching="Searching …",
    found=("{n} article", "{n} articles"),
    found_newest=("{n} article, the newest first", "{n} articles, the newest first"),
    nothing="Nothing was found. Whole words are looked for, or their beginnings from four letters on.",
    more="More",
    narrow="These words are too common to show all that have them; add another word.",
    failed="The search could not be loaded; try again.",
    watched="This article is watched:",
    unwatched="No article of this address is watched here. Articles that resemble it:",
    not_an_address="This is no address of a web page.",
    formerly="before: {title}",
    bookmarklet_title="From the article to its changes",
    bookmarklet_text="Drag this link to your browser’s bookmarks. On the page of an article it leads to its changes:",
    bookmarklet="What changed here?",
    browse_title="Browse",
    all_sources="All sources",
    days_title="Day by day",
    days_text="All changes of a day, in the order in which they were found. Days begin at midnight UTC.",
    day_title="Changes on {date}",
    page="Page {n}",
    most_changed="Most changed",
    most_changed_text="The articles that were changed most often.",
    corrections="Corrections",
    removed_title="Removed and restored",
)
