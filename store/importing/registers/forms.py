"""Every form, in the order in which they are kept. A table of contents.

It owns no reading, no check and no query.
"""

from store.importing.registers.form import Form
from store.importing.registers.organisation_forms import BLOCKS, KINDS, PARTNERSHIPS, PEOPLE, ROLES
from store.importing.registers.quarter_forms import (
    ACTIONS,
    CALENDAR,
    FOCUS,
    LIGHTS,
    NOTES,
    RISKS,
    SPEND,
)
from store.importing.registers.target_forms import (
    GRANTS,
    MILESTONES,
    PROXIES,
    PROXY_MILESTONES,
    TARGETS,
)

FORMS: tuple[Form, ...] = (
    KINDS,
    BLOCKS,
    PARTNERSHIPS,
    PEOPLE,
    TARGETS,
    ROLES,
    MILESTONES,
    PROXIES,
    PROXY_MILESTONES,
    GRANTS,
    FOCUS,
    CALENDAR,
    ACTIONS,
    RISKS,
    LIGHTS,
    SPEND,
    NOTES,
)
"""In the order in which they are kept: what is referred to comes first."""

BY_NAME = {form.name: form for form in FORMS}


def form_called(title: str) -> Form | None:
    """The form that a file's or sheet's name says, the longest name that fits; or none."""
    fits = [form for form in FORMS if form.is_called(title)]
    return max(fits, key=lambda form: len(form.name), default=None)
