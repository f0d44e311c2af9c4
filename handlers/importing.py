"""Listeners of files: hand one in, import what was looked at, take everything out.

A file lies with Slack, so the press that imports it is acknowledged before the file is fetched.
Where something fails between the two nothing is imported, and the button is still there.
"""

import asyncio

from flows.export import Written, workbook
from flows.handed_in import keep, look, tell
from flows.handing_in import (
    HandedIn,
    Waiting,
    changed_since,
    may_import,
    not_fetched,
    numbered,
    read,
    waiting,
)
from handlers.answering import instead, privately, show
from handlers.call import Call
from handlers.context import Context
from handlers.fetching import fetch, send_workbook
from messages.forms.answer_view import answer_view
from messages.forms.import_form import import_errors, import_view, parse_import
from messages.notices import Notice
from messages.notices.answers import FileBeingRead, WorkbookSent
from messages.notices.files import FileChecked, FileFaulty, FileImported
from messages.notices.refusals import WorkbookNotSent
from messages.values import unpack_number

CANNOT_IMPORT = "Import a file"


async def on_import(context: Context, call: Call) -> None:
    """Import was typed, and is acknowledged: open the form for a file."""
    allowed = await context.desk.write(may_import, call.slack_id, context.clock.now())
    if isinstance(allowed, int):
        await show(call, import_view())
    else:
        await privately(context, call, allowed)


async def on_import_file(context: Context, call: Call) -> None:
    """A file was handed in: look at it, and tell by a message what it would do."""
    file_id = parse_import(call.view)
    if not file_id:
        await call.ack(response_action="errors", errors=import_errors())
        return
    allowed = await context.desk.write(may_import, call.slack_id, context.clock.now())
    if not isinstance(allowed, int):
        await instead(context, call, allowed, CANNOT_IMPORT)
        return
    reading = answer_view(CANNOT_IMPORT, context.say_without_names(FileBeingRead()))
    await call.ack(response_action="update", view=reading)
    form = numbered(str(call.view.get("id", "")))
    notice = await looked_at(context, call, form, file_id)
    await context.desk.write(tell, call.slack_id, form, notice, context.clock.now())


async def on_import_these(context: Context, call: Call) -> None:
    """Import these: all of what was looked at, or nothing."""
    await call.ack()
    form = unpack_number(call.pressed) or 0
    asked = await context.desk.read(waiting, call.slack_id, form)
    done: Notice = asked
    if isinstance(asked, FileChecked):
        done = await _imported(context, call, asked)
    if not isinstance(done, FileImported):
        await privately(context, call, done)


async def on_export(context: Context, call: Call) -> None:
    """Export was typed, and is acknowledged: send everything as a workbook to whoever asked."""
    written = await context.desk.write(workbook, call.slack_id, context.clock.now())
    if not isinstance(written, Written):
        await privately(context, call, written)
        return
    sent = await send_workbook(call.client, call.slack_id, written.content)
    await privately(context, call, WorkbookSent(written.rows) if sent else WorkbookNotSent())


async def looked_at(context: Context, call: Call, form: int, file_id: str) -> Waiting | FileFaulty:
    """What a file would do, or what is wrong with it."""
    fetched = await fetch(call.client, file_id)
    if fetched.content is None:
        return not_fetched(fetched.name)
    file = HandedIn(form, file_id, fetched.name, fetched.content)
    found = await asyncio.to_thread(read, file)
    return await context.desk.read(look, file, found, context.clock.now())


async def fetched_again(call: Call, asked: Waiting) -> HandedIn | FileFaulty:
    """The file that was looked at, if it is still the same."""
    fetched = await fetch(call.client, asked.file_id)
    if fetched.content is None:
        return not_fetched(asked.file)
    file = HandedIn(asked.form, asked.file_id, asked.file, fetched.content)
    return file if file.digest == asked.digest else changed_since(asked.file)


async def _imported(context: Context, call: Call, asked: FileChecked) -> Notice:
    file = await fetched_again(call, asked)
    if not isinstance(file, HandedIn):
        return file
    found = await asyncio.to_thread(read, file)
    return await context.desk.write(keep, call.slack_id, file, found, context.clock.now())
