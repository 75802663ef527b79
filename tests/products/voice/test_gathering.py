"""`<Gather>`: keys and words from the caller."""

import pytest

from tests.products.voice.talking import codes, document, element, heard, rings, told

GO = document("<Say>Thank you</Say>")
NOTHING = "<Say>Nothing came</Say>"


def gather(*prompts: str, **attributes: str) -> str:
    return element("Gather", *prompts, **{"action": "/go"} | attributes)


@pytest.fixture(autouse=True)
def go(app):
    app.says("/go", GO)


class TestKeys:
    def test_keys_up_to_the_hash_are_told_to_the_action(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Your number?</Say>"))
        call.hears("number")
        call.press("12*4#")
        call.hears("Thank you")
        parameters = told(app, "/go")
        assert (parameters["Digits"], parameters["FinishedOnKey"]) == ("12*4", "#")
        assert (parameters["CallSid"], parameters["CallStatus"]) == (call.call_sid, "in-progress")

    def test_as_many_keys_as_are_wanted_are_enough(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Code?</Say>", numDigits="4"))
        call.hears("Code")
        call.press("1234567")
        call.hears("Thank you")
        assert told(app, "/go")["Digits"] == "1234"

    def test_keys_are_done_when_no_more_come_for_so_long(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Code?</Say>", timeout="3"))
        call.hears("Code")
        call.press("1WW2")
        offhook.clock.advance(seconds=2.9)
        assert app.at("/go") == []
        offhook.clock.advance(seconds=0.2)
        parameters = told(app, "/go")
        assert (parameters["Digits"], parameters["FinishedOnKey"]) == ("12", "")

    def test_another_key_ends_it(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Code?</Say>", finishOnKey="*"))
        call.hears("Code")
        call.press("1#2*")
        call.hears("Thank you")
        assert told(app, "/go")["Digits"] == "1#2"

    def test_no_key_ends_it_where_none_is_to(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Code?</Say>", finishOnKey="", timeout="2"))
        call.hears("Code")
        call.press("1#2*")
        call.hears("Thank you")
        assert told(app, "/go")["Digits"] == "1#2*"

    def test_a_key_ends_the_prompt_and_counts(self, offhook, app):
        call = rings(offhook, app, gather("<Say>A long list of choices</Say>", "<Say>and more</Say>", numDigits="1"))
        call.hears("A long list")
        call.press("7")
        call.hears("Thank you")
        assert told(app, "/go")["Digits"] == "7"
        assert heard(call) == ["A long list of choices", "Thank you"]

    def test_a_key_does_not_end_the_prompt_where_it_may_not(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Listen</Say>", "<Say>to all</Say>", numDigits="1", bargeIn="false"))
        call.hears("Listen")
        call.press("7")
        call.hears("to all")
        call.hears("Thank you")
        assert told(app, "/go")["Digits"] == "7"

    def test_keys_that_nobody_listened_to_are_lost(self, offhook, app):
        call = rings(offhook, app, "<Say>First</Say>", gather("<Say>Code?</Say>", numDigits="1"), NOTHING)
        call.hears("First")
        call.press("1")
        call.hears("Nothing came")
        assert app.at("/go") == []

    def test_talking_does_not_make_it_wait_for_keys_any_longer(self, offhook, app):
        call = rings(offhook, app, gather(timeout="5"), NOTHING)
        offhook.clock.advance(seconds=4)
        call.says("I do not know what to press")
        line = call.hears("Nothing came")
        assert line.at == 5


class TestNothing:
    def test_the_next_verb_follows_when_nothing_comes(self, offhook, app):
        call = rings(offhook, app, gather("<Pause length='2'/>"), NOTHING)
        assert call.hears("Nothing came").at == 7
        assert app.at("/go") == []

    def test_the_action_hears_of_nothing_where_it_wants_to(self, offhook, app):
        call = rings(offhook, app, gather(actionOnEmptyResult="true"), NOTHING)
        call.hears("Thank you")
        assert told(app, "/go")["Digits"] == ""

    def test_who_hangs_up_meanwhile_is_not_asked_for(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Code?</Say>"))
        call.hears("Code")
        call.press("12")
        call.hangs_up()
        assert offhook.client().calls(call.call_sid).fetch().status == "completed"
        assert app.at("/go") == []


class TestTheAction:
    def test_without_one_the_document_is_posted_to_again_even_after_a_get(self, offhook, app):
        call = rings(offhook, app, "<Gather numDigits='1'><Say>Code?</Say></Gather>", voice_method="GET")
        call.hears("Code")
        app.says("/voice", GO)
        call.press("5")
        call.hears("Thank you")
        first, second = app.at("/voice")
        assert (first.method, second.method, second.parameters["Digits"]) == ("GET", "POST", "5")

    def test_one_may_be_asked_with_get(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Code?</Say>", method="GET", action="/go?menu=1", numDigits="1"))
        call.hears("Code")
        call.press("5")
        call.hears("Thank you")
        [asked] = app.at("/go")
        assert (asked.method, asked.parameters["menu"], asked.parameters["Digits"]) == ("GET", "1", "5")
        assert asked.is_signed

    def test_one_that_is_no_url_is_passed_over_with_an_alert(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Code?</Say>", action="ftp://example.com/", numDigits="1"), NOTHING)
        call.hears("Code")
        call.press("5")
        call.hears("Nothing came")
        assert codes(offhook) == [11100]


class TestWords:
    def test_what_is_said_is_told_with_how_sure_it_is(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Your name?</Say>", input="speech", language="en-GB"))
        call.hears("name")
        call.says("Ann Smith")
        call.hears("Thank you")
        parameters = told(app, "/go")
        assert (parameters["SpeechResult"], parameters["Language"]) == ("Ann Smith", "en-GB")
        assert 0 < float(parameters["Confidence"]) <= 1
        assert "Digits" not in parameters

    def test_speaking_ends_the_prompt(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Your name?</Say>", "<Say>Say it</Say>", input="speech"))
        call.hears("name")
        call.says("Ann")
        call.hears("Thank you")
        assert heard(call) == ["Your name?", "Thank you"]

    def test_keys_are_not_heard_where_words_are_wanted_and_the_other_way_round(self, offhook, app):
        call = rings(offhook, app, gather(input="speech"), gather(numDigits="1"), NOTHING)
        call.press("1")
        offhook.clock.advance(seconds=6)
        call.says("Ann")
        call.hears("Nothing came")
        assert app.at("/go") == []

    @pytest.mark.parametrize(("does", "name", "value"), [("says", "SpeechResult", "two"), ("press", "Digits", "2")])
    def test_of_both_the_first_counts(self, offhook, app, does, name, value):
        call = rings(offhook, app, gather("<Say>Choose</Say>", input="dtmf speech", numDigits="1"))
        call.hears("Choose")
        getattr(call, does)("two" if does == "says" else "2")
        call.hears("Thank you")
        assert told(app, "/go")[name] == value

    def test_who_still_speaks_when_time_is_over_may_finish(self, offhook, app):
        call = rings(offhook, app, gather(input="speech", timeout="2"), NOTHING)
        offhook.clock.advance(seconds=1)
        call.says("something that takes much longer than two seconds to say, as everybody can hear")
        call.hears("Thank you")
        assert told(app, "/go")["SpeechResult"].startswith("something")

    def test_a_pause_that_is_shorter_than_the_speech_timeout_is_part_of_it(self, offhook, app):
        call = rings(offhook, app, gather("<Say>Your name?</Say>", input="speech", speechTimeout="3"))
        call.hears("name")
        call.says("Ann")
        offhook.clock.advance(seconds=2)
        call.says("Smith")
        call.hears("Thank you")
        assert told(app, "/go")["SpeechResult"] == "Ann Smith"

    def test_partial_results_are_told_meanwhile(self, offhook, app):
        app.says("/partial", status=204)
        call = rings(offhook, app, gather("<Say>Name?</Say>", input="speech", partialResultCallback="/partial"))
        call.hears("Name")
        call.says("Ann")
        call.hears("Thank you")
        parameters = told(app, "/partial")
        assert (parameters["UnstableSpeechResult"], parameters["SequenceNumber"]) == ("Ann", "0")
        assert codes(offhook) == []
