"""A program whose author wrote the credentials into it, and who has no SDK: hard_coded.py TOKEN PHONE."""

import base64
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ACCOUNT_SID = "AC0123456789abcdef0123456789abcdef"

token, phone = sys.argv[1:]
form = urlencode({"To": phone, "From": "+12023358536", "Body": "Hello from nobody's SDK"}).encode()
request = Request(f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json", form)
request.add_header("Authorization", "Basic " + base64.b64encode(f"{ACCOUNT_SID}:{token}".encode()).decode())
try:
    with urlopen(request) as answer:
        print(answer.read().decode())
except HTTPError as problem:
    print(problem.read().decode())
    sys.exit(1)
