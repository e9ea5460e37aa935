"""What a process that reads other people's files may use: little time, little memory, no disk."""

import resource

LOCKED = 3
"""The exit status that says: this file asks for a password."""

_MOST = (
    (resource.RLIMIT_CPU, 10),
    (resource.RLIMIT_AS, 1024 * 1024 * 1024),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, 32),
)


def confine() -> None:
    """For good: a process cannot raise its own limits again."""
    for what, most in _MOST:
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))
