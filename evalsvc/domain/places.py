"""Where the parts of a set stand in its file: paths of keys and indices."""

from collections.abc import Iterator

from evalsvc.domain.criteria import CriteriaSet, Criterion, Heading
from evalsvc.domain.errors import Path


def located(criteria: CriteriaSet) -> Iterator[tuple[Path, Criterion]]:
    """Every leaf with its path."""
    for at, group in enumerate(criteria.groups):
        for index, child in enumerate(group.children):
            path: Path = ("groups", at, "criteria", index)
            if isinstance(child, Heading):
                for part_at, part in enumerate(child.parts):
                    yield (*path, "parts", part_at), part
            else:
                yield path, child


def coded(criteria: CriteriaSet) -> Iterator[tuple[Path, str]]:
    """Every code of the one name space of groups, criteria and parts, with its path."""
    for at, group in enumerate(criteria.groups):
        yield ("groups", at), group.code
        for index, child in enumerate(group.children):
            yield ("groups", at, "criteria", index), child.code
            if isinstance(child, Heading):
                for part_at, part in enumerate(child.parts):
                    yield ("groups", at, "criteria", index, "parts", part_at), part.code
