"""Refusals about the journal itself: blanking an entry, and reading an anchor."""

from evalsvc.words.sentence import Sentence

JOURNAL: dict[str, Sentence] = {
    "no-such-stream": Sentence(
        "The journal has no stream “{text}”.",
        "Write ROUND/UNIT for a sheet, else a name that evalsvc anchor shows, such as round:2026.",
    ),
    "no-such-entry": Sentence(
        "The stream has no entry {number}.",
        "See its entries with: evalsvc journal show STREAM.",
    ),
    "entry-blanked-already": Sentence(
        "The text of entry {number} has been deleted already.",
        "See who did it and why with: evalsvc journal show STREAM.",
    ),
    "blank-stays": Sentence(
        "Entry {number} says who deleted a text and why; it stays.",
        "Name the entry whose text has to go.",
    ),
    "not-an-anchor": Sentence(
        "This file is no anchor.",
        "Name a file that evalsvc anchor has written.",
    ),
    "anchor-changed": Sentence(
        "The anchor does not agree with itself from “{line}” on.",
        "Somebody has changed or cut the file; take another copy of it.",
    ),
}
