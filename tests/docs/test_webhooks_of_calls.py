"""docs/reference/webhooks.md lists what an app is told of calls, and nothing else: an app writes it all down."""

from typing import Any, get_args

import pytest
from flask import Flask, request

from offhook.products.voice.call import FINAL, Call
from offhook.products.voice.conference import Event
from offhook.products.voice.parameters import of_call, of_event
from offhook.protocols.twiml.voice_schema import NOT_CARRIED_OUT, VOICE
from offhook.testing import Offhook
from tests.docs.markdown_pages import codes, first_codes, read, sections

PAGE = sections(read("docs/reference/webhooks.md"), 2)
ANSWERS = sections(PAGE["The answer to a call"], 3)
CALL = Call(
    seq=1,
    sid="CA" + "0" * 32,
    account_sid="AC" + "0" * 32,
    direction="outbound-dial",
    from_="+19732644152",
    to="+12023358536",
    status="completed",
    date_created=0,
    date_updated=0,
    end_time=0,
    parent_call_sid="CA" + "1" * 32,
    answered_by="human",
    forwarded_from="+19732644153",
    caller_name="Ann",
)
PLAIN = {name for name, _ in of_call(CALL)}
ASKING = '<Gather numDigits="1" action="/gathered"/>'
SPEAKING = '<Gather input="speech" action="/gathered" partialResultCallback="/partial"/>'
RECORDING = (
    '<Record action="/recorded" transcribeCallback="/words" recordingStatusCallback="/recording" trim="do-not-trim"/>'
)
DIALING = '<Dial action="/dialed" record="record-from-answer" timeLimit="5"><Number>+12125550199</Number></Dial>'
CONFERRING = '<Dial action="/dialed" timeLimit="5"><Conference waitUrl="">Room</Conference></Dial>'
QUEUEING = '<Enqueue action="/queued" waitUrl="/wait">Line</Enqueue>'
TEXTING = '<Sms action="/texted">Hello</Sms>'


def test_every_parameter_of_a_call_is_documented_and_nothing_else():
    assert set(first_codes(PAGE["A call came in"])) == PLAIN


def test_every_parameter_of_a_status_callback_is_documented_and_nothing_else():
    told = {name for name, _ in of_event(CALL, "completed", 0, 0)}
    assert set(first_codes(PAGE["Status callbacks of calls"])) == (told - PLAIN) | {"CallStatus"}
    assert set(FINAL) <= set(codes(PAGE["Status callbacks of calls"]))


def test_every_verb_is_there_or_passed_over():
    told = PAGE["The answer to a call"].partition("###")[0]
    named = {code.strip("<>") for code in codes(told) if code.startswith("<")}
    assert set(VOICE["Response"].children) - set(NOT_CARRIED_OUT) <= named
    assert {"Connect", "Start", "Pay", "Refer"} <= set(NOT_CARRIED_OUT)


def test_the_kinds_of_events_of_a_conference_are_named():
    told = set(codes(PAGE["Conferences"]))
    assert {"conference-start", "conference-end", "participant-join"} <= told & set(get_args(Event))


@pytest.mark.parametrize(
    ("document", "path", "section"),
    [(RECORDING, "/recorded", "Record"), (QUEUEING, "/wait", "Enqueue"), (DIALING, "/dialed", "Dial")],
)
def test_what_a_document_is_told_is_in_the_table_of_its_verb(heard: "Heard", document: str, path: str, section: str):
    heard.by_a_caller(document)
    told = heard.names(path) - PLAIN
    assert told
    assert told <= set(first_codes(ANSWERS[section]))
    assert set(first_codes(ANSWERS[section])) - told <= {"ConferenceSid"}


def test_what_a_gather_tells_is_in_its_table(heard: "Heard"):
    heard.by_a_caller(ASKING, "1")
    told = heard.names("/gathered") - PLAIN
    heard.by_a_caller(SPEAKING, "", "Ann")
    told |= heard.names("/gathered") - PLAIN
    assert told == set(first_codes(ANSWERS["Gather"]))
    assert heard.names("/partial") - PLAIN <= set(codes(ANSWERS["Gather"]))


def test_what_a_conference_a_queue_and_a_text_tell_at_their_end_is_named(heard: "Heard"):
    for document, path, section in (
        (CONFERRING, "/dialed", "Dial"),
        (QUEUEING, "/queued", "Enqueue"),
        (TEXTING, "/texted", "Sms"),
    ):
        heard.by_a_caller(document)
        told = heard.names(path) - PLAIN
        assert told
        assert told <= set(codes(ANSWERS[section])), section


def test_what_is_told_of_recordings_and_their_words_is_in_their_tables(heard: "Heard"):
    heard.by_a_caller(RECORDING, "", "Hello")
    documented = set(first_codes(PAGE["Recordings"]))
    told = heard.names("/recording") | (heard.names("/words") - PLAIN)
    assert told <= documented
    assert documented - told == {"ConferenceSid"}


class Heard:
    """An app that answers one document on `/voice` and nothing elsewhere, and writes down what it is told."""

    def __init__(self, offhook: Offhook) -> None:
        self._offhook = offhook
        self._document = ""
        self._told: list[tuple[str, set[str]]] = []
        app = Flask("heard")
        app.add_url_rule("/<name>", "answer", self._answer, methods=["POST"])
        self._number = offhook.number(voice_url=offhook.serve(app) + "/voice")
        offhook.handset("+12125550199").behave(answers="at-once")

    def _answer(self, name: str) -> tuple[str, dict[str, Any]]:
        self._told.append((f"/{name}", set(request.form)))
        if name == "wait":
            return "<Response><Leave/></Response>", {"Content-Type": "text/xml"}
        body = self._document if name == "voice" else ""
        return f"<Response>{body}</Response>", {"Content-Type": "text/xml"}

    def by_a_caller(self, document: str, digits: str = "", words: str = "") -> None:
        """Somebody calls, presses keys or says something, and stays until the call is over."""
        self._document = document
        call = self._offhook.handset("+12125550101").call(self._number)
        self._offhook.clock.advance(seconds=1)
        if digits:
            call.press(digits)
        if words or document == RECORDING:
            call.says(words or "Hello")
        call.wait_until_ended(timeout=600)
        self._offhook.clock.settle()

    def names(self, path: str) -> set[str]:
        """The parameters that `path` was told of, of all requests."""
        return {name for where, told in self._told for name in told if where == path}


@pytest.fixture
def heard(offhook: Offhook) -> Heard:
    return Heard(offhook)
