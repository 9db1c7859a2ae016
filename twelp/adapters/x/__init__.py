"""X through tweepy: what customers write comes in, what experts confirmed goes out.

- `network`  the port's verbs (`X`): what is asked, in which order, how far back
- `calls`    one call: in whose name, when, its failures told apart
- `manners`  how much is asked for: the richest form the server takes
- `rules`    what X is to the decisions: length, links, mentions, repeats, prices
- `counting` X's own way to count characters and see links
- `limits`   what X says is left, and how to make it last
- `searching` the query for the roster's words
- `private` private messages: read, sent, looked for
- `deletions` what X tells by itself of posts that are deleted
- `looking_up` posts that were read before, as they now stand
- `parse`    X's dicts into our nouns; both namings, bad posts skipped
- `faults`   X's refusals into ours: whose move it is, and when
- `wire`     one HTTP session: where to, how long, how much
"""

from __future__ import annotations

from datetime import timedelta

from pydantic import SecretStr

from twelp.adapters.x.network import X
from twelp.adapters.x.rules import RULES
from twelp.config import Settings
from twelp.errors import ConfigError
from twelp.ports import Clock

__all__ = ["RULES", "X", "connect"]


def connect(settings: Settings, clock: Clock, handle: str) -> X:
    """The brand's account on X by these settings; whose account it is, is asked later.

    Raises:
        ConfigError: credentials are missing.
    """
    if not settings.has_x:
        raise ConfigError(settings.missing_x())
    return X(
        settings.x_base_url,
        _plain(settings.x_consumer_key),
        _plain(settings.x_consumer_secret),
        _plain(settings.x_access_token),
        _plain(settings.x_access_token_secret),
        timeout_s=settings.x_timeout_s,
        clock=clock,
        handle=handle,
        every=timedelta(seconds=settings.x_poll_s),
        own_every=timedelta(seconds=settings.x_own_poll_s),
        search_every=timedelta(seconds=settings.x_watch_s) if settings.x_watch_s else None,
        private_every=timedelta(seconds=settings.x_private_s) if settings.x_private_s else None,
        bearer=_plain(settings.x_bearer_token),
    )


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
