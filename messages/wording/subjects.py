"""What a message is about, for messages about messages: kinds, stages and channels in words.

It owns one phrase for each kind of notice the bot sends unasked. Answers to a command are
never sent later, and have none.
"""

from typing import Final

from rules.cadence import StageKind
from rules.certificate import Fate

SUBJECT: Final = {
    "returns_requested": "the request for returns",
    "returns_still_missing": "a reminder",
    "returns_overdue": "an overdue reminder",
    "leads_overdue": "the list of what is overdue",
    "return_received": "a receipt",
    "lead_away": "the message that a lead is away",
    "stand_in_named": "the message about answering for somebody",
    "away_recorded": "the message about days away",
    "not_mine": "the message that a target has the wrong lead",
    "help_wanted": "a call for help",
    "note_to_owing": "a note to all who owe",
    "window_opened": "the message that the window is open",
    "window_closed": "the message that the window has closed",
    "extension_over": "the message that extra time is over",
    "extension_given": "the message about more time",
    "return_sent_back": "the message that a return came back",
    "returns_to_accept": "the list of returns to accept",
    "dates_changed": "the message about new dates",
    "window_missed": "the message about a missed window",
    "role_given": "the message about a new role",
    "role_ended": "the message about a role that ended",
    "request_passed_on": "the request for returns",
    "quarter_paused": "the message that the quarter is paused",
    "quarter_resumed": "the message that the quarter goes on",
    "pause_stands": "the message that the quarter is paused",
    "resume_stands": "the message that the quarter goes on",
    "sponsor_told_of_escalation": "the message to a sponsor about escalations",
    "lead_told_of_escalation": "the message to a lead about escalations",
    "escalations_listed": "the list of escalations",
    "sponsor_reminded": "the reminder to acknowledge",
    "acknowledgement_missing": "the list of missing acknowledgements",
    "sponsor_acknowledged": "the message about an acknowledgement",
    "escalation_ended": "the message that an escalation is over",
    "data_chase": "the request for missing data",
    "digest_parent": "the digest's first message",
    "digest_escalations": "the digest's escalations",
    "digest_follow_up": "the digest's follow-up",
    "digest_annex": "an annex of the digest",
    "digest_grant": "the digest's part on grant",
    "digest_partnerships": "the digest's part on partnerships",
    "digest_plans": "the digest's part on action plans",
    "digest_next_dates": "the digest's next dates",
    "digest_held": "the message that the digest is waiting",
    "digest_published": "the message that the digest is out",
    "colour_proposed": "the message about a proposed colour",
    "colour_decided": "the decision about a proposed colour",
    "file_faulty": "the list of a file's faults",
    "file_checked": "the message about a file",
    "file_imported": "the message that a file is imported",
    "headings_unknown": "the question about a sheet's columns",
    "figures_found": "the message about a sheet's figures",
    "figures_kept": "the message that a sheet's figures are kept",
    "deliveries_certified": "a check of what was posted",
    "deliveries_amiss": "the message about lost or doubled messages",
    "message_not_sent": "the message about one that was not sent",
    "sending_held": "the message that sending is held",
}
STAGE: Final = {
    StageKind.OPEN: "the window opened",
    StageKind.HAND_OVER: "requests went to whoever took over",
    StageKind.REMIND: "the reminder",
    StageKind.OVERDUE: "the overdue reminder",
    StageKind.CLOSE: "the window closed",
    StageKind.EXTENSION_OVER: "somebody's extra time was over",
    StageKind.ESCALATE: "the escalations went out",
    StageKind.REMIND_SPONSOR: "sponsors were reminded",
    StageKind.TELL_MANAGER: "missing acknowledgements were told",
    StageKind.PREVIEW: "the preview of the digest",
    StageKind.PUBLISH: "the digest was published",
}
DATED: Final = frozenset(
    {
        StageKind.HAND_OVER,
        StageKind.REMIND,
        StageKind.OVERDUE,
        StageKind.EXTENSION_OVER,
        StageKind.REMIND_SPONSOR,
    }
)
"""Stages of which a quarter has several, so that their day tells them apart."""
CHANNEL: Final = {
    "BOARD_CHANNEL": "the board channel",
    "CENTRAL_CHANNEL": "the central channel",
}
FATE: Final = {Fate.MISSING: "missing", Fate.TWICE: "there twice or more"}
