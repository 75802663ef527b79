"""The resources of the console: what programs may do about signing in."""

from collections.abc import Sequence

from offhook.console.api.links import links
from offhook.console.api.password import password
from offhook.console.doorkeeping import Doorkeeping
from offhook.web import Operation


def resources(service: Doorkeeping) -> Sequence[Operation]:
    """Everything this floor serves."""
    return [*links.bind(service), *password.bind(service)]
