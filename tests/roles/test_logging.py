"""A log tells what happened and no secrets, on a terminal and in a file."""

import json
import logging

import pytest
import structlog

from offhook.roles.logging import MOST_ALIKE, WHILE, Thinned, configure, without_secrets

CANARY = "Zm9vOnhveGItczNjcjN0"


@pytest.fixture
def logged(capsys, monkeypatch):
    """Configures, runs something that logs, and gives what came out; puts everything back."""

    def run(people, work):
        monkeypatch.setattr(logging.getLogger(), "handlers", [])  # pytest's own
        configure("info", people=people)
        work()
        return capsys.readouterr().err

    yield run
    structlog.reset_defaults()


def failing():
    headers = {"authorization": f"Basic {CANARY}"}
    token = CANARY
    try:
        raise ValueError(f"bad header {headers} of https://user:{token}@a.example/x")
    except ValueError:
        structlog.get_logger("offhook.test").exception(
            "operation_failed", url=f"http://u:{CANARY}@a", bearer=f"Bearer {CANARY}"
        )
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")


@pytest.mark.parametrize("people", [True, False])
def test_a_traceback_shows_neither_values_nor_credentials(logged, people):
    text = logged(people, failing)
    assert CANARY not in text
    assert text.count("Traceback") == 2
    assert text.count("[redacted]") >= 6
    assert "a.example" in text
    assert "failing" in text


def test_a_file_gets_one_json_object_a_line(logged):
    def work():
        structlog.get_logger().info("started", port=4665, note="two\nlines ✓")
        structlog.get_logger().debug("unseen")

    (line,) = logged(False, work).splitlines()
    event = json.loads(line)
    assert (event["event"], event["level"], event["port"], event["note"]) == ("started", "info", 4665, "two\nlines ✓")
    assert event["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Authorization: Basic QUM6dG9rZW4=", "Authorization: Basic [redacted]"),
        ("bearer eyJhbGciOi.J9.x-y_z", "bearer [redacted]"),
        ("redis://user:pass@host/0", "redis://[redacted]@host/0"),
        ("postgresql://:pass@host/db", "postgresql://[redacted]@host/db"),
        ("Basic realm is shown", "Basic realm is shown"),
        ("http://127.0.0.1:4665/a?mail=x@y", "http://127.0.0.1:4665/a?mail=x@y"),
    ],
)
def test_credentials_are_known_by_their_form(text, shown):
    assert without_secrets(text) == shown


class Full:
    """A file on a full disk."""

    def write(self, text):
        raise OSError(28, "No space left on device")

    def flush(self):
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("people", [True, False])
def test_a_line_that_cannot_be_written_is_lost_and_no_error(monkeypatch, people):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr("sys.stderr", Full())
    try:
        configure("info", people=people)
        structlog.get_logger("offhook.test").error("storage_failed", problem="disk full")
        logging.getLogger("uvicorn.error").error("something")
    finally:
        structlog.reset_defaults()


def test_of_many_lines_alike_only_the_first_of_a_while_are_written():
    now = [0.0]
    thinned = Thinned(lambda: now[0])

    def say(name):
        try:
            return thinned(None, "error", {"event": name})
        except structlog.DropEvent:
            return None

    written = [say("storage_failed") for _ in range(1000)]
    assert sum(line is not None for line in written) == MOST_ALIKE
    assert say("another") == {"event": "another"}
    now[0] = WHILE
    assert say("storage_failed") == {"event": "storage_failed", "left_out": 1000 - MOST_ALIKE}
    assert say("storage_failed") == {"event": "storage_failed"}
