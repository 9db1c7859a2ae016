"""A long text as a thread of posts: where it is cut, and what is never cut."""

from __future__ import annotations

import re
import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from twelp.adapters.x import counting
from twelp.adapters.x.counting import LIMIT
from twelp.adapters.x.rules import RULES
from twelp.flow import gate
from twelp.flow.answer import clean
from twelp.flow.publish import MOST_POSTS, compose, left, unsigned
from twelp.flow.publish import split as split_by

PIECES = st.sampled_from(
    [
        "Hold the power button for ten seconds.",
        "Then unplug it, wait, and",
        "see https://example.com/a/very/long/path?with=1&more=2 or volt.example.com.",
        "Call +1 (800) 555-0199, or 0800 123 456.",
        "It costs 1,299.00 at 12:30 on 3/4",
        "e.g. the #ARC port",
        "電源ボタンを10秒間押し続けてください。",
        "「イーアーク」と書かれた端子に、ケーブルを差し込みます",
        "詳しくはhttps://example.com/aをご覧ください。",
        "สวัสดีครับกรุณาปิดเครื่อง",
        "नमस्ते, कृपया टीवी बंद करें।",
        "👩\u200d👩\u200d👧\u200d👦🇩🇪👍🏽",
        "각국에서 온 리모컨",
        "x" * 300,
        "cafe\u0301",
    ]
)
TEXTS = st.lists(
    st.tuples(PIECES | st.text(max_size=12), st.sampled_from([" ", " ", " ", "", "\n", "\n\n"])), max_size=30
).map(lambda parts: "".join(part + between for part, between in parts))


def split(text: str, initials: str) -> tuple[str, ...]:
    return split_by(text, initials, RULES)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def cuts(body: str, posts: tuple[str, ...]) -> list[int]:
    """Where each post but the first begins in the body, by what stands in them beside spaces."""
    found, at = [], 0
    for post in posts[:-1]:
        for character in bare(post):
            at = body.index(character, at) + 1
        while body[at].isspace():
            at += 1
        found.append(at)
    return found


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_no_word_is_lost_or_changed_and_each_post_fits(text: str) -> None:
    text = clean(text, escaped=False)
    posts = split(text, "JD")
    assert 1 <= len(posts) <= MOST_POSTS
    body = unsigned(text, "JD")
    assert bare("".join(posts)) == bare(f"{body}^JD")
    if len(posts) == 1:
        assert posts == (compose(text, "JD"),)
    else:
        assert left(compose(text, "JD"), RULES) < 0
        assert all(left(post, RULES) >= 0 and post == post.strip() for post in posts)
        assert posts[-1].endswith(" ^JD")
        assert not any(post.endswith("^JD") for post in posts[:-1])
    assert split(text, "JD") == posts


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_links_tags_numbers_and_characters_stay_whole(text: str) -> None:
    """The oracles: the network's own library for links, another library for what people see as one character."""
    body = unsigned(clean(text, escaped=False), "JD")
    found = cuts(body, split(body, "JD"))
    clusters, at = set(), 0
    for cluster in regex.findall(r"\X", body):
        clusters.add(at)
        at += len(cluster)
    assert set(found) <= clusters
    whole = [tuple(link["indices"]) for link in counting._library().extract_urls_with_indices(body)]
    whole += [m.span() for m in re.finditer(r"[@#]\w+|\d(?:[\d.,:/]*\d)?", body)]
    assert not [at for at in found for start, end in whole if start < at < end]


@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_a_cut_falls_between_sentences_lines_and_paragraphs(between: str) -> None:
    sentences = [
        f"Step {n}: press the button that is marked {n}, wait, and look at the light at its left." for n in "ABCDEFGH"
    ]
    posts = split(between.join(sentences), "JD")
    assert len(posts) == 3
    assert [part for post in posts for part in re.split(r"(?<=left\.)\s+", post.removesuffix(" ^JD"))] == sentences


def test_paragraphs_are_kept_together_where_that_makes_no_more_posts() -> None:
    first, second = "One thing to do. " * 11, "Another thing is this. " * 9
    assert split(f"{first.strip()}\n\n{second}", "JD") == (first.strip(), compose(second, "JD"))


def test_short_forms_end_no_sentence_and_spaced_numbers_are_one() -> None:
    text = (
        "Take the longer cable, " * 11 + "approx. 10 000 mm or so e.g. from us. " + "Then call 0800 123 456 now. " * 3
    )
    posts = split(text, "JD")
    assert [post.endswith(("approx.", "e.g.", "10", "0800", "123")) for post in posts] == [False] * len(posts)


def test_a_text_that_needs_more_posts_than_people_read_stays_one_that_is_too_long() -> None:
    assert len(split("word " * 220, "JD")) == MOST_POSTS
    assert split("word " * 230, "JD") == (compose("word " * 230, "JD"),)
    assert split("1" * (LIMIT + 1), "JD") == (compose("1" * (LIMIT + 1), "JD"),), "a number is never cut"


def test_a_number_is_not_parted_from_what_it_counts_in_a_script_without_spaces() -> None:
    posts = split("十" * 139 + "10秒" + "押" * 20, "JD")
    assert [post[-1] for post in posts] == ["十", "D"]
    assert posts[1].startswith("10秒")


def test_only_a_word_longer_than_a_post_is_cut_inside() -> None:
    assert split("x" * 300, "JD") == ("x" * 280, "x" * 20 + " ^JD")
    lines = split("見" * 150 + "。" + "て" * 100, "JD")
    assert [unicodedata.normalize("NFC", line)[0] for line in lines] == ["見", "見"]
    assert not any(line.startswith("。") for line in lines)


def test_the_gate_reads_each_post_and_the_whole() -> None:
    def found(*posts: str) -> set[str]:
        whole = compose(" ".join(posts), "JD")
        return {f.rule for f in gate.check(" ".join(posts), whole, posts=posts, left=1, rules=RULES)}

    assert found("My card is 4111 1111", "1111 1111, use it.") == {"card number"}
    assert found("Ask @other about it.", "Thank you.") == {"mention"}
    assert found("Say $ABC.", "And $DEF.") == {"cashtags"}
    assert found("Unplug it and wait.", "Unplug it  and wait.") == {"repeated post"}
    assert found("Unplug it.", "And wait.") == set()
