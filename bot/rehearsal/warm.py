"""Done once, when this is imported, before bots are forked: what each would do at its start."""

from messages.say import Voice

Voice().prepare()
