"""Reads the worked examples of the specification: facts for tests, never for the rules."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Vector:
    name: str
    area: str
    given: dict[str, Any]
    expect: dict[str, Any]

    def __str__(self) -> str:
        return self.name


def vectors(area: str) -> list[Vector]:
    found = [
        Vector(entry["id"], entry["area"], entry["given"], entry["expect"])
        for entry in yaml.safe_load((DATA / "test_vectors.yaml").read_text(encoding="utf-8"))
    ]
    return [vector for vector in found if vector.area == area]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figure(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def needed(value: object) -> Decimal:
    return Decimal(str(value))
