"""An app's cookies, kept for each sender and recipient, so that an app can hold a conversation in a session.

They are forgotten four hours after the last answer.
https://www.twilio.com/docs/messaging/tutorials/how-to-create-sms-conversations
"""

from offhook.fetch import FetchError, Jar, Response
from offhook.kit.clock import HOUR, Clock
from offhook.products.messaging import store
from offhook.products.messaging.message import Message
from offhook.storage import Database, Step, Unit

KEPT_FOR = 4 * HOUR


class Cookies:
    """The cookies of one conversation, while one text is answered."""

    def __init__(self, key: dict[str, str], jar: Jar, clock: Clock) -> None:
        self._key = key
        self._jar = jar
        self._clock = clock
        self._changed = False

    @classmethod
    async def load(cls, database: Database, message: Message, clock: Clock) -> "Cookies":
        """The cookies between our number and the person who texts it."""
        key = store.cookies_key(message.account_sid, message.to, message.from_)
        text = await store.cookies(database, key, clock.now())
        return cls(key, Jar.loads(text) if text else Jar(), clock)

    def header_for(self, url: str) -> str | None:
        """The `Cookie` header for a request to `url`; none for what cannot be called, which is the caller's to find."""
        try:
            return self._jar.header_for(url, self._clock.now())
        except FetchError:
            return None

    def keep(self, response: Response) -> None:
        """Take the cookies that an answer sets."""
        self._changed = True
        self._jar.keep(response.url, response.header_values("set-cookie"), self._clock.now())

    def save(self, unit: Unit, after: Step) -> None:
        """Keep the cookies for the next text, as part of `unit`, if the step `after` changes a row."""
        if self._changed:
            store.keep_cookies(unit, self._key, self._jar.dumps(), self._clock.now() + KEPT_FOR, after)
