"""A sponsor acknowledges; the board reads the digest and its thread."""

import pytest

from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from messages.ids import Action, Block
from tests.journeys.county import County, ephemeral_after
from tests.sample import MANAGER_TOLD, OPENS, PACK, PREVIEW, RUN, SPONSORS_REMINDED

SPONSOR, LEAD, REF = "sponsor-09", "target-lead-19", "LAA2-NI154"


@pytest.fixture
async def escalated(county: County) -> County:
    """Two targets are red or amber for the second time and the run was made."""
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.report_red(lead, REF, "1000")
    await county.report_red(lead, "LAA2-NI155", "280")
    await county.report_red(county.person("target-lead-06"), "LAA1-06", "60")
    await county.report_red(county.person("target-lead-03"), "LAA1-03", "95")
    await county.at(RUN)
    return county


async def test_one_sponsor_from_escalation_to_acknowledgement_with_a_note(
    escalated: County,
) -> None:
    sponsor = escalated.person(SPONSOR)
    (told,) = sponsor.dm()
    assert REF in told.plain()
    assert f"Cause of {REF}." in told.plain()
    assert "1,000" in told.plain()
    assert "1,200" in told.plain()
    await sponsor.press(told, Action.ACKNOWLEDGE_WITH_NOTE)
    await sponsor.wait_for(lambda: sponsor.modal)
    await sponsor.fill(Block.NOTE, "I will raise this with the districts.")
    assert (await sponsor.submit()).closed
    await escalated.settle()
    (told,) = sponsor.dm()
    assert told.edited
    assert "acknowledged" in told.plain().casefold()
    assert "I will raise this with the districts." in told.plain()
    assert not [b for b in told.buttons if b.action_id.startswith(Action.ACKNOWLEDGE)]
    heard = escalated.person(LEAD).dm()[-1].plain()
    assert "I will raise this with the districts." in heard


async def test_one_press_is_enough_and_a_second_is_told_when_it_was_done(
    escalated: County,
) -> None:
    sponsor = escalated.person(SPONSOR)
    (told,) = sponsor.dm()
    await sponsor.press(told, Action.ACKNOWLEDGE)
    words = await ephemeral_after(sponsor, lambda: sponsor.press(told, Action.ACKNOWLEDGE))
    assert f"{REF} Net additional homes provided was acknowledged" in words
    assert SPONSOR in words
    await escalated.settle()
    acknowledged = [m for m in escalated.person(LEAD).dm() if "has acknowledged" in m.plain()]
    assert len(acknowledged) == 1


async def test_the_sponsor_opens_the_target_beside_the_message(escalated: County) -> None:
    sponsor = escalated.person(SPONSOR)
    await sponsor.press(sponsor.dm()[0], Action.OPEN_TARGET)
    await sponsor.wait_for(lambda: sponsor.modal)
    assert sponsor.modal is not None
    assert f"{REF} Net additional homes provided" in sponsor.modal.plain()
    assert "Bring two sites forward" in sponsor.modal.plain()


async def test_a_sponsor_who_does_not_answer_is_reminded_and_then_the_manager_is_told(
    escalated: County,
) -> None:
    first, second = escalated.person(SPONSOR), escalated.person("sponsor-01")
    await first.press(first.dm()[0], Action.ACKNOWLEDGE)
    await escalated.until((*SPONSORS_REMINDED, MANAGER_TOLD))
    assert len(first.dm()) == 1
    assert len(second.dm()) == 3
    manager = escalated.person("laa-manager-01")
    assert "LAA1-06" in manager.dm()[-1].plain()
    assert REF not in manager.dm()[-1].plain()


async def test_the_board_reads_the_digest_and_its_thread(escalated: County) -> None:
    central = escalated.person("central-team-01")
    opened = central.messages(CENTRAL_ID)[0]
    await central.press(opened, Action.CONFIRM_BOARD)
    await escalated.until((PREVIEW, PACK))
    chair = escalated.person("psb-chair-01")
    (parent,) = chair.messages(BOARD_ID)
    assert "For the board of Wednesday 19 November" in parent.plain()
    assert "Escalations: 2 targets; 0 acknowledgements in, 2 outstanding" in parent.plain()
    assert "Details in the thread" in parent.plain()
    thread = chair.thread(BOARD_ID, parent.ts)[1:]
    words = "\n".join(message.plain() for message in thread)
    assert len(thread) >= 8
    for expected in (f"Cause of {REF}.", "Annex 1", "Annex 2", "October to December 2008"):
        assert expected in words
    preview = [m for m in central.messages(CENTRAL_ID) if "preview" in m.plain().casefold()]
    assert len(preview) == 1


async def test_nothing_reaches_the_board_before_its_date_is_confirmed(escalated: County) -> None:
    await escalated.until((PREVIEW, PACK))
    chair, central = escalated.person("psb-chair-01"), escalated.person("central-team-01")
    assert chair.messages(BOARD_ID) == []
    held = central.messages(CENTRAL_ID)[-1]
    assert [b.action_id for b in held.buttons][:1] == [Action.CONFIRM_BOARD]
    await central.press(held, Action.CONFIRM_BOARD)
    await escalated.settle()
    assert len(chair.messages(BOARD_ID)) == 1
