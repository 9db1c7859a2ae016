"""`twelp doctor`: nothing is wrong with a healthy house, and each planted fault is found, with its remedy."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.stories.town import ROSTER, read_roster
from twelp import wiring
from twelp.adapters.slack.checking import SCOPES
from twelp.adapters.store import SqlStore
from twelp.cli import doctor
from twelp.model.checked import Checked, Health
from twelp.sandbox.server import serve
from twelp.sandbox.slack import backend

HEALTHY = ROSTER.replace("{id: audio, name: Audio,", "{id: audio, name: Audio, channel: C0AUDIO01,").replace(
    "initials: AL, topics: [tv]", "initials: AL, topics: [tv], level: moderator"
)
Usage = namedtuple("Usage", "total used free")


@dataclass
class House:
    """A folder with a roster and credentials, and the local X and Slack that they are for."""

    folder: Path
    seed: dict[str, Any]
    patch: pytest.MonkeyPatch
    stack: ExitStack

    def look(self, *, live: bool = True) -> list[Checked]:
        """What the doctor finds."""
        running = self.stack.enter_context(serve(self.seed))
        env = self.folder / ".env"
        if not env.exists():
            env.write_text(wiring.dotenv(running.url) + f"\nDATABASE_URL=sqlite:///{self.folder / 'twelp.db'}\n")
            env.chmod(0o600)
        else:
            env.write_text(env.read_text().replace("URL", running.url, 2))
        return list(doctor.look(live=live))

    def roster(self, old: str, new: str) -> None:
        """Changes the file."""
        path = self.folder / "experts.yaml"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.chdir(tmp_path)
    for name in ("X_BASE_URL", "DATABASE_URL", "TWELP_EXPERTS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "experts.yaml").write_text(HEALTHY)
    seed = wiring.seed(read_roster(HEALTHY))
    seed["x"]["brand"]["description"] = "Answers by our own people, posted by a bot."
    with ExitStack() as stack:
        yield House(tmp_path, seed, monkeypatch, stack)


def test_nothing_is_wrong_with_a_healthy_house(house: House, capsys: pytest.CaptureFixture[str]):
    found = house.look()
    assert [one for one in found if one.health is not Health.OK] == []
    assert {one.part for one in found} == {
        "settings", "roster", "disk", "database", "x account", "x permissions", "x profile", "clock",
        "slack token", "slack scopes", "slack socket", "slack people", "slack channels",
    }  # fmt: skip
    assert doctor.doctor(live=False, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True


def test_without_credentials_there_is_nothing_to_ask(house: House, capsys: pytest.CaptureFixture[str]):
    assert doctor.doctor(live=True, as_json=False) == 0
    assert "plays a local X and Slack" in capsys.readouterr().out


def half_a_set(house: House) -> None:
    (house.folder / ".env").write_text("X_CONSUMER_KEY=abc\n")


def wrong_x_tokens(house: House) -> None:
    house.seed["x"]["credentials"]["access_token_secret"] = "another"


def wrong_account(house: House) -> None:
    house.seed["x"]["brand"]["handle"] = "VoltCares"


def wrong_slack_token(house: House) -> None:
    house.seed["slack"]["bot_token"] = "xoxb-another"


def wrong_app_token(house: House) -> None:
    house.seed["slack"]["app_token"] = "xapp-another"


def newer_schema(house: House) -> None:
    SqlStore(f"sqlite:///{house.folder / 'twelp.db'}").close()
    with sqlite3.connect(house.folder / "twelp.db") as rows:
        rows.execute("UPDATE twelp_house SET value = '9999' WHERE name = 'schema'")
    rows.close()


def little_room(free: int) -> Callable[[House], None]:
    return lambda house: house.patch.setattr(shutil, "disk_usage", lambda _: Usage(1, 1, free))


def open_env(house: House) -> None:
    write = Path.chmod
    house.patch.setattr(Path, "chmod", lambda path, mode: write(path, 0o644))


FAULTS: dict[str, tuple[Callable[[House], object], str, Health, str]] = {
    "half a set of credentials": (half_a_set, "settings", Health.FAILURE, "X_CONSUMER_SECRET"),
    "credentials for everybody": (open_env, "settings", Health.WARNING, "can be read by others"),
    "no roster": (lambda h: (h.folder / "experts.yaml").unlink(), "roster", Health.FAILURE, "no such file"),
    "a topic nobody knows": (lambda h: h.roster("topics: [audio]", "topics: [adio]"), "roster", Health.FAILURE, "adio"),
    "nobody for a topic": (lambda h: h.roster("topics: [audio]", "topics: [tv]"), "roster", Health.FAILURE, "Audio"),
    "nobody at night": (
        lambda h: h.roster("topics: [audio],", 'topics: [audio], quiet: "22:00-07:00",'),
        "roster", Health.WARNING, "63"),
    "one moderator": (lambda h: h.roster("[tv], level: moderator", "[tv]"), "roster", Health.WARNING, "only one"),
    "a database of a newer twelp": (newer_schema, "database", Health.FAILURE, "9999"),
    "a file that is no database": (
        lambda h: (h.folder / "twelp.db").write_text("hello " * 999), "database", Health.FAILURE, "database"),
    "a disk that is nearly full": (little_room(500_000_000), "disk", Health.WARNING, "0.5 GB"),
    "a full disk": (little_room(50_000_000), "disk", Health.FAILURE, "0.1 GB"),
    "wrong tokens for X": (wrong_x_tokens, "x account", Health.FAILURE, "refused"),
    "another account's tokens": (wrong_account, "x account", Health.FAILURE, "@VoltCares"),
    "tokens that only read": (
        lambda h: h.seed["x"].update(access="read"), "x permissions", Health.FAILURE, "nothing can be answered"),
    "a bio that says nothing": (
        lambda h: h.seed["x"]["brand"].update(description="Hi!"), "x profile", Health.WARNING, "bio"),
    "a wrong Slack token": (wrong_slack_token, "slack token", Health.FAILURE, "refused"),
    "a wrong app token": (wrong_app_token, "slack socket", Health.FAILURE, "no connection"),
    "a scope that is needed": (
        lambda h: h.seed["slack"].update(scopes=[s for s in SCOPES if s != "chat:write"]),
        "slack scopes", Health.FAILURE, "chat:write"),
    "a scope that helps": (
        lambda h: h.seed["slack"].update(scopes=[s for s in SCOPES if s != "dnd:read"]),
        "slack scopes", Health.WARNING, "dnd:read"),
    "somebody without an account": (
        lambda h: h.roster("cy@volt.example", "cyrus@volt.example"), "slack people", Health.WARNING, "Cy Moss"),
    "a channel that is not there": (
        lambda h: h.roster("C0AUDIO01", "C0OTHER01"), "slack channels", Health.FAILURE, "C0OTHER01"),
}  # fmt: skip
"""Each fault: how it is planted, the part it shows at, how grave it is, and a word that names it."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_with_its_remedy(house: House, fault: str):
    plant, part, health, word = FAULTS[fault]
    plant(house)
    found = [one for one in house.look() if one.health is not Health.OK]
    named = [one for one in found if one.part == part and word in one.said]
    assert [one.health for one in named] == [health], found
    assert all(one.remedy for one in found)


def test_the_scopes_are_those_of_the_manifest():
    manifest = yaml.safe_load((Path(__file__).parent.parent / "docs/slack-app-manifest.yaml").read_text())
    assert set(SCOPES) == set(manifest["oauth_config"]["scopes"]["bot"]) == set(backend.SCOPES)
