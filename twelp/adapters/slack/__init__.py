"""Slack: experts are asked by cards in direct messages and answer in a modal.

In reading order: `cards` and `modal` (what is shown; `blocks` and `texts` are their pieces and words), `listeners`
(what people do), `people` (who they are), `workspace` (what is sent), `transport` (how payloads arrive); `failures` and
`sdk` keep the library at arm's length.
"""

from twelp.adapters.slack.listeners import Desk
from twelp.adapters.slack.people import People
from twelp.adapters.slack.workspace import Slack

__all__ = ["Desk", "People", "Slack"]
