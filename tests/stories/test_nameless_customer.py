"""X does not tell a customer's handle: everywhere it is "a customer", and never a lone "@"."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.cli.account import Account
from twelp.cli.trail import _print as print_trail
from twelp.engine import JobQueue
from twelp.model import Stage
from twelp.reading import read_question


def nameless(scene: Scene) -> None:
    """X refuses to be asked for the author's account from now on."""
    problem = {"parameters": {"expansions": ["author_id"]}, "message": "[expansions] is not one of [id]"}
    body = {"title": "Invalid Request", "errors": [problem]}
    fault = {"network": "x", "method": "GET", "path": "/2/users/*/mentions"}
    scene.fault(kind="status", status=400, body=body, times=2, **fault)


def test_a_customer_whose_handle_is_unknown_is_a_customer(quick_scene: Scene, capsys: pytest.CaptureFixture[str]):
    scene = quick_scene
    nameless(scene)
    account = Account(scene.running_house.store, lambda: scene.running_house.roster)
    post_id = scene.post(QUESTION)
    assert scene.running_house.networks["x"].network.missing().startswith("X does not tell authors' names")
    card = scene.card("ann", post_id)
    assert "A customer asks on X" in scene.words("ann", post_id)
    assert "A customer: " in card["text"]
    assert "@ " not in scene.words("ann", post_id).replace("@VoltHelp", "")
    scene.answer("ann", ANSWER, post_id)
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.PUBLISHED
    scene.post("@VoltHelp thank you, that helped!", reply_to=post_id)
    second = scene.post("@VoltHelp and which hdmi port is the best on my tv?", reply_to=post_id)
    holder = scene.asked(second)[0]
    scene.click(holder, "Answer", second)
    assert "A customer, " in scene.window(holder)
    assert "@VoltHelp, " in scene.window(holder), "our own answer is ours"
    scene.pass_time(hours=30)
    assert "A customer thanks you" in str(scene._messages("ann"))
    account.tell()
    print_trail(scene.look(lambda tx: read_question(tx, f"x:{post_id}", jobs=JobQueue(scene.clock))), None)
    said = capsys.readouterr().out
    assert said.count("a customer “") == 3
    assert "a customer: @VoltHelp why" in said
