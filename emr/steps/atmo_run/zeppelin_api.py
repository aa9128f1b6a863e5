"""The calls of Zeppelin's REST API that are needed to run a note.

https://zeppelin.apache.org/docs/0.11.1/usage/rest_api/notebook.html
"""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Dict, List, Optional

_SECONDS = 60


class ZeppelinError(Exception):
    """Zeppelin could not be reached or refused a call."""


class Zeppelin:
    """`url` is that of the server, for example http://127.0.0.1:8890."""

    def __init__(self, url: str) -> None:
        self._api = f"{url.rstrip('/')}/api"
        # The server is on this machine: a proxy in the environment has no business here.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def version(self) -> str:
        return str(self._call("GET", "version").get("version", "unknown"))

    def notes(self) -> List[Dict[str, str]]:
        """The notes there are: `id` and `path` of each."""
        return self._call("GET", "notebook")

    def import_note(self, note: Dict[str, Any], path: str) -> str:
        """Stores a note under its own path and returns its id."""
        query = urllib.parse.urlencode({"notePath": path})
        return str(self._call("POST", f"notebook/import?{query}", note))

    def note(self, note_id: str) -> Dict[str, Any]:
        return self._call("GET", f"notebook/{_quoted(note_id)}")

    def export_note(self, note_id: str) -> Dict[str, Any]:
        """The note with its results. The server wraps it as text, its documentation shows it bare: takes both."""
        exported = self._call("GET", f"notebook/export/{_quoted(note_id)}")
        return json.loads(exported) if isinstance(exported, str) else exported

    def start_paragraph(self, note_id: str, paragraph_id: str, parameters: Dict[str, Any]) -> None:
        """Queues a paragraph in its interpreter; `paragraph` returns its state."""
        body = {"params": parameters} if parameters else None
        self._call("POST", f"notebook/job/{_quoted(note_id)}/{_quoted(paragraph_id)}", body)

    def stop_paragraph(self, note_id: str, paragraph_id: str) -> None:
        self._call("DELETE", f"notebook/job/{_quoted(note_id)}/{_quoted(paragraph_id)}")

    def paragraph(self, note_id: str, paragraph_id: str) -> Dict[str, Any]:
        return self._call("GET", f"notebook/{_quoted(note_id)}/paragraph/{_quoted(paragraph_id)}")

    def _call(self, method: str, path: str, body: Optional[Dict[str, Any]] = None) -> Any:
        request = urllib.request.Request(
            f"{self._api}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode("utf-8"),
            headers={"Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=_SECONDS) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            raise ZeppelinError(f"{method} {path}: {error.code} {_message(error)}") from error
        except (OSError, ValueError) as error:
            raise ZeppelinError(f"{method} {path}: {error}") from error
        # An exported note may come bare, without the envelope of status, message and body.
        return answer.get("body") if isinstance(answer, dict) and "status" in answer else answer


def _quoted(part: str) -> str:
    return urllib.parse.quote(part, safe="")


def _message(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error).get("message", ""))
    except (OSError, ValueError, AttributeError):
        return error.reason or ""
