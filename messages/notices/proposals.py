"""What is said of a colour proposed in place of the computed one (specification §4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from messages.notices import samples
from messages.notices.common import Figure
from rules.quarters import Quarter
from rules.vocabulary import ProposalState, Status


@dataclass(frozen=True, slots=True)
class ColourProposed:
    """The central channel's message about a better colour, said anew when it is decided.

    `proposal` is its number and `number` the target's; `by` and `decided_by` are people's.
    """

    quarter: Quarter
    proposal: int
    number: int
    ref: str
    title: str
    computed: Status
    proposed: Status
    figure: Figure | None
    expected: Figure | None
    by: int
    reason: str
    cause: str = ""
    state: ProposalState = ProposalState.WAITING
    decided_by: int | None = None
    decided_at: datetime | None = None
    decision: str = ""

    @classmethod
    def example(cls) -> Self:
        """Green in place of amber."""
        return cls(
            quarter=samples.QUARTER,
            proposal=5,
            number=3,
            ref="LAA1-03",
            title="More affordable housing",
            computed=Status.AMBER,
            proposed=Status.GREEN,
            figure=samples.homes(290),
            expected=samples.homes(300),
            by=17,
            reason="Twelve homes were finished on the last day and are not in the register yet.",
            cause="Two sites started late.",
        )


@dataclass(frozen=True, slots=True)
class ColourDecided:
    """To the lead: the central team agreed to a better colour, or kept the computed one."""

    quarter: Quarter
    number: int
    ref: str
    title: str
    computed: Status
    proposed: Status
    agreed: bool
    by: int
    at: datetime
    decision: str = ""

    @classmethod
    def example(cls) -> Self:
        """Kept as computed."""
        return cls(
            samples.QUARTER,
            3,
            "LAA1-03",
            "More affordable housing",
            Status.AMBER,
            Status.GREEN,
            agreed=False,
            by=2,
            at=samples.ACKNOWLEDGED,
            decision="The register is what the board goes by. They count next quarter.",
        )
