"""People for whoever words a message: a number's label and Slack id.

It owns one snapshot of everyone, taken where messages are about to be worded.
"""

from collections.abc import Iterable

from store.people import PersonRecord

NOBODY = "nobody yet"


class People:
    """A snapshot of everyone the bot knows, by number."""

    def __init__(self, everyone: Iterable[PersonRecord]) -> None:
        self._by_number = {person.number: person for person in everyone}

    def slack_id(self, number: int) -> str | None:
        """The Slack id of a person, or none."""
        person = self._by_number.get(number)
        return person.slack_id if person else None

    def label(self, number: int) -> str:
        """How a person is named: their display label."""
        person = self._by_number.get(number)
        return person.label if person else NOBODY
