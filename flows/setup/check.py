"""The set-up check: every gap of the programme's set-up, counted and listed.

It owns gathering the facts for the rule and choosing which gaps are shown at once. It must not
change anything but the audit of a refusal.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import Session

from flows import cycle
from flows.setup.admission import admitted
from flows.standing import Asker
from messages.notices.refusals import PersonUnknown, Refused
from messages.notices.setup import GapGroup, GapsListed, SetupCheck
from rules.quarters import Quarter, reporting_quarter
from rules.setup_check import check, year_from
from rules.setup_gaps import Gap, GapCode
from rules.vocabulary import QuarterState
from store import quarters
from store.setup.facts import gathered

SHOWN_OF_A_GROUP: Final = 3
SHOWN_AT_ONCE: Final = 30
OVER: Final = frozenset({QuarterState.FROZEN, QuarterState.PUBLISHED})


def check_setup(
    session: Session, slack_id: str, now: datetime
) -> SetupCheck | Refused | PersonUnknown:
    """Every kind of gap with how many there are, and the first few of each."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    quarter, found, targets = _found(session, now)
    groups: dict[GapCode, list[Gap]] = {}
    for gap in found:
        groups.setdefault(gap.code, []).append(gap)
    return SetupCheck(
        quarter,
        targets,
        sum(not gap.code.is_information for gap in found),
        tuple(
            GapGroup(code, len(gaps), tuple(gaps[:SHOWN_OF_A_GROUP]))
            for code, gaps in groups.items()
        ),
    )


def list_gaps(
    session: Session, slack_id: str, code: GapCode, first: int, now: datetime
) -> GapsListed | Refused | PersonUnknown:
    """The gaps of one kind as they are now, from one on."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    _, found, _ = _found(session, now)
    gaps = [gap for gap in found if gap.code is code]
    start = first if first < len(gaps) else 0
    shown = tuple(gaps[start : start + SHOWN_AT_ONCE])
    after = start + len(shown)
    following = after if after < len(gaps) else None
    return GapsListed(GapGroup(code, len(gaps), shown), start + 1, after, following)


def _found(session: Session, now: datetime) -> tuple[Quarter, Sequence[Gap], int]:
    """The quarter in hand, every gap, and how many targets were looked at."""
    quarter = in_hand(session, now)
    planned = cycle.of(session, quarter)
    facts = gathered(
        session,
        year_from(quarter),
        cycle.today(session, now),
        board_confirmed=planned.calendar.board_confirmed,
        indicators=planned.settings.indicators,
    )
    return quarter, check(facts), len(facts.targets)


def in_hand(session: Session, now: datetime) -> Quarter:
    """The quarter that is being reported, or the next one once its digest is out."""
    running = [one.quarter for one in quarters.running(session) if one.state not in OVER]
    if running:
        return min(running)
    reported = reporting_quarter(cycle.today(session, now))
    record = quarters.find(session, reported)
    return reported.next if record is not None and record.state in OVER else reported
