"""The process is killed while a private reply is on its way: it is sent once, and a message that came is not lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories.children import Child
from tests.stories.test_killed import hangs, town  # noqa: F401 - a fixture
from tests.stories.test_private_messages import REPLY, SECRET
from tests.stories.test_privately import PRIVATE
from tests.stories.town import Town, words


def private_card(town: Town, person: str) -> dict[str, Any] | None:  # noqa: F811
    found = [card for card in town.cards(person) if "private:" in str(card["metadata"])]
    return found[0] if found else None


def says(town: Town, person: str, said: str) -> bool:  # noqa: F811
    card = private_card(town, person)
    return card is not None and said in words(card["blocks"])


@pytest.mark.timeout(300)
def test_killed_between_sent_and_saved_a_private_reply_is_sent_once(
    town: Town,  # noqa: F811
    database_url: str,
    tmp_path: Path,
):
    def run() -> Child:
        child = Child(tmp_path / "house", town.url, database_url, roster=PRIVATE, X_PRIVATE_SECONDS=0.2)
        town.until(lambda: child.ready, "the start", 90)
        return child

    child = run()
    try:
        town.until(lambda: town.requests("GET", "/2/dm_events"), "the first reading")
        town.fault(kind="lost_response", network="x", method="GET", path="/2/dm_events")
        town.control("POST", "x/directs", {"as": "mia", "text": SECRET})
        town.until(lambda: hangs(town, "/2/dm_events"), "a reading nobody hears of")
        child.kill()
        child = run()
        town.until(lambda: says(town, "mo", SECRET), "the card")
        person = town.running.sandbox.x.account("mia").id
        path = f"/2/dm_conversations/with/{person}/messages"
        town.fault(kind="lost_response", network="x", method="POST", path=path)
        card = private_card(town, "mo")
        assert card is not None
        town.press("mo", card, label="Reply privately")
        town.submit("mo", REPLY)
        town.until(lambda: "Exactly this is sent" in town.window("mo"), "the confirmation")
        town.submit("mo")
        town.until(lambda: hangs(town, path), "a reply nobody knows of")
        child.kill()
        child = run()
        town.until(lambda: says(town, "mo", "Private message: replied"), "the card's last word", 60)
    finally:
        child.stop()
    sent = [one["text"] for one in town.control("GET", "x/directs")["directs"] if one["from"] == "VoltHelp"]
    assert sent == [REPLY]
    assert town.requests("POST", path) == 1
    assert len([card for card in town.cards("mo") if "private:" in str(card["metadata"])]) == 1
    assert "Traceback" not in child.output
    for said in (SECRET, REPLY, str(person)):
        assert said not in child.output
