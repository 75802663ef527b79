"""What people are told, in every language."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.kit.phone import countries
from offhook.products.verify import wording
from offhook.products.verify.attempt import Manner

PLACES = re.compile(r"\{\{(\w+)\}\}")
WANTED = {
    "code": {"friendly_name", "code"},
    "lasting": {"friendly_name", "code", "ttl"},
    "warning": set(),
    "spoken": {"friendly_name", "code"},
    "press": set(),
    "again": set(),
    "subject": {"friendly_name"},
    "payment": {"amount", "payee", "code"},
}
names = st.text(min_size=1, max_size=30)


def manner(**wishes) -> Manner:
    return Manner(**{"friendly_name": "Shop", "locale": "en", "ttl": 10} | wishes)


def test_there_are_at_least_twenty_languages():
    assert len({locale.partition("-")[0] for locale in wording.languages()}) >= 20


@pytest.mark.parametrize("locale", wording.languages())
def test_each_text_names_what_it_is_about_and_nothing_else(locale):
    language = wording.languages()[locale]
    for name, wanted in WANTED.items():
        assert set(PLACES.findall(getattr(language, name))) == wanted, name
    assert re.fullmatch(r"[a-z]{2}-[A-Z]{2}", language.speech)
    assert wording.known_locale(locale.replace("-", "_").upper()) == locale


def test_a_country_is_spoken_to_in_one_language():
    named = [country for language in wording.languages().values() for country in language.countries]
    assert len(named) == len(set(named))
    assert set(named) <= set(countries())
    assert [wording.locale_for(country) for country in ("BR", "AT", "GB", "ZZ", "")] == [
        "pt-BR",
        "de",
        "en-GB",
        "en",
        "en",
    ]


@given(names, st.from_regex(r"[A-Za-z0-9]{4,10}", fullmatch=True), st.sampled_from(sorted(wording.languages())))
def test_the_code_is_in_every_text_once_filled(name, code, locale):
    for template in ("", "lasting"):
        said = wording.text(manner(friendly_name=name, locale=locale, template=template), code)
        assert code in said
        assert name in said
    assert all(f"{letter}." in wording.spoken(manner(friendly_name=name, locale=locale), code) for letter in code)


@given(st.text(max_size=60), st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_a_custom_message_never_goes_without_the_code(message, code):
    assert code in wording.text(manner(custom_message=message), code)


def test_what_an_app_calls_itself_is_not_filled():
    assert wording.text(manner(friendly_name="{{code}}"), "123456").count("123456") == 1
