"""The pictures of the console: they are there, small, shown, and the program that takes them still can."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.screenshots import FOLDER, LARGEST

ROOT = Path(__file__).parents[2]
PICTURES = {"overview.webp", "number.webp", "handsets.webp", "handsets-dark.webp", "message.webp"}


def is_webp(path):
    """Google's container, https://developers.google.com/speed/webp/docs/riff_container"""
    head = path.read_bytes()[:12]
    return head[:4] == b"RIFF" and head[8:] == b"WEBP"


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_is_kept_small_and_shown(name):
    assert is_webp(FOLDER / name)
    assert (FOLDER / name).stat().st_size < LARGEST
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown = [page for page in pages if re.search(rf"screens/{re.escape(name)}", page.read_text())]
    assert shown, f"no page shows {name}"


def test_nothing_else_is_kept_there():
    assert {path.name for path in FOLDER.iterdir()} == PICTURES


def test_they_can_be_taken_again(tmp_path):
    command = [sys.executable, "-m", "tools.screenshots", "--to", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    assert {path.name for path in tmp_path.iterdir()} == PICTURES
    assert all(is_webp(path) and path.stat().st_size > 10_000 for path in tmp_path.iterdir())
