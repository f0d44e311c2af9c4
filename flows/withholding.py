"""Whose figures a person may read: restricted ones stay inside their partnership (H12).

It owns loading where a person belongs. The decision is `rules/restricted.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import cycle, standing
from flows.standing import Asker
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
