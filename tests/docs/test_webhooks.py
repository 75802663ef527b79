"""docs/reference/webhooks.md lists every parameter of a webhook and of a status callback, and no other."""

from offhook.products.messaging.media import MediaFile
from offhook.products.messaging.message import REPORTED, Message, Status
from offhook.products.messaging.sending import callback_parameters
from offhook.products.messaging.webhook import action_parameters, webhook_parameters
from offhook.web.origin import Origin
from tests.docs.markdown_pages import first_codes, read, sections

PAGE = sections(read("docs/reference/webhooks.md"), 2)
MESSAGE = Message(
    seq=1,
    sid="SM" + "0" * 32,
    account_sid="AC" + "0" * 32,
    direction="inbound",
    from_="+19732644152",
    to="+12023358536",
    body="Hello",
    status="received",
    num_segments=1,
    date_created=0,
    date_updated=0,
)


def test_every_parameter_of_a_text_s_webhook_is_documented_and_nothing_else():
    file = MediaFile(1, "ME" + "0" * 32, MESSAGE.account_sid, MESSAGE.sid, "image/png", "0" * 64, 1, 0, 0)
    sent = {name for name, _ in webhook_parameters(MESSAGE, [file], Origin("http://127.0.0.1:4665"))}
    assert set(first_codes(PAGE["A text came in"])) == sent


def test_what_an_action_is_told_instead_is_documented_and_nothing_else():
    told = set(first_codes(sections(PAGE["The answer"], 3)["action"]))
    before = dict(webhook_parameters(MESSAGE, [], Origin()))
    after = dict(action_parameters(tuple(before.items()), "SM" + "1" * 32))
    assert told == {name for name, value in after.items() if before.get(name) != value}
    assert set(before) <= set(after)


def test_every_parameter_of_a_status_callback_is_documented_and_nothing_else():
    documented = set(first_codes(PAGE["Status callbacks"]))
    assert documented == {name for status in REPORTED for name in names_told(status)}


def test_every_reported_status_is_named():
    told = PAGE["Status callbacks"].partition("\n| ")[0]
    assert all(f"`{status}`" in told for status in REPORTED)


def names_told(status: Status) -> set[str]:
    """The parameters' names for a status with an error number."""
    return {name for name, _ in callback_parameters(MESSAGE, status, 30008, 0)}
