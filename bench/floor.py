"""The least that any save costs: a bare route with a session, a locked row and an insert."""

from flask import Flask, abort, jsonify, request
from sqlalchemy import text
from sqlalchemy.engine import Engine

TABLES = (
    "CREATE TABLE floor_session (token text PRIMARY KEY, account integer NOT NULL)",
    "CREATE TABLE floor_row (id integer PRIMARY KEY, version integer NOT NULL, value text)",
    "CREATE TABLE floor_log"
    " (id bigserial PRIMARY KEY, row_id integer, account integer, value text)",
    "INSERT INTO floor_session VALUES ('token', 1)",
    "INSERT INTO floor_row SELECT at, 0, '' FROM generate_series(1, 1000) AS at",
)
_SESSION = text("SELECT account FROM floor_session WHERE token = :token")
_LOCK = text("SELECT version FROM floor_row WHERE id = :id FOR NO KEY UPDATE")
_UPDATE = text("UPDATE floor_row SET version = version + 1, value = :value WHERE id = :id")
_INSERT = text("INSERT INTO floor_log (row_id, account, value) VALUES (:id, :account, :value)")


def prepare(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in TABLES:
            connection.execute(text(statement))


def app(engine: Engine) -> Flask:
    made = Flask("floor")

    @made.post("/rows/<int:id_>")
    def save(id_: int):  # type: ignore[no-untyped-def]
        value = request.form["value"]
        with engine.begin() as connection:
            token = request.cookies.get("session", "")
            account = connection.execute(_SESSION, {"token": token}).scalar_one_or_none()
            if account is None:
                abort(401)
            version = connection.execute(_LOCK, {"id": id_}).scalar_one()
            connection.execute(_UPDATE, {"id": id_, "value": value})
            connection.execute(_INSERT, {"id": id_, "account": account, "value": value})
        return jsonify(version=version + 1)

    return made
