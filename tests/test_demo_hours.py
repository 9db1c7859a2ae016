"""The demo's town lasts: whenever it is started, each of its questions finds somebody awake with asks left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from twelp import wiring
from twelp.config import Settings
from twelp.desk import find
from twelp.flow import triage
from twelp.flow.dispatch import Past, plan
from twelp.flow.dispatch.limits import Moment
from twelp.flow.match import Matcher
from twelp.model import Account, Asked, Expert, Level, Policy, Post, TopicScore
from twelp.roster import load
from twelp.sandbox.town.customers import rounds
from twelp.sandbox.town.dice import dice
from twelp.sandbox.town.pace import habits
from twelp.sandbox.town.thinking import Kind, think

ROSTER = load(Path(__file__).parents[1] / "experts.yaml")
DAYS = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((1, 14), (4, 11), (7, 15), (10, 31))]
"""Winter and summer time in both hemispheres, and the weeks between; two of them Saturdays."""

HOURS = [day.replace(hour=hour) for day in DAYS for hour in range(24)]
NEWCOMER = (
    "@VoltHelp my tv shows no picture since the update",
    "@VoltHelp I want my money back NOW",
    "@VoltHelp who won the game?",
)


@cache
def topics_of(text: str) -> tuple[TopicScore, ...] | None:
    """What a post is about; None when it asks nothing."""
    post = Post("x", "1", Account("1", "mia"), text, datetime(2026, 1, 1, tzinfo=UTC), "1")
    if not triage.judge(post, brand=ROSTER.brand, open_question=None).asks:
        return None
    return find(text, _matcher(), ROSTER, None).topics


@cache
def _matcher() -> Matcher:
    return wiring.matcher(Settings.model_validate({"TWELP_SEMANTIC": "off"}), ROSTER, None)


def questions(start: datetime) -> Iterator[tuple[datetime, str, Sequence[TopicScore]]]:
    """The questions of two hours: the town's, a follow-up to each fifth, and a newcomer's every ten minutes."""
    town = habits(wiring.TOWN)
    at, typed_at = start, start
    for number, said in enumerate(rounds(town.seed)):
        if at >= start + timedelta(hours=2):
            return
        texts = [said.text.replace("{brand}", "VoltHelp")]
        if dice(town.seed, "back", said.by, texts[0]).random() < 0.2:
            texts *= 2
        while typed_at <= at:
            texts.append(NEWCOMER[number % len(NEWCOMER)])
            typed_at += timedelta(minutes=10)
        for text in texts:
            if (topics := topics_of(text)) is not None:
                yield at, text, topics
        at += timedelta(seconds=town.until_next_s(number, dice(town.seed, "between", number)))


@pytest.mark.parametrize("start", HOURS, ids=lambda at: f"{at:%b-%d-%H}h")
def test_every_question_of_two_hours_finds_somebody_awake_with_asks_left(start: datetime):
    asked: dict[str, Asked] = {}
    past, left_alone, count = Past(asked=asked), Counter[str](), 0
    for at, text, topics in questions(start):
        count += 1
        roll = dice(7, "plan", text)
        first = plan(topics, ROSTER, past=past, already=(), now=at, policy=Policy(), dice=roll.random())
        asks = list(first.asks)
        if roll.random() < 0.15:  # one of them says “Not me” and is replaced
            there = {ask.expert for ask in asks}
            asks += plan(topics, ROSTER, past=past, already=there, now=at, policy=Policy(), instead=True).asks
        if think(text).kind is Kind.NOT_ME:  # nobody takes it: everybody awake who may be asked is, wave by wave
            while more := plan(
                topics, ROSTER, past=past, already={a.expert for a in asks}, now=at, policy=Policy()
            ).asks:
                asks += more
        for ask in asks:
            count_ask(asked, ask.expert, at)
        if asks and ROSTER.experts[asks[0].expert].level is Level.TRAINEE:  # a moderator looks at what they write
            count_ask(asked, awake(at, is_moderator)[0].id, at)
        left_alone[text] += not asks
    assert count > 60
    assert +left_alone == Counter()


@pytest.mark.parametrize("start", HOURS, ids=lambda at: f"{at:%b-%d-%H}h")
def test_two_moderators_and_two_people_of_each_topic_are_awake_at_any_hour(start: datetime):
    for quarter in range(4):
        at = start + timedelta(minutes=15 * quarter)
        assert len(awake(at, is_moderator)) >= 2
        for topic in ROSTER.topics.values():
            able = [e for e in awake(at, lambda _: True) if topic.id in e.topics]
            able = [e for e in able if set(topic.requires) <= {c.name for c in e.certifications}]
            assert len(able) >= 2, (topic.id, at)


def count_ask(asked: dict[str, Asked], who: str, at: datetime) -> None:
    day = Moment(at).day(ROSTER.experts[who].zone)
    before = asked.get(who)
    asked[who] = Asked(day, before.count + 1 if before is not None and before.day == day else 1, at)


def is_moderator(expert: Expert) -> bool:
    return expert.level is Level.MODERATOR


def awake(at: datetime, fit: Callable[[Expert], bool]) -> list[Expert]:
    moment = Moment(at)
    return [e for e in ROSTER.experts.values() if fit(e) and not moment.quiet(e)]
