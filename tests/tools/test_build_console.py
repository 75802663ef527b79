"""`tools/build-console.sh`: builds when something changed, and says in plain words why it cannot."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools/build-console.sh"
STATIC = "src/offhook/console/static"
BUILD = (
    "const fs = require('fs'); const at = '../src/offhook/console/static';"
    "fs.rmSync(at, {recursive: true, force: true});"
    "fs.mkdirSync(at, {recursive: true}); fs.copyFileSync('page.html', at + '/index.html')"
)
PACKAGE = {"name": "console", "version": "0.0.0", "private": True, "scripts": {"build": "node build.cjs"}}
LOCK = {"name": "console", "version": "0.0.0", "lockfileVersion": 3, "packages": {"": {"name": "console"}}}


class Repository:
    """A small repository with a console of its own, which needs nothing from the network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.console, self.page = folder / "console", folder / STATIC / "index.html"
        (folder / "tools").mkdir()
        (folder / "src/offhook/console").mkdir(parents=True)
        self.console.mkdir()
        shutil.copy(SCRIPT, folder / "tools")
        (self.console / "package.json").write_text(json.dumps(PACKAGE))
        (self.console / "package-lock.json").write_text(json.dumps(LOCK))
        (self.console / "build.cjs").write_text(BUILD)
        self.change("first")

    def change(self, text: str) -> None:
        """Change a source; its time is later than that of every build before."""
        page = self.console / "page.html"
        page.write_text(text)
        later = time.time() + 10
        os.utime(page, (later, later))

    def build(self, *words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run the script."""
        environment = {**os.environ, "PATH": path or os.environ["PATH"], "HOME": str(self.folder)}
        command = [str(self.folder / "tools" / SCRIPT.name), *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)

    def path_without(self, *missing: str) -> str:
        """A PATH with every command of the machine but these."""
        commands = self.folder / "commands"
        commands.mkdir()
        for name in ("sh", "dirname", "find", "head", "mktemp", "mkdir", "rm", "cat", "touch"):
            (commands / name).symlink_to(shutil.which(name) or "")
        for name in {"node", "npm"} - set(missing):
            (commands / name).symlink_to(shutil.which(name) or "")
        return str(commands)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_it_builds_once_and_again_when_a_source_has_changed(repository: Repository) -> None:
    built = repository.build()
    assert (built.returncode, repository.page.read_text()) == (0, "first"), built.stderr
    assert "Building" in built.stderr
    os.utime(repository.console / "page.html", (1, 1))
    again = repository.build("--required")
    assert (again.returncode, again.stderr, again.stdout) == (0, "", "")
    repository.change("second")
    assert repository.build().returncode == 0
    assert repository.page.read_text() == "second"


def test_a_source_that_is_gone_is_a_change(repository: Repository) -> None:
    pages = repository.console / "src"
    pages.mkdir()
    (pages / "old.html").write_text("old")
    for path in (pages, pages / "old.html", *repository.console.iterdir()):
        os.utime(path, (1, 1))
    assert "Building" in repository.build().stderr
    assert repository.build().stderr == ""
    (pages / "old.html").unlink()
    later = time.time() + 10
    os.utime(pages, (later, later))
    assert "Building" in repository.build().stderr


def test_a_build_that_was_removed_is_made_again(repository: Repository) -> None:
    repository.build()
    shutil.rmtree(repository.folder / STATIC)
    assert repository.build().returncode == 0
    assert repository.page.exists()


@pytest.mark.parametrize("missing", ["node", "npm"])
def test_without_node_it_says_so_and_only_fails_where_the_console_is_required(
    repository: Repository, missing: str
) -> None:
    path = repository.path_without(missing)
    setup = repository.build(path=path)
    assert setup.returncode == 0
    assert "Node 20" in setup.stderr
    assert "make setup" in setup.stderr
    assert repository.build("--required", path=path).returncode == 1
    assert not repository.page.exists()


def test_a_build_that_fails_shows_why_and_is_tried_again(repository: Repository) -> None:
    (repository.console / "build.cjs").write_text("console.error('no such colour'); process.exit(1)")
    for _ in range(2):
        failed = repository.build("--required")
        assert failed.returncode == 1
        assert "no such colour" in failed.stderr
    assert repository.build().returncode == 0
