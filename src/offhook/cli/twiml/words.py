"""The steps of a document in words, one sentence for each."""

from offhook.cli.twiml.judging import Step
from offhook.protocols.twiml import messaging, voice

MOST_QUOTED = 70


def sentence(step: Step) -> str:
    """What a step does."""
    match step:
        case voice.Say() | voice.Play() | voice.Pause():
            return _sound(step)
        case voice.Gather():
            return _gather(step)
        case voice.Record():
            return _record(step)
        case voice.Dial():
            return _dial(step)
        case voice.Enqueue():
            return _enqueue(step)
        case voice.Sms() | messaging.Message():
            return _text(step)
        case voice.Redirect() | messaging.Redirect():
            return f"goes on with {_document(step.url, step.method)}"
        case voice.Reject():
            return "does not take the call: the caller hears " + (
                "that it is busy" if step.reason == "busy" else "that the number is not in service"
            )
        case voice.Hangup():
            return "hangs up"
        case voice.Leave():
            return "leaves the queue"
        case voice.Unsupported():
            return f"<{step.name}>, which Offhook does not carry out yet"


def _sound(sound: voice.Prompt) -> str:
    match sound:
        case voice.Say():
            how = [sound.voice and f"voice {sound.voice}", sound.language and f"language {sound.language}"]
            with_what = ", ".join(filter(None, how))
            return f"says {_quoted(sound.plain)}" + (f" ({with_what})" if with_what else "") + _times(sound.loop)
        case voice.Play(url=url) if url:
            return f"plays {url}" + _times(sound.loop)
        case voice.Play():
            return f"presses {sound.digits}" + _times(sound.loop)
        case voice.Pause():
            return f"is silent for {sound.length} s"


def _gather(gather: voice.Gather) -> str:
    parts = [f"waits up to {gather.timeout} s for {_input(gather)}"]
    if gather.prompts:
        parts.append(f"meanwhile {', '.join(map(_sound, gather.prompts))}")
    otherwise = "without input as well" if gather.action_on_empty_result else "without input it goes on below"
    parts.append(f"then asks {_document(gather.action or '', gather.method)}; {otherwise}")
    return "; ".join(parts)


def _input(gather: voice.Gather) -> str:
    kinds = []
    if "dtmf" in gather.input:
        count = {None: "keys", 1: "1 key"}.get(gather.num_digits, f"{gather.num_digits} keys")
        kinds.append(count + (f" (or {gather.finish_on_key})" if gather.finish_on_key else ""))
    if "speech" in gather.input:
        kinds.append(f"speech in {gather.language}")
    return " or ".join(kinds)


def _record(record: voice.Record) -> str:
    beep = "beeps and records" if record.play_beep else "records"
    keys = " or any key" if record.finish_on_key == voice.Record().finish_on_key else f" or {record.finish_on_key}"
    until = f"{record.timeout} s of silence{keys if record.finish_on_key else ''}"
    transcribed = "; it is transcribed" if record.transcribe else ""
    then = f"then asks {_document(record.action or '', record.method)}"
    return f"{beep} until {until}, {record.max_length} s at most{transcribed}; {then}"


def _dial(dial: voice.Dial) -> str:
    if not dial.nouns:
        return "calls nobody, which fails at once"
    joint = ", then " if dial.sequential else " and "
    recorded = "" if dial.record == "do-not-record" else f" ({dial.record})"
    then = f"; then asks {_document(dial.action, dial.method)}" if dial.action is not None else ""
    return f"calls {joint.join(map(_noun, dial.nouns))} for up to {dial.timeout} s{recorded}{then}"


def _noun(noun: voice.Noun) -> str:
    match noun:
        case voice.Number():
            return noun.number
        case voice.Client():
            return f"the client {noun.identity}"
        case voice.Sip():
            return noun.uri
        case voice.Conference():
            return f"the conference {noun.name}"
        case voice.Queue():
            return f"who waits in the queue {noun.name}"
        case voice.ApplicationNoun():
            return f"the application {noun.sid}"
        case voice.UnsupportedNoun():
            return f"<{noun.name}>, which Offhook does not carry out yet"


def _enqueue(enqueue: voice.Enqueue) -> str:
    where = f"the queue {enqueue.name}" if enqueue.name else f"the workflow {enqueue.workflow_sid}"
    heard = {None: "music", "": "silence"}.get(enqueue.wait_url, f"what {enqueue.wait_url} says")
    then = f"; then asks {_document(enqueue.action, enqueue.method)}" if enqueue.action is not None else ""
    return f"waits in {where}, hearing {heard}{then}"


def _text(text: voice.Sms | messaging.Message) -> str:
    body = _quoted(text.body) if text.body else "no words"
    count = 0 if isinstance(text, voice.Sms) else len(text.media)
    files = f" with {count} file{'' if count == 1 else 's'}" if count else ""
    then = f"; then asks {_document(text.action, text.method)}" if text.action else ""
    return f"texts {body}{files} to {text.to or 'whoever is there'}{then}"


def _document(url: str, method: str) -> str:
    return f"{method} {url}" if url else f"this document again ({method})"


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return f'"{words[:MOST_QUOTED]}…"' if len(words) > MOST_QUOTED else f'"{words}"'


def _times(loop: int) -> str:
    return {0: ", without end", 1: ""}.get(loop, f", {loop} times")
