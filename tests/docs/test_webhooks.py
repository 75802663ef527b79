"""docs/reference/webhooks.md lists every parameter of a webhook and of a status callback, and no other."""

from tests.docs.markdown_pages import first_codes, read, sections

from offhook.products.messaging.message import REPORTED, Message, Status
from offhook.products.messaging.sending import callback_parameters
from offhook.products.messaging.webhook import webhook_parameters

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
    sent = {name for name, _ in webhook_parameters(MESSAGE)}
    assert set(first_codes(PAGE["A text came in"])) == sent


def test_every_parameter_of_a_status_callback_is_documented_and_nothing_else():
    documented = set(first_codes(PAGE["Status callbacks"]))
    assert documented == {name for status in REPORTED for name in names_told(status)}


def test_every_reported_status_is_named():
    told = PAGE["Status callbacks"].partition("\n| ")[0]
    assert all(f"`{status}`" in told for status in REPORTED)


def names_told(status: Status) -> set[str]:
    """The parameters' names for a status with an error number."""
    return {name for name, _ in callback_parameters(MESSAGE, status, 30008, 0)}
