"""Previews: a text as it would go out from a person, the room left, and what the gate sees."""

from __future__ import annotations

from twelp.desk.context import Context
from twelp.flow import answer as answers
from twelp.flow import gate, publish, subject
from twelp.model import (
    Expert,
    Finding,
    Preview,
    Question,
    Topic,
)
from twelp.texts import acts, reasons


class Previews:
    """A text as it would go out, and what the gate sees in it. Writes nothing."""

    def __init__(
        self,
        ctx: Context,
    ) -> None:
        self._ctx = ctx

    def preview(self, question_id: str, person: str, text: str, thread: bool = False) -> Preview:
        """The text as it would go out from this person, what is left, and what the gate sees. Writes nothing.

        `thread`: as several posts, where it is too long for one.
        """
        with self._ctx.store.look() as tx:
            question = tx.question(question_id)
        author = self._ctx.roster.experts.get(person)
        if question is None or author is None:
            return Preview(("",), 0, (Finding("unknown", acts.NO_LONGER_YOURS),))
        return self.examine(question, author, text, thread=thread)

    def examine(self, question: Question, author: Expert, text: str, *, thread: bool) -> Preview:
        """The public posts, the room left, and the gate's findings: one body for preview and confirm."""
        made, rules = answers.plain(text), self._ctx.rules(question.post.network)
        whole = publish.compose(made.text, author.initials)
        left = publish.left(whole, rules)
        cut = publish.split(made.text, author.initials, rules) if left < 0 else (whole,)
        posts, as_thread = (cut, 0) if thread else ((whole,), len(cut) if len(cut) > 1 else 0)
        if thread and left < 0:
            more = (publish.MOST_POSTS - 1) * rules.length.limit
            left = publish.left(cut[-1], rules) if len(cut) > 1 else min(left + more, -1)
        own = self._ctx.roster.brand.links
        links = publish.all_named(posts, own, rules)
        setting = gate.setting_of(self._ctx.roster, today=self._ctx.clock.now().date())
        asked = " ".join((subject.words(question.post), *(said.text for said in question.added)))
        seen = [
            *gate.check(
                made.text, whole, posts=posts, left=left, author=author, question=asked, setting=setting, rules=rules
            )
        ]
        if question.post.network not in self._ctx.networks:
            seen.append(Finding("network", reasons.NOT_CONNECTED(network=rules.display_name)))
        seen += gate.strange_links(links, allowed=own, rules=rules, text=made.text)
        return Preview(posts, left, gate.in_order(seen), as_thread, made.changes, links, rules.display_name)

    def topic_for(self, question: Question, author: Expert) -> Topic | None:
        """The best of the question's topics that the author stands for, else the best one."""
        ids = [t.topic for t in question.topics if t.topic in self._ctx.roster.topics]
        mine = [t for t in ids if t in author.topics]
        return self._ctx.roster.topics[(mine or ids)[0]] if ids else None
