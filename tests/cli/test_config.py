"""`offhook config`: the file in words, everything wrong with it, and where each setting comes from."""

import tomllib
from pathlib import Path

import pytest

from offhook.cli.declaring import sentences
from offhook.roles.declarations import parse
from tests.terminal import Terminal

GOOD = """
port = 1234

[[accounts]]
friendly_name = "Shop"
auth_token = "geheim-und-sicher"

[[numbers]]
phone_number = "+14155550100"
account = "Shop"
friendly_name = "Desk"
sms_url = "http://me:geheim@127.0.0.1:5000/sms"
sms_method = "GET"
"""


def test_what_is_declared_is_said_in_words_without_secrets(terminal: Terminal):
    (terminal.folder / "offhook.toml").write_text(GOOD)
    done = terminal.offhook("config", "check")
    assert (done.returncode, done.stderr) == (0, "")
    first, account, number = done.stdout.splitlines()
    assert first == "offhook.toml is fine. It declares:"
    assert account == "  account Shop: its SID is made up; its token is given"
    assert number.startswith("  number (415) 555-0100 (Desk), of account Shop: texts go to GET http://")
    assert number.endswith("@127.0.0.1:5000/sms")
    assert "geheim-und-sicher" not in done.stdout


def test_every_problem_is_listed_and_the_exit_code_is_1(terminal: Terminal):
    (terminal.folder / "other.toml").write_text('[[numbers]]\nsms_urll = "x"\n[[handsets]]\naddress = "me"\n')
    done = terminal.offhook("config", "check", "--file", "other.toml")
    assert (done.returncode, done.stdout) == (1, "")
    head, *problems = done.stderr.splitlines()
    assert head == "offhook: other.toml makes no sense:"
    assert [problem.partition(":")[0] for problem in problems] == [
        "  [[numbers]] 1",
        "  [[numbers]] 1",
        "  [[handsets]] 1",
    ]


WRONG = {
    "a syntax error": (
        "[[numbers]]\nphone_number = = 1",
        "offhook: offhook.toml: Invalid value (at line 2, column 16)\n",
    ),
    "a setting's value": ("port = 70000", "offhook: offhook.toml: port must be from 0 to 65535\n"),
    "a setting that nobody knows": ("prot = 1", "offhook: offhook.toml: unknown setting prot (known: account_sid, "),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_with_the_settings_is_said_too(terminal: Terminal, text: str, said: str):
    (terminal.folder / "offhook.toml").write_text(text)
    done = terminal.offhook("config", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(said)


def test_no_file_is_fine_unless_it_was_named(terminal: Terminal):
    done = terminal.offhook("config", "check")
    assert (done.returncode, "nothing is declared" in done.stdout) == (0, True)
    done = terminal.offhook("config", "check", "--file", "nope.toml")
    assert (done.returncode, done.stderr) == (1, "offhook: there is no file nope.toml.\n")


def test_the_settings_in_force_are_shown_with_where_each_comes_from(terminal: Terminal):
    (terminal.folder / "offhook.toml").write_text("port = 1234\ntls_port = 4\n")
    database = "postgresql://me:geheim@db/texts?password=geheim"
    tokens = dict.fromkeys(("OFFHOOK_AUTH_TOKEN", "OFFHOOK_TEST_AUTH_TOKEN"), "geheim-und-sicher")
    mail = "smtps://me:geheim@mail.example:465"
    secrets = {"OFFHOOK_DATABASE": database, "OFFHOOK_SMTP_URL": mail, **tokens}
    done = terminal.offhook("config", "show", "--tls-port", "5", OFFHOOK_PORT="9", **secrets)
    assert (done.returncode, done.stderr) == (0, "")
    shown = {words[0]: words[1:] for words in (line.split(None, 1) for line in done.stdout.splitlines())}
    told = {name: " ".join(rest[0].split()) for name, rest in shown.items()}
    assert told["port"] == "9 OFFHOOK_PORT"
    assert told["tls_port"] == "5 --tls-port"
    assert told["database"] == "postgresql://me@db/texts OFFHOOK_DATABASE"
    assert told["smtp_url"] == "smtps://me@mail.example:465 OFFHOOK_SMTP_URL"
    assert told["auth_token"] == "(set, not shown) OFFHOOK_AUTH_TOKEN"
    assert told["test_auth_token"] == "(set, not shown) OFFHOOK_TEST_AUTH_TOKEN"
    assert told["log_level"] == "info default"
    assert told["mode"] == "dev default: 127.0.0.1 is a loopback address"
    assert "geheim-und-sicher" not in done.stdout


def test_the_mode_in_force_is_shown_with_its_reason(terminal: Terminal):
    for flags, told in {
        ("--host", "0.0.0.0"): "production default: 0.0.0.0 is no loopback address",
        ("--host", "0.0.0.0", "--mode", "dev"): "dev --mode",
    }.items():
        (line,) = [x for x in terminal.offhook("config", "show", *flags).stdout.splitlines() if x.startswith("mode")]
        assert " ".join(line.split()) == f"mode {told}"


def test_the_help_shows_each_command_in_a_whole_sentence(terminal: Terminal):
    assert "..." not in terminal.offhook("config", "--help").stdout.partition("Commands:")[2]


def test_settings_that_make_no_sense_are_not_shown(terminal: Terminal):
    done = terminal.offhook("config", "show", OFFHOOK_CLOCK="sundial")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "offhook: clock: 'sundial' is none of real, virtual.\n"


def test_a_start_with_a_file_that_makes_no_sense_is_refused_in_one_sentence(terminal: Terminal):
    (terminal.folder / "offhook.toml").write_text('[[numbers]]\nphone_number = "1"\n')
    done = terminal.offhook("up", "--port", "0", "--tls-port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("offhook: offhook.toml: [[numbers]] 1: phone_number must be a phone number in E.164")
    assert done.stderr.count("\n") == 1
    assert not (terminal.folder / ".offhook").exists()


def test_other_commands_do_not_mind_a_number_that_makes_no_sense(terminal: Terminal):
    (terminal.folder / "offhook.toml").write_text('data = "kept"\n[[numbers]]\nphone_number = "1"\n')
    done = terminal.offhook("env")
    assert done.stderr.startswith("offhook: no Offhook runs on kept.")


WORDS = {
    'phone_number = "+14155550100"\nsms_url = ""': "(415) 555-0100, of the first account: texts go nowhere",
    'phone_number = "+14155550100"': "(415) 555-0100, of the first account: nothing is set",
    'phone_number = "+14155550100"\nvoice_method = "GET"': "(415) 555-0100, of the first account: calls go by GET",
    'phone_number = "+14155550100"\nsms_application = ""': "of the first account: texts go to no application",
}


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_a_number_in_words(text: str, words: str):
    (sentence,) = sentences(parse(tomllib.loads(f"[[numbers]]\n{text}"), Path("x")))
    assert sentence.endswith(words)


def test_a_phone_in_words():
    text = """
    [[handsets]]
    address = "+1415*"
    power = "off"
    error_code = 30007
    delay = 1.5
    fault_rate = 0.25
    seed = 3
    repeated_reports = 2
    early_reports = true
    [[handsets]]
    address = "client:anna"
    outcome = "undelivered"
    answers = "voicemail"
    answer_delay = 2.5
    greeting = "Anna is not in"
    """
    assert sentences(parse(tomllib.loads(text), Path("x"))) == [
        "phones +1415*: switched off; texts that are lost have error 30007; texts take 1.5 s; 25% of the texts are "
        "lost; seed 3; reports come 2 times too often; reports come too early",
        "phone client:anna: every text is lost, with error 30003; calls are answered by a voicemail; it does so after "
        "2.5 s; what is said first is 'Anna is not in'",
    ]


POLICIES = {
    'media_auth = true\ncountries = ["US", "CA"]': "files of its messages are for those with credentials; "
    "it may text CA, US",
    'media_auth = false\ncountries = "all"': "files of its messages are for whoever knows their URL; "
    "it may text every country",
    "countries = []": "it may text no country",
}


@pytest.mark.parametrize(("text", "words"), POLICIES.items())
def test_an_account_s_policies_in_words(text: str, words: str):
    (sentence,) = sentences(parse(tomllib.loads(f'[[accounts]]\nfriendly_name = "A"\n{text}'), Path("x")))
    assert sentence == f"account A: its SID is made up; its token is left as it is, or made up; {words}"


@pytest.mark.parametrize(
    ("line", "words"), [("landline", "a landline, which cannot be texted"), ("mobile", "it can be texted")]
)
def test_a_line_in_words(line: str, words: str):
    (sentence,) = sentences(parse(tomllib.loads(f'[[handsets]]\naddress = "+33*"\nline = "{line}"'), Path("x")))
    assert sentence == f"phones +33*: {words}"
