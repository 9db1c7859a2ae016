"""A house that speaks another language, from one file and by one setting: nobody in Slack reads a word of English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_manual_lane import POST
from tests.stories.test_second_eyes import SOUND
from tests.stories.test_volunteers import open_home, says
from tests.stories.town import ANSWER, QUESTION, ROSTER, mail
from tests.texts import pseudo
from twelp.model import Stage
from twelp.texts.phrase import Language, speak

CRISIS = "@VoltHelp your charger exploded and burned my hand"
NOT_ALLOWED = {
    "title": "Forbidden",
    "detail": "You are not allowed to reply to this conversation.",
    "type": "about:blank",
    "status": 403,
}
PEOPLE = re.findall(r"slack: (\w+)@", ROSTER)
COMMANDS = (
    *("help", "status", "topics", "stats", "quiet", "quiet 22", "quiet 22-8", "quiet default", "budget", "budget x"),
    *("pause", "pause 2h", "status", "pause xyz", "resume", "resume", "digest", "digest on", "digest off", "dance"),
)
OUTSIDE = re.compile(r"@\w+|https?://\S+|Tia New|Mo Dee|Ann Lee|mia|Mia")


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    speak(Language())


class Reader:
    """Reads over everybody's shoulder, and keeps what was no text of the catalogue."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.strange: dict[str, None] = {}
        self.read = 0

    def look(self, part: Any) -> None:
        for said in pseudo.read(part):
            self.read += 1
            if re.search(r"[^\W\d_]{2,}", OUTSIDE.sub("", pseudo.outside(said))):
                self.strange[said] = None

    def look_at(self, *people: str) -> None:
        for person in people:
            for message in self.scene.control("GET", "slack/messages", user=mail(person))["messages"]:
                self.look([message.get("blocks") or [], {"text": message.get("text")}])
            views = self.scene.control("GET", "slack/views", user=mail(person))
            self.look([[view, view["blocks"]] for view in views["stack"]])
            self.look((views["home"] or {}).get("blocks"))

    def press(self, person: str, label: str, post_id: str | None = None) -> None:
        self.scene.press(person, self.scene.card(person, post_id), label=f"⟦{label}⟧")
        self.look_at(person)

    def submit(self, person: str, text: str | None = None) -> None:
        self.scene.submit(person, text)
        self.look_at(person)


@pytest.mark.only_on("sqlite", reason="it is about words")
def test_nobody_reads_a_word_of_english_in_a_house_that_speaks_another_language(closed_scene: Scene, tmp_path: Path):
    """Cards, windows, the Home tab, notes and what `/twelp` says, from the first ask to thanks and alarms."""
    scene = closed_scene
    file = tmp_path / "pseudo.toml"
    file.write_text(pseudo.file(), encoding="utf-8")
    scene.open(language=str(file))
    reader = Reader(scene)
    post_id = scene.post(QUESTION)
    asked = scene.asked(post_id)
    reader.press(asked[0], "Claim", post_id)
    reader.press(asked[0], "Release", post_id)
    reader.press(asked[1], "Not me", post_id)
    reader.press(asked[0], "Answer", post_id)
    reader.submit(asked[0], "⟧")  # no words in it
    reader.submit(asked[0], ANSWER)
    reader.submit(asked[0])
    reader.press(asked[0], "Undo", post_id)
    reader.press(asked[0], "Answer", post_id)
    reader.submit(asked[0])
    reader.submit(asked[0])
    reader.look_at(*PEOPLE)
    scene.pass_time(seconds=61)
    assert len(scene.replies(post_id)) == 1
    scene.post("@VoltHelp thank you, that worked!", reply_to=post_id)
    by_hand = scene.post("@VoltHelp the picture of my tv flickers, what can i do?", "nia")
    scene.fault(**POST, kind="status", status=403, body=NOT_ALLOWED, times=None)
    first = scene.asked(by_hand)[0]
    reader.press(first, "Answer", by_hand)
    reader.submit(first, ANSWER.replace("It", "This"))
    reader.submit(first)
    scene.pass_time(minutes=2)
    assert scene.stage(by_hand) is Stage.LANE
    scene.control("DELETE", "faults")
    reader.press("mo", "I posted it", by_hand)
    reader.look_at(*PEOPLE)
    scene.post(CRISIS)
    audio = scene.post(SOUND)
    reader.press("tia", "Answer", audio)
    reader.submit("tia", ANSWER)
    reader.submit("tia")
    scene.pass_time(minutes=31)
    reader.press("mo", "Send back", audio)
    reader.submit("mo", "⟦shorter⟧")
    scene.pass_time(hours=9)
    for word in COMMANDS:
        reader.look({"text": says(scene, "bob", word)})
    for person in ("ann", "mo"):
        open_home(scene, person)
    reader.look({"text": says(scene, "bob", "leave")})
    reader.look_at(*PEOPLE)
    assert reader.read > 300
    assert list(reader.strange) == []
