"""The door: an intermission when everybody is out, and nobody comes in meanwhile."""

import asyncio

import pytest

from offhook.roles.door import Door


async def visit(door: Door, path: str) -> list[str]:
    """What one request is answered: the status, then the body."""
    told: list[str] = []

    async def send(message):
        told.append(str(message["status"]) if "status" in message else message["body"].decode())

    async def receive():
        return {"type": "http.request", "body": b""}

    await door({"type": "http", "path": path}, receive, send)
    return told


class House:
    """An app whose `/ask` wants an intermission, in which `act` is called; `/slow` waits to be let go."""

    def __init__(self):
        self.acts: list[str] = []
        self.slow = asyncio.Event()
        self.status = 201
        self.door = Door(self.app)

    async def act(self):
        await self.door.empty(5)
        self.acts.append("done")
        self.door.app = self.app

    async def app(self, scope, receive, send):
        if scope["path"] == "/ask":
            await asyncio.sleep(0)  # another one may come in
            self.door.ask(self.act)
        if scope["path"] == "/slow":
            await self.slow.wait()
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": ",".join(self.acts).encode()})


def test_an_answer_goes_out_at_once_where_nothing_was_asked_for():
    async def scenario():
        house = House()
        assert await visit(house.door, "/") == ["201", ""]

    asyncio.run(scenario())


def test_the_answer_waits_for_what_was_asked_for_and_so_do_those_who_come_meanwhile():
    async def scenario():
        house = House()
        slow = asyncio.create_task(visit(house.door, "/slow"))
        await asyncio.sleep(0)
        asking = asyncio.create_task(visit(house.door, "/ask"))
        for _ in range(2):
            await asyncio.sleep(0)
        late = asyncio.create_task(visit(house.door, "/"))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not asking.done()
        assert not late.done()
        assert house.acts == []
        house.slow.set()
        assert await slow == ["201", ""]
        assert await asking == ["201", ""]
        assert await late == ["201", "done"]

    asyncio.run(scenario())


def test_two_who_ask_take_turns():
    async def scenario():
        house = House()
        both = await asyncio.gather(visit(house.door, "/ask"), visit(house.door, "/ask"))
        assert both == [["201", ""], ["201", ""]]
        assert house.acts == ["done", "done"]
        assert await visit(house.door, "/") == ["201", "done,done"]

    asyncio.run(scenario())


def test_nothing_is_done_for_an_answer_that_refuses():
    async def scenario():
        house = House()
        house.status = 404
        assert await visit(house.door, "/ask") == ["404", ""]
        assert house.acts == []
        assert (await visit(house.door, "/"))[0] == "404"

    asyncio.run(scenario())


def test_what_fails_is_said_and_the_door_opens_again():
    async def scenario():
        house = House()

        async def fail():
            raise OSError("no space")

        house.act = fail
        status, body = await visit(house.door, "/ask")
        assert status == "500"
        assert "20500" in body
        assert await visit(house.door, "/") == ["201", ""]

    asyncio.run(scenario())


def test_an_app_that_raises_leaves_the_door_open():
    async def scenario():
        house = House()

        async def broken(scope, receive, send):
            house.door.ask(house.act)
            raise LookupError("oops")

        house.door.app = broken
        with pytest.raises(LookupError):
            await visit(house.door, "/")
        house.door.app = house.app
        assert await visit(house.door, "/") == ["201", ""]

    asyncio.run(scenario())
