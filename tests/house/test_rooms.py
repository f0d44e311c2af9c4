"""The shape of the house: who imports whom, who answers what, and who reads the clock."""

import ast
import re

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

from handlers.registry import ACTIONS, FORMS
from handlers.stale import on_stale_form, on_stale_press
from messages.forms.answer_view import answer_view, home_view
from messages.ids import Action, Callback
from tests.house.files import ROOMS, ROOT, modules

CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "sleep", "localtime", "gmtime", "ctime"},
}
READ_THE_CLOCK = {"bot": "bot/clock.py", "workspace": "workspace/wall.py"}
"""The workspace has one of its own for when it runs alone, where nobody hands a clock in."""


def test_every_import_obeys_the_order_of_the_rooms(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    configure()
    # The command line's own way in would set up logging for every other test, too.
    kept = lint_imports(config_filename="pyproject.toml", cache_dir=None, no_logo=True)
    said = capsys.readouterr().out
    assert kept, said
    assert "0 broken" in said


def test_every_action_has_a_listener() -> None:
    assert set(ACTIONS) == set(Action)


def test_no_press_and_no_form_is_answered_as_out_of_date_by_oversight() -> None:
    assert on_stale_press not in ACTIONS.values()
    assert on_stale_form not in FORMS.values()


def test_every_form_that_can_be_sent_has_a_listener() -> None:
    only_read = {Callback.TELLING}
    assert set(FORMS) == set(Callback) - only_read
    assert "submit" not in answer_view("Title", ())
    assert home_view(())["type"] == "home"


@pytest.mark.parametrize("room", ["handlers", "messages", "flows"])
def test_nobody_types_an_id_of_an_action_or_a_form_twice(room: str) -> None:
    ids = {str(one) for one in (*Action, *Callback) if "_" in one}
    for path, module in modules(room):
        if path == "messages/ids.py":
            continue
        typed = {
            node.value
            for node in ast.walk(module)
            if isinstance(node, ast.Constant) and node.value in ids
        }
        assert not typed, f"{path}: {typed}"


@pytest.mark.parametrize("room", ROOMS)
def test_the_wall_clock_is_read_in_one_file_of_a_room_only(room: str) -> None:
    read = [
        f"{path}:{node.lineno}"
        for path, module in modules(room)
        if path != READ_THE_CLOCK.get(room)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in CLOCKS.get(node.value.id, set())
    ]
    assert read == []


@pytest.mark.parametrize("room", READ_THE_CLOCK)
def test_that_file_does_read_it(room: str) -> None:
    found = dict(modules(room))[READ_THE_CLOCK[room]]
    assert any(isinstance(node, ast.Attribute) and node.attr == "now" for node in ast.walk(found))


def test_only_the_store_speaks_sql() -> None:
    sql = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b \S")
    for path, module in modules("bot", "handlers", "flows", "messages", "rules"):
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not sql.search(node.value), path


def test_a_modal_is_opened_in_one_file_that_lets_a_second_copy_of_the_press_be() -> None:
    opened = {
        path
        for path, module in modules(*ROOMS)
        if path.split("/")[0] != "workspace"
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in {"views_open", "views_push"}
    }
    assert opened == {"handlers/answering.py"}


def test_flows_and_rules_know_nothing_of_slack() -> None:
    for path, module in modules("flows", "rules", "store"):
        imported = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(module)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert not {name for name in imported if name.startswith(("slack", "aiohttp"))}, path


def test_no_id_stands_twice_in_the_table_of_listeners() -> None:
    """Of two entries the last would win without a word."""
    tree = ast.parse((ROOT / "handlers" / "registry.py").read_text())
    for table in (node for node in ast.walk(tree) if isinstance(node, ast.Dict)):
        keys = [ast.unparse(key) for key in table.keys if key is not None]
        assert len(keys) == len(set(keys))
