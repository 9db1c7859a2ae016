"""One case, one owner: who answered a customer hears first what they ask next; others when they are away or silent."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, ROSTER
from twelp.model import Stage


def answered(scene: Scene) -> str:
    asked = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.PUBLISHED
    return asked


def ask_on(scene: Scene, text: str = "@VoltHelp great, and how do I hang it on the wall?") -> str:
    """The customer's next question, under our answer."""
    ours = scene.ours()[0]["id"]
    return scene.post(text, reply_to=ours)


def test_a_new_question_goes_to_the_author_of_the_answer_alone(scene: Scene):
    answered(scene)
    more = ask_on(scene)
    assert scene.asked(more) == ["ann"]
    assert "you answered this customer before" in scene.words("ann", more)
    assert scene.question(more).topics[0].topic == "tv"
    scene.answer("ann", "Take four screws.", more)
    scene.pass_time(minutes=2)
    assert scene.replies(more) == ["Take four screws. ^AL"]


def test_others_are_asked_with_our_answer_on_the_card_when_the_author_is_silent(scene: Scene):
    asked = answered(scene)
    more = scene.post("@VoltHelp great, and how do I hang it on the wall?", reply_to=asked)
    scene.pass_time(minutes=6)
    others = scene.asked(more)[1:]
    assert others
    assert ANSWER in scene.words(others[0], more)


def test_who_passes_is_replaced_at_once(scene: Scene):
    answered(scene)
    more = ask_on(scene)
    scene.click("ann", "Not me", more)
    assert len(scene.asked(more)) == 2


def test_an_author_who_left_or_whose_day_is_used_up_is_not_waited_for(closed_house: Scene):
    scene = closed_house
    scene.roster = ROSTER.replace(
        "initials: AL, topics: [tv], zone: UTC, daily_asks: 50", "initials: AL, topics: [tv], zone: UTC, daily_asks: 1"
    )
    scene.open()
    answered(scene)
    more = ask_on(scene)
    assert "ann" not in scene.asked(more)
    assert scene.asked(more)


def test_what_is_plainly_about_something_else_goes_to_those_who_know_it(scene: Scene):
    answered(scene)
    more = scene.post("@VoltHelp other thing: no sound from my headphones, why?", reply_to=scene.ours()[0]["id"])
    assert scene.question(more).topics[0].topic == "audio"
    assert scene.asked(more) == ["tia"]


def test_a_strangers_question_there_is_everybodys(scene: Scene):
    asked = answered(scene)
    other = scene.post("@VoltHelp same here, why does my tv show no picture?", "leo", reply_to=asked)
    assert len(scene.asked(other)) > 1
