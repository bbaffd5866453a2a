"""Articles of outlets that do not exist, with their histories: for tests of what readers get.

A comparison is written as marked text, `[-old-]{+new+}`, and both versions follow from it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feedwatch.config import SiteConfig
from feedwatch.judging.passages import with_passages
from feedwatch.model import (
    Article,
    Block,
    BlockKind,
    Change,
    Channel,
    Comparison,
    Event,
    EventKind,
    Facts,
    Grade,
    History,
    Notice,
    Op,
    Row,
    Source,
    Span,
    State,
    Text,
    Version,
)

CREATED = datetime(2031, 3, 1, 8, 0, tzinfo=UTC)
SEEN = datetime(2031, 5, 3, 10, 2, 11, tzinfo=UTC)
SITE = SiteConfig(title="Margin Notes", base_url="https://notes.example/", contact="desk@notes.example")

COURIER = Source("norhaven-courier", "Norhaven Courier", "en")
ABENDPOST = Source("lindau-abendpost", "Lindenauer Abendpost", "de")
SAHIL = Source("sahil", "جريدة الساحل", "ar")

_MARKS = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}", re.DOTALL)


def spans(marked: str) -> tuple[Span, ...]:
    found, at = [], 0
    for mark in _MARKS.finditer(marked):
        if mark.start() > at:
            found.append(Span(Op.EQUAL, marked[at : mark.start()]))
        old, new = mark.groups()
        found.append(Span(Op.DELETE, old) if old is not None else Span(Op.INSERT, new))
        at = mark.end()
    if at < len(marked):
        found.append(Span(Op.EQUAL, marked[at:]))
    return tuple(found)


def _row(op: Op, old: tuple[int, ...], new: tuple[int, ...], marked: str) -> Row:
    match op:
        case Op.INSERT:
            return Row(op, old, new, (Span(Op.INSERT, marked),))
        case Op.DELETE:
            return Row(op, old, new, (Span(Op.DELETE, marked),))
        case _:
            return Row(op, old, new, spans(marked))


_SIGNS = {"=": Op.EQUAL, "~": Op.REPLACE, "-": Op.DELETE, "+": Op.INSERT, "@": Op.MOVE, "/": Op.SPLIT, "&": Op.MERGE}


def compared(title: str, standfirst: str | None, body: str) -> Comparison:
    """`body`: the rows in the order of the new text, a blank line between; "@7 " is a move from index 7, ¶ a break."""
    lines = [" ".join(line.split()).replace("¶", "\n") for line in body.strip().split("\n\n")]
    moved = {int(line[1 : line.index(" ")]) for line in lines if line.startswith("@")}
    rows, old, new = [], 0, 0
    for line in lines:
        sign, _, marked = line.partition(" ")
        op = _SIGNS[sign[0]]
        olds = {Op.INSERT: 0, Op.MOVE: 0, Op.MERGE: marked.count("\n") + 1}.get(op, 1)
        news = {Op.DELETE: 0, Op.SPLIT: marked.count("\n") + 1}.get(op, 1)
        indices = [int(sign[1:])] if op is Op.MOVE else []
        while len(indices) < olds:
            if old not in moved:
                indices.append(old)
            old += 1
        rows.append(_row(op, tuple(indices), tuple(range(new, new + news)), marked))
        new += news
    return Comparison(_single(title), None if standfirst is None else _single(standfirst), tuple(rows))


def _single(marked: str) -> Row:
    found = spans(marked)
    ops = {span.op for span in found}
    if ops <= {Op.EQUAL}:
        return Row(Op.EQUAL, (0,), (0,), found)
    if ops == {Op.INSERT}:
        return Row(Op.INSERT, (), (0,), found)
    if ops == {Op.DELETE}:
        return Row(Op.DELETE, (0,), (), found)
    return Row(Op.REPLACE, (0,), (0,), found)


def texts(comparison: Comparison) -> tuple[Text, Text]:
    """Both versions that a comparison compares."""
    olds: dict[int, str] = {}
    news: dict[int, str] = {}
    for line in comparison.rows:
        olds.update(zip(line.old, line.old_text.split("\n") if len(line.old) > 1 else [line.old_text], strict=False))
        news.update(zip(line.new, line.new_text.split("\n") if len(line.new) > 1 else [line.new_text], strict=False))
    standfirst = comparison.standfirst
    return (
        Text(
            comparison.title.old_text,
            standfirst.old_text if standfirst else "",
            tuple(_block(olds[index]) for index in sorted(olds)),
        ),
        Text(
            comparison.title.new_text,
            standfirst.new_text if standfirst else "",
            tuple(_block(news[index]) for index in sorted(news)),
        ),
    )


def _block(text: str) -> Block:
    if text.startswith("## "):
        return Block(text.removeprefix("## "), BlockKind.HEADING)
    return Block(text)


def version(
    number: int, text: Text, seen_at: datetime, not_before: datetime | None = None, language: str = "en"
) -> Version:
    return Version(
        article="3f9c2ab417de5508",
        number=number,
        seen_at=seen_at,
        not_before=not_before,
        text=text,
        path="trafilatura",
        extractor="test 1",
        language=language,
    )


# ------------------------------------------------------------------------------------------------------ one flood

FIRST_CHANGE = compared(
    "[-Fourteen-]{+Forty-one+} die as river floods Norhaven",
    "The Lower Town is under water[-; rescuers fear more victims-].",
    """
~ At least [-14-]{+41+} people have died after the river Aule burst its banks in Norhaven early on Saturday, the
county's emergency office said.

= The water rose by two metres within an hour. Streets in the Lower Town, home to some 9,000 people, could be reached
by boat only.

- “We warned the council about the embankment three times,” said Prof Eileen Munro, a hydrologist at the University of
Norhaven. “Nobody wrote back.”

- The council's own report of last autumn, seen by this paper, called the embankment “not fit for purpose”.

= Schools in the county will stay closed until Wednesday.

@7 Power went out in [-6,000-]{+8,500+} homes; the grid company expects repairs to last until Tuesday evening.

= The army has sent two companies of engineers with pontoon bridges.

= Volunteers were asked to report to the sports hall in Mill Lane, and to bring boots and gloves.

+ The mayor, Tomas Brandeis, said on Saturday afternoon that the council had “acted on every warning it received”.

= Trains between Norhaven and Eskby do not run. Buses take the coast road.

/ Forecasters expect more rain on Sunday, though less than on Friday night.[- -]{+¶+}The crest of the flood should
reach Eskby at about noon.

= Donations can be made through the county's relief fund.

= It is the worst flood in Norhaven since 1954, when the old weir broke.

= After that flood the embankment was raised by a metre and a half.

= A service for the victims will be held in St Anne's on Sunday evening.
""",
)
_FIRST_FACTS = Facts(
    grades=(
        Grade.HEADLINE,
        Grade.FIGURES,
        Grade.QUOTES,
        Grade.STANDFIRST,
        Grade.REMOVED,
        Grade.ADDED,
        Grade.MOVED,
        Grade.SILENT,
    ),
    words_added=24,
    words_removed=49,
    figures=(("14", "41"), ("6,000", "8,500")),
    names_added=("Tomas Brandeis",),
    names_removed=("Prof Eileen Munro",),
    quotes_added=("“acted on every warning it received”",),
    quotes_removed=(
        "“We warned the council about the embankment three times,”",
        "“Nobody wrote back.”",
        "“not fit for purpose”",
    ),
    paragraphs_added=1,
    paragraphs_removed=2,
    paragraphs_moved=1,
    paragraphs_changed=2,
)

FIRST_FACTS = with_passages(_FIRST_FACTS, FIRST_CHANGE)
_OLD, _MIDDLE = texts(FIRST_CHANGE)
SECOND_CHANGE = Comparison(
    title=Row(Op.EQUAL, (0,), (0,), (Span(Op.EQUAL, _MIDDLE.title),)),
    standfirst=Row(Op.EQUAL, (0,), (0,), (Span(Op.EQUAL, _MIDDLE.standfirst),)),
    rows=(
        *(Row(Op.EQUAL, (n,), (n,), (Span(Op.EQUAL, block.text),)) for n, block in enumerate(_MIDDLE.blocks)),
        Row(
            Op.INSERT,
            (),
            (len(_MIDDLE.blocks),),
            (
                Span(
                    Op.INSERT,
                    "Correction: An earlier version of this article left out the statement by Prof Eileen Munro. "
                    "It was removed in error.",
                ),
            ),
        ),
    ),
)
_SECOND_FACTS = Facts(
    grades=(Grade.CORRECTION, Grade.ADDED),
    words_added=20,
    names_added=("Prof Eileen Munro",),
    paragraphs_added=1,
    correction="Correction: An earlier version of this article left out the statement by Prof Eileen Munro.",
)
SECOND_FACTS = with_passages(_SECOND_FACTS, SECOND_CHANGE)

COMPARISONS = {1: FIRST_CHANGE, 2: SECOND_CHANGE}
ARTICLE = Article(
    id="3f9c2ab417de5508",
    source=COURIER.slug,
    key="https://courier.example/news/flood",
    url="https://courier.example/news/flood",
    host="courier.example",
    title="Forty-one die as river floods Norhaven",
    first_seen_at=SEEN,
    published_at=SEEN - timedelta(minutes=24),
    last_checked_at=SEEN + timedelta(hours=30),
    last_ok_at=SEEN + timedelta(hours=30),
    last_changed_at=SEEN + timedelta(hours=22),
    next_check_at=SEEN + timedelta(hours=32),
    checks=17,
    versions=3,
    changes=2,
)


def flood() -> History:
    """Two changes: a headline with figures, removals, a move and a split; then a correction note."""
    last = texts(SECOND_CHANGE)[1]
    first_at, second_at = SEEN + timedelta(hours=4, minutes=4), SEEN + timedelta(hours=22)
    all_channels = frozenset(Channel) - {Channel.REMOVALS, Channel.CORRECTIONS}
    return History(
        article=ARTICLE,
        source=COURIER,
        versions=(
            version(0, _OLD, SEEN),
            version(1, _MIDDLE, first_at, first_at - timedelta(minutes=30)),
            version(2, last, second_at, second_at - timedelta(hours=3)),
        ),
        changes=(
            Change(ARTICLE.id, 0, 1, first_at, first_at - timedelta(minutes=30), FIRST_FACTS, all_channels),
            Change(
                ARTICLE.id,
                1,
                2,
                second_at,
                second_at - timedelta(hours=3),
                SECOND_FACTS,
                frozenset({Channel.EVERYTHING, Channel.CHANGES, Channel.CORRECTIONS}),
            ),
        ),
        events=(),
    )


def untouched() -> History:
    """The same article before anything changed."""
    whole = flood()
    article = replace(ARTICLE, title=_OLD.title, last_changed_at=None, versions=1, changes=0)
    return replace(whole, article=article, versions=whole.versions[:1], changes=())


def removed() -> History:
    """The flood article, gone from its site a day later."""
    whole = flood()
    at = SEEN + timedelta(hours=29)
    event = Event(
        ARTICLE.id, 0, EventKind.GONE, at, "", frozenset({Channel.EVERYTHING, Channel.CHANGES, Channel.REMOVALS})
    )
    return replace(whole, article=replace(ARTICLE, state=State.GONE), events=(event,))


def notices(history: History) -> list[Notice]:
    """The news of one article, newest first."""
    found = [
        Notice(
            history.article,
            history.source,
            change.at,
            change,
            history.version(change.from_number),
            history.version(change.to_number),
        )
        for change in history.changes
    ]
    for event in history.events:
        known = [version for version in history.versions if version.seen_at <= event.at]
        new = known[-1] if known else None
        found.append(Notice(history.article, history.source, event.at, event=event, new=new))
    return sorted(found, key=lambda notice: notice.at, reverse=True)


# ------------------------------------------------------------------------------------------------------ other languages

GERMAN_CHANGE = compared(
    "Stadtrat von Lindenau [-stimmt für-]{+vertagt+} neue Brücke",
    None,
    """
~ Der Stadtrat hat die Entscheidung am Donnerstag mit [-21 zu 18-]{+20 zu 19+} Stimmen [-getroffen-]{+vertagt+}.

& Die Brücke soll 14 Millionen Euro kosten.[-¶-]{+ +}Gebaut würde ab dem Frühjahr.

= Anwohner hatten vor dem Rathaus demonstriert.
""",
)
ARABIC_CHANGE = compared(
    "ارتفاع عدد الضحايا إلى [-14-]{+41+} في مدينة النور",
    "فيضان النهر يغمر الأحياء القديمة",
    """
~ أعلنت بلدية المدينة أن [-14-]{+41+} شخصا لقوا حتفهم في الفيضان.

= وقال السكان إن المياه ارتفعت مترين خلال ساعة واحدة.

+ ودعت البلدية المتطوعين إلى التجمع في الملعب.
""",
)
JAPANESE_CHANGE = compared(
    "北港市で洪水、[-14-]{+41+}人死亡",
    None,
    """
~ 北港市の川が土曜未明に氾濫し、少なくとも[-14-]{+41+}人が死亡したと市の防災課が発表した。

- 専門家は堤防の危険性を三度指摘していたという。
""",
)


def small(source: Source, comparison: Comparison, number: int, language: str, facts: Facts) -> History:
    """An article with one change, in another language."""
    old, new = texts(comparison)
    at = SEEN + timedelta(hours=number, minutes=7)
    article = replace(
        ARTICLE,
        id=f"{number:016x}",
        source=source.slug,
        title=new.title,
        url=f"https://{source.slug}.example/{number}",
        last_changed_at=at,
        versions=2,
        changes=1,
    )
    return History(
        article=article,
        source=source,
        versions=(
            replace(version(0, old, SEEN, None, language), article=article.id),
            replace(version(1, new, at, at - timedelta(minutes=20), language), article=article.id),
        ),
        changes=(
            Change(
                article.id,
                0,
                1,
                at,
                at - timedelta(minutes=20),
                facts,
                frozenset({Channel.EVERYTHING, Channel.CHANGES}),
            ),
        ),
        events=(),
    )


def german() -> History:
    facts = Facts(
        (Grade.HEADLINE, Grade.FIGURES, Grade.WORDING), 4, 6, figures=(("21", "20"), ("18", "19")), paragraphs_changed=1
    )
    return small(ABENDPOST, GERMAN_CHANGE, 5, "de", facts)


def arabic() -> History:
    facts = Facts((Grade.HEADLINE, Grade.FIGURES, Grade.ADDED), 7, 1, figures=(("14", "41"),), paragraphs_added=1)
    return small(SAHIL, ARABIC_CHANGE, 6, "ar", facts)


def japanese() -> History:
    facts = Facts((Grade.HEADLINE, Grade.FIGURES, Grade.REMOVED), 1, 12, figures=(("14", "41"),), paragraphs_removed=1)
    return small(Source("hokko", "北港新聞", "ja"), JAPANESE_CHANGE, 7, "ja", facts)


# ------------------------------------------------------------------------------------------------------ hostile texts

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "]]><!-- --><![CDATA[",
    "{{ 7 * 7 }}{% raw %}{0.__class__}",
    "\u202eReversed\u2066 and isolated",
    "Half \ud83d of a pair \udc00",
    "Bell \x07, null \x00, escape \x1b, \x85 next line, \ufffe",
    "</td></table></main><h1>Hijacked</h1>",
    "&lt;b&gt; &amp;amp; &#60;script&#62;",
    "x" * 100_000,
    "long words " * 10_000,
    "",
    "   \n\t ",
)


def hostile(bad: str) -> History:
    """An article that says `bad` wherever a source can say anything."""
    comparison = hostile_comparison(bad)
    facts = Facts(
        tuple(Grade),
        figures=((bad, bad),),
        names_added=(bad,),
        names_removed=(bad,),
        quotes_added=(bad,),
        quotes_removed=(bad,),
        paragraphs_added=1,
        paragraphs_removed=1,
        correction=bad,
    )
    source = Source("hostile", bad, bad[:40])
    whole = small(source, comparison, 8, bad[:40], facts)
    events = tuple(Event(whole.article.id, n, kind, SEEN, bad) for n, kind in enumerate(EventKind))
    article = replace(whole.article, url="javascript:alert(1)//" + bad[:100], title=bad, problem=bad)
    withdrawn = replace(whole.versions[1], number=2, withdrawn_at=SEEN, withdrawn_because=bad)
    change = replace(whole.changes[0], from_number=1, to_number=2)
    return replace(
        whole,
        article=article,
        versions=(*whole.versions, withdrawn),
        changes=(*whole.changes, change),
        events=events,
    )


def hostile_comparison(bad: str) -> Comparison:
    return Comparison(
        title=Row(Op.REPLACE, (0,), (0,), (Span(Op.DELETE, "Before"), Span(Op.INSERT, bad))),
        standfirst=Row(Op.INSERT, (), (0,), (Span(Op.INSERT, bad),)),
        rows=(
            Row(Op.REPLACE, (0,), (0,), (Span(Op.EQUAL, bad), Span(Op.DELETE, bad), Span(Op.INSERT, "new"))),
            Row(Op.INSERT, (), (1,), (Span(Op.INSERT, bad),)),
            Row(Op.EQUAL, (1,), (2,), (Span(Op.EQUAL, bad),)),
        ),
    )
