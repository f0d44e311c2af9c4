"""Finding what to set up: a target or a partnership, by reference or words."""

import json
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from messages.forms.pieces import form, told
from messages.forms.setup.menus import looked_up
from messages.forms.state import Entered, View, metadata
from messages.ids import Action, Callback, Menu
from messages.markup.blocks import plain
from messages.values import pack_form, unpack_number
from rules.setup_forms import FormKind

LARGEST: Final = 999_999_999
"""No row has a larger number, nor does every database hold one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was chosen: in which menu, and a number or nothing."""

    menu: Menu
    number: int | None


def find_target_view() -> dict[str, Any]:
    """The form, with a way to make a new target."""
    new = ButtonElement(
        text=plain("Make a new target"),
        action_id=Action.SETUP_FORM,
        value=pack_form(FormKind.CREATION),
    )
    return form(
        [
            *told("Which target would you like to see or change?"),
            looked_up(Menu.WHICH_TARGET, "Target", {}),
            ActionsBlock(block_id="new", elements=[new]),
        ],
        callback=Callback.SETUP_FIND,
        title="Targets",
        submit="Open this target",
        kept=json.dumps({"menu": Menu.WHICH_TARGET}),
    )


def find_partnership_view() -> dict[str, Any]:
    """The form for the notes about a partnership."""
    return form(
        [
            *told("Notes about which partnership: review workshops, inspections, surveys?"),
            looked_up(Menu.WHICH_PARTNERSHIP, "Partnership", {}),
        ],
        callback=Callback.SETUP_FIND,
        title="Notes",
        submit="Open its notes",
        kept=json.dumps({"menu": Menu.WHICH_PARTNERSHIP}),
    )


def parse_find(view: View) -> Found | None:
    """What was chosen, or none where the form was tampered with."""
    menu = metadata(view).get("menu")
    if menu not in {Menu.WHICH_TARGET, Menu.WHICH_PARTNERSHIP}:
        return None
    number = unpack_number(Entered(view).chosen(menu))
    return Found(Menu(menu), number if number and number <= LARGEST else None)


def find_errors(found: Found) -> dict[str, str]:
    """Nothing was chosen."""
    return {found.menu: "Choose one. Type a part of its reference or name to find it."}
