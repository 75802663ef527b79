"""The command itself: the players come up, the story happens and is told, all is put away."""

import sys
import tempfile
import time
from pathlib import Path

from offhook.cli.companion import companion
from offhook.cli.demo import examples, staging
from offhook.cli.demo.api import Api, Json
from offhook.cli.demo.story import NUMBER, PHONE, PHONE_PATH, Story
from offhook.cli.demo.telling import Telling
from offhook.cli.failing import CommandError
from offhook.roles.naming import data_flag, program_name, shown_path

AUTH = 'me="$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"'


def demo() -> None:
    """See a text go to a phone, and its answer come back.

    An untouched program texts a phone, the phone answers, the webhook of an untouched app replies.
    Takes a few seconds, on free ports and in a data folder of its own.
    """
    examples.check_libraries()
    folder = Path(tempfile.mkdtemp(prefix="offhook-demo-"))
    try:
        _play(folder, Telling())
    except CommandError as problem:
        raise CommandError(f"the demo failed: {problem}\nWhat was said is in {folder}/*.log", 1) from problem


def _play(folder: Path, telling: Telling) -> None:
    started = time.monotonic()
    telling.title()
    with companion(folder, environment=staging.clean_environment(), directory=folder) as connection:
        api = Api(connection)
        account = api.get(f"{api.account}.json")
        telling.step("Offhook is up", API=connection.url, as_Twilio=connection.tls_url, account=account["sid"])
        with staging.app(examples.find(examples.ECHO_BOT), folder) as app:
            sent = _tell(telling, Story(api), app, folder)
    telling.commands(
        f"That was {time.monotonic() - started:.1f} s. Its data is kept; look around", _looks(folder, sent)
    )
    telling.commands("Try next", _trials(folder, app))


def _tell(telling: Telling, story: Story, app: staging.App, folder: Path) -> Json:
    """Everything that happens, each part told once the API shows it; returns the program's message."""
    number = story.buy_number(f"{app.url}/sms")
    telling.step(
        "An ordinary Flask app is up",
        program=str(app.program),
        started_by=f"{program_name()} run -- python {app.program.name}",
        its_number=f"{number['phone_number']}  {number['sid']}",
        its_webhook=f"{number['sms_method']} {number['sms_url']}",
    )
    sender = examples.find(examples.SENDER)
    sent = story.text_the_phone(sender, folder)
    telling.step(f"A program has texted the phone {PHONE}, the guides' placeholders left in")
    telling.source(sender)
    request = sent["request"]
    telling.line("request     ", f"{request['method']} {request['url']}", "cyan")
    telling.line("answer      ", f"{request['status']}, after {request['duration']:.0f} ms", "cyan")
    telling.bubble("the program", sent)
    received = story.answer_from_the_phone()
    telling.step("The person with the phone has answered")
    telling.bubble("the phone", received)
    webhook = story.webhook_of(received)
    telling.step("The number's webhook was asked what to do")
    telling.webhook(webhook)
    reply = story.reply_to(received)
    telling.step("Its answer was carried out")
    telling.bubble("the app", reply)
    return sent


def _looks(folder: Path, sent: Json) -> list[tuple[str, str]]:
    offhook, data = program_name(), data_flag(folder)
    texts = '"$OFFHOOK_URL/2010-04-01/Accounts/{}/Messages.json"'
    return [
        ("open it again; then, in another terminal, point the shell at it", f"{offhook} up{data}"),
        ("", f'eval "$({offhook} env{data})"\n{AUTH}'),
        ("every request in and out, whole", 'curl -u "$me" "$OFFHOOK_URL/offhook/v1/Exchanges"'),
        ("what the phone shows", f'curl -u "$me" "$OFFHOOK_URL{PHONE_PATH}"'),
        ("the number's messages, as Twilio's API shows them", f'curl -u "$me" {texts.format("$TWILIO_ACCOUNT_SID")}'),
        ("and those of the account that the program made up", f'curl -u "$me" {texts.format(sent["account_sid"])}'),
    ]


def _trials(folder: Path, app: staging.App) -> list[tuple[str, str]]:
    offhook, data, port = program_name(), data_flag(folder), app.url.rpartition(":")[2]
    python = shown_path(Path(sys.executable))
    text = f'curl -u "$me" "$OFFHOOK_URL{PHONE_PATH}" \\\n  --data-urlencode To={NUMBER} -d Body=Hello'
    return [
        ("run the app again", f"PORT={port} {offhook} run{data} -- {python} {shown_path(app.program)}"),
        ("text it from the phone, and see what the phone shows", text),
        ("run your own app, as it is", f"{offhook} run -- python your_app.py"),
    ]
