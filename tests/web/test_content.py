"""Files at the path without extension: pictures of messages, recordings."""

import asyncio

import pytest

from offhook.web import API_2010, VERSIONED, Content, Resource, Router
from offhook.web.content import CHUNK
from tests.sample_api import AUTHORIZED, OTHER, OWNER, Api, basic, run

PICTURES = f"/2010-04-01/Accounts/{OWNER}/Pictures"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


async def _anything(service, call, sid):
    return None


def test_the_file_is_at_the_path_and_the_record_at_the_path_with_json(tmp_path):
    async def scenario(api: Api):
        await api.create("plums")
        api.pantry.labels["JRplums"] = PNG
        file = await api.call("GET", f"{PICTURES}/JRplums", AUTHORIZED)
        assert (file.status, file.headers["content-type"], file.body) == (200, "image/png", PNG)
        assert file.headers["content-length"] == str(len(PNG))
        record = await api.call("GET", f"{PICTURES}/JRplums.json", AUTHORIZED)
        assert (record.headers["content-type"], record.json["label"]) == ("application/json", "plums")

    run(tmp_path, scenario)


def test_a_file_is_never_taken_for_a_page_of_ours(tmp_path):
    async def scenario(api: Api):
        api.pantry.labels["JRplums"] = b"<script>alert(1)</script>"
        answer = await api.call("GET", f"{PICTURES}/JRplums")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["cache-control"] == "private"

    run(tmp_path, scenario)


def test_what_the_operation_says_of_the_file_wins():
    content = Content(b"%PDF-", "application/pdf", {"Content-Security-Policy": "default-src 'self'"})
    answer = asyncio.run(content.answer(head_only=False))
    assert answer.headers["Content-Security-Policy"] == "default-src 'self'"


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_on_the_disk_is_sent_piece_by_piece(tmp_path, size):
    async def scenario(api: Api):
        path = tmp_path / "picture"
        path.write_bytes(bytes(range(256)) * (size // 256) + b"x" * (size % 256))
        api.pantry.labels["JRplums"] = path
        answer = await api.call("GET", f"{PICTURES}/JRplums", AUTHORIZED)
        assert (answer.status, answer.body) == (200, path.read_bytes())
        assert answer.headers["content-length"] == str(size)
        assert answer.headers["twilio-request-id"].startswith("RQ")

    run(tmp_path, scenario)


def test_head_tells_the_size_of_a_file_without_reading_it(tmp_path):
    async def scenario(api: Api):
        path = tmp_path / "picture"
        path.write_bytes(PNG)
        api.pantry.labels["JRplums"] = path
        answer = await api.call("HEAD", f"{PICTURES}/JRplums", AUTHORIZED)
        assert (answer.status, answer.headers["content-length"], answer.body) == (200, str(len(PNG)), b"")

    run(tmp_path, scenario)


def test_a_file_that_is_gone_is_a_404(tmp_path):
    async def scenario(api: Api):
        api.pantry.labels["JRplums"] = tmp_path / "nothing"
        for sid in ("JRplums", "JRpears"):
            assert (await api.call("GET", f"{PICTURES}/{sid}", AUTHORIZED)).status == 404

    run(tmp_path, scenario)


def test_a_public_file_is_for_whoever_knows_its_url(tmp_path):
    async def scenario(api: Api):
        api.pantry.labels["JRplums"] = PNG
        for headers in ([], [AUTHORIZED], [basic(OTHER)]):
            assert (await api.call("GET", f"{PICTURES}/JRplums", *headers)).body == PNG
        stranger, owner, other = api.pantry.callers
        assert (stranger.account_sid, stranger.key, stranger.anonymous) == (OWNER, "", True)
        assert (owner.account_sid, owner.anonymous) == (OWNER, False)
        assert other == stranger  # who may not act on this account is a stranger to it
        exchange = (await api.recorded())[-1]
        assert (exchange.account_sid, exchange.resource_sid, exchange.status) == (OWNER, "JRplums", 200)
        assert exchange.response_body == f"[image/png, {len(PNG)} bytes]"

    run(tmp_path, scenario)


def test_who_gives_credentials_must_give_right_ones(tmp_path):
    async def scenario(api: Api):
        api.pantry.labels["JRplums"] = PNG
        for header in (basic(OWNER, "wrong"), (b"authorization", b"Bearer x"), (b"authorization", b"")):
            assert (await api.call("GET", f"{PICTURES}/JRplums", header)).status == 401

    run(tmp_path, scenario)


def test_only_the_file_is_public(tmp_path):
    async def scenario(api: Api):
        await api.create("plums")
        api.pantry.labels["JRplums"] = PNG
        assert (await api.call("GET", f"{PICTURES}/JRplums.json")).status == 401
        assert (await api.call("DELETE", f"{PICTURES}/JRplums")).status == 401
        assert (await api.call("GET", "/pantry/v1/Plan/Content")).status == 401
        assert (await api.call("GET", "/pantry/v1/Plan/Content", AUTHORIZED)).body == b"<plan/>"

    run(tmp_path, scenario)


def test_a_file_is_sent_whatever_the_client_says_it_accepts(tmp_path):
    async def scenario(api: Api):
        api.pantry.labels["JRplums"] = PNG
        for header in (b"image/*", b"application/json", b"text/html"):
            assert (await api.call("GET", f"{PICTURES}/JRplums", (b"accept", header))).body == PNG
        missing = await api.call("GET", f"{PICTURES}/JRpears", (b"accept", b"image/*"))
        assert (missing.status, missing.headers["content-type"]) == (404, "application/xml")

    run(tmp_path, scenario)


def test_a_file_that_became_shorter_breaks_the_answer_off(tmp_path):
    async def scenario():
        path = tmp_path / "picture"
        path.write_bytes(b"x" * (2 * CHUNK))
        answer = await Content(path, "image/png").answer(head_only=False)
        path.write_bytes(b"x")
        sent = []

        async def send(message):
            sent.append(message)

        with pytest.raises(EOFError):
            await answer.send(send)
        assert answer.file.closed
        assert dict(sent[0]["headers"])[b"content-length"] == str(2 * CHUNK).encode()
        assert all(message.get("more_body", True) for message in sent[1:])

    asyncio.run(scenario())


def test_where_paths_have_no_extension_a_resource_is_a_file_or_a_record():
    both = Resource("video", "/v1/Recordings", VERSIONED, str)
    both.content(_anything)
    with pytest.raises(ValueError, match="no extensions to tell the file from the record"):
        both.fetch(_anything)


def test_a_file_may_be_declared_once_and_stand_alone():
    files = Resource("api", "/2010-04-01/Accounts/{account_sid}/Files", API_2010, str)
    files.content(_anything)
    path = "/2010-04-01/Accounts/AC1/Files/FI1"
    router = Router(files.bind(None))
    assert router.find(router.locate("", path)).operation("HEAD").verb == "content"
    assert router.find(router.locate("", f"{path}.json")) is None
    with pytest.raises(ValueError, match="declared twice"):
        Router([*files.bind(None), *files.bind(None)])
