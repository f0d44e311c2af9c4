"""What a quarter's report is made of: the walks, the records and the day.

It owns putting these together for the digest and for answers. It must not change anything.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, histories
from flows.cycle import Cycle
from flows.histories import Histories, Walked
from rules.annex import Record
from rules.cadence import StageKind
from rules.grant import GrantEntry, GrantTotal, total
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a digest is made of."""

    planned: Cycle
    found: Histories
    by_ref: dict[str, Walked]
    records: tuple[Record, ...]
    now: datetime

    @property
    def today(self) -> date:
        """The day of the digest."""
        return self.planned.local_day(self.now)

    def walked(self, ref: str) -> Walked:
        """The walk of a target, by reference."""
        return self.by_ref[ref]

    @property
    def grant_entries(self) -> tuple[GrantEntry, ...]:
        """What is known of the grant of every target that carries one."""
        entries = []
        for record in self.records:
            one = self.walked(record.ref)
            kept = one.record(self.planned.quarter)
            if record.kind.carries_grant and kept and one.target.potential_gbp is not None:
                entries.append(
                    GrantEntry(record.ref, one.target.potential_gbp, kept.grant_expectation)
                )
        return tuple(entries)

    @property
    def grant_total(self) -> GrantTotal:
        """The grant that may be expected, by the organisation's settings."""
        kept = self.planned.settings
        return total(
            self.grant_entries, partial=kept.partial_factor, threshold=kept.grant_threshold
        )

    @property
    def grant_is_known(self) -> bool:
        """Whether anybody has said what grant to expect, or figures do."""
        return len(self.grant_total.left_out) < len(self.grant_entries)


def has_run(planned: Cycle) -> bool:
    """Whether the quarter's escalation run is made; until then nothing is escalated or not."""
    return StageKind.ESCALATE.value in planned.done


def gather(session: Session, quarter: Quarter, now: datetime) -> Material:
    """Gather a quarter's material as it stands now."""
    planned = cycle.of(session, quarter)
    found = histories.up_to(session, planned, planned.local_day(now))
    by_ref = {one.target.ref: one for one in found.walked}
    return Material(planned, found, by_ref, records(found), now)


def records(found: Histories) -> tuple[Record, ...]:
    """Every target with a return of the quarter, as the report sees it."""
    made = []
    for one in found.walked:
        record, step = one.record(found.quarter), one.step(found.quarter)
        if record is None or step is None:
            continue
        before = one.record(found.quarter.previous)
        made.append(
            Record(
                ref=one.target.ref,
                title=one.target.title,
                kind=one.target.kind,
                block=one.target.block_name,
                partnership=one.target.partnership_name,
                status=record.status,
                basis=record.basis,
                reason=record.reason,
                streak=step.streak,
                event=step.event,
                highest_risk=record.highest_risk,
                significant_concern=record.significant_concern,
                plan_in_place=one.target.action_plan_in_place,
                previous=before.status if before else None,
            )
        )
    return tuple(made)
