"""Clients with credentials of a test's choice, and what Twilio's SDK says about fields."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from offhook.interception.patching import patch
from offhook.testing import Offhook
from offhook.testing.calling import Api


def client_of(offhook: Offhook, username: str, password: str, account_sid: str | None = None) -> Client:
    """The official client: `Client(username, password, account_sid)`."""
    client = Client(username, password, account_sid)
    client.http_client.session.trust_env = False
    return patch(client, offhook.url)


def with_key(offhook: Offhook, kind: str = "standard") -> tuple[Client, Any]:
    """A client that uses a new key of the first account, and the key."""
    iam = offhook.client().iam.v1
    key = iam.new_api_key.create(account_sid=offhook.account_sid, friendly_name="a key", key_type=kind)
    return client_of(offhook, key.sid, key.secret, offhook.account_sid), key


def api_of(offhook: Offhook) -> Api:
    """The first account's API without SDK."""
    return Api(offhook.url, offhook.account_sid, offhook.auth_token)


def documented(instance: object) -> set[str]:
    """The fields that the SDK's class for a resource reads."""
    return {name for name in vars(instance) if not name.startswith("_")}


def refusal(call: Callable[..., Any], *arguments: Any, **parameters: Any) -> tuple[int, int, str]:
    """HTTP status, Twilio's code and message of a call that is refused. Lists raise the response as it came."""
    with pytest.raises(TwilioException) as caught:
        call(*arguments, **parameters)
    problem = caught.value
    if isinstance(problem, TwilioRestException):
        return problem.status, problem.code, problem.msg
    body = json.loads(problem.args[1].text)
    return body["status"], body["code"], body["message"]
