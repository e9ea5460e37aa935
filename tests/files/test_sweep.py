"""The sweep takes what is old and nameless; what is young or named stays."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from evalsvc.files.kinds import MEGABYTE
from evalsvc.files.pictures import Pictures
from evalsvc.files.pieces import Pieces
from evalsvc.files.sweep import Shelves, Swept, sweep
from evalsvc.files.vault import Vault

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
A_DAY_AGO = NOW - timedelta(days=1)
UPLOAD = "abcdefghijklmnop"
NONE: frozenset[str] = frozenset()
CONTENT = b"Quyet dinh"
SHA256 = sha256(CONTENT).hexdigest()


@pytest.fixture
def shelves(tmp_path: Path) -> Shelves:
    pictures = Pictures(tmp_path / "pictures")
    pictures.folder.mkdir()
    pieces = Pieces(tmp_path / "pieces", most=MEGABYTE)
    return Shelves(Vault(tmp_path / "files"), pieces, pictures)


def aged(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


def with_file(shelves: Shelves, at: datetime) -> None:
    shelves.pieces.append(UPLOAD, 0, CONTENT)
    shelves.vault.put(shelves.pieces.path(UPLOAD))
    aged(shelves.vault.path(SHA256), at)


def with_piece(shelves: Shelves, at: datetime) -> None:
    shelves.pieces.append(UPLOAD, 0, CONTENT)
    aged(shelves.pieces.path(UPLOAD), at)


def with_picture(shelves: Shelves, name: str, at: datetime) -> None:
    path = shelves.pictures.folder / name
    path.touch()
    aged(path, at)


@pytest.mark.parametrize(
    ("hours", "named", "taken"),
    [(25, NONE, 1), (25, {SHA256}, 0), (24, NONE, 0), (1, NONE, 0), (1, {SHA256}, 0)],
)
def test_a_file_goes_when_it_is_old_and_no_row_names_it(
    shelves: Shelves, hours: int, named: set[str], taken: int
) -> None:
    with_file(shelves, NOW - timedelta(hours=hours))

    swept = sweep(shelves, named=named, pending=NONE, before=A_DAY_AGO)

    assert swept == Swept(files=taken, pieces=0, pictures=0)
    assert shelves.vault.path(SHA256).exists() is (taken == 0)


@pytest.mark.parametrize(
    ("hours", "pending", "taken"),
    # The first is also what a crash between the last piece and the vault leaves.
    [(25, NONE, 1), (25, {UPLOAD}, 0), (1, NONE, 0)],
)
def test_pieces_go_when_they_are_old_and_the_upload_is_not_going_on(
    shelves: Shelves, hours: int, pending: set[str], taken: int
) -> None:
    with_piece(shelves, NOW - timedelta(hours=hours))

    swept = sweep(shelves, named=NONE, pending=pending, before=A_DAY_AGO)

    assert swept == Swept(files=0, pieces=taken, pictures=0)
    assert len(list(shelves.pieces.each())) == 1 - taken


@pytest.mark.parametrize(
    ("ending", "hours", "named", "taken"),
    [
        ("-1-640.png", 25, NONE, 1),
        ("-1-640.png", 25, {SHA256}, 0),
        ("-1-640.png", 1, NONE, 0),
        # Being written when the machine stopped.
        ("-1-640-0a1b.part", 25, {SHA256}, 1),
        ("-1-640-0a1b.part", 1, {SHA256}, 0),
        # What failed yesterday is tried again.
        ("-1-640.none", 25, {SHA256}, 1),
        ("-1-640.none", 1, {SHA256}, 0),
    ],
)
def test_pictures_go_with_their_file(
    shelves: Shelves, ending: str, hours: int, named: set[str], taken: int
) -> None:
    with_picture(shelves, SHA256 + ending, NOW - timedelta(hours=hours))

    swept = sweep(shelves, named=named, pending=NONE, before=A_DAY_AGO)

    assert swept == Swept(files=0, pieces=0, pictures=taken)
    assert len(list(shelves.pictures.each())) == 1 - taken


def test_shelves_that_were_never_used_have_nothing_to_sweep(tmp_path: Path) -> None:
    places = (tmp_path / "files", tmp_path / "pieces", tmp_path / "pictures")
    shelves = Shelves(Vault(places[0]), Pieces(places[1], MEGABYTE), Pictures(places[2]))

    assert sweep(shelves, named=NONE, pending=NONE, before=NOW) == Swept(0, 0, 0)
