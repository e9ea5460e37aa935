"""Where evidence lies, and how much of it may lie there, as the settings say."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evalsvc.files.kinds import MEGABYTE, Limits
from evalsvc.files.pictures import Pictures
from evalsvc.files.pieces import Pieces
from evalsvc.files.sweep import Shelves
from evalsvc.files.vault import Vault
from evalsvc.settings import Settings


@dataclass(frozen=True, slots=True)
class Depot:
    """The folders, the limits for one file and for all files of a unit, and who scans them."""

    shelves: Shelves
    limits: Limits
    quota: int
    scanner: str = ""

    @property
    def most_file(self) -> int:
        return self.limits.most_bytes


def of_settings(settings: Settings) -> Depot:
    most = settings.most_file_mb * MEGABYTE
    quota = settings.unit_files_mb * MEGABYTE
    shelves = _shelves(Path(settings.files), most)
    return Depot(shelves, Limits(most_bytes=most), quota, settings.clamd)


@cache
def _shelves(folder: Path, most: int) -> Shelves:
    """Once in a process: the pictures count how many are being drawn."""
    return Shelves(
        Vault(folder / "kept"),
        Pieces(folder / "arriving", most),
        Pictures(folder / "pictures"),
    )
