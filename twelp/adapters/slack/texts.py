"""Every word a person reads in Slack, in one place: what a card, a modal or a refusal says, never what it does.

Plain sentences, one word a thing (docs/words.md). Nothing here is markup: the layout escapes and places these texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from twelp.model import CardState

HEADLINES: Final[Mapping[CardState, str]] = {
    CardState.ASKED: "Can you answer this?",
    CardState.YOURS: "This one is yours",
    CardState.TAKEN: "Taken",
    CardState.HOLD: "Your answer goes out soon",
    CardState.REVIEW: "Waiting for a second pair of eyes",
    CardState.REVIEWING: "Please look at this answer",
    CardState.PUBLISHING: "Going out now",
    CardState.PUBLISHED: "Answered",
    CardState.UNANSWERED: "Still unanswered",
    CardState.REFUSED: "Could not be posted",
    CardState.DISMISSED: "Set aside: not a question for us",
    CardState.WITHDRAWN: "Withdrawn by the customer",
    CardState.PASSED: "Passed on",
    CardState.LEFT: "Not yours any more",
    CardState.WAITING: "Nobody has taken this yet",
    CardState.RETRACTED: "Answer taken back",
}
"""The first line of a card in each state."""

LINES: Final[Mapping[CardState, str]] = {
    CardState.YOURS: "Nobody else can answer it while you have it.",
    CardState.TAKEN: "Nothing for you to do here.",
    CardState.REVIEW: "A moderator reads your answer before it goes out.",
    CardState.REVIEWING: "Nothing goes out before you approve it.",
    CardState.UNANSWERED: "Nobody answered in time. You still can.",
    CardState.REFUSED: "The network did not take the answer.",
    CardState.DISMISSED: "Thanks: this teaches twelp what to leave alone.",
    CardState.WITHDRAWN: "The post is gone, so there is nothing left to answer.",
    CardState.PASSED: "Thanks for saying so. Somebody else is asked.",
    CardState.LEFT: "You do not take part in this one any more, so there is nothing to do here.",
    CardState.RETRACTED: "It is deleted in public, and twelp forgets what it learned from it.",
}
"""One line of sense below the headline, where the state needs one."""

ANSWER: Final = "Answer"
CLAIM: Final = "Claim"
RELEASE: Final = "Release"
NOT_ME: Final = "Not me"
NOT_A_QUESTION: Final = "Not a question"
NOT_OURS: Final = "Not our topic"
WRONG_TOPIC: Final = "Wrong topic…"
PASS_TO: Final = "Pass to…"  # noqa: S105 - nobody's password
RETRACT: Final = "Take it back"
RETRACT_ASK: Final = "The public answer is deleted. This cannot be undone."
KEEP: Final = "Keep it"
UNDO: Final = "Undo"
APPROVE: Final = "Approve and post"
SEND_BACK: Final = "Send back"
BY_HAND: Final = "Post by hand"

ASKS: Final = " asks on "
POSTED: Final = ", "
OPEN_POST: Final = "Open the post"
OPEN_REPLY: Final = "See the answer"
TOPIC: Final = "Topic: "
WHY_YOU: Final = "Why you: "
WHY_HELD: Final = "Why it is held: "
UNTIL: Final = "Yours until "
GOES_OUT: Final = "Goes out "
HAS_IT: Final = " has it. "
WROTE: Final = " wrote:"
ANSWERED_BY: Final = "Answered by "
THE_TEXT: Final = "The answer, word for word:"
NO_TEXT: Final = "(no text)"
SOMEBODY: Final = "Somebody"

FORM_TITLE: Final = "Answer in public"
FORM_LABEL: Final = "Your answer"
FORM_HINT: Final = "Up to {limit} characters, your signature {signature} included. You see it again before it goes out."
PREVIEW: Final = "Preview"
CANCEL: Final = "Cancel"
LEFT: Final = "{left} left"
OVER: Final = "{over} too many"
AS_POSTED: Final = "As it would be posted:"
AS_YOU_TYPE: Final = "As you type, you see here exactly what would be posted."
MUST_CHANGE: Final = "To change first:"
SECOND_LOOK: Final = "A moderator looks at it first, because:"

THREAD: Final = "What else was said there:"
SIMILAR: Final = "Answers to similar questions:"
SIMILAR_BY: Final = "{who} answered"
START_FROM: Final = ("Start from the first", "Start from the second", "Start from the third")
SHORTEN: Final = "Propose a shorter text"
REPLACED: Final = "Your longer text, to copy from:"

CONFIRM_TITLE: Final = "Post this?"
CONFIRM_LEAD: Final = "Exactly this will be public, under the customer's post:"
POST_PUBLICLY: Final = "Post publicly"
TO_REVIEW: Final = "Send to review"
BACK: Final = "Back"

FAILED_TITLE: Final = "Not posted"
NOT_DONE: Final = "Not done"
KEEP_TEXT: Final = "Your text, to copy if you need it:"
CLOSE: Final = "Close"

TOPIC_TITLE: Final = "Wrong topic"
TOPIC_LABEL: Final = "What is it about?"
TOPIC_HINT: Final = "Its people are asked now, and twelp remembers."
PERSON_TITLE: Final = "Pass to"
PERSON_LABEL: Final = "Who knows?"
PERSON_HINT: Final = "They are asked now, and see that it was you."
PERSON_NOTE: Final = "A word for them"
SUGGEST_TITLE: Final = "Suggest as answer"
SUGGEST_LABEL: Final = "To which question?"
SUGGEST_HINT: Final = "The text becomes your draft. Nothing is posted before you confirm it."
SUGGEST_NONE: Final = "No question is before you, so there is nothing this could answer."
SUGGEST_EMPTY: Final = "That message has no text of its own."
SUGGEST_ON: Final = "Go on"
SEND_ON: Final = "Send on"

BACK_TITLE: Final = "Send back"
BACK_LABEL: Final = "What should change?"
BACK_HINT: Final = "The author reads this, nobody else."

TOO_LONG_TO_CARRY: Final = "This is far too long for a public answer. Please shorten it."
NOT_ROSTERED: Final = (
    "You are not on the roster of people who answer here, so nothing happened. "
    "Whoever looks after experts.yaml can add you."
)
NOTHING_POSTED: Final = "Something went wrong on our side, and nothing was posted. Please try once more in a moment."
TOO_SLOW: Final = "Slack waited too long to open the window. Please press the button once more."
JUST_A_CHAT: Final = (
    "What you write here stays between us and is never posted. To answer a customer, press Answer on the card."
)

INVITED: Final = "{brand} asks you to help"
INVITED_AGAIN: Final = "The rules have changed"
JOINED: Final = "You take part"
WENT: Final = "You take part no more"
INVITED_LINE: Final = (
    "Customers ask {brand} in public. A few colleagues who know are asked here, and the first good answer goes out. "
    "You are asked rarely, never in your quiet hours, and you may stop at any time."
)
INVITED_AGAIN_LINE: Final = "You are asked again once you have read and accepted the present version."
JOINED_LINE: Final = (
    "You may be asked from now on. Your hours and your budget are on the Home tab; /twelp help shows more."
)
WENT_LINE: Final = "You are asked nothing. To come back, write /twelp join."
ABOUT: Final = "You would be asked about: {topics}."
READ_RULES: Final = "Read the rules"
TAKE_PART: Final = "Take part"
RULES_TITLE: Final = "The rules"
ACCEPT: Final = "I accept"
ACCEPTED_TITLE: Final = "You take part"

HOME_JOIN: Final = "You do not take part at present."
HOME_CARDS: Final = "Before you"
HOME_NO_CARDS: Final = "Nothing is waiting for you."
HOME_YOU: Final = "You"
HOME_TOPICS: Final = "You are asked about: {topics}."
HOME_NO_TOPICS: Final = "You stand for no topic; you are asked where nobody else can be."
HOME_HOURS: Final = "Quiet hours: {quiet}, on your own clock ({zone}). Asks a day: at most {asks}; today {today}."
HOME_OWN: Final = "You changed this yourself."
HOME_AWAY: Final = "No asks until "
HOME_CHANGE: Final = "Change hours and budget"
HOME_PAUSE: Final = "Pause for today"
HOME_RESUME: Final = "Resume"
HOME_DIGEST_ON: Final = "Weekly summary: on"
HOME_DIGEST_OFF: Final = "Weekly summary: off"
HOME_LEAVE: Final = "Leave"
HOME_LEAVE_ASK: Final = "You are asked nothing any more, and what you hold is given back. You can come back."
HOME_STAY: Final = "Stay"
HOME_NUMBERS: Final = (
    "Your last 30 days, which only you see: asks {asked}, answered {answered}, published {published}, thanks {thanked}."
)
HOME_THANKS: Final = "Thanks from customers"
HOME_COVERAGE: Final = "Coverage"
HOME_COVERS: Final = "{topic}: {awake} of {people} can be asked now, {waiting} waiting"
HOME_NOBODY: Final = "{topic}: nobody takes part, {waiting} waiting"
HOME_QUEUE: Final = "The queue, oldest first"
HOME_NO_QUEUE: Final = "No question waits."
HOME_STRANGER: Final = "You are not on the roster of people who answer. Whoever looks after experts.yaml can add you."
HOME_MORE: Final = "… and more."
DIGEST_ONE: Final = "A question came while you were away"
DIGEST: Final = "{count} questions came while you were away"
DIGEST_MORE: Final = "The rest is on the Home tab."
POSTED_AGO: Final = "The customer asked "
ASKED_AGO: Final = "asked "

HOURS_TITLE: Final = "Hours and budget"
HOURS_QUIET: Final = "Quiet hours"
HOURS_QUIET_HINT: Final = "Like 22:00-08:00, on your own clock; “off” for none, “default” for the roster's."
HOURS_ASKS: Final = "Asks a day, at most"
HOURS_ASKS_HINT: Final = "A whole number; “default” for the roster's."
SAVE: Final = "Save"

NETWORKS: Final[Mapping[str, str]] = {"x": "X"}


def network_name(network: str) -> str:
    """What people call the network."""
    return NETWORKS.get(network, network.capitalize())
