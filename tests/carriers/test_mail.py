"""Emails by SMTP: what a server reads, and what becomes of its refusals. The server is a real one, on a real socket."""

import asyncio
import dataclasses
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from offhook.carriers import CarrierError, Mail, SmtpCarrier

MAIL = Mail("AC1", "VL1-1", "codes@shop.example", "ann@example.com", "Ihr Code für Shop", "Er lautet: 123456", "Shöp")


class Server:
    """An SMTP server that takes one kind of answer for each command, and keeps what it is given."""

    def __init__(self, answers: dict[str, str], offers: tuple[str, ...] = ()) -> None:
        self.answers = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken"} | answers
        self.offers = offers
        self.commands: list[str] = []
        self.taken: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        while line := await reader.readline():
            command = line.decode().strip()
            self.commands.append(command)
            verb = command[:4].upper()
            if verb == "QUIT":
                writer.write(b"221 bye\r\n")
                break
            await self._answer(verb, reader, writer)
        writer.close()

    async def _answer(self, verb: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if verb == "EHLO":
            lines = ["250-here", *(f"250-{offer}" for offer in self.offers), "250 SIZE 1000000"]
            writer.write("\r\n".join(lines).encode() + b"\r\n")
            return
        answer = self.answers.get(verb, "250 ok")
        writer.write(answer.encode() + b"\r\n")
        if verb == "DATA" and answer.startswith("354"):
            self.taken.append(await reader.readuntil(b"\r\n.\r\n"))
            writer.write(self.answers["."].encode() + b"\r\n")


@asynccontextmanager
async def listening(server: Server, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    async with listener:
        yield listener.sockets[0].getsockname()[1]


def run(server: Server, act: Callable[[int], Awaitable[None]], tls: ssl.SSLContext | None = None) -> None:
    async def all_of_it() -> None:
        async with listening(server, tls) as port:
            await act(port)

    asyncio.run(all_of_it())


def send(server: Server, mail: Mail = MAIL, user: str = "") -> None:
    run(server, lambda port: SmtpCarrier(f"smtp://{user}127.0.0.1:{port}").send(mail))


def refusal(server: Server, user: str = "") -> CarrierError:
    with pytest.raises(CarrierError) as caught:
        send(server, user=user)
    return caught.value


def test_a_server_reads_what_was_written():
    server = Server({})
    send(server)
    [raw] = server.taken
    read = message_from_bytes(raw, policy=policy.default)
    assert (read["to"], read["subject"]) == (MAIL.to, MAIL.subject)
    assert read["from"].addresses[0].display_name == "Shöp"
    assert read["auto-submitted"] == "auto-generated"
    assert read.get_content().strip().removesuffix("\n.").strip() == MAIL.text
    assert any(command.lower().startswith("mail from:<codes@shop.example>") for command in server.commands)


@pytest.mark.parametrize(
    ("answers", "temporary"),
    [
        ({"RCPT": "550 no such user"}, False),
        ({"RCPT": "450 mailbox busy"}, True),
        ({"MAIL": "421 try later"}, True),
        ({"MAIL": "553 not you"}, False),
        ({".": "554 spam"}, False),
        ({".": "452 full"}, True),
    ],
    ids=str,
)
def test_a_refusal_says_whether_to_try_again(answers, temporary):
    assert refusal(Server(answers)).temporary is temporary


def test_a_server_that_is_not_there_may_be_later():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        with pytest.raises(CarrierError) as caught:
            asyncio.run(SmtpCarrier(f"smtp://127.0.0.1:{bound.getsockname()[1]}").send(MAIL))
    assert caught.value.temporary


def test_a_password_is_never_sent_in_clear():
    server = Server({}, offers=("AUTH PLAIN LOGIN",))
    problem = refusal(server, user="ann:secret@")
    assert not problem.temporary
    assert not any(command.startswith("AUTH") for command in server.commands)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    server = Server({}, offers=("AUTH PLAIN",))

    async def act(port: int) -> None:
        with pytest.raises(CarrierError):
            await SmtpCarrier(f"smtps://ann:secret@127.0.0.1:{port}").send(MAIL)

    run(server, act, self_signed(tmp_path))
    assert server.taken == server.commands == []


def test_over_tls_the_password_is_given(tmp_path, monkeypatch):
    server = Server({"AUTH": "235 welcome"}, offers=("AUTH PLAIN",))
    tls = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    run(server, lambda port: SmtpCarrier(f"smtps://ann:s%40cret@127.0.0.1:{port}").send(MAIL), tls)
    assert any(command.startswith("AUTH PLAIN ") for command in server.commands)
    assert len(server.taken) == 1


@pytest.mark.parametrize("header", ["subject", "from_name", "to"])
def test_a_line_break_in_a_header_is_refused(header):
    server = Server({})
    with pytest.raises((ValueError, CarrierError)):
        send(server, dataclasses.replace(MAIL, **{header: "x@example.com\r\nBcc: eve@example.com"}))
    assert server.taken == []


def test_the_text_of_a_mail_is_not_in_its_description():
    assert "123456" not in repr(MAIL)


def self_signed(folder: Path) -> ssl.SSLContext:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
