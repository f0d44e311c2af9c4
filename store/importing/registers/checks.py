"""What rows of a form must be to each other, once they are read: a range, dates in order.

It owns these checks, which back up the constraints of the tables with a sentence at the cell.
What a set-up check lists and does not refuse is not refused here.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, col, select

from rules.vocabulary import ActionState, QuarterState, Role, ToleranceMode
from store.importing.registers.columns import Value
from store.importing.registers.form import Form
from store.importing.registers.organisation_forms import PEOPLE, ROLES
from store.importing.registers.quarter_forms import ACTIONS, LIGHTS, NOTES
from store.importing.registers.reading import Line
from store.importing.registers.resolving import Known
from store.importing.registers.standing import Key, Standing
from store.importing.registers.target_forms import (
    GRANTS,
    MILESTONES,
    PROXIES,
    PROXY_MILESTONES,
    TARGETS,
)
from store.tables import QuarterRow

Facts = dict[str, Any]
"""Values of columns that can be compared with each other."""
Taken = Mapping[Key, tuple[Line, Facts, Facts | None]]
_SLACK_ID = re.compile(r"[UW][A-Z0-9]+")
_LOCKED = (QuarterState.FROZEN, QuarterState.PUBLISHED)
_OVER = {
    Role.TARGET_LEAD: ("target",),
    Role.TARGET_SPONSOR: ("target", "partnership"),
    Role.DELIVERY_GROUP: ("target",),
    Role.BLOCK_PERFORMANCE_LEAD: ("block",),
    Role.LIAISON_OFFICER: ("partnership",),
}
_ONE_HOLDER = frozenset(
    {
        (Role.TARGET_LEAD, "target"),
        (Role.TARGET_SPONSOR, "target"),
        (Role.BLOCK_PERFORMANCE_LEAD, "block"),
        (Role.LIAISON_OFFICER, "partnership"),
    }
)
PLACES = ("block", "partnership", "target")


@dataclass(frozen=True, slots=True)
class Checked:
    """The lines of a form that were taken, and what stands beside them."""

    session: Session
    stands: Standing
    taken: Taken
    known: Known
    today: date

    def rows(self) -> Iterator[tuple[Line, Facts]]:
        """Every line that differs from what stands, with all its facts."""
        for line, after, before in self.taken.values():
            if after != before:
                yield line, after

    def all_facts(self) -> Iterator[tuple[Line | None, Facts]]:
        """What will stand: the file's lines and the rows it does not speak of."""
        for line, after, _ in self.taken.values():
            yield line, after
        for key, facts in self.stands.facts.items():
            if key not in self.taken:
                yield None, facts


def check_targets(checked: Checked) -> None:
    """Tolerances and quarters in order; linked targets that agree."""
    links = {
        facts["ref"]: facts["linked_targets"]
        for line, facts, _ in checked.taken.values()
        if "linked_targets" in line.given
    }
    for line, facts in checked.rows():
        _check_tolerances(line, facts)
        if _both(facts, "active_from", "active_to") and facts["active_from"] > facts["active_to"]:
            line.row.fault("active_to", "This quarter is before the one in “active_from”.")
        for other in facts["linked_targets"] or ():
            _check_link(line, facts["ref"], other, links)


def _check_link(line: Line, ref: Value, other: str, links: dict[Value, Any]) -> None:
    if other == ref:
        line.row.fault("linked_targets", "A target is not linked to itself. Remove it.")
    elif other in links and ref not in (links[other] or ()):
        line.row.fault(
            "linked_targets",
            f"{other} does not list {ref}. A link stands in both rows: add or remove one.",
        )


def check_proxies(checked: Checked) -> None:
    """Tolerances in order, and at most one active proxy a target."""
    active: dict[Value, int] = defaultdict(int)
    for _, facts in checked.all_facts():
        active[facts["target"]] += bool(facts["active"])
    for line, facts in checked.rows():
        _check_tolerances(line, facts)
        if facts["active"] and active[facts["target"]] > 1:
            line.row.fault("active", "This target has another active proxy. Only one can be.")


def _check_tolerances(line: Line, facts: Facts) -> None:
    green, amber = facts["green_tolerance"], facts["amber_tolerance"]
    if isinstance(green, Decimal) and isinstance(amber, Decimal) and not 0 <= green <= amber:
        line.row.fault("amber_tolerance", "Tolerances are 0 or more, and amber is not below green.")


def check_milestones(checked: Checked) -> None:
    """A figure or a range, one that per cents can be worked out of, and no locked quarter."""
    query = select(QuarterRow).where(col(QuarterRow.state).in_(_LOCKED))
    locked = {row.label for row in checked.session.exec(query)}
    for line, after, before in checked.taken.values():
        if after == before:
            continue
        _check_profile(line, after, checked)
        if line.form is MILESTONES and before is not None and after["quarter"] in locked:
            line.row.fault("quarter", f"{after['quarter']} is published; its milestones stand.")


def _check_profile(line: Line, facts: Facts, checked: Checked) -> None:
    profile, low, high = facts["profile"], facts["low"], facts["high"]
    given = [column for column in ("profile", "low", "high") if line.row.cells.get(column)]
    if profile is None and (low is None or high is None):
        if not given or len(given) < len(("low", "high")):
            line.row.fault("profile", "Give a profile, or both ends of a range in low and high.")
        return
    if isinstance(low, Decimal) and isinstance(high, Decimal) and low >= high:
        line.row.fault("high", "The upper end of a range is above the lower one. Correct one.")
    percent = checked.known.measure_of(line, facts)[1] is ToleranceMode.PERCENT
    if percent and profile == 0:
        line.row.fault(
            "profile", "No per cent of 0 can be worked out. Give the target absolute tolerances."
        )


def check_grants(checked: Checked) -> None:
    """Values with and without stretch that differ."""
    for line, facts in checked.rows():
        without, with_it = facts["value_without_stretch"], facts["value_with_stretch"]
        if without is not None and without == with_it:
            line.row.fault("value_with_stretch", "The two values must differ. Correct one.")


def check_lights(checked: Checked) -> None:
    """Counts in order."""
    counts = ("managed", "due", "returned", "on_target")
    for line, facts in checked.rows():
        for more, less in itertools.pairwise(counts):
            if _both(facts, more, less) and facts[less] > facts[more]:
                line.row.fault(less, f"This is more than {more} ({facts[more]}). Correct one.")


def check_actions(checked: Checked) -> None:
    """A dropped action says why."""
    for line, facts in checked.rows():
        if facts["state"] is ActionState.DROPPED and not facts["update_note"]:
            line.row.fault("state", "An action that is dropped needs a reason in “update_note”.")


def check_notes(checked: Checked) -> None:
    """A note is about a target or a partnership."""
    for line, facts in checked.rows():
        if (facts["target"] is None) == (facts["partnership"] is None):
            line.row.fault("target", "A note is about a target or a partnership: fill one in.")


def check_people(checked: Checked) -> None:
    """Slack member ids, zones and working hours that can be."""
    for line, facts in checked.rows():
        if not _SLACK_ID.fullmatch(str(facts["slack_user_id"])):
            reason = f"“{facts['slack_user_id']}” is no Slack member id. Copy it from Slack."
            line.row.fault("slack_user_id", reason)
        if facts["zone"] and not _is_zone(str(facts["zone"])):
            line.row.fault("zone", "There is no such time zone. Write it like Europe/London.")
        if _both(facts, "day_starts", "day_ends") and facts["day_starts"] >= facts["day_ends"]:
            line.row.fault("day_ends", "The day ends after it starts. Correct one.")


def check_roles(checked: Checked) -> None:
    """Each role over what it can be over; one holder at a time where only one can be."""
    holders: dict[tuple[Value, ...], int] = defaultdict(int)
    for _, facts in checked.all_facts():
        if facts["ends"] is None:
            holders[_place(facts)] += 1
    for line, facts in checked.rows():
        _check_role(line, facts, holders)
    _check_administrators(checked)


def _check_role(line: Line, facts: Facts, holders: dict[tuple[Value, ...], int]) -> None:
    over = tuple(place for place in PLACES if facts[place] is not None)
    role = facts["role"]
    if not isinstance(role, Role):
        return
    allowed = _OVER.get(role, ())
    if len(over) != bool(allowed) or (allowed and over[0] not in allowed):
        said = f"a {' or a '.join(allowed)}" if allowed else "nothing: leave the three empty"
        line.row.fault("role", f"{role} is held over {said}. Correct it.")
    elif over and (role, over[0]) in _ONE_HOLDER and holders[_place(facts)] > 1:
        line.row.fault(
            "ends",
            f"{facts[over[0]]} has another {role} now. Say in its row when that one ends.",
        )
    if _both(facts, "starts", "ends") and facts["ends"] < facts["starts"]:
        line.row.fault("ends", "A role does not end before it starts. Correct one.")


def _check_administrators(checked: Checked) -> None:
    """Whoever is left must be able to mend a mistake."""
    left = [
        facts
        for _, facts in checked.all_facts()
        if facts["role"] is Role.CENTRAL_TEAM
        and (facts["ends"] is None or facts["ends"] >= checked.today)
    ]
    ended = [
        line
        for line, facts in checked.rows()
        if facts["role"] is Role.CENTRAL_TEAM and facts["ends"]
    ]
    if not left and ended:
        ended[0].row.fault("ends", "Nobody would be left in the central team. Leave one in it.")


def _place(facts: Facts) -> tuple[Value, ...]:
    return (facts["role"], *(facts[place] for place in PLACES))


def _both(facts: Facts, *names: str) -> bool:
    return all(facts[name] is not None for name in names)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


CHECKS: dict[str, Callable[[Checked], None]] = {
    form.name: check
    for form, check in (
        (TARGETS, check_targets),
        (PROXIES, check_proxies),
        (MILESTONES, check_milestones),
        (PROXY_MILESTONES, check_milestones),
        (GRANTS, check_grants),
        (LIGHTS, check_lights),
        (ACTIONS, check_actions),
        (NOTES, check_notes),
        (PEOPLE, check_people),
        (ROLES, check_roles),
    )
}


def check(form: Form, checked: Checked) -> None:
    """Note what is wrong between the lines of a form."""
    found = CHECKS.get(form.name)
    if found is not None:
        found(checked)
