"""`twelp trail`: the journal of one post, read as the question's way."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from twelp.adapters.x.parse import created_at_of, number_of
from twelp.cli.names import actor, handle, names
from twelp.cli.screen import Screen
from twelp.cli.third_person import joined
from twelp.cli.watch import asked
from twelp.config import Settings
from twelp.errors import StoreError, TwelpError
from twelp.flow.past import Beginning
from twelp.model import Entry, Post, Roster, Verdict
from twelp.wiring import RealClock, reading


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
        cursor, begins = tx.cursor("x"), tx.cursor("x:begin")
    store.close()
    if heard is None:
        raise TwelpError(_unheard(key, cursor, begins, settings))
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
                    "trail": [_written(entry) for entry in entries],
                },
                default=str,
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    _print(post, verdict, list(entries), names(settings))


def _written(entry: Entry) -> dict[str, Any]:
    """The line as others read it: the step together with whom or what it is about."""
    step, why = entry.told()
    return {**dataclasses.asdict(entry), "step": step, "reasons": list(why)}


def _unheard(key: str, cursor: str | None, begins: str | None, settings: Settings) -> str:
    """Why a post is not known: it comes yet, and when; it is from before the first start; or it is not for us."""
    never = f"post {key} was never heard; `twelp sandbox show` and X show the ids of posts"
    number = number_of(key.partition(":")[2])
    if number is None:
        return never
    if begins is not None and created_at_of({"id": number}, RealClock().now()) < (began := Beginning.read(begins).at):
        return f"post {key} is from before {began:%Y-%m-%d %H:%M} UTC, where reading began (TWELP_BACKLOG)"
    if number <= (number_of(cursor) or 0):
        return f"{never}. It does not mention us, or was deleted before it was read: newer ones were read"
    ready, checks = asked(settings)
    listener = checks.get("listener", {})
    if ready is None:
        return f"post {key} is not read yet: no twelp answers here ({checks['http']['said']})"
    if not listener.get("ok"):
        return f"post {key} is not read yet: {listener.get('said', 'nobody reads X')}"
    return (
        f"post {key} is not read yet, if it is there and mentions us: X was {listener['said']}; look again in a moment"
    )


def _print(post: Post, verdict: Verdict, entries: list[Entry], roster: Roster | None) -> None:
    screen = Screen()
    screen.show([(f"{handle(post.author)}: {post.text}", "bold")])
    screen.show([(f"{post.created_at:%Y-%m-%d %H:%M:%S} UTC  {post.url}", "")])
    for entry in entries:
        step, why = entry.told()
        words = [(step, "bold"), *([(f"  {joined(why)}", "")] if why else [])]
        screen.show(words, [(f"{entry.at:%H:%M:%S}  ", ""), (f"{actor(entry, roster):<14} ", "cyan")])
    if not entries:
        screen.show([(f"{verdict.kind.value}: {joined(verdict.reasons)}", "")])
