"""The run's credentials: exchanged for its secret, renewed in time, kept when the portal is away."""

from __future__ import annotations

import json
import logging
import threading
import urllib.error
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Dict, Iterator, List, Union

import pytest
from atmo_run import clock
from atmo_run.credentials import RunCredentials, exchange_secret
from atmo_run.errors import NoCredentials

HOUR = 3600.0
SECRET = "daily-report.secret"
PROOF = "Action=GetCallerIdentity&X-Amz-Signature=0"


class Portal:
    """Gives credentials of one hour; what `answers` has is given first. Time passes only where somebody sleeps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000_000.0
        self.issued = 0
        self.calls: List[float] = []
        self.answers: List[Union[Exception, Dict[str, Any]]] = []
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def exchange(self) -> Dict[str, Any]:
        self.calls.append(self.now)
        answer = self.answers.pop(0) if self.answers else self.credentials()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def credentials(self) -> Dict[str, Any]:
        self.issued += 1
        return {
            "accessKeyId": f"key-{self.issued}",
            "secretAccessKey": "s",
            "sessionToken": "t",
            "expiration": clock.iso(self.now + HOUR),
        }

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def refused(code: int) -> urllib.error.HTTPError:
    return urllib.error.HTTPError("https://portal", code, "refused", Message(), None)


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Portal:
    return Portal(monkeypatch)


def test_renewed_before_they_expire_and_not_more_often(portal: Portal) -> None:
    credentials = RunCredentials(portal.exchange, portal.sleep)
    for passed, key in [(0, "key-1"), (0.6 * HOUR, "key-1"), (0.1 * HOUR, "key-2"), (0.6 * HOUR, "key-2")]:
        portal.now += passed
        assert credentials.get_frozen_credentials().access_key == key
    assert len(portal.calls) == 2


def test_kept_while_the_portal_is_away(portal: Portal, caplog: pytest.LogCaptureFixture) -> None:
    credentials = RunCredentials(portal.exchange, portal.sleep)
    portal.now += 0.7 * HOUR
    portal.answers = [OSError("no route to the portal")] * 3
    begin = portal.now
    with caplog.at_level(logging.WARNING):
        while credentials.get_frozen_credentials().access_key == "key-1":
            portal.now += 0.1
    tries = [round(later - earlier, 1) for earlier, later in zip(portal.calls[1:], portal.calls[2:])]
    # Pauses that double, each with jitter.
    assert [low <= pause <= 2 * low + 0.2 for low, pause in zip([1, 2, 4], tries)] == [True] * 3
    assert portal.now - begin < 20
    assert caplog.text.count("no route to the portal") == 3


def test_waits_for_the_portal_once_they_have_expired(portal: Portal) -> None:
    credentials = RunCredentials(portal.exchange, portal.sleep)
    portal.now += 2 * HOUR
    portal.answers = [OSError("away")] * 4
    assert credentials.get_frozen_credentials().access_key == "key-2"
    portal.answers = [OSError("away")] * 1000
    portal.now += 2 * HOUR
    begin = portal.now
    assert credentials.get_frozen_credentials().access_key == "key-2"
    assert 300 <= portal.now - begin < 400


def test_renewed_where_s3_says_that_they_have_expired(portal: Portal) -> None:
    credentials = RunCredentials(portal.exchange, portal.sleep)
    credentials.expire()
    assert credentials.get_frozen_credentials().access_key == "key-2"


def test_waits_for_the_first(portal: Portal) -> None:
    portal.answers = [OSError("away"), {"unexpected": True}]
    assert RunCredentials(portal.exchange, portal.sleep).get_frozen_credentials().access_key == "key-1"


@pytest.mark.parametrize("code", [400, 401, 403, 404])
def test_a_refusal_is_final(portal: Portal, code: int) -> None:
    portal.answers = [refused(code)]
    with pytest.raises(NoCredentials, match="gave the run no credentials"):
        RunCredentials(portal.exchange, portal.sleep)
    assert len(portal.calls) == 1


class Handler(BaseHTTPRequestHandler):
    bodies: ClassVar[List[bytes]] = []

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        moved = self.path == "/moved"
        self.send_response(307 if moved else 200)
        if moved:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(b'{"accessKeyId": "key"}')

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Handler.bodies = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


def test_the_secret_is_posted_as_json(server: str) -> None:
    assert exchange_secret(f"{server}/api/run-credentials", SECRET, lambda: None)() == {"accessKeyId": "key"}
    assert [json.loads(body) for body in Handler.bodies] == [{"runSecret": SECRET}]


def test_each_exchange_has_a_proof_of_its_own(server: str) -> None:
    proofs = iter(["one", "two"])
    exchange = exchange_secret(f"{server}/api/run-credentials", SECRET, lambda: next(proofs))
    exchange()
    exchange()
    assert [json.loads(body)["callerProof"] for body in Handler.bodies] == ["one", "two"]


def test_the_secret_follows_no_redirect_and_is_in_no_error(server: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as error:
        exchange_secret(f"{server}/moved", SECRET, lambda: PROOF)()
    assert len(Handler.bodies) == 1
    assert SECRET not in str(error.value)
    assert PROOF not in str(error.value)
