"""Notices: one frozen dataclass for each thing the bot can say, grouped by subject.

This package owns their table of contents and their way into JSON and back. It must not know
how anything is worded or what Slack wants: flows import it and nothing else of this room.
"""

from functools import cache
from typing import Any, ClassVar, Final, Protocol

from pydantic import TypeAdapter

from messages.notices import (
    answers,
    deliveries,
    digest,
    escalations,
    files,
    refusals,
    returns,
    trouble,
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
    "window_opened": window.WindowOpened,
    "window_closed": window.WindowClosed,
    "dates_changed": window.DatesChanged,
    "window_missed": window.WindowMissed,
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
    "deliveries_certified": deliveries.DeliveriesCertified,
    "deliveries_amiss": deliveries.DeliveriesAmiss,
    "message_not_sent": trouble.MessageNotSent,
    "sending_held": trouble.SendingHeld,
    "help": answers.Help,
    "mine": answers.Mine,
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
    "target_unknown": refusals.TargetUnknown,
    "partnership_unknown": refusals.PartnershipUnknown,
    "person_unknown": refusals.PersonUnknown,
    "quarter_not_open": refusals.QuarterNotOpen,
    "calendar_not_taken": refusals.CalendarNotTaken,
    "already_acknowledged": refusals.AlreadyAcknowledged,
    "already_seen_to": refusals.AlreadySeenTo,
    "nothing_to_remind": refusals.NothingToRemind,
    "out_of_date": refusals.OutOfDate,
    "more_than_fits": refusals.MoreThanFits,
}

_NAMES: Final = {shape: kind for kind, shape in KINDS.items()}


def kind_of(notice: Notice) -> str:
    """The name a notice is kept under. Raises `NoticeUnknownError` for a class in no table."""
    try:
        return _NAMES[type(notice)]
    except KeyError:
        raise NoticeUnknownError(f"{type(notice).__name__} stands in no table.") from None


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
