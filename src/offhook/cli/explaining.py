"""Why Offhook could not start, as one sentence that says what to do next."""

import errno
import socket
from urllib.parse import urlsplit

from offhook.cli import finding
from offhook.roles.everything import AlreadyRunningError
from offhook.roles.settings import Settings
from offhook.storage import StorageError
from offhook.storage.sealing import UnsealingError

EXPECTED = (AlreadyRunningError, StorageError, UnsealingError, OSError, ValueError)


def explain(problem: Exception, settings: Settings) -> str:
    """The sentence for one of EXPECTED."""
    if isinstance(problem, AlreadyRunningError):
        return _already_running(settings)
    if isinstance(problem, StorageError):
        return f"{problem}. Check --database ({_place(settings)}), and that the database runs and lets us in."
    if isinstance(problem, OSError):
        return _of_the_system(problem, settings)
    if isinstance(problem, UnsealingError):
        return f"{problem}. Put back the {settings.data / 'secret.key'} that belongs to this database."
    return _of_a_value(problem, settings)


def _of_a_value(problem: Exception, settings: Settings) -> str:
    try:
        _ = settings.database and urlsplit(settings.database).port
    except ValueError:
        return f"--database {_place(settings)} is no URL: it has the form postgresql://USER:PASSWORD@HOST:PORT/NAME."
    return f"{problem}."


def _already_running(settings: Settings) -> str:
    there = finding.running(settings.data)
    where = f" ({there.url}, process {there.pid})" if there else ""
    return (
        f"an Offhook is running on {settings.data} already{where}. "
        "Use it (`offhook run`, `offhook env`), stop it, or name another folder with --data."
    )


def _of_the_system(problem: OSError, settings: Settings) -> str:
    if problem.errno == errno.EADDRINUSE:
        taken = " and ".join(f"{flag} {port}" for flag, port in taken_ports(settings)) or "a port"
        return f"{taken} on {settings.host} is taken by another program. Name another port, or 0 for a free one."
    if problem.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT) or isinstance(problem, socket.gaierror):
        return f"{settings.host} is no address of this machine. --host 127.0.0.1 always is, 0.0.0.0 means all of them."
    if problem.errno == errno.EACCES and not problem.filename:
        return (
            f"ports {settings.port} and {settings.tls_port} may not be listened on. Ports from 1024 up are free to use."
        )
    what = f"{problem.filename}: " if problem.filename else ""
    return f"{what}{problem.strerror or problem}. The data folder is {settings.data}; name another one with --data."


def taken_ports(settings: Settings) -> list[tuple[str, int]]:
    """Which of our ports cannot be had: the system does not say."""
    wanted = [("--port", settings.port), ("--tls-port", settings.tls_port)]
    return [(flag, port) for flag, port in wanted if port and not _is_free(settings.host, port)]


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _place(settings: Settings) -> str:
    """The database without the password that its URL may hold."""
    if settings.database is None:
        return f"offhook.db in {settings.data}"
    scheme, _, rest = settings.database.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"
