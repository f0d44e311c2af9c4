"""The facts of the set-up check, gathered in a few statements for any number of targets.

It owns this reading and no judgement.
"""

from collections.abc import Collection, Mapping
from datetime import date

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from rules.setup_gaps import CheckedTarget, Holder, Place, SetupFacts, StandIn
from rules.status import Profile
from rules.vocabulary import RoleScope
from store.people import current
from store.setup.plans import plan_of
from store.tables import (
    Block,
    KindRow,
    Milestone,
    Partnership,
    Person,
    ProxyMeasure,
    ProxyMilestone,
    RoleAssignment,
    Target,
)
from store.targets import kind_of

Milestones = dict[int, dict[Quarter, Profile]]
Over = tuple[RoleScope, int]


def gathered(
    session: Session,
    quarters: Collection[Quarter],
    on: date,
    *,
    board_confirmed: bool,
    indicators: Collection[int] = (),
) -> SetupFacts:
    """All the check looks at, with milestones of these quarters and the holders of a day."""
    partnerships = session.exec(select(Partnership).order_by(Partnership.name)).all()
    blocks = session.exec(select(Block).order_by(col(Block.position), Block.name)).all()
    sharing = {one.id for one in partnerships if one.data_sharing_agreed_on is not None}
    milestones, proxies = _milestones(session, quarters), _proxies(session, quarters)
    rows = session.exec(
        select(Target, KindRow)
        .join(KindRow, col(KindRow.code) == col(Target.kind))
        .order_by(col(Target.ref))
    )
    targets = tuple(
        CheckedTarget(
            target.id or 0,
            plan_of(target),
            kind_of(kind),
            target.partnership_id in sharing,
            milestones.get(target.id or 0, {}),
            proxies.get(target.id or 0),
        )
        for target, kind in rows
    )
    named: dict[Over, str] = {
        **{(RoleScope.BLOCK, one.id or 0): one.name for one in blocks},
        **{(RoleScope.PARTNERSHIP, one.id or 0): one.name for one in partnerships},
        **{(RoleScope.TARGET, one.number): one.name for one in targets},
    }
    return SetupFacts(
        min(quarters),
        board_confirmed,
        targets,
        tuple(Place(one.id or 0, one.name) for one in blocks),
        tuple(Place(one.id or 0, one.name) for one in partnerships),
        _holders(session, on, named),
        indicators,
    )


def _milestones(session: Session, quarters: Collection[Quarter]) -> Milestones:
    found: Milestones = {}
    for row in session.exec(select(Milestone).where(col(Milestone.quarter).in_(quarters))):
        found.setdefault(row.target_id, {})[row.quarter] = Profile(row.profile, row.low, row.high)
    return found


def _proxies(session: Session, quarters: Collection[Quarter]) -> dict[int, StandIn]:
    found: Milestones = {}
    for row in session.exec(
        select(ProxyMilestone).where(col(ProxyMilestone.quarter).in_(quarters))
    ):
        found.setdefault(row.proxy_id, {})[row.quarter] = Profile(row.profile, row.low, row.high)
    return {
        proxy.target_id: StandIn(proxy.polarity, proxy.tolerance_mode, found.get(proxy.id or 0, {}))
        for proxy in session.exec(select(ProxyMeasure).where(ProxyMeasure.active))
    }


def _holders(session: Session, on: date, named: Mapping[Over, str]) -> tuple[Holder, ...]:
    rows = session.exec(
        select(RoleAssignment, Person.active)
        .join(Person, col(Person.id) == col(RoleAssignment.person_id))
        .where(*current(on))
        .order_by(col(RoleAssignment.id))
    )
    return tuple(
        Holder(
            role.person_id,
            role.role,
            role.scope,
            _over(role),
            named.get((role.scope, _over(role)), ""),
            active,
        )
        for role, active in rows
    )


def _over(role: RoleAssignment) -> int:
    over = {
        RoleScope.BLOCK: role.block_id,
        RoleScope.PARTNERSHIP: role.partnership_id,
        RoleScope.TARGET: role.target_id,
    }
    return over.get(role.scope) or 0
