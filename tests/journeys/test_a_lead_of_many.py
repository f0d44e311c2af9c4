"""One lead with 25 targets: one message in parts, each within Slack's limits, all of it in step."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.rehearsal.parts import cast
from bot.rehearsal.preparation import prepare
from messages.forms.figure_step import NO_FIGURE
from messages.ids import Action, Block
from messages.values import pack_target
from rules.vocabulary import Polarity, Status
from store import migrate
from store.database import Database
from store.importing.programme import Programme, StatusLine
from tests.bot.programmes import made_up
from tests.journeys.county import County, newest_with
from tests.messages.judges import judge_view
from tests.sample import BEFORE_OPENING, OPENS, QUARTER, REMINDERS

LEAD, MANY = "target-lead-19", 25


@pytest.fixture(scope="session")
def few(programme: Programme) -> Programme:
    """Not so few: all of one lead, with titles as long as they may be."""
    many = made_up(programme, MANY, seed=5)
    targets = tuple(
        replace(
            one,
            lead=LEAD,
            title=f"{one.title} {'of the county & its districts ' * 9}",
            polarity=Polarity.HIGHER,
        )
        for one in many.targets
    )
    statuses = tuple(StatusLine(one.ref, QUARTER, Status.RED) for one in targets)
    return replace(many, targets=targets, statuses=statuses)


@pytest.fixture(scope="session")
def few_file(tmp_path_factory: pytest.TempPathFactory, few: Programme) -> Path:
    path = tmp_path_factory.mktemp("many") / "many.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    with database.writing() as session:
        prepare(session, few, cast(few, QUARTER), QUARTER, BEFORE_OPENING)
    database.close()
    return path


async def test_the_list_comes_in_parts_and_every_part_stays_in_step(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    parts = lead.dm()
    assert len(parts) > 1
    assert "25 targets to report" in parts[0].plain()
    assert all(len(part.blocks) <= 40 for part in parts)
    refs = [ref for ref in county.numbers if any(ref in part.plain() for part in parts)]
    assert len(refs) == MANY
    last = next(ref for ref in refs if ref in parts[-1].plain() and ref not in parts[0].plain())

    await county.open_return(lead, last)
    await lead.fill(Block.FIGURE_DOUBTS, [NO_FIGURE])
    assert not (await lead.submit()).errors
    await lead.fill(Block.REASON, "AWAITING_RELEASE")
    await lead.fill(Block.EXPECTED_ON, "2009-01-30")
    assert not (await lead.submit()).errors
    await county.settle()

    now = lead.dm()[: len(parts)]
    assert "1 of 25 reported. 24 are left" in now[0].plain()
    value = pack_target(county.numbers[last], QUARTER)
    changed = newest_with(now, value)
    assert "Change this return" in changed.plain()
    await lead.press(changed, Action.REPORT, value=value)
    await lead.wait_for(lambda: lead.modal)
    await lead.close(everything=True)

    asides = next(part for part in now if Action.NEED_HELP in [b.action_id for b in part.buttons])
    await lead.press(asides, Action.NEED_HELP)
    await lead.wait_for(lambda: lead.modal)
    await lead.close(everything=True)
    await lead.press(now[0], Action.WHY)
    await lead.wait_for(lambda: lead.modal)
    assert lead.modal is not None
    assert last in lead.modal.plain()


async def test_one_reminder_names_all_that_is_left(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    before = len(lead.dm())
    await county.at(REMINDERS[0])
    new = lead.dm()[before:]
    assert "25 targets still to report" in new[0].plain()
    assert sum(Action.WHY in [b.action_id for b in part.buttons] for part in new) == 1


async def test_the_home_of_a_lead_of_many_holds_them_all_and_takes_a_report(
    county: County,
) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    home = await lead.open_home()
    assert home is not None
    assert "25 targets to report" in home.plain()
    judge_view({"type": "home", "blocks": list(home.blocks)})
    report = next(one for one in home.buttons if one.action_id.startswith(Action.REPORT))
    await lead.press(home, report.action_id, value=report.value)
    await lead.wait_for(lambda: lead.modal)
