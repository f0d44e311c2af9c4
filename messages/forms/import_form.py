"""Handing in a file to import."""

from typing import Any, Final

from slack_sdk.models.blocks import InputBlock
from slack_sdk.models.blocks.block_elements import FileInputElement

from messages.forms.pieces import form, told
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View
from messages.ids import Block as Id
from messages.ids import Callback
from messages.markup.blocks import plain

KINDS: Final = ("csv", "xlsx")


def import_view() -> dict[str, Any]:
    """The form: one file."""
    return form(
        [
            *told(
                "Choose a CSV file or an Excel workbook. Its name, or the names of its sheets, say "
                "what it holds: target facts, milestones, roles, actions, risks and so on. A "
                "block's own sheet of figures will do, too."
            ),
            InputBlock(
                block_id=Id.FILE,
                label=plain("The file"),
                element=FileInputElement(action_id=Id.FILE, filetypes=list(KINDS), max_files=1),
                hint=plain("It is looked at first. Nothing is changed until you say so."),
                optional=True,
            ),
        ],
        callback=Callback.IMPORT_FILE,
        title="Import a file",
        submit="Look at this file",
        kept="",
    )


def parse_import(view: View) -> str:
    """Slack's id of the file, or nothing."""
    return next(iter(Entered(view).files(Id.FILE)), "")


def import_errors() -> dict[str, str]:
    """What is wrong where no file was chosen."""
    return {Id.FILE: f"Choose a file. {KEPT}"}
