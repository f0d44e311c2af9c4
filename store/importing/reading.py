"""Read a folder of files into one programme, or say every fault in them at once.

It owns the order of reading and the checks that need several files. It must not touch a
database: a load that is refused has stored nothing.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rules.kinds import LAA_KINDS
from store.importing.faults import Faults
from store.importing.folder import Form, FoundFiles, find_files
from store.importing.grants import once_a_target, read_grants
from store.importing.measures import fitted, read_measures
from store.importing.organisation import Organisation, read_organisation, read_rota
from store.importing.programme import Channels, Programme
from store.importing.statuses import once_a_quarter, read_statuses
from store.importing.targets import TargetFile, merged, read_targets

Line = TypeVar("Line")

USUAL_KINDS = tuple(kind.code for kind in LAA_KINDS)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One reading of one folder. Every method reads a form and leaves its faults."""

    folder: Path
    files: FoundFiles
    faults: Faults
    kinds: Collection[str]

    def programme(self) -> Programme:
        organisation = self._organisation()
        files = self._targets(organisation)
        readings = [reading for file in files for reading in file.readings]
        refs = _refs(files)
        self._check_listed(organisation, refs)
        statuses = [(one.row, one.status) for one in readings if one.status]
        statuses += self._each(Form.STATUSES, read_statuses, refs)
        measured = self._each(Form.MEASURES, read_measures, refs)
        said = {one.target.ref for one in readings if one.row.cells.get("polarity")}
        measures, targets = fitted(measured, merged(readings), said)
        granted = self._each(Form.GRANTS, read_grants, refs)
        blocks = organisation.block_codes if organisation else None
        return Programme(
            blocks=organisation.blocks if organisation else (),
            partnerships=organisation.partnerships if organisation else (),
            people=organisation.people if organisation else (),
            channels=organisation.channels if organisation else Channels(),
            targets=tuple(targets),
            statuses=tuple(once_a_quarter(statuses)),
            measures=tuple(measures),
            grants=tuple(once_a_target(granted)),
            rota=tuple(self._each(Form.ROTA, read_rota, blocks)),
            ignored=self.files.ignored,
        )

    def _each(
        self,
        form: Form,
        read: Callable[[Path, frozenset[str] | None, Faults], list[Line]],
        known: frozenset[str] | None,
    ) -> list[Line]:
        return [line for path in self.files.of[form] for line in read(path, known, self.faults)]

    def _organisation(self) -> Organisation | None:
        paths = self.files.of[Form.ORGANISATION]
        if not paths:
            self.faults.add(
                "organisation.yaml", 0, "", "This file is missing. Put it beside the others."
            )
            return None
        return read_organisation(paths[0], self.faults)

    def _targets(self, organisation: Organisation | None) -> list[TargetFile]:
        paths = self.files.of[Form.TARGETS]
        if not paths:
            self.faults.add(
                self.folder.name,
                0,
                "",
                "There is no target file. Add one named like laa2_indicators_2008-09_q2.csv.",
            )
        return [read_targets(path, organisation, self.kinds, self.faults) for path in paths]

    def _check_listed(self, organisation: Organisation | None, refs: frozenset[str] | None) -> None:
        if organisation is None or refs is None:
            return
        for row, ref in organisation.listed_targets:
            if ref not in refs:
                row.fault("targets", f"There is no target “{ref}”. Correct it, or add the target.")


def _refs(files: list[TargetFile]) -> frozenset[str] | None:
    # Where a target file breaks off, a target that is missing may stand in what is left of it.
    if not files or not all(file.whole for file in files):
        return None
    return frozenset(ref for file in files for ref in file.refs)


def read_programme(
    folder: Path, *, optional: bool = False, kinds: Collection[str] = USUAL_KINDS
) -> Programme:
    """What the files of a folder say (their forms stand in the guide to importing).

    Files ending in `_optional.csv` count only when `optional`. `kinds` are the codes of target
    kinds that may stand. Raises `FaultyFilesError` with every fault of every file.
    """
    faults = Faults()
    try:
        files = find_files(folder, optional=optional)
    except OSError:
        faults.add(
            str(folder),
            0,
            "",
            "There is no such folder to read. Name the one that holds organisation.yaml.",
        )
        faults.refuse_any()
        raise
    if not any(files.of.values()):
        faults.add(
            folder.name,
            0,
            "",
            "This folder holds none of the files that can be loaded. "
            "It needs organisation.yaml and a target file at least.",
        )
        faults.refuse_any()
    programme = _Reader(folder, files, faults, kinds).programme()
    faults.refuse_any()
    return programme
