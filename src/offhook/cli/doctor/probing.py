"""Running probes in the environment that `offhook run` makes, and judging what they print."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit

from offhook.cli.doctor.probes import API, NOT_HERE, Probe
from offhook.cli.doctor.verdict import Verdict, broken, untested, works
from offhook.roles.connection import Connection
from offhook.roles.logging import without_secrets

PATIENCE = 30.0  # seconds for one program
AT_ONCE = 4
LONGEST_REASON = 200  # characters
OURS = ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "PYTHONPATH", "NODE_OPTIONS", "SSL_CERT_FILE")
OURS_TOO = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")


class Probing:
    """Runs programs against one Offhook, as the user's environment `parent` would have them."""

    def __init__(self, connection: Connection, parent: Mapping[str, str] = os.environ) -> None:
        from offhook.interception.bundles import write_bundles
        from offhook.interception.environment import applied, compose

        bundles = write_bundles(parent, Path(connection.ca))
        changes = compose(parent, connection=connection, proxy_url=connection.proxy_url, bundles=bundles)
        self._connection = connection
        self._run = applied(parent, changes)
        named = {name: value for name, value in changes.items() if name.startswith("TWILIO_") or name == "OFFHOOK_URL"}
        self._plain = applied(parent, named)

    def verdicts(self, probes: Sequence[Probe]) -> list[Verdict]:
        """What each probe proved, in their order."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self.verdict, probes))

    def verdict(self, probe: Probe) -> Verdict:
        """What one probe proved."""
        try:
            ended = self._start(probe)
        except subprocess.TimeoutExpired:
            return broken(probe.name, f"{probe.command[0]} was not done after {PATIENCE:.0f} s", probe.remedy)
        except OSError as problem:
            return broken(probe.name, f"{probe.command[0]} cannot be run: {problem.strerror}", "name another one")
        if ended.returncode == NOT_HERE:
            return untested(probe.name, probe.missing)
        if ended.stdout.strip() == self._connection.account_sid or f'"{self._connection.account_sid}"' in ended.stdout:
            return works(probe.name, probe.command[0])
        return broken(probe.name, _reason(ended), probe.remedy)

    def shell_verdict(self) -> Verdict:
        """Whether a login shell leaves the environment as it is: programs are often started by one."""
        shell = self._run.get("SHELL", "")
        name = "login shell"
        if not shell or which(shell) is None:
            return untested(name, "SHELL names none")
        try:
            ended = subprocess.run(  # noqa: S603
                [shell, "-l", "-c", "env"],
                env=self._run,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=PATIENCE,
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            return untested(name, f"{shell} -l does not end: {problem}")
        lines = set(ended.stdout.splitlines())
        changed = [name for name in OURS + OURS_TOO if f"{name}={self._run.get(name, '')}" not in lines]
        if ended.returncode or not lines:
            return untested(name, f"{shell} -l -c env ends with {ended.returncode}")
        if changed:
            why = f"{shell} -l sets {', '.join(changed)} anew, so what it starts does not come here"
            return broken(name, why, f"take {', '.join(changed)} out of its start-up files, or set them only if unset")
        return works(name, f"{shell} -l leaves the environment as it is")

    def _start(self, probe: Probe) -> subprocess.CompletedProcess[str]:
        base = self._plain if probe.plain else self._run
        environment = {name: value for name, value in base.items() if name not in probe.without}
        environment["OFFHOOK_PROBED_HOST"] = urlsplit(self._connection.url).hostname or ""
        typed = probe.typed.format(sid=self._connection.account_sid, token=self._connection.auth_token, api=API)
        return subprocess.run(  # noqa: S603
            probe.command,
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE,
        )


def _reason(ended: subprocess.CompletedProcess[str]) -> str:
    """Why a program failed, in its own last words."""
    said = [line.strip() for line in ended.stderr.splitlines() if line.strip()]
    past = next((line for line in said if "it went past Offhook" in line), None)
    line = past or (said[-1] if said else ended.stdout.strip()[:200] or f"it ended with {ended.returncode}")
    line = re.sub(r"^.*(?=it went past Offhook)", "", line).rstrip("')>")
    return without_secrets(line if len(line) <= LONGEST_REASON else f"{line[:LONGEST_REASON]}…")
