"""Safety lines on the way out: nothing is said twice, and nothing is lost."""

from tests.safety.line import Line

ASLEEP = "tests/bot/test_sender_asleep.py"
UNCLEAR = "tests/bot/test_sender_unclear.py"
REFUSED = "tests/bot/test_sender_refused.py"
LEAD = "tests/journeys/test_lead.py"
SHARED = "tests/store/test_outbox_shared.py"
ORDER = "tests/store/test_outbox_order.py"
QUEUE = "store/outbox/queue.py"
OUTCOMES = "store/outbox/outcomes.py"
SENDER, SETTLING, SENT = "bot/sender.py", "bot/settling.py", "bot/outcomes.py"

SENDING = (
    Line(
        what="look before sending again",
        file=SETTLING,
        stands="            standing = await self._look(delivery)\n",
        instead="            standing = None\n",
        why="A message whose answer was lost may stand in Slack already.",
        tests=(f"{UNCLEAR}::test_a_message_stands_once_whatever_went_wrong",),
    ),
    Line(
        what="the settling time",
        file=SENT,
        stands="settle = now + self.settle",
        instead="settle = now",
        why="A message may turn up in Slack for a while after its connection broke.",
        tests=(f"{UNCLEAR}::test_before_the_settling_time_is_over_nothing_is_looked_for_or_sent",),
    ),
    Line(
        what="nothing is sent once its lease has run out",
        file=SENDER,
        stands="        self._still_has(delivery)  # asked last: all before it may take long\n",
        instead="",
        why="A process that slept would send what another has taken over.",
        tests=(
            f"{ASLEEP}::test_a_message_whose_lease_ran_out_while_it_was_worded_is_looked_for_first",
        ),
    ),
    Line(
        what="a lease that runs out makes unknown, not pending",
        file="store/outbox/strays.py",
        stands=".values(state=OutboxState.UNKNOWN, ready_at=settle_until)",
        instead=".values(state=OutboxState.PENDING, ready_at=settle_until)",
        why="A sender that died may have posted.",
        tests=(
            f"{UNCLEAR}::test_a_sender_that_died_after_posting_is_followed_by_one_that_finds_it",
        ),
    ),
    Line(
        what="a code that is in no list is unclear, not refused",
        file="bot/fates.py",
        stands="            return fate\n    return Fate.UNKNOWN",
        instead="            return fate\n    return Fate.NOT_POSTED",
        why="Slack may have posted before it failed in a way nobody has heard of.",
        tests=(f"{UNCLEAR}::test_a_message_stands_once_whatever_went_wrong",),
    ),
    Line(
        what="an edit whose answer was unclear is made again",
        file="bot/settling.py",
        stands="        if delivery.operation is Operation.EDIT:\n            return None\n",
        instead=(
            "        if delivery.operation is Operation.EDIT:\n"
            '            return Standing(delivery.parent_channel or "", delivery.parent_ts or "")\n'
        ),
        why="An edit that never came would leave old words standing for ever.",
        tests=(f"{UNCLEAR}::test_an_edit_without_an_answer_is_made_again",),
    ),
    Line(
        what="replies are looked for under their parent",
        file="bot/history.py",
        stands="        if place.thread is None:\n",
        instead="        if place.thread or True:\n",
        why="A channel's history never holds replies.",
        tests=(f"{UNCLEAR}::test_a_reply_is_looked_for_under_its_parent",),
    ),
    Line(
        what="a 429 is no failure",
        file=OUTCOMES,
        stands="    row.attempts -= 0 if failed else 1\n",
        instead="",
        why="A limited hour must not use up a message's attempts.",
        tests=(
            f"{REFUSED}::test_a_held_channel_is_left_for_as_long_as_slack_says_and_it_is_no_failure",
        ),
    ),
    Line(
        what="further parts go behind their first",
        file=QUEUE,
        stands="        col(_EARLIER.part) < col(OutboxRow.part),\n",
        instead="        col(_EARLIER.part) < 0,\n",
        why="A later part must not overtake one whose fate is unclear.",
        tests=(f"{ORDER}::test_a_further_part_waits_until_the_fate_of_those_before_it_is_known",),
    ),
    Line(
        what="a reply waits for its parent",
        file=QUEUE,
        stands=("            col(OutboxRow.ready_at) <= now,\n            _AFTER_ITS_PARENT,\n"),
        instead="            col(OutboxRow.ready_at) <= now,\n",
        why="Without its parent's place a reply would stand alone in the channel.",
        tests=(f"{ORDER}::test_a_reply_is_not_taken_before_its_parent_stands",),
    ),
    Line(
        what="the posting client has no retries of the SDK's own",
        file="bot/wiring.py",
        stands="        retry_handlers=[],\n",
        instead="",
        why="The SDK's default posts twice when a connection drops.",
        tests=(f"{LEAD}::test_the_home_tab_shows_what_is_left",),
    ),
    Line(
        what="a posting client with retries is refused",
        file="bot/post_office.py",
        stands="        if web.retry_handlers:\n",
        instead="        if False:\n",
        why="Whoever puts the bot together another way must hear of it.",
        tests=("tests/bot/test_post_office.py::test_a_client_that_retries_by_itself_is_refused",),
    ),
    Line(
        what="senders claim in turns",
        file=QUEUE,
        stands="    take(session.connection(), Turn.CLAIMING)\n",
        instead="",
        why="Two senders would write to one channel at a time, out of order and over its pace.",
        tests=(f"{SHARED}::test_while_one_sender_writes_to_a_channel_no_other_does",),
        only="postgresql",
    ),
    Line(
        what="rows that others hold are passed over",
        file=QUEUE,
        stands=(
            "        .order_by(col(OutboxRow.ready_at), _place(), col(OutboxRow.part))\n"
            "        .limit(most)\n"
            "        .with_for_update(skip_locked=True, of=OutboxRow)\n"
        ),
        instead=(
            "        .order_by(col(OutboxRow.ready_at), _place(), col(OutboxRow.part))\n"
            "        .limit(most)\n"
            "        .with_for_update(of=OutboxRow)\n"
        ),
        why="One long use case would hold up every message.",
        tests=(f"{SHARED}::test_a_row_that_a_use_case_holds_is_passed_over_and_the_others_go_on",),
        only="postgresql",
    ),
    Line(
        what="only the taker of a row says what became of it",
        file=OUTCOMES,
        stands="    return row if is_own else None\n",
        instead="    return row\n",
        why="A sender that slept would put back a message that another has just posted.",
        tests=(f"{SHARED}::test_a_sender_that_slept_past_its_lease_says_nothing_more_of_its_row",),
    ),
)
