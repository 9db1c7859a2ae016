"""A house in which crises happen: its roster, and what its people press."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Scene
from tests.stories.town import ROSTER, mail, words
from twelp.flow import gate
from twelp.model import Crisis, CrisisState

SMOKE = "@VoltHelp there is smoke coming out of my tv right now"
GAS = "@VoltHelp i smell gas since your guy connected the hob"
PRESS = "@VoltHelp I'm a journalist with the Herald, who can comment on the recall before my deadline?"

PEOPLE = """
  - {slack: mo@volt.example, name: Mo Dee, initials: MD, topics: [], level: moderator, zone: UTC, quiet: "22:00-07:00"}
  - {slack: nia@volt.example, name: Nia Oak, initials: NK, level: moderator, zone: UTC, quiet: "22:00-07:00"}
"""
TWO = ROSTER[: ROSTER.index("  - {slack: mo@")] + PEOPLE.lstrip("\n")
"""Two moderators, who both sleep at night."""

ON_CALL = TWO.replace("name: Cy Moss,", "name: Cy Moss, on_call: true,")

LADDER = TWO + "alarms: {danger: [ann@volt.example, bob@volt.example], after: 10m}\n"


def opened(scene: Scene, roster: str) -> Scene:
    """The house with this roster, in whose Slack Nia is, too."""
    if all(user["name"] != "nia" for user in scene.control("GET", "slack/users")["users"]):
        scene.control("POST", "slack/users", {"name": "nia", "email": mail("nia")})
    scene.roster = roster
    scene.open()
    gate.load()  # as a house does that is not driven: a window that comes late is none
    return scene


def crisis(scene: Scene, post_id: str) -> Crisis:
    """The case of a post."""
    found = scene.look(lambda tx: tx.crisis(f"x:{post_id}"))
    assert isinstance(found, Crisis), "that post is no case"
    return found


def state(scene: Scene, post_id: str) -> CrisisState:
    return crisis(scene, post_id).state


def told(scene: Scene, post_id: str) -> list[str]:
    """Who has a card of the case, by first name, in the order of the cards."""
    asks = scene.look(lambda tx: tx.asks(f"x:{post_id}"))
    return [ask.expert.partition("@")[0] for ask in asks if ask.role.value == "crisis"]


def notes(scene: Scene, person: str, said: str) -> list[str]:
    """Lines with these words that the person was sent, newest first."""
    shown = [words(card["blocks"]) for card in scene.cards(person) if '"note:' in str(card).replace("'", '"')]
    return [line for line in shown if said in line]


def choose(scene: Scene, person: str, word: str) -> dict[str, Any]:
    """Chooses a line in the open window's list, and sends it."""
    view = scene.until(lambda: scene.view(person), "the window")
    values = {"next": {"twelp_next": word}}
    body = {"user": mail(person), "view_id": view["id"], "values": values}
    act: dict[str, Any] = scene.control("POST", "slack/submit", body)
    scene.settle()
    return act


def tab(scene: Scene, person: str) -> str:
    """What the person's own tab says."""
    scene.control("POST", "slack/home", {"user": mail(person)})
    found = scene.until(lambda: scene.control("GET", "slack/views", user=mail(person))["home"], "the tab")
    scene.settle()
    return words(found["blocks"])
