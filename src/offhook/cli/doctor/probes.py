"""The programs that the doctor runs: each asks `https://api.twilio.com` for the account and prints the SID it is told.

Only this Offhook knows the credentials, so the right SID proves that the request came here. None of them can leave
this machine: Python's refuse every other address by an audit hook (PEP 578), Node's resolve no name, and curl is told
that the name is this machine. So a way that does not work fails here, instead of asking Twilio.

Each probe keeps from its program the other ways, so that it is this one way that is proved.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from shutil import which

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy")
BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")
START_UP = ("PYTHONPATH", "NODE_OPTIONS")
NOT_HERE = 77  # the exit code of a program that lacks a library
API = "https://api.twilio.com"

GUARD = """
import os, sys
HERE = (None, "", "localhost", "127.0.0.1", "::1", "::ffff:127.0.0.1", os.environ.get("OFFHOOK_PROBED_HOST"))
def stay(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if (host.decode() if isinstance(host, bytes) else host) not in HERE:
        raise OSError("it went past Offhook, to %s" % (host,))
if hasattr(sys, "addaudithook"):
    sys.addaudithook(stay)
else:
    sys.exit("this Python is older than 3.8, and nothing would keep the test on this machine")
sid, token = os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"]
"""
NEEDS = """
try:
    {imports}
except ImportError:
    sys.exit({code})
"""
URLLIB = """
import base64, json, urllib.request
request = urllib.request.Request("https://api.twilio.com/2010-04-01/Accounts/%s.json" % sid)
request.add_header("Authorization", "Basic " + base64.b64encode(("%s:%s" % (sid, token)).encode()).decode())
print(json.load(urllib.request.urlopen(request, timeout=10))["sid"])
"""
REQUESTS = """
url = "https://api.twilio.com/2010-04-01/Accounts/%s.json" % sid
print(requests.get(url, auth=(sid, token), timeout=10).json()["sid"])
"""
CLIENT = "from twilio.rest import Client"
TWILIO = """
client = Client(sid, token)
{patch}
print(client.api.accounts(sid).fetch().sid)
"""
NODE = """
require('dns').lookup = (host, options, callback) =>
  (callback || options)(new Error(`it went past Offhook, to ${host}`));
const {TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token} = process.env;
const url = `https://api.twilio.com/2010-04-01/Accounts/${sid}.json`;
const fail = (problem) => { console.error(String(problem.cause || problem)); process.exit(1); };
"""
NODE_HTTPS = """
require('https').get(url, {auth: `${sid}:${token}`}, (answer) => {
  let text = '';
  answer.on('data', (part) => { text += part; }).on('end', () => console.log(JSON.parse(text).sid));
}).on('error', fail);
"""
NODE_FETCH = """
if (typeof fetch === 'undefined') process.exit(77);
fetch(url, {headers: {authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`}})
  .then((answer) => answer.json()).then((account) => console.log(account.sid)).catch(fail);
"""
CURL_CONFIG = """
user = "{sid}:{token}"
url = "{api}/2010-04-01/Accounts/{sid}.json"
"""


@dataclass(frozen=True)
class Probe:
    """A program and what it proves. `without` are variables of `offhook run` that it does not get."""

    name: str
    command: tuple[str, ...]
    without: tuple[str, ...] = ()
    typed: str = ""  # on its standard input; {sid} and {token} are filled in
    plain: bool = False  # it gets the user's own environment and the origin
    missing: str = ""  # what it says when it exits with NOT_HERE
    remedy: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


def python_of(named: str | None) -> str | None:
    """The Python that the user's programs run with: the one that is named, or what their shell finds first."""
    return which(named) if named else which("python") or which("python3") or sys.executable


def python_probes(python: str) -> list[Probe]:
    """What can be proved with a Python."""

    def lacks(library: str) -> str:
        return f"{library} is not installed for {python}"

    def code(text: str, *imports: str) -> str:
        return GUARD + "".join(NEEDS.format(imports=each, code=NOT_HERE) for each in imports) + text

    return [
        Probe("Python, start-up file", (python, "-c", code(URLLIB)), PROXIES + BUNDLES, remedy=START_UP_REMEDY),
        Probe("Python, proxy", (python, "-E", "-c", code(URLLIB)), START_UP, remedy=PROXY_REMEDY),
        Probe(
            "requests, proxy",
            (python, "-E", "-c", code(REQUESTS, "import requests")),
            START_UP,
            missing=lacks("requests"),
            remedy=PROXY_REMEDY,
        ),
        Probe(
            "twilio-python",
            (python, "-c", code(TWILIO.format(patch=""), CLIENT)),
            missing=lacks("twilio 6 or newer"),
            remedy=START_UP_REMEDY,
        ),
        Probe(
            "offhook.patch",
            (python, "-c", code(TWILIO.format(patch="offhook.patch(client)"), CLIENT, "import offhook")),
            plain=True,
            missing=lacks("offhook, or twilio 6 or newer,"),
            remedy="if you have a proxy, add 127.0.0.1 to NO_PROXY; `offhook run` needs neither",
        ),
    ]


def other_probes() -> list[Probe]:
    """What can be proved with the other programs on the PATH."""
    curl, node = which("curl"), which("node")
    to_curl = ("-q", "-sS", "--max-time", "10", "--resolve", "api.twilio.com:443:127.0.0.1", "-K", "-")
    found = []
    if curl:
        found.append(Probe("curl, proxy", (curl, *to_curl), typed=CURL_CONFIG, remedy=PROXY_REMEDY))
    if node:
        for name, code in (("https", NODE_HTTPS), ("fetch", NODE_FETCH)):
            missing = "this Node has no fetch"
            found.append(
                Probe(f"Node, {name}", (node, "-e", NODE + code), PROXIES, missing=missing, remedy=NODE_REMEDY)
            )
    return found


START_UP_REMEDY = (
    "if the Python is a wrapper that adds -I or -E or sets PYTHONPATH, call the real one; "
    "with -I only clients that honour proxies arrive"
)
PROXY_REMEDY = (
    "look for what sets HTTPS_PROXY, NO_PROXY or a CA bundle after `offhook run`: "
    "a wrapper on the PATH, a file of the shell's, the library's own configuration"
)
NODE_REMEDY = "look for what changes NODE_OPTIONS: a wrapper on the PATH, a version manager, an .npmrc (node-options)"
