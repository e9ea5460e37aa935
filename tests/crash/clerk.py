"""Somebody at a browser: pages are read and lines saved over HTTP, and nothing is believed."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from tests.crash.village import Person

PATIENCE = 60.0
HIDDEN = re.compile(r'name="csrf" value="([^"]+)"')

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said; status 0 when it said nothing."""

    status: int
    text: str = ""

    @property
    def data(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.text)
        return found

    @property
    def version(self) -> int:
        return int(str(self.data["version"]))


UNHEARD = Answer(0)


class Browser:
    """Signed in; keeps its connection as browsers do, and its secret over all of them."""

    def __init__(self, person: Person, port: int) -> None:
        self.person = person
        self.cookie = f"evalsvc_session={person.token}; evalsvc_browser={secrets.token_hex(32)}"
        self.csrf = ""
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def go_to(self, port: int) -> None:
        """The service may stand elsewhere after a restart."""
        self.connection.close()
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def close(self) -> None:
        self.connection.close()

    def get(self, path: str, accept: str = "text/html") -> Answer:
        answer = self._ask("GET", path, None, accept)
        if found := HIDDEN.search(answer.text):
            self.csrf = found[1]
        return answer

    def post(self, path: str, fields: Fields) -> Answer:
        """As a script of the page does."""
        return self._ask("POST", path, urlencode(fields), "application/json")

    def send(self, path: str, content: bytes) -> Answer:
        """A piece of a file."""
        return self._ask("POST", path, content, "application/json")

    def _ask(self, method: str, path: str, body: str | bytes | None, accept: str) -> Answer:
        headers = {"Cookie": self.cookie, "Accept": accept, "X-CSRF": self.csrf}
        if isinstance(body, str):
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            headers["Content-Type"] = "application/octet-stream"
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            return Answer(response.status, response.read().decode())
        except (OSError, HTTPException):
            self.connection.close()
            return UNHEARD
