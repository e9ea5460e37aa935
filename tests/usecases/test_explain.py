"""After the release the unit agrees or contests, is answered, and never to its loss."""

from datetime import timedelta

import pytest

from evalsvc.domain.access import Role
from evalsvc.domain.course import Status
from evalsvc.domain.errors import Forbidden, Refused, Stale
from evalsvc.domain.explanations import Settled
from evalsvc.domain.line_course import Step
from evalsvc.domain.lines import Layer
from evalsvc.store import journal
from evalsvc.store.rounds import round_
from evalsvc.usecases import decide, explain, own_explanations, sheets
from evalsvc.usecases.found import Found
from evalsvc.usecases.own_explanations import Said
from evalsvc.usecases.sheets import Seen, Sheet
from tests.web.evaluator import line_of
from tests.web.released import also, contested, heard, released, reviewed, ruled, seen
from tests.web.small_house import After, House

TEXT = "Có biên bản số 12."


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(released)


def with_two_turns(house: House) -> House:
    """Each line may be contested twice."""
    with house.engine.begin() as store:
        store.execute(round_.update().values(turns=2))
    return released(house)


@pytest.fixture
def twice(house_after: After) -> House:
    return house_after(with_two_turns)


def look(house: House) -> Sheet:
    with house.office.reading(house.actor("lead")) as doing:
        return sheets.seen(doing, house.sheet())


def rule(house: House, found: Found | None, by: str = "lead", code: str = "A2") -> Sheet:
    args = (house.sheet(), code, found, "Đã xem.", seen(house, code))
    return house.office.do(house.actor(by), explain.rule, *args)


def correct(house: House, text: str, code: str = "A2") -> Sheet:
    args = (house.sheet(), code, Found(text), "Tính lại.", seen(house, code))
    return house.office.do(house.actor("lead"), explain.correct, *args)


def agree(house: House, code: str = "A2") -> Sheet:
    return house.office.do(
        house.actor("head"), explain.agree, house.sheet(), code, seen(house, code)
    )


# Who, when, how often


def test_a_contest_that_is_won_counts_and_reviewed_points_stay(ready: House) -> None:
    contested(ready)

    after = ruled(ready, found=Found("5/7"))

    line = line_of(after, "A2")
    assert (str(line.reviewed_points), str(line.final_points)) == ("1.71", "2.86")
    assert line.step is Step.RULED
    totals = look(ready).record.totals
    gained = totals[Layer.FINAL].total - totals[Layer.REVIEWED].total
    assert str(gained) == "1.15"


def test_an_answer_may_keep_the_value_and_is_never_below_it(ready: House) -> None:
    contested(ready)

    with pytest.raises(Refused, match="answer-below-review"):
        rule(ready, Found("2/7"))
    kept = rule(ready, None)

    assert kept.lines["A2"].final == kept.lines["A2"].reviewed


def test_nobody_answers_for_a_mark_of_their_own(ready: House) -> None:
    also(ready, "evaluator", Role.LEAD)
    contested(ready)

    with pytest.raises(Forbidden, match="rule-own-mark"):
        rule(ready, None, by="evaluator")


@pytest.mark.parametrize("who", ["editor", "evaluator", "leader"])
def test_only_the_head_contests(ready: House, who: str) -> None:
    with pytest.raises(Forbidden):
        ready.office.do(
            ready.actor(who), explain.contest, ready.sheet(), "A2", TEXT, seen(ready, "A2")
        )


def test_nothing_is_contested_before_the_release(house: House) -> None:
    reviewed(house)

    with pytest.raises(Refused, match="sheet-not-released"):
        contested(house)


def test_a_contest_says_why(ready: House) -> None:
    with pytest.raises(Refused, match="reason-missing"):
        contested(ready, text="  ")


def test_the_same_contest_sent_twice_counts_once(ready: House) -> None:
    by, id_, on = ready.actor("head"), ready.sheet(), seen(ready, "A2", "k1")

    for _ in range(2):
        ready.office.do(by, explain.contest, id_, "A2", TEXT, on)

    assert line_of(ready, "A2").turn == 1
    assert len(heard(ready).lines[0].replies) == 1


def test_two_heads_on_one_line_the_second_is_told(ready: House) -> None:
    before = seen(ready, "A2", "k1")
    agree(ready)

    with pytest.raises(Stale):
        ready.office.do(ready.actor("head"), explain.contest, ready.sheet(), "A2", TEXT, before)


def test_one_turn_is_all_where_the_round_gives_one(ready: House) -> None:
    contested(ready)
    ruled(ready)

    with pytest.raises(Refused, match="explanations-used-up"):
        contested(ready)


def test_the_last_answer_can_still_be_agreed_to(ready: House) -> None:
    contested(ready)
    ruled(ready)

    agree(ready)

    assert line_of(ready, "A2").step is Step.AGREED


def test_a_second_turn_has_its_own_answer_and_hour(twice: House) -> None:
    contested(twice)
    twice.clock.later(days=12)
    ruled(twice, found=Found("4/7"))
    twice.clock.later(days=4)

    contested(twice, text="Còn biên bản số 13.")
    after = ruled(twice, found=Found("5/7"))

    assert line_of(after, "A2").turn == 2
    with pytest.raises(Refused, match="explanations-used-up"):
        contested(twice)


def test_the_second_answer_is_not_below_the_first(twice: House) -> None:
    contested(twice)
    ruled(twice, found=Found("4/7"))
    contested(twice)

    with pytest.raises(Refused, match="answer-below-review"):
        rule(twice, Found("3/7"))


def test_a_contest_is_withdrawn_until_it_is_answered(ready: House) -> None:
    contested(ready)
    by, id_ = ready.actor("head"), ready.sheet()

    ready.office.do(by, explain.withdraw, id_, "A2", seen(ready, "A2"))

    assert line_of(ready, "A2").step is Step.AGREED
    with pytest.raises(Refused, match="line-is-agreed"):
        rule(ready, None)


# Hours


def test_the_unit_has_the_hour_of_the_round_and_never_fewer_days_than_promised(
    house: House,
) -> None:
    reviewed(house)
    house.clock.later(days=33)

    sheet = house.office.do(house.actor("lead"), explain.release, house.sheet())

    until = look(house).record.explain_until
    assert until == house.clock.at + timedelta(days=sheet.round.hearing.days)


def test_after_its_hour_a_line_is_only_read(ready: House) -> None:
    ready.clock.later(days=15)

    with pytest.raises(Refused, match="explanation-locked"):
        contested(ready)
    with pytest.raises(Refused, match="explanation-locked"):
        agree(ready)


def test_whoever_is_given_less_is_heard_once_more(ready: House) -> None:
    contested(ready)
    ruled(ready)
    ready.clock.later(days=16)

    correct(ready, "2/7")

    line = line_of(ready, "A2")
    assert (line.step, line.explain_until) == (
        Step.SHOWN,
        ready.clock.at + timedelta(days=5),
    )
    assert line_of(contested(ready), "A2").step is Step.CONTESTED


def test_whoever_is_given_more_gets_no_new_window(ready: House) -> None:
    agree(ready)

    correct(ready, "5/7")

    line = line_of(ready, "A2")
    assert (line.step, line.explain_until) == (Step.AGREED, None)


# Silence and conclusion


def conclude(house: House) -> Sheet:
    return house.office.do(house.actor("lead"), decide.conclude, house.sheet())


def test_silence_counts_once_the_head_has_looked_and_the_hour_has_passed(ready: House) -> None:
    ready.clock.later(days=15)
    with pytest.raises(Refused, match="lines-not-settled"):
        conclude(ready)

    ready.office.do(ready.actor("head"), explain.opened, ready.sheet())
    done = conclude(ready)

    assert done.record.status is Status.CONCLUDED
    assert done.lines["A2"].settled is Settled.SILENT


def test_an_editor_who_looks_does_not_make_silence_count(ready: House) -> None:
    first = ready.office.do(ready.actor("editor"), explain.opened, ready.sheet())
    second = ready.office.do(ready.actor("head"), explain.opened, ready.sheet())
    third = ready.office.do(ready.actor("head"), explain.opened, ready.sheet())

    assert (first, second, third) == (False, True, False)


def test_agreed_and_answered_lines_need_no_silence(ready: House) -> None:
    for code in ("B1", "C1", "C2"):
        agree(ready, code)
    contested(ready)
    ruled(ready)
    ready.clock.later(days=15)

    done = conclude(ready)

    assert done.lines["B1"].settled is Settled.AGREED
    assert done.lines["A2"].settled is Settled.RULED


def test_a_contested_line_keeps_its_sheet_open(ready: House) -> None:
    ready.office.do(ready.actor("head"), explain.opened, ready.sheet())
    contested(ready)
    ready.clock.later(days=15)

    with pytest.raises(Refused, match="lines-not-settled") as caught:
        conclude(ready)

    assert caught.value.facts["lines"] == ["A2"]


# Drafts


def draft(house: House, text: str, on: str = "", who: str = "editor") -> None:
    said = Said(text, draft=on)
    house.office.do(house.actor(who), own_explanations.draft, house.sheet(), "A2", said)


def token(house: House) -> str:
    return own_explanations.token(heard(house).lines[0].draft)


def test_a_draft_is_seen_by_the_unit_alone(ready: House) -> None:
    draft(ready, "Bản nháp.")

    with ready.office.reading(ready.actor("lead")) as doing:
        others = explain.replies(doing, look(ready))

    assert heard(ready).lines[0].draft is not None
    assert others == {}


def test_two_drafts_of_one_line_are_not_written_over_each_other(ready: House) -> None:
    draft(ready, "Một.")
    first = token(ready)
    ready.clock.later(minutes=1)
    draft(ready, "Hai.", first, "second")

    with pytest.raises(Stale):
        draft(ready, "Ba.", first)
    draft(ready, "Hai.", first)

    found = heard(ready).lines[0].draft
    assert found is not None
    assert found.text == "Hai."


def test_the_head_does_not_send_a_draft_that_changed_meanwhile(ready: House) -> None:
    draft(ready, "Một.")
    by, id_, said = ready.actor("head"), ready.sheet(), Said("Một, sửa.", draft=token(ready))
    ready.clock.later(minutes=1)
    draft(ready, "Hai.", said.draft)

    with pytest.raises(Stale):
        ready.office.do(by, own_explanations.contest, id_, "A2", said, seen(ready, "A2"))

    assert line_of(ready, "A2").step is Step.SHOWN


def test_the_rest_is_agreed_to_and_what_changed_meanwhile_is_named(ready: House) -> None:
    picked = [(code, line_of(ready, code).version) for code in ("A2", "B1", "C2")]
    contested(ready, "B1")

    by, id_ = ready.actor("head"), ready.sheet()
    done = ready.office.do(by, own_explanations.agree_rest, id_, picked, "k1")

    assert (done.done, done.left) == (("A2", "C2"), ("B1",))


def test_an_empty_line_that_was_accepted_as_such_is_not_changed(house: House) -> None:
    released(house)

    codes = {each.line.entry.code for each in heard(house).lines}

    assert codes == {"A2", "B1", "C1", "C2"}


def test_every_deed_of_the_explanation_stands_in_the_journal(ready: House) -> None:
    ready.office.do(ready.actor("head"), explain.opened, ready.sheet())
    contested(ready)
    ruled(ready)
    agree(ready, "B1")

    with ready.office.reading(ready.actor("lead")) as doing:
        told = journal.of_stream(doing.store, journal.assessment(ready.sheet()))

    assert [each.entry.deed for each in told][-5:] == [
        "release",
        "open-release",
        "contest",
        "rule",
        "agree-line",
    ]


def test_a_stale_answer_is_told(ready: House) -> None:
    contested(ready)
    before = Seen(line_of(ready, "A2").version - 1)

    with pytest.raises(Stale):
        ready.office.do(
            ready.actor("lead"), explain.rule, ready.sheet(), "A2", None, "Đã xem.", before
        )
