"""What is read from Spark's event logs: of every kind of file, bounded, and whatever is in them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any, Dict, List

import pytest
from atmo_run import event_log
from atmo_run.event_log import event_log_place, spark_facts


def _submitted(stage: int, at: int, tasks: int = 4, name: str = "count at <cell>:1") -> Dict[str, Any]:
    info = {"Stage ID": stage, "Stage Attempt ID": 0, "Stage Name": name, "Number of Tasks": tasks}
    return {"Event": "SparkListenerStageSubmitted", "Stage Info": {**info, "Submission Time": at}}


def _completed(stage: int, began: int, at: int, tasks: int = 4, name: str = "count at <cell>:1") -> Dict[str, Any]:
    info = _submitted(stage, began, tasks, name)["Stage Info"]
    return {"Event": "SparkListenerStageCompleted", "Stage Info": {**info, "Completion Time": at}}


def _task(stage: int, began: int, ended: int, **metrics: int) -> Dict[str, Any]:
    return {
        "Event": "SparkListenerTaskEnd",
        "Stage ID": stage,
        "Stage Attempt ID": 0,
        "Task End Reason": {"Reason": "Success"},
        "Task Info": {"Launch Time": began, "Finish Time": ended, "Failed": False},
        "Task Metrics": {name.replace("_", " "): value for name, value in metrics.items()},
    }


def _lines(events: List[Dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(event, separators=(",", ":")).encode() + b"\n" for event in events)


# A stage of two seconds, and one of a minute in which one of four tasks takes nearly all, and spills.
EVENTS = [
    {"Event": "SparkListenerLogStart", "Spark Version": "3.5.6"},
    _submitted(0, 1_000),
    *(_task(0, 1_000, 1_900) for _ in range(4)),
    _completed(0, 1_000, 3_000),
    _submitted(1, 5_000, name="show at <cell>:2"),
    *(_task(1, 5_000, 6_000) for _ in range(3)),
    _task(1, 5_000, 64_000, Memory_Bytes_Spilled=9_000, Disk_Bytes_Spilled=700),
    _completed(1, 5_000, 65_000, name="show at <cell>:2"),
]


def _facts(folder: Path, since: float = 0.0, seconds: float = 20.0) -> Any:
    return spark_facts(folder.as_uri(), since, seconds)


def test_slowest_stage_skew_and_spill(tmp_path: Path) -> None:
    (tmp_path / "application_1_0001").write_bytes(_lines(EVENTS))
    stage = {"stage": 1, "name": "show at <cell>:2", "tasks": 4}
    facts = _facts(tmp_path)
    median = facts["skew"].pop("medianSeconds")
    assert median == pytest.approx(1.0, abs=0.11)
    assert facts == {
        "stages": 2,
        "tasks": 8,
        "failedTasks": 0,
        "failedTaskReason": None,
        "slowestStage": {**stage, "seconds": 60.0, "isFinished": True},
        "spill": {**stage, "memoryBytes": 9_000, "diskBytes": 700},
        "skew": {**stage, "longestSeconds": 59.0},
        "lostExecutors": {"count": 0, "reasons": []},
        "isComplete": True,
    }


def test_nothing_of_a_log_without_stages(tmp_path: Path) -> None:
    (tmp_path / "application_1_0001").write_bytes(_lines(EVENTS[:1]))
    assert _facts(tmp_path) is None
    assert _facts(tmp_path / "none") is None


def test_an_even_stage_is_not_skewed_nor_is_a_short_one(tmp_path: Path) -> None:
    even = [_submitted(0, 1), *(_task(0, 1, 60_001) for _ in range(4)), _completed(0, 1, 60_001)]
    short = [_submitted(1, 1), *(_task(1, 1, end) for end in (11, 11, 11, 4_001)), _completed(1, 1, 4_001)]
    (tmp_path / "application_1_0001").write_bytes(_lines([*even, *short]))
    assert _facts(tmp_path)["skew"] is None


def test_a_stage_that_never_ended(tmp_path: Path) -> None:
    (tmp_path / "local-1.inprogress").write_bytes(_lines(EVENTS[:-1]) + b'{"Event":"SparkListenerTaskEnd","Sta')
    slowest = _facts(tmp_path)["slowestStage"]
    assert (slowest["stage"], slowest["seconds"], slowest["isFinished"]) == (1, 59.0, False)


def test_lost_executors_and_failed_tasks(tmp_path: Path) -> None:
    killed = "Container killed by YARN: exceeding\x1b[31m memory limits"
    reasons = [killed, "Executor killed by driver.", "spark scale down"]
    failed = _task(0, 1_000, 2_000)
    error = {"Class Name": "OutOfMemoryError", "Description": "heap\nspace"}
    failed["Task End Reason"] = {"Reason": "ExceptionFailure", **error}
    failed["Task Info"]["Failed"] = True
    removed = [{"Event": "SparkListenerExecutorRemoved", "Removed Reason": text} for text in reasons]
    (tmp_path / "application_1_0001").write_bytes(_lines([_submitted(0, 1_000), failed, *removed, removed[0]]))
    facts = _facts(tmp_path)
    assert facts["lostExecutors"] == {"count": 2, "reasons": ["Container killed by YARN: exceeding memory limits"]}
    assert (facts["failedTasks"], facts["failedTaskReason"]) == (1, "OutOfMemoryError: heap space")


def test_rolled_logs_are_read_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "eventlog_v2_application_1_0001"
    folder.mkdir()
    (folder / "appstatus_application_1_0001.inprogress").write_bytes(b"")
    (folder / ".appstatus_application_1_0001.crc").write_bytes(b"crc")
    parts = [EVENTS[:3], EVENTS[3:9], EVENTS[9:]]
    # events_10 comes after events_9, and by name before it.
    for number, part in zip((2, 9, 10), parts):
        (folder / f"events_{number}_application_1_0001").write_bytes(_lines(part))
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "application_1_0001").write_bytes(_lines(EVENTS))
    assert _facts(folder.parent / "eventlog_v2_application_1_0001") == _facts(tmp_path / "plain")


def test_compressed_logs(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    log = tmp_path / "application_1_0001.zstd"
    with pyarrow.CompressedOutputStream(str(log), "zstd") as stream:
        stream.write(_lines(EVENTS))
    assert _facts(tmp_path)["slowestStage"]["seconds"] == 60.0
    log.rename(tmp_path / "application_1_0001.lz4")
    assert _facts(tmp_path) is None


def test_a_compressed_log_that_spark_is_writing_has_all_that_came_before(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    log = tmp_path / "application_1_0001.zstd.inprogress"
    with pyarrow.CompressedOutputStream(str(log), "zstd") as stream:
        stream.write(_lines(EVENTS))
        stream.flush()
        flushed = log.stat().st_size
        # Less compressible than the others, so that some of it is a part that cannot be read.
        stream.write(b"".join(b'{"Event":"%s"}\n' % os.urandom(99).hex().encode() for _ in range(99)))
    written = log.read_bytes()
    for cut in (flushed, flushed + 1, len(written) // 2, len(written) - 1):
        log.write_bytes(written[:cut])
        slowest = _facts(tmp_path)["slowestStage"]
        assert (slowest["seconds"], slowest["isFinished"]) == (60.0, True)


def test_two_applications_do_not_share_stages(tmp_path: Path) -> None:
    (tmp_path / "application_1_0001").write_bytes(_lines(EVENTS[:-1]))
    (tmp_path / "application_1_0002").write_bytes(_lines(EVENTS))
    assert _facts(tmp_path)["stages"] == 4


def test_only_what_was_written_since_the_run_began(tmp_path: Path) -> None:
    file = tmp_path / "application_1_0001"
    file.write_bytes(_lines(EVENTS))
    began = time.time()
    os.utime(file, (began - 60, began - 60))
    assert _facts(tmp_path, since=began) is None


HOSTILE = [
    b"null\n[]\n\xff\xfe\n",
    b'{"Event":"SparkListenerTaskEnd"}\n{"Event":"SparkListenerStageSubmitted","Stage Info":7}\n',
    b'{"Event":"SparkListenerTaskEnd","Stage ID":' + b"9" * 500_000 + b"}\n",
    b'{"Event":"SparkListenerTaskEnd","Stage ID":' + b"[" * 500_000 + b"\n",
    b'{"Event":"SparkListenerTaskEnd","Stage ID":-1,"Task Info":{"Launch Time":1e999,"Finish Time":NaN}}\n',
    b'{"Event":"SparkListenerStageCompleted","Stage Info":{"Stage ID":true,"Submission Time":9999999999999999999}}\n',
    b'{"Event":"SparkListenerExecutorRemoved","Removed Reason":["x"]}\n',
    b'{"Event":"SparkListenerTaskEnd","x":"' + b"x" * 3_000_000 + b'"}\n',
]


@pytest.mark.parametrize("lines", HOSTILE)
def test_hostile_lines_take_nothing_from_the_others(tmp_path: Path, lines: bytes) -> None:
    (tmp_path / "application_1_0001").write_bytes(lines + _lines(EVENTS))
    assert _facts(tmp_path)["slowestStage"]["seconds"] == 60.0


def test_memory_is_bounded_by_stages_texts_and_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "application_1_0001"
    file.write_bytes(_lines([_submitted(number, 1, name="n" * 100_000) for number in range(600)]))
    facts = _facts(tmp_path)
    assert (facts["stages"], facts["isComplete"]) == (500, False)
    assert len(json.dumps(facts)) < 2_000
    monkeypatch.setattr(event_log, "_MOST_BYTES", 1_000_000)
    assert _facts(tmp_path)["stages"] < 20


def test_links_and_pipes_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "application_1_0001").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "application_1_0002")
    assert _facts(tmp_path) is None


@pytest.fixture
def hdfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `hdfs` whose files are those of a folder."""
    folder = tmp_path / "hdfs"
    folder.mkdir()
    script = tmp_path / "bin" / "hdfs"
    script.parent.mkdir()
    script.write_text(
        f"""#!/bin/sh
case "$2" in
-ls) for file in {folder}/*; do echo "-rw-rw----   1 hadoop spark  1 2026-11-26 19:17 hdfs://${{file##*/}}"; done;;
-cat) shift 2; for path; do cat "{folder}/${{path#hdfs://}}" 2>/dev/null; done;;
esac
""",
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:{os.environ['PATH']}")
    return folder


def test_logs_in_hdfs(hdfs: Path) -> None:
    (hdfs / "application_1_0001").write_bytes(_lines(EVENTS))
    facts = spark_facts("hdfs:///var/log/spark/apps", time.time(), 20.0)
    assert facts is not None
    assert facts["slowestStage"]["seconds"] == 60.0


def test_no_longer_than_it_may_take(hdfs: Path) -> None:
    os.mkfifo(hdfs / "application_1_0001")
    assert spark_facts("hdfs:///var/log/spark/apps", 0.0, 0.5) is None


def test_an_unknown_place(caplog: pytest.LogCaptureFixture) -> None:
    assert spark_facts("s3://bucket/logs/", 0.0, 1.0) is None
    assert "nothing here reads s3://bucket/logs/" in caplog.text


def test_where_the_logs_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATMO_EVENT_LOGS", raising=False)
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    assert event_log_place(None) is None
    defaults = "# x\nspark.eventLog.dir   hdfs:///var/log/spark/apps\n"
    (tmp_path / "spark-defaults.conf").write_text(defaults, encoding="utf-8")
    assert event_log_place(None) == "hdfs:///var/log/spark/apps"
    monkeypatch.setenv("ATMO_EVENT_LOGS", str(tmp_path))
    assert event_log_place(None) == tmp_path.as_uri()
