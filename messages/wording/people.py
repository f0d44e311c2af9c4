"""Why somebody in Slack cannot hold a role, in words."""

from typing import Final

from rules.people import Unfit

UNFIT: Final = {
    Unfit.DEACTIVATED: "This account is deactivated in Slack. Choose somebody who is there.",
    Unfit.BOT: "This is an app and no person. Choose a person.",
    Unfit.GUEST: (
        "This is a guest of the workspace, who cannot be asked reliably. Choose a full member."
    ),
    Unfit.STRANGER: "This person is from another workspace. Choose a member of this one.",
    Unfit.UNKNOWN: "Slack does not know this person. Choose somebody else.",
    Unfit.NOT_ASKED: (
        "Slack did not say who this is. Choose somebody else and then them again, in a minute."
    ),
}
