"""Scripted people: whoever nobody plays does what their temper has them do.

It owns who is about to act, and leaving alone what somebody has done already or is doing just
now. What hands do is `bot/rehearsal/company.py`'s. It must not move the clock, and never fails
because of what people on the page do.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.demo import dates
from bot.rehearsal.company import Company, NothingToPressError, ReturnNotTakenError
from bot.rehearsal.inventions import invent
from bot.rehearsal.parts import Part, Way, cast
from bot.rehearsal.playhouse import administrators
from bot.rehearsal.timetable import Does, Step, timetable
from flows import cycle, owing
from messages.values import pack_target
from rules.quarters import Quarter
from store import escalations, quarters
from store.database import Database
from store.importing.programme import Programme
from workspace.deliveries import AppDidNotAnswer
from workspace.filling import CannotDoThat
from workspace.people import Client
from workspace.runs import News, Run
from workspace.server import Workspace
from workspace.tempers import Tempers

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=20)
LONGEST_WAIT = timedelta(hours=2)
LEFT = (
    NothingToPressError,
    ReturnNotTakenError,
    CannotDoThat,
    AppDidNotAnswer,
    TimeoutError,
    KeyError,
)
SAID = {
    Way.DISPUTED: "{who} reported {figure} on “{title}”, in doubt",
    Way.NO_FIGURE: "{who} reported that there is no figure for “{title}”",
    Way.PLAN: "{who} reported on “{title}” by its delivery plan",
}
REPORTED = "{who} reported {figure} on “{title}”"


@dataclass(frozen=True, slots=True)
class Line:
    """A step in its quarter; `since` is when it was first tried and had to wait."""

    quarter: Quarter
    step: Step
    since: datetime | None = None


@dataclass
class ScriptedPeople:
    """Everybody's steps in the quarters whose windows have opened, up to publishing.

    Whose hour has passed unseen, as in a jump, does it at once.
    """

    workspace: Workspace
    database: Database
    clock: Clock
    programme: Programme
    company: Company
    tempers: Tempers
    seed: int = 0
    lines: list[Line] = field(default_factory=list)
    _planned: set[Quarter] = field(default_factory=set)

    async def plan(self) -> None:
        """Take in what people mean to do in every window that has opened."""
        self.lines.extend(await asyncio.to_thread(self._read, self._new))

    def next_at(self) -> datetime | None:
        """When somebody acts next, or none."""
        return min((line.step.at for line in self.lines), default=None)

    async def act(self, run: Run) -> bool:
        """Let whoever's hour came first do what they mean to; whether there was anybody."""
        line = min(self.lines, key=_at, default=None)
        if line is None or line.step.at > self.clock.now():
            return False
        self.lines.remove(line)
        words = await self._try(line)
        if words:
            run.tell(News(self.clock.now(), words))
        return True

    def _read(self, query: Callable[[Session], list[Line]]) -> list[Line]:
        with self.database.reading() as session:
            return query(session)

    def _new(self, session: Session) -> list[Line]:
        lines = []
        for quarter in dates.unpublished(session):
            if quarter not in self._planned:
                lines.extend(self._of(session, quarter))
                self._planned.add(quarter)
        return lines

    def _of(self, session: Session, quarter: Quarter) -> list[Line]:
        planned = cycle.of(session, quarter)
        owed = self._owed(session, quarter) or {}
        sponsors = {one.sponsor for one in self.programme.targets if one.sponsor}
        steps = timetable(
            planned.calendar,
            planned.days,
            [part for part in self._parts(quarter) if part.ref in owed],
            sponsors,
            None if planned.calendar.board_confirmed else self._central(),
            self.tempers,
        )
        return [Line(quarter, step) for step in steps]

    def _parts(self, quarter: Quarter) -> tuple[Part, ...]:
        if quarter in self.programme.quarters:
            return cast(self.programme, quarter)
        return invent(self.programme, quarter, self.seed)

    def _central(self) -> str | None:
        found = administrators(self.programme)
        return found[0].label if found else None

    async def _try(self, line: Line) -> str:
        """Do a step; what is to be said of it, if anything."""
        client = self._client(line.step.who)
        if client.modal is not None:
            return self._wait(line, f"{self._who(line.step)} has a form open: left to you")
        try:
            return await self._do(client, line)
        except NothingToPressError:
            return self._wait(line, "")
        except LEFT as why:
            log.info("%s at %s was left: %r", line.step.does.name, line.step.at, why)
            return f"{self._who(line.step)} could not do that now, and leaves it"

    def _wait(self, line: Line, words: str) -> str:
        """Look again a little later; after a while it is left, which is then said."""
        now = self.clock.now()
        since, again = line.since or now, now + PATIENCE
        if again - since > LONGEST_WAIT:
            return words
        self.lines.append(Line(line.quarter, replace(line.step, at=again), since))
        return ""

    async def _do(self, client: Client, line: Line) -> str:
        step = line.step
        if step.does is Does.ACKNOWLEDGE:
            count = await self.company.acknowledge(client, await asyncio.to_thread(self._asked))
            escalations = "1 escalation" if count == 1 else f"{count} escalations"
            return f"{self._who(step)} acknowledged {escalations}" if count else ""
        if step.does is Does.CONFIRM_BOARD:
            await self.company.confirm_board(client)
            return f"{self._who(step)} confirmed the board's date"
        return await self._report(client, line)

    async def _report(self, client: Client, line: Line) -> str:
        part = line.step.part
        if part is None:
            return ""
        owed = await asyncio.to_thread(self._still_owed, line.quarter)
        if owed is None:
            return ""
        number = owed.get(part.ref)
        if number is None:
            return f"{part.ref} was reported already: {self._who(line.step)} leaves it"
        in_place = line.step.does is Does.REPORT_IN_PLACE
        how = self.company.report_in_place if in_place else self.company.report
        await how(client, part, number, line.quarter, line.step.manner)
        figure = format(part.figure, ",f") if part.figure is not None else ""
        words = SAID.get(part.way, REPORTED)
        return words.format(who=self._who(line.step), figure=figure, title=part.title)

    def _still_owed(self, quarter: Quarter) -> dict[str, int] | None:
        with self.database.reading() as session:
            return self._owed(session, quarter)

    def _owed(self, session: Session, quarter: Quarter) -> dict[str, int] | None:
        """What is to be reported: targets' numbers by their refs; none outside the window."""
        if quarter not in dates.open_quarters(session):
            return None
        picture = owing.in_quarter(session, quarter, cycle.today(session, self.clock.now()))
        return {one.ref: one.target for one in picture.owed if not one.reported}

    def _asked(self) -> frozenset[str]:
        """What nobody has acknowledged yet, as the buttons for it are marked."""
        with self.database.reading() as session:
            return frozenset(
                pack_target(one.number, one.quarter)
                for running in quarters.running(session)
                for one in escalations.in_quarter(session, running.quarter)
                if one.event.asks_sponsor and one.acknowledged_at is None
            )

    def _client(self, label: str) -> Client:
        ids = {person.label: person.slack_id for person in self.programme.people}
        return self.workspace.client(ids[label])

    def _who(self, step: Step) -> str:
        """What a person is, in words; by their name where several are the same."""
        person = self._client(step.who).person
        titles = [one.title for one in self.workspace.core.team.people.values()]
        return person.title if titles.count(person.title) == 1 else person.name


def _at(line: Line) -> datetime:
    return line.step.at
