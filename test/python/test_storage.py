"""S3 over its own wire protocol, answered by a small server that keeps what it is sent."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple
from urllib.parse import unquote

import pytest
from atmo_run import clock
from atmo_run.credentials import RunCredentials
from atmo_run.storage import S3Location, Storage
from botocore.exceptions import ClientError


class S3(ThreadingHTTPServer):
    """Objects by path; answers 503 as many times as `busy` says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: Dict[str, Tuple[bytes, Dict[str, str]]] = {}
        self.busy = 0
        self.expired: List[str] = []
        self.bodies: List[bytes] = []


class Handler(BaseHTTPRequestHandler):
    server: S3

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _busy(self) -> bool:
        if self.server.busy == 0:
            return False
        self.server.busy -= 1
        self._answer(503, b"<Error><Code>SlowDown</Code></Error>")
        return True

    def _expired(self) -> bool:
        """An access key that is told once to have expired."""
        key = next((key for key in self.server.expired if key in self.headers["Authorization"]), None)
        if key is not None:
            self.server.expired.remove(key)
            self._answer(400, b"<Error><Code>ExpiredToken</Code></Error>")
        return key is not None

    def do_GET(self) -> None:
        path = unquote(self.path)
        if self._busy():
            return
        if path in self.server.objects:
            self._answer(200, self.server.objects[path][0])
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code><Message>It is not there</Message></Error>")

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._busy() and not self._expired():
            self.server.objects[unquote(self.path)] = (body, dict(self.headers))
            self._answer(200)

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(200, b"<DeleteResult/>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    server = S3()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{server.server_port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_REGION", "us-west-2")
    monkeypatch.setenv("ATMO_S3_FORCE_PATH_STYLE", "true")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_any_key_and_its_headers(s3: S3, tmp_path: Path) -> None:
    storage = Storage()
    location = S3Location.parse("s3://bucket/a b/+ü%20?#.csv")
    storage.write(location, b"x,y", {"ContentType": "text/csv; charset=utf-8"})
    body, headers = s3.objects["/bucket/a b/+ü%20?#.csv"]
    assert (body, headers["Content-Type"]) == (b"x,y", "text/csv; charset=utf-8")
    assert storage.read(location) == b"x,y"
    file = tmp_path / "file"
    file.write_bytes(b"from a file")
    storage.upload(location, file, {"ContentType": "text/plain", "ContentEncoding": "gzip"})
    body, headers = s3.objects["/bucket/a b/+ü%20?#.csv"]
    assert (body, headers["Content-Encoding"]) == (b"from a file", "gzip")


def test_repeats_while_s3_is_busy(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    s3.busy = 6
    Storage().write(S3Location("bucket", "key"), b"1", {})
    assert s3.objects["/bucket/key"][0] == b"1"
    s3.busy = 7
    with pytest.raises(ClientError):
        Storage().read(S3Location("bucket", "key"))


def test_what_is_missing(s3: S3) -> None:
    with pytest.raises(ClientError, match="It is not there"):
        Storage().read(S3Location("bucket", "nothing"))


def test_deletes_a_thousand_at_a_time(s3: S3) -> None:
    Storage().delete("bucket", [f"k{n}" for n in range(2001)])
    assert [body.count(b"<Key>") for body in s3.bodies] == [1000, 1000, 1]
    Storage().delete("bucket", [])
    assert len(s3.bodies) == 3


def test_lists_every_page(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    more = b"<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
    pages = {
        None: b"<R>" + more + b"<Contents><Key>p/a</Key></Contents></R>",
        "t": b"<R><IsTruncated>false</IsTruncated><Contents><Key>p/b c</Key></Contents></R>",
    }

    def do_get(self: Any) -> None:
        self._answer(200, pages["t" if "continuation-token=t" in self.path else None])

    monkeypatch.setattr(Handler, "do_GET", do_get)
    assert Storage().keys_below(S3Location("bucket", "p/")) == ["p/a", "p/b c"]


def test_credentials_that_are_given_sign_every_request(s3: S3) -> None:
    issued: List[str] = []

    def exchange() -> Dict[str, Any]:
        issued.append(f"RUNKEY{len(issued)}")
        return {
            "accessKeyId": issued[-1],
            "secretAccessKey": "s",
            "sessionToken": "the-session",
            "expiration": clock.iso(clock.now() + 3600),
        }

    storage = Storage(RunCredentials(exchange))
    storage.write(S3Location("bucket", "key"), b"1", {})
    headers = s3.objects["/bucket/key"][1]
    assert "Credential=RUNKEY0/" in headers["Authorization"]
    assert headers["X-Amz-Security-Token"] == "the-session"
    # A portal whose time was moved: its credentials end earlier than they said.
    s3.expired = ["RUNKEY0"]
    storage.write(S3Location("bucket", "key"), b"2", {})
    assert "Credential=RUNKEY1/" in s3.objects["/bucket/key"][1]["Authorization"]
    s3.expired = ["RUNKEY1", "RUNKEY2"]
    with pytest.raises(ClientError, match="ExpiredToken"):
        storage.write(S3Location("bucket", "key"), b"3", {})
