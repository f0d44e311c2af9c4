"""What a return form shows of its target, and what its figure amounts to.

It owns the sheet and the facts a status is decided on. It must not change anything.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from flows import lines
from flows.cycle import Cycle
from flows.ends import with_ends
from messages.notices.common import Figure
from messages.notices.sheets import LastWords, OpenRisk, Outcome, ReturnSheet
from messages.notices.sheets import Measured as MeasuredBy
from rules.answers import FigureAnswer
from rules.due_returns import is_due
from rules.figures import Unit, parse_figure
from rules.override import Override, proposable
from rules.status import (
    Criteria,
    Decision,
    Facts,
    PlanProgress,
    decide,
)
from rules.travel import Measured, direction, latest_comparable
from rules.vocabulary import ActionState, Direction, StatusBasis, StatusReason, ToleranceMode
from store import gathered, registers, returns
from store.gathered import GatheredRecord
from store.registers import ActionRecord
from store.returns import ReturnRecord
from store.targets import TargetRecord

OPEN = frozenset({ActionState.OPEN, ActionState.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class Reporting:
    """One target being reported: its cycle, its past and its registers."""

    planned: Cycle
    target: TargetRecord
    history: tuple[ReturnRecord, ...]
    risks: tuple[registers.RiskRecord, ...]
    actions: tuple[ActionRecord, ...]
    said: ReturnRecord | None = None
    gathered: GatheredRecord | None = None

    @property
    def earlier(self) -> tuple[ReturnRecord, ...]:
        """The returns of earlier quarters, oldest first."""
        return tuple(one for one in self.history if one.quarter < self.planned.quarter)

    @property
    def standing(self) -> ReturnRecord | None:
        """The return a person has sent in for this quarter already, or none.

        What was sent back and has lapsed since is one: a late return starts from what was said.
        """
        return self.said

    @property
    def measured(self) -> MeasuredBy:
        """What its figure is of: the target's measure, its proxy, or the plan."""
        if self.target.proxy is not None and not self.target.profile.given:
            return "proxy"
        return "plan" if self.target.plan_basis and not self.target.profile.given else "measure"

    @property
    def criteria(self) -> Criteria:
        """The criteria its figure is held against."""
        if self.measured == "proxy" and self.target.proxy is not None:
            return self.target.proxy.criteria
        return self.target.criteria

    @property
    def unit(self) -> Unit:
        """The unit its figure is in."""
        if self.measured == "proxy" and self.target.proxy is not None:
            return Unit(self.target.proxy.unit)
        return Unit(self.target.unit)

    def figure(self, value: Decimal | None) -> Figure | None:
        """A figure as this return counts it."""
        basis = StatusBasis.PROXY if self.measured == "proxy" else StatusBasis.MEASURE
        return lines.figure(self.target, value, basis)

    def read(self, typed: str) -> Decimal | None:
        """The figure as typed; none where nothing was. Raises `FigureNotUnderstoodError`."""
        return parse_figure(typed, self.unit) if typed.strip() else None

    def facts(
        self, answer: FigureAnswer, figure: Decimal | None, reason: StatusReason | None, on: date
    ) -> Facts:
        """Everything that decides the status."""
        by_proxy = self.measured == "proxy"
        proxy = self.target.proxy
        given = self.target.profile.given
        return Facts(
            target_state=self.target.state,
            due=is_due(self.planned.quarter, self.target.due_quarters) or answer.no_figure,
            actual=None if by_proxy else figure,
            criteria=self.target.criteria if given else None,
            disputed=answer.disputed,
            proxy_actual=figure if by_proxy else None,
            proxy_criteria=proxy.criteria if proxy and proxy.profile.given else None,
            has_proxy=proxy is not None,
            plan_basis=self.target.plan_basis,
            plan=self.plan(on),
            reason=reason,
        )

    def plan(self, on: date) -> PlanProgress:
        """How the target's actions due by a day stand."""
        due = [one for one in self.actions if one.due_on <= on]
        undone = [one for one in due if one.state in OPEN]
        overdue = [one for one in undone if one.due_on < on]
        return PlanProgress(len(due), len(overdue), len(undone))

    def decide(
        self, answer: FigureAnswer, reason: StatusReason | None, on: date
    ) -> tuple[Decision, Decimal | None]:
        """The status of what was typed, and the figure read from it.

        Raises `FigureNotUnderstoodError` and `ToleranceUndefinedError`.
        """
        figure = self.read(answer.figure)
        facts = self.facts(answer, figure, reason, on)
        return decide(facts, self.planned.settings.missing_data_policy), figure

    def travel(self, decision: Decision, figure: Decimal | None) -> Direction:
        """Which way the target goes since the latest return it compares with."""
        current = Measured(figure, self.criteria.profile, decision.basis, decision.status)
        previous = latest_comparable([lines.measured(one) for one in self.earlier], current)
        band = self.planned.settings.travel_band
        polarity, accumulation = self.criteria.polarity, self.target.accumulation
        return direction(previous, current, polarity, accumulation, band).direction

    def last_words(self) -> LastWords:
        """What was said in words the last time there was anything to say."""
        causes = (one.cause for one in reversed(self.earlier) if one.cause)
        doubts = (one.reason_text for one in reversed(self.earlier) if one.reason_text)
        return LastWords(next(causes, ""), next(doubts, ""))

    def outcome(self, decision: Decision, figure: Decimal | None, override: Override) -> Outcome:
        """The decision as a form shows it, and what stands in its place or waits to."""
        mode = self.criteria.tolerance.mode
        short = None
        if decision.shortfall is not None:
            short = (
                Figure(decision.shortfall, "%", 1)
                if mode is ToleranceMode.PERCENT
                else self.figure(decision.shortfall)
            )
        return Outcome(
            decision.status,
            decision.basis,
            self.figure(figure),
            short,
            self.travel(decision, figure),
            None if override.decision.status is decision.status else override.decision.status,
            override.waiting,
            proposable(decision),
        )


def reporting(session: Session, planned: Cycle, target: TargetRecord) -> Reporting:
    """Load what reporting a target needs."""
    return Reporting(
        planned,
        target,
        returns.of_target(session, target.number),
        registers.open_risks(session, target.number),
        registers.actions(session, (target.number,)),
        returns.last_said(session, target.number, planned.quarter),
        gathered.of_target(session, target.number, planned.quarter),
    )


def sheet(one: Reporting, author: int) -> ReturnSheet:
    """The sheet of a target for whoever fills it in."""
    target, calendar = one.target, one.planned.calendar
    last = one.earlier[-1] if one.earlier else None
    profile = one.criteria.profile
    shown = ReturnSheet(
        quarter=one.planned.quarter,
        due=calendar.due,
        closes=calendar.closes_at,
        number=target.number,
        ref=target.ref,
        title=target.title,
        definition=target.definition,
        unit=one.unit.symbol,
        decimals=target.decimals,
        polarity=one.criteria.polarity,
        expected=one.figure(profile.value),
        expected_low=one.figure(profile.low),
        expected_high=one.figure(profile.high),
        last=lines.last_time(target, one.history, one.planned.quarter),
        last_source=last.data_source if last else "",
        last_words=one.last_words(),
        zone=calendar.zone,
        measured=one.measured,
        proxy_title=target.proxy.title if target.proxy else "",
        open_risks=tuple(
            OpenRisk(
                risk.number,
                risk.text,
                risk.likelihood,
                risk.impact,
                risk.mitigation,
                risk.owner,
                risk.review_on,
            )
            for risk in one.risks
        ),
        open_actions=lines.open_actions(one.actions),
        carries_grant=target.kind.carries_grant,
        last_grant=last.grant_expectation if last else None,
        lead=target.lead,
        on_behalf_of=target.lead if target.lead != author else None,
    )
    return with_ends(one.criteria, one.figure, shown)
