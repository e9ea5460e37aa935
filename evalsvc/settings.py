"""Settings of the service, read once from the environment; a wrong one stops the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta

from evalsvc.domain.errors import Fact, Refused

PREFIX = "EVALSVC_"
MEGABYTE = 1024 * 1024
MOST_FILE_MB = 200
OF_THE_COMMAND_LINE = frozenset({"EVALSVC_LANG"})
_SIGN_IN = re.compile(r"(?<=://).*@", re.DOTALL)
_SCANNER = re.compile(r"unix:/.+|(?:\[[0-9a-fA-F:]+\]|[^:\s/]+):[0-9]{1,5}")
_ADDRESS = re.compile(r"https?://([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")

_DAYS = re.compile(r"[1-9][0-9]?(,[1-9][0-9]?){0,9}")


class WrongSetting(Refused):
    """`value` is what was given; a user and password in an address are not repeated."""

    def __init__(self, message: str, name: str, value: str, **facts: Fact) -> None:
        super().__init__(message, name=name, value=_SIGN_IN.sub("…@", value), **facts)


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
    mail: str = field(default="console:", repr=False)  # may hold a password
    mail_from: str = ""
    address: str = "http://127.0.0.1:8000"
    remind_days: str = "7,3,1"
    files: str = "evalsvc-files"
    most_file_mb: int = 20
    unit_files_mb: int = 500
    clamd: str = ""

    def __post_init__(self) -> None:
        if self.clamd and not _SCANNER.fullmatch(self.clamd):
            raise WrongSetting("setting-not-a-socket", f"{PREFIX}CLAMD", self.clamd)
        if not 1 <= self.most_file_mb <= MOST_FILE_MB:
            name, value = f"{PREFIX}MOST_FILE_MB", str(self.most_file_mb)
            raise WrongSetting("setting-not-megabytes", name, value, most=MOST_FILE_MB)
        if not _DAYS.fullmatch(self.remind_days):
            raise WrongSetting("setting-not-days", f"{PREFIX}REMIND_DAYS", self.remind_days)
        if not _ADDRESS.fullmatch(self.address):
            raise WrongSetting("setting-not-a-site", f"{PREFIX}ADDRESS", self.address)

    @property
    def most_body(self) -> int:
        """What the server takes in before it knows what for: a file, and the fields beside it."""
        return max(2 * self.most_bytes, self.most_file_mb * MEGABYTE + self.most_bytes)

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def reminders(self) -> tuple[int, ...]:
        """So many days before something is due it is told again."""
        return tuple(int(each) for each in self.remind_days.split(","))

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
            raise WrongSetting("no-such-setting", name, text, key=name, known=sorted(known))
        found[known[name].name] = _read(name, text, known[name].type)
    return Settings(**found)  # type: ignore[arg-type]


def _read(name: str, text: str, kind: object) -> object:
    if kind is int:
        if not (text.isascii() and text.isdigit()):
            raise WrongSetting("setting-not-a-number", name, text)
        return int(text)
    if kind is bool:
        if text not in ("0", "1"):
            raise WrongSetting("setting-not-a-switch", name, text)
        return text == "1"
    return text
