"""What a newcomer reads and clones: settings explained, commands that help, nothing private."""

import csv
import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings, WebSettings
from rules.vocabulary import Role
from tests.house.files import ROOT, texts

SAMPLES = (ROOT / "bot" / "sample", ROOT / "tests" / "data")
BY_ROLE = re.compile(
    r"(target-lead|sponsor|performance-lead|liaison-officer|central-team|laa-manager"
    r"|district-coordinator|go-contact|psb-chair|psb-member|delivery-group)-[a-z0-9-]+"
)
PEOPLE = re.compile(r".*(lead|sponsor|officer|person|owner)$")
COMMANDS = (
    (),
    ("run",),
    ("web",),
    ("worker",),
    ("demo",),
    ("rehearse",),
    ("workspace",),
    ("import",),
    ("export",),
    ("db",),
    ("db", "upgrade"),
    ("db", "backup"),
    ("db", "restore"),
    ("release",),
    ("audit",),
    ("audit", "deliveries"),
    ("manifest",),
)


@pytest.mark.parametrize(
    "name", sorted({*map(str.upper, (*Settings.model_fields, *WebSettings.model_fields))})
)
def test_every_setting_stands_in_the_readme(name: str) -> None:
    assert name in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_says_what_it_does(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*words, "--help"])
    assert result.exit_code == 0
    plain = re.sub(r"\x1b\[[0-9;]*m", "", result.output)
    assert "Usage:" in plain
    assert len(plain.split()) > 12


def test_these_are_all_the_commands() -> None:
    top = {str(one.name) for one in app.registered_commands}
    groups = {
        (str(group.name), str(one.name))
        for group in app.registered_groups
        if group.typer_instance is not None
        for one in group.typer_instance.registered_commands
    }
    assert {(name,) for name in top} | groups == set(COMMANDS[1:]) - {("db",), ("audit",)}


def test_the_lock_file_holds_hashes_and_names_no_host() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if re.match(r"[a-zA-Z0-9]", line)]
    assert len(pinned) > 50
    assert all("==" in line for line in pinned)
    assert sum(line.strip().startswith("--hash=sha256:") for line in lines) >= len(pinned)
    hosts = ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host")
    assert not [line for line in lines if any(host in line for host in hosts)]


def test_nothing_is_read_from_beside_the_project_and_no_machine_is_named() -> None:
    outside = re.compile(r"\.\./" + r"shared|(?<![\w.])/(work|root|home|tmp)/\w")
    found = {name: hit[0] for name, text in texts() if (hit := outside.search(text))}
    assert found == {}


def sample_files(suffix: str) -> list[Path]:
    return sorted(path for folder in SAMPLES for path in folder.rglob(f"*{suffix}"))


def test_the_sample_knows_people_by_their_roles_only() -> None:
    (path,) = (ROOT / "bot" / "sample").glob("organisation.yaml")
    organisation = yaml.safe_load(path.read_text(encoding="utf-8"))
    for person in organisation["users"]:
        assert BY_ROLE.fullmatch(person["id"]), person["id"]
        assert set(person["roles"]) <= {role.value for role in Role}
        assert person["slack_user_id"].startswith("U" + person["id"].split("-")[0].upper()[:3])
        assert set(person) <= {
            "id",
            "roles",
            "block",
            "partnership",
            "targets",
            "slack_user_id",
            "note",
        }


@pytest.mark.parametrize("path", sample_files(".csv"), ids=lambda path: path.name)
def test_no_sample_table_names_a_person(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column, value in row.items():
                if PEOPLE.fullmatch(column or "") and value:
                    assert BY_ROLE.fullmatch(value), f"{column}: {value}"


@pytest.mark.parametrize(
    "path", [*sample_files(".csv"), *sample_files(".yaml")], ids=lambda path: path.name
)
def test_no_sample_holds_a_title_an_address_or_a_number_of_a_person(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    private = re.compile(
        r"\b(Mr|Mrs|Ms|Dr|Cllr|Councillor|Sir|Dame)\b\.? [A-Z]|@\w+\.\w|\b0\d{3,4} \d{3} \d{3,4}\b"
    )
    assert private.search(text) is None
