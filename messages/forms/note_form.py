"""A note to everybody who still owes a return."""

from typing import Any

from messages.forms.pieces import form, told, typed_text
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View
from messages.ids import Block as Id
from messages.ids import Callback
from messages.wording import amounts, days
from rules.quarters import Quarter


def note_view(quarter: Quarter, people: int, returns: int) -> dict[str, Any]:
    """The form, with how many it goes to."""
    who = amounts.counted("person", people)
    what = amounts.counted("return", returns)
    return form(
        [
            *told(
                f"This goes to {who}, who {'owes' if people == 1 else 'owe'} {what} for "
                f"{days.months(quarter)}. Each gets your note as a direct message, with what "
                "they owe and a button for each return."
            ),
            typed_text(
                Id.WORDS,
                "Your note",
                multiline=True,
                hint="Whoever has reported everything by the time you send it does not get it.",
            ),
        ],
        callback=Callback.NOTE_TO_OWING,
        title="Write to all who owe",
        submit="Send this note",
        kept="",
    )


def parse_note(view: View) -> str:
    """The note as typed."""
    return Entered(view).text(Id.WORDS)


def note_errors() -> dict[str, str]:
    """What a note without words is told."""
    return {Id.WORDS.value: f"Write the note, or press Cancel to send nothing. {KEPT}"}
