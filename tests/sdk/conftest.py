"""Every module has an Offhook of its own, a real `offhook up` on free ports and a virtual clock."""

import subprocess
from collections.abc import Iterator

import pytest

from offhook.testing import Offhook
from tests.sdk.houses import House
from tests.terminal import FREE_PORTS, OFFHOOK, Terminal


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    terminal, log = Terminal(folder), folder / "up.log"
    command = [OFFHOOK, "up", *FREE_PORTS, "--clock", "virtual"]
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=folder, env=terminal.environment, stdout=output, stderr=output) as process,
    ):
        try:
            connection = terminal.connection(process)
            with Offhook(connection["url"], connection["account_sid"], connection["auth_token"]) as offhook:
                yield House(terminal, offhook, log)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def two_alerts(house: House) -> list[str]:
    """The codes of the two alerts that the account has: a person wrote twice to a number whose app is not there."""
    number = house.offhook.number("+12025550099", sms_url="http://127.0.0.1:1/sms")
    for body in ("Hello?", "Is anybody there?"):
        house.offhook.handset("+19735550099").text(number, body)
    codes = [str(alert.error_code) for alert in house.offhook.alerts()]
    assert codes == ["11205", "11205"]
    return codes
