"""What is asked for in a quarter, from whom, and what has come in.

It owns this picture for reminders, answers and the close. It must not change anything.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session

from flows import lines
from messages.notices.common import Figure, TargetToReport
from rules.due_returns import is_requested
from rules.owed import Owed, owed_by_lead
from rules.quarters import Quarter
from rules.vocabulary import ReturnState, Status
from store import gathered, returns, targets
from store.gathered import GatheredRecord
from store.returns import ReturnRecord
from store.targets import TargetRecord

NOT_IN = frozenset({ReturnState.LAPSED, ReturnState.SENT_BACK})


@dataclass(frozen=True, slots=True)
class Owing:
    """The programme in a quarter: targets by number, histories up to it, and what is asked for."""

    quarter: Quarter
    targets: dict[int, TargetRecord]
    histories: dict[int, tuple[ReturnRecord, ...]]
    owed: tuple[Owed, ...]
    gathered: Mapping[int, GatheredRecord] = field(default_factory=dict)

    def to_report(self, owed: Sequence[Owed]) -> tuple[TargetToReport, ...]:
        """Owed returns as a lead sees them."""
        return tuple(
            self._with_gathered(
                lines.to_report(
                    self.targets[item.target], self.histories.get(item.target, ()), self.quarter
                )
            )
            for item in owed
        )

    def state(self, target: int) -> ReturnState | None:
        """How a target's return of the quarter stands, or none where there is none."""
        history = self.histories.get(target, ())
        return next((one.state for one in history if one.quarter == self.quarter), None)

    def _with_gathered(self, shown: TargetToReport) -> TargetToReport:
        """The target with the figure that came in a block's own sheet, if one did."""
        found = self.gathered.get(shown.number)
        if found is None:
            return shown
        target = self.targets[shown.number]
        figure = Figure(found.figure, target.unit, target.decimals)
        return replace(shown, gathered=figure, gathered_source=found.source)

    @property
    def asked(self) -> dict[int, tuple[Owed, ...]]:
        """Everything asked for by whoever is asked, whether it has come in or not."""
        unreported = (
            Owed(
                item.target,
                item.ref,
                item.lead,
                item.performance_lead,
                item.sponsor,
                item.block,
                reported=False,
            )
            for item in self.owed
        )
        return owed_by_lead(unreported)


def in_quarter(
    session: Session, quarter: Quarter, on: date, only: Collection[int] | None = None
) -> Owing:
    """What is asked for in a quarter, with the owners of a day; `only` of these targets.

    A return that came in by import before the window is not asked for.
    """
    programme = {one.number: one for one in targets.programme(session, quarter, on, only)}
    histories = returns.histories(session, quarter, only)
    owed = tuple(
        _owed(target, histories.get(number, ()), quarter)
        for number, target in programme.items()
        if requested(target, quarter) and not _imported(histories.get(number, ()), quarter)
    )
    return Owing(quarter, programme, histories, owed, gathered.in_quarter(session, quarter))


def requested(target: TargetRecord, quarter: Quarter) -> bool:
    """Whether a return is asked for."""
    return is_requested(
        target.kind,
        target.state,
        quarter,
        target.due_quarters,
        has_proxy=target.proxy is not None,
        active_from=target.active_from,
        active_to=target.active_to,
    )


def _owed(target: TargetRecord, history: tuple[ReturnRecord, ...], quarter: Quarter) -> Owed:
    this = [record for record in history if record.quarter == quarter]
    colours = [
        record.status for record in history if record.quarter < quarter and record.status.is_colour
    ]
    return Owed(
        target=target.number,
        ref=target.ref,
        lead=target.lead,
        performance_lead=target.performance_lead,
        sponsor=target.sponsor,
        block=target.block,
        reported=any(
            record.state not in NOT_IN and record.status is not Status.NOT_SUBMITTED
            for record in this
        ),
        last_colour=colours[-1] if colours else None,
    )


def _imported(history: tuple[ReturnRecord, ...], quarter: Quarter) -> bool:
    return any(
        record.quarter == quarter
        and record.submitted_by is None
        and record.version == 1
        and record.state is ReturnState.ACCEPTED
        for record in history
    )
