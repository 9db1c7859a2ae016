"""A private matter: one press puts the company's line into the draft, and the expert confirms it like any answer."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION, ROSTER, mail
from twelp.model import Stage

LINE = "Please write to us privately: a direct message, help@volt.example."
PRIVATE = ROSTER.replace(
    "{x: VoltHelp}",
    "{x: VoltHelp}, private: {line: 'Please write to us privately: {ways}.', "
    "ways: [a direct message, help@volt.example], delete: 'Please delete your post, it shows a card number.'}",
)
BUTTON = "twelp_ask_privately"


@pytest.fixture
def scene(closed_house: Scene) -> Scene:
    closed_house.roster = PRIVATE
    closed_house.open()
    return closed_house


def ask_privately(scene: Scene, person: str) -> None:
    view = scene.until(lambda: scene.view(person), "the window")
    body = {"user": mail(person), "view_id": view["id"], "action_id": BUTTON}
    scene.control("POST", "slack/click", body)
    scene.settle()


def draft(scene: Scene, person: str) -> str:
    view = scene.view(person)
    assert view is not None
    block = next(block for block in view["blocks"] if block["type"] == "input")
    return str(block["element"].get("initial_value", ""))


def offered(scene: Scene, person: str) -> bool:
    return BUTTON in str(scene.view(person))


def test_the_expert_asks_the_customer_to_write_privately_in_the_companys_words(scene: Scene):
    asked = scene.post("@VoltHelp where is the refund for my tv? My order number is VE-482911")
    scene.click("ann", "Answer")
    assert "never ask for their data in public" in scene.window("ann")
    ask_privately(scene, "ann")
    assert draft(scene, "ann") == LINE
    ask_privately(scene, "ann")
    assert draft(scene, "ann") == LINE
    scene.submit("ann", draft(scene, "ann"))
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.PUBLISHED
    assert scene.replies(asked) == [f"{LINE} ^AL"]


def test_who_posted_a_card_number_is_asked_to_delete_it(scene: Scene):
    scene.post("@VoltHelp why was my card 4111 1111 1111 1111 charged twice for the tv?")
    scene.click("ann", "Answer")
    ask_privately(scene, "ann")
    assert draft(scene, "ann") == f"Please delete your post, it shows a card number. {LINE}"


def test_what_the_customer_added_later_makes_it_private(scene: Scene):
    asked = scene.post(QUESTION)
    scene.post("@VoltHelp my mail is mia.miller@example.com", reply_to=asked)
    scene.click("ann", "Answer")
    assert offered(scene, "ann")


def test_what_is_no_private_matter_offers_nothing(scene: Scene):
    scene.post(QUESTION)
    scene.click("ann", "Answer")
    assert not offered(scene, "ann")


def test_a_company_without_a_line_offers_nothing(closed_house: Scene):
    closed_house.open()
    closed_house.post("@VoltHelp where is the refund for my tv? My order number is VE-482911")
    closed_house.click("ann", "Answer")
    assert not offered(closed_house, "ann")


def test_an_earlier_window_changes_nothing(scene: Scene):
    """The question was given back meanwhile: the line is put into nobody's draft."""
    asked = scene.post("@VoltHelp where is the refund for my tv? My order number is VE-482911")
    scene.click("ann", "Answer")
    scene.running_house.desk.release(f"x:{asked}", mail("ann"))
    scene.settle()
    ask_privately(scene, "ann")
    assert LINE not in draft_or_nothing(scene, "ann")


def draft_or_nothing(scene: Scene, person: str) -> str:
    view = scene.view(person)
    blocks = view["blocks"] if view else []
    return str([block["element"].get("initial_value", "") for block in blocks if block["type"] == "input"])
