"""What Spark's event log says about a run, for people who ask why it was slow or failed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple

from .terminal_text import plain

# Stages whose end has not been read. A notebook has tens; memory has to end somewhere.
_MOST_OPEN_STAGES = 500
_LONGEST_TEXT = 300
_MOST_REASONS = 3
# Larger ones are no measurement.
_LARGEST = 10**15
# A task counts as much slower than the others from here on. Spark's own limit for a skewed join is 5 x the median.
_SKEW_FACTOR, _SKEW_MILLISECONDS, _SKEW_TASKS = 3, 5_000, 3
# A median from buckets that are a tenth apart is right to 10 % and needs no list of all tasks.
_BUCKET = 1.1
# How dynamic allocation and the end of an application give executors back.
_GIVEN_BACK = re.compile(r"killed by driver|explicit termination request|spark scale down|idle", re.IGNORECASE)


@dataclass
class _Stage:
    number: int
    name: str = ""
    tasks: int = 0
    submitted: int = 0
    completed: Optional[int] = None
    ended_tasks: int = 0
    longest: int = 0
    memory_spilled: int = 0
    disk_spilled: int = 0
    buckets: Dict[int, int] = field(default_factory=dict)

    def take(self, milliseconds: int) -> None:
        self.ended_tasks += 1
        self.longest = max(self.longest, milliseconds)
        bucket = 0
        while _BUCKET**bucket < milliseconds:
            bucket += 1
        self.buckets[bucket] = self.buckets.get(bucket, 0) + 1

    def median(self) -> float:
        below = 0
        for bucket in sorted(self.buckets):
            below += self.buckets[bucket]
            if below * 2 >= self.ended_tasks:
                return min(float(self.longest), _BUCKET**bucket)
        return 0.0

    def gap(self) -> float:
        """Milliseconds by which the longest task exceeds the median; 0 where that is no skew."""
        if self.ended_tasks < _SKEW_TASKS or self.longest < max(_SKEW_MILLISECONDS, _SKEW_FACTOR * self.median()):
            return 0.0
        return self.longest - self.median()


class SparkFacts:
    """Collects facts from events, as they come. Nothing in an event is trusted: a notebook can write the log."""

    def __init__(self) -> None:
        self._open: Dict[Tuple[int, int], _Stage] = {}
        self._slowest: Optional[Tuple[int, _Stage]] = None
        self._spilled: Optional[_Stage] = None
        self._skewed: Optional[_Stage] = None
        self._stages = self._tasks = self._failed = self._lost = self._last = 0
        self._failure: Optional[str] = None
        self._reasons: List[str] = []
        #: False where some of the log was not read.
        self.is_complete = True

    def application_ends(self) -> None:
        """Stages of one application that have not ended count as far as they came."""
        for stage in self._open.values():
            self._fold(stage)
        self._open.clear()
        self._last = 0

    def take(self, event: Any) -> None:
        event = _object(event)
        kind = event.get("Event")
        if kind == "SparkListenerStageSubmitted":
            self._begin(_object(event.get("Stage Info")))
        elif kind == "SparkListenerTaskEnd":
            self._task(event)
        elif kind == "SparkListenerStageCompleted":
            info = _object(event.get("Stage Info"))
            stage = self._begin(info)
            if stage is not None:
                stage.completed = self._time(info.get("Completion Time"))
                self._fold(stage)
                del self._open[_key(info)]
        elif kind == "SparkListenerExecutorRemoved":
            reason = _text(event.get("Removed Reason"))
            if not _GIVEN_BACK.search(reason):
                self._lost += 1
                if reason not in self._reasons and len(self._reasons) < _MOST_REASONS:
                    self._reasons.append(reason)

    def summary(self) -> Optional[Dict[str, Any]]:
        """None where Spark has run nothing."""
        if self._stages == 0 and self._lost == 0:
            return None
        spilled, skewed = self._spilled, self._skewed
        return {
            "stages": self._stages,
            "tasks": self._tasks,
            "failedTasks": self._failed,
            "failedTaskReason": self._failure,
            "slowestStage": self._slowest
            and {
                **_named(self._slowest[1]),
                "seconds": _seconds(self._slowest[0]),
                "isFinished": self._slowest[1].completed is not None,
            },
            "spill": spilled
            and {
                **_named(spilled),
                "memoryBytes": spilled.memory_spilled,
                "diskBytes": spilled.disk_spilled,
            },
            "skew": skewed
            and {
                **_named(skewed),
                "medianSeconds": _seconds(skewed.median()),
                "longestSeconds": _seconds(skewed.longest),
            },
            "lostExecutors": {"count": self._lost, "reasons": self._reasons},
            "isComplete": self.is_complete,
        }

    def _begin(self, info: Dict[str, Any]) -> Optional[_Stage]:
        stage = self._stage(_key(info))
        if stage is not None:
            stage.name = _text(info.get("Stage Name"))
            stage.tasks = _whole(info.get("Number of Tasks"))
            stage.submitted = self._time(info.get("Submission Time")) or stage.submitted or self._last
        return stage

    def _stage(self, key: Tuple[int, int]) -> Optional[_Stage]:
        stage = self._open.get(key)
        if stage is None and len(self._open) < _MOST_OPEN_STAGES:
            stage = self._open[key] = _Stage(key[0])
            self._stages += 1
        if stage is None:
            self.is_complete = False
        return stage

    def _task(self, event: Dict[str, Any]) -> None:
        info, metrics = _object(event.get("Task Info")), _object(event.get("Task Metrics"))
        self._tasks += 1
        end = _object(event.get("Task End Reason"))
        if info.get("Failed") is True:
            self._failed += 1
            parts = [end.get(part) for part in ("Class Name", "Description", "Loss Reason", "Reason")]
            self._failure = next((": ".join(found[:2]) for found in [[_text(p) for p in parts if p]] if found), None)
        key = (_whole(event.get("Stage ID")), _whole(event.get("Stage Attempt ID")))
        stage = self._open.get(key)
        # One that ended earlier is counted: what comes late are copies of its tasks.
        if stage is None:
            return
        began, ended = _whole(info.get("Launch Time")), self._time(info.get("Finish Time"))
        stage.take(max(0, ended - began) if began else 0)
        stage.memory_spilled += _whole(metrics.get("Memory Bytes Spilled"))
        stage.disk_spilled += _whole(metrics.get("Disk Bytes Spilled"))

    def _time(self, value: Any) -> int:
        time = _whole(value)
        self._last = max(self._last, time)
        return time

    def _fold(self, stage: _Stage) -> None:
        ended = stage.completed or self._last
        took = max(0, ended - stage.submitted) if stage.submitted else 0
        if self._slowest is None or took > self._slowest[0]:
            self._slowest = (took, stage)
        if _spill_of(stage) > _spill_of(self._spilled):
            self._spilled = stage
        if stage.gap() > (self._skewed.gap() if self._skewed else 0.0):
            self._skewed = stage


def _key(info: Dict[str, Any]) -> Tuple[int, int]:
    return _whole(info.get("Stage ID")), _whole(info.get("Stage Attempt ID"))


def _spill_of(stage: Optional[_Stage]) -> Tuple[int, int]:
    return (stage.disk_spilled, stage.memory_spilled) if stage else (0, 0)


def _named(stage: _Stage) -> Dict[str, Any]:
    return {"stage": stage.number, "name": stage.name, "tasks": stage.tasks}


def _seconds(milliseconds: float) -> float:
    return round(milliseconds / 1000, 1)


def _object(value: Any) -> Dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _whole(value: Any) -> int:
    return value if type(value) is int and 0 <= value <= _LARGEST else 0


def _text(value: Any) -> str:
    text = " ".join(plain(value[: 10 * _LONGEST_TEXT]).split()) if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
