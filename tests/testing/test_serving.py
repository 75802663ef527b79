"""Serving apps: WSGI and ASGI, their failures, and that nothing is left behind."""

import logging
import socket
import threading
import urllib.error
import urllib.request
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import flask
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from offhook.testing.serving import is_asgi, serve

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url: str, data: bytes | None = None) -> str:
    with opener.open(url, data, timeout=5) as response:
        return response.read().decode()


@pytest.fixture
def served():
    """Serves apps; stops them in the end."""
    running = []

    def start(app):
        running.append(serve(app))
        return running[-1]

    yield start
    for one in running:
        one.stop()


def make_flask() -> flask.Flask:
    app = flask.Flask("greeter")

    @app.post("/greet")
    def greet():
        return f"hello {flask.request.form['name']} at {flask.request.url}"

    @app.get("/broken")
    def broken():
        raise LookupError("no such greeting")

    return app


def make_starlette(lifespan=None) -> Starlette:
    async def greet(request):
        return PlainTextResponse(f"hello {request.url.path}")

    async def broken(request):
        raise LookupError("no such greeting")

    return Starlette(routes=[Route("/greet", greet), Route("/broken", broken)], lifespan=lifespan)


def test_which_is_which():
    async def function(scope, receive, send): ...

    assert [is_asgi(app) for app in (make_flask(), make_starlette(), function, lambda environ, start: [])] == [
        False,
        True,
        True,
        False,
    ]


def test_a_flask_app_is_served_and_sees_its_own_url(served):
    url = served(make_flask()).url
    assert get(f"{url}/greet", b"name=Ann") == f"hello Ann at {url}/greet"


def test_an_asgi_app_is_served_with_its_lifespan(served):
    lived = []

    @asynccontextmanager
    async def lifespan(_app):
        lived.append("began")
        yield
        lived.append("ended")

    running = served(make_starlette(lifespan))
    assert get(f"{running.url}/greet") == "hello /greet"
    assert lived == ["began"]


@pytest.mark.parametrize("make", [make_flask, make_starlette])
def test_a_failure_is_kept_once_with_its_traceback(served, make):
    running = served(make())
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(f"{running.url}/broken")
    caught.value.close()
    [failure] = running.failures
    assert "LookupError: no such greeting" in failure
    assert "in broken" in failure


def test_an_exception_that_leaves_a_wsgi_app_is_kept(served):
    def app(environ, start):
        raise LookupError("nobody caught this")

    running = served(app)
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(running.url)
    caught.value.close()
    assert caught.value.code == 500
    assert "nobody caught this" in running.failures[0]


def test_requests_are_served_side_by_side(served):
    both = threading.Barrier(2, timeout=5)

    def app(environ, start):
        both.wait()
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"met"]

    url = served(app).url
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(get(url))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["met", "met"]


def test_an_app_that_does_not_start_says_why():
    @asynccontextmanager
    async def lifespan(_app):
        raise LookupError("no configuration")
        yield

    with pytest.raises(RuntimeError, match=r"(?s)did not start.*no configuration"):
        serve(make_starlette(lifespan))


@pytest.mark.parametrize("make", [make_flask, make_starlette])
def test_nothing_is_left_when_it_stops(make):
    threads, handlers = set(threading.enumerate()), list(logging.getLogger().handlers)
    running = serve(make())
    running.stop()
    assert set(threading.enumerate()) <= threads
    assert logging.getLogger().handlers == handlers
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", urlsplit(running.url).port), timeout=1)
