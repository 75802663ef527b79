"""SSML that is safe to hand to a speech engine: read without trust and written anew.

espeak-ng does what it finds: `<audio src="…">` makes it open a file of this machine and run a shell for `sox`. So
nothing of a document reaches it but words, and the elements and values that are named here. What an element means that
the engine has no way to say is told in a notice, and its words are spoken.

W3C "Speech Synthesis Markup Language 1.1"; the elements are those of Twilio's "SSML" page for `<Say>`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from offhook.media import voices

LONGEST_BREAK = 10.0  # seconds, Twilio's limit
DEEPEST = 100
SPOKEN_PLAINLY = "<{}> has no effect with espeak-ng; its words are spoken"

_ROOT = re.compile(r"\s*(<\?xml[^>]*\?>\s*)?<speak[\s>/]")
_NO_TEXT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEVELS = re.compile(r"strong|moderate|reduced|none")
_STRENGTHS = re.compile(r"none|x-weak|weak|medium|strong|x-strong")
_PACES = re.compile(r"x-slow|slow|medium|fast|x-fast|default")
_HEIGHTS = re.compile(r"x-low|low|medium|high|x-high|default|[+-]\d{1,2}(\.\d+)?%")
_LOUDNESS = re.compile(r"silent|x-soft|soft|medium|loud|x-loud|default|[+-]\d{1,2}(\.\d+)?dB")
_READINGS = {
    "characters": "characters",
    "spell-out": "characters",
    "digits": "tts:digits",
    "telephone": "tts:digits",
    "cardinal": "",
    "number": "",
}


@dataclass(frozen=True, slots=True)
class Markup:
    """A document for the engine, and what of the original it could not say."""

    text: str
    notices: tuple[str, ...] = ()


def rebuild(text: str) -> Markup:
    """Plain text or SSML in `<speak>` as a document of harmless SSML. What is not well-formed is read as it stands."""
    text = _NO_TEXT.sub(" ", text)
    if not _ROOT.match(text):
        return Markup(f"<speak>{_words(text)}</speak>")
    writer = _Writer()
    try:
        writer.parser.Parse(text, True)
    except (expat.ExpatError, _RefusedError) as problem:
        return Markup(f"<speak>{_words(text)}</speak>", (f"the SSML is read as it stands: {problem}",))
    return Markup("".join(writer.written), tuple(dict.fromkeys(writer.notices)))


def _words(text: str) -> str:
    """Text for the engine, which takes `[[` for phonemes."""
    return escape(text.replace("[[", "[ ["))


class _RefusedError(Exception):
    """A document has what no SSML of Twilio's has."""


class _Writer:
    """Turns expat's events into the new document."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.notices: list[str] = []
        self._closing: list[str] = []
        self._hidden = 0  # how many open elements hide their words
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._closing) > DEEPEST:
            raise _RefusedError(f"it is nested more than {DEEPEST} levels deep")
        if name == "sub" and "alias" in attributes:
            self._text(attributes["alias"])
            self._hidden += 1
            return self._closing.append("sub")
        kept = dict(self._attributes(name, attributes))
        written = _written_as(name, kept)
        if written:
            self.written.append(f"<{written}{''.join(f' {key}={quoteattr(value)}' for key, value in kept.items())}>")
        elif name not in ("sub", "say-as", "prosody"):
            self.notices.append(SPOKEN_PLAINLY.format(name))
        return self._closing.append(f"</{written}>" if written else "")

    def _end(self, _: str) -> None:
        closing = self._closing.pop()
        if closing == "sub":
            self._hidden -= 1
        else:
            self.written.append(closing)

    def _text(self, text: str) -> None:
        if not self._hidden:
            self.written.append(_words(text))

    def _refuse(self, *_: object) -> None:
        raise _RefusedError("a document type declaration is not allowed")

    def _attributes(self, name: str, given: dict[str, str]) -> Iterator[tuple[str, str]]:
        for attribute, (element, key, convert) in CONVERTED.items():
            if element == name and key in given:
                value = convert(given[key].strip())
                if value is None:
                    self.notices.append(f'{key}="{given[key][:40]}" has no effect with espeak-ng')
                elif value:
                    yield attribute.partition(" ")[2], value


def _written_as(name: str, attributes: dict[str, str]) -> str:
    """The name of an element in the new document; empty where only its words are kept."""
    if name in ("speak", "p", "s", "break", "emphasis"):
        return name
    if name in ("say-as", "prosody") and attributes:
        return name
    return "voice" if name == "lang" and attributes else ""


def _one_of(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda value: value if pattern.fullmatch(value) else None


def _time(value: str) -> str | None:
    match = re.fullmatch(r"\+?(\d{1,6}(?:\.\d{1,3})?|\.\d{1,3})(ms|s)", value)
    if not match:
        return None
    seconds = float(match[1]) / (1000 if match[2] == "ms" else 1)
    return f"{round(min(seconds, LONGEST_BREAK) * 1000)}ms"


def _pace(value: str) -> str | None:
    """A rate by name, or in per cent of the usual one; Amazon's range, 20 to 200."""
    if _PACES.fullmatch(value):
        return value
    match = re.fullmatch(r"(\d{1,4})(\.\d+)?%", value)
    return f"{min(max(int(match[1]), 20), 200)}%" if match else None


# "element attribute" as written: the element, the attribute as read, and what becomes of its value. A conversion says
# None when the engine has nothing like it, and "" when it speaks so anyway.
CONVERTED: dict[str, tuple[str, str, Callable[[str], str | None]]] = {
    "break time": ("break", "time", _time),
    "break strength": ("break", "strength", _one_of(_STRENGTHS)),
    "emphasis level": ("emphasis", "level", _one_of(_LEVELS)),
    "lang xml:lang": ("lang", "xml:lang", voices.tongue),
    "prosody rate": ("prosody", "rate", _pace),
    "prosody pitch": ("prosody", "pitch", _one_of(_HEIGHTS)),
    "prosody volume": ("prosody", "volume", _one_of(_LOUDNESS)),
    "say-as interpret-as": ("say-as", "interpret-as", _READINGS.get),
}
