"""What the pages name exists: files, functions in them, links, commands, make targets. And their code is code."""

import ast
import re
from itertools import chain
from pathlib import Path
from textwrap import indent

import pytest

from offhook.cli.program import program
from offhook.console.pages import PATHS
from offhook.kit.phone import is_client
from offhook.products.messaging import message
from offhook.protocols.twiml.messaging_schema import MESSAGING
from offhook.protocols.twiml.voice_schema import VOICE
from offhook.roles.settings import FILE as FILE_OF_SETTINGS
from offhook.web.operations import products as twilios_products
from tests.docs.markdown_pages import PRODUCTS, ROOT, SOURCE, blocks, codes, links, pages, read, rows, sections
from tests.docs.served import ERROR_HOOK, OPERATIONS
from tests.docs.test_cli import COMMANDS

FILE = re.compile(
    r"(\.?[\w<>.*-]+/)*(\.?[\w<>.*-]+\.(py|md|toml|txt|cjs|ini)|\.?[\w<>-]+/|\.importlinter|(?<=/)run)(:\w+)?"
)
SHAPES = {"Domain", "Client", "Served"}  # protocols that describe what others made, not what they are to implement
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


def test_the_table_of_ports_has_every_port_where_it_is_declared():
    declared = {
        (node.name, path.relative_to(SOURCE).as_posix())
        for path in SOURCE.rglob("*.py")
        for node in classes(path)
        if "Protocol" in {getattr(base, "id", "") for base in node.bases} and node.name not in SHAPES
    }
    assert {(codes(name)[0], codes(file)[0]) for name, file, _ in ports()} == declared


def test_who_implements_a_port_has_all_that_it_asks_for():
    for name, file, implementations in ports():
        (port,) = [node for node in classes(SOURCE / codes(file)[0]) if node.name == codes(name)[0]]
        asked = members(port)
        assert asked
        for implementation in codes(re.sub(r"\(the class .*?\)", "", implementations)):
            others = [node for node in classes(SOURCE / implementation) if ast.dump(node) != ast.dump(port)]
            assert any(asked <= members(node) for node in others), f"{implementation} does not implement {name}"


def test_the_states_of_a_message_are_drawn_as_the_program_draws_them():
    (drawn,) = blocks(sections(read("ARCHITECTURE.md"), 2)["A message's states"])
    assert indent(drawn.text, "    ") in (message.__doc__ or "")
    assert {status for status in message.NEXT if status not in drawn.text} == set()


@pytest.mark.parametrize("page", NAMES_FILES)
def test_every_private_name_that_a_page_mentions_exists(page: str):
    folder = (ROOT / page).parent
    files = folder.glob("*.py") if folder in PRODUCTS else named_files(page)
    text = "\n".join(file.read_text() for file in files)
    private = {code for code in codes(read(page)) if re.fullmatch(r"_[a-z]\w*", code)}
    assert {
        name for name in private if not re.search(rf"^\s*(async )?(def|class) {name}\b", text, re.MULTILINE)
    } == set()


def test_what_works_today_is_there():
    works = {code for row in what_works() for code in codes(row[1])}
    assert len(works) > 8
    assert {code for code in works if not is_there(code)} == set()


def test_what_does_not_work_yet_is_not_there():
    (rest,) = [row[2] for row in what_works() if row[0] == "the rest of Twilio"]
    twilios = {name: name.rstrip("s") for name in twilios_products()}
    named = {name for name, one in twilios.items() if re.search(rf"\b{re.escape(one)}s?\b", rest)}
    assert len(named) >= 5
    assert named & {operation.resource.product for operation in OPERATIONS.values()} == set()


def test_every_floor_and_product_stands_in_the_plan_of_the_house():
    plan = blocks(sections(read("ARCHITECTURE.md"), 2)["The house"])[0].text
    names = [path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()]
    assert {"cli", "kit"} <= set(names)
    assert [name for name in chain(names, (p.name for p in PRODUCTS)) if not re.search(rf"\b{name}\b", plan)] == []


def test_every_decision_is_in_the_list():
    files = {path.name for path in (ROOT / "docs/decisions").glob("0*.md")}
    assert set(links(read("docs/decisions/index.md"))) == files


def what_works() -> list[list[str]]:
    """The rows of README's table: the part, what works, what does not yet."""
    found = rows(sections(read("README.md"), 2)["What works today"])
    assert {len(row) for row in found} == {3}
    return found


def ports() -> list[list[str]]:
    """The rows of the table of ports: name, where it is declared, who implements it."""
    found = rows(sections(read("ARCHITECTURE.md"), 2)["The house"])
    assert {len(row) for row in found} == {3}
    return found


def classes(path: Path) -> list[ast.ClassDef]:
    """The classes of a file."""
    return [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)]


def members(node: ast.ClassDef) -> set[str]:
    """The public methods and fields of a class."""
    named = {part.name for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)}
    for part in ast.walk(node):
        match part:
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Attribute(value=ast.Name(id="self"), attr=name):
                named.add(name)
    return {name for name in named if not name.startswith("_")}


def named_files(page: str) -> list[Path]:
    """The program's files that a page names."""
    named = [code.partition(":")[0] for code in codes(read(page)) if names_a_file(code) and ".py" in code]
    return [file for name in named for file in SOURCE.glob(re.sub("<[^>]*>", "*", name))]


def is_there(code: str) -> bool:
    """Whether a command, an element or attribute of TwiML, a path, a file or an address is known to the program."""
    if code.startswith("offhook "):
        return " ".join(code.split()[1:]) in COMMANDS
    if element := re.fullmatch(r"<(\w+)>", code):
        return element[1] in MESSAGING or element[1] in VOICE
    if code.startswith("/"):
        return code in PATHS or any(f" {code}`" in heading for heading in OPERATIONS)
    if code.startswith("client:"):
        return is_client(code)
    return code == FILE_OF_SETTINGS or code in MESSAGING["Message"].attributes


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
