"""How a form becomes a function's arguments."""

from functools import wraps
from typing import Annotated, Literal, Optional

import pytest

from offhook.storage import PageRequest
from offhook.web import ApiError, Checked, Missing, Wire
from offhook.web.forms import parse_form
from offhook.web.params import LARGEST_PAGE, Binder, binder_of, declared, page_request, wire_name


def shout(text, name):
    if not text.isalpha():
        raise ApiError(20001, f"{name} has letters only")
    return text.upper()


Loud = Annotated[str, Checked(shout)]
Event = Literal["initiated", "Ringing"]


async def everything(
    service,
    call,
    *,
    page: PageRequest,
    to: Annotated[str, Missing(21604, "A 'To' phone number is required.")],
    from_: str,
    media_url: list[str] = [],  # noqa: B006
    count: int = 1,
    share: float = 0.5,
    loud: Loud | None = None,
    louder: Annotated[str | None, Checked(shout)] = None,
    all_loud: list[Loud] = [],  # noqa: B006
    numbers: list[int] | None = None,
    events: list[Event] = [],  # noqa: B006
    event: Event = "initiated",
    smart_encoded: Optional[bool] = None,  # noqa: UP045 - another spelling of the same
    before: Annotated[str | None, Wire("DateSent<")] = None,
):
    return None


BINDER = Binder(everything)


def bind(text, **required):
    form = parse_form(text.encode())
    return BINDER.bind({"To": ["t"], "From": ["f"], **form})


def refused(text):
    with pytest.raises(ApiError) as caught:
        bind(text)
    return caught.value


@pytest.mark.parametrize(
    ("argument", "name"),
    [("to", "To"), ("from_", "From"), ("status_callback", "StatusCallback"), ("media_url", "MediaUrl"), ("a_b_", "AB")],
)
def test_names_on_the_wire_follow_from_the_arguments(argument, name):
    assert wire_name(argument) == name


def test_what_was_left_out_is_left_to_the_functions_defaults():
    assert bind("") == {"to": "t", "from_": "f", "page": PageRequest()}


@pytest.mark.parametrize(
    ("text", "argument", "value"),
    [
        ("MediaUrl=a&MediaUrl=&MediaUrl=b", "media_url", ["a", "", "b"]),
        ("Count=7", "count", 7),
        ("Count=-7", "count", -7),
        ("Count=007", "count", 7),
        ("Share=2", "share", 2.0),
        ("Share=-0.25", "share", -0.25),
        ("Share=.5", "share", 0.5),
        ("Loud=abc", "loud", "ABC"),
        ("Louder=abc", "louder", "ABC"),
        ("AllLoud=a&AllLoud=b", "all_loud", ["A", "B"]),
        ("Numbers=1&Numbers=2", "numbers", [1, 2]),
        ("Events=INITIATED&Events=ringing", "events", ["initiated", "Ringing"]),
        ("Event=rInGiNg", "event", "Ringing"),
        ("SmartEncoded=true", "smart_encoded", True),
        ("SmartEncoded=False", "smart_encoded", False),
        ("SmartEncoded=1", "smart_encoded", True),
        ("DateSent<=2026-01-31", "before", "2026-01-31"),
        ("DateSent%3C=2026-01-31", "before", "2026-01-31"),
        ("From=+1", "from_", " 1"),
        ("From=%2B1", "from_", "+1"),
        ("Count=1&Count=2", "count", 2),
        ("To=a&To=b", "to", "b"),
    ],
)
def test_text_becomes_what_the_annotation_says(text, argument, value):
    bound = bind(text)[argument]
    assert (bound, type(bound)) == (value, type(value))


@pytest.mark.parametrize(
    "text",
    [
        *("Count=", "Count=1.5", "Count=one", "Count=1_000", "Count=%EF%BC%91", "Count=+5", "Count=" + "9" * 19),
        *("Count=" + "9" * 5000, "Count=0x10", "Count=%2B5", "Numbers=1&Numbers=x"),
        *("Share=nan", "Share=inf", "Share=-Infinity", "Share=1e999", "Share=1_0", "Share=", "Share=."),
        *("SmartEncoded=yes", "SmartEncoded=", "Event=", "Event=answered", "Events=ringing&Events=answered"),
        *("Loud=a1", "Louder=a1", "AllLoud=a&AllLoud=1"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(text):
    problem = refused(text)
    assert (problem.code, problem.status) == (20001, 400)
    assert text.split("=")[0] in problem.message


def test_a_choice_that_is_none_is_told_the_choices():
    assert refused("Event=x").message == "Invalid parameter 'Event': 'x' is none of initiated, Ringing"


@pytest.mark.parametrize("form", [{}, {"To": [""]}, {"To": ["t", ""]}])
def test_a_required_parameter_that_is_missing_or_empty_has_its_own_error(form):
    with pytest.raises(ApiError) as caught:
        BINDER.bind(form)
    assert (caught.value.code, caught.value.message) == (21604, "A 'To' phone number is required.")


def test_a_required_parameter_without_error_of_its_own_has_a_general_one():
    with pytest.raises(ApiError) as caught:
        BINDER.bind({"To": ["t"]})
    assert (caught.value.code, caught.value.message) == (20001, "A 'From' parameter is required.")


def test_unknown_names_are_told():
    form = parse_form(b"To=a&to=b&Colour=c&AccountSid=d&PageSize=5&=e&Body%20=f")
    assert BINDER.unknown(form) == ["to", "Colour", "", "Body "]


def test_paging_is_unknown_to_what_has_no_pages():
    async def plain(service, call, *, to: str):
        return None

    assert Binder(plain).unknown(parse_form(b"To=a&PageSize=5&Page=0&PageToken=x")) == ["PageSize", "Page", "PageToken"]


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("", PageRequest(50, 0)),
        ("PageSize=1&Page=3", PageRequest(1, 3)),
        ("PageSize=1000", PageRequest(1000)),
        ("PageSize=1001", PageRequest(1000)),
        ("PageSize=999999999999999999", PageRequest(1000)),
        ("PageToken=PA1f&Page=1", PageRequest(50, 1, after=31)),
        ("PageToken=PB1f", PageRequest(50, 0, before=31)),
        ("PageToken=", PageRequest(50, 0)),
        (f"Page={LARGEST_PAGE}", PageRequest(50, LARGEST_PAGE)),
    ],
)
def test_pages_are_asked_for_within_bounds(text, request_):
    assert page_request(parse_form(text.encode())) == request_


@pytest.mark.parametrize(
    "text",
    [
        *("PageSize=0", "PageSize=-1", "PageSize=x", "PageSize=", "Page=-1", "Page=1.5", f"Page={LARGEST_PAGE + 1}"),
        *("Page=" + "9" * 30, "PageToken=x", "PageToken=PA", "PageToken=PC1", "PageToken=PA" + "f" * 16),
    ],
)
def test_a_page_that_cannot_be_is_refused(text):
    with pytest.raises(ApiError) as caught:
        page_request(parse_form(text.encode()))
    assert caught.value.code == 20001
    assert text.split("=")[0] in caught.value.message


def test_a_declaration_that_cannot_work_fails_at_the_start():
    async def two_types(service, call, *, size: int | str):
        return None

    async def no_such_type(service, call, *, size: dict):
        return None

    for function in (two_types, no_such_type):
        with pytest.raises(TypeError):
            declared(function)


def test_a_signature_is_read_once_also_where_a_function_is_wrapped_anew():
    async def plain(service, call, sid, *, to: str = ""): ...

    def wrapped():
        @wraps(plain)
        async def audited(service, call, *values, **arguments): ...

        return audited

    assert binder_of(wrapped()) is binder_of(wrapped()) is binder_of(plain)
    assert binder_of(plain).positional == ("service", "call", "sid")
    assert [parameter.name for parameter in binder_of(plain).parameters] == ["To"]
