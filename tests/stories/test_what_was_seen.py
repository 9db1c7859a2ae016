"""What a person presses acts on what that person saw: two screens, two people, and a text that changed in between.

Rule: whatever is pressed on a card, a tab, a digest or in a window is about the text that stood there. Where another
one stands now, nothing is done, the person reads what is true now, and their screen is drawn anew.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_correcting import RIGHT, answered
from tests.stories.test_learning import choose, menu
from tests.stories.test_nothing_stuck import BUSY
from tests.stories.test_second_eyes import SOUND, TEXT, held
from tests.stories.test_volunteers import home, open_home
from tests.stories.town import ANSWER, QUESTION, ROSTER, mail, words
from twelp.adapters.slack.listeners import Desk
from twelp.model import AnswerState, Stage
from twelp.sandbox.slack.sockets import Outcome

OTHER = "Buy another brand."


class Screen:
    """A press on what a person has before their eyes, which arrives only when the test lets it."""

    def __init__(self, scene: Scene, patch: pytest.MonkeyPatch) -> None:
        self.scene = scene
        self._patch = patch
        self._delivery = scene.running.sandbox.slack.delivery

    def press(self, act: Callable[[], Any]) -> Callable[[], None]:
        """What Slack sends for this act, kept; the same again and again, each time it is called."""
        kept, send = list[dict[str, Any]](), self._delivery.send

        async def keep(kind: str, payload: dict[str, Any], **more: Any) -> Any:
            if kind != "interactive":
                return await send(kind, payload, **more)
            kept.append(copy.deepcopy(payload))
            return Outcome(True, None, 0.0)

        self._patch.setattr(self._delivery, "send", keep)
        try:
            act()
        finally:
            self._patch.setattr(self._delivery, "send", send)
        [payload] = kept

        def arrives() -> None:
            self.scene.running.sandbox.slack.do(send("interactive", payload))
            self.scene.settle()

        return arrives


@pytest.fixture
def screen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Screen:
    return Screen(scene, monkeypatch)


def revise(scene: Scene, post_id: str, text: str = OTHER) -> None:
    """The author takes the answer back and confirms another one."""
    scene.pass_time(seconds=2)
    assert scene.running_house.desk.undo(f"x:{post_id}", mail("tia")).ok
    scene.settle()
    scene.answer("tia", text, post_id)
    assert scene.stage(post_id) is Stage.REVIEW


def with_roster(scene: Scene, roster: str) -> None:
    """The house goes on with another roster; what is open before people in Slack stays open."""
    scene.close()
    scene.roster = roster
    scene.open()
    scene.settle()


def on_home(scene: Scene, person: str, label: str) -> Callable[[], Any]:
    view = home(scene, person)["id"]
    return lambda: scene.control("POST", "slack/click", {"user": mail(person), "view_id": view, "label": label})


def on_card(scene: Scene, person: str, label: str, post_id: str) -> Callable[[], Any]:
    card = scene.card(person, post_id)
    body = {"user": mail(person), "channel": card["channel"], "ts": card["ts"], "label": label}
    return lambda: scene.control("POST", "slack/click", body)


def test_the_house_has_an_answer_to_all_that_slack_asks_of_it(quick_scene: Scene):
    asked = {name for part in Desk.__mro__ for name in vars(part) if not name.startswith("_")}
    assert {name for name in asked if not callable(getattr(quick_scene.running_house.desk, name, None))} == set()


# ---------------------------------------------------------------- a moderator


@pytest.mark.parametrize("where", ["card", "home"])
@pytest.mark.others_on_sqlite(reason="the place pressed differs, rows do not")
def test_a_moderator_approves_only_the_text_that_stood_there(scene: Scene, screen: Screen, where: str):
    """On their card or on their tab; they read the present text at once, and may approve that."""
    post_id = held(scene)
    open_home(scene, "mo")
    label = "Approve and post"
    act = on_home(scene, "mo", label) if where == "home" else on_card(scene, "mo", label, post_id)
    late = screen.press(act)
    revise(scene, post_id)
    late()
    assert scene.ours() == []
    assert scene.stage(post_id) is Stage.REVIEW
    said = scene.window("mo") if where == "home" else scene.told("mo")
    assert "has changed since it was shown to you" in said
    assert OTHER in said
    for shown in (scene.words("mo", post_id), words(home(scene, "mo")["blocks"])):
        assert OTHER in shown
        assert TEXT not in shown
    if where == "home":
        scene.shut("mo")
    (on_home(scene, "mo", label) if where == "home" else on_card(scene, "mo", label, post_id))()
    scene.settle()
    assert scene.replies(post_id) == [f"{OTHER} ^TN"]


def test_the_same_words_confirmed_anew_are_read_anew(scene: Scene, screen: Screen):
    """The author took them back for a reason; a press from before that is none on what stands now."""
    post_id = held(scene)
    late = screen.press(on_card(scene, "mo", "Approve and post", post_id))
    revise(scene, post_id, TEXT)
    late()
    assert scene.ours() == []
    scene.click("mo", "Approve and post", post_id)
    assert scene.replies(post_id) == [f"{TEXT} ^TN"]


def test_of_two_moderators_the_later_one_is_told(scene: Scene, screen: Screen):
    """One sends it back, it is revised, and the other's card still showed the first text."""
    with_roster(scene, ROSTER.replace("initials: AL, topics: [tv],", "initials: AL, topics: [tv], level: moderator,"))
    post_id = held(scene)
    late = screen.press(on_card(scene, "ann", "Approve and post", post_id))
    scene.click("mo", "Send back", post_id)
    assert TEXT in scene.until(lambda: scene.window("mo")), "what goes back stands in the window"
    scene.submit("mo", "Which key?")
    scene.answer("tia", OTHER, post_id)
    late()
    assert scene.ours() == []
    assert OTHER in scene.told("ann")
    scene.click("ann", "Approve and post", post_id)
    assert scene.replies(post_id) == [f"{OTHER} ^TN"]


def test_an_approval_that_arrives_after_it_was_sent_back_publishes_nothing(scene: Scene, screen: Screen):
    post_id = held(scene)
    late = screen.press(on_card(scene, "mo", "Approve and post", post_id))
    scene.click("mo", "Send back", post_id)
    scene.until(lambda: scene.window("mo"))
    scene.submit("mo", "Which key?")
    late()
    assert scene.ours() == []
    assert scene.stage(post_id) is Stage.CLAIMED


def test_what_is_sent_back_is_what_the_window_showed(scene: Scene):
    """The window was opened, and the author revised the answer before the note was written."""
    post_id = held(scene)
    scene.click("mo", "Send back", post_id)
    scene.until(lambda: scene.window("mo"))
    revise(scene, post_id)
    act = scene.submit("mo", "Which key?")
    assert scene.stage(post_id) is Stage.REVIEW
    shown = words(act["view"]["blocks"])
    assert OTHER in shown
    assert "Which key?" in shown, "the note is not lost"


def test_a_long_question_is_read_whole_before_its_answer_is_approved(scene: Scene):
    """A card has no room for all of it: a window shows the whole first, and approves that."""
    end = "and it hums at night. The very end."
    post_id = scene.post(f"{SOUND} {'It was bought in May and set up by my son. ' * 70}{end}")
    scene.answer("tia", TEXT, post_id)
    assert end not in scene.words("mo", post_id)
    assert "Approve and post" not in scene.buttons("mo", post_id)
    scene.click("mo", "Read all of it…", post_id)
    shown = scene.until(lambda: scene.window("mo"))
    assert end in shown
    assert TEXT in shown
    revise(scene, post_id)
    act = scene.submit("mo")
    assert scene.ours() == []
    assert OTHER in words(act["view"]["blocks"])
    scene.submit("mo")
    assert scene.replies(post_id) == [f"{OTHER} ^TN"]


def test_on_the_tab_a_moderator_sees_all_that_was_asked(scene: Scene):
    post_id = scene.post(f"{SOUND} {'It was bought in May and set up by my son. ' * 12}The very end.")
    scene.answer("tia", TEXT, post_id)
    assert "The very end." in open_home(scene, "mo")


# ---------------------------------------------------------------- an author


def test_undo_takes_back_the_answer_that_stood_there(scene: Scene, screen: Screen):
    """Pressed for A on one screen, when B was confirmed on another: B stays, and the author reads it."""
    post_id = scene.post(QUESTION)
    scene.answer("ann", post_id=post_id)
    late = screen.press(on_card(scene, "ann", "Undo", post_id))
    scene.pass_time(seconds=1)
    scene.click("ann", "Undo", post_id)
    scene.pass_time(seconds=1)
    scene.answer("ann", RIGHT, post_id)
    late()
    assert scene.stage(post_id) is Stage.HELD
    assert RIGHT in scene.told("ann")
    scene.click("ann", "Undo", post_id)
    assert scene.stage(post_id) is Stage.CLAIMED
    assert scene.ours() == []


@pytest.mark.parametrize("word", ["retract", "correct"])
def test_a_window_about_a_public_answer_is_about_that_answer(scene: Scene, word: str):
    """Opened for A, which was corrected to B in the meantime: B stays, and the window shows it."""
    post_id = answered(scene)
    menu(scene, "ann", word, post_id)
    assert ANSWER in scene.until(lambda: scene.window("ann")), "what is deleted is shown word for word"
    assert scene.running_house.desk.correct(f"x:{post_id}", mail("ann")).ok
    scene.pass_time(seconds=1)
    desk = scene.running_house.desk
    assert desk.confirm(f"x:{post_id}", mail("ann"), RIGHT).ok
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{RIGHT} ^AL"]
    act = scene.submit("ann")
    assert scene.replies(post_id) == [f"{RIGHT} ^AL"]
    assert RIGHT in words(act["view"]["blocks"])
    scene.submit("ann")
    assert scene.replies(post_id) == ([] if word == "retract" else [f"{RIGHT} ^AL"])
    assert scene.stage(post_id) is (Stage.RETRACTED if word == "retract" else Stage.CLAIMED)


def test_a_menu_of_a_replaced_answer_opens_a_window_with_the_present_one(scene: Scene):
    """Slack was slow to change the card, which shows the first answer still."""
    post_id = answered(scene)
    scene.fault(**BUSY, path="/api/chat.update", times=100)
    desk = scene.running_house.desk
    assert desk.correct(f"x:{post_id}", mail("ann")).ok
    scene.pass_time(seconds=1)
    assert desk.confirm(f"x:{post_id}", mail("ann"), RIGHT).ok
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{RIGHT} ^AL"]
    assert ANSWER in scene.words("ann", post_id)
    menu(scene, "ann", "retract", post_id)
    shown = scene.until(lambda: scene.window("ann"))
    assert "has changed since" in shown
    assert RIGHT in shown
    assert scene.replies(post_id) == [f"{RIGHT} ^AL"]


def test_what_was_taken_back_meanwhile_is_not_corrected(scene: Scene):
    post_id = answered(scene)
    menu(scene, "ann", "correct", post_id)
    scene.until(lambda: scene.window("ann"))
    assert scene.running_house.desk.retract(f"x:{post_id}", mail("mo")).ok
    scene.settle()
    act = scene.submit("ann")
    assert scene.stage(post_id) is Stage.RETRACTED
    assert "was taken back" in words(act["view"]["blocks"])


# ---------------------------------------------------------------- the confirmation


def test_what_is_confirmed_is_what_stood_in_the_window(scene: Scene):
    """The roster gave the author other initials between the look and the last press: they see, and confirm anew."""
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer", post_id)
    scene.submit("ann", ANSWER)
    assert f"{ANSWER} ^AL" in scene.window("ann")
    with_roster(scene, ROSTER.replace("initials: AL", "initials: AX"))
    act = scene.submit("ann")
    assert scene.stage(post_id) is Stage.CLAIMED
    assert f"{ANSWER} ^AX" in words(act["view"]["blocks"])
    assert "has changed since" in words(act["view"]["blocks"])
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^AX"]


def test_who_meant_it_for_review_does_not_post_it(scene: Scene):
    """A trainee when the window opened, an expert when it was sent: the button said “Send to review”."""
    post_id = scene.post(SOUND)
    scene.click("tia", "Answer", post_id)
    scene.submit("tia", TEXT)
    view = scene.view("tia")
    assert view is not None
    assert view["submit"]["text"] == "Send to review"
    with_roster(scene, ROSTER.replace("level: trainee, ", ""))
    act = scene.submit("tia")
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    assert act["view"]["submit"]["text"] == "Post publicly"


def test_a_window_of_an_earlier_lease_is_read_once_more(scene: Scene):
    """Ann's lease ran out, Bob had the question and gave it back, Ann took it again: her old window is an old one."""
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer", post_id)
    scene.submit("ann", ANSWER)
    scene.pass_time(minutes=11)
    scene.click("bob", "Claim", post_id)
    scene.click("bob", "Release", post_id)
    scene.pass_time(minutes=1)
    assert scene.running_house.desk.claim(f"x:{post_id}", mail("ann")).ok
    scene.settle()
    act = scene.submit("ann")
    assert scene.stage(post_id) is Stage.CLAIMED
    assert "taken this question anew" in words(act["view"]["blocks"])
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]


def test_a_lease_that_merely_ran_out_stands_in_nobodys_way(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer", post_id)
    scene.submit("ann", ANSWER)
    scene.pass_time(minutes=50)
    act = scene.submit("ann")
    assert act["view"] is None
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]


def test_typing_in_an_old_window_does_not_write_over_what_came_back(scene: Scene):
    """The answer was confirmed in one window and sent back by a moderator; another old one is still open."""
    post_id = scene.post(SOUND)
    scene.click("tia", "Answer", post_id)
    old = scene.view("tia")
    assert old is not None
    desk = scene.running_house.desk
    scene.pass_time(seconds=1)
    assert desk.confirm(f"x:{post_id}", mail("tia"), TEXT).ok
    scene.settle()
    scene.pass_time(seconds=1)
    assert desk.send_back(f"x:{post_id}", mail("mo"), "Which key?").ok
    scene.settle()
    scene.control("POST", "slack/type", {"user": mail("tia"), "text": "press mu"})
    scene.settle()
    assert scene.answers(post_id)["tia"].text == TEXT
    assert "is not kept" in scene.until(lambda: "is not kept" in scene.window("tia") and scene.window("tia"))


# ---------------------------------------------------------------- leases, and what Slack sends again


def test_a_release_is_about_the_lease_that_stood_there(scene: Scene, screen: Screen):
    """Mine, Bob's, mine again: the old card's button does not give back the new lease."""
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim", post_id)
    late = screen.press(on_card(scene, "ann", "Release", post_id))
    scene.pass_time(minutes=11)
    scene.click("bob", "Claim", post_id)
    scene.click("bob", "Release", post_id)
    scene.pass_time(minutes=1)
    scene.click("ann", "Claim", post_id)
    late()
    assert scene.question(post_id).claimed_by == mail("ann")
    assert "taken this question anew" in scene.told("ann")


@pytest.mark.parametrize("label", ["Claim", "Answer"])
@pytest.mark.others_on_sqlite(reason="the button differs, rows do not")
def test_a_click_that_slack_sends_again_takes_nothing_again(scene: Scene, screen: Screen, label: str):
    post_id = scene.post(QUESTION)
    click = screen.press(on_card(scene, "ann", label, post_id))
    click()
    assert scene.question(post_id).claimed_by == mail("ann")
    if scene.view("ann"):
        scene.shut("ann")
    scene.click("ann", "Release", post_id)
    click()
    assert scene.stage(post_id) is Stage.ASKED
    assert scene.view("ann") is None


def test_a_dismissal_that_slack_sends_again_does_not_undo_its_undo(scene: Scene, screen: Screen):
    post_id = scene.post(QUESTION)
    card = scene.card("ann", post_id)
    body = {"user": mail("ann"), "channel": card["channel"], "ts": card["ts"], "action_id": "twelp_more"}
    click = screen.press(lambda: scene.control("POST", "slack/click", {**body, "value": f"dismiss x:{post_id}"}))
    click()
    assert scene.stage(post_id) is Stage.DISMISSED
    scene.click("ann", "Undo", post_id)
    click()
    assert scene.stage(post_id) is Stage.ASKED


def test_not_me_on_an_old_screen_does_not_give_back_what_one_took_on_another(scene: Scene, screen: Screen):
    post_id = scene.post(QUESTION)
    late = screen.press(on_card(scene, "ann", "Not me", post_id))
    scene.click("ann", "Claim", post_id)
    late()
    assert scene.question(post_id).claimed_by == mail("ann")


def test_a_claim_on_an_old_card_says_who_has_it(scene: Scene, screen: Screen):
    post_id = scene.post(QUESTION)
    late = screen.press(on_card(scene, "bob", "Claim", post_id))
    scene.click("ann", "Claim", post_id)
    late()
    assert scene.question(post_id).claimed_by == mail("ann")
    assert "Ann Lee took it" in scene.told("bob")
    assert "Ann Lee has it" in scene.words("bob", post_id)


def test_a_double_click_does_everything_once(scene: Scene, screen: Screen):
    """Two clicks on the same screen, before it could change."""
    post_id = held(scene)
    clicks = [screen.press(on_card(scene, "mo", "Approve and post", post_id)) for _ in range(2)]
    for click in clicks:
        click()
    assert scene.replies(post_id) == [f"{TEXT} ^TN"]
    taken = scene.post(QUESTION)
    clicks = [screen.press(on_card(scene, "ann", "Claim", taken)) for _ in range(2)]
    for click in clicks:
        click()
    assert scene.question(taken).claimed_by == mail("ann")
    assert scene.told("ann") == ""


def test_bringing_back_is_about_the_decision_that_stood_there(scene: Scene, screen: Screen):
    """Ann set it aside and brought it back, Bob set it aside again: the moderator's old tab showed Ann's word."""
    post_id = scene.post(QUESTION)
    menu(scene, "ann", "dismiss", post_id)
    open_home(scene, "mo")
    late = screen.press(on_home(scene, "mo", "Undo"))
    scene.click("ann", "Undo", post_id)
    scene.pass_time(seconds=1)
    menu(scene, "bob", "not_ours", post_id)
    late()
    assert scene.stage(post_id) is Stage.DISMISSED
    assert "has changed since" in scene.window("mo")


def test_a_topic_chosen_in_an_old_window_does_not_take_a_later_lease_away(scene: Scene):
    """Wrong topic… was opened before the person took the question on another screen."""
    post_id = scene.post(QUESTION)
    menu(scene, "ann", "wrong_topic", post_id)
    scene.until(lambda: scene.view("ann"))
    assert scene.running_house.desk.claim(f"x:{post_id}", mail("ann")).ok
    scene.settle()
    choose(scene, "ann", "audio")
    assert scene.question(post_id).claimed_by == mail("ann")


# ---------------------------------------------------------------- drawn before there were marks


def unmarked(payload: dict[str, Any]) -> dict[str, Any]:
    """The same press by a button of the version before."""
    for action in payload.get("actions", ()):
        if "value" in action:
            action["value"] = action["value"].partition(" ")[0]
    view = payload.get("view") or {}
    if view.get("type") == "modal":
        head, line, text = view["private_metadata"].partition("\n")
        view["private_metadata"] = head.partition(" ")[0] + line + text
    return payload


@pytest.fixture
def upgraded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], Any]:
    """Lets an act arrive as the version before would have it."""
    delivery = scene.running.sandbox.slack.delivery
    send = delivery.send

    async def old(kind: str, payload: dict[str, Any], **more: Any) -> Any:
        return await send(kind, unmarked(copy.deepcopy(payload)), **more)

    def arrives(act: Callable[[], Any]) -> Any:
        monkeypatch.setattr(delivery, "send", old)
        done = act()
        monkeypatch.setattr(delivery, "send", send)
        scene.settle()
        return done

    return arrives


def test_an_old_button_publishes_nothing_and_is_drawn_anew(scene: Scene, upgraded: Callable[..., Any]):
    post_id = held(scene)
    upgraded(on_card(scene, "mo", "Approve and post", post_id))
    assert scene.ours() == []
    assert "drawn before an update" in scene.told("mo")
    scene.click("mo", "Approve and post", post_id)
    assert scene.replies(post_id) == [f"{TEXT} ^TN"]


def test_an_old_confirmation_shows_once_more_what_goes_out(scene: Scene, upgraded: Callable[..., Any]):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer", post_id)
    scene.submit("ann", ANSWER)
    act = upgraded(lambda: scene.submit("ann"))
    assert scene.stage(post_id) is Stage.CLAIMED
    assert f"{ANSWER} ^AL" in words(act["view"]["blocks"])
    scene.submit("ann")
    assert scene.state(post_id, "ann") is AnswerState.ACCEPTED


@pytest.mark.parametrize("word", ["retract", "correct"])
@pytest.mark.others_on_sqlite(reason="the window differs, rows do not")
def test_an_old_window_deletes_nothing_before_it_shows_what(scene: Scene, upgraded: Callable[..., Any], word: str):
    post_id = answered(scene)
    menu(scene, "ann", word, post_id)
    scene.until(lambda: scene.view("ann"))
    act = upgraded(lambda: scene.submit("ann"))
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert ANSWER in words(act["view"]["blocks"])
    scene.submit("ann")
    assert scene.stage(post_id) is (Stage.RETRACTED if word == "retract" else Stage.CLAIMED)
    assert scene.replies(post_id) == ([] if word == "retract" else [f"{ANSWER} ^AL"])


def test_old_buttons_that_harm_nobody_go_on(scene: Scene, upgraded: Callable[..., Any]):
    """Claim, Release, and an Undo, which keeps something from becoming public."""
    post_id = scene.post(QUESTION)
    upgraded(on_card(scene, "ann", "Claim", post_id))
    assert scene.stage(post_id) is Stage.CLAIMED
    upgraded(on_card(scene, "ann", "Release", post_id))
    assert scene.stage(post_id) is Stage.ASKED
    scene.answer("bob", post_id=post_id)
    upgraded(on_card(scene, "bob", "Undo", post_id))
    assert scene.stage(post_id) is Stage.CLAIMED
