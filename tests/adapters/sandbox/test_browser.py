"""The town in a browser: who may look and press, what is drawn, and that hostile text stays text. No script, no app."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from typing import Any

import httpx
import pytest

from twelp.sandbox.browser import kit
from twelp.sandbox.browser.page import environment
from twelp.sandbox.browser.place import Place
from twelp.sandbox.server import Running, serve
from twelp.sandbox.slack.workspace import Message

PEOPLE = [{"id": "U1", "name": "jo", "real_name": "Jo <b>Lee</b>", "email": "jo@shop.example"}]
HOSTILE = "@VoltHelp </textarea><script>alert(1)</script> \"onload='x' &amp; {{ 7 * 7 }}"
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
PLACE = Place(who="jo", q="12")


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with serve({"slack": {"users": PEOPLE, "channels": [{"name": "tv", "members": ["jo"]}]}}) as made:
        yield made


@pytest.fixture
def town(running: Running) -> Iterator[httpx.Client]:
    running.sandbox.reset()
    running.sandbox.slack.backend.played.hold = False
    running.sandbox.slack.backend.played.keep("U1", 0)
    with httpx.Client(base_url=running.url, trust_env=False, follow_redirects=True, timeout=10) as client:
        yield client


def press(town: httpx.Client, act: str, place: str = "", **fields: str) -> httpx.Response:
    """What a form of the page sends; the page that follows."""
    return town.post(f"/town/act/{act}", data={"place": place, **fields})


def posts(running: Running) -> list[dict[str, Any]]:
    return [post.as_json() for post in running.sandbox.x.posts.after(0) if not post.deleted]


def say(running: Running, blocks: list[dict[str, Any]], text: str = "a card") -> Message:
    """The app says something to Jo."""
    workspace = running.sandbox.slack.workspace
    with workspace.lock:
        channel = workspace.im("U1")
        message = Message(workspace.ids.fresh_ts(), channel.id, workspace.bot.id, text, blocks=blocks, by_app=True)
        return workspace.post(message)


# ---------------------------------------------------------------- who may look, and press


def test_the_page_has_nothing_of_its_own_inside_that_a_browser_would_run(town: httpx.Client):
    page = town.get("/town")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
    assert not re.search(r"<script(?! src=\"/town/static)|<style|\sstyle=|\son\w+=", page.text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page.text)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8790", "127.0.0.1.evil.example", "", "10.0.0.7"])
def test_no_name_of_somebody_elses_that_leads_here_shows_the_town(town: httpx.Client, host: str):
    for method, path in (("GET", "/town"), ("GET", "/town/live"), ("POST", "/town/act/hold")):
        assert town.request(method, path, headers={"host": host}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:1"},
    ],
)
def test_another_sites_page_presses_nothing(running: Running, town: httpx.Client, headers: dict[str, str]):
    for path in ("/town/act/post", "/_sandbox/town/app"):
        assert town.post(path, data={"text": "hello"}, headers=headers).status_code == 403
    assert posts(running) == []


def test_localhost_is_this_machine_too(town: httpx.Client):
    assert town.get("/town", headers={"host": "localhost:1234"}).status_code == 200


def test_the_app_is_asked_at_an_address_of_this_machine_alone(town: httpx.Client):
    for url in ("http://evil.example/", "https://127.0.0.1/", "ftp://127.0.0.1", 7, None):
        assert town.post("/_sandbox/town/app", json={"url": url}).status_code == 400
    assert town.post("/_sandbox/town/app", content=b"no json").status_code == 400
    assert town.post("/_sandbox/town/app", json={"url": "http://127.0.0.1:9/"}).json() == {"url": "http://127.0.0.1:9"}
    assert "does not answer" in town.get("/town?q=1").text


# ---------------------------------------------------------------- the network


def test_a_customer_posts_edits_likes_and_deletes(running: Running, town: httpx.Client):
    page = press(town, "post", me="@mia", text="@VoltHelp no sound?")
    (post,) = posts(running)
    assert (post["author"], post["text"]) == ("mia", "@VoltHelp no sound?")
    assert f"q={post['id']}" in str(page.url)
    assert "no sound?" in page.text
    press(town, "like", id=post["id"])
    assert running.sandbox.x.posts.get(int(post["id"])).counts["like_count"] == 1  # type: ignore[union-attr]
    page = press(town, "edit", f"q={post['id']}&edit={post['id']}", text="@VoltHelp no picture?")
    (edited,) = posts(running)[-1:]
    assert (edited["text"], f"q={edited['id']}" in str(page.url)) == ("@VoltHelp no picture?", True)
    press(town, "delete", id=edited["id"])
    assert not [post for post in posts(running) if not post["deleted"]]


def test_replies_and_quotes_go_where_they_were_pressed(running: Running, town: httpx.Client):
    press(town, "post", text="@VoltHelp no sound?")
    first = posts(running)[0]["id"]
    press(town, "post", f"reply={first}", text="it is a Sonaro Bar")
    press(town, "post", f"quote={first}", text="same here @VoltHelp")
    _, reply, quote = posts(running)
    assert (reply["in_reply_to"], quote["quotes"]) == (first, first)


@pytest.mark.parametrize("text", ["", "   ", "x" * 30_001])
def test_what_the_network_would_not_take_is_told(running: Running, town: httpx.Client, text: str):
    page = press(town, "post", text=text)
    assert 'class="note"' in page.text
    assert posts(running) == []


def test_nobody_writes_as_the_brand_or_takes_its_posts_away(running: Running, town: httpx.Client):
    from twelp.sandbox.x.state import Draft

    assert "is the brand" in press(town, "post", me="VoltHelp", text="hello").text
    ours = running.sandbox.x.post("VoltHelp", Draft("Welcome."))
    press(town, "delete", id=str(ours.id))
    press(town, "edit", f"edit={ours.id}", text="Go away.")
    assert [post["text"] for post in posts(running)] == ["Welcome."]


def test_hostile_words_stay_words_wherever_they_are_shown(running: Running, town: httpx.Client):
    running.sandbox.x.account("mia", '<img src=x onerror="alert(1)">')
    press(town, "post", me="mia", text=HOSTILE)
    post_id = posts(running)[0]["id"]
    say(running, [{"type": "header", "text": {"type": "plain_text", "text": HOSTILE}}], HOSTILE)
    for query in (f"q={post_id}&as=jo", f"edit={post_id}", "as=%3Cscript%3E", "me=%22%3E%3Cscript%3E&as=jo"):
        page = town.get(f"/town?{query}").text
        assert "<script>" not in page
        assert "<img" not in page
        assert "<b>Lee" not in page
        assert "49" not in re.sub(r"\d{5,}", "", page).replace("1.49", "") or "{{ 7 * 7 }}" in page


@pytest.mark.parametrize(
    "query", ["q=abc&reply=../x&pane=9&tab=C0&as=nobody", "q=9" + "9" * 40, "as=jo&tab=D0", "=&&="]
)
def test_an_address_that_says_nonsense_shows_the_town_all_the_same(town: httpx.Client, query: str):
    assert town.get(f"/town?{query}").status_code == 200


def test_an_address_says_everything_and_is_read_back():
    place = Place(who="misaki", q="12", me="mia", tab="home", pane="slack", reply="3", edit="4", quote="5", tour=True)
    assert Place.read(place.query) == place
    assert Place().to() == "/town"
    assert Place.read("as=misaki&q=12").to() == "/town?as=misaki&q=12"


# ---------------------------------------------------------------- people hold still


def test_everybody_holds_still_until_told_to_go_on(running: Running, town: httpx.Client):
    played = running.sandbox.slack.backend.played
    assert "Go on" in press(town, "hold", do="hold").text
    assert "U1" in played
    assert not played.by_hand("U1")
    assert "Hold still" in press(town, "hold", do="go").text
    assert "U1" not in played


def test_whoever_is_shown_in_a_page_is_played_by_hand(running: Running, town: httpx.Client):
    town.get("/town?as=jo")
    assert running.sandbox.slack.backend.played.by_hand("U1")


# ---------------------------------------------------------------- Block Kit


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


OPTIONS = [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}]
ELEMENTS: list[dict[str, Any]] = [
    {"type": "button", "text": plain("Press"), "style": "primary", "value": "v"},
    {"type": "button", "text": plain("Go"), "url": "https://volt.example/"},
    {
        "type": "button",
        "text": plain("Sure?"),
        "confirm": {"title": plain("T"), "text": plain("X"), "confirm": plain("Y")},
    },
    {"type": "overflow", "options": OPTIONS},
    {"type": "static_select", "options": OPTIONS, "placeholder": plain("Which?")},
    {"type": "static_select", "option_groups": [{"label": plain("G"), "options": OPTIONS}]},
    {"type": "radio_buttons", "options": OPTIONS},
    {"type": "checkboxes", "options": OPTIONS},
    {"type": "users_select"},
    {"type": "plain_text_input", "multiline": True},
    {"type": "plain_text_input"},
    {"type": "datepicker"},
    {"type": "timepicker"},
    {"type": "number_input"},
    {"type": "something_new"},
]
RUNS = [
    {"type": "text", "text": "bold", "style": {"bold": True, "italic": True}},
    {"type": "link", "url": "https://x.com/mia/status/12", "text": "Open the post"},
    {"type": "link", "url": "javascript:alert(1)"},
    {"type": "user", "user_id": "U1"},
    {"type": "channel", "channel_id": "C1"},
    {"type": "emoji", "name": "wave"},
    {"type": "date", "timestamp": 0, "format": "{date_short_pretty} at {time}", "fallback": "then"},
    {"type": "date", "timestamp": "x", "format": "{ago}", "fallback": "then"},
]
BLOCKS: list[dict[str, Any]] = [
    {"type": "header", "text": plain("Head")},
    {"type": "divider"},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*b* <https://a.example|l> <@U1> &lt;b&gt;"}},
    {"type": "section", "fields": [plain("a"), plain("b")]},
    {
        "type": "context",
        "elements": [plain("c"), {"type": "image", "image_url": "https://a.example", "alt_text": "alt"}],
    },
    {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "a cat"},
    {"type": "markdown", "text": "**as it is**"},
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": RUNS}]},
    {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": RUNS}]},
    {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": RUNS}]},
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_list", "style": style, "elements": [{"type": "rich_text_section", "elements": RUNS}]}
            for style in ("bullet", "ordered")
        ],
    },
    {"type": "something_new"},
    *({"type": "actions", "elements": [{"action_id": "do", **one}]} for one in ELEMENTS),
    *({"type": "section", "text": plain("s"), "accessory": {"action_id": "do", **one}} for one in ELEMENTS[:8]),
    *(
        {"type": "input", "label": plain("L"), "hint": plain("H"), "element": {"action_id": "do", **one}}
        for one in ELEMENTS[4:]
    ),
]


def drawn(blocks: list[dict[str, Any]], errors: dict[str, str] | None = None) -> str:
    made = environment().from_string(
        '{% import "kit.html" as kit with context %}{{ kit.blocks(given, at, names, now, errors) }}'
    )
    at = {"kind": "view", "view": "V1", "state": {}}
    given = [{"block_id": f"b{number}", **block} for number, block in enumerate(blocks)]
    return made.render(given=given, at=at, names={"U1": "Jo Lee"}, now=NOW, errors=errors or {}, place=PLACE)


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_each_kind_of_block_is_drawn_from_what_was_sent(number: int):
    shown = drawn([BLOCKS[number]])
    assert shown.strip()
    assert "javascript:" not in re.sub(r">[^<]*<", "><", shown)
    for text in re.findall(r'"text": "([A-Za-z]+)"', json.dumps(BLOCKS[number])):
        assert text in shown


def test_a_link_to_a_post_leads_to_it_in_the_town():
    shown = drawn([BLOCKS[7]])
    assert 'href="/town?as=jo&amp;q=12"' in shown
    assert "@Jo Lee" in shown


def test_an_error_stands_below_its_field():
    block = {"type": "input", "label": plain("L"), "element": {"type": "plain_text_input", "action_id": "do"}}
    assert 'role="alert">Too long.' in drawn([block], {"b0": "Too long."})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b* _c_ ~d~ `e`", "a <strong>b</strong> <em>c</em> <s>d</s> <code>e</code>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("&lt;b&gt; &amp; <script>", "&lt;b&gt; &amp; script"),
        (
            "<@U1> <!channel> <#C1|tv>",
            '<span class="ping">@Jo</span> <span class="ping">@channel</span> <span class="ping">#tv</span>',
        ),
        ("<javascript:alert(1)|click>", "click"),
        (
            '<https://a.example/"onx=1|l>',
            '<a href="https://a.example/&#34;onx=1" rel="noreferrer noopener" target="_blank">l</a>',
        ),
        ("*<b>*", "<strong>b</strong>"),
    ],
)
def test_slacks_own_formatting_comes_alive_and_nothing_else(text: str, shown: str):
    assert str(kit.mrkdwn(text, {"U1": "Jo"}, PLACE)) == shown


# ---------------------------------------------------------------- live


def test_what_changes_is_seen_within_a_second_without_asking(running: Running, town: httpx.Client):
    with town.stream("GET", "/town/live?as=jo") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        first = {json.loads(next(line for line in lines if line.startswith("data:"))[5:])["id"] for _ in range(5)}
        assert first == {"top", "network", "slack", "window", "behind"}
        began = time.monotonic()
        running.sandbox.x.account("mia")
        say(running, [{"type": "header", "text": plain("A new card")}])
        for line in lines:
            if line.startswith("data:") and "A new card" in line:
                break
        assert time.monotonic() - began < 1.0


def test_the_script_is_short_and_asks_nobody_else():
    script = resources.files("twelp.sandbox.browser").joinpath("static", "town.js").read_text(encoding="utf-8")
    assert len(script.splitlines()) <= 150
    assert "http" not in script
    assert "eval" not in script
