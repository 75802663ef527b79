"""Nothing that was accepted is lost: killed, stopped, without its database, without room on the disk.

The long versions are in `soak/`; these are the same programs for a few seconds.
"""

from soak.crash import crash
from soak.database_restart import database_restart
from soak.disk_full import disk_full
from soak.draining import draining
from tests.faults.houses import run


def test_a_process_that_is_killed_under_load_loses_nothing(tmp_path, database):
    run(crash, tmp_path, **database, kills=1, rate=50.0, shortest=0.5, longest=1.0, seed=7)


def test_a_process_that_is_told_to_stop_cuts_nobody_off(tmp_path, database):
    run(draining, tmp_path, **database, rate=80.0, stops=1, between=0.7)


def test_a_database_that_restarts_costs_refusals_and_nothing_else(tmp_path, own_server):
    run(database_restart, tmp_path, own_server, restarts=1, rate=50.0, pause=0.7, away=0.4)


def test_files_that_cannot_grow_cost_refusals_and_nothing_else(tmp_path):
    run(disk_full, tmp_path, rate=200.0, full_for=0.6, mounted=False)
