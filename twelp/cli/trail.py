"""`twelp trail`: the journal of one post, read as the question's way."""

from __future__ import annotations

import json

from twelp.cli.names import actor, handle, names
from twelp.cli.screen import Screen
from twelp.cli.third_person import joined
from twelp.cli.watch import asked
from twelp.config import Settings
from twelp.engine import JobQueue
from twelp.errors import StoreError, TwelpError
from twelp.flow.past import ReadingStart
from twelp.model import Roster, scope_of
from twelp.networks import NetworkRules, unconnected
from twelp.ports import Tx
from twelp.reading import QuestionView, read_question, shapes
from twelp.wiring import RealClock, reading, rules


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
    roster = names(settings)
    with store.read() as tx:
        key = _key(tx, post_id)
        network = key.partition(":")[0]
        found = read_question(tx, key, jobs=JobQueue(RealClock()), roster=roster)
        cursor, begins = tx.cursor(network), tx.cursor(f"{network}:begin")
    store.close()
    if found is None:
        raise TwelpError(_unheard(key, cursor, begins, rules().get(network) or unconnected(network), settings))
    if as_json:
        print(json.dumps(shapes.as_json(found), ensure_ascii=False, indent=2))
    else:
        _print(found, roster)


def show(post_id: str, of_pauses: bool, *, as_json: bool) -> None:
    """The trail of a post, or that of pauses.

    Raises:
        TwelpError: neither was asked for, or both; or as the two say.
    """
    if of_pauses is (post_id != ""):
        raise TwelpError("say of what: a post's id, or --pauses")
    if of_pauses:
        pauses(as_json=as_json)
    else:
        trail(post_id, as_json=as_json)


def pauses(*, as_json: bool) -> None:
    """Prints what was paused and resumed, by whom and why, oldest first; of topics, those of the roster.

    Raises:
        StoreError: there is no database yet.
    """
    settings = Settings.read()
    store = reading(settings)
    if store is None:
        raise StoreError("there is no database yet, so nothing was paused: run twelp first", absent=True)
    roster = names(settings)
    scopes = [scope_of(topic) for topic in (None, *(roster.topics if roster else ()))]
    with store.read() as tx:
        found = [entry for scope in scopes for entry in tx.trail(f"pause:{scope}")]
    store.close()
    found.sort(key=lambda entry: entry.at)
    if as_json:
        print(json.dumps([shapes.as_json(entry) for entry in found], ensure_ascii=False, indent=2))
        return
    screen = Screen()
    for entry in found:
        step, why = entry.told()
        what = entry.subject.partition(":")[2]
        words = [(f"{what}: {step}", "bold"), *([(f"  {joined(why)}", "")] if why else [])]
        who = f"{actor(entry.actor, roster):<14} "
        screen.show(words, [(f"{entry.at:%Y-%m-%d %H:%M:%S}  ", ""), (who, "cyan")])
    if not found:
        print("Nothing was ever paused.")


def _key(tx: Tx, post_id: str) -> str:
    """The key of a post; for an id alone, on the network where it was heard, else on the first there is."""
    if post_id.partition(":")[0] in rules():
        return post_id
    keys = [f"{network}:{post_id}" for network in rules()] if ":" not in post_id else [post_id]
    return next((key for key in keys if tx.post(key) is not None), keys[0])


def _unheard(key: str, cursor: str | None, begins: str | None, network: NetworkRules, settings: Settings) -> str:
    """Why a post is not known: it comes yet, and when; it is from before the first start; or it is not for us."""
    where = network.display_name
    never = f"post {key} was never heard; `twelp sandbox show` and {where} show the ids of posts"
    posted_at = network.hour_of(key.partition(":")[2])
    if posted_at is None:
        return never
    if begins is not None and posted_at < (began := ReadingStart.read(begins).at):
        return f"post {key} is from before {began:%Y-%m-%d %H:%M} UTC, where reading began (TWELP_BACKLOG)"
    read_to = network.hour_of(cursor or "")
    if read_to is not None and posted_at <= read_to:
        return f"{never}. It does not mention us, or was deleted before it was read: newer ones were read"
    ready, checks = asked(settings)
    listener = checks.get(f"listener {network.name}") or checks.get("listener", {})
    if ready is None:
        return f"post {key} is not read yet: no twelp answers here ({checks['http']['said']})"
    if not listener.get("ok"):
        return f"post {key} is not read yet: {listener.get('said', f'nobody reads {where}')}"
    return (
        f"post {key} is not read yet, if it is there and mentions us: {where} was {listener['said']}; "
        "look again in a moment"
    )


def _print(found: QuestionView, roster: Roster | None) -> None:
    screen, post = Screen(), found.post
    screen.show([(f"{handle(post.author)}: {post.text}", "bold")])
    screen.show([(f"{post.created_at:%Y-%m-%d %H:%M:%S} UTC  {post.url}", "")])
    for line in found.trail:
        words = [(line.step, "bold"), *([(f"  {joined(line.reasons)}", "")] if line.reasons else [])]
        screen.show(words, [(f"{line.at:%H:%M:%S}  ", ""), (f"{actor(line.actor, roster):<14} ", "cyan")])
    if not found.trail:
        screen.show([(f"{found.verdict.value}: {joined(found.reasons)}", "")])
    for timer in found.next:
        if timer.run_at is not None and timer.job != "deliver":
            screen.show([(timer.does, "")], [(f"{timer.run_at:%H:%M:%S}  ", ""), (f"{'next':<14} ", "cyan")])
