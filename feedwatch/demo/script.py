"""What is edited when in the demo newsroom: a dozen days of two outlets.

The spacing lets every real edit be seen by itself. The schedule looks again after at most 0.4 of the article's age and,
once it changed, 0.25 of the time since then (never sooner than 10 minutes), so the next edit of the same article comes
only after at least twice that wait; edits that are believed after several agreeing looks (gone, moved, back to an older
text) have a day. What should not be published (a blip, a wall) lasts longer than the wait at its article's age, so that
it is met and not only missed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feedwatch.demo.edits import (
    Add,
    Answer,
    Append,
    Curl,
    Drop,
    Edit,
    Mask,
    Merge,
    Move,
    PutUp,
    Redesign,
    Relocate,
    Replace,
    Restand,
    Retitle,
    Revert,
    Rival,
    Split,
    Step,
)
from feedwatch.demo.stories import parse_span
from feedwatch.model import EventKind, Grade

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
LENGTH = timedelta(days=12)


def _edit(at: str, article: str, kind: str, what: str, *steps: Step, grades: set[Grade] | None = None) -> Edit:
    """A real edit that the page's date of modification follows."""
    return Edit(parse_span(at), article, kind, what, real=True, grades=frozenset(grades or ()), steps=steps)


def _silent(at: str, article: str, kind: str, what: str, *steps: Step, grades: set[Grade]) -> Edit:
    """A real edit that the page does not own up to."""
    told = frozenset({*grades, Grade.SILENT})
    return Edit(parse_span(at), article, kind, what, real=True, grades=told, steps=steps, claimed=False)


def _event(at: str, article: str, kind: EventKind, what: str, *steps: Step, grades: set[Grade] | None = None) -> Edit:
    found = frozenset(grades or ())
    return Edit(parse_span(at), article, kind.value, what, real=True, grades=found, event=kind, steps=steps)


def _nothing(at: str, article: str, kind: str, what: str, *steps: Step) -> Edit:
    """What a reader must hear nothing of."""
    return Edit(parse_span(at), article, kind, what, real=False, steps=steps)


_FIRST_HOURS = (
    _edit(
        "1h 10m",
        "ferry-fire",
        "figures",
        "14 injured becomes 41 injured, in the headline too",
        Retitle("41 injured as fire breaks out on Port Ellery ferry"),
        Replace("Fourteen passengers and crew", "Forty-one passengers and crew"),
        Replace("with 14 people still in hospital", "with 41 people still in hospital"),
        grades={Grade.HEADLINE, Grade.FIGURES},
    ),
    _edit(
        "2h",
        "hospital-beds",
        "headline softened",
        "the trust no longer deceived anybody, its account was incomplete",
        Retitle("Hospital trust gave incomplete account of bed closures, inquiry finds"),
        grades={Grade.HEADLINE},
    ),
    _edit(
        "3h",
        "mayor-expenses",
        "wording",
        "the mayor is now only alleged to have charged the town",
        Replace("Stannage, charged the town for", "Stannage, is alleged to have charged the town for"),
        grades={Grade.WORDING},
    ),
    _nothing("3h 40m", "seal-pups", "404 blip", "the page cannot be found for half an hour", Answer(404)),
    _edit(
        "4h",
        "hafenschlick",
        "quote added",
        "the minister is now quoted",
        Add(
            "„Eine Genehmigung ist kein Erbrecht“, sagte Jessen. „Wer mehr baggert, muss mehr erklären.“",
            "Umweltministerin",
        ),
        grades={Grade.QUOTES, Grade.ADDED},
    ),
    _edit(
        "4h 5m",
        "swing-bridge",
        "figures",
        "£1.5m becomes £15m",
        Retitle("Council borrows £15m to save swing bridge"),
        Replace("voted to borrow £1.5m", "voted to borrow £15m"),
        grades={Grade.HEADLINE, Grade.FIGURES},
    ),
    _nothing("4h 10m", "seal-pups", "404 blip", "the page is back, unchanged", Answer(200)),
    _nothing(
        "4h 30m", "seal-pups", "consent wall", "a consent page instead of the article for an hour", PutUp(Mask.CONSENT)
    ),
    _edit(
        "5h",
        "ferry-fire",
        "quote added",
        "the coxswain of a lifeboat is quoted",
        Add(
            "“They passed the children down first, hand over hand, and nobody pushed,” said Gwen Tallack, coxswain of "
            "the first lifeboat to arrive. “I have never been so proud of strangers.”",
            "Two lifeboats",
        ),
        grades={Grade.QUOTES, Grade.ADDED},
    ),
    _nothing("5h 30m", "seal-pups", "consent wall", "the article is back, unchanged", PutUp(Mask.NONE)),
    _silent(
        "6h",
        "werft-insolvenz",
        "silent rewrite",
        "the minister's promise is watered down; the page's date stays",
        Replace(
            "das Land werde die Werft nicht fallen lassen, könne aber keine Verluste der Vergangenheit bezahlen",
            "das Land werde jeden Antrag sorgfältig prüfen und die Vorgaben aus Brüssel beachten",
        ),
        grades={Grade.WORDING},
    ),
    _edit(
        "7h",
        "terminal-streik",
        "figures",
        "24 Stunden becomes 48 Stunden",
        Retitle("Warnstreik legt Containerterminal für 48 Stunden lahm"),
        Replace("soll 24 Stunden dauern", "soll 48 Stunden dauern"),
        grades={Grade.HEADLINE, Grade.FIGURES},
    ),
    _silent(
        "8h",
        "hospital-beds",
        "paragraph removed",
        "what the former chief executive's solicitors said; the page's date stays",
        Drop("His predecessor, Sir Colin Dray"),
        grades={Grade.REMOVED},
    ),
    _edit(
        "8h 15m",
        "museum-hoard",
        "typographic",
        "straight quotes become curly, hyphens become dashes",
        Curl(),
        grades={Grade.TYPOGRAPHIC},
    ),
    _event("10h", "mayor-expenses", EventKind.GONE, "taken down, 410", Answer(410)),
    _edit(
        "12h",
        "swing-bridge",
        "paragraph split",
        "one paragraph becomes two",
        Split("Engineers from the firm"),
        grades={Grade.TYPOGRAPHIC},
    ),
    _edit(
        "14h",
        "terminal-streik",
        "revert",
        "back to the first version: 24 Stunden",
        Revert(timedelta(hours=5)),
        grades={Grade.HEADLINE, Grade.FIGURES},
    ),
    _edit(
        "22h",
        "seal-pups",
        "headline only",
        "another headline, no other word",
        Retitle("Seal pups double in five years on sands below Gannet Head"),
        grades={Grade.HEADLINE},
    ),
)

_SECOND_DAY = (
    _edit(
        "1d 2h",
        "ferry-fire",
        "correction note",
        "the ferry's year, with a note at the end",
        Replace("The ferry, built in 1994,", "The ferry, built in 1992,"),
        Append(
            "Correction, 3 March: an earlier version of this article said that the Lady Maud was built in 1994. "
            "She was built in 1992."
        ),
        grades={Grade.CORRECTION, Grade.FIGURES},
    ),
    _silent(
        "1d 3h",
        "school-meals",
        "A/B headline",
        "another headline, at every second request",
        Rival("Free hot lunches for every child, but who will do the washing up?"),
        grades={Grade.HEADLINE},
    ),
    _event("1d 3h", "school-meals", EventKind.ALTERNATES, "two headlines by turns for six hours"),
    _event("1d 6h", "museum-hoard", EventKind.GONE, "cannot be found for two days, 404", Answer(404)),
    _edit(
        "1d 8h",
        "windpark-kabel",
        "correction note",
        "380.000 becomes 308.000, with a note in German",
        Replace("rechnerisch 380.000 Haushalte", "rechnerisch 308.000 Haushalte"),
        Append(
            "Korrektur: In einer früheren Fassung dieses Artikels hieß es, der Windpark versorge 380.000 Haushalte. "
            "Richtig sind 308.000. Wir bitten, den Fehler zu entschuldigen."
        ),
        grades={Grade.CORRECTION, Grade.FIGURES},
    ),
    _nothing(
        "1d 9h",
        "school-meals",
        "A/B headline",
        "the test ends, the second headline stays",
        Rival(""),
        Retitle("Free hot lunches for every child, but who will do the washing up?"),
    ),
    _edit(
        "1d 10h",
        "hafenschlick",
        "paragraphs moved",
        "the fisherman moves up to the second paragraph",
        Move("Krabbenfischer Enno Rickmers", "Die Verklappung von Baggergut"),
        grades={Grade.MOVED},
    ),
    _event("1d 12h", "seal-pups", EventKind.MOVED, "a new address, 301 from the old one", Relocate("seal-pups-double")),
)


def _live(at: str, what: str, *steps: Step, grades: set[Grade]) -> Edit:
    return _edit(at, "storm-live", "live page", what, *steps, grades=grades)


_STORM = (
    _live(
        "2d 4h",
        "an entry at the top",
        Add(
            "10:00 The sea has come over the wall at the western pier. Harbour Street is closed beyond the fish market."
        ),
        grades={Grade.ADDED},
    ),
    _live(
        "2d 4h 40m",
        "two entries at the top",
        Add(
            "10:31 Ellery Crossings has cancelled the replacement ferry. Nobody knows whether it will sail on Thursday."
        ),
        Add("10:38 A gust of 88mph has been measured at Gannet Head, and the anemometer is still there."),
        grades={Grade.ADDED},
    ),
    _live(
        "2d 5h 20m",
        "an entry at the top",
        Add("11:17 Power is out in Dunmoor and the villages west of it. The network operator speaks of 2,300 homes."),
        grades={Grade.ADDED},
    ),
    _live(
        "2d 6h 40m",
        "an entry added, the number of homes raised",
        Add("12:36 The last train reached Sandmarsh nine minutes late, with 412 people on board and a goat."),
        Replace("speaks of 2,300 homes", "now speaks of 4,100 homes"),
        grades={Grade.ADDED, Grade.FIGURES},
    ),
    _live(
        "2d 8h",
        "an entry added, a new headline",
        Retitle("Storm Ingrid: red warning lifted, 4,100 homes without power"),
        Add("13:55 The red warning has been lifted an hour early. The wind is falling, the tide is not."),
        grades={Grade.ADDED, Grade.HEADLINE},
    ),
)

_LATER = (
    _edit(
        "2d 4h 15m",
        "lotsenboot",
        "headline only",
        "the headline is now a question",
        Retitle("Löst Wasserstoff den Diesel bei den Lotsen ab?"),
        grades={Grade.HEADLINE, Grade.QUESTION},
    ),
    _edit(
        "2d 6h",
        "terminal-streik",
        "date",
        "the next round of talks is on 9 March, not on 5 March",
        Replace("für Donnerstag, den 5. März, in", "für Montag, den 9. März, in"),
        grades={Grade.FIGURES},
    ),
    _edit(
        "2d 10h",
        "werft-insolvenz",
        "negation",
        "the talks have not failed",
        Replace("waren am Freitag gescheitert", "waren am Freitag nicht gescheitert"),
        grades={Grade.NEGATION},
    ),
    _edit(
        "3d",
        "hospital-beds",
        "paragraphs moved",
        "the health secretary moves up",
        Move("The health secretary is expected", "Managers at the Sandmarsh"),
        grades={Grade.MOVED},
    ),
    _event(
        "3d 8h",
        "museum-hoard",
        EventKind.RESTORED,
        "back, with another sum",
        Answer(200),
        Replace("raised £46,500 to keep", "raised £64,500 to keep"),
        grades={Grade.FIGURES},
    ),
    _edit(
        "4d",
        "swing-bridge",
        "name",
        "the chandler is called Ahern, not Aherne",
        Replace("Dilys Aherne", "Dilys Ahern"),
        grades={Grade.NAMES},
    ),
    _edit(
        "4d 6h",
        "lotsenboot",
        "quotes removed",
        "three words are no longer a quotation",
        Replace("„so gut wie verschwunden“", "so gut wie verschwunden"),
        grades={Grade.QUOTES},
    ),
    _edit(
        "5d",
        "windpark-kabel",
        "paragraphs merged",
        "two paragraphs become one",
        Merge("Es ist der dritte Ausfall"),
        grades={Grade.TYPOGRAPHIC},
    ),
    _nothing("7d", "courier", "redesign", "a new template for the outlet, no word of an article changes", Redesign()),
    _edit(
        "7d 6h",
        "swing-bridge",
        "standfirst",
        "the standfirst tells how the debate ended",
        Restand("Councillors voted by 23 to 19 after six hours. The eastern quay will be cut off until the autumn."),
        grades={Grade.STANDFIRST},
    ),
    _edit(
        "8d",
        "school-meals",
        "figures",
        "£7.8m becomes £8.7m",
        Replace("The scheme is to cost £7.8m a year", "The scheme is to cost £8.7m a year"),
        grades={Grade.FIGURES},
    ),
)

SCRIPT: tuple[Edit, ...] = tuple(sorted((*_FIRST_HOURS, *_SECOND_DAY, *_STORM, *_LATER), key=lambda edit: edit.at))
