"""An expert's day in `docs/experts-day.md`: every card and window there is drawn from what the code really builds."""

from __future__ import annotations

import os
import re
import textwrap
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.adapters.slack import samples
from twelp.adapters.slack import cards, home, invitations, modal, repairs
from twelp.adapters.x.rules import RULES as X_RULES
from twelp.flow import publish
from twelp.model import (
    Account,
    Card,
    CardState,
    Coverage,
    Earlier,
    Finding,
    Form,
    Home,
    Invitation,
    Membership,
    Post,
    Preview,
    Rules,
    Said,
    Tally,
)
from twelp.texts import reasons
from twelp.texts.phrase import listed

PAGE = Path(__file__).parents[3] / "docs" / "experts-day.md"
WIDTH = 76
NOON = samples.NOON

POST = Post(
    network="x",
    id="1934000000000000001",
    author=Account("77", "june_harlow", "June Harlow"),
    text="@VoltHelp no sound from the soundbar over hdmi, which port do i need?",
    created_at=NOON,
    conversation="1934000000000000001",
    url="https://x.com/june_harlow/status/1934000000000000001",
)
TEXT = "Plug it into the port marked ARC, then turn on HDMI control. ^MT"
CARD = Card(
    key="ask:1",
    question="x:1934000000000000001",
    post=POST,
    topic="Headphones, speakers and soundbars",
    reasons=(
        reasons.YOU_STAND_FOR(topics="Headphones, speakers and soundbars"),
        listed([reasons.QUOTED(words="soundbar"), reasons.QUOTED(words="sound")]),
        reasons.ASK_OF_TODAY(number=1, asks=5),
    ),
    state=CardState.ASKED,
    network="X",
)
OTHER = replace(POST, text="@VoltHelp the left earbud is quieter than the right, can i reset it?", id="2")
FORM = Form(
    question=CARD.question,
    post=POST,
    topic=CARD.topic,
    draft=TEXT.removesuffix(" ^MT"),
    signature="^MT",
    limit=276,
    network="X",
    thread=(Said("june_harlow", "@VoltHelp it is the Sonaro Bar, by the way", NOON, asker=True),),
    similar=(Earlier(3, POST.text, "Use the port marked ARC.", "Jonas Lindqvist", NOON - timedelta(days=3)),),
)
LONG = Preview(
    ("Hello June! " * 25 + "^MT",), -23, (Finding("length", reasons.TOO_LONG(count=23, link=23, wide=2)),), 2
)
TOO_LONG = replace(FORM, thread=(), similar=(), draft=LONG.posts[0].removesuffix(" ^MT"))
STEPS = (
    "Switch both off at the wall for a minute, then plug the cable into the port marked ARC, on both sides. "
    "Switch the TV on first, and the soundbar only when there is a picture. "
    "In the TV's sound menu choose the HDMI receiver, turn on HDMI control, and set the output to passthrough. "
    "Still silent? Then it is the cable: those from before 2016 do not know ARC."
)
POSTS = publish.split(STEPS, "MT", X_RULES)
RULES = Rules("1", "Answer only what you know, and as yourself.\nNothing private leaves this company.")
HOME = Home(
    name="田中 美咲",
    membership=Membership.ENROLLED,
    zone=ZoneInfo("Asia/Tokyo"),
    cards=(replace(CARD, state=CardState.YOURS, until=NOON), replace(CARD, post=OTHER)),
    topics=("Cameras", "Headphones, speakers and soundbars"),
    quiet="22:00-07:00",
    daily_asks=5,
    asked_today=2,
    tally=Tally(31, 14, 3, 13, 4),
    thanks=(replace(POST, text="@VoltHelp that worked, thank you!"),),
    moderator=True,
    coverage=(Coverage("Gaming", 0, 0, 1), Coverage("Cameras", 4, 2, 0)),
    queue=(replace(CARD, state=CardState.WAITING),),
    queue_left_out=3,
    unanswered=(replace(CARD, state=CardState.UNANSWERED, post=OTHER),),
    unanswered_left_out=1_000,
)


def said(state: CardState, **changes: Any) -> cards.Message:
    shown = {"who": "田中 美咲", "posts": (TEXT,), "until": NOON} | changes
    return cards.lay_out(replace(CARD, state=state, **shown))


def shown() -> dict[str, dict[str, Any]]:
    """What the page shows, by its name: messages and views."""
    invited = Invitation("Voltaire Electronics", HOME.topics, Membership.INVITED)
    preview = Preview((TEXT,), 214)
    aside = reasons.NOT_OURS(who="田中 美咲")
    counted = (reasons.ASKED(count=6), reasons.PASSED(count=2))
    link = "https://x.com/VoltHelp/status/1934000000000000002"
    messages = {
        "invitation": invitations.invitation(invited),
        "digest": cards.digest([CARD, replace(CARD, post=OTHER)]),
        "asked": said(CardState.ASKED, posts=()),
        "dismissed": said(CardState.DISMISSED, posts=(), note=aside, may_restore=True),
        "taken": said(CardState.TAKEN, posts=()),
        "hold": said(CardState.HOLD),
        "published": said(CardState.PUBLISHED, url=link, may_retract=True),
        "corrected": said(CardState.YOURS, posts=(), note=reasons.TO_CORRECT(why=reasons.CORRECTS(who="田中 美咲"))),
        "channel": cards.lay_out(replace(CARD, state=CardState.WAITING, reasons=counted)),
        "reviewing": said(CardState.REVIEWING, note=reasons.TRAINEE),
    }
    views = {
        "rules": invitations.rules_view(RULES),
        "form": modal.form_view(FORM, preview),
        "long": modal.with_preview(modal.form_view(TOO_LONG), LONG),
        "thread": modal.with_preview(
            modal.form_view(replace(TOO_LONG, draft=STEPS)), Preview(POSTS, publish.left(POSTS[-1], X_RULES))
        ),
        "confirm": modal.confirm_view(CARD.question, TEXT, preview),
        "correct": repairs.correct_view(replace(CARD, state=CardState.PUBLISHED, posts=(TEXT,))),
        "pass": repairs.person_view(CARD.question, "", samples.roster("U1", "U2")),
        "home": home.home_view(HOME),
        "hours": home.hours_view(HOME),
    }
    return {name: {"type": "message", "blocks": list(m.blocks)} for name, m in messages.items()} | views


def drawn() -> dict[str, str]:
    """Every picture of the page by its name."""
    return {name: draw(part["blocks"], part) for name, part in shown().items()}


def draw(blocks: list[dict[str, Any]], view: dict[str, Any] | None = None) -> str:
    """Blocks as text in a frame: what a person sees, without colours."""
    lines: list[str] = []
    if view is not None and view["type"] == "modal":
        lines += [f"── {view['title']['text']} ──", ""]
    for block in blocks:
        lines += [*_block(block), ""]
    if view is not None and view.get("submit"):
        lines += [f"[ {view['close']['text']} ] [[ {view['submit']['text']} ]]", ""]
    wrapped = [part for line in lines[:-1] for part in (_wrapped(line) if line else [""])]
    return "\n".join(f"│ {line}".rstrip() for line in wrapped)


def _wrapped(line: str) -> list[str]:
    start = re.match(r"[▌• ]*", line)
    indent = start[0] if start else ""
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent.replace("•", " "))


def _block(block: dict[str, Any]) -> list[str]:
    match block["type"]:
        case "header":
            return [block["text"]["text"].upper()]
        case "actions":
            return ["  ".join(_button(element) for element in block["elements"])]
        case "input":
            first = block["element"].get("initial_value") or ""
            hint = [f"({block['hint']['text']})"] if "hint" in block else []
            return [f"{block['label']['text']}: [ {first or '…'} ]", *hint]
    return [line for part in block["elements"] for line in _rich(part)]


def _button(element: dict[str, Any]) -> str:
    if element["type"] == "overflow":
        return f"[ ⋯ {' | '.join(option['text']['text'] for option in element['options'])} ]"
    mark = "[[ {} ]]" if element.get("style") == "primary" else "[ {} ]"
    return mark.format(element["text"]["text"])


def _rich(part: dict[str, Any]) -> list[str]:
    if part["type"] == "rich_text_list":
        return [f"• {''.join(map(_run, item['elements']))}" for item in part["elements"]]
    text = "".join(map(_run, part["elements"])).strip()
    mark = "▌ " if part["type"] == "rich_text_quote" else ""
    return [f"{mark}{line}" for line in text.split("\n")]


def _run(element: dict[str, Any]) -> str:
    if element["type"] == "date":
        return "3 min ago" if element["format"] == "{ago}" else "12:10"
    return str(element["text"])


def test_the_page_shows_the_cards_as_they_are() -> None:
    """TWELP_GOLDEN=write draws them anew."""
    page, pictures = PAGE.read_text(encoding="utf-8"), drawn()
    named = re.findall(r"<!-- card: (\w+) -->\n```\n(.*?)```", page, re.DOTALL)
    assert {name for name, _ in named} == set(pictures)
    if os.environ.get("TWELP_GOLDEN") == "write":
        for name, old in named:
            head = f"<!-- card: {name} -->\n```\n"
            page = page.replace(f"{head}{old}```", f"{head}{pictures[name]}\n```")
        PAGE.write_text(page, encoding="utf-8")
        return
    assert {name: shown.rstrip("\n") for name, shown in named} == pictures
