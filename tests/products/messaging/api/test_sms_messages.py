"""SMS/Messages, where clients of long ago send and list texts."""

from tests.products.messaging.talking import OURS, PERSON, came
from tests.products.monitor.streams import api_of


def test_a_text_is_sent_fetched_and_listed(offhook):
    api = api_of(offhook)
    path = api.in_account("SMS/Messages")
    sent = api.post(path, To=PERSON, From=OURS, Body="hi")
    assert (sent["status"], sent["direction"], sent["from"]) == ("queued", "outbound-api", OURS)
    assert sent["uri"] == path.removesuffix(".json") + f"/{sent['sid']}.json"
    assert "num_media" not in sent
    assert came(offhook) == ["hi"]
    assert api.get(sent["uri"])["status"] == "delivered"
    assert [one["sid"] for one in api.get(path, To=PERSON)["sms_messages"]] == [sent["sid"]]
    assert offhook.client().messages(sent["sid"]).fetch().body == "hi"
