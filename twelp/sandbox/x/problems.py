"""How X says no: RFC 7807 bodies, with the texts X uses.

A refusal of the whole request is raised as `Refusal`; a single thing that cannot be shown is an entry of ``errors`` in
an answer that otherwise succeeded (status 200), as X does for lookups.
"""

from __future__ import annotations

from typing import Any, Final

_TYPES: Final = "https://api.twitter.com/2/problems/"


class Refusal(Exception):  # noqa: N818 - it is an answer to the client, not a failure of ours
    """The request is answered with this problem.

    Args:
        status: HTTP status.
        body: the problem.
        note: what exactly was wrong, for a person debugging; sent as header ``x-sandbox-note`` and kept out of the
            body, which says no more than X does.
    """

    def __init__(self, status: int, body: dict[str, Any], note: str = "") -> None:
        super().__init__(status, body, note)
        self.status = status
        self.body = body
        self.note = note


def unauthorized(note: str) -> Refusal:
    """401 for missing or wrong credentials."""
    body = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
    return Refusal(401, body, note)


def forbidden(detail: str) -> Refusal:
    """403 with X's words."""
    return Refusal(403, {"title": "Forbidden", "type": "about:blank", "status": 403, "detail": detail})


def unsupported_authentication() -> Refusal:
    """403 for an app-only token where a user's is needed."""
    detail = (
        "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  "
        "Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context]."
    )
    kind = f"{_TYPES}unsupported-authentication"
    return Refusal(403, {"title": "Unsupported Authentication", "type": kind, "status": 403, "detail": detail})


def too_many() -> Refusal:
    """429."""
    title = "Too Many Requests"
    return Refusal(429, {"title": title, "type": "about:blank", "status": 429, "detail": title})


def invalid(message: str, parameter: str | None = None, value: str = "") -> Refusal:
    """400 for a parameter or body that does not fit the description of the endpoint."""
    body = {
        "errors": [{"parameters": {parameter: [value]} if parameter else {}, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{_TYPES}invalid-request",
    }
    return Refusal(400, body)


def bad_request(detail: str) -> Refusal:
    """400 for a post that X does not accept."""
    return Refusal(400, {"title": "Bad Request", "type": "about:blank", "status": 400, "detail": detail})


def not_found(kind: str, parameter: str, value: str) -> dict[str, Any]:
    """An ``errors`` entry: a post or user that is not there."""
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{_TYPES}resource-not-found",
    }


def suspended(parameter: str, value: str) -> dict[str, Any]:
    """An ``errors`` entry: a suspended user."""
    entry = not_found("user", parameter, value)
    return {**entry, "title": "Forbidden", "detail": f"User has been suspended: [{value}]."}


def not_authorized(parameter: str, value: str, section: str = "data") -> dict[str, Any]:
    """An ``errors`` entry: a post whose author is protected."""
    return {
        "value": value,
        "detail": f"Sorry, you are not authorized to see the Tweet with {parameter}: [{value}].",
        "title": "Authorization Error",
        "section": section,
        "resource_type": "tweet",
        "parameter": parameter,
        "resource_id": value,
        "type": f"{_TYPES}not-authorized-for-resource",
    }
