"""The tables of the course, written by hand: deeds on sheets, and deeds on lines."""

from evalsvc.domain.line_course import LineDeed
from tests.tables import table

WHO = table("""
      editor stranger head neighbour evaluator evaluator+ lead lead+ answerer answerer+ leader leader+ admin
answer        yes no yes no   no  yes  no  yes  no  yes  no  yes  no
submit        no  no yes no   no  no   no  no   no  no   no  no   no
recall        no  no yes no   no  no   no  no   no  no   no  no   no
supply        yes no yes no   no  yes  no  yes  no  yes  no  yes  no
mark          no  no no  no   yes no   yes no   no  no   no  no   no
return        no  no no  no   yes no   yes no   no  no   no  no   no
finish-review no  no no  no   no  no   yes no   no  no   no  no   no
resume-review no  no no  no   no  no   yes no   no  no   no  no   no
release       no  no no  no   no  no   yes no   no  no   no  no   no
reply         yes no yes no   no  yes  no  yes  no  yes  no  yes  no
contest       no  no yes no   no  no   no  no   no  no   no  no   no
rule          no  no no  no   no  no   yes no   yes no   no  no   no
correct       no  no no  no   no  no   yes no   no  no   no  no   no
conclude      no  no no  no   no  no   yes no   no  no   no  no   no
take-back     no  no no  no   no  no   yes no   no  no   yes no   no
close         no  no no  no   no  no   no  no   no  no   yes no   no
reopen        no  no no  no   no  no   no  no   no  no   yes no   no
""")  # noqa: E501 - one row, one deed

WHEN = table("""
              open            submitted    reviewed        released     concluded    closed
answer        open            !handed-in   !reviewed       !released    !concluded   !closed
submit        submitted       !handed-in   !reviewed       !released    !concluded   !closed
recall        !not-handed-in  open         !reviewed       !released    !concluded   !closed
supply        !not-handed-in  submitted    !reviewed       !released    !concluded   !closed
mark          !not-handed-in  submitted    !reviewed       !released    !concluded   !closed
return        !not-handed-in  submitted    !reviewed       !released    !concluded   !closed
finish-review !not-handed-in  reviewed     !reviewed       !released    !concluded   !closed
resume-review !not-handed-in  !not-reviewed submitted      !released    !concluded   !closed
release       !not-handed-in  !not-reviewed released       !released    !concluded   !closed
reply         !not-handed-in  !not-reviewed !not-released  released     !concluded   !closed
contest       !not-handed-in  !not-reviewed !not-released  released     !concluded   !closed
rule          !not-handed-in  !not-reviewed !not-released  released     !concluded   !closed
correct       !not-handed-in  !not-reviewed !not-released  released     !concluded   !closed
conclude      !not-handed-in  !not-reviewed !not-released  concluded    !concluded   !closed
take-back     !not-handed-in  !not-reviewed !not-released  !not-concluded released   !closed
close         !not-handed-in  !not-reviewed !not-released  !not-concluded closed     !closed
reopen        !not-handed-in  !not-reviewed !not-released  !not-concluded !not-closed released
""")
REFUSALS = {
    "!not-handed-in": "sheet-not-handed-in",
    "!not-reviewed": "review-not-finished",
    "!not-released": "sheet-not-released",
    "!not-concluded": "sheet-not-concluded",
    "!not-closed": "sheet-not-closed",
    "!handed-in": "sheet-handed-in",
    "!reviewed": "review-finished",
    "!released": "sheet-released",
    "!concluded": "sheet-concluded",
    "!closed": "sheet-closed",
}

HOURS = table("""
              before      open late locked
answer        window-not-open ok ok window-locked
submit        window-not-open ok ok window-locked
recall        window-not-open ok ok window-locked
mark          review-not-open ok ok review-locked
return        review-not-open ok ok review-locked
finish-review review-not-open ok ok review-locked
supply        ok ok ok ok
resume-review ok ok ok ok
release       ok ok ok ok
reply         ok ok ok ok
contest       ok ok ok ok
rule          ok ok ok ok
correct       ok ok ok ok
conclude      ok ok ok ok
take-back     ok ok ok ok
close         ok ok ok ok
reopen        ok ok ok ok
""")
"""What is returned or released has hours of its own, line by line."""

LINES = table("""
         claimed  returned marked   shown     agreed    contested ruled     final
mark     marked   !        marked   !         !         !         !         !
unmark   !        !        claimed  !         !         !         !         !
return   returned !        returned !         !         !         !         !
supply   !        claimed  !        !         !         !         !         !
lapse    !        claimed  !        !         !         !         !         !
release  shown    !        shown    !         !         !         !         final
agree    !        !        !        agreed    !         !         agreed    !
contest  !        !        !        contested !         !         contested !
withdraw !        !        !        !         !         agreed    !         !
rule     !        !        !        !         !         ruled     !         !
raise    !        !        !        shown     agreed    !         ruled     final
lower    !        !        !        shown     shown     !         shown     shown
conclude !        !        !        final     final     !         final     final
""")
"""`!` is refused, with the words of the step."""

LINE_DEEDS: dict[str, LineDeed] = {
    "return": LineDeed.RETURN,
    "supply": LineDeed.SUPPLY,
    "agree": LineDeed.MARK,
    "contest": LineDeed.CONTEST,
    "agree-line": LineDeed.AGREE,
    "withdraw-contest": LineDeed.WITHDRAW,
    "rule": LineDeed.RULE,
}
"""Deeds of the journal that always do the same to their line."""
