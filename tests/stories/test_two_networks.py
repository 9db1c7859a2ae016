"""A second network beside X, at the same time: each with its own rules, cursor, pause and way of not posting twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import httpx
import pytest

from tests import toy
from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, ROSTER
from tests.toy.server import TOKEN, ToyNetwork, serve
from twelp.errors import ConfigError, Refused
from twelp.model import Stage
from twelp.ports import Edits, Presence
from twelp.wiring import ADAPTERS, Role
from twelp.wiring.health import checks
from twelp.wiring.networks import Connected

ASKED = "@volthelp why does my tv show no picture?"
SIGNED = {"ann": "AL", "bob": "BR", "cy": "CM", "di": "DF", "ed": "EP"}
LONG = (
    "Hold the power button for ten seconds, and let go of it only when the light at the front turns red. Then take the "
    "cable out of HDMI 1, wait for a minute, and put it into HDMI 2; on the remote, press Source twice. If the picture "
    "stays away, switch the box and the television off at the wall for five minutes, and begin with the box. "
    "It & the TV then start < 1 min."
)


@pytest.fixture
def town(closed_house: Scene, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Scene, ToyNetwork]]:
    """A house on X and on the toy network: one adapter folder, one line in wiring, one in the roster."""
    scene = closed_house
    with serve(ToyNetwork(now=lambda: scene.clock.at)) as network:
        monkeypatch.setitem(ADAPTERS, "toy", toy)
        monkeypatch.setenv("TOY_BASE_URL", network.url)
        monkeypatch.setenv("TOY_TOKEN", TOKEN)
        scene.roster = ROSTER.replace("{x: VoltHelp}", "{x: VoltHelp, toy: volthelp}")
        scene.open()
        yield scene, network


def test_a_question_on_each_network_is_answered_there_by_its_own_rules(town: tuple[Scene, ToyNetwork]):
    scene, network = town
    there = network.post(ASKED)
    here = scene.post(QUESTION, "zoe")
    author, other = next(a for a in scene.asked(there)), next(a for a in scene.asked(here)[::-1])
    assert author != other
    for post_id, name, person in ((there, "Toy", author), (here, "X", other)):
        assert scene.stage(post_id) is Stage.ASKED
        assert f"asks on {name}" in scene.words(person, post_id)
    assert scene.question(there).post.text == ASKED, "its HTML is read as people read it"

    scene.click(other, "Answer", here)
    assert "Too long by" in str(scene.submit(other, LONG)["errors"]) + scene.window(other)
    scene.shut(other)
    scene.answer(author, LONG, there)
    scene.click(other, "Answer", here)
    scene.submit(other, ANSWER)
    scene.submit(other)
    scene.pass_time(seconds=61)
    assert (scene.stage(there), scene.stage(here)) == (Stage.PUBLISHED, Stage.PUBLISHED)
    assert network.standing(there) == [f"{LONG} ^{SIGNED[author]}"], "in one post, where X would take four"
    assert scene.replies(here) == [f"{ANSWER} ^{SIGNED[other]}"]
    assert len(network.ours()) == len(scene.ours()) == 1
    assert scene.question(there).reply_url == f"https://toy.example/{network.ours()[0].id}"


@pytest.mark.parametrize("lost", [1, 3])
@pytest.mark.others_on_sqlite(reason="losing it more often changes no row")
def test_an_answer_whose_response_is_lost_is_sent_again_with_its_key_and_stands_once(
    town: tuple[Scene, ToyNetwork], lost: int
):
    """X meanwhile loses one too, and is looked at, as it knows no keys."""
    scene, network = town
    there, here = network.post(ASKED), scene.post(QUESTION, "zoe")
    network.lose = lost
    scene.fault(kind="half", network="x", method="POST", path="/2/tweets", times=1)
    scene.answer("ann", post_id=there)
    scene.answer("bob", post_id=here)
    scene.pass_time(minutes=3)
    assert (scene.stage(there), scene.stage(here)) == (Stage.PUBLISHED, Stage.PUBLISHED)
    assert network.standing(there) == [f"{ANSWER} ^AL"]
    assert scene.replies(here) == [f"{ANSWER} ^BR"]
    assert network.asked.count("POST /posts") == lost + 1
    assert len(network.keys) == 1
    sent = network.asked[network.asked.index("POST /posts") :]
    assert "GET /account/posts" not in sent, "its word on the key is enough"


def test_once_the_key_is_forgotten_it_is_looked_for_instead(town: tuple[Scene, ToyNetwork]):
    scene, network = town
    there = network.post(ASKED)
    scene.listen()
    network.lose = 1
    scene.answer("ann", post_id=there)
    scene.pass_time(seconds=61)
    assert scene.stage(there) is Stage.PUBLISHING
    network.keys.clear()  # an hour has passed there
    scene.skip(hours=2)
    scene.pass_time(minutes=2)
    assert scene.stage(there) is Stage.PUBLISHED
    assert network.standing(there) == [f"{ANSWER} ^AL"]
    assert "GET /account/posts" in network.asked


def test_a_network_that_wants_peace_or_is_down_keeps_no_other_one_waiting(town: tuple[Scene, ToyNetwork]):
    scene, network = town
    house = scene.running_house
    house.roles = house.roles | {Role.LISTEN}
    for one in house.networks.values():
        one.lease.start()
        scene.until(one.lease.held, "the lease")
    network.wait_s = 900
    assert house.networks["toy"].listener.once() > 800
    assert house.networks["x"].listener.once() < 60
    found = {check.name: check for check in checks(house)}
    until = scene.clock.at + timedelta(seconds=900)
    assert not found["listener toy"].ok
    assert f"Toy asked us to wait until {until:%H:%M:%S} UTC" in found["listener toy"].said
    assert found["listener x"].ok
    assert "of Toy" in found["limits"].said
    here = super(Scene, scene).post(QUESTION)
    house.networks["x"].listener.once()
    scene.settle()
    assert scene.stage(here) is Stage.ASKED

    network.wait_s, network.down = 0, True
    house.networks["toy"].listener.once()
    assert "Toy cannot be read" in house.networks["toy"].listener.trouble
    network.down = False
    there = network.post(ASKED)
    house.networks["toy"].listener.once()
    scene.settle()
    assert scene.stage(there) is Stage.ASKED


def test_each_network_has_a_cursor_of_its_own(town: tuple[Scene, ToyNetwork]):
    scene, network = town
    first, here = network.post(ASKED), scene.post(QUESTION, "zoe")
    cursors = scene.look(lambda tx: (tx.cursor("toy"), tx.cursor("x")))
    assert cursors == (first.partition(":")[2], here)
    scene.close()
    second = network.post("@volthelp why is the screen of my tv green?", "zoe")
    scene.open()
    scene.listen()
    assert scene.stage(second) is Stage.ASKED
    assert scene.look(lambda tx: (tx.cursor("toy"), tx.cursor("x"))) == (second.partition(":")[2], here)


def test_questions_that_are_heard_on_both_at_the_same_moment_ask_nobody_over_their_budget(
    town: tuple[Scene, ToyNetwork],
):
    scene, network = town
    scene.close()
    scene.roster = scene.roster.replace("daily_asks: 50", "daily_asks: 1")
    house = scene.open()
    there = network.post(ASKED)
    here = super(Scene, scene).post(QUESTION, "zoe")
    together = Barrier(2)

    def look(one: Connected) -> int:
        together.wait()
        return one.listener.look()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(look, house.networks.values())) == 2
    scene.settle()
    asked = [*scene.asked(there), *scene.asked(here)]
    assert scene.asked(there)
    assert scene.asked(here)
    assert len(asked) == len(set(asked)), "one ask a day each"


def test_numbers_are_told_by_network_and_xs_under_their_former_names_too(town: tuple[Scene, ToyNetwork]):
    scene, network = town
    there, here = network.post(ASKED), scene.post(QUESTION, "zoe")
    scene.answer("ann", post_id=there)
    scene.answer("bob", post_id=here)
    scene.pass_time(seconds=61)
    spent = scene.running_house.meters.spent()
    assert spent["toy"] == 0
    assert spent["x"] == pytest.approx(0.016)  # a mention, a reply, and one look-up a day
    from prometheus_client import generate_latest

    told = generate_latest(scene.running_house.meters.registry).decode()
    assert 'twelp_network_cost_dollars_total{network="x",what="reply"} 0.01' in told
    assert 'twelp_x_cost_dollars_total{what="reply"} 0.01' in told
    assert 'twelp_calls_total{call="reply",outcome="ok",to="toy"} 1.0' in told


def test_an_answer_for_a_network_that_is_taken_out_waits_until_it_is_back(town: tuple[Scene, ToyNetwork]):
    scene, network = town
    there = network.post(ASKED)
    scene.listen()
    scene.answer("ann", post_id=there)
    scene.close()
    both, scene.roster = scene.roster, ROSTER
    scene.open()
    scene.pass_time(minutes=5)
    assert scene.stage(there) is Stage.PUBLISHING
    assert "asks on Toy" in scene.words("ann")
    assert any("toy is not connected" in line for line in scene.trail(there))
    scene.close()
    scene.roster = both
    scene.open()
    scene.pass_time(minutes=5)
    assert scene.stage(there) is Stage.PUBLISHED
    assert network.standing(there) == [f"{ANSWER} ^AL"]


def test_a_network_alone_needs_no_x(closed_house: Scene, monkeypatch: pytest.MonkeyPatch):
    scene = closed_house
    with serve(ToyNetwork(now=lambda: scene.clock.at)) as network:
        scene.roster = ROSTER.replace("{x: VoltHelp}", "{toy: volthelp}")
        scene.settings = scene.settings.model_copy(
            update=dict.fromkeys(("x_consumer_key", "x_consumer_secret", "x_access_token", "x_access_token_secret"))
        )
        with pytest.raises(ConfigError, match="names toy, and there is no such network"):
            scene.open()
        monkeypatch.setitem(ADAPTERS, "toy", toy)
        with pytest.raises(ConfigError, match="TOY_BASE_URL"):
            scene.open()
        monkeypatch.setenv("TOY_BASE_URL", network.url)
        monkeypatch.setenv("TOY_TOKEN", TOKEN)
        scene.open()
        there = network.post(ASKED)
        scene.listen()
        scene.answer("ann", post_id=there)
        scene.pass_time(seconds=61)
        assert network.standing(there) == [f"{ANSWER} ^AL"]
        assert scene.requests("GET", "/2/users/me") == 0


def test_an_edit_in_place_keeps_the_id_and_a_look_up_tells_of_it(town: tuple[Scene, ToyNetwork]):
    scene, network = town
    port: Any = scene.running_house.networks["toy"].network
    editing: Edits = port
    there = network.post(ASKED).partition(":")[2]
    ours = port.reply("Press the red button. ^AL", there, "a key")
    assert port.reply("Press the red button. ^AL", there, "a key") == ours
    editing.edit(ours, "Press the blue button. ^AL")
    network.posts[there].deleted = True
    found = port.look_up([ours, there, "nobody knows"])
    assert {asked: seen.presence for asked, seen in found.items()} == {
        ours: Presence.STANDS,
        there: Presence.GONE,
    }
    assert (found[ours].post.text, found[ours].edited_at) == ("Press the blue button. ^AL", scene.clock.at)
    assert not hasattr(scene.running_house.networks["x"].network, "edit")
    with pytest.raises(Refused):
        editing.edit(there, "gone")
    assert httpx.get(network.url, trust_env=False).status_code == 401


def to_be_corrected(scene: Scene, network: ToyNetwork) -> str:
    """An answer on the toy network, whose correction is confirmed and in its hold."""
    there = network.post(ASKED)
    scene.listen()
    scene.answer("ann", post_id=there)
    scene.pass_time(seconds=61)
    assert scene.running_house.desk.correct(there, "ann@volt.example").ok
    scene.settle()
    scene.answer("ann", "Unplug HDMI 2, please.", there)
    return there


def test_a_correction_changes_the_answer_in_its_place_where_the_network_can(town: tuple[Scene, ToyNetwork]):
    scene, network = town
    there = to_be_corrected(scene, network)
    before = scene.look(lambda tx: tx.spoke_last(there)).post_ids
    scene.pass_time(seconds=61)
    assert network.standing(there) == ["Unplug HDMI 2, please. ^AL"]
    assert scene.stage(there) is Stage.PUBLISHED
    assert scene.look(lambda tx: tx.spoke_last(there)).post_ids == before, "the same post"
    assert scene.question(there).corrects is None
    assert any("replaced" in line for line in scene.trail(there))


def test_where_it_does_not_edit_any_more_it_is_deleted_and_posted_anew(town: tuple[Scene, ToyNetwork]):
    scene, network = town
    there = to_be_corrected(scene, network)
    [ours] = scene.look(lambda tx: tx.spoke_last(there)).post_ids
    network.posts[ours].deleted = True
    scene.pass_time(minutes=3)
    assert network.standing(there) == ["Unplug HDMI 2, please. ^AL"]
    assert scene.stage(there) is Stage.PUBLISHED
