"""A demo that does not work out says so and ends with 1. (One that does is judged in tests/acceptance.)"""

from tests.terminal import Terminal


def test_an_app_that_does_not_start_is_quoted(terminal: Terminal):
    """A library that breaks when it is imported, found before the real one."""
    (terminal.folder / "flask.py").write_text("raise ImportError('broken on purpose')")
    done = terminal.offhook("demo", PYTHONPATH=f"{terminal.folder}:{terminal.environment.get('PYTHONPATH', '')}")
    assert done.returncode == 1
    assert done.stderr.startswith("offhook: the demo failed: the app ended with 1 before it listened:")
    assert "ImportError: broken on purpose" in done.stderr
    assert "An ordinary Flask app is up" not in done.stdout


def test_what_was_said_is_kept_for_the_curious(terminal: Terminal):
    done = terminal.offhook("demo", TMPDIR=str(terminal.folder), HTTPS_PROXY="socks5://127.0.0.1:9")
    assert done.returncode == 1
    assert "HTTPS_PROXY: a socks5 proxy is not supported" in done.stderr
    (log,) = terminal.folder.glob("offhook-demo-*/offhook.log")
    assert "HTTPS_PROXY" in log.read_text()
