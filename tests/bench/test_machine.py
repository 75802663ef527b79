"""What is said of the machine and of processes."""

import subprocess
import sys

import pytest

from bench.machine import facts, synced_writes
from bench.processes import usage

SPINNING = "import sys, time\nwhile time.process_time() < 0.3: pass\nprint(flush=True)\nsys.stdin.read()"
PARENT = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {SPINNING!r}])"


@pytest.mark.parametrize("program", [SPINNING, PARENT], ids=["by-itself", "by-a-child"])
def test_processor_time_counts_a_process_and_what_it_started(program):
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        used = usage(process.pid)
        process.stdin.close()
    assert 0.25 < used.seconds < 3
    assert 2**20 < used.resident < 2**30


def test_a_disk_is_measured_by_what_it_keeps(tmp_path):
    rate, middle, slow = synced_writes(tmp_path, 0.05)
    assert rate > 0
    assert 0 < middle <= slow
    assert list(tmp_path.iterdir()) == []


def test_the_facts_name_what_figures_depend_on(tmp_path):
    told = facts(tmp_path, 0.02)
    assert set(told) == {"processor", "memory", "system", "python", "disk", "load"}
    assert "synced" in told["disk"]
