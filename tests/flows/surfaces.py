"""Every flow that a listener calls, with what it is called with, and the right it asks for.

It owns these tables. A flow is named by its module and name, as `flows.moving.move_on`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from flows import (
    actions,
    answers,
    confirm_figure,
    export,
    extend,
    handed_in,
    handed_sheet,
    handing_in,
    hold,
    leave,
    need_help,
    not_mine,
    partnership,
    pause,
    return_history,
    returns_list,
    run_quarter,
    snooze,
    target_answer,
    typed,
    why,
)
from flows.accepting import accept_all
from flows.acknowledge import acknowledge, may_acknowledge
from flows.asked_list import left_of
from flows.board_date import may_set_board, set_board
from flows.decide_colour import agree, keep_computed, may_decide
from flows.deliveries import deal_with, send_again
from flows.home.gather import home
from flows.leave import AwayAnswer
from flows.moving import Named, may_move, move_on
from flows.nudging import may_write, nudge, write_to_owing
from flows.report_target import open_sheet, take_figure
from flows.reshow import reshow
from flows.run_quarter import Opening
from flows.setup import blocks, card, check, dates, forms, kinds, partnerships, roles
from flows.setup import settings as setup_settings
from flows.setup.admission import admitted
from flows.setup.roles_over import roles_over
from flows.setup.suggest import suggest_offered, suggest_targets
from flows.submit_return import submit
from flows.take_draft import take_over
from flows.typed import Typing
from messages.notices.actions import ActionsAnswer
from messages.notices.checking import ReturnHistory
from messages.notices.organising_sheets import (
    BlockAnswer,
    DatesAnswer,
    EndAnswer,
    KindAnswer,
    PartnershipAnswer,
    RoleAnswer,
    SettingAnswer,
)
from messages.notices.refusals import Refused
from rules.actions import Which
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.lifecycle import Move
from rules.permissions import Capability
from rules.roles import Place
from rules.setup_forms import FormKey, FormKind
from rules.setup_gaps import GapCode
from rules.vocabulary import ActionState, Role, RoleScope
from tests.sample import QUARTER, RUN

FILE = handing_in.HandedIn(1, "F1", "milestones.csv", b"target,quarter,profile\n")
READ = handing_in.read(FILE)
SAYS_NOTHING = (
    "flows.handed_in.tell",
    "flows.handed_sheet.show_anew",
    "flows.handing_in.waiting",
    "flows.why.why",
)
"""What answers a stranger with nothing, or that it is out of date."""
OWN, OWN_SENT = "LAA2-NI154", "LAA2-NI155"
"""Of one lead: nothing is reported of the first before the window closes, of the second it is."""
OTHER, OTHER_OWED = "LAA1-06", "LAA1-02"
NOW = RUN + timedelta(hours=2)
DAY = date(2008, 11, 5)
FIGURE = FigureAnswer("1000", source="Register", as_at=QUARTER.end, quality_confirmed=True)
WORDS = CommentaryAnswer(cause="Typed")
LEAD = Place(Role.TARGET_LEAD, RoleScope.TARGET, 1)
MATTER = FormKey(FormKind.WORDS, 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is acted on: a target with everything that hangs on it, by our own numbers."""

    ref: str
    number: int
    lead: int
    version: int
    action: int
    escalation: int
    proposal: int
    partnership: str
    label: str

    @property
    def named(self) -> Named:
        """The version of its return that counts."""
        return Named(self.number, QUARTER, self.version)


Attempt = Callable[[Session, str, Ground, datetime], object]

ATTEMPTS: Mapping[str, Attempt] = {
    "flows.confirm_figure.confirm": lambda s, by, on, now: confirm_figure.confirm(
        s, by, on.number, QUARTER, now
    ),
    "flows.export.workbook": lambda s, by, _, now: export.workbook(s, by, now),
    "flows.handed_in.keep": lambda s, by, _, now: handed_in.keep(s, by, FILE, READ, now),
    "flows.handed_in.tell": lambda s, by, _, now: handed_in.tell(
        s, by, FILE.form, handing_in.not_fetched(FILE.name), now
    ),
    "flows.handed_sheet.keep": lambda s, by, _, now: handed_sheet.keep(s, by, FILE, READ, now),
    "flows.handed_sheet.may_name": lambda s, by, _, now: handed_sheet.may_name(
        s, by, FILE.form, now
    ),
    "flows.handed_sheet.name_columns": lambda s, by, _, now: handed_sheet.name_columns(
        s, by, handed_sheet.Named(FILE.form, "A block's own", 0, 1), now
    ),
    "flows.handed_sheet.show_anew": lambda s, by, _, now: handed_sheet.show_anew(
        s, by, FILE.form, handing_in.not_fetched(FILE.name), now
    ),
    "flows.handing_in.may_import": lambda s, by, _, now: handing_in.may_import(s, by, now),
    "flows.handing_in.waiting": lambda s, by, *_: handing_in.waiting(s, by, FILE.form),
    "flows.accepting.accept_all": lambda s, by, _, now: accept_all(s, by, QUARTER, now),
    "flows.acknowledge.acknowledge": lambda s, by, on, now: acknowledge(
        s, by, on.escalation, QUARTER, "Noted", now
    ),
    "flows.acknowledge.may_acknowledge": lambda s, by, on, now: may_acknowledge(
        s, by, on.escalation, QUARTER, now
    ),
    "flows.actions.listed": lambda s, by, _, now: actions.listed(s, by, Which.OPEN, now),
    "flows.actions.may_update": lambda s, by, on, now: actions.may_update(s, by, on.action, now),
    "flows.actions.update": lambda s, by, on, now: actions.update(
        s, by, on.action, ActionState.DONE, "Done", "V1", now
    ),
    "flows.answers.escalations": lambda s, by, _, now: answers.escalations(s, by, QUARTER, now),
    "flows.answers.status": lambda s, by, _, now: answers.status(s, by, QUARTER, "", now),
    "flows.asked_list.left_of": lambda s, by, on, now: left_of(s, by, on.lead, QUARTER, now),
    "flows.board_date.may_set_board": lambda s, by, _, now: may_set_board(s, by, QUARTER, now),
    "flows.board_date.set_board": lambda s, by, _, now: set_board(s, by, QUARTER, None, now),
    "flows.decide_colour.agree": lambda s, by, on, now: agree(s, by, on.proposal, QUARTER, now),
    "flows.decide_colour.keep_computed": lambda s, by, on, now: keep_computed(
        s, by, on.proposal, QUARTER, "It counts next quarter", now
    ),
    "flows.decide_colour.may_decide": lambda s, by, on, now: may_decide(
        s, by, on.proposal, QUARTER, now
    ),
    "flows.deliveries.deal_with": lambda s, by, _, now: deal_with(s, by, 1, now),
    "flows.deliveries.send_again": lambda s, by, _, now: send_again(s, by, 1, now),
    "flows.extend.by_slack_id": lambda s, by, on, now: extend.by_slack_id(
        s, by, on.label, QUARTER, DAY, "The survey is late", now
    ),
    "flows.extend.extend": lambda s, by, on, now: extend.extend(
        s, by, on.lead, QUARTER, DAY, "The survey is late", now
    ),
    "flows.extend.may_extend": lambda s, by, on, now: extend.may_extend(
        s, by, on.lead, QUARTER, now
    ),
    "flows.hold.release": lambda s, by, _, now: hold.release(s, by, 1, now),
    "flows.home.gather.home": lambda s, by, _, now: home(s, by, now),
    "flows.leave.set_away": lambda s, by, on, now: leave.set_away(
        s, by, on.lead, AwayAnswer(DAY, DAY, "", None, None, ""), now
    ),
    "flows.leave.sheet_of": lambda s, by, on, now: leave.sheet_of(s, by, on.label, now),
    "flows.moving.may_move": lambda s, by, on, now: may_move(s, by, Move.SEND_BACK, on.named, now),
    "flows.moving.move_on": lambda s, by, on, now: move_on(s, by, Move.ACCEPT, on.named, "", now),
    "flows.moving.move_on: lock": lambda s, by, on, now: move_on(
        s, by, Move.LOCK, on.named, "", now
    ),
    "flows.moving.move_on: reopen": lambda s, by, on, now: move_on(
        s, by, Move.REOPEN, on.named, "It was wrong", now
    ),
    "flows.moving.move_on: send back": lambda s, by, on, now: move_on(
        s, by, Move.SEND_BACK, on.named, "It was wrong", now
    ),
    "flows.need_help.need_help": lambda s, by, on, now: need_help.need_help(
        s, by, on.number, QUARTER, "No figure", "V1", now
    ),
    "flows.not_mine.not_mine": lambda s, by, on, now: not_mine.not_mine(
        s, by, on.number, QUARTER, "Somebody else's", now
    ),
    "flows.nudging.may_write": lambda s, by, _, now: may_write(s, by, now),
    "flows.nudging.nudge": lambda s, by, on, now: nudge(s, by, on.lead, QUARTER, now),
    "flows.nudging.write_to_owing": lambda s, by, _, now: write_to_owing(
        s, by, "Please report", "V1", now
    ),
    "flows.partnership.partnership": lambda s, by, on, now: partnership.partnership(
        s, by, on.partnership, QUARTER, now
    ),
    "flows.pause.pause": lambda s, by, _, now: pause.pause(s, by, QUARTER, now),
    "flows.pause.resume": lambda s, by, _, now: pause.resume(s, by, QUARTER, None, now),
    "flows.report_target.open_sheet": lambda s, by, on, now: open_sheet(
        s, by, on.number, QUARTER, now
    ),
    "flows.report_target.take_figure": lambda s, by, on, now: take_figure(
        s, by, on.number, QUARTER, FIGURE, now
    ),
    "flows.reshow.reshow": lambda s, by, on, now: reshow(s, by, on.number, QUARTER, WORDS, now),
    "flows.return_history.history": lambda s, by, on, now: return_history.history(
        s, by, on.ref, QUARTER, now
    ),
    "flows.returns_list.listed": lambda s, by, _, now: returns_list.listed(s, by, QUARTER, now),
    "flows.run_quarter.open_by_hand": lambda s, by, _, now: run_quarter.open_by_hand(
        s, by, Opening(QUARTER.next), now
    ),
    "flows.run_quarter.post": lambda s, by, _, now: run_quarter.post(s, by, QUARTER, now),
    "flows.run_quarter.preview": lambda s, by, _, now: run_quarter.preview(
        s, by, QUARTER, "T1", now
    ),
    "flows.run_quarter.remind_now": lambda s, by, _, now: run_quarter.remind_now(
        s, by, "all", "T1", now
    ),
    "flows.setup.admission.admitted": lambda s, by, _, now: admitted(s, by, now),
    "flows.setup.blocks.block_sheet": lambda s, by, _, now: blocks.block_sheet(s, by, 1, now),
    "flows.setup.blocks.blocks_listed": lambda s, by, _, now: blocks.blocks_listed(s, by, 1, now),
    "flows.setup.blocks.keep_block": lambda s, by, _, now: blocks.keep_block(
        s, by, BlockAnswer(None, "NEW", "A new block", 1, ""), now
    ),
    "flows.setup.blocks.remove_block": lambda s, by, _, now: blocks.remove_block(s, by, 1, now),
    "flows.setup.card.card": lambda s, by, on, now: card.card(s, by, on.number, now),
    "flows.setup.card.partnership_notes": lambda s, by, _, now: card.partnership_notes(
        s, by, 1, now
    ),
    "flows.setup.check.check_setup": lambda s, by, _, now: check.check_setup(s, by, now),
    "flows.setup.check.list_gaps": lambda s, by, _, now: check.list_gaps(
        s, by, next(iter(GapCode)), 0, now
    ),
    "flows.setup.dates.change_the_dates": lambda s, by, _, now: dates.change_the_dates(
        s, by, DatesAnswer(QUARTER.next, None, None, None, None, ""), now
    ),
    "flows.setup.dates.dates_listed": lambda s, by, _, now: dates.dates_listed(s, by, now),
    "flows.setup.dates.dates_sheet": lambda s, by, _, now: dates.dates_sheet(s, by, QUARTER, now),
    "flows.setup.forms.open_form": lambda s, by, _, now: forms.open_form(s, by, MATTER, now),
    "flows.setup.forms.send_form": lambda s, by, _, now: forms.send_form(
        s, by, MATTER, {"title": "Other"}, "", now
    ),
    "flows.setup.kinds.keep_kind": lambda s, by, _, now: kinds.keep_kind(
        s, by, KindAnswer("", "NEW", "A new kind", frozenset(), "", ""), now
    ),
    "flows.setup.kinds.kind_sheet": lambda s, by, _, now: kinds.kind_sheet(s, by, None, now),
    "flows.setup.kinds.kinds_listed": lambda s, by, _, now: kinds.kinds_listed(s, by, 1, now),
    "flows.setup.partnerships.keep_partnership": lambda s, by, _, now: (
        partnerships.keep_partnership(
            s, by, PartnershipAnswer(None, "new", "A new one", None, None, ""), now
        )
    ),
    "flows.setup.partnerships.partnership_sheet": lambda s, by, _, now: (
        partnerships.partnership_sheet(s, by, 1, now)
    ),
    "flows.setup.partnerships.partnerships_listed": lambda s, by, _, now: (
        partnerships.partnerships_listed(s, by, 1, now)
    ),
    "flows.setup.partnerships.remove_partnership": lambda s, by, _, now: (
        partnerships.remove_partnership(s, by, 1, now)
    ),
    "flows.setup.roles.end_role": lambda s, by, _, now: roles.end_role(
        s, by, EndAnswer(1, DAY), now
    ),
    "flows.setup.roles.ending": lambda s, by, _, now: roles.ending(s, by, 1, now),
    "flows.setup.roles.give_role": lambda s, by, on, now: roles.give_role(
        s, by, RoleAnswer(LEAD, on.label, DAY, None, None), now
    ),
    "flows.setup.roles.giving": lambda s, by, _, now: roles.giving(s, by, LEAD, now),
    "flows.setup.roles_over.roles_over": lambda s, by, _, now: roles_over(
        s, by, RoleScope.NONE, 0, 1, now
    ),
    "flows.setup.settings.change_setting": lambda s, by, _, now: setup_settings.change_setting(
        s, by, SettingAnswer("significant_risk", "20", ""), now
    ),
    "flows.setup.settings.setting_sheet": lambda s, by, _, now: setup_settings.setting_sheet(
        s, by, "significant_risk", now
    ),
    "flows.setup.settings.settings_listed": lambda s, by, _, now: setup_settings.settings_listed(
        s, by, now
    ),
    "flows.setup.suggest.suggest_offered": lambda s, by, _, now: suggest_offered(
        s, by, "kind", "", now
    ),
    "flows.setup.suggest.suggest_targets": lambda s, by, _, now: suggest_targets(s, by, "", now),
    "flows.snooze.put_off": lambda s, by, on, now: snooze.put_off(
        s, by, on.number, QUARTER, DAY, now
    ),
    "flows.snooze.sheet_of": lambda s, by, on, now: snooze.sheet_of(s, by, on.lead, QUARTER, now),
    "flows.submit_return.submit": lambda s, by, on, now: submit(
        s, by, on.number, QUARTER, WORDS, "V1", now
    ),
    "flows.take_draft.take_over": lambda s, by, on, now: take_over(
        s, by, on.number, QUARTER, on.lead, now
    ),
    "flows.target_answer.target": lambda s, by, on, now: target_answer.target(
        s, by, on.ref, QUARTER, now
    ),
    "flows.target_answer.target_numbered": lambda s, by, on, now: target_answer.target_numbered(
        s, by, on.number, QUARTER, now
    ),
    "flows.typed.keep": lambda s, by, on, now: typed.keep(
        s, by, on.number, QUARTER, Typing("V1", None, FIGURE), now
    ),
    "flows.why.why": lambda s, by, _, now: why.why(s, by, "D1", "1.1", now),
}


def not_refused(found: object, _: Ground) -> bool:
    """Most flows refuse: anything else is an answer."""
    return not isinstance(found, Refused)


def sees_versions(found: object, _: Ground) -> bool:
    """A history is narrower for whoever may not see drafts."""
    return isinstance(found, ReturnHistory) and found.whole


def is_listed(found: object, on: Ground) -> bool:
    """A list of things to do holds a target's action, or not."""
    return isinstance(found, ActionsAnswer) and on.action in {one.number for one in found.actions}


@dataclass(frozen=True, slots=True)
class Surface:
    """Where a right shows: a flow, whether a target is named to it, and how one tells.

    `own` and `other` are the targets it is tried over; `open` where it needs an open window.
    """

    flow: str
    over: bool = True
    granted: Callable[[object, Ground], bool] = not_refused
    own: str = OWN
    other: str = OTHER
    open: bool = False


def over_target(*flows: str) -> tuple[Surface, ...]:
    return tuple(Surface(f"flows.{flow}") for flow in flows)


def while_open(own: str, other: str, *flows: str) -> tuple[Surface, ...]:
    return tuple(Surface(f"flows.{flow}", own=own, other=other, open=True) for flow in flows)


def over_programme(*flows: str) -> tuple[Surface, ...]:
    return tuple(Surface(f"flows.{flow}", over=False) for flow in flows)


SURFACES: Mapping[Capability, tuple[Surface, ...]] = {
    Capability.SEE_TODO: (
        *over_programme("actions.listed"),
        Surface("flows.actions.listed", granted=is_listed),
    ),
    Capability.SEE_STATUS: over_target("target_answer.target", "target_answer.target_numbered"),
    Capability.SEE_DRAFTS: (Surface("flows.return_history.history", granted=sees_versions),),
    Capability.SUBMIT_RETURN: (
        *over_target(
            "confirm_figure.confirm",
            "report_target.open_sheet",
            "report_target.take_figure",
            "submit_return.submit",
            "reshow.reshow",
            "take_draft.take_over",
        ),
        *while_open(
            OWN,
            OTHER_OWED,
            "confirm_figure.confirm",
            "report_target.open_sheet",
            "report_target.take_figure",
            "submit_return.submit",
            "asked_list.left_of",
            "snooze.sheet_of",
            "snooze.put_off",
            "not_mine.not_mine",
            "need_help.need_help",
        ),
    ),
    Capability.LATE_RETURN: (
        *over_target("moving.move_on: lock", "moving.move_on: reopen"),
        *over_programme("extend.may_extend", "extend.extend", "extend.by_slack_id"),
    ),
    Capability.ACCEPT_RETURN: (
        *over_target("moving.move_on"),
        *while_open(
            OWN_SENT, OTHER, "moving.may_move", "moving.move_on", "moving.move_on: send back"
        ),
        *over_programme("accepting.accept_all", "returns_list.listed"),
    ),
    Capability.AGREE_BETTER_COLOUR: over_target(
        "decide_colour.may_decide", "decide_colour.agree", "decide_colour.keep_computed"
    ),
    Capability.CHANGE_ACTION: over_target("actions.may_update", "actions.update"),
    Capability.ACKNOWLEDGE: over_target("acknowledge.may_acknowledge", "acknowledge.acknowledge"),
    Capability.FOLLOW_QUARTER: over_programme(
        "answers.status",
        "answers.escalations",
        "run_quarter.remind_now",
        "nudging.nudge",
        "nudging.may_write",
        "nudging.write_to_owing",
    ),
    Capability.RUN_QUARTER: over_programme(
        "run_quarter.open_by_hand",
        "board_date.may_set_board",
        "board_date.set_board",
        "pause.pause",
        "pause.resume",
    ),
    Capability.PARTNERSHIP_RECORD: over_target("partnership.partnership"),
    Capability.PREVIEW_DIGEST: over_programme("run_quarter.preview"),
    Capability.POST_DIGEST: over_programme("run_quarter.post"),
    Capability.SET_UP: (
        *over_programme(
            "export.workbook",
            "handed_in.keep",
            "handed_sheet.keep",
            "handed_sheet.may_name",
            "handed_sheet.name_columns",
            "handing_in.may_import",
        ),
        *(
            Surface(flow, over=False)
            for flow in ATTEMPTS
            if flow.startswith("flows.setup.") and not flow.startswith("flows.setup.suggest.")
        ),
    ),
    Capability.SEE_TO_SENDING: over_programme(
        "deliveries.send_again", "deliveries.deal_with", "hold.release"
    ),
}
WITH_A_RETURN = (Capability.ADD_RISK, Capability.CHANGE_RISK, Capability.GRANT_EXPECTATION)
"""Rights that are used only within a return, so that whoever may report holds them, too."""
NO_SURFACE = (
    Capability.RAISE_TO_SPONSOR,
    Capability.WRITE_CARD,
    Capability.RECORD_STEP,
    Capability.BLOCK_FOCUS,
    Capability.LIGHT_RETURNS,
    Capability.EXPORT,
    Capability.ASK_QUESTION,
)
"""Rights that no command, button or form uses yet."""
OPEN_TO_ALL = (
    "flows.handed_in.look",
    "flows.handing_in.read",
    "flows.answers.calendar",
    "flows.answers.current_quarter",
    "flows.answers.help_",
    "flows.events.access_ended",
    "flows.events.has_home",
    "flows.events.hear_of_home",
    "flows.events.was_heard",
)
"""What is called for nobody in particular, or says the same to everybody, and reveals nothing."""


def flow_of(attempt: str) -> str:
    """The flow an attempt calls."""
    return attempt.partition(":")[0]
