"""The commented criteria file that writers start from."""

from evalsvc import resources

FILE = "new.yaml"


def skeleton() -> str:
    return (resources.templates() / "criteria" / FILE).read_text("utf-8")
