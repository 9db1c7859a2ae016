"""Two keys: what the gate doubts, what a topic wants read and what newcomers write is read by a second person first."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.test_writing import write
from tests.stories.town import QUESTION, ROSTER, words
from twelp.model import AnswerState, Stage

TEXT = "Hold the power button for ten seconds."
DOUBTFUL = "Hold the power button for ten seconds, or call 07911 123456."
SOUND = "@VoltHelp why is there no sound from my soundbar?"


def opened(scene: Scene, roster: str) -> Scene:
    scene.close()
    scene.roster = roster
    scene.open()
    scene.settle()
    return scene


def voiced(voice: str) -> str:
    return ROSTER.replace(
        "{name: Volt, handles: {x: VoltHelp}}", f"{{name: Volt, handles: {{x: VoltHelp}}, voice: {voice}}}"
    )


def test_what_the_gate_doubts_is_shown_while_typing_and_read_by_a_moderator_with_the_finding(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer", post_id)
    write(scene, "ann", DOUBTFUL)
    shown = scene.window("ann")
    assert "A moderator looks at it first, because:" in shown
    assert "“07911 123456”: There is a phone number in it" in shown
    assert not scene.submit("ann", DOUBTFUL)["errors"]
    scene.submit("ann")
    assert scene.state(post_id, "ann") is AnswerState.HELD
    scene.pass_time(hours=1)
    assert scene.replies(post_id) == []
    card = scene.words("mo", post_id)
    assert f"Ann Lee wrote: {DOUBTFUL} ^AL" in card
    assert "There is a phone number in it" in card
    scene.click("mo", "Approve and post", post_id)
    assert scene.replies(post_id) == [f"{DOUBTFUL} ^AL"]
    assert any(line.startswith("mo@volt.example: approve") for line in scene.trail(post_id)), scene.trail(post_id)


def test_what_must_not_go_out_cannot_be_sent_and_says_what_to_do(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer", post_id)
    text = "Use the password Volt2024! and we charged 4111 1111 1111 1111 again."
    write(scene, "ann", text)
    shown = scene.window("ann")
    assert "That looks like a card number" in shown
    assert "That looks like a password or code" in shown
    errors = " ".join(scene.submit("ann", text)["errors"].values())
    assert "card number" in errors
    assert "4111" not in errors
    assert scene.stage(post_id) is Stage.CLAIMED


def test_what_the_company_made_public_goes_out_and_what_it_keeps_back_does_not(scene: Scene):
    opened(scene, voiced("{public: [07911 123456], embargoes: [Lumavue Q9], competitors: [MegaWatt]}"))
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer", post_id)
    errors = " ".join(scene.submit("ann", "The Lumavue Q9 does that better.")["errors"].values())
    assert "“Lumavue Q9” is not public yet" in errors
    scene.submit("ann", DOUBTFUL)
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{DOUBTFUL} ^AL"]


def test_on_a_topic_with_two_keys_a_second_person_reads_every_answer_and_never_the_author(scene: Scene):
    roster = ROSTER.replace("{id: tv, name: TV,", "{id: tv, name: TV, two_keys: true,")
    opened(scene, roster.replace("initials: AL, topics: [tv],", "initials: AL, topics: [tv], level: moderator,"))
    post_id = scene.post(QUESTION)
    scene.answer("ann", TEXT, post_id)
    assert scene.state(post_id, "ann") is AnswerState.HELD
    assert "A second person reads each answer on TV before it goes out." in scene.words("mo", post_id)
    assert "Approve and post" not in scene.buttons("ann", post_id)
    scene.click("mo", "Approve and post", post_id)
    assert scene.replies(post_id) == [f"{TEXT} ^AL"]


def test_a_newcomers_first_answers_are_read_and_later_ones_go_out(scene: Scene):
    opened(scene, voiced("{trainee_answers: 1}"))
    first = scene.post(SOUND)
    scene.answer("tia", "Press the mute key on the remote once more.", first)
    assert scene.state(first, "tia") is AnswerState.HELD
    scene.click("mo", "Approve and post", first)
    assert len(scene.replies(first)) == 1
    second = scene.post("@VoltHelp my headphones have no sound on the left side?", "noor")
    scene.answer("tia", "Clean the left earpiece, then restart the headphones.", second)
    scene.pass_time(seconds=61)
    assert scene.replies(second) == ["Clean the left earpiece, then restart the headphones. ^TN"]
    assert "A newcomer" not in words(scene.cards("mo")[0]["blocks"])


def test_an_answer_that_nobody_looks_at_goes_further_to_who_is_on_call_and_its_author_is_told(scene: Scene):
    on_call = "level: moderator, on_call: true, topics: [tv],"
    roster = ROSTER.replace("initials: AL, topics: [tv],", f'quiet: "00:00-23:59", initials: AL, {on_call}')
    opened(scene, roster)
    post_id = scene.post(SOUND)
    scene.answer("tia", "Press the mute key on the remote once more, or call 07911 123456.", post_id)
    assert scene.state(post_id, "tia") is AnswerState.HELD
    assert scene.cards("ann") == []
    scene.pass_time(minutes=31)
    scene.pass_time(minutes=61)
    assert "Approve and post" in scene.buttons("ann", post_id)
    assert any("asked further people" in line for line in scene.trail(post_id)), scene.trail(post_id)
    assert any("waiting" in words(one["blocks"]) or "waiting" in one["text"] for one in scene.cards("tia"))
