"""A lead's proposal of another status than the computed one (specification §4, C5).

It owns what stands after a proposal. It must not compute a status, and it keeps the computed
decision in view: nobody's proposal hides it.
"""

from dataclasses import dataclass, replace

from rules.status import Decision
from rules.vocabulary import Status, StatusBasis

_BETTER = (Status.RED, Status.AMBER, Status.GREEN)
_NOT_REPORTED = frozenset({Status.TARGET_TO_BE_SET, Status.NOT_REQUIRED, Status.NOT_SUBMITTED})


class OverrideRefusedError(ValueError):
    """The proposed status cannot replace the computed one."""


@dataclass(frozen=True, slots=True)
class Override:
    """What stands after a proposal: the decision now, and a better colour that waits."""

    decision: Decision
    waiting: Status | None = None


def proposable(decision: Decision) -> tuple[Status, ...]:
    """What may be proposed in place of a computed status, best first; nothing where none is."""
    if decision.status in _NOT_REPORTED:
        return ()
    every = (*reversed(_BETTER), Status.UNCERTAIN)
    return tuple(status for status in every if status is not decision.status)


def overridden(decision: Decision, proposed: Status, *, agreed: bool) -> Override:
    """What stands when a lead proposes another status than the computed one (§4).

    A worse colour or UNCERTAIN holds at once; a better one, or a colour where none was
    computed, waits until the central team has agreed. Raises `OverrideRefusedError` for a
    status nobody may propose and for a target that was not to be coloured at all.
    """
    if not (proposed.is_colour or proposed is Status.UNCERTAIN):
        raise OverrideRefusedError("Propose red, amber, green or uncertain.")
    if decision.status in _NOT_REPORTED:
        raise OverrideRefusedError("There is no reported status to change in this quarter.")
    if proposed is decision.status:
        return Override(decision)
    if agreed or proposed is Status.UNCERTAIN or _worse(proposed, decision.status):
        return Override(replace(decision, status=proposed, basis=StatusBasis.OVERRIDE))
    return Override(decision, waiting=proposed)


def standing(decision: Decision, proposed: Status | None) -> Override:
    """What stands while nobody has agreed to anything; what is not on offer is passed over."""
    if proposed is None or proposed not in proposable(decision):
        return Override(decision)
    return overridden(decision, proposed, agreed=False)


def _worse(proposed: Status, computed: Status) -> bool:
    if not (proposed.is_colour and computed.is_colour):
        return False
    return _BETTER.index(proposed) < _BETTER.index(computed)
