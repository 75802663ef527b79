"""Finding one exchange among many: every filter by itself, and together."""

import pytest

from offhook.testing import RefusedError
from tests.products.monitor.streams import api_of

OURS, PERSON = "+12023358536", "+19732644152"
EXCHANGES = "/offhook/v1/Exchanges"


@pytest.fixture
def find(offhook, app, closed_port):
    """Searches what was said: two calls, one refused; a document; a callback that failed, one that nobody took."""
    offhook.number(OURS, sms_url=app.says("/sms", "<Response><Message>100% Grüße_x</Message></Response>"))
    client = offhook.client()
    client.messages.create(to=PERSON, from_=OURS, body="one", status_callback=app.says("/status", status=503))
    offhook.clock.advance(days=1)
    client.messages.create(to=PERSON, from_=OURS, body="two", status_callback=f"http://127.0.0.1:{closed_port}/gone")
    api = api_of(offhook)
    with pytest.raises(RefusedError):
        api.post(api.in_account("Messages"), To=PERSON, From=OURS)
    offhook.handset(PERSON).text(OURS, "hello")
    offhook.clock.advance(days=1)

    def find(**filters):
        found = api.pages(EXCHANGES, "exchanges", **filters)
        return [one for one in found if "/offhook/" not in one["url"]]

    return find


def paths(found):
    return {one["url"].rpartition("/")[2] for one in found}


def test_by_status_and_class_of_status(find):
    assert paths(find(Status="503")) == {"status"}
    assert paths(find(Status="5xx")) == {"status"}
    assert {one["error_code"] for one in find(Status="4XX")} == {21602}
    assert {one["status"] for one in find(Status="2xx")} == {200, 201}
    assert find(Status="404") == []


def test_what_failed_and_what_did_not(find):
    failed = find(Failed="true")
    assert paths(failed) == {"status", "gone", "Messages.json"}
    assert {one["status"] for one in failed} == {503, None, 400}
    fine = find(Failed="false")
    assert {one["status"] for one in fine} == {200, 201}
    assert len(failed) + len(fine) == len(find())


def test_by_a_part_of_the_url(find):
    assert paths(find(Url="/STATUS")) == {"status"}
    assert paths(find(Url="127.0.0.1", Kind="document")) == {"sms"}
    assert find(Url="%sms") == []
    assert find(Url="s_s") == []


def test_by_what_stands_in_either_body(find):
    assert paths(find(Search="100% grüße_X")) == {"sms"}
    assert find(Search="100x grüße") == []
    [refused] = find(Search="message BODY is required")
    assert refused["status"] == 400
    assert paths(find(Search="MessageStatus=delivered")) == {"status", "gone"}


def test_by_method_direction_and_kind(find):
    assert {one["method"] for one in find(Method="get")} == {"GET"}
    assert {(one["direction"], one["kind"]) for one in find(Direction="out", Kind="callback")} == {("out", "callback")}
    assert paths(find(Direction="out", Failed="false")) == {"sms"}


def test_by_date(offhook, find):
    today = offhook.clock.now().date()
    days = {one["date_created"][:10] for one in find()}
    assert len(days) == 2
    first, second = sorted(days)
    assert {one["date_created"][:10] for one in find(DateCreated=second)} == {second}
    assert {one["date_created"][:10] for one in find(**{"DateCreated<": first})} == {first}
    assert {one["date_created"][:10] for one in find(**{"DateCreated>": second})} == {second}
    assert find(DateCreated=str(today)) == []


def test_by_account_for_the_first_account_only(offhook):
    token = "0123456789abcdef" * 2
    mine, theirs = api_of(offhook, "AC" + "5" * 32, token), api_of(offhook, "AC" + "6" * 32, token)
    for api in (mine, theirs):
        api.get(api.in_account("Messages"))
    offhook.clock.settle()
    found = api_of(offhook).get(EXCHANGES, AccountSid=mine.account_sid)["exchanges"]
    assert {one["account_sid"] for one in found} == {mine.account_sid}
    found = theirs.get(EXCHANGES, AccountSid=mine.account_sid)["exchanges"]
    assert {one["account_sid"] for one in found} == {theirs.account_sid}


@pytest.mark.parametrize(
    "form", [{"Status": "6xx"}, {"Status": "40"}, {"Status": "ok"}, {"Failed": "maybe"}, {"DateCreated": "today"}]
)
def test_a_filter_that_makes_no_sense_is_refused(offhook, form):
    with pytest.raises(RefusedError) as caught:
        api_of(offhook).get(EXCHANGES, **form)
    assert caught.value.code == 20001
