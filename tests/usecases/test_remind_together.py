"""Two who send mails at once, and one who is killed in the midst of it."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, Envelope, Session

from evalsvc.store import letters, sheet_lines
from evalsvc.usecases.remind import Outcome
from tests.post.servers import HOST, Mailbox, taking
from tests.postgres import dies_with_us
from tests.usecases import together
from tests.usecases.mailing import SENDER, handed_in, reach, reminded, returned
from tests.usecases.together import at_once, url_of
from tests.web.small_house import ROLES, House

PEOPLE = [name for name in ROLES if name not in ("lead", "leader", "admin", "evaluator")]
COMMAND = (sys.executable, "-m", "evalsvc.cli", "remind")
PATIENCE = 20.0


@contextmanager
def remind(house: House, port: int) -> Iterator[subprocess.Popen[str]]:
    """`evalsvc remind` with the clock of this machine."""
    environment = {
        **{name: text for name, text in os.environ.items() if not name.startswith("EVALSVC_")},
        "EVALSVC_DATABASE_URL": url_of(house),
        "EVALSVC_MAIL": f"smtp://{HOST}:{port}",
        "EVALSVC_MAIL_FROM": SENDER,
    }
    with subprocess.Popen(  # noqa: S603
        [*dies_with_us(), *COMMAND], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


def returned_for_hours(house: House) -> None:
    """By the clock of this machine: urgent, so it is told at every hour of the day."""
    returned(handed_in(house), hours=20)
    until = datetime.now(UTC) + timedelta(hours=10)
    with house.engine.begin() as store:
        mine = sheet_lines.line.c.step == "returned"
        store.execute(sheet_lines.line.update().where(mine).values(returned_until=until))


def forget_claims(house: House) -> None:
    """As if the lease were over."""
    with house.engine.begin() as store:
        before = datetime.now(UTC) - timedelta(minutes=11)
        claimed = letters.letter.c.claimed_at.is_not(None)
        store.execute(letters.letter.update().where(claimed).values(claimed_at=before))


def state(house: House) -> list[tuple[bool, bool]]:
    """Of each letter: whether it is claimed, and whether it was sent."""
    with house.engine.begin() as store:
        rows = store.execute(sa.select(letters.letter.c.claimed_at, letters.letter.c.sent_at)).all()
    return [(claimed is not None, sent is not None) for claimed, sent in rows]


def test_two_at_once_send_each_mail_once(house: House) -> None:
    reach(house, *PEOPLE)
    mailbox = Mailbox({})

    with taking(mailbox) as port, together.another_process(house) as office:
        done = at_once(lambda: reminded(house, port), lambda: reminded(house, port, office))

    assert all(isinstance(each, Outcome) for each in done), done
    assert sum(each.written for each in done) == len(PEOPLE)
    assert sum(each.sent for each in done) <= len(PEOPLE)
    with taking(mailbox) as port:
        reminded(house, port)
    assert sorted(str(each["To"]) for each in mailbox.mails) == sorted(
        f"{name}@example.vn" for name in PEOPLE
    )


def test_nothing_is_held_while_a_server_talks(house: House) -> None:
    """A save goes through while a mail hangs in the server."""
    reach(house, "editor")
    saved: list[str] = []

    class Saving(Mailbox):
        async def handle_DATA(  # noqa: N802
            self, server: SMTP, session: Session, envelope: Envelope
        ) -> str:
            house.fill("so-y-te")
            saved.append("so-y-te")
            return await super().handle_DATA(server, session, envelope)

    with taking(Saving({})) as port:
        done = reminded(house, port)

    assert (done.sent, saved) == (1, ["so-y-te"])


class Stalling(Mailbox):
    """Hears the whole mail, and does not answer."""

    def __init__(self) -> None:
        super().__init__({})
        self.heard = threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        self.heard.set()
        await asyncio.sleep(PATIENCE)
        return answer


def test_a_mail_whose_sender_was_killed_is_sent_again_as_the_same(house: House) -> None:
    returned_for_hours(reach(house, "editor"))
    stalling = Stalling()
    with taking(stalling) as port, remind(house, port) as process:
        assert stalling.heard.wait(PATIENCE)
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    killed = state(house)

    mailbox = Mailbox({})
    with taking(mailbox) as port:
        said = []
        for _ in range(2):
            with remind(house, port) as process:
                said.append(process.communicate(timeout=PATIENCE)[0])
            forget_claims(house)
        with remind(house, port) as process:
            said.append(process.communicate(timeout=PATIENCE)[0])

    assert killed == [(True, False)]
    assert [each.count("đã gửi: 1") for each in said] == [0, 1, 0]
    assert state(house) == [(True, True)]
    (mail,) = mailbox.mails
    assert mail["Message-ID"] == stalling.mails[0]["Message-ID"]


@pytest.mark.parametrize("sent", [0, 1])
def test_the_command_says_what_it_did(house: House, sent: int) -> None:
    if sent:
        returned_for_hours(reach(house, "editor"))

    with taking(Mailbox({})) as port, remind(house, port) as process:
        said, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0
    assert said == (
        f"Thư đã viết: {sent}, đã gửi: {sent}, bị từ chối hẳn: 0, không còn đúng lúc: 0, "
        "chờ lần sau: 0.\n"
    )
