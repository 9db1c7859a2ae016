"""What repairs and answers speak for in the roster, and when they are too few to."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from twelp.adapters.vectors import load
from twelp.flow.learn import Change, Declined, Proposal, Taught, propose
from twelp.flow.match import TextVectors
from twelp.flow.nearness import neighbours
from twelp.model import Brand, Expert, Roster, Topic

TOPICS = {t.id: t for t in (Topic("tv", "TV", ("screen",)), Topic("audio", "Audio", ("sound",)))}
WRITTEN = {"tv": frozenset({"tv", "screen"}), "audio": frozenset({"audio", "sound"})}


def roster(**topics_of: str) -> Roster:
    zone = ZoneInfo("UTC")
    people = {n: Expert(n, n.title(), n[:2].upper(), tuple(t.split()), zone) for n, t in topics_of.items()}
    return Roster(Brand("Volt", {"x": "VoltHelp"}), TOPICS, people)


def taught(topic: str, *texts: str, author: str = "") -> list[Taught]:
    return [Taught(f"x:{topic}{i}", topic, frozenset(text.split()), author) for i, text in enumerate(texts)]


def proposals(book: Roster, lessons: list[Taught], declined: list[Declined] | None = None) -> tuple[Proposal, ...]:
    return propose(book, lessons, declined or [], written=WRITTEN)


def test_a_word_that_tells_a_topic_and_stands_nowhere_is_proposed():
    book = roster(ann="tv")
    audio = taught("audio", "my sound is gone", "why is my sound low", "my sound")
    found = proposals(book, [*taught("tv", "my flimmer screen", "why flimmer", "flimmer in my film"), *audio])
    assert [(p.change, p.entry, p.value) for p in found] == [(Change.ADD_KEYWORD, "tv", "flimmer")]
    assert found[0].questions == ("x:tv0", "x:tv1", "x:tv2")
    assert found[0].why == "in 3 questions on TV, 8 times as often as elsewhere"


def test_a_word_seen_twice_is_not_proposed():
    assert proposals(roster(ann="tv"), taught("tv", "flimmer", "flimmer", "else")) == ()


def test_words_that_mean_nearly_the_same_are_counted_together_and_a_standing_one_is_named():
    def close(telling, standing):
        pairs = {"flimmer": ("flicker", "screen"), "flicker": ("flimmer",)}
        return {word: [one for one in pairs.get(word, ()) if one in {*telling, *standing}] for word in telling}

    lessons = [
        *taught("tv", "a flimmer", "b flimmer", "c flicker"),
        *taught("audio", *["d sound", "e", "f", "g", "h", "i"]),
    ]
    alone = propose(roster(ann="tv"), lessons, [], written=WRITTEN)
    assert [p.value for p in alone if p.value in ("flimmer", "flicker")] == []
    (found,) = propose(roster(ann="tv"), lessons, [], written=WRITTEN, close=close)
    assert (found.value, found.count, found.questions) == ("flimmer", 3, ("x:tv0", "x:tv1", "x:tv2"))
    assert found.why == "in 3 questions on TV, by itself or as “flicker”; close to “screen”, which stands there"


def test_words_close_by_meaning_are_found_by_the_vectors():
    known = TextVectors(load()).known
    found = neighbours(["earphones", "refund"], ["headphones"], known, limit=4, least=0.6)
    assert found == {"earphones": ("headphones",), "refund": ()}


def test_the_same_text_sent_many_times_speaks_once():
    assert proposals(roster(ann="tv"), taught("tv", *["why flimmer"] * 9, "else")) == ()


def test_examples_in_the_roster_tell_which_words_are_common():
    lessons = taught("tv", "my film", "my show", "my set")
    background = [("audio", frozenset({"my"}))] * 3
    found = propose(roster(ann="tv"), lessons, [], written=WRITTEN, background=background)
    assert found == ()


def test_who_is_named_or_answers_without_standing_for_the_topic_is_proposed():
    lessons = taught("tv", "a", "b", author="bob")
    named = [Declined(f"x:n{i}", "ann", "tv", "cy") for i in range(2)]
    found = proposals(roster(ann="tv", bob="audio", cy="audio"), lessons, named)
    assert [(p.change, p.entry, p.value, p.why) for p in found] == [
        (Change.ADD_TOPIC, "bob", "tv", "answered 2 questions on TV, was named for 0"),
        (Change.ADD_TOPIC, "cy", "tv", "answered 0 questions on TV, was named for 2"),
    ]


def test_who_keeps_passing_is_proposed_to_leave_the_topic():
    passed = [Declined(f"x:{i}", "ann", "tv") for i in range(5)]
    (found,) = proposals(roster(ann="tv", bob="tv"), [], passed)
    assert (found.change, found.entry, found.value) == (Change.REMOVE_TOPIC, "ann", "tv")
    assert found.why == "passed 5 questions on TV, answered 0"


def test_the_last_one_who_stands_for_a_topic_stays():
    assert proposals(roster(ann="tv"), [], [Declined(f"x:{i}", "ann", "tv") for i in range(9)]) == ()


def test_who_also_answers_stays():
    passed = [Declined(f"x:{i}", "ann", "tv") for i in range(5)]
    assert proposals(roster(ann="tv", bob="tv"), taught("tv", "a", "b", author="ann"), passed) == ()


def test_the_same_question_passed_twice_counts_once():
    assert proposals(roster(ann="tv", bob="tv"), [], [Declined("x:1", "ann", "tv")] * 9) == ()


def test_topics_and_people_who_are_gone_are_passed_over():
    lessons = taught("gone", "flimmer", "flimmer", "flimmer", author="nobody")
    assert proposals(roster(ann="tv"), lessons, [Declined("x:1", "nobody", "gone", "ann")] * 3) == ()
