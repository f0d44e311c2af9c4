"""Naming the columns of a block's own sheet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from messages.cleaning import printable
from messages.forms.pieces import choice, form, told, typed_text
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback

MOST_OPTIONS: Final = 100
MOST_NAME: Final = 100
LONGEST_OPTION: Final = 75

QUESTIONS: Final[Mapping[str, str]] = {
    Id.TARGET_COLUMN: "Which column holds the target's reference or title?",
    Id.FIGURE_COLUMN: "Which column holds the figure?",
    Id.SOURCE_COLUMN: "Which column says where the figure is from, if any?",
    Id.AS_AT_COLUMN: "Which column says the day the figure is of, if any?",
    Id.QUARTER_COLUMN: "Which column says the quarter, if any?",
}


@dataclass(frozen=True, slots=True)
class ColumnsAnswer:
    """What was sent: a name for this kind of sheet, and places of columns by block."""

    form: int
    name: str
    places: Mapping[str, int] = field(default_factory=dict)


def columns_view(
    form_number: int, file: str, headings: Sequence[str], before: Mapping[str, int], name: str
) -> dict[str, Any]:
    """The form, with what was chosen before."""
    options = {
        str(place): _option(heading, place)
        for place, heading in enumerate(headings[:MOST_OPTIONS])
        if heading.strip()
    }
    few = (
        f" Only the first {MOST_OPTIONS} columns can be chosen from."
        if len(headings) > MOST_OPTIONS
        else ""
    )
    return form(
        [
            *told(f"Say which column of {file} is which. It is remembered under a name.{few}"),
            *(
                choice(block, question, options, str(before[block]) if block in before else None)
                for block, question in QUESTIONS.items()
            ),
            typed_text(
                Id.SHEET_NAME,
                "What is this kind of sheet called?",
                name,
                hint="Leads read it: “from the Safer Communities sheet”.",
                longest=MOST_NAME,
            ),
        ],
        callback=Callback.COLUMN_MAPPING,
        title="Which column is which",
        submit="Read it like this",
        kept=json.dumps({"form": form_number}),
    )


def parse_columns(view: View) -> ColumnsAnswer | None:
    """What was sent, or none where the form was tampered with."""
    number = metadata(view).get("form")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        return None
    entered = Entered(view)
    chosen = {block: entered.chosen(block) for block in QUESTIONS}
    places = {
        block: int(value)
        for block, value in chosen.items()
        if value.isascii() and value.isdecimal() and int(value) < MOST_OPTIONS
    }
    return ColumnsAnswer(number, " ".join(entered.text(Id.SHEET_NAME).split()), places)


def columns_errors(answer: ColumnsAnswer) -> dict[str, str]:
    """What is missing, or chosen twice."""
    found: dict[str, str] = {}
    for needed in (Id.TARGET_COLUMN, Id.FIGURE_COLUMN):
        if needed not in answer.places:
            found[needed] = f"Choose the column. {KEPT}"
    if not 0 < len(answer.name) <= MOST_NAME:
        found[Id.SHEET_NAME] = f"Give it a name of at most {MOST_NAME} characters. {KEPT}"
    seen: dict[int, str] = {}
    for block, place in answer.places.items():
        if place in seen:
            found[block] = f"This column is chosen above already. Choose another. {KEPT}"
        seen[place] = block
    return found


def _option(heading: str, place: int) -> str:
    words = " ".join(printable(heading).split()) or f"Column {place + 1}"
    fits = words.encode("utf-16-le")[: 2 * (LONGEST_OPTION - 1)].decode("utf-16-le", "ignore")
    return words if fits == words else f"{fits}…"
