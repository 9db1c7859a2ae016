"""The verbs as people and programs call them: real processes, exit status and all."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from itertools import islice
from pathlib import Path

import pytest

from tests import leaks
from tests.started import Started, environment
from twelp.adapters.store import SqlStore
from twelp.model import QuietHours, Volunteer

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def started() -> Iterator[Started]:
    made = Started(environment())
    yield made
    made.close()


@pytest.fixture
def verb(started: Started, folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Calls a verb in the folder; the program was loaded before."""

    def call(*words: str, where: Path = folder, **more: str) -> subprocess.CompletedProcess[str]:
        done = started(where, words, environment(**more))
        leaks.note(done.stdout, done.stderr)
        return done

    return call


Verb = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "experts.yaml", tmp_path)
    return tmp_path


VERBS = [
    "",
    "run",
    "replay",
    "explain",
    "trail",
    "report",
    "roster check",
    "roster show",
    "roster schema",
    "jobs",
    "jobs retry",
    "jobs discard",
    "db restore",
    "db restored",
    "work",
    "status",
    "sandbox serve",
    "sandbox post",
    "sandbox show",
    "sandbox as",
]


@pytest.mark.parametrize(
    "words",
    [
        ("--since", "0d"),
        ("--since", "yesterday"),
        ("--since", "2999-01-01"),
        ("--since", "99999d"),
        ("--by", "person"),
        ("--csv", "--json"),
    ],
)
def test_a_report_that_cannot_be_understood_says_what_was_expected(verb: Verb, words: tuple[str, ...]):
    done = verb("report", *words)
    assert done.returncode == 2
    assert words[0] in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_has_help_with_an_example(verb: Verb, name: str):
    done = verb(*name.split(), "--help")
    assert done.returncode == 0
    assert "Example: twelp" in done.stdout


def test_explain_says_what_would_happen_and_why(verb: Verb):
    done = verb("explain", "my soundbar has no sound over hdmi, what can i do?", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["asks"] is True
    assert found["topics"][0]["topic"] == "audio"
    assert found["topics"][0]["reasons"]
    assert found["experts"]
    assert all(e["reasons"] for e in found["experts"])


def test_explain_finds_the_topic_of_a_word_that_stands_nowhere_and_says_what_it_is_close_to(verb: Verb, folder: Path):
    assert "earphones" not in (folder / "experts.yaml").read_text(encoding="utf-8").lower()
    found = json.loads(verb("explain", "no audio in my earphones, what can i do?", "--json").stdout)
    assert found["topics"][0]["topic"] == "audio"
    assert "“earphones”, close to “headphones”" in found["topics"][0]["reasons"][0]


def test_explain_of_thanks_asks_nobody(verb: Verb):
    found = json.loads(verb("explain", "thank you so much!", "--json").stdout)
    assert (found["verdict"], found["asks"], found["experts"]) == ("thanks", False, [])


def test_the_roster_is_shown_with_what_people_set_for_themselves(verb: Verb, folder: Path):
    store = SqlStore(f"sqlite:///{folder / 'twelp.db'}")
    with store.transaction() as tx:
        tx.set_volunteer(Volunteer("amara@volt.example", quiet=QuietHours(time(20), time(7)), daily_asks=50))
        tx.set_volunteer(Volunteer("mike@volt.example", left_at=datetime(2026, 1, 1, tzinfo=UTC)))
    store.close()
    before = (folder / "experts.yaml").read_bytes()
    found = json.loads(verb("roster", "show", "--json").stdout)
    people = {person["name"]: person for person in found["experts"]}
    assert people["Amara Okafor"]["quiet"] == "20:00-07:00"
    assert people["Amara Okafor"]["overlay"] == {"quiet": {"roster": "22:00-06:30", "own": "20:00-07:00"}}
    assert (people["Mike Alvarez"]["takes_part"], people["Grace Kim"]["takes_part"]) == (False, True)
    shown = verb("roster", "show").stdout
    assert "own quiet: 20:00-07:00 (the roster says 22:00-06:30)" in shown
    assert "17 of 18 take part; no rules, being listed is enough." in shown
    assert (folder / "experts.yaml").read_bytes() == before


def test_rules_added_to_a_running_house_say_how_many_must_accept_them_first(verb: Verb, folder: Path):
    """Who accepted this version, or left, is known to the house's database."""
    with (folder / "experts.yaml").open("a", encoding="utf-8") as file:
        file.write("\nrules: {version: 2, text: Be kind.}\n")
    assert "18 people (all) must first accept version 2 of the rules" in verb("roster", "check").stdout
    store = SqlStore(f"sqlite:///{folder / 'twelp.db'}")
    with store.transaction() as tx:
        tx.set_volunteer(Volunteer("amara@volt.example", accepted="2"))
        tx.set_volunteer(Volunteer("grace@volt.example", accepted="1"))
        tx.set_volunteer(Volunteer("mike@volt.example", left_at=datetime(2026, 1, 1, tzinfo=UTC)))
    store.close()
    done = verb("roster", "check")
    assert done.returncode == 0
    assert "16 people (of 18) must first accept version 2 of the rules" in done.stdout


def test_a_good_roster_passes(verb: Verb):
    done = verb("roster", "check")
    assert done.returncode == 0
    assert "12 topics, 18 experts" in done.stdout


def test_a_bad_roster_is_told_with_lines_and_fixes(verb: Verb, folder: Path):
    text = (folder / "experts.yaml").read_text(encoding="utf-8").replace("topics: [tv", "topics: [tvs", 1)
    (folder / "bad.yaml").write_text(text, encoding="utf-8")
    done = verb("roster", "check", "bad.yaml")
    assert done.returncode == 1
    assert re.search(r'bad\.yaml:\d+ .*topic "tvs" is not known; did you mean "tv"', done.stdout)
    report = json.loads(verb("roster", "check", "bad.yaml", "--json").stdout)
    assert report["ok"] is False
    assert report["mistakes"][0]["line"] > 0


def test_the_schema_in_the_docs_is_the_one_that_is_printed(verb: Verb):
    done = verb("roster", "schema")
    assert json.loads(done.stdout) == json.loads((ROOT / "docs/experts.schema.json").read_text(encoding="utf-8"))


def test_half_a_set_of_credentials_is_an_error_that_names_what_is_missing(verb: Verb):
    done = verb("run", X_CONSUMER_KEY="k-secret", X_CONSUMER_SECRET="s-secret")
    assert done.returncode == 2
    assert "X_ACCESS_TOKEN" in done.stderr
    assert "SLACK_BOT_TOKEN" in done.stderr
    assert "secret" not in done.stderr.lower().replace("_secret", "").replace("signing secret", "").replace(
        "and secret", ""
    )
    assert "Traceback" not in done.stderr


def test_one_part_of_twelp_without_credentials_or_on_sqlite_says_what_to_do():
    from twelp.cli.run import _can_be_split
    from twelp.config import Settings
    from twelp.errors import ConfigError
    from twelp.wiring import sandboxed

    bare = Settings.model_validate({})
    with pytest.raises(ConfigError, match="`twelp` alone runs everything"):
        _can_be_split(bare, "work")
    with pytest.raises(ConfigError, match="set DATABASE_URL to Postgres, or use `twelp run`"):
        _can_be_split(sandboxed(bare, "http://127.0.0.1:1"), "work")


def test_a_missing_roster_is_a_usage_error(verb: Verb, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    done = verb("run", where=tmp_path / "empty")
    assert done.returncode == 2
    assert "experts.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_trail_before_anything_was_heard_says_what_to_do(verb: Verb):
    done = verb("trail", "123")
    assert done.returncode == 2
    assert "run twelp first" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.jsonl", None, "cannot be read"),
        ("a.csv", "id,body\n1,hi\n", "no column `text`; it has: id, body"),
        ("b.jsonl", "hello\n", "b.jsonl:1: not JSON"),
        ("c.jsonl", '{"tweet_id": 1}\n', "no customer's post found"),
    ],
)
def test_a_recording_that_cannot_be_used_is_named_with_the_remedy(
    verb: Verb, folder: Path, name: str, text: str | None, said: str
):
    if text is not None:
        (folder / name).write_text(text, encoding="utf-8")
    done = verb("replay", name)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_replay_accounts_for_every_post_and_waits_for_no_moderator_who_handles_a_crisis(verb: Verb, folder: Path):
    with (ROOT / "tests/data/posts.csv").open(encoding="utf-8", newline="") as recorded:
        rows = [row["text"] for row in islice(csv.DictReader(recorded), 9)]
    rows.insert(4, "@VoltHelp there is smoke coming out of my tv right now")
    posts = folder / "posts.jsonl"
    posts.write_text("".join(f"{json.dumps({'text': text})}\n" for text in rows), encoding="utf-8")
    done = verb("replay", str(posts), "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["posts"] == 10
    assert (report["lost"], report["duplicates"], report["open"]) == (0, 0, 0)
    assert report["not_questions"]["danger"] == 1
    assert report["questions"] + sum(report["not_questions"].values()) == 10
    assert report["published"] + report["held"] + report["unanswered"] == report["questions"]
    assert report["published"] >= 4
    assert "lifted" in report["limits"]


def test_a_newcomer_sees_a_question_go_its_way_and_can_look_at_it(verb: Verb, folder: Path):
    """`twelp` alone: ready, a post from a second terminal, its trail while the bot runs, and a clean stop."""
    command = [sys.executable, "-m", "twelp"]
    bot = subprocess.Popen(
        command, cwd=folder, env=environment(TWELP_HOLD_SECONDS="0"), stdout=subprocess.PIPE, text=True
    )
    assert bot.stdout is not None
    try:
        lines = []
        for line in bot.stdout:
            lines.append(line)
            if line.startswith("Ready"):
                break
        assert any("127.0.0.1" in line for line in lines)
        assert any(".env" in line for line in lines)
        second = verb("run")
        assert second.returncode == 2, "a second bot on the same file must be told so"
        assert "in use by another twelp" in second.stderr
        posted = json.loads(
            verb("sandbox", "post", "@VoltHelp why is my tv screen black?", "--as", "you", "--json").stdout
        )
        for line in bot.stdout:
            lines.append(line)
            if "published" in line:
                break
        shown = verb("sandbox", "show").stdout
        assert "@you: @VoltHelp why is my tv screen black?" in shown
        slack = shown.partition("\nSlack\n")[2]
        assert re.search(r"^(?!D0)[^:\n]+: \S", slack, re.MULTILINE), "people are named, not channels"
        trail = json.loads(verb("trail", posted["id"], "--json").stdout)
        assert trail["verdict"] == "question"
        assert {entry["actor"] for entry in trail["trail"]} >= {"triage", "match", "dispatch"}
        assert "question" in verb("trail", posted["id"]).stdout
    finally:
        bot.send_signal(signal.SIGTERM)
        bot.stdout.close()
        assert bot.wait(timeout=20) == 0


TELLING = """
from twelp.cli import run
class Telling(run.SandboxProcess):
    def __init__(self, seed):
        super().__init__(seed)
        print(self.pid, flush=True)
run.SandboxProcess = Telling
run.main()
"""


def test_a_bot_whose_local_networks_ended_says_so_and_ends(folder: Path):
    command, pipe = [sys.executable, "-c", TELLING], subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, env=environment(), stdout=pipe, stderr=pipe, text=True) as bot:
        try:
            assert bot.stdout is not None
            sandbox = int(bot.stdout.readline())
            assert any(line.startswith("Ready") for line in bot.stdout)
            os.kill(sandbox, signal.SIGKILL)
            said = bot.communicate(timeout=60)[1]
        finally:
            bot.kill()
    assert bot.returncode == 1
    assert "the local X and Slack ended by themselves (SIGKILL), and without them there is nothing to do" in said
    assert not list((folder / ".twelp").glob("*-wal")), "everything is in the database itself"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, 0)])
def test_a_signal_while_the_bot_loads_ends_it_without_a_word(folder: Path, number: int, status: int):
    command = [sys.executable, "-X", "importtime", "-m", "twelp"]
    bot = subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True)
    assert bot.stderr is not None
    for line in bot.stderr:
        if line.endswith("| pydantic\n") or "pydantic_core" in line:
            break
    bot.send_signal(number)
    said = bot.stderr.read()
    bot.stderr.close()
    assert bot.wait(timeout=20) == status
    assert "Traceback" not in said


def test_a_bot_in_http_mode_can_be_tried_against_the_sandbox(folder: Path):
    """The sandbox of another terminal sends signed requests where it is told, and prints the `.env` for it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    url = f"http://127.0.0.1:{port}/slack/events"
    serve = [sys.executable, "-m", "twelp", "sandbox", "serve", "--port", "0", "--town", "--events", url, "--json"]
    sandbox = subprocess.Popen(serve, cwd=folder, env=environment(), stdout=subprocess.PIPE, text=True)
    bot = None
    try:
        assert sandbox.stdout is not None
        told = json.loads(sandbox.stdout.readline())["env"]
        assert "SLACK_APP_TOKEN" not in told
        started = environment(**told, PORT=port, X_POLL_SECONDS="0.2", TWELP_HOLD_SECONDS="0")
        command = [sys.executable, "-m", "twelp"]
        bot = subprocess.Popen(command, cwd=folder, env=started, stdout=subprocess.PIPE, text=True)
        assert bot.stdout is not None
        assert any("claim" in line for line in bot.stdout), "a click reached the bot"
    finally:
        for child in filter(None, (bot, sandbox)):
            child.send_signal(signal.SIGTERM)
            child.stdout.close()
            assert child.wait(timeout=20) == 0
