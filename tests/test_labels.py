"""Where an edit of a page stands: in words of its article or in what is no part of it."""

import pytest

from bench.labels import blocks, change_article, edits, in_article, key, read_labels

PARAGRAPHS = [
    "The ferry to the islands will run again from Monday.",
    "Its engine was mended at the yard in Holm.",
    "Read also: How the old harbour was dredged last year",
    "Tickets cost as much as they did before the break.",
]
COMMENTS = ["I have waited for this ferry for weeks now.", "About time, and not one day too early."]
TRUTH = "\n".join(PARAGRAPHS + COMMENTS)
OTHERS = frozenset(key(text.encode()) for text in [PARAGRAPHS[2], *COMMENTS])


def page(paragraphs=PARAGRAPHS, comments=COMMENTS, *, heading="A ferry"):
    told = "".join(f"<p>{text}</p>" for text in paragraphs)
    said = "".join(f"<li><b>Guest</b> <div>{text}</div></li>" for text in comments)
    made = f"<title>{heading}</title><nav>Home <a>News</a></nav><main><h1>{heading}</h1>{told}</main><ul>{said}</ul>"
    return f"<html><body>{made}<script>let x = 1</script></body></html>".encode()


def changed(texts, at, words):
    return [words if number == at else text for number, text in enumerate(texts)]


def added(texts, at, words="It was the longest break since the line was opened."):
    return [*texts[:at], words, *texts[at:]]


def test_blocks_are_runs_of_text_between_beginnings_and_ends_of_boxes():
    found = blocks(page())
    assert [block.text for block in found][:4] == ["Home News", "A ferry", *PARAGRAPHS[:2]]
    assert [block.text for block in found][-4:] == ["Guest", COMMENTS[0], "Guest", COMMENTS[1]]
    assert found[2].place == "p.<main.<body.<html."


@pytest.mark.parametrize(
    ("new", "ours"),
    [
        (page(changed(PARAGRAPHS, 1, "Its engine was mended at the yard in Hulm.")), True),
        (page(changed(PARAGRAPHS, 2, "Read also: How the new harbour was dredged last year")), False),
        (page(comments=changed(COMMENTS, 0, "I have waited for this ferry for months now.")), False),
        (page([PARAGRAPHS[2], *PARAGRAPHS[:2], PARAGRAPHS[3]]), False),
        (page([*PARAGRAPHS[:2], PARAGRAPHS[3], PARAGRAPHS[2]]), False),
        (page(comments=changed(COMMENTS, 0, "“I have waited” for this ferry for weeks now.")), False),
        (page(PARAGRAPHS[:1] + PARAGRAPHS[2:]), True),
        (page(comments=COMMENTS[:1]), False),
        (page(PARAGRAPHS[:1] + PARAGRAPHS[3:]), True),
        (page(added(PARAGRAPHS, 0)), True),
        (page(added(PARAGRAPHS, 3)), True),
        (page(added(PARAGRAPHS, 4)), True),
        (page(comments=added(COMMENTS, 1)), False),
        (page(comments=added(COMMENTS, 2)), False),
        (page(heading="The ferry"), True),
    ],
)
def test_an_edit_stands_where_the_blocks_are_that_differ(new, ours):
    assert list(edits(blocks(page()), blocks(new)))
    assert change_article(blocks(page()), blocks(new), TRUTH, OTHERS) == ours


def test_what_was_edited_before_is_judged_by_what_it_is_now():
    old = page(comments=changed(COMMENTS, 0, "I had waited for this ferry for weeks then."))
    assert [in_article(edit, TRUTH, OTHERS) for edit in edits(blocks(old), blocks(page()))] == [False]


def test_what_the_truth_does_not_hold_is_judged_by_the_blocks_around():
    captions = ["A pier in the snow", "A pier in the sun"]
    paragraphs = [blocks(page(added(PARAGRAPHS, 1, text))) for text in captions]
    comments = [blocks(page(comments=added(COMMENTS, 1, text))) for text in captions]
    assert [in_article(edit, TRUTH, OTHERS) for edit in edits(*paragraphs)] == [True]
    assert [in_article(edit, TRUTH, OTHERS) for edit in edits(*comments)] == [False]


def test_pages_that_do_not_differ_have_no_edit():
    assert not list(edits(blocks(page()), blocks(page())))


def test_labels_are_hashes_and_no_text():
    labels = read_labels()
    assert len(labels) == 83
    assert sum(map(len, labels.values())) == 72
    assert all(len(one) == 8 and int(one, 16) >= 0 for page_, others in labels.items() for one in (page_, *others))
