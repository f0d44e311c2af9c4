"""Blocks, partnerships and people into the records.

It owns how each is found again: a block and a partnership by code, a person by Slack account
or else by label, so that a new account is still the same person.
"""

from sqlmodel import select

from store.importing.ledger import Ledger
from store.importing.programme import PersonLine, Programme
from store.tables import Block, Partnership, Person


def load_blocks(ledger: Ledger, programme: Programme) -> dict[str, Block]:
    """Every block of the files, by code."""
    found = {row.code: row for row in ledger.session.exec(select(Block))}
    rows = {
        line.code: ledger.keep(
            "block",
            line.code,
            found.get(line.code),
            Block,
            {"code": line.code, "name": line.name, "position": position},
        )
        for position, line in enumerate(programme.blocks)
    }
    ledger.step(len(rows), "blocks")
    return rows


def load_partnerships(
    ledger: Ledger, programme: Programme, blocks: dict[str, Block]
) -> dict[str, Partnership]:
    """Every partnership of the files, by code."""
    found = {row.code: row for row in ledger.session.exec(select(Partnership))}
    rows = {
        line.code: ledger.keep(
            "partnership",
            line.code,
            found.get(line.code),
            Partnership,
            {
                "code": line.code,
                "name": line.name,
                "block_id": blocks[line.block].id if line.block else None,
            },
        )
        for line in programme.partnerships
    }
    ledger.step(len(rows), "partnerships")
    return rows


def load_people(ledger: Ledger, programme: Programme) -> dict[str, Person]:
    """Every person of the files, by label.

    The audit gives the person's number only: label and account stand in the row alone, and go
    with it when the person is pseudonymised.
    """
    there = ledger.session.exec(select(Person)).all()
    by_account = {row.slack_user_id: row for row in there}
    by_label = {row.label: row for row in there}
    listed = {line.slack_id for line in programme.people}
    rows: dict[str, Person] = {}
    new: list[Person] = []
    for line in programme.people:
        found = by_account.get(line.slack_id)
        namesake = by_label.get(line.label)
        if found is None and namesake is not None and namesake.slack_user_id not in listed:
            found = namesake
        if found is None:
            found = Person(slack_user_id=line.slack_id, label=line.label)
            new.append(found)
        else:
            _update(ledger, found, line)
        rows[line.label] = found
    ledger.session.add_all(new)
    ledger.session.flush()
    for person in new:
        ledger.note("added", "person", f"person {person.id}")
    ledger.step(len(rows), "people")
    return rows


def _update(ledger: Ledger, found: Person, line: PersonLine) -> None:
    if (found.slack_user_id, found.label) == (line.slack_id, line.label):
        ledger.same("person")
        return
    found.slack_user_id, found.label = line.slack_id, line.label
    ledger.session.add(found)
    ledger.note("changed", "person", f"person {found.id}")
