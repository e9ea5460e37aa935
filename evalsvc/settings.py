"""Settings of the service, read once from the environment; a wrong one stops the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta

PREFIX = "EVALSVC_"
MEGABYTE = 1024 * 1024
MOST_FILE_MB = 200
OF_THE_COMMAND_LINE = frozenset({"EVALSVC_LANG"})
_SIGN_IN = re.compile(r"(?<=://).*@", re.DOTALL)
_SCANNER = re.compile(r"unix:/.+|(?:\[[0-9a-fA-F:]+\]|[^:\s/]+):[0-9]{1,5}")
_ADDRESS = re.compile(r"https?://([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")

_DAYS = re.compile(r"[1-9][0-9]?(,[1-9][0-9]?){0,9}")


class WrongSetting(Exception):
    """`text` is what was given; a user and password in an address are not repeated."""

    def __init__(self, name: str, text: str, wanted: str) -> None:
        text = _SIGN_IN.sub("…@", text)
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
            raise WrongSetting(f"{PREFIX}CLAMD", self.clamd, "unix:/path or host:port")
        if not 1 <= self.most_file_mb <= MOST_FILE_MB:
            wanted = f"a number of megabytes, 1 to {MOST_FILE_MB}"
            raise WrongSetting(f"{PREFIX}MOST_FILE_MB", str(self.most_file_mb), wanted)
        if not _DAYS.fullmatch(self.remind_days):
            wanted = "numbers of days between 1 and 99, such as 7,3,1"
            raise WrongSetting(f"{PREFIX}REMIND_DAYS", self.remind_days, wanted)
        if not _ADDRESS.fullmatch(self.address):
            wanted = "https:// and the name of the site, nothing after it"
            raise WrongSetting(f"{PREFIX}ADDRESS", self.address, wanted)

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
