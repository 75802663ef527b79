"""Where the browser found us."""

from starlette.requests import Request


def origin_of(request: Request) -> str:
    """Scheme, host and port, as asked. (Starlette's `base_url` fails on a Host that is none.)"""
    return f"{request.scope['scheme']}://{request.headers.get('host') or 'localhost'}"
