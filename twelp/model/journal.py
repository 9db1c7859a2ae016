"""What was done: the lines of the journal, and every step that one can tell of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class JournalStep(StrEnum):
    """What a line of the journal says was done; whom or what it was done to is the first of its reasons.

    UNKNOWN is never written: so is read what another version of twelp wrote; its words are the first reason.
    """

    # what triage took a post for: the values of `Kind`
    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    SETTLED = "settled"
    REPLY = "reply to our answer"
    UNHELPED = "did not help"
    ASIDE = "said to others"
    EDITED = "edited"
    REPEATED = "asks the same again"
    COMPLAINT = "complaint"
    THANKS = "thanks"  # also the customer's, for an answer
    CHATTER = "chatter"
    SPAM = "spam"
    ABUSE = "abuse"
    IDEA = "idea"
    PRIVATE = "private"
    OPT_OUT = "opt-out"
    DANGER = "danger"
    SELF_HARM = "self-harm"
    THREAT = "threat"
    VULNERABLE = "vulnerable"
    LEGAL = "legal"
    PRESS = "press"
    SECURITY = "security"
    PROTEST = "protest"
    CRISIS = "crisis"  # written by earlier versions
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    OLD = "too old"
    ANSWERED = "answered by hand"
    OWN = "own post"
    REPOST = "repost"

    # what the customer said since
    ADDED = "added"
    REOPENED = "reopened"
    LEFT_ALONE = "left alone"
    WRITES_AGAIN = "writes to us again"
    POSTED_ANEW = "posted anew"

    NOT_SURE = "not sure"
    FOR_US = "for us"
    NOT_FOR_US = "not for us"

    # what it is about
    TOPICS = "topics"
    WRONG_TOPIC = "wrong topic"

    # several things in one post
    POINTS = "asks several things"
    REST_OPEN = "answered in part, still open"

    # the same matter as another question
    JOINED = "joined"
    SPLIT = "split off"
    SHARED = "shared answer"
    FOLLOWS = "follows the correction"
    NOT_CORRECTED = "not corrected"
    ASK_FIRST = "wants to be asked first"
    STORM = "many ask it at once"
    STORM_OVER = "the rush is over"
    NO_STORM = "not a storm"
    GIVEN_AGAIN = "is given to others again"

    # who is asked
    WAVE = "wave"
    ASK = "ask"
    SHOWN = "shown"
    NOT_ASKED = "not asked now"
    NOBODY_TO_ASK = "nobody to ask"
    WAITS_FOR_DAY = "waits for the day"
    WAITS_FOR_CARDS = "waits for its cards"
    GAVE_UP = "gave up"
    WORD_OFFERED = "word offered"
    WORD_UNDONE = "word taken back"
    WORD = "word to the customer"
    WORD_REFUSED = "word refused"
    CLAIM_RAN_OUT = "claim ran out"
    WANTS_QUIET = "wants quiet"
    DID_NOT_ASK = "did not ask"
    UNREACHABLE = "could not reach"
    NOT_POSTED = "could not post"

    # what an expert did
    CLAIM = "claim"
    RELEASE = "release"
    NOT_ME = "not me"
    PASS_TO = "pass to"  # noqa: S105 - nobody's password
    NOT_A_QUESTION = "not a question"
    NOT_OUR_TOPIC = "not our topic"
    BRING_BACK = "bring back"
    CONFIRM = "confirm"
    CAME_SECOND = "came second"
    UNDO = "undo"
    APPROVE = "approve"
    SEND_BACK = "send back"
    CHANGED = "changed the answer"
    RETRACT = "retract"
    CORRECT = "correct"
    SAW_ELSE = "saw something else"

    # a case for people
    ALARM = "raises the alarm"
    TOLD = "told"
    TAKE = "takes the case"
    GIVE_BACK = "gives the case back"
    HANDLE = "handles the case"
    NO_CRISIS = "not a crisis"
    OPEN_AGAIN = "case is open again"

    # a private case: that it happened, never what was said
    ASKED_PRIVATELY = "asks to write privately"
    WROTE_PRIVATELY = "wrote privately"
    PRIVATE_REPLY = "confirms a private reply"
    PRIVATE_UNDO = "takes a private reply back"
    PRIVATE_APPROVE = "approves a private reply"
    PRIVATE_SENT = "private reply sent"
    PRIVATE_REFUSED = "private reply refused"
    PRIVATE_GIVEN = "gives the private case to"
    PRIVATE_SETTLED = "says that no private reply is needed"
    PRIVATE_SILENT = "no private reply yet"
    PRIVATE_BY_HAND = "private reply by hand"
    PRIVATE_REMOVED = "private words removed"

    # the gate, and the second pair of eyes
    GOOD = "good"
    HELD = "held"
    NOBODY_TO_LOOK = "nobody to look at it"
    ASKED_AGAIN = "asked again"
    REMINDED = "reminded"
    ASKED_FURTHER = "asked further people"

    # what becomes of an answer on the network
    INTO_OUTBOX = "into the outbox"
    STANDS = "stands"
    TAKEN_DOWN = "taken down"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    POST_GONE = "post is gone"
    REWORD = "back to reword"
    RECALLED = "recalled"
    DELETED = "deleted"
    NOT_DELETED = "could not delete"
    REPLACED = "replaced"
    NOT_EDITED = "could not edit"
    DELETED_BY_HAND = "deleted by hand"

    # a moderator's pause
    HALTED = "paused"
    AGREED_TO_RESUME = "agreed to resume"
    RESUMED = "resumed"
    WAITS_TO_RESUME = "waits until resumed"
    # by hand, what the network takes from no program
    LANE = "to be posted by hand"
    SAYS_POSTED = "says it is posted"
    NOT_SEEN = "not seen on our timeline"
    NOT_POSTED_BY_HAND = "does not post it"

    # a call that did not come through
    IN_DOUBT = "in doubt"
    STOPPED = "stopped"
    WAITS = "waits"

    # the customer
    LIKES = "likes"

    # experts.yaml
    ROSTER_CHANGED = "new roster"
    ROSTER_REFUSED = "roster not used"

    # a volunteer, about themselves
    JOIN = "join"
    LEAVE = "leave"
    PAUSE = "pause"
    RESUME = "resume"
    OWN_HOURS = "own hours"
    DIGEST = "digest"

    UNKNOWN = "unknown"


_FORMS = MappingProxyType(
    {
        JournalStep.WAVE: "wave {}",
        JournalStep.ASK: "ask {}",
        JournalStep.DID_NOT_ASK: "did not ask {}",
        JournalStep.SHOWN: "shown in {}",
        JournalStep.UNREACHABLE: "could not reach {}",
        JournalStep.NOT_POSTED: "could not post in {}",
        JournalStep.WANTS_QUIET: "{} wants quiet",
        JournalStep.STANDS: "{} stands",
        JournalStep.TAKEN_DOWN: "{} taken down",
        JournalStep.TOLD: "told {}",
        JournalStep.UNKNOWN: "{}",
    }
)
"""Steps whose first reason is whom or what they are about, with how both are told together. Rows used to hold the two
in one text; so these forms also read what an earlier version wrote."""

_EARLIER = tuple(
    (step, re.compile(re.escape(form).replace(r"\{\}", "(.+)"), re.DOTALL)) for step, form in _FORMS.items()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: who did what, when, and why. `actor` is an expert's id, `customer`, or a part's name.

    `detail` holds, as JSON, the numbers a decision was made from: enough to make it again later.
    """

    at: datetime
    subject: str
    actor: str
    step: JournalStep
    reasons: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> tuple[str, tuple[str, ...]]:
        """The step as people read it, with whom or what it is about, and the reasons that are left.

        >>> Entry(datetime.min, "x:1", "dispatch", JournalStep.ASK, ("Ann Lee", "wave 1")).told()
        ('ask Ann Lee', ('wave 1',))
        """
        if self.step in _FORMS and self.reasons:
            about, *why = self.reasons
            return _FORMS[self.step].format(about), tuple(why)
        return self.step.value, self.reasons


def step_of(text: str) -> tuple[JournalStep, tuple[str, ...]]:
    """The step that a row's text names, and whom or what it is about where an earlier version wrote that beside it.

    >>> step_of("ask Ann Lee")
    (<JournalStep.ASK: 'ask'>, ('Ann Lee',))
    >>> step_of("claim")
    (<JournalStep.CLAIM: 'claim'>, ())
    """
    try:
        return JournalStep(text), ()
    except ValueError:
        found = ((step, match[1]) for step, form in _EARLIER if (match := form.fullmatch(text)))
        step, about = next(found, (JournalStep.UNKNOWN, text))
        return step, (about,)
