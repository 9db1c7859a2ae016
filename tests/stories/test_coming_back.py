"""A customer's next post: more about an open question, never mind, details, did not work, a new question."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.test_learning import menu
from tests.stories.town import ANSWER, QUESTION, words
from twelp.model import Stage


def notes(scene: Scene, person: str) -> str:
    """What was told to a person in messages that are no cards."""
    return " ".join(words(card["blocks"]) for card in scene.cards(person) if "note:" in str(card["metadata"]))


ASKED_BACK = "Which model is it, and which HDMI port do you use?"


def _answered(scene: Scene, text: str = ANSWER, person: str = "ann") -> str:
    asked = scene.post(QUESTION)
    scene.answer(person, text)
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.PUBLISHED
    return asked


def test_details_go_to_who_asked_for_them_and_the_next_answer_stands_under_them(scene: Scene):
    asked = _answered(scene, ASKED_BACK)
    before = {person: len(scene.cards(person)) for person in ("ann", "bob", "cy")}
    more = scene.post("@VoltHelp It's the 55 inch one from 2019, on HDMI 2", reply_to=asked)
    assert scene.look(lambda tx: tx.question(f"x:{more}")) is None
    assert scene.stage(asked) is Stage.ASKED
    assert "came back after your answer: “@VoltHelp It's the 55 inch one from 2019" in notes(scene, "ann")
    assert "55 inch one from 2019" in scene.words("ann", asked)
    assert ASKED_BACK in scene.words("ann", asked)
    assert "Answer" in scene.buttons("ann", asked)
    assert {person: len(scene.cards(person)) for person in ("bob", "cy")} == {p: before[p] for p in ("bob", "cy")}
    scene.answer("ann", "Then set HDMI 2 as the input.", asked)
    scene.pass_time(minutes=2)
    assert scene.replies(more) == ["Then set HDMI 2 as the input. ^AL"]
    assert scene.replies(asked) == [f"{ASKED_BACK} ^AL"]
    assert scene.stage(asked) is Stage.PUBLISHED


def test_where_the_author_is_silent_others_are_asked_with_the_whole_conversation(scene: Scene):
    asked = _answered(scene, ASKED_BACK)
    scene.post("@VoltHelp the 55 inch one, on HDMI 2", reply_to=asked)
    known = set(scene.asked(asked))
    scene.pass_time(minutes=6)
    fresh = [person for person in scene.asked(asked) if person not in known]
    assert fresh
    card = scene.words(fresh[0], asked)
    assert ASKED_BACK in card
    assert "the 55 inch one, on HDMI 2" in card


def test_did_not_work_opens_it_again_and_is_no_longer_learned_from(scene: Scene):
    asked = _answered(scene)
    assert scene.look(lambda tx: tx.lesson(f"x:{asked}")) is not None
    scene.post("@VoltHelp tried that, still no picture", reply_to=asked)
    assert scene.stage(asked) is Stage.ASKED
    assert scene.look(lambda tx: tx.lesson(f"x:{asked}")) is None
    assert "still no picture" in notes(scene, "ann")


def test_what_stands_in_public_stays_when_the_next_answer_is_taken_back(scene: Scene):
    asked = _answered(scene, ASKED_BACK)
    more = scene.post("@VoltHelp HDMI 2", reply_to=asked)
    scene.answer("ann", "Then use the other one.", asked)
    scene.pass_time(minutes=2)
    menu(scene, "ann", "retract", asked)
    scene.submit("ann")
    scene.pass_time(minutes=1)
    assert scene.replies(more) == []
    assert scene.replies(asked) == [f"{ASKED_BACK} ^AL"]


def test_thanks_and_small_talk_open_nothing_again(scene: Scene):
    asked = _answered(scene)
    scene.post("@VoltHelp thanks, that worked!", reply_to=asked)
    scene.post("@VoltHelp lol ok", reply_to=asked)
    assert scene.stage(asked) is Stage.PUBLISHED


def test_never_mind_asks_nobody_further_and_the_holder_may_still_answer(scene: Scene):
    asked = scene.post(QUESTION)
    people = scene.asked(asked)
    scene.post("@VoltHelp never mind, sorted it myself", reply_to=asked)
    assert scene.stage(asked) is Stage.SETTLED
    scene.pass_time(minutes=30)
    assert scene.asked(asked) == people
    assert "Sorted out by the customer" in scene.words(people[0], asked)
    scene.answer(people[0], ANSWER, asked)
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.PUBLISHED


def test_never_mind_while_somebody_writes_tells_them_and_asks_nobody_when_they_stop(scene: Scene):
    asked = scene.post(QUESTION)
    people = scene.asked(asked)
    scene.click(people[0], "Claim", asked)
    scene.post("@VoltHelp nvm, found it", reply_to=asked)
    assert "wrote since: “@VoltHelp nvm, found it”" in notes(scene, people[0])
    assert scene.stage(asked) is Stage.CLAIMED
    scene.pass_time(minutes=11)
    assert scene.stage(asked) is Stage.SETTLED
    assert scene.asked(asked) == people


def test_who_comes_back_after_never_mind_is_heard_again(scene: Scene):
    asked = scene.post(QUESTION)
    scene.post("@VoltHelp never mind, sorted it myself", reply_to=asked)
    scene.post("@VoltHelp it did not work after all, still no picture", reply_to=asked)
    assert scene.stage(asked) is Stage.ASKED


def test_what_the_customer_adds_in_the_hold_stops_the_answer_until_its_author_has_read_it(scene: Scene):
    asked = scene.post(QUESTION)
    scene.answer("ann")
    assert scene.stage(asked) is Stage.HELD
    scene.post("@VoltHelp I tried that already, it is the remote", reply_to=asked)
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    assert scene.stage(asked) is Stage.CLAIMED
    assert "it is the remote" in scene.words("ann", asked)


def test_what_the_customer_adds_is_read_before_a_window_of_before_is_confirmed(scene: Scene):
    asked = scene.post(QUESTION)
    scene.click("ann", "Answer", asked)
    scene.submit("ann", ANSWER)
    scene.post("@VoltHelp it is HDMI 2, by the way", reply_to=asked)
    scene.submit("ann")
    assert "it is HDMI 2, by the way" in scene.window("ann") + scene.told("ann")
    assert scene.stage(asked) is Stage.CLAIMED


def test_a_friend_and_another_companys_helper_ask_us_nothing(scene: Scene):
    asked = scene.post("@VoltHelp @AcmeCares why does my tv show no picture?")
    helper = scene.post("Hi Mia! Could you DM us the serial number?", "AcmeCares", reply_to=asked)
    friend = scene.post("have you tried turning it off and on again?", "leo", reply_to=asked)
    for other in (helper, friend):
        assert scene.look(lambda tx, key=f"x:{other}": tx.question(key)) is None
    scene.click("ann", "Answer", asked)
    assert "Could you DM us the serial number?" in scene.window("ann")
    own = scene.post("@VoltHelp same here, why does my tv show no picture?", "leo", reply_to=asked)
    assert scene.stage(own) is Stage.ASKED
