"""A folder of sounds that can be made again: kept under the hash of what they were made of, the oldest swept away.

Several processes use one shelf at the same time. A file appears complete or not at all. Nothing here is synced to the
disk, and nothing is lost with it: whoever does not find a sound makes it once more.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_BYTES = 256 * 1024 * 1024
FORGOTTEN = 3600.0  # seconds after which a draft belongs to nobody any more


def key_of(*parts: str | bytes) -> str:
    """The name of a sound that is made of `parts`."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode(errors="replace") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


class Shelf:
    """Sounds under their keys, no more than `most` bytes of them, and always the newest."""

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most = most

    def find(self, key: str, suffix: str) -> Path | None:
        """Where a sound is, if it is there; it counts as used."""
        path = self._folder / f"{key}.{suffix}"
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A file to make a sound in. It is gone afterwards, unless `keep` has taken it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f".{secrets.token_hex(8)}"
        path.touch(0o600)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def keep(self, draft: Path, key: str, suffix: str) -> Path:
        """Put a finished draft on the shelf, and make room if there is none."""
        path = self._folder / f"{key}.{suffix}"
        draft.replace(path)
        os.utime(path)
        self._sweep(path)
        return path

    def _sweep(self, newest: Path) -> None:
        found = [(path, stat) for path in self._folder.iterdir() if (stat := _stat(path)) is not None]
        used = sum(_size(stat) for _, stat in found)
        too_old = time.time() - FORGOTTEN
        for path, stat in sorted(found, key=lambda item: item[1].st_mtime_ns):
            is_draft = path.name.startswith(".")
            if path != newest and (stat.st_mtime < too_old if is_draft else used > self._most):
                path.unlink(missing_ok=True)
                used -= _size(stat)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _size(stat: os.stat_result) -> int:
    """What a file takes on the disk: long silences are holes and take nothing."""
    return min(stat.st_size, stat.st_blocks * 512)
