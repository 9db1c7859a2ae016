"""Whoever opens the first window after a start waits no longer than the next: all was loaded before *Ready*.

Slack gives three seconds for the acknowledgement of a click and for the window that it opens.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.stories.town import ANSWER, QUESTION, ROSTER, Town, mail
from twelp import wiring
from twelp.sandbox.server import Running

HOUSE = """
import json, sys
from pathlib import Path
from twelp import wiring
from twelp.config import Settings
from twelp.roster import load

house = wiring.build(Settings.read(), load(Path("experts.yaml")), quick=True)
house.start()
at_start = set(sys.modules)
print(house.slack_address, flush=True)
input()
print(json.dumps([sorted(at_start), sorted(set(sys.modules) - at_start)]), flush=True)
house.stop()
"""
"""A house in a process of its own, which tells what was loaded when it was ready, and what was loaded since."""


@pytest.mark.parametrize("http", [False, True], ids=["sockets", "http"])
def test_nothing_is_loaded_while_the_first_person_waits_for_a_window(
    sandbox: Running, tmp_path: Path, http: bool
) -> None:
    more = ["DATABASE_URL=sqlite:///t.db", "PORT=0", "TWELP_SEMANTIC=off", "TWELP_HOLD_SECONDS=0", "X_POLL_SECONDS=0.2"]
    (tmp_path / ".env").write_text("\n".join([wiring.dotenv(sandbox.url, http=http), *more]), encoding="utf-8")
    (tmp_path / "experts.yaml").write_text(ROSTER, encoding="utf-8")
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    town = Town(sandbox)
    with subprocess.Popen([sys.executable, "-c", HOUSE], cwd=tmp_path, **pipes) as house:
        try:
            assert house.stdin is not None
            assert house.stdout is not None
            address = house.stdout.readline().strip()
            if http:
                town.control("POST", "slack/request_url", {"url": address})
            answer_one(town)
            house.stdin.write("\n")
            house.stdin.flush()
            at_start, since = json.loads(house.stdout.readline())
        finally:
            house.kill()
            town.leave()
    assert "twitter_text" in at_start
    theirs = [name for name in since if name.partition(".")[0] not in sys.stdlib_module_names]
    assert not theirs, f"loaded while somebody waited: {theirs}"


def answer_one(town: Town) -> None:
    """A question comes; somebody opens the window, writes, has it checked, and confirms."""
    town.post(QUESTION)
    town.until(lambda: town.control("GET", "slack/messages", user=mail("ann"))["messages"], "the card")
    town.click("ann", "Answer")
    view = town.until(lambda: town.view("ann"), "the window")
    text = f"{ANSWER} See https://example.com/help — ¡suerte! 👍"
    body = {"user": mail("ann"), "view_id": view["id"], "text": text, "action_id": "twelp_typing"}
    town.control("POST", "slack/type", body)
    assert not town.submit("ann", text)["errors"]
    town.submit("ann")
    town.until(town.ours, "the answer")
