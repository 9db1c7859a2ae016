"""`twelp explain`: the same decisions the bot would make about a post now, with their reasons, and nothing done.

`--file` reads many texts and tells what triage takes each for, one JSON line a text, in the file's order.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from twelp.adapters.store import SqlStore
from twelp.cli.third_person import joined
from twelp.config import Settings
from twelp.desk import Habits, Records, Rhythms, Subject, find
from twelp.errors import ConfigError
from twelp.flow import triage
from twelp.flow.dispatch import Past, counting, plan, who_may_know
from twelp.flow.volunteers import in_effect
from twelp.model import FOR_PEOPLE, Account, Media, Post, Roster, Verdict
from twelp.roster import load
from twelp.wiring import RealClock, matcher, policy, reading, rules

_NOT_ASKED = {
    "drop": "Nobody would be asked.",
    "ask": "One moderator would be asked whether it is for us.",
    "people": "No volunteer would be asked: the moderators get it at once.",
    "answer": "Nobody would be asked.",
}


def explain(text: str, *, as_json: bool) -> None:
    """Prints what would happen to `text`. Learned answers and today's asks count where there is a database."""
    settings = Settings.read()
    roster = load(settings.experts, networks=rules().values())
    now = RealClock().now()
    store = reading(settings)
    verdict = _judge(text, roster, now)
    subject, past, active = _known(text, settings, roster, store=store, now=now)
    wave = plan(subject.topics, active, past=past, already=(), now=now, policy=policy(settings), telling=True)
    people = [
        [{**dataclasses.asdict(c), "name": roster.experts[c.expert].name, "reasons": list(c.reasons)} for c in part]
        for part in (wave.asks, wave.considered)
    ]
    if store is not None:
        store.close()
    found = {
        "text": text,
        "verdict": verdict.kind.value,
        **_told(verdict),
        "asks": verdict.asks,
        **subject.detail,
        "match_reasons": [] if subject.topics else list(subject.reasons),
        "experts": people[0] if verdict.asks else [],
        "not_asked_now": people[1] if verdict.asks else [],
        "dispatch_reasons": list(wave.reasons),
        "alarm": _alarmed(verdict, roster),
    }
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print(found)


def explain_each(file: Path) -> None:
    """Prints what triage takes each text of a file for; posts are judged as if each stood alone.

    Raises:
        ConfigError: the file cannot be read, or a line of it holds no text.
    """
    roster = load(Settings.read().experts, networks=rules().values())
    now = RealClock().now()
    for text, pictures in _texts(file):
        print(json.dumps(_told(_judge(text, roster, now, pictures=pictures)), ensure_ascii=False))


def _texts(file: Path) -> Iterator[tuple[str, int]]:
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read ({error}): give JSON lines in UTF-8, each with `text`.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ConfigError(f"{file}, line {number}: is no JSON ({error}): write one object a line.") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise ConfigError(f'{file}, line {number}: has no text: write {{"text": "…"}}.')
        yield row["text"], int(bool(row.get("media")))


def _judge(text: str, roster: Roster, now: datetime, *, pictures: int = 0) -> Verdict:
    network, handles = next(iter(roster.brand.handles)), tuple(roster.brand.handles.values())
    media = (Media("photo"),) * pictures
    post = Post(network, "0", Account("0", "customer"), text, now, "0", mentions=handles, media=media)
    return triage.judge(post, brand=roster.brand, open_question=None, names=roster.names())


def _told(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": verdict.kind.value,
        "way": verdict.way.value,
        "urgency": verdict.urgency.value,
        "language": verdict.language,
        "confidence": round(verdict.confidence, 2),
        "lane": "private" if verdict.private else "public",
        "reasons": list(verdict.reasons),
    }


def _alarmed(verdict: Verdict, roster: Roster) -> dict[str, Any] | None:
    """Who hears of a crisis, in order; None for what is none."""
    if verdict.kind not in FOR_PEOPLE:
        return None
    listed = roster.alarms.listed(verdict.kind)
    return {
        "list": [roster.experts[one].name if one in roster.experts else one for one in listed],
        "moderators": [one.name for one in roster.moderators()],
        "on_call": [one.name for one in roster.experts.values() if one.on_call],
        "after_minutes": int(roster.alarms.after.total_seconds() // 60),
    }


def _known(
    text: str, settings: Settings, roster: Roster, *, store: SqlStore | None, now: datetime
) -> tuple[Subject, Past, Roster]:
    """What the post is about, what is known of people and who takes part, as the desk would see it at this moment."""
    if store is None:
        return find(text, matcher(settings, roster, None), roster, None), Past(), roster
    with store.read() as tx:
        subject = find(text, matcher(settings, roster, store), roster, tx)
        habits = Habits(Rhythms().fresh(tx, roster.experts, now))
        active = in_effect(roster, tx.volunteers())
        topics = counting(subject.topics)
        return subject, Records(tx, now, habits).past(topics, who_may_know(topics, active)), active


def _in_words(alarm: dict[str, Any]) -> str:
    """Who hears of a crisis, as a person reads it."""
    listed = ", ".join(alarm["list"])
    steps = f"then, every {alarm['after_minutes']} minutes until somebody takes it: {listed}; " if listed else ""
    called = f" On call: {', '.join(alarm['on_call'])}." if alarm["on_call"] else ""
    return f"Told at once: moderators who are awake; {steps}at last all moderators again.{called}"


def _print(found: dict[str, Any]) -> None:
    console = Console(highlight=False)
    head = Text(found["verdict"], style="bold green" if found["asks"] else "bold yellow")
    head.append(f"  {'; '.join(found['reasons'])}", style="default")
    console.print(head)
    language = found["language"] or "unknown"
    console.print(
        f"way: {found['way']}, urgency: {found['urgency']}, language: {language}, "
        f"confidence: {found['confidence']:.0%}, lane: {found['lane']}"
    )
    if not found["asks"]:
        console.print(_NOT_ASKED[found["way"]])
    if (alarm := found["alarm"]) is not None:
        console.print(Text(_in_words(alarm)))
    if found["nobody"] or not found["topics"]:
        why = "; ".join(found["match_reasons"]) or "no topic is near"
        console.print(f"No topic: {why}")
    topics = Table("topic", "score", "why", box=None, pad_edge=False)
    for topic in found["topics"]:
        topics.add_row(topic["topic"], f"{topic['score']:.2f}", Text("; ".join(topic["reasons"])))
    console.print(topics)
    chance, limit = found["none_score"], found["nobody_from"]
    console.print(f"The chance that it is about nothing of ours: {chance:.0%}; no topic counts from {limit:.0%} on.")
    console.print(f"The post was read by {found['read_by']}.")
    if found["experts"]:
        people = Table("asked first", "why", box=None, pad_edge=False)
        for expert in found["experts"]:
            people.add_row(Text(expert["name"]), Text(joined(expert["reasons"])))
        console.print()
        console.print(people)
        if found["not_asked_now"]:
            others = ", ".join(f"{e['name']} {e['score']:.2f}" for e in found["not_asked_now"])
            console.print(Text(f"asked later, if nobody answers: {others}"))
    elif found["asks"]:
        console.print(f"Nobody can be asked now: {'; '.join(found['dispatch_reasons'])}")
