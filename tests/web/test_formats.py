"""Which format a request is answered in, and that all formats say the same."""

import csv
import io
from xml.etree import ElementTree

import pytest
import structlog
from structlog.testing import capture_logs

from offhook.web.formats import CSV, JSON, XML, asked_for
from tests.sample_api import AUTHORIZED, JARS, OWNER, Answered, Api, run

SHELF = JARS.removesuffix(".json")
TYPES = {"": "application/xml", ".xml": "application/xml", ".json": "application/json"}
TYPES |= {".csv": "text/csv; charset=utf-8"}
SDK = "application/json"


def xml(answer: Answered) -> ElementTree.Element:
    assert answer.headers["content-type"] == "application/xml"
    return ElementTree.fromstring(answer.body)[0]


def table(answer: Answered) -> list[dict[str, str]]:
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))


def accept(text: str) -> tuple[bytes, bytes]:
    return b"accept", text.encode()


@pytest.mark.parametrize(
    ("extension", "header", "expected"),
    [
        (".json", None, JSON),
        (".xml", SDK, XML),
        (".csv", "*/*", CSV),
        ("", None, XML),
        ("", "*/*", XML),
        ("", "text/html,application/xml;q=0.9,*/*;q=0.8", XML),
        ("", "text/xml", XML),
        ("", SDK, JSON),
        ("", "text/csv", CSV),
        ("", "image/png", XML),
    ],
)
def test_the_extension_says_the_format_and_without_one_it_is_xml_unless_that_is_refused(extension, header, expected):
    assert asked_for(f"/2010-04-01/Accounts{extension}", extension, header) is expected


def test_everything_but_the_2010_api_is_json():
    assert asked_for("/v1/Services", "", "application/xml") is JSON
    assert asked_for("/", "", None) is JSON


def test_lists_and_single_resources_say_the_same_in_every_format(tmp_path):
    async def scenario(api: Api):
        await api.create("plums <&> pears")
        for place in ("", "/JRplums%20%3C&%3E%20pears"):
            answers = {e: await api.call("GET", f"{SHELF}{place}{e}", AUTHORIZED) for e in TYPES}
            assert {e: (a.status, a.headers["content-type"]) for e, a in answers.items()} == {
                e: (200, kind) for e, kind in TYPES.items()
            }
            json = answers[".json"].json
            jar = json["jars"][0] if place == "" else json
            shown = [xml(answers[e])[0] if place == "" else xml(answers[e]) for e in ("", ".xml")]
            assert [{field.tag: field.text for field in each} | {"Uri": ""} for each in shown] == [
                {"Sid": jar["sid"], "Label": jar["label"], "DateCreated": jar["date_created"], "Uri": ""}
            ] * 2
            (row,) = table(answers[".csv"])
            assert (row["Sid"], row["Label"], row["DateCreated"]) == (jar["sid"], jar["label"], jar["date_created"])

    run(tmp_path, scenario)


@pytest.mark.parametrize("extension", ["", ".xml"])
def test_the_pages_of_a_list_in_xml_lead_from_one_to_the_next(tmp_path, extension):
    async def scenario(api: Api):
        for label in "abcde":
            await api.create(label)
        uri, seen = f"{SHELF}{extension}?PageSize=2", []
        while uri:
            page = xml(await api.call("GET", uri, AUTHORIZED))
            assert (page.tag, page.get("pagesize")) == ("Jars", "2")
            seen.append([jar.findtext("Label") for jar in page])
            uri = page.get("nextpageuri")
        assert seen == [["e", "d"], ["c", "b"], ["a"]]

    run(tmp_path, scenario)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", f"{SHELF}/JRnone", 404, "20404"),
        ("GET", "/2010-04-01/Nothing", 404, "20404"),
        ("POST", SHELF, 400, "21602"),
        ("PUT", SHELF, 405, "20004"),
        ("POST", f"/2010-04-01/Accounts/{OWNER}/Calls", 501, "20501"),
        ("GET", f"{SHELF}?PageSize=0", 400, "20001"),
    ],
)
def test_errors_have_the_format_that_the_answer_would_have(tmp_path, method, path, status, code):
    async def scenario(api: Api):
        bare, _, query = path.partition("?")
        asked = {e: f"{bare}{e}?{query}" for e in TYPES}
        answers = {e: await api.call(method, place, AUTHORIZED) for e, place in asked.items()}
        assert {e: (a.status, a.headers["content-type"]) for e, a in answers.items()} == {
            e: (status, kind) for e, kind in TYPES.items()
        }
        for problem in (xml(answers[""]), xml(answers[".xml"])):
            assert problem.tag == "RestException"
            assert (problem.findtext("Code"), problem.findtext("Status")) == (code, str(status))
            assert problem.findtext("MoreInfo") == answers[".json"].json["more_info"]
        (row,) = table(answers[".csv"])
        assert (row["Code"], row["Status"]) == (code, str(status))
        assert all(a.headers["twilio-request-id"].startswith("RQ") for a in answers.values())

    run(tmp_path, scenario)


def test_who_is_unknown_and_who_sends_too_much_is_told_in_the_format_too(tmp_path):
    async def scenario(api: Api):
        challenged = await api.call("GET", SHELF)
        assert (challenged.status, xml(challenged).findtext("Code")) == (401, "20003")
        assert challenged.headers["www-authenticate"] == 'Basic realm="Twilio API"'
        length = (b"content-length", b"9999999")
        assert xml(await api.call("POST", f"{SHELF}.xml", AUTHORIZED, length, chunks=[])).findtext("Status") == "413"

    run(tmp_path, scenario)


def test_a_bug_is_told_in_the_format_too(tmp_path):
    async def scenario(api: Api):
        with capture_logs([structlog.processors.format_exc_info]):
            answer = await api.call("POST", SHELF, AUTHORIZED, form={"Label": "invisible"})
        assert (answer.status, xml(answer).findtext("Code"), await api.count()) == (500, "20500", 0)

    run(tmp_path, scenario)


def test_a_thing_is_made_and_deleted_in_any_format(tmp_path):
    async def scenario(api: Api):
        made = await api.call("POST", SHELF, AUTHORIZED, form={"Label": "plums"})
        assert (made.status, xml(made).tag, xml(made).findtext("Label")) == (201, "Jar", "plums")
        made = await api.call("POST", f"{SHELF}.csv", AUTHORIZED, form={"Label": "pears"})
        assert (made.status, table(made)[0]["Label"]) == (201, "pears")
        for extension in (*TYPES, ".json"):
            gone = await api.call("DELETE", f"{SHELF}/JRplums{extension}", AUTHORIZED, accept("image/png"))
            assert (gone.status, gone.body) == (204, b"")

    run(tmp_path, scenario)


@pytest.mark.parametrize(
    ("path", "header", "names"),
    [
        (f"{SHELF}.json", "application/xml", "application/json"),
        (f"{SHELF}.xml", SDK, "application/xml"),
        (f"{SHELF}.csv", "text/html", "text/csv"),
        (SHELF, "image/png", "application/xml"),
        ("/pantry/v1/Racks/top/Jars", "text/html", "application/json"),
    ],
)
def test_a_format_that_the_client_refuses_is_a_406_and_nothing_is_done(tmp_path, path, header, names):
    async def scenario(api: Api):
        method = "POST" if path.startswith(SHELF) else "GET"
        answer = await api.call(
            method, path, AUTHORIZED, accept(header), body=b"Label=plums" if method == "POST" else b""
        )
        assert (answer.status, await api.count()) == (406, 0)
        assert f"The answer is {names}, which the Accept header refuses" in answer.body.decode()
        assert (await api.call("GET", path, accept(header))).status == 401  # credentials come first

    run(tmp_path, scenario)


@pytest.mark.parametrize("header", ["*/*", SDK, "text/plain, */*;q=0.1", "application/json; charset=utf-8", ""])
def test_what_clients_usually_send_is_no_obstacle(tmp_path, header):
    async def scenario(api: Api):
        for path in (JARS, "/pantry/v1/Racks/top/Jars"):
            assert (await api.call("GET", path, AUTHORIZED, accept(header))).status == 200
        assert (
            await api.call("GET", "/pantry/v1/Racks/top/Jars", AUTHORIZED, accept("text/event-stream"))
        ).status == 200

    run(tmp_path, scenario)


def test_products_have_no_extensions(tmp_path):
    async def scenario(api: Api):
        assert (await api.call("GET", "/pantry/v1/Racks/top.xml/Jars", AUTHORIZED)).json["jars"] == []
        assert (await api.call("GET", "/pantry/v1/Racks/top/Jars.xml", AUTHORIZED)).json["code"] == 20404

    run(tmp_path, scenario)


def test_every_format_is_recorded(tmp_path):
    async def scenario(api: Api):
        for extension in (".xml", ".csv"):
            answer = await api.call("GET", f"{SHELF}{extension}", AUTHORIZED)
            (exchange, *_) = await api.recorded()
            assert exchange.response_body == answer.body.decode()

    run(tmp_path, scenario)
