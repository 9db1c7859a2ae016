"""Nobody is woken, nobody gets a burst: do-not-disturb, holidays, the morning's digest, a topic's channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, ROSTER, mail, read_roster, words
from twelp import wiring
from twelp.model import Stage
from twelp.sandbox.server import Running, serve

CHANNEL = "C0TVTVTV1"
SEEN_IN_CHANNEL = ROSTER.replace("id: tv,", f"id: tv, channel: {CHANNEL},")
OTHER = "@VoltHelp how do I get the picture back on my tv?"


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with serve(wiring.seed(read_roster(SEEN_IN_CHANNEL))) as running:
        yield running


def around(scene: Scene, hours: int = 2) -> str:
    """A span of the day that begins an hour ago."""
    now = scene.clock.at.astimezone(UTC)
    return f"{now - timedelta(hours=1):%H}:00-{now + timedelta(hours=hours):%H}:00"


def told_of_quiet(scene: Scene) -> bool:
    """Whether the house took in that somebody's do-not-disturb changed."""
    events = scene.control("GET", "slack/events")["events"]
    mine = [event for event in events if event["type"] == "dnd_updated_user"]
    return any(attempt["acked"] for attempt in mine[-1]["attempts"]) if mine else False


def test_who_wants_quiet_in_slack_or_is_on_holiday_is_not_asked_and_others_are(closed_house: Scene):
    """Slack tells do-not-disturb when the card would go out: another person gets it at once."""
    scene = closed_house
    today = f"{scene.clock.at:%Y-%m-%d}"
    scene.roster = ROSTER.replace("name: Bob Roe,", f"name: Bob Roe, holidays: [{today}],")
    scene.control("PATCH", f"slack/users/{mail('ann')}", {"dnd": around(scene)})
    scene.open()
    post_id = scene.post(QUESTION)
    asks = scene.look(lambda tx: [ask for ask in tx.asks(f"x:{post_id}") if ask.ts])
    assert [ask.expert for ask in asks] == [mail("cy"), mail("di"), mail("ed")]
    assert (scene.cards("ann"), scene.cards("bob")) == ([], [])
    assert any("Ann Lee wants quiet" in line for line in scene.trail(post_id))
    scene.control("PATCH", f"slack/users/{mail('cy')}", {"dnd": around(scene)})
    scene.until(lambda: told_of_quiet(scene), "the event")
    scene.settle()
    other = scene.post(OTHER, "eve")
    assert set(scene.asked(other)) >= {"di", "ed"}
    assert len(scene.cards("cy")) == 1
    assert scene.cards("ann") == []


def test_what_nobody_took_is_shown_in_the_topics_channel_before_any_moderator_is_asked(closed_house: Scene):
    """Who takes it there gets a card of their own; the channel's card is true to the end; a stranger there cannot."""
    scene = closed_house
    scene.roster = SEEN_IN_CHANNEL
    scene.open()
    post_id = scene.post(QUESTION)
    scene.pass_time(minutes=6)
    assert "mo" not in scene.asked(post_id)
    assert CHANNEL.lower() not in [who.lower() for who in scene.asked(post_id)]
    scene.pass_time(minutes=5)
    [shown] = scene.control("GET", "slack/messages", user=mail("tia"), channel=CHANNEL)["messages"]
    assert "Nobody has taken this yet" in words(shown["blocks"])
    assert "5 asked, 0 passed" in words(shown["blocks"])
    assert scene.asked(post_id)[-1] == CHANNEL  # and no moderator
    scene.press("tia", shown, label="Claim")
    [shown] = scene.control("GET", "slack/messages", user=mail("tia"), channel=CHANNEL)["messages"]
    assert "Tia New has it" in words(shown["blocks"])
    assert scene.buttons("tia") == ["Answer", "Release"]
    scene.click("tia", "Release")
    scene.answer("ann")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    [shown] = scene.control("GET", "slack/messages", user=mail("tia"), channel=CHANNEL)["messages"]
    assert "Answered by Ann Lee" in words(shown["blocks"])
    assert all(block["type"] != "actions" for block in shown["blocks"])


def test_what_waited_for_the_morning_comes_as_one_message(closed_house: Scene):
    """Two questions of the night, one message at the end of the quiet hours, true like any card, with buttons."""
    scene = closed_house
    quiet = around(scene, hours=8)
    lines = [line for line in ROSTER.splitlines() if not any(f"{who}@" in line for who in ("di", "ed", "tia", "mo"))]
    scene.roster = "\n".join(lines).replace("zone: UTC,", f'zone: UTC, quiet: "{quiet}",')
    scene.open()
    first, second = scene.post(QUESTION), scene.post(OTHER, "eve")
    assert scene.asked(first) == []
    scene.pass_time(hours=8, minutes=5)  # longer than a question's time: it is not given up in its sleep
    [digest] = scene.cards("ann")
    assert "2 questions came while you were away" in words(digest["blocks"])
    assert len(scene.cards("bob")) == 1
    value = f"x:{first}"
    scene.press("ann", digest, block_id="acts0" if QUESTION in words(digest["blocks"][1]) else "acts1")
    assert scene.question(first).claimed_by == mail("ann")
    [digest] = scene.cards("bob")
    assert "Taken" in words(digest["blocks"])
    assert value not in str([b for b in digest["blocks"] if b["type"] == "actions"])
    scene.submit("ann", ANSWER)
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.stage(first) is Stage.PUBLISHED
    assert scene.stage(second) is Stage.ASKED
    assert "Answered" in words(scene.cards("bob")[0]["blocks"])
