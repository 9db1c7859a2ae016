"""A post that only people may handle is a case: all see who has it, one of two wins, and no volunteer is asked."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.crisis import GAS, PRESS, SMOKE, TWO, choose, crisis, notes, opened, state, tab, told
from tests.stories.test_edits import edit
from tests.stories.test_two_at_once import at_once
from tests.stories.test_what_was_seen import Screen
from tests.stories.town import ANSWER, QUESTION, mail, words
from twelp.model import CrisisState, Stage


@pytest.fixture
def two(closed_house: Scene) -> Scene:
    """A house with two moderators."""
    return opened(closed_house, TWO)


def test_each_crisis_has_its_own_card_with_the_moderators_at_once_and_no_volunteer_is_asked(two: Scene):
    first = two.post(SMOKE)
    second, third = two.post(GAS, "leo"), two.post(PRESS, "zoe")
    for post_id, words_of in ((first, "smoke coming out"), (second, "smell gas"), (third, "journalist")):
        for moderator in ("mo", "nia"):
            card = two.words(moderator, post_id)
            assert "Needs a person now" in card
            assert words_of in card
            assert "Nobody has it yet" in card
            assert "Why you are told:" in card
            assert two.buttons(moderator, post_id) == [
                "I take it", "Answer as a moderator", "Handled", "Not a crisis"
            ]  # fmt: skip
        assert two.stage(post_id) is Stage.CRISIS
        assert told(two, post_id) == ["mo", "nia"]
    assert "About: danger to people." in two.words("mo", first)
    assert "About: the press." in two.words("mo", third)
    two.pass_time(hours=9)
    for volunteer in ("ann", "bob", "cy", "di", "ed", "tia"):
        assert two.cards(volunteer) == []


def test_who_takes_it_is_seen_by_all_and_nobody_else_may_end_it(two: Scene, monkeypatch: pytest.MonkeyPatch):
    post_id = two.post(SMOKE)
    labels, screen = ("I take it", "Handled", "Not a crisis", "Answer as a moderator"), Screen(two, monkeypatch)
    stale = [screen.press(lambda label=label: two.click("nia", label, post_id)) for label in labels]
    two.click("mo", "I take it", post_id)
    assert state(two, post_id) is CrisisState.TAKEN
    assert "You have it" in two.words("mo", post_id)
    assert two.buttons("mo", post_id) == ["Answer as a moderator", "Handled", "Not a crisis", "Give it back"]
    assert "Mo Dee has it" in two.words("nia", post_id)
    assert two.buttons("nia", post_id) == ["I take it over"]
    for arrives in stale:
        arrives()
        assert two.view("nia") is None
    assert two.told("nia").count("Mo Dee took the case just now.") == 4
    assert crisis(two, post_id).taken_by == mail("mo")
    two.pass_time(minutes=3)
    two.click("nia", "I take it over", post_id)
    assert crisis(two, post_id).taken_by == mail("nia")
    assert "Nia Oak has it" in two.words("mo", post_id)
    two.click("nia", "Give it back", post_id)
    assert state(two, post_id) is CrisisState.OPEN
    assert "Nobody has it yet" in two.words("mo", post_id)
    assert two.cards("ann") == []


def test_of_two_who_take_it_at_once_one_wins_and_the_other_is_told(two: Scene):
    post_id = two.post(SMOKE)
    at_once(*(lambda p=person: two.click(p, "I take it", post_id) for person in ("mo", "nia")))
    winner = str(crisis(two, post_id).taken_by).partition("@")[0]
    loser, name = ("nia", "Mo Dee") if winner == "mo" else ("mo", "Nia Oak")
    assert f"{name} took the case just now." in two.told(loser)
    assert two.told(winner) == ""
    assert f"{name} has it" in two.words(loser, post_id)
    assert "You have it" in two.words(winner, post_id)


def test_handled_asks_for_one_line_how_and_all_read_it(two: Scene, monkeypatch: pytest.MonkeyPatch):
    post_id = two.post(SMOKE)
    stale = Screen(two, monkeypatch).press(lambda: two.click("nia", "I take it", post_id))
    two.click("mo", "I take it", post_id)
    two.click("mo", "Handled", post_id)
    assert "How was it handled?" in two.window("mo")
    assert "smoke coming out" in two.window("mo")
    two.submit("mo", "Called them <!channel>, the plug is pulled.")
    assert state(two, post_id) is CrisisState.HANDLED
    assert two.stage(post_id) is Stage.HANDLED
    for moderator in ("mo", "nia"):
        assert "This case is closed" in two.words(moderator, post_id)
        assert "Called them <!channel>, the plug is pulled." in two.words(moderator, post_id)
        assert two.buttons(moderator, post_id) == []
    stale()
    assert "Mo Dee has handled it already: “Called them &lt;!channel&gt;, the plug is pulled.”" in two.told("nia")
    assert "Cases for people" not in tab(two, "mo")
    two.pass_time(hours=9)
    assert two.cards("ann") == []
    assert notes(two, "nia", "Nobody has taken") == []
    assert two.pings() == []


def test_not_a_crisis_goes_on_as_an_ordinary_question_and_teaches(two: Scene):
    post_id = two.post("@VoltHelp my tv picture is on fire, which setting turns the contrast down?")
    if two.stage(post_id) is not Stage.CRISIS:
        post_id = two.post("@VoltHelp smoke on my tv screen in every film, which picture setting?", "leo")
    assert two.stage(post_id) is Stage.CRISIS
    two.click("mo", "Not a crisis", post_id)
    assert "What becomes of the post?" in two.window("mo")
    choose(two, "mo", "ask")
    assert state(two, post_id) is CrisisState.NO_CRISIS
    assert two.stage(post_id) is Stage.ASKED
    assert "Mo Dee said that it is not a crisis" in two.words("nia", post_id)
    assert two.buttons("nia", post_id) == []
    assert two.look(lambda tx: tx.lesson(f"x:{post_id}"))[1] == "tv"
    asked = next(person for person in two.asked(post_id) if person not in ("mo", "nia"))
    two.answer(asked, ANSWER, post_id)
    two.pass_time(minutes=2)
    assert len(two.replies(post_id)) == 1


def test_not_a_crisis_may_be_left_and_teaches_that_too(two: Scene):
    post_id = two.post(SMOKE)
    two.click("mo", "I take it", post_id)
    two.click("mo", "Not a crisis", post_id)
    choose(two, "mo", "leave")
    assert two.stage(post_id) is Stage.DISMISSED
    assert two.look(lambda tx: tx.lesson(f"x:{post_id}"))[1] is None
    assert "not a crisis" in " ".join(two.trail(post_id))
    two.pass_time(hours=1)
    assert two.cards("ann") == []


def test_a_moderator_answers_in_public_once_and_signed_and_the_case_stays_until_it_is_handled(two: Scene):
    post_id = two.post(SMOKE)
    two.click("nia", "Answer as a moderator", post_id)
    two.submit("nia", "Please unplug it at once and call us on the safety line.")
    two.submit("nia")
    assert crisis(two, post_id).taken_by == mail("nia")
    assert "Nia Oak has it" in two.words("mo", post_id)
    two.pass_time(minutes=2)
    assert two.replies(post_id) == ["Please unplug it at once and call us on the safety line. ^NK"]
    assert two.stage(post_id) is Stage.PUBLISHED
    assert state(two, post_id) is CrisisState.TAKEN
    [mine] = [c for c in two.cards("mo") if "Somebody has this case" in words(c["blocks"])]
    assert "There is a public answer." in words(mine["blocks"])
    assert "Cases for people" in tab(two, "mo")
    case = next(c for c in two.cards("nia") if "Somebody has this case" in words(c["blocks"]))
    two.press("nia", case, label="Handled")
    two.submit("nia", "They unplugged it.")
    assert state(two, post_id) is CrisisState.HANDLED
    assert two.stage(post_id) is Stage.PUBLISHED
    assert len(two.replies(post_id)) == 1


def test_an_answer_that_is_not_written_goes_back_to_the_moderators_and_never_to_volunteers(two: Scene):
    post_id = two.post(SMOKE)
    two.click("mo", "Answer as a moderator", post_id)
    two.shut("mo")
    two.pass_time(minutes=11)
    assert two.stage(post_id) is Stage.CRISIS
    assert crisis(two, post_id).taken_by == mail("mo")
    two.pass_time(hours=9)
    assert two.cards("ann") == []


def test_a_deleted_post_is_said_on_the_card_and_to_who_has_it_and_the_case_stays(two: Scene):
    post_id = two.post(SMOKE)
    two.click("mo", "I take it", post_id)
    two.running_house.desk.post_gone(f"x:{post_id}", "deleted")
    two.settle()
    for moderator in ("mo", "nia"):
        card = next(c for c in two.cards(moderator) if "has this case" in words(c["blocks"]))
        assert "The customer has deleted this post, or hidden it." in words(card["blocks"])
        assert "smoke coming" not in words(card["blocks"])
    assert len(notes(two, "mo", "has deleted the post of a case")) == 1
    assert notes(two, "nia", "has deleted the post of a case") == []
    assert state(two, post_id) is CrisisState.TAKEN
    card = next(c for c in two.cards("mo") if "has this case" in words(c["blocks"]))
    two.press("mo", card, label="Answer as a moderator")
    assert "The customer's post is gone." in two.told("mo")
    two.press("mo", card, label="Handled")
    two.submit("mo", "Reached them by phone.")
    assert state(two, post_id) is CrisisState.HANDLED


def test_an_edited_post_is_said_on_the_card_and_an_older_press_does_not_close_it(two: Scene):
    post_id = two.post(SMOKE)
    two.click("mo", "Handled", post_id)
    edit(two, post_id, "@VoltHelp smoke from my tv and my son is unconscious")
    two.submit("mo", "It was only steam.")
    assert state(two, post_id) is CrisisState.OPEN
    card = next(c for c in two.cards("mo") if "Needs a person now" in words(c["blocks"]))
    assert "unconscious" in words(card["blocks"])
    assert "edited this" in words(card["blocks"])
    assert notes(two, "nia", "has edited the post of a case")


def test_what_the_customer_asked_before_leaves_the_volunteers_with_the_crisis(two: Scene):
    first = two.post(QUESTION)
    holder = two.asked(first)[0]
    two.click(holder, "Claim", first)
    second = two.post("@VoltHelp and now there is smoke coming out of it, it smells burnt", reply_to=first)
    assert two.stage(second) is Stage.CRISIS
    assert two.stage(first) is Stage.HANDLED
    assert "The moderators handle this" in two.words(holder, first)
    assert two.buttons(holder, first) == []
    assert notes(two, holder, "The moderators handle this question now")
    assert "What was said before:" in two.words("mo", second)
    assert "no picture" in two.words("mo", second)


def test_an_ordinary_post_edited_into_a_crisis_stops_the_answer_that_waits(two: Scene):
    post_id = two.post(QUESTION)
    author = two.asked(post_id)[0]
    two.answer(author, ANSWER, post_id)
    assert two.stage(post_id) is Stage.HELD
    edit(two, post_id, "@VoltHelp there is smoke coming out of my tv right now, and no picture")
    assert two.stage(post_id) is Stage.CRISIS
    two.pass_time(minutes=5)
    assert two.replies(post_id) == []
    assert told(two, post_id) == ["mo", "nia"]


def test_an_expert_raises_the_alarm_and_the_question_leaves_the_volunteers(two: Scene):
    post_id = two.post("@VoltHelp my tv shows no picture, and it is really warm behind it, why?")
    asked = two.asked(post_id)
    option = next(
        option["value"]
        for block in two.card(asked[0], post_id)["blocks"]
        for element in block.get("elements", ())
        for option in element.get("options", ())
        if words(option) == "This is dangerous"
    )
    two.press(asked[0], two.card(asked[0], post_id), action_id="twelp_more", value=option)
    assert two.stage(post_id) is Stage.CRISIS
    for person in asked:
        assert "The moderators handle this" in two.words(person, post_id)
        assert two.buttons(person, post_id) == []
    assert "says that this is dangerous" in two.words("mo", post_id)
    assert "raised the alarm." in two.words("mo", post_id)
    two.pass_time(hours=5)
    assert two.asked(post_id) == [*asked, "mo", "nia"]


def test_the_customer_who_writes_again_after_it_was_handled_opens_the_case_again(two: Scene):
    post_id = two.post(SMOKE)
    two.click("mo", "Handled", post_id)
    two.submit("mo", "Advised by phone.")
    before = len(two.cards("nia"))
    two.post("@VoltHelp that did not work, it is still doing it", reply_to=post_id)
    assert state(two, post_id) is CrisisState.OPEN
    assert two.stage(post_id) is Stage.CRISIS
    assert len(two.cards("nia")) == before + 1, "a card that changes in its place tells nobody"
    assert two.cards("ann") == []


def test_home_and_the_status_command_tell_moderators_of_cases_oldest_first(two: Scene):
    first = two.post(SMOKE)
    two.pass_time(minutes=5)
    two.post(GAS, "leo")
    two.click("mo", "I take it", first)
    shown = tab(two, "nia")
    assert shown.index("smoke coming out") < shown.index("smell gas")
    assert "Mo Dee has it" in shown
    assert "Nobody has it yet" in shown
    assert "Cases for people" not in tab(two, "ann")
    for person, expected in (("nia", True), ("ann", False)):
        two.control("POST", "slack/command", {"user": mail(person), "command": "/twelp", "text": "status"})
        two.settle()
        assert ("Cases for people: 2 open, 1 of them without anybody." in two.told(person)) is expected


@pytest.mark.parametrize("own", ["", "Samaritans: 116 123, day and night."])
@pytest.mark.others_on_sqlite(reason="the words differ, rows do not")
def test_a_post_about_self_harm_has_guidance_on_its_card(closed_house: Scene, own: str):
    """The roster's own, or a plain default; other cases have none."""
    two = opened(closed_house, TWO + (f'alarms: {{guidance: "{own}"}}\n' if own else ""))
    post_id = two.post("@VoltHelp I can't go on, I want to kill myself")
    assert "About: self-harm." in two.words("mo", post_id)
    assert (own or "Answer soon, calmly and as a person") in two.words("mo", post_id)
    assert "calmly" not in two.words("mo", two.post(GAS, "leo"))


def test_a_moderator_who_leaves_with_a_case_leaves_it_to_the_others(two: Scene):
    post_id = two.post(SMOKE)
    two.click("mo", "I take it", post_id)
    two.control("POST", "slack/command", {"user": mail("mo"), "command": "/twelp", "text": "leave"})
    two.settle()
    assert state(two, post_id) is CrisisState.OPEN
    assert "Nobody has it yet" in two.words("nia", post_id)
    two.pass_time(minutes=11)
    assert notes(two, "nia", "Nobody has taken this")


def test_who_has_the_case_hears_that_the_customer_wants_not_to_be_written_to(two: Scene):
    """They may not be answered in public any more; what they told of is still to be handled."""
    post_id = two.post(SMOKE)
    two.click("mo", "I take it", post_id)
    two.post("@VoltHelp stop replying to me", reply_to=post_id)
    assert notes(two, "mo", "stop replying to me")
    assert state(two, post_id) is CrisisState.TAKEN
    two.click("mo", "Answer as a moderator", post_id)
    assert two.view("mo") is None
    assert "asked not to be written to" in two.told("mo")
