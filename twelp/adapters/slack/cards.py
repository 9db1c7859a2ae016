"""A `Card` as a Slack message: what each state shows. Its buttons: `buttons`.

A withdrawn question's words are gone from its card, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import crisis_parts, private_parts, sampling, several
from twelp.adapters.slack.blocks import Block
from twelp.adapters.slack.buttons import (
    ANSWER,
    BY_HAND,
    DROP,
    MORE,
    PASS_ON,
    POSTED,
    RELEASE,
    RESTORE,
    TAKE_BACK,
    UNDO,
    buttons_of,
)
from twelp.adapters.slack.pausing import by_hand_block, headline, paused_block
from twelp.adapters.slack.pointed import author_of, context_blocks
from twelp.adapters.slack.same import askers_blocks
from twelp.adapters.slack.storm_parts import storm_block
from twelp.model import Added, Card, CardState, Post, is_private_post
from twelp.texts import private
from twelp.texts import slack as texts
from twelp.texts.phrase import COMMAS, in_a_row, say

EVENT_TYPE: Final = "twelp_card"
"""Type of the metadata by which a message is found again; its payload is `{"key": …}`."""

_NAME_LIMIT: Final = 80
_REASON_LIMIT: Final = 200
_REASONS: Final = 8
_NOTE_LIMIT: Final = 600
_SHORT: Final = 300
_WHOLE: Final = 30_000  # more than any post has; source: X, posts of at most 25,000 characters
_SINCE: Final = 4
"""How much of what was said since a card shows; windows show all."""
_ANSWERS_FORMER: Final = (CardState.YOURS, CardState.HOLD, CardState.REVIEW)
"""Whose answer may be one to the words before an edit."""
_IN_DIGEST: Final = 5
_WITH_ANSWER: Final = (CardState.REVIEWING, CardState.HOLD, CardState.PUBLISHED, CardState.TO_POST)
"""In short, too, an answer is shown word for word where a button acts on it."""
_BRIEFLY: Final = frozenset((ANSWER, RELEASE, PASS_ON, UNDO, RESTORE, TAKE_BACK, BY_HAND, POSTED, DROP)) | sampling.ALL
"""The buttons of a card among several; the menu of an answer that stands, too, as it is nowhere else."""


@dataclass(frozen=True, slots=True)
class Message:
    """What `chat.postMessage` and `chat.update` take: blocks, and the fallback text that notifications show."""

    text: str
    blocks: tuple[Block, ...]


def lay_out(card: Card) -> Message:
    """The card as a message: headline, question, what the state adds, buttons; always within Block Kit's limits."""
    parts = [kit.header(headline(card)), *paused_block(card), *by_hand_block(card)]
    if card.state is not CardState.WITHDRAWN:
        parts += [question_block(card.post, card.topic, card.network), *context_blocks(card.post)]
        parts += [*several.points_blocks(card.points), *crisis_parts.before(card.crisis), *since_block(card)]
        parts += [*storm_block(card), *askers_blocks(card), *private_parts.of(card)]
    if details := [*crisis_parts.standing(card), *_standing(card), *_answer(card), *_why(card)]:
        parts.append(kit.rich("details", *details))
    if acts := buttons_of(card):
        parts.append(kit.actions("acts", acts))
    return Message(_fallback(card), tuple(parts))


def brief(block_id: str, card: Card) -> Block:
    """One of several questions, in short: how it stands, about what, since when, the words; what is to be approved."""
    title = kit.words(texts.HEADLINES[card.state], bold=True)
    ago = kit.ago(card.post.created_at)
    if card.topic:
        topic = kit.line(card.topic, _NAME_LIMIT)
        elements = kit.sentence(texts.BRIEF_ABOUT, headline=title, topic=topic, ago=ago)
    else:
        elements = kit.sentence(texts.BRIEF, headline=title, ago=ago)
    if kit.is_link(card.post.url):
        elements += [kit.words(" · "), kit.link(card.post.url, texts.OPEN_POST)]
    answer = _answer(card) if card.state in _WITH_ANSWER else []
    reviewing = card.state is CardState.REVIEWING  # who decides on an answer sees all that was asked
    words = shown(card.post, card.post.text)
    asked = kit.legible(words) if reviewing else kit.line(words, _SHORT)
    return kit.rich(block_id, kit.paragraph(*elements), kit.quote(asked), *several.points_lines(card.points), *answer)


def digest(cards: Sequence[Card]) -> Message:
    """Several asks in one message, five with their button; the rest is on the person's own tab."""
    title = sampling.title(cards)
    parts = [kit.header(title)]
    for number, card in enumerate(cards[:_IN_DIGEST]):
        withdrawn = card.state is CardState.WITHDRAWN
        parts.append(
            kit.rich(f"gone{number}", kit.paragraph(kit.words(texts.HEADLINES[card.state])))
            if withdrawn
            else brief(f"card{number}", card)
        )
        briefly = _BRIEFLY | {MORE} if card.state is CardState.PUBLISHED else _BRIEFLY
        if acts := [act for act in buttons_of(card) if act.get("action_id") in briefly]:
            parts.append(kit.actions(f"acts{number}", acts))
    if len(cards) > _IN_DIGEST:
        parts.append(kit.rich("more", kit.paragraph(kit.words(texts.DIGEST_MORE))))
    quoted = "; ".join(
        kit.line(shown(c.post, c.post.text), _SHORT) for c in cards[:3] if c.state is not CardState.WITHDRAWN
    )
    return Message(kit.escape(texts.NOTIFICATION_MORE(headline=title, words=quoted)), tuple(parts))


def metadata(key: str) -> dict[str, Any]:
    """What travels with a message unseen, so that a look can find it again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def shown(post: Post, words: str) -> str:
    """These words of a post, or that they are gone, or are on a private card alone."""
    return texts.WORDS_GONE if post.gone else private.ONLY_THERE if is_private_post(post.key) else words


def question_block(post: Post, topic: str, network: str, *, whole: bool = False) -> Block:
    """Who asks, on which network, what, where to see it, about what; `whole`: however long it is, for a window."""
    asks = kit.sentence(texts.ASKS, who=kit.words(author_of(post.author), bold=True), network=network or post.network)
    below: list[Block] = [kit.moment(post.created_at)]
    if kit.is_link(post.url):
        below = kit.sentence(texts.POSTED, link=kit.link(post.url, texts.OPEN_POST), moment=below[0])
    if topic:
        below += [kit.words(" · "), *kit.sentence(texts.TOPIC, topic=kit.line(topic, _NAME_LIMIT))]
    words = shown(post, post.own_text)
    quoted = kit.in_parts(kit.legible(words, _WHOLE)) if whole else [kit.legible(words)]
    return kit.rich("question", kit.paragraph(*asks), *map(kit.quote, quoted), kit.paragraph(*below))


def since_block(card: Card, *, whole: bool = False) -> list[Block]:
    """What was said after the question, by its customer and by us, the latest of it; nothing where nothing was."""
    shown: list[Block] = []
    for said in card.since if whole else card.since[-_SINCE:]:
        who = kit.words(author_of(card.post.author), bold=True)
        ago = kit.ago(said.at)
        if said.edited:
            shown += _edited(card, said, who, ago)
            continue
        lead = kit.sentence(texts.WE_ANSWERED, ago=ago) if said.ours else kit.sentence(texts.SINCE, who=who, ago=ago)
        parts = kit.in_parts(kit.legible(said.text, _WHOLE)) if whole else [kit.legible(said.text, _NOTE_LIMIT)]
        shown += [kit.paragraph(*lead), *map(kit.quote, parts)]
    return [kit.rich("since", *shown)] if shown else []


def _edited(card: Card, said: Added, who: Block, ago: Block) -> list[Block]:
    """That the words are newer. Who answers the former ones reads them, too; nobody else does."""
    if card.state not in _ANSWERS_FORMER:
        return [kit.paragraph(*kit.sentence(texts.EDITED, who=who, ago=ago))]
    lead = kit.sentence(texts.EDITED_WAS, who=who, ago=ago)
    return [kit.paragraph(*lead), kit.quote(kit.legible(said.text, _NOTE_LIMIT))]


def _fallback(card: Card) -> str:
    title = headline(card)
    if card.state is CardState.WITHDRAWN:
        return say(title)
    form = texts.NOTIFICATION_ASKED if card.state is CardState.ASKED else texts.NOTIFICATION
    words = kit.line(shown(card.post, card.post.own_text), _SHORT)
    return kit.escape(form(headline=title, who=author_of(card.post.author), words=words))


# ---------------------------------------------------------------- what the state adds


def _standing(card: Card) -> list[Block]:
    """How things stand, in a line: who has it, until when, why not."""
    who = kit.words(kit.line(card.who, _NAME_LIMIT) if card.who else texts.SOMEBODY, bold=True)
    said: list[list[Block]] = []
    match card.state:
        case CardState.TAKEN:
            said.append(kit.sentence(texts.HAS_IT, who=who))
        case CardState.YOURS if card.until:
            said.append(kit.sentence(texts.UNTIL, moment=kit.moment(card.until)))
        case CardState.HOLD | CardState.WORD_HELD if card.until and card.paused is None:
            said.append(kit.sentence(texts.GOES_OUT, moment=kit.moment(card.until)))
        case CardState.WAITING:
            said.append(kit.sentence(texts.POSTED_AGO, ago=kit.ago(card.post.created_at)))
        case CardState.PUBLISHED if card.who:
            said.append(kit.sentence(texts.ANSWERED_BY, who=who))
    if text := texts.LEFT_ALONE if card.left_alone else texts.LINES.get(card.state):
        said.append([kit.words(text)])
    if card.url and kit.is_link(card.url) and card.state in (CardState.PUBLISHED, CardState.BY_HAND):
        said.append([kit.link(card.url, texts.OPEN_REPLY)])
    return [kit.paragraph(*kit.spaced(said))] if said else []


def _answer(card: Card) -> list[Block]:
    """The answer word for word, where there is one to show."""
    if not card.posts or card.state in (
        CardState.WITHDRAWN,
        CardState.DISMISSED,
        CardState.PASSED,
        CardState.LEFT,
        CardState.RETRACTED,
    ):
        return []
    return answer_text(card)


def answer_text(card: Card, *, whole: bool = False) -> list[Block]:
    """The answer word for word; `whole`: however long it is, for a window."""
    lead: str = texts.THE_TEXT
    if card.state is CardState.REVIEWING and card.who:
        lead = texts.WROTE(who=kit.line(card.who, _NAME_LIMIT))
    return [kit.paragraph(kit.words(lead)), *kit.posts(card.posts, whole=whole)]


def _why(card: Card) -> list[Block]:
    """The reasons and notes a person needs to judge."""
    found: list[Block] = []
    if card.reasons and card.state is CardState.ASKED:
        shown = [kit.line(reason, _REASON_LIMIT) for reason in card.reasons[:_REASONS]]
        found += [kit.paragraph(kit.words(texts.WHY_YOU)), kit.bullets(shown)]
    if card.reasons and card.state is CardState.WAITING:
        found.append(kit.paragraph(kit.words(kit.line(in_a_row(COMMAS, card.reasons), _REASON_LIMIT))))
    if card.note and card.state is not CardState.WITHDRAWN:
        held = card.state in (CardState.REVIEW, CardState.REVIEWING)
        note = texts.WHY_HELD(why=card.note) if held else card.note
        found.append(kit.paragraph(kit.words(kit.legible(note, _NOTE_LIMIT))))
    return found
