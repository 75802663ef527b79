"""Files named by their content."""

import asyncio
import hashlib

import pytest

from offhook.storage import Blobs


def test_bytes_are_kept_once_under_the_hash_of_their_content(tmp_path):
    async def scenario():
        blobs = Blobs(tmp_path)
        name = await blobs.put(b"a picture")
        assert name == await blobs.put(b"a picture")
        assert name == hashlib.sha256(b"a picture").hexdigest()
        assert await blobs.get(name) == b"a picture"
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert [path.name for path in files] == [name]

    asyncio.run(scenario())


def test_what_was_deleted_or_never_kept_is_not_there(tmp_path):
    async def scenario():
        blobs = Blobs(tmp_path)
        name = await blobs.put(b"gone soon")
        await blobs.delete(name)
        await blobs.delete(name)
        assert await blobs.get(name) is None

    asyncio.run(scenario())


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_a_name_that_is_no_hash_leads_nowhere(tmp_path, name):
    with pytest.raises(ValueError, match="not the name of a file"):
        asyncio.run(Blobs(tmp_path).get(name))


def test_many_puts_of_the_same_bytes_at_once_leave_one_whole_file(tmp_path):
    async def scenario():
        blobs = Blobs(tmp_path)
        names = await asyncio.gather(*(blobs.put(b"x" * 100_000) for _ in range(20)))
        assert len(set(names)) == 1
        assert [path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()] == [100_000]

    asyncio.run(scenario())
