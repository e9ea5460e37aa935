"""Settings of the service, read once from the environment; a wrong one stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta

PREFIX = "EVALSVC_"
OF_THE_COMMAND_LINE = frozenset({"EVALSVC_LANG"})


class WrongSetting(Exception):
    def __init__(self, name: str, text: str, wanted: str) -> None:
        super().__init__(f"{name}={text!r}: {wanted}")
        self.name, self.text, self.wanted = name, text, wanted


@dataclass(frozen=True, slots=True)
class Settings:
    """Each field is read from EVALSVC_<NAME>; README says what each is for."""

    database_url: str = "sqlite:///evalsvc.db"
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    organisation: str = ""
    secure: bool = False
    proxies: int = 0
    idle_minutes: int = 120
    session_minutes: int = 720
    sign_in_days: int = 365
    most_bytes: int = 1_000_000

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def longest_session(self) -> timedelta:
        return timedelta(minutes=self.session_minutes)


def read(environment: Mapping[str, str]) -> Settings:
    """Raises WrongSetting; unknown EVALSVC_ names are refused, so that no slip goes unseen."""
    known = {f"{PREFIX}{each.name.upper()}": each for each in fields(Settings)}
    found: dict[str, object] = {}
    for name, text in environment.items():
        if not name.startswith(PREFIX) or name in OF_THE_COMMAND_LINE:
            continue
        if name not in known:
            raise WrongSetting(name, text, f"one of {', '.join(sorted(known))}")
        found[known[name].name] = _read(name, text, known[name].type)
    return Settings(**found)  # type: ignore[arg-type]


def _read(name: str, text: str, kind: object) -> object:
    if kind is int:
        if not (text.isascii() and text.isdigit()):
            raise WrongSetting(name, text, "a whole number")
        return int(text)
    if kind is bool:
        if text not in ("0", "1"):
            raise WrongSetting(name, text, "0 or 1")
        return text == "1"
    return text
