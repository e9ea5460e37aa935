"""evalsvc criteria check."""

import json

import pytest

from evalsvc import resources
from evalsvc.catalog.skeleton import skeleton


def test_a_sound_file_is_answered_with_silence(run, sound):
    shown = run("criteria", "check", sound)

    assert (shown.exit_code, shown.output) == (0, "")


def test_the_shipped_sets_are_sound_together(run):
    shown = run("criteria", "check", *sorted(resources.criteria().glob("*.yaml")))

    assert (shown.exit_code, shown.output) == (0, "")


def test_every_fault_is_one_line_with_place_key_and_two_sentences(run, faulty):
    shown = run("criteria", "check", faulty)

    lines = [line.split("  ") for line in shown.stdout.splitlines()]
    keys = [line[1] for line in lines]
    assert shown.exit_code == 1
    assert all(len(line) == 4 for line in lines)
    assert all(line[0].startswith(f"{faulty}:") for line in lines)
    assert keys[:2] == ["groups.3.criteria.2.step", "groups.3.criteria.2.stpe"]
    assert shown.stderr.strip() == f"Có {len(lines)} chỗ sai."


def test_faults_stand_in_the_order_of_the_file(run, faulty):
    shown = run("criteria", "check", faulty)

    places = [line.split("  ")[0].split(":")[-2:] for line in shown.stdout.splitlines()]
    numbers = [tuple(int(number) for number in place) for place in places]
    assert numbers == sorted(numbers)


def test_faults_as_json_name_the_same_facts(run, faulty):
    found = json.loads(run("criteria", "check", faulty, "--json").stdout)

    misspelled = next(each for each in found if each["key"].endswith("stpe"))
    assert set(misspelled) == {"file", "line", "column", "key", "message", "what", "instead"}
    assert misspelled["message"] == "unknown-key"
    assert "“step”" in misspelled["instead"]


def test_a_sound_file_as_json_is_an_empty_list(run, sound):
    shown = run("criteria", "check", sound, "--json")

    assert (shown.exit_code, json.loads(shown.stdout)) == (0, [])


def test_a_file_that_is_not_there_does_not_hide_the_faults_of_another(run, faulty, tmp_path):
    shown = run("criteria", "check", tmp_path / "none.yaml", faulty)

    assert shown.exit_code == 1
    assert "stpe" in shown.stdout
    assert "none.yaml: không có tệp này." in shown.stderr


def test_a_file_named_twice_is_checked_once(run, faulty):
    twice = run("criteria", "check", faulty, faulty)

    assert twice.stdout == run("criteria", "check", faulty).stdout


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80\x81",
        b"\x00",
        b"[" * 3000,
        b"- " * 3000,
        b"{a: " * 500,
        b"&a [*a]",
        b"just words",
        b"format: 1\n" * 2,
        b"x: 1" * 400_000,
        skeleton().encode()[:3000],
        skeleton().replace("kind: judged", "kind: [judged]").encode(),
        skeleton().replace("groups:", "groupz:").encode(),
    ],
    ids=lambda content: repr(content[:12]),
)
def test_no_content_makes_it_stumble(run, tmp_path, content):
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content)

    shown = run("criteria", "check", path)

    assert shown.exit_code == 1
    assert shown.stdout.startswith(f"{path}:")


def test_faults_are_told_in_english_on_request(run, faulty):
    shown = run("criteria", "check", faulty, lang="en")

    assert shown.stderr.strip().endswith("faults.")
