"""All messages at once, from the notices' examples: to list, to preview and to look at."""

from messages.markup import Payload
from messages.notices import KINDS
from messages.say import Voice


class Roles:
    """A directory of nobody in particular, for examples."""

    def slack_id(self, number: int) -> str | None:
        """An invented id."""
        return f"U{number:07d}"

    def label(self, number: int) -> str:
        """A role and a number."""
        return f"role {number}"


def gallery(voice: Voice) -> list[tuple[str, tuple[Payload, ...]]]:
    """Each kind of notice with what its example says."""
    return [(kind, voice.say(shape.example(), Roles())) for kind, shape in KINDS.items()]
