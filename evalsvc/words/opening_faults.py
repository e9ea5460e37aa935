"""What is said when a round cannot be opened, extended or closed, or the service not be started."""

from evalsvc.words.sentence import Sentence

OPENINGS: dict[str, Sentence] = {
    "not-a-moment": Sentence(
        "“{text}” is not a day with its hour.",
        "Write day/month/year hour:minute as clocks in Vietnam show it, such as 30/11/2026 17:00.",
    ),
    "not-a-span": Sentence(
        "“{text}” is not a span of time.",
        "Write hours or days, such as 48h or 2d, at most a year.",
    ),
    "window-closes-first": Sentence(
        "The window closes before it opens.",
        "Look at opens and closes again.",
    ),
    "round-exists": Sentence(
        "There is a round “{round}” already.",
        "Give the new round another code; an open round cannot be opened again.",
    ),
    "no-such-round": Sentence(
        "There is no round “{text}”.",
        "Rounds that there are: {choices}.",
    ),
    "set-changed": Sentence(
        "The set {set}, version {version}, was used before with another text.",
        "Give the changed set a new version; what a round was opened with stays as it is.",
    ),
    "round-without-units": Sentence(
        "No unit stands in this round on {day}.",
        "Look at kinds and blocks of the round, and import the units first.",
    ),
    "units-without-sheet": Sentence(
        "No sheet can be made for {number} units: {units}.",
        "Put their tags right, or let the set know them; a strange tag stands in brackets.",
    ),
    "no-such-block": Sentence(
        "The round has no block “{text}”.",
        "Blocks of the round: {choices}.",
    ),
    "unit-or-block": Sentence(
        "An extension is for one unit, or for one block.",
        "Name either the unit or --block.",
    ),
    "unit-not-of-round": Sentence(
        "The unit “{text}” has no sheet in this round.",
        "Write the code that the unit had when the round was opened.",
    ),
    "extension-shortens": Sentence(
        "There is time until {closes} anyway.",
        "Name a later moment.",
    ),
    "extension-too-long": Sentence(
        "{until} is more than a year after the time was to end.",
        "Look at the year, and name an earlier moment.",
    ),
    "extension-over": Sentence(
        "{until} has passed already.",
        "Name a moment that is still to come.",
    ),
    "round-is-closed": Sentence(
        "The round “{round}” is closed.",
        "What a round was closed with stays as it is.",
    ),
    "nothing-to-close": Sentence(
        "No sheet of the round “{round}” has been concluded since.",
        "The lead evaluator concludes sheets first; then a leader closes them.",
    ),
    "decision-missing": Sentence(
        "The number of the decision is missing.",
        "Write its number and issuer, such as 15/QĐ-UBND, and the day on which it was signed.",
    ),
    "database-not-empty": Sentence(
        "The demo province is made in an empty database; this one holds units already.",
        "Name another database in EVALSVC_DATABASE_URL.",
    ),
    "database-not-made": Sentence(
        "The database is empty: it has no tables yet.",
        "Run evalsvc init.",
    ),
    "database-is-old": Sentence(
        "The database is of an older release of the service.",
        "Make a backup, then run evalsvc db upgrade.",
    ),
    "database-is-newer": Sentence(
        "The database is of a newer release than this service.",
        "Install the release that it was last used with, or a newer one.",
    ),
    "database-unreachable": Sentence(
        "The database cannot be reached or used: {problem}.",
        "Look at EVALSVC_DATABASE_URL, and whether the server of the database runs.",
    ),
}
