"""Files that belong to rows: pictures, recordings. Kept once for each content, named by their SHA-256.

A file is complete and on the disk before a row may name it. Which rows name a file, their products know; they delete
it when the last row is gone.
"""

import asyncio
import hashlib
import os
import re
import secrets
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """A folder of files. The loop never waits for the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, content: bytes) -> str:
        """Keep some bytes, durably; returns their name. Raises OSError (no space)."""
        return await asyncio.to_thread(self._put, content)

    async def get(self, digest: str) -> bytes | None:
        """The bytes with this name, or None."""
        return await asyncio.to_thread(self._get, digest)

    async def delete(self, digest: str) -> None:
        """Forget some bytes; nothing happens when they are gone already."""
        await asyncio.to_thread(self.path(digest).unlink, missing_ok=True)

    def path(self, digest: str) -> Path:
        """Where the bytes with this name are, if they are kept: for another process of ours to read."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError("not the name of a file")
        return self._folder / digest[:2] / digest

    def _put(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{digest}.{secrets.token_hex(4)}")
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        _sync(path.parent)
        return digest

    def _get(self, digest: str) -> bytes | None:
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError:
            return None


def _sync(folder: Path) -> None:
    """The folder's entry for a new file must survive a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
