"""What is packed comes out as it went in, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.adapters.store.packing import keyframe, pack, text_bytes, text_from, unpack, unpack_chains
from feedwatch.errors import StoreError
from feedwatch.model import Block, BlockKind, Text

PLACE = ("feedfeedfeedfeed", 3)
WORDS = st.text(st.characters(), max_size=200)  # lone surrogates and NUL too
BLOCKS = st.builds(Block, WORDS, st.sampled_from(BlockKind))


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=3000), dictionary=st.none() | st.binary(max_size=3000))
def test_what_is_packed_comes_out_as_it_went_in(content, dictionary):
    assert unpack(pack(content, dictionary), dictionary, PLACE) == content


@settings(max_examples=60, deadline=None)
@given(text=st.builds(Text, WORDS, WORDS, st.lists(BLOCKS, max_size=5).map(tuple)))
def test_a_text_comes_back_equal(text):
    assert text_from(text_bytes(text)) == text


def test_a_page_that_changed_a_little_takes_little_room():
    page = "".join(f"<p class=x{number}>Paragraph {number * 7919} of the page.</p>" for number in range(3000)).encode()
    edited = page.replace(b"Paragraph 7919 ", b"Paragraph 1 ")

    assert len(pack(edited, page)) < len(pack(edited, None)) / 50


def test_another_dictionary_than_the_one_it_was_packed_with_is_an_error():
    page = b"".join(b"<p>%d" % number for number in range(1000))

    with pytest.raises(StoreError, match="version 3 of article feedfeedfeedfeed is damaged"):
        unpack(pack(page + b"x", page), page.replace(b"<p>77", b"<q>77"), PLACE)


def test_a_chain_is_followed_to_its_beginning():
    contents = [b"%d " % number * 50 for number in range(8)]
    kept = {("a", 0): (None, pack(contents[0], None))}
    for number in range(1, 8):
        kept["a", number] = (number - 1, pack(contents[number], contents[number - 1]))

    assert unpack_chains(kept, [("a", 7)]) == {("a", 7): contents[7]}
    assert unpack_chains(kept, kept) == {("a", number): contents[number] for number in range(8)}


def test_a_missing_link_is_damage():
    kept = {("a", 1): (0, pack(b"two", b"one"))}

    with pytest.raises(StoreError, match="version 0 of article a is damaged"):
        unpack_chains(kept, [("a", 1)])


def test_every_eighth_version_stands_on_its_own():
    assert [keyframe(number) for number in (0, 7, 8, 15, 16)] == [0, 0, 8, 8, 16]
