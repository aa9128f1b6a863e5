"""What a run leaves in S3, and in which order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict

import pytest
from atmo_run.content_types import content_headers
from atmo_run.results import FILES, LOG, Results, regular_files
from atmo_run.storage import S3Location
from conftest import MemoryStorage

RUN, LATEST = "s3://b/job/runs/r-1/", "s3://b/job/latest/"


@pytest.fixture
def results(storage: Any, tmp_path: Path) -> Results:
    folder = tmp_path / "results"
    folder.mkdir()
    return Results(storage, S3Location("b", "job/"), "r-1", folder)


def test_stored_and_mirrored(results: Results, storage: MemoryStorage) -> None:
    storage.objects[f"{LATEST}old.csv"] = b"of an earlier run"
    storage.objects["s3://b/job/runs/r-0/old.csv"] = b"of an earlier run"
    results.store("outcome.json", b"{}")
    assert storage.objects[f"{RUN}outcome.json"] == b"{}"
    results.finish_mirror()
    assert storage.objects[f"{LATEST}outcome.json"] == b"{}"
    assert f"{LATEST}old.csv" not in storage.objects
    assert "s3://b/job/runs/r-0/old.csv" in storage.objects


def test_saves_the_latest_and_survives_a_failure(
    results: Results, storage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    write = storage.write

    def refuse(*_: object) -> None:
        raise OSError("S3 is away")

    storage.write = refuse
    results.save("notebook.ipynb", "one")
    results._saving.wait()
    assert "Could not save notebook.ipynb yet: S3 is away" in caplog.text
    storage.write = write
    results.save("notebook.ipynb", "two\ud800")
    results.upload(results.folder)
    assert storage.objects[f"{RUN}notebook.ipynb"] == b"two?"


def test_the_log_is_there_while_the_run_goes_on(results: Results, storage: MemoryStorage) -> None:
    results.save("notebook.ipynb", "one")
    log = results.folder / LOG
    log.write_bytes(b"Cell 1 begins")
    results.save("notebook.ipynb", "two")
    results._saving.wait()
    assert storage.objects[f"{RUN}run.log"] == b"Cell 1 begins"
    log.write_bytes(b"x" * 2_000_001)
    results.save("notebook.ipynb", "three")
    results._saving.wait()
    assert storage.objects[f"{RUN}run.log"] == b"Cell 1 begins"


def test_files_of_the_notebook(results: Results, storage: MemoryStorage, tmp_path: Path, caplog: Any) -> None:
    work = tmp_path / "work"
    (work / "a b").mkdir(parents=True)
    for name in ("a b/ü.csv", "data.parquet", ".data.parquet.crc", ".hidden", "x" * 200):
        (work / name).write_text(name)
    (work / "link").symlink_to("/etc/passwd")
    os.mkfifo(work / "pipe")
    deep = work.joinpath(*["d" * 200] * 5)
    deep.mkdir(parents=True)
    (deep / "too long.txt").write_text("")
    results.store(f"{FILES}/data.parquet", b"the other")
    results.upload(work, below=f"{FILES}/")
    stored = sorted(url[len(RUN) :] for url in storage.objects)
    assert stored == ["files/.hidden", "files/a b/ü.csv", "files/data.parquet", f"files/{'x' * 200}"]
    assert storage.objects[f"{RUN}files/data.parquet"] == b"the other"
    assert "there is another file of that name" in caplog.text
    assert "its path is too long for S3" in caplog.text


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xffb")).write_text("")
    assert [name for name, _ in regular_files(tmp_path)] == ["a\ufffdb"]


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("a.csv", {"ContentType": "text/csv; charset=utf-8"}),
        ("A.CSV.GZ", {"ContentType": "text/csv; charset=utf-8", "ContentEncoding": "gzip"}),
        ("model.tar.gz", {"ContentType": "application/gzip"}),
        ("part-0.snappy.parquet", {"ContentType": "application/vnd.apache.parquet"}),
        ("no ending", {"ContentType": "application/octet-stream"}),
    ],
)
def test_content_types(name: str, headers: Dict[str, str]) -> None:
    assert content_headers(name) == headers
