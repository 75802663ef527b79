"""Where we are, for the links and commands in a page."""

from starlette.requests import Request

from offhook.web.origin import Origin
from offhook.web.routing import is_twilio


def origin_of(request: Request) -> str:
    """The public URL where there is one, else scheme, host and port as asked; the application's state has the Origin.

    (Starlette's `base_url` fails on a Host that is none.)
    """
    origin: Origin = request.app.state.origin
    return origin.for_pages(request.scope["scheme"], request.headers.get("host") or "localhost")


def root_of(request: Request) -> str:
    """What links to other pages of ours begin with: nothing, but at Twilio's hosts, which have none, our origin."""
    return origin_of(request) if is_twilio(request.headers.get("host") or "") else ""
