"""Both dialects, read with the classes of twilio-python that walk through pages."""

import json

import pytest
from twilio.base import deserialize
from twilio.base.page import Page
from twilio.http.response import Response

from offhook.kit.clock import SECOND
from offhook.web import iso8601, rfc2822
from tests.sample_api import AUTHORIZED, JARS, Api, run

RACK = "/pantry/v1/Racks/top/Jars"
ORIGIN = "http://127.0.0.1:4665"
MOMENT = 1_692_853_305 * SECOND


@pytest.mark.parametrize("fraction", [0, 1, 999_999])
def test_dates_are_cut_to_seconds_and_the_sdk_reads_them(fraction):
    assert rfc2822(MOMENT + fraction) == "Thu, 24 Aug 2023 05:01:45 +0000"
    assert iso8601(MOMENT + fraction) == "2023-08-24T05:01:45Z"
    assert deserialize.rfc2822_datetime(rfc2822(MOMENT)) == deserialize.iso8601_datetime(iso8601(MOMENT))
    assert deserialize.iso8601_datetime(iso8601(MOMENT)).timestamp() == MOMENT // SECOND


@pytest.mark.parametrize("moment", [0, -1, 68_169_600 * SECOND, 4_102_444_799 * SECOND])
def test_any_moment_can_be_written(moment):
    assert deserialize.rfc2822_datetime(rfc2822(moment)).timestamp() == moment // SECOND
    assert deserialize.iso8601_datetime(iso8601(moment)).timestamp() == moment // SECOND


def test_no_date_is_null():
    assert rfc2822(None) is None
    assert iso8601(None) is None


async def get(api: Api, url):
    return await api.call("GET", url.removeprefix(ORIGIN), AUTHORIZED)


class Walker:
    """twilio-python's Page on our answers; the next request is made by us, with exactly the URL it would take."""

    def __init__(self, api):
        self.api = api
        self.domain = self
        self.absolute_url = ORIGIN.__add__

    async def open(self, url):
        answer = await get(self.api, url)
        page = Page(self, Response(answer.status, answer.body.decode()))
        return page, [record["label"] for record in page._records]

    async def walk(self, url, step):
        """The labels of all pages from `url` on, in steps of `next_page_url` or `previous_page_url`."""
        labels = []
        while url:
            page, shown = await self.open(url)
            labels.append("".join(shown))
            url = getattr(page, step)
        return labels, page


async def seven(api: Api):
    for label in "abcdefg":
        assert (await api.create(label)).status == 201
    return Walker(api)


@pytest.mark.parametrize("path", [JARS, RACK])
def test_the_sdk_walks_through_all_pages_and_back(tmp_path, path):
    async def scenario(api: Api):
        walker = await seven(api)
        forth, last = await walker.walk(f"{ORIGIN}{path}?PageSize=3", "next_page_url")
        assert forth == ["gfe", "dcb", "a"]
        back, _ = await walker.walk(last.previous_page_url, "previous_page_url")
        assert back == ["dcb", "gfe"]

    run(tmp_path, scenario)


@pytest.mark.parametrize("path", [JARS, RACK])
def test_pages_stay_in_place_while_things_are_added(tmp_path, path):
    async def scenario(api: Api):
        walker = await seven(api)
        page, shown = await walker.open(f"{ORIGIN}{path}?PageSize=3")
        await api.create("h")
        following, second = await walker.open(page.next_page_url)
        previous, first = await walker.open(following.previous_page_url)
        assert (shown, second, first) == (["g", "f", "e"], ["d", "c", "b"], ["g", "f", "e"])
        assert (await walker.open(previous.previous_page_url))[1] == ["h"]

    run(tmp_path, scenario)


@pytest.mark.parametrize("path", [JARS, RACK])
def test_the_last_full_page_has_no_next_one(tmp_path, path):
    async def scenario(api: Api):
        walker = await seven(api)
        page, shown = await walker.open(f"{ORIGIN}{path}?PageSize=7")
        assert (len(shown), page.next_page_url, page.previous_page_url) == (7, None, None)

    run(tmp_path, scenario)


def test_a_2010_list_has_its_links_beside_it_and_nothing_else(tmp_path):
    async def scenario(api: Api):
        await seven(api)
        answer = (await api.call("GET", JARS + "?PageSize=3&Label=x%26y&Page=1", AUTHORIZED)).json
        assert [jar["label"] for jar in answer.pop("jars")] == ["d", "c", "b"]
        prefix = f"{JARS}?Label=x%26y&PageSize=3&Page="
        token = answer["next_page_uri"].rpartition("=")[2]
        assert answer == {
            "first_page_uri": prefix + "0",
            "end": 5,
            "previous_page_uri": answer["previous_page_uri"],
            "uri": prefix + "1",
            "page_size": 3,
            "start": 3,
            "next_page_uri": f"{prefix}2&PageToken={token}",
            "page": 1,
        }
        assert answer["previous_page_uri"].startswith(f"{prefix}0&PageToken=PB")
        assert set(answer) | {"last_page_uri", "total", "num_pages"} == Page.META_KEYS

    run(tmp_path, scenario)


def test_a_versioned_list_has_absolute_links_in_meta(tmp_path):
    async def scenario(api: Api):
        await seven(api)
        answer = (await api.call("GET", RACK + "?PageSize=3", AUTHORIZED)).json
        assert set(answer) == {"meta", "jars"}
        prefix = f"{ORIGIN}{RACK}?PageSize=3&Page="
        assert answer["meta"] == {
            "page": 0,
            "page_size": 3,
            "first_page_url": prefix + "0",
            "previous_page_url": None,
            "url": prefix + "0",
            "next_page_url": answer["meta"]["next_page_url"],
            "key": "jars",
        }
        assert answer["meta"]["next_page_url"].startswith(prefix + "1&PageToken=PA")

    run(tmp_path, scenario)


@pytest.mark.parametrize("path", [JARS, RACK])
def test_a_pages_own_url_leads_to_it_again(tmp_path, path):
    async def scenario(api: Api):
        walker = await seven(api)
        page, _ = await walker.open(f"{ORIGIN}{path}?PageSize=3")
        answer = (await get(api, page.next_page_url)).json
        own = answer["meta"]["url"] if "meta" in answer else answer["uri"]
        again = (await get(api, own)).json
        assert json.dumps(again) == json.dumps(answer)

    run(tmp_path, scenario)


@pytest.mark.parametrize("path", [JARS, RACK])
def test_an_empty_list_is_a_page_too(tmp_path, path):
    async def scenario(api: Api):
        walker = Walker(api)
        page, shown = await walker.open(ORIGIN + path)
        assert (shown, page.next_page_url, page.previous_page_url) == ([], None, None)

    run(tmp_path, scenario)
