"""Who is who: large member lists, limits in the middle of them, and people who come, go and change."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest

from tests.adapters.slack import samples
from tests.adapters.slack.odd import Answer, OddServer
from tests.adapters.slack.samples import Watch
from tests.adapters.slack.town import JO, KIM, Town
from twelp.adapters.slack import People
from twelp.adapters.slack.sdk import web_client
from twelp.errors import Locked, Refused, WaitUntil
from twelp.ports import Accounts

MANY = [f"p{number}@acme.example" for number in range(25)]


def member(number: int, **changes: Any) -> dict[str, Any]:
    """Person number so-and-so, as users.list shows them."""
    profile = {"email": f"P{number}@acme.example"}
    return {"id": f"U{number}", "team_id": "T1", "profile": profile, "is_email_confirmed": True} | changes


def page(*members: dict[str, Any], cursor: str = "") -> Answer:
    return Answer(body={"ok": True, "members": list(members), "response_metadata": {"next_cursor": cursor}})


LIMIT = Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "3"})


def people(odd: OddServer, clock: Watch, *roster: str, accounts: Accounts | None = None) -> People:
    odd.answers.setdefault("auth.test", [Answer(body={"ok": True, "team_id": "T1"})])
    return People(web_client(odd.url, "xoxb-1", 1.0), samples.roster(*roster), clock, accounts)


def test_a_large_roster_is_read_in_pages_and_only_as_far_as_needed(odd: OddServer) -> None:
    known = people(odd, Watch(), *MANY)
    odd.answers["users.list"] = [page(member(0), member(1), cursor="a"), page(member(2), cursor="b"), page(member(3))]
    assert known.slack_id("p1@acme.example") == "U1"
    assert odd.calls.count("users.list") == 1
    assert known.slack_id("p0@acme.example") == "U0"
    assert odd.calls.count("users.list") == 1
    assert known.slack_id("p3@acme.example") == "U3"
    assert odd.calls.count("users.list") == 3
    with pytest.raises(Refused):
        known.slack_id("p9@acme.example")
    assert odd.calls.count("users.list") == 3
    assert "users.lookupByEmail" not in odd.calls


def test_a_limit_in_the_middle_goes_on_where_it_stopped(odd: OddServer) -> None:
    """Else a workspace of tens of thousands would never be read to its end."""
    known = people(odd, Watch(), *MANY)
    odd.answers["users.list"] = [page(member(0), cursor="a"), LIMIT, page(member(1))]
    with pytest.raises(WaitUntil):
        known.slack_id("p1@acme.example")
    assert known.slack_id("p1@acme.example") == "U1"
    assert known.person("U0") == "p0@acme.example"
    assert odd.calls.count("users.list") == 3


def test_who_left_is_noticed_at_the_next_reading(odd: OddServer) -> None:
    clock = Watch()
    known = people(odd, clock, *MANY)
    odd.answers["users.list"] = [page(member(0), member(1)), page(member(1), member(0, deleted=True))]
    assert known.slack_id("p0@acme.example") == "U0"
    clock.at += timedelta(hours=7)
    with pytest.raises(Refused):
        known.slack_id("p0@acme.example")
    odd.answers["users.info"] = [Answer(body={"ok": True, "user": member(0, deleted=True)})]
    assert known.person("U0") is None
    assert known.slack_id("p1@acme.example") == "U1"


@pytest.mark.parametrize("roster", [MANY, MANY[:2]], ids=["large", "small"])
def test_a_reading_that_fails_goes_on_with_what_was_known(
    odd: OddServer, caplog: pytest.LogCaptureFixture, roster: list[str]
) -> None:
    clock = Watch()
    known = people(odd, clock, *roster)
    odd.answers["users.list"] = [page(member(0)), LIMIT]
    odd.answers["users.lookupByEmail"] = [Answer(body={"ok": True, "user": member(0)}), LIMIT]
    assert known.slack_id("p0@acme.example") == "U0"
    clock.at += timedelta(hours=7)
    assert known.slack_id("p0@acme.example") == "U0"
    assert "could not be refreshed" in caplog.text


def test_a_workspace_that_hides_addresses_names_the_missing_scope(odd: OddServer) -> None:
    known = people(odd, Watch(), *MANY)
    odd.answers["users.list"] = [page(member(0, profile={}), member(1, profile={}))]
    with pytest.raises(Locked, match=r"users:read\.email"):
        known.refresh()


def test_a_cursor_slack_forgot_begins_anew(odd: OddServer) -> None:
    known = people(odd, Watch(), *MANY)
    forgot = Answer(body={"ok": False, "error": "invalid_cursor"})
    odd.answers["users.list"] = [page(member(0), cursor="a"), forgot, page(member(0), member(1))]
    known.slack_id("p0@acme.example")
    with pytest.raises(Refused):
        known.refresh()
    known.refresh()
    assert known.person("U1") == "p1@acme.example"


def test_an_address_nobody_proved_makes_no_expert(odd: OddServer) -> None:
    """Anybody may type an expert's address into their profile."""
    known = people(odd, Watch(), *MANY)
    assert known.hear(member(0, is_email_confirmed=False)) is None
    assert known.hear(member(0)) == "p0@acme.example"


def test_colleagues_of_the_same_enterprise_are_no_strangers(odd: OddServer) -> None:
    odd.answers["auth.test"] = [Answer(body={"ok": True, "team_id": "T1", "enterprise_id": "E1"})]
    known = people(odd, Watch(), *MANY)
    assert known.hear(member(0, team_id="T2", enterprise_user={"enterprise_id": "E1"})) == "p0@acme.example"
    assert known.hear(member(0, team_id="T2", enterprise_user={"enterprise_id": "E2"})) is None
    assert known.hear({}) is None


def test_only_rostered_people_are_kept_in_memory(odd: OddServer) -> None:
    known = people(odd, Watch(), *MANY)
    odd.answers["users.list"] = [page(*(member(number) for number in range(200)))]
    known.refresh()
    assert len(known._persons) == len(known._slack_ids) == len(MANY)


def test_the_roster_may_name_people_by_member_id_or_address(town: Town) -> None:
    assert town.slack.people.slack_id(JO) == "U0JO"
    assert town.slack.people.slack_id(KIM) == "U0KIM"
    assert town.slack.people.person("U0JO") == JO
    assert town.slack.people.person("U0KIM") == KIM
    assert town.slack.people.person("U0NOBODY") is None
    with pytest.raises(Refused):
        town.slack.people.slack_id("stranger@acme.example")


def test_a_member_list_of_the_local_slack_is_read(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    people = town.adapter(JO, KIM, *MANY).people
    people.refresh()
    assert people.slack_id(JO) == "U0JO"
    with pytest.raises(Refused):
        people.slack_id(MANY[0])
    assert not caplog.records


class Kept(Accounts):
    """Accounts as a database keeps them."""

    def __init__(self) -> None:
        self.rows: dict[str, str] = {}

    def known(self) -> dict[str, str]:
        return dict(self.rows)

    def remember(self, person: str, user: str) -> None:
        self.rows[person] = user


def found(user: dict[str, Any]) -> Answer:
    return Answer(body={"ok": True, "user": user})


NOBODY = Answer(body={"ok": False, "error": "users_not_found"})
MOVED = {"profile": {"email": "p0@new.example"}}


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("roster", [MANY, MANY[:2]], ids=["large", "small"])
def test_an_account_stays_a_persons_when_its_address_changes(
    odd: OddServer, roster: list[str], restarted: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """The operator is told, once, to write the new address into the roster."""
    clock, kept = Watch(), Kept()
    known = people(odd, clock, *roster, accounts=kept)
    odd.answers["users.list"] = [page(member(0), member(1)), page(member(0, **MOVED), member(1))]
    odd.answers["users.lookupByEmail"] = [found(member(0)), NOBODY]
    odd.answers["users.info"] = [found(member(0, **MOVED))]
    assert known.slack_id("p0@acme.example") == "U0"
    assert kept.rows["p0@acme.example"] == "U0"
    known = people(odd, clock, *roster, accounts=kept) if restarted else known
    clock.at += timedelta(hours=7)
    caplog.clear()
    for _ in range(2):
        assert known.slack_id("p0@acme.example") == "U0"
        assert known.person("U0") == known.person_now("U0") == "p0@acme.example"
    assert not known.absent("p0@acme.example")
    told = [record.getMessage() for record in caplog.records if "another address" in record.getMessage()]
    assert len(told) == 1
    assert "p0@acme.example" in told[0]
    assert "new.example" not in caplog.text


def test_an_address_that_another_account_proves_is_theirs(odd: OddServer) -> None:
    """A newcomer got the address; the account that had it before speaks for nobody any more."""
    known = people(odd, Watch(), *MANY[:2], accounts=Kept())
    assert known.hear(member(0)) == "p0@acme.example"
    assert known.hear(member(0, **MOVED)) == "p0@acme.example"
    assert known.hear(member(0, id="U9")) == "p0@acme.example"
    assert known.slack_id("p0@acme.example") == "U9"
    assert known.hear(member(0, **MOVED)) is None
    odd.answers["users.info"] = [found(member(0, **MOVED))]
    assert known.person("U0") is None


def test_an_account_that_left_or_stands_for_somebody_else_is_not_kept(odd: OddServer) -> None:
    known = people(odd, Watch(), *MANY[:2], accounts=Kept())
    known.hear(member(0))
    assert known.hear(member(0, **MOVED, deleted=True)) is None
    assert known.hear(member(0, **MOVED)) == "p0@acme.example"
    assert known.hear(member(0, profile={"email": "p1@acme.example"})) == "p1@acme.example"
    assert known.stood_for("U0") == "p1@acme.example"
    odd.answers["users.lookupByEmail"] = [NOBODY]
    odd.answers["users.info"] = [found(member(0, profile={"email": "p1@acme.example"}))]
    with pytest.raises(Refused):
        known.slack_id("p0@acme.example")


def test_an_account_that_never_proved_its_address_is_not_kept(odd: OddServer) -> None:
    kept = Kept()
    known = people(odd, Watch(), *MANY[:2], accounts=kept)
    assert known.hear(member(0, is_email_confirmed=False)) is None
    assert known.hear(member(0, **MOVED)) is None
    assert kept.rows == {}
