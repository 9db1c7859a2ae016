"""Hostile posts on their way to people, and hostile answers on their way to the public."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random
from typing import Any, Final

from benchmarks.hostile import Fault
from benchmarks.hostile.texts import hostile, word
from twelp.adapters.slack import cards, modal, window_state
from twelp.adapters.x.parse import batch_of
from twelp.adapters.x.rules import RULES
from twelp.flow import answer, card, dispatch, gate, listen, match, publish, shorten, triage
from twelp.model import (
    Account,
    Ask,
    AskRole,
    AskState,
    Expert,
    Form,
    Policy,
    Post,
    Preview,
    Question,
    Roster,
    Stage,
    TopicScore,
)
from twelp.roster import check
from twelp.sandbox.slack.blocks import message_faults, view_faults
from twelp.sandbox.slack.pings import pings

NOW: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
US: Final = Account("42", "VoltHelp", "Volt")
ROSTER: Final = """
version: 1
brand: {name: Volt, handles: {x: VoltHelp}}
topics:
  - {id: tv, name: TV, keywords: [tv, picture, hdmi, screen], examples: [my tv shows no picture]}
  - {id: audio, name: Audio, keywords: [sound, speaker, soundbar, headphones], examples: [no sound from the speaker]}
experts:
  - {slack: ann@volt.example, name: Ann Lee, initials: AL, topics: [tv], zone: UTC, daily_asks: 100}
  - {slack: bob@volt.example, name: Bob Roe, initials: BR, topics: [tv], zone: UTC, daily_asks: 100}
  - {slack: cy@volt.example, name: Cy Moss, initials: CM, topics: [audio], zone: UTC, daily_asks: 100}
  - {slack: tia@volt.example, name: Tia New, initials: TN, topics: [audio], level: trainee, zone: UTC, daily_asks: 100}
  - {slack: mo@volt.example, name: Mo Dee, initials: MD, topics: [], level: moderator, zone: UTC, daily_asks: 100}
"""

_MENTION: Final = re.compile(
    r"(?:^|[^a-zA-Z0-9_!#$%&*@＠]|(?:^|[^a-zA-Z0-9_+~.-])(?:rt|RT|rT|Rt):?)(?P<at>[@＠][a-zA-Z0-9_]{1,20})"
)
"""Source: twitter-text's documented grammar of a mention, preceding characters and "RT" included."""
_NO_MENTION: Final = re.compile(r"[@＠]|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]|://")
_SLACK: Final = re.compile(r"<[@#!]\w[^<>\n]*>|<https?:[^<>\s]+\|[^<>]*>")


def roster() -> Roster:
    """A small roster of all levels."""
    made, mistakes = check(ROSTER, "fuzz.yaml")
    assert made is not None, mistakes
    return made


def mentioned(text: str) -> list[str]:
    """Whom X would notify, by its own rules."""
    from twitter_text import extract_urls_with_indices

    links = [found["indices"] for found in extract_urls_with_indices(text)]
    found = []
    for at in range(len(text)):
        if text[at] in "@＠":
            for start in range(max(0, at - 4), at + 1):
                one = _MENTION.match(text, start) if start else _MENTION.match(text)
                if one and one.start("at") == at and not _NO_MENTION.match(text, one.end()):
                    if start and text[start] not in "@＠" and one.group(0)[0] in "@＠":
                        continue
                    if not any(a <= at < b for a, b in links):
                        found.append(one["at"])
                    break
    return found


@dataclass(frozen=True)
class Given:
    """A timeline answer with one post, and a text that an expert typed."""

    answer: dict[str, Any]
    typed: str


class Posts:
    """X's JSON → parse → listen, triage, match, dispatch → cards and windows; and a typed text up to the public."""

    name = "posts"

    def __init__(self) -> None:
        self._roster = roster()
        topics = {
            t.id: match.TopicText(t.name, t.keywords, t.examples, t.aliases) for t in self._roster.topics.values()
        }
        self._matcher = match.fit(topics)

    def make(self, dice: Random) -> Given:
        """A post by somebody with a hostile name, and an answer."""
        text = hostile(dice)
        post = {"id": "2124362377200664576", "author_id": "7", "text": text, "created_at": "2026-11-20T11:59:00.000Z"}
        user = {"id": "7", "username": word(dice), "name": word(dice)}
        return Given({"data": [post], "includes": {"users": [user]}}, hostile(dice, dice.choice((120, 300, 3_000))))

    def faults(self, given: Given) -> Iterator[Fault]:
        """All that is wrong on both ways."""
        batch = batch_of(given.answer, NOW)
        if len(batch.posts) != 1:
            yield "unnamed", f"lost without a word: {batch.malformed}"
            return
        yield from self.inward(batch.posts[0])
        yield from self.outward(given.typed, batch.posts[0])

    def inward(self, post: Post) -> Iterator[Fault]:
        """From a post to cards before people."""
        verdict = listen.concerns(post, us=US, heard=False)
        verdict = verdict or triage.judge(post, brand=self._roster.brand, open_question=None)
        if not verdict.reasons:
            yield "unnamed", "a verdict without a reason"
        triage.urgency(post.text)
        ranking = self._matcher.rank(post.text)
        topics = tuple(TopicScore(t.topic, float(t.score), tuple(map(str, t.reasons))) for t in ranking.topics)
        wave = dispatch.plan(
            topics, self._roster, past=dispatch.Past(), already=(), now=NOW, policy=Policy(unlimited=True)
        )
        question = Question(post.key, post, Stage.ASKED, 1, topics, 1, NOW, reason="; ".join(verdict.reasons))
        for number, found in enumerate(wave.asks[:1]):
            ask = Ask(number, question.id, found.expert, AskRole.ANSWER, 1, AskState.OPEN, found.reasons, NOW)
            for stage in (Stage.ASKED, Stage.CLAIMED, Stage.UNANSWERED):
                shown = card.show(
                    replace(question, stage=stage, claimed_by=found.expert), ask, (), self._roster, active=self._roster
                )
                yield from message(cards.lay_out(shown))
            yield from message(cards.digest([shown] * 6))
        form = Form(question.id, post, "TV", "", "^AL", 275)
        yield from window(modal.form_view(form))

    def outward(self, typed: str, post: Post) -> Iterator[Fault]:
        """From what an expert typed to the windows, and to the public where the gate lets it."""
        author = self._roster.experts["ann@volt.example"]
        text = answer.clean(typed)
        public = publish.compose(text, author.initials)
        room = publish.left(public, RULES)
        findings = gate.check(text, public, left=room, rules=RULES)
        proposal = shorten.shorter(text, lambda part: publish.left(publish.compose(part, "AL"), RULES) >= 0)
        shown = Preview((public,), room, findings)
        form = Form("x:1", post, "TV", proposal, "^AL", 275, replaced=text)
        yield from window(modal.form_view(form, shown))
        if window_state.carries("x:1", text):
            yield from window(modal.confirm_view("x:1", text, shown))
        yield from window(modal.failed_view("; ".join(f.message for f in findings), text))
        if not any(finding.blocks for finding in findings):
            yield from published(public)
        yield from self._threaded(text, public, author)

    def _threaded(self, text: str, public: str, author: Expert) -> Iterator[Fault]:
        """The same as several posts, where it is too long for one."""
        posts = publish.split(text, author.initials, RULES)
        if len(posts) == 1:
            return
        findings = gate.check(text, public, posts=posts, left=publish.left(posts[-1], RULES), rules=RULES)
        shown = Preview(posts, publish.left(posts[-1], RULES), findings)
        yield from window(modal.confirm_view("x:1", text, shown))
        if not any(finding.blocks for finding in findings):
            for post in posts:
                yield from published(post)


def published(public: str) -> Iterator[Fault]:
    """What is wrong with a text that the gate lets go out."""
    from twitter_text import parse_tweet

    if not parse_tweet(public).valid:
        yield "crashes", f"X would not take {public!r}"
    if found := mentioned(public):
        yield "pings", f"{found} on X in {public!r}"
    if _SLACK.search(public):
        yield "pings", f"Slack's marks on X in {public!r}"


def message(shown: cards.Message) -> Iterator[Fault]:
    """What is wrong with a message for Slack."""
    yield from (("crashes", f"Slack would refuse: {fault}") for fault in message_faults(list(shown.blocks)))
    if found := pings(shown.text, list(shown.blocks)):
        yield "pings", f"{found} in Slack"
    json.dumps({"text": shown.text, "blocks": shown.blocks}, ensure_ascii=False).encode()
    if "\x00" in shown.text + str(shown.blocks).replace("\\x00", "\x00").replace("\\\\", ""):
        yield "crashes", "NUL goes to Slack"


def window(view: modal.View) -> Iterator[Fault]:
    """What is wrong with a window for Slack."""
    yield from (("crashes", f"Slack would refuse: {fault}") for fault in view_faults(view))
    if found := pings("", view["blocks"]):
        yield "pings", f"{found} in a window"
    json.dumps(view, ensure_ascii=False).encode()
