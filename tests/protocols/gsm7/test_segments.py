"""Where texts are cut: tables at every edge, then properties over any text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.protocols.gsm7 import Measure, measure, split
from offhook.protocols.gsm7.alphabet import BASIC, EXTENSION, septets

GSM7 = st.text(st.sampled_from("".join(sorted(BASIC | EXTENSION)) + 20 * "€"), max_size=700)
ANY = st.one_of(GSM7, st.text(max_size=300), st.text(st.sampled_from("aß😀漢"), min_size=60, max_size=300))


def utf16(text: str) -> int:
    return len(text.encode("utf-16-be", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("Hello from Python!", "GSM-7", 18, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("a" * 1600, "GSM-7", 1600, 11),
        ("é" * 160, "GSM-7", 160, 1),
        ("{" + "a" * 158, "GSM-7", 160, 1),
        ("{" + "a" * 159, "GSM-7", 161, 2),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("€" * 152, "GSM-7", 304, 2),
        ("€" * 153, "GSM-7", 306, 3),  # 76 to a part: one septet of each part stays empty
        ("a" * 152 + "{" + "a" * 152, "GSM-7", 306, 3),
        ("漢" * 70, "UCS-2", 70, 1),
        ("漢" * 71, "UCS-2", 71, 2),
        ("漢" * 134, "UCS-2", 134, 2),
        ("漢" * 135, "UCS-2", 135, 3),
        ("😀" + "a" * 68, "UCS-2", 70, 1),
        ("😀" + "a" * 69, "UCS-2", 71, 2),
        ("😀" * 66, "UCS-2", 132, 2),
        ("😀" * 67, "UCS-2", 134, 3),  # 33 to a part
        ("a" * 160 + "`", "UCS-2", 161, 3),
    ],
)
def test_a_text_is_measured(text, encoding, units, segments):
    assert measure(text) == Measure(encoding, units, segments)


def test_an_extension_character_is_not_torn_at_the_end_of_a_part():
    assert split("a" * 152 + "{" + "b" * 20) == ["a" * 152, "{" + "b" * 20]


def test_a_surrogate_pair_is_not_torn_at_the_end_of_a_part():
    assert split("a" * 66 + "😀" + "b" * 20) == ["a" * 66, "😀" + "b" * 20]


def test_a_text_that_fits_is_one_part_and_so_is_the_empty_one():
    assert split("a" * 160) == ["a" * 160]
    assert split("") == [""]


def test_a_lone_surrogate_is_measured_as_one_unit():
    assert measure("\ud83d") == Measure("UCS-2", 1, 1)


def test_smart_encoding_turns_three_segments_into_one():
    text = "“" + "a" * 158 + "”"
    assert measure(text) == Measure("UCS-2", 160, 3)
    assert measure(text, smart=True) == Measure("GSM-7", 160, 1)


@given(ANY)
def test_the_parts_joined_are_the_text(text):
    assert "".join(split(text)) == text


@given(ANY)
def test_each_part_fits_its_message(text):
    parts = split(text)
    size, whole, part = (septets, 160, 153) if septets(text) is not None else (utf16, 70, 67)
    assert all(size(piece) <= (whole if len(parts) == 1 else part) for piece in parts)


@given(ANY)
def test_no_part_could_take_the_next_parts_first_character(text):
    parts = split(text)
    size, room = (septets, 153) if septets(text) is not None else (utf16, 67)
    assert all(size(a + b[0]) > room for a, b in pairwise(parts))


@given(ANY)
def test_the_measure_counts_the_parts(text):
    assert measure(text).segments == len(split(text))


def test_measuring_a_short_ascii_text_takes_microseconds():
    text = "The quick brown fox jumps over the lazy dog, then it sleeps in the sun until the dog wakes up again. "
    started = time.process_time()
    for _ in range(1000):
        measure(text)
    assert time.process_time() - started < 0.02  # 20 us each; about 0.6 on an idle machine
