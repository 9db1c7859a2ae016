"""What a replay counts of customers who go on in their own threads."""

from __future__ import annotations

import json
from pathlib import Path

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION
from twelp.cli import details
from twelp.cli.recorded import Recorded, read


def recorded(number: int, author: str = "mia", to: int | None = None) -> Recorded:
    return Recorded(number, str(number), author, "", None, None if to is None else str(to))


def test_a_recording_without_the_brands_posts_still_tells_what_answers_what(tmp_path: Path):
    lines = [
        {"tweet_id": 1, "author_id": "june", "text": "@a no sound?", "response_tweet_id": "2,5"},
        {"tweet_id": 3, "author_id": "june", "text": "the blue one", "in_response_to_tweet_id": "2.0"},
    ]
    path = tmp_path / "posts.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert [post.reply_to for post in read(path).posts] == [None, "1"]


def test_what_a_customer_wrote_on_is_counted_by_what_became_of_it(scene: Scene):
    first = scene.post(QUESTION)
    added = scene.post("@VoltHelp it is the zebra model", reply_to=first)
    scene.answer("ann", "Which firmware is on it?", first)
    scene.pass_time(minutes=2)
    told = scene.post("@VoltHelp version 4.2", reply_to=str(scene.ours()[0]["id"]))
    scene.answer("ann", "Then update it.", first)
    scene.pass_time(minutes=2)
    thanks = scene.post("@VoltHelp thank you so much!", reply_to=first)
    anew = scene.post("@VoltHelp and how do I hang it on the wall?", reply_to=first)
    friend = scene.post("@mia same here lol", "leo", reply_to=first)
    posts = [recorded(1), *(recorded(number, to=1) for number in (2, 3, 4, 5)), recorded(6, "leo", 1)]
    ids = dict(zip("123456", (first, added, told, thanks, anew, friend), strict=True))
    roster = scene.running_house.desk.roster
    found = scene.look(lambda tx: details.count(tx, posts, ids, "x", roster))
    assert found == {"details": 2, "details_to_asker": 2, "details_dropped": 0, "asked_anew": 1, "reopened": 1}
