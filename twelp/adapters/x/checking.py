"""Whether X lets the account do its work: whose it is, what its tokens allow, what its profile says. Posts nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from twelp.adapters.x.calls import Calls
from twelp.errors import Locked, RemoteError
from twelp.model.checked import Checked, failure, ok, warning

_TOKENS: Final = "make the four tokens anew at developer.x.com → your app → Keys and tokens, as the brand's account"
_SKEW: Final = timedelta(seconds=5)
_TOO_FAR: Final = timedelta(seconds=60)
_SAYS_SO: Final = ("automated", "bot", "replies by", "answered by", "answers by")


class XChecks:
    """Looks at one account.

    Args:
        calls: in whose name.
        handle: the account it must be, without `@`; None: any.
        private: whether private messages are read.
    """

    def __init__(self, calls: Calls, handle: str | None, *, private: bool) -> None:
        self._calls = calls
        self._handle = handle
        self._private = private

    def run(self) -> Iterator[Checked]:
        """One line a part; after tokens that are refused there is nothing else to look at."""
        doing = "say whose account this is"
        try:
            answer = self._calls.ask(
                doing, lambda client: client.get_me(user_auth=True, user_fields=["description", "protected"])
            )
        except RemoteError as error:
            refused = isinstance(error, Locked)
            said = "the tokens are refused" if refused else "X does not answer"
            remedy = _TOKENS if refused else "see whether this machine reaches api.x.com, and X_BASE_URL"
            yield failure("x account", f"{said} ({error})", remedy)
            return
        found = answer.get("data")
        account = found if isinstance(found, Mapping) else {}
        yield self._whose(str(account.get("username") or ""))
        yield from self._access()
        yield from self._profile(account)
        yield self._clock()

    def _whose(self, name: str) -> Checked:
        if self._handle is not None and name.casefold() != self._handle.casefold():
            said = f"the tokens are @{name}'s, and experts.yaml names @{self._handle}"
            return failure(
                "x account", said, "put that account's tokens into .env, or the right handle into experts.yaml"
            )
        return ok("x account", f"@{name}")

    def _access(self) -> Iterator[Checked]:
        access = self._calls.access
        if not access:
            return
        if "write" not in access:
            remedy = "set the app's permissions to Read and write, then make the access tokens anew"
            yield failure("x permissions", f"the tokens allow {access}: nothing can be answered", remedy)
        elif self._private and "directmessages" not in access:
            remedy = "set the app's permissions to Read and write and Direct message, then make the access tokens anew"
            yield warning("x permissions", f"the tokens allow {access}: private messages are not read", remedy)
        else:
            yield ok("x permissions", access)

    def _profile(self, account: Mapping[str, object]) -> Iterator[Checked]:
        if account.get("protected"):
            remedy = "make its posts public in the account's settings"
            yield failure("x profile", "the account is protected: customers do not see its answers", remedy)
        said = str(account.get("description") or "").casefold()
        if any(word in said for word in _SAYS_SO):
            yield ok("x profile", "its bio says that it is automated, or who answers")
        else:
            remedy = (
                "say in the bio who answers (“answers by our own people, posted by a bot”), and set the Automated label"
            )
            yield warning("x profile", "its bio does not say that it is automated, which X's rules ask for", remedy)

    def _clock(self) -> Checked:
        ahead = self._calls.clock_ahead
        way = "ahead of" if ahead > timedelta() else "behind"
        said = f"this machine's clock is {abs(ahead).total_seconds():.0f} s {way} X's"
        if abs(ahead) > _TOO_FAR:
            return failure(
                "clock", f"{said}: X refuses what is signed so", "switch on time synchronisation (timedatectl)"
            )
        if abs(ahead) > _SKEW:
            return warning("clock", said, "switch on time synchronisation (timedatectl)")
        return ok("clock", "agrees with X's")
