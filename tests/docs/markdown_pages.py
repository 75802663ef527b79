"""The pages, as the tests of the documentation read them: sections, tables, code in backticks, fenced blocks, links."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "offhook"
PRODUCTS = sorted(path for path in (SOURCE / "products").iterdir() if (path / "__init__.py").is_file())

_FENCE = re.compile(r"^```(?P<language>\w*)(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'title="([^"]*)"')
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block of code."""

    language: str
    title: str
    text: str


def read(name: str) -> str:
    """A page of the repository."""
    return (ROOT / name).read_text("utf-8")


def pages() -> list[str]:
    """Every page that people read, by its name from the root."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(SOURCE / "products").glob("*/README.md")]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def blocks(text: str, *languages: str) -> list[Block]:
    """The fenced blocks in order, of these languages where some are named."""
    found = []
    for match in _FENCE.finditer(text):
        title = _TITLE.search(match["info"])
        found.append(Block(match["language"], title[1] if title else "", match["text"]))
    return [block for block in found if not languages or block.language in languages]


def without_blocks(text: str) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", text)


def codes(text: str) -> list[str]:
    """What stands in backticks, outside fenced blocks."""
    return _CODE.findall(without_blocks(text))


def links(text: str) -> list[str]:
    """The targets of links, outside fenced blocks."""
    return _LINK.findall(without_blocks(text))


def sections(text: str, level: int) -> dict[str, str]:
    """What stands under each heading of a level, up to the next heading of that level or above."""
    heading = re.compile(rf"^#{{{level}}} (.+)$", re.MULTILINE)
    end = re.compile(rf"^#{{1,{level}}} ", re.MULTILINE)
    found = {}
    for match in heading.finditer(text):
        stop = end.search(text, match.end())
        found[match[1].strip()] = text[match.end() : stop.start() if stop else len(text)]
    return found


def rows(text: str) -> list[list[str]]:
    """The cells of every table's rows, without the heads."""
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if line.startswith("|") and not _is_rule(line) and not _is_rule(following):
            inside = line.strip().removeprefix("|").removesuffix("|")
            found.append([cell.strip() for cell in re.split(r"(?<!\\)\|", inside)])
    return found


def first_codes(text: str) -> list[str]:
    """What stands in backticks in the first cell of every row."""
    return [code for row in rows(text) for code in _CODE.findall(row[0])]


def _is_rule(line: str) -> bool:
    return line.startswith("|") and not line.strip("|-: ")
