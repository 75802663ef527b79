"""What an `Accept` header admits."""

import pytest

from offhook.web.accepting import accepts

JSON, XML = "application/json", "application/xml"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"


@pytest.mark.parametrize("header", [None, "", "  ", "*/*", "*", "application/*", BROWSER, JAVA])
@pytest.mark.parametrize("media_type", [JSON, XML])
def test_who_names_no_format_or_all_takes_any(header: str | None, media_type: str) -> None:
    assert accepts(header, media_type)


@pytest.mark.parametrize(
    "header",
    [
        "application/json",
        "APPLICATION/JSON",
        "application/json; charset=utf-8",
        "text/html, application/json;q=0.1",
        " text/html ,application/json ; q=1.000",
        "application/xml;q=0, */*",
        "application/*;q=0, application/json",
        "application/json;q=high",  # malformed: refuses nothing
        ",, ;, application/json",
    ],
)
def test_json_is_accepted(header: str) -> None:
    assert accepts(header, JSON)


@pytest.mark.parametrize(
    "header",
    [
        "application/xml",
        "text/*",
        "application/jsonp",
        "application/json;q=0",
        "application/json;q=0.000, */*",
        "*/*;q=0",
        "application/*;q=0.0, */*;q=0.5",
        "json",
        ",",
    ],
)
def test_json_is_refused(header: str) -> None:
    assert not accepts(header, JSON)


def test_the_more_specific_range_counts_wherever_it_stands() -> None:
    for header in ("text/csv;q=0, text/*, */*", "*/*, text/*, text/csv;q=0"):
        assert not accepts(header, "text/csv")
        assert accepts(header, "text/html")
