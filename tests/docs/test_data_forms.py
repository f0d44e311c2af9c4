"""The examples on the page of data forms are files that can be loaded."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from flows.import_file import bring_in
from rules.quarters import Quarter
from store import migrate
from store.database import Database
from store.importing.faults import Faults
from store.importing.loading import load
from store.importing.reading import read_programme
from store.importing.registers.files import read_tables
from store.importing.registers.forms import BY_NAME, FORMS
from store.importing.registers.tables import plain_name
from store.tables import RoleAssignment, Target
from tests.docs.pages import ROOT, page

NOW = datetime(2008, 10, 1, 8, tzinfo=UTC)
SECTION = page("docs/data-forms.md").section("Forms of their own")


def examples() -> dict[str, str]:
    """The examples by form: in a section they stand in the order of its heading."""
    found: dict[str, str] = {}
    for part in re.split(r"^### ", SECTION, flags=re.MULTILINE)[1:]:
        heading, body = part.split("\n", 1)
        names = [name for name in re.findall(r"`(\w+)`", heading) if name in BY_NAME]
        blocks = re.findall(r"^```csv\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)
        found.update(zip(names, blocks, strict=True))
    return found


def test_every_form_has_an_example_with_all_its_columns() -> None:
    shown = examples()
    assert set(shown) == {form.name for form in FORMS}
    for form in FORMS:
        headings = shown[form.name].splitlines()[0].split(",")
        assert [plain_name(heading) for heading in headings] == [c.name for c in form.columns]


@pytest.mark.parametrize("together", [True, False])
def test_every_example_can_be_loaded(tmp_path: Path, together: bool) -> None:  # noqa: FBT001  # a case
    database = Database(f"sqlite:///{tmp_path / 'docs.db'}")
    migrate.upgrade(database)
    with database.writing() as session:
        load(
            session,
            read_programme(ROOT / "bot" / "sample"),
            history_before=Quarter(2008, 2),
            now=NOW,
        )
        lead = session.exec(
            select(RoleAssignment)
            .join(Target)
            .where(Target.ref == "LAA1-03", RoleAssignment.role == "TARGET_LEAD")
        ).one()
        session.delete(lead)
    files = [(f"{name}.csv", content.encode()) for name, content in examples().items()]
    for batch in [files] if together else [[one] for one in files]:
        faults = Faults()
        tables = [table for name, content in batch for table in read_tables(name, content, faults)]
        with database.writing() as session:
            looked = bring_in(session, tables, faults, None, NOW)
        assert looked.unread == ()
        assert {count.one for count in looked.counts} == {
            BY_NAME[Path(n).stem].one for n, _ in batch
        }
    database.close()
