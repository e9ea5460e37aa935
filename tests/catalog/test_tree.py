"""Files that mean harm, or that an editor has spoiled: each ends at once, with a place."""

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from evalsvc.catalog import sets, tree
from evalsvc.catalog.faults import Fault, Faulty, Place

SMALL = Path(__file__).with_name("small.yaml").read_text("utf-8")
MOST_CALLS = 300_000
"""The largest file that is let in takes 240,000; a sound small one 22,000."""

LAUGHS = "\n".join(
    ["a0: &a0 [ha]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
)


@contextmanager
def few_calls() -> Iterator[None]:
    """Whoever reads a file twice, or each value once for every other, needs more than these."""
    made = 0

    def count(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal made
        made += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
    assert made < MOST_CALLS


def faults(content: bytes) -> tuple[Fault, ...]:
    """All that is wrong, found without much ado."""
    with few_calls():
        try:
            return sets.check("bo.yaml", content).faults
        except Faulty as error:
            return error.faults


HOSTILE = {
    "an alias to nothing": (b"code: *x\n", "not-yaml|alias", 1),
    "an anchor": (b"format: 1\ncode: &x NHO\n", "alias", 2),
    "a billion laughs": (LAUGHS.encode(), "alias", 1),
    "an anchor on itself": (b"a: &a\n  b: *a\n", "alias", 1),
    "a merge key with an alias": (b"a: &a {b: 1}\nc:\n  <<: *a\n", "alias", 1),
    "a tag": (b"format: 1\ncode: !!python/object/apply:os.system [ls]\n", "tag-in-yaml", 2),
    "a tag of one's own": (b"format: !vai 1\n", "tag-in-yaml", 1),
    "a number that says it is one": (b"format: !!int 1\n", "tag-in-yaml", 1),
    "a hundred thousand brackets": (b"a: " + b"[" * 100_000, "too-deep", 1),
    "a hundred thousand braces": (b"a: " + b"{a: " * 100_000, "too-deep", 1),
    "a hundred thousand dashes": (b"a:\n  " + b"- " * 100_000, "too-deep", 2),
    "an unclosed bracket": (b"format: 1\nties: [A, B\n", "not-yaml", 3),
    "an unclosed quote": (b'format: 1\ntitle: "a\ncode: b\n', "not-yaml", 4),
    "brackets as a key": (b"format: 1\n[a]: b\n", "key-is-not-text", 2),
    "a question-mark key": (b"format: 1\n? {a: b}\n: c\n", "key-is-not-text", 2),
    "two million bytes": (b"a: b\n" * 400_000, "file-too-large", 1),
    "two hundred thousand values": (b"ties: [" + b"a, " * 200_000, "too-many-values", 1),
    "a nul": (b"format: 1\ncode: a\x00b\n", "control-character", 2),
    "an escape": (b"format: 1\ncode: a\x1b[0mb\n", "control-character", 2),
    "a vertical tab": (b"format: 1\ncode: a\x0bb\n", "control-character", 2),
    "a delete": (b"format: 1\ncode: a\x7fb\n", "control-character", 2),
    "a right-to-left override": ("format: 1\ncode: a\u202eb\n".encode(), "control-character", 2),
    "an isolate": ("format: 1\n\ntitle: a\u2066b\n".encode(), "control-character", 3),
    "a zero-width space": ("format: 1\ncode: a\u200bb\n".encode(), "control-character", 2),
    "a zero-width joiner": ("format: 1\ncode: a\u200db\n".encode(), "control-character", 2),
    "a soft hyphen": ("format: 1\ncode: a\u00adb\n".encode(), "control-character", 2),
    "a line separator": ("format: 1\ntitle: a\u2028b\n".encode(), "control-character", 2),
    "a second byte-order mark": ("format: 1\ncode: \ufeffa\n".encode(), "control-character", 2),
    "a control character that is escaped": (
        b'format: 1\ntitle: "a\\u202eb"\n',
        "control-character",
        2,
    ),
    "a nul that is escaped": (b'format: 1\ntitle: "a\\0b"\n', "control-character", 2),
    "a tab as an indent": (b"format: 1\nkinds:\n\tso: {name: a}\n", "tab-indent", 3),
    "a tab after spaces": (b"format: 1\nkinds:\n  \tso: {name: a}\n", "tab-indent", 3),
    "utf-16": (SMALL.encode("utf-16"), "not-utf-8", 1),
    "utf-16 without a mark": ("a: b\n".encode("utf-16-le"), "control-character", 1),
    "latin-1": ("format: 1\ntitle: à\n".encode("latin-1"), "not-utf-8", 2),
    "windows-1258": ("format: 1\n\ntitle: đ\n".encode("cp1258"), "not-utf-8", 3),
    "half a letter": ("title: đ".encode()[:-1], "not-utf-8", 1),
    "a surrogate": (b"title: \xed\xa0\x80\n", "not-utf-8", 1),
    "two documents": (b"format: 1\n---\nformat: 1\n", "more-than-one-document", 2),
    "a list": (b"- a\n- b\n", "file-not-a-mapping", 1),
    "a word": (b"xin ch\xc3\xa0o\n", "file-not-a-mapping", 1),
    "nothing": (b"", "file-not-a-mapping", 1),
    "a comment": (b"# tr\xe1\xbb\x91ng\n", "file-not-a-mapping", 1),
    "blank lines": (b"\n\n\n", "file-not-a-mapping", 1),
    "only a mark": (b"---\n", "file-not-a-mapping", 2),
    "a directive": (b"%TAG ! tag:x,2000:\n---\nformat: !a 1\n", "tag-in-yaml", 3),
    "a version of yaml that is not known": (b"%YAML 9.9\n---\nformat: 1\n", "not-yaml", 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_spoiled_file_ends_with_a_place_at_once(name: str) -> None:
    content, messages, line = HOSTILE[name]

    found = faults(content)

    assert found[0].message in messages.split("|")
    assert found[0].place.line == line


@pytest.mark.parametrize(
    "content",
    [
        b"groups: 1\n" * 60_000,
        b"groups:\n" + b"  - {code: a}\n" * 60_000,
        b"? a\n" * 100_000,
        b"a" * 900_000,
        b"a: " + b"'" * 900_000,
        b"- " * 20 + b"a",
        b"#" * 900_000,
        b"groups: [" + b"a, " * 200_000 + b"]\n",
        b"title: >\n" + b"  a\n" * 200_000,
        b"bands: {" + b"a: 1, " * 100_000 + b"}\n",
    ],
    ids=["keys", "items", "marks", "word", "quotes", "dashes", "comment", "flow", "fold", "braces"],
)
def test_a_file_of_many_faults_ends_at_once(content: bytes) -> None:
    found = faults(content)

    assert found


ZERO_EVERY = "valid: {from: 2017, every: 0}"
HOSTILE_NUMBERS = {
    "every no year": ("valid: {from: 2017, every: 3}", ZERO_EVERY, ZERO_EVERY),
    "every ten thousand years": (
        "valid: {from: 2017, every: 3}",
        "valid: {from: 2017, every: 9999}",
        None,
    ),
    "until before from": (
        "scale: 55",
        "years: {from: 2020, until: 2019}\nscale: 55",
        "years: {from: 2020",
    ),
    "a due day before all days": ("by: 10/3", "before: 1/1/0001", "before: 1/1/0001"),
    "a due day after all days": ("by: 10/3", "by: 31/12/9999", None),
    "a share of nothing": ("share: 1/3", "share: 1/0", "share: 1/0"),
    "no points at all": ("scale: 55", "scale: 0", "scale: 0"),
    "out of nothing": ("out-of: 100", "out-of: 0", "out-of: 0"),
    "no step": ("step: 0.5", "step: 0", "step: 0\n"),
    "a usual due of nothing": ("due: 13", "due: {usual: 0, may-change: yes}", "due: {usual: 0"),
    "arabic digits": ("step: 0.5", "step: ٣", "step: ٣"),
    "superscript digits": ("minimum: 30", "minimum: 3²", "minimum: 3²"),
}


@pytest.mark.parametrize("name", HOSTILE_NUMBERS)
def test_a_number_that_means_harm_is_a_fault_of_its_line(name: str) -> None:
    old, new, at = HOSTILE_NUMBERS[name]
    text = SMALL.replace(old, new, 1)

    lines = [fault.place.line for fault in faults(text.encode())]

    assert text != SMALL
    assert at is None or text.count("\n", 0, text.index(at)) + 1 in lines


# --- what an editor may do without changing the set -------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff".encode() + SMALL.encode(),
        SMALL.replace("\n", "\r\n").encode(),
        SMALL.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", SMALL).encode(),
        SMALL.rstrip("\n").encode(),
        (SMALL + "\n\n\n").encode(),
    ],
    ids=["byte-order mark", "crlf", "cr", "decomposed", "no last newline", "more newlines"],
)
def test_an_editors_habits_change_neither_set_nor_sha(content: bytes) -> None:
    usual = sets.load("bo.yaml", SMALL.encode())

    assert sets.load("bo.yaml", content) == usual


def test_the_sha_is_that_of_the_stored_text() -> None:
    file = tree.read("bo.yaml", SMALL.replace("\n", "\r\n").encode())

    assert file.text == SMALL
    assert file.sha256 == tree.read("khac.yaml", SMALL.encode()).sha256


@pytest.mark.parametrize("change", ["# Thêm một dòng\n", "  \n"])
def test_another_text_is_another_sha(change: str) -> None:
    one, other = (tree.read("bo.yaml", text.encode()) for text in (SMALL, change + SMALL))

    assert one.sha256 != other.sha256


def test_a_doubled_key_keeps_its_first_value_and_names_the_first_line() -> None:
    file = tree.read("bo.yaml", b"code: A\nscale: 1\ncode: B\n")

    assert file.root == {"code": "A", "scale": "1"}
    assert [(each.message, each.place, each.facts) for each in file.faults] == [
        ("duplicate-key", Place(3, 1), {"key": "code", "line": 1})
    ]


def test_keys_that_differ_only_in_their_composition_are_one_key() -> None:
    text = "đ\u00e0: 1\nđa\u0300: 2\n"

    assert [each.message for each in tree.read("bo.yaml", text.encode()).faults] == [
        "duplicate-key"
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1.10\n", "1.10"),
        ("a: no\n", "no"),
        ("a: 2026-01-01\n", "2026-01-01"),
        ("a: 0x10\n", "0x10"),
        ("a: 1e3\n", "1e3"),
        ("a: 012\n", "012"),
        ("a: ~\n", None),
        ("a: null\n", None),
        ("a:\n", None),
        ('a: "~"\n', "~"),
        ('a: ""\n', ""),
        ("a: <<\n", "<<"),
        ("a: |\n  b\n  c\n", "b\nc\n"),
    ],
)
def test_every_scalar_stays_text(text: str, value: object) -> None:
    assert tree.read("bo.yaml", text.encode()).root == {"a": value}


def test_keys_and_values_know_their_places() -> None:
    places = tree.read("bo.yaml", b"a: 1\nb:\n  - {c: 2}\n  - d\n").places

    assert places.of(("b", 0, "c")) == Place(3, 9)
    assert places.of(("b", 0, "c"), key=True) == Place(3, 6)
    assert places.of(("b", 1)) == Place(4, 5)
    assert places.of(("b", 0, "missing")) == Place(3, 5)
    assert places.of(("missing",)) == Place(1, 1)


def test_every_value_is_walked_with_its_path() -> None:
    root = tree.read("bo.yaml", b"a: 1\nb: [{c: 2}]\n").root

    assert [path for path, _ in tree.walk(root)] == [
        (),
        ("a",),
        ("b",),
        ("b", 0),
        ("b", 0, "c"),
    ]
