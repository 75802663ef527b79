"""How much a browser loads before the first page stands there."""

import pytest

LARGEST = 400_000  # bytes of compressed script


@pytest.fixture
def loaded(console):
    """The answers that the first page is made of: (path, content type, coding, bytes on the wire)."""
    answers = []
    console.page.on("response", lambda answer: answers.append(answer))
    console.open("/", "Overview")
    console.page.get_by_role("img", name="Messages by the", exact=False).wait_for()
    assert answers
    return answers


def test_the_first_page_needs_less_than_400_kb_of_compressed_script(loaded):
    scripts = [answer for answer in loaded if answer.request.resource_type == "script"]
    assert len(scripts) > 1
    large = [one for one in scripts if len(one.body()) > 2_000]
    assert {one.headers.get("content-encoding") for one in large} <= {"br", "gzip"}
    weight = sum(one.request.sizes()["responseBodySize"] for one in scripts)
    assert 50_000 < weight < LARGEST


def test_what_is_kept_for_ever_is_not_loaded_again(console):
    console.open("/", "Overview")
    page = console.open("/messages", "Messages")
    again = page.evaluate(
        """performance.getEntriesByType("resource").filter(({name}) => name.includes("/console/assets/"))
        .map(({name, transferSize}) => [name, transferSize])"""
    )
    kept = [name for name, size in again if size == 0]
    assert any(".js" in name for name in kept)
    assert any(".css" in name for name in kept)
