"""`connection.json`: how programs on this machine find a running Offhook, and its credentials.

It is renamed into place when the process is ready and removed when it stops, so that its presence means "ready".
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "connection.json"


@dataclass(frozen=True, slots=True)
class Connection:
    """Where an Offhook answers. `ca` is the path of the certificate that signs its TLS port's leaves."""

    url: str
    tls_url: str
    proxy_url: str
    console_url: str
    account_sid: str
    auth_token: str
    test_account_sid: str
    test_auth_token: str
    ca: str
    pid: int

    def write(self, folder: Path) -> None:
        """Put the file in place, readable by its owner only."""
        draft = folder / f".{FILE}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(self), file, indent=2)
        draft.rename(folder / FILE)


def read(folder: Path) -> Connection | None:
    """The connection of the Offhook that runs on `folder`, or None when none does."""
    try:
        connection = Connection(**json.loads((folder / FILE).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return connection if _alive(connection.pid) else None


def remove(folder: Path) -> None:
    """The process is not ready, or no longer."""
    (folder / FILE).unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
