"""Where a setting's value comes from, and that nonsense is named."""

from dataclasses import fields
from pathlib import Path

import pytest

from offhook.roles.settings import SettingError, Settings, load, of_file, origins


def test_defaults_are_a_developer_s_machine(tmp_path):
    settings = load({}, {}, tmp_path)
    assert (settings.host, settings.port, settings.tls_port, settings.clock) == ("127.0.0.1", 4665, 4666, "real")
    assert settings.data == Path(".offhook")
    assert settings.is_production is False
    assert settings.adopts is True


def test_a_flag_wins_over_the_environment_and_that_over_the_file(tmp_path):
    (tmp_path / "offhook.toml").write_text('port = 1111\ntls_port = 1112\nhost = "127.0.0.3"\n')
    environment = {"OFFHOOK_PORT": "2222", "OFFHOOK_TLS_PORT": "2223"}
    settings = load({"port": 3333, "tls_port": None}, environment, tmp_path)
    assert (settings.port, settings.tls_port, settings.host) == (3333, 2223, "127.0.0.3")


@pytest.mark.parametrize(
    ("host", "mode", "production"),
    [
        ("127.0.0.1", None, False),
        ("::1", None, False),
        ("localhost", None, False),
        ("0.0.0.0", None, True),
        ("192.0.2.1", None, True),
        ("example.com", None, True),
        ("127.0.0.1", "production", True),
        ("0.0.0.0", "dev", False),
    ],
)
def test_who_can_reach_it_decides_what_is_allowed(host, mode, production):
    settings = Settings(host=host, mode=mode)
    assert settings.is_production is production
    assert settings.adopts is not production


@pytest.mark.parametrize(
    ("word", "strict"), [("1", True), ("true", True), ("TRUE", True), ("0", False), ("false", False)]
)
def test_strict_is_a_yes_or_no_and_adopts_nothing(tmp_path, word, strict):
    settings = load({}, {"OFFHOOK_STRICT": word}, tmp_path)
    assert settings.strict is strict
    assert settings.adopts is not strict


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"OFFHOOK_PORT": "many"}, "port"),
        ({"OFFHOOK_PORT": "65536"}, "port"),
        ({"OFFHOOK_TLS_PORT": "-1"}, "tls_port"),
        ({"OFFHOOK_CLOCK": "sundial"}, "clock"),
        ({"OFFHOOK_EXCHANGES_MB": "0"}, "exchanges_mb"),
        ({"OFFHOOK_MODE": "test"}, "mode"),
        ({"OFFHOOK_SMTP_URL": "http://mail.example"}, "smtp_url"),
        ({"OFFHOOK_SMTP_URL": "smtp://mail.example:many"}, "smtp_url"),
        ({"OFFHOOK_MAIL_FROM": "nobody"}, "mail_from"),
        ({"OFFHOOK_VERIFY_TTL": "119"}, "verify_ttl"),
        ({"OFFHOOK_VERIFY_TTL": "86401"}, "verify_ttl"),
        ({"OFFHOOK_VERIFY_PUMPING": "perhaps"}, "verify_pumping"),
        ({"OFFHOOK_VERIFY_RESEND_WAIT": "-1"}, "verify_resend_wait"),
        ({"OFFHOOK_VERIFY_SENDER": "Shop!"}, "verify_sender"),
        ({"OFFHOOK_STRICT": "maybe"}, "strict"),
        ({"OFFHOOK_LOG_LEVEL": "loud"}, "log_level"),
        ({"OFFHOOK_AUTH_TOKEN": "short"}, "auth_token"),
        ({"OFFHOOK_AUTH_TOKEN": "sixteen letters, but with spaces"}, "auth_token"),
        ({"OFFHOOK_TEST_AUTH_TOKEN": ""}, "test_auth_token"),
        ({"OFFHOOK_MODE": "production", "OFFHOOK_CLOCK": "virtual"}, "clock"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(tmp_path, environment, named):
    with pytest.raises(SettingError, match=named):
        load({}, environment, tmp_path)


@pytest.mark.parametrize(
    ("given", "permitted"),
    [
        ({}, None),
        ({"OFFHOOK_MODE": "production"}, {"US", "CA"}),
        ({"OFFHOOK_MODE": "production", "OFFHOOK_COUNTRIES": "all"}, None),
        ({"OFFHOOK_MODE": "production", "OFFHOOK_COUNTRIES": "DE,FR"}, {"DE", "FR"}),
        ({"OFFHOOK_COUNTRIES": "DE"}, {"DE"}),
    ],
)
def test_countries_are_every_one_in_dev_mode_and_two_in_production_unless_they_are_named(tmp_path, given, permitted):
    assert load({}, given, tmp_path).countries_permitted == permitted


def test_countries_may_be_a_list_in_the_file(tmp_path):
    (tmp_path / "offhook.toml").write_text('countries = ["DE", "FR"]')
    assert load({}, {}, tmp_path).countries == "DE,FR"


@pytest.mark.parametrize("text", ["XX", "US,", "us", "", "US, CA", "all,US"])
def test_what_is_no_country_is_named(tmp_path, text):
    with pytest.raises(SettingError, match=r"countries: .* is no country; write codes of two letters"):
        load({}, {"OFFHOOK_COUNTRIES": text}, tmp_path)


def test_a_key_that_nobody_knows_is_named_with_those_that_are_known(tmp_path):
    (tmp_path / "offhook.toml").write_text("prot = 4665\n")
    with pytest.raises(SettingError, match=r"prot.*known:.*port"):
        load({}, {}, tmp_path)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "offhook.toml").write_text("port = = 1\n")
    with pytest.raises(SettingError, match=r"offhook\.toml"):
        load({}, {}, tmp_path)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("data = 3", "data: 3 is no text"),
        ("host = 2130706433", "host"),
        ("port = [1]", "port: .* is not a port number"),
        ("port = 1.5", "port: 1.5 is not a port number"),
        ('strict = "maybe"', "strict: 'maybe' is none of"),
        ("auth_token = 1", "auth_token"),
    ],
)
def test_a_value_of_another_type_is_refused_not_guessed_at(tmp_path, line, named):
    (tmp_path / "offhook.toml").write_text(line)
    with pytest.raises(SettingError, match=named):
        load({}, {}, tmp_path)


def test_a_syntax_error_is_named_with_its_line(tmp_path):
    (tmp_path / "offhook.toml").write_text('host = "127.0.0.1"\n\nport = = 1\n')
    with pytest.raises(SettingError, match=r"offhook\.toml: .*line 3"):
        load({}, {}, tmp_path)


def test_what_the_file_declares_is_none_of_the_settings_business(tmp_path):
    (tmp_path / "offhook.toml").write_text("port = 1111\n[[numbers]]\nnonsense = true\n")
    assert load({}, {}, tmp_path).port == 1111
    assert of_file(tmp_path / "offhook.toml").port == 1111


def test_each_value_comes_from_the_place_that_wins(tmp_path):
    (tmp_path / "offhook.toml").write_text("port = 1\ntls_port = 2\nstrict = true\n")
    found = origins({"port": 5, "log_level": None}, {"OFFHOOK_TLS_PORT": "3", "OFFHOOK_PORT": "4"}, tmp_path)
    assert (found["port"], found["tls_port"]) == ("--port", "OFFHOOK_TLS_PORT")
    assert (found["strict"], found["log_level"]) == ("offhook.toml", "default")
    assert list(found) == [item.name for item in fields(Settings)]


@pytest.mark.parametrize("sid", ["SK1", "", "AC 1", "AC" + "1" * 63])
def test_a_test_sid_is_a_sid(sid):
    with pytest.raises(SettingError, match="test_account_sid"):
        Settings(test_account_sid=sid)


def test_a_test_sid_is_not_the_account_s_own():
    with pytest.raises(SettingError, match="must not be account_sid"):
        Settings(account_sid="AC1", test_account_sid="AC1")


@pytest.mark.parametrize("url", ["https://offhook.example", "http://10.0.0.1:8080/phone/", ""])
def test_a_public_url_is_what_other_urls_begin_with(url):
    assert Settings(public_url=url).public_url == url


@pytest.mark.parametrize(
    "url", ["offhook.example", "ftp://a.example", "https://", "https://u:p@a.example", "http://a:x"]
)
def test_what_no_url_begins_with_is_no_public_url(url):
    with pytest.raises(SettingError, match="public_url"):
        Settings(public_url=url)


@pytest.mark.parametrize("url", ["https://a.example?b=c", "https://a.example/#d", "https://a.example/b c"])
def test_a_public_url_has_no_query_and_no_fragment(url):
    with pytest.raises(SettingError, match="public_url"):
        Settings(public_url=url)


@pytest.mark.parametrize(
    ("given", "wait", "guard"),
    [
        ({}, 0, "monitor"),
        ({"OFFHOOK_MODE": "production"}, 30, "block"),
        ({"OFFHOOK_MODE": "production", "OFFHOOK_VERIFY_RESEND_WAIT": "0", "OFFHOOK_VERIFY_PUMPING": "off"}, 0, "off"),
        ({"OFFHOOK_VERIFY_RESEND_WAIT": "5", "OFFHOOK_VERIFY_PUMPING": "block"}, 5, "block"),
    ],
)
def test_codes_are_guarded_in_production_unless_it_is_said_otherwise(tmp_path, given, wait, guard):
    settings = load({}, given, tmp_path)
    assert (settings.first_resend_wait, settings.guard_against_pumping) == (wait, guard)


def test_the_password_of_a_mail_server_is_not_told(tmp_path):
    with pytest.raises(SettingError) as caught:
        load({}, {"OFFHOOK_SMTP_URL": "smpt://me:geheim@mail.example"}, tmp_path)
    assert "geheim" not in str(caught.value)
