"""The return's form: another colour, risks, evidence, last time's words, and six clicks."""

from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal.playhouse import CENTRAL_ID
from messages.forms.commentary_step import YES
from messages.forms.figure_step import CONFIRMED
from messages.ids import Action, Block
from tests.journeys.county import (
    County,
    asks,
    ephemeral_after,
    fill_commentary,
    fill_figure,
    said_last_time,
)
from tests.sample import OPENS
from workspace.people import Client
from workspace.seen import Message

LEAD, REF, STRETCH = "target-lead-19", "LAA2-NI154", "LAA1-03"
STRETCH_LEAD, CENTRAL = "target-lead-03", "central-team-01"
REASON = "Twelve homes were finished on the last day and are not in the register yet."


@dataclass
class Counting:
    """Somebody whose clicks and typed fields are counted."""

    client: Client
    clicks: int = 0
    typed: list[str] = field(default_factory=list)

    async def click(self, block: str, value: object) -> None:
        self.clicks += 1
        await self.client.fill(block, value)

    async def type(self, block: str, value: str) -> None:
        self.typed.append(block)
        await self.client.fill(block, value)

    async def send(self) -> Any:
        self.clicks += 1
        return await self.client.submit()


async def second_step(county: County, client: Client, figure: str, ref: str = REF) -> None:
    await county.open_return(client, ref)
    await fill_figure(client, figure)
    assert not (await client.submit()).errors


async def propose(client: Client, colour: str, awaited: str) -> None:
    """Choose another colour and wait for the form to ask what it needs."""
    await client.fill(Block.PROPOSED, colour)
    await client.wait_for(lambda: client.modal and awaited in client.modal.plain())


def asked_of_central(county: County) -> Message:
    return next(
        message
        for message in reversed(county.person(CENTRAL).messages(CENTRAL_ID))
        if "proposed in place of" in message.plain()
    )


async def test_a_green_target_takes_at_most_six_clicks_and_one_figure(county: County) -> None:
    number = county.numbers[STRETCH]
    await county.bot.desk.write(said_last_time, number, "Housing register", "")
    await county.at(OPENS)
    lead = county.person(STRETCH_LEAD)
    counting = Counting(lead)
    await county.open_return(lead, STRETCH)
    counting.clicks += 1
    await counting.type(Block.FIGURE, "100000")
    await counting.click(Block.QUALITY, [CONFIRMED])
    first = await counting.send()
    assert not first.errors
    assert "■ GREEN" in first.view.plain()
    await counting.click(Block.RISKS_REVIEWED, [YES])
    assert not (await counting.send()).errors
    assert lead.modal is None
    assert counting.clicks <= 6
    assert counting.typed == [Block.FIGURE]
    await county.settle()
    assert "GREEN" in lead.dm()[-1].plain()


async def test_a_worse_colour_asks_at_once_for_what_it_needs_and_holds(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await second_step(county, lead, "1200")
    assert lead.modal is not None
    assert Block.CAUSE not in lead.modal.values
    await lead.fill(Block.EVIDENCE, "https://example.org/count")
    await propose(lead, "RED", "You set ● RED in place of ■ GREEN")
    assert Block.CAUSE in lead.modal.values
    assert lead.modal.values[Block.EVIDENCE] == "https://example.org/count"
    await fill_commentary(lead, "Half of them stand empty.")
    outcome = await lead.submit()
    assert set(outcome.errors) == {Block.PROPOSED_REASON}
    await lead.fill(Block.PROPOSED_REASON, "The count is of homes that nobody can live in.")
    assert not (await lead.submit()).errors
    assert lead.modal is None
    await county.settle()
    receipt = lead.dm()[-1].plain()
    assert "LAA2-NI154 is reported: ● RED" in receipt
    assert "By its criteria it would be ■ GREEN" in receipt
    assert "https://example.org/count" in receipt


async def test_taking_another_colour_back_brings_back_what_was_typed(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await second_step(county, lead, "1000")
    await fill_commentary(lead, "Two sites started late.")
    await propose(lead, "UNCERTAIN", "You set ? UNCERTAIN")
    assert lead.modal is not None
    assert Block.CAUSE not in lead.modal.values
    await lead.fill(Block.PROPOSED, "RED")
    await lead.wait_for(lambda: lead.modal and Block.CAUSE in lead.modal.values)
    assert lead.modal.values[Block.CAUSE] == "Two sites started late."
    assert lead.modal.values["action.0.owner"] == "housing lead"


async def propose_green(county: County) -> Client:
    """A lead reports an amber target and proposes green."""
    lead = county.person(LEAD)
    await second_step(county, lead, "1100")
    await propose(lead, "GREEN", "You propose ■ GREEN")
    await fill_commentary(lead, "Two sites started late.")
    await lead.fill(Block.PROPOSED_REASON, REASON)
    assert not (await lead.submit()).errors
    assert lead.modal is None
    await county.settle()
    return lead


async def test_a_better_colour_waits_and_stands_once_the_central_team_agrees(
    county: County,
) -> None:
    await county.at(OPENS)
    lead = await propose_green(county)
    assert "LAA2-NI154 is reported: ▲ AMBER" in lead.dm()[-1].plain()
    assert "■ GREEN is proposed" in lead.dm()[-1].plain()
    asked = asked_of_central(county)
    assert "■ GREEN proposed in place of ▲ AMBER" in asked.plain()
    assert REASON in asked.plain()
    central, other = county.person(CENTRAL), county.person("central-team-02")
    said = await ephemeral_after(central, lambda: central.press(asked, Action.AGREE_COLOUR))
    assert "is ■ GREEN now" in said
    again = await ephemeral_after(other, lambda: other.press(asked, Action.AGREE_COLOUR))
    assert "was agreed" in again
    assert CENTRAL in again
    await county.settle()
    (standing,) = [m for m in central.messages(CENTRAL_ID) if m.ts == asked.ts]
    assert "Agreed by" in standing.plain()
    assert asks(standing) == []
    assert "the central team agreed" in lead.dm()[-1].plain()
    assert "Reported: ■ GREEN" in lead.dm()[0].plain()


async def test_a_better_colour_is_not_agreed_to_without_a_reason(county: County) -> None:
    await county.at(OPENS)
    lead = await propose_green(county)
    central, asked = county.person(CENTRAL), asked_of_central(county)
    await central.press(asked, Action.KEEP_COLOUR)
    await central.wait_for(lambda: central.modal)
    assert central.modal is not None
    assert REASON in central.modal.plain()
    outcome = await central.submit()
    assert set(outcome.errors) == {Block.DECISION}
    await central.fill(Block.DECISION, "They count next quarter.")
    assert not (await central.submit()).errors
    await county.settle()
    assert "stays ▲ AMBER" in lead.dm()[-1].plain()
    assert "They count next quarter." in lead.dm()[-1].plain()
    (standing,) = [m for m in central.messages(CENTRAL_ID) if m.ts == asked.ts]
    assert "was kept by" in standing.plain()


async def test_a_link_that_is_none_is_said_at_its_field(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await second_step(county, lead, "1200")
    await lead.fill(Block.RISKS_REVIEWED, [YES])
    await lead.fill(Block.EVIDENCE, "our shared drive")
    outcome = await lead.submit()
    assert set(outcome.errors) == {Block.EVIDENCE}
    assert "https://" in outcome.errors[Block.EVIDENCE]


async def test_the_wrong_unit_is_said_with_what_to_enter(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    for typed in ("47%", "£3.5m", "1.200,5"):
        await fill_figure(lead, typed)
        outcome = await lead.submit()
        assert set(outcome.errors) == {Block.FIGURE}
        assert "without a % or £ sign" in outcome.errors[Block.FIGURE]
        assert "Your other answers are kept." in outcome.errors[Block.FIGURE]


async def test_a_risk_comes_back_from_the_register_and_can_be_closed(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await second_step(county, lead, "1000")
    await fill_commentary(lead, "Two sites started late.")
    new = next(b for b in lead.modal.values if b.startswith("risk.") and b.endswith(".text"))  # type: ignore[union-attr]  # it is open
    row = new.split(".")[1]
    await lead.fill(f"risk.{row}.text", "A developer withdraws")
    await lead.fill(f"risk.{row}.likelihood", "4")
    await lead.fill(f"risk.{row}.impact", "4")
    await lead.fill(f"risk.{row}.owner", "housing lead")
    await lead.fill(f"risk.{row}.review_on", "2008-12-01")
    assert not (await lead.submit()).errors
    await second_step(county, lead, "1001")
    assert lead.modal is not None
    assert lead.modal.values[f"risk.{row}.owner"] == "housing lead"
    assert lead.modal.values[f"risk.{row}.review_on"] == "2008-12-01"
    await lead.fill(Block.RISKS_REVIEWED, [YES])
    await lead.fill(f"risk.{row}.closed", ["over"])
    assert not (await lead.submit()).errors
    await county.settle()
    assert "Highest risk" not in lead.dm()[-1].plain()
