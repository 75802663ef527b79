"""What `offhook.toml` can declare besides settings: accounts, applications, numbers, short codes, caller IDs,
phones.

Reading is pure: from what stands in the file to `Declarations`, or to every problem at once, each with the table, its
place in the file and the key. Whether it fits what is in the database is for `applying` to see.

A key that is not given is None here, and means: leave it as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

import msgspec

from offhook.roles import kinds, settings
from offhook.roles.kinds import HANDSET, METHOD, NAME, PHONE_NUMBER, SHORT_CODE, URL, YES_OR_NO, Kind
from offhook.roles.settings import SettingError

Name = Annotated[str | None, NAME]
Url = Annotated[str | None, URL]
Method = Annotated[str | None, METHOD]
Flag = Annotated[bool | None, YES_OR_NO]


class DeclarationError(SettingError):
    """What is declared makes no sense, or does not fit what is there; `problems` are sentences."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        super().__init__(f"{path}: {'; '.join(problems)}")
        self.problems = problems


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """`[[accounts]]`: a subaccount of the first account, known by its SID where one is given, else by its name."""

    friendly_name: Annotated[str, NAME]
    sid: Annotated[str | None, kinds.ACCOUNT_SID] = None
    auth_token: Annotated[str | None, kinds.TOKEN] = None
    test_account_sid: Annotated[str | None, kinds.ACCOUNT_SID] = None
    test_auth_token: Annotated[str | None, kinds.TOKEN] = None
    media_auth: Flag = None
    countries: Annotated[frozenset[str] | None, kinds.COUNTRIES] = None

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called by in this file."""
        return (self.friendly_name, self.sid) if self.sid else (self.friendly_name,)


class TextWebhooks(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked about a text; an empty URL means nobody."""

    account: Name = None
    sms_url: Url = None
    sms_method: Method = None
    sms_fallback_url: Url = None
    sms_fallback_method: Method = None


class Webhooks(TextWebhooks, frozen=True, kw_only=True):
    """Who is asked about a text or a call."""

    voice_url: Url = None
    voice_method: Method = None
    voice_fallback_url: Url = None
    voice_fallback_method: Method = None
    voice_caller_id_lookup: Flag = None
    status_callback: Url = None
    status_callback_method: Method = None


class Application(Webhooks, frozen=True, kw_only=True):
    """`[[applications]]`: webhooks that numbers share, known by their name in their account."""

    friendly_name: Annotated[str, NAME]
    sms_status_callback: Url = None
    message_status_callback: Url = None

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called by in this file."""
        return (f"{self.friendly_name} of {self.account}" if self.account else self.friendly_name,)


class Number(Webhooks, frozen=True, kw_only=True):
    """`[[numbers]]`: a phone number of an account. The applications are names of declared ones."""

    phone_number: Annotated[str, PHONE_NUMBER]
    friendly_name: Name = None
    sms_application: Annotated[str | None, kinds.REFERENCE] = None
    voice_application: Annotated[str | None, kinds.REFERENCE] = None

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called by in this file."""
        return (self.phone_number,)


class ShortCode(TextWebhooks, frozen=True, kw_only=True):
    """`[[short_codes]]`: a short code of an account."""

    short_code: Annotated[str, SHORT_CODE]
    friendly_name: Name = None

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called by in this file."""
        return (self.short_code,)


class CallerId(msgspec.Struct, frozen=True, kw_only=True):
    """`[[caller_ids]]`: a number that an account may call from without owning it."""

    phone_number: Annotated[str, PHONE_NUMBER]
    account: Name = None
    friendly_name: Name = None

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called by in this file."""
        return (f"{self.phone_number} of {self.account}" if self.account else self.phone_number,)


class Handset(msgspec.Struct, frozen=True, kw_only=True):
    """`[[handsets]]`: how a phone behaves, or every phone whose number begins alike; delays in seconds."""

    address: Annotated[str, HANDSET]
    outcome: Annotated[str | None, kinds.OUTCOME] = None
    error_code: Annotated[int | None, kinds.LOST_WITH] = None
    delay: Annotated[float | None, kinds.DELAY] = None
    power: Annotated[str | None, kinds.POWER] = None
    repeated_reports: Annotated[int | None, kinds.REPEATS] = None
    early_reports: Flag = None
    fault_rate: Annotated[float | None, kinds.SHARE] = None
    seed: Annotated[int | None, kinds.SEED] = None
    line: Annotated[str | None, kinds.LINE] = None
    answers: Annotated[str | None, kinds.ANSWERS] = None
    answer_delay: Annotated[float | None, kinds.RINGING] = None
    greeting: Annotated[str | None, kinds.GREETING] = None

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called by in this file."""
        return (self.address,)


Declared = Account | Application | Number | ShortCode | CallerId | Handset
OWNED = ("applications", "numbers", "short_codes", "caller_ids")  # what belongs to an account
D = TypeVar("D", Account, Application, Number, ShortCode, CallerId, Handset)


class Declarations(msgspec.Struct, frozen=True):
    """Everything that a file declares."""

    accounts: list[Account] = []
    applications: list[Application] = []
    numbers: list[Number] = []
    short_codes: list[ShortCode] = []
    caller_ids: list[CallerId] = []
    handsets: list[Handset] = []

    def account_named(self, reference: str | None) -> str | None:
        """One way to name an account for each: a declared one by its friendly name, others by SID, None the first."""
        found = (account.friendly_name for account in self.accounts if reference in account.names)
        return next(found, reference)

    def application_named(self, name: str, account: str | None) -> Application | None:
        """The declared application with this name in an account (as `account_named` names it)."""
        for application in self.applications:
            if application.friendly_name == name and self.account_named(application.account) == account:
                return application
        return None


def read(path: Path) -> Declarations:
    """What a file declares; nothing when there is none. Raises SettingError, DeclarationError with all problems."""
    return parse(settings.read_file(path), path)


def parse(content: Mapping[str, Any], path: Path) -> Declarations:
    """The declarations in a file's content. Raises DeclarationError with all that is wrong with them."""
    problems: list[str] = []
    declared = Declarations(
        _entries("accounts", Account, content, problems),
        _entries("applications", Application, content, problems),
        _entries("numbers", Number, content, problems),
        _entries("short_codes", ShortCode, content, problems),
        _entries("caller_ids", CallerId, content, problems),
        _entries("handsets", Handset, content, problems),
    )
    if not problems:  # a reference to what could not be read would only be said to lead nowhere
        problems += [*_dangling(declared), *_test_sids_taken(declared)]
    if problems:
        raise DeclarationError(path, problems)
    return declared


def keys_of(kind: type[Declared]) -> dict[str, Kind]:
    """The keys of a table, and what each may hold."""
    return {name: hint.__metadata__[0] for name, hint in get_type_hints(kind, include_extras=True).items()}


def _entries(table: str, kind: type[D], content: Mapping[str, Any], problems: list[str]) -> list[D]:
    listed = content.get(table, [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        problems.append(f"{table} is a list of tables: write [[{table}]] above each, with two brackets")
        return []
    found: list[D] = []
    taken: set[str] = set()
    for place, entry in enumerate(listed, 1):
        where = f"[[{table}]] {place}"
        if wrong := list(_wrong(entry, kind)):
            problems += [f"{where}: {problem}" for problem in wrong]
            continue
        made = kind(**{name: kinds_of.read(entry[name]) for name, kinds_of in keys_of(kind).items() if name in entry})
        problems += [f"{where}: {name} is declared above already" for name in made.names if name in taken]
        taken.update(made.names)
        found.append(made)
    return found


def _wrong(entry: Mapping[str, Any], kind: type[Declared]) -> Iterator[str]:
    keys = keys_of(kind)
    for name, value in entry.items():
        if name not in keys:
            yield f"there is no key {name} (there are {', '.join(keys)})"
        elif keys[name].read(value) is None:
            is_secret = name.endswith("auth_token")
            shown = "what is given" if is_secret else msgspec.json.encode(value, enc_hook=str).decode()
            yield f"{name} must be {keys[name].allowed}; {shown} is not"
    for field in msgspec.structs.fields(kind):
        if field.required and field.name not in entry:
            yield f"{field.name} is missing: {keys[field.name].allowed}"


def _dangling(declared: Declarations) -> Iterator[str]:
    """References to accounts and applications that are not declared."""
    known = {name for account in declared.accounts for name in account.names}
    for table in OWNED:
        for place, entry in enumerate(getattr(declared, table), 1):
            if entry.account and entry.account not in known and kinds.ACCOUNT_SID.read(entry.account) is None:
                yield f"[[{table}]] {place}: account {entry.account} is neither declared in [[accounts]] nor a SID"
    for place, number in enumerate(declared.numbers, 1):
        for key in ("sms_application", "voice_application"):
            name = getattr(number, key)
            if name and not declared.application_named(name, declared.account_named(number.account)):
                yield f"[[numbers]] {place}: {key} {name} is not declared in [[applications]] for the same account"


def _test_sids_taken(declared: Declarations) -> Iterator[str]:
    """Test SIDs that are something else in the same file."""
    taken = {account.sid for account in declared.accounts}
    for place, account in enumerate(declared.accounts, 1):
        if account.test_account_sid and account.test_account_sid in taken:
            yield f"[[accounts]] {place}: test_account_sid {account.test_account_sid} is declared for something else"
        taken.add(account.test_account_sid)
