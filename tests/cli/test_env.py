"""`offhook env`: what it prints is evaluated by a real shell, whose programs then reach Offhook."""

import json
import os

from tests.terminal import OFFHOOK, Terminal

ASK = 'curl -sS -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" "{}/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID.json"'


def test_a_shell_that_evaluates_it_reaches_offhook_under_twilios_name(house):
    terminal, connection = house
    done = terminal.run("sh", "-ec", f'eval "$({OFFHOOK} env)"; {ASK.format("https://api.twilio.com")}')
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["sid"] == connection["account_sid"]


def test_the_origin_is_in_a_variable(house):
    terminal, connection = house
    done = terminal.run("sh", "-ec", f'eval "$({OFFHOOK} env)"; {ASK.format("$OFFHOOK_URL")}')
    assert json.loads(done.stdout)["sid"] == connection["account_sid"]


def test_test_credentials_are_there_and_send_nothing(house):
    terminal, _ = house
    text = "-d To=%2B19732644152 -d From=%2B15005550006 -d Body=hi"
    ask = (
        'curl -sS -u "$TWILIO_TEST_ACCOUNT_SID:$TWILIO_TEST_AUTH_TOKEN" '
        f'"$OFFHOOK_URL/2010-04-01/Accounts/$TWILIO_TEST_ACCOUNT_SID/Messages.json" {text}'
    )
    done = terminal.run("sh", "-ec", f'eval "$({OFFHOOK} env)"; {ask}; echo; echo "$TWILIO_TEST_ACCOUNT_SID"')
    answer, sid = done.stdout.splitlines()
    shown = json.loads(answer)
    assert (shown["status"], shown["account_sid"]) == ("queued", sid)


def test_evaluating_it_twice_changes_nothing_more(house):
    terminal, _ = house
    done = terminal.run("sh", "-ec", f'eval "$({OFFHOOK} env)"; env; echo ----; eval "$({OFFHOOK} env)"; env')
    once, twice = done.stdout.split("----\n")
    assert sorted(once.splitlines()) == sorted(twice.splitlines())


def test_fish_is_spoken_as_well(house):
    terminal, connection = house
    done = terminal.offhook("env", "--shell", "fish", TWILIO_API_KEY="SK1")
    assert f"set -gx TWILIO_ACCOUNT_SID '{connection['account_sid']}'\n" in done.stdout
    assert "set -e TWILIO_API_KEY\n" in done.stdout


def test_without_a_running_offhook_it_prints_nothing_and_says_how_to_start_one(terminal: Terminal):
    done = terminal.offhook("env")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("offhook: no Offhook runs on .offhook. Start one: ")


def test_a_file_left_behind_by_a_dead_process_counts_for_nothing(terminal: Terminal):
    with terminal.up() as (process, connection):
        process.kill()
        process.wait()
    assert json.loads(terminal.connection_file.read_text()) == connection
    assert terminal.offhook("env").returncode == 1


def test_so_does_one_whose_number_is_another_process_s_by_now(terminal: Terminal):
    with terminal.up() as (process, connection):
        process.kill()
        process.wait()
    terminal.connection_file.write_text(json.dumps(connection | {"pid": os.getpid()}))
    assert terminal.offhook("env").returncode == 1


def test_the_folder_is_named_by_flag_or_variable(house, terminal: Terminal):
    elsewhere, connection = house
    folder = elsewhere.connection_file.parent
    for done in (terminal.offhook("env", "--data", folder), terminal.offhook("env", OFFHOOK_DATA=str(folder))):
        assert f"export OFFHOOK_URL={connection['url']}\n" in done.stdout
