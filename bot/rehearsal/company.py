"""The company: people who find their messages, press the real buttons and fill in the forms.

It owns what each of them does with their hands. When the bot does not answer they do what a
person does: wait until it is back, and try again.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

from bot.rehearsal.commentary import actions_in, commentary
from bot.rehearsal.parts import Part, Way
from bot.rehearsal.playhouse import CENTRAL_ID, COMMAND
from bot.rehearsal.timetable import USUAL, Manner
from messages.forms.figure_step import CONFIRMED, DISPUTED, NO_FIGURE
from messages.ids import Action, Block
from messages.values import pack_target
from rules.quarters import Quarter
from workspace.deliveries import AppDidNotAnswer
from workspace.filling import CannotDoThat
from workspace.people import Client
from workspace.seen import Message, Modal

Result = TypeVar("Result")
TRIES = 12
SLIP = "about what we hoped"
"""What somebody types where a figure is wanted, before they put it right."""


class NothingToPressError(LookupError):
    """The message with the wanted button is not there, or not there yet."""


class ReturnNotTakenError(AssertionError):
    """The bot did not take a return as it was filled in."""


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody's hands. `revive` brings the bot back when it has died, or gives it a moment."""

    revive: Callable[[], Awaitable[object]]

    async def report(
        self,
        client: Client,
        part: Part,
        number: int,
        quarter: Quarter,
        manner: Manner = USUAL,
    ) -> None:
        """A lead reports one target, step by step. Raises `ReturnNotTakenError`."""
        message = _with_button(client.dm(), Action.REPORT, pack_target(number, quarter))
        await self._report(client, message, part, number, quarter, manner)

    async def report_in_place(
        self, client: Client, part: Part, number: int, quarter: Quarter, manner: Manner = USUAL
    ) -> None:
        """Somebody who may looks a lead's target up and reports it for them."""
        value = pack_target(number, quarter)
        await self.change(lambda: client.command(COMMAND, f"target {part.ref} {quarter.label}"))
        try:
            await client.wait_for(lambda: _any_with(client.ephemerals, Action.REPORT, value), 3.0)
        except TimeoutError:
            raise NothingToPressError(f"{part.ref} cannot be reported in place.") from None
        message = _with_button(client.ephemerals, Action.REPORT, value)
        await self._report(client, message, part, number, quarter, manner)

    async def _report(
        self,
        client: Client,
        message: Message,
        part: Part,
        number: int,
        quarter: Quarter,
        manner: Manner,
    ) -> None:
        await self._until_open(client, message, pack_target(number, quarter))
        for _ in range(TRIES):
            own = client.modal
            try:
                async with own_form(client):
                    await self._fill_in(client, part, quarter, manner)
            except (CannotDoThat, ReturnNotTakenError):
                if own is None or client.modal is None or client.modal.id == own.id:
                    raise
                # Pressed twice, the form has opened again over this one: that is filled in now.
            else:
                return
        raise ReturnNotTakenError(f"{part.ref}: the form opened {TRIES} times.")

    async def _fill_in(self, client: Client, part: Part, quarter: Quarter, manner: Manner) -> None:
        if manner.errs_first and part.figure is not None:
            await self._type(client, Block.FIGURE, SLIP)
            await self.change(client.submit)
        await self._fill_figure(client, part, quarter)
        outcome = await self.change(client.submit)
        if outcome.errors:
            raise ReturnNotTakenError(f"{part.ref}: {outcome.errors}")
        await self._fill_commentary(client, part, quarter, manner)
        outcome = await self.change(client.submit)
        if client.modal is not None and not outcome.errors:
            # The coach had something to say: whoever is in a hurry sends it as it is.
            outcome = await self.change(client.submit)
        if outcome.errors or client.modal is not None:
            raise ReturnNotTakenError(f"{part.ref}: {outcome.errors}")

    async def acknowledge(self, client: Client, asked: Collection[str] | None = None) -> int:
        """A sponsor acknowledges everything that is asked of them; how much that was.

        With `asked`, only what is among it: a reminder's button stays when all is done.
        """
        pressed: set[str] = set()
        for message in client.dm():
            for value in _values(message, Action.ACKNOWLEDGE):
                if value not in pressed and (asked is None or value in asked):
                    await self.change(
                        _pressing_while_there(client, message, Action.ACKNOWLEDGE, value)
                    )
                    pressed.add(value)
        return len(pressed)

    async def confirm_board(self, client: Client) -> None:
        """The central team confirms the suggested board date."""
        message = _with_button(client.messages(CENTRAL_ID), Action.CONFIRM_BOARD, None)
        await self.change(_pressing_while_there(client, message, Action.CONFIRM_BOARD, None))

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
            await self._type(client, Block.FIGURE, format(part.figure, "f"))
        doubts = {Way.DISPUTED: [DISPUTED], Way.NO_FIGURE: [NO_FIGURE]}.get(part.way, [])
        if doubts:
            await self._type(client, Block.FIGURE_DOUBTS, doubts)
        await self._type(client, Block.SOURCE, "Illustrative")
        await self._type(client, Block.AS_AT, quarter.end.isoformat())
        await self._type(client, Block.QUALITY, [CONFIRMED])

    async def _fill_commentary(
        self, client: Client, part: Part, quarter: Quarter, manner: Manner
    ) -> None:
        if "action.0.text" in _blocks(client.modal):
            await self._make_room(client, actions_in(manner))
        shown = _blocks(client.modal)
        said = commentary(part, quarter.end, _new_risk_row(shown), manner.length)
        for block, value in said.items():
            if block in shown:
                await self._type(client, block, value)

    async def _type(self, client: Client, block: str, value: object) -> None:
        """Fill in a field and go on, without a pause after text and where the bot is away.

        What is chosen or ticked tells the bot all that was typed so far, as a draft.
        """
        with suppress(AppDidNotAnswer):
            await client.fill(block, value, pauses=False)

    async def _make_room(self, client: Client, rows: int) -> None:
        """Press for another action until the form has room for so many."""
        for row in range(1, rows):
            await self._insist(_pressing(client, client.modal, Action.ADD_ACTION, None))
            await client.wait_for(lambda: f"action.{row}.text" in _blocks(client.modal))  # noqa: B023  # awaited at once

    async def _insist(self, gesture: Callable[[], Awaitable[Result]]) -> Result:
        """Do something, again when the bot did not answer and is back."""
        for _ in range(TRIES):
            try:
                return await gesture()
            except AppDidNotAnswer:
                await self.revive()
        raise AppDidNotAnswer(f"not in {TRIES} tries")


@asynccontextmanager
async def own_form(client: Client) -> AsyncIterator[None]:
    """Where a form cannot be filled in it is closed; one that others opened stays as it is."""
    own = client.modal
    try:
        yield
    except Exception:
        if own is not None and client.modal is not None and client.modal.id == own.id:
            await client.close()
        raise


def _new_risk_row(shown: frozenset[str]) -> int:
    """The row for a risk that is not in the register yet: the last one on the form."""
    rows = [int(block.split(".")[1]) for block in shown if block.startswith("risk.")]
    return max(rows, default=0)


def _pressing(
    client: Client, surface: Message | Modal | None, action: str, value: str | None
) -> Callable[[], Awaitable[None]]:
    async def press() -> None:
        if surface is None:
            raise NothingToPressError("The form is gone.")
        await client.press(surface, action, value=value)

    return press


def _pressing_while_there(
    client: Client, message: Message, action: str, value: str | None
) -> Callable[[], Awaitable[None]]:
    """Press a button that goes when it has done its work: who finds it gone has been heard."""

    async def press() -> None:
        for standing in client.messages(message.channel):
            values = _values(standing, action) if standing.ts == message.ts else []
            if values and (value is None or value in values):
                await client.press(standing, action, value=value)

    return press


def _with_button(messages: list[Message], action: str, value: str | None) -> Message:
    """The newest message with a button, by its action and its value."""
    for message in reversed(messages):
        values = _values(message, action)
        if values and (value is None or value in values):
            return message
    raise NothingToPressError(f"No message has a button {action} {value or ''}.")


def _any_with(messages: list[Message], action: str, value: str) -> bool:
    return any(value in _values(message, action) for message in messages)


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
