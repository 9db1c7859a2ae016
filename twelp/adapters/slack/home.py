"""A person's own tab, laid out: what lies before them, their terms, their thanks; for moderators all that waits.

At most 100 blocks: ten cards of two, a handful of lines, and what does not fit is said to be more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import buttons, cards, crisis_parts, invitations
from twelp.adapters.slack.blocks import Block
from twelp.adapters.slack.modal import View
from twelp.adapters.slack.pausing import paused
from twelp.model import Card, CardState, Coverage, Home, Membership, Post
from twelp.texts import slack as texts
from twelp.texts.phrase import SENTENCES, in_a_row

CHANGE: Final = "twelp_change_hours"
PAUSE: Final = "twelp_pause"
RESUME: Final = "twelp_resume"
DIGEST: Final = "twelp_digest"
LEAVE: Final = "twelp_leave"
RESUME_ALL: Final = "twelp_resume_all"
HOURS: Final = "twelp_hours"
QUIET_BLOCK: Final = "quiet"
ASKS_BLOCK: Final = "budget"
INPUT: Final = "twelp_hours_text"

_SHORT: Final = 300
_HALTS: Final = 5
"""Pauses shown, the oldest; there is hardly ever more than one."""
_COVERAGE: Final = 40
_COUNTED: Final = 1_000
"""From so many on, what is left out was not counted to its end."""

_PRESSABLE: Final = (CardState.ASKED, CardState.YOURS, CardState.HOLD, CardState.REVIEWING)


def home_view(home: Home | None) -> View:
    """The tab; for somebody who is not on the roster, a line that says so."""
    if home is None:
        return _view([_line("stranger", texts.HOME_STRANGER)])
    if home.membership is not Membership.ENROLLED:
        label = texts.READ_RULES if home.has_rules else texts.TAKE_PART
        button = kit.button(invitations.READ_RULES, label, "rules", "primary")
        return _view([_line("join", texts.HOME_JOIN), kit.actions("joining", [button])])
    return _view(
        [
            *_cases(home),
            *_paused(home),
            *_refused(home),
            *_before(home),
            *_you(home),
            *_thanks(home.thanks),
            *_house(home),
        ]
    )


def hours_view(home: Home) -> View:
    """The window in which hours and budget are changed."""
    fields = (
        (QUIET_BLOCK, texts.HOURS_QUIET, texts.HOURS_QUIET_HINT, "off" if home.quiet == "none" else home.quiet),
        (ASKS_BLOCK, texts.HOURS_ASKS, texts.HOURS_ASKS_HINT, str(home.daily_asks)),
    )
    return {
        "type": "modal",
        "callback_id": HOURS,
        "title": kit.label(texts.HOURS_TITLE),
        "submit": kit.label(texts.SAVE),
        "close": kit.label(texts.CANCEL),
        "blocks": [
            {
                "type": "input",
                "block_id": block_id,
                "label": kit.plain(label),
                "hint": kit.plain(hint),
                "element": {"type": "plain_text_input", "action_id": INPUT, "initial_value": value, "max_length": 40},
            }
            for block_id, label, hint, value in fields
        ],
    }


# ---------------------------------------------------------------- parts


def _paused(home: Home) -> list[Block]:
    """What moderators paused; for them with a button each that ends it."""
    found = [_head("paused", texts.HOME_PAUSED)] if home.halts else []
    for number, halt in enumerate(home.halts[:_HALTS]):
        found.append(kit.rich(f"paused{number}", kit.paragraph(*paused(halt))))
        if home.moderator:
            confirm = kit.confirm(texts.RESUME_ALL, texts.RESUME_ALL_ASK, texts.CANCEL)
            button = kit.button(RESUME_ALL, texts.RESUME_ALL, halt.mark) | {"confirm": confirm}
            found.append(kit.actions(f"resume{number}", [button]))
    return found


def _cases(home: Home) -> list[Block]:
    """Cases for people, above all else."""
    found = [_head("cases", texts.HOME_CASES)] if home.crises else []
    for number, card in enumerate(home.crises):
        if card.crisis is not None:
            found.append(crisis_parts.brief(f"case{number}", card, card.crisis))
            found.append(kit.actions(f"care{number}", buttons.buttons_of(card)))
    if home.crises_left_out:
        found.append(_line("cases_more", texts.HOME_CASES_MORE(count=home.crises_left_out)))
    return found


def _before(home: Home) -> list[Block]:
    found = [_head("before", texts.HOME_CARDS)]
    for number, card in enumerate(home.cards):
        found.append(cards.brief(f"card{number}", card))
        if acts := _buttons(card):
            found.append(kit.actions(f"acts{number}", acts))
    return found if home.cards else [*found, _line("nothing", texts.HOME_NO_CARDS)]


def _buttons(card: Card) -> list[Block]:
    return buttons.buttons_of(card) if card.state in _PRESSABLE else []


def _you(home: Home) -> list[Block]:
    shown = [_line(f"you{number}", kit.legible(line, 1_500)) for number, line in enumerate(_terms(home))]
    if home.away_until is not None:
        away = kit.sentence(texts.HOME_AWAY, moment=kit.moment(home.away_until))
        shown.insert(0, kit.rich("away", kit.paragraph(*away)))
    pause = (
        kit.button(RESUME, texts.HOME_RESUME, "now") if home.paused else kit.button(PAUSE, texts.HOME_PAUSE, "tomorrow")
    )
    digest = texts.HOME_DIGEST_ON if home.digest else texts.HOME_DIGEST_OFF
    leave = kit.button(LEAVE, texts.HOME_LEAVE, "leave", "danger") | {
        "confirm": kit.confirm(texts.HOME_LEAVE, texts.HOME_LEAVE_ASK, texts.HOME_STAY) | {"style": "danger"}
    }
    acts = [
        kit.button(CHANGE, texts.HOME_CHANGE, "hours"),
        pause,
        kit.button(DIGEST, digest, "off" if home.digest else "on"),
        leave,
    ]
    return [_head("you", texts.HOME_YOU), *shown, kit.actions("terms", acts)]


def _terms(home: Home) -> Iterator[str]:
    """What the person is asked about and when, and their own numbers."""
    yield texts.HOME_TOPICS(topics=home.topics) if home.topics else texts.HOME_NO_TOPICS
    zone, today = str(home.zone), home.asked_today
    hours = texts.HOME_HOURS(quiet=home.quiet, zone=zone, asks=home.daily_asks, today=today)
    yield in_a_row(SENTENCES, [hours, texts.HOME_OWN]) if home.own_quiet or home.own_budget else hours
    mine = home.tally
    yield texts.HOME_NUMBERS(asked=mine.asked, answered=mine.answered, published=mine.published, thanked=mine.thanked)


def _thanks(posts: tuple[Post, ...]) -> list[Block]:
    if not posts:
        return []
    shown = [
        kit.rich(
            f"thanks{number}", kit.paragraph(kit.words(kit.handle(post.author.handle, 80), bold=True)), _said(post)
        )
        for number, post in enumerate(posts)
    ]
    return [_head("thanks", texts.HOME_THANKS), *shown]


def _said(post: Post) -> Block:
    return kit.quote(kit.line(cards.shown(post, post.text), _SHORT))


def _refused(home: Home) -> list[Block]:
    """That what stands in the roster's file is not used, and why."""
    file = home.roster_file
    if file is None or file.refused is None:
        return []
    why = kit.paragraph(kit.words(kit.line(file.refused.why, _SHORT)))
    number = kit.words(str(file.number))
    in_force = kit.paragraph(*kit.sentence(texts.HOME_ROSTER, number=number, moment=kit.moment(file.at)))
    return [_head("roster", texts.HOME_ROSTER_REFUSED), kit.rich("refused", why), kit.rich("in_force", in_force)]


def _house(home: Home) -> list[Block]:
    """Coverage and the queue, for moderators."""
    if not home.moderator:
        return []
    lines = [_covers(topic) for topic in home.coverage[:_COVERAGE]]
    lines += [texts.HOME_MORE] if len(home.coverage) > _COVERAGE else []
    shown = [_head("coverage", texts.HOME_COVERAGE), kit.rich("covers", kit.bullets(lines))]
    lists = (_to_post(home), _queue(home), _unanswered(home), _set_aside(home.set_aside), _answered(home.answered))
    return [*shown, *(block for found in lists for block in found)]


def _queue(home: Home) -> list[Block]:
    """What waits; where there is more, how much stands between the oldest and the newest."""
    queue = [cards.brief(f"queue{number}", card) for number, card in enumerate(home.queue)]
    if home.queue_left_out > 0:
        queue.insert((len(queue) + 1) // 2, _line("queue_more", texts.HOME_WAIT_TOO(count=home.queue_left_out)))
    return [_head("queue", texts.HOME_QUEUE), *(queue or [_line("empty", texts.HOME_NO_QUEUE)])]


def _to_post(home: Home) -> list[Block]:
    """What the network takes from no program: the oldest, and how many more."""
    shown = [_head("by_hand", texts.HOME_TO_POST)] if home.to_post else []
    for number, card in enumerate(home.to_post):
        shown.append(cards.brief(f"by_hand{number}", card))
        if acts := buttons.buttons_of(card):
            shown.append(kit.actions(f"post{number}", acts))
    if home.to_post_left_out > 0:
        shown.append(_line("by_hand_more", texts.HOME_NOT_SHOWN(count=home.to_post_left_out)))
    return shown


def _unanswered(home: Home) -> list[Block]:
    """What nobody answered in time: the latest, and how many more."""
    left_out = home.unanswered_left_out
    found = [cards.brief(f"unanswered{number}", card) for number, card in enumerate(home.unanswered)]
    if left_out >= _COUNTED:
        found.append(_line("unanswered_more", texts.HOME_MANY_NOT_SHOWN(number=f"{_COUNTED:,}")))
    elif left_out > 0:
        found.append(_line("unanswered_more", texts.HOME_NOT_SHOWN(count=left_out)))
    return [_head("unanswered", texts.HOME_UNANSWERED), *found] if found else []


def _set_aside(found: tuple[Card, ...]) -> list[Block]:
    """What was dismissed lately, so that no customer is left unheard by a slip."""
    shown = [_head("aside", texts.HOME_SET_ASIDE)] if found else []
    for number, card in enumerate(found):
        shown += [cards.brief(f"aside{number}", card), kit.actions(f"back{number}", buttons.buttons_of(card))]
    return shown


def _answered(found: tuple[Card, ...]) -> list[Block]:
    """What stands in public since a while ago, so that what should not can be corrected or taken back."""
    shown = [_head("answered", texts.HOME_ANSWERED)] if found else []
    for number, card in enumerate(found):
        shown += [cards.brief(f"answered{number}", card), kit.actions(f"stands{number}", buttons.buttons_of(card))]
    return shown


def _covers(topic: Coverage) -> str:
    name, waiting = kit.line(topic.topic, 80), topic.waiting
    if not topic.people:
        return texts.HOME_NOBODY(topic=name, waiting=waiting)
    return texts.HOME_COVERS(topic=name, awake=topic.awake, people=topic.people, waiting=waiting)


def _head(block_id: str, text: str) -> Block:
    return kit.header(text) | {"block_id": f"head_{block_id}"}


def _line(block_id: str, text: str) -> Block:
    return kit.rich(block_id, kit.paragraph(kit.words(text)))


def _view(blocks: list[Block]) -> View:
    return {"type": "home", "blocks": blocks}
