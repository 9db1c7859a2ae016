"""One person of the local Slack, as somebody at a terminal plays them: what they see, and what they do."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx

from twelp.errors import ConfigError, TwelpError

Json = dict[str, Any]

PLAYED_FOR_S: Final = 10.0
_SAID_AGAIN_S: Final = 3.0


class Gone(Exception):  # noqa: N818 - said to whoever plays
    """What somebody wanted to use is not there any more."""


class Person:
    """A person of the sandbox at `base`, from now on played by hand.

    Args:
        base: the sandbox's address.
        name: first name, whole name, handle, id or mail.

    Raises:
        ConfigError: nobody is called that, or several are; says who there is.
        TwelpError: the sandbox does not answer.
    """

    def __init__(self, base: str, name: str) -> None:
        self._http = httpx.Client(base_url=f"{base}/_sandbox/slack", timeout=15, trust_env=False)
        self._base = base
        self._said_at = 0.0
        try:
            users = [u for u in self._ask("GET", "/users")["users"] if not (u.get("is_bot") or u.get("deleted"))]
            users = [u for u in users if u["id"] != "USLACKBOT"]
            self.names: Mapping[str, str] = {u["id"]: u["profile"].get("real_name") or u["name"] for u in users}
            found = _called(users, name)
            self.id: str = found["id"]
            self.name = self.names[self.id]
            self.mail: str = found["profile"].get("email", "")
            self.play()
        except Exception:
            self._http.close()
            raise

    def play(self) -> None:
        """Say, now and then, that this person is played: the town's puppet stands still."""
        if time.monotonic() - self._said_at > _SAID_AGAIN_S:
            self._said_at = time.monotonic()
            self._ask("POST", "/play", {"user": self.id, "for_s": PLAYED_FOR_S})

    def leave(self) -> None:
        """Give the person back to the town; a sandbox that is gone is left alone."""
        with contextlib.suppress(httpx.HTTPError):
            self._http.post("/play", json={"user": self.id, "for_s": 0})
        self._http.close()

    def messages(self) -> list[Json]:
        """What they see, oldest first."""
        found: list[Json] = self._ask("GET", "/messages", user=self.id)["messages"]
        return found[::-1]

    def windows(self) -> Json:
        """Their open windows (``stack``, the one on top last) and their ``home`` tab (or None)."""
        found: Json = self._ask("GET", "/views", user=self.id)
        return found

    def act(self, act: str, **how: Any) -> Json:
        """Do something: ``click``, ``type``, ``submit``, ``close``, ``write``, ``command`` or ``home``.

        Raises:
            Gone: what it needs is not there any more.
            TwelpError: the sandbox does not answer.
        """
        return self._ask("POST", f"/{act}", {"user": self.id, **how})

    def colleague(self, name: str) -> str:
        """The id of a colleague.

        Raises:
            ConfigError: nobody is called that, or several are.
        """
        users = [{"id": i, "name": n, "profile": {"real_name": n}} for i, n in self.names.items() if i != self.id]
        return str(_called(users, name)["id"])

    def _ask(self, method: str, path: str, body: Json | None = None, **query: str) -> Json:
        try:
            response = self._http.request(method, path, json=body, params=query)
        except httpx.HTTPError as error:
            raise TwelpError(
                f"The sandbox at {self._base} has ended, or does not answer. Start `twelp` again."
            ) from error
        if response.status_code == httpx.codes.NOT_FOUND:
            raise Gone(response.json().get("error", ""))
        if response.status_code >= 400:
            raise TwelpError(f"the sandbox refused ({response.status_code}): {response.text[:300]}")
        found: Json = response.json()
        return found


def _called(users: list[Json], name: str) -> Json:
    """Raises ConfigError for nobody, or several."""
    wanted = name.strip().lstrip("@").casefold()

    def names(user: Json) -> set[str]:
        real = str(user["profile"].get("real_name") or "")
        every = {user["id"], user["name"], real, real.split(" ")[0], str(user["profile"].get("email") or "")}
        return {each.casefold() for each in every if each}

    found = [user for user in users if wanted in names(user)]
    if len(found) == 1:
        return found[0]
    there = ", ".join(_shown(user) for user in (found or users))
    if not wanted:
        raise ConfigError(f"who are you? There is: {there}")
    raise ConfigError(f"{'several are' if found else 'nobody here is'} called {name!r}. There is: {there}")


def _shown(user: Json) -> str:
    real = str(user["profile"].get("real_name") or user["name"])
    return real if user["name"].casefold() in real.casefold() else f"{real} ({user['name']})"
