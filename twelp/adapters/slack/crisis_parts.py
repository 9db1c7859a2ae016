"""What a card adds for a case for people: what it is about, who has it, how it ended, guidance, what was said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.model import Card, CrisisShown, CrisisState, Stage, is_private_post
from twelp.texts import private, reasons
from twelp.texts import slack as texts
from twelp.texts.phrase import Text

TAKE: Final = "twelp_take"
GIVE_BACK: Final = "twelp_give_back"
HANDLE: Final = "twelp_handle"
NO_CRISIS: Final = "twelp_no_crisis"

_NAME: Final = 80
_REASON: Final = 300
_SAID: Final = 300
_SHOWN: Final = 8
"""How much of what was said before a card shows, the latest."""


def kind_of(crisis: CrisisShown) -> Text:
    """What it is about, in words."""
    return reasons.KINDS[crisis.kind.value]


def standing(card: Card) -> list[Block]:
    """How the case stands; nothing for a card of no case."""
    crisis = card.crisis
    if crisis is None:
        return []
    about = kit.sentence(texts.CRISIS_KIND, kind=kind_of(crisis), moment=kit.moment(crisis.since))
    said = [about, *_raised(crisis), *_holder(crisis)]
    parts = [kit.paragraph(*kit.spaced(said))]
    if card.post.gone or crisis.stage is Stage.WITHDRAWN:
        parts.append(kit.paragraph(kit.words(texts.CRISIS_POST_GONE, bold=True)))
    if card.reasons:
        shown = [kit.line(reason, _REASON) for reason in card.reasons]
        parts += [kit.paragraph(kit.words(texts.CRISIS_WHY)), kit.bullets(shown)]
    if crisis.guidance is not None:
        parts.append(kit.paragraph(kit.words(kit.legible(crisis.guidance, 1_000), bold=True)))
    if (answered := texts.CRISIS_ANSWERS.get(crisis.stage.value)) is not None:
        parts.append(kit.paragraph(kit.words(answered)))
    return parts


def before(crisis: CrisisShown | None) -> list[Block]:
    """What was said in the conversation before, the latest of it."""
    if crisis is None or not crisis.before:
        return []
    shown: list[Block] = [kit.paragraph(kit.words(texts.CRISIS_BEFORE))]
    for said in crisis.before[-_SHOWN:]:
        who = kit.words(kit.handle(said.handle, _NAME), bold=True)
        shown.append(kit.paragraph(*kit.sentence(texts.SAID_AGO, who=who, ago=kit.ago(said.at))))
        shown.append(kit.quote(kit.line(said.text, _SAID)))
    return [kit.rich("before", *shown)]


def brief(block_id: str, card: Card, crisis: CrisisShown) -> Block:
    """One of several cases, in short: what, since when, who has it, the words."""
    headline = kit.words(texts.HEADLINES[card.state], bold=True)
    lead = kit.sentence(texts.BRIEF_CASE, headline=headline, kind=kind_of(crisis), ago=kit.ago(crisis.since))
    if kit.is_link(card.post.url):
        lead += [kit.words(" · "), kit.link(card.post.url, texts.OPEN_POST)]
    words = texts.WORDS_GONE if card.post.gone else card.post.own_text
    words = private.ONLY_THERE if is_private_post(card.post.key) else words
    held = [kit.paragraph(*kit.spaced(_holder(crisis)))]
    return kit.rich(block_id, kit.paragraph(*lead), kit.quote(kit.line(words, _SAID)), *held)


def buttons(card: Card, value: str, answer: str) -> list[Block]:
    """Who has it may end it; others may take it over first. On a channel's card anybody may press.

    Args:
        card: of a case that is open.
        value: what each button sends back.
        answer: the id of the button that opens the answer's window.
    """
    crisis = card.crisis
    taken = crisis is not None and crisis.state is CrisisState.TAKEN
    shared = crisis is not None and crisis.shared
    label, style = (texts.TAKE_OVER, "") if taken else (texts.TAKE, "primary")
    take = kit.button(TAKE, label, value, style)
    public = [] if is_private_post(card.question) else [kit.button(answer, texts.ANSWER_AS_MODERATOR, value)]
    ends = [
        *public,
        kit.button(HANDLE, texts.HANDLED, value),
        kit.button(NO_CRISIS, texts.NO_CRISIS, value),
    ]
    if not taken:
        return [take, *ends]
    back = kit.button(GIVE_BACK, texts.GIVE_BACK, value)
    if shared:
        return [*ends, back, take]
    return [*ends, back] if crisis is not None and crisis.mine else [take]


def _raised(crisis: CrisisShown) -> Iterator[list[Block]]:
    if crisis.raised_by:
        yield kit.sentence(texts.CRISIS_RAISED, who=kit.words(kit.line(crisis.raised_by, _NAME), bold=True))


def _holder(crisis: CrisisShown) -> Iterator[list[Block]]:
    """Who has it, or how it ended."""
    if crisis.state is CrisisState.OPEN:
        yield [kit.words(texts.CRISIS_NOBODY, bold=True)]
    elif crisis.state is CrisisState.TAKEN and crisis.taken_at is not None:
        who, moment = kit.words(kit.line(crisis.taken_by, _NAME), bold=True), kit.moment(crisis.taken_at)
        mine = crisis.mine and not crisis.shared
        yield (
            kit.sentence(texts.CRISIS_MINE, moment=moment)
            if mine
            else kit.sentence(texts.CRISIS_HAS, who=who, moment=moment)
        )
    elif crisis.closed_at is not None:
        who, moment = kit.words(kit.line(crisis.closed_by, _NAME), bold=True), kit.moment(crisis.closed_at)
        if crisis.state is CrisisState.NO_CRISIS:
            yield kit.sentence(texts.CRISIS_WAS_NONE, who=who, moment=moment)
        elif crisis.closed_by:
            yield kit.sentence(texts.CRISIS_CLOSED, who=who, moment=moment, how=kit.line(crisis.how, _REASON))
        else:
            yield [kit.words(kit.line(crisis.how, _REASON))]
