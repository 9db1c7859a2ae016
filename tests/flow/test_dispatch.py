"""Whom we ask: never at night, never twice, never over anybody's budget, nobody for ever and nobody never."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from math import prod
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp.flow.dispatch import Moment, Need, Past, Plan, asks_of_day, plan, quiet, refusal, rhythms
from twelp.model import (
    Asked,
    Brand,
    Certification,
    Expert,
    Level,
    Policy,
    QuietHours,
    Reaction,
    Rhythm,
    Roster,
    Standing,
    Topic,
    TopicScore,
)

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
"""A Tuesday afternoon."""

TV = Topic("tv", "TV")
AUDIO = Topic("audio", "Audio")
PAY = Topic("pay", "Payments", requires=("money",))
ABOUT_TV = (TopicScore("tv", 0.8, ("“picture”",)),)
BOTH = (TopicScore("tv", 0.5), TopicScore("audio", 0.4))


def expert(name: str, *topics: str, **changes: object) -> Expert:
    made = Expert(name, name.title(), name[:2].upper(), topics or ("tv",), ZoneInfo("UTC"), daily_asks=50)
    return replace(made, **changes)  # type: ignore[arg-type]


def roster(*people: Expert) -> Roster:
    topics = {topic.id: topic for topic in (TV, AUDIO, PAY)}
    return Roster(Brand("Volt", {"x": "VoltHelp"}), topics, {p.id: p for p in people})


def planned(
    *people: Expert,
    topics: tuple[TopicScore, ...] = ABOUT_TV,
    past: Past | None = None,
    already: tuple[str, ...] = (),
    now: datetime = NOW,
    size: int = 3,
    **how: Any,
) -> Plan:
    policy = Policy(wave_size=size, surely=0.9)
    return plan(topics, roster(*people), past=past or Past(), already=already, now=now, policy=policy, **how)


def asked(found: Plan) -> list[str]:
    return [candidate.expert for candidate in found.asks]


def asks(*hours: datetime, zone: str = "UTC", now: datetime = NOW) -> Asked:
    """What these asks come to on the day that it is there."""
    return asks_of_day(ZoneInfo(zone), sorted(hours), now)


def on_tv(**standings: Standing) -> Past:
    return Past(standings={"tv": standings})


def reasons(found: Plan, who: str) -> str:
    return "; ".join(next(c for c in found.asks if c.expert == who).reasons)


KNOWN = Standing(asked=9, answered=4, passed=1, published=4, last_asked_at=NOW - timedelta(days=2))


# ---------------------------------------------------------------- who may be asked


def test_who_stands_for_the_topic_is_asked_with_the_reason():
    found = planned(expert("ann"), expert("bob", "audio"))
    assert asked(found) == ["ann"]
    assert "you stand for TV; “picture”" in reasons(found, "ann")
    assert found.look_again_at == NOW + timedelta(minutes=5)


def test_nobody_is_asked_in_quiet_hours_and_the_plan_says_when_it_goes_on():
    sleeping = expert("ann", zone=ZoneInfo("Asia/Tokyo"), quiet=QuietHours(time(22), time(7)))
    found = planned(sleeping)
    assert found.asks == ()
    assert found.look_again_at == datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    assert found.reasons == ("nobody who could know can be asked before 22:00 UTC",)


def test_a_full_day_ends_at_the_persons_own_midnight():
    busy = expert("ann", zone=ZoneInfo("America/New_York"), daily_asks=2)
    found = planned(
        busy, past=Past({"ann": asks(NOW - timedelta(hours=1), NOW - timedelta(hours=2), zone="America/New_York")})
    )
    assert found.asks == ()
    assert found.look_again_at == datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


def test_a_question_without_awake_experts_goes_to_a_moderator():
    found = planned(expert("bob", "audio"), expert("mo", "audio", level=Level.MODERATOR))
    assert asked(found) == ["mo"]
    assert "you are a moderator" in reasons(found, "mo")


def test_when_everybody_was_asked_nothing_is_left_to_wait_for():
    found = planned(expert("ann"), already=("ann",))
    assert found == Plan((), None, ("everybody who could know was asked",))


@pytest.mark.parametrize(
    ("expires", "found"), [(None, ["ann"]), (date(2026, 11, 24), ["ann"]), (date(2026, 11, 23), [])]
)
def test_a_topic_that_requires_a_certification_is_asked_of_those_who_hold_it(expires, found):
    ann = expert("ann", "pay", certifications=(Certification("money", expires),))
    plan_ = planned(ann, expert("bob", "pay"), topics=(TopicScore("pay", 0.9),))
    assert asked(plan_) == found
    if found:
        assert "you are certified for it: money" in reasons(plan_, "ann")


def test_unlimited_asks_at_night_and_over_budget():
    ann = expert("ann", quiet=QuietHours(time(13), time(15)), daily_asks=0)
    policy = Policy(unlimited=True)
    assert asked(plan(ABOUT_TV, roster(ann), past=Past(), already=(), now=NOW, policy=policy)) == ["ann"]


def test_a_refusal_is_said_in_words():
    ann = expert("ann", quiet=QuietHours(time(13), time(15)))
    assert refusal(ann, {}, NOW) == "Ann has quiet hours (14:00 there)."
    assert refusal(expert("bob", daily_asks=1), {"bob": asks(NOW)}, NOW) == "Bob had all of their asks for today (1)."
    assert refusal(expert("cy"), {}, NOW) is None


# ---------------------------------------------------------------- in which order


def lying(hour: int) -> Rhythm:
    return Rhythm(lay={hour: 4.0}, prompt={hour: 0.0})


BETTER = [
    ("willing", Past(standings={"tv": {"ann": Standing(5, answered=4, passed=1), "bob": Standing(5, passed=5)}})),
    ("willing elsewhere", Past(rhythms={"ann": Rhythm(answered=4), "bob": Rhythm(passed=4)})),
    ("mostly lets cards lie", Past(rhythms={"bob": Rhythm(lay={14: 4.0}, prompt={14: 0.0})})),
    ("lets cards lie at this hour", Past(rhythms={"bob": lying(14), "ann": lying(3)})),
    ("let one lie just now", Past(rhythms={"bob": Rhythm(missed_at=NOW - timedelta(minutes=10))})),
    ("did something here just now", Past(rhythms={"ann": Rhythm(seen_at=NOW - timedelta(minutes=10))})),
    ("well received", on_tv(ann=Standing(4, 4, published=4), bob=Standing(4, 4, published=2, returned=2))),
    ("less load", Past({"bob": asks(*[NOW - timedelta(hours=1)] * 9), "ann": asks(NOW - timedelta(hours=1))})),
    ("holds nothing", Past(holding={"bob": 1})),
    ("waited longer", Past({"ann": asks(NOW - timedelta(hours=3)), "bob": asks(NOW - timedelta(hours=1))})),
    ("is at the desk", Past(writing={"ann": NOW - timedelta(minutes=5)})),
]


@pytest.mark.parametrize("past", [past for _, past in BETTER], ids=[name for name, _ in BETTER])
def test_within_a_topic_people_decide_the_order(past):
    """Ann before Bob, each time for one reason, and whatever they are called."""
    assert asked(planned(expert("bob"), expert("ann"), past=past)) == ["ann", "bob"]


def test_asks_that_others_were_quicker_at_count_for_nothing():
    """Bob got nine cards and never had a chance; that is no worse than having got none."""
    parts = planned(expert("bob"), past=on_tv(bob=Standing(asked=9))).asks[0].parts
    assert parts["willing"] == planned(expert("bob")).asks[0].parts["willing"]


def test_the_score_is_the_product_of_its_parts():
    found = planned(expert("ann"), past=replace(on_tv(ann=KNOWN), holding={"ann": 1}, writing={"ann": NOW})).asks[0]
    assert found.parts["topic"] == 0.8
    assert found.parts["willing"] == pytest.approx((4 + 3 * 0.75) / (5 + 3))
    assert found.parts["free"] == 0.5
    assert found.parts["there"] == pytest.approx(0.85)
    assert found.score == pytest.approx(prod(found.parts.values()))


def test_reasons_say_what_was_counted():
    past = Past({"ann": asks(NOW)}, {"tv": {"ann": replace(KNOWN, returned=1)}}, {"ann": 1}, {"ann": NOW})
    said = reasons(planned(expert("ann"), past=past), "ann")
    assert "you answered 4 of 5 asks on TV" in said
    assert "1 of your answers on TV came back" in said
    assert "not asked on TV for 2 days" in said
    assert "it is 14:00 where you are; ask 2 of 50 today" in said
    assert "you are writing here now; you hold 1 other question" in said


def test_a_card_says_how_soon_one_reacts_once_there_is_something_to_say():
    often, once = Rhythm(lay={9: 3.0, 14: 1.2}, prompt={9: 2.0, 14: 0.0}), Rhythm(lay={9: 1.0}, prompt={9: 1.0})
    found = planned(expert("ann"), expert("bob"), past=Past(rhythms={"ann": often, "bob": once}))
    assert "you reacted within minutes to 2 of 4 lately" in reasons(found, "ann")
    assert "you reacted" not in reasons(found, "bob")


def test_people_who_were_not_asked_are_named_for_the_journal():
    found = planned(*(expert(name) for name in "abcdef"), size=2)
    assert asked(found) == ["a", "b"]
    assert [c.expert for c in found.considered] == ["c", "d", "e", "f"]


# ---------------------------------------------------------------- how many, and how soon again


def crowd(count: int, **changes: object) -> list[Expert]:
    return [expert(f"p{n:03}", **changes) for n in range(count)]


def known_crowd(lay: float, prompt: float) -> Past:
    """Everybody alike: the house knows how soon people react, and all of them do the same."""
    house = Rhythm(lay={14: 1000 * lay}, prompt={14: 1000 * prompt}, answered=900, passed=100)
    return Past(everyone=house)


def test_a_small_circle_is_asked_three_at_a_time():
    assert len(planned(*crowd(24)).asks) == 3


def test_where_many_are_awake_so_many_are_asked_that_somebody_takes_it_within_a_minute():
    few, many = (len(planned(*crowd(400), past=known_crowd(1, share)).asks) for share in (0.5, 0.1))
    assert few == 11  # each of them takes it within a minute in one case of five
    assert many == 40  # the most there is
    said = planned(*crowd(400), past=known_crowd(1, 0.5)).reasons[0]
    assert said == "11 at once: most likely somebody takes it within a minute"


def test_a_wave_leaves_nine_of_ten_people_for_other_questions():
    assert len(planned(*crowd(80), past=known_crowd(1, 0.1)).asks) == 8


def test_waves_shrink_as_the_days_asks_are_used_up():
    spent = {f"p{n:03}": asks(*[NOW - timedelta(hours=1)] * 6) for n in range(80)}
    past = replace(known_crowd(1, 0.1), asked=spent)
    assert len(planned(*crowd(80, daily_asks=8), past=past).asks) == 3


def test_one_person_is_asked_instead_of_one_who_passed():
    assert asked(planned(*crowd(80), past=known_crowd(1, 0.1), instead=True)) == ["p000"]
    assert asked(planned(expert("mo", "pay", level=Level.MODERATOR), expert("al", "pay"), instead=True)) == ["mo"]


@pytest.mark.parametrize(("need", "size"), [(Need(waiting=19), 3), (Need(waiting=20), 6)])
def test_a_surge_makes_waves_larger_and_quicker(need, size):
    found = planned(*crowd(24), need=need)
    assert len(found.asks) == size
    assert (found.look_again_at == NOW + timedelta(minutes=5)) is (size == 3)
    if size == 6:
        assert "surge: 20 questions wait, a larger wave" in found.reasons
        assert found.look_again_at == NOW + timedelta(minutes=2.5)
        assert "the next wave comes sooner: many questions wait" in found.reasons


def test_a_surge_does_not_use_up_what_is_left_of_the_day():
    spent = {f"p{n:03}": asks(*[NOW - timedelta(hours=1)] * 5) for n in range(24)}
    found = planned(*crowd(24, daily_asks=8), past=Past(asked=spent), need=Need(waiting=50))
    assert len(found.asks) == 3
    assert "surge: 50 questions wait" in found.reasons


def test_an_urgent_question_is_looked_at_again_sooner():
    found = planned(*crowd(24), need=Need(urgent=True))
    assert found.look_again_at == NOW + timedelta(minutes=2.5)
    assert found.reasons[-1] == "the next wave comes sooner: it is urgent"


def test_where_very_many_are_awake_there_is_no_need_to_wait_long():
    found = planned(*crowd(400), past=known_crowd(1, 0.5))
    assert found.look_again_at == NOW + timedelta(minutes=2.5)
    assert found.reasons[-1] == "the next wave comes sooner: 389 others are awake"


# ---------------------------------------------------------------- how soon people react


def reaction(minutes: float | None, **changes: object) -> Reaction:
    asked_at = NOW - timedelta(hours=1)
    until = None if minutes is None else asked_at + timedelta(minutes=minutes)
    return replace(Reaction("ann", asked_at, until), **changes)  # type: ignore[arg-type]


REACTIONS = [
    ("acted at once", reaction(1, acted=True, answered=True), 1.0, 1.0, None),
    ("acted late", reaction(20, acted=True, passed=True), 1.0, 0.0, NOW - timedelta(hours=1)),
    ("others took it after a fifth of the time", reaction(1), 0.2**0.5, 0.0, None),
    ("others took it late", reaction(6), 1.0, 0.0, NOW - timedelta(hours=1)),
    ("nobody took it", reaction(None), 1.0, 0.0, NOW - timedelta(hours=1)),
]


@pytest.mark.parametrize(
    ("found", "lay", "prompt", "missed"), [r[1:] for r in REACTIONS], ids=[r[0] for r in REACTIONS]
)
def test_an_ask_tells_as_much_as_there_was_time_for(found, lay, prompt, missed):
    mine, house = rhythms([found], {"ann": expert("ann", zone=ZoneInfo("Asia/Tokyo"))}, NOW)
    assert mine["ann"].lay == {22: pytest.approx(lay)}
    assert mine["ann"].prompt == {22: prompt}
    assert mine["ann"].missed_at == missed
    assert (mine["ann"].seen_at is not None) is found.acted
    assert (house.answered, house.passed) == (found.answered, found.passed)
    assert house.lay[22] == pytest.approx(lay)


def test_a_fresh_ask_and_one_who_is_gone_tell_nothing():
    fresh = Reaction("ann", NOW - timedelta(minutes=4))
    gone = reaction(1, expert="zoe", acted=True)
    mine, house = rhythms([fresh, gone], {"ann": expert("ann")}, NOW)
    assert mine == {"ann": Rhythm()}
    assert sum(house.lay.values()) == 0


# ---------------------------------------------------------------- two topics


def test_a_question_that_needs_two_topics_gets_people_of_both_in_its_first_wave():
    tv = [expert(name, "tv") for name in "abcd"]
    found = planned(*tv, expert("z", "audio"), topics=BOTH)
    assert asked(found) == ["a", "b", "z"]
    assert [c.topic for c in found.asks] == ["tv", "tv", "audio"]


def test_who_stands_for_both_topics_is_asked_first():
    found = planned(expert("a", "tv"), expert("b", "audio"), expert("c", "tv", "audio"), topics=BOTH)
    assert asked(found) == ["c", "a", "b"]
    assert "you stand for TV and Audio" in reasons(found, "c")


def test_a_topic_with_less_than_half_the_score_does_not_count():
    weak = (TopicScore("tv", 0.5), TopicScore("audio", 0.2))
    assert asked(planned(expert("a", "tv"), expert("b", "audio"), topics=weak)) == ["a"]


def test_a_turn_never_takes_the_place_of_the_second_topic():
    known = dict.fromkeys("ab", KNOWN)
    past = Past(standings={"tv": known, "audio": {"z": KNOWN}})
    found = planned(*(expert(n, "tv") for n in "abn"), expert("z", "audio"), topics=BOTH, past=past, size=2, dice=0.0)
    assert sorted(asked(found)) == ["n", "z"]


# ---------------------------------------------------------------- turns


def veterans(*names: str) -> dict[str, Standing]:
    return {name: replace(KNOWN, asked=30, answered=20) for name in names}


@pytest.mark.parametrize(("dice", "last"), [(0.0, "new"), (0.49, "new"), (0.51, "c")])
def test_a_newcomer_gets_a_place_in_half_of_the_waves(dice, last):
    people = [expert(name) for name in ("a", "b", "c", "new")]
    past = Past(
        asked={"new": asks(NOW - timedelta(minutes=1))},
        standings={"tv": {**veterans("a", "b", "c"), "new": Standing(asked=1, passed=1)}},
    )
    found = planned(*people, past=past, dice=dice)
    assert asked(found) == ["a", "b", last]
    if last == "new":
        assert "you are new to this: a turn for you" in reasons(found, "new")


@pytest.mark.parametrize(("dice", "last"), [(0.19, "d"), (0.21, "c")])
def test_where_all_are_known_one_wave_in_five_has_a_place_for_whoever_waited_longest(dice, last):
    people = [expert(name) for name in "abcd"]
    past = on_tv(**veterans("a", "b", "c"), d=Standing(40, passed=40, last_asked_at=NOW - timedelta(days=9)))
    found = planned(*people, past=past, dice=dice)
    assert asked(found)[-1] == last
    if last == "d":
        assert "nobody has waited longer: a turn for you" in reasons(found, "d")


# ---------------------------------------------------------------- a thousand questions


class Bot:
    """One topic's people over many questions: everybody answers as their nature has it."""

    def __init__(self, *people: Expert, passing: tuple[str, ...] = ()) -> None:
        self.roster = roster(*people)
        self.passing = passing
        self.standings = {p.id: Standing() for p in people}
        self.asked: dict[str, list[datetime]] = {}
        self.asks: Counter[str] = Counter()
        self.now = NOW

    def ask(self, number: int) -> None:
        asked_so_far = {who: asks(*hours, now=self.now) for who, hours in self.asked.items()}
        past = Past(asked_so_far, {"tv": self.standings})
        dice = int.from_bytes(hashlib.sha256(str(number).encode()).digest()[:4]) / 2**32
        found = plan(ABOUT_TV, self.roster, past=past, already=(), now=self.now, policy=Policy(), dice=dice)
        willing = [c.expert for c in found.asks if c.expert not in self.passing]
        for who in asked(found):
            self.asks[who] += 1
            self.asked.setdefault(who, []).append(self.now)
            had = self.standings[who]
            had = replace(had, asked=had.asked + 1, last_asked_at=self.now)
            if who in self.passing:
                had = replace(had, passed=had.passed + 1)
            elif who == willing[0]:
                had = replace(had, answered=had.answered + 1, published=had.published + 1)
            self.standings[who] = had
        self.now += timedelta(minutes=30)

    def run(self, questions: int) -> list[int]:
        for number in range(questions):
            self.ask(number)
        return sorted(self.asks.get(p, 0) for p in self.roster.experts)


def gini(counts: list[int]) -> float:
    """0: all alike; 1: one has everything. `counts` in ascending order."""
    n, whole = len(counts), sum(counts)
    return sum((2 * i - n + 1) * count for i, count in enumerate(counts)) / (n * whole)


def test_over_a_thousand_questions_everybody_is_asked_and_about_alike():
    counts = Bot(*(expert(f"p{n:02}") for n in range(30))).run(1000)
    assert counts[0] > 30
    assert gini(counts) < 0.25


def test_who_always_passes_falls_behind_and_is_not_starved():
    house = Bot(*(expert(f"p{n}") for n in range(10)), passing=("p0",))
    house.run(1000)
    others = [house.asks[f"p{n}"] for n in range(1, 10)]
    assert 10 < house.asks["p0"] < min(others) / 2


def test_who_joins_late_soon_gets_asks_like_the_others():
    house = Bot(*(expert(f"p{n}") for n in range(12)))
    house.run(300)
    house.roster = roster(*house.roster.experts.values(), expert("zoe"))
    house.standings["zoe"] = Standing()
    before = dict(house.asks)
    house.run(40)
    assert house.asks["zoe"] >= 5
    assert house.asks["zoe"] >= min(house.asks[p] - before[p] for p in before)


# ---------------------------------------------------------------- for all rosters

TIMES = st.times()
ZONES = st.sampled_from([ZoneInfo(name) for name in ("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia")])


@st.composite
def situations(draw: st.DrawFn) -> tuple[Roster, Past, tuple[TopicScore, ...], tuple[str, ...], datetime, float]:
    now = draw(st.integers(0, 525_600).map(lambda m: NOW + timedelta(minutes=m)))
    hours = st.lists(st.integers(0, 3000).map(lambda m: now - timedelta(minutes=m)), max_size=6)
    counts = st.integers(0, 20)
    people, hours_of, records = [], {}, {}
    for name in "abcdefgh"[: draw(st.integers(0, 8))]:
        hush = draw(st.none() | st.builds(QuietHours, TIMES, TIMES))
        topics = tuple(draw(st.sets(st.sampled_from(["tv", "audio", "pay"]))))
        level = draw(st.sampled_from(Level))
        asks = draw(st.integers(0, 5))
        people.append(expert(name, *topics, zone=draw(ZONES), quiet=hush, daily_asks=asks, level=level))
        hours_of[name] = asks_of_day(people[-1].zone, sorted(draw(hours)), now)
        records[name] = Standing(*draw(st.tuples(*[counts] * 6)), draw(st.none() | st.just(now)))
    topics = tuple(
        TopicScore(t, s)
        for t, s in draw(st.dictionaries(st.sampled_from(["tv", "audio", "pay"]), st.floats(0, 1))).items()
    )
    topics = tuple(sorted(topics, key=lambda t: -t.score))
    already = tuple(draw(st.sets(st.sampled_from("abcdefgh"))))
    return roster(*people), Past(hours_of, {"tv": records}), topics, already, now, draw(st.floats(0, 1))


@given(situations(), st.integers(1, 5))
def test_nobody_is_asked_twice_at_night_or_over_budget(situation, size):
    book, past, topics, already, now, dice = situation
    found = plan(topics, book, past=past, already=already, now=now, policy=Policy(wave_size=size), dice=dice)
    people = asked(found)
    assert len(people) <= size
    assert len(set(people)) == len(people)
    assert not set(people) & set(already)
    for who in people:
        assert not quiet(book.experts[who], now)
        assert Moment(now).asked_today(book.experts[who], past.asked[who]) < book.experts[who].daily_asks
    assert found.asks or found.look_again_at is None or found.look_again_at > now
    again = plan(topics, book, past=past, already=already, now=now, policy=Policy(wave_size=size), dice=dice)
    assert again == found
