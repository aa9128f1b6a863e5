"""Terminal codes of every kind, and what overwrites itself."""

from __future__ import annotations

import nbformat
import pytest
from atmo_run.streams import LogLines, extend, finish, stream_to_extend
from atmo_run.terminal_text import plain, styled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain ünïcode 日本 🎉\ttab\n", "plain ünïcode 日本 🎉\ttab\n"),
        ("\x1b[31mred\x1b[0m \x1b[38;5;208mx\x1b[38:2::1:2:3my", "red xy"),
        ("\x1b[2K\x1b[1A\x1b[?25lup\x1b[6 q", "up"),
        ("see \x1b]8;id=1;https://example.com\x1b\\docs\x1b]8;;\x1b\\ \x1b(B end", "see docs  end"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1bPdevice\x1b\\\x1b^private\x1b\\\x1b_app\x1b\\x", "x"),
        ("\x9b31mC1\x9b0m \x9d8;;https://example.com\x9clink", "C1 link"),
        ("\x1b]never ended\nnext line", "never ended\nnext line"),
        ("\x1b7\x1b8\x1bc\x1b=\x1b", ""),
        ("bell\x07 nul\x00 del\x7f", "bell nul del"),
        ("10%\r 50%\r100%", "100%"),
        ("10%\r100%\r", "100%"),
        ("one\r\ntwo\r\r\nthree", "one\ntwo\nthree"),
        ("abc\b\bX\n\bY", "aX\nY"),
        ("日\b本", "本"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_colours_stay_in_outputs() -> None:
    assert styled("\x1b[1;31mred\x1b[0m\x1b[K \x1b]8;;x\x1b\\y") == "\x1b[1;31mred\x1b[0m y"


@pytest.mark.parametrize(
    ("piece", "rest"),
    [
        ("\x1b]", ""),
        ("\x9d", ""),
        ("\x9b", ""),
        ("\x1b[", ""),
        ("\x1b[0", ""),
        ("\x1b(", ""),
        ("\r", ""),
        ("a\b", ""),
        ("a\r", "a"),
        ("\b", ""),
    ],
)
def test_hostile_texts_take_no_hours(piece: str, rest: str) -> None:
    # With work that grows with the square of the length this would not end today.
    assert plain(piece * 2_000_000) == rest


@pytest.mark.parametrize("bar", ["\r{}%", "{}%\r", "\r\x1b[K\x1b[32m{}%\x1b[0m"])
def test_a_progress_bar_is_one_output(bar: str) -> None:
    outputs = [nbformat.v4.new_output("stream", name="stderr", text="")]
    for percent in range(101):
        output = stream_to_extend(outputs, "stderr")
        assert output is not None
        extend(output, bar.format(percent))
    finish(outputs)
    assert [plain(output.text) for output in outputs] == ["100%"]
    assert "99" not in outputs[0].text


def test_what_was_printed_stays() -> None:
    outputs = [nbformat.v4.new_output("stream", name="stdout", text="kept\n50%")]
    extend(outputs[0], "\rdone\nnext\r")
    finish(outputs)
    assert outputs[0].text == "kept\ndone\nnext"


def test_log_lines() -> None:
    lines = LogLines()
    assert [lines.add(text) for text in ("a\nb", "c\n", "d")] == ["a\n", "bc\n", ""]
    assert [lines.end(), lines.end()] == ["d", ""]
