"""Saying how an action stands."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from messages.forms.pieces import choice, form, heading, told, typed_text
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.notices.actions import ActionSheet
from messages.values import unpack_number
from messages.wording import amounts, colours, days
from rules.actions import UpdateFault
from rules.vocabulary import ActionState

_WORDS: Final = {
    UpdateFault.STATE_REQUIRED: (Id.ACTION_STATE, "Choose how the action stands."),
    UpdateFault.NOTE_REQUIRED: (
        Id.NOTE,
        "Say in a sentence how far it is. The board reads it with the action.",
    ),
    UpdateFault.REASON_REQUIRED: (
        Id.NOTE,
        "Say why it is dropped. The board reads the reason with the action.",
    ),
}


@dataclass(frozen=True, slots=True)
class ActionAnswer:
    """What was sent: which action, how it stands or nothing, and a note or nothing."""

    number: int
    state: ActionState | None
    note: str


def action_view(sheet: ActionSheet) -> dict[str, Any]:
    """The form for one action, with how it stands now."""
    action = sheet.action
    return form(
        [
            *heading(f"{action.ref}: how does it stand?"),
            *told(_about(sheet)),
            choice(
                Id.ACTION_STATE,
                "It is",
                {state.value: words for state, words in colours.ACTION.items()},
                sheet.state.value,
            ),
            typed_text(
                Id.NOTE,
                "In a sentence, how far it is",
                multiline=True,
                hint="The board reads it. An action that is dropped needs a reason.",
            ),
        ],
        callback=Callback.ACTION_UPDATE,
        title="Say how it stands",
        submit="Keep this",
        kept=json.dumps({"action": action.number}),
    )


def _about(sheet: ActionSheet) -> str:
    action = sheet.action
    owner = f", {action.owner}" if action.owner else ""
    late = (
        f" It is {amounts.counted('day', action.days_overdue)} overdue."
        if action.days_overdue
        else ""
    )
    last = f" Last said of it: “{action.update}”" if action.update else ""
    return f"{action.text}{owner}. Due {days.day(action.due_on)}.{late}{last}"


def parse_action(view: View) -> ActionAnswer | None:
    """What was sent, or none where the form was tampered with."""
    number = unpack_number(str(metadata(view).get("action", "")))
    entered = Entered(view)
    chosen = entered.chosen(Id.ACTION_STATE)
    state = ActionState(chosen) if chosen in set(ActionState) else None
    return None if number is None else ActionAnswer(number, state, entered.text(Id.NOTE))


def action_errors(faults: Sequence[UpdateFault]) -> dict[str, str]:
    """What an update lacks, at its field."""
    found = (_WORDS[fault] for fault in faults)
    return {block.value: f"{words} {KEPT}" for block, words in found}
