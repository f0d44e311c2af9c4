"""The organisation's file and the rota: blocks, partnerships, people and channels.

It owns their forms and what must be unique in them. It must not look into target files;
targets a person is listed with are handed on with their place, to be checked later.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from rules.vocabulary import Role
from store.importing.faults import Faults
from store.importing.lined_yaml import (
    Entry,
    entries_under,
    read_yaml,
    row_of,
    words_under,
)
from store.importing.programme import (
    BlockLine,
    Channels,
    FocusLine,
    PartnershipLine,
    PersonLine,
)
from store.importing.sheets import Row

LISTS = ("blocks", "partnerships", "users")
CODE_LENGTH = 40
PARTNERSHIP_LENGTH = 60
_SLACK_ID = re.compile(r"[UW][A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation as its file says. Places of listed targets are `(row, ref)`."""

    blocks: tuple[BlockLine, ...]
    partnerships: tuple[PartnershipLine, ...]
    people: tuple[PersonLine, ...]
    channels: Channels
    listed_targets: tuple[tuple[Row, str], ...]

    @property
    def block_codes(self) -> frozenset[str] | None:
        """The codes of the blocks; none where the list as a whole is missing."""
        return frozenset(block.code for block in self.blocks) or None

    @property
    def partnership_codes(self) -> frozenset[str] | None:
        """The codes of the partnerships; none where the list as a whole is missing."""
        return frozenset(partnership.code for partnership in self.partnerships) or None

    @property
    def labels(self) -> frozenset[str] | None:
        """The labels of the people; none where the list as a whole is missing."""
        return frozenset(person.label for person in self.people) or None


@dataclass(frozen=True, slots=True)
class _Listed:
    """One entry of the file with its row and the targets it lists."""

    row: Row
    roles: tuple[str, ...]
    targets: tuple[str, ...]


def read_organisation(path: Path, faults: Faults) -> Organisation | None:
    """The organisation; none where the file could not be read at all."""
    document = read_yaml(path, faults)
    if document is None:
        return None
    for key in LISTS:
        if not document.get(key):
            faults.add(path.name, 0, key, f"The list “{key}” is missing. Add it.")
    blocks = _listed(document, "blocks", path.name, faults)
    partnerships = _listed(document, "partnerships", path.name, faults)
    people = _listed(document, "users", path.name, faults)
    codes = _codes(blocks, CODE_LENGTH)
    names = _codes(partnerships, PARTNERSHIP_LENGTH)
    labels = _codes(people)
    _only_once(people, "slack_user_id")
    _one_holder(people, blocks, Role.BLOCK_PERFORMANCE_LEAD, "block", "performance_lead")
    _one_holder(people, partnerships, Role.LIAISON_OFFICER, "partnership", "liaison_officer")
    return Organisation(
        blocks=tuple(_block(one.row, labels) for one in blocks),
        partnerships=tuple(_partnership(one.row, codes, labels) for one in partnerships),
        people=tuple(_person(one, codes, names) for one in people),
        channels=_channels(document, path.name, faults),
        listed_targets=tuple((one.row, ref) for one in people for ref in one.targets),
    )


def read_rota(path: Path, blocks: Collection[str] | None, faults: Faults) -> list[FocusLine]:
    """The block in focus, quarter by quarter; a quarter stands once."""
    document = read_yaml(path, faults)
    lines: dict[str, FocusLine] = {}
    for one in _listed(document, "rota", path.name, faults) if document else []:
        one.row.needed("quarter")
        one.row.needed("block")
        quarter, block = one.row.quarter("quarter"), one.row.known("block", blocks, "block")
        if quarter and quarter.label in lines:
            one.row.fault("quarter", f"{quarter} stands in the rota already. Remove one.")
        elif quarter and block:
            lines[quarter.label] = FocusLine(quarter, block)
    return list(lines.values())


def _listed(document: Entry, key: str, file: str, faults: Faults) -> list[_Listed]:
    return [
        _Listed(
            row_of(entry, file, faults),
            tuple(words_under(entry, "roles", file, faults)),
            tuple(words_under(entry, "targets", file, faults)),
        )
        for entry in entries_under(document, key, file, faults)
    ]


def _codes(listed: list[_Listed], most: int = 300) -> frozenset[str]:
    for one in listed:
        one.row.needed("id", most)
    _only_once(listed, "id")
    return frozenset(one.row.cells.get("id", "") for one in listed)


def _only_once(listed: list[_Listed], column: str) -> None:
    first: dict[str, int] = {}
    for one in listed:
        value = one.row.cells.get(column, "")
        if value in first:
            one.row.fault(column, f"“{value}” stands in row {first[value]} already. Change one.")
        elif value:
            first[value] = one.row.lines.get(column, one.row.number)


def _one_holder(
    people: list[_Listed], places: list[_Listed], role: Role, scope: str, column: str
) -> None:
    holders = {one.row.cells.get("id", ""): one.row.cells.get(column, "") for one in places}
    for person in people:
        place, label = person.row.cells.get(scope, ""), person.row.cells.get("id", "")
        if role.value not in person.roles or place not in holders:
            continue
        holder = holders[place] or label
        holders[place] = holder
        if holder != label:
            person.row.fault(
                scope, f"{place} has one {column.replace('_', ' ')}, and that is {holder}."
            )


def _block(row: Row, labels: frozenset[str]) -> BlockLine:
    code = row.cells.get("id", "")
    return BlockLine(code, row.text("name") or code, row.known("performance_lead", labels, "user"))


def _partnership(row: Row, blocks: frozenset[str], labels: frozenset[str]) -> PartnershipLine:
    code = row.cells.get("id", "")
    return PartnershipLine(
        code,
        row.text("name") or code,
        row.known("block", blocks, "block"),
        row.known("sponsor", labels, "user"),
        row.known("liaison_officer", labels, "user"),
    )


def _person(listed: _Listed, blocks: frozenset[str], partnerships: frozenset[str]) -> PersonLine:
    row = listed.row
    slack_id = row.needed("slack_user_id", CODE_LENGTH)
    if slack_id and not _SLACK_ID.fullmatch(slack_id):
        row.fault("slack_user_id", f"“{slack_id}” is no Slack member id. Copy it from Slack.")
    return PersonLine(
        row.cells.get("id", ""),
        slack_id,
        tuple(role for word in listed.roles if (role := _role(row, word))),
        row.known("block", blocks, "block"),
        row.known("partnership", partnerships, "partnership"),
        listed.targets,
    )


def _role(row: Row, word: str) -> Role | None:
    try:
        return Role(word.upper())
    except ValueError:
        allowed = ", ".join(Role)
        row.fault("roles", f"“{word}” is not one of these: {allowed}.")
        return None


def _channels(document: Entry, file: str, faults: Faults) -> Channels:
    entry = document.get("channels")
    if not isinstance(entry, Entry):
        return Channels()
    row = row_of(entry, file, faults)
    return Channels(row.text("board"), row.text("central"))
