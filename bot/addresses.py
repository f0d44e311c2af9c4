"""Where a message goes: the channel behind a setting's name, or a person's direct messages.

It owns finding the place and opening it once. It must not post.
"""

from collections.abc import Mapping

from bot.desk import Desk
from bot.post_office import PostOffice
from store import people
from store.outbox import Delivery


class RecipientMissingError(LookupError):
    """The row's recipient cannot be written to. `word` is a code for whoever words it."""

    def __init__(self, word: str, sentence: str) -> None:
        super().__init__(sentence)
        self.word = word


class Addresses:
    """Finds the channel of a delivery. `places` gives the channel id of each named channel."""

    def __init__(self, desk: Desk, office: PostOffice, places: Mapping[str, str]) -> None:
        self._desk = desk
        self._office = office
        self._places = places

    async def of(self, delivery: Delivery) -> str:
        """The channel a message goes to: that of the message it follows, if any.

        Raises `RecipientMissingError`.
        """
        if delivery.parent_channel:
            return delivery.parent_channel
        if delivery.to_person is None:
            return self._named(str(delivery.to_channel))
        return await self._direct(delivery.to_person)

    def _named(self, name: str) -> str:
        if not self._places.get(name):
            raise RecipientMissingError("channel_unset", f"the setting {name} is empty")
        return self._places[name]

    async def _direct(self, number: int) -> str:
        person = await self._desk.read(people.by_number, number)
        if person is None or not person.active:
            raise RecipientMissingError("recipient_inactive", f"person {number} is not active")
        if person.direct_channel:
            return person.direct_channel
        channel = await self._office.open_direct(person.slack_id)
        await self._desk.note(people.keep_direct_channel, person.number, channel)
        return channel
