"""The program's own help and version."""

from importlib.metadata import version

from tests.terminal import Terminal


def test_the_version_is_the_packages(terminal: Terminal):
    done = terminal.offhook("--version")
    assert (done.returncode, done.stdout) == (0, f"offhook {version('offhook')}\n")


def test_the_help_names_every_command_and_shows_how_they_are_used(terminal: Terminal):
    done = terminal.offhook("--help", COLUMNS="80")
    assert done.returncode == 0
    for word in ("up", "run", "env", "demo"):
        assert f"\n  {word} " in done.stdout
    assert '\n    eval "$(offhook env)"          the same' in done.stdout


def test_each_command_has_a_help_in_which_nothing_internal_shows(terminal: Terminal):
    for word in ("up", "run", "env", "demo"):
        done = terminal.offhook(word, "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert "--leash" not in done.stdout


def test_the_usage_of_run_shows_where_the_programs_command_begins(terminal: Terminal):
    assert terminal.offhook("run", "--help").stdout.splitlines()[0] == "Usage: offhook run [OPTIONS] -- CMD [ARG]..."


def test_a_command_line_that_makes_no_sense_ends_with_2(terminal: Terminal):
    for words in (["upp"], ["up", "--clock", "sideways"], ["up", "--port", "many"], ["run"], ["env", "--shell", "csh"]):
        done = terminal.offhook(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Error: " in done.stderr
