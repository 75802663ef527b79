"""What people are told, in their language.

A language is a file in `languages/`: its texts, the countries whose numbers are spoken to in it, and the voice's
language. `{{friendly_name}}`, `{{code}}` and `{{ttl}}` (minutes) stand for what they name. No text bends with a number,
so none needs plural forms. https://www.twilio.com/docs/verify/supported-languages
"""

import hashlib
import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from offhook.products.verify.attempt import Manner

DEFAULT = "en"
TEMPLATE = "HJ"
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}|\{(code)\}")


class Language(msgspec.Struct, frozen=True):
    """The texts of one language; `speech` is the voice's language (`de-DE`)."""

    speech: str
    countries: list[str]
    code: str
    lasting: str
    warning: str
    spoken: str
    press: str
    again: str
    subject: str
    payment: str


class Template(msgspec.Struct, frozen=True):
    """A text that can be chosen, in every language; `key` names it in the files."""

    friendly_name: str
    key: str

    @property
    def sid(self) -> str:
        """Always the same."""
        return TEMPLATE + hashlib.sha256(self.key.encode()).hexdigest()[:32]


TEMPLATES = (Template("Verify default", "code"), Template("Verify with expiry", "lasting"))


@cache
def languages() -> dict[str, Language]:
    """Every language by its locale (`de`, `pt-BR`)."""
    found = {}
    for file in sorted(files(__package__).joinpath("languages").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found[file.name.removesuffix(".toml")] = msgspec.convert(tomllib.loads(file.read_text("utf-8")), Language)
    return found


@cache
def _by_country() -> dict[str, str]:
    return {country: locale for locale, language in languages().items() for country in language.countries}


def locale_for(country: str) -> str:
    """The locale that a country's numbers are spoken to in, unless somebody says otherwise."""
    return _by_country().get(country, DEFAULT)


def known_locale(text: str) -> str | None:
    """The locale that somebody means (`pt_br`, `de-AT`), None where it is not spoken here."""
    wanted = text.replace("_", "-").lower()
    by_name = {locale.lower(): locale for locale in languages()}
    return by_name.get(wanted) or by_name.get(wanted.partition("-")[0])


def template_of(sid: str) -> Template | None:
    """The template with this SID."""
    return next((template for template in TEMPLATES if template.sid == sid), None)


def text(manner: Manner, code: str) -> str:
    """A text message, or what an email says."""
    language = languages()[manner.locale]
    if manner.custom_message is not None:
        said = filled(manner.custom_message, manner, code)
        said = said if code in said else f"{said} {code}"
    elif manner.amount is not None:
        said = filled(language.payment, manner, code)
    else:
        said = filled(_chosen(language, manner), manner, code)
    if manner.warns:
        said = f"{said} {language.warning}"
    return f"<#> {said} {manner.app_hash}" if manner.app_hash else said


def spoken(manner: Manner, code: str) -> str:
    """What a call says: the code digit by digit, with a pause after each."""
    return filled(languages()[manner.locale].spoken, manner, " ".join(f"{digit}." for digit in code))


def filled(pattern: str, manner: Manner, code: str) -> str:
    """A text with its places filled. What an app calls itself is never looked at for places."""
    values = {
        "friendly_name": manner.friendly_name,
        "code": code,
        "ttl": str(manner.ttl),
        "amount": manner.amount or "",
        "payee": manner.payee or "",
    }
    return _PLACE.sub(lambda place: values.get(place[1] or place[2], place[0]), pattern)


def _chosen(language: Language, manner: Manner) -> str:
    return language.lasting if manner.template == "lasting" else language.code
