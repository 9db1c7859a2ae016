"""Requests and socket messages in Slack's name: forged, replayed, bent, oversized; at a real house over the wire."""

from __future__ import annotations

import http.server
import json
import queue
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

import httpx
from pydantic import SecretStr
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection
from websockets.sync.server import serve as serve_socket

from benchmarks.hostile import Fault
from benchmarks.hostile.mutate import mutated, nested, odd
from benchmarks.hostile.posts import roster
from benchmarks.hostile.texts import SECRETS, hostile, word
from benchmarks.hostile.watch import secrets_in
from twelp import wiring
from twelp.adapters.slack import buttons, home, invitations, modal, repairs, suggesting, window_parts, window_state
from twelp.adapters.slack.transport import Socket
from twelp.config import Settings
from twelp.sandbox.server import serve
from twelp.sandbox.slack.request_url import signature

_STRANGER: Final = "U0STRANGER"
_PATIENCE_S: Final = 20.0
_ACTS: Final = (
    buttons.CLAIM, buttons.RELEASE, buttons.PASS_ON, buttons.ANSWER, buttons.UNDO, buttons.APPROVE, buttons.SEND_BACK, buttons.BY_HAND,
    buttons.MORE, window_state.TYPING, window_parts.SHORTEN, window_parts.START_FROM + "0", invitations.READ_RULES, home.CHANGE, home.PAUSE,
    home.RESUME, home.DIGEST, home.LEAVE, "twelp_nothing",
)  # fmt: skip
_WINDOWS: Final = (
    modal.FORM, modal.BACK, repairs.TOPIC, repairs.PERSON, repairs.RETRACT, invitations.ACCEPT, home.HOURS,
    suggesting.CHOOSE, "twelp_nothing",
)  # fmt: skip
_EVENTS: Final = (
    "message",
    "user_change",
    "team_join",
    "dnd_updated_user",
    "app_home_opened",
    "reaction_added",
    "url_verification",
)


class _Canary(http.server.BaseHTTPRequestHandler):
    """Eligible where nobody has any business; whoever asks was led there by somebody's words."""

    def do_GET(self) -> None:
        """Counts."""
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    do_POST = do_HEAD = do_GET

    def log_message(self, *_: Any) -> None:
        """Nothing."""


class Place:
    """A house on SQLite with planted secrets, its local X and Slack, one open question, and a canary."""

    def __init__(self) -> None:
        self._held = ExitStack()
        folder = self._held.enter_context(tempfile.TemporaryDirectory(prefix="twelp-fuzz-"))
        people = roster()
        seed = wiring.seed(people)
        keys = {name.removeprefix("X_").lower(): secret for name, secret in SECRETS.items() if name.startswith("X_")}
        seed["x"]["credentials"] = keys
        seed["slack"] |= {
            name: SECRETS[f"SLACK_{name.upper()}"] for name in ("bot_token", "app_token", "signing_secret")
        }
        running = self._held.enter_context(serve(seed))
        self._http = httpx.Client(base_url=running.url, trust_env=False, timeout=_PATIENCE_S)
        self._held.callback(self._http.close)
        self.control("POST", "limits", {"lifted": True})
        planted = {
            name.lower(): SecretStr(secret) for name, secret in SECRETS.items() if name.startswith(("X_", "SLACK_"))
        }
        planted.pop("slack_app_token")
        base = Settings.model_validate({"TWELP_HOLD_SECONDS": 0, "TWELP_SEMANTIC": "off", "PORT": 0})
        database = SecretStr(f"sqlite:///{Path(folder) / 'fuzz.db'}")
        chosen = wiring.sandboxed(base, running.url, database_url=database, slack_app_token=None)
        self.house = wiring.build(chosen.model_copy(update=planted), people, quick=True)
        self.house.start(driven=True)
        self._held.callback(self.house.stop)
        self.users = {user["name"]: user["id"] for user in self.control("GET", "slack/users")["users"]}
        self._canary = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Canary)
        self._canary.asked = []  # type: ignore[attr-defined]
        threading.Thread(target=self._canary.serve_forever, daemon=True).start()
        self._held.callback(self._canary.server_close)
        self._held.callback(self._canary.shutdown)
        self.bait = f"http://127.0.0.1:{self._canary.server_port}"
        self.question = ""
        self.ask()

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """The sandbox's control plane."""
        return self._http.request(method, f"/_sandbox/{path}", json=body).raise_for_status().json()

    def ask(self) -> None:
        """A customer asks anew, with a link that nobody may follow."""
        text = f"@VoltHelp why does my tv show no picture? {self.bait}/post"
        self.question = f"x:{self.control('POST', 'x/posts', {'text': text, 'as': 'mia'})['id']}"
        self.house.networks["x"].listener.look()

    def close(self) -> Iterator[Fault]:
        """What was done meanwhile that nobody may; the house ends."""
        until = time.monotonic() + _PATIENCE_S
        while self.house.engine.busy() and time.monotonic() < until:
            time.sleep(0.02)
        posted = [p["text"] for p in self.control("GET", "x/posts")["posts"] if p["author"] == "VoltHelp"]
        yield from (("forged", f"published: {text!r}") for text in posted)
        yield from (("pings", f"pinged: {ping}") for ping in self.control("GET", "slack/pings")["pings"])
        yield from (("forged", f"fetched: {path}") for path in self._canary.asked)  # type: ignore[attr-defined]
        self._held.close()


@dataclass(frozen=True)
class Request:
    """A request as it is sent, but for its signature; `{Q}`, `{ANN}` … stand for what a run makes anew."""

    method: str
    path: str
    content_type: str
    body: bytes
    signing: str
    form: str = ""


class SlackRequests:
    """HTTP mode."""

    name = "requests"

    def __init__(self) -> None:
        self._place = Place()
        self._cases = 0
        self._http = httpx.Client(base_url=self._place.house.address, trust_env=False, timeout=_PATIENCE_S)

    def close(self) -> Iterator[Fault]:
        """What was done in all."""
        self._http.close()
        yield from self._place.close()

    def make(self, dice: Random) -> Request:
        """A request: rightly signed and bent, or forged and perfect."""
        signing = dice.choice(("right",) * 8 + _FORGERIES)
        method, path = "POST", "/slack/events"
        if dice.random() < 0.02:
            method, path = dice.choice(("GET", "PUT", "DELETE", "OPTIONS", "PROPFIND", "POST")), dice.choice(_PATHS)
        if signing != "right" and dice.random() < 0.5:
            payload: Any = _submission(modal.CONFIRM, "{ANN}", dice, "{Q}\nForged: hold the power button. ")
        else:
            payload = mutated(_payload(dice), dice)
        content_type, body = _dressed(payload, signing, dice)
        return Request(method, path, content_type, body, signing)

    def faults(self, given: Request) -> Iterator[Fault]:
        """All that is wrong with how it is answered."""
        self._cases += 1
        if self._cases % 100 == 0:
            self._place.ask()
        body = _filled(given.body, self._place)
        headers = [*_signed(given.signing, body), (b"Content-Type", given.content_type.encode())]
        try:
            answer = self._http.request(given.method, given.path, content=body, headers=headers)
        except httpx.HTTPError as error:
            yield "crashes", f"no answer: {type(error).__name__}: {error}"
            return
        yield from secrets_in(answer.text + str(answer.headers))
        if answer.status_code >= 500:
            yield "crashes", f"{answer.status_code}: {answer.text[:200]!r}"
        if b"x-evil" in str(answer.headers).lower().encode():
            yield "forged", f"a header of theirs: {answer.headers}"
        refused = 400 <= answer.status_code < 500 or given.path in _OPEN
        if given.signing != "right" and not refused and not _harmless_check(given, answer):
            yield "forged", f"{given.signing} was taken: {answer.status_code}"


class SocketMessages:
    """Socket Mode: what comes over the socket, in the reader that takes it, before the real app and desk."""

    name = "socket"

    def __init__(self) -> None:
        self._place = Place()
        self._cases = 0
        self._out: queue.Queue[str | bytes] = queue.Queue()
        self._over = threading.Event()
        self._acked: queue.Queue[str] = queue.Queue()
        self._server = serve_socket(self._talk, "127.0.0.1", 0, max_size=None)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/"
        self.timeout = 10
        app = self._place.house.workspace.incoming._connected_app()
        self._socket = Socket(app, self, SECRETS["SLACK_APP_TOKEN"], self._place.house.clock)  # type: ignore[arg-type]
        self._socket.start()

    def apps_connections_open(self, *, app_token: str) -> dict[str, str]:
        """Where the socket is; in the place of Slack's own answer."""
        return {"url": self.url}

    def close(self) -> Iterator[Fault]:
        """What was done in all."""
        self._socket.stop()
        self._over.set()
        self._server.shutdown()
        yield from self._place.close()

    def make(self, dice: Random) -> str | bytes:
        """A message: an envelope that is bent, or nothing of the kind."""
        chance = dice.random()
        if chance < 0.1:
            return hostile(dice, 3_000).encode("utf-8", "replace").decode()
        if chance < 0.15:
            return dice.choice(
                ("[" * 100_000, '{"a":' * 20_000, "", "null", "[]", "1", '"x"', "{}", "NaN", "x" * 500_000)
            )
        if chance < 0.2:
            return dice.randbytes(dice.randrange(300))
        payload = mutated(_payload(dice), dice)
        kind = dice.choice(("interactive", "events_api", "slash_commands", "hello", word(dice)))
        envelope: Any = {"envelope_id": "e{N}", "type": kind, "payload": payload, "accepts_response_payload": True}
        if dice.random() < 0.4:
            envelope = mutated(envelope, dice)
        said = json.dumps(envelope)
        return (
            said if len(said) < 900_000 else said[:900_000]
        )  # what is larger closes the connection, which takes its time

    def faults(self, given: str | bytes) -> Iterator[Fault]:
        """Whether the reader goes on reading."""
        self._cases += 1
        if self._cases % 100 == 0:
            self._place.ask()
        self._out.put(_filled(given.encode(), self._place).decode() if isinstance(given, str) else given)
        name = f"alive-{self._cases}"
        event = {"type": "message", "bot_id": "B1"}
        alive = json.dumps({"envelope_id": name, "type": "events_api", "payload": {"event": event}})
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            self._out.put(alive)  # again, where the one before went down with a connection that was closed
            with suppress(queue.Empty):
                while self._acked.get(timeout=1) != name:
                    pass
                return
        yield "crashes", "the reader does not answer any more"

    def _talk(self, connection: ServerConnection) -> None:
        """One connection: says what is to be said, and hears acknowledgements."""
        threading.Thread(target=self._hear, args=(connection,), daemon=True).start()
        while not self._over.is_set():
            with suppress(queue.Empty):
                said = self._out.get(timeout=0.2)
                try:
                    connection.send(said)
                except ConnectionClosed:
                    self._out.put(said)  # the next connection says it
                    return

    def _hear(self, connection: ServerConnection) -> None:
        try:
            for raw in connection:
                said = json.loads(raw)
                self._acked.put(str(said.get("envelope_id")))
        except ConnectionClosed:
            return


# ---------------------------------------------------------------- payloads

_PATHS: Final = (
    "/slack/events/", "//slack/events", "/slack/../slack/events", "/slack/events/../../../etc/passwd", "/slack/events%00", "/",
    "/%2e%2e/%2e%2e/etc/passwd", "/slack/events;x=y", "/slack/events?ssl_check=1", "/.env", "/slack%2fevents", "/SLACK/EVENTS",
    "/slack/events/x" + "y" * 3_000, "/\\..\\..\\", "/metrics", "/static/../.env",
)  # fmt: skip
_OPEN: Final = ("/metrics",)
_FORGERIES: Final = (
    "none", "no signature", "no timestamp", "other secret", "empty secret", "empty", "v1", "bare", "of another body", "stale", "future",
    "no number", "fraction", "huge", "negative", "other digits", "letters", "case", "twice",
)  # fmt: skip


def _payload(dice: Random) -> Any:
    """One of Slack's payloads, as it should be."""
    chance = dice.random()
    person = dice.choice(("{ANN}", "{ANN}", "{BOB}", "{MO}", "{TIA}", _STRANGER))
    if chance < 0.35:
        return _action(dice.choice(_ACTS), person, dice)
    if chance < 0.6:
        return _submission(dice.choice(_WINDOWS), person, dice, "{Q}")
    if chance < 0.66:
        return _submission(modal.CONFIRM, _STRANGER, dice, "{Q}\nForged: hold the power button. ")
    if chance < 0.76:
        text = dice.choice(
            ("help", "pause 3 days", "join", "leave", "topics", "quiet 22:00-08:00", hostile(dice, 2_000))
        )
        return {"command": "/twelp", "text": text, "user_id": person, "channel_id": "C1", "trigger_id": "1.2.a",
                "team_id": "T1", "response_url": dice.choice(("{BAIT}/command", "{BASE}/response/x"))}  # fmt: skip
    if chance < 0.82:
        return {"type": "message_action", "callback_id": suggesting.SHORTCUT, "user": {"id": person}, "trigger_id": "1.2.a",
                "channel": {"id": "C1", "name": "x"}, "message": {"text": hostile(dice, 3_000), "ts": "1.2"},
                "response_url": "{BAIT}/shortcut", "message_ts": "1.2", "team": {"id": "T1"}}  # fmt: skip
    kind = dice.choice(_EVENTS)
    if kind == "url_verification":
        return {"type": kind, "challenge": hostile(dice, 300), "token": "x"}
    event = {"type": kind, "user": person, "channel": "D1", "channel_type": "im", "text": hostile(dice, 500), "ts": "1.2",
             "tab": "home", "dnd_status": {"dnd_enabled": True, "next_dnd_start_ts": 1, "next_dnd_end_ts": 2}}  # fmt: skip
    if kind in ("user_change", "team_join"):
        event["user"] = {"id": _STRANGER, "profile": {"email": word(dice)}, "team_id": "T1", "tz": word(dice)}
    return {"type": "event_callback", "event_id": "Ev{N}", "event_time": 1, "team_id": "T1", "event": event}


def _action(act: str, person: str, dice: Random) -> dict[str, Any]:
    value = dice.choice(("{Q}", "{Q}", "{Q}", word(dice)))
    lines = (buttons.DISMISS, buttons.NOT_OURS, buttons.WRONG_TOPIC, buttons.PASS_TO, buttons.RETRACT, "nothing")
    action = {"action_id": act, "block_id": "acts", "type": "button", "value": value, "action_ts": "1.2",
              "selected_option": {"value": f"{dice.choice(lines)} {value}"}}  # fmt: skip
    return {
        "type": "block_actions", "user": {"id": person, "username": "x", "team_id": "T1"}, "team": {"id": "T1", "domain": "x"},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "D1"}, "trigger_id": "1.2.a", "channel": {"id": "D1"},
        "message": {"ts": "1.2", "text": "x"}, "view": _view(modal.FORM, dice, "{Q}"), "actions": [action],
        "response_url": dice.choice(("{BAIT}/action", "{BASE}/response/x", "file:///etc/passwd")),
    }  # fmt: skip


def _submission(window: str, person: str, dice: Random, metadata: str) -> dict[str, Any]:
    view = _view(window, dice, metadata)
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": person},
        "trigger_id": "1.2.a",
        "view": view,
    }


def _view(window: str, dice: Random, metadata: str) -> dict[str, Any]:
    typed = hostile(dice, dice.choice((100, 3_500)))
    named = {block: {window_state.TYPING: {"type": "plain_text_input", "value": typed}, modal.NOTE: {"value": typed},
             "twelp_choice": {"selected_option": {"value": dice.choice(("tv", "ann@volt.example", typed))}},
             home.INPUT: {"value": typed}}
             for block in (window_state.ANSWER_BLOCK, modal.NOTE_BLOCK, repairs.NOTE_BLOCK, home.QUIET_BLOCK, home.ASKS_BLOCK, "choice")}  # fmt: skip
    element = {"type": "plain_text_input", "action_id": window_state.TYPING}
    blocks = [
        {
            "type": "input",
            "block_id": window_state.ANSWER_BLOCK,
            "element": element,
            "label": {"type": "plain_text", "text": "x"},
        }
    ]
    return {"id": "V1", "type": "modal", "callback_id": window, "private_metadata": metadata, "blocks": blocks, "hash": "1.2",
            "title": {"type": "plain_text", "text": "x"}, "state": {"values": named}}  # fmt: skip


def _dressed(payload: Any, signing: str, dice: Random) -> tuple[str, bytes]:
    """The payload as a body: as Slack sends it, or otherwise."""
    chance = dice.random()
    form = "application/x-www-form-urlencoded"
    if chance < 0.06:
        shape = dice.choice((b"x" * 2_100_000, b"[" * 100_000, b'{"a":' * 50_000, b"payload=" + b"[" * 90_000, b"\x00\xff" * 50, b"",
                             b"payload=", b"payload=null", b"payload=1&payload=2", b"%", b"%ff%fe", b"&&&&", b"=" * 5_000,
                             b"a=1&" * 50_000, b"ssl_check=1", b'{"ssl_check":"1"}', b"payload=%7B%22a%22%3A" * 3))  # fmt: skip
        return dice.choice((form, "application/json", "text/plain", "", "multipart/form-data; boundary=x", "é")), shape
    if isinstance(payload, dict) and payload.get("command") and chance < 0.9:
        fields = {str(k): v if isinstance(v, str) else json.dumps(v) for k, v in payload.items()}
        if signing != "right" and chance < 0.2:
            fields["ssl_check"] = "1"
        return form, urlencode(fields, errors="surrogatepass").encode()
    if (isinstance(payload, dict) and "event" in payload) or chance > 0.97:
        return "application/json", json.dumps(payload).encode()
    extra = "&ssl_check=1" if signing != "right" and chance < 0.2 else ""
    return form, f"payload={quote_plus(json.dumps(payload))}{extra}".encode()


def _filled(body: bytes, place: Place) -> bytes:
    """The body with what this run knows put in, however it is escaped."""
    known = {
        "Q": place.question,
        "BAIT": place.bait,
        "BASE": str(place.house.settings.slack_base_url),
        "N": str(time.monotonic_ns()),
    }
    known |= {name.upper(): user for name, user in place.users.items()}
    for name, value in known.items():
        body = body.replace(f"{{{name}}}".encode(), json.dumps(value)[1:-1].encode())
        body = body.replace(f"%7B{name}%7D".encode(), quote_plus(value).encode())
    return body


def _signed(signing: str, body: bytes) -> list[tuple[bytes, bytes]]:
    """The two headers, right or wrong in one way."""
    secret, now = SECRETS["SLACK_SIGNING_SECRET"], int(time.time())
    odd_stamps = {"stale": str(now - 301), "future": str(now + 302), "no number": "abc", "fraction": f"{now}.5", "huge": "9" * 5_000,
                  "negative": f"-{now}"}  # fmt: skip
    stamp = odd_stamps.get(signing, str(now))
    right = signature(secret, stamp, body)
    said: dict[str, bytes] = {
        "other secret": signature("x", stamp, body).encode(), "empty secret": signature(" ", stamp, body).encode(), "empty": b"",
        "v1": right.replace("v0", "v1").encode(), "bare": right[3:].encode(), "of another body": signature(secret, stamp, body + b" ").encode(),
        "letters": "v0=é".encode(), "case": right.upper().encode(),
    }  # fmt: skip
    stamped = (b"X-Slack-Request-Timestamp", "١٢٣".encode() if signing == "other digits" else stamp.encode())
    sign = (b"X-Slack-Signature", said.get(signing, right.encode()))
    if signing == "twice":
        return [(b"X-Slack-Signature", b"v0=0"), stamped, (stamped[0], b"0"), sign]
    left_out = {"none": [], "no signature": [stamped], "no timestamp": [sign]}
    return left_out.get(signing, [stamped, sign])


def _harmless_check(given: Request, answer: httpx.Response) -> bool:
    """Slack's own unsigned look at the certificate, which is answered with nothing and does nothing."""
    return b"ssl_check" in given.body and answer.status_code == 200 and not answer.content


__all__ = ["Place", "Request", "SlackRequests", "SocketMessages", "nested", "odd"]
