"""The one way to call a URL.

Everything Offhook fetches goes through here: webhooks, media, TwiML. A `Guard` decides which addresses may be
called, a `Fetcher` calls them within `Limits`, and a `FetchError` says what went wrong and whether a retry helps.
"""

from offhook.fetch.challenges import MOST_ANSWERS, answer_challenge
from offhook.fetch.cookies import Jar
from offhook.fetch.errors import FetchError
from offhook.fetch.fetcher import Fetcher
from offhook.fetch.guard import Guard, Resolver, Target
from offhook.fetch.limits import Limits, split_fragment
from offhook.fetch.request import Request
from offhook.fetch.response import Response
from offhook.fetch.urls import as_sent, credentials, endpoint, without_userinfo

__all__ = [
    "MOST_ANSWERS",
    "FetchError",
    "Fetcher",
    "Guard",
    "Jar",
    "Limits",
    "Request",
    "Resolver",
    "Response",
    "Target",
    "answer_challenge",
    "as_sent",
    "credentials",
    "endpoint",
    "split_fragment",
    "without_userinfo",
]
