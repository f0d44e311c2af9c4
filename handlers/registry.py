"""The table of contents: which listener answers what. Callbacks are plain functions."""

import re
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from handlers.access import on_access_ended
from handlers.actions import on_action, on_update_action
from handlers.after_sending import (
    on_accept,
    on_accept_all,
    on_go_back,
    on_lock,
    on_reopen,
    on_send_back,
)
from handlers.asides import (
    on_help_wanted,
    on_need_help,
    on_not_mine,
    on_put_off,
    on_target_not_mine,
    on_target_put_off,
)
from handlers.board import on_board_date, on_change_board, on_confirm_board
from handlers.commands import on_command
from handlers.context import Context
from handlers.deliveries import on_dealt_with, on_release, on_send_again
from handlers.escalations import (
    on_acknowledge,
    on_acknowledge_with_note,
    on_acknowledgement,
    on_open_target,
)
from handlers.guard import Listener, guarded, kept_before_ack, nothing_more
from handlers.home import (
    on_home,
    on_note_to_owing,
    on_nudge,
    on_turn_page,
    on_write_to_owing,
)
from handlers.leave import on_away, on_away_days
from handlers.more_time import on_extend, on_extension
from handlers.proposals import on_agree_colour, on_keep_colour, on_keep_colour_reason
from handlers.return_form import (
    on_add_action,
    on_last_words,
    on_propose,
    on_take_draft,
    on_typing,
)
from handlers.returns import on_commentary, on_figure, on_report
from handlers.setup.areas import AREAS
from handlers.setup.blocks import on_block, on_remove_block
from handlers.setup.check import on_setup_gaps
from handlers.setup.dates import on_dates
from handlers.setup.finding import on_find, on_suggest
from handlers.setup.forms import on_setup_form, on_setup_sent
from handlers.setup.kinds import on_kind
from handlers.setup.partnerships import on_partnership, on_remove_partnership
from handlers.setup.roles import on_end_role, on_give_role, on_person_chosen
from handlers.setup.settings import on_setting
from handlers.stale import on_stale_form, on_stale_press
from handlers.why import on_why
from messages.forms.return_form import typed_field
from messages.ids import Action, Callback, Menu

ACTIONS: Mapping[Action, Listener] = {
    Action.REPORT: on_report,
    Action.ADD_ACTION: on_add_action,
    Action.PROPOSE: on_propose,
    Action.LAST_WORDS: on_last_words,
    Action.TAKE_DRAFT: on_take_draft,
    Action.AGREE_COLOUR: on_agree_colour,
    Action.KEEP_COLOUR: on_keep_colour,
    Action.ACKNOWLEDGE: on_acknowledge,
    Action.ACKNOWLEDGE_WITH_NOTE: on_acknowledge_with_note,
    Action.OPEN_TARGET: on_open_target,
    Action.CONFIRM_BOARD: on_confirm_board,
    Action.CHANGE_BOARD: on_change_board,
    Action.SEND_AGAIN: on_send_again,
    Action.DEALT_WITH: on_dealt_with,
    Action.RELEASE: on_release,
    Action.SETUP_FORM: on_setup_form,
    Action.SETUP_GAPS: on_setup_gaps,
    **AREAS,
    Action.ACCEPT: on_accept,
    Action.ACCEPT_ALL: on_accept_all,
    Action.SEND_BACK: on_send_back,
    Action.LOCK: on_lock,
    Action.REOPEN: on_reopen,
    Action.EXTEND: on_extend,
    Action.SETUP_PERSON: on_person_chosen,
    Action.REMOVE_BLOCK: on_remove_block,
    Action.REMOVE_PARTNERSHIP: on_remove_partnership,
    Action.WHY: on_why,
    Action.PUT_OFF: on_put_off,
    Action.NOT_MINE: on_not_mine,
    Action.NEED_HELP: on_need_help,
    Action.AWAY: on_away,
    Action.UPDATE_ACTION: on_update_action,
    Action.NUDGE: on_nudge,
    Action.WRITE_TO_OWING: on_write_to_owing,
    Action.TURN_PAGE: on_turn_page,
}

FORMS: Mapping[Callback, Listener] = {
    Callback.RETURN_FIGURE: on_figure,
    Callback.RETURN_COMMENTARY: on_commentary,
    Callback.KEEP_COLOUR: on_keep_colour_reason,
    Callback.ACKNOWLEDGE_NOTE: on_acknowledgement,
    Callback.BOARD_DATE: on_board_date,
    Callback.SETUP_FIND: on_find,
    Callback.SETUP_FORM: on_setup_sent,
    Callback.GO_BACK: on_go_back,
    Callback.EXTENSION: on_extension,
    Callback.GIVE_ROLE: on_give_role,
    Callback.END_ROLE: on_end_role,
    Callback.SETUP_BLOCK: on_block,
    Callback.SETUP_PARTNERSHIP: on_partnership,
    Callback.SETUP_KIND: on_kind,
    Callback.SETUP_SETTING: on_setting,
    Callback.SETUP_DATES: on_dates,
    Callback.TARGET_PUT_OFF: on_target_put_off,
    Callback.TARGET_NOT_MINE: on_target_not_mine,
    Callback.HELP_WANTED: on_help_wanted,
    Callback.AWAY_DAYS: on_away_days,
    Callback.ACTION_UPDATE: on_action,
    Callback.NOTE_TO_OWING: on_note_to_owing,
}

KEPT_EVENTS: Mapping[str, Listener] = {
    "app_uninstalled": on_access_ended,
    "tokens_revoked": on_access_ended,
}

ANYTHING = re.compile(r".*", re.DOTALL)


def register(app: AsyncApp, context: Context) -> None:
    """Give every command, press, form and event its listener; what is unknown is out of date."""
    app.command(context.command)(guarded(context, on_command))
    for action, listener in ACTIONS.items():
        # A row's own number may follow the id, so that ids are unique in a message.
        # Bolt searches, so the ends are said: “acknowledge” begins another id, too.
        whole = re.compile(rf"\A{re.escape(action)}(?:[:.].*)?\Z")
        app.action(whole)(guarded(context, listener))
    app.action(typed_field())(guarded(context, on_typing))
    for callback, listener in FORMS.items():
        app.view(callback.value)(guarded(context, listener))
    for menu in Menu:
        app.options(menu.value)(guarded(context, on_suggest))
    app.event("app_home_opened")(guarded(context, on_home))
    for event, listener in KEPT_EVENTS.items():
        app.event(event, middleware=[kept_before_ack(context, listener)])(nothing_more)
    app.action(ANYTHING)(guarded(context, on_stale_press))
    app.view(ANYTHING)(guarded(context, on_stale_form))
