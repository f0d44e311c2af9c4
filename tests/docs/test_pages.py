"""Links lead somewhere, records name their checks, settings and data forms are as described."""

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest

from bot.settings import Settings, WebSettings, WorkerSettings
from rules.quarters import Quarter
from store.importing.reading import read_programme
from tests.docs.pages import ROOT, Page, page, pages, rows
from tests.docs.test_commands import fault

PAGES = tuple(pages())
RECORDS = tuple(one for one in PAGES if re.match(r"docs/decisions/\d{4}-", one.name))
PNG: Final = b"\x89PNG\r\n\x1a\n"
PARTS = ["Context", "Decision", "Consequences", "Checks"]
EXAMPLES = {
    "organisation.yaml": "organisation.yaml",
    "*_targets_*.csv": "our_targets_2008-09.csv",
    "statuses_*.csv": "statuses_2008-09.csv",
    "*_measures_*.csv": "our_measures_2008-09.csv",
    "*reward_grant_estimate*.csv": "reward_grant_estimate_2008-09.csv",
    "*rota.yaml": "block_rota.yaml",
}


def _leads_nowhere(shown: Page, link: str) -> bool:
    name, _, anchor = unquote(link).partition("#")
    found = (shown.path.parent / name) if name else shown.path
    if not found.exists() or not found.resolve().is_relative_to(ROOT):
        return True
    return bool(anchor) and anchor not in Page(found, found.read_text(encoding="utf-8")).anchors


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_every_link_leads_somewhere(shown: Page) -> None:
    assert [link for link in shown.links if _leads_nowhere(shown, link)] == []


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    readme = page("README.md")
    assert _leads_nowhere(readme, "docs/nobody.md")
    assert _leads_nowhere(readme, "docs/lead.md#no-such-heading")
    assert _leads_nowhere(readme, "../elsewhere.md")


def test_every_guide_is_reached_from_the_readme() -> None:
    readme = page("README.md")
    guides = {one.name for one in PAGES if one.path.parent == ROOT / "docs"}
    assert guides <= {link.partition("#")[0] for link in readme.links}


def test_the_readme_shows_a_picture_and_every_picture_is_one() -> None:
    pictures = [picture for shown in PAGES for picture in shown.pictures]
    assert page("README.md").pictures
    assert [one.name for one in pictures if not one.read_bytes().startswith(PNG)] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.path.stem)
def test_a_decision_says_why_and_names_a_command_that_checks_it(record: Page) -> None:
    title, *parts = record.headings
    assert title.startswith(record.path.name[:4])
    assert parts == PARTS
    checks = record.section("Checks")
    commands = [
        span
        for span in re.findall(r"`([^`]+)`", checks)
        if span.startswith(("make ", "quarterlight ", ".venv/"))
    ]
    assert commands
    assert {line: why for line in commands if (why := fault(line))} == {}


def test_every_decision_stands_in_the_list_and_numbers_run_on() -> None:
    listed = page("docs/decisions/README.md").links
    assert listed == [record.path.name for record in RECORDS]
    assert [record.path.name[:4] for record in RECORDS] == [
        f"{number:04}" for number in range(1, len(RECORDS) + 1)
    ]


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    table = rows(page("README.md").section("Settings"))
    told = {row[0].strip("`"): (row[1], row[2]) for row in table}
    fields = {**Settings.model_fields, **WebSettings.model_fields}
    assert set(told) == {name.upper() for name in fields}
    for name, field in fields.items():
        needed, words = told[name.upper()]
        assert needed == _needed(name), name
        default = getattr(field.default, "get_secret_value", lambda kept=field.default: kept)()
        assert needed != "no" or f"`{default}`" in words, name


def _needed(name: str) -> str:
    """For which command a setting is needed, as the table says it."""
    kinds: dict[str, type[WorkerSettings]] = {"run": Settings, "web": WebSettings}
    by = [word for word, kind in kinds.items() if _is_required(kind, name)]
    return "yes" if len(by) == len(kinds) else f"for `{by[0]}`" if by else "no"


def _is_required(kind: type[WorkerSettings], name: str) -> bool:
    return name in kind.model_fields and kind.model_fields[name].is_required()


def test_the_settings_to_copy_are_the_needed_ones() -> None:
    env = page("docs/install.md").blocks("ini")[0]
    needed = {name.upper() for name, field in Settings.model_fields.items() if field.is_required()}
    assert {line.split("=")[0] for line in env.splitlines()} == needed


def test_the_examples_of_the_data_forms_can_be_loaded(tmp_path: Path) -> None:
    guide = page("docs/data-forms.md")
    for form, name in EXAMPLES.items():
        heading = next(one for one in guide.headings if one.startswith(f"`{form}`"))
        found = re.search(
            r"^```(?:csv|yaml)\n(.*?)^```$", guide.section(heading), re.MULTILINE | re.DOTALL
        )
        assert found, form
        (tmp_path / name).write_text(found[1], encoding="utf-8")
    programme = read_programme(tmp_path)
    assert [target.ref for target in programme.targets] == ["LAA1-01"]
    assert programme.quarters == (Quarter(2008, 1),)
    assert (len(programme.measures), len(programme.people)) == (2, 4)
    assert (len(programme.grants), len(programme.rota), programme.ignored) == (1, 1, ())
