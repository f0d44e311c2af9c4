"""Targets with their criteria, kinds and owners, read as frozen values.

It owns the queries about targets, milestones and proxies; any number of targets costs the
same few statements. It must not decide a status.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from rules.kinds import TargetKind
from rules.quarters import Quarter
from rules.status import Criteria, Profile, Tolerance
from rules.vocabulary import Accumulation, Frequency, Polarity, TargetState
from store import people
from store.tables import (
    Block,
    GrantPotential,
    KindRow,
    Milestone,
    Partnership,
    ProxyMeasure,
    ProxyMilestone,
    Target,
)

NO_PROFILE = Profile()


@dataclass(frozen=True, slots=True)
class ProxyRecord:
    """A target's active proxy, and its criteria in the quarter that was asked for."""

    number: int
    title: str
    unit: str
    decimals: int
    polarity: Polarity
    tolerance: Tolerance
    profile: Profile

    @property
    def criteria(self) -> Criteria:
        """Its criteria, for the decision."""
        return Criteria(self.polarity, self.tolerance, self.profile)


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """A target as the flows see it in one quarter.

    `lead`, `sponsor` and `performance_lead` are people's numbers; `block` and `partnership`
    are codes. `profile` is the quarter's milestone. `data_shared` says whether its partnership
    has agreed to share data; until then the figures of a `restricted` one stay inside it.
    """

    number: int
    ref: str
    kind: TargetKind
    title: str
    outcome: str
    definition: str
    block: str
    block_name: str
    partnership: str
    partnership_name: str
    state: TargetState
    polarity: Polarity
    unit: str
    decimals: int
    accumulation: Accumulation
    frequency: Frequency
    due_quarters: tuple[int, ...]
    tolerance: Tolerance
    plan_basis: bool
    action_plan_in_place: bool
    active_from: Quarter | None
    active_to: Quarter | None
    profile: Profile
    proxy: ProxyRecord | None
    potential_gbp: int | None
    lead: int | None
    sponsor: int | None
    performance_lead: int | None
    restricted: bool = False
    data_shared: bool = False

    @property
    def criteria(self) -> Criteria:
        """The target's own criteria, for the decision."""
        return Criteria(self.polarity, self.tolerance, self.profile)


def programme(
    session: Session, quarter: Quarter, on: date, only: Collection[int] | None = None
) -> tuple[TargetRecord, ...]:
    """Every target as it stands in a quarter, with its owners on a day; or `only` these."""
    return _records(session, quarter, on, only)


def in_quarter(session: Session, number: int, quarter: Quarter, on: date) -> TargetRecord | None:
    """One target by its number, or none."""
    return next(iter(_records(session, quarter, on, (number,))), None)


def number_of(session: Session, ref: str) -> int | None:
    """The number of a target by its reference, whatever its case, or none."""
    found = session.exec(select(Target.id).where(col(Target.ref).ilike(literal(ref), escape="\\")))
    return found.first()


def numbers_under(
    session: Session,
    *,
    refs: Collection[str],
    blocks: Collection[str],
    partnerships: Collection[str],
) -> frozenset[int]:
    """The numbers of the targets with these references, in these blocks or partnerships."""
    found = session.exec(
        select(Target.id)
        .join(Block, col(Block.id) == col(Target.block_id))
        .join(Partnership, col(Partnership.id) == col(Target.partnership_id))
        .where(
            or_(
                col(Target.ref).in_(refs),
                col(Block.code).in_(blocks),
                col(Partnership.code).in_(partnerships),
            )
        )
    )
    return frozenset(number for number in found if number is not None)


def refs(session: Session) -> tuple[str, ...]:
    """Every reference."""
    return tuple(session.exec(select(Target.ref).order_by(Target.ref)))


def any_loaded(session: Session) -> bool:
    """Whether there is any target at all."""
    return session.exec(select(Target.id).limit(1)).first() is not None


def _records(
    session: Session, quarter: Quarter, on: date, only: Collection[int] | None
) -> tuple[TargetRecord, ...]:
    query = (
        select(Target, KindRow, Block, Partnership)
        .join(KindRow, col(KindRow.code) == col(Target.kind))
        .join(Block, col(Block.id) == col(Target.block_id))
        .join(Partnership, col(Partnership.id) == col(Target.partnership_id))
        .order_by(col(Target.id))
    )
    if only is not None:
        query = query.where(col(Target.id).in_(only))
    milestones = _milestones(session, quarter, only)
    proxies = _proxies(session, quarter, only)
    potentials = _potentials(session, only)
    owners = people.responsible(session, on, only)
    return tuple(
        replace(
            bare,
            profile=milestones.get(bare.number, NO_PROFILE),
            proxy=proxies.get(bare.number),
            potential_gbp=potentials.get(bare.number),
            lead=owners.leads.get(bare.number),
            sponsor=owners.sponsors.get(bare.number),
            performance_lead=owners.performance_leads.get(target.block_id),
        )
        for target, bare in (
            (target, _bare(target, kind, block, partnership))
            for target, kind, block, partnership in session.exec(query)
        )
    )


def _potentials(session: Session, only: Collection[int] | None) -> dict[int, int]:
    query = select(GrantPotential)
    if only is not None:
        query = query.where(col(GrantPotential.target_id).in_(only))
    return {grant.target_id: grant.potential_gbp for grant in session.exec(query)}


def _milestones(
    session: Session, quarter: Quarter, only: Collection[int] | None
) -> dict[int, Profile]:
    query = select(Milestone).where(Milestone.quarter == quarter)
    if only is not None:
        query = query.where(col(Milestone.target_id).in_(only))
    return {row.target_id: _profile(row) for row in session.exec(query)}


def _bare(target: Target, kind: KindRow, block: Block, partnership: Partnership) -> TargetRecord:
    return TargetRecord(
        number=target.id or 0,
        ref=target.ref,
        kind=kind_of(kind),
        title=target.title,
        outcome=target.outcome,
        definition=target.definition,
        block=block.code,
        block_name=block.name,
        partnership=partnership.code,
        partnership_name=partnership.name,
        state=target.state,
        polarity=target.polarity,
        unit=target.unit,
        decimals=target.decimals,
        accumulation=target.accumulation,
        frequency=target.frequency,
        due_quarters=tuple(int(number) for number in target.due_quarters.split(",") if number),
        tolerance=Tolerance(target.green_tolerance, target.amber_tolerance, target.tolerance_mode),
        plan_basis=target.plan_basis,
        action_plan_in_place=target.action_plan_in_place,
        active_from=target.active_from,
        active_to=target.active_to,
        profile=NO_PROFILE,
        proxy=None,
        potential_gbp=None,
        lead=None,
        sponsor=None,
        performance_lead=None,
        restricted=target.restricted,
        data_shared=partnership.data_sharing_agreed_on is not None,
    )


def _proxies(
    session: Session, quarter: Quarter, only: Collection[int] | None
) -> dict[int, ProxyRecord]:
    query = (
        select(ProxyMeasure, ProxyMilestone)
        .outerjoin(
            ProxyMilestone,
            (col(ProxyMilestone.proxy_id) == col(ProxyMeasure.id))
            & (col(ProxyMilestone.quarter) == quarter),
        )
        .where(ProxyMeasure.active)
    )
    if only is not None:
        query = query.where(col(ProxyMeasure.target_id).in_(only))
    return {
        proxy.target_id: ProxyRecord(
            proxy.id or 0,
            proxy.title,
            proxy.unit,
            proxy.decimals,
            proxy.polarity,
            Tolerance(proxy.green_tolerance, proxy.amber_tolerance, proxy.tolerance_mode),
            _profile(milestone),
        )
        for proxy, milestone in session.exec(query)
    }


def _profile(milestone: Milestone | ProxyMilestone | None) -> Profile:
    if milestone is None:
        return NO_PROFILE
    return Profile(milestone.profile, milestone.low, milestone.high)


def kind_of(row: KindRow) -> TargetKind:
    """A kind's flags."""
    return TargetKind(
        row.code,
        row.label,
        row.collected,
        row.escalates,
        row.carries_grant,
        row.light_only,
        row.agreed_first,
        row.annex,
    )


def literal(text: str) -> str:
    """The text for ILIKE, so that it stands for itself alone."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
