"""The toy's adapter: its HTML into our nouns, its refusals into ours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import httpx

from twelp.errors import InDoubt, Locked, RefusalReason, Refused, RemoteError, TryAgain, WaitUntil, WrongAccount
from twelp.model import Account, Post
from twelp.networks import Length, NetworkRules
from twelp.ports import Clock, Edits, Limit, Network, OwnPost, Page, Presence, Seen


def url(post_id: str, handle: str = "") -> str:
    return f"https://toy.example/{post_id}"


def intent_url(post_id: str, text: str) -> str:
    return f"{url(post_id)}?{urlencode({'reply': text})}"


RULES = NetworkRules(
    name="toy",
    display_name="Toy",
    length=Length(500),
    keeps_keys_for=timedelta(hours=1),
    edit_within=timedelta(days=30),
    private_messages=True,
    url=url,
    intent_url=intent_url,
)

_REASONS = {404: RefusalReason.GONE, 410: RefusalReason.GONE, 422: RefusalReason.TOO_LONG}


class _Words(HTMLParser):
    """The words of a piece of HTML: paragraphs and breaks as lines, everything else as it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "br" or (tag == "p" and self.found):
            self.found += "\n"

    def handle_data(self, data: str) -> None:
        self.found += data


def words(html: str) -> str:
    """The text that people read in it."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return parser.found.strip()


class Toy(Network, Edits):
    """The brand's account on the toy network. Safe to use from several threads."""

    name = "toy"
    rules = RULES

    def __init__(self, base_url: str, token: str, handle: str, clock: Clock, every: timedelta) -> None:
        self.every = self.own_every = every
        self._handle = handle
        self._clock = clock
        self._me: Account | None = None
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=5, trust_env=False)

    def me(self) -> Account:
        if self._me is None:
            found = self._ask("GET", "/account")
            me = Account(found["id"], found["handle"], found["name"])
            if me.handle != self._handle:
                raise WrongAccount(f"TOY_TOKEN is @{me.handle}'s, and the roster names @{self._handle}")
            self._me = me
        return self._me

    def mentions(self, cursor: str | None) -> Page:
        self.me()
        found = self._ask("GET", "/mentions", params={"after": cursor} if cursor else {})
        posts = tuple(self._post(one) for one in found["posts"])
        return Page(posts, found["last"] or cursor)

    def pace(self, *, own: bool = False) -> timedelta:
        return timedelta()

    def now(self) -> datetime:
        return self._clock.now()

    def look_up(self, ids: Collection[str]) -> Mapping[str, Seen]:
        self.me()
        found = self._ask("GET", "/posts", params={"ids": ",".join(ids)})["posts"] if ids else []
        return {one["id"]: self._seen(one) for one in found}

    def _seen(self, raw: Mapping[str, Any]) -> Seen:
        if raw["deleted"]:
            return Seen(Presence.GONE)
        at = raw["edited_at"]
        return Seen(Presence.STANDS, self._post(raw), edited_at=datetime.fromisoformat(at) if at else None)

    def own_posts(self, since: datetime, *, until: Callable[[OwnPost], bool] | None = None) -> Sequence[OwnPost]:
        self.me()
        found = self._ask("GET", "/account/posts", params={"since": since.isoformat()})["posts"]
        posts = [
            OwnPost(
                one["id"], one["parent"], one["thread"], words(one["html"]), datetime.fromisoformat(one["created_at"])
            )
            for one in found
        ]
        return sorted(posts, key=lambda post: post.created_at, reverse=True)

    def likes(self, post_id: str) -> int:
        return int(self._ask("GET", f"/posts/{post_id}")["likes"])

    def reply(self, text: str, to: str, key: str) -> str:
        self.me()
        body, headers = {"text": text, "parent": to}, {"Idempotency-Key": key}
        return str(self._ask("POST", "/posts", json=body, headers=headers, writing=True)["id"])

    def delete(self, post_id: str) -> None:
        try:
            self._ask("DELETE", f"/posts/{post_id}")
        except Refused as refusal:
            if refusal.reason is not RefusalReason.GONE:
                raise

    def edit(self, post_id: str, text: str) -> None:
        self._ask("PUT", f"/posts/{post_id}", json={"text": text})

    def limits(self) -> Sequence[Limit]:
        return ()

    def missing(self) -> str:
        return ""

    def close(self) -> None:
        self._http.close()

    def _post(self, raw: Mapping[str, Any]) -> Post:
        author = raw["author"]
        return Post(
            network=self.name,
            id=raw["id"],
            author=Account(author["id"], author["handle"], author["name"]),
            text=words(raw["html"]),
            created_at=datetime.fromisoformat(raw["created_at"]),
            conversation=raw["thread"],
            reply_to=raw["parent"],
            mentions=tuple(raw["mentions"]),
            url=url(raw["id"]),
        )

    def _ask(self, method: str, path: str, *, writing: bool = False, **how: Any) -> Any:
        """One call, its failures told apart."""
        what = f"Toy was asked to {method} {path}"
        try:
            answer = self._http.request(method, path, **how)
        except httpx.ConnectError as error:
            raise TryAgain(f"{what} and could not be reached") from error
        except httpx.HTTPError as error:
            failed = f"{what} and no answer came ({type(error).__name__})"
            raise (InDoubt(failed) if writing else TryAgain(failed)) from error
        if answer.is_success:
            return answer.json()
        raise self._judged(answer, f"{what} and answered {answer.status_code}", writing=writing)

    def _judged(self, answer: httpx.Response, said: str, *, writing: bool) -> RemoteError:
        if answer.status_code == 429:
            return WaitUntil(said, self._clock.now() + timedelta(seconds=float(answer.headers["Retry-After"])))
        if answer.status_code in (401, 403):
            return Locked(said)
        if answer.status_code >= 500:
            return InDoubt(said) if writing else TryAgain(said)
        return Refused(said, _REASONS.get(answer.status_code, RefusalReason.OTHER))
