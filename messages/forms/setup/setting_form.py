"""Changing one setting: typed, or one of a few."""

from typing import Any

from messages.forms.pieces import choice, form, told, typed_text
from messages.forms.setup.parts import kept, text_of
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.notices.organising_sheets import SettingAnswer, SettingSheet
from messages.wording.settings import SETTINGS, reads

FROM_NOW_ON = (
    "It counts from now on, for what has not happened yet. What was reported keeps the criteria "
    "it was judged by, and what was published stays as it was."
)
LONGEST = 60


def setting_view(sheet: SettingSheet, under: str) -> dict[str, Any]:
    """The form, with the value as it stands."""
    words = SETTINGS[sheet.name]
    entry = (
        typed_text(Id.VALUE, words.label, sheet.value, hint=words.hint, longest=LONGEST)
        if words.options is None
        else choice(Id.VALUE, words.label, words.options, sheet.value, words.hint)
    )
    usual = reads(sheet.usual, sheet.name)
    return form(
        [
            *told(f"{words.label}: {reads(sheet.value, sheet.name)}. Usually {usual}."),
            entry,
            *told(FROM_NOW_ON),
        ],
        callback=Callback.SETUP_SETTING,
        title="Change a setting",
        submit="Record this",
        kept=kept(under, name=sheet.name, seen=sheet.value),
    )


def parse_setting(view: View) -> SettingAnswer | None:
    """What was sent, or none where the form was tampered with."""
    facts, entered = metadata(view), Entered(view)
    name = text_of(facts, "name")
    if name not in SETTINGS:
        return None
    chosen = SETTINGS[name].options is not None
    value = entered.chosen(Id.VALUE) if chosen else entered.text(Id.VALUE)
    return SettingAnswer(name, " ".join(value.split()), text_of(facts, "seen"))
