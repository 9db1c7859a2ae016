"""Somebody plays an expert from a terminal: `twelp sandbox as NAME`, with all that a person does in Slack."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.adapters.sandbox.slack_stage import until
from tests.adapters.sandbox.test_town import QUESTION as TOWN_QUESTION
from tests.adapters.sandbox.test_town import town
from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.cli.play.game import Game
from twelp.cli.play.introduction import introduced
from twelp.cli.play.person import Person
from twelp.errors import ConfigError, TwelpError
from twelp.model import AnswerState
from twelp.sandbox.server import Running

pytestmark = pytest.mark.only_on("sqlite", reason="a terminal sees no database")

Step = str | Callable[[], object]


class Script:
    """Lines typed one after the other; a step that is no text happens in between."""

    def __init__(self, scene: Scene, steps: list[Step]) -> None:
        self._scene, self._steps = scene, steps

    def line(self, wait_s: float) -> str | None:
        self._scene.settle()
        if not self._steps:
            raise EOFError
        step = self._steps.pop(0)
        if isinstance(step, str):
            return step
        step()
        return None

    def ask(self, prompt: str, text: str = "") -> None:
        pass

    @contextlib.contextmanager
    def hidden(self) -> Iterator[None]:
        yield


@pytest.fixture
def scene(closed_house: Scene) -> Scene:
    """A house that asks all of a topic's people at once, so that whoever is played is among them."""
    closed_house.open(wave_size=6)
    return closed_house


def play(scene: Scene, name: str, *steps: Step) -> None:
    """Each step, and a look at what came of it."""
    person = Person(scene.url, name)
    try:
        between = [each for step in steps for each in (step, lambda: None)]
        Game(person, Script(scene, list(between)), []).run()
    finally:
        person.leave()


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    """What the terminal shows, without its line breaks."""
    return re.sub(r"\s+", " ", capsys.readouterr().out)


def test_a_card_arrives_is_answered_previewed_and_posted(scene: Scene, capsys: pytest.CaptureFixture[str]):
    posts: list[str] = []
    play(
        scene,
        "Ann",
        lambda: posts.append(scene.post(QUESTION)),
        "Answer",
        "Ask @SomebodyElse about it.",
        "Preview",
        "Your answer",
        ANSWER,
        "preview",
        "Post publicly",
    )
    said = shown(capsys)
    assert "Nothing waits for you yet." in said
    assert "Can you answer this?" in said
    assert "│ @VoltHelp why does my tv show no picture?" in said
    assert "[1] Answer" in said
    assert "Window: Answer in public" in said
    assert "✗ " in said[: said.index("Exactly this")], "the window says what it refuses"
    assert f"Exactly this will be public, under the customer's post: │ {ANSWER} ^AL" in said
    assert "Your answer goes out soon" in said
    assert scene.state(posts[0], "ann") is AnswerState.ACCEPTED
    scene.pass_time(minutes=2)
    assert [p["text"] for p in scene.ours()] == [f"{ANSWER} ^AL"]


def test_undo_takes_the_answer_back_and_the_number_of_a_button_stays(scene: Scene, capsys: pytest.CaptureFixture[str]):
    post_id = scene.post(QUESTION)
    play(scene, "ann@volt.example", "1", ANSWER, "Preview", "Post publicly", "Undo")
    said = shown(capsys)
    assert scene.answers(post_id)["ann"].state is not AnswerState.ACCEPTED
    assert "This one is yours" in said
    assert said.count("[1] Answer") >= 2
    scene.pass_time(minutes=2)
    assert scene.ours() == []


def test_a_card_that_changed_under_you_is_told_in_plain_words(scene: Scene, capsys: pytest.CaptureFixture[str]):
    scene.post(QUESTION)
    person = Person(scene.url, "ann")
    number_of_claim = "2"

    def colleague_is_quicker() -> None:
        scene.click("bob", "Claim")

    game_steps: list[Step] = [colleague_is_quicker, number_of_claim]
    Game(person, Script(scene, game_steps), []).run()
    person.leave()
    said = shown(capsys)
    assert "✗ That is gone: the card has changed, or the window is closed. Nothing was done." in said
    assert "Bob Roe" in said


def test_a_window_that_closed_meanwhile_is_told_and_what_came_in_is_shown(
    scene: Scene, capsys: pytest.CaptureFixture[str]
):
    scene.post(QUESTION)
    play(
        scene,
        "ann",
        "Answer",
        lambda: scene.post("@VoltHelp which hdmi port of my tv is for the screen?", "joe"),
        lambda: scene.control("POST", "slack/close", {"user": "ann", "clear": True}),
        "preview",
    )
    said = shown(capsys)
    assert "· Can you answer this? joe" in said, "a line while the window is open"
    assert said.index("The window is closed.") < said.index("│ @VoltHelp which hdmi port")
    assert "✗ “preview” is nothing here: pick a number, or write help." in said


def test_bad_numbers_and_words_are_answered_in_plain_words(scene: Scene, capsys: pytest.CaptureFixture[str]):
    play(scene, "ann", "999", "0", "-1", "1e9", "9" * 40, "dance", "help", "", "cards", "say hello", "²")
    said = shown(capsys)
    assert said.count("✗ There is no number") == 3
    assert "✗ “dance” is nothing here" in said
    assert "✗ “²” is nothing here" in said
    assert "A number presses that button" in said
    assert "✗ There is no card to talk about." in said


def test_home_commands_and_talk_in_the_thread(scene: Scene, capsys: pytest.CaptureFixture[str]):
    scene.post(QUESTION)
    play(scene, "ann", "say I had this one last week", "/twelp budget 3", "home", "Leave", "no", "quit")
    said = shown(capsys)
    assert "in the thread, you: I had this one last week" in said
    assert "3" in said[said.index("Your Home tab") :]
    assert "Sure? Write yes or no." in said
    assert "Not done." in said
    assert scene.ours() == []
    assert [m["text"] for m in scene.control("GET", "slack/messages", user="ann")["messages"] if m.get("thread_ts")]


def test_a_question_is_passed_to_a_colleague_by_number(scene: Scene, capsys: pytest.CaptureFixture[str]):
    post_id = scene.post(QUESTION)
    play(scene, "ann", "Pass to…", "Ed Poe", "A word for them", "You know HDMI", "Send on")
    assert "○ Ed Poe" in shown(capsys)
    assert "ed" in scene.asked(post_id)


@pytest.mark.parametrize("name", ["Ann", "ann", "ANN LEE", "ann@volt.example", "@ann"])
def test_a_person_is_found_by_any_of_their_names(sandbox: Running, name: str):
    person = Person(sandbox.url, name)
    assert person.name == "Ann Lee"
    person.leave()


@pytest.mark.parametrize("name", ["zoltan", "", "USLACKBOT"])
def test_an_unknown_name_is_told_with_those_there_are(sandbox: Running, name: str):
    with pytest.raises(ConfigError, match=r"There is: Ann Lee, Bob Roe, Cy Moss"):
        Person(sandbox.url, name)


def test_a_sandbox_that_ended_is_told():
    with pytest.raises(TwelpError, match="has ended, or does not answer"):
        Person("http://127.0.0.1:9", "ann")


def test_who_is_asleep_hears_it_and_who_is_awake(monkeypatch: pytest.MonkeyPatch, scene: Scene, tmp_path: Path):
    roster = scene.roster.replace("daily_asks: 50}", 'quiet: "10:00-14:00", daily_asks: 50}', 1)
    (tmp_path / "experts.yaml").write_text(roster, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    person = Person(scene.url, "ann")
    lines = " ".join(introduced(person, scene.clock.at.replace(hour=12)))
    person.leave()
    assert "in your quiet hours: nobody asks you before 14:00. Awake now: Bob Roe, Cy Moss" in lines
    assert 'twelp sandbox post "@VoltHelp my tv shows no picture" --as you' in lines


# ---------------------------------------------------------------- the town's puppets


def test_the_puppet_of_who_is_played_stands_still_and_the_others_leave_the_question():
    with town(pace="eager", speed=60.0) as (running, bot), httpx.Client(trust_env=False) as client:
        played = f"{running.url}/_sandbox/slack/play"
        assert client.post(played, json={"user": "jo", "for_s": 30}).json() == {"user": "U0", "played": True}
        bot.ask(TOWN_QUESTION)
        time.sleep(1.5)
        assert bot.pressed == []
        until(lambda: bot.pressed, timeout_s=10)
        assert bot.pressed[0] != "U0 answer", "after their head start the others take it"
        bot.ask("why does my router drop the wifi?", "U0")
        time.sleep(1.5)
        assert not any(press.startswith("U0") for press in bot.pressed)
        assert client.post(played, json={"user": "jo", "for_s": 0}).json() == {"user": "U0", "played": False}
        until(lambda: "U0 answer" in bot.pressed, timeout_s=10)


def test_a_puppet_at_work_drops_what_it_is_at():
    with town(speed=3.0) as (running, bot), httpx.Client(trust_env=False) as client:
        bot.ask(TOWN_QUESTION, "U0")
        until(lambda: bot.pressed, timeout_s=10)
        client.post(f"{running.url}/_sandbox/slack/play", json={"user": "U0", "for_s": 30})
        time.sleep(3)
        assert bot.answers == {}
        assert running.sandbox.slack.views("U0")["stack"] == []


@pytest.mark.parametrize(
    ("body", "status"), [({"user": "jo", "for_s": -1}, 400), ({"user": "jo", "for_s": "x"}, 400), ({"user": "jo"}, 400)]
)
def test_a_bad_call_is_refused(sandbox: Running, body: dict[str, object], status: int):
    call = {**body, "user": "ann"}
    assert httpx.post(f"{sandbox.url}/_sandbox/slack/play", json=call, trust_env=False).status_code == status


# ---------------------------------------------------------------- the terminal itself


def test_a_pipe_is_read_line_by_line_and_its_end_is_the_end(scene: Scene, tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "twelp", "sandbox", "as", "ann", "--at", scene.url],
        input="help\n7\n",
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "You are Ann Lee now" in done.stdout
    assert "There is no number 7" in done.stdout


@pytest.mark.timeout(300)
def test_at_a_terminal_a_line_can_be_changed_and_ctrl_c_leaves_quietly(scene: Scene, tmp_path: Path):
    mine, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "twelp", "sandbox", "as", "ann", "--at", scene.url],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=tmp_path,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a background job ignores Ctrl-C
    )
    seen = b""

    def wait_for(words: bytes) -> None:
        nonlocal seen
        deadline = time.monotonic() + 90
        while words not in seen:
            assert time.monotonic() < deadline, seen
            if select.select([mine], [], [], 1)[0]:
                seen += os.read(mine, 4096)

    try:
        wait_for(b"shows up here by itself.")
        os.write(mine, "helä".encode() + b"\x7fx\x1b[D\x1b[C\x08p\r")
        wait_for(b"A number presses that button")
        scene.post(QUESTION)
        wait_for(b"Can you answer this?")
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=60) == 0
        assert b"Traceback" not in seen
    finally:
        child.kill()
        child.wait()
        os.close(mine)
        os.close(theirs)
