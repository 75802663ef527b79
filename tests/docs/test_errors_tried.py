"""The example of every error does what its page says: against a live Offhook, it ends with that number."""

from collections.abc import Iterator

import pytest

from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from offhook.web.error_pages import PREPARING, error_pages
from tests.docs.error_examples import Example, comes_true
from tests.docs.markdown_pages import blocks
from tests.docs.shells import Shell

EXAMPLES = {code: Example.of(page) for code, page in error_pages().items()}
# Two phones, a bug, production, ten hours of waiting …
ONLY_SHOWN = {13201, 20429, 20500, 20503, 20507, 21210, 21452, 30036, 60212, 60223, 60410}


@pytest.mark.parametrize("code", sorted(code for code, example in EXAMPLES.items() if example.is_done))
def test_an_example_comes_true(code: int, offhook: Offhook, shell: Shell):
    example = EXAMPLES[code]
    found = example.do(offhook, shell)
    assert comes_true(example.shown, found), f"the page of {code} shows\n{example.shown}\nbut there is\n{found}"


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_an_example_shows_the_number_and_the_status_of_its_page(code: int):
    page, shown = error_pages()[code], EXAMPLES[code].shown
    package = next((value for value in shown.values() if isinstance(value, dict)), shown)
    if "error_code" in package:
        assert str(package["error_code"]) == str(code)
        assert {"message", "recording", "lookup", "alert"} & set(page.kinds)
    else:
        assert list(shown) == ["code", "message", "more_info", "status"]
        assert (shown["code"], shown["more_info"]) == (code, f"http://127.0.0.1:4665/errors/{code}")
        assert str(shown["status"]) in page.status.split(", ")


def test_what_is_not_tried_cannot_be_tried_in_a_moment():
    assert {code for code, example in EXAMPLES.items() if not example.is_done} == ONLY_SHOWN


def test_a_page_that_shows_something_else_is_noticed():
    assert comes_true(
        {"message": "at http://127.0.0.1:5000/… is nothing"}, {"message": "at http://127.0.0.1:81/x is nothing"}
    )
    assert not comes_true({"message": "at … is nothing"}, {"message": "at x is something"})
    assert not comes_true({"code": 21211}, {"code": 21212})
    assert not comes_true({"code": 21211}, {})


@pytest.fixture(scope="module")
def offhook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offhook]:
    """A running Offhook with time in its hands."""
    settings = settings_for(tmp_path_factory.mktemp("data"))
    with quiet(), Running(settings) as where, Offhook(where.url, where.account_sid, where.auth_token) as running:
        yield running


@pytest.fixture(scope="module")
def shell(offhook: Offhook, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """A terminal that is prepared as the pages say; `offhook env` is played by the environment."""
    shell = Shell(tmp_path_factory.mktemp("shell"), **offhook.environment, NO_PROXY="127.0.0.1")
    (prepared,) = blocks(PREPARING, "sh")
    shell.type(prepared.text.replace('eval "$(offhook env)"', ""))
    yield shell
    shell.close()
