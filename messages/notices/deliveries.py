"""What the central team is told about messages themselves: whether all that was due stands."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self

from messages.notices import samples
from rules.cadence import StageKind
from rules.certificate import Fate, Tally
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class AmissLine:
    """One message that does not stand once, as it should.

    `subject` is the kind of notice it says, and `key` tells it from every other; people do not
    read either. It is for a person, by number, or for a channel, by the name of its setting.
    """

    key: str
    subject: str
    to_person: int | None
    to_channel: str | None
    due_at: datetime
    fate: Fate


@dataclass(frozen=True, slots=True)
class CheckedAgain:
    """The latest look since: when, and what was found of everything due by then."""

    at: datetime
    found: Tally


@dataclass(frozen=True, slots=True)
class DeliveriesCertified:
    """Told to the central channel after each stage: all that was due by `until`, and stands.

    `stage` is none where the settings no longer know the stage, and `day` its local day. The
    night's check says itself in place, as `again`. `strangers` counts messages of the bot's
    own that its records do not hold.
    """

    quarter: Quarter
    stage: StageKind | None
    day: date
    until: datetime
    found: Tally
    amiss: tuple[AmissLine, ...]
    strangers: int
    checked_at: datetime
    again: CheckedAgain | None = None

    @property
    def last_checked_at(self) -> datetime:
        """When it was last looked."""
        return self.again.at if self.again else self.checked_at

    @classmethod
    def example(cls) -> Self:
        """All is well, and was looked at again one night."""
        opened = datetime(2008, 10, 1, 8, tzinfo=UTC)
        return cls(
            quarter=samples.QUARTER,
            stage=StageKind.OPEN,
            day=samples.OPENS,
            until=opened,
            found=Tally(due=142, posted=142),
            amiss=(),
            strangers=0,
            checked_at=datetime(2008, 10, 1, 8, 3, tzinfo=UTC),
            again=CheckedAgain(
                datetime(2008, 10, 7, 1, tzinfo=UTC), Tally(due=147, posted=146, on_their_way=1)
            ),
        )


@dataclass(frozen=True, slots=True)
class DeliveriesAmiss:
    """Told to the central channel when a night's check finds something lost or said twice."""

    quarter: Quarter
    found: Tally
    amiss: tuple[AmissLine, ...]
    strangers: int
    checked_at: datetime

    @classmethod
    def example(cls) -> Self:
        """One message is gone and one stands twice."""
        due = datetime(2008, 10, 14, 8, tzinfo=UTC)
        return cls(
            samples.QUARTER,
            Tally(due=150, posted=147, missing=1, twice=1, parked=1),
            (
                AmissLine("one", "returns_still_missing", 17, None, due, Fate.MISSING),
                AmissLine("two", "leads_overdue", None, "CENTRAL_CHANNEL", due, Fate.TWICE),
            ),
            strangers=0,
            checked_at=datetime(2008, 10, 15, 1, tzinfo=UTC),
        )
