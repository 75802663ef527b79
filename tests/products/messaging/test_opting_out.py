"""STOP, START and HELP, as a person texts them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from twilio.base.exceptions import TwilioRestException

from offhook.products.messaging.opting_out import ANSWERS, wish_of
from tests.products.messaging.talking import ALSO_OURS, OTHER, OURS, PERSON, came, codes, refusal, say, statuses

STOP_WORDS = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]
START_WORDS = ["START", "YES", "UNSTOP"]
HELP_WORDS = ["HELP", "INFO"]


@pytest.fixture
def phone(offhook):
    offhook.number(OURS)
    return offhook.handset(PERSON)


def send(offhook, body: str = "buy now", from_: str = OURS, to: str = PERSON):
    return offhook.client().messages.create(to=to, from_=from_, body=body)


class TestWords:
    @pytest.mark.parametrize(
        ("words", "wish"), [(STOP_WORDS, "stop"), (START_WORDS, "start"), (HELP_WORDS, "help")], ids=str
    )
    def test_each_word_in_any_case_and_with_space_around_is_meant(self, words, wish):
        for word in words:
            said = (word, word.lower(), word.capitalize(), f"  {word}\n", f"\t{word.lower()} ")
            assert {wish_of(body) for body in said} == {wish}, word

    @pytest.mark.parametrize(
        "body",
        [
            "please stop",
            "STOP!",
            "STOP IT",
            "S TOP",
            "",
            "no",
            "YES please",
            "helpful",
            "END.",
            "STOP\nSTOP",
            "ＳＴＯＰ",
        ],
    )
    def test_a_word_inside_a_sentence_is_only_a_word(self, body):
        assert wish_of(body) is None


@pytest.mark.parametrize("word", STOP_WORDS)
def test_a_person_who_says_stop_gets_one_answer_and_nothing_more(offhook, phone, word):
    phone.text(OURS, word.lower())
    phone.wait_for("opted out")
    assert refusal(send, offhook) == (400, 21610)
    assert came(offhook) == [ANSWERS["stop"]]
    assert [message.body for message in offhook.client().messages.list(to=PERSON)] == [ANSWERS["stop"]]


@pytest.mark.parametrize("word", START_WORDS)
def test_a_person_who_says_start_gets_messages_again(offhook, phone, word):
    phone.text(OURS, "STOP")
    phone.text(OURS, word)
    send(offhook, "welcome back")
    assert came(offhook) == [ANSWERS["stop"], ANSWERS["start"], "welcome back"]


def test_who_opted_in_again_may_opt_out_again(offhook, phone):
    for word in ("STOP", "START", "STOP", "START", "STOP"):
        phone.text(OURS, word)
        offhook.clock.settle()
    stop, start = ANSWERS["stop"], ANSWERS["start"]
    assert came(offhook) == [stop, start, stop, start, stop]
    assert refusal(send, offhook) == (400, 21610)


@pytest.mark.parametrize(("words", "answers"), [(["STOP", "quit", "Stop"], ["stop"]), (["START", "yes"], [])])
def test_what_changes_nothing_is_not_answered(offhook, phone, words, answers):
    for word in words:
        phone.text(OURS, word)
    assert came(offhook) == [ANSWERS[answer] for answer in answers]


@pytest.mark.parametrize("word", HELP_WORDS)
def test_help_is_answered_but_not_to_who_wants_nothing(offhook, phone, word):
    phone.text(OURS, word)
    assert came(offhook) == [ANSWERS["help"]]
    phone.text(OURS, "STOP")
    phone.text(OURS, word)
    assert came(offhook) == [ANSWERS["help"], ANSWERS["stop"]]


def test_it_is_between_one_number_and_one_person(offhook, phone):
    phone.text(OURS, "STOP")
    offhook.clock.settle()
    send(offhook, "from another number", from_=ALSO_OURS)
    send(offhook, "to another person", to=OTHER)
    assert came(offhook) == [ANSWERS["stop"], "from another number"]
    assert came(offhook, OTHER) == ["to another person"]


def test_another_account_that_sends_from_the_number_is_refused_too(offhook, phone):
    phone.text(OURS, "STOP")
    offhook.clock.settle()
    stranger = offhook.client("AC" + "9" * 32, "whatever").messages
    assert refusal(stranger.create, to=PERSON, from_=OURS, body="hi") == (400, 21610)


def test_the_webhook_hears_of_it_and_its_reply_is_an_alert(offhook, app, phone):
    offhook.number(OURS, sms_url=app.says("/sms", say("but why?", "please?")))
    for word in ("STOP", "HELP", "START"):
        phone.text(OURS, word)
        offhook.clock.settle()
    assert [asked.parameters["Body"] for asked in app.asked] == ["STOP", "HELP", "START"]
    assert codes(offhook) == [21610] * 4
    assert came(offhook) == [ANSWERS["stop"], ANSWERS["start"], "but why?", "please?"]


def test_a_reply_to_somebody_else_is_sent(offhook, app, phone):
    document = f'<Response><Message to="{OTHER}">they left</Message></Response>'
    offhook.number(OURS, sms_url=app.says("/sms", document))
    phone.text(OURS, "STOP")
    assert came(offhook, OTHER) == ["they left"]
    assert codes(offhook) == []


def test_a_refused_message_leaves_no_row_and_tells_nobody(offhook, app, phone):
    phone.text(OURS, "STOP")
    before = len(offhook.client().messages.list())
    create = offhook.client().messages.create
    url = app.says("/status")
    assert refusal(create, to=PERSON, from_=OURS, body="hi", status_callback=url)[1] == 21610
    assert statuses(offhook, app) == []
    assert len(offhook.client().messages.list()) == before


def test_no_message_gets_past_a_stop_that_was_accepted(either):
    """Creates race with the STOP; whatever is accepted was accepted before it, so it stands before it in the list."""
    offhook, _ = either
    offhook.number(OURS)
    phone = offhook.handset(PERSON)
    clients = [offhook.client() for _ in range(4)]

    def burst(client) -> list[int]:
        """The codes of what was refused."""
        refused = []
        for n in range(8):
            try:
                client.messages.create(to=PERSON, from_=OURS, body=f"offer {n}")
            except TwilioRestException as problem:
                refused.append(int(problem.code))
        return refused

    with ThreadPoolExecutor(5) as pool:
        bursts = [pool.submit(burst, client) for client in clients]
        stop = pool.submit(phone.text, OURS, "STOP")
        refused = [code for each in bursts for code in each.result()]
        stop.result()
    assert set(refused) <= {21610}
    assert refusal(send, offhook)[1] == 21610
    newest_first = [message.body for message in offhook.client().messages.list(to=PERSON)]
    assert newest_first[0] == ANSWERS["stop"]
    assert len(newest_first) == 1 + 4 * 8 - len(refused)


def test_stop_said_several_times_at_once_is_answered_once(either):
    offhook, _ = either
    offhook.number(OURS)
    phone = offhook.handset(PERSON)
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda _: phone.text(OURS, "STOP"), range(5)))
    assert came(offhook) == [ANSWERS["stop"]]


def test_a_short_code_leaves_it_to_its_app(offhook):
    send(offhook, "vote now", from_="12345")
    phone = offhook.handset(PERSON)
    phone.text("12345", "STOP")
    send(offhook, "still here", from_="12345")
    assert came(offhook) == ["vote now", "still here"]
