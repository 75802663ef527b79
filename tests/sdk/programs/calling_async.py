"""The same as calling.py, shorter, with the asynchronous methods of twilio-python 8 and 9."""

import asyncio
import json
import sys

import twilio
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

phone, number = sys.argv[1:]


async def refused(work):
    """How the SDK says that the API refused: status and code."""
    try:
        await work
    except TwilioRestException as problem:
        return [problem.status, problem.code]
    return "it was accepted"


async def call(http):
    client = Client(http_client=http)
    saw = {"version": twilio.__version__}
    bought = await client.incoming_phone_numbers.create_async(phone_number=number)
    texts = (client.messages.create_async(to=phone, from_=number, body=f"Text {n}") for n in range(5))
    sent = await asyncio.gather(*texts)
    saw["created"] = sorted(message.body for message in sent)
    first = client.messages(sent[0].sid)
    saw["fetched"] = (await first.fetch_async()).body
    saw["listed"] = sorted(m.body for m in await client.messages.list_async(to=phone, page_size=2))
    saw["streamed"] = len([m async for m in await client.messages.stream_async(to=phone, limit=3, page_size=2)])
    while (await first.fetch_async()).status != "delivered":  # only what has arrived may be redacted
        await asyncio.sleep(0.05)
    saw["redacted"] = (await first.update_async(body="")).body
    saw["deleted"] = [await first.delete_async(), await refused(first.fetch_async())]
    saw["no such number"] = await refused(client.messages.create_async(to="+1", from_=number, body="Hello"))
    key = await client.new_keys.create_async(friendly_name="A key")
    with_key = Client(key.sid, key.secret, client.account_sid, http_client=http)
    saw["with a key"] = (await with_key.messages(sent[1].sid).fetch_async()).body == sent[1].body
    saw["not there"] = await refused(client.pricing.v1.voice.countries("US").fetch_async())
    saw["released"] = await client.incoming_phone_numbers(bought.sid).delete_async()
    return saw


async def main():
    async with AsyncTwilioHttpClient() as http:
        print(json.dumps(await call(http)))


asyncio.run(main())
