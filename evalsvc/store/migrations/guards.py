"""What the database itself refuses: nobody rewrites the journal, whoever opens the database."""

from sqlalchemy.engine import Connection

_SAID = "the journal is append-only"
_SEALS = "seals are append-only"

_SAME = ("id", "stream", "number", "at", "account_id", "deed", "line", "key", "digest", "link")
_NAMED = """EXISTS (
    SELECT 1 FROM journal AS by_whom WHERE by_whom.stream = OLD.stream
    AND by_whom.deed = 'blank' AND by_whom.number > OLD.number AND {number} = OLD.number)"""
_BLANKED = '{"blanked":1}'


def _blanks(same: str, number: str) -> str:
    """The one change that is let through: the data of an entry that a later one says is blanked."""
    unchanged = " AND ".join(f"NEW.{each} {same} OLD.{each}" for each in _SAME)
    named = _NAMED.format(number=number)
    return f"{unchanged} AND NEW.data = '{_BLANKED}' AND OLD.deed <> 'blank' AND {named}"


_SQLITE_BLANKS = _blanks("IS", "json_extract(by_whom.data, '$.number')")
_POSTGRESQL_BLANKS = _blanks(
    "IS NOT DISTINCT FROM", "CAST(CAST(by_whom.data AS json) ->> 'number' AS integer)"
)

_SQLITE = (
    f"CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal WHEN NOT ({_SQLITE_BLANKS}) "
    f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal "
    f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    # INSERT OR REPLACE takes rows away without asking the trigger on DELETE
    "CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal WHEN EXISTS ("
    "SELECT 1 FROM journal WHERE id = NEW.id "
    "UNION ALL SELECT 1 FROM journal WHERE stream = NEW.stream AND number = NEW.number "
    "UNION ALL SELECT 1 FROM journal WHERE stream = NEW.stream AND key = NEW.key"
    ") BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)
_SQLITE_SEALS = (
    *(
        f"CREATE TRIGGER seal_no_{deed} BEFORE {deed} ON seal "
        f"BEGIN SELECT RAISE(ABORT, '{_SEALS}'); END"
        for deed in ("update", "delete")
    ),
    "CREATE TRIGGER seal_no_replace BEFORE INSERT ON seal WHEN EXISTS ("
    "SELECT 1 FROM seal WHERE number = NEW.number"
    ") BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END",
)

_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$",
    "CREATE OR REPLACE FUNCTION journal_is_only_blanked() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF NOT ({_POSTGRESQL_BLANKS}) THEN RAISE EXCEPTION '{_SAID}'; END IF; "
    "RETURN NEW; END $$",
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal "
    "FOR EACH ROW EXECUTE FUNCTION journal_is_only_blanked()",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE OR TRUNCATE ON journal "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
)
_POSTGRESQL_SEALS = (
    "CREATE OR REPLACE FUNCTION seals_are_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_SEALS}'; END $$",
    "CREATE TRIGGER seal_no_update BEFORE UPDATE OR DELETE OR TRUNCATE ON seal "
    "FOR EACH STATEMENT EXECUTE FUNCTION seals_are_append_only()",
)

_ENDS = ("no_update", "no_delete", "no_replace")


def guard_journal(connection: Connection) -> None:
    """Make the triggers anew: a batch migration of SQLite copies the table without them."""
    _guard(connection, "journal", _SQLITE, _POSTGRESQL)


def guard_seals(connection: Connection) -> None:
    _guard(connection, "seal", _SQLITE_SEALS, _POSTGRESQL_SEALS)


def _guard(
    connection: Connection, table: str, sqlite: tuple[str, ...], postgresql: tuple[str, ...]
) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    on = "" if is_sqlite else f" ON {table}"
    for end in _ENDS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_{end}{on}")
    for statement in sqlite if is_sqlite else postgresql:
        connection.exec_driver_sql(statement)
