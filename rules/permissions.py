"""Who may do what: the matrix of specification §12 as one table of data.

One row is added to it: to see to messages that were set aside, and to release sending.

It owns the rights of roles. It must not look anything up: holdings and the matter are
handed in, and whatever the table does not grant is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from rules.vocabulary import Role, RoleScope


class Capability(StrEnum):
    """One right, as a row of the matrix.

    Where a right is over several targets (a to-do, a partnership's record), ask for each
    target in it, or `anywhere` for the command as such.
    """

    SEE_TODO = "SEE_TODO"
    SEE_STATUS = "SEE_STATUS"
    SEE_DRAFTS = "SEE_DRAFTS"
    SUBMIT_RETURN = "SUBMIT_RETURN"
    LATE_RETURN = "LATE_RETURN"
    ACCEPT_RETURN = "ACCEPT_RETURN"
    AGREE_BETTER_COLOUR = "AGREE_BETTER_COLOUR"
    ADD_RISK = "ADD_RISK"
    CHANGE_RISK = "CHANGE_RISK"
    CHANGE_ACTION = "CHANGE_ACTION"
    RAISE_TO_SPONSOR = "RAISE_TO_SPONSOR"
    ACKNOWLEDGE = "ACKNOWLEDGE"
    WRITE_CARD = "WRITE_CARD"
    RECORD_STEP = "RECORD_STEP"
    BLOCK_FOCUS = "BLOCK_FOCUS"
    LIGHT_RETURNS = "LIGHT_RETURNS"
    GRANT_EXPECTATION = "GRANT_EXPECTATION"
    FOLLOW_QUARTER = "FOLLOW_QUARTER"
    RUN_QUARTER = "RUN_QUARTER"
    PARTNERSHIP_RECORD = "PARTNERSHIP_RECORD"
    PREVIEW_DIGEST = "PREVIEW_DIGEST"
    POST_DIGEST = "POST_DIGEST"
    SET_UP = "SET_UP"
    EXPORT = "EXPORT"
    ASK_QUESTION = "ASK_QUESTION"
    SEE_TO_SENDING = "SEE_TO_SENDING"


class Reach(Enum):
    """How far a role's right goes."""

    NOTHING = auto()
    ALL = auto()
    TARGET = auto()
    BLOCK = auto()
    PARTNERSHIP = auto()
    DISTRICT = auto()
    SPONSORLESS = auto()


@dataclass(frozen=True, slots=True)
class Holding:
    """A role a person holds now. `over` is the code of its block, partnership or target.

    `delegated` marks a role held for somebody on leave.
    """

    role: Role
    scope: RoleScope = RoleScope.NONE
    over: str | None = None
    delegated: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """What is acted on: a target with its block and partnership, or one of these alone.

    `district` marks an action with a district in it. `eligible_sponsor` is false where no
    sponsor may acknowledge: none is appointed, or the sponsor leads the target too.
    """

    target: str | None = None
    block: str | None = None
    partnership: str | None = None
    district: bool = False
    eligible_sponsor: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """A right refused, and the roles that hold it over this matter."""

    capability: Capability
    who_can: tuple[Role, ...]


_NO, _ALL, _OWN = Reach.NOTHING, Reach.ALL, Reach.TARGET
_BLK, _PRT, _DIS, _SUB = Reach.BLOCK, Reach.PARTNERSHIP, Reach.DISTRICT, Reach.SPONSORLESS

COLUMNS: tuple[Role, ...] = (
    Role.TARGET_LEAD,
    Role.TARGET_SPONSOR,
    Role.BLOCK_PERFORMANCE_LEAD,
    Role.DELIVERY_GROUP,
    Role.LIAISON_OFFICER,
    Role.LAA_MANAGER,
    Role.CENTRAL_TEAM,
    Role.DISTRICT_COORDINATOR,
    Role.PSB_MEMBER,
    Role.GO_CONTACT,
)
_CENTRAL = (_NO, _NO, _NO, _NO, _NO, _NO, _ALL, _NO, _NO, _NO)
_OVERSIGHT = (_NO, _NO, _NO, _NO, _NO, _ALL, _ALL, _NO, _NO, _NO)
_REPORTING = (_OWN, _NO, _BLK, _NO, _NO, _NO, _ALL, _NO, _NO, _NO)

# Lead, sponsor, performance lead, delivery, liaison, manager, central, district, board, GO.
MATRIX: dict[Capability, tuple[Reach, ...]] = {
    Capability.SEE_TODO: (_OWN, _OWN, _BLK, _OWN, _PRT, _ALL, _ALL, _DIS, _NO, _NO),
    Capability.SEE_STATUS: (*(_ALL,) * 9, _NO),
    Capability.SEE_DRAFTS: (_OWN, _OWN, _BLK, _NO, _PRT, _ALL, _ALL, _NO, _NO, _NO),
    Capability.SUBMIT_RETURN: _REPORTING,
    Capability.LATE_RETURN: _CENTRAL,
    Capability.ACCEPT_RETURN: (_NO, _NO, _BLK, _NO, _NO, _NO, _ALL, _NO, _NO, _NO),
    Capability.AGREE_BETTER_COLOUR: _CENTRAL,
    Capability.ADD_RISK: (_OWN, _OWN, _BLK, _OWN, _NO, _ALL, _ALL, _NO, _NO, _NO),
    Capability.CHANGE_RISK: (_OWN, _OWN, _BLK, _NO, _NO, _ALL, _ALL, _NO, _NO, _NO),
    Capability.CHANGE_ACTION: (_OWN, _OWN, _BLK, _OWN, _NO, _ALL, _ALL, _DIS, _NO, _NO),
    Capability.RAISE_TO_SPONSOR: (_OWN, _NO, _BLK, _OWN, _NO, _ALL, _ALL, _NO, _NO, _NO),
    Capability.ACKNOWLEDGE: (_NO, _OWN, _NO, _NO, _NO, _SUB, _NO, _NO, _NO, _NO),
    Capability.WRITE_CARD: _REPORTING,
    Capability.RECORD_STEP: _CENTRAL,
    Capability.BLOCK_FOCUS: (_NO, _NO, _BLK, _NO, _NO, _NO, _ALL, _NO, _NO, _NO),
    Capability.LIGHT_RETURNS: (_NO, _NO, _BLK, _NO, _PRT, _NO, _ALL, _NO, _NO, _NO),
    Capability.GRANT_EXPECTATION: _REPORTING,
    Capability.FOLLOW_QUARTER: _OVERSIGHT,
    Capability.RUN_QUARTER: _CENTRAL,
    Capability.PARTNERSHIP_RECORD: (_OWN, _OWN, _BLK, _OWN, _PRT, _ALL, _ALL, _ALL, _ALL, _NO),
    Capability.PREVIEW_DIGEST: _OVERSIGHT,
    Capability.POST_DIGEST: _CENTRAL,
    Capability.SET_UP: _CENTRAL,
    Capability.EXPORT: _OVERSIGHT,
    Capability.ASK_QUESTION: (_NO, _ALL, _ALL, _NO, _NO, _ALL, _ALL, _NO, _ALL, _NO),
    # Not in the specification: the reliability paper (2 and 5) gives it to administrators.
    Capability.SEE_TO_SENDING: _CENTRAL,
}

# A member of the board channel whom the bot does not know may read and ask, as the board may.
BOARD_CHANNEL_GUEST: tuple[Holding, ...] = (Holding(Role.PSB_MEMBER),)


def reach(role: Role, capability: Capability) -> Reach:
    """How far a role's right goes, straight from the matrix."""
    return MATRIX[capability][COLUMNS.index(role)]


def may(holdings: Iterable[Holding], capability: Capability, matter: Matter) -> bool:
    """Whether a person with these roles may: the union of their rights.

    Nobody acknowledges an escalation of a target they lead, in their own name or another's.
    """
    held = tuple(holdings)
    if capability is Capability.ACKNOWLEDGE and _leads(held, matter):
        return False
    return any(_covers(holding, reach(holding.role, capability), matter) for holding in held)


def anywhere(holdings: Iterable[Holding], capability: Capability) -> bool:
    """Whether the roles hold the right over anything at all, as a command asks first."""
    return any(reach(holding.role, capability) is not Reach.NOTHING for holding in holdings)


def may_delegate(holding: Holding) -> bool:
    """Whether a role may be handed on: a delegate has every right but this one."""
    return not holding.delegated


def who_acknowledges(lead: int | None, sponsor: int | None, managers: Sequence[int]) -> int | None:
    """Whose acknowledgement an escalation asks for, by person number.

    The sponsor; the first LAA manager where there is none, or where the sponsor leads the
    target too; nobody where there is no manager either.
    """
    if sponsor is not None and sponsor != lead:
        return sponsor
    return next((manager for manager in managers if manager != lead), None)


def refusal(capability: Capability, matter: Matter) -> Refusal:
    """The refusal that says who can: the roles with the right over such a matter."""
    return Refusal(
        capability,
        tuple(role for role in COLUMNS if _could(role, capability, matter)),
    )


def _covers(holding: Holding, far: Reach, matter: Matter) -> bool:
    scoped = {
        Reach.TARGET: (RoleScope.TARGET, matter.target),
        Reach.BLOCK: (RoleScope.BLOCK, matter.block),
        Reach.PARTNERSHIP: (RoleScope.PARTNERSHIP, matter.partnership),
    }
    if far in scoped:
        scope, code = scoped[far]
        return code is not None and (holding.scope, holding.over) == (scope, code)
    return _unscoped(far, matter)


def _unscoped(far: Reach, matter: Matter) -> bool:
    if far is Reach.DISTRICT:
        return matter.district
    if far is Reach.SPONSORLESS:
        return not matter.eligible_sponsor
    return far is Reach.ALL


def _leads(holdings: tuple[Holding, ...], matter: Matter) -> bool:
    return any(
        holding.role is Role.TARGET_LEAD and _covers(holding, Reach.TARGET, matter)
        for holding in holdings
    )


def _could(role: Role, capability: Capability, matter: Matter) -> bool:
    far = reach(role, capability)
    if far in {Reach.TARGET, Reach.BLOCK, Reach.PARTNERSHIP}:
        return capability is not Capability.ACKNOWLEDGE or matter.eligible_sponsor
    return _unscoped(far, matter)
