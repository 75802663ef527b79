"""The store of files that carriers share: whose bytes they are, and when they may go."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from offhook.carriers import Media, MediaError, MediaFiles, check_total, sniffed
from offhook.carriers.files import LARGEST
from offhook.fetch import Fetcher, Guard
from offhook.storage import Blobs
from offhook.testing.serving import serve

PNG = b"\x89PNG\r\n\x1a\n and more"


class House:
    """A store of files, whose rows the test keeps, and a server that has one file."""

    def __init__(self, files: MediaFiles, url: str, folder: Path) -> None:
        self.files, self.url, self._folder = files, url, folder
        self.rows: set[str] = set()
        self.slowness = 0.0  # seconds that it takes to look into the rows
        files.used_by(self._uses)

    async def _uses(self, digest: str) -> bool:
        found = digest in self.rows
        await asyncio.sleep(self.slowness)
        return found

    def kept(self) -> int:
        return sum(path.is_file() for path in self._folder.rglob("*"))


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[House]:
    def application(_environ, start):
        start("200 OK", [("Content-Type", "image/png")])
        return [PNG]

    served = serve(application)
    fetcher = Fetcher(Guard(allow_private=True, own_ports=tuple))
    try:
        yield House(MediaFiles(fetcher, Blobs(folder)), served.url, folder)
    finally:
        await fetcher.close()
        served.stop()


def done(folder: Path, work: Callable[[House], Awaitable[None]]) -> None:
    async def scenario() -> None:
        async with opened(folder) as house:
            await work(house)

    asyncio.run(scenario())


def test_a_file_is_fetched_and_can_be_read(tmp_path):
    async def work(house: House) -> None:
        async with house.files.holding() as holding:
            media = await house.files.fetch(house.url, holding)
        assert (media.content_type, media.size) == ("image/png", len(PNG))
        assert await house.files.content(media.digest) == PNG

    done(tmp_path, work)


def test_bytes_go_when_no_row_names_them_any_more(tmp_path):
    async def work(house: House) -> None:
        async with house.files.holding() as holding:
            media = await house.files.fetch(house.url, holding)
            house.rows.add(media.digest)
        await house.files.forget(media.digest)
        assert await house.files.content(media.digest) == PNG
        house.rows.clear()
        await house.files.forget(media.digest)
        assert await house.files.content(media.digest) is None
        await house.files.forget(media.digest)

    done(tmp_path, work)


def test_bytes_whose_row_is_not_written_yet_are_not_taken_away(tmp_path):
    async def work(house: House) -> None:
        async with house.files.holding() as holding:
            media = await house.files.fetch(house.url, holding)
            await house.files.forget(media.digest)
            assert await house.files.content(media.digest) == PNG
        await house.files.forget(media.digest)
        assert house.kept() == 0

    done(tmp_path, work)


def test_two_that_hold_the_same_bytes_hold_them_until_both_let_go(tmp_path):
    async def work(house: House) -> None:
        async with house.files.holding() as one:
            media = await house.files.fetch(house.url, one)
            async with house.files.holding() as other:
                await house.files.fetch(house.url, other)
            await house.files.forget(media.digest)
            assert house.kept() == 1
        await house.files.forget(media.digest)
        assert house.kept() == 0

    done(tmp_path, work)


def test_what_fails_leaves_no_bytes_behind_but_those_of_others(tmp_path):
    async def work(house: House) -> None:
        async def failing() -> None:
            async with house.files.holding() as holding:
                await house.files.fetch(house.url, holding)
                raise MediaError(11200, "the second file is not there")

        with pytest.raises(MediaError):
            await failing()
        assert house.kept() == 0
        async with house.files.holding() as holding:
            house.rows.add((await house.files.fetch(house.url, holding)).digest)
        with pytest.raises(MediaError):
            await failing()
        assert house.kept() == 1

    done(tmp_path, work)


def test_bytes_that_come_again_while_they_are_forgotten_are_there_afterwards(tmp_path):
    async def work(house: House) -> None:
        async def coming() -> None:
            async with house.files.holding() as holding:
                house.rows.add((await house.files.fetch(house.url, holding)).digest)

        async with house.files.holding() as holding:
            digest = (await house.files.fetch(house.url, holding)).digest
        house.slowness = 0.1  # the bytes come while the one that forgets still looks
        await asyncio.gather(house.files.forget(digest), coming())
        assert await house.files.content(digest) == PNG

    done(tmp_path, work)


def test_all_files_of_a_message_together_have_a_limit():
    def files(*sizes: int) -> list[Media]:
        return [Media("image/png", "0" * 64, size) for size in sizes]

    check_total(files())
    check_total(files(LARGEST))
    check_total(files(LARGEST - 10, 10))
    with pytest.raises(MediaError) as caught:
        check_total(files(LARGEST - 10, 11))
    assert caught.value.code == 63034


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"\xff\xd8\xff\xe0", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF89a", "image/gif"), (b"", "")],
)
def test_the_first_bytes_tell_the_type(start, kind):
    assert sniffed(start + b"...") == kind
