"""Every command that a page prints can be typed."""

import os
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from bot.cli import app
from bot.manifest import SCOPES
from handlers.commands import COMMANDS
from tests.docs.pages import ROOT, Page, page, pages, rows

PROGRAM: Any = typer.main.get_command(app)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
MAKE_WORDS = frozenset(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
PAGES = tuple(pages())
PROCFILE = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
PROCESSES = dict(line.split(": ", 1) for line in PROCFILE)
ACTIVATE = "source .venv/bin/activate"


def fault(line: str) -> str:
    """Why a line cannot be typed, or nothing."""
    words = [word for word in shlex.split(line) if word != "…"]
    match words:
        case ["make", *wanted]:
            return ", ".join(word for word in wanted if word not in MAKE_WORDS)
        case ["quarterlight", *rest]:
            return _fault_of_program(rest)
        case [".venv/bin/python", "-m", "pytest", *paths]:
            return ", ".join(path for path in paths if not (ROOT / path).exists())
        case ["honcho", "start", "-c", counts, *names]:
            counted = [count.partition("=")[0] for count in counts.split(",")]
            return ", ".join(name for name in {*names, *counted} if name not in PROCESSES)
        case _:
            return "" if line == ACTIVATE else "it is no command of this project"


def _fault_of_program(words: list[str]) -> str:
    command = PROGRAM
    while words and not words[0].startswith("-") and hasattr(command, "commands"):
        name, *words = words
        if name not in command.commands:
            return f"there is no {name}"
        command = command.commands[name]
    options = {option for one in command.params if not one.hidden for option in one.opts}
    return ", ".join(
        word for word in words if word.startswith("-") and word not in {*options, "--help"}
    )


def _printed(shown: Page) -> Iterator[str]:
    for block in shown.blocks("sh"):
        yield from filter(None, block.splitlines())
    for span in shown.spans:
        if span.startswith(("quarterlight ", "make ", ".venv/")):
            yield span


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_every_command_on_a_page_exists(shown: Page) -> None:
    assert {line: why for line in _printed(shown) if (why := fault(line))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "make coffee",
        "quarterlight dance",
        "quarterlight db downgrade",
        "quarterlight rehearse FOLDER --quickly",
        "quarterlight run --steered",
        ".venv/bin/python -m pytest tests/nowhere",
        "honcho start -c cook=2 web",
        "curl example.org",
    ],
)
def test_a_command_that_does_not_exist_is_noticed(line: str) -> None:
    assert fault(line)


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_every_slash_command_on_a_page_exists(shown: Page) -> None:
    typed = re.findall(r"`/laa ([^`]+)`|^/laa (.+)$", shown.text, re.MULTILINE)
    words = [span or line for span, line in typed]
    unknown = [word for word in words if not word.startswith(tuple(COMMANDS))]
    assert unknown == []


def test_every_slash_command_stands_in_a_guide() -> None:
    guides = page("docs/central-team.md").text + page("docs/lead.md").text
    assert [name for name in COMMANDS if f"`/laa {name}" not in guides] == []


def test_every_option_of_a_rehearsal_stands_in_its_guide() -> None:
    table = page("docs/rehearsal.md").section("Options").replace("`", " ")
    options = [one.opts[0] for one in PROGRAM.commands["rehearse"].params]
    assert [name for name in options if name.startswith("--") and f"{name} " not in table] == []


def test_the_readme_begins_with_the_two_commands() -> None:
    assert page("README.md").blocks("sh")[0] == "make demo\nmake test\n"


def test_every_line_of_the_procfile_can_be_run() -> None:
    assert {line: why for line in PROCESSES.values() if (why := fault(line))} == {}


def test_what_ci_runs_can_be_run_and_is_what_a_developer_types() -> None:
    script = ROOT / ".ci" / "run"
    words = re.findall(
        r"^(?:if !)? *make ([a-z]+)(?:; then)?$", script.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert os.access(script, os.X_OK)
    assert words == ["install", "check", "test", "again"]
    assert set(words) <= MAKE_WORDS


def test_every_scope_of_the_app_is_explained() -> None:
    table = page("docs/install.md").section("2. Make the app in Slack")
    explained = {name for row in rows(table) for name in re.findall(r"`([^`]+)`", row[0])}
    assert explained == set(SCOPES)
