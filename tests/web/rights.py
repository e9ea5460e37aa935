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
from dataclasses import dataclass, field

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

# At which hour, for those who may

WHEN = _table("""
               before   open     late     locked   early    submitted shut    reviewed closed
    always     ok       ok       ok       ok       ok       ok        ok      ok       ok
    answering  refused  ok       ok       refused  refused  refused   refused refused  refused
    reviewing  refused  refused  refused  refused  refused  ok        refused refused  refused
    finished   refused  refused  refused  refused  refused  refused   refused ok       refused
    flagging   refused  refused  refused  refused  ok       ok        ok      ok       refused
    results    ok       ok       ok       ok       ok       ok        ok      ok       refused
""")

PASSWORD, NEW_PASSWORD = "chim hót trên cành", "gió thổi qua đồi"
SEEN = "<the version on the screen>"
RESULTS = "<a field for each sheet>"
FLAG = "<a flag on this sheet>"


@dataclass(frozen=True)
class Row:
    """One address: who, when, and what is sent there; `places` fill in the address by column."""

    who: Who
    when: str = "always"
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    hours: tuple[str, ...] = tuple(HOURS)

    @property
    def columns(self) -> list[str]:
        return [self.column] if self.column else list(next(iter(self.who.values())))

    def expected(self, person: str, column: str, hour: str) -> str:
        """Who comes first: nobody learns the hour of what is not for them."""
        word = self.who[person][column]
        return WHEN[self.when][hour] if word == "ok" else word


def desk(which: str) -> Row:
    return Row(DESKS, column=which)


ONE_HOUR = ("open",)
"""Passwords take long to check, and know nothing of rounds."""


ANSWER = {"answer": "no", "note": "", "seen": SEEN, "key": "k1"}
MARK = {"answer": "no", "why": "Không đăng ký", "seen": SEEN, "key": "k2"}

ROUTES: dict[str, Row] = {
    # The way in
    "static": Row(DESKS, column="anyone", values={"filename": "css/tokens.css"}),
    "public.home": Row(
        {person: {"-": "door" if person == "nobody" else "ok"} for person in PEOPLE}
    ),
    "public.health": desk("anyone"),
    # One's own account
    "account.sign_in": desk("anyone"),
    "account.begin": Row(
        DESKS, column="anyone", form={"name": "editor", "password": PASSWORD}, hours=ONE_HOUR
    ),
    "account.sign_out": desk("out"),
    "account.sign_out_everywhere": desk("out"),
    "account.mine": desk("account"),
    "account.password": desk("own-password"),
    "account.change_password": Row(
        DESKS,
        column="own-password",
        form={"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD},
        hours=ONE_HOUR,
    ),
    "account.language": Row(DESKS, column="anyone", values={"code": "en"}),
    # The desk of a unit
    "unit.home": desk("unit"),
    "unit.sheet": Row(CLERKS),
    "unit.group": Row(CLERKS, values={"code": "A"}),
    "unit.save": Row(WRITERS, "answering", values={"code": "A1"}, form=ANSWER),
    "unit.copy": Row(CLERKS, "answering", values={"code": "A1"}, form={"seen": SEEN, "key": "k"}),
    "unit.submit": Row(CLERKS),
    "unit.hand_in": Row(HEADS, "answering", form={"yes": "yes"}),
    "unit.print": Row(CLERKS),
    "unit.total": Row(CLERKS),
    # The desk of reviewers
    "evaluate.queue": desk("review"),
    "evaluate.criteria": desk("review"),
    "evaluate.official": desk("review"),
    "evaluate.lines": Row(REVIEWED_ROUNDS),
    "evaluate.criterion": Row(REVIEWED_ROUNDS, values={"line": "A1"}),
    "evaluate.official_lines": Row(REVIEWED_ROUNDS),
    "evaluate.results": Row(REVIEWED_ROUNDS, values={"line": "C1"}),
    "evaluate.enter_results": Row(
        REVIEWED_ROUNDS,
        "results",
        values={"line": "C1"},
        form={"document": "99/QĐ-UBND", "day": "10/03/2026", RESULTS: "64"},
    ),
    "evaluate.sheet": Row(REVIEWERS),
    "evaluate.group": Row(REVIEWERS, values={"code": "A"}),
    "evaluate.flags": Row(REVIEWERS),
    "evaluate.accept": Row(
        MARKERS, "reviewing", values={"code": "A1"}, form={"seen": SEEN, "key": "k"}
    ),
    "evaluate.adjust": Row(REVIEWERS, "reviewing", values={"code": "A1"}, form=MARK),
    "evaluate.finish": Row(LEADS, "reviewing"),
    "evaluate.resume": Row(LEADS, "finished", form={"reason": "Có văn bản mới"}),
    "evaluate.raise_flag": Row(
        MARKERS,
        "flagging",
        form={"flag": "ky-luat", "document": "15/QĐ-UBND", "day": "01/11/2026"},
    ),
    "evaluate.withdraw_flag": Row(
        MARKERS, "flagging", values={"flag": FLAG}, form={"because": "Nhầm đơn vị"}
    ),
    # The desk of leaders
    "lead.overview": desk("lead"),
    "lead.overview of a round": Row(LED_ROUNDS),
    "lead.ranking": desk("lead"),
    "lead.ranking of a round": Row(LED_ROUNDS),
    "lead.ranking_xlsx": Row(LED_ROUNDS),
    "lead.ranking_csv": Row(LED_ROUNDS),
    "lead.apart": Row(LED_ROUNDS),
    "lead.sheet": Row(LEADERS),
    "lead.line": Row(LEADERS, values={"line": "A1"}),
    "lead.sheet_xlsx": Row(LEADERS),
}
"""Every address of the service by its endpoint; where one has two, a few words tell them apart."""
