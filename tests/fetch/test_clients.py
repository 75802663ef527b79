import asyncio

from pyreqwest.client import Client

from offhook.fetch.clients import Clients, Place, build_client


def place(number: int) -> Place:
    return Place("http", "x.example", f"10.0.0.{number}", 80, 5.0)


def clients(most: int, built: list[Place]) -> Clients:
    def build(wanted: Place) -> Client:
        built.append(wanted)
        return build_client(wanted, "test", None)

    return Clients(build, most)


def test_a_place_keeps_its_client() -> None:
    async def scenario() -> None:
        built: list[Place] = []
        kept = clients(2, built)
        first = await kept.lend(place(1))
        kept.give_back(place(1))
        assert await kept.lend(place(1)) is first
        assert built == [place(1)]
        await kept.close()

    asyncio.run(scenario())


def test_the_least_recently_used_client_goes_first() -> None:
    async def scenario() -> None:
        built: list[Place] = []
        kept = clients(2, built)
        for number in (1, 2, 1, 3, 1, 2):
            await kept.lend(place(number))
            kept.give_back(place(number))
            assert len(kept) <= 2
        assert built == [place(1), place(2), place(3), place(2)]
        await kept.close()
        assert len(kept) == 0

    asyncio.run(scenario())


def test_a_client_in_use_is_not_closed() -> None:
    async def scenario() -> None:
        built: list[Place] = []
        kept = clients(1, built)
        busy = await kept.lend(place(1))
        await kept.lend(place(2))
        assert await kept.lend(place(1)) is busy
        for number in (1, 2, 1):
            kept.give_back(place(number))
        await kept.lend(place(3))
        assert len(kept) == 1
        await kept.close()

    asyncio.run(scenario())
