import json
import subprocess
import sys
import time

import pytest
from twilio.rest import Client

from offhook.interception.patching import NotRunningError, patch

URL = "http://127.0.0.1:4665"
SID = "AC" + "a" * 32


def client(**rest) -> Client:
    return Client(SID, "token", **rest)


@pytest.mark.parametrize(
    ("product", "base_url"),
    [("api", URL), ("messaging", f"{URL}/messaging"), ("verify", f"{URL}/verify"), ("flex_api", f"{URL}/flex_api")],
)
def test_every_product_gets_its_place_on_the_origin(product, base_url):
    assert getattr(patch(client(), URL + "/"), product).base_url == base_url


def test_a_product_that_was_used_before_is_pointed_too():
    used = client()
    assert used.lookups.base_url == "https://lookups.twilio.com"
    assert patch(used, URL).lookups.base_url == f"{URL}/lookups"


def test_it_is_the_same_client_still():
    before = client()
    after = patch(before, URL)
    assert after is before
    assert isinstance(after, Client)
    assert (after.username, type(after).__name__) == (SID, "Client")


def test_edge_and_region_are_cleared():
    patched = patch(client(edge="dublin", region="ie1"), URL)
    assert patched.get_hostname(f"{URL}/x") == f"{URL}/x"


def test_patching_again_points_elsewhere():
    assert patch(patch(client(), URL), "http://other:1").api.base_url == "http://other:1"


def test_another_client_is_not_touched():
    patch(client(), URL)
    assert client().api.base_url == "https://api.twilio.com"


def test_a_message_is_created_and_fetched_at_the_origin(house):
    patched = patch(client(), house.connection.url)
    message = patched.messages.create(to="+19732644152", from_="+12023358536", body="hi")
    assert message.fetch().sid == message.sid
    assert [(request.scheme, request.method) for request in house.requests] == [("http", "POST"), ("http", "GET")]
    assert house.requests[0].target == f"/2010-04-01/Accounts/{SID}/Messages.json"


def test_the_environment_names_the_origin(monkeypatch):
    monkeypatch.setenv("OFFHOOK_URL", "http://127.0.0.1:5")
    assert patch(client()).api.base_url == "http://127.0.0.1:5"


def test_without_it_the_running_one_of_this_folder_is_taken(monkeypatch, tmp_path):
    monkeypatch.delenv("OFFHOOK_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".offhook").mkdir()
    (tmp_path / ".offhook" / "connection.json").write_text(json.dumps({"url": "http://127.0.0.1:6"}))
    assert patch(client()).api.base_url == "http://127.0.0.1:6"


@pytest.mark.parametrize("content", [None, "{", "{}", "[]"])
def test_when_none_is_running_the_error_says_what_to_do(monkeypatch, tmp_path, content):
    monkeypatch.delenv("OFFHOOK_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / ".offhook").mkdir()
        (tmp_path / ".offhook" / "connection.json").write_text(content)
    with pytest.raises(NotRunningError, match="offhook up"):
        patch(client())


def test_what_is_no_client_is_refused():
    with pytest.raises(TypeError, match="not a twilio-python"):
        patch(Exception(), URL)  # type: ignore[type-var]


def test_patching_imports_neither_twilio_nor_anything_heavy_and_makes_no_domain():
    code = "import sys, offhook.interception.patching; print('twilio' in sys.modules, 'cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
    fresh = client()
    started = time.perf_counter()
    patch(fresh, URL)
    assert time.perf_counter() - started < 0.05
    assert fresh._wireless is None
