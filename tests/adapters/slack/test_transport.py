"""Both ways in: sockets that come back by themselves and close at once, and requests that must be signed."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request

import pytest

from tests.adapters.slack import samples
from tests.adapters.slack.odd import Answer, OddServer
from tests.adapters.slack.town import APP_TOKEN, JO, Town, served, until
from tests.adapters.slack.town import world as made
from twelp.adapters.slack import Slack, cards
from twelp.errors import Locked


def names() -> list[str]:
    """The threads that are running."""
    return sorted(thread.name for thread in threading.enumerate())


@pytest.fixture
def socketed(town: Town) -> Town:
    """Connected by sockets; the test stops it."""
    town.slack.connect(town.desk)
    town.slack.start()
    town.slack.post_card(JO, samples.CARD)
    return town


def works(town: Town) -> None:
    """A click gets to the desk."""
    before = len(town.desk.called("claim"))
    assert town.act("click", "jo", action_id=cards.CLAIM)["acked"]
    until(lambda: len(town.desk.called("claim")) > before)


def test_stopping_is_quick_and_leaves_no_thread(town: Town) -> None:
    before = names()
    town.slack.connect(town.desk)
    town.slack.start()
    town.slack.post_card(JO, samples.CARD)
    works(town)
    assert town.slack.listening
    began = time.monotonic()
    town.slack.stop()
    town.slack.stop()
    assert time.monotonic() - began < 1.0
    assert not town.slack.listening
    until(lambda: names() == before)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "too_many_websockets"])
def test_slack_may_ask_for_a_new_connection_at_any_time(socketed: Town, reason: str) -> None:
    try:
        works(socketed)
        sockets = socketed.world.delivery.sockets
        socketed.world.do(sockets.disconnect(reason, close=True))
        until(lambda: sockets.count == 1 and socketed.slack.listening)
        works(socketed)
    finally:
        socketed.slack.stop()


def test_a_server_that_goes_and_comes_back_is_found_again() -> None:
    world, app = made()
    with served(app) as url:
        town = Town(world, url)
        town.slack.connect(town.desk)
        town.slack.start()
        town.slack.post_card(JO, samples.CARD)
        works(town)
    try:
        until(lambda: not town.slack.listening, 10)
        with served(app, int(url.rpartition(":")[2])):
            until(lambda: town.slack.listening, 10)
            works(town)
    finally:
        town.slack.stop()


def test_a_slack_that_is_not_there_at_the_start_is_tried_again() -> None:
    world, app = made()
    with served(app) as url:
        pass
    town = Town(world, url)
    town.slack.connect(town.desk)
    town.slack.start()
    try:
        assert not town.slack.listening
        with served(app, int(url.rpartition(":")[2])):
            until(lambda: town.slack.listening, 10)
    finally:
        town.slack.stop()


def test_a_wrong_app_token_is_said_at_once(town: Town) -> None:
    before = names()
    slack = town.adapter(JO, app_token="xapp-wrong")
    slack.connect(town.desk)
    with pytest.raises(Locked):
        slack.start()
    slack.stop()
    until(lambda: names() == before)


def test_a_limit_on_connections_is_waited_out_without_hanging_the_stop(odd: OddServer) -> None:
    odd.answers["apps.connections.open"] = [Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "60"})]
    slack = Slack(odd.url, "xoxb-1", roster=samples.roster(JO), clock=samples.Watch(), app_token=APP_TOKEN)
    slack.connect(Town.__new__(Town).__dict__.get("desk"))  # type: ignore[arg-type]
    slack.start()
    until(lambda: len(odd.calls) >= 2)
    began = time.monotonic()
    slack.stop()
    assert time.monotonic() - began < 1.0
    assert len(odd.calls) == 2


def test_a_hundred_clicks_at_once_are_all_acknowledged_in_time(socketed: Town) -> None:
    """With a desk that takes 20 ms each."""
    socketed.desk.says["claim"] = lambda *_: time.sleep(0.02) or samples_done()
    try:
        seen = [threading.Thread(target=works_quietly, args=(socketed, out := [])) for _ in range(100)]
        for thread in seen:
            thread.start()
        for thread in seen:
            thread.join()
        assert until(lambda: len(socketed.desk.called("claim")) == 100)
        assert out
    finally:
        socketed.slack.stop()
