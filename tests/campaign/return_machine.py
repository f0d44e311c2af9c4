"""The return against a model of it: whatever people do and whenever the bot dies, it is whole.

The steps are those of people and of the calendar, in any order, each in one transaction, with
a death possible at the end of any. A form is taken once, however often it comes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from flows.extend import extend
from flows.moving import Named, move_on
from flows.report_target import take_figure
from flows.run_quarter import Opening, open_by_hand
from flows.submit_return import Submitted, submit
from messages.notices.checking import ExtensionKept, ReturnMoved
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.lifecycle import MADE_OF, Move, Phase, may_follow, possible
from rules.vocabulary import ReturnState
from store import returns
from store.returns import ReturnRecord
from store.tables import AuditEntry, OutboxRow, ReturnMoveRow, ReturnRow
from tests.flows.office import Office
from tests.sample import CLOSES, OPENS, QUARTER, commentary_step, figure_step, london

Result = TypeVar("Result")
TARGETS = ("LAA2-NI154", "LAA1-02")
REFS = st.sampled_from(TARGETS)
CENTRAL = "central-team-01"
FIGURES = st.sampled_from(["as the data say", "1,300", "many", ""])
DAYS = st.sampled_from([london(11, 3).date(), london(11, 12).date(), london(10, 21).date()])
WHY = st.sampled_from(["Please look again.", " "])
LATER = st.sampled_from([london(10, 24).date(), london(10, 27).date()])
MOST_MOVES = 2  # it takes longer than all the rest
MOST_TICKS = 4  # so does a tick
HOURS = st.sampled_from([1, 24, 24 * 9])
AUDITED = select(AuditEntry.subject).where(AuditEntry.action == "submit return")
RECEIPTS = select(OutboxRow.key).where(col(OutboxRow.key).startswith("received:"))
MOVED = select(AuditEntry.subject).where(
    col(AuditEntry.action).in_(
        [f"{move.value.replace('_', ' ')} return" for move in Move],
    )
)
SENT = {ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.LOCKED, ReturnState.SENT_BACK}
REPLACED = {ReturnState.SUBMITTED, ReturnState.SENT_BACK, ReturnState.LAPSED}
"""A version gives way to the next while it may be changed, and not after."""
AT_REST = {ReturnState.LOCKED, ReturnState.LAPSED}


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
        self.is_frozen = self.touched = False
        self.moves = self.ticks = 0
        self.kept = dict.fromkeys(TARGETS, 0)
        self.moved = dict.fromkeys(TARGETS, 0)
        self.before: dict[tuple[int, int], ReturnState] = {}
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
        before = self._state(ref)
        who, number = self._lead(ref), self.office.numbers[ref]
        found = self.do(
            lambda s: submit(s, who, number, QUARTER, answer, name, self.now), dies=dies
        )
        if isinstance(found, Submitted):
            assert found.again is (name in self.taken)
            assert found.again or self._may_come(ref, before)
            self.kept[ref] += not found.again
            self.taken.add(name)

    @rule(ref=REFS, move=st.sampled_from(Move), why=WHY, dies=st.booleans())
    def move_it_on(self, *, ref: str, move: Move, why: str, dies: bool) -> None:
        """The central team accepts, sends back, locks or reopens the newest version."""
        before, version = self._state(ref), self._version(ref)
        named = Named(self.office.numbers[ref], QUARTER, version)
        central = self.office.slack_ids[CENTRAL]
        found = self.do(lambda s: move_on(s, central, move, named, why, self.now), dies=dies)
        if isinstance(found, ReturnMoved):
            assert found.move in possible(before or ReturnState.NOT_STARTED, self._phase())
            assert self._state(ref) is MADE_OF[found.move]
            self.moved[ref] += 1
        else:
            assert self._state(ref) is before

    @rule(ref=REFS, day=DAYS, dies=st.booleans())
    def give_more_time(self, *, ref: str, day: date, dies: bool) -> None:
        central, quarter = self.office.slack_ids[CENTRAL], QUARTER
        person = self.office.people[self.parts[ref].lead or ""]
        found = self.do(
            lambda s: extend(s, central, person, quarter, day, "Late survey.", self.now), dies=dies
        )
        if isinstance(found, ExtensionKept):
            assert self._planned().has_more_time(person, self.now)

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

    @precondition(lambda self: self.now >= CLOSES and self.ticks < MOST_TICKS)
    @rule()
    def the_bot_ticks(self) -> None:
        self.touched = True
        self.ticks += 1
        self.office.tick(self.now)
        self.is_frozen = self._phase() is Phase.FROZEN

    def _may_come(self, ref: str, before: ReturnState | None) -> bool:
        """Whether a lead's return may be taken: in an open window, with time, or reopened."""
        planned = self._planned()
        if planned.is_open and self.now < planned.calendar.closes_at:
            return before not in {ReturnState.ACCEPTED, ReturnState.LOCKED}
        person = self.office.people[self.parts[ref].lead or ""]
        return planned.has_more_time(person, self.now) or before is ReturnState.SENT_BACK

    def _phase(self) -> Phase:
        return self._planned().phase(self.now)

    def _state(self, ref: str) -> ReturnState | None:
        newest = self._newest(ref)
        return newest.state if newest else None

    def _version(self, ref: str) -> int:
        newest = self._newest(ref)
        return newest.version if newest else 1

    def _newest(self, ref: str) -> ReturnRecord | None:
        with self.office.database.reading() as session:
            return returns.current(session, self.office.numbers[ref], QUARTER)

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
        """Versions grow one by one, each with its audit entry and its receipt.

        None is lost, states follow as they may, and each move of a person is kept once.
        """
        self.touched = False
        with self.office.database.reading() as session:
            rows, audited = session.exec(self._rows()).all(), session.exec(AUDITED).all()
            receipts, moved = session.exec(RECEIPTS).all(), session.exec(MOVED).all()
            kept = session.exec(select(ReturnMoveRow)).all()
        sent = [row for row in rows if row.submitted_by is not None]
        for ref, count in self.kept.items():
            versions = [row for row in rows if row.target_id == self.office.numbers[ref]]
            by_people = [row for row in versions if row.submitted_by is not None]
            assert [row.version for row in versions] == [*_first(len(versions))]
            assert len(by_people) == count
            assert all(row.state in SENT for row in by_people)
            self._states_follow(versions)
        each = sorted(f"{self._ref(row.target_id)}:{QUARTER}:v{row.version}" for row in sent)
        assert sorted(audited) == each
        told = {key.rpartition(":")[0] for key in receipts}
        assert sorted(told) == [
            f"received:{QUARTER}:{one.replace(f':{QUARTER}', '')}" for one in each
        ]
        assert len(moved) == len(kept) == sum(self.moved.values())

    def _states_follow(self, versions: Sequence[ReturnRow]) -> None:
        """No state changes but by a move that is allowed, and the freeze leaves nothing open."""
        for row in versions:
            key = (row.target_id, row.version)
            before = self.before.get(key, row.state)
            allowed = before is row.state or may_follow(before, row.state)
            assert allowed, f"{before} -> {row.state}"
            self.before[key] = row.state
        assert all(row.state in REPLACED for row in versions[:-1])
        assert not self.is_frozen or versions[-1].state in AT_REST

    def _ref(self, number: int) -> str:
        return next(ref for ref in TARGETS if self.office.numbers[ref] == number)

    def _rows(self) -> SelectOfScalar[ReturnRow]:
        numbers = [self.office.numbers[ref] for ref in TARGETS]
        return (
            select(ReturnRow)
            .where(ReturnRow.quarter == QUARTER, col(ReturnRow.target_id).in_(numbers))
            .order_by(col(ReturnRow.version))
        )


def _first(count: int) -> range:
    return range(1, count + 1)
