"""A pause is told: on the terminal, in `twelp status`, and of a post that is not read yet; with its hour."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.cli.pauses import Pauses
from twelp.cli.trail import trail
from twelp.cli.watch import Seen
from twelp.config import Settings
from twelp.errors import TwelpError, WaitUntil
from twelp.wiring.health import own
from twelp.wiring.meters import Timed
from twelp.wiring.roles import Role
from twelp.wiring.web import Web, app


def asks_to_wait(scene: Scene, seconds: int, path: str = "/2/users/*/mentions", method: str = "GET") -> str:
    """X answers the next call so; the hour it names, which no minute's end comes close to."""
    scene.skip(seconds=(70 - scene.clock.at.second) % 60)
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": f"now+{seconds}"}
    scene.fault(kind="status", status=429, headers=headers, network="x", method=method, path=path)
    return f"{scene.clock.at + timedelta(seconds=seconds):%H:%M}"


def test_the_terminal_tells_when_a_pause_begins_until_when_and_when_it_is_over(quick_scene: Scene):
    scene = quick_scene
    house = scene.running_house
    told = Pauses(house)
    assert told.news() == []
    until = asks_to_wait(scene, 600)
    house.networks["x"].listener.once()
    (line,) = told.news()
    assert line.startswith(f"X asked us to wait until {until}:")
    assert "nothing is read until then" in line
    assert told.news() == [], "told once"
    scene._move_to(scene.clock.at + timedelta(seconds=630))
    assert told.news() == [], "it has not been read yet"
    house.networks["x"].listener.once()
    assert told.news() == ["X: reading again."]


def test_a_pause_of_what_is_sent_is_told_too(quick_scene: Scene):
    scene = quick_scene
    told = Pauses(scene.running_house)
    scene.post(QUESTION)
    until = asks_to_wait(scene, 600, "/2/tweets", "POST")
    scene.answer("ann", ANSWER)
    scene.pass_time(seconds=61)
    (line,) = told.news()
    assert line.startswith(f"X asked us to wait until {until}:") or "X asked us to wait until" in line
    (limits,) = [check for check in own(scene.running_house) if check.name == "limits"] or [None]
    assert limits is None or "`x reply` waits until" in limits.said
    scene.pass_time(minutes=11)
    assert len(told.news()) == 1


def test_reading_slowly_to_make_xs_limit_last_is_told(quick_scene: Scene):
    scene = quick_scene
    house = scene.running_house
    told = Pauses(house)
    headers = {"x-rate-limit-limit": "300", "x-rate-limit-remaining": "16", "x-rate-limit-reset": "now+600"}
    scene.fault(kind="altered", network="x", method="GET", path="/2/users/*/mentions", headers=headers)
    house.networks["x"].listener.once()
    (line,) = told.news()
    assert line.startswith("X: read only every ")
    scene._move_to(scene.clock.at + timedelta(seconds=630))
    house.networks["x"].listener.once()
    assert told.news() == ["X: read as often as before again."]


@pytest.fixture
def answering(quick_scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A house that says how it is at an address which only its own note tells, as with `PORT=0`."""
    from twelp.cli import run_file

    scene = quick_scene
    house = scene.running_house
    house.roles = frozenset({Role.LISTEN, Role.WORK})
    web = Web(app(house, slack=False), "127.0.0.1", 0)
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "PORT", "TWELP_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", scene.settings.database_url.get_secret_value())
    monkeypatch.setenv("PORT", "0")
    run_file.write(run_file.ADDRESS_NOTE, web.address)
    yield scene
    run_file.remove(run_file.ADDRESS_NOTE)
    assert not run_file.ADDRESS_NOTE.exists()
    web.stop()


def status() -> dict:
    seen = Seen(Settings.read(None))
    try:
        return seen.look()
    finally:
        seen.close()


def test_status_finds_a_twelp_on_any_port_and_does_not_say_ready_while_nothing_is_read(answering: Scene):
    scene = answering
    scene.running_house.networks["x"].listener.once()
    found = status()
    assert found["ready"], found
    until = asks_to_wait(scene, 600)
    scene.running_house.networks["x"].listener.once()
    found = status()
    assert found["ready"] is False
    assert f"X asked us to wait until {until}:" in found["checks"]["listener"]["said"]


def test_the_trail_of_a_post_that_is_not_read_yet_says_until_when(answering: Scene):
    scene = answering
    scene.post(QUESTION)
    until = asks_to_wait(scene, 600)
    scene.running_house.networks["x"].listener.once()
    post_id = super(Scene, scene).post("@VoltHelp why is my tv black?")
    with pytest.raises(TwelpError, match=f"{post_id} is not read yet: X asked us to wait until {until}:"):
        trail(post_id, as_json=False)


def test_the_trail_of_a_post_from_before_the_first_start_says_so(answering: Scene):
    scene = answering
    scene.post(QUESTION)
    at = scene.clock.at - timedelta(days=2)
    post_id = super(Scene, scene).post(QUESTION, "lea", created_at=at.isoformat())
    with pytest.raises(TwelpError, match=r"is from before .* UTC, where reading began \(TWELP_BACKLOG\)"):
        trail(post_id, as_json=False)


def test_what_was_left_is_said_where_one_asks_how_it_is(answering: Scene):
    scene = answering
    scene.post("@VoltHelp good morning")
    scene._move_to(scene.clock.at + timedelta(hours=30))
    super(Scene, scene).post(QUESTION, "lea", created_at=(scene.clock.at - timedelta(hours=26)).isoformat())
    scene.running_house.networks["x"].listener.once()
    assert "1 question older than 24 hours" in status()["checks"]["reading"]["said"]


def test_a_note_of_a_process_that_is_gone_is_nobodys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from twelp.cli import run_file

    monkeypatch.chdir(tmp_path)
    run_file.write(run_file.ADDRESS_NOTE, "http://127.0.0.1:1")
    note = run_file.ADDRESS_NOTE
    assert run_file.read(note) == "http://127.0.0.1:1"
    note.write_text('{"url": "http://127.0.0.1:1", "pid": 999999999}')
    assert run_file.read(note) is None
    note.write_text("half a no")
    assert run_file.read(note) is None


def test_slack_asking_for_a_pause_is_told_and_our_own_spreading_of_calls_is_not(quick_scene: Scene):
    scene = quick_scene
    told = Pauses(scene.running_house)
    path = "/api/chat.postMessage"
    scene.fault(kind="status", status=429, headers={"Retry-After": "40"}, network="slack", path=path, times=None)
    scene.post(QUESTION)
    (line,) = told.news()
    assert line.startswith("Slack asked us to wait until ")
    assert "no `post_card` until then" in line
    scene.control("DELETE", "faults")
    scene.pass_time(seconds=90)
    assert told.news() == ["Slack: `post_card` again."]
    at = scene.clock.at + timedelta(seconds=40)

    class Spreads:
        def post_card(self) -> None:
            raise WaitUntil("not our turn yet", at, paced=True)

    meters = scene.running_house.meters
    with pytest.raises(WaitUntil):
        Timed(Spreads(), "slack", ("post_card",), meters).post_card()
    assert told.news() == []
