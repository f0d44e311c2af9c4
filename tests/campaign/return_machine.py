"""The return against a model of it: whatever people do and whenever the bot dies, it is whole.

The steps are those of people and of the calendar, in any order, each in one transaction, with
a death possible at the end of any. A form is taken once, however often it comes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.rehearsal.parts import Part
from flows import cycle
from flows.cycle import Cycle
from flows.report_target import take_figure
from flows.run_quarter import Opening, open_by_hand
from flows.submit_return import Submitted, submit
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.vocabulary import ReturnState
from store.tables import AuditEntry, OutboxRow, ReturnRow
from tests.flows.office import Office
from tests.sample import CLOSES, OPENS, QUARTER, commentary_step, figure_step, london

Result = TypeVar("Result")
TARGETS = ("LAA2-NI154", "LAA1-02")
REFS = st.sampled_from(TARGETS)
CENTRAL = "central-team-01"
FIGURES = st.sampled_from(["as the data say", "1,300", "many", ""])
LATER = st.sampled_from([london(10, 24).date(), london(10, 27).date()])
MOST_MOVES = 2  # it takes longer than all the rest
HOURS = st.sampled_from([1, 24, 24 * 9])
AUDITED = select(AuditEntry.subject).where(AuditEntry.action == "submit return")
RECEIPTS = select(OutboxRow.key).where(col(OutboxRow.key).startswith("received:"))
AT_REST = {ReturnState.ACCEPTED, ReturnState.LOCKED, ReturnState.LAPSED}


class DiedError(Exception):
    """The process ended before its transaction was kept."""


class ReturnMachine(RuleBasedStateMachine):
    """A few targets' returns of one quarter. `openings` gives it as its window has opened."""

    openings: ClassVar[Iterator[Office]]
    parts: ClassVar[Mapping[str, Part]]

    def __init__(self) -> None:
        super().__init__()
        self.office = next(self.openings)
        self.now = OPENS
        self.is_closed = self.touched = False
        self.moves = 0
        self.kept = dict.fromkeys(TARGETS, 0)
        self.taken: set[str] = set()

    def do(self, act: Callable[[Session], Result], *, dies: bool) -> Result | None:
        """Run a flow; nothing of it stays when the process dies before the end."""

        def run(session: Session) -> Result:
            result = act(session)
            if dies:
                session.flush()
                raise DiedError
            return result

        self.touched = True
        try:
            return self.office.do(run)
        except DiedError:
            return None

    # what people do

    @rule(ref=REFS, typed=FIGURES, dies=st.booleans())
    def type_a_figure(self, *, ref: str, typed: str, dies: bool) -> None:
        answer = self._figure(ref, typed)
        who, number = self._lead(ref), self.office.numbers[ref]
        self.do(lambda s: take_figure(s, who, number, QUARTER, answer, self.now), dies=dies)

    @rule(ref=REFS, form=st.integers(1, 4), whole=st.booleans(), dies=st.booleans())
    def send_a_form(self, *, ref: str, form: int, whole: bool, dies: bool) -> None:
        answer = commentary_step(self.parts[ref]) if whole else CommentaryAnswer(cause=" ")
        name = f"{ref} form {form}"
        who, number = self._lead(ref), self.office.numbers[ref]
        found = self.do(
            lambda s: submit(s, who, number, QUARTER, answer, name, self.now), dies=dies
        )
        if isinstance(found, Submitted):
            assert found.again is (name in self.taken)
            assert found.again or self._is_open()
            self.kept[ref] += not found.again
            self.taken.add(name)

    @precondition(lambda self: self.moves < MOST_MOVES)
    @rule(day=LATER, dies=st.booleans())
    def move_the_due_day(self, *, day: date, dies: bool) -> None:
        self.moves += 1
        central = self.office.slack_ids[CENTRAL]
        self.do(lambda s: open_by_hand(s, central, Opening(QUARTER, day), self.now), dies=dies)

    # what the calendar does

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.now >= CLOSES and not self.is_closed)
    @rule()
    def the_bot_ticks(self) -> None:
        self.touched = True
        self.office.tick(self.now)
        self.is_closed = not self._planned().is_open

    def _is_open(self) -> bool:
        planned = self._planned()
        return planned.is_open and self.now < planned.calendar.closes_at

    def _planned(self) -> Cycle:
        with self.office.database.reading() as session:
            return cycle.of(session, QUARTER)

    def _lead(self, ref: str) -> str:
        return self.office.slack_ids[self.parts[ref].lead or ""]

    def _figure(self, ref: str, typed: str) -> FigureAnswer:
        answer = figure_step(self.parts[ref])
        return answer if typed == "as the data say" else replace(answer, figure=typed)

    # what must hold

    @precondition(lambda self: self.touched)
    @invariant()
    def every_version_stands_whole(self) -> None:
        """Versions grow one by one, each with its audit entry and its receipt."""
        self.touched = False
        with self.office.database.reading() as session:
            rows, audited = session.exec(self._rows()).all(), session.exec(AUDITED).all()
            receipts = session.exec(RECEIPTS).all()
        for ref, kept in self.kept.items():
            versions = [row for row in rows if row.target_id == self.office.numbers[ref]]
            lapsed = self.is_closed and not kept
            assert [row.version for row in versions] == [*range(1, kept + lapsed + 1)]
            assert not self.is_closed or versions[-1].state in AT_REST
        each = [(ref, version) for ref, kept in self.kept.items() for version in _first(kept)]
        assert sorted(audited) == sorted(f"{ref}:{QUARTER}:v{version}" for ref, version in each)
        told = {key.rpartition(":")[0] for key in receipts}
        assert told == {f"received:{QUARTER}:{ref}:v{version}" for ref, version in each}

    def _rows(self) -> SelectOfScalar[ReturnRow]:
        numbers = [self.office.numbers[ref] for ref in TARGETS]
        return (
            select(ReturnRow)
            .where(ReturnRow.quarter == QUARTER, col(ReturnRow.target_id).in_(numbers))
            .order_by(col(ReturnRow.version))
        )


def _first(count: int) -> range:
    return range(1, count + 1)
