"""Reading the explanations of errors, and what is made of one."""

import pytest

from offhook.web.error_pages import PREPARING, error_pages, parse

BODY = "It is.\n\n## Causes\n\n- So.\n\n## Fixes\n\n- Do.\n\n## Example\n\n```sh\ncurl x\n```\n"


def head(**fields: str) -> str:
    """A file with this head."""
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + f"---\n{BODY}"


def test_a_file_is_read():
    page = parse(21610, head(title="It's over", kinds="api, alert", status="400"))
    assert (page.code, page.title, page.kinds, page.status) == (21610, "It's over", ("api", "alert"), "400")
    assert page.twilios == "https://www.twilio.com/docs/errors/21610"
    assert page.heading == "21610: It's over"


def test_a_number_of_our_own_has_no_page_at_twilio():
    page = parse(20403, head(title="No", kinds="api", status="403", ours="yes"))
    assert page.twilios is None
    assert "twilio.com" not in page.markdown()
    assert "Offhook's own" in page.markdown()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (BODY, "not begin with a head"),
        (head(kinds="message"), "needs a title"),
        (head(title="x"), "kinds"),
        (head(title="x", kinds="alert, letter"), "kinds"),
        (head(title="x", kinds="api"), "has a status"),
        (head(title="x", kinds="alert", status="400"), "has a status"),
        (head(title="x", kinds="alert", colour="red"), "colour"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, problem: str):
    with pytest.raises(ValueError, match=problem):
        parse(10001, text)


def test_commands_are_preceded_by_what_they_need():
    page = parse(11200, head(title="x", kinds="alert"))
    assert page.markdown().count(PREPARING) == 1
    assert page.markdown().index(PREPARING) < page.markdown().index("curl x")
    shown_only = parse(11200, head(title="x", kinds="alert").replace("```sh", "```json"))
    assert PREPARING not in shown_only.markdown()


@pytest.mark.parametrize(
    ("code", "where"),
    [
        (21211, "An error of the API with status 400."),
        (21610, "An error of the API with status 400 and an alert."),
        (30003, "An error of a message."),
        (11200, "An error of a message and an alert."),
        (12100, "An alert."),
    ],
)
def test_a_page_says_where_one_meets_it(code: int, where: str):
    assert error_pages()[code].markdown().splitlines()[2].startswith(where)
