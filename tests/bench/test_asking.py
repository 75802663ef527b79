"""The load client: it asks for everything once, counts refusals, and charges a slow server for all it kept waiting."""

import asyncio
import json

import pytest

from bench import requests
from bench.asking import ask_as_fast_as_answered, ask_at_a_pace

CREATED, REFUSED = "201 Created", "429 Too Many Requests"


class Server:
    """Answers as it is told, and remembers the bodies it was sent."""

    def __init__(self, status=CREATED, stands_still=0.0):
        self.status, self.stands_still, self.bodies = status, stands_still, []
        self.connections, self.open = 0, 0

    async def answer(self, reader, writer):
        self.connections += 1
        self.open += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.bodies.append(await reader.readexactly(size))
                number = len(self.bodies)
                pause, self.stands_still = self.stands_still, 0.0
                await asyncio.sleep(pause)
                answer = json.dumps({"sid": f"SM{number}"}).encode()
                writer.write(f"HTTP/1.1 {self.status}\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer)
        except asyncio.IncompleteReadError:
            writer.close()
        finally:
            self.open -= 1


def asked(server, ask, many):
    async def scenario():
        listening = await asyncio.start_server(server.answer, "127.0.0.1", 0)
        async with listening:
            port = listening.sockets[0].getsockname()[1]
            answers = await ask(port, requests.texts(port, "AC1", "secret", many=many))
            while server.open:
                await asyncio.sleep(0.001)
            return answers

    return asyncio.run(scenario())


def test_every_request_is_made_once_whatever_the_number_of_connections():
    server = Server()
    answers = asked(server, lambda port, texts: ask_as_fast_as_answered(port, texts, 7), 50)
    assert len(set(server.bodies)) == len(server.bodies) == 50
    assert server.connections == 7
    assert {json.loads(body)["sid"] for body in answers.bodies} == {f"SM{n}" for n in range(1, 51)}
    assert answers.rate == pytest.approx(50 / answers.seconds)


def test_refusals_are_kept_apart():
    answers = asked(Server(REFUSED), lambda port, texts: ask_as_fast_as_answered(port, texts, 2), 4)
    assert answers.bodies == []
    assert [status for status, _ in answers.refused] == [429] * 4


def test_no_more_is_asked_for_than_there_is_room_for():
    server, seen = Server(), []

    def room(at):
        seen.append(at - len(server.bodies))
        return at - len(server.bodies) < 3

    asked(server, lambda port, texts: ask_as_fast_as_answered(port, texts, 8, room), 30)
    assert len(server.bodies) == 30
    assert any(ahead >= 3 for ahead in seen)


def test_at_a_pace_a_server_that_stands_still_pays_for_all_it_kept_waiting():
    server = Server(stands_still=0.3)
    answers = asked(server, lambda port, texts: ask_at_a_pace(port, texts, 200, connections=1), 40)
    assert len(answers.bodies) == 40
    assert sum(latency > 0.1 for latency in answers.latencies) > 20


def test_a_server_that_hangs_up_is_an_error():
    async def hang_up(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = Server()
    server.answer = hang_up
    with pytest.raises(ConnectionResetError):
        asked(server, lambda port, texts: ask_as_fast_as_answered(port, texts, 1), 2)
