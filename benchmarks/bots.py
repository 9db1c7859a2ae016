"""Baselines of `benchmarks.throughput`: the same work by a bare tweepy and Bolt script, and by a hand-written outbox.

Both read the brand's mentions, ask as many experts, open the window on Answer, show what will be posted, post it on
confirmation and make every card say so: the least number of calls with which that can be done. `bare` keeps everything
in memory and loses it when killed. `outbox` writes what it is about to do into SQLite before each call and what came of
it after it, synced to disk at each commit, and carries on where it was after a restart; it does not look before it
sends again. Nothing of twelp is used here.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests
import tweepy
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

_SENDERS = 8
_LISTENERS = 32
_POLL_S = 0.2


class _Session(requests.Session):
    """Points tweepy at another host."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base_url = base_url
        self.trust_env = False

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        request.url = str(request.url).replace("https://api.twitter.com", self._base_url)
        return super().prepare_request(request)


class Bare:
    """The script anybody would write first.

    Args:
        url: where X and Slack are.
        keys: the sandbox's credentials, by the names of `.env`.
        wave: how many experts are asked.
    """

    def __init__(self, url: str, keys: dict[str, str], wave: int) -> None:
        self._url = url
        self._keys = keys
        self._wave = wave
        self._local = threading.local()
        self._slack = WebClient(keys["SLACK_BOT_TOKEN"], base_url=f"{url}/api/", timeout=10)
        self._slack.proxy = None
        self._senders = ThreadPoolExecutor(_SENDERS)
        self._guard = threading.Lock()
        self._questions: dict[str, dict[str, Any]] = {}
        self._channels: dict[str, str] = {}
        app = App(
            client=self._slack,
            signing_secret="",
            token_verification_enabled=False,
            listener_executor=ThreadPoolExecutor(_LISTENERS),
        )
        app.action("answer")(self._answer)
        app.view("form")(self._preview)
        app.view("confirm")(self._confirm)
        app.event("message")(lambda ack: ack())
        self._handler = SocketModeHandler(app, keys["SLACK_APP_TOKEN"])

    # ------------------------------------------------------------ X

    def _x(self) -> tweepy.Client:
        if not hasattr(self._local, "x"):
            names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
            tokens = {name: self._keys[f"X_{name.upper()}"] for name in names}
            self._local.x = tweepy.Client(**tokens, return_type=dict)
            self._local.x.session = _Session(self._url)
        client: tweepy.Client = self._local.x
        return client

    def run(self) -> None:
        """Works until killed."""
        self._handler.connect()
        members = self._slack.users_list(limit=1000)["members"]
        people = itertools.cycle([m["id"] for m in members if not m["is_bot"] and m["id"] != "USLACKBOT"])
        me = self._x().get_me(user_auth=True)["data"]["id"]
        print("Ready:", flush=True)
        since = self.cursor()
        while True:
            page = self._x().get_users_mentions(
                me, user_auth=True, since_id=since, max_results=100, tweet_fields=["author_id", "created_at"]
            )
            posts = sorted(page.get("data") or (), key=lambda post: int(post["id"]))
            if posts:
                since = posts[-1]["id"]
                asked = [(p["id"], p["text"], [next(people) for _ in range(self._wave)]) for p in posts]
                self.heard(asked, since)
            time.sleep(_POLL_S)

    # ------------------------------------------------------------ what an outbox adds to

    def cursor(self) -> str | None:
        """How far mentions were read."""
        return None

    def heard(self, asked: list[tuple[str, str, list[str]]], _cursor: str) -> None:
        """New questions, each with whom to ask."""
        for question, text, people in asked:
            self._questions[question] = {"text": text, "cards": [], "answered": ""}
            for person in people:
                self.send("card", question, person)

    def send(self, kind: str, question: str, subject: str) -> None:
        """Makes a call soon, on a thread of its own."""
        self._senders.submit(self._try, kind, question, subject)

    def taken(self, question: str, text: str) -> bool:
        """The first confirmed text of a question wins."""
        with self._guard:
            known = self._questions[question]
            first = not known["answered"]
            known["answered"] = known["answered"] or text
        if first:
            self.send("reply", question, text)
        return first

    # ------------------------------------------------------------ the calls

    def _try(self, kind: str, question: str, subject: str) -> None:
        try:
            self.carry_out(kind, question, subject)
        except Exception:
            logging.exception("%s of %s", kind, question)

    def carry_out(self, kind: str, question: str, subject: str) -> None:
        """One call, and what follows from it."""
        known = self._questions[question]
        if kind == "card":
            if subject not in self._channels:
                self._channels[subject] = self._slack.conversations_open(users=subject)["channel"]["id"]
            metadata = {"event_type": "card", "event_payload": {"key": f"{question}:{subject}"}}
            answer = self._slack.chat_postMessage(
                channel=self._channels[subject],
                text=known["text"],
                blocks=_card(question, known["text"]),
                metadata=metadata,
            )
            with self._guard:
                known["cards"].append((answer["channel"], answer["ts"]))
        elif kind == "reply":
            self._x().create_tweet(text=subject, in_reply_to_tweet_id=question, user_auth=True)
            with self._guard:
                cards = list(known["cards"])
            for channel, ts in cards:
                self.send("refresh", question, f"{channel} {ts}")
        else:
            channel, _, ts = subject.partition(" ")
            said = f"{known['text']}\n\nAnswered: {known['answered']}"
            self._slack.chat_update(channel=channel, ts=ts, text=said, blocks=[_section(said)])

    # ------------------------------------------------------------ what people do

    def _answer(self, ack: Callable[..., Any], body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        text = self._questions[action["value"]]["text"]
        element = {"type": "plain_text_input", "action_id": "text", "multiline": True}
        field = {"type": "input", "block_id": "answer", "label": _plain("Your answer"), "element": element}
        view = _view("form", "Answer", [_section(text), field], action["value"])
        self._slack.views_open(trigger_id=body["trigger_id"], view=view)

    def _preview(self, ack: Callable[..., Any], view: dict[str, Any]) -> None:
        text = view["state"]["values"]["answer"]["text"]["value"]
        kept = f"{view['private_metadata']}\n{text}"
        ack(response_action="push", view=_view("confirm", "Post this?", [_section(f"{text} ^PX")], kept))

    def _confirm(self, ack: Callable[..., Any], view: dict[str, Any]) -> None:
        question, _, text = view["private_metadata"].partition("\n")
        self.taken(question, f"{text} ^PX")
        ack(response_action="clear")


class Outbox(Bare):
    """The same with a table of what must be sent, in SQLite."""

    def __init__(self, url: str, keys: dict[str, str], wave: int, file: str) -> None:
        super().__init__(url, keys, wave)
        self._rows = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._writing = threading.Lock()
        for line in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE IF NOT EXISTS cursor (id INTEGER PRIMARY KEY, value TEXT)",
            "CREATE TABLE IF NOT EXISTS question (id TEXT PRIMARY KEY, text TEXT, answered TEXT, cards TEXT)",
            "CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, kind TEXT, question TEXT, subject TEXT,"
            " state TEXT, UNIQUE (kind, question, subject))",
        ):
            self._rows.execute(line)
        for question, text, answered, cards in self._rows.execute("SELECT * FROM question"):
            self._questions[question] = {"text": text, "cards": json.loads(cards), "answered": answered}
        self._left = self._rows.execute("SELECT kind, question, subject FROM outbox WHERE state != 'sent'").fetchall()

    def run(self) -> None:
        """What was left unsent first."""
        for row in self._left:
            self._senders.submit(self._try, *row)
        super().run()

    def cursor(self) -> str | None:
        row = self._rows.execute("SELECT value FROM cursor").fetchone()
        return row[0] if row else None

    def heard(self, asked: list[tuple[str, str, list[str]]], cursor: str) -> None:
        questions = [(question, text, "", "[]") for question, text, _ in asked]
        cards = [("card", question, person, "ready") for question, _, people in asked for person in people]
        self._write(
            ("INSERT OR IGNORE INTO question VALUES (?, ?, ?, ?)", questions),
            ("INSERT OR IGNORE INTO outbox (kind, question, subject, state) VALUES (?, ?, ?, ?)", cards),
            ("INSERT OR REPLACE INTO cursor VALUES (1, ?)", [(cursor,)]),
        )
        for question, text, _ in asked:
            self._questions[question] = {"text": text, "cards": [], "answered": ""}
        for kind, question, person, _ in cards:
            self._senders.submit(self._try, kind, question, person)

    def send(self, kind: str, question: str, subject: str) -> None:
        self._write(
            (
                "INSERT OR IGNORE INTO outbox (kind, question, subject, state) VALUES (?, ?, ?, 'ready')",
                [(kind, question, subject)],
            ),
            ("UPDATE question SET answered = ? WHERE id = ?", [(subject, question)] if kind == "reply" else []),
        )
        super().send(kind, question, subject)

    def carry_out(self, kind: str, question: str, subject: str) -> None:
        mark = "UPDATE outbox SET state = ? WHERE kind = ? AND question = ? AND subject = ?"
        self._write((mark, [("calling", kind, question, subject)]))
        super().carry_out(kind, question, subject)
        cards = json.dumps(self._questions[question]["cards"])
        self._write(
            (mark, [("sent", kind, question, subject)]),
            ("UPDATE question SET cards = ? WHERE id = ?", [(cards, question)] if kind == "card" else []),
        )

    def _write(self, *statements: tuple[str, list[Any]]) -> None:
        with self._writing:
            self._rows.execute("BEGIN IMMEDIATE")
            for statement, rows in statements:
                self._rows.executemany(statement, rows)
            self._rows.execute("COMMIT")


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _plain(text)}


def _card(question: str, text: str) -> list[dict[str, Any]]:
    labels = (("answer", "Answer"), ("claim", "Take it"), ("pass", "Rather not"))
    buttons = [{"type": "button", "action_id": a, "text": _plain(label), "value": question} for a, label in labels]
    quoted = {"type": "mrkdwn", "text": f"> {text}"}
    where = {"type": "mrkdwn", "text": f"<https://x.com/i/status/{question}|Open the post>"}
    return [
        {"type": "header", "text": _plain("A customer asks")},
        {"type": "section", "text": quoted},
        {"type": "section", "text": where},
        {"type": "actions", "elements": buttons},
    ]


def _view(name: str, title: str, blocks: list[dict[str, Any]], kept: str) -> dict[str, Any]:
    head = {"type": "modal", "callback_id": name, "title": _plain(title), "submit": _plain("Go on")}
    return head | {"private_metadata": kept, "blocks": blocks}


def main() -> None:
    """Runs one of them until it is killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("bare", "outbox"))
    parser.add_argument("url")
    parser.add_argument("--keys", required=True, help="credentials as JSON")
    parser.add_argument("--wave", type=int, default=3)
    parser.add_argument("--file", default="outbox.db")
    given = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    keys = json.loads(given.keys)
    bot = Bare(given.url, keys, given.wave)
    if given.kind == "outbox":
        bot = Outbox(given.url, keys, given.wave, given.file)
    bot.run()


if __name__ == "__main__":
    main()
