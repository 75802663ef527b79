"""The description is complete, agrees with itself, and is read off the operations."""

import json
import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from offhook.web import VERSIONED, Resource
from offhook.web.openapi import describe
from tests.docs.served import OPERATIONS as SERVED
from tests.sample_api import Pantry, lid, pictures, rack, shelf

OPERATIONS = [*shelf.bind(Pantry(None)), *rack.bind(Pantry(None))]


def described(operations=OPERATIONS):
    document = describe(operations, server="http://127.0.0.1:4665", version="1.2.3")
    return json.loads(json.dumps(document))


def each(document):
    return [(path, method, each) for path, methods in document["paths"].items() for method, each in methods.items()]


def references(node):
    """Every `$ref` in the document."""
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_operation_is_there_at_its_path_on_one_origin():
    assert [(path, method) for path, method, _ in each(described())] == [
        ("/2010-04-01/Accounts/{account_sid}/Jars.json", "post"),
        ("/2010-04-01/Accounts/{account_sid}/Jars.json", "get"),
        ("/2010-04-01/Accounts/{account_sid}/Jars/{sid}.json", "get"),
        ("/2010-04-01/Accounts/{account_sid}/Jars/{sid}.json", "delete"),
        ("/pantry/v1/Racks/{rack}/Jars", "get"),
    ]


def test_path_parameters_are_those_of_the_path():
    for path, _, operation in each(described()):
        named = [p["name"] for p in operation["parameters"] if p["in"] == "path"]
        assert named == re.findall(r"{(\w+)}", path)
        assert all(p["required"] for p in operation["parameters"] if p["in"] == "path")


def test_parameters_stand_where_they_are_read():
    paths = described()["paths"]
    jars = paths["/2010-04-01/Accounts/{account_sid}/Jars.json"]
    form = jars["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert form == {
        "type": "object",
        "properties": {
            "Label": {"type": "string"},
            "Material": {"type": "string", "enum": ["glass", "clay"]},
            "Then": {"type": "string"},
        },
        "required": ["Label"],
    }
    query = {p["name"]: p["schema"]["type"] for p in jars["get"]["parameters"] if p["in"] == "query"}
    assert query == {"Label": "string", "PageSize": "integer", "Page": "integer", "PageToken": "string"}
    assert "requestBody" not in jars["get"]


def test_a_patch_has_a_form_like_a_post():
    described_lid = described([*lid.bind(Pantry(None))])["paths"]["/pantry/v1/Lid"]["patch"]
    form = described_lid["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert (list(form["properties"]), described_lid["parameters"]) == (["Label"], [])


def test_answers_are_what_the_views_show():
    document = described()
    created = document["paths"]["/2010-04-01/Accounts/{account_sid}/Jars.json"]["post"]["responses"]
    assert set(created) == {"201", "default"}
    shown = created["201"]["content"]["application/json"]["schema"]
    assert shown == {"$ref": "#/components/schemas/JarView"}
    assert set(document["components"]["schemas"]["JarView"]["properties"]) == {"sid", "label", "date_created", "uri"}
    deleted = document["paths"]["/2010-04-01/Accounts/{account_sid}/Jars/{sid}.json"]["delete"]["responses"]
    assert "content" not in deleted["204"]


@pytest.mark.parametrize(
    ("path", "beside"),
    [("/2010-04-01/Accounts/{account_sid}/Jars.json", "next_page_uri"), ("/pantry/v1/Racks/{rack}/Jars", "meta")],
)
def test_lists_are_described_with_their_links(path, beside):
    schema = described()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema["properties"]["jars"] == {"type": "array", "items": {"$ref": "#/components/schemas/JarView"}}
    assert beside in schema["required"]


def test_a_file_is_described_at_the_path_without_extension_and_says_that_it_is_public():
    paths = described(pictures.bind(Pantry(None)))["paths"]
    record = paths["/2010-04-01/Accounts/{account_sid}/Pictures/{sid}.json"]["get"]
    file = paths["/2010-04-01/Accounts/{account_sid}/Pictures/{sid}"]["get"]
    assert file["responses"]["200"]["content"] == {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    assert (file["security"], record.get("security")) == ([{}, {"account": []}], None)
    assert file["operationId"] != record["operationId"]


def test_the_formats_of_the_2010_api_are_told_with_its_name():
    tags = {tag["name"]: tag.get("description", "") for tag in described()["tags"]}
    assert set(tags) == {tag for _, _, operation in each(described()) for tag in operation["tags"]} == {"api", "pantry"}
    assert all(extension in tags["api"] for extension in (".json", ".xml", ".csv"))
    assert tags["pantry"] == ""


def test_what_an_operation_does_is_its_docstring():
    operation = described()["paths"]["/2010-04-01/Accounts/{account_sid}/Jars.json"]["post"]
    assert operation["summary"] == "Put up a jar."
    assert operation["description"] == "Put up a jar.\n\nIt is put where there is room."


def test_every_reference_leads_somewhere():
    document = described()
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


async def _anything(service, call, *values):
    """Do."""


def _resource(product, path, **options):
    resource = Resource(product, path, VERSIONED, str, key="things", **options)
    for verb in (resource.create, resource.list, resource.fetch, resource.update, resource.delete):
        verb(_anything)
    return resource.bind(None)


def test_operation_ids_are_unique_however_alike_paths_are():
    operations = [
        *_resource("messaging", "/v1/Services"),
        *_resource("messaging", "/v2/Services"),
        *_resource("verify", "/v1/Services"),
        *_resource("verify", "/v1/Services/{service_sid}/Entities"),
        *_resource("verify", "/v1/Services/{service_sid}/Rates/{rate_sid}/Entities"),
        *_resource("conversations", "/v1/Conversations/{conversation_sid}/Participants"),
        *_resource("conversations", "/v1/Services/{service_sid}/Conversations/{conversation_sid}/Participants"),
    ]
    names = [operation["operationId"] for _, _, operation in each(described(operations))]
    assert len(names) == len(set(names)) == len(operations)
    assert names[0] == "CreateMessagingV1Services"
    assert "ListApiJars" in [operation["operationId"] for _, _, operation in each(described())]


def _first():
    import msgspec

    class Thing(msgspec.Struct):
        one: int

    def view(record, call) -> Thing:
        return Thing(1)

    return view, Thing


def _second():
    import msgspec

    class Thing(msgspec.Struct):
        two: str

    def view(record, call) -> Thing:
        return Thing("2")

    return view, Thing


def test_two_views_of_one_name_do_not_become_one():
    operations = []
    for path, (view, shape) in (("/v1/A", _first()), ("/v1/B", _second())):
        view.__annotations__["return"] = shape
        resource = Resource("api", path, VERSIONED, view, alone=True)
        resource.fetch(_anything)
        operations += resource.bind(None)
    document = described(operations)
    answers = [o["responses"]["200"]["content"]["application/json"]["schema"]["$ref"] for _, _, o in each(document)]
    properties = [document["components"]["schemas"][a.rpartition("/")[2]]["properties"] for a in answers]
    assert [list(p) for p in properties] == [["one"], ["two"]]


@pytest.mark.parametrize("operations", [OPERATIONS, list(SERVED.values())], ids=["the sample", "all of Offhook's"])
def test_the_document_is_openapi_3_1(operations):
    OpenAPIV31SpecValidator(described(operations)).validate()


def test_a_document_that_is_not_would_be_noticed():
    document = described()
    document["paths"]["/pantry/v1/Racks/{rack}/Jars"]["get"]["parameters"] = []
    with pytest.raises(OpenAPIValidationError):
        OpenAPIV31SpecValidator(document).validate()


def test_what_is_in_a_path_is_called_what_it_is():
    paths = described(SERVED.values())["paths"]
    assert {"/offhook/v1/Handsets/{address}", "/offhook/v1/Handsets/{address}/Messages"} <= set(paths)
    assert "/offhook/v1/Media/{digest}" in paths
    assert "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{country_code}.json" in paths


def test_a_page_has_at_least_one_row():
    parameters = described()["paths"]["/pantry/v1/Racks/{rack}/Jars"]["get"]["parameters"]
    (size,) = [parameter["schema"] for parameter in parameters if parameter["name"] == "PageSize"]
    assert (size["minimum"], size["default"], size["maximum"]) == (1, 50, 1000)


def test_the_document_is_the_same_every_time():
    assert json.dumps(described()) == json.dumps(described())
