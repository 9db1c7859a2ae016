"""The buttons of a card: their ids, what each sends back, and which a card has as it stands.

A card never shows a button that would do nothing, has at most five, and carries in each the question's id and the marks
of what the card shows, so that a press acts on that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import crisis_parts, sampling, storm_parts
from twelp.adapters.slack.blocks import Block
from twelp.model import Card, CardState
from twelp.texts import slack as texts

ANSWER: Final = "twelp_answer"
CLAIM: Final = "twelp_claim"
RELEASE: Final = "twelp_release"
PASS_ON: Final = "twelp_pass_on"  # noqa: S105 - the name of a button
MORE: Final = "twelp_more"
UNDO: Final = "twelp_undo"
RESTORE: Final = "twelp_restore"
APPROVE: Final = "twelp_approve"
TELL: Final = "twelp_tell"
UNTELL: Final = "twelp_untell"
READ: Final = "twelp_read"
SEND_BACK: Final = "twelp_send_back"
CHANGE: Final = "twelp_change"
TAKE_BACK: Final = "twelp_take_back"
BY_HAND: Final = "twelp_by_hand"
POSTED: Final = "twelp_posted"
DROP: Final = "twelp_drop"

DISMISS: Final = "dismiss"
NOT_OURS: Final = "not_ours"
WRONG_TOPIC: Final = "wrong_topic"
PASS_TO: Final = "pass_to"  # noqa: S105 - the name of a menu's line
RETRACT: Final = "retract"
CORRECT: Final = "correct"
ALARM: Final = "alarm"
ASK_FIRST: Final = "ask_first"
GIVE_AGAIN: Final = "give_again"
"""First words of an overflow option's value, before the question's id."""


def value(card: Card) -> str:
    """What a button of the card sends back: the question's id, and the marks of what is shown."""
    return f"{card.question} {card.seen}" if card.seen else card.question


def pressed(value: str) -> tuple[str, str]:
    """What `value` said: question and marks; no marks where it was drawn before there were any."""
    question, _, seen = value.partition(" ")
    return question, seen


def chosen(value: str) -> tuple[str, str]:
    """A line of the menu: its word, and the value of the card."""
    word, _, rest = value.partition(" ")
    return word, rest


def buttons_of(card: Card) -> list[Block]:
    """What can be pressed on the card as it stands, at most five."""
    return _BUTTONS.get(card.state, _no_buttons)(card)


_REPAIRS: Final[Mapping[str, str]] = {
    WRONG_TOPIC: texts.WRONG_TOPIC,
    PASS_TO: texts.PASS_TO,
    NOT_OURS: texts.NOT_OURS,
    DISMISS: texts.NOT_A_QUESTION,
    ALARM: texts.DANGEROUS,
}
"""What is in the menu of a question that may still be answered."""


def _asked(card: Card) -> list[Block]:
    return [
        kit.button(ANSWER, texts.ANSWER, value(card), "primary"),
        kit.button(CLAIM, texts.CLAIM, value(card)),
        kit.button(PASS_ON, texts.NOT_ME, value(card)),
        _menu(card, _REPAIRS),
    ]


def _waiting(card: Card) -> list[Block]:
    return [kit.button(ANSWER, texts.ANSWER, value(card), "primary"), kit.button(CLAIM, texts.CLAIM, value(card))]


def _yours(card: Card) -> list[Block]:
    menu = [] if card.apart else [_menu(card, _REPAIRS)]
    return [
        kit.button(ANSWER, texts.ANSWER, value(card), "primary"),
        kit.button(RELEASE, texts.RELEASE, value(card)),
        *menu,
    ]


def _hold(card: Card) -> list[Block]:
    return [kit.button(UNDO, texts.UNDO, value(card), "danger")]


def _reviewing(card: Card) -> list[Block]:
    """Approving is one press only where the card shows all of it; else a window shows it first."""
    whole = kit.is_whole(card.post.text) and all(kit.width(post) <= kit.PLAIN_LIMIT for post in card.posts)
    approve = (APPROVE, texts.APPROVE) if whole else (READ, texts.READ_WHOLE)
    return [
        kit.button(*approve, value(card), "primary"),
        kit.button(CHANGE, texts.CHANGE_MORE, value(card)),
        kit.button(SEND_BACK, texts.SEND_BACK, value(card)),
    ]


def _word(card: Card) -> list[Block]:
    return [kit.button(TELL, texts.TELL, value(card), "primary")]


def _word_held(card: Card) -> list[Block]:
    return [kit.button(UNTELL, texts.UNDO, value(card), "danger")]


def _unanswered(card: Card) -> list[Block]:
    answer = kit.button(ANSWER, texts.ANSWER, value(card), "primary")
    return [answer, kit.button(PASS_ON, texts.NOT_ME, value(card))] if card.asked else [answer]


def _settled(card: Card) -> list[Block]:
    return [] if card.left_alone else [kit.button(ANSWER, texts.ANSWER, value(card))]


def _dismissed(card: Card) -> list[Block]:
    return [kit.button(RESTORE, texts.UNDO, value(card))] if card.may_restore else []


def _retracted(card: Card) -> list[Block]:
    return [kit.button(RESTORE, texts.REOPEN, value(card))] if card.may_restore else []


def _refused(card: Card) -> list[Block]:
    if not kit.is_link(card.intent_url):
        return []
    label = texts.OPEN_IN(network=card.network or card.post.network)
    return [kit.button(BY_HAND, label, card.question) | {"url": card.intent_url}]


def _to_post(card: Card) -> list[Block]:
    """The network's composer, where it has one; then what came of it."""
    posted = kit.button(POSTED, texts.POSTED_IT, value(card), "primary")
    return [*_refused(card), posted, kit.button(DROP, texts.DROP_MORE, value(card))]


def _lane(card: Card) -> list[Block]:
    """Its author may still take it back."""
    return [kit.button(UNDO, texts.UNDO, value(card), "danger")] if card.may_retract else []


def _published(card: Card) -> list[Block]:
    if not card.may_retract:
        return []
    lines = {WRONG_TOPIC: texts.WRONG_TOPIC, CORRECT: texts.CORRECT_MORE, RETRACT: texts.RETRACT_MORE}
    if card.asks_first is not None:
        lines |= {GIVE_AGAIN: texts.GIVE_AGAIN} if card.asks_first else {ASK_FIRST: texts.ASK_FIRST}
    return [_menu(card, lines)]


def _publishing(card: Card) -> list[Block]:
    return [kit.button(TAKE_BACK, texts.RETRACT_MORE, value(card), "danger")] if card.may_retract else []


def _crisis(card: Card) -> list[Block]:
    return crisis_parts.buttons(card, value(card), ANSWER)


def _storm(card: Card) -> list[Block]:
    return storm_parts.buttons(card, ANSWER, value(card))


def _menu(card: Card, lines: Mapping[str, str]) -> Block:
    """What is seldom needed: by the first word of its value, what it says."""
    options = [{"text": kit.label(text, 75), "value": f"{word} {value(card)}"} for word, text in lines.items()]
    return {"type": "overflow", "action_id": MORE, "options": options}


def _no_buttons(card: Card) -> list[Block]:
    return []


_BUTTONS: Final[Mapping[CardState, Callable[[Card], list[Block]]]] = {
    CardState.ASKED: _asked,
    CardState.WAITING: _waiting,
    CardState.YOURS: _yours,
    CardState.HOLD: _hold,
    CardState.REVIEWING: _reviewing,
    CardState.WORD: _word,
    CardState.WORD_HELD: _word_held,
    CardState.PUBLISHING: _publishing,
    CardState.UNANSWERED: _unanswered,
    CardState.PART_ANSWERED: _settled,
    CardState.DISMISSED: _dismissed,
    CardState.SAMPLE: lambda card: sampling.buttons(value(card)),
    CardState.RETRACTED: _retracted,
    CardState.REFUSED: _refused,
    CardState.TO_POST: _to_post,
    CardState.LANE: _lane,
    CardState.PUBLISHED: _published,
    CardState.SETTLED: _settled,
    CardState.STORM: _storm,
    CardState.CRISIS: _crisis,
    CardState.CRISIS_TAKEN: _crisis,
}
