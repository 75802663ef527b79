"""Offhook: a self-hosted Twilio.

`offhook.patch(client)` points a twilio-python client at a running Offhook. Nothing is imported until it is asked for,
so that a program pays for no more than this file.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from offhook.interception.patching import patch

    __version__: str

__all__ = ["__version__", "patch"]


def __getattr__(name: str) -> Any:
    if name == "patch":
        from offhook.interception.patching import patch

        return patch
    if name == "__version__":
        from importlib.metadata import version

        return version("offhook")
    raise AttributeError(f"module 'offhook' has no attribute {name!r}")
