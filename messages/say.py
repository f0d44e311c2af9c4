"""The bot's voice: a notice becomes messages for Slack.

It owns the templates' environment, made once where things are put together. Templates get
values and filters, never rows; an undefined name is a fault.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from messages import ids, values
from messages.cleaning import printable
from messages.markup import Directory, Payload, compiled, whole
from messages.notices import Notice, kind_of
from messages.wording import (
    amounts,
    colours,
    days,
    gaps,
    kinds,
    reasons,
    roles,
    settings,
    setup,
    setup_values,
    subjects,
    troubles,
)
from rules.quarters import Quarter
from rules.setup_forms import FormKind

__all__ = ["Directory", "Payload", "Voice", "template_of"]

TEMPLATES: Final = Path(__file__).parent / "templates"


FOOT: Final = (
    f'<message><actions><button action="{ids.Action.WHY}">Why did I get this?</button></actions>'
    "</message>"
)
"""What every message that stays ends with, so that no template can forget it."""


class Voice:
    """Says notices in one time zone and with one command's name."""

    def __init__(self, zone: str = "Europe/London", command: str = "/laa") -> None:
        self._environment = _environment(ZoneInfo(zone), command)

    def say(
        self, notice: Notice, directory: Directory, *, tables: bool = True
    ) -> tuple[Payload, ...]:
        """A notice as messages for Slack, in order, each within every limit.

        Without `tables` Slack's newer blocks are left out. A second part belongs under the
        first, or after it.
        """
        return compiled(self.markup(notice), directory, tables=tables)

    def post(self, notice: Notice, directory: Directory) -> tuple[Payload, ...]:
        """A notice as messages that stay: under the first one can ask why it came."""
        return compiled(self.markup(notice), directory, foot=FOOT)

    def say_in_view(self, notice: Notice, directory: Directory) -> Payload:
        """A notice as the blocks of one view, not parted, without Slack's newer blocks."""
        return whole(self.markup(notice), directory)

    def prepare(self) -> None:
        """Compile every template now, not when it is first said."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def markup(self, notice: Notice) -> str:
        """A notice as markup."""
        template = self._environment.get_template(template_of(notice))
        return template.render(
            {field.name: getattr(notice, field.name) for field in fields(notice)}
        )


def template_of(notice: Notice) -> str:
    """The path of a notice's template: its subject's folder and its kind."""
    subject = type(notice).__module__.rpartition(".")[2]
    return f"{subject}/{kind_of(notice)}.xml"


@cache
def _environment(zone: ZoneInfo, command: str) -> Environment:
    """Compiled templates stay with it, so there is one for each zone and command."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(_filters(zone))
    environment.globals.update(
        Action=ids.Action, KEY=colours.KEY, DATED=subjects.DATED, slash=command
    )
    return environment


def _finalize(value: object) -> object:
    return value if isinstance(value, Markup) else printable(str(value))


def _filters(zone: ZoneInfo) -> dict[str, Callable[..., object]]:
    @pass_context
    def moment(context: Context, value: datetime) -> str:
        return days.moment(value, zone, _near(context))

    return {
        "day": _day,
        "hour": days.clock,
        "place": days.place,
        "full_day": days.day,
        "moment": moment,
        "months": days.months,
        "hour_of": lambda value: days.hour(value, zone),
        "full_moment": lambda value: days.moment(value, zone),
        "short_day": days.short_day,
        "earlier": _earlier,
        "short": days.short,
        "against": amounts.against,
        "brief": amounts.brief,
        "signed": amounts.signed,
        "pounds": amounts.pounds,
        "reason": reasons.rule,
        "millions": amounts.millions,
        "counted": lambda how_many, noun: amounts.counted(noun, how_many),
        "joined": amounts.joined,
        "joined_or": lambda words: amounts.joined(words, "or"),
        "lowered": lambda words: words[:1].lower() + words[1:],
        "capitalised": lambda words: words[:1].upper() + words[1:],
        "refs": lambda targets: amounts.joined([target.ref for target in targets]),
        "plainly": colours.plainly,
        "tally": colours.tally,
        "row": colours.row,
        "some": amounts.some,
        "uncoloured": lambda row: colours.uncoloured(row.counts),
        "ordinal": colours.ordinal,
        "who": colours.who,
        "pack": values.pack_target,
        "packed": values.pack_quarter,
        "form": lambda kind, number, item=0: values.pack_form(FormKind(kind), number, item),
        "digits": setup_values.digits,
        "lacking": setup_values.lacking,
        "gap": gaps.gap,
        "mending": gaps.mending,
        "gaps_from": values.pack_gaps,
        "pack_version": values.pack_version,
        "packed_role": lambda line: values.pack_role(line.role, line.scope, line.at),
        "role_over": roles.title,
        "role_held": roles.held,
        "role_asks": roles.asks,
        "setting_group": settings.group,
        "setting_label": settings.label,
        "as_setting": settings.reads,
        "packed_page": values.pack_page,
        **{name: _lookup(table) for name, table in _TABLES.items()},
    }


_TABLES: Final[dict[str, Mapping[Any, str]]] = {
    "status": colours.STATUS,
    "direction": colours.DIRECTION,
    "basis": colours.BASIS,
    "risk": colours.RISK,
    "action_state": colours.ACTION,
    "grant": colours.GRANT,
    "quarter_state": colours.QUARTER_STATE,
    "date_name": colours.DATE_NAME,
    "return_state": colours.RETURN_STATE,
    "life": colours.LIFE,
    "event": colours.EVENT,
    "annex_section": colours.SECTION,
    "may": colours.MAY,
    "kind_flag": kinds.FLAG,
    "subject": subjects.SUBJECT,
    "stage": subjects.STAGE,
    "channel": subjects.CHANNEL,
    "fate": subjects.FATE,
    "why": troubles.WHY,
    "remedy": troubles.REMEDY,
    "area": setup.AREA,
    "area_holds": setup.AREA_HOLDS,
    "polarity": setup_values.POLARITY,
    "accumulation": setup_values.ACCUMULATION,
    "frequency": setup_values.FREQUENCY,
    "tolerance_in": setup_values.TOLERANCE_IN,
    "target_state": setup_values.TARGET_STATE,
    "note_kind": setup_values.NOTE_KIND,
    "gap_title": gaps.TITLE,
}


def _lookup(table: Mapping[Any, str]) -> Callable[[object], str]:
    return lambda value: table.get(value, "")


def _near(context: Context) -> int | None:
    quarter = context.get("quarter")
    return quarter.end.year if isinstance(quarter, Quarter) else None


@pass_context
def _day(context: Context, value: date) -> str:
    return days.day(value, _near(context))


@pass_context
def _earlier(context: Context, quarter: Quarter) -> str:
    return days.months(quarter, _near(context))
