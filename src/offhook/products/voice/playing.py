"""Sound files that documents play: fetched, kept, and looked at for how long they sound.

A recording of our own is found without asking ourselves over the network, if it is the account's.
https://www.twilio.com/docs/voice/twiml/play#supported-audio-file-types
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from offhook.carriers.calls import File
from offhook.fetch import Fetcher, FetchError, Limits, Request
from offhook.media import HOLD_MUSIC, Sound, SoundError, Workshop
from offhook.products.voice.interpreter import effects
from offhook.products.voice.live import LiveCall
from offhook.products.voice.sounding import Sounding
from offhook.storage import Blobs
from offhook.web.origin import Origin

UNREACHABLE, TOO_LARGE, NO_SOUND = 11200, 11750, 12300
LARGEST = 40 * 1024 * 1024  # bytes; Twilio's limit for a file that is played
MOST_REDIRECTS = 5
LIMITS = Limits(max_body=LARGEST)
RECORDING = re.compile(r"/2010-04-01/Accounts/(AC[0-9a-fA-F]{32})/Recordings/(RE[0-9a-fA-F]{32})(\.wav|\.mp3)?")
MUSIC = re.compile(r"https?://com\.twilio\.music\.[a-z-]+\.s3\.amazonaws\.com/|https?://com\.twilio\.sounds\.music")
OUR_MUSIC = File("hold music", "audio/x-wav", "", HOLD_MUSIC.duration, is_music=True)


class Playing:
    """Gets sound files; implements `Rooms` for live calls."""

    def __init__(self, fetcher: Fetcher, blobs: Blobs, workshop: Workshop, origin: Origin, sounding: Sounding) -> None:
        self._fetcher = fetcher
        self._blobs = blobs
        self._workshop = workshop
        self._origin = origin
        self._sounding = sounding

    def handlers(self) -> dict[type, Callable[[LiveCall, Any], Awaitable[Any]]]:
        """What is done for each effect."""
        return {effects.Load: self._load}

    async def over(self, live: LiveCall) -> None:
        """Nothing is kept of a call here."""

    async def _load(self, live: LiveCall, effect: effects.Load) -> File | None:
        if not effect.url or MUSIC.match(effect.url):
            return OUR_MUSIC
        try:
            content_type, digest = await self._bytes(live.call.account_sid, effect.url)
            sound = await self._workshop.decode(digest, content_type)
        except FetchError as problem:
            await self._refuse(live, effect, TOO_LARGE if problem.kind == "too_large" else UNREACHABLE, str(problem))
        except SoundError as problem:
            await self._refuse(live, effect, NO_SOUND, str(problem))
        except LookupError as problem:
            await self._refuse(live, effect, UNREACHABLE, str(problem))
        else:
            return File(effect.url, content_type, digest, sound.duration, effect.is_music)
        return None

    async def _bytes(self, account_sid: str, url: str) -> tuple[str, str]:
        """The type and the name of the bytes at `url`. Raises FetchError, SoundError, LookupError."""
        path = self._origin.path_of(url)
        if path is not None:
            return await self._own(account_sid, path)
        response = await self._fetcher.send(Request("GET", url, limits=LIMITS), redirects=MOST_REDIRECTS)
        if response.status >= 300:
            raise LookupError(f"{response.url} answered {response.status}")
        return response.content_type or "", await self._blobs.put(response.body)

    async def _own(self, account_sid: str, path: str) -> tuple[str, str]:
        found = RECORDING.fullmatch(path)
        if found is None or found[1] != account_sid:
            raise LookupError(f"{path} is no recording of this account")
        sound: Sound | None = await self._sounding.of(account_sid, found[2])
        if sound is None:
            raise LookupError(f"there is no recording {found[2]}")
        size = sound.path.stat().st_size
        if size > LARGEST:
            raise SoundError(f"the recording has {size} bytes, more than {LARGEST}")
        return "audio/x-wav", await self._blobs.put(sound.path.read_bytes())

    async def _refuse(self, live: LiveCall, effect: effects.Load, code: int, message: str) -> None:
        await live.documents.warn(code, f"<Play>: {message}", effect.url, is_error=True)
