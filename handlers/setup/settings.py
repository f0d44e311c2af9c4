"""Listeners of settings: the list, the form for one, and its value."""

from flows.setup.settings import change_setting, setting_sheet, settings_listed
from handlers.answering import instead
from handlers.call import Call
from handlers.context import Context
from handlers.setup.lists import settle, show_form, show_list
from messages.forms.setup.setting_form import parse_setting, setting_view
from messages.notices.organising import SettingsListed
from messages.notices.organising_sheets import SettingSheet
from messages.notices.refusals import OutOfDate

SETTINGS = "Settings"


async def on_settings(context: Context, call: Call) -> None:
    """Settings: the list, or the form for the one whose button was pressed."""
    await call.ack()
    now = context.clock.now()
    if not call.pressed:
        listed = await context.desk.write(settings_listed, call.slack_id, now)
        await show_list(context, call, listed, SETTINGS)
        return
    found = await context.desk.write(setting_sheet, call.slack_id, call.pressed, now)
    await show_form(context, call, found, SettingSheet, setting_view, SETTINGS)


async def on_setting(context: Context, call: Call) -> None:
    """A value was sent: keep it, or say at the field why not."""
    answer = parse_setting(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), SETTINGS)
        return
    done = await context.desk.write(change_setting, call.slack_id, answer, context.clock.now())
    await settle(context, call, done, SettingsListed, SETTINGS)
