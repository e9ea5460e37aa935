"""Where shipped files are: criteria sets and templates inside the wheel or beside the package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def criteria() -> Path:
    return _folder("criteria")


def templates() -> Path:
    return _folder("templates")


def static() -> Path:
    return _PACKAGE / "web" / "static"
