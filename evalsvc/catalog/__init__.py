"""Files that people write: criteria sets, rounds, answers. Every fault names its place."""
