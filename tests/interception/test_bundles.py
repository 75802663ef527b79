import ssl

import pytest

from offhook.interception.authority import Authority
from offhook.interception.bundles import write_bundles


@pytest.fixture
def ca(tmp_path):
    return Authority.open(tmp_path / "ours").ca_path


def another(folder):
    """A certificate file that is not ours."""
    return Authority.open(folder).ca_path


def subjects(path) -> list[bytes]:
    return ssl.create_default_context(cafile=path).get_ca_certs(binary_form=True)


def test_each_kind_of_client_keeps_what_it_trusted(tmp_path, ca):
    parent = {
        "REQUESTS_CA_BUNDLE": str(another(tmp_path / "a")),
        "SSL_CERT_FILE": str(another(tmp_path / "b")),
        "NODE_EXTRA_CA_CERTS": str(another(tmp_path / "c")),
    }
    made = write_bundles(parent, ca)
    (ours,) = subjects(ca)
    for path, variable in [
        (made.requests, "REQUESTS_CA_BUNDLE"),
        (made.curl, "SSL_CERT_FILE"),
        (made.openssl, "SSL_CERT_FILE"),
        (made.node, "NODE_EXTRA_CA_CERTS"),
    ]:
        assert set(subjects(path)) == {ours, *subjects(parent[variable])}


def test_curls_bundle_comes_before_openssls_for_curl_and_serves_requests(tmp_path, ca):
    mine = another(tmp_path / "a")
    parent = {"CURL_CA_BUNDLE": str(mine), "SSL_CERT_FILE": str(another(tmp_path / "b"))}
    made = write_bundles(parent, ca)
    assert made.curl == made.requests != made.openssl
    assert set(subjects(made.curl)) == {*subjects(mine), *subjects(ca)}


def test_a_folder_of_certificates_is_read_whole(tmp_path, ca):
    folder = tmp_path / "many"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.pem").write_bytes(another(tmp_path / name).read_bytes().rstrip())
    (folder / "README").write_text("not a certificate")
    assert len(subjects(write_bundles({"REQUESTS_CA_BUNDLE": str(folder)}, ca).requests)) == 3


@pytest.mark.parametrize("parent", [{}, {"SSL_CERT_FILE": "/no/such/file", "NODE_EXTRA_CA_CERTS": "/none"}])
def test_without_a_readable_one_the_systems_are_taken(ca, parent):
    made = write_bundles(parent, ca)
    (ours,) = subjects(ca)
    assert len(subjects(made.openssl)) > 50
    assert ours in subjects(made.openssl)
    assert subjects(made.node) == [ours]


def test_the_same_settings_give_the_same_file_and_other_settings_another(tmp_path, ca):
    first = write_bundles({}, ca)
    other = write_bundles({"SSL_CERT_FILE": str(another(tmp_path / "a"))}, ca)
    assert write_bundles({}, ca) == first
    assert other.openssl != first.openssl
    assert first.openssl.exists()


def test_under_ourselves_the_bundle_is_the_same_again(ca):
    first = write_bundles({}, ca)
    assert write_bundles({"SSL_CERT_FILE": str(first.openssl)}, ca).openssl == first.openssl
