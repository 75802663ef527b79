"""Every error number that the program can show is explained, and no other; so the documentation has a page of each.

A number is any whole one from 10001 to 99999 in the program, outside the floors that know no error numbers. Other
large numbers are written with an underscore (`16_384`), which errors never are.
"""

import ast
import re
from collections.abc import Iterator

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from offhook.cli.program import program
from offhook.web.error_pages import ErrorPage, error_pages, index
from tests.docs.markdown_pages import ROOT, SOURCE, blocks, links, read, sections
from tests.docs.served import ERROR_HOOK
from tests.docs.test_names import anchors, behind

PAGES = error_pages()
WITHOUT_ERRORS = ("interception", "kit", "protocols/gsm7", "storage", "testing")
SECTIONS = ["Causes", "Fixes", "Example"]


def test_every_error_number_in_the_program_is_explained():
    missing = {code: places for code, places in emitted().items() if code not in PAGES}
    assert not missing, f"src/offhook/errors lacks {missing}"


def test_every_explained_error_number_is_in_the_program():
    assert sorted(PAGES.keys() - emitted().keys()) == []


def test_the_folder_of_errors_holds_nothing_else():
    names = {path.name for path in (SOURCE / "errors").iterdir()}
    assert names == {f"{code}.md" for code in PAGES}


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: str(page.code))
def test_an_error_says_what_it_means_its_causes_its_fixes_and_an_example(page: ErrorPage):
    meaning, _, _ = page.body.partition("\n## ")
    parts = sections(page.body, 2)
    assert re.match(r"[A-Z`].*[.]", meaning), "first of all, a sentence"
    assert list(parts) == SECTIONS
    for name in ("Causes", "Fixes"):
        lines = parts[name].strip().splitlines()
        assert lines
        assert all(re.match(r"- [A-Z`\d\[].*[.:)`]$", line) for line in lines), lines
    assert blocks(parts["Example"] + "\n", "json")


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: str(page.code))
def test_the_links_of_an_error_lead_somewhere(page: ErrorPage):
    for target in links(page.markdown()):
        if target.startswith("https://www.twilio.com/docs/errors/"):
            continue
        name, _, anchor = target.partition("#")
        path = behind(ROOT / "docs/reference/errors" / name)
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: str(page.code))
def test_the_commands_that_an_error_names_exist(page: ErrorPage):
    known = {command.callback.__name__ for command in program.registered_commands if command.callback}
    assert set(re.findall(r"\boffhook (env|run|up|demo|doctor|config)\b", page.body)) <= known | {"config"}


def test_the_documentation_gets_a_page_of_each_error_and_shows_them_in_its_navigation():
    config = load_config(str(ROOT / "mkdocs.yml"))
    files = config.plugins.on_files(Files([]), config=config)
    made = [f"reference/errors/{code}.md" for code in sorted(PAGES)]
    assert [file.src_uri for file in files] == made
    assert f"'Errors': {['reference/errors/index.md', *made]}" in str(config.nav)
    assert all(file.content_string == PAGES[int(file.name)].markdown() for file in files)


def test_the_index_lists_every_error_under_each_of_its_kinds_in_ascending_order():
    written = ERROR_HOOK.on_page_markdown(read("docs/reference/errors/index.md"))
    assert index() in written
    shown = {name: re.findall(r"^\| \[(\d+)\]", text, re.MULTILINE) for name, text in sections(written, 2).items()}
    kinds = {"Errors of the API": "api", "Errors of a message": "message", "Errors of a recording": "recording"}
    kinds.update({"Errors of a lookup": "lookup", "Alerts": "alert"})
    assert shown == {name: [str(c) for c, p in PAGES.items() if kind in p.kinds] for name, kind in kinds.items()}
    assert list(PAGES) == sorted(PAGES)


def emitted() -> dict[int, list[str]]:
    """The error numbers in the program, with the places where they stand."""
    found: dict[int, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if not path.relative_to(SOURCE).as_posix().startswith(WITHOUT_ERRORS):
            for code, line in numbers_in(path.read_text("utf-8")):
                found.setdefault(code, []).append(f"{path.relative_to(ROOT)}:{line}")
    return found


def numbers_in(source: str) -> Iterator[tuple[int, int]]:
    """Whole numbers that are written as error numbers are, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and type(node.value) is int and 10_001 <= node.value < 100_000:
            written = ast.get_source_segment(source, node) or ""
            if re.fullmatch(r"\d{5}", written):
                yield node.value, node.lineno


def test_numbers_are_found_wherever_they_stand():
    source = (
        'raise ApiError(20404, "x")\nCODES = {"dns": 11210}\nMOST = 16_384\nN = 0x5efe\ndef f(code: int = 30008): ...'
    )
    assert list(numbers_in(source)) == [(20404, 1), (11210, 2), (30008, 5)]
