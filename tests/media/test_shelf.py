"""What can be made again is kept while there is room."""

import os

import pytest

from offhook.media.shelf import FORGOTTEN, Shelf, key_of


def put(shelf: Shelf, name: str, content: bytes):
    with shelf.draft() as draft:
        draft.write_bytes(content)
        return shelf.keep(draft, key_of(name), "pcm")


def test_what_was_put_there_is_found(tmp_path):
    shelf = Shelf(tmp_path / "new" / "folder")
    assert shelf.find(key_of("a"), "pcm") is None
    path = put(shelf, "a", b"sound")
    assert shelf.find(key_of("a"), "pcm") == path
    assert path.read_bytes() == b"sound"


def test_the_one_that_was_used_longest_ago_goes_first(tmp_path):
    shelf = Shelf(tmp_path, most=30_000)
    for age, name in ((300, "a"), (200, "b"), (100, "c")):
        moment = put(shelf, name, bytes(8_192)).stat().st_mtime - age
        os.utime(tmp_path / f"{key_of(name)}.pcm", (moment, moment))
    shelf.find(key_of("a"), "pcm")
    put(shelf, "d", bytes(8_192))
    kept = [name for name in "abcd" if shelf.find(key_of(name), "pcm")]
    assert kept == ["a", "c", "d"]


def test_the_newest_stays_even_if_it_is_too_large_alone(tmp_path):
    shelf = Shelf(tmp_path, most=10)
    put(shelf, "a", bytes(4_096))
    path = put(shelf, "b", bytes(8_192))
    assert [*tmp_path.iterdir()] == [path]


def test_a_draft_that_fails_leaves_nothing(tmp_path):
    shelf = Shelf(tmp_path)
    with pytest.raises(ValueError, match="no"), shelf.draft():
        raise ValueError("no")
    assert [*tmp_path.iterdir()] == []


def test_the_draft_of_a_process_that_was_killed_is_removed_later(tmp_path):
    shelf = Shelf(tmp_path)
    left, fresh = tmp_path / ".left", tmp_path / ".fresh"
    left.touch()
    fresh.touch()
    moment = left.stat().st_mtime - FORGOTTEN - 1
    os.utime(left, (moment, moment))
    path = put(shelf, "a", b"x")
    assert {*tmp_path.iterdir()} == {fresh, path}


def test_parts_are_told_apart():
    assert key_of("ab", "c") != key_of("a", "bc")
