import pytest

from offhook.fetch import Jar

NOW = 1_760_000_000_000_000  # 2025-10-09
SECOND = 1_000_000
URL = "https://www.shop.example/sms/reply?x=1"


def jar(*set_cookies: str, url: str = URL) -> Jar:
    made = Jar()
    made.keep(url, set_cookies, NOW)
    return made


def test_a_cookie_comes_back() -> None:
    kept = jar("session=abc; Path=/; HttpOnly; SameSite=Lax", "b=2")
    assert kept.header_for("https://www.shop.example/sms/other", NOW) == "b=2; session=abc"


def test_an_empty_jar_sends_no_header() -> None:
    assert Jar().header_for(URL, NOW) is None


def test_a_jar_survives_being_stored() -> None:
    kept = jar('a="x y; Path=/', "b=; Domain=shop.example; Max-Age=60; Secure")
    again = Jar.loads(kept.dumps())
    assert again.header_for(URL, NOW) == kept.header_for(URL, NOW)
    assert again.dumps() == kept.dumps()
    assert len(Jar.loads("")) == 0


@pytest.mark.parametrize("text", ["{", "[1]", '[{"name":"a"}]', "null"])
def test_a_broken_store_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        Jar.loads(text)


@pytest.mark.parametrize(
    ("set_cookie", "url", "sent"),
    [
        ("a=1", "https://shop.example/sms/", False),
        ("a=1", "https://x.www.shop.example/sms/", False),
        ("a=1; Domain=shop.example", "https://shop.example/sms/", True),
        ("a=1; Domain=.Shop.Example", "https://other.shop.example/sms/", True),
        ("a=1; Domain=shop.example", "https://eshop.example/sms/", False),
        ("a=1; Domain=example", "https://www.shop.example/sms/", False),
        ("a=1; Domain=other.example", "https://www.shop.example/sms/", False),
        ("a=1; Domain=deep.www.shop.example", "https://www.shop.example/sms/", False),
        ("a=1", "https://www.shop.example/sms", True),
        ("a=1", "https://www.shop.example/smsx/", False),
        ("a=1", "https://www.shop.example/", False),
        ("a=1; Path=/", "https://www.shop.example/", True),
        ("a=1; Path=relative", "https://www.shop.example/sms/x", True),
        ("a=1; Path=/sms/re", "https://www.shop.example/sms/reply", False),
        ("a=1; Path=/sms/", "https://www.shop.example/sms/reply", True),
        ("a=1; Secure", "http://www.shop.example/sms/", False),
        ("a=1", "http://www.shop.example/sms/", True),
        ("a=1", "https://www.shop.example:8443/sms/", True),
    ],
)
def test_domain_path_and_secure_decide_where_it_goes(set_cookie: str, url: str, sent: bool) -> None:
    assert jar(set_cookie).header_for(url, NOW) == ("a=1" if sent else None)


def test_a_plain_http_answer_cannot_set_a_secure_cookie() -> None:
    assert len(jar("a=1; Secure", url="http://www.shop.example/")) == 0


def test_an_address_takes_cookies_for_itself_only() -> None:
    kept = jar("a=1", "b=2; Domain=0.0.1", "c=3; Domain=127.0.0.1", url="http://127.0.0.1:5000/sms")
    assert kept.header_for("http://127.0.0.1:5001/sms", NOW) == "a=1; c=3"
    assert kept.header_for("http://9.127.0.0.1.example/", NOW) is None


@pytest.mark.parametrize(
    ("attributes", "seconds"),
    [
        ("Max-Age=60", 60),
        ("Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 60),
        ("Expires=Thu, 09 Oct 2025 08:54:20 GMT", 60),
        ("Expires=Thursday, 09-Oct-25 08:54:20 GMT", 60),
        ("Expires=Thu Oct  9 08:54:20 2025", 60),
        ("Max-Age=soon; Expires=Thu, 09 Oct 2025 10:54:20 +0200", 60),
    ],
)
def test_a_cookie_lives_as_long_as_it_says(attributes: str, seconds: int) -> None:
    kept = jar(f"a=1; {attributes}")
    assert kept.header_for(URL, NOW + seconds * SECOND - 1) == "a=1"
    assert kept.header_for(URL, NOW + seconds * SECOND) is None


@pytest.mark.parametrize("attributes", ["", "Expires=never", "Expires=Thu, 99 Foo 2025 99:99:99 GMT", "Max-Age="])
def test_without_a_readable_time_it_lasts_as_long_as_the_jar(attributes: str) -> None:
    assert jar(f"a=1; {attributes}").header_for(URL, NOW + 10**15) == "a=1"


@pytest.mark.parametrize("end", ["Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_cookie_is_deleted_by_setting_it_in_the_past(end: str) -> None:
    kept = jar("a=1")
    kept.keep(URL, [f"a=; {end}"], NOW)
    assert len(kept) == 0


def test_setting_it_again_replaces_it() -> None:
    kept = jar("a=1", "b=1", "a=2")
    assert kept.header_for(URL, NOW) == "a=2; b=1"


def test_longer_paths_come_first() -> None:
    assert jar("a=1; Path=/", "b=2; Path=/sms").header_for(URL, NOW) == "b=2; a=1"


@pytest.mark.parametrize("bad", ["", "novalue", "=x", "a=b\r\nX: y", "a=\x00", "a=é", "a=" + "x" * 4096])
def test_a_bad_cookie_is_ignored_and_the_next_one_kept(bad: str) -> None:
    assert jar(bad, "ok=1").header_for(URL, NOW) == "ok=1"


def test_a_jar_holds_fifty_and_forgets_the_oldest() -> None:
    kept = jar(*(f"c{n}=1" for n in range(60)))
    header = kept.header_for(URL, NOW) or ""
    assert len(kept) == 50
    assert header.startswith("c10=1; ")
    assert header.endswith("; c59=1")
