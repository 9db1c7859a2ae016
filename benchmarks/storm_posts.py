"""Posts of one outage as people write them, and others that are about something else; made up, always the same."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Asked:
    """A post and what it is about."""

    text: str
    matter: str


_ENGLISH: Final = (
    "is the meshwell down? no internet since {when}",
    "my meshwell router has no internet since {when}, what can i do?",
    "internet gone {when}, meshwell blinks red. is there an outage?",
    "meshwell wifi not working {when}??",
    "no connection on my router since {when}. anyone else?",
    "why does my router lose the connection since {when}?",
    "all our wifi is dead, router shows no internet. help?",
    "is there an outage with the meshwell network right now?",
    "router offline {when}, restarted twice, still no internet. what now?",
    "can't connect to the internet {when}, is it you or me?",
    "wifi down again?? meshwell says no internet",
    "the mesh network stopped working {when}. when will it be back?",
    "what is going on with the wifi, nothing loads {when}",
    "no wifi signal to the internet on my router, known problem?",
    "internet outage? my meshwell is offline {when}",
)
_GERMAN: Final = (
    "ist das internet beim meshwell ausgefallen? seit {wann} geht nichts",
    "mein meshwell router hat seit {wann} kein internet, was kann ich tun?",
    "wlan geht seit {wann} nicht mehr, störung?",
    "router offline seit {wann}, gibt es eine störung?",
    "warum habe ich seit {wann} keine verbindung mit dem router?",
)
_SPANISH: Final = (
    "¿está caído el internet del meshwell? no funciona desde {cuando}",
    "mi router meshwell no tiene internet desde {cuando}, ¿qué puedo hacer?",
    "el wifi no funciona desde {cuando}, ¿hay una avería?",
    "router sin conexión desde {cuando}, ¿qué pasa con la red?",
)
_OTHERS: Final = (
    "how do i pair my sonaro buds with my laptop?",
    "my washing machine leaks water under the door, what can i do?",
    "where is my parcel? the tracking has not moved for a week",
    "can i return a tv without the box?",
    "how do i factory reset the hearthub?",
    "my tarn 14 laptop keyboard types double letters, why?",
    "charged twice for my order, how do i get it back?",
    "which memory card fits the fotara x2?",
    "how do i change the wifi password on the meshwell duo?",
    "polybox controller drifts to the left, is that under warranty?",
    "how do i mount my lumavue on the wall?",
    "the freezer of my frostine builds up ice, why?",
    "can i pay by instalments at checkout?",
    "kestrel mini battery drains over night, what can i do?",
)
_WHEN: Final = {
    "when": ("this morning", "8am", "an hour ago", "last night", "10 minutes ago", "about 9:30"),
    "wann": ("heute morgen", "8 uhr", "einer stunde", "gestern abend"),
    "cuando": ("esta mañana", "las 8", "hace una hora", "anoche"),
}


def made_up(count: int, dice: random.Random) -> list[Asked]:
    """So many posts: a tenth about other things, of the rest a tenth each German and Spanish."""
    found = []
    for number in range(count):
        if number % 10 == 5:
            text = _OTHERS[number // 10 % len(_OTHERS)]
            found.append(Asked(f"@VoltHelp {_spoiled(text, dice, 0.2)}", text))
            continue
        chance = dice.random()
        pool = _GERMAN if chance < 0.1 else _SPANISH if chance < 0.2 else _ENGLISH
        text = dice.choice(pool).format(**{name: dice.choice(ways) for name, ways in _WHEN.items()})
        found.append(Asked(f"@VoltHelp {_spoiled(text, dice, 0.4)}", "outage"))
    dice.shuffle(found)
    return found


def _spoiled(text: str, dice: random.Random, how_often: float) -> str:
    """Upper case, a slip of two letters, or more question marks, as people write."""
    if dice.random() < how_often / 2:
        words = text.split(" ")
        place = dice.randrange(len(words))
        word = words[place]
        if len(word) > 4:
            at = dice.randrange(1, len(word) - 2)
            words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        text = " ".join(words)
    if dice.random() < how_often / 3:
        text = text.upper()
    return text + dice.choice(("", "", "", "??", " pls", " !!", " thanks"))
