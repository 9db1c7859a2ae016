"""Cards and notes through the real SDK on the local Slack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.adapters.slack import samples
from tests.adapters.slack.odd import Answer, OddServer
from tests.adapters.slack.town import JO, KIM, Town
from twelp.adapters.slack import Slack
from twelp.errors import ConfigError, Locked, Refused
from twelp.model import CardState
from twelp.ports import Place


@pytest.mark.parametrize("state", CardState)
def test_slack_takes_every_card_and_nobody_is_pinged(town: Town, state: CardState) -> None:
    place = town.slack.post_card(JO, samples.card(state))
    [seen] = town.world.messages("jo")
    assert (seen["ts"], seen["channel"]) == (place.ts, place.channel)
    assert seen["metadata"] == {"event_type": "twelp_card", "event_payload": {"key": "ask:1"}}
    assert town.world.pings() == []


def test_hostile_text_arrives_as_it_was_and_pings_nobody(town: Town) -> None:
    post = replace(samples.POST, text="<!channel> <@U0KIM> @here " + "😀" * 10_000 + "\x00\u202e")
    town.slack.post_card(JO, replace(samples.CARD, post=post, topic="<!here>", reasons=("<@U0KIM>",)))
    town.slack.post_note(JO, "note:1", "<!everyone> thanked you & says *hi*")
    assert town.world.pings() == []


def test_a_card_changes_and_is_still_found_by_its_key(town: Town) -> None:
    place = town.slack.post_card(JO, samples.CARD)
    town.slack.update_card(place, replace(samples.card(CardState.TAKEN), key="refresh:9"))
    [seen] = town.world.messages("jo")
    assert seen["text"].startswith("Taken")
    assert all(block["type"] != "actions" for block in seen["blocks"])
    assert town.slack.find_card(JO, "ask:1") == place


def test_only_what_was_sent_to_that_person_is_found(town: Town) -> None:
    town.slack.post_card(JO, samples.CARD)
    assert town.slack.find_card(KIM, "ask:1") is None
    assert town.slack.find_card(JO, "ask:2") is None


def test_a_message_is_found_behind_many_newer_ones(town: Town) -> None:
    town.world.lift_limits(True)
    town.slack.pace.kept = False
    place = town.slack.post_note(JO, "note:0", "first")
    for number in range(1, 120):
        town.slack.post_note(JO, f"note:{number}", "later")
    assert town.slack.find_card(JO, "note:0") == place


def test_a_note_is_shown_as_it_is(town: Town) -> None:
    town.slack.post_note(JO, "note:1", "Ana says: *thanks* & <3")
    [seen] = town.world.messages("jo")
    assert seen["text"] == "Ana says: *thanks* &amp; &lt;3"
    assert seen["blocks"][0]["elements"][0]["elements"][0]["text"] == "Ana says: *thanks* & <3"


def test_a_card_that_was_never_there_is_gone(town: Town) -> None:
    place = town.slack.post_card(JO, samples.CARD)
    with pytest.raises(Refused) as caught:
        town.slack.update_card(Place(place.channel, "1.000001"), samples.CARD)
    assert caught.value.reason == "gone"


@pytest.mark.parametrize("person", ["guest", "single", "gone", "far", "robot", "nobody"])
@pytest.mark.parametrize("large", [False, True])
def test_who_may_not_answer_is_not_asked_whatever_the_roster_says(town: Town, person: str, large: bool) -> None:
    others = [f"p{number}@acme.example" for number in range(30 if large else 0)]
    email = "far@other.example" if person == "far" else f"{person}@acme.example"
    slack = town.adapter(email, f"U0{person.upper()}", *others)
    for named in (email, f"U0{person.upper()}"):
        with pytest.raises(Refused) as caught:
            slack.post_card(named, samples.CARD)
        assert caught.value.reason == "not_a_member"
    assert slack.people.person(f"U0{person.upper()}") is None


def test_a_wrong_bot_token_locks(town: Town) -> None:
    slack = Slack(town.url, "xoxb-wrong", roster=samples.roster(JO), clock=samples.Watch())
    with pytest.raises(Locked):
        slack.post_card(JO, samples.CARD)


def test_what_is_missing_is_said_by_the_name_of_its_setting(town: Town) -> None:
    slack = town.adapter(JO, app_token=None, signing_secret=None)
    with pytest.raises(ConfigError, match="SLACK_APP_TOKEN"):
        slack.incoming.start()
    with pytest.raises(ConfigError, match="SLACK_SIGNING_SECRET"):
        slack.incoming.http_app()
    with pytest.raises(ConfigError, match="connect"):
        town.slack.incoming.start()
    slack.incoming.stop()


def test_a_conversation_that_vanished_is_opened_anew(odd: OddServer) -> None:
    odd.answers |= {
        "auth.test": [Answer(body={"ok": True, "team_id": "T1"})],
        "users.info": [Answer(body={"ok": True, "user": {"id": "U1", "team_id": "T1"}})],
        "conversations.open": [Answer(body={"ok": True, "channel": {"id": "D1"}})],
        "chat.postMessage": [
            Answer(body={"ok": False, "error": "channel_not_found"}),
            Answer(body={"ok": True, "channel": "D1", "ts": "2.000001"}),
        ],
    }
    slack = Slack(odd.url, "xoxb-1", roster=samples.roster("U1"), clock=samples.Watch())
    with pytest.raises(Refused):
        slack.post_card("U1", samples.CARD)
    assert slack.post_card("U1", samples.CARD) == Place("D1", "2.000001")
    assert odd.calls.count("conversations.open") == 2
