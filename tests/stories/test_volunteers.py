"""Joining, leaving, pausing, one's own hours: `/twelp`, the Home tab and the rules, over both transports."""

from __future__ import annotations

from typing import Any

from pydantic import SecretStr

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, ROSTER, mail, words
from twelp.model import Stage

RULES = "rules:\n  version: 1\n  text: |\n    Be kind & <!channel> true.\n    Never share what a customer tells you.\n"


def with_rules(scene: Scene, version: int = 1, **settings: Any) -> None:
    """Opens the house with rules that have to be accepted."""
    scene.roster = ROSTER + RULES.replace("version: 1", f"version: {version}")
    scene.open(**settings)
    scene.settle()


def says(scene: Scene, person: str, text: str) -> str:
    """What `/twelp TEXT` answers to this person."""
    scene.control("POST", "slack/command", {"user": mail(person), "command": "/twelp", "text": text})
    scene.settle()
    alone = [m for m in scene.control("GET", "slack/messages", user=mail(person))["messages"] if m.get("only_for")]
    return words(alone[0].get("blocks") or alone[0]) if alone else ""


def home(scene: Scene, person: str) -> dict[str, Any]:
    """The person's own tab as it is now."""
    view: dict[str, Any] = scene.control("GET", "slack/views", user=mail(person))["home"]
    return view


def open_home(scene: Scene, person: str) -> str:
    scene.control("POST", "slack/home", {"user": mail(person)})
    return words(scene.until(lambda: home(scene, person), "the tab")["blocks"])


def press_home(scene: Scene, person: str, label: str) -> None:
    scene.control("POST", "slack/click", {"user": mail(person), "view_id": home(scene, person)["id"], "label": label})
    scene.settle()


def accept(scene: Scene, person: str) -> None:
    scene.press(person, scene.cards(person)[-1], label="Read the rules")
    scene.submit(person)
    scene.shut(person)


def test_who_is_listed_is_invited_and_asked_only_after_accepting_the_rules(either_scene: Scene):
    """Being listed is an invitation; a question that came before anybody joined finds the first who does."""
    scene = either_scene
    with_rules(scene)
    assert "Volt asks you to help" in scene.words("ann")
    assert "You would be asked about: TV." in scene.words("ann")
    post_id = scene.post(QUESTION)
    assert scene.asked(post_id) == []
    scene.click("ann", "Read the rules")
    assert "Be kind & <!channel> true. Never share what a customer tells you." in scene.window("ann")
    scene.submit("ann")
    assert "you take part now" in scene.window("ann")
    scene.shut("ann")
    assert scene.asked(post_id) == ["ann"]
    scene.answer("ann", post_id=post_id)
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    invitation = scene.cards("ann")[-1]
    assert "You take part" in words(invitation["blocks"])
    assert all(block["type"] != "actions" for block in invitation["blocks"])
    assert scene.pings() == []


def test_a_new_version_of_the_rules_asks_everybody_again(closed_house: Scene):
    """A restart alone invites nobody twice; what changed while somebody read it is not accepted."""
    scene = closed_house
    with_rules(scene)
    accept(scene, "ann")
    scene.click("bob", "Read the rules")
    scene.close()
    with_rules(scene, version=2)
    scene.submit("bob")
    assert "have changed in the meantime" in scene.window("bob")
    note, invitation = (words(card["blocks"]) for card in scene.cards("ann"))
    assert "rules for answering have changed" in note
    assert invitation.startswith("The rules have changed")
    assert [len(scene.cards(person)) for person in ("ann", "bob", "cy")] == [2, 2, 2]
    post_id = scene.post(QUESTION)
    assert scene.asked(post_id) == []
    accept(scene, "ann")
    assert scene.asked(post_id) == ["ann"]
    scene.close()
    scene.open()
    scene.settle()
    assert len(scene.cards("cy")) == 2


def test_who_leaves_is_asked_nothing_more_and_gives_back_what_they_hold(scene: Scene):
    """Without rules, being listed is enough; leaving works all the same, before the last button, too."""
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    scene.submit("ann", ANSWER)
    assert "Post this?" in scene.window("ann")
    assert "take part no more" in says(scene, "ann", "leave")
    scene.submit("ann")
    assert "You do not take part at present, so nothing was done" in scene.window("ann")
    assert scene.stage(post_id) is Stage.ASKED
    assert scene.buttons("ann") == []
    assert "Not yours any more" in scene.words("ann")
    assert scene.buttons("bob") == ["Answer", "Claim", "Not me"]
    other = scene.post("@VoltHelp how do I get the picture back on my tv?", "eve")
    assert "ann" not in scene.asked(other)
    assert scene.ours() == []
    assert "take part now" in says(scene, "ann", "join")
    desk = scene.running_house.desk
    assert desk.confirm(f"x:{other}", mail("ann"), ANSWER).ok
    says(scene, "ann", "leave")
    scene.click("ann", "Undo", other)  # what they said stands, and is still theirs to take back
    scene.pass_time(minutes=2)
    assert scene.stage(other) is Stage.ASKED
    assert scene.buttons("ann", other) == []
    assert scene.ours() == []


def test_who_paused_is_not_asked_until_the_pause_is_over(closed_house: Scene):
    """Over signed requests (the other stories: over a socket); the answers are told to that person alone."""
    scene = closed_house
    scene.open(slack_app_token=None, slack_signing_secret=SecretStr("sandbox-signing-secret"))
    assert "Paused until" in says(scene, "ann", "pause 2h")
    assert "You are paused until" in says(scene, "ann", "status")
    assert scene.asked(scene.post(QUESTION)) == ["bob", "cy", "di"]
    assert "is not clear" in says(scene, "bob", "pause a bit <@U1>")
    assert "is not known" in says(scene, "bob", "dance")
    assert "TV" in says(scene, "bob", "topics")
    assert "asks 1, answered 0" in says(scene, "bob", "stats")
    assert "/twelp pause 2h" in says(scene, "bob", "help")
    assert "may be asked again" in says(scene, "ann", "resume")
    assert "ann" in scene.asked(scene.post("@VoltHelp how do I get the picture back on my tv?", "eve"))
    assert scene.told("cy") == ""
    assert scene.pings() == []


def test_the_home_tab_shows_what_is_before_me_and_stays_true(either_scene: Scene):
    """Asks and claims with buttons that work, on the tab as on the card, and both change when somebody is quicker."""
    scene = either_scene
    scene.open()
    post_id = scene.post(QUESTION)
    shown = open_home(scene, "ann")
    assert QUESTION in shown
    assert "You are asked about: TV." in shown
    assert "Coverage" not in shown
    press_home(scene, "ann", "Answer")
    assert QUESTION in scene.window("ann")
    assert scene.question(post_id).claimed_by == mail("ann")
    assert "This one is yours" in words(home(scene, "ann")["blocks"])
    scene.shut("ann")
    press_home(scene, "ann", "Release")
    assert "Can you answer this?" in words(home(scene, "ann")["blocks"])
    scene.click("bob", "Claim")
    assert "Nothing is waiting for you" in words(home(scene, "ann")["blocks"])


def test_hours_and_budget_of_ones_own_stand_in_place_of_the_rosters(either_scene: Scene):
    scene = either_scene
    scene.open()
    open_home(scene, "ann")
    press_home(scene, "ann", "Change hours and budget")
    view = scene.until(lambda: scene.view("ann"), "the window")
    where = {"user": mail("ann"), "view_id": view["id"]}
    act = scene.control("POST", "slack/submit", {**where, "values": {"quiet": "at night", "budget": "-1"}})
    assert set(act["errors"]) == {"quiet", "budget"}
    act = scene.control("POST", "slack/submit", {**where, "values": {"quiet": "22-8", "budget": "3"}})
    assert act["view"] is None
    scene.settle()
    assert "Quiet hours: 22:00-08:00" in words(home(scene, "ann")["blocks"])
    assert "Asks a day: at most 3" in words(home(scene, "ann")["blocks"])
    assert scene.running_house.roster.experts[mail("ann")].quiet is None  # the file's word is not touched
    hour = scene.clock.at.hour
    quiet = f"{(hour - 1) % 24:02}:00-{(hour + 2) % 24:02}:00"
    assert f"Your quiet hours: {quiet}" in says(scene, "ann", f"quiet {quiet}")
    assert "Asks a day: at most 0" in says(scene, "bob", "budget 0")
    assert scene.asked(scene.post(QUESTION)) == ["cy", "di", "ed"]
    press_home(scene, "ann", "Pause for today")
    assert "No asks until" in words(home(scene, "ann")["blocks"])
    press_home(scene, "ann", "Resume")
    press_home(scene, "ann", "Leave")
    assert "You do not take part" in words(home(scene, "ann")["blocks"])


def test_a_moderators_home_shows_coverage_and_the_queue(scene: Scene):
    scene.post(QUESTION)
    says(scene, "tia", "leave")
    shown = open_home(scene, "mo")
    assert "TV: 5 of 5 can be asked now, 1 waiting" in shown
    assert "Audio: nobody takes part" in shown
    assert QUESTION in shown.partition("The queue")[2]
    scene.control("POST", "slack/users", {"name": "eve", "email": "eve@volt.example"})
    assert "not on the roster" in open_home(scene, "eve@volt.example")
    assert "not on the roster" in says(scene, "eve@volt.example", "status")


def test_what_lay_before_somebody_who_takes_part_no_more_goes_to_others_at_the_next_start(closed_house: Scene):
    """Rules that changed, or a roster without them: no button is left that would only be refused, no claim kept."""
    scene = closed_house
    with_rules(scene)
    for person in ("ann", "bob"):
        accept(scene, person)
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim", post_id)
    scene.close()
    with_rules(scene, version=2)
    for person in ("ann", "bob"):
        assert scene.buttons(person, post_id) == []
        assert "You do not take part in this one any more" in scene.words(person, post_id)
    assert scene.stage(post_id) is Stage.ASKED
    says(scene, "bob", "join")
    scene.submit("bob")
    scene.shut("bob")
    assert "Answer" in scene.buttons("bob", post_id)
    scene.close()
    scene.roster = "\n".join(line for line in ROSTER.splitlines() if "bob@" not in line)
    scene.open()
    scene.settle()
    assert scene.buttons("bob", post_id) == []
    assert scene.trail(post_id)[-1].startswith("dispatch:")
    scene.answer(scene.asked(post_id)[-1], post_id=post_id)


def test_status_says_whether_one_is_asked_now(scene: Scene):
    assert says(scene, "ann", "status").startswith("You may be asked now")
    says(scene, "ann", "quiet 00:00-23:59")
    assert "it is your quiet hours" in says(scene, "ann", "status")
    says(scene, "ann", "budget 0")
    assert "your budget is 0" in says(scene, "ann", "status")


def test_without_rules_one_takes_part_again_at_the_press_of_a_button(scene: Scene):
    says(scene, "ann", "leave")
    assert open_home(scene, "ann") == "You do not take part at present. Take part"
    press_home(scene, "ann", "Take part")
    assert scene.window("ann").startswith("You take part Thank you")
    scene.shut("ann")
    assert "You are asked about: TV." in open_home(scene, "ann")


def test_who_is_deactivated_holds_nothing_any_more(either_scene: Scene):
    """The customer does not wait for the lease to run out."""
    scene = either_scene
    scene.open()
    post_id = scene.post(QUESTION)
    holder = scene.asked(post_id)[0]
    scene.click(holder, "Claim", post_id)
    scene.control("PATCH", f"slack/users/{mail(holder)}", {"deleted": True})
    scene.until(lambda: scene.stage(post_id) is Stage.ASKED, "giving back")
    scene.settle()
    others = scene.asked(post_id)[1:]
    assert holder not in others
    assert all("Answer" in scene.buttons(other, post_id) for other in others)


def test_a_question_that_had_nobody_is_put_before_whoever_the_roster_lists_at_the_next_start(closed_house: Scene):
    scene = closed_house
    scene.roster = "\n".join(line for line in ROSTER.splitlines() if "topics: [tv]" not in line and "mo@" not in line)
    scene.open()
    post_id = scene.post(QUESTION)
    assert scene.asked(post_id) == []
    scene.close()
    scene.roster = ROSTER
    scene.open()
    scene.settle()
    assert len(scene.asked(post_id)) == 3


def test_a_guest_since_a_moment_ago_publishes_nothing_though_slack_told_nobody(scene: Scene):
    """The event was lost; what is written is kept in the window."""
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    scene.submit("ann", ANSWER)
    scene.running.sandbox.slack.workspace.find("ann@volt.example").change({"is_restricted": True}, 2**31)
    scene.pass_time(minutes=2)
    scene.submit("ann")
    assert "not on the roster" in scene.window("ann")
    assert ANSWER in scene.window("ann")
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == []


def test_an_answer_goes_out_though_slack_does_not_say_who_it_is(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    scene.submit("ann", ANSWER)
    scene.pass_time(minutes=2)
    scene.fault(kind="status", status=500, network="slack", path="/api/users.info")
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
