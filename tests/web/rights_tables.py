"""The table of rights, written by hand: who may do what, on whose sheet, and when.

Read it aloud: "the head, on the sheet of the own unit: ok; on a neighbour's: gone". A cell is

  ok        the page is shown, the deed is done
  gone      404: there is nothing here, the same answer as for what there is not
  no        403: to be seen, not to be done by this person
  refused   422: not now; the page says why
  door      sign in first: a page leads there, a deed is answered 401
  password  choose a password first
"""

from collections.abc import Mapping

PEOPLE = {
    "nobody": "has not signed in",
    "newcomer": "an editor of the unit who has still to choose a password",
    "editor": "fills in the sheet of the unit",
    "head": "hands it in",
    "evaluator": "reviews all units",
    "clerk-evaluator": "reviews all units, and is an editor of one",
    "block-evaluator": "reviews the units of one block",
    "lead": "finishes reviews of all units",
    "leader": "looks at everything",
    "block-leader": "looks at one block",
    "admin": "keeps accounts and sees no points",
}

HOURS = {
    "before": ("open", "2026-09-20 09:30"),
    "open": ("open", "2026-11-20 09:30"),
    "late": ("open", "2026-12-01 09:30"),
    "locked": ("open", "2026-12-10 09:30"),
    "early": ("submitted", "2026-10-20 09:30"),
    "submitted": ("submitted", "2026-11-20 09:30"),
    "shut": ("submitted", "2026-12-21 09:30"),
    "reviewed": ("reviewed", "2026-11-20 09:30"),
    "released": ("released", "2026-12-22 09:30"),
    "closed": ("closed", "2026-12-26 09:30"),
}
"""The status of all sheets and the clock: sheets may be answered from 1/10 to 30/11 and two days
late, reviewed from 1/11 to 20/12."""

SHEETS = {
    "own": "of the unit in which the clerks sit, in the block of those who have one block",
    "neighbour": "of another unit in that block",
    "far": "of a unit in another block",
    "unknown": "a number that no sheet has",
}


def _table(text: str) -> dict[str, dict[str, str]]:
    """First line: columns; then a word and its cells."""
    first, *rest = (line.split() for line in text.strip().splitlines())
    return {word: dict(zip(first, cells, strict=True)) for word, *cells in rest}


Who = Mapping[str, Mapping[str, str]]
When = Mapping[str, str]

# Whose sheet

CLERKS: Who = _table("""
                    own       neighbour  far       unknown
    nobody          door      door       door      door
    newcomer        password  password   password  password
    editor          ok        gone       gone      gone
    head            ok        gone       gone      gone
    evaluator       gone      gone       gone      gone
    clerk-evaluator ok        gone       gone      gone
    block-evaluator gone      gone       gone      gone
    lead            gone      gone       gone      gone
    leader          gone      gone       gone      gone
    block-leader    gone      gone       gone      gone
    admin           gone      gone       gone      gone
""")

WRITERS: Who = {
    **CLERKS,
    "clerk-evaluator": {"own": "ok", "neighbour": "no", "far": "no", "unknown": "gone"},
}
"""As `CLERKS`; but sheets of others are there for who reviews them, and never to be filled in."""

HEADS: Who = _table("""
                    own       neighbour  far       unknown
    nobody          door      door       door      door
    newcomer        password  password   password  password
    editor          no        gone       gone      gone
    head            ok        gone       gone      gone
    evaluator       gone      gone       gone      gone
    clerk-evaluator no        no         no        gone
    block-evaluator gone      gone       gone      gone
    lead            gone      gone       gone      gone
    leader          gone      gone       gone      gone
    block-leader    gone      gone       gone      gone
    admin           gone      gone       gone      gone
""")

REVIEWERS: Who = _table("""
                    own       neighbour  far       unknown
    nobody          door      door       door      door
    newcomer        password  password   password  password
    editor          gone      gone       gone      gone
    head            gone      gone       gone      gone
    evaluator       ok        ok         ok        gone
    clerk-evaluator gone      ok         ok        gone
    block-evaluator ok        ok         gone      gone
    lead            ok        ok         ok        gone
    leader          gone      gone       gone      gone
    block-leader    gone      gone       gone      gone
    admin           gone      gone       gone      gone
""")

MARKERS: Who = {**REVIEWERS, "clerk-evaluator": {**REVIEWERS["clerk-evaluator"], "own": "no"}}
"""As `REVIEWERS`; but the own sheet is there to be filled in, and never to be marked."""

LEADS: Who = _table("""
                    own       neighbour  far       unknown
    nobody          door      door       door      door
    newcomer        password  password   password  password
    editor          gone      gone       gone      gone
    head            gone      gone       gone      gone
    evaluator       no        no         no        gone
    clerk-evaluator no        no         no        gone
    block-evaluator no        no         gone      gone
    lead            ok        ok         ok        gone
    leader          gone      gone       gone      gone
    block-leader    gone      gone       gone      gone
    admin           gone      gone       gone      gone
""")

READERS: Who = _table("""
                    own       neighbour  far       unknown
    nobody          door      door       door      door
    newcomer        password  password   password  password
    editor          ok        gone       gone      gone
    head            ok        gone       gone      gone
    evaluator       ok        ok         ok        gone
    clerk-evaluator ok        ok         ok        gone
    block-evaluator ok        ok         gone      gone
    lead            ok        ok         ok        gone
    leader          ok        ok         ok        gone
    block-leader    ok        ok         gone      gone
    admin           gone      gone       gone      gone
""")
"""Documents of a sheet that is handed in; before, only its unit sees them."""

UPLOADS: Who = {
    person: {"strange": {"nobody": "door", "newcomer": "password"}.get(person, "gone")}
    for person in PEOPLE
}
"""A token that is nobody's, or somebody else's."""

LEADING: Who = {**LEADS, "clerk-evaluator": {**LEADS["clerk-evaluator"], "own": "gone"}}
"""As `LEADS`; but the own sheet is not on this desk."""

LEADERS: Who = _table("""
                    own       neighbour  far       unknown
    nobody          door      door       door      door
    newcomer        password  password   password  password
    editor          gone      gone       gone      gone
    head            gone      gone       gone      gone
    evaluator       gone      gone       gone      gone
    clerk-evaluator gone      gone       gone      gone
    block-evaluator gone      gone       gone      gone
    lead            gone      gone       gone      gone
    leader          ok        ok         ok        gone
    block-leader    ok        ok         gone      gone
    admin           gone      gone       gone      gone
""")

# Which desk, and which round

DESKS: Who = _table("""
                    unit      review    lead      account   own-password  anyone  out
    nobody          door      door      door      door      door          ok      door
    newcomer        password  password  password  password  ok            ok      door
    editor          ok        gone      gone      ok        ok            ok      door
    head            ok        gone      gone      ok        ok            ok      door
    evaluator       gone      ok        gone      ok        ok            ok      door
    clerk-evaluator ok        ok        gone      ok        ok            ok      door
    block-evaluator gone      ok        gone      ok        ok            ok      door
    lead            gone      ok        gone      ok        ok            ok      door
    leader          gone      gone      ok        ok        ok            ok      door
    block-leader    gone      gone      ok        ok        ok            ok      door
    admin           gone      gone      gone      ok        ok            ok      door
""")
"""`out`: everybody stands at the door again, signed in before or not."""

REVIEWED_ROUNDS: Who = _table("""
                    this      no-such
    nobody          door      door
    newcomer        password  password
    editor          gone      gone
    head            gone      gone
    evaluator       ok        gone
    clerk-evaluator ok        gone
    block-evaluator ok        gone
    lead            ok        gone
    leader          gone      gone
    block-leader    gone      gone
    admin           gone      gone
""")

CORRECTED_ROUNDS: Who = {
    **REVIEWED_ROUNDS,
    "evaluator": {"this": "refused", "no-such": "gone"},
    "clerk-evaluator": {"this": "refused", "no-such": "gone"},
    "block-evaluator": {"this": "refused", "no-such": "gone"},
}
"""As `REVIEWED_ROUNDS`; but what a unit has been shown is put right by the lead alone.

The list holds sheets of every status, so that others are told it beside each that is released."""

LED_ROUNDS: Who = _table("""
                    this      no-such
    nobody          door      door
    newcomer        password  password
    editor          gone      gone
    head            gone      gone
    evaluator       gone      gone
    clerk-evaluator gone      gone
    block-evaluator gone      gone
    lead            gone      gone
    leader          ok        gone
    block-leader    ok        gone
    admin           gone      gone
""")

LEAD_PAGES: Who = {
    person: {column: "gone" if word == "no" else word for column, word in cells.items()}
    for person, cells in LEADS.items()
}
"""As `LEADS`; but these pages are not there for other reviewers."""

LEAD_ROUNDS: Who = {
    person: {"this": "gone" if word == "no" else word, "no-such": cells["unknown"]}
    for person, cells in LEADS.items()
    for word in (cells["own"],)
}
LEAD_DESK: Who = {person: {"-": cells["this"]} for person, cells in LEAD_ROUNDS.items()}

ASSIGNED_ROUNDS: Who = {**LEAD_ROUNDS, "admin": {"this": "ok", "no-such": "gone"}}
ASSIGN_DESK: Who = {person: {"-": cells["this"]} for person, cells in ASSIGNED_ROUNDS.items()}
UNCHANGED = {**LEADS["lead"], "own": "refused", "neighbour": "refused"}
CONCLUDING: Who = {**LEADS, "lead": UNCHANGED}
"""Only the far unit got all that it claims, so that nothing has to be waited for."""

# At which hour, for those who may

WHEN = _table("""
           before   open     late     locked   early    submitted shut    reviewed released closed
always     ok       ok       ok       ok       ok       ok        ok      ok       ok       ok
answering  refused  ok       ok       refused  refused  refused   refused refused  refused  refused
reviewing  refused  refused  refused  refused  refused  ok        refused refused  refused  refused
finished   refused  refused  refused  refused  refused  refused   refused ok       refused  refused
flagging   refused  refused  refused  refused  ok       ok        ok      ok       ok       refused
results    ok       ok       ok       ok       ok       ok        ok      ok       ok       refused
explaining refused  refused  refused  refused  refused  refused   refused refused  ok       refused
never      refused  refused  refused  refused  refused  refused   refused refused  refused  refused
documenting refused  ok       ok       refused  refused  refused   refused refused  ok       refused
shown      gone     gone     gone     gone     gone     gone     gone     gone     ok       ok
correcting gone     gone     gone     gone     gone     gone     gone     gone     ok       refused
own-mark   gone     gone     gone     gone     gone     gone     gone     gone     no       refused
no-part    gone     gone     gone     gone     gone     gone     gone     gone     gone     refused
concluding refused  refused  refused  refused  refused  refused  refused  refused  ok       refused
reopening  refused  refused  refused  refused  refused  refused  refused  refused  refused  ok
assigning  ok       ok       ok       ok       ok       ok       ok       ok       ok       refused
""")
