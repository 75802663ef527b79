import pytest

from offhook.interception.upstream import ProxyServer, UnsupportedProxyError, Upstream, exempts, upstream_of


def test_each_scheme_has_its_own_proxy_and_all_proxy_serves_the_rest():
    upstream = upstream_of({"https_proxy": "http://secure:3128", "ALL_PROXY": "other:8080"})
    assert upstream.https == ProxyServer("secure", 3128)
    assert upstream.http == ProxyServer("other", 8080)


def test_the_lower_case_variable_wins():
    assert upstream_of({"HTTPS_PROXY": "http://upper:1", "https_proxy": "http://lower:2"}).https == ProxyServer(
        "lower", 2
    )


def test_without_variables_or_with_empty_ones_there_is_none():
    assert upstream_of({"HTTP_PROXY": "", "no_proxy": " "}) == Upstream()


def test_credentials_are_decoded_and_sent_as_basic():
    server = ProxyServer.parse("https://me:p%40ss@proxy.example")
    assert server == ProxyServer("proxy.example", 443, tls=True, authorization="Basic bWU6cEBzcw==")


@pytest.mark.parametrize("url", ["socks5://h:1", "http://", "http://h:notaport", "ftp://h"])
def test_a_proxy_that_we_cannot_speak_to_is_named(url):
    with pytest.raises(UnsupportedProxyError, match=r"^HTTPS_PROXY: "):
        upstream_of({"HTTPS_PROXY": url})


def test_socks_for_the_rest_does_not_matter_when_both_schemes_have_their_own():
    both = {"http_proxy": "h:1", "https_proxy": "h:1", "all_proxy": "socks5://h:2"}
    assert upstream_of(both).https == ProxyServer("h", 1)


@pytest.mark.parametrize(
    ("entry", "host", "covered"),
    [
        ("*", "any.example", True),
        ("corp.example", "corp.example", True),
        ("corp.example", "git.corp.example", True),
        (".corp.example", "git.corp.example", True),
        ("*.corp.example", "git.corp.example", True),
        ("corp.example", "mycorp.example", False),
        ("corp.example:8080", "corp.example", False),
        ("corp.example:443", "corp.example", True),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("10.1.2.3", "10.1.2.3", True),
        ("fd00::/8", "fd00::1", True),
        ("[fd00::1]:443", "fd00::1", True),
        ("3", "10.1.2.3", False),
    ],
)
def test_exemptions(entry, host, covered):
    assert exempts(entry, host, 443) is covered


def test_the_way_to_a_host():
    server = ProxyServer("proxy", 1)
    upstream = upstream_of({"HTTPS_PROXY": "proxy:1", "NO_PROXY": "Corp.example, 10.0.0.0/8"})
    assert upstream.way_to("https", "world.example", 443) == server
    assert upstream.way_to("http", "world.example", 80) is None
    for host in ("git.CORP.example.", "10.9.8.7", "localhost", "127.0.0.1", "::1"):
        assert upstream.way_to("https", host, 443) is None
