"""The company: people who find their messages, press the real buttons and fill in the forms.

It owns what each of them does with their hands. When the bot does not answer they do what a
person does: wait until it is back, and try again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from bot.rehearsal.parts import Part, Way
from bot.rehearsal.playhouse import CENTRAL_ID
from messages.forms.commentary_step import YES
from messages.forms.figure_step import CONFIRMED, DISPUTED, NO_FIGURE
from messages.ids import Action, Block, pack_target
from rules.quarters import Quarter
from rules.vocabulary import GrantExpectation, Status, StatusReason
from workspace.deliveries import AppDidNotAnswer
from workspace.people import Client
from workspace.seen import Message, Modal

Result = TypeVar("Result")
TRIES = 12
PLAN_AHEAD = timedelta(days=90)
FIGURE_AHEAD = timedelta(days=120)


class NothingToPressError(LookupError):
    """The message with the wanted button is not there, or not there yet."""


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody's hands. `revive` brings the bot back when it has died, or gives it a moment."""

    revive: Callable[[], Awaitable[object]]

    async def report(self, client: Client, part: Part, number: int, quarter: Quarter) -> None:
        """A lead reports one target, step by step."""
        message = _with_button(client.dm(), Action.REPORT, pack_target(number, quarter))
        await self._until_open(client, message, pack_target(number, quarter))
        await self._fill_figure(client, part, quarter)
        outcome = await self.change(client.submit)
        if outcome.errors:
            raise AssertionError(f"{part.ref}: {outcome.errors}")
        await self._fill_commentary(client, part, quarter)
        outcome = await self.change(client.submit)
        if outcome.errors or client.modal is not None:
            raise AssertionError(f"{part.ref}: {outcome.errors}")

    async def acknowledge(self, client: Client) -> int:
        """A sponsor acknowledges everything that is asked of them; how much that was."""
        pressed: set[str] = set()
        for message in client.dm():
            for value in _values(message, Action.ACKNOWLEDGE):
                if value not in pressed:
                    await self.change(_pressing(client, message, Action.ACKNOWLEDGE, value))
                    pressed.add(value)
        return len(pressed)

    async def confirm_board(self, client: Client) -> None:
        """The central team confirms the suggested board date."""
        message = _with_button(client.messages(CENTRAL_ID), Action.CONFIRM_BOARD, None)
        await self.change(_pressing(client, message, Action.CONFIRM_BOARD, None))

    async def change(self, gesture: Callable[[], Awaitable[Result]]) -> Result:
        """Do something that changes the records."""
        return await self._insist(gesture)

    async def _until_open(self, client: Client, message: Message, value: str) -> None:
        for _ in range(TRIES):
            await self._insist(_pressing(client, message, Action.REPORT, value))
            try:
                await client.wait_for(lambda: client.modal is not None, 3.0)
            except TimeoutError:
                await self.revive()
            else:
                return
        raise NothingToPressError("The form did not open.")

    async def _fill_figure(self, client: Client, part: Part, quarter: Quarter) -> None:
        if part.figure is not None:
            await client.fill(Block.FIGURE, format(part.figure, "f"))
        doubts = {Way.DISPUTED: [DISPUTED], Way.NO_FIGURE: [NO_FIGURE]}.get(part.way, [])
        if doubts:
            await client.fill(Block.FIGURE_DOUBTS, doubts)
        await client.fill(Block.SOURCE, "Illustrative")
        await client.fill(Block.AS_AT, quarter.end.isoformat())
        await client.fill(Block.QUALITY, [CONFIRMED])

    async def _fill_commentary(self, client: Client, part: Part, quarter: Quarter) -> None:
        shown = _blocks(client.modal)
        for block, value in _commentary(part, quarter.end, _new_risk_row(shown)).items():
            if block in shown:
                await client.fill(block, value)

    async def _insist(self, gesture: Callable[[], Awaitable[Result]]) -> Result:
        """Do something, again when the bot did not answer and is back."""
        for _ in range(TRIES):
            try:
                return await gesture()
            except AppDidNotAnswer:
                await self.revive()
        raise AppDidNotAnswer(f"not in {TRIES} tries")


def _commentary(part: Part, end: date, risk_row: int) -> dict[str, object]:
    """Everything a lead might be asked in the second step, by block."""
    said: dict[str, object] = {
        Block.CAUSE: f"Illustrative cause for {part.title}.",
        "action.0.text": "Illustrative action to bring it back on track",
        "action.0.owner": "delivery group",
        "action.0.due_on": (end + PLAN_AHEAD).isoformat(),
        Block.RISKS_REVIEWED: [YES],
        Block.REASON: _reason(part).value,
        Block.REASON_TEXT: part.line.wording if part.line and part.line.wording else "Illustrative",
        Block.EXPECTED_ON: (end + FIGURE_AHEAD).isoformat(),
    }
    if part.line and part.line.significant_concern:
        said[Block.CONCERN] = [YES]
    said[Block.GRANT] = (part.grant or GrantExpectation.NOT_AVAILABLE).value
    if part.risk:
        likelihood, impact = part.risk
        said |= {
            f"risk.{risk_row}.text": "Illustrative risk",
            f"risk.{risk_row}.likelihood": str(likelihood),
            f"risk.{risk_row}.impact": str(impact),
            f"risk.{risk_row}.mitigation": "Reviewed every month",
        }
    return said


def _new_risk_row(shown: frozenset[str]) -> int:
    """The row for a risk that is not in the register yet: the last one on the form."""
    rows = [int(block.split(".")[1]) for block in shown if block.startswith("risk.")]
    return max(rows, default=0)


def _reason(part: Part) -> StatusReason:
    if part.wanted is Status.NO_DATA:
        return StatusReason.AWAITING_RELEASE
    return StatusReason.BASE_DATA_DOUBT


def _pressing(
    client: Client, message: Message, action: str, value: str | None
) -> Callable[[], Awaitable[None]]:
    async def press() -> None:
        await client.press(message, action, value=value)

    return press


def _with_button(messages: list[Message], action: str, value: str | None) -> Message:
    """The newest message with a button, by its action and its value."""
    for message in reversed(messages):
        values = _values(message, action)
        if values and (value is None or value in values):
            return message
    raise NothingToPressError(f"No message has a button {action} {value or ''}.")


def _values(message: Message, action: str) -> list[str]:
    return [
        str(element.get("value", ""))
        for block in message.blocks
        for element in (*block.get("elements", ()), block.get("accessory") or {})
        if element.get("action_id") == action
    ]


def _blocks(modal: Modal | None) -> frozenset[str]:
    if modal is None:
        return frozenset()
    return frozenset(str(block.get("block_id", "")) for block in modal.blocks)
