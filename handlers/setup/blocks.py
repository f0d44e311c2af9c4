"""Listeners of blocks: the list, the form for one, and taking one away."""

from flows.setup.blocks import block_sheet, blocks_listed, keep_block, remove_block
from handlers.answering import in_modal
from handlers.call import Call
from handlers.context import Context
from handlers.setup.lists import page_in, removed, settle, show_form, show_list
from messages.forms.setup.block_form import block_view, parse_block
from messages.notices.organising import BlocksListed
from messages.notices.organising_sheets import BlockSheet
from messages.notices.refusals import OutOfDate
from messages.values import unpack_number

BLOCKS = "Blocks"


async def on_blocks(context: Context, call: Call) -> None:
    """Blocks: the list, or the form a button of it asks for."""
    await call.ack()
    now = context.clock.now()
    if (page := page_in(call.pressed)) is not None:
        listed = await context.desk.write(blocks_listed, call.slack_id, page, now)
        await show_list(context, call, listed, BLOCKS)
        return
    number = unpack_number(call.pressed.removeprefix("change:"))
    if number is None and call.pressed != "add":
        await in_modal(context, call, OutOfDate(), BLOCKS)
        return
    found = await context.desk.write(block_sheet, call.slack_id, number, now)
    await show_form(context, call, found, BlockSheet, block_view, BLOCKS)


async def on_block(context: Context, call: Call) -> None:
    """A block was sent: keep it, or say at the fields why not."""
    answer = parse_block(call.view)
    done = await context.desk.write(keep_block, call.slack_id, answer, context.clock.now())
    await settle(context, call, done, BlocksListed, BLOCKS)


async def on_remove_block(context: Context, call: Call) -> None:
    """Take a block away."""
    number = unpack_number(call.pressed) or 0
    done = await context.desk.write(remove_block, call.slack_id, number, context.clock.now())
    await call.ack()
    await removed(context, call, done, BlocksListed, BLOCKS)
