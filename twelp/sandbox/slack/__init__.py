"""A local Slack with one app in one workspace: Web API, Socket Mode, signed HTTP requests, and people to act in it.

Written from Slack's documents, sharing nothing with any SDK. `SlackWorld` is what a server carries; `SUPPORTED` lists
every route. A question's card comes in by ``chat.postMessage`` (`web_api`, `chat_methods`, `posting`, `blocks`),
someone clicks it (`acts`, `finding`, `payloads`), the app hears of it (`delivery`, `sockets`, `request_url`) and
answers with a modal (`view_methods`, `views`, `forms`).
"""

from twelp.sandbox.slack.web_api import SUPPORTED, SUPPORTED_METHODS
from twelp.sandbox.slack.world import SlackWorld

__all__ = ["SUPPORTED", "SUPPORTED_METHODS", "SlackWorld"]
