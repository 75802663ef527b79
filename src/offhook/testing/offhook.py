"""One Offhook as a test holds it in its hands. Everything goes through its HTTP API, wherever it runs."""

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offhook.testing import telling
from offhook.testing.authenticator import Authenticator
from offhook.testing.calling import Api, RefusedError, wire_name
from offhook.testing.clock import Clock
from offhook.testing.handset import Handset
from offhook.testing.records import Alert, Exchange, Number
from offhook.testing.serving import Served, serve

if TYPE_CHECKING:
    from twilio.rest import Client  # type: ignore[import-untyped]

    from offhook.roles.connection import Connection


class Offhook:
    """A running Offhook: its credentials, its phones, its clock. Use it as a context manager, or `close` it."""

    def __init__(self, url: str, account_sid: str, auth_token: str, connection: "Connection | None" = None) -> None:
        """`connection` is all of a `connection.json`; `environment` needs it."""
        self.url = url
        self.account_sid = account_sid
        self.auth_token = auth_token
        self._api = Api(url, account_sid, auth_token)
        self.clock = Clock(self._api)
        self._authenticator = Authenticator(self.clock)
        self._connection = connection
        self._handsets: dict[str, Handset] = {}
        self._found: dict[str, set[int]] = defaultdict(set)  # by phone: places in its inbox of texts waited for
        self._found_at: dict[str, dict[str, set[int]]] = {}  # by snapshot
        self._served: list[Served] = []
        self._stack = ExitStack()

    @classmethod
    def of(cls, connection: "Connection") -> "Offhook":
        """The Offhook at a connection."""
        return cls(connection.url, connection.account_sid, connection.auth_token, connection)

    @classmethod
    def at(cls, folder: str | Path = ".offhook") -> "Offhook":
        """The Offhook that runs on a data folder, started with `offhook up`. Raises LookupError when none does."""
        from offhook.roles import connection

        found = connection.read(Path(folder))
        if found is None:
            raise LookupError(f"no Offhook runs on {folder}")
        return cls.of(found)

    def __enter__(self) -> "Offhook":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop what was served. The Offhook itself runs on."""
        self._stack.close()

    @property
    def variables(self) -> dict[str, str]:
        """The variables that name this Offhook and its account."""
        return {
            "TWILIO_ACCOUNT_SID": self.account_sid,
            "TWILIO_AUTH_TOKEN": self.auth_token,
            "OFFHOOK_URL": self.url,
        }

    @property
    def environment(self) -> dict[str, str]:
        """The environment of an app in a process of its own, as it is: Twilio is this Offhook there.

        It is this process's environment with changes, to be passed on whole (`env=offhook.environment`). Of an Offhook
        of which only the URL is known it has no more than the `variables`.
        """
        if self._connection is None:
            return {**os.environ, **self.variables}
        from offhook.interception.bundles import write_bundles
        from offhook.interception.environment import applied, compose

        found = self._connection
        bundles = write_bundles(os.environ, Path(found.ca))
        return applied(os.environ, compose(os.environ, connection=found, proxy_url=found.proxy_url, bundles=bundles))

    @property
    def test_credentials(self) -> tuple[str, str]:
        """The account's test SID and test token: what is asked with them is checked and answered, and not done."""
        shown = self._api.get(f"/offhook/v1/Accounts/{self.account_sid}/TestCredentials")
        return shown["test_account_sid"], shown["test_auth_token"]

    def handset(self, address: str) -> Handset:
        """The phone with this number, or of `client:name`; the same one each time."""
        if address not in self._handsets:
            self._handsets[address] = Handset(
                self._api, self.clock, address, self._found[address], self._story_for(address)
            )
        return self._handsets[address]

    def number(self, phone_number: str | None = None, *, area_code: str = "415", **settings: str) -> Number:
        """A number of the account, bought unless it has it, with `settings` as the SDK names them (`sms_url=…`).

        Raises RefusedError for a number that is none, or that another account owns.
        """
        path = self._api.in_account("IncomingPhoneNumbers")
        form = {wire_name(name): value for name, value in settings.items()}
        owned = self._api.get(path, PhoneNumber=phone_number)["incoming_phone_numbers"] if phone_number else []
        same = [shown for shown in owned if shown["phone_number"] == phone_number]
        if same:
            shown = self._api.post(self._api.in_account(f"IncomingPhoneNumbers/{same[0]['sid']}"), **form)
        elif phone_number:
            shown = self._api.post(path, PhoneNumber=phone_number, **form)
        else:
            shown = self._api.post(path, AreaCode=area_code, **form)
        return Number(shown["phone_number"], shown["sid"], shown["sms_url"])

    def totp(self, factor: Any) -> str:
        """What the authenticator app shows of whoever has this factor: a new factor of the SDK, or an `otpauth://` URI.

        No code is shown twice: asked again within one time step, it waits for the next. Raises ValueError for a factor
        that was fetched, since its secret was shown once, when it was made.
        """
        return self._authenticator.code(factor)

    def serve(self, app: Callable[..., Any]) -> str:
        """The URL of a WSGI or ASGI app, served on a free loopback port until the test ends."""
        served = serve(app)
        self._stack.callback(served.stop)
        self._served.append(served)
        return served.url

    def client(self, account_sid: str | None = None, auth_token: str | None = None) -> "Client":
        """A twilio-python client of this Offhook, with the first account's credentials unless others are given."""
        from twilio.rest import Client  # the app's own dependency, not ours

        from offhook.interception.patching import patch

        client = Client(account_sid or self.account_sid, auth_token or self.auth_token)
        session = getattr(client.http_client, "session", None)
        if session is not None:
            session.trust_env = False  # no proxy between a test and its Offhook
            self._stack.callback(session.close)
        return patch(client, self.url)

    def exchanges(
        self, *, kind: str | None = None, direction: str | None = None, resource_sid: str | None = None
    ) -> list[Exchange]:
        """Requests and their answers, oldest first; every filter that is given must match.

        `kind` is "api", "callback" or "document", `direction` "in" or "out". Calls of Offhook's own API are left out:
        the test's phones and clock make them. Waits until nothing is under way.
        """
        self.clock.settle()
        found = self._api.pages(
            "/offhook/v1/Exchanges", "exchanges", Kind=kind, Direction=direction, ResourceSid=resource_sid
        )
        return [Exchange.of(shown) for shown in found if not shown["url"].startswith(f"{self.url}/offhook/")][::-1]

    def alerts(self) -> list[Alert]:
        """What went wrong, oldest first. Waits until nothing is under way."""
        self.clock.settle()
        return [Alert.of(shown) for shown in self._api.pages("/monitor/v1/Alerts", "alerts")][::-1]

    def failures(self) -> list[str]:
        """Tracebacks and error output of the served apps."""
        return [failure for served in self._served for failure in served.failures]

    def reset(self) -> None:
        """Make everything as it was at the start, when nothing had happened. What was served goes on, and so do
        the URL, the credentials and snapshots. Raises RefusedError in production.
        """
        self._api.post("/offhook/v1/Resets")
        self._find_again({})

    def snapshot(self, name: str = "snapshot") -> str:
        """Give this moment a name to go back to, once nothing is under way; returns the name.

        A moment that had the name before loses it. Raises RefusedError for a name of none or too many characters.
        """
        self._api.post("/offhook/v1/Snapshots", Name=name)
        self._found_at[name] = {address: set(places) for address, places in self._found.items()}
        return name

    def restore(self, name: str = "snapshot") -> None:
        """Make everything as it was at that moment, time included. Raises RefusedError (404) for an unknown name."""
        self._api.post("/offhook/v1/Resets", Snapshot=name)
        self._find_again(self._found_at.get(name, {}))

    def _find_again(self, found: Mapping[str, set[int]]) -> None:
        for address, places in self._found.items():
            places.clear()
            places.update(found.get(address, ()))

    def story(self, first: str | None = None) -> str:
        """What happened, for a person to read: what phones show and what was heard on them (the one with the number
        `first` before the others that were asked for), how the app was asked, what it answered, what was refused and
        what failed.
        """
        self.clock.settle()
        phones = sorted(self._handsets.values(), key=lambda handset: handset.address != first)
        parts = (
            *(telling.conversation(handset.address, handset.inbox) for handset in phones),
            *(telling.calls(handset.address, handset.calls) for handset in phones),
            telling.webhooks(self.exchanges(direction="out")),
            telling.refusals(self.exchanges(direction="in")),
            telling.troubles(self.alerts(), self.failures()),
        )
        return "\n\n".join(part for part in parts if part)

    def try_to_tell(self) -> str:
        """The story, for what has failed already: one that cannot be told is no second failure."""
        try:
            return self.story()
        except (OSError, HTTPException, ValueError, RefusedError) as problem:
            return f"It does not say what happened: {problem!r}"

    def _story_for(self, address: str) -> Callable[[], str]:
        return lambda: self.story(address)
