"""What a file may declare, and that everything wrong with it is named with its place."""

import tomllib
from pathlib import Path

import pytest

from offhook.kit.phone import countries
from offhook.roles import settings
from offhook.roles.declarations import DeclarationError, Declarations, Handset, keys_of, parse, read

FILE = Path("offhook.toml")


def declared(text: str) -> Declarations:
    return parse(tomllib.loads(text), FILE)


def problems(text: str) -> list[str]:
    with pytest.raises(DeclarationError) as refused:
        declared(text)
    return list(refused.value.problems)


def test_a_file_without_tables_declares_nothing():
    assert declared("port = 4665") == Declarations()


def test_a_file_that_is_not_there_declares_nothing(tmp_path):
    assert read(tmp_path / "offhook.toml") == Declarations()


def test_the_tables_are_those_that_the_settings_leave_alone():
    assert Declarations.__struct_fields__ == settings.TABLES


def test_what_is_not_given_is_left_open():
    (number,) = declared('[[numbers]]\nphone_number = "+1 (415) 555-0100"\nsms_url = ""').numbers
    assert (number.phone_number, number.sms_url, number.voice_url, number.account) == ("+14155550100", "", None, None)


def test_a_handset_is_declared_in_the_words_of_the_api():
    text = """
    [[handsets]]
    address = "+1415*"
    outcome = "undelivered"
    error_code = 30005
    delay = 2
    power = "off"
    repeated_reports = 1
    early_reports = true
    fault_rate = 0.25
    seed = 7
    line = "landline"
    answers = "voicemail"
    answer_delay = 2.5
    greeting = "Nobody is in"
    """
    (handset,) = declared(text).handsets
    assert handset == Handset(
        address="+1415*",
        outcome="undelivered",
        error_code=30005,
        delay=2.0,
        power="off",
        repeated_reports=1,
        early_reports=True,
        fault_rate=0.25,
        seed=7,
        line="landline",
        answers="voicemail",
        answer_delay=2.5,
        greeting="Nobody is in",
    )


@pytest.mark.parametrize(
    ("written", "read"), [('["US", "CA"]', {"US", "CA"}), ("[]", set()), ('"all"', {*countries()})]
)
def test_an_account_s_countries_are_a_list_of_codes_or_all(written, read):
    (account,) = declared(f'[[accounts]]\nfriendly_name = "A"\nmedia_auth = false\ncountries = {written}').accounts
    assert (account.media_auth, account.countries) == (False, read)


@pytest.mark.parametrize("address", ["+14155550100", "client:anna", "+1415*", "+*", "*"])
def test_addresses_of_phones(address):
    assert declared(f'[[handsets]]\naddress = "{address}"').handsets[0].address == address


@pytest.mark.parametrize("address", ["", "1415*", "+1415*5", "anna", "+", "+14a*", "client:"])
def test_what_is_no_address_is_refused(address):
    (problem,) = problems(f'[[handsets]]\naddress = "{address}"')
    assert problem.startswith("[[handsets]] 1: address must be a phone number in E.164")


NUMBER = '[[numbers]]\nphone_number = "+14155550100"\n'
ACCOUNT = '[[accounts]]\nfriendly_name = "A"\n'
WRONG = {
    "an unknown key": (NUMBER + 'sms_urll = "http://x/"', ["[[numbers]] 1: there is no key sms_urll", "sms_url,"]),
    "a missing key": ('[[numbers]]\nsms_url = "http://x/"', ["[[numbers]] 1: phone_number is missing: a phone number"]),
    "no number": ('[[numbers]]\nphone_number = "555"', ["[[numbers]] 1: phone_number must be", '"555" is not']),
    "a number of another type": ("[[numbers]]\nphone_number = 14155550100", ["14155550100 is not"]),
    "no URL": (NUMBER + 'sms_url = "/sms"', ['sms_url must be a complete http or https URL, or "" for none']),
    "another method": (NUMBER + 'sms_method = "PUT"', ['sms_method must be "GET" or "POST"; "PUT" is not']),
    "text for a flag": (NUMBER + 'voice_caller_id_lookup = "yes"', ["must be true or false"]),
    "a flag for a number": ('[[handsets]]\naddress = "+1*"\nseed = true', ["seed must be a whole number from 0"]),
    "an unknown code": (
        '[[handsets]]\naddress = "+1*"\nerror_code = 30001',
        ["error_code must be one of 30003, 30004"],
    ),
    "a long delay": ('[[handsets]]\naddress = "+1*"\ndelay = 1e9', ["delay must be a number from 0 to 604800"]),
    "not a number": ('[[handsets]]\naddress = "+1*"\nfault_rate = nan', ["fault_rate must be a number from 0 to 1"]),
    "no SID": ('[[accounts]]\nfriendly_name = "A"\nsid = "SM1"', ["sid must be AC and letters or digits"]),
    "a test SID that is an account": (
        ACCOUNT + 'sid = "AC1"\ntest_account_sid = "AC1"',
        ["[[accounts]] 1: test_account_sid AC1 is declared for something else"],
    ),
    "a test SID of two accounts": (
        ACCOUNT + 'test_account_sid = "AC1"\n[[accounts]]\nfriendly_name = "B"\ntest_account_sid = "AC1"',
        ["[[accounts]] 2: test_account_sid AC1 is declared for something else"],
    ),
    "no country": (ACCOUNT + 'countries = ["US", "XX"]', ['countries must be a list of country codes, as in ["US"']),
    "text for a list": (ACCOUNT + 'countries = "US"', ['or "all"; "US" is not']),
    "a number in a list": (ACCOUNT + "countries = [33]", ["[33] is not"]),
    "another line": ('[[handsets]]\naddress = "+1*"\nline = "fax"', ['line must be "mobile" or "landline"']),
    "one bracket": ('[numbers]\nphone_number = "+14155550100"', ["write [[numbers]] above each, with two brackets"]),
    "no table at all": ("numbers = 3", ["numbers is a list of tables"]),
    "the same number twice": (NUMBER + NUMBER, ["[[numbers]] 2: +14155550100 is declared above already"]),
    "an account that nobody declared": (NUMBER + 'account = "Shop"', ["[[numbers]] 1: account Shop is neither"]),
    "an application that nobody declared": (
        NUMBER + 'sms_application = "Bot"',
        ["sms_application Bot is not declared"],
    ),
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_named_with_its_place_and_what_is_allowed(text, words):
    (problem,) = problems(text)
    for word in words:
        assert word in problem


def test_every_problem_is_told_at_once_and_the_error_names_the_file():
    text = '[[accounts]]\n[[numbers]]\nphone_number = "1"\nfoo = 1\n[[handsets]]\naddress = "x"'
    assert [problem.partition(":")[0] for problem in problems(text)] == [
        "[[accounts]] 1",
        "[[numbers]] 1",
        "[[numbers]] 1",
        "[[handsets]] 1",
    ]
    with pytest.raises(DeclarationError, match=r"^offhook\.toml: \[\[accounts\]\] 1: .*; \[\[numbers\]\] 1: "):
        declared(text)


@pytest.mark.parametrize("key", ["auth_token", "test_auth_token"])
def test_a_token_that_is_refused_is_not_shown(key):
    (problem,) = problems(f'[[accounts]]\nfriendly_name = "A"\n{key} = "geheim geheim"')
    assert f"{key} must be" in problem
    assert "geheim" not in problem


def test_an_application_belongs_to_an_account_however_that_is_named():
    text = """
    [[accounts]]
    friendly_name = "Shop"
    sid = "AC1"
    [[applications]]
    friendly_name = "Bot"
    account = "Shop"
    [[numbers]]
    phone_number = "+14155550100"
    account = "AC1"
    sms_application = "Bot"
    """
    assert declared(text).application_named("Bot", "Shop") is not None
    (problem,) = problems(text.replace('account = "Shop"', ""))
    assert problem == "[[numbers]] 1: sms_application Bot is not declared in [[applications]] for the same account"


def test_two_accounts_may_each_have_an_application_of_the_same_name():
    accounts = '[[accounts]]\nfriendly_name = "A"\n[[accounts]]\nfriendly_name = "B"\n'
    bots = "".join(f'[[applications]]\nfriendly_name = "Bot"\naccount = "{name}"\n' for name in "AB")
    assert len(declared(accounts + bots).applications) == 2


def test_every_key_says_what_it_may_hold():
    for kind in (type(entry) for entry in ALL):
        assert all(each.allowed for each in keys_of(kind).values())


ALL = [
    declared('[[accounts]]\nfriendly_name = "A"').accounts[0],
    declared('[[applications]]\nfriendly_name = "A"').applications[0],
    declared(NUMBER).numbers[0],
    declared('[[short_codes]]\nshort_code = "12345"').short_codes[0],
    declared('[[handsets]]\naddress = "+1*"').handsets[0],
]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('phone_number = "12"', "phone_number must be a phone number"),
        ('friendly_name = "Home"', "phone_number is missing"),
        ('phone_number = "+19732644152"\naccount = "Nobody"', "account Nobody is neither declared"),
    ],
)
def test_a_caller_id_that_makes_no_sense_is_refused(text, words):
    (problem,) = problems(f"[[caller_ids]]\n{text}")
    assert problem.startswith("[[caller_ids]] 1: ")
    assert words in problem


@pytest.mark.parametrize("token", ["", "short", "x" * 129, "sixteen letters and spaces", "sechzehn-und-größer"])
def test_what_is_no_token_is_refused(token):
    (problem,) = problems(f'[[accounts]]\nfriendly_name = "A"\nauth_token = "{token}"')
    assert "auth_token must be a text of 16 to 128" in problem
