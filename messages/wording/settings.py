"""The settings in words: what each is called, how its value reads, and how to write it.

It owns one entry for every setting of `store/settings.py`, whose name it is. It must not know
what a setting may be: that is refused where it is kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final

from messages.wording.amounts import joined
from messages.wording.days import clock
from rules.lights import LightDenominator
from rules.status import MissingDataPolicy

ASKING: Final = "Asking for returns"
ESCALATING: Final = "Escalations and the board"
JUDGING: Final = "Colours, risks and direction"
GRANT: Final = "Reward grant"
LIGHTS: Final = "Lights of partnerships"
PLACE: Final = "Place"

Reading = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class SettingWords:
    """A setting in words. `reads` turns a value as written into words.

    `options` are the values it can be and their words, or none where it is typed.
    """

    group: str
    label: str
    hint: str
    reads: Reading = str
    options: Mapping[str, str] | None = None


def _number(words: str) -> Reading:
    return words.format


def _calendar_days(after: str) -> Reading:
    return lambda value: f"{value} calendar {'day' if value == '1' else 'days'} {after}"


def _days(after: str) -> Reading:
    return lambda value: f"{value} working {'day' if value == '1' else 'days'} {after}"


def _spoken(value: str) -> str:
    return clock(time.fromisoformat(value))


def _before_due(value: str) -> str:
    days = sorted((int(day) for day in value.split(",") if day), key=int)
    return joined([_around(day) for day in days]) or "none"


def _around(day: int) -> str:
    if day == 0:
        return "on the due day"
    count = abs(day)
    return f"{count} working {'day' if count == 1 else 'days'} {'before' if day < 0 else 'after'}"


def _list_after(after: str) -> Reading:
    def read(value: str) -> str:
        days = [day for day in value.split(",") if day]
        return f"{joined(days)} working days {after}" if days else "none"

    return read


def _quarter(value: str) -> str:
    return value or "from the first quarter on"


_DAYS: Final = "Give a whole number, such as 5."
_LIST: Final = "Give days with commas between, such as {0}."
_TIME: Final = "Give a time of day, such as {0}."
_YES_NO: Final = {"yes": "Yes", "no": "No"}
_MISSING: Final = {
    MissingDataPolicy.NO_DATA.value: "no colour, and counted as without data",
    MissingDataPolicy.RED_FLAGGED.value: "red, marked as for want of data",
}
_DENOMINATOR: Final = {
    LightDenominator.DUE.value: "those due in the quarter",
    LightDenominator.ALL.value: "all that the partnership manages",
    LightDenominator.REPORTED.value: "those that were reported",
}


def _among(options: Mapping[str, str]) -> Reading:
    return lambda value: options.get(value, value)


SETTINGS: Final[Mapping[str, SettingWords]] = {
    "window_after": SettingWords(
        ASKING, "Window opens", _DAYS, _calendar_days("after the quarter's end")
    ),
    "due_after": SettingWords(
        ASKING, "Returns due", _DAYS, _calendar_days("after the quarter's end")
    ),
    "reminders": SettingWords(
        ASKING,
        "Reminders",
        "Give working days from the due day with commas between, such as -5, -2, 0.",
        _before_due,
    ),
    "overdue": SettingWords(
        ASKING, "Overdue reminders", _LIST.format("1, 3, 5"), _list_after("after the due day")
    ),
    "close_after": SettingWords(ASKING, "Window closes", _DAYS, _days("after the due day")),
    "time_of_day": SettingWords(ASKING, "Messages go out at", _TIME.format("09:00"), _spoken),
    "close_time": SettingWords(ASKING, "Windows close at", _TIME.format("17:00"), _spoken),
    "accept_by_hand": SettingWords(
        ASKING,
        "Returns are accepted by hand",
        "Otherwise every return counts as accepted once the window closes.",
        _among(_YES_NO),
        _YES_NO,
    ),
    "run_after": SettingWords(ESCALATING, "Escalations go out", _DAYS, _days("after the due day")),
    "ack_reminders": SettingWords(
        ESCALATING,
        "Sponsors are reminded",
        _LIST.format("2, 4"),
        _list_after("after escalations go out"),
    ),
    "ack_escalated": SettingWords(
        ESCALATING,
        "The LAA manager is told of missing acknowledgements",
        _DAYS,
        _days("after escalations go out"),
    ),
    "card_after": SettingWords(
        ESCALATING, "Report cards due", _DAYS, _days("after escalations go out")
    ),
    "pack_before": SettingWords(ESCALATING, "Digest published", _DAYS, _days("before the board")),
    "effective_from": SettingWords(
        ESCALATING,
        "Escalations count from",
        "Give a quarter, such as 2009/10 Q2, or leave it empty for the first one.",
        _quarter,
    ),
    "missing_data_policy": SettingWords(
        JUDGING,
        "A due target without a figure is",
        "What a target shows that is due and has no figure and no milestone.",
        _among(_MISSING),
        _MISSING,
    ),
    "significant_risk": SettingWords(
        JUDGING,
        "A risk is significant from",
        "Give a score, likelihood times impact, from 1 to 25.",
        _number("a score of {}"),
    ),
    "travel_band": SettingWords(
        JUDGING,
        "Counts as steady within",
        "Give a number from 0 up, in the measure's unit.",
        _number("a change of {} in the measure's unit"),
    ),
    "grant_threshold": SettingWords(
        GRANT,
        "Grant begins at",
        "Give a share from 0 to 1, such as 0.6.",
        _number("{} of the stretch"),
    ),
    "partial_factor": SettingWords(
        GRANT,
        "Partial grant is counted as",
        "Give a share from 0 to 1, such as 0.8.",
        _number("{} of the full grant"),
    ),
    "light_denominator": SettingWords(
        LIGHTS,
        "Indicators counted",
        "Out of which indicators the percentage on target is taken.",
        _among(_DENOMINATOR),
        _DENOMINATOR,
    ),
    "light_green_over": SettingWords(
        LIGHTS,
        "Green when more than",
        "Give a whole percentage. The paper of September 2009 says 59.",
        _number("{} per cent are on target"),
    ),
    "light_amber_from": SettingWords(
        LIGHTS,
        "Amber from",
        "Give a whole percentage. Below it the light is red.",
        _number("{} per cent on target"),
    ),
    "day_starts": SettingWords(
        ASKING, "Nobody is written to before", _TIME.format("09:00"), _spoken
    ),
    "day_ends": SettingWords(ASKING, "Nobody is written to after", _TIME.format("17:00"), _spoken),
    "most_messages": SettingWords(
        ASKING,
        "Most messages a lead and quarter",
        "Give a whole number, such as 8. Reminders asked for by hand do not count.",
        _number("{}"),
    ),
    "indicators": SettingWords(
        LIGHTS,
        "National indicators to be managed",
        "Give numbers and stretches with commas between, such as 1-152, 154.",
        lambda value: value or "none listed",
    ),
    "zone": SettingWords(
        PLACE, "Time zone", "Give a time zone, such as Europe/London.", _number("{}")
    ),
}


def group(name: str) -> str:
    """The group a setting stands in."""
    return SETTINGS[name].group if name in SETTINGS else ""


def label(name: str) -> str:
    """What a setting is called."""
    return SETTINGS[name].label if name in SETTINGS else name


def reads(value: str, name: str) -> str:
    """A value in words; as written where it cannot be read."""
    try:
        return SETTINGS[name].reads(value) if name in SETTINGS else value
    except ValueError:
        return value
