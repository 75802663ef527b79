"""What the pages name exists: files, functions in them, links, commands, make targets. And their code is code."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from tests.docs.markdown_pages import PRODUCTS, ROOT, SOURCE, blocks, codes, links, pages, read, rows, sections
from tests.docs.served import ERROR_HOOK

from offhook.cli.program import program

FILE = re.compile(
    r"(\.?[\w<>.*-]+/)*(\.?[\w<>.*-]+\.(py|md|toml|txt|cjs|ini)|\.?[\w<>-]+/|\.importlinter|(?<=/)run)(:\w+)?"
)
MADE_LATER = {"offhook.toml", "tls/", ".offhook/"}  # on the user's machine
NAMES_FILES = [p for p in pages() if not p.startswith("docs/") or p.startswith("docs/decisions")]


@pytest.mark.parametrize("page", NAMES_FILES)
def test_every_file_and_function_that_a_page_names_exists(page: str):
    missing = [code for code in codes(read(page)) if names_a_file(code) and not found(code, ROOT / page)]
    assert missing == []


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_the_pages_about_the_code_do_name_files(page: str):
    assert sum(names_a_file(code) for code in codes(read(page))) > 20


@pytest.mark.parametrize("page", pages())
def test_every_relative_link_leads_somewhere(page: str):
    for target in links(read(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = behind((ROOT / page).parent / name) if name else ROOT / page
        assert path.exists(), f"{page}: {target}"
        assert not anchor or anchor in anchors(path), f"{page}: {target}"


@pytest.mark.parametrize("page", pages())
def test_every_command_in_a_shell_block_exists(page: str):
    script = "\n".join(block.text for block in blocks(read(page), "sh"))
    known = {command.callback.__name__ for command in program.registered_commands}
    known |= {group.typer_instance.info.name for group in program.registered_groups}
    for word in re.findall(r"(?:^|[\s(])(?:\.venv/bin/)?offhook (\w+)", re.sub(r"#.*", "", script)):
        assert word in known, f"{page}: offhook {word}"
    for target in re.findall(r"^make (\w+)", script, re.MULTILINE):
        assert re.search(rf"^{target}:", read("Makefile"), re.MULTILINE), f"{page}: make {target}"
    for path in re.findall(r"\bexamples/[\w./]+", script):
        assert (ROOT / path).exists(), f"{page}: {path}"


def test_the_make_targets_in_the_tables_exist():
    named = re.findall(r"`make (\w+)`", read("CONTRIBUTING.md") + read("README.md") + read("ARCHITECTURE.md"))
    assert {"demo", "test", "check"} <= set(named)
    assert [name for name in named if not re.search(rf"^{name}:", read("Makefile"), re.MULTILINE)] == []


@pytest.mark.parametrize("page", pages())
def test_python_and_toml_blocks_can_be_read(page: str):
    import tomllib

    for block in blocks(read(page), "python"):
        ast.parse(block.text)
    for block in blocks(read(page), "toml"):
        tomllib.loads(block.text)


def test_each_port_is_where_the_architecture_says():
    table = sections(read("ARCHITECTURE.md"), 2)["The house"]
    for names, declared, *_ in (row for row in rows(table) if len(row) == 3):
        source = (SOURCE / codes(declared)[0]).read_text()
        assert [name for name in codes(names) if f"class {name}(Protocol" not in source] == []


def test_every_floor_and_product_stands_in_the_plan_of_the_house():
    plan = blocks(sections(read("ARCHITECTURE.md"), 2)["The house"])[0].text
    names = [path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()]
    assert {"cli", "kit"} <= set(names)
    assert [name for name in chain(names, (p.name for p in PRODUCTS)) if not re.search(rf"\b{name}\b", plan)] == []


def test_every_decision_is_in_the_list():
    files = {path.name for path in (ROOT / "docs/decisions").glob("0*.md")}
    assert set(links(read("docs/decisions/index.md"))) == files


def names_a_file(code: str) -> bool:
    """Whether a piece of code is meant as a file or folder of the repository."""
    return FILE.fullmatch(code) is not None and code not in MADE_LATER


def found(code: str, page: Path) -> bool:
    """Whether the file exists, from the root, the program's folder, a product's or the page's own; `<x>` is any."""
    name, _, function = code.partition(":")
    pattern = re.sub(r"<[^>]*>", "*", name).rstrip("/")
    places = [ROOT, SOURCE, page.parent] if page.parent in PRODUCTS else [ROOT, SOURCE, page.parent, *PRODUCTS]
    files = [file for place in places for file in place.glob(pattern)]
    if not function:
        return bool(files)
    defined = re.compile(rf"^\s*(async )?(def|class) {function}\b", re.MULTILINE)
    return any(defined.search(file.read_text()) for file in files)


def behind(path: Path) -> Path:
    """The file that a page is made of: the pages of errors are made of the program's own explanations."""
    explained = SOURCE / "errors" / path.name
    return explained if path.resolve().parent == ROOT / "docs/reference/errors" and explained.exists() else path


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as MkDocs and GitHub make them."""
    found = set()
    text = path.read_text().replace(ERROR_HOOK.MARKER, ERROR_HOOK.index())
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        given = re.search(r"{ #([\w-]+) }", heading)
        plain = re.sub(r"[^\w\s-]", "", heading).strip().lower()
        found.add(given[1] if given else re.sub(r"[\s]+", "-", plain))
    return found


def test_a_name_that_does_not_exist_is_noticed():
    page = ROOT / "ARCHITECTURE.md"
    assert found("products/messaging/sending.py:accept", page)
    assert not found("products/messaging/sending.py:acept", page)
    assert not found("products/messaging/sanding.py", page)
    assert not names_a_file("POST /2010-04-01/Accounts")
