"""Rights as people meet them in Slack: refused kindly and kept, and figures that stay inside."""

import pytest
from sqlmodel import Session, select

from messages.ids import Action
from rules.permissions import Capability
from store.tables import Target
from tests.journeys.county import County
from tests.journeys.test_awkward_moments import audited
from tests.sample import CLOSES, OPENS
from workspace.people import Client

GOVERNMENT, CENTRAL, MANAGER = "go-contact-01", "central-team-01", "laa-manager-01"
LEAD, REF, OUTSIDE = "target-lead-06", "LAA1-06", "target-lead-19"
FIGURE = "17"
COMMANDS = {
    "actions": Capability.SEE_TODO,
    f"target {REF}": Capability.SEE_STATUS,
    f"history {REF}": Capability.SEE_STATUS,
    "returns": Capability.ACCEPT_RETURN,
    "extend <@UTARGETLEAD06> until 5 November because ill": Capability.LATE_RETURN,
    "status": Capability.FOLLOW_QUARTER,
    "escalations": Capability.FOLLOW_QUARTER,
    "remind all": Capability.FOLLOW_QUARTER,
    "open 2008/09 Q3": Capability.RUN_QUARTER,
    "pause": Capability.RUN_QUARTER,
    "resume": Capability.RUN_QUARTER,
    "partnership children": Capability.PARTNERSHIP_RECORD,
    "digest preview": Capability.PREVIEW_DIGEST,
    "digest post": Capability.POST_DIGEST,
    "setup": Capability.SET_UP,
    "check": Capability.SET_UP,
}


async def test_every_command_refuses_who_may_not_says_who_can_and_keeps_it_once(
    county: County,
) -> None:
    await county.at(OPENS)
    for typed, capability in COMMANDS.items():
        before = len(await audited(county, "refused"))
        words = await county.command(GOVERNMENT, typed)
        assert words.startswith("You cannot"), typed
        assert " can. Please ask " in words, typed
        new = (await audited(county, "refused"))[before:]
        assert [one.partition(":")[0] for one in new] == [capability], typed


async def test_whoever_may_is_answered(county: County) -> None:
    await county.at(OPENS)
    for typed in COMMANDS:
        assert not (await county.command(CENTRAL, typed)).startswith("You cannot"), typed
    assert await audited(county, "refused") == []


@pytest.fixture
async def restricted(county: County) -> County:
    """A target whose figures stay in its partnership, reported red, once the window is closed."""
    await county.bot.desk.write(restrict)
    await county.at(OPENS)
    await county.report_red(county.person(LEAD), REF, FIGURE)
    await county.at(CLOSES)
    return county


async def test_outside_its_partnership_a_restricted_target_shows_its_colour_alone(
    restricted: County,
) -> None:
    for typed in (f"target {REF}", f"history {REF}"):
        words = await restricted.command(OUTSIDE, typed)
        assert "● RED" in words, typed
        assert FIGURE not in words, typed
        assert f"Cause of {REF}" not in words, typed
        assert "kept within" in words, typed


async def test_whoever_is_involved_reads_the_figure_and_the_cause(restricted: County) -> None:
    for label in (LEAD, CENTRAL, MANAGER):
        for typed in (f"target {REF}", f"history {REF}"):
            words = await restricted.command(label, typed)
            assert FIGURE in words, label
            assert f"Cause of {REF}" in words, label
            assert "kept within" not in words, label


async def test_no_home_outside_tells_the_figure(restricted: County) -> None:
    for label in (OUTSIDE, "psb-member-01", "district-coordinator-01", GOVERNMENT):
        words = await home_words(restricted.person(label))
        assert f"Cause of {REF}" not in words, label
        assert f"{FIGURE}, expected" not in words, label


async def test_nobody_is_offered_a_button_that_is_not_theirs(restricted: County) -> None:
    opens = await restricted.answer(OUTSIDE, f"target {REF}")
    assert Action.REPORT not in [one.action_id for one in opens.buttons]
    assert Action.ACCEPT not in [one.action_id for one in opens.buttons]


async def home_words(client: Client) -> str:
    found = await client.open_home()
    return found.plain() if found else ""


def restrict(session: Session) -> None:
    session.exec(select(Target).where(Target.ref == REF)).one().restricted = True
