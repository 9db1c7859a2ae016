"""`twelp sandbox serve`, `post`, `as` and `show`: the local X and Slack from a terminal."""

from __future__ import annotations

import json
import signal
import threading
from types import FrameType
from typing import Any

import httpx
from rich.console import Console
from rich.text import Text

from twelp.cli.plain import plain
from twelp.cli.play import play
from twelp.cli.play.introduction import introduced
from twelp.cli.run import SANDBOX_NOTE, forget_sandbox, note_sandbox
from twelp.config import Settings
from twelp.errors import ConfigError, TwelpError
from twelp.roster import load
from twelp.wiring import TOWN, SandboxProcess, dotenv, seed


def serve(*, host: str, port: int, town: bool, events: str | None, as_json: bool) -> None:
    """Serves until Ctrl-C or SIGTERM."""
    roster = load(Settings.read(env_file=None).experts)
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    sandbox = SandboxProcess(seed(roster, town=TOWN if town else None, events=events), host=host, port=port)
    try:
        url = sandbox.url
        note_sandbox(url)
        lines = dotenv(url, http=events is not None)
        if as_json:
            print(
                json.dumps({"url": url, "env": dict(line.split("=", 1) for line in lines.splitlines())}),
                flush=True,
            )
        else:
            print(
                f"X and Slack are at {url} (control plane: {url}/_sandbox). For a bot's .env:\n\n{lines}\n",
                flush=True,
            )
        while not stop.wait(0.5):
            sandbox.be_alive()
    finally:
        sandbox.stop()
        forget_sandbox()


def post(text: str, *, author: str, reply_to: str | None, at: str | None, as_json: bool) -> None:
    """Posts as a customer and prints the post's id."""
    body: dict[str, Any] = {"text": text, "as": author.removeprefix("@")}
    if reply_to:
        body["reply_to"] = reply_to
    answer = _call("POST", _address(at), "/_sandbox/x/posts", body)
    post_id = str(answer["id"])
    if as_json:
        print(json.dumps({"id": post_id}))
    else:
        print(f"{post_id}  (its way: twelp trail {post_id})")
        if (
            not reply_to
            and (handles := _handles())
            and not any(f"@{one}".casefold() in text.casefold() for one in handles)
        ):
            print(
                f"It does not name @{' or @'.join(handles)}: twelp hears only posts that do, or answers in its threads."
            )


def _handles() -> list[str]:
    """Our handles, as far as a roster tells them."""
    try:
        return list(load(Settings.read(env_file=None).experts).brand.handles.values())
    except TwelpError:
        return []


def play_as(name: str, *, at: str | None) -> None:
    """Lets somebody play a person of the sandbox."""
    play(_address(at), name, introduced)


def show(*, at: str | None, as_json: bool) -> None:
    """Prints the posts on X and what each person has in Slack."""
    base = _address(at)
    posts = _call("GET", base, "/_sandbox/x/posts")["posts"]
    messages = _call("GET", base, "/_sandbox/slack/messages")["messages"]
    if as_json:
        print(json.dumps({"posts": posts, "messages": messages}, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    console.print(Text("X", style="bold"))
    for item in posts:
        line = Text(f"{item['id']} ", style="dim")
        line.append(f"{'  ↳ ' if item.get('in_reply_to') else ''}@{item['author']}: ", style="cyan")
        line.append("(deleted)" if item.get("deleted") else plain(item["text"]), style="default")
        console.print(line)
    console.print(Text("\nSlack", style="bold"))
    for message in messages:
        line = Text(f"{message.get('with', message.get('channel'))}: ", style="cyan")
        line.append(plain(str(message.get("text", ""))), style="default")
        console.print(line)


def _address(at: str | None) -> str:
    if at:
        return at.rstrip("/")
    try:
        return str(json.loads(SANDBOX_NOTE.read_text(encoding="utf-8"))["url"])
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(
            "no sandbox runs in this folder: start one with `twelp` or `twelp sandbox serve`, or name one with --at URL"
        ) from error


def _call(method: str, base: str, path: str, body: Any = None) -> Any:
    try:
        response = httpx.request(method, f"{base}{path}", json=body, timeout=10, trust_env=False)
    except httpx.HTTPError as error:
        raise TwelpError(f"the sandbox at {base} does not answer ({error}): is it still running?") from error
    if response.status_code >= 400:
        raise TwelpError(f"the sandbox refused ({response.status_code}): {response.text[:300]}")
    return response.json()
