"""Runs a Zeppelin note through the cluster's Zeppelin."""

from __future__ import annotations

import json
import logging
import re
import time
from typing import Any, Dict, List, Optional

from . import clock
from .errors import Refused
from .outcome import Execution, Failure
from .results import Results
from .stop import Stop
from .zeppelin_api import Zeppelin, ZeppelinError

NOTE = "notebook.zpln"

_log = logging.getLogger("atmo")
_FINAL_STATES = {"FINISHED", "ERROR", "ABORT"}
_POLL_SECONDS = 1.0
# Times in a row that Zeppelin may leave a question unanswered, as it does while it collects garbage.
_PATIENCE = 10
_FINAL_SAVES = 3
_ERROR_LINE = re.compile(r"^(?:[\w$]+\.)*([A-Za-z_]\w*(?:Error|Exception|Interrupt|Exit|Warning))\b:?\s*(.*)$")
_RESULT_FIELDS = ("results", "result", "dateStarted", "dateFinished", "errorMessage", "runtimeInfos")


def run_zeppelin_note(
    text: str, parameters: Dict[str, Any], results: Results, stop: Stop, zeppelin: Zeppelin, path: str
) -> Execution:
    """Runs all paragraphs in order until one fails or `stop` is set. `path` is the note's path in Zeppelin."""
    note_id = zeppelin.import_note(_without_results(_parsed(text)), path)
    runner = _Runner(zeppelin, note_id, results, stop)
    try:
        return runner.run(parameters)
    finally:
        stop.release()


class _Runner:
    def __init__(self, zeppelin: Zeppelin, note_id: str, results: Results, stop: Stop) -> None:
        self._zeppelin = zeppelin
        self._note_id = note_id
        self._results = results
        self._stop = stop
        self._durations: List[float] = []

    def run(self, parameters: Dict[str, Any]) -> Execution:
        failure: Optional[Failure] = None
        saved = self._save()
        paragraphs = self._zeppelin.note(self._note_id)["paragraphs"]
        self._results.progress.begin(len(paragraphs))
        for number, paragraph in enumerate(paragraphs, start=1):
            if failure is not None or self._stop.requested:
                break
            if paragraph.get("config", {}).get("enabled") is False:
                continue
            self._results.progress.cell_begins(number)
            _log.info("Paragraph %d: %s", number, paragraph.get("title") or "")
            failure = self._run_paragraph(number, paragraph["id"], parameters)
            saved = self._save()
        if not saved:
            self._save_finally()
        return Execution(failure, self._durations)

    def _save(self) -> bool:
        """Whether Zeppelin returned the note. If not, the run continues and saves again soon."""
        try:
            note = self._zeppelin.export_note(self._note_id)
        except ZeppelinError as error:
            _log.warning("Could not save the note yet: %s", error)
            return False
        self._results.save(NOTE, json.dumps(note, ensure_ascii=False, indent=2))
        return True

    def _save_finally(self) -> None:
        for _ in range(_FINAL_SAVES):
            time.sleep(_POLL_SECONDS)
            if self._save():
                return
        _log.warning("The note is stored as it was when it was last saved")

    def _run_paragraph(self, number: int, paragraph_id: str, parameters: Dict[str, Any]) -> Optional[Failure]:
        started = clock.now()
        self._zeppelin.start_paragraph(self._note_id, paragraph_id, parameters)
        paragraph = self._finished(paragraph_id)
        self._durations.append(round(clock.now() - started, 3))
        if paragraph.get("status") == "FINISHED":
            return None
        return _failure(number, paragraph)

    def _finished(self, paragraph_id: str) -> Dict[str, Any]:
        stopped_at: Optional[float] = None
        told = False
        unanswered = 0
        while True:
            try:
                paragraph = self._zeppelin.paragraph(self._note_id, paragraph_id)
                unanswered = 0
            except ZeppelinError:
                unanswered += 1
                if unanswered > _PATIENCE:
                    raise
                paragraph = {}
            # An interpreter that does not obey is left alone: the cluster is about to go anyway.
            obeyed_not = stopped_at is not None and clock.now() > stopped_at + 20
            if paragraph.get("status") in _FINAL_STATES or obeyed_not:
                return paragraph
            if self._stop.requested and not told:
                stopped_at = clock.now() if stopped_at is None else stopped_at
                told = self._stop_paragraph(paragraph_id)
            time.sleep(_POLL_SECONDS)

    def _stop_paragraph(self, paragraph_id: str) -> bool:
        try:
            self._zeppelin.stop_paragraph(self._note_id, paragraph_id)
        except ZeppelinError as error:
            _log.warning("Could not stop the paragraph yet: %s", error)
            return False
        return True


def _parsed(text: str) -> Dict[str, Any]:
    try:
        note = json.loads(text)
    except ValueError as error:
        raise Refused(f"The note cannot be read: {error}") from error
    if not isinstance(note, dict) or not isinstance(note.get("paragraphs"), list):
        raise Refused("The note cannot be read: it has no paragraphs.")
    return note


def _without_results(note: Dict[str, Any]) -> Dict[str, Any]:
    """The note without earlier results, so that none can be mistaken for a result of this run."""
    paragraphs = [
        {**{name: value for name, value in paragraph.items() if name not in _RESULT_FIELDS}, "status": "READY"}
        for paragraph in note["paragraphs"]
    ]
    return {**note, "paragraphs": paragraphs}


def _failure(number: int, paragraph: Dict[str, Any]) -> Failure:
    messages = (paragraph.get("results") or {}).get("msg") or []
    text = "\n".join(str(message.get("data", "")) for message in messages).strip()
    text = text or str(paragraph.get("errorMessage") or "")
    name, value = ("Aborted", "") if paragraph.get("status") == "ABORT" else ("ParagraphError", text[:500])
    for line in reversed(text.splitlines()):
        match = _ERROR_LINE.match(line.strip())
        if match:
            name, value = match.group(1), match.group(2)
            break
    return Failure.of(number, str(paragraph.get("text") or ""), name, value, text)
