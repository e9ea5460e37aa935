"""What a password has to be, and how long one waits after wrong ones."""

import ipaddress
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from evalsvc.domain.errors import Refused
from evalsvc.domain.names import search_key

LEAST, MOST = 10, 200
LEAST_SORTS = 2
FREE_FAILURES, WINDOW = 5, timedelta(minutes=15)
FREE_OF_ADDRESS = 100
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(seconds=60)
LONGEST_FOR_OTHERS = timedelta(seconds=16)
"""For failures made elsewhere: whoever fails without end waits longer and so locks nobody out."""
ADDRESS_WAIT = timedelta(minutes=1)
LEAST_PART = 4
"""Shorter parts of a name stand in many a good password by chance."""

_WORDS = (
    "abc abcd abcde abcdef abcdefgh admin administrator anhyeuem asdfghjkl canbo congtacdanvan "
    "danhgia danvan dangnhap emyeuanh iloveyou letmein matkhau matkhaumoi password passw qazwsx "
    "quantri qwer qwert qwerty qwertyuiop taikhoan test ubnd vietnam welcome xinchao"
)
COMMON = frozenset(_WORDS.split())
"""Words that everybody tries first; digits and signs around them make them no better."""

_LOOKS_LIKE = str.maketrans("@013457$!", "aoleastsi")
NO_NETWORK = "unknown"
_NETWORK_OF_ONE = 64
"""Whoever has one IPv6 address has all of these: they count as one."""


def normal(password: str) -> str:
    """The same password typed on another keyboard is the same password."""
    return unicodedata.normalize("NFKC", password)


def demand_good(password: str, name: str) -> None:
    """Long, of two sorts of characters at least, not the name and not one that everybody knows."""
    password = normal(password)
    if len(password) < LEAST:
        raise Refused("password-too-short", least=LEAST)
    if len(password) > MOST:
        raise Refused("password-too-long", most=MOST)
    if _is_common(password):
        raise Refused("password-too-common")
    if _holds_name(password, name):
        raise Refused("password-holds-name")
    sorts = (str.islower, str.isupper, str.isdigit, _is_other)
    if sum(any(map(sort, password)) for sort in sorts) < LEAST_SORTS:
        raise Refused("password-of-one-sort")


def _is_common(password: str) -> bool:
    folded = search_key(password)
    plain = re.sub(r"[\W\d_]+", "", folded)
    read = re.sub(r"[\W\d_]+", "", re.sub(r"[\W\d_]+$", "", folded).translate(_LOOKS_LIKE))
    return len(set(folded)) < LEAST // 2 or plain in COMMON or read in COMMON


def _holds_name(password: str, name: str) -> bool:
    bare = _letters_and_digits(password)
    parts = (_letters_and_digits(each) for each in (name, *name.split(".")))
    return any(len(each) >= LEAST_PART and each in bare for each in parts)


def _letters_and_digits(text: str) -> str:
    return re.sub(r"[\W_]+", "", search_key(text))


def _is_other(letter: str) -> bool:
    return not letter.isalnum()


def wait(
    failures: Sequence[datetime], now: datetime, longest: timedelta = LONGEST_WAIT
) -> timedelta:
    """How long the next try has to wait: five are free, then the wait doubles, never a lock."""
    recent = [at for at in failures if at > now - WINDOW]
    over = len(recent) - FREE_FAILURES
    if over < 0:
        return timedelta(0)
    pause = min(FIRST_WAIT * (1 << min(over, 10)), longest)
    return max(max(recent) + pause - now, timedelta(0))


def longest_wait(failures_from_here: int) -> timedelta:
    """At one account, from an address that has failed there so many times of late."""
    return LONGEST_FOR_OTHERS if failures_from_here < FREE_FAILURES else LONGEST_WAIT


def wait_of_address(failures: int, latest: datetime | None, now: datetime) -> timedelta:
    if failures < FREE_OF_ADDRESS or latest is None:
        return timedelta(0)
    return max(latest + ADDRESS_WAIT - now, timedelta(0))


def network_of(address: str) -> str:
    """What is counted as one address; all texts that are none are counted as one too."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return NO_NETWORK
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((read, _NETWORK_OF_ONE), strict=False))
