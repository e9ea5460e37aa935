"""What was not written here is listed with its version, and is what the list says."""

import hashlib
import re
from pathlib import Path

import evalsvc

WEB = Path(evalsvc.__file__).parent / "web"
STATIC = WEB / "static"
LOCK = (WEB / "vendor.lock").read_text("utf-8")
ENTRIES = [line.split() for line in LOCK.splitlines() if not line.startswith("#")]
FOREIGN = {".woff2", ".txt"}


def test_each_entry_names_package_version_digest_and_file() -> None:
    for entry in ENTRIES:
        package, version, digest, name = entry

        assert re.fullmatch(r"\d+\.\d+\.\d+", version), package
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest


def test_nothing_foreign_stands_beside_the_list() -> None:
    found = {
        path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.suffix in FOREIGN
    }

    assert found == {name for *_, name in ENTRIES}


def test_each_family_of_type_has_its_licence_beside_it() -> None:
    fonts = {name for *_, name in ENTRIES if name.endswith(".woff2")}
    licences = {name.removesuffix(".OFL.txt") for *_, name in ENTRIES if name.endswith(".OFL.txt")}

    assert all(any(font.startswith(licence) for licence in licences) for font in fonts)
    for licence in licences:
        text = (STATIC / f"{licence}.OFL.txt").read_text("utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text


def test_the_list_holds_no_address() -> None:
    assert "://" not in LOCK
