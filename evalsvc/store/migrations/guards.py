"""What the database itself refuses: nobody rewrites the journal, whoever opens the database."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_SAID = "the journal is append-only"

_SQLITE = (
    *(
        f"CREATE TRIGGER journal_no_{deed} BEFORE {deed} ON journal "
        f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
        for deed in ("update", "delete")
    ),
    # INSERT OR REPLACE takes rows away without asking the trigger on DELETE
    "CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal WHEN EXISTS ("
    "SELECT 1 FROM journal WHERE id = NEW.id "
    "UNION ALL SELECT 1 FROM journal WHERE stream = NEW.stream AND number = NEW.number "
    "UNION ALL SELECT 1 FROM journal WHERE stream = NEW.stream AND key = NEW.key"
    ") BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)

_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$",
    "CREATE TRIGGER journal_no_update BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
)

_NAMES = ("journal_no_update", "journal_no_delete", "journal_no_replace")


def guard_journal(connection: Connection) -> None:
    """Make the triggers anew: a batch migration of SQLite copies the table without them."""
    is_sqlite = connection.dialect.name == "sqlite"
    on = "" if is_sqlite else " ON journal"
    for name in _NAMES:
        connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}{on}"))
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        connection.execute(sa.text(statement))
