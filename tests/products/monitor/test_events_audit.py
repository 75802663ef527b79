"""Who changed what, by Twilio's Monitor Events, with the official SDK."""

from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.products.monitor.streams import api_of

OURS, PERSON = "+12023358536", "+19732644152"


def told(events, **filters):
    return [(event.event_type, event.resource_sid) for event in events.list(**filters)]


def test_every_documented_field_is_there_on_either_database(either):
    offhook, _ = either
    client = offhook.client()
    number = client.incoming_phone_numbers.create(phone_number=OURS, sms_url="http://u:p@a.example/sms?token=x")
    [event] = client.monitor.v1.events.list()
    fetched = client.monitor.v1.events(event.sid).fetch()
    for shown in (event, fetched):
        assert shown.sid.startswith("AE")
        assert (shown.event_type, shown.resource_type) == ("phone-number.created", "phone-number")
        assert (shown.resource_sid, shown.account_sid) == (number.sid, offhook.account_sid)
        assert (shown.actor_sid, shown.actor_type, shown.source) == (offhook.account_sid, "account", "api")
        assert shown.source_ip_address == "127.0.0.1"
        assert shown.event_date.microsecond == 0
        assert shown.url == f"{offhook.url}/monitor/v1/Events/{shown.sid}"
        own = f"{offhook.url}/2010-04-01/Accounts/{offhook.account_sid}"
        assert shown.links == {"actor": own, "resource": f"{own}/IncomingPhoneNumbers/{number.sid}"}
    properties = fetched.event_data["resource_properties"]
    assert properties["phone_number"] == {"previous": None, "updated": OURS}
    assert properties["sms_url"]["updated"] == "http://[redacted]@a.example/sms?token=[redacted]"
    raw = api_of(offhook).get(f"/monitor/v1/Events/{event.sid}")
    assert set(raw) == {name for name in vars(event) if not name.startswith("_")}


def test_a_change_says_what_was_and_what_is(offhook):
    client = offhook.client()
    number = client.incoming_phone_numbers.create(phone_number=OURS, friendly_name="one")
    client.incoming_phone_numbers(number.sid).update(friendly_name="two")
    client.incoming_phone_numbers(number.sid).update(friendly_name="two")  # changes nothing
    client.incoming_phone_numbers(number.sid).delete()
    events = client.monitor.v1.events
    assert told(events) == [
        ("phone-number.deleted", number.sid),
        ("phone-number.updated", number.sid),
        ("phone-number.created", number.sid),
    ]
    changed = events.list()[1].event_data["resource_properties"]
    assert changed == {"friendly_name": {"previous": "one", "updated": "two"}}
    gone = events.list()[0].event_data["resource_properties"]
    assert gone["phone_number"] == {"previous": OURS, "updated": None}


def test_keys_tokens_and_accounts_are_audited_without_their_secrets(offhook):
    client = offhook.client()
    key = client.new_keys.create(friendly_name="k")
    client.keys(key.sid).delete()
    newer = client.iam.v1.new_api_key.create(account_sid=offhook.account_sid)
    account = client.api.accounts.create(friendly_name="sub")
    client.api.accounts(account.sid).update(status="suspended")
    second = client.accounts.v1.secondary_auth_token().create()
    events = client.monitor.v1.events
    assert told(events) == [
        ("auth-token.created", offhook.account_sid),
        ("account.updated", account.sid),
        ("account.created", account.sid),
        ("api-key.created", newer.sid),
        ("api-key.deleted", key.sid),
        ("api-key.created", key.sid),
    ]
    status = {"status": {"previous": "active", "updated": "suspended"}}
    assert events.list()[1].event_data["resource_properties"] == status
    raw = str(api_of(offhook).get("/monitor/v1/Events"))
    for secret in (key.secret, newer.secret, account.auth_token, second.secondary_auth_token):
        assert secret not in raw


def test_what_a_message_said_is_not_kept(offhook):
    client = offhook.client()
    sid = client.messages.create(to=PERSON, from_=OURS, body="very private").sid
    offhook.handset(PERSON).wait_for("very private")
    offhook.clock.settle()
    client.messages(sid).update(body="")
    client.messages(sid).delete()
    assert told(client.monitor.v1.events, resource_sid=sid) == [("message.deleted", sid), ("message.updated", sid)]
    assert "very private" not in str(api_of(offhook).get("/monitor/v1/Events"))


def test_what_was_refused_or_only_looked_at_is_no_event(offhook):
    client = offhook.client()
    with pytest.raises(TwilioRestException):
        client.incoming_phone_numbers.create(phone_number="+1")
    with pytest.raises(TwilioRestException):
        client.incoming_phone_numbers("PN" + "0" * 32).update(friendly_name="x")
    with pytest.raises(TwilioRestException):
        client.incoming_phone_numbers("PN" + "0" * 32).delete()
    client.incoming_phone_numbers.list()
    assert client.monitor.v1.events.list() == []


def test_filters(offhook):
    client = offhook.client()
    number = client.incoming_phone_numbers.create(phone_number=OURS)
    offhook.clock.advance(hours=5)
    application = client.applications.create(friendly_name="a")
    events = client.monitor.v1.events
    made = ("application.created", application.sid)
    bought = ("phone-number.created", number.sid)
    assert told(events, event_type="application.created") == [made]
    assert told(events, resource_sid=number.sid) == [bought]
    assert told(events, actor_sid=offhook.account_sid) == [made, bought]
    assert told(events, actor_sid="AC" + "0" * 32) == []
    assert told(events, source_ip_address="127.0.0.1") == [made, bought]
    assert told(events, source_ip_address="127.0.0.2") == []
    now = offhook.clock.now()
    assert told(events, start_date=now - timedelta(hours=1)) == [made]
    assert told(events, end_date=now - timedelta(hours=1)) == [bought]
    assert told(events, page_size=1) == [made, bought]


def test_a_parent_sees_what_it_did_and_a_stranger_nothing(offhook):
    client = offhook.client()
    account = client.api.accounts.create(friendly_name="sub")
    client.api.accounts(account.sid).incoming_phone_numbers.create(phone_number=OURS)
    own = offhook.client(account.sid, account.auth_token)
    [event] = own.monitor.v1.events.list()
    assert (event.event_type, event.account_sid, event.actor_sid) == (
        "phone-number.created",
        account.sid,
        offhook.account_sid,
    )
    assert [shown.sid for shown in client.monitor.v1.events.list(event_type="phone-number.created")] == [event.sid]
    stranger = offhook.client("AC" + "9" * 32, "token").monitor.v1.events
    assert stranger.list() == []
    with pytest.raises(TwilioRestException) as caught:
        stranger(event.sid).fetch()
    assert caught.value.code == 20404
