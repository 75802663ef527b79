import pytest

from offhook.fetch import FetchError, Limits, split_fragment


def test_a_url_without_fragment_gets_twilios_defaults() -> None:
    url, limits = split_fragment("https://app.example/sms?a=b")
    assert url == "https://app.example/sms?a=b"
    assert limits == Limits(connect=5, read=15, total=15, retries=1, retry_on=frozenset({"ct"}), max_body=65536)


def test_every_override_is_read() -> None:
    url, limits = split_fragment("https://u:p@app.example/sms#ct=2000&rt=100&tt=14999&rc=5&rp=ct,rt,5xx&sni=y&e=dublin")
    assert url == "https://u:p@app.example/sms"
    assert (limits.connect, limits.read, limits.total, limits.retries) == (2.0, 0.1, 14.999, 5)
    assert limits.retry_on == {"ct", "rt", "5xx"}


@pytest.mark.parametrize("policy", ["all", "4xx", "5xx", "ct", "rt", "4xx,5xx,ct,rt"])
def test_each_retry_policy_is_known(policy: str) -> None:
    assert split_fragment(f"https://x.example/#rp={policy}")[1].retry_on == set(policy.split(","))


def test_an_ordinary_fragment_changes_nothing() -> None:
    assert split_fragment("https://x.example/a#chapter-2&x=1") == ("https://x.example/a", Limits())


@pytest.mark.parametrize(
    "fragment",
    [
        "ct=99",
        "ct=10001",
        "rt=99",
        "rt=15001",
        "tt=15001",
        "tt=0",
        "rc=6",
        "rc=-1",
        "rc=",
        "ct=1e3",
        "ct=٢٠٠٠",
        "rp=",
        "rp=3xx",
        "rp=ct;rt",
        "rp=CT,",
        "ct=2000&rc=x",
        "rc=1.5",
        "ct=+500",
        "ct=9999999999999999999",
    ],
)
def test_a_value_outside_twilios_ranges_is_refused(fragment: str) -> None:
    with pytest.raises(FetchError) as caught:
        split_fragment(f"https://x.example/#{fragment}")
    assert caught.value.kind == "bad_overrides"
    assert caught.value.retry_class is None
