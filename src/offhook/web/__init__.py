"""The REST toolkit: resources as plain functions, two dialects, one dispatcher whose cost does not grow."""

from offhook.web.auth import Authenticator, Identity
from offhook.web.call import Call
from offhook.web.content import Content
from offhook.web.dialect import API_2010, VERSIONED, iso8601, iso8601_exact, rfc2822
from offhook.web.dispatch import Dispatcher
from offhook.web.errors import ApiError, invalid_parameter, not_found
from offhook.web.params import Checked, Missing, Wire
from offhook.web.request import Request
from offhook.web.resource import Operation, Resource
from offhook.web.routing import Router
from offhook.web.streaming import Stream

__all__ = [
    "API_2010",
    "VERSIONED",
    "ApiError",
    "Authenticator",
    "Call",
    "Checked",
    "Content",
    "Dispatcher",
    "Identity",
    "Missing",
    "Operation",
    "Request",
    "Resource",
    "Router",
    "Stream",
    "Wire",
    "invalid_parameter",
    "iso8601",
    "iso8601_exact",
    "not_found",
    "rfc2822",
]
