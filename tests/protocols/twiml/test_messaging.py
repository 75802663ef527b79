"""Messaging documents: what is to be sent, in which order, and what is passed over with which warning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.messaging_response import MessagingResponse

from offhook.protocols.twiml import TwimlError, parse
from offhook.protocols.twiml.messaging import Message, Redirect, Reply, read


def reply(body: str, content_type: str = "text/xml") -> Reply:
    return read(parse(body.encode(), content_type))


def steps(inside: str) -> tuple[Message | Redirect, ...]:
    answer = reply(f"<Response>{inside}</Response>")
    assert answer.warnings == ()
    return answer.steps


def warnings(inside: str) -> list[tuple[int, int]]:
    return [(warning.code, warning.line) for warning in reply(f"<Response>{inside}</Response>").warnings]


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<Message>Hi</Message>", Message("Hi")),
        ("<Message><Body>Hi</Body></Message>", Message("Hi")),
        ("<Message>\n  <Body>\n Hi  there\n </Body>\n</Message>", Message("Hi  there")),
        ("<Message>two\nlines</Message>", Message("two\nlines")),
        ("<Sms>Hi</Sms>", Message("Hi")),
        ("<Message>Before <Body>Body</Body> after</Message>", Message("Before\nBody\nafter")),
        ("<Message><Body>Hi</Body><Media>https://x/a.png</Media></Message>", Message("Hi", ("https://x/a.png",))),
        ("<Message><Media> /a </Media><Media>/b</Media></Message>", Message(None, ("/a", "/b"))),
        (
            '<Message to="+15550001111" from="Acme" action="/done" method="GET" statusCallback="/status">x</Message>',
            Message("x", (), "+15550001111", "Acme", "/done", "GET", "/status"),
        ),
        ('<Message to="" from=" ">x</Message>', Message("x")),
        ("<Message>&lt;3 &#128512;</Message>", Message("<3 😀")),
    ],
)
def test_a_message_is_read(inside, message):
    assert steps(inside) == (message,)


def test_several_messages_keep_their_order():
    assert steps("<Message>1</Message><Sms>2</Sms><Message>3</Message>") == (Message("1"), Message("2"), Message("3"))


def test_a_redirect_is_fetched_by_post_unless_it_says_get():
    assert steps("<Redirect> /next?a=1&amp;b=2 </Redirect>") == (Redirect("/next?a=1&b=2", "POST"),)
    assert steps('<Redirect method="GET">next</Redirect>') == (Redirect("next", "GET"),)


def test_every_step_says_where_it_stands():
    assert [step.line for step in steps("<Message>a</Message>\n<Redirect/>")] == [1, 2]


def test_a_redirect_ends_the_document():
    inside = "<Message>1</Message><Redirect>/next</Redirect><Message>never</Message><Redirect>/other</Redirect>"
    assert steps(inside) == (Message("1"), Redirect("/next"))


@pytest.mark.parametrize(
    "body", ["", "<Response/>", "<Response></Response>", "<Response> <!-- nothing --> </Response>"]
)
def test_an_empty_document_asks_for_nothing(body):
    assert reply(body) == Reply()


def test_a_plain_text_answer_is_a_message():
    assert reply(" Got it: <3\n", "text/plain") == Reply((Message("Got it: <3"),))
    assert reply("\n", "text/plain") == Reply()


@pytest.mark.parametrize(
    "inside",
    [
        "\n<message>lower case</message>",
        "\n<Say>voice</Say>",
        "<Message>ok</Message>\nstray text",
        "<Message>\n<Image>x</Image>ok</Message>",
        '\n<Message foo="1">ok</Message>',
        '\n<Message method="PUT">ok</Message>',
        "\n<Sms>ok<Media>/a</Media></Sms>",
    ],
)
def test_what_the_schema_does_not_know_is_warned_of_and_the_rest_carried_out(inside):
    codes = warnings(inside + "<Message>the rest</Message>")
    assert [code for code, _ in codes] == [12200]
    assert reply(f"<Response>{inside}<Message>the rest</Message></Response>").steps[-1] == Message("the rest")


def test_a_warning_says_where():
    assert warnings("\n\n<Foo/>") == [(12200, 3)]


def test_an_unknown_method_is_a_post_and_case_does_not_matter():
    answer = reply('<Response><Message method="PUT">a</Message><Redirect method="get">b</Redirect></Response>')
    assert answer.steps == (Message("a", method="POST"), Redirect("b", "GET"))


@pytest.mark.parametrize("inside", ["<Message/>", "<Message> <Body/> <Media/></Message>", f"<Sms>{'x' * 1601}</Sms>"])
def test_a_message_that_cannot_be_sent_is_left_out_with_14103(inside):
    answer = reply(f"<Response>\n{inside}<Message>{'y' * 1600}</Message></Response>")
    assert [(warning.code, warning.line) for warning in answer.warnings] == [(14103, 2)]
    assert answer.steps == (Message("y" * 1600),)


def test_what_twilios_own_library_writes_is_read_without_warnings():
    response = MessagingResponse()
    response.message("Plain", to="+15550001111", from_="+15550002222", action="/a", method="GET", status_callback="/s")
    rich = response.message()
    rich.body("Ünïcode & <markup>")
    rich.media("https://example.com/?a=1&b=2")
    response.redirect("/next", method="POST")
    assert reply(str(response)) == Reply(
        (
            Message("Plain", (), "+15550001111", "+15550002222", "/a", "GET", "/s"),
            Message("Ünïcode & <markup>", ("https://example.com/?a=1&b=2",)),
            Redirect("/next", "POST"),
        )
    )


TAGS = st.sampled_from(["Message", "Sms", "Body", "Media", "Redirect", "Response", "Say"])
TREES = st.recursive(
    st.sampled_from(["", " ", "text", "/url", "&amp;"]),
    lambda inner: st.builds(
        lambda tag, inside: f"<{tag} method='GET'>{''.join(inside)}</{tag}>", TAGS, st.lists(inner, max_size=4)
    ),
    max_leaves=20,
)


@given(TREES)
def test_any_document_that_parses_can_be_read(tree):
    try:
        document = parse(f"<Response>{tree}</Response>".encode(), "text/xml")
    except TwimlError as error:
        pytest.fail(f"well-formed, but refused: {error}")
    messages = [step for step in read(document).steps if isinstance(step, Message)]
    assert all(message.body or message.media for message in messages)
