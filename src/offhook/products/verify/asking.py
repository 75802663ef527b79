"""What an app asks for when it begins a verification, and whether that makes sense: all that needs no database."""

import re
from dataclasses import dataclass, field
from typing import Any

import msgspec

from offhook.kit.phone import country_of, is_fixed_line, normalise
from offhook.products.verify import errors, wording
from offhook.products.verify.attempt import Manner
from offhook.products.verify.service import LONGEST_CODE, SHORTEST_CODE, Service
from offhook.products.verify.verification import Channel
from offhook.web.errors import not_found

_MAIL = re.compile(r"[^@\s\x00-\x1f\x7f<>,;]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+")
_CODE = re.compile(r"[A-Za-z0-9]+")
MOST_TAGS, LONGEST_TAG = 10, 128
MOST_TEMPLATES = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a request, as they came."""

    to: str
    channel: str
    custom_friendly_name: str | None = None
    custom_message: str | None = None
    send_digits: str | None = None
    locale: str | None = None
    custom_code: str | None = field(default=None, repr=False)
    amount: str | None = None
    payee: str | None = None
    rate_limits: str | None = None
    channel_configuration: str | None = None
    app_hash: str | None = None
    template_sid: str | None = None
    template_custom_substitutions: str | None = None
    templates: str | None = None
    checks_risk: bool = True
    tags: str | None = None


class Choice(msgspec.Struct):
    """One of several templates, in the order in which they are wanted."""

    sid: str
    substitutions: dict[str, str] = {}


class MailConfiguration(msgspec.Struct):
    """How an email is to be sent."""

    from_: str | None = msgspec.field(default=None, name="from")
    from_name: str | None = None


def destination(to: str, channel: str) -> tuple[str, Channel]:
    """Where a code goes, as it is kept, and by which channel. Raises ApiError 60200, or 20501 for a channel to come."""
    if channel in errors.LATER:
        raise errors.channel_later(channel)
    if channel == "email" or (channel == "auto" and "@" in to):
        if not _MAIL.fullmatch(to):
            raise errors.parameter("To", to)
        return to, "email"
    if channel not in ("sms", "call", "auto"):
        raise errors.parameter("Channel", channel)
    number = normalise(to) if to.startswith("+") else None
    if number is None:
        raise errors.parameter("To", to)
    if channel == "auto":
        return number, "call" if is_fixed_line(number) else "sms"
    return number, "call" if channel == "call" else "sms"


def known_destination(to: str) -> str:
    """A destination as it is kept; what is none is left as it is, and found nowhere."""
    return to if "@" in to else normalise(to) or to


def check(asked: Asked, service: Service, channel: Channel) -> None:
    """Raises ApiError for what the service does not allow, or what makes no sense."""
    if asked.custom_code:
        if not service.custom_code_enabled:
            raise errors.not_supported("CustomCodeEnabled is false")
        check_code(asked.custom_code, "CustomCode")
    if service.psd2_enabled:
        if not (asked.amount and asked.payee):
            raise errors.transaction_required()
        if channel == "call":
            raise errors.no_transactions_by_call()
    elif asked.amount or asked.payee:
        raise errors.not_supported("Psd2Enabled is false")
    if asked.send_digits and not re.fullmatch(r"[0-9*#wW]{1,32}", asked.send_digits):
        raise errors.parameter("SendDigits", "0 to 9, *, #, w and W, 32 at most")
    _check_tags(asked.tags)


def check_code(code: str, name: str) -> None:
    """Raises ApiError 60200 for what no code looks like. What was given is not told: it may be one."""
    if not SHORTEST_CODE <= len(code) <= LONGEST_CODE or not _CODE.fullmatch(code):
        raise errors.parameter(name, f"{SHORTEST_CODE} to {LONGEST_CODE} letters and digits")


def manner(asked: Asked, service: Service, country: str, ttl: int) -> Manner:
    """How the code is to be said; `ttl` in minutes. Raises ApiError 60200, or 20404 for a language."""
    mail = _read(asked.channel_configuration, MailConfiguration, "ChannelConfiguration") or MailConfiguration()
    if mail.from_ is not None and not _MAIL.fullmatch(mail.from_):
        raise errors.parameter("ChannelConfiguration", "from is no email address")
    return Manner(
        friendly_name=asked.custom_friendly_name or service.friendly_name,
        locale=_locale(asked.locale, country),
        ttl=ttl,
        template=_template(asked, service),
        custom_message=asked.custom_message or None,
        warns=service.do_not_share_warning_enabled,
        app_hash=asked.app_hash or None,
        send_digits=asked.send_digits or "",
        asks_first=service.dtmf_input_required,
        voice=service.tts_name or "",
        mail_from=mail.from_,
        mail_from_name=mail.from_name and plain(mail.from_name),
        amount=asked.amount,
        payee=asked.payee,
    )


def rate_limits(asked: Asked) -> dict[str, str]:
    """The values of the app's own keys. Raises ApiError 60200."""
    found = _read(asked.rate_limits, dict[str, str | int | float | bool], "RateLimits") or {}
    return {name: str(value) for name, value in found.items()}


def country_of_destination(to: str, channel: Channel) -> str:
    """The country of a number; empty where there is none."""
    return "" if channel == "email" else country_of(to)


def plain(text: str) -> str:
    """A name in one line, as headers can have it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _locale(wanted: str | None, country: str) -> str:
    if not wanted:
        return wording.locale_for(country)
    found = wording.known_locale(wanted)
    if found is None:
        raise not_found(f"Locale {wanted}")
    return found


def _template(asked: Asked, service: Service) -> str:
    _read(asked.template_custom_substitutions, dict[str, str], "TemplateCustomSubstitutions")
    choices = _read(asked.templates, list[Choice], "Templates")
    if choices is not None and not 1 <= len(choices) <= MOST_TEMPLATES:
        raise errors.parameter("Templates", f"1 to {MOST_TEMPLATES} of them")
    sids = [choice.sid for choice in choices] if choices else [asked.template_sid or service.default_template_sid or ""]
    for sid in filter(None, sids):
        if (found := wording.template_of(sid)) is not None:
            return found.key
        if choices is None:
            raise not_found(f"/v2/Templates/{sid}")
    if choices:
        raise errors.parameter("Templates", "there is none of them")
    return ""


def _check_tags(text: str | None) -> None:
    tags = _read(text, dict[str, str], "Tags") or {}
    if len(tags) > MOST_TAGS or any(len(part) > LONGEST_TAG for tag in tags.items() for part in tag):
        raise errors.parameter("Tags", f"at most {MOST_TAGS}, of {LONGEST_TAG} characters each")


def _read(text: str | None, kind: Any, name: str) -> Any:
    """What a parameter says in JSON, None where it was not given. Raises ApiError 60200."""
    if not text:
        return None
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, UnicodeError):
        raise errors.parameter(name, "it is not the JSON that is expected there") from None
