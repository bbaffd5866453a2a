"""When what one look saw is believed: once enough looks agree, and the source is not in trouble."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from feedwatch.judging.schedule import after_suspicion
from feedwatch.judging.suspicion import BRAKE_EVERY, BRAKE_LONGEST, brake, is_confirmed
from feedwatch.model import Article, Comparison, Known, Op, Suspect, Suspicion, Verdict, line_sha

# Suspects that are a removal if they are real. What stands there may be another page at each look.
BELIEVED_GONE = {Suspicion.SOFT_404, Suspicion.FRONT_PAGE, Suspicion.BLANK}
# Suspects that are edits if they are real; the others are an article that is lost, or most of it.
NO_LOSS = {Suspicion.CHURN, Suspicion.FLAP, Suspicion.FLOOD, Suspicion.PATH}


def identity(comparison: Comparison) -> str:
    """What differs, as one digest. Lines that both pages have, such as furniture that reading takes for text on some
    looks, are no part of it: two looks that saw one edit agree.
    """
    rows = (comparison.title, comparison.standfirst, *comparison.rows)
    return line_sha(" ".join(f"{row.old_text}|{row.new_text}" for row in rows if row and row.op is not Op.EQUAL))


def look_again(article: Article, kind: Suspicion, sha: str, now: datetime) -> Suspect:
    """One look more at the suspect that waits, or a new one."""
    waiting = article.suspect
    if waiting and waiting.kind is kind and (waiting.sha == sha or kind in BELIEVED_GONE or kind is Suspicion.WALL):
        return replace(waiting, looks=waiting.looks + 1)
    return Suspect(kind, sha, now)


def is_believed(known: Known, suspect: Suspect, now: datetime) -> bool:
    """Whether enough looks agree, and the source is not in trouble. What is held as part of a flood of edits needs no
    calm: its second look comes when the learned lines of the flood do not count any more.
    """
    if not is_confirmed(suspect, now):
        return False
    return suspect.kind in NO_LOSS or not brake(known.tally, known.lately) or now - suspect.since >= BRAKE_LONGEST


def held(known: Known, suspect: Suspect, now: datetime) -> Verdict:
    """Articles that are lost count at every look, so that the brake holds for as long as many are; edits count once,
    also of one that reads otherwise at each look: else it would hold its source for as long as it is edited.
    """
    due = after_suspicion(suspect, now)
    if is_confirmed(suspect, now):
        due = max(due, now + BRAKE_EVERY)
    article = replace(known.article, suspect=suspect, next_check_at=due)
    waited = known.article.suspect is not None and known.article.suspect.kind is suspect.kind
    counts = suspect.kind is not Suspicion.CHURN and (not waited or suspect.kind not in NO_LOSS)
    return Verdict(article, changed=counts)
