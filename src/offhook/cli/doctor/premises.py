"""What can be seen without running anything: settings, the data folder, its certificate, the shell's environment."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from offhook.cli.doctor.verdict import Verdict, advice, broken, works
from offhook.roles import settings
from offhook.roles.settings import SettingError, Settings

SECRET_FILES = ("secret.key", "connection.json", "tls/ca-key.pem")
OTHERS = stat.S_IRWXG | stat.S_IRWXO
CURL_SETS = re.compile(r"^\s*-{0,2}(proxy|noproxy|preproxy|socks5?\w*|cacert|capath)\b|^\s*-x", re.MULTILINE)


def chosen_settings(data: Path | None) -> tuple[Settings, Verdict]:
    """The settings in force; the defaults where they make no sense."""
    from offhook.roles import declarations

    flags = {"data": data}
    try:
        chosen = settings.load(flags)
        declarations.read(Path(settings.FILE))
    except SettingError as problem:
        remedy = "mend it; `offhook config check` lists everything that is wrong with the file"
        return (Settings(data=data) if data else Settings()), broken("settings", str(problem), remedy)
    given = [f"{name} from {source}" for name, source in settings.origins(flags).items() if source != settings.DEFAULT]
    return chosen, works("settings", ", ".join(given) or "all are defaults")


def folder_verdicts(folder: Path) -> Iterator[Verdict]:
    """Whether the data folder can be used, by nobody else."""
    if not folder.exists():
        parent = next(path for path in folder.absolute().parents if path.exists())
        if os.access(parent, os.W_OK | os.X_OK):
            yield works("data folder", f"{folder} is made at the first start")
        else:
            yield broken("data folder", f"{folder} cannot be made: {parent} is not yours to write", NAME_ANOTHER)
        return
    if not folder.is_dir():
        yield broken("data folder", f"{folder} is no folder", NAME_ANOTHER)
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield broken("data folder", f"{folder} is not yours to write", f"chown it to you; or {NAME_ANOTHER}")
        return
    exposed = [name for name in SECRET_FILES if _others_may(folder / name)]
    if exposed:
        files = " ".join(str(folder / name) for name in exposed)
        yield broken("data folder", f"others may read {files}", f"chmod 600 {files}")
    elif _others_may(folder):
        yield advice("data folder", f"others may look into {folder}", f"chmod 700 {folder}")
    else:
        yield works("data folder", f"{folder}, yours alone")


NAME_ANOTHER = "name another folder with --data"


def authority_verdict(ca: Path) -> Verdict:
    """Whether the CA of `ca` is valid, and for which hosts it may speak."""
    from cryptography import x509

    try:
        certificate = x509.load_pem_x509_certificate(ca.read_bytes())
        held = certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    except FileNotFoundError:
        return works("local CA", "is made at the first start")
    except (OSError, ValueError, x509.ExtensionNotFound) as problem:
        return broken("local CA", f"{ca} is none of ours: {problem}", f"remove {ca.parent} and start Offhook again")
    now, until = datetime.now(UTC), certificate.not_valid_after_utc
    if not certificate.not_valid_before_utc <= now < until:
        span = f"{certificate.not_valid_before_utc:%Y-%m-%d} to {until:%Y-%m-%d}"
        return broken("local CA", f"is valid from {span}", "set the machine's clock; start Offhook again to renew it")
    hosts = [name.value for name in held.permitted_subtrees or () if isinstance(name, x509.DNSName)]
    return works("local CA", f"may speak for {', '.join(hosts)} and loopback, until {until:%Y-%m-%d}")


def speech_verdicts(setting: str | None) -> Iterator[Verdict]:
    """Whether words can be spoken, and understood if a recognizer is set (the setting `speech_recognizer`)."""
    from offhook import media

    try:
        yield works("speech", media.speech_engine()[1])
    except media.EngineMissingError:
        why = "espeak-ng is not installed: recordings are silent where words were spoken"
        yield advice("speech", why, media.INSTALL_ESPEAK)
    if setting is None:
        return
    try:
        media.recognizer_command(setting)
        yield works("speech recognizer", setting)
    except media.EngineMissingError as problem:
        yield broken("speech recognizer", str(problem), "install it, or set another speech_recognizer")


def environment_verdicts(environment: Mapping[str, str]) -> Iterator[Verdict]:
    """What the shell has set that stands in the way of `offhook run`, or is changed by it."""
    from offhook.interception.environment import hides_twilio
    from offhook.interception.upstream import UnsupportedProxyError, setting, upstream_of

    try:
        upstream = upstream_of(environment)
    except UnsupportedProxyError as problem:
        yield broken("your proxy", str(problem), "unset that variable, or name an HTTP proxy in its place")
    else:
        if upstream.http or upstream.https:
            yield works("your proxy", "an HTTP proxy; it is used for every host that is not Twilio's")
    exempt = [entry for entry in (setting(environment, "no_proxy") or "").replace(" ", ",").split(",") if entry]
    if hiding := [entry for entry in exempt if hides_twilio(entry)]:
        yield advice(
            "NO_PROXY", f"keeps Twilio from proxies: {', '.join(hiding)}", "nothing: `offhook run` takes it out"
        )
    for name in ("TWILIO_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
        if (value := environment.get(name)) and not os.access(value, os.R_OK):
            yield _unreadable(name, value)
    yield from _curl_verdicts(environment)


def _unreadable(name: str, value: str) -> Verdict:
    why = f"names {value}, which cannot be read"
    if name == "TWILIO_CA_BUNDLE":  # read by Twilio's Node library, not replaced by ours
        return broken(name, f"{why}; Twilio's Node library stops at that", f"unset {name}, or mend the path")
    return advice(name, f"{why}; the system's certificates are used", f"unset {name}, or mend the path")


def _curl_verdicts(environment: Mapping[str, str]) -> Iterator[Verdict]:
    folders = [(environment.get(name), file) for name, file in CURL_FOLDERS]
    for path in (Path(folder, file) for folder, file in folders if folder):
        if path.is_file() and (found := CURL_SETS.search(path.read_text(errors="replace"))):
            why = f"{path} says {found[0].strip()}, which wins over the environment for curl"
            yield broken(path.name, why, f"take that line out of {path}, or call curl -q")
            return


CURL_FOLDERS = (("CURL_HOME", ".curlrc"), ("XDG_CONFIG_HOME", "curlrc"), ("HOME", ".curlrc"))


def _others_may(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & OTHERS)
    except FileNotFoundError:
        return False
