"""Matching as the people affected see it: the right topic, the reason, learning, and undoing."""

from __future__ import annotations

import pytest

from twelp.flow.match import Cost, Matcher, TopicText, clean, fit

TOPICS = {
    "wifi": TopicText(
        "Home WiFi", ("router", "wireless"), ("my router keeps dropping", "how do I factory reset the router")
    ),
    "tv": TopicText(
        "Television", ("screen", "hdmi"), ("the tv shows no picture", "hdmi port is not working"), ("Bravia X90",)
    ),
    "returns": TopicText(
        "Returns", ("refund", "receipt"), ("can I return this without a receipt", "where is my refund")
    ),
}


@pytest.fixture
def matcher() -> Matcher:
    return fit(TOPICS)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("@AcmeHelp my router is dead", "wifi"),
        ("no picture on my screen :(", "tv"),
        ("i want my money back, still no refund", "returns"),
        ("#RouterReset pls", "wifi"),
        ("my ruoter is sooooo slow", "wifi"),
    ],
)
def test_the_right_topic_comes_first(matcher: Matcher, text: str, topic: str) -> None:
    assert matcher.rank(text).topics[0].topic == topic


def test_a_misspelled_word_is_read_as_the_known_one_and_the_reason_says_so(matcher: Matcher) -> None:
    assert "spelling: “ruoter” → “router”" in " ".join(matcher.rank("my ruoter drops").topics[0].reasons)


def test_an_alias_lifts_its_topic_and_is_named(matcher: Matcher) -> None:
    best = matcher.rank("where is the receipt of my bravia x90").topics[0]
    assert best.topic == "tv"
    assert any("bravia x90" in reason for reason in best.reasons)


def test_scores_are_chances_and_best_first(matcher: Matcher) -> None:
    ranking = matcher.rank("router refund")
    scores = [m.score for m in ranking.topics]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) + ranking.none_score == pytest.approx(1.0, abs=1e-4)


def test_limit_holds_and_no_topic_comes_twice(matcher: Matcher) -> None:
    assert len(matcher.rank("router", limit=2).topics) == 2
    assert len({m.topic for m in matcher.rank("router", limit=9).topics}) == 3


def test_an_answer_is_learned_at_once(matcher: Matcher) -> None:
    text = "the blinking box in the hallway is orange"
    matcher.learn(text, "wifi")
    assert matcher.rank("orange blinking box").topics[0].topic == "wifi"


def test_unlearning_brings_every_score_back(matcher: Matcher) -> None:
    before = matcher.rank("orange box router refund")
    matcher.learn("orange box", "returns")
    assert matcher.rank("orange box router refund") != before
    assert matcher.unlearn("orange box", "returns")
    after = matcher.rank("orange box router refund")
    assert [m.topic for m in after.topics] == [m.topic for m in before.topics]
    assert [m.score for m in after.topics] == pytest.approx([m.score for m in before.topics], abs=0.01)


def test_unlearning_what_was_never_learned_changes_nothing(matcher: Matcher) -> None:
    assert not matcher.unlearn("never said", "tv")


def test_dismissed_posts_make_nobody_likelier(matcher: Matcher) -> None:
    text = "congratulations on the new stadium"
    before = matcher.rank(text).none_score
    for _ in range(3):
        matcher.learn(text, None)
    assert matcher.rank(text).none_score > before


def test_nobody_follows_the_stated_cost() -> None:
    text = "lovely weather over the lake today"
    assert fit(TOPICS, cost=Cost(asking_wrongly=9, missing=1)).rank(text).nobody
    assert not fit(TOPICS, cost=Cost(asking_wrongly=1, missing=999)).rank(text).nobody


def test_a_snapshot_brings_back_what_was_learned(matcher: Matcher) -> None:
    matcher.learn("orange box", "returns")
    again = fit(TOPICS)
    again.restore(matcher.snapshot())
    assert again.lessons() == matcher.lessons()
    assert again.rank("orange box").topics[0].score == pytest.approx(
        matcher.rank("orange box").topics[0].score, abs=0.02
    )


@pytest.mark.parametrize("text", ["", "   ", "😡", "@acme", "https://t.co/x", "\u0000", "a" * 5000])
def test_text_without_words_is_ranked_without_an_error(matcher: Matcher, text: str) -> None:
    assert len(matcher.rank(text).topics) == 3


def test_no_topics_means_nobody() -> None:
    ranking = fit({}).rank("router")
    assert ranking.nobody
    assert ranking.topics == ()


def test_an_unknown_topic_is_refused(matcher: Matcher) -> None:
    with pytest.raises(KeyError):
        matcher.learn("x", "no such topic")


@pytest.mark.parametrize("wrong", [0, -1, float("inf"), float("nan")])
def test_a_cost_that_is_no_cost_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="expected a number above 0"):
        Cost(missing=wrong)


def test_a_word_of_any_length_counts_by_its_beginning() -> None:
    """A post of one endless word must not hold up everybody else's."""
    assert clean.words("ab" * 12_000) == [("ab" * 30)]


def test_an_account_named_like_a_keyword_counts_as_the_word_and_others_do_not() -> None:
    topics = {"sound": TopicText("Sound", ("Braviax",)), "tv": TopicText("Television", ("screen",))}
    assert fit(topics).rank("@AcmeHelp @BraviaX is broken").topics[0].topic == "sound"
    assert "somebody" not in clean.words("@somebody is broken")


def test_a_keyword_speaks_less_loudly_than_an_example() -> None:
    by_keyword = {"a": TopicText("first", ("wobble",)), "b": TopicText("second", (), ("wobble",))}
    assert fit(by_keyword).rank("wobble").topics[0].topic == "b"
