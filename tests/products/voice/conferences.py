"""Words for tests of conferences: who comes, who hears whom, what the app was told."""

from typing import Any

from twilio.twiml.voice_response import Dial, VoiceResponse

from offhook.testing import Call, Offhook

LINE = "+14155550123"
PEOPLE = ["+15005550071", "+15005550072", "+15005550073", "+15005550074", "+15005550075"]
ANN, BOB, CAT, DAN, EVE = PEOPLE
ALL_EVENTS = "start end join leave mute hold modify speaker announcement"


def room(name: str = "Team", dial: dict[str, Any] | None = None, **attributes: Any) -> str:
    """A document that brings a call into a conference without music, and says goodbye afterwards."""
    response, verb = VoiceResponse(), Dial(**(dial or {}))
    verb.conference(name, **{"wait_url": "", "beep": "false", **attributes})
    response.append(verb)
    response.say("Back from the conference")
    return str(response)


def comes(offhook: Offhook, app: Any, number: str, **attributes: Any) -> Call:
    """Somebody calls, and is in the conference now."""
    app.says("/voice", room(**attributes))
    offhook.number(LINE, voice_url=app.url + "/voice")
    call = offhook.handset(number).call(LINE)
    assert call.status == "in-progress"
    return call


def hear(call: Call) -> list[tuple[str, str]]:
    """All that is to be heard in a call but for what its person does."""
    return [(line.kind, line.text) for line in call.transcript if line.kind not in ("speech", "digits")]


def persons(call: Call) -> list[str]:
    """What others said."""
    return [line.text for line in call.transcript if line.kind == "person"]


def events(offhook: Offhook, app: Any, path: str = "/events") -> list[str]:
    """The events that the app was told, in order."""
    offhook.clock.settle()
    return [asked.parameters["StatusCallbackEvent"] for asked in app.at(path)]


def conference(offhook: Offhook, name: str = "Team") -> Any:
    """The newest conference of that name, as the SDK has it."""
    return offhook.client().conferences.list(friendly_name=name)[0]
