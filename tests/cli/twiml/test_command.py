"""`offhook twiml check`: what is wrong with a document, what it does, and the exit code."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator

from tests.terminal import OFFHOOK, Terminal

MENU = """<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say voice="Polly.Amy">Welcome to <emphasis>Acme</emphasis>.</Say>
  <Gather numDigits="1" action="/menu" timeout="10s"><Say>Press 1 for sales</Say></Gather>
  <Redirect method="GET">/menu</Redirect>
  <Say>late</Say>
</Response>
"""


def checked(terminal: Terminal, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Check a document that is in a file."""
    (terminal.folder / "menu.xml").write_text(text)
    return terminal.offhook("twiml", "check", "menu.xml", *options)


def test_warnings_and_what_the_document_does_are_said_and_the_exit_code_is_0(terminal: Terminal):
    done = checked(terminal, MENU)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "menu.xml:4: warning 13313: '10s' is not a value of 'timeout' in 'Gather': a whole number of 1 or more",
        "    Twilio goes on. The attribute is passed over, and 5 seconds holds.",
        "menu.xml is a document for calls. It",
        '     3  says "Welcome to Acme." (voice Polly.Amy)',
        '     4  waits up to 5 s for 1 key (or #); meanwhile says "Press 1 for sales"; then asks POST /menu; '
        "without input it goes on below",
        "     5  goes on with GET /menu",
        '     6  says "late" (never reached)',
    ]


STOPPING = {
    "<Response><Say>Hi</Response>": "menu.xml:1: error 12100: The document is not well-formed: mismatched tag: ",
    "<html/>": "menu.xml:1: error 12102: The root element must be Response, not html",
    "<Response>\n<Redirect>ftp://x/y</Redirect></Response>": "menu.xml:2: error 11100: 'ftp://x/y' is not an http",
    "<Response>\n\n<Dial action='mailto:a@b'>1</Dial></Response>": "menu.xml:3: error 11100: 'mailto:a@b' is not an",
    "<Response><Gather><Play>http://:0/</Play></Gather></Response>": "menu.xml:1: error 11100: 'http://:0/' is not",
    f"<Response>{'x' * 65536}</Response>": "menu.xml: error 11750: The response body is 65557 bytes, more than 65536",
}


@pytest.mark.parametrize(("text", "said"), STOPPING.items(), ids=STOPPING.values())
def test_an_error_that_stops_twilio_makes_the_exit_code_1(terminal: Terminal, text: str, said: str):
    done = checked(terminal, text)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(said)
    assert "    Twilio stops here. " in done.stdout


def test_a_url_that_is_never_reached_stops_nothing(terminal: Terminal):
    done = checked(terminal, "<Response><Hangup/><Redirect>ftp://x</Redirect></Response>")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "     1  goes on with POST ftp://x (never reached)"


def test_a_document_for_texts_is_known_by_its_verb_and_can_be_named(terminal: Terminal):
    texts = "<Response><Message>Hi<Media>/a.png</Media></Message></Response>"
    assert checked(terminal, texts).stdout.splitlines() == [
        "menu.xml is a document for texts. It",
        '     1  texts "Hi" with 1 file to whoever is there',
        "        ends",
    ]
    assert "warning 12200: Element 'Message' is not allowed" in checked(terminal, texts, "--voice").stdout
    sms = "<Response><Sms>Hi</Sms></Response>"
    assert checked(terminal, sms).stdout.startswith("menu.xml is a document for calls.")
    assert checked(terminal, sms, "--messaging").stdout.startswith("menu.xml is a document for texts.")


def test_a_document_can_come_from_standard_input(terminal: Terminal):
    done = subprocess.run(
        [OFFHOOK, "twiml", "check", "-"],
        input="<Response><Hangup/></Response>",
        capture_output=True,
        text=True,
        env=terminal.environment,
    )
    assert (done.returncode, done.stdout) == (0, "stdin is a document for calls. It\n     1  hangs up\n")


def test_a_file_that_is_not_there_is_said_in_a_sentence(terminal: Terminal):
    done = terminal.offhook("twiml", "check", "nope.xml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "offhook: nope.xml: No such file or directory.\n"


class App(BaseHTTPRequestHandler):
    """An app that says who calls, and by which method; it refuses what is signed with another token than `right`."""

    def do_GET(self) -> None:
        self._answer(self.path.partition("?")[2], {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(body, dict(parse_qsl(body)))

    def _answer(self, form: str, signed: dict[str, str]) -> None:
        url = f"http://127.0.0.1:{self.server.server_port}{self.path}"  # type: ignore[attr-defined]
        signature = self.headers.get("X-Twilio-Signature", "")
        is_ours = not self.path.startswith("/signed") or RequestValidator("right").validate(url, signed, signature)
        body = f"<Response><Say>{self.command} {dict(parse_qsl(form)).get('From')}</Say></Response>".encode()
        self.send_response(200 if is_ours else 403)
        self.send_header("Content-Type", "text/plain" if self.path.startswith("/plain") else "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be silent."""


@contextmanager
def served() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), App)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_an_app_is_asked_as_when_a_call_comes_in(terminal: Terminal):
    with served() as app:
        posted = terminal.offhook("twiml", "check", f"{app}/voice")
        got = terminal.offhook("twiml", "check", f"{app}/voice?a=1", "--method", "GET")
        plain = terminal.offhook("twiml", "check", f"{app}/plain")
    assert '     1  says "POST +12012005555"' in posted.stdout
    assert '     1  says "GET +12012005555"' in got.stdout
    assert plain.stdout.splitlines()[-1] == "     1  hangs up"
    assert [done.returncode for done in (posted, got, plain)] == [0, 0, 0]


def test_the_request_is_signed_with_the_token_that_is_set(terminal: Terminal):
    with served() as app:
        for method in ("POST", "GET"):
            words = ("twiml", "check", f"{app}/signed?x=1", "--method", method)
            assert terminal.offhook(*words, TWILIO_AUTH_TOKEN="right").returncode == 0
            refused = terminal.offhook(*words)
            assert refused.returncode == 1
            assert "error 11200: The app answered 403; the request was not signed" in refused.stdout


def test_an_app_that_does_not_answer_stops_twilio(terminal: Terminal):
    done = terminal.offhook("twiml", "check", "http://me:secret@127.0.0.1:9/voice")
    assert done.returncode == 1
    assert done.stdout.startswith("http://127.0.0.1:9/voice: error 11205: ")
    assert "secret" not in done.stdout + done.stderr
