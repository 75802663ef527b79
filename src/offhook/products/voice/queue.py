"""Queues of callers, and who stands in them.

https://www.twilio.com/docs/voice/api/queue-resource https://www.twilio.com/docs/voice/api/member-resource
"""

import msgspec

from offhook.kit.clock import SECOND

LONGEST_NAME = 64  # characters
DEFAULT_SIZE = 1000  # calls
LARGEST_SIZE = 5000


class Queue(msgspec.Struct):
    """One queue; times in UTC microseconds. `waited` is how long its members have waited together, in microseconds."""

    seq: int
    sid: str
    account_sid: str
    friendly_name: str
    max_size: int
    date_created: int
    date_updated: int
    current_size: int = 0
    waited: int = 0

    @property
    def average_wait_time(self) -> int:
        """Seconds that its members have waited so far, on average; 0 when nobody waits."""
        return self.waited // self.current_size // SECOND if self.current_size else 0


class Member(msgspec.Struct):
    """A call in a queue; the one with `position` 1 is at the front."""

    seq: int
    account_sid: str
    queue_sid: str
    call_sid: str
    date_enqueued: int
    position: int
