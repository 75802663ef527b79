"""Secrets at rest."""

import base64
import multiprocessing
import stat

import pytest

from offhook.storage import Sealer, UnsealingError


def test_what_was_sealed_opens_for_the_same_purpose_only(tmp_path):
    sealer = Sealer.open(tmp_path / "key")
    sealed = sealer.seal("sesame ☎", "accounts.auth_token")
    assert sealer.unseal(sealed, "accounts.auth_token") == "sesame ☎"
    with pytest.raises(UnsealingError):
        sealer.unseal(sealed, "keys.secret")


def test_the_same_text_never_looks_the_same_twice(tmp_path):
    sealer = Sealer.open(tmp_path / "key")
    assert len({sealer.seal("sesame", "p") for _ in range(100)}) == 100
    assert "sesame" not in sealer.seal("sesame", "p")


def test_another_key_opens_nothing(tmp_path):
    sealed = Sealer.open(tmp_path / "key").seal("sesame", "p")
    with pytest.raises(UnsealingError):
        Sealer.open(tmp_path / "other").unseal(sealed, "p")


def test_the_key_file_is_for_its_owner_only_and_kept(tmp_path):
    sealed = Sealer.open(tmp_path / "key").seal("sesame", "p")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    assert Sealer.open(tmp_path / "key").unseal(sealed, "p") == "sesame"


@pytest.mark.parametrize("change", ["", "2:AAAA", "AAAA", "1:", "1:!!!!", "1:AAAA", "cut", "flip", "ünicode"])
def test_a_changed_value_does_not_open(tmp_path, change):
    sealer = Sealer.open(tmp_path / "key")
    sealed = sealer.seal("sesame", "p")
    raw = bytearray(base64.b64decode(sealed[2:]))
    raw[14] ^= 1
    changed = {"cut": sealed[:-8], "flip": "1:" + base64.b64encode(raw).decode()}.get(change, change)
    with pytest.raises(UnsealingError):
        sealer.unseal(changed, "p")


@pytest.mark.parametrize("content", ["", "rubbish!", base64.b64encode(b"short").decode()])
def test_a_file_that_holds_no_key_is_refused(tmp_path, content):
    (tmp_path / "key").write_text(content)
    with pytest.raises(ValueError, match="does not hold a key"):
        Sealer.open(tmp_path / "key")


def _open_and_seal(path, start, answers):
    start.wait()
    answers.put(Sealer.open(path).seal("sesame", "p"))


def test_processes_that_make_the_key_at_once_agree_on_it(tmp_path):
    context = multiprocessing.get_context("fork")
    start, answers = context.Event(), context.Queue()
    processes = [context.Process(target=_open_and_seal, args=(tmp_path / "key", start, answers)) for _ in range(6)]
    for process in processes:
        process.start()
    start.set()
    sealed = [answers.get(timeout=10) for _ in processes]
    for process in processes:
        process.join()
    sealer = Sealer.open(tmp_path / "key")
    assert [sealer.unseal(value, "p") for value in sealed] == ["sesame"] * 6
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
