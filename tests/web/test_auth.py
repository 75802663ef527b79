"""Reading credentials off a header."""

import ast
import base64
from pathlib import Path

import pytest

import offhook
from offhook.web.auth import basic_credentials


def header(text, scheme="Basic"):
    return f"{scheme} {base64.b64encode(text.encode()).decode()}"


@pytest.mark.parametrize(
    ("text", "credentials"),
    [
        (header("AC1:token"), ("AC1", "token")),
        (header("AC1:token", "basic"), ("AC1", "token")),
        (header("AC1:token", "BASIC "), ("AC1", "token")),
        (header("AC1:to:ken"), ("AC1", "to:ken")),
        (header("AC1:"), ("AC1", "")),
        (header(":token"), ("", "token")),
        (header("ä:✓"), ("ä", "✓")),
    ],
)
def test_user_name_and_password_are_parted_at_the_first_colon(text, credentials):
    assert basic_credentials(text) == credentials


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "Basic", "Basic ", "Basic !!!!", "Basic QUM6dA", "Bearer QUM6dA==", "QUM6dA==", "Basic\tQUM6dA=="),
        *(header("AC1"), header("AC1:to\x00ken"), header("A\nC:token"), header("AC:\x7f")),
        *("Basic /zr/", "Basic QUM6dA== QUM6dA==", "Basic ✓", "Digest username=x"),
    ],
)
def test_anything_else_is_no_credentials(text):
    assert basic_credentials(text) is None


SECRET_WORDS = ("token", "secret", "signature", "password")
HARMLESS = ("page_token", "previous_token", "next_token")


def _compared(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
            for side in (node.left, *node.comparators):
                if isinstance(side, ast.Attribute) and ast.unparse(side.value).rpartition(".")[2] in ("c", "_c"):
                    continue  # a column: the database compares
                name = side.attr if isinstance(side, ast.Attribute) else side.id if isinstance(side, ast.Name) else ""
                if any(word in name.lower() for word in SECRET_WORDS) and name not in HARMLESS:
                    yield f"{name} in line {node.lineno}"


def test_no_secret_is_compared_with_an_ordinary_equals():
    """`==` stops at the first difference, so its time tells how much of a guess was right."""
    found = {
        f"{path}: {comparison}"
        for path in Path(offhook.__file__).parent.rglob("*.py")
        for comparison in _compared(ast.parse(path.read_text()))
    }
    assert found == set()
    assert list(_compared(ast.parse("if given.auth_token != token: pass"))) == [
        "auth_token in line 1",
        "token in line 1",
    ]
