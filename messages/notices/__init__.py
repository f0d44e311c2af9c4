"""Notices: one frozen dataclass for each thing the bot can say, grouped by subject.

This package owns their table of contents and their way into JSON and back. It must not know
how anything is worded or what Slack wants: flows import it and nothing else of this room.
"""

from functools import cache
from typing import Any, ClassVar, Final, Protocol

from pydantic import TypeAdapter

from messages.notices import (
    actions,
    answers,
    asides,
    checking,
    deliveries,
    digest,
    escalations,
    files,
    home,
    leave,
    moves,
    organising,
    partnership,
    pausing,
    proposals,
    refusals,
    replies,
    returns,
    roles,
    setup,
    setup_cards,
    trouble,
    why,
    window,
)


class Notice(Protocol):
    """Anything the bot can say: a frozen dataclass with a pure example."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @classmethod
    def example(cls) -> "Notice":
        """A realistic notice, the same every time."""


class NoticeUnknownError(LookupError):
    """A kind that is in no table: written by another version of the program."""


KINDS: Final[dict[str, type[Notice]]] = {
    "returns_requested": returns.ReturnsRequested,
    "returns_still_missing": returns.ReturnsStillMissing,
    "returns_overdue": returns.ReturnsOverdue,
    "leads_overdue": returns.LeadsOverdue,
    "return_received": returns.ReturnReceived,
    "lead_away": leave.LeadAway,
    "stand_in_named": leave.StandInNamed,
    "away_recorded": leave.AwayRecorded,
    "not_mine": asides.NotMine,
    "help_wanted": asides.HelpWanted,
    "note_to_owing": returns.NoteToOwing,
    "window_opened": window.WindowOpened,
    "window_closed": window.WindowClosed,
    "extension_over": window.ExtensionOver,
    "dates_changed": window.DatesChanged,
    "window_missed": window.WindowMissed,
    "extension_given": moves.ExtensionGiven,
    "return_sent_back": moves.ReturnSentBack,
    "returns_to_accept": moves.ReturnsToAccept,
    "role_given": roles.RoleGiven,
    "role_ended": roles.RoleEnded,
    "request_passed_on": roles.RequestPassedOn,
    "quarter_paused": pausing.QuarterPaused,
    "quarter_resumed": pausing.QuarterResumed,
    "pause_stands": pausing.PauseStands,
    "resume_stands": pausing.ResumeStands,
    "sponsor_told_of_escalation": escalations.SponsorToldOfEscalation,
    "lead_told_of_escalation": escalations.LeadToldOfEscalation,
    "escalations_listed": escalations.EscalationsListed,
    "sponsor_reminded": escalations.SponsorReminded,
    "acknowledgement_missing": escalations.AcknowledgementMissing,
    "sponsor_acknowledged": escalations.SponsorAcknowledged,
    "escalation_ended": escalations.EscalationEnded,
    "data_chase": escalations.DataChase,
    "digest_parent": digest.DigestParent,
    "digest_escalations": digest.DigestEscalations,
    "digest_follow_up": digest.DigestFollowUp,
    "digest_annex": digest.DigestAnnex,
    "digest_grant": digest.DigestGrant,
    "digest_partnerships": digest.DigestPartnerships,
    "digest_plans": digest.DigestPlans,
    "digest_next_dates": digest.DigestNextDates,
    "digest_held": digest.DigestHeld,
    "digest_published": digest.DigestPublished,
    "colour_proposed": proposals.ColourProposed,
    "colour_decided": proposals.ColourDecided,
    "colour_already_decided": refusals.ColourAlreadyDecided,
    "colour_kept": answers.ColourKept,
    "colour_too_late": refusals.ColourTooLate,
    "deliveries_certified": deliveries.DeliveriesCertified,
    "deliveries_amiss": deliveries.DeliveriesAmiss,
    "message_not_sent": trouble.MessageNotSent,
    "sending_held": trouble.SendingHeld,
    "actions": actions.ActionsAnswer,
    "action_updated": actions.ActionUpdated,
    "help": answers.Help,
    "home": home.Home,
    "partnership": partnership.PartnershipRecord,
    "nudged": home.Nudged,
    "note_sent": home.NoteSent,
    "status": answers.StatusAnswer,
    "target": answers.TargetAnswer,
    "reminded": answers.Reminded,
    "opened": answers.Opened,
    "calendar": answers.CalendarAnswer,
    "escalations": answers.EscalationsAnswer,
    "preview_sent": answers.PreviewSent,
    "digest_posted": answers.DigestPosted,
    "board_date_stands": answers.BoardDateStands,
    "acknowledgement_kept": answers.AcknowledgementKept,
    "setup_menu": setup.SetupMenu,
    "setup_check": setup.SetupCheck,
    "gaps_listed": setup.GapsListed,
    "target_card": setup_cards.TargetCard,
    "partnership_notes": setup_cards.PartnershipNotes,
    "return_moved": checking.ReturnMoved,
    "all_accepted": checking.AllAccepted,
    "return_history": checking.ReturnHistory,
    "returns_listed": checking.ReturnsListed,
    "extension_kept": checking.ExtensionKept,
    "roles_over": organising.RolesOver,
    "blocks_listed": organising.BlocksListed,
    "partnerships_listed": organising.PartnershipsListed,
    "kinds_listed": organising.KindsListed,
    "settings_listed": organising.SettingsListed,
    "dates_listed": organising.DatesListed,
    "away_kept": replies.AwayKept,
    "why": why.Why,
    "nobody_known": replies.NobodyKnown,
    "not_mine_said": replies.NotMineSaid,
    "help_asked": replies.HelpAsked,
    "put_off": replies.PutOff,
    "already_put_off": replies.AlreadyPutOff,
    "too_late_to_put_off": replies.TooLateToPutOff,
    "nothing_left": replies.NothingLeft,
    "file_being_read": answers.FileBeingRead,
    "file_faulty": files.FileFaulty,
    "file_checked": files.FileChecked,
    "file_imported": files.FileImported,
    "headings_unknown": files.HeadingsUnknown,
    "figures_found": files.FiguresFound,
    "figures_kept": files.FiguresKept,
    "already_imported": refusals.AlreadyImported,
    "workbook_sent": answers.WorkbookSent,
    "workbook_not_sent": refusals.WorkbookNotSent,
    "refused": refusals.Refused,
    "not_understood": refusals.NotUnderstood,
    "nothing_saved": refusals.NothingSaved,
    "may_be_saved": refusals.MayBeSaved,
    "target_unknown": refusals.TargetUnknown,
    "partnerships_alike": refusals.PartnershipsAlike,
    "partnership_unknown": refusals.PartnershipUnknown,
    "person_unknown": refusals.PersonUnknown,
    "quarter_not_open": refusals.QuarterNotOpen,
    "return_stands": refusals.ReturnStands,
    "return_moved_since": checking.ReturnMovedSince,
    "already_extended": checking.AlreadyExtended,
    "extension_refused": checking.ExtensionRefused,
    "calendar_not_taken": refusals.CalendarNotTaken,
    "already_acknowledged": refusals.AlreadyAcknowledged,
    "already_seen_to": refusals.AlreadySeenTo,
    "quarter_is_paused": refusals.QuarterIsPaused,
    "quarter_not_paused": refusals.QuarterNotPaused,
    "quarter_over": refusals.QuarterOver,
    "nothing_to_remind": refusals.NothingToRemind,
    "out_of_date": refusals.OutOfDate,
    "more_than_fits": refusals.MoreThanFits,
}

_NAMES: Final = {shape: kind for kind, shape in KINDS.items()}


def kind_of(notice: Notice) -> str:
    """The name a notice is kept under. Raises `NoticeUnknownError` for a class in no table."""
    return name_of(type(notice))


def name_of(shape: type[Notice]) -> str:
    """The name a class of notices is kept under. Raises `NoticeUnknownError`."""
    try:
        return _NAMES[shape]
    except KeyError:
        raise NoticeUnknownError(f"{shape.__name__} stands in no table.") from None


def dumps(notice: Notice) -> str:
    """A notice as JSON, for an outbox row."""
    return _adapter(kind_of(notice)).dump_json(notice).decode()


def loads(kind: str, text: str) -> Notice:
    """The notice kept as `text`. Raises `NoticeUnknownError` or pydantic's `ValidationError`."""
    return _adapter(kind).validate_json(text)


@cache
def _adapter(kind: str) -> TypeAdapter[Notice]:
    if kind not in KINDS:
        raise NoticeUnknownError(f"No notice is called {kind}.")
    return TypeAdapter(KINDS[kind])
