"""The table of rights by address: whose desk it is on, at which hours, and what is sent there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.web.rights_tables import (
    ASSIGN_DESK,
    ASSIGNED_ROUNDS,
    CLERKS,
    CONCLUDING,
    CORRECTED_ROUNDS,
    DESKS,
    HEADS,
    HOURS,
    LEAD_DESK,
    LEAD_PAGES,
    LEAD_ROUNDS,
    LEADERS,
    LEADING,
    LEADS,
    LED_ROUNDS,
    MARKERS,
    PEOPLE,
    READERS,
    REVIEWED_ROUNDS,
    REVIEWERS,
    UPLOADS,
    WHEN,
    WRITERS,
    Who,
)

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

MORE_TIME = {
    "over": "block:khoi-1",
    "task": "assess",
    "until": "15/01/2027 17:00",
    "reason": "Bão số 9",
}

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
    "lead.times": desk("lead"),
    "lead.times of a round": Row(LED_ROUNDS),
    "lead.extend": Row(LED_ROUNDS, "assigning", form=MORE_TIME),
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
