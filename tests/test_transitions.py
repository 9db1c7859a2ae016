"""Each line of the table of stages is a step that a part of the desk takes: one without networks takes them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import matchers
from tests.conftest import DrivenClock
from tests.stories.town import ANSWER, mail, read_roster
from tests.stories.town import ROSTER as _TOWN
from twelp import wiring
from twelp.adapters.store import SqlStore
from twelp.adapters.x.rules import RULES
from twelp.config import Settings
from twelp.desk import Desk
from twelp.engine import Engine
from twelp.errors import RefusalReason
from twelp.flow.lifecycle import BY_MODERATORS, TRANSITIONS, UNDER_WAY, Step
from twelp.model import Account, AskRole, Delivery, DeliveryKind, DeliveryState, Policy, Post, Question, Stage
from twelp.ports import OwnPost, Page, Tx

ROSTER = read_roster(_TOWN.replace("zone: UTC,", 'zone: UTC, quiet: "22:00-07:00",'))
US = Account("1", "VoltHelp", "Volt")
ID, LEAD = "x:1", "x:50"
ANN, TIA, MO = mail("ann"), mail("tia"), mail("mo")
NEVER_MIND = "@VoltHelp never mind, sorted it myself"
NEW = "Hold the power button for twenty seconds, then unplug HDMI 2."
LONG = " ".join(f"{number}. {ANSWER}" for number in range(8))


class Walk:
    """One question, led from stage to stage; every step that the desk takes is noted."""

    def __init__(self, store: SqlStore) -> None:
        self.clock = DrivenClock(datetime(2026, 11, 24, 12, tzinfo=UTC))
        self.store = store
        self.taken: list[tuple[Stage, Step]] = []
        self.said = 1
        engine = Engine(store, self.clock)
        engine.prepare()
        matcher = wiring.matcher(Settings.model_validate({"TWELP_SEMANTIC": "off"}), ROSTER, None)
        self.desk = Desk(store, engine.jobs, self.clock, ROSTER, matcher, Policy(), {"x": US}, {"x": RULES})
        transition = self.desk.context.transition

        def noted(tx: Tx, question: Question, step: Step, **changes: Any) -> Question | None:
            moved = transition(tx, question, step, **changes)
            if moved is not None:
                self.taken.append((question.stage, step))
            return moved

        self.desk.context.transition = noted  # type: ignore[method-assign]

    # ------------------------------------------------------------ to a stage

    def is_not_for_us(self) -> None:
        with self.store.transaction() as tx:
            tx.add_ask(ID, MO, role=AskRole.SAMPLE, wave=0, reasons=(), at=self.clock.now())
        self.desk.not_for_us(ID, MO)

    def hear(self, text: str = "@VoltHelp why does my tv show no picture?") -> None:
        at = self.clock.now()
        post = Post("x", "1", Account("9", "mia", "Mia"), text, at, "1", mentions=("volthelp",), url="https://x.com/1")
        self.desk.hear("x", Page((post,), "1"))

    def hear_edited(self, text: str) -> None:
        """The customer's post as they changed it, under the id that the network gave it then."""
        at = self.clock.now()
        post = Post("x", "9", Account("9", "mia", "Mia"), text, at, "9", mentions=("volthelp",), earlier=("1",))
        self.desk.hear("x", Page((post,), "9"))

    def hear_more(self, text: str) -> None:
        """The customer's next post, under their first one."""
        self.said += 1
        own, mia, at = str(self.said), Account("9", "mia", "Mia"), self.clock.now()
        more = Post("x", own, mia, text, at, "1", reply_to="1", mentions=("volthelp",), url=f"https://x.com/{own}")
        self.desk.hear("x", Page((more,), own))

    def to_open(self) -> None:
        self.clock.at = self.clock.at.replace(hour=23)
        self.hear()

    def to_joined(self) -> None:
        """Another customer has asked the same a moment before."""
        at, other = self.clock.now(), Account("8", "noor", "Noor")
        text = "@VoltHelp why does my tv show no picture?"
        self.desk.hear("x", Page((Post("x", "50", other, text, at, "50", mentions=("volthelp",)),), "50"))
        self.hear()

    def share(self) -> None:
        """The other one is answered, and both get it."""
        assert self.desk.confirm(LEAD, ANN, ANSWER).ok
        with self.store.read() as tx:
            lead = tx.question(LEAD)
        assert lead is not None
        self.desk.publish(LEAD, lead.version)
        with self.store.transaction() as tx:
            row = tx.unfinished(LEAD)
            assert row is not None
            self.desk.replied(tx, replace(row, done=("100",)), "https://x.com/100")
        self.desk.look_at_matter(LEAD)

    def to_shared(self) -> None:
        self.to_joined()
        self.share()
        self.report(self.desk.replied, self.sent(1), "https://x.com/2")

    def follow(self) -> None:
        """The other one's answer, which both have, is corrected."""
        assert self.desk.correct(LEAD, ANN).ok
        assert self.desk.confirm(LEAD, ANN, NEW).ok
        with self.store.transaction() as tx:
            lead = tx.question(LEAD)
            assert lead is not None
            former = lead.corrects
        self.desk.publish(LEAD, lead.version)
        at = self.clock.now()
        row = Delivery(1, "k", DeliveryKind.RECALL, LEAD, str(former), ("100",), DeliveryState.CALLING, 1, at)
        self.report(self.desk.deleted, replace(row, done=("100",)))
        with self.store.transaction() as tx:
            anew = replace(row, errand=DeliveryKind.REPLY, subject=str(tx.answers(LEAD)[-1].id), done=("200",))
            self.desk.replied(tx, anew, "https://x.com/200")
        self.desk.look_at_matter(LEAD)

    def to_claimed(self) -> None:
        self.hear()
        self.desk.claim(ID, ANN)

    def to_held(self, text: str = ANSWER) -> None:
        self.hear()
        assert self.desk.confirm(ID, ANN, text, thread=text != ANSWER).ok

    def to_review(self) -> None:
        self.hear("@VoltHelp why is there no sound from my soundbar?")
        assert self.desk.confirm(ID, TIA, ANSWER).ok

    def to_publishing(self, text: str = ANSWER) -> None:
        self.to_held(text)
        self.desk.publish(ID, self.question.version)

    def to_paused(self) -> None:
        self.to_publishing(LONG)
        self.report(self.desk.waits, self.sent(1))

    def to_published(self) -> None:
        self.to_publishing()
        self.report(self.desk.replied, self.sent(1), "https://x.com/2")

    def to_recalling(self) -> None:
        self.to_publishing(LONG)
        self.refuse(RefusalReason.OTHER, 1)

    def to_new_words(self) -> None:
        self.to_published()
        assert self.desk.correct(ID, ANN).ok
        assert self.desk.confirm(ID, ANN, NEW).ok

    def to_new_words_in_review(self) -> None:
        self.to_review()
        assert self.desk.approve(ID, MO).ok
        self.report(self.desk.replied, self.sent(1), "https://x.com/2")
        assert self.desk.correct(ID, TIA).ok
        assert self.desk.confirm(ID, TIA, NEW).ok

    def to_released_correction(self) -> None:
        self.to_published()
        assert self.desk.correct(ID, ANN).ok
        assert self.desk.release(ID, ANN).ok

    def to_correcting(self) -> None:
        self.to_new_words()
        self.desk.publish(ID, self.question.version)

    def to_unanswered(self) -> None:
        self.hear()
        self.clock.advance(hours=30)
        self.desk.give_up(ID)

    def to_dismissed(self) -> None:
        self.hear()
        assert self.desk.dismiss(ID, ANN).ok

    def to_retracted(self) -> None:
        self.to_published()
        assert self.desk.retract(ID, ANN).ok

    def to_settled(self) -> None:
        self.hear()
        self.hear_more(NEVER_MIND)

    def to_refused(self) -> None:
        self.to_publishing()
        self.refuse(RefusalReason.UNCLEAR)

    def to_lane(self, text: str = ANSWER) -> None:
        self.to_publishing(text)
        self.refuse(RefusalReason.NOT_SUMMONED)

    def to_sought(self, text: str = ANSWER) -> None:
        self.to_lane(text)
        assert self.desk.say_posted(ID, MO).ok

    def to_by_hand(self) -> None:
        self.hear()
        self.see_by_hand()

    def to_crisis(self, text: str = "@VoltHelp there is smoke coming out of my tv right now") -> None:
        self.hear(text)

    def to_handled(self) -> None:
        self.to_crisis()
        assert self.desk.handle(ID, MO, "Called them.").ok

    def to_crisis_claimed(self) -> None:
        self.to_crisis()
        assert self.desk.claim(ID, MO).ok

    def to_crisis_withdrawn(self) -> None:
        self.to_crisis()
        self.desk.post_gone(ID, "deleted")

    # ------------------------------------------------------------ what happens there

    @property
    def question(self) -> Question:
        with self.store.read() as tx:
            found = tx.question(ID)
        assert found is not None
        return found

    def sent(self, done: int) -> Delivery:
        """The answer's row, with so many of its posts out, as the ledger has it between two calls."""
        with self.store.transaction() as tx:
            row = tx.unfinished(ID)
            assert row is not None
            ids = tuple(str(number) for number in range(100, 100 + done))
            if len(row.pieces) > 1:
                row = tx.set_delivery(row, DeliveryState.READY, self.clock.now(), done=ids)
            assert row is not None
            return replace(row, done=ids)

    def report(self, outcome: Callable[..., None], *given: Any) -> None:
        with self.store.transaction() as tx:
            outcome(tx, *given)

    def refuse(self, reason: RefusalReason, done: int = 0) -> None:
        self.report(self.desk.refused, self.sent(done), reason, "no")

    def taken_down(self, errand: DeliveryKind, done: int, *, refused: bool = False, of: int | None = None) -> None:
        with self.store.read() as tx:
            answer = of or self.question.corrects or tx.answers(ID)[0].id
        row = Delivery(1, "k", errand, ID, str(answer), ("100", "101"), DeliveryState.CALLING, 1, self.clock.now())
        row = replace(row, done=("101", "100")[:done])
        self.report(self.desk.not_deleted if refused else self.desk.deleted, row, *(("no",) if refused else ()))

    def newest(self) -> int:
        with self.store.read() as tx:
            return max(answer.id for answer in tx.answers(ID))

    def see_by_hand(self) -> None:
        """A colleague answers in the network's own app; the customer's last words are older."""
        self.clock.advance(minutes=1)
        self.desk.see_own_posts("x", [OwnPost("77", "1", "1", "Use HDMI 2, please.", self.clock.now())])

    def see_posted(self) -> None:
        """A moderator has posted the answer by hand, its first post at least."""
        self.clock.advance(minutes=1)
        with self.store.read() as tx:
            text = tx.answers(ID)[0].posts[0]
        self.desk.see_own_posts("x", [OwnPost("77", "1", "1", text, self.clock.now())])

    def standing(self) -> tuple[str, ...]:
        with self.store.read() as tx:
            answer = tx.spoke_last(ID)
        assert answer is not None
        return answer.post_ids

    def edited(self) -> None:
        """A network that can gave what stands the new words in its place."""
        at, key = self.clock.now(), "edit"
        row = Delivery(1, key, DeliveryKind.EDIT, ID, str(self.newest()), (NEW,), DeliveryState.SENT, 1, at)
        self.report(self.desk.edited, replace(row, target="100", done=("100",)))

    def miss(self) -> None:
        until = self.question.claimed_until
        assert until is not None
        self.desk.posting_missed(ID, until, read=True)

    def widen(self) -> None:
        self.clock.advance(hours=9 if self.question.stage is Stage.OPEN else 1)
        self.desk.widen(ID, self.question.wave)

    def renew(self) -> None:
        self.clock.advance(minutes=7)
        assert not self.desk.save_draft(ID, ANN, "Hold the")

    def lapse(self) -> None:
        self.clock.advance(minutes=11)
        self.desk.lapse(ID)


TO: dict[Stage, Callable[[Walk], None]] = {
    Stage.OPEN: Walk.to_open,
    Stage.JOINED: Walk.to_joined,
    Stage.ASKED: Walk.hear,
    Stage.CLAIMED: Walk.to_claimed,
    Stage.HELD: Walk.to_held,
    Stage.REVIEW: Walk.to_review,
    Stage.PUBLISHING: lambda walk: walk.to_publishing(LONG),
    Stage.PAUSED: Walk.to_paused,
    Stage.PUBLISHED: Walk.to_published,
    Stage.RECALLING: Walk.to_recalling,
    Stage.CORRECTING: Walk.to_correcting,
    Stage.UNANSWERED: Walk.to_unanswered,
    Stage.DISMISSED: Walk.to_dismissed,
    Stage.RETRACTED: Walk.to_retracted,
    Stage.SETTLED: Walk.to_settled,
    Stage.REFUSED: Walk.to_refused,
    Stage.BY_HAND: Walk.to_by_hand,
    Stage.LANE: Walk.to_lane,
    Stage.SOUGHT: Walk.to_sought,
    Stage.CRISIS: Walk.to_crisis,
    Stage.HANDLED: Walk.to_handled,
    Stage.WITHDRAWN: Walk.to_crisis_withdrawn,
}

ACTS: dict[Step, Callable[[Walk], object]] = {
    Step.ASK: Walk.widen,
    Step.SPLIT: lambda walk: walk.desk.split(ID, ANN),
    Step.SHARE: Walk.share,
    Step.FOLLOW: Walk.follow,
    Step.PASS: lambda walk: walk.desk.pass_on(ID, mail("ed")),
    Step.REPAIR: lambda walk: walk.desk.retopic(ID, MO, "audio"),
    Step.CLAIM: lambda walk: walk.desk.claim(ID, ANN),
    Step.RENEW: Walk.renew,
    Step.RELEASE: lambda walk: walk.desk.release(ID, ANN),
    Step.LAPSE: Walk.lapse,
    Step.CONFIRM: lambda walk: walk.desk.confirm(ID, ANN, ANSWER),
    Step.REVIEW: lambda walk: (walk.desk.release(ID, ANN), walk.desk.confirm(ID, TIA, ANSWER)),
    Step.UNDO: lambda walk: walk.desk.undo(ID, TIA if walk.question.stage is Stage.REVIEW else ANN),
    Step.RETURN: lambda walk: walk.desk.send_back(ID, MO, "Which key?"),
    Step.SEND: lambda walk: walk.desk.publish(ID, walk.question.version),
    Step.APPROVE: lambda walk: walk.desk.approve(ID, MO),
    Step.PAUSE: lambda walk: walk.report(walk.desk.waits, walk.sent(1)),
    Step.RESUME: lambda walk: walk.report(walk.desk.partly, walk.sent(2)),
    Step.PUBLISH: lambda walk: walk.report(walk.desk.replied, walk.sent(3), "https://x.com/2"),
    Step.RECALL: lambda walk: walk.refuse(RefusalReason.OTHER, 1),
    Step.REPLACE: lambda walk: walk.desk.publish(ID, walk.question.version),
    Step.POST_ANEW: lambda walk: walk.taken_down(DeliveryKind.RECALL, 2),
    Step.CORRECT: lambda walk: walk.desk.correct(ID, ANN),
    Step.KEEP: lambda walk: walk.taken_down(DeliveryKind.RECALL, 0, refused=True),
    Step.GIVE_UP: lambda walk: (walk.clock.advance(hours=30), walk.desk.give_up(ID)),
    Step.DISMISS: lambda walk: walk.desk.dismiss(ID, ANN),
    Step.RESTORE: lambda walk: walk.desk.restore(ID, ANN),
    Step.SAMPLE: lambda walk: walk.is_not_for_us(),
    Step.WITHDRAW: lambda walk: walk.refuse(RefusalReason.GONE),
    Step.BY_HAND: Walk.see_by_hand,
    Step.LEAVE: lambda walk: walk.hear_more("@VoltHelp stop replying to me"),
    Step.ADD: lambda walk: walk.hear_more("@VoltHelp it is the 55 inch one, by the way"),
    Step.EDIT: lambda walk: walk.hear_edited("@VoltHelp why does my old tv show no picture at all?"),
    Step.SETTLE: lambda walk: walk.hear_more(NEVER_MIND),
    Step.HAND_OVER: lambda walk: walk.refuse(RefusalReason.NOT_SUMMONED),
    Step.SAY_POSTED: lambda walk: walk.desk.say_posted(ID, MO),
    Step.FIND: Walk.see_posted,
    Step.MISS: Walk.miss,
    Step.VANISH: lambda walk: walk.desk.ours_gone(ID, walk.standing()),
    Step.DROP: lambda walk: walk.desk.drop_posting(ID, MO, ""),
    Step.REOPEN: lambda walk: walk.hear_more("@VoltHelp that did not work, still no picture"),
    Step.ALARM: lambda walk: walk.desk.raise_alarm(ID, ANN),
    Step.CARE: lambda walk: (walk.desk.raise_alarm(ID, ANN), walk.desk.take(ID, MO)),
    Step.HANDLE: lambda walk: (walk.desk.raise_alarm(ID, ANN), walk.desk.handle(ID, MO, "Called them.")),
    Step.ALL_CLEAR: lambda walk: walk.desk.not_a_crisis(ID, MO, True),
}

COMES_BACK = {
    *(Stage.PUBLISHED, Stage.BY_HAND, Stage.RETRACTED, Stage.REFUSED, Stage.HANDLED),
}
"""The customer of a crisis comes back after these: it is the moderators' again."""


def act(walk: Walk, stage: Stage, step: Step) -> None:
    if stage is Stage.CRISIS and step is Step.CLAIM:
        walk.desk.claim(ID, MO)
    elif stage is Stage.CRISIS and step is Step.DISMISS:
        walk.desk.not_a_crisis(ID, MO, False)
    elif step is Step.ALARM and stage in COMES_BACK:
        ACTS[Step.REOPEN](walk)
    elif step is Step.REFUSE and stage is Stage.PUBLISHING:
        walk.refuse(RefusalReason.UNCLEAR)
    elif step is Step.REFUSE:
        done = 2 if stage is Stage.RECALLING else 1  # of which something stands, goes on by hand
        walk.taken_down(DeliveryKind.DELETE if stage is Stage.RETRACTED else DeliveryKind.RECALL, done, refused=True)
    elif step is Step.HAND_OVER and stage is Stage.RECALLING:
        walk.taken_down(DeliveryKind.RECALL, 1, refused=True)
    elif step is Step.PUBLISH and stage is Stage.CORRECTING:
        walk.edited()
    elif step is Step.PUBLISH and stage in BY_MODERATORS:
        walk.see_posted()
    elif step is Step.REWORD and stage is Stage.PUBLISHING:
        walk.refuse(RefusalReason.DUPLICATE)
    elif step is Step.REWORD:
        walk.taken_down(DeliveryKind.RECALL, 2, of=walk.newest())  # as versions did that took it down first
    elif step is Step.KEEP and stage is not Stage.CORRECTING:
        walk.clock.advance(hours=30)
        walk.desk.give_up(ID)
    elif step is Step.REPLACE and stage is Stage.REVIEW:
        walk.desk.approve(ID, MO)
    elif step is Step.RETRACT:
        if stage is Stage.PUBLISHING:
            walk.sent(1)  # between two posts, while no call is under way
        walk.desk.retract(ID, ANN)
    else:
        ACTS[step](walk)


ROUNDABOUT: dict[tuple[Stage, Step], Callable[[Walk], None]] = {
    (Stage.PUBLISHED, Step.FOLLOW): Walk.to_shared,
    (Stage.HELD, Step.REPLACE): Walk.to_new_words,
    (Stage.REVIEW, Step.REPLACE): Walk.to_new_words_in_review,
    (Stage.ASKED, Step.KEEP): Walk.to_released_correction,
    (Stage.CLAIMED, Step.HANDLE): Walk.to_crisis_claimed,
    **{
        (stage, Step.ALARM): lambda walk, stage=stage: (TO[stage](walk), walk.desk.raise_alarm(ID, ANN))
        for stage in COMES_BACK - {Stage.HANDLED}
    },
    (Stage.LANE, Step.FIND): lambda walk: walk.to_lane(LONG),
    (Stage.SOUGHT, Step.FIND): lambda walk: walk.to_sought(LONG),
}
"""Steps that need more behind them than their stage."""

NOT_YET = {(stage, Step.WITHDRAW) for stage in (UNDER_WAY | {Stage.UNANSWERED}) - {Stage.PUBLISHING}} | {
    (Stage.OPEN, Step.KEEP),
    (Stage.OPEN, Step.JOIN),
}
"""The desk hears of a deletion only from the reply that the network refuses, though it may come at any moment;
a correction that waits for the morning is given up like one that was asked about. A question joins another in the
moment in which it is opened.
"""


@pytest.fixture(scope="module", autouse=True)
def matchers_are_lent() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        matchers.lend(patch)
        yield


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    store = SqlStore(f"sqlite:///{tmp_path / 'walk.db'}")
    yield Walk(store)
    store.close()


@pytest.mark.parametrize(("stage", "step"), sorted(set(TRANSITIONS) - NOT_YET))
def test_the_desk_takes_each_step_of_the_table(walk: Walk, stage: Stage, step: Step) -> None:
    ROUNDABOUT.get((stage, step), TO[stage])(walk)
    assert walk.question.stage is stage
    walk.taken.clear()
    act(walk, stage, step)
    assert (stage, step) in walk.taken


def test_each_stage_that_a_step_leads_out_of_is_tried() -> None:
    assert {stage for stage, _ in TRANSITIONS} == set(TO)
