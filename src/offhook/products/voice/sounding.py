"""How a recording sounds: what was kept of it as text is spoken, played and mixed, when somebody wants to hear it."""

import structlog

from offhook.carriers.calls import Line
from offhook.media import Format, Passage, Script, Sound, Workshop
from offhook.products.voice import recording_store as store
from offhook.products.voice.recording import Recording
from offhook.storage import Database

log = structlog.get_logger("offhook.voice")
PERSON = "person"  # the voice of the people on the other end


class Sounding:
    """Renders recordings."""

    def __init__(self, database: Database, workshop: Workshop) -> None:
        self._database = database
        self._workshop = workshop

    async def of(self, account_sid: str, sid: str, format: Format = "wav", channels: int | None = None) -> Sound | None:
        """The sound of a recording that is over, or None. Raises SoundError."""
        recording = await store.by_sid(self._database, account_sid, sid)
        if recording is None or recording.status != "completed":
            return None
        sound = await self._workshop.render(script_of(recording), format, channels or recording.channels)
        if sound.notices:
            log.info("recording_approximated", recording=sid, notices=sound.notices)
        return sound


def script_of(recording: Recording) -> Script:
    """What is to be heard."""
    return Script(recording.length or 0, tuple(_passage(line) for line in recording.heard))


def _passage(line: Line) -> Passage:
    return Passage(
        at=line.at,
        duration=line.duration,
        track=line.track,
        kind=line.kind,
        text=line.text,
        voice=PERSON if line.kind == "person" else line.voice,
        language=line.language,
        digest=line.digest,
    )
