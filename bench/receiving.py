"""The receiver as the bench sees it: its URL, how much it was told until now, and whether that was all and right."""

import json
import mmap
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.asking import Connection
from bench.receiver import PATH
from bench.servers import Told

EXPECTED = ["sent", "delivered"]


class Receiving:
    """A receiver's process. Use it as an async context manager."""

    def __init__(self, auth_token: str) -> None:
        self._file = tempfile.NamedTemporaryFile(prefix="bench-told-")
        self._file.write(bytes(8))
        self._file.flush()
        self._count = mmap.mmap(self._file.fileno(), 8)
        self._process = Told("bench.receiver", auth_token, str(Path(self._file.name)))

    async def __aenter__(self) -> Self:
        await self._process.__aenter__()
        self._connection = await Connection.open(self._process.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        await self._process.__aexit__(kind, problem, trace)
        self._count.close()
        self._file.close()

    @property
    def url(self) -> str:
        """Where callbacks go."""
        return f"http://127.0.0.1:{self._process.port}{PATH}"

    @property
    def count(self) -> int:
        """How many callbacks with a good signature came until now."""
        return int.from_bytes(self._count[:8], "little")

    async def problems(self, accepted: list[bytes]) -> list[str]:
        """What was told otherwise than it should: each accepted message was sent, then delivered, and nothing else."""
        _, body = await self._connection.ask(b"GET /told HTTP/1.1\r\nHost: bench\r\n\r\n")
        told = json.loads(body)
        found = [f"{told['wrong']} callbacks were not signed right"] if told["wrong"] else []
        sids = {json.loads(message)["sid"] for message in accepted}
        odd = {sid: told["statuses"].get(sid) for sid in sids if told["statuses"].get(sid) != EXPECTED}
        if odd:
            found.append(f"{len(odd)} messages were not told as sent, then delivered: {dict(list(odd.items())[:3])}")
        if strangers := set(told["statuses"]) - sids:
            found.append(f"{len(strangers)} messages were told that nobody sent")
        return found
