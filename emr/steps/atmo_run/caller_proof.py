"""Proves to the portal that this is an instance of the run's cluster: STS tells it who signed."""

from __future__ import annotations

import os
from typing import Callable, Optional
from urllib.parse import urlsplit

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, InstanceMetadataProvider
from botocore.session import Session
from botocore.utils import InstanceMetadataFetcher

from .instance import instance_data

# The portal uses a proof at once.
_SECONDS = 60
_TIMEOUT, _ATTEMPTS = 2, 3

#: The text of a proof; None on a machine that is no instance.
Proof = Callable[[], Optional[str]]


def of_instance() -> Optional[Credentials]:
    """The credentials of the instance's own role, and of nothing else that may be configured."""
    fetcher = InstanceMetadataFetcher(timeout=_TIMEOUT, num_attempts=_ATTEMPTS, env=dict(os.environ))
    found: Optional[Credentials] = InstanceMetadataProvider(iam_role_fetcher=fetcher).load()
    return found


def caller_proof(run_id: str, credentials: Callable[[], Optional[Credentials]] = of_instance) -> Proof:
    """Each call signs anew, for this run alone: the query of a presigned `GetCallerIdentity`."""

    def proof() -> Optional[str]:
        node = instance_data()
        signer = credentials()
        if signer is None:
            # A node without a proof would be refused for good; this is tried again.
            if node:
                raise OSError("The instance metadata service gave no credentials")
            return None
        region = node.get("region") or os.environ["AWS_REGION"]
        endpoint = Session().create_client("sts", region_name=region).meta.endpoint_url
        parameters = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}
        request = AWSRequest("GET", f"{endpoint}/", params=parameters, headers={"x-atmo-run": run_id})
        SigV4QueryAuth(signer.get_frozen_credentials(), "sts", region, expires=_SECONDS).add_auth(request)
        return urlsplit(str(request.url)).query

    return proof
