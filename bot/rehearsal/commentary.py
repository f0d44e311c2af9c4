"""What leads write: the commentary of a return, as long as their manner has it.

It owns these words, all of them illustrative. It must not press anything.
"""

from datetime import date, timedelta

from bot.rehearsal.parts import Part
from bot.rehearsal.timetable import Manner
from messages.forms.commentary_step import YES
from messages.ids import Block
from rules.vocabulary import GrantExpectation, Status, StatusReason
from workspace.tempers import Length

PLAN_AHEAD = timedelta(days=90)
FIGURE_AHEAD = timedelta(days=120)
MORE_RISK = (2, 3)
"""Likelihood and impact of a risk that the data do not give: a medium one."""

CAUSE = {
    Length.SHORT: "Illustrative: late start.",
    Length.USUAL: "Illustrative cause for {title}.",
    Length.LONG: (
        "Illustrative. Three things together. First, two posts in the team stood vacant from May "
        "until the end of August, and the work they do cannot be given to others for long. "
        "Second, the partner whose figures we rely on changed how it counts, so that part of the "
        "fall is in the counting; we have asked for both counts until the year ends. Third, what "
        "was planned for the summer was put off once, to October.\n"
        "With the posts filled and the autumn programme under way, we expect to be back on "
        "profile by the end of the year. {title} is looked at every month by the delivery group."
    ),
}
ACTIONS = {
    Length.SHORT: (("Illustrative: start it", "delivery group"),),
    Length.USUAL: (("Illustrative action to bring it back on track", "delivery group"),),
    Length.LONG: (
        ("Illustrative: hold the autumn programme that was put off in July", "delivery group"),
        ("Illustrative: agree with the partner which of the two counts is used", "target lead"),
        ("Illustrative: fill the second post", "performance lead"),
    ),
}
MITIGATION = {
    Length.SHORT: "Reviewed",
    Length.USUAL: "Reviewed every month",
    Length.LONG: "Reviewed every month by the delivery group, with the partner at the table",
}


def commentary(
    part: Part, end: date, risk_row: int, length: Length = Length.USUAL
) -> dict[str, object]:
    """Everything a lead might be asked in the second step, by block.

    `end` is the quarter's last day, `risk_row` the row for a risk that is not in the register.
    """
    said: dict[str, object] = {
        Block.CAUSE: CAUSE[length].format(title=part.title),
        Block.RISKS_REVIEWED: [YES],
        Block.REASON: _reason(part).value,
        Block.REASON_TEXT: part.line.wording if part.line and part.line.wording else "Illustrative",
        Block.EXPECTED_ON: (end + FIGURE_AHEAD).isoformat(),
    }
    for row, (text, owner) in enumerate(ACTIONS[length]):
        said[f"action.{row}.text"] = text
        said[f"action.{row}.owner"] = owner
        said[f"action.{row}.due_on"] = (end + PLAN_AHEAD).isoformat()
    if part.line and part.line.significant_concern:
        said[Block.CONCERN] = [YES]
    said[Block.GRANT] = (part.grant or GrantExpectation.NOT_AVAILABLE).value
    return said | _risk(part, risk_row, length)


def actions_in(manner: Manner) -> int:
    """How many actions somebody plans for a poor figure."""
    return len(ACTIONS[manner.length])


def _risk(part: Part, row: int, length: Length) -> dict[str, object]:
    factors = part.risk or (MORE_RISK if length is Length.LONG else None)
    if factors is None:
        return {}
    likelihood, impact = factors
    return {
        f"risk.{row}.text": "Illustrative risk",
        f"risk.{row}.likelihood": str(likelihood),
        f"risk.{row}.impact": str(impact),
        f"risk.{row}.mitigation": MITIGATION[length],
    }


def _reason(part: Part) -> StatusReason:
    if part.wanted is Status.NO_DATA:
        return StatusReason.AWAITING_RELEASE
    return StatusReason.BASE_DATA_DOUBT
