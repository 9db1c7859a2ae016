"""The game itself: shows what comes in, and does what is typed."""

from __future__ import annotations

import time
from typing import Any, Final

from twelp.cli.play import sheets
from twelp.cli.play.keys import Lines
from twelp.cli.play.person import Gone, Person
from twelp.cli.play.reading import Item, Kind
from twelp.cli.play.screen import Screen
from twelp.cli.play.sheets import HOME, Numbers, Sheet
from twelp.errors import ConfigError

_LOOK_S: Final = 0.3
_SETTLE_S: Final = 0.25
_ANSWER_S: Final = 2.0
_FIRST_CARDS: Final = 3
_PROMPT: Final = "> "
HELP: Final = (
    "A number presses that button, or chooses that field to write in. What is written on a button does the same.\n"
    "home  your Home tab   ·   cards  what waits for you   ·   again  what you are at\n"
    "say TEXT  to colleagues in the newest card's thread: never posted   ·   /twelp help  what you can command\n"
    "help  this   ·   quit  or Ctrl-C: the town's puppet takes over again"
)


class Game:
    """One person played at one terminal.

    Args:
        person: who.
        lines: where lines are typed.
        greeting: said first.
    """

    def __init__(self, person: Person, lines: Lines, greeting: list[str]) -> None:
        self._person, self._lines, self._greeting = person, lines, greeting
        self._numbers = Numbers()
        self._screen = Screen(lines, self._numbers.of)
        self._cards: dict[str, Sheet] = {}
        self._window: Sheet | None = None
        self._home: Sheet | None = None
        self._field: Item | None = None
        self._unsure: Item | None = None
        self._missed: list[str] = []
        self._scope = ""

    def run(self) -> None:
        """Until `quit` or the end of the input."""
        for line in self._greeting:
            self._screen.say(line)
        self._first_look()
        while True:
            try:
                typed = self._lines.line(_LOOK_S)
            except EOFError:
                return
            self._person.play()
            if typed is not None:
                if typed.strip().casefold() in ("quit", "exit", "q"):
                    return
                self._hear(typed)
            self._look()

    # ------------------------------------------------------------ seeing

    def _first_look(self) -> None:
        self._cards = self._messages()
        waiting = [card for card in self._cards.values() if any(card.items())]
        for card in waiting[-_FIRST_CARDS:]:
            self._show(card)
        if (more := len(waiting) - _FIRST_CARDS) and more > 0:
            self._screen.say(f"{more} more: write cards to see them.")
        if not waiting:
            self._screen.say("Nothing waits for you yet. What comes in shows up here by itself.")
        self._look()

    def _messages(self) -> dict[str, Sheet]:
        names, me = self._person.names, self._person.id
        return {s.scope: s for s in (sheets.message(m, names, me) for m in self._person.messages())}

    def _look(self) -> None:
        """Show what came in or changed."""
        before, self._cards = self._cards, self._messages()
        found = self._person.windows()
        top = sheets.window(found["stack"][-1], self._person.names) if found["stack"] else None
        if top is None and self._window is not None:
            self._window = None
            self._at(None)
            self._screen.say("The window is closed.")
            missed = [self._cards[scope] for scope in self._missed if self._cards.get(scope) == before.get(scope)]
            self._missed = []
            for card in [card for card in missed if any(card.items())]:
                self._show(card)
        for scope, card in self._cards.items():
            if before.get(scope) != card:
                self._show_news(card, before.get(scope), briefly=top is not None)
        self._home = sheets.home(found["home"], self._person.names) if found["home"] else None
        if top is not None and top != self._window:
            self._show_window(top)

    def _show_news(self, card: Sheet, before: Sheet | None, *, briefly: bool) -> None:
        """A card; a line where there is nothing to press, or while a window is open."""
        new = before is None
        if card.by_app and not briefly and (any(card.items()) or new):
            self._show(card)
        elif new or (before is not None and card.said != before.said):
            self._missed.append(card.scope)
            self._screen.line(f"{'in the thread, ' if card.thread else ''}{card.said}")

    def _show_window(self, top: Sheet) -> None:
        """A window that opened, or what changed in it."""
        before, self._window = self._window, top
        if before is not None and before.scope == top.scope:
            same = [part for part in before.parts if not part.items]
            self._screen.sheet("", [part for part in top.parts if part not in same])
        else:
            self._show(top)
        fields = [item for item in top.items() if item.kind is Kind.WRITE]
        if before is None or before.scope != top.scope:
            plain_form = len(fields) == 1 and not fields[0].people and not any(i.value is False for i in top.items())
            self._at(fields[0] if plain_form else None)
        elif self._field is not None:
            self._at(next((f for f in fields if f.key == self._field.key), None))

    def _show(self, sheet: Sheet, errors: dict[str, str] | None = None) -> None:
        self._screen.sheet(sheet.title, sheet.parts, errors)

    def _at(self, item: Item | None) -> None:
        """From now on what is typed goes into this field, if any."""
        self._field = item
        self._lines.ask(_PROMPT if item is None else f"{item.label or item.wants}> ")

    # ------------------------------------------------------------ doing

    def _hear(self, line: str) -> None:
        """Do what a line says; what cannot be done is said in words."""
        try:
            self._do(line.strip())
        except Gone:
            self._gone()
        except ConfigError as error:
            self._screen.say(f"✗ {error}", "bold red")

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if self._unsure is not None:
            self._answer_sure(line)
        elif line.startswith("/"):
            self._told(self._person.act("command", command=word, text=rest.strip()))
        elif (item := self._meant(line)) is not None:
            self._use(item)
        elif self._field is not None and line:
            self._write(self._field, line)
        elif line.isascii() and line.isdigit():
            self._screen.say(f"✗ There is no number {line}. Write again to see what you can press.", "bold red")
        elif not self._word(word.casefold(), rest):
            self._screen.say(f"✗ “{line}” is nothing here: pick a number, or write help.", "bold red")

    def _word(self, word: str, rest: str) -> bool:
        if word in ("", "again"):
            self._again()
        elif word in ("help", "h", "?"):
            self._screen.say(HELP)
        elif word == "cards":
            waiting = [card for card in self._cards.values() if any(card.items())]
            for card in waiting:
                self._show(card)
            if not waiting:
                self._screen.say("Nothing waits for you.")
        elif word == "home":
            self._told(self._person.act("home"))
            self._look()
            if self._home is not None:
                self._show(self._home)
        elif word == "say" and rest:
            self._say(rest)
        else:
            return False
        return True

    def _meant(self, line: str) -> Item | None:
        """The item of this number, or with these words on it in what is in front."""
        if line.isascii() and line.isdigit() and len(line) < 7:
            if self._field is not None and self._field.wants == "a number":
                return None
            return self._numbers.item(int(line))
        if not line:
            return None
        said = line.casefold()
        front = [self._window] if self._window else [*reversed(self._cards.values()), self._home]
        every = [item for sheet in front if sheet is not None for item in sheet.items()]
        pressed = [item for item in every if item.kind is not Kind.WRITE or self._field is None]
        return next((item for item in pressed if item.label.casefold() == said), None)

    def _again(self) -> None:
        waiting = [card for card in self._cards.values() if any(card.items())]
        if self._window is not None:
            self._show(self._window)
        elif waiting:
            self._show(waiting[-1])
        else:
            self._screen.say("Nothing waits for you.")

    def _say(self, text: str) -> None:
        cards = [card for card in self._cards.values() if card.by_app and card.place and card.thread is None]
        cards = [card for card in cards if any(card.items())] or cards
        if not cards:
            self._screen.say("✗ There is no card to talk about.", "bold red")
            return
        place = cards[-1].place
        self._told(self._person.act("write", text=text, channel=place["channel"], thread_ts=place["ts"]))

    def _use(self, item: Item) -> None:
        self._scope = item.scope
        now = self._present(item)
        if now is None:
            raise Gone
        if now.kind is Kind.WRITE:
            self._field = now
            self._lines.ask(f"{now.label or now.wants}> ", "" if now.people else str(now.value or ""))
            self._screen.say(f"Write {now.wants}, then Enter." if now.wants != "text" else "Write it, then Enter.")
        elif now.sure:
            self._unsure = now
            self._screen.say(f"{now.sure} Sure? Write yes or no.", "bold")
        else:
            self._press(now)

    def _answer_sure(self, line: str) -> None:
        item, self._unsure = self._unsure, None
        if item is not None and line.casefold() in ("yes", "y"):
            self._press(item)
        else:
            self._screen.say("Not done.")

    def _press(self, item: Item) -> None:
        sheet = self._sheet(item.scope)
        if sheet is None:
            raise Gone
        if item.kind is Kind.SUBMIT:
            self._told(self._person.act("submit", **sheet.place))
        elif item.kind is Kind.CLOSE:
            self._told(self._person.act("close", **sheet.place))
        else:
            named = {name: item.where[name] for name in ("block_id", "action_id", "value") if name in item.where}
            self._told(self._person.act("click", **sheet.place, **named))
            if item.scope == HOME:
                self._home_again()

    def _home_again(self) -> None:
        before = self._home
        until = time.monotonic() + _ANSWER_S
        while self._home == before and self._window is None and time.monotonic() < until:
            time.sleep(_SETTLE_S)
            self._look()
        if self._window is None and self._home is not None:
            self._show(self._home)

    def _write(self, item: Item, line: str) -> None:
        sheet = self._sheet(item.scope)
        if sheet is None:
            raise Gone
        where = {name: item.where[name] for name in ("block_id", "action_id")}
        if item.people:
            self._told(self._person.act("click", **sheet.place, **where, value=self._person.colleague(line)))
        elif item.wants.startswith(("a day", "an hour")):
            self._told(self._person.act("click", **sheet.place, **where, value=line))
        else:
            self._told(self._person.act("type", **sheet.place, **where, text=line.replace("\\n", "\n")))
        self._at(None)
        time.sleep(_SETTLE_S)

    def _told(self, seen: dict[str, Any]) -> None:
        """What the person sees at once of what they did."""
        if errors := seen.get("errors"):
            self._look()
            if self._window is not None:
                self._show(self._window, errors)
        elif not seen.get("acked", True):
            self._screen.say(
                f"✗ twelp did not answer ({seen.get('error')}). Is it still running? Try again.", "bold red"
            )
        else:
            self._wait_for_news()

    def _wait_for_news(self) -> None:
        """A moment, so that what comes of it is seen before the next line is done."""
        time.sleep(_SETTLE_S)

    def _present(self, item: Item) -> Item | None:
        """The item as it is now; None when it is gone."""
        sheet = self._sheet(item.scope)
        return next((i for i in sheet.items() if i.key == item.key), None) if sheet is not None else None

    def _sheet(self, scope: str) -> Sheet | None:
        if self._window is not None and self._window.scope == scope:
            return self._window
        return self._home if scope == HOME else self._cards.get(scope)

    def _gone(self) -> None:
        self._look()
        self._screen.say("✗ That is gone: the card has changed, or the window is closed. Nothing was done.", "bold red")
        sheet = self._sheet(self._scope)
        if sheet is not None:
            self._show(sheet)
