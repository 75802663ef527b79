"""A small API of jars on a real database: what the tests of the web floor call. Two resources show the two dialects."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import msgspec
from sqlalchemy import MetaData, Table, create_engine

from offhook.exchanges import Exchange, Recorder
from offhook.exchanges.store import page as page_of_exchanges
from offhook.kit.clock import SECOND
from offhook.runtime import Tasks, VirtualClock, Work
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Query,
    Statement,
    given,
    metadata,
    read_page,
    reading,
    seq,
    text,
)
from offhook.storage.sqlite import SqliteDatabase
from offhook.web import (
    API_2010,
    VERSIONED,
    ApiError,
    Call,
    Checked,
    Content,
    Dispatcher,
    Identity,
    Missing,
    Request,
    Resource,
    Router,
    rfc2822,
)
from offhook.web.auth import basic_credentials

START = 1_700_000_000 * SECOND
OWNER, OTHER, TOKEN = "AC" + "a" * 32, "AC" + "b" * 32, "s3cret-token"
tables = MetaData()
jars = Table("jars", tables, seq(), text("sid", unique=True), text("account_sid"), text("label"))


class Jar(msgspec.Struct):
    seq: int
    sid: str
    account_sid: str
    label: str


class JarView(msgspec.Struct):
    sid: str
    label: str
    date_created: str | None
    uri: str


_INSERT = Statement.insert(jars)
_BY_SID = Query(reading(jars, Jar).where(jars.c.sid == given("sid")), Jar)


class Pantry:
    """The service: jars in the database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.labels: dict[str, bytes | Path] = {}  # of jars, as pictures; see `picture`
        self.callers: list[Identity] = []

    def put(self, call: Call, label: str) -> Jar:
        jar = Jar(0, f"JR{label}", call.account_sid, label)
        call.unit.add(_INSERT, msgspec.structs.asdict(jar))
        call.resource_sid = jar.sid
        return jar

    async def jar(self, sid: str) -> Jar | None:
        return await self.database.first(_BY_SID, sid=sid)

    async def page(self, request: PageRequest) -> Page[Jar]:
        return await read_page(self.database, reading(jars, Jar), jars, Jar, request)


def view(jar: Jar, call: Call) -> JarView:
    if jar.label == "invisible":
        raise RuntimeError("this jar cannot be shown")
    return JarView(jar.sid, jar.label, rfc2822(call.now), f"{call.base_url}{call.path}")


def short(label: str, name: str) -> str:
    if len(label) > 20:
        raise ApiError(21617, f"{name} is too long")
    return label


shelf = Resource("api", "/2010-04-01/Accounts/{account_sid}/Jars", API_2010, view, key="jars")
pictures = Resource("api", "/2010-04-01/Accounts/{account_sid}/Pictures", API_2010, view, public_content=True)
plans = Resource("pantry", "/v1/Plan/Content", VERSIONED, view, alone=True)
lid = Resource("pantry", "/v1/Lid", VERSIONED, view, alone=True, methods={"update": "PATCH"})
rack = Resource("pantry", "/v1/Racks/{rack}/Jars", VERSIONED, view, key="jars")


@shelf.create
async def create(
    pantry: Pantry,
    call: Call,
    *,
    label: Annotated[str, Missing(21602, "A label is required."), Checked(short)],
    material: Literal["glass", "clay"] = "glass",
    then: str | None = None,
) -> Jar:
    """Put up a jar.

    It is put where there is room.
    """
    jar = pantry.put(call, label)
    if then == "refuse":
        raise ApiError(21610, "No jars today")
    if then == "fail":
        raise RuntimeError(f"broken on purpose while Authorization was Basic {TOKEN}")
    return jar


@shelf.fetch
async def fetch(pantry: Pantry, call: Call, sid: str) -> Jar | None:
    """Look at a jar."""
    return await pantry.jar(sid)


@shelf.list
async def list_(pantry: Pantry, call: Call, *, page: PageRequest, label: str | None = None) -> Page[Jar]:
    """Look at all jars."""
    return await pantry.page(page)


@shelf.delete
async def delete(pantry: Pantry, call: Call, sid: str) -> bool:
    """Eat a jar."""
    return await pantry.jar(sid) is not None


@lid.update
async def seal(pantry: Pantry, call: Call, *, label: str) -> Jar:
    """Close a jar."""
    return Jar(0, "JRlid", OWNER, label)


@pictures.fetch
async def fetch_picture(pantry: Pantry, call: Call, sid: str) -> Jar | None:
    """Look at what a picture shows."""
    return await pantry.jar(sid)


@pictures.content
async def picture(pantry: Pantry, call: Call, sid: str) -> Content | None:
    """Look at the picture itself."""
    pantry.callers.append(call.identity)
    call.resource_sid = sid
    found = pantry.labels.get(sid)
    return None if found is None else Content(found, "image/png", {"Cache-Control": "private"})


@plans.content
async def plan(pantry: Pantry, call: Call) -> Content | None:
    """Look at how the pantry is built."""
    return Content(b"<plan/>", "image/svg+xml")


@rack.list
async def list_rack(pantry: Pantry, call: Call, rack: str, *, page: PageRequest) -> Page[Jar]:
    """Look at all jars of a rack."""
    return await pantry.page(page)


class Guests:
    """The authenticator: two accounts with one token; the first owns all."""

    async def identify(self, request: Request) -> Identity | None:
        username, password = basic_credentials(request.headers.get("authorization")) or ("", "")
        known = username in (OWNER, OTHER) and password == TOKEN
        return Identity(username, username, owns_all=username == OWNER) if known else None

    async def may_act_on(self, identity: Identity, account_sid: str) -> bool:
        return identity.account_sid == account_sid or (identity.owns_all and account_sid == OTHER)


class Answered:
    """What came back."""

    def __init__(self, messages: list[Any]) -> None:
        start, *bodies = messages
        self.status: int = start["status"]
        self.headers = {k.decode(): v.decode() for k, v in start["headers"]}
        self.body = b"".join(m.get("body", b"") for m in bodies)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def basic(username: str = OWNER, password: str = TOKEN) -> tuple[bytes, bytes]:
    return b"authorization", b"Basic " + base64.b64encode(f"{username}:{password}".encode())


AUTHORIZED = basic()


class Api:
    """The dispatcher on a database, called without a socket in between."""

    def __init__(self, database: Database, tasks: Tasks, **options: Any) -> None:
        self.database, self.tasks = database, tasks
        self.pantry = Pantry(database)
        kinds = (shelf, rack, pictures, plans, lid)
        self.router = Router([operation for kind in kinds for operation in kind.bind(self.pantry)])
        recorder = Recorder(database, tasks)
        self.app = Dispatcher(self.router, Guests(), database, recorder, VirtualClock(START), **options)

    async def call(
        self,
        method: str,
        path: str,
        *headers: tuple[bytes, bytes],
        form: Any = None,
        body: bytes = b"",
        host: bytes = b"127.0.0.1:4665",
        chunks: list[dict[str, Any]] | None = None,
        scheme: str = "http",
    ) -> Answered:
        """`form` is encoded as a body; `chunks` are ASGI messages instead of one body."""
        sent: list[Any] = []
        body = urlencode(form, doseq=True).encode() if form is not None else body
        waiting = list(chunks) if chunks is not None else [{"type": "http.request", "body": body}]
        raw, _, query = path.partition("?")

        async def receive() -> Any:
            return waiting.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "scheme": scheme,
            "path": raw,
            "raw_path": raw.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "headers": [(b"host", host), *headers] if host else list(headers),
            "server": ("127.0.0.1", 4665),
        }
        await self.app(scope, receive, send)
        return Answered(sent) if sent else Answered([{"status": 0, "headers": []}])

    async def create(self, label: str, **parameters: Any) -> Answered:
        return await self.call("POST", JARS, AUTHORIZED, form={"Label": label, **parameters})

    async def count(self) -> int:
        return len((await self.pantry.page(PageRequest(1000))).rows)

    async def recorded(self) -> list[Exchange]:
        """All exchanges, newest first."""
        await self.tasks.work.idle()
        return (await page_of_exchanges(self.database, PageRequest(1000))).rows


JARS = f"/2010-04-01/Accounts/{OWNER}/Jars.json"


def make_tables(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    tables.create_all(engine)
    metadata.create_all(engine)
    engine.dispose()


@asynccontextmanager
async def open_api(folder: Path, **options: Any) -> AsyncIterator[Api]:
    """The API on a fresh database in `folder`."""
    path = folder / "api.db"
    make_tables(path)
    work = Work()
    database = SqliteDatabase(path, work)
    tasks = Tasks(work)
    try:
        yield Api(database, tasks, **options)
    finally:
        await tasks.drain(2)
        await database.close()


def run(folder: Path, scenario: Any, **options: Any) -> None:
    """Run `scenario(api)` to its end."""

    async def whole() -> None:
        async with open_api(folder, **options) as api:
            await scenario(api)

    asyncio.run(asyncio.wait_for(whole(), 10))
