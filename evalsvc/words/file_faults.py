"""Faults in how a file is written: what is wrong, and what to write instead."""

from evalsvc.words.sentence import Sentence

FILES: dict[str, Sentence] = {
    "file-too-large": Sentence(
        "The file is larger than {most} bytes.",
        "Take out what does not belong to it, or make two files of it.",
    ),
    "not-utf-8": Sentence(
        "This line is not written in UTF-8.",
        "Save the file again as UTF-8.",
    ),
    "control-character": Sentence(
        "There is an invisible character here ({character}).",
        "Delete it and type the text again; it often comes with copying.",
    ),
    "tab-indent": Sentence(
        "The line is indented with a tab.",
        "Indent with two spaces for each level.",
    ),
    "not-yaml": Sentence(
        "The file cannot be read here ({problem}).",
        "Look at the indents, quotation marks and brackets around this place; a text with a colon "
        "or a comma goes in quotation marks.",
    ),
    "more-than-one-document": Sentence(
        "The file holds a second document, after a line ---.",
        "Remove the line ---, or put the rest into a file of its own.",
    ),
    "alias": Sentence(
        "References with & and * are not used in these files.",
        "Write the text out in full; a text that begins with & or * goes in quotation marks.",
    ),
    "tag-in-yaml": Sentence(
        "Tags with ! are not used in these files.",
        "Leave the tag out; a text that begins with ! goes in quotation marks.",
    ),
    "too-many-values": Sentence(
        "The file holds more than anybody could read.",
        "Split it: one file for each criteria set, one for each unit.",
    ),
    "too-deep": Sentence(
        "This place is nested too deeply.",
        "Look at the indents of this part.",
    ),
    "key-is-not-text": Sentence(
        "A list or a block stands where a key belongs.",
        "Write the key as one word, then a colon.",
    ),
    "duplicate-key": Sentence(
        "The key “{key}” already stands on line {line}.",
        "Keep one of the two.",
    ),
    "file-not-a-mapping": Sentence(
        "The file does not consist of keys with values.",
        "Begin with a line format: 1, then one key a line.",
    ),
    "missing-key": Sentence(
        "The key “{key}” is missing.",
        "Add “{key}” with its value.",
    ),
    "value-missing": Sentence(
        "Nothing is written here.",
        "Write a value after the colon, or leave the key out.",
    ),
    "not-one-value": Sentence(
        "A list or a block stands where one value belongs.",
        "Write one value after the colon.",
    ),
    "not-a-list": Sentence(
        "A list belongs here.",
        "Put each entry on a line of its own after a hyphen, or all of them between [ and ].",
    ),
    "list-empty": Sentence(
        "The list has too few entries.",
        "Add what belongs to it, or leave the key out.",
    ),
    "not-a-mapping": Sentence(
        "Keys with values belong here.",
        "Write one key a line and indent it, such as name: Sở Nội vụ.",
    ),
    "unknown-key": Sentence(
        "There is no key “{key}” here.",
        "Keys that may stand here: {known}.",
    ),
    "text-too-long": Sentence(
        "The text is longer than {most} characters.",
        "Make it shorter.",
    ),
    "not-a-code": Sentence(
        "“{text}” is not a code.",
        "A code is made of letters, digits, hyphens, points and underscores, without spaces, at "
        "most 40 characters.",
    ),
    "not-an-item": Sentence(
        "“{text}” does not name an item.",
        "Write the criterion, a slash and the item, such as 1.1/ban-hanh.",
    ),
    "number-with-comma": Sentence(
        "“{text}” is not a number in this file.",
        "In the file write {instead}; screens and papers still show {text}.",
    ),
    "not-a-file-number": Sentence(
        "“{text}” is not a number.",
        "Write digits, with a point before decimals, such as 2 or 0.5.",
    ),
    "not-whole": Sentence(
        "“{text}” is not a whole number.",
        "Write digits only, such as 13.",
    ),
    "not-a-year": Sentence(
        "“{text}” is not a year.",
        "Write four digits, such as 2026.",
    ),
    "not-a-share": Sentence(
        "“{text}” is not a share.",
        "Write a fraction such as 2/3, or 1, or 0.",
    ),
    "share-above-one": Sentence(
        "The share {text} is more than the whole.",
        "Write a share of at most 1.",
    ),
    "not-a-percentage": Sentence(
        "“{text}” is not a percentage.",
        "Write a number up to 100 with its sign, such as 20 %.",
    ),
    "not-yes-or-no": Sentence(
        "“{text}” is neither yes nor no.",
        "Write yes or no.",
    ),
    "no-such-choice": Sentence(
        "“{text}” is not one of the words that may stand here.",
        "Write one of these: {choices}.",
    ),
    "not-a-date": Sentence(
        "“{text}” is not a date.",
        "Write day/month/year, such as 30/11/2026; a day of every year as 30/11.",
    ),
    "no-such-date": Sentence(
        "There is no day {text}.",
        "Look at the day and the month again; 29/2 does not come every year.",
    ),
    "column-not-said": Sentence(
        "Nothing is said for column “{column}”.",
        "Add the column; “—” means that it is not on that sheet.",
    ),
    "no-such-column": Sentence(
        "There is no column “{text}”.",
        "Columns of this set: {choices}.",
    ),
    "one-of-these-keys": Sentence(
        "Exactly one of these keys belongs here: {keys}.",
        "Keep one of them. Written now: {said}.",
    ),
}
