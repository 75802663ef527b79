"""The constraints are tested as clients apply them: with OpenSSL's own verification, in memory."""

import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from offhook.interception import certificates
from offhook.interception.authority import wall_time

KEY = ec.generate_private_key(ec.SECP256R1())
CA = certificates.make_ca(KEY, wall_time())


def shake_hands(client: ssl.SSLObject, server: ssl.SSLObject, wires: tuple[ssl.MemoryBIO, ...]) -> None:
    """Runs a handshake between two ends in memory; raises what the client raises."""
    client_in, client_out, server_in, server_out = wires
    done: set[ssl.SSLObject] = set()
    while len(done) < 2:
        for end in (client, server):
            try:
                end.do_handshake()
                done.add(end)
            except ssl.SSLWantReadError:
                pass
            server_in.write(client_out.read())
            client_in.write(server_out.read())


def visit(host: str, names: tuple[x509.GeneralName, ...], folder: Path) -> None:
    pem = folder / "leaf.pem"
    pem.write_bytes(certificates.make_leaf(names, CA, KEY, wall_time()))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    trusting = ssl.create_default_context(cadata=certificates.certificate_pem(CA).decode())
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT  # the default from Python 3.13 on
    wires = tuple(ssl.MemoryBIO() for _ in range(4))
    client = trusting.wrap_bio(wires[0], wires[1], server_hostname=host)
    shake_hands(client, serving.wrap_bio(wires[2], wires[3], server_side=True), wires)


@pytest.mark.parametrize("host", ["api.twilio.com", "twimlets.com", "localhost", f"{'long.' * 20}twilio.com"])
def test_a_leaf_for_a_permitted_name_is_trusted(host, tmp_path):
    visit(host, (x509.DNSName(host),), tmp_path)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_the_loopback_leaf_speaks_for_this_machine(host, tmp_path):
    visit(host, certificates.LOCALHOST_NAMES, tmp_path)


@pytest.mark.parametrize("host", ["bank.example", "eviltwilio.com"])
def test_a_leaf_for_any_other_name_is_refused_by_clients(host, tmp_path):
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        visit(host, (x509.DNSName(host),), tmp_path)


def test_a_leaf_never_outlives_its_ca():
    late = CA.not_valid_after_utc - timedelta(days=3)
    pem = certificates.make_leaf((x509.DNSName("api.twilio.com"),), CA, KEY, late)
    assert x509.load_pem_x509_certificates(pem)[0].not_valid_after_utc == CA.not_valid_after_utc
