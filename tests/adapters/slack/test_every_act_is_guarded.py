"""Every button, menu line and window there is, and how it keeps to what was shown. A new one without a line here fails.

`Act`: it carries marks of what it shows, and the desk compares them by that act's rule. A text: it needs none, and why.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, Final

import pytest

from tests.adapters.slack import blockkit, samples
from tests.adapters.slack.samples import QUESTION
from tests.adapters.slack.test_nothing_leaks import handlers, payload
from tests.adapters.slack.town import Town, until
from twelp import desk
from twelp.adapters.slack import (
    buttons,
    cards,
    crises,
    crisis_parts,
    home,
    invitations,
    modal,
    privates,
    repairs,
    reviews,
    same,
    sampling,
    selfservice,
    storm_parts,
    suggesting,
    window_parts,
    window_state,
)
from twelp.flow.seen import Act
from twelp.model import CardState, Form, Preview
from twelp.texts import slack as texts

SHOWS: Final = "it opens a window that shows what is true now, and whose own button is guarded"
ONESELF: Final = "it is about the person, not about a question or an answer"
PRIVATE: Final = "it carries the version of the private case that was seen, which is compared"
EVENT: Final = "nobody pressed anything: Slack tells of a change"

GUARDS: Final[dict[tuple[str, str], Act | str]] = {
    ("action", buttons.CLAIM): Act.CLAIM,
    ("action", buttons.RELEASE): Act.RELEASE,
    ("action", buttons.PASS_ON): Act.PASS_ON,
    ("action", buttons.UNDO): Act.UNDO,
    ("action", buttons.RESTORE): Act.RESTORE,
    ("action", sampling.FOR_US): Act.RESTORE,
    ("action", sampling.NOT_FOR_US): Act.RESTORE,
    ("action", sampling.DANGEROUS): Act.ALARM,
    ("action", buttons.APPROVE): Act.APPROVE,
    ("action", buttons.TELL): Act.TELL,
    ("action", buttons.UNTELL): Act.UNTELL,
    ("action", buttons.POSTED): Act.SAY_POSTED,
    ("action", buttons.DROP): SHOWS,
    ("view", reviews.DROPPED): Act.DROP,
    ("action", f"{buttons.MORE} {buttons.DISMISS}"): Act.DISMISS,
    ("action", f"{buttons.MORE} {buttons.NOT_OURS}"): Act.DISMISS,
    ("action", f"{buttons.MORE} {buttons.ALARM}"): Act.ALARM,
    ("action", crisis_parts.TAKE): Act.TAKE,
    ("action", crisis_parts.GIVE_BACK): Act.GIVE_BACK,
    ("action", crisis_parts.HANDLE): SHOWS,
    ("action", crisis_parts.NO_CRISIS): SHOWS,
    ("view", crises.HANDLED): Act.HANDLE,
    ("view", crises.CLEARED): Act.NO_CRISIS,
    ("action", storm_parts.HOLD): "it stops what goes out, and any moderator may resume it",
    ("action", storm_parts.NO_STORM): "it changes what moderators are told, and the first of them decides",
    ("action", buttons.MORE): "a menu: its lines are listed one by one",
    ("action", buttons.ANSWER): SHOWS,
    ("action", buttons.READ): SHOWS,
    ("action", buttons.SEND_BACK): SHOWS,
    ("action", buttons.CHANGE): SHOWS,
    ("view", reviews.CHANGED): SHOWS,
    ("view", reviews.CHANGE_APPROVED): Act.APPROVE,
    ("action", buttons.TAKE_BACK): SHOWS,
    ("action", f"{buttons.MORE} {buttons.RETRACT}"): SHOWS,
    ("action", f"{buttons.MORE} {buttons.CORRECT}"): SHOWS,
    ("action", f"{buttons.MORE} {buttons.WRONG_TOPIC}"): "it opens a window that carries the card's marks",
    ("action", f"{buttons.MORE} {buttons.PASS_TO}"): "it opens a window that carries the card's marks",
    ("action", buttons.BY_HAND): "a link: Slack opens it, and the desk does nothing",
    ("action", window_state.TYPING): Act.DRAFT,
    ("action", window_parts.AS_THREAD): Act.DRAFT,
    ("action", window_parts.SHORTEN): Act.DRAFT,
    ("action", window_parts.PUT_SPACES): Act.DRAFT,
    ("action", window_parts.ASK_PRIVATELY): Act.DRAFT,
    ("action", f"{window_parts.START_FROM}0"): Act.DRAFT,
    ("view", modal.FORM): Act.DRAFT,
    ("view", modal.CONFIRM): Act.CONFIRM,
    ("view", modal.BACK): Act.SEND_BACK,
    ("view", reviews.APPROVED): Act.APPROVE,
    ("view", repairs.TOPIC): Act.RETOPIC,
    ("view", repairs.PERSON): Act.PASS_TO,
    ("view", repairs.RETRACT): Act.RETRACT,
    ("view", repairs.CORRECT): Act.CORRECT,
    ("shortcut", suggesting.SHORTCUT): SHOWS,
    ("view", suggesting.CHOOSE): SHOWS,
    ("action", invitations.READ_RULES): ONESELF,
    ("view", invitations.ACCEPT): "it carries the version of the rules, which is compared",
    ("action", home.CHANGE): ONESELF,
    ("action", home.PAUSE): ONESELF,
    ("action", home.RESUME): ONESELF,
    ("action", privates.REPLY): SHOWS,
    ("action", privates.GIVE): SHOWS,
    ("action", privates.UNDO): PRIVATE,
    ("action", privates.APPROVE): PRIVATE,
    ("action", privates.SETTLE): PRIVATE,
    ("view", privates.FORM): "it shows what would be sent; the window after it is guarded",
    ("view", privates.CONFIRM): PRIVATE,
    ("view", privates.GIVEN): PRIVATE,
    ("action", same.SPLIT): "it names the very question that was seen; one that is not joined any more is left",
    ("action", home.RESUME_ALL): "it carries the mark of the very pause that was seen, which is compared",
    ("action", home.DIGEST): ONESELF,
    ("action", home.LEAVE): ONESELF,
    ("view", home.HOURS): ONESELF,
    ("command", selfservice.COMMAND): ONESELF,
    ("event", "message"): "it is never taken for an answer",
    ("event", "app_home_opened"): SHOWS,
    ("event", "user_change"): EVENT,
    ("event", "team_join"): EVENT,
    ("event", "dnd_updated_user"): EVENT,
}

CALLS: Final[dict[Act, set[str]]] = {
    Act.CLAIM: {"claim"},
    Act.RELEASE: {"release"},
    Act.PASS_ON: {"pass_on"},
    Act.PASS_TO: {"pass_to"},
    Act.DISMISS: {"dismiss", "not_ours"},
    Act.RETOPIC: {"retopic"},
    Act.RESTORE: {"restore", "for_us", "not_for_us"},
    Act.UNDO: {"undo"},
    Act.APPROVE: {"approve", "approve_changed"},
    Act.SEND_BACK: {"send_back"},
    Act.RETRACT: {"retract"},
    Act.CORRECT: {"correct"},
    Act.TELL: {"tell"},
    Act.UNTELL: {"untell"},
    Act.SAY_POSTED: {"say_posted"},
    Act.DROP: {"drop_posting"},
    Act.TAKE: {"take"},
    Act.GIVE_BACK: {"give_back"},
    Act.HANDLE: {"handle"},
    Act.NO_CRISIS: {"not_a_crisis"},
    Act.ALARM: {"raise_alarm"},
    Act.CONFIRM: {"confirm"},
    Act.DRAFT: {"save_draft", "shorten", "start_from", "part_words", "ask_privately"},
}
"""What the desk is asked for each act."""

MARKS: Final = "question.holder.answer"


def test_every_button_menu_line_and_window_is_listed(live: Town) -> None:
    assert set(handlers(live)) == set(GUARDS)
    assert {guard for guard in GUARDS.values() if isinstance(guard, Act)} == set(Act) == set(CALLS)


@pytest.mark.parametrize("where", [where for where, guard in GUARDS.items() if isinstance(guard, Act)])
def test_what_was_shown_comes_to_the_desk_with_the_act(live: Town, where: tuple[str, str]) -> None:
    surface, name = where
    live.desk.says |= {
        "shorten": samples.FORM,
        "start_from": samples.FORM,
        "part_words": samples.FORM,
        "ask_privately": samples.FORM,
    }
    live.slack.people.refresh()
    kind, what = payload(surface, name, "U0JO")
    _mark(what, surface)
    live.world.do(live.world.delivery.send(kind, what))
    guard = GUARDS[where]
    assert isinstance(guard, Act)
    called = until(lambda: CALLS[guard] & {call[0] for call in live.desk.calls})
    [press] = {press for name in called for press in live.desk.presses(name)}
    assert press.seen == MARKS
    assert press.window or press.click, "and which press it was: sent again, it is none"


def _mark(what: dict[str, Any], surface: str) -> None:
    """As our cards and windows carry it."""
    what["view"]["private_metadata"] = window_state.pack(QUESTION, samples.POST.text, seen=MARKS)
    if surface == "action":
        action = what["actions"][0]
        if action["value"] == QUESTION:
            action["value"] += f" {MARKS}"
        if "selected_option" in action:
            action["selected_option"]["value"] += f" {MARKS}"


@pytest.mark.parametrize("state", CardState)
def test_all_that_can_be_pressed_on_a_card_says_what_the_card_showed(state: CardState) -> None:
    card = samples.card(state, may_retract=True, may_restore=True, seen=MARKS)
    places = (cards.lay_out(card).blocks, cards.digest([card]).blocks)
    for thing in blockkit.walk(places):
        if thing.get("type") == "button" and thing["action_id"] != buttons.BY_HAND:
            assert buttons.pressed(thing["value"]) == (QUESTION, MARKS)
        for option in thing.get("options", ()) if thing.get("type") == "overflow" else ():
            assert buttons.pressed(buttons.chosen(option["value"])[1]) == (QUESTION, MARKS)


def test_every_window_says_what_it_shows() -> None:
    card = samples.card(CardState.REVIEWING, seen=MARKS)
    form = modal.form_view(Form(QUESTION, samples.POST, "TV", "", "^JD", 276, seen=MARKS))
    long = Preview(("a", "b"), 3)
    windows = (
        form,
        modal.with_preview(form, long, thread=True),
        modal.confirm_view(QUESTION, "Yes.\nthread", long, MARKS),
        reviews.note_view(card),
        reviews.approve_view(card),
        crises.handle_view(samples.card(CardState.CRISIS, seen=MARKS)),
        crises.clear_view(samples.card(CardState.CRISIS_TAKEN, seen=MARKS)),
        reviews.change_view(card),
        reviews.changed_view(card, "Yes.", long, MARKS),
        reviews.drop_view(card),
        repairs.retract_view(card),
        repairs.correct_view(card),
        repairs.topic_view(QUESTION, samples.roster("U0JO"), MARKS),
        repairs.person_view(QUESTION, "U0JO", samples.roster("U0JO"), MARKS),
    )
    for view in windows:
        assert window_state.seen_in(view["private_metadata"]) == MARKS
        assert window_state.unpack(view["private_metadata"])[0] == QUESTION
        blockkit.check_view(view)


def test_what_is_decided_on_stands_in_the_window_word_for_word_however_long() -> None:
    link = f"https://volt.example/{'a' * 4_000}"
    post = samples.replace(samples.POST, text="why? " * 4_000 + "The end.")
    card = samples.card(CardState.REVIEWING, post=post, posts=(f"See {link} ^JD",), seen=MARKS)
    for view in (reviews.approve_view(card), reviews.note_view(card), repairs.retract_view(card)):
        assert f"See {link} ^JD" in "".join(blockkit.runs(view["blocks"]))
        blockkit.check(view["blocks"][1:], most=100)
    assert "The end." in "".join(blockkit.runs(reviews.approve_view(card)["blocks"]))
    pressed = blockkit.action_ids(cards.lay_out(card).blocks)
    assert buttons.READ in pressed
    assert buttons.APPROVE not in pressed
    for short in (samples.replace(card, post=samples.POST), samples.replace(card, posts=("Yes. ^JD",))):
        assert buttons.APPROVE not in blockkit.action_ids(cards.lay_out(short).blocks), "each must be whole"
    both = samples.replace(card, post=samples.POST, posts=("Yes. ^JD",))
    assert buttons.APPROVE in blockkit.action_ids(cards.lay_out(both).blocks)
    assert texts.READ_WHOLE in str(cards.lay_out(card).blocks)


def test_the_desk_compares_for_every_act() -> None:
    """Each act's method asks the one guard, with that act."""
    asked: dict[str, set[str]] = {}
    for path in (Path(desk.__file__).parent).glob("*.py"):
        for made in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for call in ast.walk(made) if isinstance(made, ast.FunctionDef) else ():
                if isinstance(call, ast.Call) and ast.unparse(call.func) in ("seeing.refusal", "seeing.unlike"):
                    acts = [
                        part.attr
                        for part in call.args
                        if isinstance(part, ast.Attribute) and "Act." in ast.unparse(part)
                    ]
                    for act in acts:
                        asked.setdefault(act, set()).add(made.name)
    assert asked.keys() == {act.name for act in Act}
    for act, methods in CALLS.items():
        inner = {
            "APPROVE": {"approve"},
            "DISMISS": {"_dismiss"},
            "DRAFT": {"save_draft", "_redraft"},
            "DROP": {"drop"},
            "RESTORE": {"restore", "_said"},
        }.get(act.name, methods)
        assert inner <= asked[act.name], act
