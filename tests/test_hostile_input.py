"""The short form of `benchmarks.fuzz`: some of its cases of each kind, and what it found once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import torment
from benchmarks.hostile import Kind
from benchmarks.hostile.posts import Posts, mentioned, published
from benchmarks.hostile.rosters import Rosters
from benchmarks.hostile.settings import SettingsFiles
from benchmarks.hostile.slack import SlackRequests, SocketMessages, _signed
from benchmarks.hostile.watch import Watch
from benchmarks.hostile.x_answers import XAnswers
from twelp.adapters.slack.sdk import is_slacks
from twelp.adapters.x.fields import public_url
from twelp.adapters.x.rules import RULES
from twelp.config import Settings
from twelp.errors import ConfigError
from twelp.flow import answer, gate, publish
from twelp.flow.match.clean import words
from twelp.roster import check

CASES: dict[Callable[[], Kind], int] = {Posts: 20, XAnswers: 25, Rosters: 100, SettingsFiles: 40, SlackRequests: 25}


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.name)
def test_hostile_input_neither_breaks_nor_pings_nor_leaks(make: Callable[[], Kind]) -> None:
    watch = Watch()
    try:
        tally = torment(make(), watch, range(CASES[make]), seed=1)
    finally:
        watch.close()
    assert not tally.bad, tally.faults


def test_what_comes_over_the_socket_does_not_silence_it() -> None:
    """No JSON, no object, endless nesting, a list where the SDK wants an object: the next message is heard."""
    kind, watch = SocketMessages(), Watch()
    try:
        for odd in (
            "x",
            "[]",
            "null",
            "[" * 100_000,
            b"\xff",
            '{"envelope_id":"e","type":"interactive","payload":[1]}',
        ):
            assert list(kind.faults(odd)) == []
        assert list(kind.close()) == []
        assert list(watch.faults()) == []
    finally:
        watch.close()


def test_a_forged_request_is_refused_before_anything_of_it_is_read(quiet_requests: SlackRequests) -> None:
    """Each of these broke the parser that came before the signature was checked."""
    address = quiet_requests._place.house.address
    for body in (b'"x"', b"[" * 100_000, b'{"authorizations": 1}', b"payload=1"):
        for signing, status in (
            ("other secret", 401),
            ("no number", 401),
            ("letters", 401),
            ("none", 401),
            ("right", 400),
        ):
            headers = [*_signed(signing, body), (b"Content-Type", b"application/json")]
            said = httpx.post(f"{address}/slack/events", content=body, headers=headers, trust_env=False)
            assert said.status_code == status or (signing == "right" and said.status_code in (400, 404)), (
                body[:9],
                signing,
            )


def test_answers_to_acts_go_to_slack_alone() -> None:
    """A `response_url` cannot send us anywhere else."""
    base = "https://slack.com/api/"
    assert is_slacks("https://hooks.slack.com/actions/T1/2/x", base)
    assert is_slacks("http://127.0.0.1:9/response/x", "http://127.0.0.1:9/api/")
    for other in (
        "http://hooks.slack.com/x",
        "https://hooks.slack.com.evil.example/",
        "https://evil.example/?hooks.slack.com",
        "https://u@hooks.slack.com/",
        "file:///etc/passwd",
        "http://169.254.169.254/",
        "https://[",
        "http://127.0.0.1:8/",
    ):
        assert not is_slacks(other, base if "127" not in other else "http://127.0.0.1:9/api/")


@pytest.fixture
def quiet_requests() -> Iterator[SlackRequests]:
    watch, kind = Watch(), SlackRequests()
    try:
        yield kind
        assert list(kind.close()) == []
    finally:
        watch.close()


# ---------------------------------------------------------------- what was found once


@pytest.mark.parametrize(
    "text", ["RT@jack is right", "https://a.example/@jack", "http://[::1]/RT@jack", "https://a.com”@jack"]
)
def test_whom_x_would_notify_the_gate_refuses(text: str) -> None:
    public = publish.compose(answer.clean(text), "AL")
    assert mentioned(public) == ["@jack"]
    assert "mention" in {f.rule for f in gate.check(text, public, left=100, rules=RULES)}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*"@＠aRTrt:/. é,”", "https://", "volt.com", "jack"]), max_size=14).map("".join))
def test_nothing_the_gate_lets_out_notifies_anybody(text: str) -> None:
    public = publish.compose(answer.clean(text), "AL")
    if not any(f.blocks for f in gate.check(text, public, left=publish.left(public, RULES), rules=RULES)):
        assert list(published(public)) == []


def test_characters_that_x_refuses_do_not_reach_it() -> None:
    assert answer.clean("Hold\ufffe it\uffff") == "Hold it"


def test_a_handle_that_x_would_not_give_is_no_part_of_a_link() -> None:
    assert public_url("7", "@mia_1") == "https://x.com/mia_1/status/7"
    for handle in ("\udc00", "a b", "../evil", "a?b=", "@evil.example/"):
        assert public_url("7", handle) == "https://x.com/i/web/status/7"


def test_a_text_made_to_choke_the_matcher_takes_no_longer_than_its_length() -> None:
    """Twenty-five thousand characters took three seconds; so many would have taken ten minutes and more."""
    assert words("a." * 200_000)[:1] == ["a"]


def test_a_secret_in_the_wrong_place_is_not_repeated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PORT", "X_BASE_URL", "TWELP_LOG"):
        for value in (
            "http://u:hush-hush-123/x@h",
            "xoxb-hush-hush-123",
            "http://h:hush-hush-123",
            "//u:hush-hush-123@h",
        ):
            monkeypatch.setenv(name, value)
            with pytest.raises(ConfigError, match=name) as refused:
                Settings.read(tmp_path / ".env")
            assert "hush" not in str(refused.value)
            monkeypatch.delenv(name)


def test_what_is_missing_at_the_end_of_a_roster_is_looked_for_on_its_last_line() -> None:
    _, mistakes = check("version: 1\nbrand: {name: Volt", "experts.yaml")
    assert [m.line for m in mistakes] == [2]


def test_an_endless_name_in_a_roster_is_not_repeated_whole() -> None:
    _, mistakes = check(f"version: 1\n{'x' * 5_000}: 1\n", "experts.yaml")
    assert mistakes
    assert all(len(str(m)) < 500 for m in mistakes)


def test_an_alias_of_two_topics_is_told_with_a_remedy() -> None:
    topic = "{id: %s, name: %s, keywords: [a], aliases: [Lumavue], examples: [b]}"
    _, mistakes = check(f"version: 1\ntopics: [{topic % ('tv', 'TV')}, {topic % ('hi', 'Hi')}]\n", "experts.yaml")
    assert [m.fix for m in mistakes if "as well" in m.problem] == ["keep it in one of them"]


def test_no_redirect_is_made_of_the_host_that_was_sent(quiet_requests: SlackRequests) -> None:
    address = quiet_requests._place.house.address
    for path in ("/slack/events/", "/metrics/", "/healthz/"):
        said = httpx.get(f"{address}{path}", headers={"Host": "evil.example"}, trust_env=False)
        assert said.status_code in (404, 405)


def test_the_same_dice_make_the_same_case() -> None:

    for kind in (Posts, XAnswers, Rosters, SettingsFiles, SlackRequests, SocketMessages):
        if kind is not SettingsFiles:
            assert repr(kind.make(None, Random("7:1"))) == repr(kind.make(None, Random("7:1")))
