"""Content type and encoding of a result, so that a browser does the right thing with it."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import Dict

# Of its own, not the module's functions: those also read whatever /etc/mime.types a machine has.
_TYPES = mimetypes.MimeTypes()
for _extension, _type in {
    ".arrow": "application/vnd.apache.arrow.file",
    ".avro": "application/avro",
    ".csv": "text/csv",
    ".feather": "application/vnd.apache.arrow.file",
    ".ipynb": "application/x-ipynb+json",
    ".jsonl": "application/x-ndjson",
    ".log": "text/plain",
    ".md": "text/markdown",
    ".ndjson": "application/x-ndjson",
    ".orc": "application/vnd.apache.orc",
    ".parquet": "application/vnd.apache.parquet",
    ".py": "text/x-python",
    ".tsv": "text/tab-separated-values",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".zpln": "application/json",
}.items():
    _TYPES.add_type(_type, _extension)

_TEXT_LIKE = {"application/json", "application/x-ndjson", "application/xml", "application/yaml", "image/svg+xml"}
# What a compressed file of unknown or binary content is by itself.
_COMPRESSED = {
    "br": "application/x-brotli",
    "bzip2": "application/x-bzip2",
    "compress": "application/x-compress",
    "gzip": "application/gzip",
    "xz": "application/x-xz",
}


def content_headers(name: str) -> Dict[str, str]:
    """ContentType and, for compressed text that a browser can unpack by itself, ContentEncoding.

    `report.csv.gz` is CSV, sent gzipped; `model.tar.gz` stays the archive that it is.
    """
    content_type, encoding = _TYPES.guess_type(PurePosixPath(name).name.lower(), strict=True)
    text = content_type is not None and (content_type.startswith("text/") or content_type in _TEXT_LIKE)
    if encoding in ("gzip", "br") and text:
        return {"ContentType": _with_charset(content_type or ""), "ContentEncoding": encoding}
    if encoding is not None:
        return {"ContentType": _COMPRESSED.get(encoding, "application/octet-stream")}
    return {"ContentType": _with_charset(content_type or "application/octet-stream")}


def _with_charset(content_type: str) -> str:
    return f"{content_type}; charset=utf-8" if content_type.startswith("text/") else content_type
