"""People who follow a script: who does what, and when.

Owns the order of the steps; what a step does is handed in, and so is the time.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from workspace.people import Client

Doing = Callable[[Client], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Step:
    """At an instant, one person does one thing. ``what`` says it in words."""

    at: datetime
    who: str
    what: str
    does: Doing


@dataclass(slots=True)
class Script:
    """Steps in the order of their instants, each given out once."""

    steps: list[Step] = field(default_factory=list)

    def add(self, steps: Iterable[Step]) -> None:
        """Take more steps in; of the same instant, the one added first goes first."""
        self.steps = sorted([*self.steps, *steps], key=lambda step: step.at)

    def due(self, now: datetime) -> list[Step]:
        """Give the steps whose time has come, and give them no more."""
        come = [step for step in self.steps if step.at <= now]
        self.steps = [step for step in self.steps if step.at > now]
        return come

    def next_at(self) -> datetime | None:
        """Tell when the next step is, None when none is left."""
        return self.steps[0].at if self.steps else None
