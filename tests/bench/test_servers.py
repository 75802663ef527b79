"""Servers under measurement: started, found, ended, and nothing left behind."""

import asyncio

import pytest

from bench.asking import Connection
from bench.servers import Server, Told


def test_a_server_is_there_inside_and_gone_afterwards():
    async def scenario():
        async with Told("bench.trivial") as trivial:
            connection = await Connection.open(trivial.port)
            status, body = await connection.ask(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            connection.close()
            assert status == 201
            assert len(body) > 900
            assert 0 < trivial.start_seconds < 30
        with pytest.raises(ConnectionRefusedError):
            await Connection.open(trivial.port)

    asyncio.run(scenario())


def test_a_server_that_ends_instead_of_starting_is_an_error():
    class Broken(Told):
        def _is_ready(self):
            return False

    async def scenario():
        async with Broken("bench.no_such_program"):
            pass

    with pytest.raises(RuntimeError, match="Broken ended with 1"):
        asyncio.run(scenario())


def test_a_server_that_was_not_started_has_no_process():
    with pytest.raises(RuntimeError):
        Server().usage()
