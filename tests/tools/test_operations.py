"""The table is complete: held against the SDK's source read another way, and against the SDK at work."""

import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from textwrap import dedent
from urllib.parse import urlsplit

import pytest
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from tools.operations import TABLE, TwilioOperation, requests_in, table

LIST = dedent(
    '''\
    class ServiceList(ListResource):

        class ServiceRequest(object):
            def __init__(self, payload: Dict[str, Any]):
                self.name: Optional[str] = payload.get("name")

            def to_dict(self):
                return {
                    "name": self.name,
                    "rules": [rule.to_dict() for rule in self.rules],
                }

        def __init__(self, version: Version):
            super().__init__(version)
            self._uri = "/Services"

        def _create(self, friendly_name: str, ttl: Union[int, object] = values.unset) -> tuple:
            """
            Some words
            """
            data = values.of({"FriendlyName": friendly_name, "Ttl": ttl})
            headers = values.of({"Content-Type": "application/x-www-form-urlencoded"})
            return self._version.create_with_response_info(method="POST", uri=self._uri, data=data, headers=headers)

        async def _create_async(self, friendly_name: str) -> tuple:
            return await self._version.create_with_response_info_async(method="POST", uri=self._uri)

        def page(self, after: object, page_size: object) -> ServicePage:
            data = values.of({"DateSent>": serialize.iso8601_datetime(after), "PageSize": page_size})
            return ServicePage(self._version, self._version.page(method="GET", uri=self._uri, params=data))

        def replace(self, service_request: Union[ServiceRequest, object] = values.unset) -> tuple:
            data = service_request.to_dict()
            return self._version.update_with_response_info(method="PUT", uri=self._uri, data=data)
    '''
)
CONTEXT = dedent(
    """\
    class ServiceContext(InstanceContext):

        def __init__(self, version: Version, sid: str):
            self._uri = (
                "/Services/{sid}".format(
                    **self._solution
                )
            )

        def _update(self, if_match: Union[str, object] = values.unset) -> tuple:
            headers = values.of({})
            if not (if_match is values.unset):
                headers["If-Match"] = if_match
            headers["Accept"] = "application/json"
            return self._version.update_with_response_info(method="POST", uri=self._uri, headers=headers)

        def _fetch(self, data: object) -> tuple:
            params = values.of({"Type": type})
            params.update(serialize.prefixed_collapsible_map(data, "AddOns"))
            return self._version.fetch_with_response_info(method="GET", uri=self._uri, params=params)
    """
)


class Witness(HttpClient):
    """Sends nothing, and keeps what the SDK would have sent."""

    def __init__(self) -> None:
        super().__init__(None, False, None)
        self.seen: list[tuple[str, str, str]] = []

    def request(self, method: str, url: str, *_args: object, **_kwargs: object) -> Response:
        parts = urlsplit(url)
        self.seen.append((parts.netloc.split(".")[0], method, parts.path))
        return Response(200, '{"meta": {"key": "things"}, "things": []}')


CALLS: list[Callable[[Client], object]] = [
    lambda c: c.messages.create(to="+15005550006", from_="+15005550001", body="hello"),
    lambda c: c.messages.list(),
    lambda c: c.calls("CA1").recordings("RE1").delete(),
    lambda c: c.api.v2010.accounts("AC1").sip.domains("SD1").auth.calls.credential_list_mappings.list(),
    lambda c: c.messaging.v1.services("MG1").phone_numbers.create(phone_number_sid="PN1"),
    lambda c: c.verify.v2.services("VA1").verification_checks.create(code="123456", to="+15005550006"),
    lambda c: c.video.v1.rooms("RM1").update(status="completed"),
    lambda c: c.video.v1.rooms("RM1").participants("PA1").subscribe_rules.fetch(),
    lambda c: c.oauth.v2.token.create(grant_type="client_credentials"),
    lambda c: c.monitor.v1.alerts.list(),
    lambda c: c.lookups.v2.phone_numbers("+15005550006").fetch(),
    lambda c: c.accounts.v1.secondary_auth_token().delete(),
    lambda c: c.preview_iam.v1.token.create(grant_type="client_credentials", client_id="OQ1"),
]


def test_the_table_in_the_repository_is_that_of_the_installed_sdk(twilio: list[TwilioOperation]) -> None:
    assert TABLE.read_text() == table(twilio), "run `make operations`"


def test_the_table_has_a_line_an_operation_sorted_and_without_names_of_parameters() -> None:
    operations = [
        TwilioOperation("video", "/v1/Rooms/{sid}", "POST", ("Status",)),
        TwilioOperation("api", "/2010-04-01/Accounts/{account_sid}/Calls/{sid}.json", "DELETE"),
    ]
    _origin, *lines = table(operations).splitlines()
    assert lines == ["api DELETE /2010-04-01/Accounts/{}/Calls/{}.json", "video POST /v1/Rooms/{}"]


def test_every_path_that_the_sdk_writes_out_is_in_the_table_unless_nothing_is_asked_there() -> None:
    """The paths found by a plain search of the source, without regard to what is done with them."""
    rest = Path(find_spec("twilio").origin).parent / "rest"
    known = {re.sub(r"^\S+ \S+ /[\w-]+", "", line) for line in TABLE.read_text().splitlines()}
    silent = {
        re.sub(r"{.*?}", "{}", path)
        for file in rest.rglob("*.py")
        if "uri=self._uri" in (source := file.read_text())
        for path in re.findall(r"""["'](/[A-Za-z{][^"'\s]*)["']""", source)
    } - known
    assert silent <= {"/Exports", "/RegulatoryCompliance", "/{}"}


def test_what_the_sdk_sends_is_in_the_table() -> None:
    witness = Witness()
    client = Client("AC" + "0" * 32, "token", http_client=witness)
    for call in CALLS:
        call(client)
    assert len(witness.seen) == len(CALLS)
    lines = TABLE.read_text().splitlines()
    assert [sent for sent in witness.seen if not any(_means(line, *sent) for line in lines)] == []


def test_a_request_has_its_method_its_path_and_its_parameters_but_not_those_of_paging() -> None:
    create, page, _replace = requests_in(LIST, "service.py")
    assert create == ("POST", "/Services", ("FriendlyName", "Ttl"))
    assert page == ("GET", "/Services", ("DateSent>",))


def test_the_parameters_of_a_json_body_are_those_of_its_class() -> None:
    assert list(requests_in(LIST, "service.py"))[-1] == ("PUT", "/Services", ("name", "rules"))


def test_headers_and_prefixed_parameters_count() -> None:
    assert list(requests_in(CONTEXT, "service.py")) == [
        ("POST", "/Services/{sid}", ("If-Match",)),
        ("GET", "/Services/{sid}", ("Type", "AddOns")),
    ]


def test_a_path_is_not_taken_from_the_class_before() -> None:
    orphan = CONTEXT.replace("self._uri = (", "self._path = (")
    with pytest.raises(ValueError, match=r"service\.py: _update makes a request, but no path"):
        list(requests_in(LIST + "\n" + orphan, "service.py"))


def test_a_request_whose_method_is_not_written_out_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"service\.py: the request of _create is not understood"):
        list(requests_in(LIST.replace('method="POST"', "method=verb"), "service.py"))


def _means(line: str, product: str, method: str, path: str) -> bool:
    pattern = "[^/]+".join(re.escape(part) for part in line.split("{}"))
    return re.fullmatch(pattern, f"{product} {method} {path}") is not None
