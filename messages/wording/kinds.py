"""What the flags of a target kind mean, in words."""

from typing import Final

FLAG: Final = {
    "collected": "a return is asked for each due quarter",
    "escalates": "a second red or amber quarter escalates",
    "carries_grant": "the grant expected is asked for",
    "light_only": "reported only as a partnership's light",
    "agreed_first": "reported only once agreed",
}
