"""The process is killed at the worst moment, for real: between "sent" and "saved"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.children import Child
from tests.stories.test_threads import POSTS, TEXT, thread
from tests.stories.test_writing import press, write
from tests.stories.town import QUESTION, Town
from twelp.adapters.store import SqlStore
from twelp.model import Question, Stage
from twelp.sandbox import wire
from twelp.sandbox.server import Running


@pytest.fixture
def town(sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A town where what is lost on its way back leaves the caller waiting, instead of ending the connection."""

    async def silent(_scope: Any, receive: Any, _send: Any) -> None:
        await wire._until_gone(receive, 60)

    monkeypatch.setattr(wire, "_drop", silent)
    made = Town(sandbox)
    yield made
    made.leave()


def hangs(town: Town, path: str) -> bool:
    """Whether a call was carried out whose answer is not coming."""
    lost = [r for r in town.running.sandbox.record.requests() if r.fault == "lost_response"]
    return any(r.path == path and r.status == 0 for r in lost)


def stage(database_url: str, post_id: str) -> Stage:
    store = SqlStore(database_url, reading=True)
    try:
        with store.read() as tx:
            found = tx.question(f"x:{post_id}")
    finally:
        store.close()
    assert isinstance(found, Question)
    return found.stage


@pytest.mark.timeout(300)
def test_killed_between_sent_and_saved_a_card_and_each_post_exist_once(town: Town, database_url: str, tmp_path: Path):
    """Killed while Slack shows a card we do not know of; killed again while X shows a post we do not know of: the first
    of a thread, or (on Postgres) the second."""
    before = 0 if database_url.startswith("sqlite") else 1

    def run() -> Child:
        child = Child(tmp_path / "house", town.url, database_url)
        town.until(lambda: child.ready, "the start", 90)
        return child

    town.fault(kind="lost_response", network="slack", path="/api/chat.postMessage")
    child = run()
    try:
        post_id = town.post(QUESTION)
        town.until(lambda: hangs(town, "/api/chat.postMessage"), "a card nobody knows of")
        child.kill()
        town.fault(kind="lost_response", network="x", method="POST", path="/2/tweets", after=before)
        child = run()
        asked = ("ann", "bob", "cy")
        town.until(lambda: all(town.cards(person) for person in asked), "everybody's card")
        town.click("cy", "Answer")
        write(town, "cy", TEXT)
        town.until(lambda: "Post as a thread of 3" in town.window("cy"), "the offer")
        press(town, "cy", "Post as a thread of 3")
        town.until(lambda: "Post 3 of 3" in town.window("cy"), "the thread")
        town.submit("cy", TEXT)
        town.submit("cy")
        town.until(lambda: hangs(town, "/2/tweets"), "a reply nobody knows of")
        child.kill()
        assert stage(database_url, post_id) is Stage.PUBLISHING
        assert len(town.ours()) == before + 1
        child = run()
        town.until(lambda: stage(database_url, post_id) is Stage.PUBLISHED, "the end of it", 60)
        town.until(lambda: "Answered by Cy Moss" in town.words("ann"), "the card's last word", 60)
    finally:
        child.stop()
    assert thread(town, post_id) == [*POSTS[:2], POSTS[2].replace("^AL", "^CM")]
    assert town.requests("POST", "/2/tweets") == 3
    assert [len(town.cards(person)) for person in asked] == [1, 1, 1]
    assert "Traceback" not in child.output


def test_sigterm_stops_the_house_quickly_and_cleanly(town: Town, database_url: str, tmp_path: Path):
    child = Child(tmp_path / "house", town.url, database_url)
    town.until(lambda: child.ready, "the start", 90)
    child.process.terminate()
    assert child.process.wait(20) == 0
    assert "Traceback" not in child.output
