"""The small windows of a repair: which topic it really is, which colleague knows, whether to take back or to correct.

Slack takes at most 100 lines in a list, in groups 100 times as many, and cuts a line's value at 150 characters, so that
a value is the beginning of an id. Colleagues are chosen by Slack's own search where they are too many to scroll.
Source: docs.slack.dev/reference/block-kit/block-elements/select-menu-element.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.adapters.slack.modal import View
from twelp.adapters.slack.reviews import decide_view
from twelp.adapters.slack.window_state import pack
from twelp.model import Card, Roster
from twelp.texts import slack as texts

TOPIC: Final = "twelp_topic"
PERSON: Final = "twelp_person"
RETRACT: Final = "twelp_retract"
CORRECT: Final = "twelp_correct"
CHOICE_BLOCK: Final = "choice"
CHOICE: Final = "twelp_choice"
_AUTHOR: Final = "author"
_MYSELF: Final = "myself"

NOTE_BLOCK: Final = "word"
NOTE: Final = "twelp_word"
_NOTE_MOST: Final = 180
_GROUP: Final = 100
_MOST_LISTED: Final = 500
_LINE: Final = 75


def topic_view(question: str, roster: Roster, seen: str = "") -> View:
    """Which topic is it? `seen`: the marks of the card it is about."""
    choices = sorted(((t.name, t.id) for t in roster.topics.values()), key=lambda choice: choice[0].casefold())
    words = (texts.TOPIC_TITLE, texts.TOPIC_LABEL, texts.TOPIC_HINT)
    return _view(TOPIC, pack(question, seen=seen), words, _select(choices))


def person_view(question: str, asking: str, roster: Roster, seen: str = "") -> View:
    """Who knows? Everybody on the roster but the one who asks. `seen`: the marks of the card it is about."""
    words = (texts.PERSON_TITLE, texts.PERSON_LABEL, texts.PERSON_HINT)
    view = _view(PERSON, pack(question, seen=seen), words, people_element(roster, asking))
    note = {
        "type": "input",
        "block_id": NOTE_BLOCK,
        "optional": True,
        "label": kit.plain(texts.PERSON_NOTE),
        "element": {"type": "plain_text_input", "action_id": NOTE, "max_length": _NOTE_MOST},
    }
    return view | {"blocks": [*view["blocks"], note]}


def people_element(roster: Roster, asking: str) -> Block:
    """The list of everybody on the roster but the one who asks; Slack's own search where they are too many."""
    people = [(e.name, e.id) for e in roster.experts.values() if e.id != asking]
    people.sort(key=lambda choice: choice[0].casefold())
    return {"type": "users_select"} if not 0 < len(people) <= _MOST_LISTED else _select(people)


def retract_view(card: Card) -> View:
    """Really? With the answer that would be deleted."""
    return _sure(RETRACT, card, texts.RETRACT, texts.RETRACT_ASK)


def correct_view(card: Card) -> View:
    """Really? With the answer that would be replaced; a moderator may change somebody else's themselves."""
    view = _sure(CORRECT, card, texts.CORRECT, texts.CORRECT_ASK)
    return view | {"blocks": [*view["blocks"], _who_corrects()]} if card.may_correct else view


def _who_corrects() -> Block:
    options = [
        {"text": kit.plain(text), "value": word}
        for word, text in ((_AUTHOR, texts.CORRECT_AUTHOR), (_MYSELF, texts.CORRECT_MYSELF))
    ]
    radio = {"type": "radio_buttons", "action_id": CHOICE, "options": options, "initial_option": options[0]}
    return {"type": "input", "block_id": CHOICE_BLOCK, "label": kit.plain(texts.CORRECT_WHO), "element": radio}


def myself(view: Mapping[str, Any]) -> bool:
    """Whether the moderator who sent the window changes the answer themselves."""
    state = view.get("state", {}).get("values", {}).get(CHOICE_BLOCK, {}).get(CHOICE, {})
    return (state.get("selected_option") or {}).get("value") == _MYSELF


def _sure(callback: str, card: Card, what: str, words: str) -> View:
    lines = [words, *([texts.REACHES_ALL(count=card.askers)] if card.askers > 1 else [])]
    sure = kit.rich("sure", *(kit.paragraph(kit.words(line)) for line in lines))
    return decide_view(callback, card, (what, what, texts.KEEP), sure)


def chosen(view: Mapping[str, Any], known: Iterable[str]) -> str:
    """Which of the `known` ids was chosen from the list, or the Slack user; empty when none."""
    state = view.get("state", {}).get("values", {}).get(CHOICE_BLOCK, {}).get(CHOICE, {})
    if user := state.get("selected_user"):
        return str(user)
    value = (state.get("selected_option") or {}).get("value")
    return next((id_ for id_ in known if value and id_[: kit.OPTION_VALUE_LIMIT] == value), "")


def _view(callback: str, metadata: str, words: tuple[str, str, str], element: Block) -> View:
    title, label, hint = words
    choice = {
        "type": "input",
        "block_id": CHOICE_BLOCK,
        "label": kit.plain(label),
        "hint": kit.plain(hint),
        "element": {"action_id": CHOICE, **element},
    }
    return {
        "type": "modal",
        "callback_id": callback,
        "title": kit.label(title),
        "submit": kit.label(texts.SEND_ON),
        "close": kit.label(texts.CANCEL),
        "private_metadata": metadata,
        "blocks": [choice],
    }


def _select(choices: Sequence[tuple[str, str]]) -> Block:
    lines = [
        {"text": kit.plain(kit.line(name, _LINE)), "value": id_[: kit.OPTION_VALUE_LIMIT]} for name, id_ in choices
    ]
    if len(lines) <= _GROUP:
        return {"type": "static_select", "options": lines}
    groups = [list(lines[i : i + _GROUP]) for i in range(0, len(lines), _GROUP)]
    named = [{"label": kit.plain(texts.FROM_TO(first=_first(g[0]), last=_first(g[-1]))), "options": g} for g in groups]
    return {"type": "static_select", "option_groups": named[:_GROUP]}


def _first(line: Mapping[str, Any]) -> str:
    return str(line["text"]["text"])[:30]
