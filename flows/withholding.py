"""Whose figures a person may read: restricted ones stay inside their partnership (H12).

It owns loading where a person belongs, and what an answer leaves out: figures, and what was
written about them. The colour stays. The decision is `rules/restricted.py`.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from flows import cycle, standing
from flows.standing import Asker
from messages.notices.beside import Beside
from messages.notices.escalations import EscalatedTarget
from rules.permissions import BOARD_CHANNEL_GUEST
from rules.restricted import withheld
from store import people
from store.targets import TargetRecord


@dataclass(frozen=True, slots=True)
class Eyes:
    """A person who reads, and the codes of the partnerships they belong to."""

    who: Asker
    partnerships: frozenset[str]

    def withholds(self, target: TargetRecord) -> bool:
        """Whether a target's figures are kept from this person."""
        return withheld(
            self.who.holdings,
            self.partnerships,
            standing.matter_of(target),
            restricted=target.restricted,
            agreed=target.data_shared,
        )


def eyes(session: Session, who: Asker, now: datetime) -> Eyes:
    """What a person may read today; one statement."""
    on = cycle.today(session, now)
    return Eyes(who, people.partnerships_of(session, who.number, on))


def from_channel(target: TargetRecord) -> bool:
    """Whether a target's figures are kept from a channel, where anybody may read."""
    return withheld(
        BOARD_CHANNEL_GUEST,
        (),
        standing.matter_of(target),
        restricted=target.restricted,
        agreed=target.data_shared,
    )


def escalation_without(shown: EscalatedTarget) -> EscalatedTarget:
    """An escalation without its figures and what was written about them."""
    return replace(shown, actual=None, expected=None, cause="", actions=(), note="", withheld=True)


def beside_without(found: Beside) -> Beside:
    """What hangs on a target, without its benchmark and what was noted about it."""
    return replace(found, benchmark=None, benchmark_source="", fund_note="", notes=(), more_notes=0)
