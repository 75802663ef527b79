"""Apps that ask for a Digest: a real server that verifies it, which curl has proved right."""

import pytest

from offhook.webhooks import WebhookError
from tests.digest_server import FUNCTIONS, PASSWORD, DigestServer, Doorkeeper

USERINFO = "us%20er:p%22%C3%A4%3Ass"


def url(server, userinfo=USERINFO, path="/sms?a=b%20c&it's#rc=0"):
    return f"http://{userinfo}@{server.authority}{path}"


@pytest.mark.parametrize("algorithm", FUNCTIONS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_app_is_told_who_asks(run, algorithm, method):
    doorkeeper = Doorkeeper(algorithms=(algorithm,))

    async def scenario(house):
        with DigestServer(doorkeeper) as server:
            response = await house.asker.ask(house.question(url(server), method=method))
        assert (response.status, response.body) == (200, b"in")
        asked, answered = await house.exchanges()
        assert [(each.status, each.error) for each in (asked, answered)] == [(401, None), (200, None)]
        assert ("Authorization", "Digest [redacted]") in answered.request_headers
        assert doorkeeper.let_in[0]["response"] not in repr((asked, answered))

    run(scenario)
    (fields,) = doorkeeper.let_in
    assert (fields["username"], fields["algorithm"]) == ("us er", algorithm)
    assert doorkeeper.bodies == [b"" if method == "GET" else b"Body=hi+there&From=%2B1"]
    assert doorkeeper.seen[0] is None


@pytest.mark.parametrize("together", [True, False])
def test_the_password_is_not_sent_where_a_proof_will_do(run, together):
    doorkeeper = Doorkeeper(algorithms=("MD5", "SHA-256"), basic=True, together=together)

    async def scenario(house):
        with DigestServer(doorkeeper) as server:
            assert (await house.asker.ask(house.question(url(server)))).body == b"in"

    run(scenario)
    assert doorkeeper.let_in[0]["algorithm"] == "SHA-256"


def test_an_app_of_before_qop_is_answered(run):
    doorkeeper = Doorkeeper(algorithms=("MD5",), qop=None)

    async def scenario(house):
        with DigestServer(doorkeeper) as server:
            assert (await house.asker.ask(house.question(url(server)))).body == b"in"

    run(scenario)
    assert "cnonce" not in doorkeeper.let_in[0]


def test_a_name_that_cannot_be_quoted_gets_in(run):
    doorkeeper = Doorkeeper(username="Jäsøn")

    async def scenario(house):
        with DigestServer(doorkeeper) as server:
            asked = house.question(url(server, f"J%C3%A4s%C3%B8n:{USERINFO.partition(':')[2]}"))
            assert (await house.asker.ask(asked)).body == b"in"

    run(scenario)
    assert doorkeeper.let_in[0]["username*"] == "UTF-8''J%C3%A4s%C3%B8n"


@pytest.mark.parametrize(("stale", "requests", "gets_in"), [(0, 2, True), (1, 3, True), (2, 3, False), (99, 3, False)])
def test_a_stale_nonce_is_worth_one_more_try(run, stale, requests, gets_in):
    doorkeeper = Doorkeeper(stale=stale)

    async def scenario(house):
        with DigestServer(doorkeeper) as server:
            if gets_in:
                assert (await house.asker.ask(house.question(url(server)))).body == b"in"
            else:
                with pytest.raises(WebhookError) as caught:
                    await house.asker.ask(house.question(url(server)))
                assert (caught.value.code, caught.value.response.status) == (11200, 401)
        *before, last = await house.exchanges()
        assert [each.error_code for each in before] == [None] * (requests - 1)
        assert last.error_code == (None if gets_in else 11200)

    run(scenario)
    assert len(doorkeeper.seen) == requests


def test_a_wrong_password_is_tried_once(run):
    doorkeeper = Doorkeeper(basic=True)

    async def scenario(house):
        with DigestServer(doorkeeper) as server:
            with pytest.raises(WebhookError) as caught:
                await house.asker.ask(house.question(url(server, "us%20er:wrong")))
            assert PASSWORD not in str(caught.value)
            assert caught.value.code == 11200

    run(scenario)
    assert doorkeeper.let_in == []
    assert len(doorkeeper.seen) == 2
    assert not any((authorization or "").startswith("Basic") for authorization in doorkeeper.seen)
