"""Twimlets: ready-made documents for common calls, told what to do by parameters (https://www.twilio.com/labs/twimlets).

    http://twimlets.com/forward?PhoneNumber=415-555-0100&FailUrl=http://twimlets.com/voicemail?Email=me@example.com

A twimlet is a function of what it is asked with: its own parameters and those that Twilio tells every document (`From`,
`Digits`, `DialCallStatus`). There are lists among them, written as PHP does: `PhoneNumbers[]=…`, `PhoneNumbers[0]=…`,
`Options[1]=…`. A message is a URL to play if it begins with `http`, and words to say if not.

URLs of other twimlets are relative, so they work wherever these are served. Where Twilio's twimlets answer with a
redirect of HTTP, these say `<Redirect>`. No mail is sent: `/voicemail` records, transcribes if it is to, and says so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from hmac import compare_digest
from itertools import count
from urllib.parse import quote, urlencode

from .document import Element
from .writing import clean, write

MOST_NUMBERS = 10
MUSIC: Mapping[str, tuple[str, ...]] = {
    "com.twilio.music.ambient": (
        "gurdonark_-_Exurb.mp3",
        "aerosolspray_-_Living_Taciturn.mp3",
        "gurdonark_-_Plains.mp3",
    ),
    "com.twilio.music.classical": (
        "BusyStrings.mp3",
        "ClockworkWaltz.mp3",
        "MARKOVICHAMP-Borghestral.mp3",
        "Mellotroniac_-_Flight_Of_Young_Hearts_Flute.mp3",
        "ith_brahms-116-4.mp3",
        "ith_chopin-15-2.mp3",
        "oldDog_-_endless_goodbye_(instr.).mp3",
    ),
    "com.twilio.music.electronica": (
        "Kaer_Trouz_-_Seawall_Stepper.mp3",
        "spenceyb_-_O-T-S-H-T_(Razma_World_IV_Remix).mp3",
        "teru_-_110_Downtempo_Electronic_4.mp3",
    ),
    "com.twilio.music.guitars": ("Pitx_-_A_Thought.mp3", "Pitx_-_Long_Winter.mp3"),
    "com.twilio.music.rock": (
        "jlbrock44_-_Apologize_Guitar_Deep_Fried.mp3",
        "jlbrock44_-_Apologize_Guitar_DropC.mp3",
        "nickleus_-_original_guitar_song_200907251723.mp3",
    ),
    "com.twilio.music.soft-rock": (
        "Fireproof_Babies_-_Melancholy_4_a_Sun-lit_day.mp3",
        "Per_-_Joachim_-_Instrumental.mp3",
        "_ghost_-_promo_2_sample_pack.mp3",
        "jacksontorreal_-_The_First_Sunny_Sky.mp3",
        "tazzista_-_Cecil_Helen_instrumental_loop_pack_105_C.mp3",
    ),
}  # the files in the buckets of hold music that Twilio's documentation names
_GENRES = {bucket.rpartition(".")[2]: bucket for bucket in MUSIC}
_INDEX = re.compile(r"\[([^\]]*)\]")

Content = Iterator[Element]


class Parameters:
    """What a twimlet is asked with, query and form together; of several values of one name the last holds."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = [(name, clean(value).strip()) for name, value in pairs]

    def text(self, *names: str) -> str:
        """The value of the first of the names that has one, without the space around it."""
        values = dict(self._pairs)
        return next((value for name in names if (value := values.get(name))), "")

    def keyed(self, name: str) -> dict[str, str]:
        """The values of `name`, `name[]` and `name[key]` by their keys, in order; empty ones are left out."""
        found: dict[str, str] = {}
        for written, value in self._pairs:
            start, rest = written[: len(name)], written[len(name) :]
            index = _INDEX.fullmatch(rest)
            if start == name and (index or not rest) and value:
                free = next(str(number) for number in count() if str(number) not in found)
                found[(index and index[1]) or free] = value
        return found

    def listed(self, name: str) -> list[str]:
        """The same without the keys."""
        return list(self.keyed(name).values())


def answer(path: str, parameters: Sequence[tuple[str, str]], music: Sequence[str] | None = None) -> str | None:
    """The document that a twimlet answers; None if there is no such twimlet.

    `path` is like `/forward`. `music` gives the URLs that `/holdmusic` plays; None is what Twilio has in the bucket.
    """
    name, asked = path.strip("/"), Parameters(parameters)
    if name == "echo":
        return asked.text("Twiml")
    if name == "holdmusic":
        return write(Element("Response", content=[*_holdmusic(asked, music)]))
    twimlet = _TWIMLETS.get(name)
    return None if twimlet is None else write(Element("Response", content=[*twimlet(asked)]))


def music_of(parameters: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The URLs of the files in the bucket that `/holdmusic` is asked for; none if the bucket is not Twilio's."""
    bucket = Parameters(parameters).text("Bucket")
    return tuple(f"http://{bucket}.s3.amazonaws.com/{quote(file)}" for file in MUSIC.get(bucket, ()))


# One message, music


def _message(asked: Parameters) -> Content:
    for message in asked.listed("Message"):
        yield _spoken(message)


def _holdmusic(asked: Parameters, music: Sequence[str] | None) -> Content:
    bucket, message = asked.text("Bucket"), asked.text("Message")
    if not bucket:
        yield _say("An S 3 bucket is required.")
        return
    urls = music_of([("Bucket", bucket)]) if music is None else music
    if not urls:
        yield _say("Failed to fetch the hold music.")
        return
    for url in urls:
        yield Element("Play", content=[url])
        if message:
            yield _spoken(message)
    yield Element("Redirect")


# Asking the caller


def _voicemail(asked: Parameters) -> Content:
    if asked.text("TranscriptionStatus"):
        return
    if asked.text("RecordingUrl"):
        yield _say("Thanks. Good bye.")
        yield Element("Hangup")
        return
    yield _spoken(asked.text("Message") or "Please leave a message after the beep.")
    if asked.text("Transcribe").lower() in ("", "true"):
        callback = _url("voicemail", Email=asked.text("Email"))
        yield Element("Record", {"transcribe": "true", "transcribeCallback": callback})
    else:
        yield Element("Record")


def _menu(asked: Parameters) -> Content:
    options, digits = asked.keyed("Options"), asked.text("Digits")
    if digits in options:
        yield _elsewhere(options[digits])
        return
    if digits:
        yield _say("I'm sorry, that wasn't a valid option.")
    message = asked.text("Message")
    longest = max(map(len, options), default=1)
    yield Element("Gather", {"numDigits": str(longest)}, content=[_spoken(message)] if message else [])
    yield Element("Redirect")


def _conference(asked: Parameters) -> Content:
    password = asked.text("Password")
    if password and not compare_digest(asked.text("Digits").encode(), password.encode()):
        prompt = _say("Please enter your conference pass code")
        yield Element("Gather", {"numDigits": str(max(3, len(password)))}, content=[prompt])
        yield Element("Redirect")
        return
    yield _spoken(asked.text("Message") or "You are now entering the conference line.")
    moderators = asked.listed("Moderators")
    name = asked.text("Name") or sha256("\n".join([asked.text("Message"), *moderators]).encode()).hexdigest()[:32]
    attributes = _wait(asked.text("Music"))
    if moderators:
        attributes["startConferenceOnEnter"] = "true" if _is_among(asked, moderators) else "false"
    yield Element("Dial", content=[Element("Conference", attributes, content=[name])])


def _wait(music: str) -> dict[str, str]:
    """The music of a conference: a genre, or a URL; anything else is Twilio's default."""
    if music in _GENRES:
        return {"waitUrl": _url("holdmusic", Bucket=_GENRES[music]), "waitMethod": "GET"}
    return {"waitUrl": music, "waitMethod": "GET"} if _is_url(music) else {}


# Calling somebody


def _forward(asked: Parameters) -> Content:
    if _is_back(asked):
        yield _after(asked)
        return
    allowed = asked.listed("AllowedCallers")
    if allowed and not _is_among(asked, allowed):
        yield _say("Sorry, you are calling from a restricted number. Good bye.")
        return
    attributes = _dialling(asked, "forward")
    if caller_id := asked.text("CallerId"):
        attributes["callerId"] = caller_id
    yield Element("Dial", attributes, content=[asked.text("PhoneNumber")])


def _callme(asked: Parameters) -> Content:
    if _is_back(asked):
        yield _after(asked)
        return
    number = _screened(asked, asked.text("PhoneNumber"))
    yield Element("Dial", _dialling(asked, "callme"), content=[number])


def _simulring(asked: Parameters) -> Content:
    if _is_back(asked):
        yield _after(asked)
        return
    numbers = [_screened(asked, number) for number in asked.listed("PhoneNumbers")]
    yield Element("Dial", _dialling(asked, "simulring"), content=[*numbers])


def _findme(asked: Parameters) -> Content:
    """One number after the other: the action of each `<Dial>` has the numbers that are left."""
    numbers = asked.listed("PhoneNumbers")[:MOST_NUMBERS]
    if not numbers or (_is_back(asked) and asked.text("DialCallStatus") == "completed"):
        yield _after(asked)
        return
    again = [("Dial", "true"), ("FailUrl", asked.text("FailUrl")), ("Message", asked.text("Message"))]
    again += [("Timeout", asked.text("Timeout")), *(("PhoneNumbers[]", number) for number in numbers[1:])]
    attributes = {"action": f"findme?{urlencode([(k, v) for k, v in again if v])}"}
    attributes["timeout"] = asked.text("Timeout") or "60"
    yield Element("Dial", attributes, content=[_screened(asked, numbers[0], HumanCheck="1")])


def _whisper(asked: Parameters) -> Content:
    """What the called party hears first. `HumanCheck`: without a key the call ends, so no machine takes it."""
    if asked.text("Digits"):
        return
    caller = " ".join(f"{character}." for character in asked.text("From", "Caller"))
    message = asked.text("Message") or f"You are receiving a call from {caller} Press any key to accept."
    yield Element("Gather", {"numDigits": "1"}, content=[_spoken(message)])
    if asked.text("HumanCheck"):
        yield Element("Hangup")


def _screened(asked: Parameters, number: str, **more: str) -> Element:
    """A number whose owner hears the whisper before the connection is made."""
    return Element("Number", {"url": _url("whisper", Message=asked.text("Message"), **more)}, content=[number])


def _dialling(asked: Parameters, name: str) -> dict[str, str]:
    action = _url(name, Dial="true", FailUrl=asked.text("FailUrl"))
    return {"action": action, "timeout": asked.text("Timeout") or "20"}


def _is_back(asked: Parameters) -> bool:
    """Whether this is the action of a `<Dial>` of ours."""
    return bool(asked.text("Dial") and asked.text("DialCallStatus"))


def _after(asked: Parameters) -> Element:
    """What follows a call that was made, or was not: `FailUrl` is for the latter."""
    fail_url = asked.text("FailUrl")
    return _elsewhere(fail_url) if fail_url and asked.text("DialCallStatus") != "completed" else Element("Hangup")


def _is_among(asked: Parameters, numbers: Sequence[str]) -> bool:
    """Whether one of these calls, or is called."""
    ours = {_digits(asked.text("From", "Caller")), _digits(asked.text("To", "Called"))} - {""}
    return not ours.isdisjoint(map(_digits, numbers))


def _digits(number: str) -> str:
    """A number's digits, those of North America without the 1 before them."""
    digits = re.sub("[^0-9]", "", number)
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


# Pieces


def _spoken(message: str) -> Element:
    return Element("Play", content=[message]) if _is_url(message) else _say(message)


def _say(text: str) -> Element:
    return Element("Say", content=[text])


def _is_url(text: str) -> bool:
    return text.lower().startswith("http")


def _elsewhere(url: str) -> Element:
    return Element("Redirect", {"method": "GET"}, content=[url])


def _url(name: str, **parameters: str) -> str:
    """A twimlet's URL, relative to any other; parameters without a value are left out."""
    query = urlencode({key: value for key, value in parameters.items() if value})
    return f"{name}?{query}" if query else name


_TWIMLETS: Mapping[str, Callable[[Parameters], Content]] = {
    "callme": _callme,
    "conference": _conference,
    "findme": _findme,
    "forward": _forward,
    "menu": _menu,
    "message": _message,
    "simulring": _simulring,
    "voicemail": _voicemail,
    "whisper": _whisper,
}
NAMES = frozenset({*_TWIMLETS, "echo", "holdmusic"})
