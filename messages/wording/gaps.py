"""The gaps of the set-up in words, each with the button that leads to its mending."""

from dataclasses import dataclass
from typing import Final

from messages.ids import Action
from messages.values import pack_form, pack_quarter, pack_role
from messages.wording.amounts import brief, counted, joined
from messages.wording.days import months
from messages.wording.setup_values import ROLE_HELD, lacking
from rules.setup_forms import FormKind
from rules.setup_gaps import Gap, GapCode

LONGEST_NAME: Final = 120
"""Characters of a name in the list: the whole of it stands in the form the button opens."""

TITLE: Final = {
    GapCode.FEW_ADMINISTRATORS: "Fewer than two in the central team",
    GapCode.BOARD_UNCONFIRMED: "The board's date is not confirmed",
    GapCode.BLOCK_WITHOUT_LEAD: "Blocks without a performance lead",
    GapCode.PARTNERSHIP_WITHOUT_LIAISON: "Partnerships without a liaison officer",
    GapCode.INACTIVE_HOLDER: "Roles held by somebody who is no longer active",
    GapCode.TARGET_WITHOUT_LEAD: "Targets without a lead",
    GapCode.TWO_LEADS: "Targets with two leads",
    GapCode.TARGET_WITHOUT_SPONSOR: "Targets without a sponsor",
    GapCode.LEAD_IS_SPONSOR: "Targets whose lead is their sponsor",
    GapCode.SPONSOR_NOT_MEMBER: "Sponsors who are no member of the target's partnership",
    GapCode.INDICATORS_UNOWNED: "National indicators that no partnership manages",
    GapCode.NOT_SMART: "Agreed targets not confirmed to be SMART",
    GapCode.NO_UNIT: "Agreed targets without a unit",
    GapCode.NO_BASELINE: "Agreed targets without a baseline or its day",
    GapCode.NO_END: "Agreed targets without an end value or its day",
    GapCode.TO_BE_SET_WITHOUT_REASON: "Targets to be set without a reason or an expected day",
    GapCode.NO_DUE_QUARTERS: "Agreed targets due in no quarter",
    GapCode.NO_MILESTONE: "Due quarters without a milestone",
    GapCode.PROXY_WITHOUT_MILESTONE: "Proxies without a milestone",
    GapCode.TOLERANCE_UNDEFINED: "Per cent tolerances with a milestone of 0",
    GapCode.PROXY_TOLERANCE_UNDEFINED: "Proxies with per cent tolerances and a milestone of 0",
    GapCode.RESTRICTED_WITHOUT_SHARING: "Restricted targets whose data sharing is not agreed",
    GapCode.NO_OUTCOME: "Targets without an outcome",
    GapCode.NO_ACTION_PLAN: "Targets without an action plan in place",
}
_ADD: Final = frozenset(
    {
        GapCode.FEW_ADMINISTRATORS,
        GapCode.BLOCK_WITHOUT_LEAD,
        GapCode.PARTNERSHIP_WITHOUT_LIAISON,
        GapCode.TARGET_WITHOUT_LEAD,
        GapCode.TARGET_WITHOUT_SPONSOR,
    }
)
_FORMS: Final = {
    GapCode.INDICATORS_UNOWNED: (FormKind.CREATION, "Make a new target"),
    GapCode.NOT_SMART: (FormKind.SMART, "Change the agreement"),
    GapCode.NO_UNIT: (FormKind.MEASURE, "Change the measure"),
    GapCode.NO_BASELINE: (FormKind.SMART, "Change the agreement"),
    GapCode.NO_END: (FormKind.SMART, "Change the agreement"),
    GapCode.TO_BE_SET_WITHOUT_REASON: (FormKind.SMART, "Change the agreement"),
    GapCode.NO_DUE_QUARTERS: (FormKind.MEASURE, "Change the measure"),
    GapCode.NO_MILESTONE: (FormKind.MILESTONES, "Change milestones"),
    GapCode.PROXY_WITHOUT_MILESTONE: (FormKind.PROXY_MILESTONES, "Change its milestones"),
    GapCode.TOLERANCE_UNDEFINED: (FormKind.MEASURE, "Change the measure"),
    GapCode.PROXY_TOLERANCE_UNDEFINED: (FormKind.PROXY, "Change the proxy"),
    GapCode.NO_OUTCOME: (FormKind.WORDS, "Change the words"),
    GapCode.NO_ACTION_PLAN: (FormKind.BELONGING, "Change what it belongs to"),
}


@dataclass(frozen=True, slots=True)
class Mending:
    """The button that leads to the mending of a gap."""

    action: Action
    value: str
    label: str


def gap(found: Gap) -> str:
    """A gap of a group in words, without what the group's title says."""
    if found.code is GapCode.FEW_ADMINISTRATORS:
        return f"{counted('person', found.number)} now. Two or more are best, for when one is away."
    if found.code is GapCode.BOARD_UNCONFIRMED:
        return f"For {joined([months(one) for one in found.quarters])}."
    if found.code is GapCode.INDICATORS_UNOWNED:
        return f"{joined([f'NI {one}' for one in found.numbers])}."
    return f"{brief(found.name, LONGEST_NAME)}{_more(found)}"


def mending(found: Gap) -> Mending:
    """The button of a gap."""
    if found.role is not None:
        label = "Choose somebody" if found.code in _ADD else "Change who it is"
        over = 0 if found.code is GapCode.FEW_ADMINISTRATORS else found.number
        return Mending(Action.SETUP_ROLES, pack_role(found.role, found.scope, over), label)
    if found.code is GapCode.BOARD_UNCONFIRMED:
        return Mending(Action.CHANGE_BOARD, pack_quarter(found.quarters[0]), "Set the date")
    if found.code is GapCode.RESTRICTED_WITHOUT_SHARING:
        return Mending(Action.SETUP_PARTNERSHIPS, str(found.number), "Change the partnership")
    kind, label = _FORMS[found.code]
    return Mending(Action.SETUP_FORM, pack_form(kind, found.number), label)


def _more(found: Gap) -> str:
    """What else there is to say of it."""
    if found.code is GapCode.INACTIVE_HOLDER and found.role is not None:
        return f": {ROLE_HELD[found.role]}"
    if found.missing and found.code is not GapCode.NO_UNIT:
        return f": {lacking(found.missing)}"
    if found.quarters:
        return f": {joined([months(one) for one in found.quarters])}"
    return ""
