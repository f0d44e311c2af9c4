"""A county at work: a workspace with its people, the bot in the same process, and one clock."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.clock import HandClock
from bot.wiring import Bot
from messages.forms.commentary_step import YES
from messages.forms.figure_step import CONFIRMED
from messages.ids import Action, Block
from messages.values import pack_target
from store import returns
from tests.sample import QUARTER
from workspace.people import Client
from workspace.seen import Message
from workspace.server import Workspace

COMMAND = "/laa"
A_WHILE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class County:
    """Everybody and everything. `numbers` are targets by reference, `ids` people by label."""

    workspace: Workspace
    bot: Bot
    clock: HandClock
    numbers: dict[str, int]
    ids: dict[str, str]

    def person(self, label: str) -> Client:
        """Somebody in Slack, by what they are."""
        return self.workspace.client(self.ids[label])

    async def at(self, instant: datetime) -> None:
        """Move the clock to an instant; what is due then is done and sent."""
        self.clock.move_to(instant)
        self.workspace.clock_moved()
        await self.settle()

    async def settle(self) -> None:
        """Do and send what is due, waiting no longer than a while for Slack's pace."""
        end = self.clock.now() + A_WHILE
        await self.bot.ticker.tick()
        while (following := await self.bot.sender.drain()) is not None and following <= end:
            self.clock.move_to(max(following, self.clock.now() + timedelta(milliseconds=1)))

    async def post(self, channel: str, text: str, rows: list[dict[str, Any]]) -> None:
        """Let the bot have said something, which comes to stand there whatever the faults."""
        log = self.workspace.core.log
        spoiler, log.spoiler = log.spoiler, None
        await self.bot.app.client.chat_postMessage(channel=channel, text=text, blocks=rows)
        log.spoiler = spoiler

    async def until(self, instants: tuple[datetime, ...]) -> None:
        """Let one instant after the other come."""
        for instant in instants:
            await self.at(instant)

    async def command(self, label: str, text: str) -> str:
        """Somebody types the command; the words of the first private answer."""
        return (await self.answer(label, text)).plain()

    async def answer(self, label: str, text: str) -> Message:
        """Somebody types the command; the first private answer.

        On a busy machine it comes after the acknowledgement; the person sees no difference.
        """
        person = self.person(label)
        before = len(person.ephemerals)
        if at_once := await person.command(COMMAND, text):
            return at_once[0]
        await person.wait_for(lambda: len(person.ephemerals) > before)
        return person.ephemerals[before]

    async def open_return(self, client: Client, ref: str) -> None:
        """A lead presses the button of one target, in the newest message that has it."""
        value = pack_target(self.numbers[ref], QUARTER)
        message = newest_with(client.dm(), value)
        await client.press(message, Action.REPORT, value=value)
        await client.wait_for(lambda: client.modal)

    async def report_red(self, client: Client, ref: str, figure: str) -> None:
        """A lead reports a target that turns out red or amber."""
        await self.open_return(client, ref)
        await fill_figure(client, figure)
        assert not (await client.submit()).errors
        await fill_commentary(client, f"Cause of {ref}.")
        outcome = await client.submit()
        assert not outcome.errors
        await self.settle()


def said_last_time(session: Session, target: int, source: str, cause: str) -> None:
    """Last quarter's return as if it had been written here: with a source and a cause."""
    last = returns.in_quarter(session, QUARTER.previous)[target]
    returns.keep(session, replace(last, data_source=source, cause=cause))


async def fill_figure(client: Client, figure: str) -> None:
    """Fill in the first step."""
    await client.fill(Block.FIGURE, figure)
    await client.fill(Block.SOURCE, "Planning system")
    await client.fill(Block.QUALITY, [CONFIRMED])


async def fill_commentary(client: Client, cause: str) -> None:
    """Fill in what a red or amber target needs."""
    await client.fill(Block.CAUSE, cause)
    await client.fill("action.0.text", "Bring two sites forward")
    await client.fill("action.0.owner", "housing lead")
    await client.fill("action.0.due_on", "2009-01-30")
    await client.fill(Block.RISKS_REVIEWED, [YES])


def asks(message: Message) -> list[str]:
    """What a message asks for by its buttons; under every one that stays one can ask why."""
    return [button.label for button in message.buttons if button.action_id != Action.WHY]


def newest_with(messages: list[Message], value: str) -> Message:
    """The newest message with a button of this value."""
    return next(
        message
        for message in reversed(messages)
        if any(button.value == value for button in message.buttons)
    )


async def ephemeral_after(client: Client, act: Callable[[], Awaitable[object]]) -> str:
    """Do something and give the words of the private answer to it."""
    before = len(client.ephemerals)
    await act()
    await client.wait_for(lambda: len(client.ephemerals) > before)
    return client.ephemerals[-1].plain()
