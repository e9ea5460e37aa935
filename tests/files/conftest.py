"""A place to write what is sent."""

from pathlib import Path

import pytest

from tests.files.made import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Puts bytes into a file whose name says nothing."""

    def write(content: bytes) -> Path:
        path = tmp_path / "sent"
        path.write_bytes(content)
        return path

    return write
