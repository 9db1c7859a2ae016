"""A question about two things, as the people affected see it: both topics count, and nothing is invented."""

from __future__ import annotations

import pytest

from twelp.flow.dispatch import counting
from twelp.flow.match import Matcher, TopicMatch, TopicText, clauses, fit
from twelp.model import TopicScore

TOPICS = {
    "audio": TopicText("Sound", ("soundbar", "speaker"), ("no sound from my soundbar", "the speaker is silent")),
    "orders": TopicText("Orders", ("delivery", "parcel"), ("where is my order", "when will my parcel arrive")),
    "wifi": TopicText("WiFi", ("router", "wireless"), ("my router keeps dropping", "how do I reset the router")),
    "refunds": TopicText("Refunds", ("refund", "receipt"), ("I want my money back", "where is my refund")),
    "tv": TopicText("Television", ("screen", "hdmi"), ("the tv shows no picture",), ("Bravia X90",)),
}
MATCHER = fit(TOPICS)


def counted(text: str, matcher: Matcher = MATCHER) -> list[TopicMatch]:
    found = matcher.rank(text).topics
    counts = counting([TopicScore(m.topic, m.score) for m in found])
    return list(found[: len(counts)])


@pytest.mark.parametrize(
    "text",
    [
        "my soundbar has no sound at all, and where is my order?",
        "my soundbar has no sound at all. When will my order arrive?",
        "no sound from my soundbar and where is my order",
        "no sound from my soundbar, also when will my parcel arrive",
    ],
)
def test_both_things_of_a_question_count_and_the_second_says_which_part_is_about_it(text: str) -> None:
    first, other = counted(text)
    assert {first.topic, other.topic} == {"audio", "orders"}
    assert first.score >= other.score
    assert any(reason.startswith("a part is about it: “") for reason in other.reasons)


def test_scores_of_a_question_about_two_things_are_chances_still() -> None:
    ranking = MATCHER.rank("my soundbar has no sound at all, and where is my order?")
    assert sum(m.score for m in ranking.topics) + ranking.none_score == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        "my router is slow, it keeps dropping and I reset it",
        "hi there, where is my order? thanks a lot and have a nice day",
        "where is my order",
    ],
)
def test_a_question_about_one_thing_gets_no_second_topic(text: str) -> None:
    assert len(counted(text)) == 1


def test_a_part_that_reads_like_dismissed_posts_names_no_topic() -> None:
    matcher = fit(TOPICS)
    text = "my soundbar has no sound at all. Where is my order?"
    assert len(counted(text, matcher)) == 2
    for _ in range(3):
        matcher.learn("where is my order", None)
    assert [m.topic for m in counted(text, matcher)] == ["audio"]


def test_parts_are_cut_in_scripts_without_spaces_and_only_the_first_few_are_read() -> None:
    assert clauses.parts("我的音箱没有声音，我的订单在哪里？") == ["我的音箱没有声音", "我的订单在哪里"]
    assert len(clauses.parts("one two, " * 10_000)) == 6


def test_a_long_part_is_quoted_by_its_beginning() -> None:
    (_, other) = counted("no sound from my soundbar. Where is my order " + "that I have been waiting for " * 4)
    assert next(r for r in other.reasons if "a part" in r).endswith("…”")
