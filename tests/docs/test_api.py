"""The API page has every operation that a running Offhook serves, with its parameters, and no other."""

import asyncio
import inspect
import json
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest

from offhook.console.pages import OF_CONSOLE, PATHS
from offhook.roles.everything import Everything
from offhook.roles.settings import Settings
from offhook.web.params import PAGING
from tests.docs.markdown_pages import PRODUCTS, ROOT, SOURCE, codes, first_codes, read, sections
from tests.docs.served import API_PAGE, OPERATIONS

SHOWN = sections(API_PAGE, 3)
MODULES = {operation.function.__module__ for operation in OPERATIONS.values()}


def test_the_page_lists_exactly_what_a_running_offhook_serves(tmp_path: Path):
    served = asyncio.run(described_by_a_running_one(tmp_path))
    assert sorted(SHOWN) == sorted(
        f"`{method.upper()} {path}`" for path, methods in served.items() for method in methods
    )


@pytest.mark.parametrize("heading", sorted(OPERATIONS))
def test_an_operation_is_shown_with_its_parameters_and_its_words(heading: str):
    operation, text = OPERATIONS[heading], SHOWN[heading]
    binder = operation.binder
    assert set(first_codes(text)) == {p.name for p in binder.parameters} | (PAGING if binder.paged else set())
    assert text.count("| required |") == sum(p.required for p in binder.parameters)
    assert (inspect.getdoc(operation.function) or "no words").splitlines()[0] in text


def test_the_pages_for_people_are_listed():
    assert set(first_codes(sections(API_PAGE, 2)["Without credentials"])) == PATHS | OF_CONSOLE


@pytest.mark.parametrize("heading", sorted(OPERATIONS))
def test_the_architecture_leads_from_the_url_to_the_folder(heading: str):
    file = Path(inspect.getfile(OPERATIONS[heading].function)).relative_to(SOURCE).as_posix()
    named = codes(sections(read("ARCHITECTURE.md"), 2)["From a URL to a file"])
    assert file in named or f"{Path(file).parent}/" in named


def test_every_product_has_a_page_that_names_its_resources():
    for product in PRODUCTS:
        page = read((product / "README.md").relative_to(ROOT).as_posix())
        modules = [module.split(".")[2:] for module in MODULES if module.startswith("offhook.products.")]
        files = {f"{folder}/{name}.py" for slice_, folder, name in modules if slice_ == product.name}
        assert files
        assert files - set(codes(page)) == set(), f"{product.name}/README.md does not name them"


async def described_by_a_running_one(folder: Path) -> dict[str, dict[str, object]]:
    """The paths in /openapi.json."""
    everything = Everything(Settings(data=folder, port=0, tls_port=0, clock="virtual", log_level="error"))
    connection = await everything.start()
    try:
        return await asyncio.to_thread(_paths, connection.url)
    finally:
        await everything.stop()


def _paths(url: str) -> dict[str, dict[str, object]]:
    with build_opener(ProxyHandler({})).open(f"{url}/openapi.json") as answer:
        paths: dict[str, dict[str, object]] = json.load(answer)["paths"]
        return paths
