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
    "evaluator": {"this": "no", "no-such": "gone"},
    "clerk-evaluator": {"this": "no", "no-such": "gone"},
    "block-evaluator": {"this": "no", "no-such": "gone"},
}
"""As `REVIEWED_ROUNDS`; but what a unit has been shown is put right by the lead alone."""

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

PASSWORD, NEW_PASSWORD = "chim hót trên cành", "gió thổi qua đồi"
SEEN = "<the version on the screen>"
RESULTS = "<a field for each sheet>"
FLAG = "<a flag on this sheet>"
DOCUMENT = "<the document on A1 of this sheet>"
SHOWN = "<where it stands on A1>"


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


TOKEN = {"token": "a" * 32}
PAPER = {"number": "15/BC", "seen": SEEN, "key": "k3"}
HANDED_IN = tuple(hour for hour, (status, _) in HOURS.items() if status != "open")
NOT_YET = tuple(hour for hour in HOURS if hour not in HANDED_IN)


def document(address: str, **values: str) -> dict[str, Row]:
    """Others see a document once the sheet on which it stands is handed in."""
    of = {"id": DOCUMENT, **values}
    return {
        address: Row(READERS, values=of, hours=HANDED_IN),
        f"{address} before it is handed in": Row(CLERKS, values=of, hours=NOT_YET),
    }


ANSWER = {"answer": "no", "note": "", "seen": SEEN, "key": "k1"}
RESULT = {"document": "99/QĐ-UBND", "day": "10/03/2026", RESULTS: "64"}
EXPLANATION = {"text": "Đã có văn bản.", "draft": "", "seen": SEEN, "key": "k"}
MARK = {"answer": "no", "why": "Không đăng ký", "seen": SEEN, "key": "k2"}

DECISION = {"number": "15/QĐ-UBND", "day": "01/06/2026"}
MINUTES = {"held": "10/12/2026 08:30", "place": "Sở Nội vụ", "present": "Hai bên", "remarks": ""}

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
    "account.mail": desk("account"),
    "account.put_mail": Row(
        DESKS,
        column="account",
        form={"email": "van-thu@example.vn", "mails": "urgent"},
        hours=ONE_HOUR,
    ),
    "account.new_calendar": Row(DESKS, column="account", hours=ONE_HOUR),
    "account.end_calendar": Row(DESKS, column="account", hours=ONE_HOUR),
    "account.calendar": Row(
        {person: {"-": "gone"} for person in PEOPLE}, values={"name": "no-such-secret.ics"}
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
    "unit.supply": Row(WRITERS, "never", values={"code": "A1"}, form=ANSWER),
    "unit.put_in_charge": Row(WRITERS, "answering", values={"code": "A1"}, form={"who": "Văn thư"}),
    "unit.recall": Row(HEADS, "never"),
    "unit.result": Row(CLERKS),
    "unit.explanations": Row(CLERKS),
    "unit.save_draft": Row(
        WRITERS, "explaining", values={"code": "C2"}, form={"text": "Đã có văn bản.", "draft": ""}
    ),
    "unit.contest": Row(HEADS, "explaining", values={"code": "C2"}, form=EXPLANATION),
    "unit.agree": Row(HEADS, "explaining", values={"code": "C2"}, form={"seen": SEEN, "key": "k"}),
    "unit.withdraw": Row(HEADS, "never", values={"code": "C2"}, form={"seen": SEEN, "key": "k"}),
    "unit.agree_rest": Row(HEADS, "explaining", form={"line": "C1:0", "key": "k"}),
    "unit.evidence": Row(CLERKS, values={"code": "A1"}),
    "unit.attach": Row(WRITERS, "documenting", values={"code": "A1"}, form=PAPER),
    "unit.show_again": Row(
        WRITERS,
        "documenting",
        values={"code": "A2"},
        form={"document": DOCUMENT, "seen": SEEN, "key": "k4"},
    ),
    "unit.replace_evidence": Row(
        WRITERS, "answering", values={"code": "A1", "evidence_id": SHOWN}, form=PAPER
    ),
    "unit.remove_evidence": Row(
        WRITERS,
        "answering",
        values={"code": "A1", "evidence_id": SHOWN},
        form={"seen": SEEN, "key": "k5"},
    ),
    "unit.begin_upload": Row(
        WRITERS, "documenting", values={"code": "A1"}, form={"name": "bao-cao.pdf", "size": "9"}
    ),
    "unit.upload": Row(UPLOADS, column="strange", values=TOKEN),
    "unit.send_piece": Row(UPLOADS, column="strange", values=TOKEN),
    "unit.history": Row(CLERKS),
    # Documents
    **document("evidence.page"),
    **document("evidence.picture", page="1"),
    **document("evidence.file"),
    # The desk of reviewers
    "evaluate.evidence_line": Row(REVIEWERS, values={"code": "A1"}),
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
        form=RESULT,
        hours=tuple(hour for hour in HOURS if hour != "released"),
    ),
    "evaluate.enter_results after the release": Row(
        CORRECTED_ROUNDS, "results", values={"line": "C1"}, form=RESULT, hours=("released",)
    ),
    "evaluate.sheet": Row(REVIEWERS),
    "evaluate.group": Row(REVIEWERS, values={"code": "A"}),
    "evaluate.flags": Row(REVIEWERS),
    "evaluate.accept": Row(
        REVIEWERS, "reviewing", values={"code": "A1"}, form={"seen": SEEN, "key": "k"}
    ),
    "evaluate.adjust": Row(REVIEWERS, "reviewing", values={"code": "A1"}, form=MARK),
    "evaluate.return_line": Row(
        REVIEWERS,
        "reviewing",
        values={"code": "A1"},
        form={"until": "25/11/2026 17:00", "because": "Thiếu căn cứ", "seen": SEEN, "key": "k3"},
    ),
    # Lines of this house are marked by one person: there is nothing to agree on.
    "evaluate.agree": Row(LEADING, "never", values={"code": "A1"}, form=MARK),
    "evaluate.pass_over": Row(
        LEADING, "never", values={"code": "A1"}, form={**MARK, "because": "Nghỉ ốm", "seat": "2"}
    ),
    # Whose lines they are is asked of each that is ticked.
    "evaluate.accept_many": Row(DESKS, "never", column="review", form={"key": "k4"}),
    "evaluate.undo_many": Row(DESKS, "never", column="review", form={"key": "k5"}),
    "evaluate.finish": Row(LEADS, "reviewing"),
    "evaluate.resume": Row(LEADS, "finished", form={"reason": "Có văn bản mới"}),
    "evaluate.raise_flag": Row(
        MARKERS,
        "flagging",
        form={"flag": "ky-luat", "document": "15/QĐ-UBND", "day": "01/06/2026"},
    ),
    "evaluate.withdraw_flag": Row(
        MARKERS, "flagging", values={"flag": FLAG}, form={"because": "Nhầm đơn vị"}
    ),
    "evaluate.history": Row(REVIEWERS),
    # Decisions of the lead evaluator
    "evaluate.decisions": Row(LEAD_DESK),
    "evaluate.decisions of a round": Row(LEAD_ROUNDS),
    "evaluate.release_all": Row(LEAD_ROUNDS, form={"pick-1": "x"}),
    "evaluate.conclude_all": Row(LEAD_ROUNDS, form={"pick-1": "x"}),
    "evaluate.decision": Row(LEAD_PAGES),
    "evaluate.release": Row(LEADS, "finished"),
    "evaluate.conclude": Row(CONCLUDING, "concluding"),
    "evaluate.take_back": Row(LEADS, "never", form={"reason": "Có văn bản mới"}),
    "evaluate.correction": Row(LEAD_PAGES, "shown", values={"code": "A1"}),
    "evaluate.correct": Row(LEAD_PAGES, "correcting", values={"code": "A1"}, form=MARK),
    "evaluate.minutes": Row(LEAD_PAGES, "shown"),
    "evaluate.print_minutes": Row(LEAD_PAGES, "shown"),
    "evaluate.write_minutes": Row(LEADS, "shown", form=MINUTES),
    # Explanations to answer
    "explanations.waiting": Row(LEAD_DESK),
    "explanations.waiting of a round": Row(LEAD_ROUNDS),
    "explanations.line": Row(LEAD_PAGES, "shown", values={"line": "A1"}),
    "explanations.answer": Row(
        LEAD_PAGES,
        "own-mark",
        values={"line": "A1", "code": "A1"},
        form={"deed": "keep", "why": "Đã xem", "seen": SEEN, "key": "k"},
    ),
    # Who reviews what
    "assignments.parts": Row(ASSIGN_DESK),
    "assignments.parts of a round": Row(ASSIGNED_ROUNDS),
    "assignments.assign": Row(
        ASSIGNED_ROUNDS, "assigning", form={"account": "evaluator", "role": "evaluator"}
    ),
    "assignments.hand_over": Row(
        ASSIGNED_ROUNDS, "no-part", values={"part": "1"}, form={"to": "lead", "reason": "Nghỉ phép"}
    ),
    "assignments.end": Row(
        ASSIGNED_ROUNDS, "no-part", values={"part": "1"}, form={"reason": "Xong việc"}
    ),
    # The desk of leaders
    "lead.decisions": desk("lead"),
    "lead.decisions of a round": Row(LED_ROUNDS),
    "lead.close_all": Row(LED_ROUNDS, form={"pick-1": "x", **DECISION}),
    "lead.decision": Row(LEADERS),
    "lead.close": Row(LEADERS, "never", form=DECISION),
    "lead.reopen": Row(LEADERS, "reopening", form=DECISION),
    "lead.send_back": Row(LEADERS, "never", form={"reason": "Xem lại"}),
    "lead.history": Row(LEADERS),
    "lead.round_history": Row(LED_ROUNDS),
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
