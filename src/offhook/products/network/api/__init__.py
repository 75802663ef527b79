"""The resources of the simulated network."""

from collections.abc import Sequence

from offhook.products.network.api.calls import calls
from offhook.products.network.api.clock import clock
from offhook.products.network.api.handsets import handsets as phones
from offhook.products.network.api.lines import line
from offhook.products.network.api.mailboxes import mailboxes as boxes
from offhook.products.network.api.media import media
from offhook.products.network.api.messages import messages
from offhook.products.network.api.resets import resets
from offhook.products.network.api.snapshots import snapshots
from offhook.products.network.calling import Calling
from offhook.products.network.clockwork import Clockwork
from offhook.products.network.handsets import Handsets
from offhook.products.network.lines import PhoneLines
from offhook.products.network.mailboxes import Mailboxes
from offhook.products.network.snapshots import GoingBack
from offhook.web import Operation


def resources(
    handsets: Handsets,
    calling: Calling,
    lines: PhoneLines,
    mailboxes: Mailboxes,
    clockwork: Clockwork,
    going_back: GoingBack,
) -> Sequence[Operation]:
    """Everything this slice serves."""
    people = [*phones.bind(handsets), *messages.bind(handsets), *calls.bind(calling), *media.bind(handsets)]
    reached = [*line.bind(lines), *boxes.bind(mailboxes)]
    return [*people, *reached, *clock.bind(clockwork), *snapshots.bind(going_back), *resets.bind(going_back)]
