"""Requests as twilio-python sends them: the same headers, one text each, to many people in turn."""

import base64
from urllib.parse import urlencode

FROM = "+14155550100"
PEOPLE = 2_000  # recipients, so that hardly ever two texts to one of them are on their way
BODY = "Your appointment is on Monday at 9:30. Reply C to confirm. Number "
_HEAD = (
    "POST {path} HTTP/1.1\r\n"
    "Host: 127.0.0.1:{port}\r\n"
    "User-Agent: twilio-python/9.13.0 (Linux x86_64) Python/3.11.7\r\n"
    "X-Twilio-Client: python-9.13.0\r\n"
    "Accept: application/json\r\n"
    "Accept-Charset: utf-8\r\n"
    "Accept-Encoding: gzip, deflate\r\n"
    "Connection: keep-alive\r\n"
    "Authorization: Basic {credentials}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: {size}\r\n"
    "\r\n"
)


def texts(
    port: int, account_sid: str, auth_token: str, *, many: int, first: int = 0, from_: str = FROM, callback: str = ""
) -> list[bytes]:
    """`many` requests that send a text each, with a status callback if a URL for it is given."""
    path = f"/2010-04-01/Accounts/{account_sid}/Messages.json"
    credentials = base64.b64encode(f"{account_sid}:{auth_token}".encode()).decode()
    more = {"StatusCallback": callback} if callback else {}
    requests = []
    for number in range(first, first + many):
        to = f"+1973264{number % PEOPLE:04}"
        body = urlencode({"To": to, "From": from_, "Body": f"{BODY}{number}", **more})
        head = _HEAD.format(path=path, port=port, credentials=credentials, size=len(body))
        requests.append((head + body).encode())
    return requests
