"""The rule behind each kind of message, in words, for whoever asks why it came.

It owns one rule for each kind of notice the bot sends unasked; `{when}` is the day of its stage.
"""

from typing import Final

from messages.wording.amounts import counted

BY_HAND: Final = "reminded_by_hand"
_SENT_ONCE: Final = "It comes once."
_DIGEST: Final = (
    "Some working days before the board meets the quarter's records are frozen and the digest is "
    "posted, once, in the board's channel: a first message, and its parts in the thread. A preview "
    "goes to the central team on the working day before, or to whoever asks for one."
)
_CHECKED: Final = (
    "After each stage of a quarter, and every night, what should stand in Slack is compared with "
    "what does. The central channel hears the outcome of each stage, and of a night only when "
    "something is wrong."
)

_HANDED_IN: Final = (
    "Whoever hands in a file is told what is in it, or what is wrong with it, before anything is "
    "changed; and then what came of it."
)

RULE: Final[dict[str, str]] = {
    "returns_requested": (
        "When a quarter's window opens, whoever leads a target is asked once for all that they "
        "lead and that is due. Where nobody leads it, the block's performance lead is asked. The "
        "same message shows what has come in."
    ),
    "returns_still_missing": (
        "Leads are reminded {when} of whatever is still missing, and of nothing else. What they "
        "put off is left out until its day, but never on the due day."
    ),
    BY_HAND: "The central team or the LAA manager asked for one more reminder of what is missing.",
    "returns_overdue": (
        "Leads are told {when} of whatever is still missing, until the window closes."
    ),
    "leads_overdue": (
        "From the second overdue message on the performance lead is told what is missing in the "
        "block; with the third the central team, and the sponsor of what was red or amber when "
        "last reported. This one came {when}."
    ),
    "return_received": (
        "Whoever reports a target gets a receipt, and so does whoever is asked for it, for every "
        "version."
    ),
    "lead_away": (
        "When a lead is away with nobody in their place until a return is overdue, the performance "
        "lead is told, or the central team where there is none. It comes once for each absence."
    ),
    "stand_in_named": "Whoever is named to answer for somebody who is away is told of it.",
    "away_recorded": "Whoever has days away or hours recorded by somebody else is told of it.",
    "not_mine": (
        "When somebody who is asked for a target says that it is not theirs, the performance lead "
        "is told, or the central team where there is none. It comes once for each target and "
        "person."
    ),
    "help_wanted": (
        "When a lead presses “I need help”, the partnership's liaison officer and the central team "
        "are told."
    ),
    "note_to_owing": (
        "The central team wrote to everybody who still owes a return. Each gets it with what they "
        "owe."
    ),
    "colour_proposed": (
        "A lead may propose another colour than the computed one. A better one waits for the "
        "central team, and is told in its channel; the same message says what came of it."
    ),
    "colour_decided": (
        "When the central team decides on a better colour, whoever proposed it and the target's "
        "lead are told."
    ),
    "return_sent_back": (
        "When a return is sent back or reopened, whoever is asked for it is told why, with a "
        "button to send it in once more."
    ),
    "returns_to_accept": (
        "Where returns are accepted by hand, the central channel has the list of what is in when "
        "the window closes."
    ),
    "extension_given": "Whoever is given more time is told until when, and for which targets.",
    "extension_over": (
        "When the extra time of somebody is over and returns are still missing, the central "
        "channel is told."
    ),
    "quarter_paused": (
        "When the central team pauses a quarter, whoever still owes something is told once."
    ),
    "quarter_resumed": (
        "When a paused quarter goes on, whoever still owes something is told the new dates, once."
    ),
    "pause_stands": "When a quarter is paused, the central channel is told.",
    "resume_stands": "When a paused quarter goes on, the central channel is told.",
    "role_given": "Whoever is given a role is told of it, once.",
    "role_ended": "Whoever no longer holds a role is told of it, once.",
    "request_passed_on": (
        "When all that a lead was asked for is somebody else's, the message that asked for it says "
        "so."
    ),
    "file_faulty": _HANDED_IN,
    "file_checked": _HANDED_IN,
    "file_imported": _HANDED_IN,
    "headings_unknown": _HANDED_IN,
    "figures_found": _HANDED_IN,
    "figures_kept": _HANDED_IN,
    "window_opened": "When a quarter's window opens, the central channel is told who was asked.",
    "window_closed": (
        "When a quarter's window closes, the central channel is told what came in and what did not."
    ),
    "dates_changed": (
        "When the central team moves a date that people were given, everybody who was asked is "
        "told once."
    ),
    "window_missed": (
        f"When a quarter's due day is over and its window was never opened, the central channel is "
        f"told. {_SENT_ONCE}"
    ),
    "sponsor_told_of_escalation": (
        "A target that is red or amber in a second reported quarter running goes to its sponsor, "
        "on the working day after the window has closed; quarters without a colour are passed "
        "over. Where no sponsor can acknowledge, the LAA manager is asked."
    ),
    "lead_told_of_escalation": (
        "When a target goes to its sponsor, red or amber in a second reported quarter running, its "
        "lead is told when the report card is due."
    ),
    "escalations_listed": (
        "After the escalation run the central channel has the list, and each performance lead that "
        "of the block."
    ),
    "sponsor_reminded": (
        "Sponsors who have not acknowledged are reminded {when}, only of what is still open."
    ),
    "acknowledgement_missing": (
        "What no sponsor has acknowledged is told to the LAA manager and the central team {when}."
    ),
    "sponsor_acknowledged": "When a sponsor acknowledges an escalation, the target's lead is told.",
    "escalation_ended": (
        "When an escalated target is green again, or the records no longer call for it, its lead "
        "and sponsor are told."
    ),
    "data_chase": (
        "Two quarters running without data are no escalation, but the performance lead and the LAA "
        "manager are told."
    ),
    "digest_parent": _DIGEST,
    "digest_escalations": _DIGEST,
    "digest_follow_up": _DIGEST,
    "digest_annex": _DIGEST,
    "digest_grant": _DIGEST,
    "digest_partnerships": _DIGEST,
    "digest_plans": _DIGEST,
    "digest_next_dates": _DIGEST,
    "digest_held": (
        "Nothing is published for a board's date that nobody confirmed. The central channel is "
        "told once that the digest waits."
    ),
    "digest_published": "When the digest is out, the central channel is told.",
    "deliveries_certified": _CHECKED,
    "deliveries_amiss": _CHECKED,
    "message_not_sent": (
        "When a message could not be delivered, the central channel is told, or the administrators "
        "directly where nothing can be said in that channel."
    ),
    "sending_held": (
        "When the machine's clock has jumped, or the records come from a backup, nothing is sent "
        "until an administrator lets it go on. The central channel is told, or the administrators "
        "directly where nothing can be said in that channel."
    ),
}
UNKNOWN: Final = "It comes by a rule of the quarter's cycle. The central team can say more."


def rule(name: str, distance: int | None) -> str:
    """The rule of a kind in words; `distance` is that of its stage, in working days."""
    return RULE.get(name, UNKNOWN).format(when=_when(name, distance))


def _when(name: str, distance: int | None) -> str:
    if distance is None:
        return "on set days"
    if name in {"sponsor_reminded", "acknowledgement_missing"}:
        return f"{counted('working day', distance)} after the escalations went out"
    if distance == 0:
        return "on the day returns are due"
    days = counted("working day", abs(distance))
    return f"{days} before returns are due" if distance < 0 else f"{days} after they were due"
