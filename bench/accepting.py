"""An Offhook that accepts texts and does not send them: what a create costs by itself.

Everything else is as in `offhook up`: its settings from the environment, the row leased and queued, the record of
exchanges. Only the queue of texts to send is deaf to what is handed over to it after the commit.
"""

import asyncio
import signal

import uvloop

from offhook.roles import logging, settings
from offhook.roles.everything import Everything


async def accept() -> None:
    """Serve until SIGTERM."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    everything = Everything(settings.load({}))
    await everything.start()
    sending = everything._messaging.sending.queue
    sending.take = lambda row: None  # type: ignore[method-assign]
    await ended.wait()
    await everything.stop()


if __name__ == "__main__":
    logging.configure("error")
    uvloop.run(accept())
