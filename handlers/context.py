"""What listeners are given: a desk that runs flows, a clock, and a voice.

It owns that hand-over and the wording of answers. It must not decide anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlmodel import Session

from messages.markup import Directory, Payload
from messages.notices import Notice
from messages.say import Voice

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Flow = Callable[Concatenate[Session, Arguments], Result]


class Desk(Protocol):
    """Runs a flow in one transaction, away from the event loop."""

    async def write(
        self,
        flow: Callable[Concatenate[Session, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run a flow that may change something."""
        ...

    async def read(
        self,
        flow: Callable[Concatenate[Session, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run a flow that only reads."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware."""
        ...


class Nobody:
    """A directory of nobody, for answers that name nobody."""

    def slack_id(self, number: int) -> str | None:  # noqa: ARG002  # nobody has one
        """No Slack id."""
        return None

    def label(self, number: int) -> str:
        """The number itself, as nobody has a name here."""
        return f"person {number}"


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a listener may use."""

    desk: Desk
    clock: Clock
    voice: Voice
    directory: Callable[[Session], Directory]
    command: str

    def say_without_names(self, notice: Notice) -> tuple[Payload, ...]:
        """Word an answer that names nobody, without asking the database."""
        return self.voice.say(notice, Nobody(), tables=False)

    async def say(self, notice: Notice) -> tuple[Payload, ...]:
        """Word an answer. Tables are left out: not every surface of an answer takes them."""
        people = await self.desk.read(self.directory)
        return self.voice.say(notice, people, tables=False)

    async def say_in_view(self) -> Callable[[Notice], Payload]:
        """A way to word notices as the blocks of one view, with everybody's names at hand."""
        people = await self.desk.read(self.directory)
        return lambda notice: self.voice.say_in_view(notice, people)

    async def say_as_answer(self) -> Callable[[Notice], tuple[Payload, ...]]:
        """A way to word answers, with everybody's names at hand, to see how long they are."""
        people = await self.desk.read(self.directory)
        return lambda notice: self.voice.say(notice, people, tables=False)
