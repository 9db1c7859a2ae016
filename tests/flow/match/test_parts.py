"""The parts of matching on their own: cleaning, spelling, aliases, "nobody", and what a learner may not break."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twelp.flow.match import Lesson, Matcher, TopicText, alike, fit
from twelp.flow.match.aliases import Aliases
from twelp.flow.match.clean import words
from twelp.flow.match.counts import Counts
from twelp.flow.match.features import PLACES, bag
from twelp.flow.match.linear import Linear, Row
from twelp.flow.match.nobody import calibrate
from twelp.flow.match.spelling import Speller

TOPICS = {
    "wifi": TopicText("Home WiFi", ("router", "wireless"), ("my router keeps dropping",)),
    "tv": TopicText("Television", ("screen", "hdmi"), ("the tv shows no picture",)),
}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("@AcmeHelp hi @12345", ["hi"]),
        ("see https://t.co/Ab1 and www.acme.example/x", ["see", "and"]),
        ("#LateFlightAgain", ["late", "flight", "again"]),
        ("sooooo slooow", ["soo", "sloow"]),
        ("I can't &amp; won't", ["i", "can", "not", "will", "not"]),
        ("u r gr8 thx", ["you", "are", "great", "thanks"]),
        ("ＦＵＬＬ ｗｉｄｔｈ", ["full", "width"]),
        ("路由器坏了", ["路", "由", "器", "坏", "了"]),
        ("הנתב שלי", ["הנתב", "שלי"]),
        ("mail me at jo@example.com", ["mail", "me", "at"]),
        ("😡🤦 !!!", []),
    ],
)
def test_a_post_becomes_its_words(text: str, read: list[str]) -> None:
    assert words(text) == read


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ruoter", "router"),
        ("routr", "router"),
        ("rooouter", "router"),
        ("router", "router"),
        ("xylophone", "xylophone"),
        ("rut", "rut"),
        ("r0uter", "r0uter"),
    ],
)
def test_an_unknown_word_becomes_the_known_one_that_was_meant(written: str, meant: str) -> None:
    speller = Speller()
    for word in ("router", "screen", "refund"):
        speller.see(word)
    assert speller.fix(written) == meant


def test_a_word_taken_back_is_no_longer_a_correction() -> None:
    speller = Speller()
    speller.see("router")
    speller.see("router", -1.0)
    assert speller.fix("ruoter") == "ruoter"


def test_the_longer_alias_wins_over_the_one_inside_it() -> None:
    aliases = Aliases({("x90",): [0], ("x90", "pro"): [1]})
    assert aliases.find(["my", "x90", "pro", "died"]) == {1: "x90 pro"}
    assert aliases.find(["my", "x90", "died"]) == {0: "x90"}


def test_an_alias_of_several_words_is_found_written_as_one_but_no_other_alias_is_hidden_by_it() -> None:
    aliases = Aliases({("volt", "card"): [0], ("on", "line"): [1], ("online",): [2]})
    assert aliases.find(["my", "voltcard"]) == {0: "volt card"}
    assert aliases.find(["online"]) == {2: "online"}


def test_nearer_is_less_likely_nobody() -> None:
    curve = calibrate([(2.0 + i / 50, i / 50) for i in range(50)])
    assert curve.chance(3.0) < 0.1 < 0.5 < curve.chance(1.0)


def test_a_few_texts_draw_no_curve_but_give_an_answer() -> None:
    assert 0 < calibrate([(1.0, 0.0)]).chance(0.2) < 1


def test_counts_come_back_exactly_when_taken_away() -> None:
    counts, read = Counts(3), bag(words("my router keeps dropping the router"))
    counts.add(bag(["router"]), 1, 1.0)
    before = counts.worth(read.places), counts.shares(read.places)
    counts.add(read, 0, 0.5)
    counts.add(read, 0, -0.5)
    assert counts.worth(read.places) == pytest.approx(before[0])
    assert counts.shares(read.places) == pytest.approx(before[1])


def test_weights_are_nothing_but_what_texts_put_in() -> None:
    """Whatever steps were taken in between: taking all texts out leaves nothing, so an erased text leaves no trace."""
    linear = Linear(3)
    rows = []
    for i, text in enumerate(("my router drops", "the router is slow", "no picture on the screen", "my refund")):
        read = bag(words(text))
        rows.append(Row.of(text, i % 3, 3, read.places, read.counts))
        linear.add(rows[-1])
    linear.settle(6, lambda places: np.ones(len(places), np.float32))
    for row in rows:
        linear.remove(row)
    assert np.abs(linear.weights(np.arange(PLACES))).max() < 1e-4


def test_many_may_ask_while_one_learns() -> None:
    matcher = fit(TOPICS)

    def ask(i: int) -> float:
        ranking = matcher.rank(f"router picture {i}")
        return sum(m.score for m in ranking.topics) + ranking.none_score

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, i) for i in range(200)]
        for i in range(100):
            matcher.learn(f"new words {i} about the router", "wifi")
            if i % 2:
                matcher.unlearn(f"new words {i} about the router", "wifi")
        assert [f.result() for f in asked] == pytest.approx([1.0] * 200, abs=1e-3)


def test_learning_all_at_once_or_one_by_one_ends_in_the_same_order() -> None:
    lessons = [Lesson("orange light blinks", "wifi"), Lesson("black bars at the side", "tv"), Lesson("love you", None)]
    at_once, one_by_one = fit(TOPICS), fit(TOPICS)
    at_once.learn_all([*lessons, Lesson("x", "no longer a topic")])
    for lesson in lessons:
        one_by_one.learn(lesson.text, lesson.topic, lesson.weight)
    assert at_once.lessons() == one_by_one.lessons()
    for text in ("orange light", "black bars", "router"):
        assert at_once.rank(text).topics[0].topic == one_by_one.rank(text).topics[0].topic


def test_many_lessons_are_taken_in_by_parts_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons = [Lesson(f"the light number {i} blinks", ("wifi", "tv")[i % 2]) for i in range(7)]
    monkeypatch.setattr("twelp.flow.match.matcher._AT_ONCE", 3)
    matcher = fit(TOPICS)
    matcher.learn_all(lessons)
    assert matcher.lessons() == lessons


def test_a_heavier_lesson_lifts_its_topic_more() -> None:
    light, heavy = fit(TOPICS), fit(TOPICS)
    light.learn("router picture", "tv", 0.25)
    heavy.learn("router picture", "tv", 4.0)

    def score(matcher: Matcher) -> float:
        return {m.topic: m.score for m in matcher.rank("router picture").topics}["tv"]

    assert score(heavy) > score(light)


def test_a_lesson_without_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a number above 0"):
        fit(TOPICS).learn("x", "tv", 0.0)


def test_of_two_alike_the_one_that_was_taken_back_is_forgotten() -> None:
    matcher = fit(TOPICS)
    for question in ("first", "second"):
        matcher.learn("zorbl is broken", "wifi", ref=question)
    assert matcher.unlearn("zorbl is broken", "wifi", ref="first")
    assert [lesson.ref for lesson in matcher.lessons()] == ["second"]


def test_a_snapshot_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="snapshot has format 99; expected 2"):
        fit(TOPICS).restore(b'{"format": 99}')


def test_a_snapshot_of_other_topics_is_learned_anew() -> None:
    old = fit({**TOPICS, "gone": TopicText("Gone")})
    old.learn("the orange light blinks", "wifi")
    old.learn("nothing", "gone")
    new = fit(TOPICS)
    new.restore(old.snapshot())
    assert new.lessons() == [Lesson("the orange light blinks", "wifi")]
    assert new.rank("orange light").topics[0].topic == "wifi"


def test_the_answered_question_that_lifted_a_topic_is_named_with_its_reference() -> None:
    matcher = fit(TOPICS)
    matcher.learn("the orange light blinks", "wifi", ref="q12")
    matcher.learn("bars at the side", "tv", ref="q13")
    like = matcher.rank("why does the orange light blink").like
    assert like is not None
    assert like.ref == "q12"


def test_an_answered_question_that_was_unlearned_lifts_nothing_any_more() -> None:
    matcher = fit(TOPICS)
    matcher.learn("the orange light blinks", "wifi", ref="q12")
    matcher.learn("the orange light is on", "wifi", ref="q13")
    matcher.unlearn("the orange light blinks", "wifi", ref="q12")
    like = matcher.rank("why does the orange light blink").like
    assert like is not None
    assert like.ref == "q13"


def test_only_the_latest_answered_questions_are_compared_however_they_came() -> None:
    rows = [Row.of(str(n), 0, 2, np.arange(n % 4), np.ones(n % 4, np.float32)) for n in range(2_700)]
    at_once = alike.NONE.plus(rows)
    by_and_by = alike.NONE.plus(rows[:1_500]).plus(rows[1_500:2_699]).plus(()).plus(rows[2_699:])
    assert [row.text for row in by_and_by.rows[:2]] == ["34", "35"]
    assert by_and_by.rows == at_once.rows
    for name in ("places", "vectors", "starts", "strengths"):
        assert np.array_equal(getattr(by_and_by, name), getattr(at_once, name))
    assert list(at_once.starts[:3]) == [0, 2, 5]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_chances_that_sum_to_one(text: str) -> None:
    ranking = MATCHER.rank(text)
    assert sum(m.score for m in ranking.topics) + ranking.none_score == pytest.approx(1.0, abs=1e-3)


MATCHER = fit(TOPICS)
