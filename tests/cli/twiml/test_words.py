"""Each step of a document in words."""

import pytest

from offhook.cli.twiml.judging import judge
from offhook.cli.twiml.sources import Source
from offhook.cli.twiml.words import sentence

WORDS = {
    '<Say loop="0">a  b</Say>': 'says "a b", without end',
    '<Say voice="alice" language="de-DE" loop="2">a</Say>': 'says "a" (voice alice, language de-DE), 2 times',
    f"<Say>{'x' * 71}</Say>": f'says "{"x" * 70}…"',
    '<Play loop="3">/a.mp3</Play>': "plays /a.mp3, 3 times",
    '<Play digits="1w"/>': "presses 1w",
    "<Pause/>": "is silent for 1 s",
    '<Gather input="dtmf speech" finishOnKey="" actionOnEmptyResult="true"/>': "waits up to 5 s for keys or speech in "
    "en-US; then asks this document again (POST); without input as well",
    '<Gather numDigits="4" action="a"><Play>/m</Play><Pause/></Gather>': "waits up to 5 s for 4 keys (or #); "
    "meanwhile plays /m, is silent for 1 s; then asks POST a; without input it goes on below",
    "<Record/>": "beeps and records until 5 s of silence or any key, 3600 s at most; then asks this document again "
    "(POST)",
    '<Record playBeep="false" finishOnKey="#" transcribe="true" action="/a" method="GET"/>': "records until 5 s of "
    "silence or #, 3600 s at most; it is transcribed; then asks GET /a",
    '<Record finishOnKey=""/>': "beeps and records until 5 s of silence, 3600 s at most; then asks this document again "
    "(POST)",
    "<Dial>+12012005555</Dial>": "calls +12012005555 for up to 30 s",
    '<Dial sequential="true"><Client>ann</Client><Sip>sip:a@b</Sip></Dial>': "calls the client ann, then sip:a@b for "
    "up to 30 s",
    '<Dial action="/d" record="record-from-answer"><Conference>R</Conference></Dial>': "calls the conference R for up "
    "to 30 s (record-from-answer); then asks POST /d",
    "<Dial><Queue>q</Queue><Application>AP1</Application><Sim>x</Sim></Dial>": "calls who waits in the queue q and the "
    "application AP1 and <Sim>, which Offhook does not carry out yet for up to 30 s",
    "<Dial/>": "calls nobody, which fails at once",
    "<Enqueue>q</Enqueue>": "waits in the queue q, hearing music",
    '<Enqueue waitUrl="">q</Enqueue>': "waits in the queue q, hearing silence",
    '<Enqueue workflowSid="WW1" waitUrl="/w" action="/a"/>': "waits in the workflow WW1, hearing what /w says; then "
    "asks POST /a",
    '<Sms to="+12012005555" action="/a">Hi</Sms>': 'texts "Hi" to +12012005555; then asks POST /a',
    "<Redirect/>": "goes on with this document again (POST)",
    "<Reject/>": "does not take the call: the caller hears that the number is not in service",
    '<Reject reason="busy"/>': "does not take the call: the caller hears that it is busy",
    "<Hangup/>": "hangs up",
    "<Leave/>": "leaves the queue",
    "<Echo/>": "<Echo>, which Offhook does not carry out yet",
    "<Message><Media>/a</Media><Media>/b</Media></Message>": "texts no words with 2 files to whoever is there",
}


@pytest.mark.parametrize(("inside", "words"), WORDS.items(), ids=WORDS)
def test_a_step_in_words(inside: str, words: str):
    judgement = judge(Source("x", f"<Response>{inside}</Response>".encode(), "text/xml"))
    assert [sentence(step) for step in judgement.steps] == [words]
