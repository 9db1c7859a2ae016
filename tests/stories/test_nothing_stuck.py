"""Whatever order things come in, a question goes on: no timer is lost, no card forgotten, no answer left lying."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, ROSTER, mail
from twelp.model import Account, AnswerState, Post, Stage
from twelp.ports import Page

SOUND = "@VoltHelp why is there no sound from my soundbar?"
TEXT = "Press the mute key on the remote once more."
BUSY = {"kind": "status", "status": 429, "headers": {"Retry-After": "30"}, "network": "slack"}


def test_a_held_answer_that_comes_back_after_hours_does_not_end_the_questions_time(quick_scene: Scene):
    """The giving up is put off again and again while a moderator thinks; it is not forgotten meanwhile."""
    scene = quick_scene
    post_id = scene.post(SOUND)
    scene.answer("tia", TEXT, post_id)
    scene.pass_time(hours=5)
    assert scene.stage(post_id) is Stage.REVIEW
    scene.click("mo", "Send back", post_id)
    scene.submit("mo", "Which key?")
    scene.pass_time(hours=1)
    assert scene.stage(post_id) is Stage.UNANSWERED


def test_who_comes_late_and_leaves_again_leaves_no_question_open_for_ever(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.pass_time(hours=5)
    assert scene.stage(post_id) is Stage.UNANSWERED
    assert scene.running_house.desk.claim(f"x:{post_id}", mail("ann")).ok
    assert scene.stage(post_id) is Stage.CLAIMED
    scene.pass_time(hours=1)
    assert scene.stage(post_id) is Stage.UNANSWERED


def test_a_lease_whose_timer_came_early_still_runs_out(quick_scene: Scene):
    """Another machine's clock is ahead of ours: its timer finds a lease that still runs."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim", post_id)
    scene.running_house.engine.run_due(scene.clock.now() + timedelta(minutes=11))
    scene.settle()
    assert scene.stage(post_id) is Stage.CLAIMED
    scene.pass_time(minutes=11)
    assert scene.stage(post_id) is Stage.ASKED


def test_a_job_that_fails_while_the_database_is_away_is_not_forgotten(quick_scene: Scene, monkeypatch):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    engine = scene.running_house.engine
    away: list[str] = ["widen", "once", "twice"]
    put_off = engine._finishing.put_off

    def gone() -> None:
        away.pop()
        raise OperationalError("select", {}, Exception("the server closed the connection"))

    def failing(job: Callable[..., None]) -> Callable[..., None]:
        return lambda *args: gone() if len(away) == 3 else job(*args)

    def absent(tx: Any, failed: Any) -> None:
        if failed and away:
            gone()
        put_off(tx, failed)

    jobs = engine._running.jobs
    monkeypatch.setattr(engine._running, "jobs", {**jobs, "widen": failing(jobs["widen"])})
    monkeypatch.setattr(engine._finishing, "put_off", absent)
    scene.pass_time(minutes=5)
    scene.pass_time(minutes=1)
    assert away == []
    assert scene.question(post_id).wave == 2


def test_a_second_window_does_not_undo_what_was_confirmed_in_the_first(quick_scene: Scene):
    """The same person confirms another text from their telephone: the first stands, and goes out."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    desk, question = scene.running_house.desk, f"x:{post_id}"
    assert desk.confirm(question, mail("ann"), ANSWER).ok
    again = desk.confirm(question, mail("ann"), "Something else altogether.")
    assert not again.ok
    assert "another text" in again.message
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert not desk.confirm(question, mail("ann"), "Something else altogether.").ok
    assert scene.answers(post_id)["ann"].public == f"{ANSWER} ^AL"
    assert scene.state(post_id, "ann") is AnswerState.PUBLISHED


def test_who_was_asked_while_slack_was_busy_is_asked_once_the_question_is_free_again(quick_scene: Scene):
    """Their cards were not sent, because somebody had it; but then that somebody left it lying."""
    scene = quick_scene
    scene.fault(**BUSY, path="/api/chat.postMessage", times=2, after=1)
    post_id = scene.post(QUESTION)
    (first,) = [person for person in ("ann", "bob", "cy") if scene.cards(person)]
    scene.click(first, "Claim", post_id)
    scene.pass_time(minutes=5)
    assert [person for person in ("ann", "bob", "cy") if scene.cards(person)] == [first]
    scene.pass_time(minutes=12)
    assert scene.stage(post_id) is Stage.ASKED
    for person in ("ann", "bob", "cy", "di", "ed"):
        assert "Answer" in scene.buttons(person, post_id)
        assert len(scene.cards(person)) == 1


def test_a_moderator_whose_card_came_too_late_gets_one_for_the_next_text(quick_scene: Scene):
    """Undone before Slack took the moderators' cards, confirmed again: somebody can still decide."""
    scene = quick_scene
    post_id = scene.post(SOUND)
    desk, question = scene.running_house.desk, f"x:{post_id}"
    scene.fault(**BUSY, path="/api/chat.postMessage")
    assert desk.confirm(question, mail("tia"), TEXT).ok
    scene.settle()
    assert desk.undo(question, mail("tia")).ok
    scene.pass_time(minutes=1)
    assert scene.cards("mo") == []
    assert desk.confirm(question, mail("tia"), TEXT).ok
    scene.settle()
    scene.click("mo", "Approve and post", post_id)
    assert scene.replies(post_id) == [f"{TEXT} ^TN"]


def test_where_nobody_else_could_look_at_it_an_answer_does_not_wait_for_ever(closed_scene: Scene):
    """The roster has no moderator: the trainee is told so, and keeps the text."""
    scene = closed_scene
    scene.roster = "\n".join(line for line in ROSTER.splitlines() if "moderator" not in line)
    scene.open()
    post_id = scene.post(SOUND)
    done = scene.running_house.desk.confirm(f"x:{post_id}", mail("tia"), TEXT)
    assert not done.ok
    assert "moderator" in done.message
    assert scene.stage(post_id) is Stage.CLAIMED
    assert scene.answers(post_id)["tia"].text == TEXT
    assert scene.state(post_id, "tia") is AnswerState.DRAFT


def test_what_is_posted_by_hand_is_the_answer_that_was_refused(closed_scene: Scene):
    """Not an earlier one that a moderator did not let pass."""
    scene = closed_scene
    scene.roster = ROSTER.replace("initials: AL,", "initials: AL, level: trainee,")
    scene.open()
    detail = "You can only reply to or quote posts where you are mentioned or are the author."
    body = {"title": "Forbidden", "detail": detail, "type": "about:blank", "status": 403}
    scene.fault(kind="status", status=403, body=body, network="x", method="POST", path="/2/tweets")
    post_id = scene.post(QUESTION)
    desk, question = scene.running_house.desk, f"x:{post_id}"
    assert desk.confirm(question, mail("ann"), "The next model comes in May.").ok
    assert desk.send_back(question, mail("mo"), "That is a secret.").ok
    assert desk.release(question, mail("ann")).ok
    assert desk.confirm(question, mail("bob"), ANSWER).ok
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.LANE
    told = [str(card["blocks"]) for card in scene.cards("mo") if "intent/post" in str(card["blocks"])]
    assert any("Hold%20the%20power" in note for note in told), "moderators have the composer's link"
    assert not any("in May" in note or "in%20May" in note for note in told)
    for person in ("ann", "bob"):
        assert "intent/post" not in str(scene.card(person, post_id)["blocks"])


def test_a_moderator_approves_only_the_text_they_were_shown(quick_scene: Scene):
    """Changed behind a card that Slack was slow to change: nothing goes out that the moderator has not read."""
    scene = quick_scene
    post_id = scene.post(SOUND)
    desk, question = scene.running_house.desk, f"x:{post_id}"
    scene.answer("tia", TEXT, post_id)
    scene.fault(**BUSY, path="/api/chat.update", times=6)
    assert desk.undo(question, mail("tia")).ok
    assert desk.confirm(question, mail("tia"), "Buy another brand.").ok
    scene.settle()
    assert TEXT in scene.words("mo", post_id)
    scene.click("mo", "Approve and post", post_id)
    assert scene.replies(post_id) == []
    assert "has changed" in scene.told("mo")
    scene.pass_time(minutes=5)
    assert "Buy another brand." in scene.words("mo", post_id)
    scene.click("mo", "Approve and post", post_id)
    assert scene.replies(post_id) == ["Buy another brand. ^TN"]


def test_a_reply_after_a_restart_goes_out_once_though_x_does_not_say_who_we_are(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.close()
    scene.fault(kind="html", network="x", method="GET", path="/2/users/me", times=2)
    scene.open()
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert scene.requests("POST", "/2/tweets") == 1
    assert scene.stage(post_id) is Stage.PUBLISHED


def test_one_post_that_cannot_be_taken_in_does_not_make_the_house_deaf(quick_scene: Scene, monkeypatch):
    """A bug of ours in reading one text: the others are heard, the cursor goes on, the moderators are told."""
    scene = quick_scene
    house = scene.running_house
    rank = house.desk.matcher.rank

    def fails(text: str, limit: int = 5) -> Any:
        if "kaboom" in text:
            raise ValueError("kaboom")
        return rank(text, limit)

    monkeypatch.setattr(house.desk.matcher, "rank", fails)
    ids = [super(Scene, scene).post(f"@VoltHelp my tv shows no picture, why? ({n})") for n in ("a", "kaboom", "c")]
    scene.listen()
    assert scene.stage(ids[0]) is Stage.ASKED
    assert scene.stage(ids[2]) is Stage.ASKED
    assert any("could not be taken in" in line for line in scene.trail(ids[1]))
    assert "needs people" in str(scene.cards("mo")[0]["blocks"])
    assert scene.look(lambda tx: tx.cursor("x")) == ids[2]


@pytest.mark.parametrize("odd", ["\ud83d", "\x00"])
def test_half_characters_are_heard_like_any_other(scene: Scene, odd: str):
    author = Account("77", "mia", f"Mia {odd}")
    at = scene.clock.now()
    post = Post("x", "1", author, f"@VoltHelp why does my tv {odd} show no picture?", at, "1", mentions=("volthelp",))
    scene.running_house.desk.hear("x", Page((post,), "1"))
    scene.settle()
    assert scene.stage("1") is Stage.ASKED
    assert "no picture" in scene.words("ann", "1")


def test_looking_again_and_again_writes_nothing(quick_scene: Scene, monkeypatch):
    """The last minute's mentions are read again and again; once heard they cost a read, no more."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.pass_time(seconds=10)
    assert scene.running_house.networks["x"].network.mentions(post_id).posts, "the last minute is read again"
    scene.pass_time(seconds=10)

    def writes(**_: Any) -> Any:
        raise AssertionError("something was written")

    monkeypatch.setattr(scene.running_house.store, "transaction", writes)
    assert scene.running_house.networks["x"].listener.look() == 1


def test_nobody_waits_for_the_hour_that_a_wrong_clock_showed(quick_scene: Scene):
    """It was three hours ahead for a while: a reply in doubt is found and not sent again, a lease runs out in time."""
    scene, right = quick_scene, quick_scene.clock.at
    scene.clock.at = right + timedelta(hours=3)
    scene.fault(kind="lost_response", network="x", method="POST", path="/2/tweets")
    answered = scene.post(QUESTION)
    scene.answer("ann", ANSWER, answered)
    claimed = scene.post("@VoltHelp why does the screen of my tv stay black?", "leo")
    scene.click(scene.asked(claimed)[0], "Claim", claimed)
    scene.pass_time(seconds=61)
    assert scene.stage(answered) is Stage.PUBLISHING
    scene.clock.at = right + timedelta(seconds=61)
    engine = scene.running_house.engine
    engine.run_due()  # an idle house looks at the clock every few seconds
    scene.until(lambda: engine.next_due() < right + timedelta(minutes=2))
    new = scene.post(SOUND, "zoe")
    assert scene.cards("tia")[0]["ts"]
    scene.pass_time(seconds=20)
    assert scene.stage(answered) is Stage.PUBLISHED
    assert scene.requests("POST", "/2/tweets") == 1
    assert scene.stage(new) is Stage.ASKED
    scene.pass_time(minutes=16)
    assert scene.stage(claimed) is Stage.ASKED
