"""/offhook/v1/Console/Password: whether people can sign in with a password, besides links. It is never shown."""

from typing import Annotated

import msgspec

from offhook.console.doorkeeping import Doorkeeping
from offhook.console.passwords import LONGEST, SHORTEST
from offhook.web import VERSIONED, Call, Checked, Missing, Resource, invalid_parameter, iso8601


class State(msgspec.Struct):
    """When the password was set that counts, if there is one (UTC microseconds)."""

    date_created: int | None


class PasswordView(msgspec.Struct):
    """What may be known of the password."""

    is_set: bool
    date_created: str | None


def view(state: State, _call: Call) -> PasswordView:
    """Whether there is one, and since when."""
    return PasswordView(state.date_created is not None, iso8601(state.date_created))


def long_enough(text: str, name: str) -> str:
    """Raises ApiError 20001 for a password that is too short, or too long to be one."""
    if not SHORTEST <= len(text) <= LONGEST:
        raise invalid_parameter(name, f"it must be {SHORTEST} to {LONGEST} characters long")
    return text


password = Resource("offhook", "/v1/Console/Password", VERSIONED, view, key="password", alone=True)


@password.fetch
async def fetch(service: Doorkeeping, call: Call) -> State:
    """Ask whether a password is set, and since when."""
    await service.check(call)
    kept = await service.sessions.password()
    return State(kept.date_created if kept else None)


@password.update
async def update(
    service: Doorkeeping,
    call: Call,
    *,
    password: Annotated[str, Missing(20001, "A 'Password' is required."), Checked(long_enough)],
) -> State:
    """Set the password; who is signed in has to sign in anew."""
    await service.check(call)
    return State((await service.sessions.set_password(call.unit, password)).date_created)


@password.delete
async def delete(service: Doorkeeping, call: Call) -> bool:
    """Have no password: links alone sign in. Who is signed in has to sign in anew."""
    await service.check(call)
    if await service.sessions.password() is None:
        return False
    service.sessions.forget_password(call.unit)
    return True
