import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from offhook.interception.bundles import Bundles
from offhook.interception.environment import SHIM, applied, compose, shell_exports
from offhook.interception.upstream import upstream_of

OURS = SimpleNamespace(
    url="http://127.0.0.1:4665",
    tls_url="https://127.0.0.1:4666",
    account_sid="AC" + "1" * 32,
    auth_token="ours",
    test_account_sid="AC" + "2" * 32,
    test_auth_token="ours for tests",
    ca="/data/tls/ca.pem",
)
BUNDLES = Bundles(requests=Path("/b/requests"), curl=Path("/b/curl"), openssl=Path("/b/openssl"), node=Path("/b/node"))


def changes(shim: Path = SHIM, **parent: str) -> dict[str, str | None]:
    return compose(parent, connection=OURS, proxy_url="http://127.0.0.1:9", bundles=BUNDLES, shim=shim)


def test_an_empty_environment_gets_all_that_is_needed():
    assert changes() == {
        "TWILIO_ACCOUNT_SID": OURS.account_sid,
        "TWILIO_AUTH_TOKEN": "ours",
        "TWILIO_TEST_ACCOUNT_SID": OURS.test_account_sid,
        "TWILIO_TEST_AUTH_TOKEN": "ours for tests",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        "NO_PROXY": "localhost,127.0.0.1,::1",
        "no_proxy": "localhost,127.0.0.1,::1",
        "REQUESTS_CA_BUNDLE": "/b/requests",
        "CURL_CA_BUNDLE": "/b/curl",
        "SSL_CERT_FILE": "/b/openssl",
        "NODE_EXTRA_CA_CERTS": "/b/node",
        "PYTHONPATH": str(SHIM),
        "NODE_OPTIONS": f'--require "{SHIM}/offhook-preload.cjs"',
        "OFFHOOK_URL": "http://127.0.0.1:4665",
        "OFFHOOK_REDIRECT_PORT": "4666",
        "OFFHOOK_CA": "/data/tls/ca.pem",
    }
    assert (SHIM / "sitecustomize.py").is_file()
    assert (SHIM / "offhook-preload.cjs").is_file()


def test_real_credentials_do_not_reach_the_program():
    parent = {
        "TWILIO_ACCOUNT_SID": "AC" + "9" * 32,
        "TWILIO_AUTH_TOKEN": "theirs",
        "TWILIO_TEST_ACCOUNT_SID": "AC" + "8" * 32,
        "TWILIO_TEST_AUTH_TOKEN": "theirs",
        "TWILIO_API_KEY": "SK1",
        "TWILIO_API_SECRET": "s",
        "ACCOUNT_SID": "AC" + "9" * 32,
        "AUTH_TOKEN": "theirs",
    }
    after = applied(parent, changes(**parent))
    assert "theirs" not in after.values()
    assert not {"TWILIO_API_KEY", "TWILIO_API_SECRET"} & after.keys()
    assert after["ACCOUNT_SID"] == OURS.account_sid


def test_general_names_that_hold_something_else_stay():
    assert not {"ACCOUNT_SID", "AUTH_TOKEN"} & changes(ACCOUNT_SID="42", AUTH_TOKEN="of another service").keys()
    assert "AUTH_TOKEN" not in changes(AUTH_TOKEN="of another service")


def test_what_works_as_it_is_is_left_alone():
    kept = {"TWILIO_EDGE": "dublin", "TWILIO_REGION": "ie1", "TWILIO_CA_BUNDLE": "/x", "SSL_CERT_DIR": "/y", "A": "b"}
    assert not kept.keys() & changes(**kept).keys()
    assert applied(kept, changes(**kept)).items() >= kept.items()


def test_search_paths_and_options_are_added_to():
    found = changes(PYTHONPATH=f"/mine{os.pathsep}", NODE_OPTIONS="--max-http-header-size=1")
    assert found["PYTHONPATH"] == os.pathsep.join([str(SHIM), "/mine", ""])
    assert found["NODE_OPTIONS"] == f'--max-http-header-size=1 --require "{SHIM}/offhook-preload.cjs"'


def test_a_program_that_starts_another_under_us_changes_nothing_twice():
    once = applied({}, changes())
    twice = applied(once, changes(**once))
    assert twice == once


@pytest.mark.parametrize(
    ("user", "child"),
    [
        ("corp.example,twilio.com,.twilio.com,api.twilio.com", "corp.example"),
        ("*", ""),
        ("*.twilio.com:443 .com eviltwilio.com", "eviltwilio.com"),
        ("10.0.0.0/8, fd00::1", "10.0.0.0/8,fd00::1"),
        ("twimlets.com", ""),
        ("localhost", ""),
    ],
)
def test_no_proxy_keeps_all_but_what_hides_twilio(user, child):
    expected = {name for name in child.split(",") if name} | {"localhost", "127.0.0.1", "::1"}
    assert set(str(changes(NO_PROXY=user)["no_proxy"]).split(",")) == expected


def test_both_spellings_of_no_proxy_are_joined():
    assert changes(NO_PROXY="a", no_proxy="b")["NO_PROXY"] == "b,a,localhost,127.0.0.1,::1"


def test_the_users_own_way_out_is_known_to_our_proxy_and_not_to_the_child():
    parent = {"HTTPS_PROXY": "http://corp:3128", "NO_PROXY": "*"}
    assert applied(parent, changes(**parent))["HTTPS_PROXY"] == "http://127.0.0.1:9"
    upstream = upstream_of(parent)
    assert upstream.https is not None
    assert upstream.https.host == "corp"
    assert upstream.way_to("https", "world.example", 443) is None


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_exports_mean_the_same_to_a_shell(shell):
    nasty = {"PLAIN": "x", "NASTY": 'a\'b "c" $HOME `id` \\ ;\n', "GONE": None}
    script = shell_exports(nasty) + "env -0"
    done = subprocess.run(
        [shutil.which(shell), "-c", script],
        env={"PATH": os.environ["PATH"], "GONE": "1"},
        capture_output=True,
        check=True,
    )
    found = dict(line.split("=", 1) for line in done.stdout.decode().split("\0") if line)
    assert found["PLAIN"] == "x"
    assert found["NASTY"] == nasty["NASTY"]
    assert "GONE" not in found


def test_exports_for_fish_quote_its_way():
    assert shell_exports({"A": "it's \\", "B": None}, "fish") == "set -gx A 'it\\'s \\\\'\nset -e B\n"


def test_an_unknown_shell_is_named():
    with pytest.raises(ValueError, match="tcsh"):
        shell_exports({}, "tcsh")


def test_node_reads_our_option_from_a_folder_with_a_strange_name(tmp_path):
    strange = tmp_path / 'a "b" \\c d'
    strange.mkdir()
    (strange / "offhook-preload.cjs").write_text("console.log('preloaded')")
    environment = applied({"PATH": os.environ["PATH"]}, changes(shim=strange)) | {"NODE_EXTRA_CA_CERTS": ""}
    done = subprocess.run([shutil.which("node"), "-e", ""], env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("preloaded\n", "")
