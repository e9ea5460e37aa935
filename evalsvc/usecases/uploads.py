"""Files that arrive in pieces: begun, gone on with for a day, looked at, kept, swept."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import IO

from evalsvc.domain.access import SERVICE, Actor
from evalsvc.domain.errors import DomainError, NotFound, Refused
from evalsvc.domain.evidence import Described
from evalsvc.files import sweep as sweeping
from evalsvc.files.kinds import MEGABYTE
from evalsvc.files.names import shown_name
from evalsvc.files.pieces import MOST_PIECE
from evalsvc.files.recognise import recognise
from evalsvc.files.scan import scan
from evalsvc.files.sweep import Swept
from evalsvc.store import documents, evidence_places, uploads
from evalsvc.store.uploads import Upload
from evalsvc.usecases import evidence
from evalsvc.usecases.depot import Depot
from evalsvc.usecases.evidence import File, Paper
from evalsvc.usecases.reasons import account_of
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Office, Work

DAY = timedelta(days=1)
MOST_NAME = 200
AGAIN_LATER = frozenset({"scanner-unreachable", "disk-full"})
"""Refusals that say nothing against the file: its bytes wait for another try."""


def begin(doing: Work, depot: Depot, at: tuple[int, str], name: str, size: int) -> str:
    """The token of an upload for a line; refused before a byte of it is sent."""
    if size > depot.most_file:
        raise Refused("evidence-too-large", most=depot.most_file // MEGABYTE)
    if size <= 0:
        raise Refused("file-empty")
    unit = evidence.demand(doing, *at, Paper(Described()))
    _demand_room(doing, depot, unit, size)
    token = secrets.token_urlsafe(24)
    record = Upload(token, account_of(doing), *at, _keepable(name), size, 0, doing.now)
    uploads.begin(doing.store, record)
    return token


def _keepable(name: str) -> str:
    """No database keeps a NUL or half of a sign; what people see is made of it afterwards."""
    return name.replace("\0", "").encode("utf-8", "replace").decode()[-MOST_NAME:]


def own(doing: Work, token: str) -> Upload:
    """Raises NotFound for a token of somebody else, and for one that is older than a day."""
    found = uploads.get(doing.store, token)
    if found is None or found.account != doing.actor.account or found.at < doing.now - DAY:
        raise NotFound("upload")
    return found


def arrived(doing: Work, depot: Depot, token: str) -> tuple[Upload, int]:
    """How much of an upload is on the disk: its sender goes on from there."""
    found = own(doing, token)
    done = found.document is not None
    return found, found.size if done else depot.shelves.pieces.length(token)


def receive(
    office: Office, actor: Actor, depot: Depot, token: str, piece: tuple[int, bytes]
) -> int:
    """How much has arrived; told only when it is on the disk and in the row.

    `piece` is where it begins, and what it holds.
    """
    at, content = piece
    upload = office.do(actor, own, token)
    if upload.document is not None:
        return upload.size
    if at + len(content) > upload.size:
        raise Refused("upload-too-long", size=upload.size)
    length = depot.shelves.pieces.append(token, at, content)
    try:
        office.do(actor, _acknowledge, depot, token, length)
    except Refused:
        depot.shelves.pieces.drop(token)
        office.do(actor, _give_up, token)
        raise
    return length


def _acknowledge(doing: Work, depot: Depot, token: str, length: int) -> None:
    upload = own(doing, token)
    uploads.put_received(doing.store, token, length)
    unit = evidence_places.unit_of(doing.store, upload.assessment)
    _demand_room(doing, depot, unit, 0)


def _demand_room(doing: Work, depot: Depot, unit: int, more: int) -> None:
    """With what is under way, so that files which are never finished do not fill the disk."""
    used = evidence_places.used(doing.store, unit)
    coming = uploads.under_way(doing.store, unit, doing.now - DAY)
    if used + coming + more > depot.quota:
        raise Refused("unit-files-full", most=depot.quota // MEGABYTE)


def receive_whole(
    office: Office, actor: Actor, depot: Depot, at: tuple[int, str], sent: tuple[str, IO[bytes]]
) -> str:
    """A plain form brings the file in one go: the same way, without waiting for anybody."""
    name, stream = sent
    size = stream.seek(0, 2)
    stream.seek(0)
    token = office.do(actor, begin, depot, at, name, size)
    start = 0
    while content := stream.read(MOST_PIECE):
        start = receive(office, actor, depot, token, (start, content))
    return token


@dataclass(frozen=True, slots=True)
class Put:
    """Where an upload goes, and what is said of the document; `replaces`: other evidence, or 0."""

    id: int
    code: str
    paper: Paper
    seen: Seen
    replaces: int = 0


def finish(office: Office, actor: Actor, depot: Depot, token: str, put: Put) -> None:
    """The file is kept for good before any row says so; finished again, nothing is done."""
    upload = office.do(actor, own, token)
    if (upload.assessment, upload.line) != (put.id, put.code):
        raise NotFound("upload")
    if upload.document is not None:
        return
    office.do(actor, evidence.demand, put.id, put.code, put.paper)
    file = _taken(office, actor, depot, upload)
    paper = replace(put.paper, file=file, most_of_unit=depot.quota)
    try:
        _put(office, actor, put, paper)
    except DomainError:
        # Its pieces are gone: nothing can be gone on with, and nothing may count as under way.
        office.do(actor, _give_up, token)
        raise


def _put(office: Office, actor: Actor, put: Put, paper: Paper) -> None:
    if put.replaces:
        office.do(actor, evidence.replace_, put.id, put.code, put.replaces, paper, put.seen)
    else:
        office.do(actor, evidence.attach, put.id, put.code, paper, put.seen)


def _taken(office: Office, actor: Actor, depot: Depot, upload: Upload) -> File:
    """Looked at and kept: raises Refused, and then nothing of it stays, or all of it."""
    pieces = depot.shelves.pieces
    length = pieces.length(upload.token)
    if length != upload.size:
        raise Refused("piece-gap", length=length)
    try:
        aside = pieces.set_aside(upload.token)
    except FileNotFoundError:
        raise Refused("piece-gap", length=0) from None  # another finish of it is under way
    try:
        return kept(depot, pieces.path(aside), upload.name, upload.token)
    except Refused as refused:
        if refused.message in AGAIN_LATER and pieces.length(aside):
            pieces.bring_back(aside, upload.token)
        else:
            pieces.drop(aside)
            office.do(actor, _give_up, upload.token)
        raise


def kept(depot: Depot, path: Path, name: str, token: str = "") -> File:
    """Looked at, scanned, and in the vault; nothing is left at the path."""
    found = recognise(path, depot.limits)
    if depot.scanner:
        scan(path, depot.scanner)
    stored = depot.shelves.vault.put(path)
    return File(
        stored.sha256, shown_name(name, found.kind), found.kind, stored.size, found.pages, token
    )


def _give_up(doing: Work, token: str) -> None:
    uploads.drop(doing.store, token)


@dataclass(frozen=True, slots=True)
class Cleared:
    """What a sweep took away, and uploads that nobody goes on with."""

    files: Swept
    uploads: int


def sweep(office: Office, depot: Depot) -> Cleared:
    """Files and pieces older than a day that no row names; safe at any hour, as often as wanted."""
    with office.writing(SERVICE) as doing:
        before = doing.now - DAY
        given_up = uploads.sweep(doing.store, before)
    # Only now, after the hour was chosen: a file that gets its row meanwhile is younger.
    with office.reading(SERVICE) as doing:
        named, pending = documents.files(doing.store), uploads.pending(doing.store)
    files = sweeping.sweep(depot.shelves, named=named, pending=pending, before=before)
    return Cleared(files, given_up)
