"""What a resource declares."""

import pytest

from offhook.web import API_2010, Resource
from offhook.web.resource import singular
from tests.sample_api import Jar, PageRequest, pictures, plans, rack, shelf


async def _anything(service, call):
    return None


def test_an_operation_is_named_as_documentation_names_it():
    names = [operation.name for operation in [*shelf.bind(None), *rack.bind(None)]]
    assert names == [
        "POST /2010-04-01/Accounts/{account_sid}/Jars.json",
        "GET /2010-04-01/Accounts/{account_sid}/Jars/{sid}.json",
        "GET /2010-04-01/Accounts/{account_sid}/Jars.json",
        "DELETE /2010-04-01/Accounts/{account_sid}/Jars/{sid}.json",
        "GET /v1/Racks/{rack}/Jars",
    ]


def test_a_file_is_named_without_extension():
    names = {operation.verb: operation.name for operation in pictures.bind(None)}
    assert names["content"] == "GET /2010-04-01/Accounts/{account_sid}/Pictures/{sid}"
    assert names["fetch"] == f"{names['content']}.json"


def test_only_a_file_can_be_public():
    assert [(operation.verb, operation.public) for operation in pictures.bind(None)] == [
        ("fetch", False),
        ("content", True),
    ]
    assert [operation.public for operation in plans.bind(None)] == [False]


def test_what_is_shown_is_read_off_the_view():
    assert list(shelf.fields) == ["sid", "label", "date_created", "uri"]
    assert list(Resource("api", "/x", API_2010, str).fields) == []


@pytest.mark.parametrize(
    ("path", "key", "element"),
    [
        ("/2010-04-01/Accounts/{account_sid}/Messages", "messages", "Message"),
        ("/2010-04-01/Accounts/{account_sid}/OutgoingCallerIds", "outgoing_caller_ids", "OutgoingCallerId"),
        ("/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers", "countries", "Country"),
        ("/2010-04-01/Accounts/{account_sid}/Messages/{message_sid}/Media", "media_list", "Media"),
        ("/2010-04-01/Accounts/{account_sid}/Messages/{sid}/Feedback", "", "Feedback"),
        ("/2010-04-01/Accounts/{account_sid}/Balance", "balance", "Balance"),
    ],
)
def test_one_thing_has_the_name_of_its_list_in_the_singular(path, key, element):
    assert Resource("api", path, API_2010, str, key=key).element == element


@pytest.mark.parametrize(
    ("several", "one"),
    [("Addresses", "Address"), ("Mailboxes", "Mailbox"), ("Queues", "Queue"), ("Address", "Address"), ("SIP", "SIP")],
)
def test_plurals(several, one):
    assert singular(several) == one


def test_a_status_of_its_own_wins_over_the_verbs():
    resource = Resource("api", "/x", API_2010, str, key="x", statuses={"create": 200})
    resource.create(_anything)
    resource.update(_anything)
    assert {operation.verb: operation.status for operation in resource.bind(None)} == {"create": 200, "update": 200}


def test_a_verb_is_declared_once_and_a_list_has_a_key():
    resource = Resource("api", "/x", API_2010, str)
    resource.fetch(_anything)
    with pytest.raises(ValueError, match="declared twice: fetch of /x"):
        resource.fetch(_anything)
    with pytest.raises(ValueError, match="needs a key"):
        resource.list(_anything)


def test_the_decorated_function_stays_a_plain_function():
    assert shelf.functions["list"].__name__ == "list_"
    assert shelf.functions["list"].__kwdefaults__ == {"label": None}
    assert shelf.functions["list"].__annotations__["page"] is PageRequest
    assert Jar.__struct_fields__ == ("seq", "sid", "account_sid", "label")
