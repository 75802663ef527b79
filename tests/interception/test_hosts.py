import pytest

from offhook.interception.hosts import is_twilio


@pytest.mark.parametrize(
    "host",
    [
        "api.twilio.com",
        "API.Twilio.COM",
        "api.twilio.com.",
        "api.dublin.ie1.twilio.com",
        "twimlets.com",
        "www.twimlets.com",
    ],
)
def test_twilios_names_are_twilios(host):
    assert is_twilio(host)


@pytest.mark.parametrize(
    "host",
    ["eviltwilio.com", "twilio.com", "api.twilio.com.evil.example", "twilio.com.example", "nottwimlets.com", "", "::1"],
)
def test_names_that_only_look_like_it_are_not(host):
    assert not is_twilio(host)
