"""Every setting: its name, what it means, and where its value comes from.

A command-line flag wins over the environment (`OFFHOOK_…`), the environment over `offhook.toml`, that over the
default here. docs/reference/settings.md lists them; a test keeps it complete.

The same file can declare accounts, numbers and phones, in tables (`declarations`). They are none of the settings'
business: a program that only looks for the data folder does not mind a number that makes no sense.
"""

import ipaddress
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

FILE = "offhook.toml"
PREFIX = "OFFHOOK_"
TABLES = (
    "accounts",
    "applications",
    "numbers",
    "short_codes",
    "caller_ids",
    "handsets",
)  # what the file declares beside settings
DEFAULT = "default"
EVERY_COUNTRY = "all"
LONGEST_SID = 64  # characters
SHORTEST_TOKEN, LONGEST_TOKEN = 16, 128  # characters; Twilio's have 32
_SENDER = re.compile(r"\+[1-9][0-9]{4,14}|[0-9]{3,8}")
SHORTEST_TTL, LONGEST_TTL = 120, 86_400  # seconds, Twilio's
FIRST_WAIT, LONGEST_WAIT = 30, 600  # seconds between two sendings of a code
AT_HOME = frozenset({"US", "CA"})  # like a new account at Twilio's, which may text its own country only


def setting(default: Any, meaning: str) -> Any:
    """A field of `Settings`."""
    return field(default=default, metadata={"meaning": meaning})


class SettingError(ValueError):
    """A setting has a value that makes no sense; the text says which and what would."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process."""

    data: Path = setting(Path(".offhook"), "folder of the database, the keys and connection.json")
    host: str = setting("127.0.0.1", "address to listen on")
    port: int = setting(4665, "port of the API and the console; 0 takes a free one")
    tls_port: int = setting(4666, "port that answers as *.twilio.com over TLS; 0 takes a free one")
    database: str | None = setting(None, "postgresql://… or sqlite:///PATH; default: offhook.db in the data folder")
    clock: str = setting("real", "real, or virtual: time stands still until it is advanced")
    mode: str | None = setting(None, "dev or production; default: dev on a loopback address, else production")
    public_url: str | None = setting(None, "the URL under which others reach this Offhook")
    account_sid: str | None = setting(None, "SID of the first account; default: made up at the first start")
    auth_token: str | None = setting(None, "auth token of the first account; default: made up at the first start")
    test_account_sid: str | None = setting(None, "test SID of the first account; default: made up at the first start")
    test_auth_token: str | None = setting(None, "its test token; default: made up at the first start")
    strict: bool = setting(False, "refuse unknown parameters and adopt nothing")
    media_auth: bool = setting(False, "ask for credentials before a message's media are served")
    countries: str | None = setting(
        None, "countries that accounts may text unless they say otherwise: US,CA or all; default: all in dev mode"
    )
    concurrency: int = setting(0, "requests of one account that are served at once, more get 20429; 0 is no limit")
    exchanges_mb: int = setting(256, "megabytes of exchanges that are kept; the oldest go first")
    speech_recognizer: str | None = setting(
        None, "what understands speech: pocketsphinx, or a command that is given a WAV file and prints text"
    )
    smtp_url: str | None = setting(None, "the mail server that codes are mailed by: smtp://user:password@host:587")
    mail_from: str = setting("verify@offhook.localhost", "who mails codes, unless the app says otherwise")
    verify_sender: str = setting("+14157234001", "the number that texts codes and calls with them")
    verify_ttl: int = setting(600, "seconds that a code counts, from 120 to 86400")
    verify_pumping: str | None = setting(
        None,
        "block, monitor or off: what becomes of a prefix where codes bring nobody back; default: monitor in dev mode,"
        " else block",
    )
    verify_resend_wait: int | None = setting(
        None, "seconds before a code is sent again, doubled each time; default: 0 in dev mode, else 30"
    )
    log_level: str = setting("info", "debug, info, warning or error")

    def __post_init__(self) -> None:
        _one_of("clock", self.clock, "real", "virtual")
        _one_of("log_level", self.log_level, "debug", "info", "warning", "error")
        if self.public_url:
            _check_origin("public_url", self.public_url)
        if self.test_account_sid is not None:
            _check_test_sid(self.test_account_sid, self.account_sid)
        if self.concurrency < 0:
            raise SettingError("concurrency must not be negative; 0 is no limit")
        if self.exchanges_mb < 1:
            raise SettingError("exchanges_mb must be 1 or more")
        if self.countries is not None:
            _check_countries(self.countries)
        if self.mode is not None:
            _one_of("mode", self.mode, "dev", "production")
        for name in ("port", "tls_port"):
            if not 0 <= getattr(self, name) <= 65_535:
                raise SettingError(f"{name} must be from 0 to 65535")
        if self.is_production and self.clock == "virtual":
            raise SettingError("clock = virtual exists in dev mode only")
        self._check_verify()

    def _check_verify(self) -> None:
        if self.smtp_url is not None:
            _check_smtp(self.smtp_url)
        if "@" not in self.mail_from or not self.mail_from.isprintable() or " " in self.mail_from:
            raise SettingError(f"mail_from: {self.mail_from!r} is no email address; write codes@example.com")
        if not _SENDER.fullmatch(self.verify_sender):
            raise SettingError(
                f"verify_sender: {self.verify_sender!r} is no number; write +14155550100, or a short code"
            )
        if not SHORTEST_TTL <= self.verify_ttl <= LONGEST_TTL:
            raise SettingError(f"verify_ttl must be from {SHORTEST_TTL} to {LONGEST_TTL} seconds")
        if self.verify_pumping is not None:
            _one_of("verify_pumping", self.verify_pumping, "block", "monitor", "off")
        if self.verify_resend_wait is not None and not 0 <= self.verify_resend_wait <= LONGEST_WAIT:
            raise SettingError(f"verify_resend_wait must be from 0 to {LONGEST_WAIT} seconds")

    @property
    def is_production(self) -> bool:
        """Whether this serves others: no adoption, no calls to private addresses."""
        if self.mode is not None:
            return self.mode == "production"
        try:
            return not ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host != "localhost"

    @property
    def countries_permitted(self) -> frozenset[str] | None:
        """The countries that accounts may text unless they say otherwise; None is every one."""
        if self.countries is None:
            return AT_HOME if self.is_production else None
        return None if self.countries == EVERY_COUNTRY else frozenset(self.countries.split(","))

    @property
    def first_resend_wait(self) -> int:
        """Seconds before a code is sent for the second time."""
        if self.verify_resend_wait is not None:
            return self.verify_resend_wait
        return FIRST_WAIT if self.is_production else 0

    @property
    def guard_against_pumping(self) -> Literal["block", "monitor", "off"]:
        """What becomes of a prefix where codes bring nobody back."""
        match self.verify_pumping:
            case "block" | "monitor" | "off" as guard:
                return guard
            case _:
                return "block" if self.is_production else "monitor"

    @property
    def adopts(self) -> bool:
        """Whether unknown accounts and senders are adopted."""
        return not self.is_production and not self.strict


def load(flags: Mapping[str, Any], environment: Mapping[str, str] = os.environ, folder: Path = Path()) -> Settings:
    """The settings in force. Raises SettingError for a value or a name that makes no sense."""
    values = {name: value for name, value, _ in _given(flags, environment, folder)}
    return Settings(**{name: _converted(name, value) for name, value in values.items()})


def origins(
    flags: Mapping[str, Any], environment: Mapping[str, str] = os.environ, folder: Path = Path()
) -> dict[str, str]:
    """Where the value of each setting comes from: a flag, a variable, the file, or the default. Raises SettingError."""
    found = {item.name: DEFAULT for item in fields(Settings)}
    return found | {name: source for name, _, source in _given(flags, environment, folder)}


def read_file(path: Path) -> dict[str, Any]:
    """What stands in a file, settings and tables; nothing when it does not exist.

    Raises SettingError for one that cannot be read, is no TOML (with the line), or has a key that nobody knows.
    """
    try:
        content = tomllib.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise SettingError(f"{path}: {problem.strerror}") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingError(f"{path}: {problem}") from problem
    known = {item.name for item in fields(Settings)}
    if unknown := sorted(set(content) - known - set(TABLES)):
        tables = ", ".join(f"[[{table}]]" for table in TABLES)
        raise SettingError(
            f"{path}: unknown setting {', '.join(unknown)} (known: {', '.join(sorted(known))}; tables: {tables})"
        )
    return content


def of_file(path: Path) -> Settings:
    """The settings of a file alone. Raises SettingError."""
    return Settings(**{name: _converted(name, value) for name, value in _in_file(path).items()})


def _given(flags: Mapping[str, Any], environment: Mapping[str, str], folder: Path) -> Iterator[tuple[str, Any, str]]:
    """What each place says: a setting, its value, and the place. What comes later wins."""
    for name, value in _in_file(folder / FILE).items():
        yield name, value, FILE
    for item in fields(Settings):
        variable = PREFIX + item.name.upper()
        if variable in environment:
            yield item.name, environment[variable], variable
    for name, value in flags.items():
        if value is not None:
            yield name, value, f"--{name.replace('_', '-')}"


def _in_file(path: Path) -> dict[str, Any]:
    return {name: value for name, value in read_file(path).items() if name not in TABLES}


def _converted(name: str, value: Any) -> Any:
    if name in ("port", "tls_port", "concurrency", "exchanges_mb", "verify_ttl", "verify_resend_wait"):
        return _number(name, value)
    if name in ("strict", "media_auth"):
        return _yes_or_no(name, value)
    if name == "countries" and isinstance(value, list):
        value = ",".join(map(str, value))
    if name == "data" and isinstance(value, str | Path):
        return Path(value).expanduser()
    if not isinstance(value, str):
        raise SettingError(f"{name}: {value!r} is no text; write it in quotes")
    if name in ("auth_token", "test_auth_token") and not is_token(value):
        length = f"{SHORTEST_TOKEN} to {LONGEST_TOKEN}"
        raise SettingError(f"{name}: what is given is no token; write {length} letters, digits and signs")
    return value


def is_token(text: str) -> bool:
    """Whether a text will do as an auth token: it cannot be guessed, and stands in a header as it is."""
    fits = SHORTEST_TOKEN <= len(text) <= LONGEST_TOKEN
    return fits and text.isascii() and text.isprintable() and " " not in text


def _number(name: str, value: Any) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise SettingError(f"{name}: {value!r} is not a port number") from None


def _yes_or_no(name: str, value: Any) -> bool:
    word = str(value).lower()
    _one_of(name, word, "1", "0", "true", "false")
    return word in ("1", "true")


def _check_countries(text: str) -> None:
    from offhook.kit.phone import countries  # it knows every numbering plan, which takes its time to read

    unknown = set() if text == EVERY_COUNTRY else set(text.split(",")) - {*countries()}
    if unknown:
        raise SettingError(
            f"countries: {', '.join(map(repr, sorted(unknown)))} is no country; write codes of two letters "
            "(ISO 3166) with commas, US,CA, or all"
        )


def _check_origin(name: str, url: str) -> None:
    """Other URLs are made by adding a path."""
    try:
        parts = urlsplit(url)
        is_right = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        is_right = False
    if not is_right or parts.scheme not in ("http", "https") or set(url) & set("?# "):
        raise SettingError(f"{name}: {url!r} is no URL that others could begin with; write https://offhook.example")


def _check_smtp(url: str) -> None:
    """What the URL holds is not told: it may be a password."""
    try:
        parts = urlsplit(url)
        is_right = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_right = False
    if not is_right or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise SettingError("smtp_url is no URL of a mail server; write smtp://user:password@mail.example.com:587")


def _check_test_sid(sid: str, account_sid: str | None) -> None:
    if not (sid.startswith("AC") and sid.isascii() and sid.isalnum() and len(sid) <= LONGEST_SID):
        raise SettingError(f"test_account_sid: {sid!r} is no SID; write AC and letters or digits")
    if sid == account_sid:
        raise SettingError("test_account_sid must not be account_sid: it is by its SID that a test is told")


def _one_of(name: str, value: str, *allowed: str) -> None:
    if value not in allowed:
        raise SettingError(f"{name}: {value!r} is none of {', '.join(allowed)}")
