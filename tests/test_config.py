"""Settings: what is read from where, what stops the start, and that no secret is ever shown."""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.conftest import DrivenClock
from twelp.config import SETTINGS_TABLE, Settings
from twelp.errors import ConfigError
from twelp.roster import load
from twelp.wiring import matcher
from twelp.wiring.networks import connect

ROOT = Path(__file__).parent.parent
X = {
    "X_CONSUMER_KEY": "hush-1",
    "X_CONSUMER_SECRET": "hush-2",
    "X_ACCESS_TOKEN": "hush-3",
    "X_ACCESS_TOKEN_SECRET": "hush-4",
}
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-hush-5", "SLACK_APP_TOKEN": "xapp-hush-6"}
ONE = {"X_CONSUMER_KEY": "hush-1"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-hush-5", "SLACK_SIGNING_SECRET": "hush-7"}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment in which nothing of ours is set, and an empty working directory."""
    for name in list(os.environ):
        if name.upper().startswith(("TWELP_", "X_", "SLACK_")) or name.upper() in ("DATABASE_URL", "PORT"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def env_file(text: str | dict[str, str]) -> Path:
    """A `.env` in the working directory."""
    path = Path(".env")
    path.write_text(text if isinstance(text, str) else "".join(f"{k}={v}\n" for k, v in text.items()), "utf-8")
    return path


def read(text: str | dict[str, str] = "") -> Settings:
    """The settings of a `.env`."""
    return Settings.read(env_file(text))


def refusal(text: str | dict[str, str]) -> str:
    """What is said about a `.env` that is refused."""
    with pytest.raises(ConfigError) as wrong:
        read(text)
    assert wrong.value.__cause__ is None
    return str(wrong.value)


# ---------------------------------------------------------------- what is read


def test_nothing_set_is_the_sandbox_with_the_defaults() -> None:
    found = Settings.read()
    assert [found.live, found.has_x, found.has_slack, found.socket_mode] == [False] * 4
    assert (found.x_base_url, found.slack_base_url) == ("https://api.x.com", "https://slack.com")
    assert (found.x_poll_s, found.x_timeout_s, found.wave_size) == (15, 10, 3)
    assert (found.hold, found.wave) == (timedelta(seconds=10), timedelta(minutes=7))
    assert (found.claim, found.give_up) == (timedelta(minutes=10), timedelta(hours=4))
    assert (found.experts, found.host, found.port) == (Path("experts.yaml"), "127.0.0.1", 8080)
    assert (found.database_url, found.lift_limits, found.log, found.log_level) == (None, False, "text", "info")
    assert found.notes == ()


def test_everything_set_is_live() -> None:
    assert read(X | SOCKET).live
    assert read(X | SOCKET).socket_mode
    assert read(X | HTTP).live
    assert not read(X | HTTP).socket_mode


def test_with_both_ways_to_slack_socket_mode_is_used_and_told() -> None:
    found = read(X | SOCKET | HTTP)
    assert found.socket_mode
    assert any("both set: Socket Mode is used" in note for note in found.notes)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    assert read({"PORT": "2"}).port == 1


@pytest.mark.parametrize("empty", ["", "''", '"  "', "  # a remark"])
def test_an_empty_value_is_not_set(empty: str) -> None:
    found = read(f"X_CONSUMER_KEY={empty}\nPORT={empty}\nDATABASE_URL={empty}\nTWELP_EXPERTS={empty}\n")
    assert (found.x_consumer_key, found.port, found.database_url) == (None, 8080, None)
    assert found.experts == Path("experts.yaml")


def test_an_empty_variable_does_not_hide_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert read({"PORT": "2"}).port == 2


def test_names_that_others_use_are_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """HOST, LOG and the like are set on many machines for other programs."""
    for name in Settings.model_fields:
        if name.upper() not in [row.name for row in SETTINGS_TABLE]:
            monkeypatch.setenv(name.upper(), "evil")
    assert Settings.read().host == "127.0.0.1"


def test_white_space_a_byte_order_mark_and_case_are_forgiven() -> None:
    found = read("\ufeffPORT=' 0 '\nTWELP_LOG=JSON\nTWELP_LIFT_LIMITS=True\nTWELP_LOG_LEVEL=Debug\n")
    assert (found.port, found.log, found.log_level, found.lift_limits) == (0, "json", "debug", True)


@pytest.mark.parametrize(
    ("given_url", "normal"),
    [
        ("sqlite:///twelp.db", "sqlite:///twelp.db"),
        ("sqlite:////var/twelp.db", "sqlite:////var/twelp.db"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h/d?sslmode=require", "postgresql+psycopg://u:p@h/d?sslmode=require"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
    ],
)
def test_database_addresses_are_made_one(given_url: str, normal: str) -> None:
    url = read({"DATABASE_URL": given_url}).database_url
    assert url is not None
    assert url.get_secret_value() == normal


# ---------------------------------------------------------------- incomplete credentials


@pytest.mark.parametrize(
    ("given_names", "named", "not_named"),
    [
        (ONE | SOCKET, ["X_CONSUMER_SECRET, X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET", "developer.x.com"], ["xapp"]),
        (X | {"SLACK_BOT_TOKEN": "xoxb-hush"}, ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "App-Level"], ["X_CON"]),
        (X | {"SLACK_APP_TOKEN": "xapp-hush"}, ["SLACK_BOT_TOKEN is missing", "OAuth & Permissions"], ["X_CON"]),
        (X, ["X is set and Slack is not", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"], []),
        ({"SLACK_SIGNING_SECRET": "hush"}, ["SLACK_BOT_TOKEN"], ["SLACK_APP_TOKEN"]),
        ({"X_BASE_URL": "http://127.0.0.1:9"}, ["X_BASE_URL is set and its credentials are not", *X], []),
        (X | {"SLACK_BASE_URL": "http://127.0.0.1:9"}, ["SLACK_BASE_URL is set", "SLACK_BOT_TOKEN"], ["X_CONSUMER"]),
    ],
)  # fmt: skip
def test_half_a_set_names_what_is_missing_and_where_to_get_it(
    given_names: dict[str, str], named: list[str], not_named: list[str]
) -> None:
    text = refusal(given_names)
    for words in named:
        assert words in text
    for words in not_named:
        assert words not in text
    assert "hush" not in text
    assert "sandbox" in text


def test_a_roster_that_names_x_wants_xs_credentials_beside_slacks() -> None:
    roster = load(ROOT / "experts.yaml")
    with pytest.raises(ConfigError) as wrong:
        connect(read(SOCKET), roster, DrivenClock())
    for words in ("Slack is set and X is not", *X, "developer.x.com", "sandbox"):
        assert words in str(wrong.value)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sets(st.sampled_from(sorted(X | SOCKET | HTTP))))
def test_no_subset_of_the_credentials_falls_back_silently(names: set[str]) -> None:
    """Nothing at all is the sandbox, a whole set is live, everything else is refused; X's may be left out as a whole,
    as a roster may name another network: where it names X, `connect` refuses."""
    whole = "SLACK_BOT_TOKEN" in names and names & {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"}
    whole = whole and names & set(X) in (set(), set(X))
    chosen = {name: value for name, value in (X | SOCKET | HTTP).items() if name in names}
    if whole or not names:
        assert read(chosen).live is bool(whole)
    else:
        refusal(chosen)


# ---------------------------------------------------------------- wrong values


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (
            "X_BASE_URL",
            "ws://127.0.0.1:1",
            '"ws://127.0.0.1:1" cannot be used: not an http or https address',
        ),
        ("X_BASE_URL", "api.x.com", "not an http or https address"),
        ("X_BASE_URL", "https://u:hush@api.x.com", "more than scheme, host, port and path"),
        ("SLACK_BASE_URL", "http://h:99999", "out of range"),
        ("SLACK_BASE_URL", "http://[::1", "cannot be used"),
        ("DATABASE_URL", "mysql://u:hush@h/d", "neither SQLite nor Postgres"),
        ("DATABASE_URL", "postgresql+psycopg2://u:hush@h/d", "through psycopg"),
        ("DATABASE_URL", "hush.db", "not an address"),
        ("DATABASE_URL", "sqlite://", "SQLite needs a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "needs a file"),
        ("DATABASE_URL", "sqlite:///", "needs a file"),
        ("PORT", "65536", "from 0 to 65535; remove it to use the default (8080)."),
        ("PORT", "http", "a whole number"),
        ("TWELP_HOST", "http://0.0.0.0", "without scheme and port"),
        ("TWELP_HOST", "0.0.0.0:80", "without scheme and port"),
        ("X_POLL_SECONDS", "0", "from 0.05 to 3600"),
        ("X_TIMEOUT_SECONDS", "60", "from 0.1 to 50"),
        ("TWELP_HOLD_SECONDS", "nan", "a number of seconds"),
        ("TWELP_WAVE_MINUTES", "five", '"five" cannot be used'),
        ("TWELP_WAVE_SIZE", "2.5", "a whole number from 1 to 50"),
        ("TWELP_LIFT_LIMITS", "perhaps", "Expected true or false"),
        ("TWELP_LOG", "xml", "Expected text or json"),
        ("SLACK_APP_TOKEN", "xoxb-hush", "not the app-level one"),
        ("SLACK_BOT_TOKEN", "xapp-hush", "not the bot's"),
        ("X_CONSUMER_KEY", "'hush hush'", "white space"),
        ("X_ACCESS_TOKEN", "hüsh-hush", "beyond ASCII"),
    ],
)
def test_a_wrong_value_names_the_variable_and_the_remedy_and_no_secret(name: str, value: str, expected: str) -> None:
    text = refusal({name: value})
    assert f"{name}: " in text
    assert expected in text
    assert "Expected " in text
    assert "remove it" in text
    assert "hush" not in text


def test_every_wrong_value_is_told_in_one_run_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWELP_LOG", "xml")
    lines = refusal({"PORT": "x", "TWELP_WAVE_SIZE": "0"}).splitlines()
    assert sorted(line.partition(" ")[0] for line in lines) == [".env:", ".env:", "TWELP_LOG:"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"PORT=1\nX_CONSUMER_KEY='hush\n", ".env:2: not understood. Write NAME=value; close every quote."),
        (b"PORT=\xff\n", ".env: not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(raw: bytes, expected: str) -> None:
    Path(".env").write_bytes(raw)
    with pytest.raises(ConfigError) as wrong:
        Settings.read()
    assert expected in str(wrong.value)
    assert "hush" not in str(wrong.value)


def test_a_folder_in_place_of_the_file_is_told() -> None:
    Path(".env").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        Settings.read()


# ---------------------------------------------------------------- what is told beside


def test_a_name_that_nobody_reads_is_told_with_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWELP_EXPORTS", "1")
    notes = read({"SLACK_BOT_TOKN": "hush", "TWELP_ZZZZZZ": "1", "OTHER": "1"}).notes
    assert ".env: SLACK_BOT_TOKN is not a setting of twelp; did you mean SLACK_BOT_TOKEN?" in notes
    assert ".env: TWELP_ZZZZZZ is not a setting of twelp; see docs/configuration.md." in notes
    assert "environment: TWELP_EXPORTS is not a setting of twelp; did you mean TWELP_EXPERTS?" in notes
    assert len(notes) == 3


def test_secrets_over_plain_http_beyond_this_machine_are_told() -> None:
    assert read(X | SOCKET | {"X_BASE_URL": "http://127.0.0.1:9/"}).notes == ()
    notes = read(X | SOCKET | {"X_BASE_URL": "http://x.example/"}).notes
    assert notes == ("X_BASE_URL is http://x.example: secrets travel unencrypted. Use https beyond this machine.",)


def test_reading_more_often_than_x_lets_us_is_told_at_the_start() -> None:
    assert read(X | SOCKET | {"X_POLL_SECONDS": "3"}).notes == ()
    assert read(X | SOCKET | {"X_POLL_SECONDS": "1", "TWELP_LIFT_LIMITS": "true"}).notes == ()
    (told,) = read(X | SOCKET | {"X_POLL_SECONDS": "2.5"}).notes
    assert told.startswith("X_POLL_SECONDS is 2.5: X lets mentions be read 300 times in 15 minutes")
    assert told.endswith("Use 3 or more.")


def test_no_secret_is_shown_by_repr_str_or_dump() -> None:
    found = read(X | SOCKET | HTTP | {"DATABASE_URL": "postgresql://u:hush-8@h/d"})
    shown = [repr(found), str(found), found.model_dump_json(), json.dumps(found.model_dump(), default=str)]
    assert all("hush" not in text for text in shown)
    assert found.x_consumer_key is not None
    assert found.x_consumer_key.get_secret_value() == "hush-1"
    secret = {row.name for row in SETTINGS_TABLE if row.secret}
    assert secret == {*X, *SOCKET, *HTTP, "DATABASE_URL", "TWELP_PHONE_BRIDGE", "X_BEARER_TOKEN"}


def test_settings_do_not_change_and_survive_a_copy() -> None:
    found = read({"PORT": "3"})
    with pytest.raises(ValidationError):
        found.port = 4
    assert found.port == 3
    assert found.model_copy(update={"port": 4}).port == 4
    assert pickle.loads(pickle.dumps(found)) == found


# ---------------------------------------------------------------- one table


def test_the_documentation_has_exactly_the_table() -> None:
    text = (ROOT / "docs/configuration.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{row.name}` | {f'`{row.default}`' if row.default else '–'} | {row.meaning} | {row.expected} | "
        f"{'yes' if row.secret else ''} |"
        for row in SETTINGS_TABLE
    ]


def test_the_example_has_every_setting_once_with_its_default() -> None:
    found = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert sorted(found) == sorted((row.name, row.default) for row in SETTINGS_TABLE)


def test_the_example_as_it_stands_is_the_sandbox() -> None:
    found = Settings.read(ROOT / ".env.example")
    assert not found.live
    assert found.notes == ()


def test_importing_the_settings_is_cheap() -> None:
    """No database, no network library, no server comes along."""
    code = "import sys, twelp.config; print(*{'sqlalchemy', 'tweepy', 'slack_sdk', 'requests'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""


# ---------------------------------------------------------------- what a setting does


def test_the_cost_of_a_missed_question_sets_from_which_chance_no_topic_counts() -> None:
    roster = load(ROOT / "experts.yaml")
    ranking = matcher(read({"TWELP_MISSING_COST": "0.25", "TWELP_SEMANTIC": "off"}), roster, None).rank("any post")
    assert ranking.nobody_from == pytest.approx(0.2)
