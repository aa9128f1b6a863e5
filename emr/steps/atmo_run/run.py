"""The whole step."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable, Dict, Optional, Tuple

from . import clock
from .arguments import Arguments
from .caller_proof import caller_proof
from .credentials import RunCredentials, exchange_secret
from .driver import driver_jvm, prepare
from .errors import NoCredentials, NotExecutable, Refused
from .event_log import SPARK_FACTS, event_log_place, spark_facts
from .hdfs import fetch_hdfs_files
from .outcome import Execution, Outcome
from .parameters import parse_parameters
from .render_apart import render_apart
from .results import FILES, LOG, Results
from .run_log import RunLog
from .stop import Stop
from .storage import S3Location, Storage
from .terminal_text import plain
from .versions import versions

_log = logging.getLogger("atmo")
# Rendering is of less use than the results: a quarter of the time that is left, within these limits.
_SHORTEST_RENDERING, _LONGEST_RENDERING = 20.0, 60.0
# What reading Spark's event log may take of a failed run, at most.
_FACTS_SECONDS = 30.0
# What uploading the files from HDFS may take.
_UPLOAD_SECONDS = 60.0
_EXIT_CODES = {"succeeded": 0, "notExecuted": 0, "failed": 1, "timedOut": 124}


def run_step(arguments: Arguments) -> int:
    """Runs the notebook and stores all results. Returns the exit code: 0 only if all cells succeeded."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("botocore").setLevel(logging.WARNING)
    stop = Stop(arguments.timeout_at)
    stop.start()
    # On EMR /mnt is the large disk.
    parent = "/mnt/tmp" if os.path.isdir("/mnt/tmp") and "TMPDIR" not in os.environ else None
    folder = Path(tempfile.mkdtemp(prefix="atmo-run-", dir=parent))
    try:
        outcome = _run(arguments, stop, folder)
    except NoCredentials as error:
        # Without credentials there is nowhere to store an outcome.
        print(f"Run failed. {error}", file=sys.stderr, flush=True)
        return _EXIT_CODES["failed"]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    # The last line: EMR shows it as the reason of the failed step.
    print(_summary(outcome), file=sys.stderr, flush=True)
    return _EXIT_CODES[outcome.status]


def _run(arguments: Arguments, stop: Stop, folder: Path) -> Outcome:
    work, rendered, fetched = folder / "work", folder / "results", folder / "hdfs"
    for part in (work, rendered, fetched):
        part.mkdir()
    log_file = rendered / LOG
    storage = Storage(_credentials(arguments))
    results = Results(storage, arguments.results, arguments.run_id, rendered)
    jvm = driver_jvm()
    prepared = _nothing if jvm is None else prepare(jvm, str(work), str(results.files_location))
    since = time.time()
    with RunLog(log_file):
        started = clock.now()
        _log.info("Run %s of %s begins", arguments.run_id, arguments.notebook)
        execution, problem, status = _execute(arguments, storage, work, results, stop, prepared)
        outcome = Outcome(
            status=status,
            failure=execution.failure,
            reason=None if problem is None else plain(problem),
            startedAt=clock.iso(started),
            finishedAt=clock.iso(clock.now()),
            durations=execution.durations,
            versions=versions(),
        )
        _log.info("%s", _summary(outcome))
        # Before rendering and all uploads: whatever stops this process now, the outcome is known.
        results.store("outcome.json", outcome.to_json())
        results.progress.upload_begins()
        render_apart(rendered, _rendering_seconds(stop))
    results.upload(rendered)
    results.mirror()
    results.upload(work, below=f"{FILES}/")
    results.mirror()
    if outcome.status in ("failed", "timedOut"):
        _tell_spark_facts(results, event_log_place(jvm), since, min(_FACTS_SECONDS, stop.seconds_left() / 4))
    # After all that is here already: this may be much, and time short.
    fetch_hdfs_files(fetched, stop.seconds_left() - _UPLOAD_SECONDS)
    results.upload(fetched, below=f"{FILES}/")
    if jvm is not None:
        results.adopt()
    results.finish_mirror()
    return outcome


def _tell_spark_facts(results: Results, place: Optional[str], since: float, seconds: float) -> None:
    facts = None if place is None else spark_facts(place, since, seconds)
    if facts is not None:
        results.tell(SPARK_FACTS, json.dumps(facts))


def _credentials(arguments: Arguments) -> Optional[RunCredentials]:
    if arguments.credentials_url is None or arguments.run_secret is None:
        return None
    proof = caller_proof(arguments.run_id)
    return RunCredentials(exchange_secret(arguments.credentials_url, arguments.run_secret, proof))


def _rendering_seconds(stop: Stop) -> float:
    return min(_LONGEST_RENDERING, max(_SHORTEST_RENDERING, stop.seconds_left() / 4))


def _nothing() -> None:
    """On a cluster nothing has to be prepared: the kernel starts its own JVM."""


def _execute(
    arguments: Arguments, storage: Storage, work: Path, results: Results, stop: Stop, prepared: Callable[[], None]
) -> Tuple[Execution, Optional[str], str]:
    """The result of the cells, the reason for the person, and the outcome's status."""
    execution = Execution(None)
    try:
        execution = _run_cells(arguments, storage, work, results, stop, prepared)
    except NotExecutable as error:
        return execution, str(error), "notExecuted"
    except Refused as error:
        return execution, str(error), "failed"
    except Exception as error:  # pylint: disable=broad-except
        _log.exception("The run broke off")
        if not stop.requested:
            return execution, f"The notebook could not be run to its end: {type(error).__name__}: {error}", "failed"
    finally:
        stop.release()
    if stop.requested:
        return execution, _stop_reason(stop, execution), "timedOut"
    if execution.failure is not None:
        return execution, f"The notebook failed {execution.failure}", "failed"
    return execution, None, "succeeded"


def _run_cells(
    arguments: Arguments, storage: Storage, work: Path, results: Results, stop: Stop, prepared: Callable[[], None]
) -> Execution:
    text = _text(storage, arguments.notebook, "notebook")
    parameters = _parameters(storage, arguments.parameters)
    # Imported late: papermill and its dependencies take seconds, and a wrong argument should be told at once.
    if _is_zeppelin_note(text):
        from .zeppelin_api import Zeppelin
        from .zeppelin_note import run_zeppelin_note

        url = os.environ.get("ATMO_ZEPPELIN_URL", "http://127.0.0.1:8890")
        if not url:
            raise NotExecutable("Zeppelin notes run on a cluster only: there is no Zeppelin on this machine.")
        return run_zeppelin_note(text, parameters, results, stop, Zeppelin(url), f"/runs/{arguments.run_id}")
    from .jupyter_notebook import run_jupyter_notebook

    return run_jupyter_notebook(text, parameters, work, results, stop, prepared)


def _text(storage: Storage, location: S3Location, what: str) -> str:
    try:
        return storage.read(location).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"The {what} is not UTF-8 text.") from error
    except Exception as error:
        raise Refused(f"The {what} could not be read from {location}: {error}") from error


def _parameters(storage: Storage, location: Optional[S3Location]) -> Dict[str, Any]:
    return {} if location is None else parse_parameters(_text(storage, location, "file of parameters"))


def _is_zeppelin_note(text: str) -> bool:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and "paragraphs" in document and "cells" not in document


def _stop_reason(stop: Stop, execution: Execution) -> str:
    cell = execution.failure.cell if execution.failure else None
    return f"{stop.reason} while cell {cell} was running." if cell else f"{stop.reason}."


def _summary(outcome: Outcome) -> str:
    return f"Run {outcome.status}. {outcome.reason}" if outcome.reason else f"Run {outcome.status}."
