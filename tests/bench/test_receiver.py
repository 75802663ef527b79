"""The app that is told: it takes what is signed as Twilio signs, and says who was told what."""

import asyncio
import json
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from bench.asking import Connection
from bench.receiver import PATH, is_signed
from bench.receiving import Receiving

TOKEN = "0123456789abcdef0123456789abcdef"


def callback(url, sid, status, token=TOKEN):
    parameters = {"MessageSid": sid, "MessageStatus": status, "To": "+19732640001", "Body": "a b&c"}
    body = urlencode(parameters)
    signature = RequestValidator(token).compute_signature(url, parameters)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nX-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


def told(callbacks, accepted):
    """What a receiver's process counted, and what it finds wrong, after these callbacks."""

    async def scenario():
        async with Receiving(TOKEN) as receiving:
            connection = await Connection.open(int(receiving.url.split(":")[2].partition("/")[0]))
            for sid, status, token in callbacks:
                status_code, _ = await connection.ask(callback(receiving.url, sid, status, token))
                assert status_code == 204
            connection.close()
            return receiving.count, await receiving.problems([json.dumps({"sid": sid}).encode() for sid in accepted])

    return asyncio.run(scenario())


def test_messages_that_were_sent_and_delivered_are_all_right():
    callbacks = [(sid, status, TOKEN) for sid in ("SM1", "SM2") for status in ("sent", "delivered")]
    assert told(callbacks, ["SM1", "SM2"]) == (4, [])


def test_what_is_missing_twice_or_in_the_wrong_order_is_a_problem():
    callbacks = [("SM1", "sent", TOKEN), ("SM2", "delivered", TOKEN), ("SM2", "sent", TOKEN)]
    count, problems = told(callbacks, ["SM1", "SM2", "SM3"])
    assert count == 3
    assert len(problems) == 1
    assert problems[0].startswith("3 messages were not told")


def test_a_wrong_signature_counts_for_nothing():
    count, problems = told([("SM1", "sent", "another token")], [])
    assert count == 0
    assert problems == ["1 callbacks were not signed right"]


def test_a_message_that_nobody_sent_is_a_problem():
    assert told([("SM9", "sent", TOKEN)], [])[1] == ["1 messages were told that nobody sent"]


def test_it_agrees_with_twilios_own_library():
    parameters = {"To": "+1973", "Body": "ünï & 1=2", "A": ""}
    signature = RequestValidator(TOKEN).compute_signature("http://127.0.0.1/x?a=b", parameters)
    assert is_signed(TOKEN, "http://127.0.0.1/x?a=b", list(parameters.items()), signature)
    assert not is_signed(TOKEN, "http://127.0.0.1/x?a=c", list(parameters.items()), signature)
