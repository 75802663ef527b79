"""Where the truth is kept: units of work, group commit, queues with leases, pages, sealed secrets, migrations.

A product declares its tables on `metadata`, writes its SQL as module-level `Statement`s and `Query`s in its
`store.py`, and hands `Unit`s to the `Database`.
"""

from offhook.storage.blobs import Blobs
from offhook.storage.claims import Claims, lease_of
from offhook.storage.database import Database
from offhook.storage.opening import open_database
from offhook.storage.paging import Page, PageRequest, Period, parse_token, read_page, search_page
from offhook.storage.queues import NotYetError, Queue
from offhook.storage.rows import Rows
from offhook.storage.schema import among, database_now, given, instant, metadata, seq, text, unsearched, where
from offhook.storage.sealing import Sealer, UnsealingError
from offhook.storage.snapshots import LASTING, Snapshot, Snapshots
from offhook.storage.statement import Query, Statement, reading
from offhook.storage.unit import Step, StorageError, Unit

__all__ = [
    "LASTING",
    "Blobs",
    "Claims",
    "Database",
    "NotYetError",
    "Page",
    "PageRequest",
    "Period",
    "Query",
    "Queue",
    "Rows",
    "Sealer",
    "Snapshot",
    "Snapshots",
    "Statement",
    "Step",
    "StorageError",
    "Unit",
    "UnsealingError",
    "among",
    "database_now",
    "given",
    "instant",
    "lease_of",
    "metadata",
    "open_database",
    "parse_token",
    "read_page",
    "reading",
    "search_page",
    "seq",
    "text",
    "unsearched",
    "where",
]
