"""Declarations in words, one sentence a thing, for a person who wants to know whether the file says what they mean."""

from collections.abc import Iterator

from offhook.kit.phone import countries, friendly
from offhook.roles.declarations import (
    Account,
    Application,
    CallerId,
    Declarations,
    Handset,
    Number,
    ShortCode,
    TextWebhooks,
    Webhooks,
)

OWNER = "of the first account"
ANSWERS = {
    "by-hand": "calls ring until somebody answers",
    "at-once": "calls are answered at once",
    "busy": "callers hear that it is busy",
    "rejects": "calls are rejected",
    "never": "calls ring for ever",
    "voicemail": "calls are answered by a voicemail",
}


def sentences(declared: Declarations) -> list[str]:
    """What is declared, in the order in which it is applied."""
    return [
        *map(_account, declared.accounts),
        *(_application(one) for one in declared.applications),
        *(_number(one) for one in declared.numbers),
        *(_short_code(one) for one in declared.short_codes),
        *map(_caller_id, declared.caller_ids),
        *map(_handset, declared.handsets),
    ]


def _account(account: Account) -> str:
    sid = account.sid or "its SID is made up"
    token = "its token is given" if account.auth_token else "its token is left as it is, or made up"
    tests = [f"its test SID is {account.test_account_sid}"] if account.test_account_sid else []
    tests += ["its test token is given"] if account.test_auth_token else []
    return "; ".join([f"account {account.friendly_name}: {sid}", token, *tests, *_policies(account)])


def _policies(account: Account) -> Iterator[str]:
    if account.media_auth is not None:
        whom = "those with credentials" if account.media_auth else "whoever knows their URL"
        yield f"files of its messages are for {whom}"
    if account.countries is not None:
        every = len(account.countries) == len(countries())
        named = "every country" if every else ", ".join(sorted(account.countries)) or "no country"
        yield f"it may text {named}"


def _application(application: Application) -> str:
    return _sentence(f"application {application.friendly_name}", application, _calls(application))


def _number(number: Number) -> str:
    name = f" ({number.friendly_name})" if number.friendly_name else ""
    uses = (
        f"{what} go to application {application}" if application else f"{what} go to no application"
        for what, application in (("texts", number.sms_application), ("calls", number.voice_application))
        if application is not None
    )
    return _sentence(f"number {friendly(number.phone_number)}{name}", number, (*uses, *_calls(number)))


def _short_code(code: ShortCode) -> str:
    name = f" ({code.friendly_name})" if code.friendly_name else ""
    return _sentence(f"short code {code.short_code}{name}", code, ())


def _caller_id(caller_id: CallerId) -> str:
    name = f" ({caller_id.friendly_name})" if caller_id.friendly_name else ""
    return f"caller ID {friendly(caller_id.phone_number)}{name}, {_owner(caller_id.account)}"


def _owner(account: str | None) -> str:
    return f"of account {account}" if account else OWNER


def _sentence(what: str, entry: TextWebhooks, more: Iterator[str] | tuple[str, ...]) -> str:
    clauses = [*_asked("texts", entry.sms_url, entry.sms_method), *_fallback(entry), *more]
    return f"{what}, {_owner(entry.account)}: {'; '.join(clauses) or 'nothing is set'}"


def _fallback(entry: TextWebhooks) -> Iterator[str]:
    return _asked("texts whose webhook fails", entry.sms_fallback_url, entry.sms_fallback_method)


def _calls(entry: Webhooks) -> Iterator[str]:
    yield from _asked("calls", entry.voice_url, entry.voice_method)
    yield from _asked("calls whose webhook fails", entry.voice_fallback_url, entry.voice_fallback_method)
    yield from _asked("news of calls", entry.status_callback, entry.status_callback_method)
    if isinstance(entry, Application):
        status = entry.message_status_callback or entry.sms_status_callback
        yield from _asked("news of texts", status, None)


def _asked(what: str, url: str | None, method: str | None) -> Iterator[str]:
    if url:
        yield f"{what} go to {method + ' ' if method else ''}{url}"
    elif url is not None:
        yield f"{what} go nowhere"
    elif method:
        yield f"{what} go by {method}"


def _handset(handset: Handset) -> str:
    who = f"phones {handset.address}" if handset.address.endswith("*") else f"phone {handset.address}"
    return f"{who}: {'; '.join(_traits(handset)) or 'nothing is set'}"


def _traits(handset: Handset) -> Iterator[str]:
    if handset.power is not None:
        yield f"switched {handset.power}"
    if handset.outcome == "undelivered":
        yield f"every text is lost, with error {handset.error_code or 30003}"
    elif handset.outcome is not None:
        yield "texts arrive"
    if handset.outcome != "undelivered" and handset.error_code is not None:
        yield f"texts that are lost have error {handset.error_code}"
    if handset.line is not None:
        yield "a landline, which cannot be texted" if handset.line == "landline" else "it can be texted"
    if handset.delay is not None:
        yield f"texts take {handset.delay:g} s"
    if handset.fault_rate is not None:
        yield f"{handset.fault_rate:.0%} of the texts are lost"
    if handset.seed is not None:
        yield f"seed {handset.seed}"
    if handset.repeated_reports is not None:
        yield f"reports come {handset.repeated_reports} times too often"
    if handset.early_reports is not None:
        yield "reports come too early" if handset.early_reports else "reports come in time"
    yield from _answering(handset)


def _answering(handset: Handset) -> Iterator[str]:
    if handset.answers is not None:
        yield ANSWERS[handset.answers]
    if handset.answer_delay is not None:
        yield f"it does so after {handset.answer_delay:g} s"
    if handset.greeting is not None:
        yield f"what is said first is {handset.greeting!r}" if handset.greeting else "nothing is said first"
