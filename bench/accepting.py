"""An Offhook that accepts texts and does not send them: what a create costs by itself.

It is `offhook up` in every other respect, with the same arguments: the row is leased and kept, the exchange recorded.
Only the queue of texts to send is deaf to what is handed over to it after the commit.
"""

from typing import Any

from offhook.cli import main
from offhook.storage import Queue

take = Queue.take


def take_unless_to_be_sent(queue: Queue[Any], row: Any) -> None:
    """What every queue does, but for one."""
    if queue._name != "sending":
        take(queue, row)


if __name__ == "__main__":
    Queue.take = take_unless_to_be_sent  # type: ignore[method-assign, assignment]
    main()
