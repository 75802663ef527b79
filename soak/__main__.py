"""`make soak`: every program in turn, its figures, and in the end those that failed; `--minutes` of steady load.

With `--quick` each is as short as it can be and still say something; the whole takes some minutes instead of hours.
"""

import argparse
import sys

from bench.lists import lists
from soak.clock_jumps import clock_jumps
from soak.connections import connections
from soak.crash import crash
from soak.database_restart import database_restart
from soak.disk_full import disk_full
from soak.draining import draining
from soak.figures import Figures
from soak.fsync import fsync
from soak.guessing import guessing
from soak.places import POSTGRES, SQLITE, Program, run
from soak.steady import steady
from soak.webhooks import webhooks

BOTH, LITE, LARGE = (SQLITE, POSTGRES), (SQLITE,), (POSTGRES,)
Line = tuple[Program, tuple[str, ...], dict[str, object], dict[str, object]]
PROGRAMS: tuple[Line, ...] = (  # what, where, its numbers, its quick numbers
    (fsync, LITE, {}, {"texts": 50}),
    (crash, BOTH, {"kills": 20, "rate": 200.0}, {"kills": 3, "rate": 100.0, "longest": 4.0}),
    (database_restart, LARGE, {}, {"restarts": 2}),
    (disk_full, LITE, {"mounted": True}, {"full_for": 3.0}),
    (disk_full, LITE, {"mounted": False}, {"mounted": False, "full_for": 3.0}),
    (clock_jumps, LITE, {}, {}),
    (draining, BOTH, {"rate": 400.0, "stops": 10}, {"stops": 2}),
    (webhooks, BOTH, {}, {"seconds": 20.0}),
    (connections, LITE, {}, {"idle": 2000}),
    (guessing, BOTH, {}, {"verifications": 20}),
    (lists, BOTH, {}, {"messages": 50_000, "requests": 50}),
    (steady, BOTH, {}, {"minutes": 1.0}),
)


def main() -> int:
    """Run them; the exit status says whether every figure passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short versions")
    parser.add_argument("--minutes", type=float, default=60.0, help="of the steady load, on each database")
    chosen = parser.parse_args()
    failed: list[Figures] = []
    for program, places, numbers, quick in PROGRAMS:
        for place in places:
            given = quick if chosen.quick else numbers
            if program is steady and not chosen.quick:
                given = {"minutes": chosen.minutes}
            figures = run(program, place, **given)
            if not figures.show():
                failed.append(figures)
    print("\nEvery figure passed." if not failed else "\nFailed:")
    for figures in failed:
        print(f"  {figures.title}", *figures.failed, sep="\n    ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
