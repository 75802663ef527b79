"""Twimlets are answered in process, for calls as well as for programs that run against Offhook."""

import subprocess
import sys


def test_a_number_set_to_a_twimlet_needs_no_app_and_no_internet(offhook):
    number = offhook.number("+14155550123", voice_url="http://twimlets.com/message?Message%5B0%5D=We+are+closed")
    offhook.handset("+15005550077").call(number).hears("We are closed")
    assert offhook.alerts() == []


def test_hold_music_is_heard(offhook):
    url = "http://twimlets.com/holdmusic?Bucket=com.twilio.music.ambient"
    call = offhook.handset("+15005550077").call(offhook.number("+14155550123", voice_url=url))
    for _ in range(4):
        call.hears(kind="music")
    call.hangs_up()
    assert offhook.alerts() == []


def test_a_twimlet_is_told_of_what_it_asked_for(offhook):
    url = "http://twimlets.com/voicemail?Email=ann@example.com"
    call = offhook.handset("+15005550077").call(offhook.number("+14155550123", voice_url=url))
    call.hears(kind="beep")
    call.says("Please call me back")
    call.hangs_up()
    assert offhook.alerts() == []
    [told] = [one for one in offhook.exchanges(kind="callback") if "twimlets.com" in one.url]
    assert "TranscriptionText=Please+call+me+back" in told.request_body


def test_a_twimlet_that_does_not_exist_is_an_error(offhook):
    number = offhook.number("+14155550123", voice_url="http://twimlets.com/nothing")
    offhook.handset("+15005550077").call(number).hears("application error")
    assert [alert.error_code for alert in offhook.alerts()] == [11200]


def test_a_program_under_offhook_run_gets_them_too(offhook):
    asked = "import requests; print(requests.{}('https://twimlets.com{}').status_code)"
    lines = [asked.format("post", "/message?Message=Hi"), asked.format("get", "/nothing")]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env=offhook.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == ["200", "404"]
