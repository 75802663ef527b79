"""What `bench.lists` asks for: every list, filtered in every way, with paths that change from request to request."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bench.filling import BUSY_PHONES, DAYS, LOYAL, NUMBERS, Month, number, person
from offhook.kit.clock import DAY, to_datetime

NOBODY = "+12125550100"
BUSY, RARE = number(0, 0), number(0, 7)
PHONES = [person(which) for which in range(BUSY_PHONES)]
PEOPLE = [person(which) for which in range(5_000, 20_000, 1_117)]
HIDDEN = "no-such-path"  # asked for in other letters, since the asking is recorded, too


Wanted = tuple[str, bool | None, list[dict[str, str]]]  # a name, what `Case.finds` says, and filters in turn


@dataclass(frozen=True)
class Case:
    """A list, and the paths to ask for it, one after the other."""

    name: str
    paths: list[str]
    finds: bool | None = None  # whether there must be something, or nothing; None does not matter


class Cases:
    """What is asked, of a month that the database was filled with."""

    def __init__(self, month: Month, empty: str) -> None:
        """`empty` is the SID of an account without messages."""
        self._month = month
        self._first, self._small, self._empty = month.accounts[0], month.accounts[1], empty
        self._days = [to_datetime(month.now - ago * DAY).strftime("%Y-%m-%d") for ago in range(2, DAYS - 1, 3)]
        before, after = to_datetime(month.begin - 3 * DAY), to_datetime(month.now + 3 * DAY)
        self._before, self._after = before.strftime("%Y-%m-%d"), after.strftime("%Y-%m-%d")

    def messages(self) -> Iterator[Case]:
        """The list of messages, filtered in every way; one message."""
        for name, finds, filters in (*self._by_number(), *self._by_date(), *self._by_both(), *self._nothing()):
            yield Case(f"messages: {name}", [self._messages(self._first, **f) for f in filters], finds)
        for name, sid, finds in (("a small account", self._small, True), ("an empty account", self._empty, False)):
            paths = [self._messages(sid), self._messages(sid, DateSent=self._days[0])]
            yield Case(f"messages: {name}", paths, finds)
        samples = [f"{self._messages(account)[:-5]}/{sid}.json" for account, sid in self._month.sample[-500:]]
        yield Case("messages: fetch", samples)
        yield from self._ours()

    def deep(self) -> Iterator[Case]:
        """Lists of which a page far from the first is wanted."""
        yield Case("messages", [self._messages(self._first)])
        yield Case("messages: From", [self._messages(self._first, From=number(0, 0))])
        yield Case("messages: DateSent<", [self._messages(self._first, **{"DateSent<": self._days[0]})])
        yield Case("phone: a busy one's texts", [f"/offhook/v1/Handsets/{quote(person(0))}/Messages"])
        yield Case("phones", ["/offhook/v1/Handsets"])
        yield Case("exchanges", ["/offhook/v1/Exchanges"])

    def _ours(self) -> Iterator[Case]:
        """What the console asks besides."""
        path, first = "/offhook/v1/Messages", self._first
        yield Case("messages: Status", [_path(path, {"Status": one}) for one in ("failed", "delivered")], True)
        yield Case("messages: Direction", [_path(path, {"Direction": "inbound"})], True)
        yield Case("messages: Search", [_path(path, {"Search": f"number {which}"}) for which in range(10)])
        yield Case("messages: nothing: Status", [_path(path, {"Status": "queued"})], False)
        yield Case("messages: nothing: Search", [_path(path, {"Search": "no such words"})], False)
        yield Case("messages: history", [f"{path}/{sid}/History" for _, sid in self._month.sample[-300:]], True)
        for interval in ("minute", "hour"):
            filters = [{"Interval": interval}, {"Interval": interval, "AccountSid": first}]
            yield Case(f"traffic: by the {interval}", [_path("/offhook/v1/Traffic", f) for f in filters], True)

    def _by_number(self) -> Iterator[Wanted]:
        yield "first page", True, [{}]
        yield "From, one that sends half", True, [{"From": BUSY}]
        yield "From, others", True, [{"From": number(0, which)} for which in range(1, NUMBERS)]
        yield "From, a person", None, [{"From": one} for one in PEOPLE]
        yield "To, a busy phone", True, [{"To": phone} for phone in PHONES]
        yield "To, a person", None, [{"To": one} for one in PEOPLE]
        yield "To, a number of ours", True, [{"To": BUSY}, {"To": RARE}]
        yield "From and To", None, [{"From": BUSY, "To": one} for one in (*PEOPLE, *PHONES)]

    def _by_date(self) -> Iterator[Wanted]:
        yield "DateSent=", True, [{"DateSent": day} for day in self._days]
        yield "DateSent<", True, [{"DateSent<": day} for day in self._days]
        yield "DateSent>", True, [{"DateSent>": day} for day in self._days]
        yield "DateSent< and DateSent>", True, [{"DateSent<": day, "DateSent>": day} for day in self._days]

    def _by_both(self) -> Iterator[Wanted]:
        ours, theirs = (BUSY, RARE), (*PHONES, *PEOPLE)
        days = self._days
        yield "From and DateSent=", True, [{"From": one, "DateSent": day} for one in ours for day in days]
        yield "From and DateSent<", True, [{"From": one, "DateSent<": day} for one in ours for day in days]
        yield "To and DateSent=", None, [{"To": to, "DateSent": day} for to in theirs for day in days]
        yield "To and DateSent>", None, [{"To": to, "DateSent>": day} for to in theirs for day in days]
        yield "all three", None, [{"From": BUSY, "To": to, "DateSent": day} for to in theirs for day in days]

    def _nothing(self) -> Iterator[Wanted]:
        before, after, elsewhere = self._before, self._after, number(1, 0)
        apart = {"From": number(0, int(LOYAL[0])), "To": PHONES[2]}
        yield "nothing: From, of nobody or another account", False, [{"From": NOBODY}, {"From": elsewhere}]
        yield "nothing: To, of nobody", False, [{"To": NOBODY}]
        yield "nothing: From and To, both busy, never together", False, [apart]
        yield "nothing: the same and DateSent>", False, [{**apart, "DateSent>": day} for day in self._days]
        yield "nothing: From and To, both ours", False, [{"From": BUSY, "To": RARE}, {"From": RARE, "To": BUSY}]
        yield "nothing: From, not used in these days", False, [{"From": number(0, 3), "DateSent>": self._days[0]}]
        yield "nothing: DateSent=", False, [{"DateSent": before}, {"DateSent": after}]
        yield "nothing: DateSent<", False, [{"DateSent<": before}]
        yield "nothing: DateSent>", False, [{"DateSent>": after}]
        yield "nothing: From and DateSent<", False, [{"From": BUSY, "DateSent<": before}]
        yield "nothing: To and DateSent>", False, [{"To": PHONES[0], "DateSent>": after}]
        yield "nothing: all three", False, [{"From": BUSY, "To": PHONES[0], "DateSent<": before}]

    def phones(self) -> Iterator[Case]:
        """What phones show."""
        of = "/offhook/v1/Handsets/{}/Messages".format
        yield Case("phone: a busy one's texts", [of(quote(person(which))) for which in range(BUSY_PHONES)], True)
        yield Case("phone: a person's texts", [of(quote(person(which))) for which in range(100, 9_000, 777)])
        yield Case("phone: a busy one's newest texts", [of(quote(person(0))) + "?Order=desc"], True)
        yield Case("phone: one that got nothing", [of("%2B12125550100")], False)
        yield Case("phones: first page", ["/offhook/v1/Handsets"], True)

    def exchanges(self) -> Iterator[Case]:
        """The record of requests."""
        sids = [sid for _, sid in self._month.sample[-300:]]
        for name, finds, filters in (
            ("first page", True, [{}]),
            ("AccountSid", True, [{"AccountSid": self._first}, {"AccountSid": self._small}]),
            ("ResourceSid", True, [{"ResourceSid": sid} for sid in sids]),
            ("Failed", True, [{"Failed": "true"}, {"Failed": "false"}]),
            ("Status", True, [{"Status": "5xx"}, {"Status": "201"}, {"Status": "2xx"}]),
            ("Kind, Direction, Method", True, [{"Kind": "document"}, {"Direction": "in"}, {"Method": "GET"}]),
            ("DateCreated=", True, [{"DateCreated": day} for day in self._days]),
            ("DateCreated<", True, [{"DateCreated<": day} for day in self._days]),
            ("Url", True, [{"Url": "/messages/"}]),
            ("Search", None, [{"Search": "number 99"}]),
            ("nothing: AccountSid", False, [{"AccountSid": f"AC{0:032}"}]),
            ("nothing: Status", False, [{"Status": "3xx"}, {"Status": "404"}, {"Status": "204"}]),
            ("nothing: Kind and Direction", False, [{"Kind": "document", "Direction": "in"}]),
            ("nothing: Method", False, [{"Method": "DELETE"}, {"Method": "DELETE", "AccountSid": self._first}]),
            ("nothing: DateCreated", False, [{"DateCreated<": self._before}, {"DateCreated>": self._after}]),
            ("nothing: Url", False, [{"Url": HIDDEN}]),
            ("nothing: Search", False, [{"Search": "no such words"}]),
        ):
            yield Case(f"exchanges: {name}", [_path("/offhook/v1/Exchanges", f) for f in filters], finds)

    def alerts(self) -> Iterator[Case]:
        """What went wrong."""
        for name, finds, filters in (
            ("first page", True, [{}]),
            ("LogLevel", True, [{"LogLevel": "error"}, {"LogLevel": "warning"}]),
            ("StartDate and EndDate", True, [{"StartDate": day, "EndDate": day} for day in self._days]),
            ("all of them", True, [{"LogLevel": "warning", "EndDate": day} for day in self._days]),
            ("nothing", False, [{"LogLevel": "debug"}, {"EndDate": self._before}, {"StartDate": self._after}]),
        ):
            yield Case(f"alerts: {name}", [_path("/monitor/v1/Alerts", f) for f in filters], finds)

    def events(self) -> Iterator[Case]:
        """Who changed what."""
        sids = [sid for _, sid in self._month.sample[-300:]]
        for name, finds, filters in (
            ("first page", True, [{}]),
            ("ActorSid", True, [{"ActorSid": self._first}]),
            ("ResourceSid", True, [{"ResourceSid": sid} for sid in sids]),
            ("EventType", True, [{"EventType": "message.deleted"}]),
            ("SourceIpAddress", True, [{"SourceIpAddress": "127.0.0.1"}]),
            ("StartDate and EndDate", True, [{"StartDate": day, "EndDate": day} for day in self._days]),
            ("nothing: EventType", False, [{"EventType": "account.deleted"}]),
            ("nothing: SourceIpAddress", False, [{"SourceIpAddress": "192.0.2.1"}]),
            ("nothing: ActorSid", False, [{"ActorSid": self._small}]),
            ("nothing: dates", False, [{"EndDate": self._before}, {"StartDate": self._after}]),
        ):
            yield Case(f"events: {name}", [_path("/monitor/v1/Events", f) for f in filters], finds)

    @staticmethod
    def _messages(account: str, **filters: str) -> str:
        return _path(f"/2010-04-01/Accounts/{account}/Messages.json", filters)


def _path(path: str, filters: dict[str, str]) -> str:
    hidden = "".join(f"%{ord(letter):x}" for letter in HIDDEN)
    return f"{path}?{urlencode(filters).replace(HIDDEN, hidden)}" if filters else path
