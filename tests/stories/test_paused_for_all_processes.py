"""Two processes work off a full outbox: a pause stops both within a second, and nothing is lost or doubled by it."""

from __future__ import annotations

import os
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.stories.children import Child
from tests.stories.town import ROSTER, Town, mail, read_roster
from twelp import wiring
from twelp.adapters.store import SqlStore
from twelp.desk import halts
from twelp.engine import JobQueue
from twelp.model import Account, AnswerState, DeliveryKind, Halt, Kind, Post, Question, Stage, TopicScore, Verdict
from twelp.sandbox.server import serve
from twelp.wiring import RealClock

MANY = int(os.environ.get("PAUSED_OUTBOX", "60"))
ROUNDS = int(os.environ.get("PAUSED_ROUNDS", "2"))
GOES_ON = 8
"""Replies between two pauses."""


def full_outbox(store: SqlStore, town: Town) -> list[str]:
    """So many confirmed answers wait to go out; the next process to start finds their jobs."""
    now, ids = datetime.now(UTC) - timedelta(minutes=1), []
    for number in range(MANY):
        post_id = town.post(f"@VoltHelp why does my tv show no picture? ({number})", f"c{number}")
        ids.append(post_id)
    with store.transaction() as tx:
        for number, post_id in enumerate(ids):
            author, text = Account(str(number), f"c{number}", f"c{number}"), f"Unplug it for {number} seconds. ^AL"
            at = now + timedelta(milliseconds=number)
            words = "@VoltHelp why does my tv show no picture?"
            post = Post("x", post_id, author, words, at, conversation=post_id, mentions=("volthelp",))
            tx.add_post(post, Verdict(Kind.QUESTION, ()), at, post.key)
            stage, topics = Stage.PUBLISHING, (TopicScore("tv", 1.0),)
            tx.open_question(Question(post.key, post, stage, 3, topics, 1, at, mail("ann"), at))
            answer = tx.save_answer(post.key, mail("ann"), text, (text,), state=AnswerState.ACCEPTED, reasons=(), at=at)
            key = f"reply:{post.key}"
            kind = DeliveryKind.REPLY
            tx.add_delivery(key, kind, question=post.key, subject=str(answer.id), pieces=(text,), at=at, target=post_id)
        tx.connection.execute(sa.text("INSERT INTO twelp_house (name, value) VALUES ('jobs', 'lost')"))
    return ids


@pytest.mark.only_on("postgres", reason="SQLite serves one process")
@pytest.mark.timeout(600)
def test_a_pause_stops_every_process_within_a_second_and_kills_lose_and_double_nothing(
    postgres_url: str, tmp_path: Path
):
    with serve(wiring.seed(read_roster(ROSTER))) as running, ExitStack() as leaving:
        town = Town(running)
        leaving.callback(town.leave)
        store = SqlStore(postgres_url)
        leaving.callback(store.close)
        ids = full_outbox(store, town)
        houses = [Child(tmp_path / name, town.url, postgres_url) for name in ("one", "two")]
        leaving.callback(lambda: [house.stop() for house in houses])
        jobs = JobQueue(RealClock())
        town.until(lambda: len(town.ours()) >= GOES_ON, "the first answers", 180)
        for turn in range(ROUNDS):
            stopped = Halt(None, "operator test", "a story", datetime.now(UTC))
            with store.transaction() as tx:
                assert halts.pause(tx, stopped)
            time.sleep(1)
            sent = len(town.ours())
            if turn % 2:
                houses[turn // 2 % 2].kill()
                houses[turn // 2 % 2] = Child(tmp_path / f"again{turn}", town.url, postgres_url)
            time.sleep(2)
            assert len(town.ours()) == sent, "something went out later than a second after the pause"
            assert sent < MANY, "there was nothing left to stop"
            with store.transaction() as tx:
                assert halts.resume(tx, jobs, stopped, "operator test", datetime.now(UTC), two=False).ok
            enough = min(MANY, sent + GOES_ON)
            town.until(lambda enough=enough: len(town.ours()) >= enough, "the next answers", 90)
        town.until(lambda: {p["in_reply_to"] for p in town.ours()} == set(ids), "all the answers", 300)
        time.sleep(1)
        assert Counter(post["in_reply_to"] for post in town.ours()) == dict.fromkeys(ids, 1)
        assert "went wrong" not in "".join(house.output for house in houses)
