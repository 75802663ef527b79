"""docs/reference/errors.md has every error number that the program can show, and no other, with cause and fix.

A number is any whole one from 10001 to 99999 in the program, outside the floors that know no error numbers. Other
large numbers are written with an underscore (`16_384`), which errors never are.
"""

import ast
import re
from collections.abc import Iterator

import pytest
from tests.docs.markdown_pages import ROOT, SOURCE, read, sections

PAGE = sections(read("docs/reference/errors.md"), 3)
WITHOUT_ERRORS = ("interception", "kit", "protocols/gsm7", "storage", "testing")


def test_every_error_number_in_the_program_is_documented():
    missing = {code: places for code, places in emitted().items() if code not in documented()}
    assert not missing, f"docs/reference/errors.md lacks {missing}"


def test_every_documented_error_number_is_in_the_program():
    assert sorted(set(documented()) - set(emitted())) == []


@pytest.mark.parametrize("heading", sorted(PAGE))
def test_every_error_says_its_cause_and_its_fix(heading: str):
    assert re.search(r"^- Cause: \S", PAGE[heading], re.MULTILINE)
    assert re.search(r"^- Fix: \S", PAGE[heading], re.MULTILINE)
    code = heading.split()[0]
    assert heading == f"{code} {{ #e{code} }}", "links lead to #e and the number"


def test_errors_stand_in_ascending_order():
    for section in sections(read("docs/reference/errors.md"), 2).values():
        numbers = [heading.split()[0] for heading in sections(section, 3)]
        assert numbers == sorted(numbers)


def documented() -> list[int]:
    """The numbers that have a section."""
    return [int(heading.split()[0]) for heading in PAGE]


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
