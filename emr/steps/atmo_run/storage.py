"""S3, where the files of a run are kept after its cluster has terminated."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

import boto3
import botocore.session
from botocore.config import Config
from botocore.credentials import CredentialProvider, CredentialResolver

from .credentials import RunCredentials
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


class _Given(CredentialProvider):
    """Hands boto3 credentials that were made elsewhere."""

    METHOD = CANONICAL_NAME = "atmo-run"

    def __init__(self, credentials: RunCredentials) -> None:
        super().__init__()
        self._credentials = credentials

    def load(self) -> RunCredentials:
        return self._credentials


def _session(credentials: Optional[RunCredentials]) -> boto3.Session:
    session = botocore.session.get_session()
    if credentials is not None:
        session.register_component("credential_provider", CredentialResolver([_Given(credentials)]))
    return boto3.Session(botocore_session=session)


class Storage:
    """Reads and writes objects. The endpoint comes from AWS_ENDPOINT_URL_S3 where it is not AWS's own.

    Without credentials it takes those of this machine.
    """

    def __init__(self, credentials: Optional[RunCredentials] = None) -> None:
        path_style = os.environ.get("ATMO_S3_FORCE_PATH_STYLE") == "true"
        self._credentials = credentials
        self._s3 = _session(credentials).client(
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
        if credentials is not None:
            self._s3.meta.events.register("needs-retry.s3", self._with_new_credentials)

    def _with_new_credentials(self, response: Any = None, attempts: int = 1, **_: Any) -> Optional[float]:
        """botocore asks after each request whether to repeat it, and signs it anew then; a number is the pause."""
        code = None if response is None else response[1].get("Error", {}).get("Code")
        if self._credentials is None or code != "ExpiredToken" or attempts > 1:
            return None
        self._credentials.expire()
        return 0.0

    def read(self, location: S3Location) -> bytes:
        return self._s3.get_object(Bucket=location.bucket, Key=location.key)["Body"].read()

    def write(self, location: S3Location, body: bytes, headers: Dict[str, str]) -> None:
        """`headers` are S3's own names: ContentType, ContentEncoding."""
        self._s3.put_object(Bucket=location.bucket, Key=location.key, Body=body, **headers)

    def upload(self, location: S3Location, file: Path, headers: Dict[str, str]) -> None:
        """Uploads a file of any size, in parts if it is large."""
        self._s3.upload_file(str(file), location.bucket, location.key, ExtraArgs=headers)

    def copy(self, source: S3Location, target: S3Location) -> None:
        """Copies an object of any size within S3."""
        self._s3.copy({"Bucket": source.bucket, "Key": source.key}, target.bucket, target.key)

    def keys_below(self, location: S3Location) -> List[str]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=location.bucket, Prefix=location.key)
        return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def delete(self, bucket: str, keys: List[str]) -> None:
        for start in range(0, len(keys), 1000):
            batch: Any = [{"Key": key} for key in keys[start : start + 1000]]
            self._s3.delete_objects(Bucket=bucket, Delete={"Objects": batch, "Quiet": True})
