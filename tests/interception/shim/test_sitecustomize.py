"""The shim must be as good as absent for everything but Twilio."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from offhook.interception.environment import SHIM


def start(code: str, *folders: Path, options: tuple[str, ...] = (), **variables: str):
    """Runs Python with the shim first on PYTHONPATH, then `folders`."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(map(str, [SHIM, *folders])),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OFFHOOK_REDIRECT_PORT": "9",
        "OFFHOOK_CA": str(SHIM / "sitecustomize.py"),
        **variables,
    }
    environment = {name: value for name, value in environment.items() if value}
    return subprocess.run(
        [sys.executable, *options, "-c", code], env=environment, capture_output=True, text=True, timeout=20
    )


def bare(code: str, *folders: Path):
    """The same without the shim: what must be seen with it, too."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(map(str, folders))}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("file", sorted(SHIM.glob("*.py")), ids=lambda path: path.name)
def test_python_3_6_can_read_it(file):
    ast.parse(file.read_text(), feature_version=(3, 6))


def test_the_users_sitecustomize_runs_under_its_own_name(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.path.append('/added')\nprint('mine', __name__, __file__)"
    )
    code = "import sys, sitecustomize; print(sitecustomize.__file__, '/added' in sys.path)"
    done = start(code, tmp_path)
    assert done.stdout == f"mine sitecustomize {tmp_path}/sitecustomize.py\n{tmp_path}/sitecustomize.py True\n"
    assert done.stderr == ""


def test_a_sitecustomize_that_is_a_package_runs(tmp_path):
    (tmp_path / "sitecustomize").mkdir()
    (tmp_path / "sitecustomize" / "__init__.py").write_text("from sitecustomize.part import word\nprint(word)")
    (tmp_path / "sitecustomize" / "part.py").write_text("word = 'whole'")
    assert start("", tmp_path).stdout == "whole\n"


@pytest.mark.parametrize("content", ["raise RuntimeError('mine is broken')", "import no_such_module", "def", ""])
def test_a_sitecustomize_that_fails_fails_as_it_would_without_us(tmp_path, content):
    (tmp_path / "sitecustomize.py").write_text(content)
    with_us, without = start("print('on')", tmp_path), bare("print('on')", tmp_path)
    assert (with_us.stdout, with_us.stderr, with_us.returncode) == (without.stdout, without.stderr, without.returncode)


def test_a_sitecustomize_that_ends_python_still_does(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('over')")
    with_us, without = start("print('on')", tmp_path), bare("print('on')", tmp_path)
    assert (with_us.stdout, with_us.returncode) == (without.stdout, without.returncode) == ("", 1)
    assert with_us.stderr.endswith("SystemExit: over\n")


def test_without_another_sitecustomize_there_is_none():
    code = "import sys\ntry:\n  import sitecustomize\nexcept ImportError as e: print(e)\nprint(sys.path)"
    with_us, without = start(code), bare(code)
    assert (with_us.stdout, with_us.stderr) == (without.stdout, without.stderr)


def test_a_usercustomize_still_runs(tmp_path):
    (tmp_path / "usercustomize.py").write_text("print('user')")
    code = "import site; print(site.ENABLE_USER_SITE)"
    with_us, without = start(code, tmp_path), bare(code, tmp_path)
    assert (with_us.stdout, with_us.stderr) == (without.stdout, without.stderr)


def test_starting_imports_no_networking():
    code = "import sys; print(sorted({'socket', 'ssl', 'asyncio', 'typing', 'urllib', 'cgi'} & set(sys.modules)))"
    assert start(code).stdout == bare(code).stdout == "[]\n"


def test_without_offhook_variables_nothing_is_changed():
    code = "import sys, socket, _socket; print(_socket.getaddrinfo, socket.socket.connect, sys.meta_path, sys.path)"
    without = start(code, OFFHOOK_REDIRECT_PORT="")
    assert without.stdout == bare(code).stdout
    assert without.stderr == ""


def test_changed_modules_keep_their_own_loaders():
    code = "import socket, ssl, inspect; print(socket.__loader__, ssl.__spec__.loader, len(inspect.getsource(ssl)) > 9)"
    strip = "import re,sys; print(re.sub(' at 0x[0-9a-f]+', '', sys.stdin.read()))"
    seen = [
        subprocess.run([sys.executable, "-c", strip], input=run(code).stdout, text=True, capture_output=True).stdout
        for run in (start, bare)
    ]
    assert seen[0] == seen[1]
    assert "SourceFileLoader" in seen[0]


def test_a_missing_ca_is_said_and_stops_nothing():
    done = start("import ssl; ssl.create_default_context(); print('on')", OFFHOOK_CA="/no/such/ca.pem")
    assert done.stdout == "on\n"
    assert "no CA at '/no/such/ca.pem'" in done.stderr


ADDRESSES = """
import socket
def of(*args, **named):
    return sorted({found[-1][:2] for found in socket.getaddrinfo(*args, **named)})
"""


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("'api.twilio.com', 443", [("127.0.0.1", 9)]),
        ("b'API.twilio.com.', 'https'", [("127.0.0.1", 9)]),
        ("host='api.au1.twilio.com', port='443', type=socket.SOCK_STREAM", [("127.0.0.1", 9)]),
        ("'twimlets.com', 443, socket.AF_INET6", [("::ffff:127.0.0.1", 9)]),
        ("'localhost', 443, socket.AF_INET", [("127.0.0.1", 443)]),
        ("None, 80, socket.AF_INET", [("127.0.0.1", 80)]),
    ],
)
def test_names_are_resolved_to_us_and_only_twilios(call, found):
    assert start(ADDRESSES + f"print(of({call}))").stdout == f"{found}\n"


@pytest.mark.parametrize("name", ["eviltwilio.com.invalid", "twilio.com.invalid", "api.twilio.com.invalid"])
def test_other_names_are_left_to_the_resolver(name):
    assert "gaierror" in start(ADDRESSES + f"of({name!r}, 443)").stderr


def test_sockets_that_are_given_a_name_connect_to_us(house):
    code = """
import socket, ssl
class Mine(socket.socket): pass
for kind, family in ((socket.socket, socket.AF_INET), (Mine, socket.AF_INET)):
    with kind(family) as s:
        s.connect(("api.twilio.com", 443)); print(s.getpeername()[1])
    with kind(family) as s:
        print(s.connect_ex(("api.twilio.com", 443)))
context = ssl.create_default_context()
with context.wrap_socket(socket.socket(), server_hostname="api.twilio.com") as s:
    s.connect(("api.twilio.com", 443)); print(s.getpeercert()["subjectAltName"])
"""
    done = house.python(code)
    port = house.tls_port
    assert done.stdout == f"{port}\n0\n{port}\n0\n(('DNS', 'api.twilio.com'),)\n"
    assert done.stderr == ""


def test_a_server_does_not_let_our_ca_in(house):
    code = """
import ssl, sys
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_verify_locations(cadata=open(sys.argv[1]).read())
print(len(server.get_ca_certs()))
client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
client.load_verify_locations(cadata=open(sys.argv[1]).read())
print(len(client.get_ca_certs()))
"""
    from offhook.interception.authority import Authority

    strange = Authority.open(house.folder / "strange").ca_path
    assert house.run(sys.executable, "-c", code, strange).stdout == "1\n2\n"


def test_both_the_users_sitecustomize_and_ours_serve_an_untouched_program(house, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "sitecustomize.py").write_text("print('mine')")
    code = "import requests; print(requests.get('https://api.twilio.com/x', auth=('a', 'b')).status_code)"
    done = house.python(code, parent={"PYTHONPATH": str(mine)}, drop=("HTTPS_PROXY", "https_proxy"))
    assert (done.stdout, done.stderr) == ("mine\n200\n", "")


def test_gevent_reaches_us_too(house, twilio_5, installed):
    code = """
from gevent import monkey; monkey.patch_all()
from twilio.rest import TwilioRestClient
print(TwilioRestClient("ACx", "z").messages.create(to="+1", from_="+1", body="b").status)
"""
    done = house.python(code, parent={"PYTHONPATH": f"{installed('gevent==25.9.1')}{os.pathsep}{twilio_5}"})
    assert (done.stdout, done.stderr) == ("queued\n", "")


def test_aiohttp_over_aiodns_reaches_us_too(house, installed):
    code = """
import aiohttp, aiohttp.resolver, asyncio
assert aiohttp.resolver.DefaultResolver is aiohttp.resolver.AsyncResolver
async def main():
    async with aiohttp.ClientSession() as session, session.get("https://api.twilio.com/x") as answer:
        print(answer.status)
asyncio.run(main())
"""
    done = house.python(code, parent={"PYTHONPATH": str(installed("aiodns==4.0.4"))})
    assert (done.stdout, done.stderr) == ("401\n", "")
