"""`twelp trail`: the journal of one post, read as the question's way."""

from __future__ import annotations

import dataclasses
import json

from twelp.cli.names import actor, names
from twelp.cli.screen import Screen
from twelp.cli.third_person import joined
from twelp.config import Settings
from twelp.errors import StoreError, TwelpError
from twelp.model import Entry, Post, Roster, Verdict
from twelp.wiring import reading


def trail(post_id: str, *, as_json: bool) -> None:
    """Prints the trail of a post.

    Raises:
        StoreError: there is no database yet.
        TwelpError: the post was never heard.
    """
    settings = Settings.read()
    store = reading(settings)
    if store is None:
        raise StoreError("there is no database yet, so no post was heard: run twelp first", absent=True)
    key = post_id if ":" in post_id else f"x:{post_id}"
    with store.look() as tx:
        heard = tx.post(key)
        entries = tx.trail(key)
        question = tx.question(key)
    store.close()
    if heard is None:
        raise TwelpError(f"post {key} was never heard; `twelp sandbox show` and X show the ids of posts")
    post, verdict = heard
    if as_json:
        stage = {"stage": question.stage.value, "reply_url": question.reply_url} if question else {}
        print(
            json.dumps(
                {
                    "post": dataclasses.asdict(post),
                    "verdict": verdict.kind.value,
                    "reasons": list(verdict.reasons),
                    "question": stage or None,
                    "trail": [dataclasses.asdict(entry) for entry in entries],
                },
                default=str,
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    _print(post, verdict, list(entries), names(settings))


def _print(post: Post, verdict: Verdict, entries: list[Entry], roster: Roster | None) -> None:
    screen = Screen()
    who = f"@{post.author.handle}" if post.author.handle else "a customer"
    screen.show([(f"{who}: {post.text}", "bold")])
    screen.show([(f"{post.created_at:%Y-%m-%d %H:%M:%S} UTC  {post.url}", "")])
    for entry in entries:
        words = [(entry.step, "bold"), *([(f"  {joined(entry.reasons)}", "")] if entry.reasons else [])]
        screen.show(words, [(f"{entry.at:%H:%M:%S}  ", ""), (f"{actor(entry, roster):<14} ", "cyan")])
    if not entries:
        screen.show([(f"{verdict.kind.value}: {joined(verdict.reasons)}", "")])
