"""What people are told when a role comes to them or leaves them."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from messages.notices import samples
from rules.quarters import Quarter
from rules.vocabulary import Role, RoleScope


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """Told once to whoever is given a role. `over` names what it is held over, or nothing.

    `before` is the number of whoever held it until then, or none.
    """

    role: Role
    scope: RoleScope
    over: str
    starts: date
    before: int | None
    by: int

    @classmethod
    def example(cls) -> Self:
        """A lead in another's place."""
        over = "LAA1-03 More affordable housing"
        return cls(Role.TARGET_LEAD, RoleScope.TARGET, over, date(2008, 10, 20), 17, 2)


@dataclass(frozen=True, slots=True)
class RoleEnded:
    """Told once to whoever no longer holds a role. `after` is who holds it then, or none."""

    role: Role
    scope: RoleScope
    over: str
    ends: date
    after: int | None
    by: int

    @classmethod
    def example(cls) -> Self:
        """A lead whose target goes to another."""
        over = "LAA1-03 More affordable housing"
        return cls(Role.TARGET_LEAD, RoleScope.TARGET, over, date(2008, 10, 20), 18, 2)


@dataclass(frozen=True, slots=True)
class RequestPassedOn:
    """What a lead's one message says once all that was asked there is somebody else's."""

    quarter: Quarter
    refs: tuple[str, ...]

    @classmethod
    def example(cls) -> Self:
        """Two targets."""
        return cls(samples.QUARTER, ("LAA1-03", "LAA1-04"))
