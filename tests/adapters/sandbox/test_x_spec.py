"""What goes over the wire, held against X's own description of its API."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import jsonschema
import pytest
import referencing
import referencing.jsonschema
import requests

from tests.adapters.sandbox.x_stage import Stage, spec_file
from twelp.sandbox.wire import ledger
from twelp.sandbox.x import SUPPORTED, params

pytestmark = pytest.mark.skipif(not spec_file().exists(), reason=f"X's description is not there: {spec_file()}")
TWEET_FIELDS = sorted(params.TWEET_FIELDS)
USER_FIELDS = sorted(params.USER_FIELDS)
FIELDS = ["created_at", "dm_conversation_id", "entities", "event_type", "id", "sender_id", "text"]
TWEET_EXPANSIONS = sorted(params.TWEET_EXPANSIONS)


@cache
def spec() -> dict[str, Any]:
    return json.loads(spec_file().read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def _registry() -> Any:
    kind = referencing.jsonschema.DRAFT4
    return referencing.Registry().with_resource("urn:x", kind.create_resource(_strict(spec())))


def _strict(node: Any) -> Any:
    """The description with answers closed: a property it does not name fails, where it names any."""
    if isinstance(node, list):
        return [_strict(each) for each in node]
    if not isinstance(node, dict):
        return node
    closed = {name: _strict(value) for name, value in node.items() if name not in ("discriminator", "example")}
    if closed.get("type") == "object" and "properties" in closed and "required" not in closed:
        closed.setdefault("additionalProperties", False)
    return closed


def check(pointer: str, value: Any) -> None:
    schema = {"$ref": f"urn:x#/components/schemas/{pointer}"}
    resolver = jsonschema.Draft4Validator(schema, registry=_registry(), format_checker=jsonschema.FormatChecker())
    resolver.validate(value)


def _watched(x: Stage, ids: dict[str, int]) -> dict[str, Any]:
    """Subscribes to what somebody deletes, hears of it, and ends that."""
    client = x.client(bearer_token="sandbox-bearer-token")
    route, body = "/2/activity/subscriptions", {"event_type": "post.delete", "filter": {"user_id": str(ids["ada"])}}
    found = {"made": client.request("POST", route, json={**body, "tag": "twelp"}).json()}
    found["listed"] = client.request("GET", route, params={"max_results": 10}).json()
    bearer = {"Authorization": "Bearer sandbox-bearer-token"}
    with requests.get(f"{x.url}/2/activity/stream", headers=bearer, stream=True, timeout=10) as stream:
        assert stream.status_code == 200
        x.sandbox.x.posts.delete(ids["ask"])
        found["told"] = json.loads(next(line for line in stream.iter_lines(chunk_size=1) if line))
    number = found["made"]["data"]["subscription"]["subscription_id"]
    found["ended"] = client.request("DELETE", route, params={"ids": number}).json()
    return found


ANSWERS: dict[str, tuple[str, Callable[[Stage, Any], Any]]] = {
    "GET /2/users/me": (
        "Get2UsersMeResponse",
        lambda x, ids: x.client().get_me(
            user_fields=USER_FIELDS, expansions=["most_recent_tweet_id"], tweet_fields=TWEET_FIELDS
        ),
    ),
    "GET /2/activity/subscriptions": ("ActivitySubscriptionGetResponse", lambda x, ids: _watched(x, ids)["listed"]),
    "POST /2/activity/subscriptions": ("ActivitySubscriptionCreateResponse", lambda x, ids: _watched(x, ids)["made"]),
    "DELETE /2/activity/subscriptions": (
        "ActivitySubscriptionDeleteResponse",
        lambda x, ids: _watched(x, ids)["ended"],
    ),
    "GET /2/activity/stream": (  # of the whole event, the description takes the same payload for several kinds
        "PostDeleteActivityResponsePayload",
        lambda x, ids: _watched(x, ids)["told"]["data"]["payload"],
    ),
    "GET /2/users/{id}": (
        "Get2UsersIdResponse",
        lambda x, ids: x.client().get_user(id=ids["ada"], user_fields=USER_FIELDS, user_auth=True),
    ),
    "GET /2/users": (
        "Get2UsersResponse",
        lambda x, ids: x.client().get_users(ids=[ids["ada"], 5], user_fields=USER_FIELDS, user_auth=True),
    ),
    "GET /2/users/by": (
        "Get2UsersByResponse",
        lambda x, ids: x.client().get_users(usernames=["ada", "nobody"], user_auth=True),
    ),
    "GET /2/users/by/username/{username}": (
        "Get2UsersByUsernameUsernameResponse",
        lambda x, ids: x.client().get_user(username="ada", user_auth=True),
    ),
    "GET /2/users/{id}/mentions": (
        "Get2UsersIdMentionsResponse",
        lambda x, ids: x.client().get_users_mentions(
            x.brand_id, tweet_fields=TWEET_FIELDS, user_fields=USER_FIELDS, expansions=TWEET_EXPANSIONS, user_auth=True
        ),
    ),
    "GET /2/users/{id}/tweets": (
        "Get2UsersIdTweetsResponse",
        lambda x, ids: x.client().get_users_tweets(
            x.brand_id, tweet_fields=TWEET_FIELDS, expansions=TWEET_EXPANSIONS, user_auth=True
        ),
    ),
    "GET /2/tweets": (
        "Get2TweetsResponse",
        lambda x, ids: x.client().get_tweets(
            [ids["ask"], ids["gone"]], tweet_fields=TWEET_FIELDS, expansions=TWEET_EXPANSIONS, user_auth=True
        ),
    ),
    "GET /2/tweets/{id}": (
        "Get2TweetsIdResponse",
        lambda x, ids: x.client().get_tweet(
            ids["quote"], tweet_fields=TWEET_FIELDS, expansions=TWEET_EXPANSIONS, user_auth=True
        ),
    ),
    "GET /2/tweets/search/recent": (
        "Get2TweetsSearchRecentResponse",
        lambda x, ids: x.client().search_recent_tweets(
            "tv OR still", tweet_fields=TWEET_FIELDS, expansions=TWEET_EXPANSIONS, user_auth=True
        ),
    ),
    "GET /2/dm_events": ("Get2DmEventsResponse", lambda x, ids: listed(x)),
    "GET /2/dm_conversations/with/{participant_id}/dm_events": (
        "Get2DmConversationsWithParticipantIdDmEventsResponse",
        lambda x, ids: listed(x, participant_id=ids["ada"]),
    ),
    "POST /2/dm_conversations/with/{participant_id}/messages": (
        "CreateDmEventResponse",
        lambda x, ids: x.client().create_direct_message(participant_id=ids["ada"], text="Hello"),
    ),
    "POST /2/tweets": (
        "TweetCreateResponse",
        lambda x, ids: x.client().create_tweet(text="hello", in_reply_to_tweet_id=ids["ask"]),
    ),
    "DELETE /2/tweets/{id}": ("TweetDeleteResponse", lambda x, ids: x.client().delete_tweet(ids["own"])),
}


def listed(x: Stage, **whose: Any) -> Any:
    return x.client().get_direct_message_events(
        **whose,
        max_results=1,
        dm_event_fields=sorted(
            ["created_at", "dm_conversation_id", "entities", "event_type", "id", "sender_id", "text"]
        ),
        expansions=["sender_id"],
        user_fields=USER_FIELDS,
    )


def town(x: Stage) -> dict[str, int]:
    ask = x.post("@VoltHelp my tv & https://example.com/a $TV #tv " + "long " * 60)
    gone = x.post("@VoltHelp gone")
    own = int(x.client().create_tweet(text="Try this", in_reply_to_tweet_id=ask.id)["data"]["id"])
    quote = x.post("tv see", quotes=own)
    x.post("", as_="bob", repost_of=ask.id)
    x.post("still gone", as_="bob", reply_to=gone.id)
    x.sandbox.x.posts.delete(gone.id)
    x.sandbox.x.directs.write("ada", "my order is VE-482911, see https://example.com/a?b=1&c")
    x.sandbox.x.directs.write("ada", "and my name is Ada")
    return {"ada": ask.author.id, "ask": ask.id, "gone": gone.id, "own": own, "quote": quote.id}


@pytest.mark.parametrize("line", list(ANSWERS))
def test_an_answer_with_every_field_is_as_described(x: Stage, line: str) -> None:
    schema, ask = ANSWERS[line]
    answer = ask(x, town(x))
    if line == "POST /2/tweets":  # X sends the edit history too, which its description leaves out
        answer["data"].pop("edit_history_tweet_ids")
    check(schema, answer)


def test_every_endpoint_is_checked_and_described(x: Stage) -> None:
    assert sorted(ANSWERS) == sorted(SUPPORTED) == list(ledger(x.sandbox.x.routes()))
    for line in SUPPORTED:
        method, path = line.split(" ")
        assert method.lower() in spec()["paths"][path]


@pytest.mark.parametrize("line", SUPPORTED)
def test_the_parameters_an_endpoint_takes_are_those_described(line: str) -> None:
    method, path = line.split(" ")
    described = spec()["paths"][path][method.lower()].get("parameters", [])
    named = [spec()["components"]["parameters"][p["$ref"].split("/")[-1]] if "$ref" in p else p for p in described]
    accepts = params.ACCEPTS[line]
    queries = {p["name"]: p for p in named if p["in"] == "query"}
    assert set(accepts.checks) == set(queries)
    assert set(accepts.required) == {name for name, p in queries.items() if p.get("required")}
    for name, allowed in (("tweet.fields", params.TWEET_FIELDS), ("user.fields", params.USER_FIELDS)):
        if name in queries:
            assert set(queries[name]["schema"]["items"]["enum"]) == allowed


def test_what_a_client_sends_to_post_is_as_described(x: Stage) -> None:
    ids = town(x)
    x.client().create_tweet(text="a", in_reply_to_tweet_id=ids["ask"], exclude_reply_user_ids=["5"])
    sent = x.sandbox.record.requests(network="x")[-1].params
    check("TweetCreateRequest", sent)


@pytest.mark.parametrize(
    ("path", "keys", "schema"),
    [
        ("/2/users/me", "Bearer wrong", "Problem"),
        ("/2/users/me", "Bearer sandbox-bearer-token", "UnsupportedAuthenticationProblem"),
        ("/2/tweets?ids=x", "Bearer sandbox-bearer-token", "InvalidRequestProblem"),
    ],
)
def test_problems_are_as_described(x: Stage, path: str, keys: str, schema: str) -> None:
    answer = x.http.get(path, headers={"authorization": keys})
    assert answer.headers["content-type"] == "application/problem+json"
    jsonschema.Draft4Validator({"$ref": f"urn:x#/components/schemas/{schema}"}, registry=_open_registry()).validate(
        answer.json()
    )


def test_errors_inside_good_answers_are_as_described(x: Stage) -> None:
    ids = town(x)
    x.post("@VoltHelp secret", as_="shy")
    shy = x.sandbox.x.account("shy")
    hidden = x.sandbox.x.posts.by_author[shy.id][0]
    shy.protected = True
    answer = x.client().get_tweets([ids["gone"], hidden], user_auth=True)
    missing, unauthorized = answer["errors"]
    for schema, error in (("ResourceNotFoundProblem", missing), ("ResourceUnauthorizedProblem", unauthorized)):
        jsonschema.Draft4Validator({"$ref": f"urn:x#/components/schemas/{schema}"}, registry=_open_registry()).validate(
            error
        )


@cache
def _open_registry() -> Any:
    kind = referencing.jsonschema.DRAFT4
    return referencing.Registry().with_resource("urn:x", kind.create_resource(spec()))


@pytest.mark.parametrize(
    ("schema", "wrong"),
    [
        ("Get2UsersMeResponse", {"data": {"id": "1", "name": "a"}}),
        ("Get2UsersMeResponse", {"nonsense": 1}),
        ("Get2UsersIdMentionsResponse", {"data": []}),
        ("Get2UsersIdMentionsResponse", {"data": [{"id": "1", "nonsense": 1}]}),
        ("Get2UsersIdMentionsResponse", {"data": [{"id": "abc"}]}),
        ("TweetCreateRequest", {"text": "a", "nonsense": 1}),
    ],
)
def test_the_check_itself_notices_what_is_wrong(schema: str, wrong: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check(schema, wrong)
