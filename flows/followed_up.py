"""The digest's part on actions: what became of those raised for the last meeting.

Every count and order is decided by `rules/digest.py`; restricted words are left out (H12).
"""

from dataclasses import replace

from flows import withholding
from flows.material import Material
from messages.notices.digest import ActionCount, FollowUpLine
from rules.digest import FollowUpAction, days_overdue, follow_up, follow_up_counts


def _followed(made: Material) -> tuple[FollowUpAction, ...]:
    """Actions raised for the last meeting: those of earlier quarters that are still of interest."""
    last = made.planned.quarter.previous
    refs = {one.target.number: one.target.ref for one in made.found.walked}
    return tuple(
        FollowUpAction(
            refs[action.target],
            action.text,
            action.owner,
            action.due_on,
            action.state,
            action.update_note if action.updated_in == made.planned.quarter else "",
        )
        for number, actions in made.found.actions.items()
        for action in actions
        if action.raised_in == last and number in refs
    )


def follow_up_lines(made: Material) -> tuple[FollowUpLine, ...]:
    """A line for each, the most overdue first."""
    return tuple(_followed_line(made, one) for one in follow_up(_followed(made), made.today))


def _followed_line(made: Material, action: FollowUpAction) -> FollowUpLine:
    line = FollowUpLine(
        action.ref,
        action.text,
        action.owner,
        action.due_on,
        action.state,
        days_overdue(action, made.today),
        action.update,
    )
    if withholding.from_channel(made.walked(action.ref).target):
        return replace(line, text="", owner="", update="", withheld=True)
    return line


def action_count(made: Material) -> ActionCount:
    """How many are done, overdue, without an update, open and dropped."""
    found = follow_up_counts(_followed(made), made.today)
    return ActionCount(found.done, found.overdue, found.without_update, found.open, found.dropped)
