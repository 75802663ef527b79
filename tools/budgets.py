"""Keeps files and functions small enough to be read: 400 lines a file, 40 in a function's body (of the program).

A signature does not count: that of a REST operation is its declaration, as long as Twilio's list of parameters is.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 400
MOST_IN_FUNCTION = 40
SOURCES = ("*.py", "*.ts", "*.tsx", "*.cjs")


def main() -> int:
    """Print what is over its budget; the exit status says whether anything is."""
    over = [line for path in _files() for line in (*_long_file(path), *_long_functions(path))]
    print("\n".join(over) if over else f"budgets: every file <= {MOST_LINES} lines, function <= {MOST_IN_FUNCTION}")
    return 1 if over else 0


def _files() -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *SOURCES]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.splitlines() if (path := Path(name)).is_file()]


def _long_file(path: Path) -> Iterator[str]:
    lines = len(path.read_text().splitlines())
    if lines > MOST_LINES:
        yield f"{path}: {lines} lines; split it by its ideas"


def _long_functions(path: Path) -> Iterator[str]:
    if path.suffix != ".py" or path.parts[0] == "tests":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            begin = node.body[0].lineno
            lines = (node.end_lineno or begin) - begin + 1
            if lines > MOST_IN_FUNCTION and "migrations/versions" not in path.as_posix():
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines; take a step out of it"


if __name__ == "__main__":
    sys.exit(main())
