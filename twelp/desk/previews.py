"""Previews: a text as it would go out from a person, the room left, and what the gate sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Protocol

from twelp.desk.context import Context
from twelp.desk.points import reader_of
from twelp.desk.rows import is_apart
from twelp.desk.seeing import speaking
from twelp.flow import answer as answers
from twelp.flow import gate, points, publish, subject
from twelp.flow import variants as wordings
from twelp.flow.triage.signs import language
from twelp.model import (
    Answer,
    Expert,
    Finding,
    FindingLevel,
    Level,
    Preview,
    Question,
    Topic,
)
from twelp.ports import AnswersTx, CrisesTx, QuestionsTx, RecordsTx
from twelp.ports.matters import MattersTx, SharedTx
from twelp.texts import acts, reasons
from twelp.texts import gate as texts

_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class PreviewsRows(AnswersTx, CrisesTx, MattersTx, QuestionsTx, SharedTx, RecordsTx, Protocol):
    """Rows that `Previews` touches."""


class Previews:
    """A text as it would go out, and what the gate sees in it. Writes nothing."""

    def __init__(
        self,
        ctx: Context[PreviewsRows],
    ) -> None:
        self._ctx = ctx

    def preview(self, question_id: str, person: str, text: str, thread: bool = False) -> Preview:
        """The text as it would go out from this person, what is left, and what the gate sees. Writes nothing.

        `thread`: as several posts, where it is too long for one.
        """
        with self._ctx.store.read() as tx:
            question = tx.question(question_id)
            author = self._ctx.roster.experts.get(person)
            if question is None or author is None:
                return Preview(("",), 0, (Finding("unknown", acts.NO_LONGER_YOURS),))
            return self.examine(tx, question, author, text, thread=thread)

    def changed(self, question_id: str, text: str) -> Preview:
        """A held answer as it would go out with the words of a second person. Writes nothing."""
        with self._ctx.store.read() as tx:
            question, answer = tx.question(question_id), speaking(tx.answers(question_id))
            if question is None or answer is None:
                return Preview(("",), 0, (Finding("unknown", acts.NO_LONGER_YOURS),))
            return self.examine_changed(tx, question, answer, text)

    def examine_changed(self, tx: PreviewsRows, question: Question, answer: Answer, text: str) -> Preview:
        """The same within a transaction. What the gate newly doubts blocks: nobody has passed that."""
        author = self._ctx.roster.experts[answer.expert]
        seen = self.examine(tx, question, author, text, thread=True)
        return replace(seen, findings=tuple(self._anew(found, answer) for found in seen.findings))

    def _anew(self, found: Finding, answer: Answer) -> Finding:
        if not found.holds or found.message in answer.reasons:
            return found
        return replace(found, level=FindingLevel.REFUSE, message=reasons.NOT_YOURS_TO_PASS(why=found.message))

    def examine(self, tx: PreviewsRows, question: Question, author: Expert, text: str, *, thread: bool) -> Preview:
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
                made.text,
                whole,
                posts=posts,
                left=left,
                question=asked,
                setting=setting,
                rules=rules,
            ),
            *self._second_key(tx, question, author),
        ]
        if question.post.network not in self._ctx.networks:
            seen.append(Finding("network", reasons.NOT_CONNECTED(network=rules.display_name)))
        seen += gate.strange_links(links, allowed=own, rules=rules, text=made.text)
        shown = Preview(posts, left, gate.in_order(seen), as_thread, made.changes, links, rules.display_name, made.text)
        shown = self._with_points(shown, question, author)
        others = question.askers - 1
        alone = others <= 0 and not self._ctx.policy.group
        if question.matter is not None or alone or is_apart(tx, question) or question.points:
            return shown
        given = tx.for_others(question.id)
        if given is not None and given.id != question.corrects:
            return shown  # they got an answer, and this one goes on with its own customer
        tongue = language(subject.words(question.post))
        return replace(shown, variants=wordings.variants(posts, tongue, rules), others=others)

    def _with_points(self, shown: Preview, question: Question, author: Expert) -> Preview:
        """Where several things are open, which of them the text is taken to answer; a correction answers what the
        former answer did."""
        if question.corrects is not None or len(points.still_open(question.points)) < 2:
            return shown
        covers = points.covered(shown.text, question.points, theirs=author.topics, reader=reader_of(self._ctx.matcher))
        return replace(shown, points=question.points, covers=covers)

    def _second_key(self, tx: PreviewsRows, question: Question, author: Expert) -> Iterator[Finding]:
        """Why a second person reads whatever this author writes here: they are new, or the topic wants it."""
        if author.level is Level.TRAINEE:
            most = self._ctx.roster.brand.voice.trainee_answers
            if not most or tx.tally(author.id, _EVER).published < most:
                yield Finding("trainee", reasons.TRAINEE, FindingLevel.SECOND_PAIR)
        topics = self._ctx.roster.topics
        first = next((topics[t.topic] for t in question.topics if t.topic in topics), None)
        for topic in dict.fromkeys(filter(None, (self.topic_for(question, author), first))):
            if topic.two_keys:
                yield Finding("two keys", texts.TWO_KEYS(topic=topic.name), FindingLevel.SECOND_PAIR)
                return

    def topic_for(self, question: Question, author: Expert) -> Topic | None:
        """The best of the question's topics that the author stands for, else the best one."""
        ids = [t.topic for t in question.topics if t.topic in self._ctx.roster.topics]
        mine = [t for t in ids if t in author.topics]
        return self._ctx.roster.topics[(mine or ids)[0]] if ids else None
