"""Answers that go on: they end when their chunks do, or when the client leaves, and never sooner or later."""

import asyncio

import pytest

from offhook.web import Stream, streaming


class Client:
    """The ASGI side of a client that leaves when it is told to."""

    def __init__(self) -> None:
        self.got: list[dict] = []
        self.leave = asyncio.Event()
        self.has_body = asyncio.Event()

    async def receive(self) -> dict:
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        self.got.append(message)
        if message.get("body"):
            self.has_body.set()


class Source:
    """Chunks, and whether anybody still takes them."""

    def __init__(self, *chunks: bytes, then=None) -> None:
        self.chunks, self.then, self.closed = chunks, then, False

    async def run(self):
        try:
            for chunk in self.chunks:
                yield chunk
            if self.then is not None:
                await self.then()
        finally:
            self.closed = True


def for_ever():
    return asyncio.Event().wait()


def test_chunks_go_out_one_by_one_and_the_answer_ends_with_them():
    async def scenario():
        client, source = Client(), Source(b"a", b"b")
        await Stream(source.run()).answer(client.receive, head_only=False).send(client.send)
        assert [message.get("body") for message in client.got] == [None, b"a", b"b", b""]
        assert [message.get("more_body") for message in client.got] == [None, True, True, None]
        headers = dict(client.got[0]["headers"])
        assert headers[b"content-type"] == b"text/event-stream; charset=utf-8"
        assert b"content-length" not in headers
        assert source.closed

    asyncio.run(scenario())


def test_a_client_that_leaves_ends_it():
    async def scenario():
        client, source = Client(), Source(b"a", then=for_ever)
        answering = asyncio.ensure_future(
            Stream(source.run()).answer(client.receive, head_only=False).send(client.send)
        )
        await asyncio.wait_for(client.has_body.wait(), 2)
        client.leave.set()
        await asyncio.wait_for(answering, 2)
        assert source.closed

    asyncio.run(scenario())


def test_a_server_that_cancels_it_leaves_nothing_behind():
    async def scenario():
        client, source = Client(), Source(b"a", then=for_ever)
        answering = asyncio.ensure_future(
            Stream(source.run()).answer(client.receive, head_only=False).send(client.send)
        )
        await asyncio.wait_for(client.has_body.wait(), 2)
        answering.cancel()
        with pytest.raises(asyncio.CancelledError):
            await answering
        assert source.closed
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(scenario())


def test_a_source_that_fails_is_not_hidden():
    async def scenario():
        async def fail():
            raise RuntimeError("the log is gone")

        client, source = Client(), Source(b"a", then=fail)
        with pytest.raises(RuntimeError, match="the log is gone"):
            await Stream(source.run()).answer(client.receive, head_only=False).send(client.send)

    asyncio.run(scenario())


def test_the_next_chunk_is_not_asked_for_before_the_last_one_is_taken():
    async def scenario():
        client, asked = Client(), []
        taken = asyncio.Event()

        async def chunks():
            for number in range(3):
                asked.append(number)
                yield b"x"

        async def send(message):
            if message.get("body"):
                await taken.wait()

        answering = asyncio.ensure_future(Stream(chunks()).answer(client.receive, head_only=False).send(send))
        for _ in range(10):
            await asyncio.sleep(0)
        assert asked == [0]
        taken.set()
        await asyncio.wait_for(answering, 2)
        assert asked == [0, 1, 2]

    asyncio.run(scenario())


def test_the_forms_of_server_sent_events():
    assert streaming.event(b'{"a":1}', id=7) == b'id: 7\ndata: {"a":1}\n\n'
    assert streaming.event(b"{}", id=7, type="reset") == b"event: reset\nid: 7\ndata: {}\n\n"
    assert streaming.keep_alive(7).startswith(b":")
    assert b"data" not in streaming.keep_alive(7)
    assert streaming.retry(1000) == b"retry: 1000\n\n"
