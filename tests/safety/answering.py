"""Safety lines on the way in: who may come in, what counts once, and what is kept first."""

from tests.safety.line import Line

EVENTS = "tests/journeys/test_events.py"
KEPT = "tests/journeys/test_kept_before_acknowledged.py"
FRONT = "tests/bot/test_doors_front.py"
AGAIN = "tests/journeys/test_delivered_again.py"
ONCE = "tests/bot/test_doors_once.py"

ANSWERING = (
    Line(
        what="a return is kept before it is acknowledged",
        file="handlers/returns.py",
        stands="    sent = await context.desk.write(\n",
        instead="    await call.ack()\n    sent = await context.desk.write(\n",
        why="A crash in between would lose a return that its lead believes sent.",
        tests=(f"{KEPT}::test_nothing_is_acknowledged_that_is_not_kept",),
        only="return",
    ),
    Line(
        what="an acknowledgement is kept before the press is answered",
        file="handlers/escalations.py",
        stands="    done = await context.desk.write(acknowledge, call.slack_id, *named,",
        instead=(
            "    await call.ack()\n"
            "    done = await context.desk.write(acknowledge, call.slack_id, *named,"
        ),
        why="A crash in between would lose what the sponsor believes done.",
        tests=(f"{KEPT}::test_nothing_is_acknowledged_that_is_not_kept",),
        only="acknowledgement and not note",
    ),
    Line(
        what="the signature of a request",
        file="bot/doors/signed.py",
        stands="        if not self._is_slacks(body, date, signature):\n",
        instead="        if False:\n",
        why="Anybody could report, acknowledge and publish.",
        tests=(f"{FRONT}::test_another_body_under_a_good_signature_is_unauthorised",),
    ),
    Line(
        what="the form of a request's date and signature",
        file="bot/doors/signed.py",
        stands="    if len(found) != 1 or not form.fullmatch(found[0]):\n",
        instead="    if not found:\n",
        why="The verifier fails over them, and a failure is no answer.",
        tests=(
            f"{FRONT}::test_a_malformed_date_is_unauthorised",
            f"{FRONT}::test_a_malformed_or_wrong_signature_is_unauthorised",
        ),
    ),
    Line(
        what="the same signed request counts once",
        file="bot/doors/once.py",
        stands="        taken = await self._take(digest)\n",
        instead="        taken = self._wall.now()\n",
        why="Whoever copies a request on its way could make it count again.",
        tests=(f"{ONCE}::test_sent_twice_it_is_handled_once_and_answered_alike",),
    ),
    Line(
        what="an event is heard once",
        file="flows/events.py",
        stands="    if not hear(session, event_id, now):\n        return False\n",
        instead="    hear(session, event_id, now)\n",
        why="Slack delivers events at least once, for hours.",
        tests=(f"{EVENTS}::test_the_end_of_access_is_audited_once_however_often_slack_says_it",),
    ),
    Line(
        what="a copy of a press gets the answer of the first",
        file="handlers/guard.py",
        stands="        await repeats.once(ack, call, partial(answer, ack))\n",
        instead="        await answer(ack, call)\n",
        why="People would be answered twice, and a refusal stand twice in the audit.",
        tests=(
            f"{AGAIN}::test_a_command_is_answered_once",
            f"{AGAIN}::test_a_refusal_is_in_the_audit_once",
        ),
    ),
    Line(
        what="a trigger that has opened its view is let be",
        file="handlers/answering.py",
        stands='    with _let_be("exchanged_trigger_id"):\n',
        instead='    with _let_be(""):\n',
        why="A press that came to two processes would be answered with an error, too.",
        tests=(f"{AGAIN}::test_a_press_that_comes_to_two_processes_opens_one_form",),
    ),
)
