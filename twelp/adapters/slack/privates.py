"""A private case as a Slack message, and the windows of a private reply. No word of it stands in any other card."""

from __future__ import annotations

from typing import Any, Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.adapters.slack.cards import Message
from twelp.adapters.slack.modal import View
from twelp.adapters.slack.repairs import CHOICE, CHOICE_BLOCK, people_element
from twelp.adapters.slack.window_parts import noted
from twelp.adapters.slack.window_state import ANSWER_BLOCK, drafted, pack
from twelp.model import Preview, PrivateCard, PrivateForm, PrivateSaid, PrivateState, Roster
from twelp.texts import private
from twelp.texts import slack as texts
from twelp.texts.phrase import COMMAS, in_a_row

REPLY: Final = "twelp_private_reply"
UNDO: Final = "twelp_private_undo"
APPROVE: Final = "twelp_private_approve"
GIVE: Final = "twelp_private_give"
SETTLE: Final = "twelp_private_settle"
FORM: Final = "twelp_private_form"
CONFIRM: Final = "twelp_private_confirm"
GIVEN: Final = "twelp_private_given"
TYPED: Final = "twelp_private_typed"

LIMIT: Final = 2_000
_SHOWN, _WORDS = 8, 800
"""How many messages a card shows, the latest, and how much of each: Slack takes 12,000 characters of a message."""
_IN_WINDOW, _IN_WINDOW_WORDS = 12, 600
"""The same of a window, which shows a reply of 2,000 characters, too."""
_NAME: Final = 80
_MAY_REPLY: Final = frozenset({PrivateState.WAITING, PrivateState.ANSWERED})


def lay_out(card: PrivateCard) -> Message:
    """The card as a message: who wrote, what was said, the reply that is on its way, buttons."""
    if not card.is_open:
        said = kit.rich("newer", kit.paragraph(kit.words(private.NEWER)))
        return Message(kit.escape(private.NEWER), (said,))
    title = _headline(card)
    parts = [kit.header(title), kit.rich("who", *_who(card)), *_conversation(card), *_reply(card)]
    if acts := _buttons(card):
        parts.append(kit.actions("acts", acts))
    return Message(kit.escape(private.NOTIFICATION(headline=title, who=_customer(card))), tuple(parts))


def _headline(card: PrivateCard) -> str:
    if card.is_alarm and card.state is PrivateState.WAITING:
        return private.ALARM
    return private.HEADLINES[card.state.value]


def _customer(card: PrivateCard) -> str:
    return kit.handle(card.handle, _NAME)


def _who(card: PrivateCard) -> list[Block]:
    who = kit.words(_customer(card), bold=True)
    form = private.FROM_ALARM if card.is_alarm else private.FROM
    lead = kit.sentence(form, who=who, network=card.network)
    about: list[list[Block]] = []
    if kit.is_link(card.url):
        about.append([kit.words(private.ABOUT), kit.words(" "), kit.link(card.url, texts.OPEN_POST)])
    else:
        about.append([kit.words(private.FIRST)])
    if card.mine:
        about.append([kit.words(private.MINE)])
    elif card.owner:
        about.append(kit.sentence(private.OWNER, who=kit.words(kit.line(card.owner, _NAME), bold=True)))
    else:
        about.append([kit.words(private.NOBODYS)])
    return [kit.paragraph(*lead), kit.paragraph(*kit.spaced(about))]


def _conversation(card: PrivateCard, *, window: bool = False) -> list[Block]:
    most, longest = (_IN_WINDOW, _IN_WINDOW_WORDS) if window else (_SHOWN, _WORDS)
    shown: list[Block] = []
    left = max(0, len(card.said) - most)
    if left:
        shown.append(kit.paragraph(kit.words(private.EARLIER(count=left))))
    for one in card.said[left:]:
        shown += _said(card, one, 2_400 if one is card.said[-1] else longest)
    return [kit.rich("messages", *shown)] if shown else []


def _said(card: PrivateCard, one: PrivateSaid, longest: int) -> list[Block]:
    by = _customer(card) if not one.ours else kit.line(one.who, _NAME) if one.who else private.BY_HAND
    lead = kit.paragraph(*kit.sentence(texts.SAID_AGO, who=kit.words(by, bold=True), ago=kit.ago(one.at)))
    if one.removed:
        return [lead, kit.paragraph(kit.words(private.REMOVED))]
    pictures = [kit.paragraph(kit.words(private.PICTURES(count=one.pictures, network=card.network)))]
    quoted = [] if one.pictures and not one.text.strip() else [kit.quote(kit.legible(one.text, longest))]
    return [lead, *quoted, *(pictures if one.pictures else [])]


def _reply(card: PrivateCard) -> list[Block]:
    """The reply that is on its way, or what became of the last one."""
    reply = card.reply
    if reply is None:
        return []
    form, who = private.REPLY_STANDS[reply.state.value], kit.words(kit.line(reply.who, _NAME), bold=True)
    places: dict[str, Any] = {"who": who} | ({"network": card.network} if "network" in form.places else {})
    shown: list[Block] = [kit.paragraph(*kit.sentence(form, **places))]
    if reply.removed:
        shown.append(kit.paragraph(kit.words(private.REMOVED)))
    else:
        shown.append(kit.quote(kit.exact(reply.text)))
    if card.until is not None:
        shown.append(kit.paragraph(*kit.sentence(private.SENT_AT, moment=kit.moment(card.until))))
    if card.reason:
        shown.append(kit.paragraph(kit.words(kit.legible(card.reason, 600))))
    if reply.state.value in ("refused", "unclear") and card.ways:
        ways = private.OTHER_WAYS(ways=in_a_row(COMMAS, card.ways))
        shown.append(kit.paragraph(kit.words(kit.legible(ways, 600))))
    return [kit.rich("reply", *shown)]


def _buttons(card: PrivateCard) -> list[Block]:
    value, found = f"{card.case} {card.seen}", []
    if card.may_approve:
        found.append(kit.button(APPROVE, private.APPROVE, value, "primary"))
    if card.state in _MAY_REPLY and any(not one.ours for one in card.said):
        style = "primary" if card.state is PrivateState.WAITING else ""
        found.append(kit.button(REPLY, private.REPLY, value, style))
    if card.may_undo:
        found.append(kit.button(UNDO, texts.UNDO, value))
    if card.moderates and not card.is_alarm and card.state in _MAY_REPLY:
        found.append(kit.button(GIVE, private.GIVE_IT, value))
    if card.state is PrivateState.WAITING:
        found.append(kit.button(SETTLE, private.NO_REPLY_NEEDED, value))
    return found


# ---------------------------------------------------------------- windows


def form_view(form: PrivateForm) -> View:
    """The window in which a private reply is written."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": TYPED,
        "multiline": True,
        "max_length": LIMIT,
        "focus_on_load": True,
    }
    block_id = f"{ANSWER_BLOCK}{form.card.seen}"
    if form.draft:
        element["initial_value"] = form.draft[:LIMIT]
        block_id = drafted(element["initial_value"], block_id)
    typed: Block = {
        "type": "input",
        "block_id": block_id,
        "label": kit.plain(private.LABEL),
        "hint": kit.plain(private.HINT(limit=LIMIT)),
        "element": element,
    }
    shown = [kit.rich("who", *_who(form.card)), *_conversation(form.card, window=True)]
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": kit.label(private.TITLE),
        "submit": kit.label(texts.PREVIEW),
        "close": kit.label(texts.CANCEL),
        "private_metadata": pack(form.card.case, seen=str(form.card.seen)),
        "blocks": [*noted(form.note), *shown, typed],
    }


def confirm_view(case: str, text: str, preview: Preview, seen: str, form: PrivateForm | None = None) -> View:
    """The second window: word for word what is sent, and whether somebody reads it first.

    `form`: how the case is now, where it is not as it was when the first one was opened.
    """
    anew = [*noted(form.note), *_conversation(form.card, window=True)] if form is not None else []
    holds = [found.message for found in preview.findings if found.holds]
    shown = [kit.paragraph(kit.words(private.CONFIRM_LEAD)), *kit.posts(preview.posts, whole=True)]
    if holds:
        shown += [kit.paragraph(kit.words(texts.HELD_BECAUSE)), kit.bullets(kit.line(why, 600) for why in holds)]
    return {
        "type": "modal",
        "callback_id": CONFIRM,
        "title": kit.label(private.CONFIRM_TITLE),
        "submit": kit.label(texts.TO_REVIEW if holds else private.SEND),
        "close": kit.label(texts.BACK),
        "private_metadata": pack(case, text, seen=seen),
        "blocks": [*anew, kit.rich("private", *shown)],
    }


def give_view(card: PrivateCard, asking: str, roster: Roster) -> View:
    """Who shall reply? With what they will see."""
    choice = {
        "type": "input",
        "block_id": CHOICE_BLOCK,
        "label": kit.plain(private.GIVE_LABEL),
        "hint": kit.plain(private.GIVE_HINT),
        "element": {"action_id": CHOICE, **people_element(roster, asking)},
    }
    return {
        "type": "modal",
        "callback_id": GIVEN,
        "title": kit.label(private.GIVE_TITLE),
        "submit": kit.label(private.GIVE),
        "close": kit.label(texts.CANCEL),
        "private_metadata": pack(card.case, seen=str(card.seen)),
        "blocks": [kit.rich("who", *_who(card)), *_conversation(card), choice],
    }
