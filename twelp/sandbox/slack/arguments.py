"""Arguments of a Web API call: from the query, the form or the JSON body, merged, with the token and its kind.

Clients differ in where they put what (the same SDK sends some arguments in the URL and others as JSON), so all three
are read; the body wins over the query. Source: https://docs.slack.dev/apis/web-api#basics.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from twelp.sandbox.slack.workspace import Json, Refused


@dataclass(frozen=True, slots=True)
class Arguments:
    """The merged arguments of one call. `warnings` are told to the client, as Slack does."""

    values: Json
    token: str | None
    warnings: tuple[str, ...] = ()

    def text(self, name: str) -> str | None:
        """A text argument; None when it is not there or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value) if isinstance(value, dict | list) else str(value)

    def required(self, name: str) -> str:
        """A text argument that must be there.

        Raises:
            Refused: ``invalid_arguments``, naming it.
        """
        value = self.text(name)
        if value is None:
            raise Refused("invalid_arguments", [f"missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        """A boolean argument: true, "true" or "1"."""
        return str(self.values.get(name, "")).lower() in ("true", "1")

    def number(self, name: str, default: int, *, most: int) -> int:
        """A whole number argument from 1 to `most`.

        Raises:
            Refused: ``invalid_limit``.
        """
        value = self.values.get(name)
        if value in (None, ""):
            return default
        try:
            number = int(str(value))
        except ValueError:
            raise Refused("invalid_limit") from None
        if not 0 <= number <= most:
            raise Refused("invalid_limit")
        return number or default

    def structure(self, name: str, error: str) -> Any:
        """A JSON argument, given as JSON or as a string of JSON; None when it is not there.

        Raises:
            Refused: with `error`, for a string that is no JSON.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise Refused(error) from None


async def arguments(request: Request) -> Arguments:
    """Read a request's arguments.

    Raises:
        Refused: ``invalid_json``, ``json_not_object``, ``invalid_form_data`` or ``invalid_post_type``.
    """
    values: Json = dict(request.query_params)
    warnings: tuple[str, ...] = ()
    body = await request.body()
    if body:
        kind = request.headers.get("content-type", "")
        if "json" in kind:
            values |= _json_body(body)
            warnings = () if "charset" in kind else ("missing_charset",)
        elif "urlencoded" in kind:
            try:
                values |= dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
            except ValueError:
                raise Refused("invalid_form_data") from None
        else:
            raise Refused("invalid_post_type")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    found = token.strip() if scheme.lower() == "bearer" else None
    return Arguments(values, found or str(values.get("token") or "") or None, warnings)


def _json_body(body: bytes) -> Json:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("invalid_json") from None
    if not isinstance(parsed, dict):
        raise Refused("json_not_object")
    return parsed
