"""An upload goes on where it stopped; what was acknowledged is never lost, nothing is mixed up."""

import fcntl
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evalsvc.domain.errors import NotFound, Refused
from evalsvc.files.kinds import MEGABYTE
from evalsvc.files.pieces import Pieces
from tests.files.made import no_more_than

UPLOAD = "abcdefghijklmnop"


@pytest.fixture
def pieces(tmp_path: Path) -> Pieces:
    return Pieces(tmp_path / "pieces", most=3 * MEGABYTE)


def test_pieces_in_order_become_the_file(pieces: Pieces) -> None:
    first = pieces.append(UPLOAD, 0, b"abc")
    second = pieces.append(UPLOAD, 3, b"def")

    assert (first, second, pieces.length(UPLOAD)) == (3, 6, 6)
    assert pieces.path(UPLOAD).read_bytes() == b"abcdef"
    assert stat.S_IMODE(pieces.path(UPLOAD).stat().st_mode) == 0o600


def test_a_piece_that_was_written_but_not_acknowledged_is_replaced(pieces: Pieces) -> None:
    pieces.append(UPLOAD, 0, b"abc")
    pieces.append(UPLOAD, 3, b"lost answer")

    length = pieces.append(UPLOAD, 3, b"def")

    assert length == 6
    assert pieces.path(UPLOAD).read_bytes() == b"abcdef"


def test_an_upload_begins_anew_at_zero(pieces: Pieces) -> None:
    pieces.append(UPLOAD, 0, b"the wrong file")

    pieces.append(UPLOAD, 0, b"abc")

    assert pieces.path(UPLOAD).read_bytes() == b"abc"


@pytest.mark.parametrize("at", [4, 100, -1])
def test_a_gap_is_refused_with_what_has_arrived(pieces: Pieces, at: int) -> None:
    pieces.append(UPLOAD, 0, b"abc")

    with pytest.raises(Refused) as error:
        pieces.append(UPLOAD, at, b"def")

    assert (error.value.message, error.value.facts) == ("piece-gap", {"length": 3})
    assert pieces.path(UPLOAD).read_bytes() == b"abc"


def test_an_upload_that_nobody_began_has_a_gap(pieces: Pieces) -> None:
    with pytest.raises(Refused) as error:
        pieces.append(UPLOAD, 3, b"def")

    assert error.value.facts == {"length": 0}
    assert list(pieces.each()) == []


def test_a_piece_of_more_than_a_megabyte_is_refused(pieces: Pieces) -> None:
    with pytest.raises(Refused, match="piece-too-large"):
        pieces.append(UPLOAD, 0, bytes(MEGABYTE + 1))


def test_an_upload_does_not_grow_beyond_what_is_allowed(pieces: Pieces) -> None:
    for at in range(3):
        pieces.append(UPLOAD, at * MEGABYTE, bytes(MEGABYTE))

    with pytest.raises(Refused) as error:
        pieces.append(UPLOAD, 3 * MEGABYTE, b"x")

    assert (error.value.message, error.value.facts) == ("evidence-too-large", {"most": 3})


@pytest.mark.parametrize(
    "token", ["", "short", "../../../etc/passwd", "a" * 65, "abcdefghijklmno/", UPLOAD + "\n"]
)
def test_what_is_no_token_is_not_found(pieces: Pieces, token: str) -> None:
    with pytest.raises(NotFound):
        pieces.append(token, 0, b"x")


def test_a_link_in_the_folder_is_not_followed(pieces: Pieces, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"precious")
    pieces.folder.mkdir()
    pieces.path(UPLOAD).symlink_to(elsewhere)

    with pytest.raises(OSError, match="symbolic links"):
        pieces.append(UPLOAD, 0, b"x")

    assert elsewhere.read_bytes() == b"precious"


def test_a_disk_that_runs_full_is_a_refusal_and_leaves_nothing(pieces: Pieces) -> None:
    pieces.append(UPLOAD, 0, bytes(900))

    with no_more_than(1000), pytest.raises(Refused, match="disk-full"):
        pieces.append(UPLOAD, 900, bytes(101))

    assert list(pieces.each()) == []


def test_what_was_dropped_is_gone_and_can_be_dropped_again(pieces: Pieces) -> None:
    pieces.append(UPLOAD, 0, b"abc")

    pieces.drop(UPLOAD)
    pieces.drop(UPLOAD)

    assert pieces.length(UPLOAD) == 0


def test_each_upload_is_listed_by_its_token(pieces: Pieces) -> None:
    pieces.append(UPLOAD, 0, b"abc")
    (pieces.folder / "readme.txt").touch()

    assert [(each.name, each.size) for each in pieces.each()] == [(UPLOAD, 3)]


def test_two_that_send_the_same_piece_at_once_write_it_once(pieces: Pieces) -> None:
    contents = [letter * 300_000 for letter in (b"a", b"b", b"c", b"d")]

    with ThreadPoolExecutor(4) as threads:
        lengths = list(threads.map(lambda content: pieces.append(UPLOAD, 0, content), contents))

    assert lengths == [300_000] * 4
    assert pieces.path(UPLOAD).read_bytes() in contents


def test_a_late_piece_is_not_written_into_the_vault(pieces: Pieces, tmp_path: Path) -> None:
    pieces.append(UPLOAD, 0, b"abc")
    path = pieces.path(UPLOAD)

    with ThreadPoolExecutor(1) as threads, path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        late = threads.submit(pieces.append, UPLOAD, 3, b"def")
        path.rename(tmp_path / "kept")
        fcntl.flock(file, fcntl.LOCK_UN)

        with pytest.raises(Refused, match="piece-gap"):
            late.result()

    assert (tmp_path / "kept").read_bytes() == b"abc"
