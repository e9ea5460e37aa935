"""What is in the vault is whole, there once, and stays while anybody needs it."""

import errno
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from evalsvc.domain.errors import NotFound, Refused
from evalsvc.files import disk
from evalsvc.files.vault import Stored, Vault

CONTENT = "Báo cáo".encode() * 1000
NAME = sha256(CONTENT).hexdigest()
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "data" / "files")


def sent(vault: Vault, content: bytes = CONTENT, name: str = "sent") -> Path:
    path = vault.folder.parent.parent / name
    path.write_bytes(content)
    return path


def grow_old(path: Path) -> None:
    os.utime(path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_kept_under_its_sha256_and_read_again(vault: Vault) -> None:
    temporary = sent(vault)

    stored = vault.put(temporary)

    assert stored == Stored(NAME, len(CONTENT))
    assert vault.path(NAME) == vault.folder / NAME[:2] / NAME[2:]
    with vault.open(NAME) as file:
        assert file.read() == CONTENT
    assert not temporary.exists()


def test_nobody_else_on_the_machine_may_read_it(vault: Vault) -> None:
    vault.put(sent(vault))

    assert mode(vault.path(NAME)) == 0o600
    assert {mode(each) for each in (vault.folder, vault.path(NAME).parent)} == {0o700}


def test_the_same_content_twice_is_one_file(vault: Vault) -> None:
    vault.put(sent(vault))

    again = vault.put(sent(vault, name="again"))

    assert again.sha256 == NAME
    assert [each.name for each in vault.each()] == [NAME]


def test_threads_that_put_the_same_content_do_not_disturb_each_other(vault: Vault) -> None:
    paths = [sent(vault, name=f"sent-{number}") for number in range(8)]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(vault.put, paths))

    assert found == [Stored(NAME, len(CONTENT))] * 8
    assert [each.size for each in vault.each()] == [len(CONTENT)]


def test_what_was_put_again_is_young_again(vault: Vault) -> None:
    vault.put(sent(vault))
    grow_old(vault.path(NAME))
    temporary = sent(vault)
    grow_old(temporary)

    vault.put(temporary)

    assert not vault.remove(NAME, before=LONG_AGO + timedelta(days=1))
    assert vault.path(NAME).exists()


@pytest.mark.parametrize("before", [None, LONG_AGO + timedelta(days=1)])
def test_what_is_removed_is_gone(vault: Vault, before: datetime | None) -> None:
    vault.put(sent(vault))
    grow_old(vault.path(NAME))

    assert vault.remove(NAME, before)
    assert not vault.remove(NAME, before)
    assert list(vault.each()) == []


def test_an_upload_that_is_finished_twice_is_in_the_vault_once(vault: Vault) -> None:
    temporary = sent(vault)
    vault.put(temporary)

    with pytest.raises(FileNotFoundError):
        vault.put(temporary)

    assert vault.path(NAME).read_bytes() == CONTENT


def test_strange_files_in_the_folder_are_left_out(vault: Vault) -> None:
    vault.put(sent(vault))
    (vault.folder / "readme.txt").touch()
    (vault.path(NAME).parent / "half").touch()

    assert [each.name for each in vault.each()] == [NAME]


def test_a_vault_that_was_never_used_is_empty(vault: Vault) -> None:
    assert list(vault.each()) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME[:-1], NAME + "\n"])
def test_what_is_no_sha256_is_not_found(vault: Vault, name: str) -> None:
    with pytest.raises(NotFound):
        vault.path(name)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_no_room_is_a_refusal_and_the_temporary_file_is_gone(tmp_path: Path, number: int) -> None:
    spoiled = tmp_path / "half"
    spoiled.touch()

    with pytest.raises(Refused, match="disk-full"), disk.room(spoiled):
        raise OSError(number, "no room")

    assert not spoiled.exists()


def test_a_full_device_is_no_room(tmp_path: Path) -> None:
    with (
        pytest.raises(Refused, match="disk-full"),
        Path("/dev/full").open("wb", buffering=0) as device,
        disk.room(tmp_path / "none"),
    ):
        device.write(b"x")


def test_another_fault_of_the_disk_is_told_as_it_is(tmp_path: Path) -> None:
    spoiled = tmp_path / "half"
    spoiled.touch()

    with pytest.raises(OSError, match="broken"), disk.room(spoiled):
        raise OSError(errno.EIO, "broken")

    assert spoiled.exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from evalsvc.files.vault import Vault

class Dying(type(Path())):
    def replace(self, target):
        os.kill(os.getpid(), signal.SIGKILL)

Vault(Path(sys.argv[1])).put(Dying(sys.argv[2]))
"""


def test_a_kill_before_the_renaming_leaves_the_temporary_file_only(vault: Vault) -> None:
    temporary = sent(vault)

    command = [sys.executable, "-c", KILLED, str(vault.folder), str(temporary)]
    done = subprocess.run(command, check=False)  # noqa: S603 - a program of this test

    assert done.returncode < 0
    assert list(vault.each()) == []
    assert vault.put(temporary) == Stored(NAME, len(CONTENT))
