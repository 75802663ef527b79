"""What the installed SDK knows, read once: its 22 MB take half a second."""

import pytest

from tools.operations import TwilioOperation, twilio_operations


@pytest.fixture(scope="session")
def twilio() -> list[TwilioOperation]:
    """All of Twilio's operations."""
    return twilio_operations()
