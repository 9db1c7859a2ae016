"""Slack: experts are asked by cards in direct messages and answer in a modal.

In reading order: `cards`, `modal`, `invitations` and `home` (what is shown; `blocks` and `texts` are their pieces and
words), `listeners` (what people do, with `writing`, `repairing`, `selfservice`, `suggesting` and `news`), `people` and
`disturb` (who they are, and when they want quiet), `workspace` (what is sent), `transport` (how payloads arrive);
`failures`, `guard` and `sdk` keep the library at arm's length.
"""

from twelp.adapters.slack.listeners import Desk
from twelp.adapters.slack.people import People
from twelp.adapters.slack.workspace import Slack

__all__ = ["Desk", "People", "Slack"]
