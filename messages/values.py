"""The values that buttons carry and forms keep: our own numbers, packed and read back.

A value is never trusted: whoever reads one checks again what it names and who may touch it.
Reading never raises; what is malformed gives none.
"""

import re
from typing import Final

from rules.quarters import Quarter
from rules.setup_forms import FormKey, FormKind
from rules.setup_gaps import GapCode
from rules.vocabulary import Role, RoleScope

_PACKED: Final = re.compile(
    r"(?P<number>[1-9]\d{0,8})@(?P<year>(?:19|20|21)\d{2})q(?P<quarter>[1-4])", re.ASCII
)
_NUMBER: Final = re.compile(r"[1-9]\d{0,17}", re.ASCII)
_PAGE: Final = re.compile(r"(?P<part>[a-z]{1,20})@(?P<page>\d{1,4})", re.ASCII)
_QUARTER: Final = re.compile(r"(?P<year>(?:19|20|21)\d{2})q(?P<quarter>[1-4])", re.ASCII)
_ROLE: Final = re.compile(
    r"role:(?P<role>[A-Z_]{1,40}):(?P<scope>[A-Z]{1,20}):(?P<number>0|[1-9]\d{0,8})", re.ASCII
)
_FORM: Final = re.compile(
    r"(?P<kind>[a-z_]{1,40}):(?P<number>0|[1-9]\d{0,8}):(?P<item>0|[1-9]\d{0,8})"
    r"(?:@(?P<quarter>\d{4}q\d))?",
    re.ASCII,
)
_GAPS: Final = re.compile(r"(?P<code>[A-Z_]{1,60})@(?P<first>\d{1,6})", re.ASCII)


def unpack_number(value: str) -> int | None:
    """The number in a button's value, or none."""
    return int(value) if _NUMBER.fullmatch(value) else None


def pack_quarter(quarter: Quarter) -> str:
    """A quarter for a button's value."""
    return f"{quarter.year}q{quarter.number}"


def unpack_quarter(value: str) -> Quarter | None:
    """The quarter in a button's value, or none."""
    found = _QUARTER.fullmatch(value)
    return Quarter(int(found["year"]), int(found["quarter"])) if found else None


def pack_target(number: int, quarter: Quarter) -> str:
    """A target's number and a quarter for a button's value."""
    return f"{number}@{pack_quarter(quarter)}"


def unpack_target(value: str) -> tuple[int, Quarter] | None:
    """The target's number and the quarter in a button's value, or none."""
    found = _PACKED.fullmatch(value)
    if found is None:
        return None
    return int(found["number"]), Quarter(int(found["year"]), int(found["quarter"]))


def pack_version(number: int, quarter: Quarter, version: int) -> str:
    """A target's number, a quarter and a version of its return for a button's value."""
    return f"{pack_target(number, quarter)}v{version}"


def unpack_version(value: str) -> tuple[int, Quarter, int] | None:
    """The target's number, the quarter and the version in a button's value, or none."""
    packed, _, version = value.partition("v")
    found = unpack_target(packed)
    if found is None or not _NUMBER.fullmatch(version):
        return None
    return *found, int(version)


def pack_proposal(proposal: int, quarter: Quarter) -> str:
    """A proposal's number and a quarter for a button's value."""
    return pack_target(proposal, quarter)


def unpack_proposal(value: str) -> tuple[int, Quarter] | None:
    """The proposal's number and the quarter in a button's value, or none."""
    return unpack_target(value)


def pack_escalation(escalation: int, quarter: Quarter) -> str:
    """An escalation's number and a quarter for a button's value."""
    return pack_target(escalation, quarter)


def unpack_escalation(value: str) -> tuple[int, Quarter] | None:
    """The escalation's number and the quarter in a button's value, or none."""
    return unpack_target(value)


def pack_role(role: Role, scope: RoleScope, number: int = 0) -> str:
    """A place for a button's value: a role and what it is held over, 0 over nothing.

    `role:TARGET_LEAD:TARGET:12`, `role:CENTRAL_TEAM:NONE:0`.
    """
    return f"role:{role.value}:{scope.value}:{number}"


def unpack_role(value: str) -> tuple[Role, RoleScope, int] | None:
    """The role, its scope and the number it is held over in a button's value, or none."""
    found = _ROLE.fullmatch(value)
    if found is None or found["role"] not in set(Role) or found["scope"] not in set(RoleScope):
        return None
    scope, number = RoleScope(found["scope"]), int(found["number"])
    over_nothing = scope is RoleScope.NONE
    return (Role(found["role"]), scope, number) if over_nothing == (number == 0) else None


def pack_form(
    kind: FormKind, number: int = 0, item: int = 0, quarter: Quarter | None = None
) -> str:
    """Which form of the set-up, for a button's value."""
    packed = f"{kind.value}:{number}:{item}"
    return f"{packed}@{pack_quarter(quarter)}" if quarter else packed


def pack_key(key: FormKey) -> str:
    """A form's key for its metadata."""
    return pack_form(key.kind, key.number, key.item, key.quarter)


def unpack_form(value: str) -> FormKey | None:
    """The form in a button's value, or none."""
    found = _FORM.fullmatch(value)
    if found is None or found["kind"] not in set(FormKind):
        return None
    quarter = unpack_quarter(found["quarter"]) if found["quarter"] else None
    if found["quarter"] and quarter is None:
        return None
    return FormKey(FormKind(found["kind"]), int(found["number"]), int(found["item"]), quarter)


def pack_gaps(code: GapCode, first: int = 0) -> str:
    """Which gaps to list, and from which on, for a button's value."""
    return f"{code.value}@{first}"


def unpack_gaps(value: str) -> tuple[GapCode, int] | None:
    """Which gaps to list and from which on, or none."""
    found = _GAPS.fullmatch(value)
    if found is None or found["code"] not in set(GapCode):
        return None
    return GapCode(found["code"]), int(found["first"])


def pack_person(person: int, quarter: Quarter) -> str:
    """A person's number and a quarter for a button's value."""
    return pack_target(person, quarter)


def unpack_person(value: str) -> tuple[int, Quarter] | None:
    """The person's number and the quarter in a button's value, or none."""
    return unpack_target(value)


def pack_page(part: str, page: int) -> str:
    """A part of the Home tab and a page of it, from 0, for a button's value."""
    return f"{part}@{page}"


def unpack_page(value: str) -> tuple[str, int] | None:
    """The part and the page in a button's value, or none."""
    found = _PAGE.fullmatch(value)
    return None if found is None else (found["part"], int(found["page"]))
