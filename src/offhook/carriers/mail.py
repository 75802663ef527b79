"""Ways out for email, behind one port. There is one: a server that speaks SMTP (RFC 5321), named by a URL.

smtp://user:password@host:587 begins in clear and goes on encrypted where the server offers that (STARTTLS, RFC 3207);
smtps:// is encrypted from the first byte (RFC 8314). A password is never sent in clear.
"""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from typing import Protocol
from urllib.parse import unquote, urlsplit

from offhook.carriers.port import CarrierError
from offhook.runtime import in_thread

PORTS = {"smtp": 25, "smtps": 465}
PATIENCE = 15.0  # seconds of real time for each answer of the server
TEMPORARY = range(400, 500)  # RFC 5321, section 4.2.1


@dataclass(frozen=True, slots=True)
class Mail:
    """An email in plain text. `attempt` is unique for each try."""

    account_sid: str
    attempt: str
    from_: str
    to: str
    subject: str = field(repr=False)
    text: str = field(repr=False)
    from_name: str = ""


class MailCarrier(Protocol):
    """A way out for email."""

    async def send(self, mail: Mail) -> None:
        """Hand an email over; returning means that it was taken. Raises CarrierError."""
        ...


class SmtpCarrier:
    """Implements `MailCarrier` with a server that relays. The URL was checked where it was set."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._is_encrypted = parts.scheme == "smtps"
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    async def send(self, mail: Mail) -> None:
        """Hand an email over. Raises CarrierError."""
        try:
            await in_thread(self._send, mail)
        except smtplib.SMTPResponseException as problem:
            is_temporary = problem.smtp_code in TEMPORARY
            raise CarrierError(f"the mail server answered {problem.smtp_code}", temporary=is_temporary) from problem
        except smtplib.SMTPRecipientsRefused as problem:
            is_temporary = all(code in TEMPORARY for code, _ in problem.recipients.values())
            raise CarrierError("the mail server refuses the recipient", temporary=is_temporary) from problem
        except (OSError, smtplib.SMTPException) as problem:
            raise CarrierError(
                f"the mail server cannot be reached: {type(problem).__name__}", temporary=True
            ) from problem

    def _send(self, mail: Mail) -> None:
        context = ssl.create_default_context()
        with self._connected(context) as server:
            server.ehlo()
            if not self._is_encrypted and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            if self._user:
                self._log_in(server)
            server.send_message(written(mail))

    def _connected(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self._is_encrypted:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=PATIENCE, context=context)
        return smtplib.SMTP(self._host, self._port, timeout=PATIENCE)

    def _log_in(self, server: smtplib.SMTP) -> None:
        if not isinstance(server.sock, ssl.SSLSocket):
            raise CarrierError("the mail server offers no encryption for the password", temporary=False)
        server.login(self._user, self._password)


def written(mail: Mail) -> EmailMessage:
    """An email as it goes over the wire (RFC 5322). A line break in a header is refused by the library."""
    message = EmailMessage()
    message["From"] = formataddr((mail.from_name, mail.from_)) if mail.from_name else mail.from_
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = make_msgid(domain=mail.from_.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834, section 5
    message.set_content(mail.text)
    return message
