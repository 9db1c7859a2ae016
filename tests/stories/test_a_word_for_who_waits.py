"""A customer waits for long: a moderator is offered the brand's sentence, and sends it at a press, once."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, ROSTER
from twelp.model import Stage

LINE = "Thanks for waiting: we have not forgotten you, and are looking into it."
PATIENT = ROSTER.replace("{x: VoltHelp}", "{x: VoltHelp}, waiting: {line: '" + LINE + "', after_minutes: 30}")
WORD = f"{LINE} ^MD"
OFFER = "Still no answer"


@pytest.fixture
def scene(closed_house: Scene) -> Scene:
    closed_house.roster = PATIENT
    closed_house.open()
    return closed_house


def offered(scene: Scene) -> bool:
    return any(OFFER in str(card["blocks"]) for card in scene.cards("mo"))


def press(scene: Scene, *, held: bool = False) -> None:
    """`held`: and no more."""
    card = next(card for card in scene.cards("mo") if OFFER in str(card["blocks"]))
    scene.press("mo", card, label="Post this sentence")
    if not held:
        scene.pass_time(seconds=61)


def test_after_the_rosters_time_one_press_tells_the_customer_and_the_question_stays_open(scene: Scene):
    asked = scene.post(QUESTION)
    scene.pass_time(minutes=29)
    assert not offered(scene)
    scene.pass_time(minutes=2)
    assert offered(scene)
    assert scene.ours() == []
    card = next(card for card in scene.cards("mo") if OFFER in str(card["blocks"]))
    assert WORD in str(card["blocks"])
    press(scene)
    assert scene.replies(asked) == [WORD]
    assert scene.stage(asked) is Stage.ASKED
    assert LINE in scene.words("ann", asked), "who may answer sees what the customer was told"
    assert "Told that they are not forgotten" in str(scene.cards("mo"))
    scene.press("mo", card, label="Post this sentence") if offered(scene) else None
    scene.listen()
    assert scene.stage(asked) is Stage.ASKED, "our own sentence is no answer by hand"
    scene.answer("ann", post_id=asked)
    scene.pass_time(minutes=2)
    assert scene.replies(asked) == [WORD, f"{ANSWER} ^AL"]
    assert scene.stage(asked) is Stage.PUBLISHED


def test_the_sentence_may_be_taken_back_until_it_goes_out_and_sent_anew(scene: Scene):
    """By any moderator; a second one who presses meanwhile sends no second one."""
    asked = scene.post(QUESTION)
    scene.pass_time(minutes=31)
    press(scene, held=True)
    desk, key = scene.running_house.desk, f"x:{asked}"
    assert not desk.tell(key, "mo@volt.example").ok, "it is on its way"
    card = next(card for card in scene.cards("mo") if "The sentence goes out soon" in str(card["blocks"]))
    assert WORD in str(card["blocks"])
    scene.close()
    scene.open()
    assert not scene.running_house.desk.untell(key, "ann@volt.example").ok, "moderators alone"
    scene.press("mo", card, label="Undo")
    scene.pass_time(minutes=5)
    assert scene.replies(asked) == []
    assert offered(scene)
    press(scene)
    assert scene.replies(asked) == [WORD]
    assert not scene.running_house.desk.untell(key, "mo@volt.example").ok, "it is out"
    assert not scene.running_house.desk.tell(key, "mo@volt.example").ok
    scene.pass_time(hours=1)
    assert scene.replies(asked) == [WORD]


def test_an_answer_that_goes_out_first_leaves_the_sentence_unsaid(scene: Scene):
    asked = scene.post(QUESTION)
    scene.pass_time(minutes=31)
    scene.click("ann", "Answer", asked)
    scene.submit("ann", ANSWER)
    press(scene, held=True)
    scene.submit("ann")
    scene.pass_time(minutes=3)
    assert scene.replies(asked) == [f"{ANSWER} ^AL"]
    assert not any("The sentence goes out soon" in str(card["blocks"]) for card in scene.cards("mo"))


def test_whoever_was_answered_or_settled_it_is_not_told(scene: Scene):
    first = scene.post(QUESTION)
    scene.answer("ann")
    second = scene.post(QUESTION, "leo")
    scene.post("@VoltHelp never mind, sorted it myself", "leo", reply_to=second)
    third = scene.post(QUESTION, "zoe")
    scene.delete(third)
    scene.pass_time(hours=5)
    assert scene.stage(first) is Stage.PUBLISHED
    assert not offered(scene)


def test_a_question_that_was_given_up_may_still_be_told_and_a_stale_offer_says_so(scene: Scene):
    asked = scene.post(QUESTION)
    scene.pass_time(hours=5)
    assert scene.stage(asked) is Stage.UNANSWERED
    press(scene)
    assert scene.replies(asked) == [WORD]
    assert scene.stage(asked) is Stage.UNANSWERED


def test_a_press_on_an_offer_that_is_over_sends_nothing(scene: Scene):
    asked = scene.post(QUESTION)
    scene.pass_time(minutes=31)
    desk, key = scene.running_house.desk, f"x:{asked}"
    assert not desk.tell(key, "ann@volt.example").ok, "moderators alone"
    scene.answer("ann", post_id=asked)
    scene.pass_time(minutes=2)
    assert not desk.tell(key, "mo@volt.example").ok
    scene.settle()
    assert scene.replies(asked) == [f"{ANSWER} ^AL"]


def test_a_lost_response_and_a_second_press_leave_one_sentence(scene: Scene):
    asked = scene.post(QUESTION)
    scene.pass_time(minutes=31)
    scene.fault(kind="lost_response", network="x", method="POST", path="/2/tweets")
    press(scene)
    assert scene.running_house.desk.tell(f"x:{asked}", "mo@volt.example").message
    scene.pass_time(minutes=5)
    assert scene.replies(asked) == [WORD]
    assert scene.stage(asked) is Stage.ASKED


def test_what_the_network_does_not_take_is_told_to_who_sent_it(scene: Scene):
    asked = scene.post(QUESTION)
    scene.pass_time(minutes=31)
    scene.fault(kind="status", status=403, network="x", method="POST", path="/2/tweets")
    press(scene)
    scene.pass_time(minutes=2)
    assert scene.replies(asked) == []
    assert scene.stage(asked) is Stage.ASKED
    assert "did not take the sentence" in str(scene.cards("mo"))
