"""S3, the only place where anything of a run survives its cluster."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

import boto3
from botocore.config import Config

from .instance import instance_data


class S3Location(NamedTuple):
    bucket: str
    key: str

    @classmethod
    def parse(cls, url: str) -> S3Location:
        """Reads `s3://bucket/key`. The key is taken as it stands: it may hold anything, it is no URL to decode."""
        scheme, separator, rest = url.partition("://")
        bucket, _, key = rest.partition("/")
        if scheme != "s3" or not separator or not bucket:
            raise ValueError(f"not an S3 location: {url!r}")
        return cls(bucket, key)

    def child(self, name: str) -> S3Location:
        return S3Location(self.bucket, f"{self.key.rstrip('/')}/{name}" if self.key else name)

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


def _region() -> Optional[str]:
    # boto3 by itself looks neither at AWS_REGION nor at what EMR tells its nodes.
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or instance_data().get("region")


class Storage:
    """Reads and writes objects. The endpoint comes from AWS_ENDPOINT_URL_S3 where it is not AWS's own."""

    def __init__(self) -> None:
        path_style = os.environ.get("ATMO_S3_FORCE_PATH_STYLE") == "true"
        self._s3 = boto3.client(
            "s3",
            region_name=_region(),
            config=Config(
                retries={"mode": "standard", "max_attempts": 6},
                s3={"addressing_style": "path" if path_style else "auto"},
                # Trailing checksums are more than some S3 servers understand.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def read(self, location: S3Location) -> bytes:
        return self._s3.get_object(Bucket=location.bucket, Key=location.key)["Body"].read()

    def write(self, location: S3Location, body: bytes, headers: Dict[str, str]) -> None:
        """`headers` are S3's own names: ContentType, ContentEncoding."""
        self._s3.put_object(Bucket=location.bucket, Key=location.key, Body=body, **headers)

    def upload(self, location: S3Location, file: Path, headers: Dict[str, str]) -> None:
        """Sends a file of any size, in parts where it is large."""
        self._s3.upload_file(str(file), location.bucket, location.key, ExtraArgs=headers)

    def keys_below(self, location: S3Location) -> List[str]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=location.bucket, Prefix=location.key)
        return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def delete(self, bucket: str, keys: List[str]) -> None:
        for start in range(0, len(keys), 1000):
            batch: Any = [{"Key": key} for key in keys[start : start + 1000]]
            self._s3.delete_objects(Bucket=bucket, Delete={"Objects": batch, "Quiet": True})
