"""The table of safety lines fits the code and the tests; `python -m tests.safety` tries it."""

import ast

import pytest

from tests.safety.line import ROOT, Line
from tests.safety.lines import LINES

EVERY_LINE = pytest.mark.parametrize("line", LINES, ids=[line.what for line in LINES])


def names_in(file: str) -> set[str]:
    module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in module.body if isinstance(node, functions)}


def test_there_are_twelve_lines_at_least_and_no_two_alike() -> None:
    assert len({line.what for line in LINES}) == len({line.stands for line in LINES}) == len(LINES)
    assert len(LINES) >= 12


@EVERY_LINE
def test_the_text_of_a_safety_line_stands_in_its_file_once(line: Line) -> None:
    assert line.times_found() == 1, (
        f"Is it still needed? Then mend its text in tests/safety: {line}"
    )
    assert line.instead != line.stands
    assert line.why.endswith(".")


@EVERY_LINE
def test_the_tests_that_notice_a_missing_safety_line_are_there(line: Line) -> None:
    assert line.tests
    for one in line.tests:
        file, _, name = one.partition("::")
        assert name in names_in(file), one
