"""Private messages: asked for in public, read, and replied to by the same expert; kept apart, and not for ever."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from tests.stories.conftest import Scene
from tests.stories.test_privately import PRIVATE, ask_privately, draft
from tests.stories.town import mail, words
from twelp.desk.private_cases import case_id
from twelp.model import CrisisState, MessageState, PrivateState, Stage

REFUND = "@VoltHelp where is the refund for my tv? My order number is VE-482911"
SECRET = "my order is VE-482911 and I live in Elm Street 12"
REPLY = "Thanks, your refund left on Monday. It takes up to five days."
LAST = "perfect, that explains it, when does it arrive exactly?"


class Private:
    """The private side of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def write(self, text: str, who: str = "mia", **more: Any) -> None:
        """A customer writes; read a moment later."""
        self.scene.control("POST", "x/directs", {"as": who, "text": text, **more})
        self.read()

    def write_now(self, text: str, who: str = "mia", **more: Any) -> None:
        """The same, read at once: nothing that waits comes due meanwhile."""
        self.scene.control("POST", "x/directs", {"as": who, "text": text, **more})
        reading = self.scene.running_house.networks["x"].listener.private
        assert reading is not None
        reading.look()
        self.scene.settle()

    def read(self) -> None:
        self.scene.pass_time(minutes=2)
        self.scene.listen()

    def sent(self) -> list[str]:
        found = self.scene.control("GET", "x/directs")["directs"]
        return [one["text"] for one in found if one["from"] == "VoltHelp"]

    def cards(self, person: str) -> list[dict[str, Any]]:
        return [c for c in self.scene.cards(person) if '"private:' in str(c["metadata"]).replace("'", '"')]

    def card(self, person: str) -> str:
        found = self.cards(person)
        return words(found[0]["blocks"]) if found else ""

    def buttons(self, person: str) -> list[str]:
        rows = [b["elements"] for b in self.cards(person)[0]["blocks"] if b["type"] == "actions"]
        return [words(e) for row in rows for e in row]

    def press(self, person: str, label: str) -> None:
        self.scene.press(person, self.cards(person)[0], label=label)

    def type(self, person: str, text: str) -> dict[str, Any]:
        return self.scene.submit(person, text)

    def reply(self, person: str, text: str = REPLY) -> None:
        self.press(person, "Reply privately")
        act = self.type(person, text)
        assert not act["errors"], act["errors"]
        self.scene.submit(person)

    def case(self, who: str = "mia") -> Any:
        person = self.scene.running.sandbox.x.account(who).id
        return self.scene.look(lambda tx: tx.private_case(case_id("x", str(person))))

    def messages(self, who: str = "mia") -> list[Any]:
        return list(self.scene.look(lambda tx: tx.private_messages(self.case(who).id)))


@pytest.fixture
def scene(closed_house: Scene) -> Scene:
    closed_house.roster = PRIVATE
    closed_house.open()
    closed_house.listen()
    return closed_house


@pytest.fixture
def private(scene: Scene) -> Private:
    return Private(scene)


def public(scene: Scene, person: str, post_id: str) -> str:
    """What the person's card of the public question says."""
    shown = [c for c in scene.cards(person) if "private:" not in str(c["metadata"]) and post_id in str(c["blocks"])]
    return words(next(c["blocks"] for c in shown if "note:" not in str(c["metadata"])))


def asked_in_public(scene: Scene) -> str:
    """Ann asks mia in public to write privately."""
    post_id = scene.post(REFUND)
    scene.click("ann", "Answer")
    ask_privately(scene, "ann")
    scene.submit("ann", draft(scene, "ann"))
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.PUBLISHED
    return post_id


def everything_but_private(scene: Scene) -> str:
    """All that is kept, but for what is private by purpose."""

    def rows(tx: Any) -> str:
        tables = [name for name in _tables(tx) if name not in ("twelp_private_message",)]
        return str([tx.connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables])

    return str(scene.look(rows))


def _tables(tx: Any) -> list[str]:
    return [name for name in sa.inspect(tx.connection).get_table_names() if name.startswith("twelp_")]


def test_the_expert_who_asked_for_it_gets_the_message_and_replies_once(
    scene: Scene, private: Private, caplog: pytest.LogCaptureFixture
):
    post_id = asked_in_public(scene)
    assert "Nothing has come so far" in public(scene, "ann", post_id)
    assert "a direct message, help@volt.example" in public(scene, "ann", post_id)
    assert "Nothing has come" not in public(scene, "bob", post_id)
    assert private.case().state is PrivateState.INVITED

    private.write(SECRET)
    assert SECRET in private.card("ann")
    assert "It goes on from their public post" in private.card("ann")
    assert private.buttons("ann") == ["Reply privately", "No reply needed"]
    assert "They wrote privately" in public(scene, "ann", post_id)
    for other in ("bob", "cy", "mo"):
        assert private.cards(other) == []
        assert SECRET not in str(scene.cards(other))

    private.press("ann", "Reply privately")
    for wrong, why in (("Please send us your password.", "password"), ("Card 4111 1111 1111 1111 it is", "card")):
        assert why in str(private.type("ann", wrong)["errors"])
    private.type("ann", REPLY)
    assert "Exactly this is sent, and only to them" in scene.window("ann")
    scene.submit("ann")
    assert REPLY in private.card("ann")
    assert private.buttons("ann") == ["Undo"]
    private.press("ann", "Undo")
    scene.pass_time(minutes=5)
    assert private.sent() == []

    private.press("ann", "Reply privately")
    assert REPLY in str(scene.view("ann"))  # the text is kept
    scene.submit("ann", REPLY)
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert private.sent() == [REPLY]
    assert private.case().state is PrivateState.ANSWERED
    assert "were answered there" in public(scene, "ann", post_id)
    private.read()
    assert [one.state for one in private.messages()][-1] is MessageState.SENT
    assert private.sent() == [REPLY]

    private.write(LAST)  # again, and nobody replies: the moderators hear
    assert LAST in private.card("ann")
    assert REPLY in private.card("ann")
    assert words(private.cards("ann")[1]["blocks"]) == "Private message: goes on in a newer card"
    scene.pass_time(minutes=6)
    assert LAST in private.card("mo")
    assert "Ann Lee replies to them" in private.card("mo")
    assert private.cards("bob") == []
    kept = everything_but_private(scene)
    for said in (SECRET, "Elm Street", REPLY, LAST):
        assert said not in kept
        assert said not in caplog.text
    assert any("wrote privately" in line for line in scene.trail(post_id))


def test_words_are_removed_after_some_days_here_and_in_slack(scene: Scene, private: Private):
    post_id = asked_in_public(scene)
    private.write(SECRET)
    private.reply("ann")
    scene.pass_time(minutes=2)
    scene.pass_time(days=31)
    assert [one.text for one in private.messages()] == ["", ""]
    assert all(one.removed_at for one in private.messages())
    for card in private.cards("ann"):
        assert SECRET not in str(card["blocks"])
        assert REPLY not in str(card["blocks"])
    assert "The words were removed" in private.card("ann")
    assert any("private words removed" in line for line in scene.trail(post_id))


def test_what_is_written_in_encrypted_chat_never_comes_and_the_expert_is_told(scene: Scene, private: Private):
    post_id = asked_in_public(scene)
    private.write(SECRET, encrypted=True)
    assert private.cards("ann") == []
    scene.pass_time(hours=1, minutes=5)
    told = [words(card["blocks"]) for card in scene.cards("ann")]
    said = next(text for text in told if "has not written to us privately" in text)
    assert "encrypted chat cannot be read here" in said
    assert "a direct message, help@volt.example" in said
    assert "Nothing has come so far" in public(scene, "ann", post_id)


def test_who_writes_first_reaches_the_moderators_who_may_give_it_to_somebody(scene: Scene, private: Private):
    private.write("hello, why was I charged twice for the tv?")
    assert private.cards("ann") == []
    assert "Nobody has it yet" in private.card("mo")
    assert private.buttons("mo") == ["Reply privately", "Give to a colleague…", "No reply needed"]
    private.press("mo", "Give to a colleague…")
    view = scene.until(lambda: scene.view("mo"), "the window")
    assert "charged twice" in words(view["blocks"])
    choice = {"choice": {"twelp_choice": mail("bob")}}
    scene.control("POST", "slack/submit", {"user": mail("mo"), "view_id": view["id"], "values": choice})
    scene.settle()
    assert "charged twice" in private.card("bob")
    private.reply("bob")
    scene.pass_time(minutes=2)
    assert private.sent() == [REPLY]
    private.write("and the other order?")
    assert "and the other order?" in private.card("bob")
    assert private.cards("ann") == []


def test_a_window_an_hour_old_and_a_second_person_send_nothing_unseen(scene: Scene, private: Private):
    asked_in_public(scene)
    private.write(SECRET)
    private.press("ann", "Reply privately")
    private.type("ann", REPLY)
    private.write("wait, it is another order: VE-7", "mia")
    scene.pass_time(hours=1)
    scene.submit("ann")  # the confirmation of an hour ago
    assert "They wrote since" in scene.window("ann")
    assert "wait, it is another order" in scene.window("ann")
    assert REPLY in scene.window("ann")
    assert private.sent() == []
    private.reply("mo", "I look into it right away for you.")  # the moderators have heard meanwhile
    scene.submit("ann")
    assert "on its way" in scene.window("ann")
    scene.pass_time(minutes=2)
    assert private.sent() == ["I look into it right away for you."]
    private.reply("ann", "And more: it left on Monday.")
    private.write_now("stop, do not message me again")  # in the hold: nothing goes out, and nobody may write
    scene.pass_time(minutes=5)
    assert private.sent() == ["I look into it right away for you."]
    assert private.case().state is PrivateState.LEFT
    assert "Reply privately" not in private.card("ann")
    assert "they want no reply" in private.card("ann")


def test_danger_is_a_case_at_once_and_no_volunteer_reads_it(scene: Scene, private: Private):
    post_id = asked_in_public(scene)
    private.write("there is smoke coming out of the tv and my hand is burned")
    crisis = scene.look(lambda tx: tx.crisis(f"x:{post_id}"))
    assert crisis is not None
    assert crisis.state is CrisisState.OPEN
    assert "smoke" in private.card("mo")
    assert "Nobody has it yet" in private.card("mo")
    assert all("smoke" not in str(card["blocks"]) for card in scene.cards("ann"))
    assert "wrote it privately" in public(scene, "mo", post_id)
    assert "smoke" not in str(crisis.reasons)
    private.write("i want to kill myself", "leo")  # and with no public post at all
    assert "kill myself" in private.card("mo")
    crises = scene.look(lambda tx: tx.open_crises(10))
    alone = next(one for one in crises if "private-" in one.question)
    card = next(c for c in scene.cards("mo") if alone.question in str(c["blocks"]))
    assert "Answer as a moderator" not in words(card["blocks"])
    assert "kill myself" not in words(card["blocks"])
    assert "(Written privately:" in words(card["blocks"])
    private.reply("mo", "Please call 112 or your local emergency number now. We are here for you.")
    scene.pass_time(minutes=2)
    assert len(private.sent()) == 1


def test_deleting_the_public_post_takes_the_private_words_along(scene: Scene, private: Private):
    post_id = asked_in_public(scene)
    private.write(SECRET)
    scene.delete(post_id)
    scene.running_house.desk.post_gone(f"x:{post_id}", "deleted")
    scene.settle()
    assert [one.text for one in private.messages()] == [""]
    assert SECRET not in private.card("ann")


@pytest.mark.parametrize("fault", ["lost_response", "close"])
def test_a_reply_whose_answer_was_lost_is_looked_for_and_sent_once(scene: Scene, private: Private, fault: str):
    asked_in_public(scene)
    private.write(SECRET)
    person = private.case().person
    path = f"/2/dm_conversations/with/{person}/messages"
    scene.fault(kind=fault, network="x", method="POST", path=path)
    private.reply("ann")
    scene.pass_time(minutes=3)
    assert private.sent() == [REPLY]
    assert private.messages()[-1].state is MessageState.SENT
    private.read()
    assert len(private.messages()) == 2
    private.write("thanks!")
    private.reply("ann")  # the same words once more, meant
    scene.pass_time(minutes=3)
    assert private.sent() == [REPLY, REPLY]


def test_a_reply_that_is_not_taken_says_so_with_the_other_ways(scene: Scene, private: Private):
    asked_in_public(scene)
    private.write(SECRET)
    scene.control("POST", "x/accounts/mia", {"suspended": True})
    private.reply("ann")
    scene.pass_time(minutes=3)
    assert private.sent() == []
    assert "did not take this reply by Ann Lee" in private.card("ann")
    assert "The other ways that you can name: a direct message, help@volt.example" in private.card("ann")
    assert private.case().state is PrivateState.WAITING


def test_a_colleagues_reply_by_hand_is_seen_and_stops_the_one_in_the_hold(scene: Scene, private: Private):
    asked_in_public(scene)
    private.write(SECRET)
    private.reply("ann")
    private.write_now("Refunded today, sorry!", "VoltHelp", to="mia")
    scene.pass_time(minutes=3)
    assert private.sent() == ["Refunded today, sorry!"]
    assert "A colleague, by hand" in private.card("ann")
    assert private.case().state is PrivateState.ANSWERED


def test_a_newcomers_reply_is_read_by_a_moderator_first(closed_house: Scene):
    closed_house.roster = PRIVATE
    closed_house.open()
    closed_house.listen()
    private, scene = Private(closed_house), closed_house
    private.write("hello, why was I charged twice for the speaker?")
    scene.running_house.desk.give_private(private.case().id, mail("mo"), mail("tia"))
    scene.settle()
    private.reply("tia")
    scene.pass_time(minutes=3)
    assert private.sent() == []
    private.press("mo", "Approve and send")
    scene.pass_time(minutes=3)
    assert private.sent() == [REPLY]
