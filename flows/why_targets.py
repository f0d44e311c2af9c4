"""The targets a message is about, as whoever asks why it came may see them.

It owns what is withheld: how a target stands where the reader may not see it. It shows no
figures, so that it has none to keep within a partnership.
"""

from datetime import datetime

from sqlmodel import Session

from flows import standing
from flows.cycle import Cycle
from flows.standing import Asker
from messages.notices.why import WhyTarget
from rules.permissions import Capability
from rules.vocabulary import ReturnState
from store import returns, targets
from store.returns import ReturnRecord
from store.targets import TargetRecord

ACCEPTED = frozenset({ReturnState.ACCEPTED, ReturnState.LOCKED, ReturnState.LAPSED})
MOST_EARLIER = 4


def shown(
    session: Session, who: Asker | None, refs: tuple[str, ...], planned: Cycle, now: datetime
) -> tuple[WhyTarget, ...]:
    """Targets by reference, with their statuses as far as the asker may see them.

    Without an asker, in a channel, they are shown as far as everybody may see them.
    """
    numbers = [n for ref in refs if (n := targets.number_of(session, ref)) is not None]
    found = targets.programme(session, planned.quarter, planned.local_day(now), numbers)
    histories = returns.histories(session, planned.quarter, numbers)
    by_ref = {one.ref: one for one in found}
    return tuple(
        _shown(who, by_ref[ref], histories.get(by_ref[ref].number, ()), planned)
        for ref in refs
        if ref in by_ref
    )


def _shown(
    who: Asker | None,
    target: TargetRecord,
    history: tuple[ReturnRecord, ...],
    planned: Cycle,
) -> WhyTarget:
    is_involved = who is not None and standing.allowed(who, Capability.SEE_DRAFTS, target)
    seen = [one for one in history if is_involved or one.state in ACCEPTED]
    this = [one.status for one in history if one.quarter == planned.quarter]
    earlier = [(one.quarter, one.status) for one in seen if one.quarter < planned.quarter]
    stands = [one.status for one in seen if one.quarter == planned.quarter]
    return WhyTarget(
        target.ref,
        target.title,
        stands[-1] if stands else None,
        tuple(reversed(earlier[-MOST_EARLIER:])),
        withheld=bool(this) and not stands,
    )
