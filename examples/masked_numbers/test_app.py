"""A rider calls and a driver texts; all that either sees is the number between them."""

from .app import app, rides


def test_neither_sees_the_other_s_number(offhook):
    url = offhook.serve(app)
    number = offhook.number(voice_url=f"{url}/voice", sms_url=f"{url}/sms")
    driver, rider = offhook.handset("+12125550101"), offhook.handset("+12125550102")
    rides.update({driver.address: rider.address, rider.address: driver.address})
    call = rider.call(number)
    ringing = driver.incoming_call()
    assert ringing.from_ == str(number)
    ringing.answer()
    call.says("I am at the corner")
    ringing.hears("I am at the corner", kind="person")
    call.hangs_up()
    driver.text(number, "Two minutes")
    assert rider.wait_for("Two minutes").from_ == str(number)
