"""Making certificates: a CA that may only speak for Twilio's names and this machine, and its leaves.

The CA carries critical name constraints (RFC 5280 §4.2.1.10). Whoever trusts it, or steals its key, can be shown a
false `api.twilio.com` and nothing else: browsers, OpenSSL and Node refuse a leaf of it for any other name. Subject
names hold no host; a host is only ever a subjectAltName (RFC 6125 §6.4.4), so long region hosts fit as well.
"""

import ipaddress
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from offhook.interception.hosts import DOMAINS

DNS_NAMES = (*DOMAINS, "localhost")
LOOPBACK = (ipaddress.ip_network("127.0.0.1/32"), ipaddress.ip_network("::1/128"))
CA_LIFE = timedelta(days=5 * 365)
LEAF_LIFE = timedelta(days=90)
BACKDATED = timedelta(hours=1)  # a virtual machine's clock may be a little behind ours

LOCALHOST_NAMES: tuple[x509.GeneralName, ...] = (
    x509.DNSName("localhost"),
    *(x509.IPAddress(network.network_address) for network in LOOPBACK),
)


def constraints() -> x509.NameConstraints:
    """What the CA may speak for: Twilio's two domains, `localhost` and the two loopback addresses."""
    permitted = [*map(x509.DNSName, DNS_NAMES), *map(x509.IPAddress, LOOPBACK)]
    return x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None)


def make_ca(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    """A self-signed, name-constrained CA certificate for `key`, valid five years from `now`."""
    name = _name("Offhook local CA")
    public = key.public_key()
    return (
        _builder(name, name, public, now, now + CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(constraints(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )


def make_leaf(
    names: tuple[x509.GeneralName, ...],
    ca: x509.Certificate,
    ca_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> bytes:
    """A server certificate for `names` and its new private key, as one PEM text (key, leaf, CA)."""
    key = ec.generate_private_key(ec.SECP256R1())
    until = min(now + LEAF_LIFE, ca.not_valid_after_utc)
    leaf = (
        _builder(_name("Offhook on this machine"), ca.subject, key.public_key(), now, until)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    return key_pem(key) + certificate_pem(leaf) + certificate_pem(ca)


def certificate_pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Offhook"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(until)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
