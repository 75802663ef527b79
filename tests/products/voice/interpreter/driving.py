"""Drives the interpreter by hand: what comes when is written down before, and time is only a number.

Documents are given by their URL. What is played takes its time; all other effects are answered at once, as told.
"""

from collections.abc import Mapping
from typing import Any

from offhook.carriers.calls import File, Play, Played, Silence, Sound, Stop
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter import DocumentError, Session, Steps, follow
from offhook.products.voice.interpreter.effects import Document, Given, Page, Read, Wait
from offhook.protocols.twiml import parse, voice

SPEAKING = 2 * SECOND  # whatever is said
PLACE = "http://app"


class Driver:
    """One leg without a phone. `second` counts from the beginning."""

    def __init__(self, documents: Mapping[str, str] | None = None, answers: Mapping[type, Any] | None = None) -> None:
        self.session = Session(0, "CA-own", True, True, follow, url=f"{PLACE}/start")
        self.effects: list[Any] = []
        self._documents = documents or {}
        self._answers = dict(answers or {})
        self._coming: list[tuple[int, Any]] = []

    def comes(self, second: float, news: Any) -> "Driver":
        """At this second something is told."""
        self._coming.append((round(second * SECOND), news))
        return self

    def run(self, steps: Steps[Any]) -> Any:
        """Go on until the steps end, and return what they do; None when they wait for something that never comes."""
        try:
            effect = next(steps)
            while True:
                self.effects.append(effect)
                if isinstance(effect, Wait) and effect.until is None and not self._coming:
                    return None
                effect = self._answer(steps, effect)
        except StopIteration as end:
            return end.value

    def of(self, kind: type) -> list[Any]:
        """The effects of one kind so far."""
        return [effect for effect in self.effects if isinstance(effect, kind)]

    @property
    def asked(self) -> list[Page]:
        """The documents that were asked for."""
        return [effect.where for effect in self.of(Read)]

    def _answer(self, steps: Steps[Any], effect: Any) -> Any:
        if isinstance(effect, Read):
            return self._read(steps, effect.where)
        if isinstance(effect, Wait):
            return steps.send(self._wait(effect.until))
        if isinstance(effect, Play):
            self.comes((self.session.now + length(effect.sound)) / SECOND, Played(effect.number))
        elif isinstance(effect, Stop):
            self._coming = [(at, news) for at, news in self._coming if not isinstance(news, Played)]
        answer = self._answers.get(type(effect))
        return steps.send(answer(effect) if callable(answer) else answer)

    def _read(self, steps: Steps[Any], where: Page | Given) -> Any:
        url = where.url if isinstance(where, Page) else where.base
        text = self._documents.get(url.removeprefix(PLACE)) if isinstance(where, Page) else where.twiml
        if text is None:
            return steps.throw(DocumentError(11200, "there is no such page", url))
        return steps.send(Document(voice.read(parse(text.encode(), "text/xml")), url))

    def _wait(self, until: int | None) -> Any:
        self._coming.sort(key=lambda coming: coming[0])
        if self._coming and (until is None or self._coming[0][0] <= until):
            at, news = self._coming.pop(0)
            self.session.now = max(self.session.now, at)
            return news
        assert until is not None
        self.session.now = max(self.session.now, until)
        return None


def length(sound: Sound) -> int:
    """How long a sound takes."""
    return sound.duration if isinstance(sound, Silence | File) else SPEAKING
