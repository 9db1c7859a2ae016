"""The process is killed while a conversation goes on: nothing of what the customer did is lost, nothing comes twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.children import Child
from tests.stories.test_correcting import RIGHT
from tests.stories.test_edits import noted
from tests.stories.test_killed import hangs, stage, town  # noqa: F401 - a fixture
from tests.stories.test_learning import menu
from tests.stories.test_writing import write
from tests.stories.town import ANSWER, Town
from twelp.adapters.store import SqlStore
from twelp.model import Stage

SLIP = "@VoltHelp why does my zebra tv show no pictre?"
MENDED = "@VoltHelp why does my zebra tv show no picture?"


def question_stage(database_url: str, post_id: str) -> Stage | None:
    """Where it stands; None: it is no question yet."""
    try:
        return stage(database_url, post_id)
    except AssertionError:
        return None


def turn(database_url: str, post_id: str) -> int:
    store = SqlStore(database_url, reading=True)
    try:
        with store.read() as tx:
            found = tx.question(f"x:{post_id}")
    finally:
        store.close()
    return found.turn if found is not None else -1


@pytest.mark.timeout(300)
def test_killed_while_a_post_is_posted_anew_and_while_its_customer_comes_back(
    town: Town,  # noqa: F811
    database_url: str,
    tmp_path: Path,
):
    def run() -> Child:
        child = Child(tmp_path / "house", town.url, database_url)
        town.until(lambda: child.ready, "the start", 90)
        return child

    asked = ("ann", "bob", "cy")
    child = run()
    try:
        first = town.post(SLIP)
        town.until(lambda: all(town.cards(person) for person in asked), "everybody's card")
        # between the look that tells that the former post is gone, and what follows from it
        town.fault(kind="lost_response", network="x", method="GET", path="/2/tweets")
        town.delete(first)
        second = town.post(MENDED)
        town.until(lambda: hangs(town, "/2/tweets"), "a look that nobody hears of")
        child.kill()
        child = run()
        town.until(lambda: question_stage(database_url, second) is not None, "the newer question", 60)
        assert [len(town.cards(person)) for person in asked] == [1, 1, 1]
        town.until(lambda: second in str(town.card("ann")["blocks"]), "the newer words on the card", 60)
        assert question_stage(database_url, first) is Stage.WITHDRAWN
        town.click("ann", "Answer")
        write(town, "ann", ANSWER)
        town.submit("ann", ANSWER)
        town.submit("ann")
        town.until(lambda: question_stage(database_url, second) is Stage.PUBLISHED, "the answer", 60)
        # between the message to the author and our knowing of it
        town.fault(kind="lost_response", network="slack", path="/api/chat.postMessage")
        town.post("@VoltHelp that did not help", reply_to=str(town.ours()[0]["id"]))
        town.until(lambda: hangs(town, "/api/chat.postMessage"), "a message nobody knows of", 60)
        child.kill()
        child = run()
        town.until(lambda: "came back after your answer" in noted(town, "ann"), "the message", 60)  # type: ignore[arg-type]
        town.until(lambda: "Can you answer this?" in town.words("ann", second), "the card's buttons", 60)
    finally:
        child.stop()
    assert turn(database_url, second) == 1
    assert noted(town, "ann").count("came back after your answer: ") in (1, 2)  # type: ignore[arg-type]
    notes = [card for card in town.cards("ann") if "came back after your answer" in str(card["blocks"])]
    assert len(notes) == 1
    assert len(town.ours()) == 1
    assert "Traceback" not in child.output


@pytest.mark.timeout(300)
def test_killed_while_a_correction_takes_the_old_answers_place_one_answer_stands(
    town: Town,  # noqa: F811
    database_url: str,
    tmp_path: Path,
):
    def run() -> Child:
        child = Child(tmp_path / "house", town.url, database_url)
        town.until(lambda: child.ready, "the start", 90)
        return child

    child = run()
    try:
        post_id = town.post(MENDED)
        town.until(lambda: town.cards("ann"), "the card")
        town.click("ann", "Answer")
        write(town, "ann", ANSWER)
        town.submit("ann", ANSWER)
        town.submit("ann")
        town.until(lambda: question_stage(database_url, post_id) is Stage.PUBLISHED, "the answer", 60)
        town.until(lambda: "Answered by Ann Lee" in town.words("ann"), "the card's word", 60)
        standing = str(town.ours()[0]["id"])
        menu(town, "ann", "correct", post_id)
        town.until(lambda: town.view("ann"), "the window")
        town.submit("ann")
        town.until(lambda: question_stage(database_url, post_id) is Stage.CLAIMED, "the correction", 60)
        town.until(lambda: "This one is yours" in town.words("ann", post_id), "its card", 60)
        town.fault(kind="lost_response", network="x", method="DELETE", path=f"/2/tweets/{standing}")
        town.click("ann", "Answer", post_id)
        write(town, "ann", RIGHT)
        town.submit("ann", RIGHT)
        town.submit("ann")
        town.until(lambda: hangs(town, f"/2/tweets/{standing}"), "a deletion nobody knows of", 60)
        child.kill()
        child = run()
        town.until(lambda: question_stage(database_url, post_id) is Stage.PUBLISHED, "the end of it", 60)
    finally:
        child.stop()
    assert [post["text"] for post in town.ours()] == [f"{RIGHT} ^AL"]
    assert "Traceback" not in child.output
