"""Words for tests of calls: who calls whom, what a document says, what was heard, what an app was told."""

from typing import Any

from offhook.testing import Call, Offhook
from tests.products.messaging.talking import refusal as refusal

OURS, PERSON, FRIEND, OTHER = "+12023358536", "+19732644152", "+12125550100", "+12125550199"


def document(*verbs: str) -> str:
    """A document of these verbs."""
    return f"<Response>{''.join(verbs)}</Response>"


def element(name: str, *inside: str, **attributes: str) -> str:
    """One element of a document."""
    written = "".join(f' {attribute}="{value}"' for attribute, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>"


def rings(offhook: Offhook, app: Any, *verbs: str, person: str = PERSON, **settings: str) -> Call:
    """A person calls our number, whose document at /voice has these verbs."""
    number = offhook.number(OURS, voice_url=app.says("/voice", document(*verbs)), **settings)
    return offhook.handset(person).call(number)


def heard(call: Call, *kinds: str) -> list[str]:
    """What was to be heard in a call, of these kinds: what was said, if none is given."""
    return [line.text for line in call.transcript if line.kind in (kinds or ("say",))]


def told(app: Any, path: str) -> dict[str, str]:
    """What an app was told at `path`, where it was asked once."""
    [asked] = app.at(path)
    assert asked.is_signed
    return asked.parameters


def codes(offhook: Offhook) -> list[int]:
    """The alerts' codes, oldest first."""
    return [alert.error_code for alert in offhook.alerts()]
