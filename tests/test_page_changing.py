"""What changes on a page by itself is no edit; a figure in a table is one."""

from __future__ import annotations

import pytest

from tests.test_imprint import is_told_by_imprint
from tests.test_page import BODY, HALF, LINK, added, written
from tests.test_page_pairs import difference

HEAD = "<thead><tr><th>Year</th><th>Ferries</th><th>On time</th></tr></thead>"
ROWS = {"2021": "4,182 | 71 %", "2022": "3,907 | 68 %", "2023": "4,410 | 74 %", "2024": "4,655 | 77 %"}


def table(rows: dict[str, str]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in f"{year} | {row}".split(" | ")) for year, row in rows.items())
    return f"<table>{HEAD}<tbody>{''.join(f'<tr>{each}</tr>' for each in cells)}</tbody></table>"


def test_a_table_of_years_and_counts_among_the_paragraphs_is_the_articles() -> None:
    assert added(written(table(ROWS))) == [
        "Year | Ferries | On time",
        *(f"{year} | {row}" for year, row in ROWS.items()),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ROWS, ROWS | {"2023": "4,110 | 74 %"}),
        (ROWS, ROWS | {"2022": "3,907 | 86 %", "2023": "4,410 | 47 %"}),
        (ROWS, ROWS | {"2025": "4,700 | 80 %"}),
    ],
    ids=["a figure", "two figures", "a row"],
)
def test_a_figure_in_a_table_is_told(before: dict[str, str], after: dict[str, str]) -> None:
    assert difference(written(table(before)), written(table(after))) != ([], [])
    assert difference(written(table(after)), written(table(before))) != ([], [])


def test_a_table_in_which_every_figure_is_another_is_a_ticker() -> None:
    later = {year: row.replace("4", "5").replace("7", "1").replace("8", "3") for year, row in ROWS.items()}

    assert difference(written(table(ROWS)), written(table(later))) == ([], [])


VOTES = ("Candidate", "Votes", "Share")
COUNTED = {"Ada Brook": "1,204 | 31.2 %", "Tom Rask": "987 | 25.6 %", "Ines Vahl": "803 | 20.8 %"}
RECOUNTED = {"Ada Brook": "5,119 | 29.9 %", "Tom Rask": "5,208 | 30.4 %", "Ines Vahl": "3,614 | 21.1 %"}
NAMED = "<p>Ada Brook and Tom Rask both said that they would wait for the last of the islands to be counted.</p>"
WRAPPED = '<div class="x1">{}</div>'


def results(rows: dict[str, str], head: tuple[str, ...] = VOTES, tag: str = "{}") -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in f"{name} | {row}".split(" | ")) for name, row in rows.items())
    names = f"<tr>{''.join(f'<th>{name}</th>' for name in head)}</tr>" if head else ""
    return tag.format(f"<table>{names}{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")


@pytest.mark.parametrize("tag", ["{}", WRAPPED, "<figure>{}</figure>"])
@pytest.mark.parametrize("later", [RECOUNTED, RECOUNTED | {"Leo Marn": "1,900 | 11.1 %"}], ids=["figures", "and a row"])
def test_a_table_of_whom_the_paragraphs_name_is_told_though_every_figure_is_another(
    later: dict[str, str], tag: str
) -> None:
    old, new = (written(NAMED + results(rows, tag=tag)) for rows in (COUNTED, later))

    gone, come = difference(old, new)

    assert gone == [f"{name} | {row}" for name, row in COUNTED.items()]
    assert come == [f"{name} | {row}" for name, row in later.items()]
    assert not is_told_by_imprint(old, new)


def test_such_a_table_is_told_below_the_last_paragraph_too() -> None:
    pages = [
        written(NAMED).replace("</div></article>", f"{results(rows)}</div></article>") for rows in (COUNTED, RECOUNTED)
    ]

    assert difference(*pages) != ([], [])


QUOTES = {"Copper": "9,120.5 | +0.4 %", "Tin": "31,044.0 | -1.2 %", "Wheat": "212.3 | +0.1 %"}
QUOTED = {"Copper": "9,344.1 | +2.9 %", "Tin": "30,871.5 | -0.6 %", "Wheat": "209.8 | -1.2 %"}
HEADED = WRAPPED.format("<h4>Markets</h4>{}")


@pytest.mark.parametrize(
    ("tag", "head"), [("{}", VOTES), (WRAPPED, VOTES), (HEADED, VOTES), ("{}", ())], ids=["bare", "boxed", "headed", ""]
)
def test_a_table_of_what_no_paragraph_names_changes_by_itself(tag: str, head: tuple[str, ...]) -> None:
    old, new = (written(NAMED + results(rows, head, tag)) for rows in (QUOTES, QUOTED))

    assert difference(old, new) == ([], [])


@pytest.mark.parametrize(
    ("tag", "head"), [(HEADED, VOTES), ("{}", ()), ("<aside>{}</aside>", VOTES)], ids=["headed", "no head", "aside"]
)
def test_a_live_table_in_a_box_of_its_own_is_no_news_whoever_is_named(tag: str, head: tuple[str, ...]) -> None:
    old, new = (written(NAMED + results(rows, head, tag)) for rows in (COUNTED, RECOUNTED))

    assert difference(old, new) == ([], [])


BUGS = ("The ferry's doors open though the bridge says shut", "The pumps of the lower deck have no power of their own")


def bugs(number: int, address: int = 4711, tag: str = "{}") -> str:
    """A list of links, as a report has it of what was mended."""
    told = ((address, f"Case {number} - {BUGS[0]}"), (4712, f"Case 4712 - {BUGS[1]}"))
    items = "".join(f'<li><a href="/case/{at}">{text}</a></li>' for at, text in told)
    return tag.format(f"<ul>{items}</ul>")


def test_a_number_in_a_link_that_leads_where_it_led_is_told() -> None:
    old, new = written(bugs(4711)), written(bugs(4171))

    assert difference(old, new) == ([f"Case 4711 - {BUGS[0]}"], [f"Case 4171 - {BUGS[0]}"])
    assert not is_told_by_imprint(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (bugs(4711), bugs(4713, 4713)),
        (bugs(4711, tag="<nav>{}</nav>"), bugs(4171, tag="<nav>{}</nav>")),
        *(
            tuple(
                f"<ul><li>{LINK.format(line.format(n))}</li><li>{LINK.format('The bridge at Kell is shut')}</li></ul>"
                for n in (12, 41)
            )
            for line in (
                "Comments ({})",
                "1,2{} views",
                "The bridge at Kell is shut to lorries ({})",
                "{} comments on the bridge at Kell, shut to lorries",
            )
        ),
    ],
    ids=["another link", "a menu", "comments", "views", "comments of a story", "comments on a story"],
)
def test_a_count_in_a_list_of_links_is_not(old: str, new: str) -> None:
    assert difference(written(old), written(new)) == ([], [])


DEATHS = (
    '<aside class="x1"><h3>From the families</h3><div class="x2"><b>{}</b> fell asleep in peace, aged {}.</div>'
    '<div class="x2"><b>{}</b> fell asleep in peace, aged {}.</div><a href="/all">All notices</a></aside>'
)
PORTRAIT = (
    '<div class="x1"><div><b>{0}</b><p>{0} reports on the harbour and on public money from the east coast.</p>'
    '<p>Write to <a href="mailto:x@example.org">{1}@example.org</a> or call {2}.</p></div></div>'
)
ASKED = (
    '<div class="x1"><h5>Show what {0} has here?</h5><p>At this place {0} would show something to whoever agrees.</p>'
    "<button>Show</button></div>"
)
PLAYER = (
    '<figure class="x1"><div class="x2"><button>▶</button><span>{}</span><p>The player is being loaded.</p></div>'
    "<figcaption>{}</figcaption></figure>"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DEATHS.format("Ann Pell", 71, "Tom Rask", 92), DEATHS.format("Ida Voss", 94, "Leo Marn", 60)),
        (PORTRAIT.format("Ann Pell", "desk12", "051 238"), PORTRAIT.format("Tom Rask", "desk40", "057 991")),
        (ASKED.format("Vidbox"), ASKED.format("Picbook")),
    ],
    ids=["notices", "a portrait of who wrote", "a question of consent"],
)
def test_a_box_of_which_no_line_stayed_is_filled_anew(before: str, after: str) -> None:
    assert difference(written(around=before), written(around=after)) == ([], [])


@pytest.mark.parametrize("inside", [True, False])
def test_what_plays_in_a_player_changes_by_itself(inside: bool) -> None:
    one = PLAYER.format("12:40", "Watch: five quiet bays for a weekend. Up next: the baker of Norhaven")
    other = PLAYER.format("3:05", "Watch: the goalkeeper who went back to school. Up next: a night boat less")
    pages = [written(each) if inside else written(around=each) for each in ("", one, other)]

    assert all(difference(a, b) == ([], []) for a in pages for b in pages)


def test_a_word_of_a_players_caption_is_told() -> None:
    one = PLAYER.format("12:40", "The captain tells the inquiry how the fire in the car deck began")

    assert difference(written(one), written(one.replace("captain", "mate"))) != ([], [])


def test_labels_side_by_side_in_a_box_are_words_of_their_own() -> None:
    ad = '<div class="x1"><span>Advertisement</span><a href="/ad"><span>{}</span></a><span>Continues below</span></div>'

    assert difference(written(ad.format("New windows")), written(ad.format("Hearing aids, for free"))) == ([], [])


def test_a_letter_set_apart_at_the_start_of_a_paragraph_stays_in_its_word() -> None:
    first = BODY[0]
    page = written().replace(f"<p>{first}</p>", f"<p><span>{first[0]}</span><span>{first[1:]}</span></p>")

    assert difference(written(), page) == ([], [])


LONG = (
    "With people kept on the quay for the night, our towns have opened their halls to them, and the harbour authority "
    "said that passengers who lost their cars in the ferry fire would be paid for the first week."
)


def test_a_long_paragraph_on_the_article_s_matters_is_told_though_it_says_our() -> None:
    assert difference(written(f"<p>{LONG}</p>"), written()) == ([LONG], [])


NOTES = {
    "tr": "Düzeltme: Haberin önceki halinde yolcu sayısı yanlış verilmişti.",
    "pl": "Sprostowanie: we wcześniejszej wersji tekstu podaliśmy błędną liczbę pasażerów.",
    "sv": "Redaktionens kommentar: rederiet har svarat efter publiceringen och svaret har lagts till.",
    "el": "Διόρθωση: σε προηγούμενη εκδοχή του άρθρου αναφερόταν λάθος αριθμός επιβατών.",
    "cs": "Oprava: v předchozí verzi článku byl uveden chybný počet cestujících.",
    "fi": "Oikaisu: jutun aiemmassa versiossa matkustajien määrä oli väärä.",
    "uk": "Виправлення: у попередній версії було названо неправильну кількість пасажирів.",
    "id": "Ralat: versi sebelumnya menyebut jumlah penumpang yang salah.",
}


@pytest.mark.parametrize("language", NOTES)
def test_a_note_of_correction_in_a_box_below_is_told(language: str) -> None:
    note = f'<footer class="x1"><small>{NOTES[language]}</small></footer>'
    page = written().replace("</div></article>", f"{note}</div></article>")

    assert difference(written(), page) == ([], [NOTES[language]])
    assert BODY[HALF] in page


@pytest.mark.parametrize(
    "line", ["白羊座：看看架子上{}样东西的后面。", "部屋で山羊を{}頭飼っていたのに、誰も気づかなかった。"]
)
def test_figures_in_a_box_count_on_where_words_are_not_spaced_either(line: str) -> None:
    box = f'<div class="k7"><ul><li>{line}</li><li>Aries: wait.</li></ul></div>'

    assert difference(written(box.format(11)), written(box.format(20))) == ([], [])


def test_words_beside_a_figure_are_no_count_where_words_are_not_spaced() -> None:
    box = '<p class="k7">{}</p>'
    old, new = "渡船会社は5日に運航を再開すると発表した", "渡船会社は6日に運航を中止すると発表した"

    assert difference(written(box.format(old)), written(box.format(new))) == ([old], [new])
