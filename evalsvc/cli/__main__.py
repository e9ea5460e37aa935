"""`python -m evalsvc.cli` is the same as `evalsvc`."""

from evalsvc.cli import main

main()
