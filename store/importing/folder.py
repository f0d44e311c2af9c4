"""Which file of a folder is of which form, by its name.

It owns the names. It must not open a file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Form(Enum):
    """A form that input comes in."""

    ORGANISATION = auto()
    TARGETS = auto()
    STATUSES = auto()
    MEASURES = auto()
    GRANTS = auto()
    ROTA = auto()


_NAMES = (
    (Form.ORGANISATION, re.compile(r"organisation\.ya?ml")),
    (Form.ROTA, re.compile(r"(.*_)?rota\.ya?ml")),
    (Form.STATUSES, re.compile(r"statuses(_.*)?\.csv")),
    (Form.GRANTS, re.compile(r"(.*_)?reward_grant_estimate(_.*)?\.csv")),
    (Form.MEASURES, re.compile(r"(.*_)?measures(_.*)?\.csv")),
    (Form.TARGETS, re.compile(r"(.*_)?(targets|indicators)(_.*)?\.csv")),
)
_RESULTS = re.compile(r"expected_.*|.*_examples\.csv|.*_cases\.csv|test_vectors\.ya?ml")
_REHEARSAL = re.compile(r"(.*_)?tempers\.ya?ml")
_OPTIONAL = "_optional.csv"
_KINDS = frozenset({".csv", ".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of a folder by form, each list by name; `ignored` are of no form."""

    of: dict[Form, tuple[Path, ...]]
    ignored: tuple[str, ...]


def find_files(folder: Path, *, optional: bool) -> FoundFiles:
    """Sort the files of a folder. Optional ones count only when asked for.

    An optional file whose name says no form holds targets. Results that lie beside the input
    are never input, nor are the tempers of a rehearsal. Raises `OSError` where the folder
    cannot be listed.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _KINDS)
    forms = {path: form_of(path.name) for path in paths if _wanted(path.name, optional=optional)}
    return FoundFiles(
        {form: _of(form, forms.items()) for form in Form},
        tuple(path.name for path, form in forms.items() if form is None),
    )


def form_of(name: str) -> Form | None:
    """The form that a file's name says, or none."""
    plain = name.lower()
    for form, pattern in _NAMES:
        if pattern.fullmatch(plain):
            return form
    return Form.TARGETS if plain.endswith(_OPTIONAL) else None


def _wanted(name: str, *, optional: bool) -> bool:
    plain = name.lower()
    if _RESULTS.fullmatch(plain) or _REHEARSAL.fullmatch(plain):
        return False
    return optional or not plain.endswith(_OPTIONAL)


def _of(form: Form, forms: Iterable[tuple[Path, Form | None]]) -> tuple[Path, ...]:
    return tuple(path for path, found in forms if found is form)
