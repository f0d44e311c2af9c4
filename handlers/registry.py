"""The table of contents: which listener answers what. Callbacks are plain functions."""

import re
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from handlers.access import on_access_ended
from handlers.board import on_board_date, on_change_board, on_confirm_board
from handlers.commands import on_command
from handlers.confirming import on_confirm_figure
from handlers.context import Context
from handlers.deliveries import on_dealt_with, on_release, on_send_again
from handlers.escalations import (
    on_acknowledge,
    on_acknowledge_with_note,
    on_acknowledgement,
    on_open_target,
)
from handlers.guard import Listener, guarded, kept_before_ack, nothing_more
from handlers.home import on_home
from handlers.importing import on_import_file, on_import_these
from handlers.returns import on_add_action, on_commentary, on_figure, on_report
from handlers.sheets import on_columns, on_keep_figures, on_map_columns
from handlers.stale import on_stale_form, on_stale_press
from messages.ids import Action, Callback

ACTIONS: Mapping[Action, Listener] = {
    Action.REPORT: on_report,
    Action.ADD_ACTION: on_add_action,
    Action.ACKNOWLEDGE: on_acknowledge,
    Action.ACKNOWLEDGE_WITH_NOTE: on_acknowledge_with_note,
    Action.OPEN_TARGET: on_open_target,
    Action.CONFIRM_BOARD: on_confirm_board,
    Action.CHANGE_BOARD: on_change_board,
    Action.SEND_AGAIN: on_send_again,
    Action.DEALT_WITH: on_dealt_with,
    Action.RELEASE: on_release,
    Action.IMPORT_THESE: on_import_these,
    Action.CONFIRM_FIGURE: on_confirm_figure,
    Action.MAP_COLUMNS: on_map_columns,
    Action.KEEP_FIGURES: on_keep_figures,
}

FORMS: Mapping[Callback, Listener] = {
    Callback.RETURN_FIGURE: on_figure,
    Callback.RETURN_COMMENTARY: on_commentary,
    Callback.ACKNOWLEDGE_NOTE: on_acknowledgement,
    Callback.BOARD_DATE: on_board_date,
    Callback.IMPORT_FILE: on_import_file,
    Callback.COLUMN_MAPPING: on_columns,
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
    for callback, listener in FORMS.items():
        app.view(callback.value)(guarded(context, listener))
    app.event("app_home_opened")(guarded(context, on_home))
    for event, listener in KEPT_EVENTS.items():
        app.event(event, middleware=[kept_before_ack(context, listener)])(nothing_more)
    app.action(ANYTHING)(guarded(context, on_stale_press))
    app.view(ANYTHING)(guarded(context, on_stale_form))
