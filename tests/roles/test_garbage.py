"""What the collector looks at in a process that serves. In a process of its own: it would change the tests' own."""

import json
import subprocess
import sys

PROGRAM = """
import gc, json
from offhook.roles import garbage
held = [[] for _ in range(50_000)]
before = gc.get_freeze_count()
garbage.settle()
after = gc.get_freeze_count()
class Ring: pass
def litter():
    ring = Ring(); ring.itself = ring
for _ in range(garbage.YOUNG + 1): litter()
alive = sum(isinstance(thing, Ring) for thing in gc.get_objects())
print(json.dumps([before, after, gc.isenabled(), alive]))
"""


def test_what_was_there_is_left_out_and_what_comes_is_collected():
    answer = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout
    before, after, enabled, alive = json.loads(answer)
    assert before == 0
    assert after > 50_000
    assert enabled
    assert alive < 20_001
